"""Conferences reduced, postponed, stopped: who may, what must stay, what depends on it, what stays beside what was planned."""

from contextlib import nullcontext
from datetime import date, time

import pytest
from django.urls import reverse

from awards.models import Recipient
from conferences.changes import actions, papers
from conferences.changes.actions import CHANGES, Kind, State, Wish
from conferences.changes.consequences import consequences
from conferences.changes.rules import kept_by, right_of
from conferences.models import Change, Delegate, Delegation, Event, Headcount, Honour, Part, Serving
from documents.models import Change as Logged
from documents.steps.refusing import Refused, Stale
from tests.conftest import make_unit, make_user
from tests.walking import turns_of, walk
from units.models import Role, Unit

TODAY = date(2026, 6, 15)


@pytest.fixture
def ready(event, plan):
    """The conference of the commune, ready, with what its plan asks."""
    Event.objects.filter(pk=event.pk).update(state="ready", begins_at=time(8), is_full=True, size=150)
    Part.objects.create(event=event, words="Báo cáo", minutes=20, required=plan.required.get())
    Headcount.objects.create(event=event, role="guest", first=20, number=20)
    return Event.objects.get(pk=event.pk)


@pytest.fixture
def of_health(ready, hospital, plan):
    """One of Sở Y tế, and who writes for it."""
    Event.objects.filter(pk=ready.pk).update(
        unit=hospital, level=plan.levels.get(name="Sở, ban, ngành"), day=date(2026, 8, 3), first_day=date(2026, 8, 3)
    )
    by = make_user("can-bo-y-te", "Nông Thị Y", Role.UNIT_OFFICER, hospital)
    return Event.objects.get(pk=ready.pk), by


def _reduce(**more):
    facts = {"day": TODAY, "reason": "Chống dịch", "people": {"official": 60}}
    return Wish(Kind.REDUCE, **facts | more)


def _postpone(day=date(2026, 8, 10), **more):
    return Wish(Kind.POSTPONE, day=TODAY, reason="Mưa lũ", new_day=day, **more)


def _stop(paper, **more):
    return Wish(Kind.STOP, day=TODAY, reason="Chống dịch", paper=paper, **more)


def _invite(event, by, number=3, role="official"):
    for count in range(number):
        who = Recipient.objects.create(name=f"Người {count}")
        Delegate.objects.create(event=event, recipient=who, name=who.name, role=role, invited_on=TODAY, by=by)


# --- Who may reduce by itself


def test_unit_of_health_reduces_by_itself(of_health):
    event, by = of_health
    row = actions.change(event, _reduce(to_delegates=True, place="Phòng họp số 2"), by=by)
    event.refresh_from_db()
    assert (row.state, row.right) == (State.DONE, "đơn vị thuộc lĩnh vực Y tế")
    assert (event.is_full, event.place, event.version) == (False, "Phòng họp số 2", 2)
    assert list(event.headcounts.values_list("role", "first", "number")) == [("official", 120, 60), ("guest", 20, 20)]
    told = Logged.objects.get(about="conference", key=event.pk, what="reduce")
    assert told.changes["Đại biểu chính thức"] == ["120", "60"]


def test_health_hangs_on_the_column_alone(of_health):
    event, _ = of_health
    event.unit.sector.is_health = False
    assert right_of(event, TODAY) == ""


@pytest.mark.parametrize(
    ("since", "until", "may"),
    [
        (date(2026, 6, 15), None, True),
        (date(2026, 6, 1), date(2026, 6, 15), True),
        (date(2026, 6, 16), None, False),
        (date(2026, 5, 1), date(2026, 6, 14), False),
    ],
)
def test_unit_that_serves_on_that_day_reduces_by_itself(ready, own, officer, paper, since, until, may):
    letter = paper("300/UBND-KGVX", code="CV")
    Serving.objects.create(unit=ready.unit, since=since, until=until, reason="Chống dịch", document=letter, by=officer)
    row = actions.change(ready, _reduce(), by=own)
    assert row.state == (State.DONE if may else State.FLAGGED)
    assert ("300/UBND-KGVX" in row.right) == may
    assert Headcount.objects.get(event=ready, role="official").number == (60 if may else 120)


def test_who_serves_no_more_does_not_reduce_by_an_earlier_day(ready, own, officer, paper):
    letter, until = paper("300/UBND-KGVX", code="CV"), date(2026, 6, 14)
    Serving.objects.create(
        unit=ready.unit, since=date(2026, 5, 1), until=until, reason="Chống dịch", document=letter, by=officer
    )
    assert actions.change(ready, _reduce(day=until), by=own).state == State.FLAGGED


def test_what_no_plan_asks_is_the_units_own(ready, own):
    Event.objects.filter(pk=ready.pk).update(plan=None, level=None, kind="review")
    assert actions.change(ready, _reduce(), by=own).state == State.DONE


# --- What must stay


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ({"official": 121}, "Đang là 120"),
        ({"official": 120, "guest": 20}, "Chưa giảm gì"),
        ({"official": 2}, "Đã mời 3 đại biểu chính thức"),
    ],
)
def test_reduction_that_cannot_be_is_refused(ready, own, people, words):
    _invite(ready, own)
    with pytest.raises(Refused, match=words):
        actions.change(ready, _reduce(people=people), by=own)
    assert not Change.objects.exists()


def test_somebody_takes_part(ready, own):
    with pytest.raises(Refused, match="không còn người dự"):
        actions.change(ready, _reduce(people={"official": 0, "guest": 0}), by=own)


def test_not_below_what_is_invited_but_who_withdrew_does_not_count(ready, own):
    _invite(ready, own)
    Delegate.objects.filter(pk=Delegate.objects.first().pk).update(state="withdrawn")
    with pytest.raises(Refused, match="Đã mời 2"):
        actions.change(ready, _reduce(people={"official": 1}), by=own)
    assert actions.change(ready, _reduce(people={"official": 2}), by=own).after["people"]["official"] == 2


def test_contents_programme_and_window_stay(ready, own, plan):
    plan.required.create(kind="content", words="Đánh giá 5 năm")
    with pytest.raises(Refused, match="đánh dấu xác nhận") as refused:
        actions.change(ready, _reduce(), by=own)
    assert refused.value.field == "keeps"
    Part.objects.all().update(required=None)
    with pytest.raises(Refused, match="Chương trình chưa có phần này"):
        actions.change(ready, _reduce(keeps=True), by=own)
    Part.objects.all().update(required=plan.required.get(kind="programme"))
    Event.objects.filter(pk=ready.pk).update(day=date(2026, 10, 2))
    with pytest.raises(Refused, match="từ 01/05/2026 đến 30/09/2026"):
        actions.change(ready, _reduce(keeps=True), by=own)
    Event.objects.filter(pk=ready.pk).update(day=date(2026, 9, 30))
    assert actions.change(ready, _reduce(keeps=True), by=own).state == State.FLAGGED
    told = Logged.objects.get(about="conference", key=ready.pk, what="ask_reduce")
    assert told.changes["Xác nhận giữ nội dung"] == ["", "Đánh giá 5 năm"]


def test_content_stays_as_long_as_the_part_does_in_which_the_plan_has_it_told(ready, own, plan):
    report = plan.required.get()
    content = plan.required.create(kind="content", words="Đánh giá 5 năm", told_in=report)
    seen = kept_by(ready, ready.parts.all())
    by_words = {row.words: row for row in seen}
    assert by_words["Nội dung: Đánh giá 5 năm"].note == "Ở phần «Báo cáo kết quả phong trào thi đua»."
    told = by_words["Chương trình: Báo cáo kết quả phong trào thi đua"]
    assert (told.fault, told.note) == ("", "20 phút, kế hoạch thường dành 30 phút.")
    assert actions.change(ready, _reduce(), by=own).state == State.FLAGGED, "nobody has to confirm what can be seen"
    Change.objects.all().delete()
    Part.objects.all().update(required=None)
    with pytest.raises(Refused, match="Trình bày ở phần «Báo cáo kết quả phong trào thi đua», chương trình chưa có"):
        actions.change(ready, _reduce(keeps=True), by=own)
    content.told_in = None
    content.save()
    assert next(row for row in kept_by(ready, ready.parts.all()) if row.is_open).note.endswith("người ghi xác nhận.")


def test_what_must_stay_is_looked_at_again_when_the_department_decides(ready, own, officer, plan):
    row = actions.change(ready, _reduce(), by=own)
    Part.objects.all().update(required=None)
    with pytest.raises(Refused, match="Chương trình chưa có phần này"):
        actions.allow(row, by=officer)


# --- Postponed


def test_postponed_inside_the_window_and_the_first_day_stays(ready, own):
    row = actions.change(ready, _postpone(date(2026, 9, 29), new_until=date(2026, 9, 30), new_hour=time(14)), by=own)
    ready.refresh_from_db()
    assert (row.state, ready.first_day, ready.day) == (State.DONE, date(2026, 7, 20), date(2026, 9, 29))
    assert (ready.until, ready.begins_at, ready.place) == (date(2026, 9, 30), time(14), "Hội trường xã")


@pytest.mark.parametrize(
    ("day", "until", "field", "words"),
    [
        (date(2026, 10, 1), None, "new_day", "từ 01/05/2026 đến 30/09/2026"),
        (date(2026, 9, 30), date(2026, 10, 1), "new_until", "Hãy chọn ngày cuối trong thời gian đó"),
        (date(2026, 7, 20), None, "new_day", "Hoãn là lùi ngày"),
        (date(2026, 7, 19), None, "new_day", "Hoãn là lùi ngày"),
        (None, None, "new_day", "Hãy ghi ngày mới"),
    ],
)
def test_not_past_the_window(ready, own, day, until, field, words):
    with pytest.raises(Refused, match=words) as refused:
        actions.change(ready, _postpone(day, new_until=until), by=own)
    assert refused.value.field == field
    assert Event.objects.get(pk=ready.pk).day == date(2026, 7, 20)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2025, 11, 30)])
def test_nothing_is_decided_of_it_before_the_plan_was_issued(ready, own, day):
    with pytest.raises(Refused, match="Kế hoạch ban hành ngày 01/12/2025") as refused:
        actions.change(ready, _reduce(day=day), by=own)
    assert refused.value.field == "day"
    Event.objects.filter(pk=ready.pk).update(plan=None, level=None, kind="review")
    with pytest.raises(Refused, match="quá xa ngày hội nghị") if day.year == 1 else nullcontext():
        actions.change(ready, _reduce(day=day), by=own)


def test_a_new_day_on_which_offices_do_not_work_is_told_before_it_is_confirmed(ready, own, client_of):
    typed = {"kind": "postpone", "step": "review", "version": ready.version, "day": "15/06/2026", "reason": "Mưa lũ"}
    page = reverse("change_conference", args=[ready.pk])
    shown = client_of(own).post(page, typed | {"new_day": "08/08/2026", "new_until": "10/08/2026"}).content.decode()
    assert "Ngày 08/08/2026 là ngày nghỉ. Ngày 09/08/2026 là ngày nghỉ." in shown
    assert "là ngày nghỉ" not in client_of(own).post(page, typed | {"new_day": "10/08/2026"}).content.decode()


def test_missed_day_is_not_postponed_into_the_past(ready, own):
    Event.objects.filter(pk=ready.pk).update(day=date(2026, 6, 1))
    with pytest.raises(Refused, match="đã qua"):
        actions.change(ready, _postpone(date(2026, 6, 14)), by=own)


# --- Stopped


def test_department_stops_by_a_paper_and_it_never_counts_as_held(ready, officer, paper):
    letter, report = paper("301/UBND-KGVX", code="CV"), paper("50/BC-UBND", code="BC")
    actions.change(ready, _stop(letter, instead=report), by=officer)
    ready.refresh_from_db()
    assert (ready.state, ready.stopped_by, ready.instead, ready.stopped_for) == (
        "stopped",
        letter,
        report,
        "Chống dịch",
    )
    assert ready.state not in Event.DONE
    assert ready.held_on is None
    with pytest.raises(Refused, match="không rút gọn, hoãn, dừng được nữa"):
        actions.change(ready, _stop(letter), by=officer)


def test_stop_of_a_unit_waits_for_the_department(ready, own, officer, paper):
    letter = paper("12/UBND-VP", code="CV")
    row = actions.change(ready, _stop(letter), by=own)
    assert (row.state, Event.objects.get(pk=ready.pk).state) == (State.FLAGGED, "ready")
    actions.allow(row, by=officer, words="Nhất trí")
    ready.refresh_from_db()
    assert (ready.state, ready.stopped_by) == ("stopped", letter)


@pytest.mark.parametrize(
    ("wish", "words", "field"),
    [
        ({"paper": None}, "Hãy ghi số, ký hiệu văn bản dừng", "paper"),
        ({"reason": " "}, "Hãy ghi lý do", "reason"),
        ({"day": date(2026, 6, 16)}, "chưa đến", "day"),
        ({"day": date(2026, 5, 31)}, "Hãy chọn ngày từ đó trở đi", "day"),
        ({"day": None}, "Hãy ghi ngày", "day"),
    ],
)
def test_stop_has_paper_reason_and_day(ready, officer, paper, wish, words, field):
    letter = paper("301/UBND-KGVX", code="CV")
    facts = {"day": TODAY, "reason": "Chống dịch", "paper": letter} | wish
    with pytest.raises(Refused, match=words) as refused:
        actions.change(ready, Wish(Kind.STOP, **facts), by=officer)
    assert refused.value.field == field


def test_what_is_studied_is_another_paper(ready, officer, paper):
    letter = paper("301/UBND-KGVX", code="CV")
    with pytest.raises(Refused, match="phải khác văn bản dừng"):
        actions.change(ready, _stop(letter, instead=letter), by=officer)


@pytest.mark.parametrize("who", ["officer", "clerk", "stranger"])
def test_others_neither_reduce_nor_postpone(ready, people, who):
    people["stranger"] = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Khác"))
    for wish in (_reduce(), _postpone()):
        with pytest.raises(Refused, match=r"do cán bộ của UBND xã Ba Sơn làm"):
            actions.change(ready, wish, by=people[who])


@pytest.mark.parametrize("state", ["held", "reported", "stopped"])
def test_what_is_over_is_not_changed(ready, own, paper, state):
    facts = {"held_on": date(2026, 6, 10)} if state != "stopped" else {
        "stopped_on": TODAY, "stopped_by": paper(), "stopped_for": "Dịch",
    }  # fmt: skip
    Event.objects.filter(pk=ready.pk).update(state=state, **facts)
    with pytest.raises(Refused, match="không rút gọn, hoãn, dừng được nữa"):
        actions.change(ready, _reduce(), by=own)


def test_old_page_is_told(ready, own):
    with pytest.raises(Stale):
        actions.change(ready, _reduce(), by=own, seen_version=0)


# --- Decided


@pytest.fixture
def flagged(ready, own):
    """The commune asks whether it may reduce."""
    return actions.change(ready, _reduce(place="Nhà văn hóa"), by=own)


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("flagged", {"officer": {"allow", "refuse"}, "leader": {"allow", "refuse"}, "own": {"withdraw"}}),
        ("refused", {}),
        ("taken_back", {}),
    ],
)
def test_who_decides_a_request(flagged, people, client_of, state, may):
    Change.objects.filter(pk=flagged.pk).update(state=state)
    walk(
        CHANGES, lambda: Change.objects.select_related("event").get(pk=flagged.pk), turns_of(people), client_of,
        may={who: may.get(who, set()) for who in people}, typed={}, reasons={"refuse", "undo"},
        known=lambda row: Logged.objects.filter(about="conference", key=row.event_id).count(),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["reduce", "stop"])
def test_who_takes_a_change_back(ready, own, officer, paper, people, client_of, kind):
    letter = paper("301/UBND-KGVX", code="CV")
    if kind == "stop":
        row = actions.change(ready, _stop(letter), by=officer)
    else:
        Event.objects.filter(pk=ready.pk).update(plan=None, level=None)
        row = actions.change(ready, _reduce(), by=own)
    who_may = {"own"} if kind == "reduce" else {"officer", "leader"}
    walk(
        CHANGES, lambda: Change.objects.select_related("event").get(pk=row.pk), turns_of(people), client_of,
        may={who: {"undo"} if who in who_may else set() for who in people}, typed={}, reasons={"refuse", "undo"},
        known=lambda row: Logged.objects.filter(about="conference", key=row.event_id).count(),
    )  # fmt: skip


def test_allowed_request_is_done_and_refused_one_is_not(flagged, ready, officer):
    actions.allow(flagged, by=officer, words="Nhất trí")
    ready.refresh_from_db()
    assert (ready.place, ready.version) == ("Nhà văn hóa", 2)
    assert ready.headcounts.get(role="official").number == 60
    flagged.refresh_from_db()
    assert (flagged.decided_by, flagged.decided_on, flagged.decided_for) == (officer, TODAY, "Nhất trí")


def test_refused_request_says_why_and_leaves_all_as_it_was(flagged, ready, officer):
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        actions.refuse(flagged, by=officer)
    actions.refuse(flagged, by=officer, reason="Chưa có dịch trên địa bàn")
    flagged.refresh_from_db()
    assert (flagged.state, flagged.decided_for) == (State.REFUSED, "Chưa có dịch trên địa bàn")
    assert ready.headcounts.get(role="official").number == 120


def test_one_request_at_a_time(flagged, ready, own):
    with pytest.raises(Refused, match="đang có đề nghị chờ"):
        actions.change(ready, _postpone(), by=own)


def test_request_is_not_allowed_over_what_changed_since(flagged, ready, own, officer):
    _invite(ready, own, number=61)
    with pytest.raises(Refused, match="Đã mời 61"):
        actions.allow(flagged, by=officer)
    Headcount.objects.filter(event=ready, role="guest").update(number=30)
    with pytest.raises(Refused, match="đã được sửa sau khi gửi đề nghị"):
        actions.allow(flagged, by=officer)


def test_taken_back_it_stands_as_before(ready, own, officer, paper):
    first = actions.change(ready, _postpone(), by=own)
    second = actions.change(ready, _stop(paper("301/UBND-KGVX", code="CV")), by=officer)
    with pytest.raises(Refused, match="lần sau trước"):
        actions.undo(first, by=own, reason="Nhầm")
    actions.undo(second, by=officer, reason="Nhầm hội nghị")
    assert Event.objects.get(pk=ready.pk).state == "ready"
    actions.undo(first, by=own, reason="Nhầm")
    ready.refresh_from_db()
    assert (ready.day, ready.first_day) == (date(2026, 7, 20), date(2026, 7, 20))


def test_what_was_edited_since_is_not_taken_back(ready, own):
    row = actions.change(ready, _postpone(), by=own)
    Event.objects.filter(pk=ready.pk).update(place="Nơi khác")
    with pytest.raises(Refused, match="được sửa hoặc tổ chức sau lần này"):
        actions.undo(row, by=own, reason="Nhầm")


# --- What depends on it


def test_everything_that_depends_on_it_is_told(ready, own, officer, province, plan, django_assert_num_queries):
    _invite(ready, own, 5)
    _invite(ready, own, 2, role="guest")
    Delegate.objects.filter(role="guest").update(code=None, invited_on=None)
    first = Delegate.objects.filter(role="official").first()
    Delegate.objects.filter(pk=first.pk).update(code="ABCDEFGHJKMN", duty="presidium")
    Honour.objects.create(event=ready, name="Tập thể A", kind="collective", reason="Xuất sắc", by=own)
    congress = Event.objects.create(
        unit=province, plan=plan, level=plan.levels.get(is_congress=True), kind="congress", name="Đại hội", by=officer,
        day=date(2026, 11, 20),
    )  # fmt: skip
    Delegation.objects.create(event=congress, unit=ready.unit, source=ready, sent_on=TODAY)
    with django_assert_num_queries(5):
        told = {row.words: row.number for row in consequences(ready, Kind.REDUCE, {"official": 3})}
    assert told == {
        "Đại biểu chính thức trong danh sách vượt số mới": 2, "Đại biểu đã mời": 5, "Thẻ đã cấp mã": 1,
        "Người có nhiệm vụ tại hội nghị": 1, "Danh sách đại biểu đã gửi lên": 1, "Người, tập thể được tôn vinh": 1,
    }  # fmt: skip
    assert {row.words: row.number for row in consequences(congress, Kind.STOP)} == {"Đoàn đại biểu về dự": 1}


# --- The pages


def _typed(event, kind, **more):
    return {"kind": kind, "version": event.version, "day": "15/06/2026", "reason": "Chống dịch"} | more


def test_unit_types_looks_and_confirms(ready, own, client_of):
    client, address = client_of(own), reverse("change_conference", args=[ready.pk])
    assert client.get(address).context["form"].chosen == Kind.REDUCE
    typed = _typed(ready, "reduce", **{"number-official": 60, "number-guest": 20})
    page = client.post(address, typed | {"step": "review"}).content.decode()
    assert "Chờ Sở Nội vụ quyết định" in page
    assert Change.objects.count() == 0
    answer = client.post(address, typed | {"step": "confirm"})
    assert answer.url == reverse("conference_changes", args=[ready.pk])
    page = client.get(answer.url).content.decode()
    assert "<del>120</del> → <ins>60</ins>" in page
    assert "Rút lại đề nghị" in page


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("reduce", {"number-official": "200", "number-guest": "20"}, "Rút gọn thì ghi số ít hơn"),
        ("reduce", {"number-official": "sáu", "number-guest": "20"}, "id_number-official_error"),
        ("postpone", {"new_day": "01/10/2026"}, "từ 01/05/2026 đến 30/09/2026"),
        ("stop", {"paper": "1/UBND-KGVX"}, "Sổ chưa có văn bản số này"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_stays(ready, own, client_of, kind, more, words):
    answer = client_of(own).post(
        reverse("change_conference", args=[ready.pk]), _typed(ready, kind, step="confirm", **more)
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Chống dịch" in page


def test_other_kind_keeps_what_was_typed(ready, own, client_of):
    page = client_of(own).post(reverse("change_conference", args=[ready.pk]), _typed(ready, "reduce", to="postpone"))
    assert page.context["form"].chosen == Kind.POSTPONE
    assert "Chống dịch" in page.content.decode()


def test_department_is_offered_a_stop_alone_and_strangers_see_nothing(ready, officer, own, client_of):
    address = reverse("change_conference", args=[ready.pk])
    assert [tab[0] for tab in client_of(officer).get(address).context["tabs"]] == ["stop"]
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Khác"))
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).get(reverse("conference_changes", args=[ready.pk])).status_code == 404
    actions.change(ready, _reduce(), by=own)
    assert not client_of(stranger).get(reverse("changes_of_conferences")).context["page_obj"].object_list
    page = client_of(officer).get(reverse("changes_of_conferences"), {"state": "flagged"})
    assert len(page.context["page_obj"].object_list) == page.context["waiting"] == 1


def test_pages_of_many_changes_ask_as_much(ready, own, client_of, django_assert_max_num_queries):
    addresses = [reverse("changes_of_conferences"), reverse("conference_changes", args=[ready.pk])]
    client = client_of(own)

    def more(number):
        for _ in range(number):
            row = Change.objects.create(
                event=ready, kind="postpone", day=TODAY, reason="Mưa", by=own, state="taken_back",
                before=actions._stands(ready), after=actions._stands(ready),
            )  # fmt: skip
            assert row.pk

    more(1)
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(60) as few:
            client.get(address)
        more(10)
        with django_assert_max_num_queries(len(few.captured_queries)):
            client.get(address)


# --- Papers


def test_letter_of_a_unit_asks_with_what_was_planned_beside_it(ready, own, department, officer, paper):
    plan = ready.plan
    plan.document = paper()
    plan.save()
    letter = papers.draft(ready, _reduce(day=None), by=own)
    assert letter.subject.startswith("đề nghị rút gọn hội nghị biểu dương")
    assert "125/KH-UBND" in letter.body
    assert "| Đại biểu chính thức | 120 | 60 |" in letter.body.replace("| 1 ", "")
    assert "kính đề nghị Sở Nội vụ" in letter.body
    assert [row.key for row in letter.addressees.all()] == ["don-vi:so-noi-vu"]
    with pytest.raises(Refused, match="Hãy dùng văn bản đó"):
        papers.draft(ready, _reduce(), by=own)
    assert not Change.objects.exists()


def test_letter_of_the_department_stops_and_names_what_is_studied(ready, officer, paper):
    report = paper("50/BC-UBND", code="BC")
    letter = papers.draft(ready, Wish(Kind.STOP, None, "Chống dịch", instead=report), by=officer)
    assert "dừng tổ chức hội nghị nêu trên" in letter.body
    assert "50/BC-UBND" in letter.body
    assert [row.key for row in letter.addressees.all()] == ["don-vi:xa-ba-son"]


def test_postponing_letter_tells_both_days_and_none_past_the_window(ready, own):
    letter = papers.draft(ready, _postpone(), by=own)
    assert "20/7/2026" in letter.body
    assert "10/8/2026" in letter.body
    with pytest.raises(Refused, match="30/09/2026"):
        papers.draft(ready, _postpone(date(2026, 10, 5)), by=own)


def test_department_answers_what_it_decided(flagged, officer, own):
    with pytest.raises(Refused, match="Hãy ghi ý kiến"):
        papers.draft_answer(flagged, by=officer)
    row = actions.refuse(flagged, by=officer, reason="Chưa có dịch")
    with pytest.raises(Refused, match="Sở Nội vụ soạn"):
        papers.draft_answer(row, by=own)
    letter = papers.draft_answer(row, by=officer)
    assert "không đồng ý để UBND xã Ba Sơn rút gọn" in letter.body
    assert "Chưa có dịch." in letter.body


def test_congress_of_the_province_is_the_departments_to_reduce(ready, province, plan, officer):
    Event.objects.filter(pk=ready.pk).update(
        unit=province, level=plan.levels.get(is_congress=True), day=date(2026, 11, 20), kind="congress"
    )
    event = Event.objects.get(pk=ready.pk)
    assert actions.change(event, _reduce(), by=officer).state == State.DONE
    letter = papers.draft(event, _postpone(date(2026, 12, 1)), by=officer)
    assert letter.issuer_unit == province
    assert {row.key for row in letter.addressees.all()} == {
        f"loai:{kind}" for kind in ("commune", "department", "front")
    }
    assert Unit.Kind.PROVINCE not in {row.key for row in letter.addressees.all()}
