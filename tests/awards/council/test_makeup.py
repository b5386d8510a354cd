"""Makeups of the council: by a decision, its members on a day, changed by date."""

from datetime import date

import pytest
from django.urls import reverse

from awards.council import makeup
from awards.models import Council, Member
from documents.models import Change
from documents.steps.refusing import Refused, Stale

from ..conftest import make_recipient
from .made import called, prepared, seats

CITED = "Quyết định số 90/QĐ-UBND ngày 01/07/2026"


def member(council, **fields):
    return Member(
        council=council, **{"name": "Lý Thị Mới", "post": "Sở Mới", "since": council.since, "position": 0} | fields
    )


def test_a_new_decision_ends_the_makeup_before_it_and_takes_its_members_on(council, officer):
    new = makeup.save_council(
        Council(unit=council.unit, name="Hội đồng mới", since=date(2026, 7, 1), citation=CITED),
        by=officer,
        takes_members=True,
    )
    council.refresh_from_db()
    assert council.until == date(2026, 6, 30)
    assert [row.name for row in makeup.members_on(new, date(2026, 7, 1))] == [row.name for row in council.members.all()]
    assert list(Change.objects.filter(about="council").order_by("pk").values_list("what", flat=True)) == ["end", "save"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"since": date(2025, 6, 1)}, "Trùng thời gian"),
        ({"since": date(2026, 7, 1), "until": date(2026, 6, 1)}, "Ngày kết thúc sớm hơn"),
        ({"since": date(2026, 7, 1), "citation": " "}, "Hãy chọn quyết định thành lập"),
    ],
)
def test_a_makeup_that_cannot_be(council, officer, facts, words):
    with pytest.raises(Refused, match=words):
        makeup.save_council(Council(**{"unit": council.unit, "name": "Khác", "citation": CITED} | facts), by=officer)
    assert Council.objects.get().until is None


def test_who_was_a_member_when(council, officer, client_of):
    left = council.members.get(name="Hoàng Văn Ba")
    left.until = date(2026, 6, 30)
    makeup.save_member(left, by=officer)
    makeup.save_member(member(Council.objects.get(), since=date(2026, 7, 1)), by=officer)
    client, address = client_of(officer), council.get_absolute_url()
    for day, name, other in (
        ("30/06/2026", "Hoàng Văn Ba", "Lý Thị Mới"),
        ("01/07/2026", "Lý Thị Mới", "Hoàng Văn Ba"),
    ):
        page = client.get(address, {"ngay": day})
        names = {row.name for row in page.context["members"]}
        assert (len(names), name in names, other in names) == (7, True, False)
    assert "Ngày ghi như 25/02/2026" in client.get(address, {"ngay": "hôm qua"}).content.decode()


@pytest.mark.parametrize("what", ["chair", "user", "recipient", "early"])
def test_a_member_that_cannot_be(council, officer, nine, what):
    own = make_recipient()
    council.members.filter(name="Hoàng Văn Ba").update(recipient=own)
    fields, words = {
        "chair": ({"role": "chair"}, "Hội đồng đã có Chủ tịch: Lương Văn Chủ"),
        "user": ({"user": nine["chair"]}, "Tài khoản này là của Lương Văn Chủ"),
        "recipient": ({"recipient": own}, "Hoàng Văn Ba đã là thành viên"),
        "early": ({"since": date(2025, 1, 1)}, "Hội đồng này có từ 01/01/2026"),
    }[what]
    with pytest.raises(Refused, match=words):
        makeup.save_member(member(council, **fields), by=officer)


def test_a_chair_after_a_chair(council, officer):
    chair = council.members.get(role="chair")
    chair.until = date(2026, 6, 30)
    makeup.save_member(chair, by=officer)
    makeup.save_member(member(council, role="chair", since=date(2026, 7, 1)), by=officer)
    assert makeup.members_on(council, date(2026, 7, 2)).get(role="chair").name == "Lý Thị Mới"


def test_the_members_of_the_day_are_called(council, officer, three):
    council.members.filter(name="Hoàng Văn Ba").update(until=date(2026, 11, 19))
    meeting = called(prepared(council, officer, three, body="full"), officer)
    assert (meeting.entitled, "Hoàng Văn Ba" in [seat.member.name for seat in seats(meeting)]) == (6, False)


def test_who_sat_at_a_meeting_is_not_taken_out(opened, council, officer):
    with pytest.raises(Refused, match="Hoàng Văn Ba đã dự họp nên không xóa được"):
        makeup.remove_member(council.members.get(name="Hoàng Văn Ba"), by=officer)
    added = makeup.save_member(member(Council.objects.get()), by=officer)
    makeup.remove_member(added, by=officer)
    assert council.members.count() == 7


def test_two_who_change_it_at_once_see_each_other(council, officer):
    makeup.save_member(member(council), by=officer, seen_version=1)
    with pytest.raises(Stale):
        makeup.save_member(member(council, name="Khác"), by=officer, seen_version=1)


def test_the_department_writes_members_read_others_see_nothing(council, nine, client_of):
    pages = [reverse("new_council"), reverse("edit_council", args=[council.pk]), reverse("new_member", args=[council.pk]),
             reverse("council_member", args=[council.members.first().pk])]  # fmt: skip
    for who, reads, writes in (
        ("officer", 200, 200),
        ("council_member", 200, 403),
        ("clerk", 200, 403),
        ("stranger", 404, 403),
    ):
        client = client_of(nine[who])
        assert client.get(council.get_absolute_url()).status_code == reads
        assert {client.get(page).status_code for page in pages} == {writes}
    with pytest.raises(Refused, match="do Sở Nội vụ ghi"):
        makeup.save_member(member(council), by=nine["chair"])


def test_a_member_is_entered_by_the_page(council, officer, client_of):
    address = reverse("new_member", args=[council.pk])
    typed = {
        "name": "Lý Thị Mới",
        "post": "Sở Mới",
        "role": "member",
        "since": "01/07/2026",
        "position": 0,
        "version": 1,
    }
    assert client_of(officer).post(address, typed).status_code == 302
    found = council.members.get(name="Lý Thị Mới")
    assert (found.position, found.since) == (8, date(2026, 7, 1))
    wrong = client_of(officer).post(address, typed | {"role": "chair", "version": 2})
    assert wrong.status_code == 422
    assert "Hội đồng đã có Chủ tịch" in wrong.content.decode()
