"""The province's view of a plan: who is asked, how far each is, what is late or was changed, on the list, the map, in figures."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences.models import Change, Event, Headcount
from conferences.overview import papers
from conferences.overview.results import figures_of
from conferences.overview.rules import Standing, asked_units, late_words, standing_of, windows_of
from conferences.overview.tiles import Tile, _Row, map_of, members_of, places
from documents.models import Document, DocumentType
from documents.steps.refusing import Refused
from tests.conftest import make_unit
from units.models import Succession, Unit, UnitChange

BA_SON = "ubnd-xa-ba-son-2025"


@pytest.fixture
def commune(db):
    """A commune that the map has."""
    return make_unit(BA_SON, "UBND xã Ba Sơn", kind=Unit.Kind.COMMUNE)


@pytest.fixture
def silent(db):
    """Another commune, which has done nothing."""
    return make_unit("ubnd-xa-cong-son-2025", "UBND xã Công Sơn", kind=Unit.Kind.COMMUNE)


def rows(plan, **wanted):
    return {row.name: row for row in asked_units(plan, windows_of(plan)).filter(**wanted)}


def held(event, day=date(2026, 5, 10), **facts):
    """The event as held on ``day``."""
    for name, value in {"state": "held", "day": day, "held_on": day, **facts}.items():
        setattr(event, name, value)
    event.save()
    return event


def late(plan, name):
    return late_words(rows(plan)[name])


# --- Who is asked, how far


def test_asked_are_units_of_the_kinds_that_live_on_the_last_day_of_their_window(
    plan, event, silent, hospital, province
):
    make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE, ended=date(2026, 9, 29))
    make_unit("doanh-nghiep", "Công ty Ba", kind=Unit.Kind.ENTERPRISE)
    found = rows(plan)
    assert set(found) == {"UBND xã Ba Sơn", "UBND xã Công Sơn", "Sở Y tế", "Sở Nội vụ"}
    assert found["UBND xã Ba Sơn"].event == event
    assert found["UBND xã Công Sơn"].closes_on == date(2026, 9, 30)
    assert found["Sở Y tế"].level_key == plan.levels.get(name="Sở, ban, ngành").pk


def test_who_ended_within_the_window_is_there_with_the_conference_that_it_held(plan, event):
    Unit.objects.filter(pk=event.unit_id).update(ended=date(2026, 8, 1))
    assert "UBND xã Ba Sơn" in rows(plan)


def test_the_congress_is_no_unit_among_others(plan, province, officer):
    Event.objects.create(
        unit=province, plan=plan, level=plan.levels.get(is_congress=True), kind="congress", form="congress", by=officer,
        name="Đại hội", day=date(2026, 12, 1),
    )  # fmt: skip
    assert "UBND tỉnh Lạng Sơn" not in rows(plan)
    assert figures_of(plan, windows_of(plan)).all.begun == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"day": date(2026, 6, 14)}, "Quá ngày 14/06/2026, chưa ghi đã tổ chức"),
        ({"day": date(2026, 6, 14), "until": date(2026, 6, 15)}, ""),
        ({"state": "held", "day": date(2026, 5, 16), "held_on": date(2026, 5, 16)}, ""),
        (
            {"state": "held", "day": date(2026, 5, 15), "held_on": date(2026, 5, 15)},
            "Chưa báo cáo, tổ chức ngày 15/05/2026",
        ),
        ({"state": "reported", "day": date(2026, 5, 2), "held_on": date(2026, 5, 2)}, ""),
    ],
)
def test_late_is_a_day_that_passed_and_a_report_that_is_due(plan, event, change, words):
    Event.objects.filter(pk=event.pk).update(**change)
    assert late(plan, "UBND xã Ba Sơn") == words


def test_who_has_no_conference_is_late_once_the_window_is_over(plan, silent):
    assert late(plan, "UBND xã Công Sơn") == ""
    plan.levels.filter(name="Cấp xã").update(ends_on=date(2026, 6, 14))
    assert late(plan, "UBND xã Công Sơn") == "Chưa tổ chức, hạn 14/06/2026"


def change(event, kind, **facts):
    return Change.objects.create(
        event=event, kind=kind, day=date(2026, 6, 1), by=event.by, **{"reason": "Dịch"} | facts
    )


def test_only_changes_that_hold_count_the_last_one_says_why(plan, event):
    change(event, "reduce", reason="Trước")
    change(event, "reduce", reason="Sau")
    change(event, "postpone", state="refused")
    change(event, "stop", state="flagged")
    row = rows(plan)["UBND xã Ba Sơn"]
    assert (row.reduced_for, row.postponed_for, row.flagged) == ("Sau", None, "stop")


# --- Figures


def test_figures_count_by_window_and_form_and_what_was_stopped_never_as_held(plan, event, silent, hospital, officer):
    held(event)
    paper = Document.objects.create(
        origin="cited", type=DocumentType.objects.get(code="CV"), reference="1/UBND", issuer_name="UBND tỉnh", subject="dừng",
        year=2026, month=6,
    )  # fmt: skip
    Event.objects.create(
        unit=silent, plan=plan, level=plan.levels.get(name="Cấp xã"), form="workers", name="Hội nghị", by=officer,
        day=date(2026, 5, 2), state="stopped", stopped_on=date(2026, 5, 1), stopped_by=paper, stopped_for="Dịch",
    )  # fmt: skip
    Headcount.objects.create(event=event, role="guest", first=10, number=8, came=7, cost=50_000)
    figures = figures_of(plan, windows_of(plan))
    communes, departments = figures.lines
    # asked, not begun, planned, ready, held, reported, stopped, late, reduced, postponed
    assert communes.cells == [2, 0, 0, 0, 1, 0, 1, 1, 0, 0]
    assert departments.cells[:2] == [2, 2]
    assert (figures.all.asked, figures.all.held, figures.all.percent) == (4, 1, "25,0")
    assert communes.form_cells == [1, 0, 1, 0, 0]
    assert communes.people_cells == [130, 128, 7, 120 * 100_000 + 8 * 50_000]


# --- The map


def test_every_commune_of_the_map_has_a_place_of_its_own():
    assert len(places()) == 65
    assert len(set(places().values())) == 65


def test_a_tile_says_how_far_its_commune_is_by_letter_colour_and_words(plan, event, silent):
    change(event, "reduce")
    Event.objects.filter(pk=event.pk).update(day=date(2026, 6, 1))
    found = {tile.unit.name: tile for tile in map_of(plan, windows_of(plan)).tiles}
    tile = found["UBND xã Ba Sơn"]
    assert (tile.letter, tile.look, tile.marks) == ("C!", "late", "R")
    assert tile.title == "xã Ba Sơn: Đang chuẩn bị, quá hạn, rút gọn"
    assert tile.address == event.get_absolute_url()
    assert (found["UBND xã Công Sơn"].letter, found["UBND xã Công Sơn"].look) == ("–", "not_begun")


def test_a_tile_of_today_stands_for_the_communes_that_went_into_it(plan, event, officer):
    today = event.unit
    made = UnitChange.objects.create(kind="merge", date=date(2026, 10, 1), citation="Nghị quyết")
    old = [
        make_unit(f"xa-cu-{n}", f"UBND xã Cũ {n}", kind=Unit.Kind.COMMUNE, ended=date(2026, 9, 30)) for n in range(2)
    ]
    Unit.objects.filter(pk=today.pk).update(founded=date(2026, 10, 1))
    Event.objects.filter(pk=event.pk).update(unit=old[0], state="reported", held_on=date(2026, 5, 3))
    for unit in old:
        Succession.objects.create(change=made, predecessor=unit, successor=today, in_part=unit == old[1])
    (tile,) = map_of(plan, windows_of(plan)).tiles
    assert (tile.done, tile.letter, tile.look) == ("1/2", "–", "not_begun")
    assert members_of(BA_SON) == {today.pk, *(unit.pk for unit in old)}


def test_a_tile_of_several_is_as_far_as_the_least_those_that_stopped_aside(commune):
    def row(standing):
        return _Row(commune.pk, Standing(standing), False, False, False, None)

    def tile(*standings):
        return Tile(commune, 0, 0, [row(standing) for standing in standings])

    assert tile("stopped", "reported", "held").standing == "held"
    assert tile("stopped", "not_begun").standing == "not_begun"
    assert tile("stopped", "stopped").standing == "stopped"


def test_a_commune_that_the_plan_does_not_ask_has_a_tile_without_a_letter(plan, commune):
    plan.levels.filter(name="Cấp xã").delete()
    (tile,) = map_of(plan, windows_of(plan)).tiles
    assert (tile.letter, tile.look) == ("", "not_asked")
    assert tile.title == "xã Ba Sơn: kế hoạch không đề nghị"


# --- Pages


PAGES = ["tinh-hinh", "ban-do", "so-lieu"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_the_department(page, plan, event, officer, own, client_of):
    address = f"{plan.get_absolute_url()}{page}/"
    assert client_of(officer).get(address).status_code == 200
    assert client_of(own).get(address).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_as_much_for_many_units_as_for_few(page, plan, event, officer, client_of):
    client, address = client_of(officer), f"{plan.get_absolute_url()}{page}/"
    client.get(address)
    asked = counted(client, address)
    for number in range(12):
        unit = make_unit(f"xa-{number}", f"UBND xã Số {number}", kind=Unit.Kind.COMMUNE)
        made = Event.objects.create(
            unit=unit, plan=plan, level=plan.levels.get(name="Cấp xã"), name=f"Hội nghị {number}", day=date(2026, 7, 1),
            by=officer,
        )  # fmt: skip
        change(made, "reduce")
    assert counted(client, address) == asked


def counted(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("muc=not_begun", {"UBND xã Công Sơn", "Sở Nội vụ"}),
        ("muc=planned", {"UBND xã Ba Sơn"}),
        ("hinh_thuc=models", {"UBND xã Ba Sơn"}),
        ("viec=rut-gon", {"UBND xã Ba Sơn"}),
        ("viec=qua-han", set()),
        ("q=cong son", {"UBND xã Công Sơn"}),
        (f"xa={BA_SON}", {"UBND xã Ba Sơn"}),
        ("cap=0", set()),
    ],
)
def test_the_list_is_narrowed(asked, names, plan, event, silent, officer, client_of):
    change(event, "reduce")
    shown = client_of(officer).get(f"{plan.get_absolute_url()}tinh-hinh/?{asked}").context["page_obj"]
    assert {row.name for row in shown} == names


# --- Papers


def test_the_summary_tells_the_figures_what_was_changed_and_who_is_late(plan, event, silent, officer):
    change(event, "reduce", reason="Tập trung chống dịch")
    plan.levels.filter(name="Cấp xã").update(ends_on=date(2026, 6, 14))
    Event.objects.filter(pk=event.pk).update(state="reported", held_on=date(2026, 5, 3), day=date(2026, 5, 3))
    paper = papers.draft_summary(plan, by=officer)
    assert paper.type.code == "BC"
    assert "đã tổ chức 01 đơn vị, đạt 33,3%" in paper.body
    assert "| UBND xã Ba Sơn | Rút gọn | Tập trung chống dịch |" in paper.body
    assert "| UBND xã Công Sơn | Chưa tổ chức, hạn 14/06/2026 |" in paper.body
    assert "| Cấp xã | 120 | 120 | 0 | 12.000.000 |" in paper.body
    with pytest.raises(Refused, match="Đã có"):
        papers.draft_summary(plan, by=officer)


def test_long_lists_of_the_summary_stand_behind_it(plan, event, officer):
    for number in range(13):
        make_unit(f"xa-{number}", f"UBND xã Số {number}", kind=Unit.Kind.COMMUNE)
    paper = papers.draft_summary(plan, by=officer)
    (listed,) = paper.appendices.all()
    assert "| UBND xã Số 12 | Cấp xã |  |  | Chưa lập |" in listed.body
    assert "Danh sách tại Phụ lục." in paper.body


def test_the_letter_goes_to_those_that_are_late_and_says_with_what(plan, event, silent, officer):
    with pytest.raises(Refused, match="Không có đơn vị nào"):
        papers.draft_reminder(plan, by=officer)
    held(event)
    letter = papers.draft_reminder(plan, by=officer)
    assert [row.label for row in letter.addressees.all()] == ["UBND xã Ba Sơn"]
    assert "| UBND xã Ba Sơn | Chưa báo cáo, tổ chức ngày 10/05/2026 |" in letter.body


def test_no_letter_is_issued_once_nobody_is_late(plan, event, officer):
    letter = papers.draft_reminder(plan, by=officer) if held(event) else None
    Event.objects.filter(pk=event.pk).update(state="reported")
    with pytest.raises(Refused, match="Không còn đơn vị nào quá hạn"):
        papers._hear_reminder(letter, "issued")


@pytest.mark.parametrize("draft", [papers.draft_summary, papers.draft_reminder])
def test_papers_are_the_departments(draft, plan, event, own):
    with pytest.raises(Refused, match="Sở Nội vụ"):
        draft(held(event).plan, by=own)


def test_no_report_on_a_plan_that_is_a_draft(plan, officer):
    plan.state, plan.issued_on = "draft", None
    plan.save()
    with pytest.raises(Refused, match="chưa ban hành"):
        papers.draft_summary(plan, by=officer)


def test_buttons_lead_to_the_drafts(plan, event, officer, client_of):
    held(event)
    client = client_of(officer)
    for name, code in (("bao-cao", "BC"), ("don-doc", "CV")):
        answer = client.post(f"{plan.get_absolute_url()}{name}/")
        assert answer.headers["Location"] == Document.objects.get(type__code=code, state="draft").get_absolute_url()


def test_the_view_of_today_is_the_latest_plan(plan, officer, client_of):
    assert client_of(officer).get("/hoi-nghi/theo-doi/").headers["Location"] == f"{plan.get_absolute_url()}tinh-hinh/"


def test_a_conference_that_is_there_has_its_standing():
    assert [standing_of(state).label for state in (None, "held")] == ["Chưa lập", "Đã tổ chức, chưa báo cáo"]
