"""Who is added, who is refused with which words; nobody twice."""

import threading
import unicodedata
from datetime import date, timedelta

import pytest
from django.db import connection

from awards.models import Recipient
from conferences.delegates.adding import add_all, from_recipient, from_recipients
from conferences.models import Delegate, Delegation, Event
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient
from tests.conftest import make_unit, make_user
from units.models import Role

from .conftest import DAY


def test_what_is_known_of_a_person_is_filled_in(congress, people, delegation):
    (row,) = from_recipients(congress, [people[3]], delegation=delegation, reason="Gương vượt khó")
    assert (row.name, row.address, row.birth_year, row.workplace) == ("Vi Thị Dung", "Bà", 1995, "UBND xã Ba Sơn")
    assert row.traits == ["woman", "ethnic", "young"]
    assert from_recipient(congress, make_recipient(ethnicity="kinh", position_class="direct")).traits == ["worker"]


def test_many_are_added_at_once_each_with_a_row_in_the_log(
    congress, people, delegation, officer, django_assert_max_num_queries
):
    rows = from_recipients(congress, people[:2], delegation=delegation, reason="Bổ sung")
    with django_assert_max_num_queries(20):
        add_all(congress, rows, by=officer)
    assert [(row.name, row.award.type.code) for row in Delegate.objects.all()] == [
        ("Nông Văn Ánh", "BKTTG"), ("Hoàng Thị Bình", "BKT"),
    ]  # fmt: skip
    notes = Change.objects.filter(about="delegate", key=congress.pk, what="add_delegate")
    assert {note.of for note in notes} == {row.pk for row in rows}


def test_nobody_is_a_delegate_twice(congress, people, delegation, delegate, officer):
    delegate(recipient=people[0])
    second = make_recipient(name="Nông Văn Ánh", unit=people[0].unit, merged_into=people[0])
    for who in (people[0], second):
        with pytest.raises(
            Refused, match="Nông Văn Ánh đã có trong danh sách đại biểu \\(Đoàn UBND xã Ba Sơn\\)"
        ) as told:
            add_all(congress, from_recipients(congress, [who], reason="x"), by=officer)
        assert told.value.field == "recipient"
    with pytest.raises(Refused, match="đã có trong danh sách"):
        add_all(congress, from_recipients(congress, [people[1], people[1]], reason="x"), by=officer)
    assert Delegate.objects.count() == 1


def test_one_who_was_withdrawn_may_be_added_anew(congress, people, delegate, officer):
    delegate(recipient=people[0], state="withdrawn")
    add_all(congress, from_recipients(congress, [people[0]]), by=officer)
    assert Delegate.objects.filter(recipient=people[0]).counted().count() == 1


def test_a_guest_that_was_typed_stands_once(congress, officer):
    add_all(congress, [Delegate(name="Lê Thị Ðào", workplace="Báo Lạng Sơn", role="guest")], by=officer)
    kept = Delegate.objects.get()
    assert kept.name == "Lê Thị Đào"
    nfd = unicodedata.normalize("NFD", "Lê Thị Đào")
    with pytest.raises(Refused, match="đã có trong danh sách") as told:
        add_all(congress, [Delegate(name=nfd, workplace="báo lạng sơn", role="guest")], by=officer)
    assert told.value.field == "name"
    add_all(congress, [Delegate(name=nfd, workplace="Báo Nhân Dân", role="guest")], by=officer)


def test_who_is_typed_is_nobody_who_is_there_already(congress, people, officer):
    add_all(congress, from_recipients(congress, people[:1]), by=officer)
    typed = {"name": "Nông Văn Ánh", "role": "guest"}
    with pytest.raises(Refused, match="cùng nơi công tác") as told:
        add_all(congress, [Delegate(workplace="UBND xã Ba Sơn", **typed)], by=officer)
    assert told.value.field == "name"
    add_all(congress, [Delegate(workplace="Hợp tác xã Ba Sơn", **typed)], by=officer)
    # The other way round; two of one name who are known are two.
    add_all(congress, [Delegate(name="Hoàng Thị Bình", workplace="UBND xã Ba Sơn", role="guest")], by=officer)
    with pytest.raises(Refused, match="\\(khách mời\\), cùng nơi công tác"):
        add_all(congress, from_recipients(congress, people[1:2]), by=officer)
    namesake = make_recipient(name="Nông Văn Ánh", unit=people[0].unit)
    add_all(congress, from_recipients(congress, [namesake], reason="Nghệ nhân"), by=officer)


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"ended_on": date(2026, 3, 1)}, "recipient", "đã mất ngày 01/03/2026"),
        ({"kind": "household"}, "recipient", "không phải cá nhân"),
    ],
)
def test_who_cannot_come_is_refused(congress, officer, commune, types, facts, field, words):
    who = make_recipient(**{"kind": "person", "name": "Người Ấy", "unit": commune} | facts)
    with pytest.raises(Refused, match=f"Người Ấy .*{words}") as told:
        add_all(congress, from_recipients(congress, [who], reason="x"), by=officer)
    assert told.value.field == field


def test_a_person_of_a_unit_that_ended_is_refused(congress, people, officer, commune):
    commune.ended = DAY - timedelta(days=1)
    commune.save()
    rows = from_recipients(congress, [Recipient.objects.get(pk=people[0].pk)])
    with pytest.raises(Refused, match="thuộc UBND xã Ba Sơn, đơn vị đã kết thúc ngày 19/11/2026"):
        add_all(congress, rows, by=officer)
    delegation = Delegation.objects.create(event=congress, unit=commune)
    with pytest.raises(Refused, match="Hãy chọn đoàn của đơn vị kế tiếp") as told:
        add_all(congress, from_recipients(congress, people[:1], delegation=delegation), by=officer)
    assert told.value.field == "delegation"


def test_without_a_recognition_a_reason_is_needed(congress, people, officer):
    for who, words in (
        (people[2], "chưa có khen thưởng được tính từ 10/09/2020: hãy"),
        (people[3], "đã hủy từ 05/01/2023"),
    ):
        with pytest.raises(Refused, match=words) as told:
            add_all(congress, from_recipients(congress, [who]), by=officer)
        assert told.value.field == "reason"
    add_all(congress, from_recipients(congress, people[2:4], reason="Nghệ nhân"), by=officer)
    add_all(congress, from_recipients(congress, [make_recipient(unit=people[0].unit)], role="guest"), by=officer)


def test_a_review_conference_asks_for_no_recognition(event, people, own):
    Event.objects.filter(pk=event.pk).update(plan=None, level=None, kind="review")
    event.refresh_from_db()
    add_all(event, from_recipients(event, people[2:3]), by=own)


def test_several_who_cannot_are_named_and_nobody_is_added(congress, people, officer):
    with pytest.raises(Refused, match=r"Chưa thêm ai. Lý Văn Cường chưa có .* Vi Thị Dung chưa có"):
        add_all(congress, from_recipients(congress, people), by=officer)
    assert not Delegate.objects.exists()


def test_more_than_the_quota_are_refused(congress, people, delegation, delegate, officer):
    delegate("Một")
    with pytest.raises(Refused, match="được cử 2 đại biểu chính thức, đã có 1: không thêm 2 người được") as told:
        add_all(congress, from_recipients(congress, people[:2], delegation=delegation, reason="x"), by=officer)
    assert told.value.field == "role"
    add_all(
        congress, from_recipients(congress, people[:2], role="reserve", delegation=delegation, reason="x"), by=officer
    )


def test_who_adds_to_what_a_unit_chose_says_why(congress, people, delegation, officer):
    with pytest.raises(Refused, match="bổ sung vào danh sách đơn vị đã chọn: hãy ghi lý do"):
        add_all(congress, from_recipients(congress, people[:1], delegation=delegation), by=officer)


def test_a_unit_adds_its_own_people_alone(event, own, types):
    stranger = make_recipient(name="Người Khác", unit=make_unit("xa-khac", "UBND xã Công Sơn"))
    with pytest.raises(Refused, match="không thuộc đơn vị của bạn"):
        add_all(event, from_recipients(event, [stranger], reason="x"), by=own)


def test_nobody_adds_to_the_conference_of_another_unit(event, people, officer, congress, own):
    for where, by in ((event, officer), (congress, own)):
        with pytest.raises(Refused, match=f"do cán bộ của {where.unit} lập"):
            add_all(where, from_recipients(where, people[:1]), by=by)


def test_who_only_reads_adds_nobody(event, people, commune):
    reader = make_user("thu-kho", "Lý Thị Kho", Role.COUNCIL_MEMBER, commune)
    with pytest.raises(Refused, match="chỉ được xem"):
        add_all(event, from_recipients(event, people[:1]), by=reader)


def test_a_list_that_was_told_of_stays(event, people, own):
    Event.objects.filter(pk=event.pk).update(state="reported", held_on=event.day)
    with pytest.raises(Refused, match="đã báo cáo: không thay đổi danh sách đại biểu nữa"):
        add_all(event, from_recipients(event, people[:1]), by=own)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_officers_add_one_person_at_one_moment(congress, people, officer):
    other = make_user("can-bo-2", "Lê Thị Hai", Role.OFFICER, officer.unit)
    barrier, told = threading.Barrier(2), []

    def add(by):
        try:
            rows = from_recipients(congress, people[:1])
            barrier.wait()
            add_all(congress, rows, by=by)
            told.append("thêm")
        except Refused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(by,)) for by in (officer, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["Nông Văn Ánh đã có trong danh sách đại biểu.", "thêm"]
    assert Delegate.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_fill_the_last_place_at_one_moment(congress, people, delegation, delegate, officer):
    delegate("Một")
    barrier, told = threading.Barrier(2), []

    def add(who):
        try:
            rows = from_recipients(congress, [who], delegation=delegation, reason="x")
            barrier.wait()
            add_all(congress, rows, by=officer)
            told.append("thêm")
        except Refused as refused:
            told.append(refused.field)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(who,)) for who in people[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["role", "thêm"]
