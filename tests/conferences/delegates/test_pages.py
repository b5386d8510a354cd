"""Pages of delegates: who sees what, what a click does, the same number of questions for few and many."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.models import Delegate, Delegation, Door, Event, Scan, Share
from tests.awards.conftest import give, make_recipient
from tests.conftest import make_unit, make_user
from tests.exported import table_of
from units.models import Role

from .conftest import DAY


@pytest.fixture
def desk(client_of, officer):
    return client_of(officer)


@pytest.fixture
def unit_desk(client_of, own):
    return client_of(own)


def page_of(client, name, *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_unit_sees_of_the_congress_its_own_alone(congress, people, delegate, unit_desk, own):
    Event.objects.filter(pk=congress.pk).update(state="ready")
    mine = delegate(recipient=people[0], award=people[0].awards.first())
    other = make_unit("xa-khac", "UBND xã Công Sơn")
    foreign = delegate("Người Xa Lạ", delegation=Delegation.objects.create(event=congress, unit=other))
    page = page_of(unit_desk, "conference_delegates", congress.pk)
    assert mine.name in page
    assert foreign.name not in page
    assert unit_desk.get(mine.get_absolute_url()).status_code == 200
    assert unit_desk.get(foreign.get_absolute_url()).status_code == 404
    assert unit_desk.get(foreign.delegation.get_absolute_url()).status_code == 404
    assert unit_desk.get(reverse("composition", args=[congress.pk])).status_code == 403
    assert unit_desk.get(reverse("choose_delegates", args=[congress.pk])).status_code == 403


def test_a_unit_sees_who_of_its_delegation_came_in(congress, delegate, delegation, unit_desk, own, officer, event):
    Event.objects.filter(pk=congress.pk).update(state="held", held_on=congress.day)
    here, away = delegate("Đặng Thị Ánh"), delegate("Lý Văn Vắng")
    delegate("Vi Văn Rút", state="withdrawn")
    address = reverse("delegation", args=[delegation.pk])
    assert "Đến lúc" not in unit_desk.get(address).content.decode()
    at = timezone.now()
    door = Door.objects.create(
        event=congress, name="Cửa 7", since=at, until=at + timedelta(hours=1), by=officer, digest="x"
    )
    scan = Scan.objects.create(event=congress, door=door, uid=uuid4(), code="", delegate=here, at=at)
    Delegate.objects.filter(pk=here.pk).update(first_scan=scan)
    Delegate.objects.filter(pk=away.pk).update(absence="đi công tác")
    page = unit_desk.get(address).content.decode()
    for words in (f"{timezone.localtime(at):%H:%M %d/%m}", "Cửa 7", "Vắng", "đi công tác"):
        assert words in page
    assert re.search(r"Có mặt</d[^>]*>\s*<d[^>]*>1<", page)


def test_the_list_tells_of_who_is_to_be_looked_at_again(congress, people, delegate, desk):
    delegate(recipient=people[1], award=people[1].awards.get())
    assert "Cần xem lại:" not in page_of(desk, "conference_delegates", congress.pk)
    people[1].awards.update(cancelled_on=date(2026, 6, 1))
    assert "Cần xem lại:" in page_of(desk, "conference_delegates", congress.pk)
    page = page_of(desk, "conference_delegates", congress.pk, can_cu="xem")
    assert "đã hủy từ 01/06/2026" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"An", "Bình", "Chi"}),
        ({"q": "binh"}, {"Bình"}),
        ({"la": "guest"}, {"Chi"}),
        ({"state": "withdrawn"}, {"Dung"}),
        ({"co_cau": "woman"}, {"Bình"}),
        ({"co_cau": "young"}, {"An", "Chi"}),
        ({"can_cu": "co"}, {"An"}),
        ({"can_cu": "khong"}, {"Bình"}),
        ({"nhiem_vu": "presidium"}, {"An"}),
    ],
)
def test_the_list_is_narrowed(congress, people, delegate, desk, asked, names):
    delegate("An", award=people[0].awards.first(), birth_year=2000, duty="presidium")
    delegate("Bình", traits=["woman", "young"], birth_year=1970)
    delegate("Chi", role="guest", traits=["young"])
    delegate("Dung", state="withdrawn")
    rows = table_of(desk.get(reverse("conference_delegates", args=[congress.pk]), asked | {"xuat": "xlsx"}))[1:]
    assert {row[0] for row in rows} == names


def test_people_are_chosen_by_ticks_with_what_qualifies_them(congress, people, delegation, desk):
    page = page_of(desk, "choose_delegates", congress.pk)
    assert "Bằng khen của Thủ tướng" in page
    assert "đã hủy từ 05/01/2023" in page
    where = reverse("choose_delegates", args=[congress.pk])
    typed = {"nguoi": [people[0].pk, people[2].pk], "role": "official", "delegation": delegation.pk, "reason": ""}
    refused = desk.post(where, typed)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Lý Văn Cường chưa có khen thưởng được tính" in page
    assert page.count(" checked") == 2
    assert not Delegate.objects.exists()
    assert desk.post(where, typed | {"reason": "Gương lao động"}).status_code == 302
    assert set(Delegate.objects.values_list("recipient", flat=True)) == {people[0].pk, people[2].pk}
    assert "Đoàn UBND xã Ba Sơn" in page_of(desk, "choose_delegates", congress.pk)


def test_who_is_gone_meanwhile_keeps_all_from_being_added(congress, people, desk):
    typed = {"nguoi": [people[0].pk, 99_999], "role": "official"}
    answer = desk.post(reverse("choose_delegates", args=[congress.pk]), typed)
    assert (answer.status_code, "không còn trong danh sách cá nhân" in answer.content.decode()) == (422, True)
    assert not Delegate.objects.exists()


def test_who_sends_to_a_conference_that_is_not_theirs_to_see_reads_within_the_own(plan, people, event, client_of, own):
    above = make_unit("dang-uy", "Đảng ủy khối")
    upper = Event.objects.create(
        unit=above,
        plan=plan,
        level=plan.levels.first(),
        form="models",
        by=own,
        name="Hội nghị khối",
        day=DAY,
        first_day=DAY,
    )
    delegation = Delegation.objects.create(event=upper, unit=event.unit, source=event)
    row = Delegate.objects.create(
        event=upper, delegation=delegation, name="Ánh", recipient=people[0], reason="x", by=own
    )
    desk = client_of(own)
    assert desk.get(upper.get_absolute_url()).status_code == 404
    for page in (row.get_absolute_url(), delegation.get_absolute_url(), reverse("edit_delegate", args=[row.pk])):
        shown = page_at(desk, page)
        assert (f'href="{event.get_absolute_url()}"' in shown) == (not page.endswith("/sua/"))
        assert f'href="{upper.get_absolute_url()}"' not in shown


def page_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_candidates_are_narrowed_by_what_qualifies(congress, people, desk):
    names = {
        value: {
            row.name
            for row in desk.get(reverse("choose_delegates", args=[congress.pk]), {"can_cu": value}).context["page_obj"]
        }
        for value in ("co", "khong")
    }
    assert names == {"co": {"Nông Văn Ánh", "Hoàng Thị Bình"}, "khong": {"Lý Văn Cường", "Vi Thị Dung"}}


def test_a_unit_chooses_those_it_sends_up(event, congress, people, unit_desk, own):
    page = page_of(unit_desk, "upward", event.pk)
    assert "Chọn đại biểu" in page
    answer = unit_desk.post(reverse("begin_upward", args=[event.pk]))
    found = Delegation.objects.get()
    assert answer.url == reverse("choose_upward", args=[found.pk])
    answer = unit_desk.post(answer.url, {"nguoi": [people[0].pk], "role": "official", "reason": ""})
    assert answer.url == found.get_absolute_url()
    assert "Nông Văn Ánh" in page_of(unit_desk, "delegation", found.pk)
    assert unit_desk.get(reverse("upward", args=[event.pk])).url == found.get_absolute_url()
    stranger = unit_desk.post(reverse("choose_upward", args=[found.pk]), {"nguoi": [people[1].pk], "role": "guest"})
    assert stranger.status_code == 422


def test_without_a_conference_above_the_page_says_so(event, unit_desk, people):
    assert "Chưa có hội nghị cấp trên" in page_of(unit_desk, "upward", event.pk)
    assert unit_desk.post(reverse("begin_upward", args=[event.pk])).status_code == 302
    assert not Delegation.objects.exists()


def test_a_guest_is_typed_and_what_is_wrong_stands_at_its_field(congress, desk):
    where = reverse("new_delegate", args=[congress.pk])
    typed = {
        "role": "guest",
        "name": "Lê Thị Ðào",
        "birth_year": "85",
        "workplace": "Báo Lạng Sơn",
        "traits": ["woman"],
    }
    page = desk.post(where, typed)
    assert page.status_code == 422
    assert "Hãy ghi bốn chữ số của năm sinh" in page.content.decode()
    assert desk.post(where, typed | {"birth_year": "1985"}).status_code == 302
    row = Delegate.objects.get()
    assert (row.name, row.traits, row.state) == ("Lê Thị Đào", ["woman"], "accepted")


def test_one_is_changed_and_somebody_faster_is_told_of(delegate, desk, officer):
    row = delegate("Một")
    where = reverse("edit_delegate", args=[row.pk])
    typed = {
        "role": "official",
        "name": "Một",
        "post": "Giáo viên",
        "reason": "Gương",
        "delegation": row.delegation_id,
        "version": 1,
    }
    assert desk.post(where, typed).status_code == 302
    stale = desk.post(where, typed | {"post": "Bác sĩ"})
    assert stale.status_code == 422
    assert "đã lưu một bản mới hơn" in stale.content.decode()
    row.refresh_from_db()
    assert row.post == "Giáo viên"


def test_those_who_were_ticked_are_accepted_and_given_duties(congress, delegate, people, desk):
    rows = [delegate("Một"), delegate(recipient=people[2], reason="")]
    where = reverse("act_on_delegates", args=[congress.pk])
    page = desk.post(where, {"nguoi": [row.pk for row in rows], "act": "accept"}, follow=True).content.decode()
    assert "Đã ghi cho 1 đại biểu" in page
    assert "1 người chưa ghi được" in page
    desk.post(where, {"nguoi": [rows[0].pk], "act": "duty-presidium"})
    assert "Đoàn Chủ tịch" in page_of(desk, "composition", congress.pk)


def test_the_composition_says_what_is_missing(congress, delegate, desk):
    Share.objects.create(plan=congress.plan, trait="woman", percent=50)
    delegate("Một"), delegate("Hai", traits=["woman"]), delegate("Ba")
    page = page_of(desk, "composition", congress.pk)
    assert "Chưa đạt cơ cấu kế hoạch" in page
    assert "33,33 %" in page


def test_delegations_are_listed_with_what_they_may_send(congress, event, delegate, desk):
    delegate("Một"), delegate("Hai", role="reserve")
    rows = table_of(desk.get(reverse("delegations", args=[congress.pk]), {"xuat": "xlsx"}))
    assert rows[1][:5] == ("UBND xã Ba Sơn", 2, 1, 1, 0)
    assert "UBND xã Ba Sơn" in page_of(desk, "delegations", congress.pk)


def test_a_delegation_is_begun_by_the_name_of_its_unit(congress, desk, hospital):
    where = reverse("new_delegation", args=[congress.pk])
    assert "Không có đơn vị «Sở lạ»" in desk.post(where, {"unit": "Sở lạ"}).content.decode()
    assert desk.post(where, {"unit": "Sở Y tế"}).status_code == 302
    assert Delegation.objects.get().unit == hospital


LISTS = ["conference_delegates", "delegations", "composition", "choose_delegates"]


def test_pages_ask_the_same_for_few_and_many(
    congress, event, people, delegate, desk, officer, commune, django_assert_num_queries
):

    def asked():
        found = {}
        for name in LISTS:
            desk.get(reverse(name, args=[congress.pk]))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                desk.get(reverse(name, args=[congress.pk]))
            found[name] = len(queries)
        with CaptureQueriesContext(connection) as queries:
            desk.get(delegation.get_absolute_url())
        return found | {"delegation": len(queries)}

    delegation = delegate(recipient=people[0], award=people[0].awards.first()).delegation
    few = asked()
    for number in range(12):
        unit = make_unit(f"xa-{number}", f"UBND xã {number}")
        who = make_recipient(name=f"Người {number}", unit=unit)
        award = give(who, "BKT", 2023, officer)
        delegate(who.name, recipient=who, award=award, delegation=Delegation.objects.create(event=congress, unit=unit))
        delegate(f"Cùng đoàn {number}", recipient=make_recipient(name=f"Khác {number}", unit=commune))
    assert asked() == few


def test_a_reader_of_the_department_changes_nothing(congress, client_of, department, delegate):
    keeper = make_user("thu-kho", "Lý Thị Kho", Role.STORE_KEEPER, department)
    assert client_of(keeper).post(reverse("act_on_delegates", args=[congress.pk]), {}).status_code in (403, 404)
