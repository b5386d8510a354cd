"""Conferences: begun in a form that the unit picks, planned, approved where the plan asks, ready, held, told of."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.models import Activity, Division
from conferences.events import actions
from conferences.events import held as outcome
from conferences.events.actions import EVENTS
from conferences.models import Event, Headcount, Level, Part, Plan, Required
from documents.models import Change
from documents.steps.refusing import Refused, Stale
from tests.campaigns.conftest import at_once
from tests.clusters.conftest import make_cluster
from tests.conferences.honours.conftest import picture
from tests.conftest import make_unit, make_user
from tests.documents.uploads.test_uploads import pdf
from tests.walking import turns_of, walk
from units.models import Role

Form, State = Event.Form, Event.State
DAY = date(2026, 7, 20)
BY_PAGE = {"edit", "programme", "people", "board", "hold", "add_files", "drop_file"}
KEPT = {"choose", "edit", "programme", "people", "board", "add_files", "drop_file"}
FILES = {"add_files", "drop_file"}
# Of a commune, whose level asks for no approval, and of one that asks for it.
UNIT = {
    "planned": {"no": {"ready", "discard", *KEPT}, "yes": {"ask", "discard", *KEPT}},
    "asked": {"no": {"take_back", *FILES}, "yes": {"take_back", *FILES}},
    "ready": {"no": {"reopen", "hold", *KEPT}, "yes": {"reopen", "hold", *KEPT}},
    "held": {"no": {"unhold", "report", *FILES}, "yes": {"unhold", "report", *FILES}},
    "reported": {"no": FILES, "yes": FILES},
    "stopped": {"no": set(), "yes": set()},
}
OFFICER = {"asked": {"approve", "return"}, "reported": {"return_report"}}


@pytest.mark.parametrize("approval", ["no", "yes"])
@pytest.mark.parametrize("state", UNIT)
def test_who_may_do_what_with_a_conference(state, approval, whole, people, client_of, stopped_facts):
    Level.objects.update(needs_approval=approval == "yes")
    held = {"held_on": DAY} if state in ("held", "reported") else {}
    Event.objects.filter(pk=whole.pk).update(state=state, **held, **(stopped_facts if state == "stopped" else {}))
    may = {who: set() for who in people}
    may["unit"], may["officer"] = UNIT[state][approval] - BY_PAGE, OFFICER.get(state, set())
    walk(
        EVENTS, lambda: Event.objects.get(pk=whole.pk), turns_of(people), client_of, may=may,
        typed={"choose": {"form": "good"}, "report": {"results": "Tốt"}},
        reasons={"return", "reopen", "unhold", "return_report"}, but=BY_PAGE,
        known=lambda row: Change.objects.filter(about="conference", key=row.pk).count(),
    )  # fmt: skip


def new(plan, unit, **facts):
    return Event(**{"unit": unit, "plan": plan, "form": Form.GOOD, "day": date(2026, 7, 10), "size": 150} | facts)


def test_a_unit_begins_its_conference_with_what_the_plan_asks(plan, commune, own):
    event = actions.begin(new(plan, commune), by=own)
    assert event.name == "Hội nghị biểu dương người tốt, việc tốt xã Ba Sơn giai đoạn 2020 – 2025"
    assert (event.level.name, event.is_full, event.first_day) == ("Cấp xã", True, None)
    assert [(row.words, row.required.words) for row in event.parts.all()] == [
        ("Báo cáo kết quả phong trào thi đua",) * 2
    ]
    with pytest.raises(Refused, match="Hội nghị này đã có"):
        actions.begin(new(plan, commune), by=own)


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"day": date(2026, 12, 30)}, "từ 01/05/2026 đến 30/09/2026", "day"),
        ({"day": date(2026, 9, 30), "until": date(2026, 10, 1)}, "ngày cuối trong thời gian đó", "until"),
        ({"day": date(2026, 7, 10), "until": date(2026, 7, 9)}, "từ ngày đầu trở đi", "until"),
        ({"day": date(1, 1, 1)}, "Hãy xem lại năm", "day"),
        ({"day": date(9999, 12, 31)}, "Hãy xem lại năm", "day"),
        ({"day": date(2026, 7, 10), "until": date(2026, 8, 9)}, "nhiều nhất 30 ngày", "until"),
        ({"day": date(2026, 6, 14)}, "đã qua.*«Ghi lại hội nghị đã tổ chức»", "day"),
        ({"form": ""}, "một trong bốn hình thức", "form"),
        ({"form": "festival"}, "một trong bốn hình thức", "form"),
    ],
)
def test_what_the_plan_does_not_let_be_is_refused_at_its_field(plan, commune, own, facts, words, field):
    with pytest.raises(Refused, match=words) as refused:
        actions.begin(new(plan, commune, **facts), by=own)
    assert (refused.value.field, Event.objects.count()) == (field, 0)


def test_what_was_held_already_is_told_of_afterwards(plan, commune, own):
    event = actions.begin(new(plan, commune, day=date(2026, 5, 10)), by=own, is_past=True)
    with pytest.raises(Refused, match="từ 01/05/2026") as refused:
        actions.edit(event, by=own, typed=new(plan, commune, day=date(2026, 4, 10), level=event.level), is_past=True)
    assert refused.value.field == "day"


def test_nobody_begins_or_chooses_for_a_unit_but_the_unit(plan, commune, officer, event):
    event.delete()
    with pytest.raises(Refused, match="do cán bộ của đơn vị đó lập"):
        actions.begin(new(plan, commune), by=officer)


def test_the_department_begins_the_congress_of_the_province(plan, province, officer):
    event = actions.begin(new(plan, province, form=Form.CONGRESS, day=date(2026, 11, 20)), by=officer)
    assert (event.kind, event.level.is_congress) == ("congress", True)
    assert event.name == "Đại hội Thi đua yêu nước tỉnh Lạng Sơn lần thứ VII giai đoạn 2020 – 2025"


@pytest.mark.parametrize(("state", "issued"), [("draft", None), ("closed", date(2025, 12, 1))])
def test_nobody_begins_one_under_a_plan_that_is_not_carried_out(plan, commune, own, state, issued):
    type(plan).objects.filter(pk=plan.pk).update(state=state, issued_on=issued)
    with pytest.raises(Refused, match="chưa ban hành hoặc đã kết thúc"):
        actions.begin(new(plan, commune), by=own)


def test_the_form_changes_before_the_day_and_the_name_that_came_from_it_follows(plan, commune, own, monkeypatch):
    event = actions.begin(new(plan, commune), by=own)
    event = actions.choose(event, by=own, form=Form.CONGRESS)
    assert event.name.startswith("Đại hội Thi đua yêu nước xã Ba Sơn")
    told = Change.objects.filter(about="conference", key=event.pk, what="choose").get()
    assert told.changes["Hình thức"] == ["Hội nghị biểu dương người tốt, việc tốt", "Đại hội Thi đua yêu nước"]
    Event.objects.filter(pk=event.pk).update(state=State.READY, day=date(2026, 6, 15))
    with pytest.raises(Refused, match="chỉ đổi hình thức trước ngày đó"):
        actions.choose(event, by=own, form=Form.GOOD)


def test_of_two_who_pick_a_form_the_second_reads_what_the_first_picked(event, own):
    actions.choose(event, by=own, form=Form.GOOD, seen_version=event.version)
    with pytest.raises(Stale):
        actions.choose(event, by=own, form=Form.WORKERS, seen_version=event.version)
    assert Event.objects.get(pk=event.pk).form == Form.GOOD


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_forms_picked_at_one_moment_from_one_page_one_stays_and_the_other_is_told(event, own):
    picks = [Form.GOOD, Form.WORKERS]
    found = at_once(
        *(lambda form=form: actions.choose(event, by=own, form=form, seen_version=event.version) for form in picks)
    )
    assert sum(isinstance(one, Refused) for one in found) == 1
    stays = next(form for form, one in zip(picks, found, strict=True) if not isinstance(one, Refused))
    assert Event.objects.get(pk=event.pk).form == stays
    assert Change.objects.filter(about="conference", key=event.pk, what="choose").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_forms_picked_at_one_moment_make_one_conference(plan, commune, own):
    made = at_once(
        *(lambda form=form: actions.begin(new(plan, commune, form=form), by=own) for form in Form.values[:2])
    )
    assert sum("người khác vừa lập" in str(one) for one in made) == 1
    event = Event.objects.get()
    assert event in made
    assert event.parts.count() == 1


def parts(plan):
    return [Part(words="Khai mạc", minutes=15), Part(words="Báo cáo", minutes=30, required=plan.required.get())]


def test_a_part_that_the_plan_asks_is_not_dropped(whole, plan, own):
    actions.set_programme(whole, by=own, parts=parts(plan))
    with pytest.raises(Refused, match="Kế hoạch bắt buộc có: Báo cáo kết quả phong trào thi đua"):
        actions.set_programme(whole, by=own, parts=parts(plan)[:1])
    assert whole.parts.count() == 2


@pytest.mark.parametrize("key", [-3, 10**30, "other"])
def test_a_part_is_none_that_another_plan_asks(whole, plan, own, officer, key):
    other = Plan.objects.create(
        name="Khác", number=8, national=13, serves_from=2025, serves_until=2030, recognised_from=DAY, by=officer
    )
    key = Required.objects.create(plan=other, words="Trao thưởng").pk if key == "other" else key
    with pytest.raises(Refused, match="«Thêm»: kế hoạch không còn yêu cầu"):
        actions.set_programme(whole, by=own, parts=[*parts(plan), Part(words="Thêm", minutes=5, required_id=key)])
    assert whole.parts.count() == 2


def test_people_are_typed_with_points_and_a_cost_has_people(whole, own, client_of):
    client, page = client_of(own), reverse("edit_headcounts", args=[whole.pk])
    assert 'value="100.000"' in client.get(page).content.decode()
    typed = {"version": whole.version, "number-official": "1.200", "cost-official": "150.000", "cost-guest": "80.000"}
    answer = client.post(page, typed)
    assert (answer.status_code, "Khách mời: ghi chi mỗi người" in answer.content.decode()) == (422, True)
    assert client.post(page, typed | {"number-guest": "20"}).status_code == 302
    assert list(whole.headcounts.values_list("number", "cost")) == [(1200, 150_000), (20, 80_000)]


def test_what_is_missing_keeps_it_from_being_ready(event, own, plan):
    with pytest.raises(Refused, match=r"Chưa ghi giờ, người chủ trì\. Chưa lập chương trình"):
        actions.make_ready(event, by=own)
    Required.objects.create(plan=plan, words="Trao thưởng")
    Event.objects.filter(pk=event.pk).update(begins_at=time(8), chair="Vi Văn Chủ")
    Part.objects.create(event=event, words="Khai mạc")
    with pytest.raises(Refused, match="bắt buộc: Báo cáo kết quả phong trào thi đua; Trao thưởng"):
        actions.make_ready(event, by=own)


def test_once_it_was_ready_fewer_people_and_a_later_day_are_no_edit(whole, own):
    ready = actions.make_ready(whole, by=own)
    assert (ready.first_day, ready.headcounts.get().first) == (DAY, 120)
    actions.set_people(ready, by=own, people={"official": (130, 0)})
    with pytest.raises(Refused, match="Rút gọn") as refused:
        actions.set_people(ready, by=own, people={"official": (100, 0)})
    assert refused.value.field == "number-official"
    again = actions.reopen(ready, by=own, reason="Sửa ngày")
    later = Event.objects.get(pk=whole.pk)
    later.day = date(2026, 7, 25)
    with pytest.raises(Refused, match="Hoãn") as refused:
        actions.edit(again, by=own, typed=later)
    assert refused.value.field == "day"


def test_what_is_returned_says_why_and_is_asked_for_again(whole, own, officer):
    Level.objects.update(needs_approval=True)
    with pytest.raises(Refused, match="Hãy trình Sở Nội vụ"):
        actions.make_ready(whole, by=own)
    asked = actions.ask(whole, by=own)
    back = actions.give_back(asked, by=officer, reason="Giảm số khách mời")
    assert (back.state, back.returned_for, back.first_day) == ("planned", "Giảm số khách mời", None)
    ready = actions.approve(actions.ask(back, by=own), by=officer, document=None)
    assert (ready.state, ready.returned_for, ready.form, ready.first_day) == ("ready", "", Form.MODELS, DAY)


def test_who_came_stands_beside_what_was_planned_and_a_late_report_is_seen(whole, own, monkeypatch):
    Headcount.objects.create(event=whole, role="guest", number=10, cost=50_000)
    ready = actions.make_ready(whole, by=own)
    with pytest.raises(Refused, match="chưa đến"):
        outcome.hold(ready, by=own, day=DAY, came={})
    monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: date(2026, 8, 20))
    with pytest.raises(Refused, match="«Hoãn» trước"):
        outcome.hold(ready, by=own, day=date(2026, 7, 21), came={"official": 118, "guest": 9})
    with pytest.raises(Refused, match="Khách mời: hãy ghi") as refused:
        outcome.hold(ready, by=own, day=DAY, came={"official": 118})
    assert refused.value.field == "came-guest"
    held = outcome.hold(ready, by=own, day=DAY, came={"official": 118, "guest": 9})
    assert (held.report_due, held.is_report_late) == (date(2026, 8, 19), True)
    assert list(held.headcounts.values_list("first", "number", "came")) == [(120, 120, 118), (10, 10, 9)]


def test_it_is_begun_and_planned_by_pages(plan, commune, own, client_of):
    client = client_of(own)
    assert "Lập hội nghị" in client.get(reverse("conferences")).content.decode()
    page = reverse("begin_conference", args=[plan.pk])
    typed = {"form": "good", "day": "30/10/2026", "place": "Hội trường", "size": "250", "until": ""}
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert "từ 01/05/2026 đến 30/09/2026" in answer.content.decode()
    assert (
        client.post(page, typed | {"day": "10/07/2026", "begins_at": "08:00", "chair": "Vi Văn Chủ"}).status_code == 302
    )
    event = Event.objects.get()
    assert event.is_full is False
    lines = {"phan-TOTAL_FORMS": 2, "phan-INITIAL_FORMS": 1, "version": event.version}
    first = {"phan-0-content": "Báo cáo tổng kết", "phan-0-minutes": 45, "phan-0-required": plan.required.get().pk}
    second = {"phan-1-content": "Khai mạc", "phan-1-minutes": 10, "phan-1-ORDER": 1, "phan-0-ORDER": 2}
    page = reverse("edit_programme", args=[event.pk])
    assert client.post(page, lines | first | second | {"phan-0-DELETE": "on"}).status_code == 422
    assert client.post(page, lines | first | second).status_code == 302
    shown = client.get(event.get_absolute_url()).content.decode()
    assert shown.index("Khai mạc") < shown.index("08:10") < shown.index("Báo cáo tổng kết")
    assert "Theo kế hoạch: Báo cáo kết quả phong trào thi đua" in shown


def test_a_conference_on_a_day_off_or_a_day_that_is_gone_is_looked_at_again(event, client_of, own):
    Event.objects.filter(pk=event.pk).update(day=date(2026, 6, 7), size=300, is_full=True)
    shown = client_of(own).get(event.get_absolute_url()).content.decode()
    assert "Ngày 07/06/2026 đã qua. Ngày 07/06/2026 là ngày nghỉ." in shown
    assert "từ 200 người trở lên: kế hoạch quy định họp đại biểu" in shown


def test_the_lists_and_pages_ask_as_much_for_many_as_for_few(event, own, client_of, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        client_of(own).get(event.get_absolute_url())


def told_of(paper):
    """The clusters of 2026, by their notice."""
    day, notice = date(2026, 1, 1), paper("109/TB-UBND", date(2026, 1, 1), "TB")
    facts = {"state": "in_force", "in_force_on": day, "notice": notice}
    return Division.objects.create(year=2026, begins_on=day, ends_on=date(2026, 12, 31), **facts)


def test_what_no_plan_asks_for_may_be_what_a_cluster_logged(own, commune, officer, client_of, paper):
    division = told_of(paper)
    cluster = make_cluster(division, "Khối 1", commune)
    logged = Activity.objects.create(
        cluster=cluster, kind=Activity.Kind.YEAR_END, held_on=date(2026, 12, 1), unit=commune, author=own
    )
    client, page = client_of(own), reverse("begin_other_conference")
    typed = {"kind": "cluster", "unit": commune.pk, "name": "Tổng kết khối", "day": "01/12/2026", "activity": logged.pk}
    answer = client.post(page, typed | {"kind": "review"})
    assert "Chỉ chọn khi loại là «Hội nghị cụm, khối thi đua»" in answer.content.decode()
    assert client.post(page, typed).status_code == 302
    event = Event.objects.get()
    assert (event.plan, event.activity, event.report_due) == (None, logged, None)
    assert logged.get_absolute_url() in client.get(event.get_absolute_url()).content.decode()
    assert client.post(page, typed | {"activity": logged.pk}).status_code == 422, "once"
    with pytest.raises(Refused, match="Hoạt động này đã có hội nghị"):
        actions.begin(Event(unit=commune, kind="cluster", name="Lại", day=date(2026, 12, 1), activity=logged), by=own)


def test_members_of_a_cluster_read_the_conference_of_their_leader_once_it_is_ready(
    own, commune, hospital, client_of, paper
):
    division = told_of(paper)
    cluster = make_cluster(division, "Khối 1", commune, make_unit("pho", "UBND xã Phó"), hospital)
    logged = Activity.objects.create(
        cluster=cluster, kind=Activity.Kind.YEAR_END, held_on=date(2026, 12, 1), unit=commune, author=own
    )
    event = Event.objects.create(
        unit=commune, kind="cluster", name="Tổng kết Khối 1", day=date(2026, 12, 1), activity=logged, by=own
    )
    member = make_user("can-bo-y-te", "Nông Thị Y", Role.UNIT_OFFICER, hospital)
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Khác"))
    assert not Event.objects.visible_to(member).exists()
    Event.objects.update(state=State.READY)
    assert Event.objects.visible_to(member).get() == event
    assert not Event.objects.visible_to(stranger).exists()
    assert client_of(stranger).get(event.get_absolute_url()).status_code == 404
    page = client_of(member).get(event.get_absolute_url()).content.decode()
    assert logged.get_absolute_url() not in page, "what the cluster logged is a draft until it is reported"
    Activity.objects.update(state="reported")
    assert logged.get_absolute_url() in client_of(member).get(event.get_absolute_url()).content.decode()
    assert client_of(member).get(reverse("edit_conference", args=[event.pk])).status_code == 403


def test_the_congress_of_the_province_has_one_form_and_is_begun_from_its_line(plan, province, officer, client_of):
    page = f"{reverse('begin_conference', args=[plan.pk])}?don-vi={province.pk}"
    assert client_of(officer).post(page, {"form": "good", "day": "20/11/2026"}).status_code == 422
    assert client_of(officer).post(page, {"form": "congress", "day": "20/11/2026"}).status_code == 302
    event = Event.objects.get()
    assert event.unit == province
    assert "Đại hội của tỉnh có một hình thức" in actions.choose.untimely(event, officer)


def test_photographs_are_added_and_taken_out_by_pages(event, own, people, client_of):
    client, page = client_of(own), reverse("add_conference_files", args=[event.pk])
    wrong = client.post(page, {"files": SimpleUploadedFile("anh.jpg", b"no picture", "image/jpeg")})
    assert (wrong.status_code, event.files.count()) == (422, 0)
    assert "«anh.jpg» có đuôi .jpg nhưng bên trong là" in wrong.content.decode()
    assert client_of(people["officer"]).get(page).status_code == 403
    files = [picture("a.jpg"), SimpleUploadedFile("b.pdf", pdf(), "application/pdf")]
    assert client.post(page, {"files": files, "caption": "Toàn cảnh"}).status_code == 302
    shown = client.get(event.get_absolute_url()).content.decode()
    first, second = event.files.all()
    assert f"{first.upload.get_absolute_url()}?nho=1" in shown
    assert "b.pdf" in shown
    out = reverse("drop_conference_file", args=[event.pk])
    client_of(people["officer"]).post(out, {"tep": first.pk})
    assert event.files.count() == 2
    client.post(out, {"tep": first.pk})
    assert [row.pk for row in event.files.all()] == [second.pk]
    assert "Tệp này không còn" in client.post(out, {"tep": first.pk}, follow=True).content.decode()
    told = list(Change.objects.filter(about="conference", key=event.pk).order_by("pk").values_list("what", flat=True))
    assert told == ["add_files", "drop_file"]
