"""Items of awards that are lost: on the list, back into the ledger, out again where the award is restored."""

import pytest

from awards.decisions import cancelling, returns
from awards.handover.actions import hand_over, take_back
from awards.issuing import undoing
from awards.models import Award, Cancellation, Due, HandoverLine, ItemKind, Movement, Return, Serial, StockLine
from awards.stock.actions import enter
from awards.stock.keeping import keep_all
from awards.stock.ledger import levels
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.awards.presentation.conftest import states

BACK = {"day": DAY, "giver": "Lý Văn 0", "paper": "Biên bản 1"}


def lose(award, by, number="9/QĐ-UBND"):
    """The award is cancelled by a decision of today."""
    facts = {"number": number, "day": DAY, "ground": "forged", "reason": "Sai"}
    cancelling.take_all(award.decision, [award.pk], "cancel", by=by, backs=undoing.to_recover, **facts)
    return Award.objects.select_related("decision", "type", "recipient").get(pk=award.pk)


def on_hand():
    return dict(StockLine.objects.on_hand())


def test_what_was_handed_over_is_to_come_back_what_was_not_is_not(collected, ready, officer):
    out, here = collected(1)[0], ready(1)[0].award
    lose(out, officer)
    lose(here, officer)
    assert Cancellation.objects.get(award=out).items
    assert not Cancellation.objects.get(award=here).items
    assert (states([out]), states([here])) == ({"handed"}, {"dropped"})


def test_it_comes_back_into_the_ledger_and_what_bears_a_name_is_written_off(collected, officer, kinds):
    award = lose(collected(1)[0], officer)
    before = on_hand()
    returns.take_back(award, by=officer, all_items=True, **BACK)
    frame, sheet = kinds["khung-bang"].pk, kinds["bang-khen-tinh"].pk
    assert (on_hand()[frame], on_hand()[sheet]) == (before[frame] + 1, before[sheet])
    assert states([award]) == {"back"}
    assert not HandoverLine.objects.filter(returned=False).exists()
    assert list(Movement.objects.order_by("-pk").values_list("sort", flat=True)[:2]) == ["written_off", "back"]


def test_items_come_back_one_by_one_and_a_mistake_takes_out_its_own(collected, officer, kinds):
    award = lose(collected(1)[0], officer)
    before = on_hand()
    keys = {due.kind.code: str(due.pk) for due in award.dues.select_related("kind")}
    frame = kinds["khung-bang"].pk
    returns.take_back(award, by=officer, parts=[keys["khung-bang"]], **BACK)
    assert on_hand()[frame] == before[frame] + 1
    assert dict(award.dues.values_list("kind__code", "state")) == {"khung-bang": "back", "bang-khen-tinh": "handed"}
    assert returns.cancellation_of(award).items_left == "Bằng khen của Chủ tịch UBND tỉnh"
    returns.take_back(award, by=officer, parts=[keys["bang-khen-tinh"]], **BACK)
    assert (states([award]), returns.cancellation_of(award).items_left) == ({"back"}, "")
    returns.undo_return(award, by=officer, reason="Nhầm")
    assert dict(award.dues.values_list("kind__code", "state")) == {"khung-bang": "back", "bang-khen-tinh": "handed"}
    assert on_hand() == before | {frame: before[frame] + 1}
    assert returns.cancellation_of(award).items_left == "Bằng khen của Chủ tịch UBND tỉnh"


def test_a_return_that_was_noted_by_mistake_is_taken_out_of_the_ledger(collected, owed, officer):
    award = lose(collected(1)[0], officer)
    before = on_hand()
    award = returns.take_back(award, by=officer, all_items=True, **BACK)
    returns.undo_return(award, by=officer, reason="Ghi nhầm")
    assert (on_hand(), states([award])) == (before, {"handed"})
    assert HandoverLine.objects.filter(returned=False).count() == 2
    assert all(level.free >= 0 for level in levels().values())


def test_what_waits_gets_what_came_back_and_gives_it_up_again(collected, owed, officer, store_keeper, kinds):
    award = lose(collected(1)[0], officer)
    waiting = owed(1)
    award = returns.take_back(award, by=officer, all_items=True, **BACK)
    keep_all(kinds["khung-bang"], by=store_keeper)
    assert Due.objects.get(pk=next(due.pk for due in waiting if due.kind.code == "khung-bang")).state == "reserved"
    returns.undo_return(award, by=officer, reason="Ghi nhầm")
    assert {due.state for due in Due.objects.filter(pk__in=[due.pk for due in waiting])} == {"short"}
    assert all(level.free >= 0 for level in levels().values())


def test_the_counter_does_not_take_back_what_a_lost_award_had(collected, officer, store_keeper):
    award = lose(collected(1)[0], officer)
    line = HandoverLine.objects.first()
    with pytest.raises(Refused, match="Ghi đã thu hồi"):
        take_back(line.handover, [line.due_id], by=store_keeper, day=DAY, reason="Hủy")
    assert states([award]) == {"handed"}


def test_a_piece_with_a_number_comes_back_by_its_number(collected, officer, kinds):
    award = collected(1)[0]
    due = award.dues.get(kind__code="khung-bang")
    ItemKind.objects.filter(pk=due.kind_id).update(has_serials=True)
    HandoverLine.objects.filter(due=due).update(serial="K-7")
    award = returns.take_back(lose(award, officer), by=officer, all_items=True, **BACK)
    assert Serial.objects.get(went=None).number == "K-7"
    award = returns.undo_return(award, by=officer, reason="Ghi nhầm")
    assert not Serial.objects.filter(went=None).exists()
    returns.take_back(award, by=officer, all_items=True, **BACK)
    Serial.objects.filter(went=None).update(went=StockLine.objects.first())
    with pytest.raises(Refused, match="số hiệu K-7 đã xuất"):
        returns.undo_return(award, by=officer, reason="Ghi nhầm")


@pytest.fixture
def restored(collected, officer, kinds):
    """An award that was cancelled, whose items came back, and that counts again."""
    award = lose(collected(1)[0], officer)
    award = returns.take_back(award, by=officer, all_items=True, **BACK)
    loss = Cancellation.objects.get(award=award)
    cancelling.give_all(
        award.decision, [award.pk], by=officer, number="10/QĐ-CTN", day=DAY, words="Oan sai", reason="Oan sai"
    )
    assert loss
    return Award.objects.select_related("decision", "type", "recipient").get(pk=award.pk)


def test_who_is_restored_is_owed_it_again_and_gets_it_out_of_the_store(restored, officer, store_keeper, kinds):
    found = {due.kind.code: due.state for due in restored.dues.select_related("kind")}
    assert found == {"khung-bang": "reserved", "bang-khen-tinh": "short"}
    with pytest.raises(Refused, match="chưa có: Bằng khen") as refused:
        returns.give_back(restored, by=officer, all_items=True, **BACK)
    assert refused.value.field == "all_items"
    enter("bought", {kinds["bang-khen-tinh"]: 1}, by=store_keeper, day=DAY, paper="Hóa đơn 2")
    returns.give_back(restored, by=officer, all_items=True, **BACK)
    assert states([restored]) == {"handed"}
    assert Return.objects.filter(to_holder=True).count() == 1, "not noted a second time by the handover"


def test_what_the_counter_gives_to_who_is_restored_is_noted(restored, store_keeper, kinds, other_unit):
    enter("bought", {kinds["bang-khen-tinh"]: 1}, by=store_keeper, day=DAY, paper="Hóa đơn 2")
    keys = restored.dues.values_list("pk", flat=True)
    hand_over(other_unit, dict.fromkeys(keys, ""), by=store_keeper, day=DAY, receiver="Nguyễn Thị Nhận")
    assert Return.objects.get(to_holder=True).all_items
