"""What the office does at the door: links from–to, scans taken back, reasons noted, who is there, live."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.door import actions
from conferences.door.actions import DOORS
from conferences.door.rules import LONGEST, presence
from conferences.models import Delegate, Delegation, Door, Event, Headcount, Scan
from conferences.sample import door as sample
from documents.models import history_of
from documents.steps.refusing import Refused
from tests.conferences.door.conftest import Phone, card, firsts, make_congress, make_door, make_people
from tests.conftest import make_unit, make_user
from tests.exported import sheet_of
from tests.walking import turns_of, walk
from units.excel_out import HEAD
from units.models import Role

pytestmark = pytest.mark.django_db


def typed(since, until, name="Cửa 9"):
    """A door as it is sent by its form."""
    since, until = timezone.localtime(since), timezone.localtime(until)
    return {
        "name": name, "since_0": f"{since:%d/%m/%Y}", "since_1": f"{since:%H:%M}", "until_0": f"{until:%d/%m/%Y}",
        "until_1": f"{until:%H:%M}",
    }  # fmt: skip


# --- Who may


@pytest.fixture
def staff(officer, department, own, commune):
    """One of each who might come to a door."""
    return {
        "officer": officer,
        "leader": make_user("lanh-dao", "Trần Văn Đạo", Role.LEADER, department),
        "keeper": make_user("thu-kho", "Hà Văn Kho", Role.STORE_KEEPER, department),
        "member": make_user("uy-vien", "Đinh Văn Ủy", Role.COUNCIL_MEMBER, department),
        "own": own,
    }


MAY = {"officer": {"renew", "close", "clear", "edit"}, "leader": {"renew", "close", "clear", "edit"}}


def test_every_step_of_an_open_door_by_everybody(door, people, phone, staff, client_of):
    phone.send(card(people[0]))
    walk(
        DOORS, lambda: Door.objects.select_related("event__unit").get(pk=door.pk), turns_of(staff), client_of,
        may={who: MAY.get(who, set()) for who in staff}, typed={}, but=("edit",), reasons={"clear"},
        known=lambda row: (row.closed_at, row.digest, row.scans.filter(undone_at=None).count()),
    )  # fmt: skip


def test_who_does_not_keep_the_conference_sees_no_name_and_no_code(door, people, staff, client_of):
    pages = [
        reverse(name, args=[door.event_id])
        for name in ("presence", "presence_now", "presence_people", "scans", "new_door")
    ]
    pages += [reverse(name, args=[door.pk]) for name in ("door", "edit_door")]
    for who, status in (("own", 403), ("officer", 200)):
        client = client_of(staff[who])
        assert {client.get(page).status_code for page in pages} == {status}
    # Of the conference of a unit another unit learns nothing at all.
    Event.objects.filter(pk=door.event_id).update(state=Event.State.PLANNED)
    client = client_of(staff["own"])
    assert {client.get(page).status_code for page in pages} == {404}


def test_a_clerk_who_oversees_reads_and_is_shown_no_code(congress, commune, own, officer, client_of):
    event = make_congress(commune, own, letters="QQ7", name="Hội nghị xã")
    found = make_door(event, own)
    client = client_of(officer)
    assert client.get(reverse("presence", args=[event.pk])).status_code == 200
    page = client.get(reverse("door", args=[found.pk])).content.decode()
    assert found.secret not in page
    assert 'class="qr"' not in page
    assert found.secret in client_of(own).get(reverse("door", args=[found.pk])).content.decode()


# --- Opened, changed, closed


def test_a_door_is_opened_and_its_code_shown(congress, officer, client_of):
    client, now = client_of(officer), timezone.now()
    page = reverse("new_door", args=[congress.pk])
    assert 'value="Cửa 1"' in client.get(page).content.decode()
    answer = client.post(page, typed(now, now + timedelta(hours=3)), follow=True)
    found = Door.objects.get()
    assert answer.redirect_chain == [(found.get_absolute_url(), 302)]
    assert 'class="qr"' in answer.content.decode()
    assert Phone(found).ask("door_enter").json() == {"event": congress.pk, "door": "Cửa 9", "name": congress.name}
    told = history_of("door", congress.pk).get()
    assert (told.what, told.of, found.secret in str(told.changes)) == ("open", found.pk, False)


@pytest.mark.parametrize(
    ("since", "until", "field", "words"),
    [
        (timedelta(hours=2), timedelta(hours=1), "until", "sau giờ mở"),
        (timedelta(hours=-3), timedelta(hours=-1), "until", "đã qua"),
        (timedelta(0), LONGEST + timedelta(hours=1), "until", "nhiều nhất 7 ngày"),
        (timedelta(days=2), timedelta(days=3), "since", "phải gồm ngày họp"),
    ],
)
def test_times_that_are_wrong_are_told_beside_their_field(congress, officer, client_of, since, until, field, words):
    now = timezone.now()
    page = reverse("new_door", args=[congress.pk])
    answer = client_of(officer).post(page, typed(now + since, now + until, "Cửa chính"))
    form = answer.context["form"]
    assert answer.status_code == 422
    assert words in str(form.errors[field])
    assert 'value="Cửa chính"' in answer.content.decode()
    assert not Door.objects.exists()


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "01/01/1999"])
@pytest.mark.parametrize("field", ["since", "until"])
def test_a_year_of_no_conference_is_told_beside_its_field(congress, officer, client_of, day, field):
    now = timezone.now()
    facts = typed(now, now + timedelta(hours=1)) | {f"{field}_0": day}
    answer = client_of(officer).post(reverse("new_door", args=[congress.pk]), facts)
    assert answer.status_code == 422
    assert "kiểm tra lại năm" in str(answer.context["form"].errors[field])


def test_two_doors_of_one_name_are_told_apart(door, officer, client_of):
    now = timezone.now()
    page = reverse("new_door", args=[door.event_id])
    answer = client_of(officer).post(page, typed(now, now + timedelta(hours=1), "Cửa 1"))
    assert "đặt tên khác" in str(answer.context["form"].errors["name"])


def test_no_door_is_opened_of_a_conference_that_is_over(congress, officer):
    Event.objects.filter(pk=congress.pk).update(state="reported", held_on=congress.day)
    with pytest.raises(Refused, match="không mở cửa"):
        make_door(congress, officer)


def test_a_door_is_open_for_longer_and_its_link_stays(door, officer, client_of):
    until = timezone.now() + timedelta(hours=7)
    page = reverse("edit_door", args=[door.pk])
    answer = client_of(officer).post(page, typed(door.since, until, "Cửa chính") | {"version": door.version})
    assert answer.status_code == 302
    found = Door.objects.get()
    assert (found.name, found.secret, found.until > door.until) == ("Cửa chính", door.secret, True)
    # From an old page.
    assert client_of(officer).post(page, typed(door.since, until) | {"version": door.version}).status_code == 422


def test_a_closed_door_shows_no_code_until_it_has_another_link(door, officer, client_of):
    actions.close(door, by=officer)
    client, page = client_of(officer), door.get_absolute_url()
    assert 'class="qr"' not in client.get(page).content.decode()
    actions.renew(Door.objects.get(), by=officer)
    assert 'class="qr"' in client.get(page).content.decode()
    assert Door.objects.get().secret != door.secret


def test_an_address_without_https_is_warned_of(door, officer, client_of, settings):
    client = client_of(officer)
    for address, warned in (
        ("https://thidua.example.vn", False),
        ("http://192.168.1.5", True),
        ("http://127.0.0.1:8000", False),
    ):
        settings.PUBLIC_ADDRESS = address
        assert ("không mở được máy ảnh" in client.get(door.get_absolute_url()).content.decode()) is warned


# --- Scans


def test_the_office_takes_a_scan_back_once(door, people, phone, officer, client_of):
    phone.send(card(people[0]))
    scan, client = Scan.objects.get(), client_of(officer)
    page = reverse("take_back_scan", args=[scan.pk])
    assert client.post(page).status_code == 302
    assert firsts(door.event) == {}
    assert phone.send()["changes"] == [[people[0].pk, None, None, None]]
    assert "đã thu lại rồi" in client.post(page, follow=True).content.decode()
    assert history_of("door", door.event_id).first().what == "take_back"


def test_a_rehearsal_is_taken_back_as_a_whole(door, people, phone, other_phone, officer):
    phone.send(*(card(one, 100) for one in people[:4]))
    other_phone.send(card(people[0], 50))
    actions.clear(door, by=officer, reason="chạy thử")
    assert set(firsts(door.event)) == {people[0].pk}
    assert "4 lượt quét" in str(history_of("door", door.event_id).first().changes)


def test_the_list_of_scans_says_what_became_of_each(door, people, phone, other_phone, officer, client_of):
    phone.send(card(people[0], 90), card(people[1], 80), card(people[0], code="rác"))
    other_phone.send(card(people[0], 40))
    page, client = reverse("scans", args=[door.event_id]), client_of(officer)
    html = client.get(page).content.decode()
    assert "Lần đầu" in html
    assert "Không phải mã thẻ" in html
    for outcome, number in (("first", 2), ("again", 1), ("fault", 1), ("left", 0), ("undone", 0)):
        assert len(client.get(page, {"kq": outcome}).context["page_obj"].object_list) == number, outcome
    assert len(client.get(page, {"q": "dang thi"}).context["page_obj"].object_list) == 1


# --- Late, not there


@pytest.fixture
def late(congress, people, phone):
    """One came in time, one late; the others did not."""
    # Just after midnight the hour before is another day's.
    hour_ago = timezone.localtime() - timedelta(hours=1)
    begun = {"day": hour_ago.date(), "begins_at": hour_ago.time().replace(microsecond=0)}
    Event.objects.filter(pk=congress.pk).update(**begun)
    phone.send(card(people[0], 2 * 3600), card(people[1], 60))
    congress.refresh_from_db()
    return congress


def test_who_is_there_is_counted_by_delegation(late, people):
    Delegate.objects.filter(pk=people[2].pk).update(absence="ốm")
    Delegate.objects.filter(pk=people[5].pk).update(state=Delegate.State.WITHDRAWN)
    whole, groups = presence(late)
    assert (whole.all, whole.here, whole.late, whole.excused, whole.unexcused) == (5, 2, 1, 1, 2)
    assert [(one.words, one.all, one.here, one.late, one.missing) for one in groups] == [
        ("Sở Y tế", 2, 1, 1, 1), ("UBND xã Ba Sơn", 3, 1, 0, 2)
    ]  # fmt: skip


def test_guests_without_a_delegation_are_counted_by_what_they_are(congress, people):
    Delegate.objects.filter(pk__in=[people[0].pk, people[1].pk]).update(delegation=None, role="guest")
    _, groups = presence(congress)
    assert [(one.words, one.all) for one in groups] == [("Sở Y tế", 2), ("UBND xã Ba Sơn", 2), ("Khách mời", 2)]


def test_the_list_is_narrowed_by_how_they_came(late, people, officer, client_of):
    Delegate.objects.filter(pk=people[2].pk).update(absence="ốm")
    page, client = reverse("presence_people", args=[late.pk]), client_of(officer)
    for how, number in (("co-mat", 2), ("den-muon", 1), ("vang", 4), ("vang-co-ly-do", 1), ("vang-khong-ly-do", 3)):
        assert len(client.get(page, {"den": how}).context["page_obj"].object_list) == number, how
    delegation = people[0].delegation_id
    assert len(client.get(page, {"doan": delegation}).context["page_obj"].object_list) == 3
    # The links of the page of who is there lead here.
    for group in presence(late)[1]:
        assert len(client.get(f"{page}?{group.key}").context["page_obj"].object_list) == group.all


def test_a_reason_is_noted_for_those_who_are_ticked(late, people, officer, client_of):
    page = reverse("excuse_delegates", args=[late.pk])
    client, keys = client_of(officer), [people[2].pk, people[3].pk]
    answer = client.post(f"{page}?den=vang", {"chosen": keys, "reason": "đi công tác"}, follow=True)
    assert "Đã ghi lý do cho 2 đại biểu" in answer.content.decode()
    assert answer.redirect_chain[0][0].endswith("?den=vang")
    assert list(Delegate.objects.filter(absence="đi công tác").values_list("pk", flat=True)) == keys
    assert history_of("door", late.pk).first().what == "excuse"
    client.post(page, {"chosen": keys[:1], "reason": ""})
    assert Delegate.objects.filter(absence="đi công tác").count() == 1
    assert "ít nhất một" in client.post(page, {"reason": "x"}, follow=True).content.decode()


def test_the_number_of_those_who_came_stands_beside_the_plan(late, people, officer, client_of):
    Headcount.objects.create(event=late, role="official", first=6, number=6)
    Delegate.objects.filter(pk=people[1].pk).update(role="guest")
    client, page = client_of(officer), reverse("write_present", args=[late.pk])
    assert "bản mới" in client.post(page, {"version": 99}, follow=True).content.decode()
    client.post(page, {"version": late.version})
    assert dict(Headcount.objects.values_list("role", "came")) == {"official": 1, "guest": 1}


def test_both_lists_are_files(late, people, phone, officer, client_of):
    phone.send(card(people[0], code="rác"))
    client, found = client_of(officer), {}
    for name in ("presence_people", "scans"):
        sheet = sheet_of(client.get(reverse(name, args=[late.pk]), {"xuat": "xlsx"}))
        found[name] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    assert found["presence_people"][0][:4] == ["Họ tên", "Chức vụ, công việc", "Đoàn", "Là"]
    assert len(found["presence_people"]) == 7
    assert found["scans"][0] == ["Đại biểu", "Đoàn", "Lúc", "Cửa", "Cách", "Kết quả", "Ghi chú", "Thu lại lúc"]
    assert {row[5] for row in found["scans"][1:]} == {"Vào", "Mã sai"}


# --- Live


def test_the_page_asks_whether_anything_changed(door, people, phone, officer, client_of):
    client, page = client_of(officer), reverse("presence_now", args=[door.event_id])
    # A phone that is heard of changes the page once in half a minute.
    phone.send()
    tag = client.get(page)["ETag"]
    assert f"data-tag='{tag}'" in client.get(reverse("presence", args=[door.event_id])).content.decode()
    same = client.get(page, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same["Cache-Control"]) == (304, b"", "private, no-store")
    phone.send(card(people[0]))
    fresh = client.get(page, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert "1/6" in fresh.content.decode() or "1<span" in fresh.content.decode()


@pytest.mark.parametrize("changed", ["reason", "state", "closed"])
def test_whatever_the_page_shows_changes_its_tag(door, people, officer, client_of, changed):
    client, page = client_of(officer), reverse("presence_now", args=[door.event_id])
    tag = client.get(page)["ETag"]
    if changed == "reason":
        actions.excuse(door.event, [people[0].pk], by=officer, reason="ốm")
    elif changed == "state":
        Delegate.objects.filter(pk=people[0].pk).update(state="withdrawn")
    else:
        actions.close(door, by=officer)
    assert client.get(page, headers={"If-None-Match": tag}).status_code == 200


def test_pages_ask_as_much_for_many_as_for_few(congress, delegations, officer, phone, client_of):
    client = client_of(officer)
    pages = [reverse(name, args=[congress.pk]) for name in ("presence_now", "presence_people", "scans")]

    def asked():
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    few = make_people(congress, 2, officer, delegations)
    phone.send(*map(card, few))
    before = asked()
    Delegate.objects.update(number=None)
    many = make_people(congress, 60, officer, [*delegations, None])
    phone.send(*(card(one) for one in many[::2]), card(many[0], code="rác"))
    assert asked() == before
    assert max(before) < 12


def test_the_sample_plays_the_doors_of_a_congress_that_was_held(officer, province, commune, hospital):
    day = timezone.localdate() - timedelta(days=400)
    event = make_congress(province, officer, day=day, held_on=day, state=Event.State.HELD, begins_at="08:00")
    delegations = [Delegation.objects.create(event=event, unit=unit) for unit in (commune, hospital)]
    make_people(event, 60, officer, delegations)
    sample.play(officer)
    event.refresh_from_db()
    whole, _ = presence(event)
    assert (whole.all, whole.here, whole.excused) == (60, 57, 3)
    assert whole.late > 0
    assert {timezone.localdate(at) for at in Scan.objects.values_list("at", flat=True)} == {day}
    assert {door.standing for door in event.doors.all()} == {Door.State.OVER}


def test_of_hundreds_of_delegations_the_page_has_fifty_until_all_are_asked_for(congress, officer, client_of):
    for number in range(53):
        sent = Delegation.objects.create(event=congress, unit=make_unit(f"xa-{number}", f"UBND xã {number:02}"))
        Delegate.objects.create(event=congress, delegation=sent, name=f"Người {number}", by=officer, state="accepted")
    for name in ("presence", "presence_now"):
        page, client = reverse(name, args=[congress.pk]), client_of(officer)
        few, all_of_them = (client.get(page + more).content.decode() for more in ("", "?het=1"))
        assert few.count("<progress") == 50
        assert "đoàn còn lại" in few
        assert all_of_them.count("<progress") >= 53
        assert "đoàn còn lại" not in all_of_them
    assert "?het=1" in client.get(reverse("presence", args=[congress.pk]) + "?het=1").content.decode()
