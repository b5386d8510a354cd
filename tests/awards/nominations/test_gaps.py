"""What a file of nominations and a decision fill in a text."""

import pytest

from awards.overview.gaps import OF_AWARDS, OF_FILE
from documents.areas.records import told_by
from documents.models import Document
from tests.awards.conftest import give, make_recipient

pytestmark = pytest.mark.django_db


def test_a_file_answers_with_whom_it_proposes_each_once(dossier, propose, good, bad, unit_officer):
    propose(good)
    propose(bad)
    propose(make_recipient("collective", "Phòng Nghiệp vụ", unit=unit_officer.unit), "TTLDTT")
    facts = OF_FILE.facts(OF_FILE.find(dossier.pk, unit_officer), unit_officer)
    assert facts == {
        "đơn vị": "Sở Y tế",
        "số người": "02",
        "số tập thể": "01",
        "nội dung": "Khen thưởng tổng kết năm",
        "năm": str(dossier.year),
    }


def test_a_file_that_was_not_handed_in_is_its_unit_s_alone(dossier, officer, stranger):
    assert OF_FILE.find(dossier.pk, officer) is None
    assert OF_FILE.find(dossier.pk, stranger) is None


def test_a_paper_of_a_nomination_is_about_its_file(dossier, propose, good):
    row = propose(good)
    assert told_by(Document(area="bao-cao-thanh-tich", area_key=str(row.pk))) == (OF_FILE, dossier.pk)
    assert told_by(Document(area="ho-so-khen-thuong", area_key=f"submission-{dossier.pk}")) == (
        OF_FILE,
        str(dossier.pk),
    )
    assert told_by(Document(area="")) == (None, None)


def test_a_decision_answers_and_its_figures_are_for_those_who_see_all_of_it(types, good, bad, officer, unit_officer):
    award = give(good, "LDTT", 2020, officer)
    facts = OF_AWARDS.facts(OF_AWARDS.find(award.decision_id, officer), officer)
    assert facts == {
        "số người": "01",
        "quyết định": f"Quyết định số {award.decision.number} ngày 20 tháng 12 năm 2020",
        "nội dung": "Tặng thưởng",
        "năm": "2020",
        "ngày": "ngày 20 tháng 12 năm 2020",
    }
    own = OF_AWARDS.facts(OF_AWARDS.find(award.decision_id, unit_officer), unit_officer)
    assert own.keys() == facts.keys() - {"số người"}
