"""Who decides on what, by the catalogue of the day of signing: the province, the head of the unit that proposes, who is above."""

from datetime import date

import pytest

from awards.catalogue.book import book_of
from awards.issuing import actions, papers
from awards.issuing.models import Paper
from awards.issuing.rules import deciding
from awards.models import Dossier
from documents.life.actions import agree, approve, present, submit
from documents.life.issuing import issue as issue_paper
from documents.steps.refusing import Refused
from tests.conftest import make_unit

from .conftest import DAY, YEAR


@pytest.fixture
def commune():
    return make_unit(
        "xa-mau", "UBND xã Mẫu", kind="commune", symbol="UBND", letterhead="ỦY BAN NHÂN DÂN\nXÃ MẪU", place="Mẫu"
    )


@pytest.fixture
def file_of(types, unit_officer, officer):
    """A function: the appraised file of a unit."""

    def make(unit):
        return Dossier.objects.create(
            unit=unit, year=YEAR, author=unit_officer, state="appraised", officer=officer, received_on=date(2026, 3, 2)
        )

    return make


@pytest.mark.parametrize(
    ("kind", "award", "day", "office"),
    [
        ("commune", "BKT", DAY, "province"),
        ("department", "LDTT", DAY, "department"),
        ("central", "CSTDCS", DAY, "central-unit"),
        ("commune", "CSTDCS", DAY, "commune"),
        ("commune", "LDTT", date(2025, 6, 30), "commune"),
        ("district", "CSTDCS", date(2025, 6, 30), "district"),
        ("enterprise", "GK", DAY, "enterprise"),
        ("department", "CSTDTQ", DAY, "premier"),
        ("commune", "CTDCP", DAY, "government"),
    ],
)
def test_who_decides(types, province, officer, kind, award, day, office):
    unit = make_unit("mau", "Đơn vị mẫu", kind=kind)
    found = deciding(book_of(day), types[award], unit, officer.unit)
    expected = {"province": province, "premier": None, "government": None}.get(office, unit)
    assert (found.office, found.unit) == (office, expected)


@pytest.mark.parametrize(
    ("kind", "award", "day", "words"),
    [
        ("commune", "CSTDCS", date(2025, 6, 30), "Điều 80 Luật Thi đua, khen thưởng số 06/2022/QH15"),
        ("district", "LDTT", DAY, "không còn cấp này từ sau 30/06/2025"),
    ],
)
def test_who_could_not_decide_on_that_day_is_refused_with_the_article(
    types, province, officer, passed, file_of, kind, award, day, words
):
    unit = make_unit("mau", "Đơn vị mẫu", kind=kind)
    with pytest.raises(Refused) as refused:
        actions.compose([passed("Lý A", award, dossier=file_of(unit)).pk], by=officer, day=day)
    assert words in str(refused.value)
    assert "Lý A" in str(refused.value)


def test_the_head_of_an_agency_decides_for_its_rooms(types, province, officer, unit_officer):
    room = make_unit("phong", "Phòng Nghiệp vụ", kind="office", superior=unit_officer.unit)
    assert deciding(book_of(DAY), types["LDTT"], room, officer.unit).unit == unit_officer.unit


def test_a_unit_that_is_no_more_decides_nothing(types, province, officer):
    unit = make_unit("cu", "Sở Cũ", ended=date(2025, 2, 28))
    assert "Sở Cũ không hoạt động ngày 20/11/2026" in deciding(book_of(DAY), types["LDTT"], unit, officer.unit)


def test_one_run_makes_a_decision_for_each_who_decides(passed, file_of, commune, province, officer):
    rows = [
        passed("Lý A"), passed("Lý B", "LDTT", state="fit"), passed("Lý C", "LDTT", state="fit", dossier=file_of(commune)),
        passed("Lý D", "GK", state="fit", dossier=file_of(commune)), passed("Lý Đ", "GK", state="fit"),
    ]  # fmt: skip
    made, left = actions.compose([row.pk for row in rows], by=officer, day=DAY)
    found = sorted((one.office.code, one.unit.name, one.nominations.count()) for one in made)
    assert (found, left) == (
        [
            ("commune", "UBND xã Mẫu", 1), ("commune", "UBND xã Mẫu", 1), ("department", "Sở Y tế", 1),
            ("department", "Sở Y tế", 1), ("province", "UBND tỉnh Lạng Sơn", 1),
        ], [],
    )  # fmt: skip


def test_the_head_of_the_department_gives_its_own_certificates_and_no_titles(
    passed, file_of, commune, province, officer
):
    file = file_of(commune)
    rows = [passed("Lý A", "GK", state="fit", dossier=file), passed("Lý B", "LDTT", state="fit", dossier=file)]
    made, _ = actions.compose([row.pk for row in rows], by=officer, day=DAY, own_head=True)
    assert {(one.office.code, one.unit) for one in made} == {("department", officer.unit), ("commune", commune)}


def test_a_decision_of_the_head_of_a_unit_is_written_here_and_issued_there(
    passed, province, officer, leader, clerk, unit_officer
):
    row = passed("Lý B", "LDTT", state="fit")
    (decision,), _ = actions.compose([row.pk], by=officer, day=DAY)
    paper = papers.draft(decision, Paper.DECISION, by=officer)
    assert (paper.issuer_unit, paper.authority_line) == (unit_officer.unit, "GIÁM ĐỐC SỞ Y TẾ")
    assert "Giám đốc Sở Nội vụ" not in paper.bases
    assert "Chánh Văn phòng Sở Y tế" in paper.body
    paper.signer_name = "Hoàng Văn Sáu"
    paper.save()
    submit(paper, by=officer)
    agree(paper, by=leader)
    present(paper, by=clerk, day=DAY, to_whom="Giám đốc Sở Y tế")
    approve(paper, by=unit_officer)
    issue_paper(paper, by=unit_officer, day=DAY)
    decision.refresh_from_db()
    assert (decision.state, decision.awards.get().name) == ("standing", "Lý B")
