"""What waits for whom among conferences, which days are near; how they are found, what the page of a unit tells of them."""

from datetime import date, timedelta

import pytest

from conferences.area import CONFERENCES
from conferences.models import Change, Delegation, Event, Plan
from conferences.unit_page import conferences_of
from documents.areas import agenda, waiting
from tests.conftest import make_unit, make_user
from units import finding
from units.models import Role, Unit, User

from .conftest import TODAY

BEGIN, READY, OVER, REPORT = (
    "Hội nghị kế hoạch đề nghị tổ chức",
    "Hội nghị sắp đến ngày, chưa sẵn sàng",
    "Hội nghị đã đến ngày, chưa ghi kết quả",
    "Hội nghị đã tổ chức, chưa báo cáo",
)


def waits(user):
    """{title: rows} of what waits for a person among conferences, as another request would tell it."""
    fresh = User.objects.select_related("unit").get(pk=user.pk)
    groups, old = waiting.groups(fresh, TODAY, waiting.counts(fresh, TODAY))
    titles = {kind.title for kind in CONFERENCES.waits}
    return {group.title: group.rows for group in [*groups, *old] if group.title in titles}


def put(event, **facts):
    Event.objects.filter(pk=event.pk).update(**facts)


# --- A unit's own


def test_a_unit_is_told_of_the_window_that_asks_it_until_it_has_begun(plan, own):
    (row,) = waits(own)[BEGIN]
    assert (row.words, row.note, row.is_late) == (plan.name, "Cấp xã · từ 01/05/2026 đến 30/09/2026", False)
    plan.levels.filter(name="Cấp xã").update(begins_on=date(2026, 1, 1), ends_on=date(2026, 6, 14))
    assert waits(own)[BEGIN][0].is_late


@pytest.mark.parametrize(
    "change",
    [{"state": "draft", "issued_on": None}, {"state": "closed"}],
)
def test_a_plan_that_does_not_go_on_asks_nobody(change, plan, own):
    type(plan).objects.filter(pk=plan.pk).update(**change)
    assert BEGIN not in waits(own)


def test_who_has_begun_who_came_later_who_is_no_such_unit_is_not_asked(event, own, hospital):
    assert BEGIN not in waits(own)
    late = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE, founded=date(2026, 10, 1))
    assert BEGIN not in waits(make_user("moi", "Lý Văn Mới", Role.UNIT_OFFICER, late))
    (row,) = waits(make_user("y-te", "Lê Thị Tế", Role.UNIT_OFFICER, hospital))[BEGIN]
    assert row.note.startswith("Sở, ban, ngành")


def test_the_department_is_told_of_the_congress_too(plan, officer):
    assert [row.note.split(" · ")[0] for row in waits(officer)[BEGIN]] == ["Sở, ban, ngành", "Tỉnh"]


@pytest.mark.parametrize(
    ("facts", "title", "is_late"),
    [
        ({"day": TODAY + timedelta(days=31)}, None, None),
        ({"day": TODAY + timedelta(days=30)}, READY, False),
        ({"day": TODAY - timedelta(days=1)}, READY, True),
        ({"returned_for": "Thiếu chương trình"}, "Hội nghị bị trả lại", False),
        ({"state": "ready", "day": TODAY + timedelta(days=1)}, None, None),
        ({"state": "ready", "day": TODAY}, OVER, False),
        ({"state": "ready", "day": TODAY - timedelta(days=2), "until": TODAY + timedelta(days=1)}, None, None),
        ({"state": "ready", "day": TODAY - timedelta(days=2), "until": TODAY}, OVER, True),
        ({"state": "held", "held_on": TODAY - timedelta(days=30)}, REPORT, False),
        ({"state": "held", "held_on": TODAY - timedelta(days=31)}, REPORT, True),
        ({"state": "reported", "held_on": TODAY - timedelta(days=31)}, None, None),
    ],
)
def test_a_unit_is_told_what_its_conference_waits_for(facts, title, is_late, event, own):
    put(event, **facts)
    found = waits(own)
    assert list(found) == ([title] if title else [])
    if title:
        assert [row.is_late for row in found[title]] == [is_late]


def test_a_stranger_is_told_of_nothing(event, officer, hospital):
    put(event, state="held", held_on=TODAY)
    stranger = make_user("y-te", "Lê Thị Tế", Role.UNIT_OFFICER, hospital)
    assert list(waits(stranger)) == [BEGIN]
    assert REPORT not in waits(officer)


# --- The department's


def test_the_department_is_told_what_it_decides(event, officer, own):
    put(event, state="asked", asked_on=TODAY)
    Change.objects.create(event=event, kind="reduce", state="flagged", day=TODAY, reason="Dịch", by=own)
    found = waits(officer)
    assert [row.words for row in found["Hội nghị chờ duyệt"]] == [event.name]
    assert [row.words for row in found["Đề nghị rút gọn, hoãn, dừng chờ quyết định"]] == [f"Rút gọn: {event.name}"]
    assert list(waits(own)) == []


@pytest.mark.parametrize(
    ("days", "after", "is_told"),
    [(30, 30, False), (30, 31, True), (10, 11, True), (None, 30, False), (None, 31, True)],
)
def test_the_department_is_told_of_who_held_and_did_not_report(event, officer, own, days, after, is_told):
    put(event, state="held", held_on=TODAY - timedelta(days=after))
    if days is None:
        put(event, plan=None, level=None)
    else:
        Plan.objects.update(report_days=days)
    told = waits(officer).get("Hội nghị của đơn vị quá hạn báo cáo", [])
    assert [row.words for row in told] == ([event.name] if is_told else [])
    assert [row.verb for row in told] == ([("Xem" if days is None else "Đôn đốc")] if is_told else [])
    assert "Hội nghị của đơn vị quá hạn báo cáo" not in waits(own), "it is told of its own"


def test_a_list_that_was_sent_up_waits_for_who_keeps_the_congress(plan, event, province, officer, own):
    congress = Event.objects.create(
        unit=province, plan=plan, level=plan.levels.get(is_congress=True), kind="congress", form="congress", by=officer,
        name="Đại hội", day=date(2026, 12, 1),
    )  # fmt: skip
    row = Delegation.objects.create(event=congress, unit=event.unit, source=event)
    title = "Danh sách đại biểu gửi lên, chờ chốt"
    assert title not in waits(officer)
    Delegation.objects.filter(pk=row.pk).update(sent_on=TODAY, state="sent")
    assert [row.words for row in waits(officer)[title]] == ["Đoàn UBND xã Ba Sơn"]
    assert title not in waits(own)


# --- Days, search, the page of a unit


def near(user):
    fresh = User.objects.select_related("unit").get(pk=user.pk)
    return {row.words for row in agenda.near(fresh, TODAY)}


def test_days_of_conferences_and_ends_of_windows_are_near(event, own, hospital):
    put(event, day=TODAY + timedelta(days=3))
    event.plan.levels.filter(name="Cấp xã").update(ends_on=TODAY + timedelta(days=6))
    assert near(own) == {event.name, "Hết thời gian tổ chức hội nghị: Cấp xã"}
    assert near(make_user("y-te", "Lê Thị Tế", Role.UNIT_OFFICER, hospital)) == set()
    other = Event.objects.create(
        unit=event.unit, kind="review", name="Tổng kết năm", day=TODAY + timedelta(days=3), by=own
    )
    assert near(own) == {"2 hội nghị tổ chức", "Hết thời gian tổ chức hội nghị: Cấp xã"}
    other.delete()
    put(event, day=TODAY + timedelta(days=8))
    assert near(own) == {"Hết thời gian tổ chức hội nghị: Cấp xã"}


@pytest.mark.parametrize("words", ["bieu duong ba son", "hoi truong xa"])
def test_a_conference_is_found_by_its_words(words, event, own):
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    found = {part.title: [row.url for row in part.rows] for part in finding.find(own, words, 5)}
    assert found["Hội nghị, đại hội"] == [event.get_absolute_url()]
    assert "Hội nghị, đại hội" not in {part.title for part in finding.find(stranger, words, 5)}


def test_a_plan_is_found_once_it_was_issued(plan, own, officer):
    title = "Kế hoạch hội nghị, đại hội"
    found = {part.title: [row.url for row in part.rows] for part in finding.find(own, "dai hoi lan thu vii", 5)}
    assert found[title] == [plan.get_absolute_url()]
    assert title not in {part.title for part in finding.find(own, "lan thu viii", 5)}
    type(plan).objects.filter(pk=plan.pk).update(state="draft", issued_on=None)
    assert title not in {part.title for part in finding.find(own, "dai hoi lan thu vii", 5)}
    assert title in {part.title for part in finding.find(officer, "dai hoi lan thu vii", 5)}


def test_the_page_of_a_unit_tells_of_its_conferences(event, own, commune):
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    assert [row.note for row in conferences_of(commune, own).lines] == ["20/07/2026 · đang chuẩn bị"]
    assert conferences_of(commune, stranger) is None
