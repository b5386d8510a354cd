"""Counts of the store: one at a time, noted part by part, closed into the ledger, their minutes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from awards.models import Due, ItemKind, Movement, Serial, StockCount
from awards.stock import counting
from awards.stock.actions import enter
from awards.stock.counting import COUNTS
from awards.stock.models import OF_COUNT
from awards.stock.papers import draft_minutes
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.awards.stock.conftest import level
from tests.walking import turns_of, walk

KEEPERS = {"officer", "leader", "administrator", "store_keeper"}


@pytest.fixture
def keeper(client_of, store_keeper):
    return client_of(store_keeper)


@pytest.fixture
def opened(receive, store_keeper):
    """A count of a store that has 10 frames and 4 boxes."""
    receive("khung-bang", 10)
    receive("hop-huy-hieu", 4)
    return counting.begin(
        StockCount(day=DAY, team="Nông Văn A, Phó Giám đốc\nHoàng Văn Khoa, thủ kho"), by=store_keeper
    )


@pytest.fixture
def found(opened, kinds, store_keeper):
    """A function: note what was found, {code of a kind: (how many, why)}."""

    def make(**typed):
        facts = {
            kinds[code.replace("_", "-")].pk: {"found": number, "reason": why} for code, (number, why) in typed.items()
        }
        return counting.note(StockCount.objects.get(pk=opened.pk), by=store_keeper, typed=facts)

    return make


@pytest.mark.parametrize("state", ["open", "closed", "dropped"])
def test_who_may_do_what_with_a_count(state, opened, found, people, client_of):
    found(khung_bang=(10, ""), hop_huy_hieu=(4, ""))
    StockCount.objects.filter(pk=opened.pk).update(state=state)
    steps = {"close", "drop", "note"} if state == "open" else set()
    walk(
        COUNTS, lambda: StockCount.objects.get(pk=opened.pk), turns_of(people), client_of,
        may={who: steps if who in KEEPERS else set() for who in people}, typed={}, reasons={"drop"}, but={"note"},
        known=lambda row: Change.objects.filter(about="stock_count", key=row.pk).count(),
    )  # fmt: skip


def test_what_is_found_more_and_less_is_written_with_its_reasons(opened, found, kinds, store_keeper):
    count = found(khung_bang=(8, "Hai khung vỡ kính"), hop_huy_hieu=(5, "Ghi sót lần trước"))
    counting.close(count, by=store_keeper)
    vouchers = {row.sort: row for row in opened.vouchers.all()}
    assert {sort: str(row) for sort, row in vouchers.items()} == {"surplus": "NK 3/2026", "missing": "XK 1/2026"}
    assert "Hai khung vỡ kính" in vouchers["missing"].note
    assert (level(kinds["khung-bang"]).on_hand, level(kinds["hop-huy-hieu"]).on_hand) == (8, 5)


def test_what_came_since_it_was_counted_is_no_difference(found, receive, kinds, store_keeper):
    count = found(khung_bang=(10, ""), hop_huy_hieu=(4, ""))
    receive("khung-bang", 6)
    counting.close(count, by=store_keeper)
    assert level(kinds["khung-bang"]).on_hand == 16
    assert not Movement.objects.filter(sort__in=["surplus", "missing"]).exists()


def test_what_came_after_the_day_of_the_count_was_counted_with_the_rest(receive, kinds, store_keeper):
    receive("khung-bang", 4, day=DAY - timedelta(3))
    count = counting.begin(StockCount(day=DAY - timedelta(2)), by=store_keeper)
    receive("khung-bang", 6)
    typed = {kinds["khung-bang"].pk: {"found": 5, "reason": "Vỡ khi chuyển kho"}}
    count = counting.note(count, by=store_keeper, typed=typed)
    counting.close(count, by=store_keeper)
    assert (count.vouchers.get().day, level(kinds["khung-bang"]).on_hand) == (DAY, 5)


def test_a_count_is_of_a_day_on_which_there_was_a_store(store_keeper):
    for day, words in ((date.min, "trước 01/01/2000"), (DAY + timedelta(1), "chưa đến")):
        with pytest.raises(Refused, match=words) as refused:
            counting.begin(StockCount(day=day), by=store_keeper)
        assert refused.value.field == "day"


def test_a_count_is_not_closed_before_all_is_counted_and_every_difference_has_its_reason(found, store_keeper):
    count = found(khung_bang=(8, ""))
    with pytest.raises(Refused, match="Chưa đếm: Hộp"):
        counting.close(count, by=store_keeper)
    count = found(hop_huy_hieu=(4, ""))
    with pytest.raises(Refused, match="Chưa ghi lý do chênh lệch của: Khung bằng"):
        counting.close(count, by=store_keeper)


def test_what_is_missing_is_kept_for_nobody_any_more_the_latest_first(owed, opened, found, kinds, store_keeper):
    dues = [due for due in owed(9) if due.kind.code == "khung-bang"]
    assert Due.objects.filter(kind=kinds["khung-bang"], state="reserved").count() == 9
    count = found(khung_bang=(7, "Mất khi chuyển kho"), hop_huy_hieu=(4, ""))
    counting.close(count, by=store_keeper)
    states = [Due.objects.get(pk=due.pk).state for due in dues]
    assert states == ["reserved"] * 7 + ["short"] * 2
    assert level(kinds["khung-bang"]).free == 0


def test_pieces_with_numbers_are_missing_by_their_numbers(kinds, receive, store_keeper):
    ItemKind.objects.filter(code="huy-hieu-cstd-tinh").update(has_serials=True)
    kind = ItemKind.objects.get(code="huy-hieu-cstd-tinh")
    enter("bought", {kind: 3}, serials={kind.pk: ["A1", "A2", "A3"]}, by=store_keeper, day=DAY, paper="Biên bản 1")
    count = counting.begin(StockCount(day=DAY), by=store_keeper)
    typed = {"found": 2, "reason": "Mất"}
    count = counting.note(count, by=store_keeper, typed={kind.pk: typed})
    with pytest.raises(Refused, match="có 0 số hiệu"):
        counting.close(count, by=store_keeper)
    count = counting.note(count, by=store_keeper, typed={kind.pk: {"serials": "A2"}})
    counting.close(count, by=store_keeper)
    assert list(Serial.objects.filter(went=None).values_list("number", flat=True)) == ["A1", "A3"]


def test_it_is_noted_part_by_part_and_nobody_writes_over_what_another_counted(
    keeper, opened, kinds, client_of, officer
):
    page = reverse("enter_count", args=[opened.pk])
    frame, box = (f"kind-{kinds[code].pk}" for code in ("khung-bang", "hop-huy-hieu"))
    assert keeper.post(page, {frame: "10", box: "", f"initial-{frame}": "", f"initial-{box}": ""}).status_code == 302
    # The other had the page open before.
    other = client_of(officer)
    assert other.post(page, {frame: "", box: "4", f"initial-{frame}": "", f"initial-{box}": ""}).status_code == 302
    rows = {
        row.kind.code: (row.found, row.expected, row.by.username) for row in opened.rows.select_related("kind", "by")
    }
    assert rows == {"khung-bang": (10, 10, "khoa"), "hop-huy-hieu": (4, 4, "hoa")}
    assert Change.objects.filter(about="stock_count", what="note").count() == 2


@pytest.mark.parametrize("typed", ["tám", "8 khung", "1e3", "-2", "7,5"])
def test_a_count_that_is_no_number_is_refused_beside_its_box_and_the_rest_stays(keeper, opened, kinds, typed):
    frame, box = (f"kind-{kinds[code].pk}" for code in ("khung-bang", "hop-huy-hieu"))
    answer = keeper.post(reverse("enter_count", args=[opened.pk]), {frame: typed, box: "4"})
    form = answer.context["form"]
    assert (answer.status_code, bool(form[frame].errors), form[frame].value(), form[box].value()) == (
        422,
        True,
        typed,
        "4",
    )
    assert not opened.rows.exclude(found=None).exists()


def test_one_is_open_at_a_time(keeper, opened, store_keeper):
    with pytest.raises(Refused, match="chưa chốt"):
        counting.begin(StockCount(day=DAY), by=store_keeper)
    answer = keeper.get(reverse("new_stock_count"), follow=True)
    assert answer.redirect_chain[-1][0] == opened.get_absolute_url()
    counting.drop(opened, by=store_keeper, reason="Mở nhầm")
    assert counting.begin(StockCount(day=DAY), by=store_keeper).state == "open"


def test_the_minutes_tell_what_was_found_who_counted_and_why_it_differs(opened, found, keeper, store_keeper, province):
    count = found(khung_bang=(8, "Hai khung vỡ kính"), hop_huy_hieu=(4, ""))
    with pytest.raises(Refused, match="Chưa chốt"):
        draft_minutes(count, by=store_keeper)
    counting.close(count, by=store_keeper)
    assert keeper.post(reverse("write_count_minutes", args=[opened.pk])).status_code == 302
    paper = OF_COUNT.of(opened.pk).get()
    assert (paper.type.code, paper.signer_name, paper.second_signer_name) == ("BB", "Nông Văn A", "Hoàng Văn Khoa")
    for words in ("Khung bằng", "| 10 | 8 |", "−2", "Hai khung vỡ kính"):
        assert words in paper.body, words
    with pytest.raises(Refused, match="Đã có"):
        draft_minutes(count, by=store_keeper)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_counts_that_are_opened_at_once_one_is_refused(receive, store_keeper):
    receive("khung-bang", 10)
    ready = Barrier(2)

    def begin(_):
        ready.wait()
        try:
            counting.begin(StockCount(day=DAY), by=store_keeper)
            return "opened"
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(begin, range(2))) == ["opened", "refused"]
    assert StockCount.objects.get().rows.count() == 1
