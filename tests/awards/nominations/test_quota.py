"""The quota of a movement: all that a unit proposes in it, in all its files together."""

import pytest

from awards.models import Dossier, Nomination
from awards.nominations.rules import faults_of, quota_of
from tests.awards.conftest import make_recipient
from tests.campaigns.conftest import make_campaign
from tests.conftest import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(officer, other_unit, types):
    return make_campaign(officer.unit, officer, quota_people=2, quota_collectives=None)


def propose(campaign, unit, author, state="draft", names=("A",)):
    row = Dossier.objects.create(unit=unit, route="movement", year=2025, campaign=campaign, author=author, state=state)
    for place, name in enumerate(names, 1):
        kind = "collective" if name.startswith("Phòng") else "person"
        recipient = make_recipient(kind, name, unit=unit)
        type_ = Nomination._meta.get_field("type").related_model.objects.get(code="BKT")
        Nomination.objects.create(dossier=row, recipient=recipient, type=type_, position=place, name=name)
    return row


def test_all_files_of_a_unit_count_together(campaign, other_unit, officer):
    unit = make_unit("so-b", "Sở B")
    propose(campaign, other_unit, officer, "submitted", names=("A", "Phòng X"))
    propose(campaign, other_unit, officer, "draft", names=("Đang soạn",))
    propose(campaign, other_unit, officer, "withdrawn", names=("Đã rút",))
    propose(campaign, unit, officer, "submitted", names=("Đơn vị khác",))
    mine = propose(campaign, other_unit, officer, names=("B", "Phòng Y", "Phòng Z"))
    assert [row.met for row in quota_of(mine)] == [True]
    one = mine.nominations.get(name="B")
    Nomination.objects.create(dossier=mine, recipient=make_recipient(name="C"), type=one.type, position=9, name="C")
    (found,) = [words for words in faults_of(mine) if "không quá" in words]
    assert "không quá 02 cá nhân (đề nghị 03). Hãy rút bớt 01 đề nghị." in found
    one.state = Nomination.State.WITHDRAWN
    one.save()
    assert [row.met for row in quota_of(mine)] == [True]


def test_a_file_without_a_movement_has_none(officer, other_unit, types):
    row = Dossier.objects.create(unit=other_unit, route="merit", year=2025, author=officer)
    assert quota_of(row) == []
