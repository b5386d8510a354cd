"""Sheets of units that have ended or have nobody in the program: heirs give points, others' paper is recorded."""

from datetime import date

import pytest

from clusters.models import ScoreSheet, SheetPaper
from clusters.scores import actions as scoring
from clusters.scores import on_paper as score_on_paper
from documents.models import Upload
from documents.steps.refusing import Refused, Stale
from units.models import Role, Succession, Unit, UnitChange

from ...conftest import make_unit, make_user
from ...days import holds, is_taken, stand_on
from ...documents.issued import scan
from ..conftest import EIGHT
from .scored import FULL, give, make_set

State = ScoreSheet.State
TODAY = date(2026, 11, 20)
DEPARTMENT = {"officer", "leader", "administrator"}
SEES = DEPARTMENT | {"leader_unit", "deputy_unit", "member"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    stand_on(monkeypatch, TODAY)


@pytest.fixture
def sheet(cluster, category, officer, leader):
    """The open sheet of Đồng Đăng, which has no account."""
    make_set(category, officer, approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    return ScoreSheet.objects.with_names().get(membership__unit__name="UBND xã Đồng Đăng")


def again(sheet):
    return ScoreSheet.objects.with_names().get(pk=sheet.pk)


def page_of(sheet, points, **fields):
    """What the page posts for ``points`` {code: as typed}."""
    rows = {row.code: row.pk for row in sheet.set.criteria.all()}
    typed = {f"m{rows[code]}-points": text for code, text in points.items()}
    typed |= {f"m{rows['2']}-note": "Theo báo cáo"}
    return typed | {"version": again(sheet).version} | fields


def attach(sheet, by, **fields):
    facts = {"by": by, "files": [scan()], "day": date(2026, 11, 2)} | fields
    return score_on_paper.attach(sheet, **facts)


def heir_of(unit, in_part=False):
    """The officer of a unit of today that ``unit`` went into."""
    heir = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE)
    Unit.objects.filter(pk=unit.pk).update(ended=date(2026, 6, 30))
    change = UnitChange.objects.create(kind=UnitChange.Kind.MERGE, date=date(2026, 7, 1), citation="Nghị quyết 1")
    Succession.objects.create(change=change, predecessor=unit, successor=heir, in_part=in_part)
    return make_user("moi", "Lý Văn Mới", Role.UNIT_OFFICER, heir)


def test_an_heir_fills_in_and_sends_the_sheet_of_a_unit_that_ended(sheet, client_of):
    user = heir_of(sheet.membership.unit)
    assert [row.pk for row in scoring.waiting_for(user)["fill"]] == [sheet.pk]
    assert "giay-files" not in client_of(user).get(sheet.get_absolute_url()).content.decode()
    assert client_of(user).post(sheet.get_absolute_url(), page_of(sheet, FULL, end="1")).status_code == 302
    assert again(sheet).state == State.SENT


def test_the_heir_of_a_part_gives_no_points(sheet):
    user = heir_of(sheet.membership.unit, in_part=True)
    with pytest.raises(Refused, match="không phải lượt của bạn"):
        give(sheet, FULL, by=user)


def test_who_fills_in_the_sheet_of_a_unit_that_nobody_acts_for(sheet, turn_of, client_of):
    sent = page_of(sheet, FULL, end="1")
    for who in EIGHT:
        with turn_of(who) as person:
            client = client_of(person)
            page = client.get(sheet.get_absolute_url())
            assert page.status_code == (200 if who in SEES else 404)
            assert ("giay-files" in page.content.decode()) is (who in DEPARTMENT)
            files = {"giay-files": scan("tu-cham.pdf"), "giay-day": "02/11/2026"}
            answer = client.post(sheet.get_absolute_url(), sent | files)
            assert answer.status_code == (302 if who in DEPARTMENT else 403 if who in SEES else 404)
            assert again(sheet).state == (State.SENT if who in DEPARTMENT else State.OPEN)
            assert SheetPaper.objects.exists() is (who in DEPARTMENT)
            if who not in DEPARTMENT:
                with pytest.raises(Refused, match="tự chấm"):
                    attach(sheet, person)
                with pytest.raises(Refused, match="không phải lượt của bạn"):
                    give(sheet, FULL, by=person)


def test_who_fetches_the_paper(sheet, officer, turn_of, client_of):
    upload = attach(sheet, officer).upload
    for who in EIGHT:
        with turn_of(who) as person:
            assert client_of(person).get(upload.get_absolute_url()).status_code == (200 if who in SEES else 404)


def test_points_are_stored_and_not_sent_without_the_paper(sheet, officer, client_of):
    client = client_of(officer)
    page = client.post(sheet.get_absolute_url(), page_of(sheet, FULL, end="1"), follow=True).content.decode()
    assert "Hãy gắn bản quét bảng tự chấm trên giấy" in page
    found = again(sheet)
    assert (found.state, found.own_total > 0) == (State.OPEN, True)
    files = {"giay-files": scan("tu-cham.pdf"), "giay-day": "02/11/2026"}
    client.post(sheet.get_absolute_url(), page_of(sheet, FULL, end="1") | files)
    assert again(sheet).state == State.SENT
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "Tự chấm trên giấy: tu-cham.pdf" in page
    assert f"ngày 02/11/2026 · {officer} gắn" in page


@pytest.mark.parametrize(
    "typed",
    [
        {"giay-day": "02/11/2026"},
        {"giay-files": "tep"},
        {"giay-files": "tep", "giay-day": "21/11/2026"},
        {"giay-files": "ban.docx", "giay-day": "02/11/2026"},
    ],
)
def test_a_paper_that_is_wrong_stores_nothing(sheet, officer, client_of, typed):
    if "giay-files" in typed:
        typed = typed | {"giay-files": scan(typed["giay-files"].replace("tep", "tep.pdf"))}
    answer = client_of(officer).post(sheet.get_absolute_url(), page_of(sheet, FULL) | typed)
    assert answer.status_code == 422
    assert (again(sheet).own_total, Upload.objects.count()) == (0, 0)


def test_the_day_of_the_paper(sheet, officer):
    first = sheet.membership.division.begins_on
    holds(lambda day: is_taken(attach, sheet, officer, day=day), first=first, last=TODAY)


def test_no_paper_for_a_unit_that_has_people_and_none_for_what_was_sent(sheet, officer, eight):
    own = ScoreSheet.objects.with_names().get(membership__unit=eight["member"].unit)
    with pytest.raises(Refused, match="tự chấm"):
        attach(own, officer)
    with pytest.raises(Refused, match="không phải lượt của bạn"):
        give(own, FULL, by=officer)
    with pytest.raises(Stale):
        attach(sheet, officer, seen_version=sheet.version - 1)
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=State.SENT)
    with pytest.raises(Refused, match="đã gửi"):
        attach(again(sheet), officer)
