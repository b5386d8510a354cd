"""Items given to a unit: each once, with one voucher; confirmed by the unit; taken back only with a reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from awards.decisions.rules import why_kept
from awards.handover import actions
from awards.handover.rules import waiting_for
from awards.handover.waits import WAITS
from awards.models import Award, Due, Handover, StockLine
from awards.stock.actions import mend
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.conftest import make_unit, make_user
from units.models import Succession, UnitChange

WHO = {"day": DAY, "receiver": "Nguyễn Thị Nhận", "post": "Văn thư", "letter": "GGT 12"}


def give(unit, dues, by, remarks="", **facts):
    return actions.hand_over(unit, {due.pk: remarks for due in dues}, by=by, **WHO | facts)


def states(dues):
    return list(Due.objects.filter(pk__in=[due.pk for due in dues]).values_list("state", flat=True))


def test_what_is_given_leaves_the_store_and_is_the_units(ready, store_keeper, other_unit):
    dues = ready(2)
    made = give(other_unit, dues[:3], store_keeper, "khung xước")
    assert states(dues) == ["handed", "handed", "handed", "reserved"]
    assert sorted(StockLine.objects.on_hand().values()) == [0, 1]
    assert (made.state, made.lines.count(), made.lines.first().remark) == ("given", 3, "khung xước")
    assert (str(made.movement), made.movement.partner) == ("XK 1/2026", "Sở Y tế: Nguyễn Thị Nhận, Văn thư")
    assert Change.objects.get(about="handover").what == "hand_over"


def test_an_item_goes_once(ready, store_keeper, other_unit):
    dues = ready(1)
    give(other_unit, dues, store_keeper)
    with pytest.raises(Refused, match="đã giao đơn vị"):
        give(other_unit, dues, store_keeper)
    assert Handover.objects.count() == 1


def test_a_unit_takes_nothing_before_it_was_founded(ready, store_keeper, other_unit):
    other_unit.founded = DAY
    other_unit.save()
    with pytest.raises(Refused, match="thành lập ngày 20/11/2026") as refused:
        give(other_unit, ready(1), store_keeper, day=date(2026, 11, 19))
    assert refused.value.field == "day"


def test_what_belongs_to_no_unit_the_department_takes_to_hand_it_on(ready, store_keeper, other_unit, so_noi_vu):
    dues = ready(1)
    Award.objects.update(unit=None)
    with pytest.raises(Refused, match="không đơn vị nào, Sở Nội vụ nhận để trao"):
        give(other_unit, dues, store_keeper)
    assert not waiting_for(other_unit, store_keeper)
    assert set(waiting_for(so_noi_vu, store_keeper)) == set(dues)
    give(so_noi_vu, dues, store_keeper)
    assert states(dues) == ["handed", "handed"]


def test_a_list_stays_while_somebody_has_items_of_it(ready, store_keeper, other_unit, officer):
    dues = ready(1)
    decision = dues[0].award.decision
    made = give(other_unit, dues[:1], store_keeper)
    assert "đã giao. Hãy nhận lại trước" in why_kept(decision)
    actions.take_back(made, [dues[0].pk], by=store_keeper, day=DAY, reason="Nhập lại quyết định")
    assert why_kept(decision) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cancelled_on": DAY}, "Lý Văn 0: khen thưởng đã hủy"),
        ({"decided_on": date(2026, 11, 21)}, "sau ngày giao"),
    ],
)
def test_what_may_not_be_given_is_named(ready, store_keeper, other_unit, change, words):
    dues = ready(2)
    Award.objects.filter(pk=dues[0].award_id).update(**change)
    with pytest.raises(Refused, match=words):
        give(other_unit, dues, store_keeper)
    assert set(states(dues)) == {"reserved"}


def test_what_is_not_in_the_store_is_not_given(owed, store_keeper, other_unit):
    with pytest.raises(Refused, match="chưa có hàng"):
        give(other_unit, owed(1), store_keeper)


def test_another_unit_does_not_take_it(ready, store_keeper):
    with pytest.raises(Refused, match="thuộc Sở Y tế"):
        give(make_unit("so-khac", "Sở Khác"), ready(1), store_keeper)


def test_of_a_unit_that_ended_the_successor_takes_it(ready, store_keeper, other_unit):
    dues, heir = ready(1), make_unit("so-moi", "Sở Mới")
    other_unit.ended = date(2026, 10, 31)
    other_unit.save()
    change = UnitChange.objects.create(kind="merge", date=date(2026, 11, 1), citation="Nghị quyết 1")
    Succession.objects.create(change=change, predecessor=other_unit, successor=heir)
    with pytest.raises(Refused, match="Hãy giao cho Sở Mới"):
        give(other_unit, dues, store_keeper)
    assert give(heir, dues, store_keeper).unit == heir


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"receiver": " "}, "receiver"), ({"day": date(2026, 12, 1)}, "day")],
)
def test_what_a_handover_must_say(ready, store_keeper, other_unit, facts, field):
    dues = ready(1)
    with pytest.raises(Refused) as refused:
        give(other_unit, dues, store_keeper, **facts)
    assert refused.value.field == field


def test_the_unit_confirms_and_nobody_else(ready, store_keeper, other_unit, unit_officer, stranger, officer):
    made = give(other_unit, ready(1), store_keeper)
    for person in (stranger, officer, store_keeper):
        with pytest.raises(Refused):
            actions.confirm(made, by=person)
    actions.confirm(made, by=unit_officer, remark="Đủ")
    made.refresh_from_db()
    assert (made.state, made.confirmed_by, made.remark) == ("confirmed", unit_officer, "Đủ")


def test_two_sides_are_two_people(ready, store_keeper, officer, so_noi_vu):
    dues = ready(1)
    Award.objects.update(unit=so_noi_vu)
    made = give(so_noi_vu, dues, officer)
    with pytest.raises(Refused, match="không tự xác nhận"):
        actions.confirm(made, by=officer)
    assert not actions.confirm.may(made, officer)
    other = make_user("ly-thi-hoa", "Lý Thị Hoa", "officer", so_noi_vu)
    actions.confirm(made, by=other)


def waits_for_number(user):
    kind = next(kind for kind in WAITS if kind.title == "Bưu gửi chưa ghi số hiệu")
    return list(kind.rows(user, DAY).values_list("pk", flat=True))


def test_the_post_gives_its_number_after_the_parcel_was_made(ready, store_keeper, unit_officer, other_unit):
    made = give(other_unit, ready(1), store_keeper, way="post")
    assert waits_for_number(store_keeper) == [made.pk]
    actions.post(made, by=store_keeper, parcel="EB1VN", seen_version=made.version)
    made.refresh_from_db()
    assert (made.parcel, made.state) == ("EB1VN", "given")
    assert not waits_for_number(store_keeper)
    assert not waits_for_number(unit_officer)
    actions.confirm(made, by=unit_officer)
    made.refresh_from_db()
    with pytest.raises(Refused):
        actions.post(made, by=store_keeper, parcel="EB2VN")


def test_what_came_back_is_kept_for_the_same_award_and_may_go_again(ready, store_keeper, other_unit):
    dues = ready(1)
    made = give(other_unit, dues, store_keeper)
    with pytest.raises(Refused, match="vì sao"):
        actions.take_back(made, [dues[0].pk], by=store_keeper, day=DAY, reason=" ")
    actions.take_back(made, [dues[0].pk], by=store_keeper, day=DAY, reason="Bằng in sai")
    assert states(dues) == ["reserved", "handed"]
    actions.take_back(made, [due.pk for due in dues], by=store_keeper, day=DAY, reason="Nhầm đơn vị")
    made.refresh_from_db()
    assert (made.state, sorted(StockLine.objects.on_hand().values())) == ("returned", [1, 1])
    assert give(other_unit, dues, store_keeper).lines.count() == 2


def test_what_came_back_from_a_unit_is_no_slip_of_the_pen_of_the_store(ready, store_keeper, other_unit):
    dues = ready(1)
    back = actions.take_back(
        give(other_unit, dues, store_keeper), [dues[0].pk], by=store_keeper, day=DAY, reason="Nhầm"
    )
    with pytest.raises(Refused, match="làm lại ở nơi đã ghi"):
        mend(back, by=store_keeper, day=DAY, reason="Nhầm")
    assert states(dues) == ["reserved", "handed"]


def test_of_a_unit_with_the_longest_name_it_comes_back_as_well(ready, store_keeper, other_unit):
    dues = ready(1)
    other_unit.name = "Trường " * 28
    other_unit.save()
    back = actions.take_back(
        give(other_unit, dues, store_keeper), [dues[0].pk], by=store_keeper, day=DAY, reason="Nhầm"
    )
    back.full_clean(exclude=["search_text"])


def test_only_the_store_gives(ready, unit_officer, other_unit):
    with pytest.raises(Refused, match="thủ kho"):
        give(other_unit, ready(1), unit_officer)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_counters_that_give_the_same_items_one_does(ready, store_keeper, officer, other_unit):
    dues, start = ready(3), Barrier(2)

    def counter(keeper):
        start.wait()
        try:
            return give(other_unit, dues if keeper == officer else dues[::-1], keeper).pk
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(counter, (store_keeper, officer)))
    assert sorted(type(one).__name__ for one in found) == ["int", "str"]
    assert (Handover.objects.count(), set(StockLine.objects.on_hand().values())) == (1, {0})
