"""The ledger of the store: sums, what is kept for awards, what is refused, twelve keepers at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from awards.items.actions import drop
from awards.models import Due, ItemKind, Movement, Serial, StockLine
from awards.stock.actions import enter, mend
from awards.stock.figures import card_of
from awards.stock.keeping import keep, release
from awards.stock.ledger import Level
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.awards.stock.conftest import level


def test_what_is_on_hand_is_the_sum_of_the_lines(receive, kinds, store_keeper):
    first, second = receive("khung-bang", 30), receive("khung-bang", 12)
    gone = enter("written_off", {kinds["khung-bang"]: 2}, by=store_keeper, day=DAY, paper="Biên bản 3")
    assert (str(first), str(second), str(gone)) == ("NK 1/2026", "NK 2/2026", "XK 1/2026")
    assert level(kinds["khung-bang"]) == Level(40, 0, 0)
    assert Change.objects.filter(about="movement").count() == 3


def test_nothing_goes_below_nought_and_nothing_is_written_then(receive, kinds, store_keeper):
    receive("khung-bang", 3)
    with pytest.raises(Refused, match="còn 3 chiếc, không xuất được 4") as refused:
        enter("written_off", {kinds["khung-bang"]: 4}, by=store_keeper, day=DAY, paper="Biên bản 3")
    assert refused.value.field == f"kind-{kinds['khung-bang'].pk}"
    assert (Movement.objects.count(), level(kinds["khung-bang"]).on_hand) == (1, 3)


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"day": DAY + timedelta(1)}, "day", "chưa đến"),
        ({"day": date(2019, 12, 31)}, "day", "chưa hoặc không còn dùng"),
        ({"day": date.min}, "day", "trước 01/01/2000"),
        ({"paper": " "}, "paper", "giấy tờ"),
    ],
)
def test_what_a_receipt_may_not_say(receive, kinds, facts, field, words):
    ItemKind.objects.filter(code="khung-bang").update(since=date(2020, 1, 1))
    with pytest.raises(Refused, match=words) as refused:
        receive("khung-bang", 3, **facts)
    assert (refused.value.field, Movement.objects.count()) == (field, 0)


def test_what_comes_in_is_kept_for_those_who_wait_the_earliest_first(receive, kinds, owed):
    dues = [due for due in owed(3) if due.kind.code == "khung-bang"]
    receive("khung-bang", 2)
    assert [Due.objects.get(pk=due.pk).state for due in dues] == ["reserved", "reserved", "short"]
    assert level(kinds["khung-bang"]) == Level(2, 2, 1)


def test_a_decision_keeps_what_is_free_when_it_is_issued(receive, owed):
    receive("khung-bang", 1)
    assert [due.state for due in owed(2) if due.kind.code == "khung-bang"] == ["reserved", "short"]


def test_what_is_kept_goes_to_nobody_else(receive, kinds, owed, store_keeper):
    owed(2)
    receive("khung-bang", 3)
    with pytest.raises(Refused, match="2 đã giữ cho khen thưởng, chỉ còn 1"):
        enter("written_off", {kinds["khung-bang"]: 2}, by=store_keeper, day=DAY, paper="Biên bản 3")
    enter("written_off", {kinds["khung-bang"]: 1}, by=store_keeper, day=DAY, paper="Biên bản 3")
    assert level(kinds["khung-bang"]) == Level(2, 2, 0)


def test_what_is_given_back_or_not_given_is_free_again(receive, kinds, owed, officer, store_keeper):
    first, second = (due for due in owed(2) if due.kind.code == "khung-bang")
    receive("khung-bang", 2)
    release(first, by=store_keeper, reason="Nhường nơi gấp hơn")
    drop(Due.objects.get(pk=second.pk), by=officer, reason="Tập thể không nhận khung")
    assert level(kinds["khung-bang"]) == Level(2, 0, 1)


def test_a_voucher_is_set_right_by_another_once(receive, kinds, store_keeper):
    wrong = receive("khung-bang", 30)
    mended = mend(wrong, by=store_keeper, day=DAY, reason="Ghi nhầm số lượng")
    assert (level(kinds["khung-bang"]).on_hand, mended.sort, mended.mends) == (0, "mended_out", wrong)
    with pytest.raises(Refused, match="đã điều chỉnh"):
        mend(wrong, by=store_keeper, day=DAY, reason="Ghi nhầm số lượng")


def test_pieces_with_numbers_come_and_go_by_their_numbers(kinds, store_keeper):
    kind = kinds["huy-hieu-cstd-tinh"]
    ItemKind.objects.filter(pk=kind.pk).update(has_serials=True)
    kind.refresh_from_db()
    facts = {"by": store_keeper, "day": DAY, "paper": "Biên bản 1"}
    with pytest.raises(Refused, match="có 1 số hiệu"):
        enter("bought", {kind: 2}, serials={kind.pk: ["A1"]}, **facts)
    enter("bought", {kind: 2}, serials={kind.pk: ["A1", "A2"]}, **facts)
    with pytest.raises(Refused, match="A1 đang có trong kho"):
        enter("bought", {kind: 1}, serials={kind.pk: ["A1"]}, **facts)
    with pytest.raises(Refused, match="A9 không có trong kho"):
        enter("written_off", {kind: 1}, serials={kind.pk: ["A9"]}, **facts)
    gone = enter("written_off", {kind: 1}, serials={kind.pk: ["A1"]}, **facts)
    assert list(Serial.objects.filter(went=None).values_list("number", flat=True)) == ["A2"]
    mend(gone, by=store_keeper, day=DAY, reason="Ghi nhầm")
    assert Serial.objects.filter(went=None).count() == 2


def test_what_goes_was_there_on_that_day_and_ever_since(receive, kinds, store_keeper):
    kind, before, facts = kinds["khung-bang"], DAY - timedelta(10), {"by": store_keeper, "paper": "Biên bản 3"}
    receive("khung-bang", 3, day=before)
    enter("written_off", {kind: 2}, day=DAY - timedelta(5), **facts)
    receive("khung-bang", 9)
    for day, number in ((before - timedelta(1), 1), (before, 2), (DAY - timedelta(5), 2)):
        with pytest.raises(Refused, match="có lúc chỉ còn"):
            enter("written_off", {kind: number}, day=day, **facts)
    enter("written_off", {kind: 1}, day=before, **facts)
    assert [row.balance for row in card_of(kind)] == [9, 0, 2, 3]


def test_a_receipt_is_not_taken_back_once_its_pieces_are_gone(kinds, receive, store_keeper):
    ItemKind.objects.filter(code="huy-hieu-cstd-tinh").update(has_serials=True)
    kind = ItemKind.objects.get(code="huy-hieu-cstd-tinh")
    facts = {"by": store_keeper, "day": DAY, "paper": "Biên bản 1"}
    first = enter("bought", {kind: 1}, serials={kind.pk: ["A1"]}, **facts)
    enter("bought", {kind: 1}, serials={kind.pk: ["A2"]}, **facts)
    enter("written_off", {kind: 1}, serials={kind.pk: ["A1"]}, **facts)
    with pytest.raises(Refused, match="A1 đã xuất"):
        mend(first, by=store_keeper, day=DAY, reason="Ghi nhầm")


def test_lines_and_vouchers_stay_as_they_are(receive):
    made = receive("khung-bang", 1)
    for row in (made, made.lines.get()):
        with pytest.raises(Refused):
            row.save()


def test_a_unit_writes_nothing_into_the_store(kinds, unit_officer):
    with pytest.raises(Refused, match="thủ kho"):
        enter("bought", {kinds["khung-bang"]: 1}, by=unit_officer, day=DAY, paper="x")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_twelve_keepers_who_take_at_once_as_many_do_as_there_is(receive, kinds, store_keeper):
    receive("khung-bang", 7)
    ready = Barrier(12)

    def take(_):
        ready.wait()
        try:
            enter("written_off", {kinds["khung-bang"]: 1}, by=store_keeper, day=DAY, paper="Biên bản")
            return "taken"
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(take, range(12)))
    assert (found.count("taken"), level(kinds["khung-bang"]).on_hand) == (7, 0)
    numbers = Movement.objects.filter(is_receipt=False).values_list("number", flat=True)
    assert (sorted(numbers), StockLine.objects.count()) == (list(range(1, 8)), 8)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_twelve_who_keep_for_an_award_at_once_as_many_do_as_there_is(receive, owed, store_keeper):
    dues = [due for due in owed(12) if due.kind.code == "khung-bang"]
    receive("khung-bang", 5)
    for due in Due.objects.filter(pk__in=[due.pk for due in dues], state="reserved"):
        release(due, by=store_keeper, reason="Nhường nơi gấp hơn")
    ready = Barrier(13)

    def at_once(act):
        ready.wait()
        try:
            act()
            return "done"
        except Refused:
            return "refused"
        finally:
            connection.close()

    acts = [lambda due=due: keep(due, by=store_keeper) for due in dues]
    # What comes in at the same moment is kept for those who still wait.
    acts.append(lambda: receive("khung-bang", 2))
    with ThreadPoolExecutor(13) as threads:
        found = list(threads.map(at_once, acts))
    states = list(Due.objects.filter(pk__in=[due.pk for due in dues]).values_list("state", flat=True))
    assert found[-1] == "done"
    assert states.count("reserved") == 7
    assert level(dues[0].kind) == Level(7, 7, 5)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_drops_and_who_receives_at_once_do_not_wait_for_each_other_forever(receive, owed, officer):
    dues = [due for due in owed(6) if due.kind.code == "khung-bang"]
    ready = Barrier(12)

    def at_once(act):
        ready.wait()
        try:
            act()
        finally:
            connection.close()

    acts = [lambda due=due: drop(due, by=officer, reason="Không nhận") for due in dues]
    acts += [lambda: receive("khung-bang", 1)] * 6
    with ThreadPoolExecutor(12) as threads:
        list(threads.map(at_once, acts))
    assert set(Due.objects.filter(pk__in=[due.pk for due in dues]).values_list("state", flat=True)) == {"dropped"}
    assert level(dues[0].kind) == Level(6, 0, 0)
