"""What comes for one decision: sheets signed elsewhere, items of the ministry; kept for whom they are at once."""

import pytest
from django.urls import reverse

from awards.models import Due, ItemKind, Movement, Serial
from awards.stock.actions import mend
from awards.stock.arriving import arrive, awaited
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.awards.stock.conftest import level

FACTS = {"sort": "sent_here", "day": DAY, "paper": "Công văn 5/VP"}


def states(dues):
    return [Due.objects.get(pk=due.pk).state for due in dues]


def test_what_comes_for_a_decision_is_kept_for_its_own_whoever_waits_before(owed, kinds, store_keeper):
    before, dues = owed(2), owed(3)
    decision = dues[0].award.decision
    sheets = [due for due in dues if due.kind.code == "bang-khen-tinh"]
    made = arrive(decision, {sheets[0].pk: "", sheets[2].pk: ""}, by=store_keeper, **FACTS)
    assert states(sheets) == ["reserved", "short", "reserved"]
    assert set(states(before)) == {"short"}
    assert (str(made), made.get_sort_display(), level(kinds["bang-khen-tinh"]).kept) == (
        "NK 1/2026", "Nơi khác in, gửi về", 2,
    )  # fmt: skip
    assert {line.due_id for line in made.lines.all()} == {sheets[0].pk, sheets[2].pk}
    assert sheets[0] not in awaited(decision)


def test_it_is_taken_back_with_what_was_kept(owed, kinds, store_keeper):
    dues = owed(2)
    made = arrive(dues[0].award.decision, {due.pk: "" for due in dues}, by=store_keeper, **FACTS)
    mend(made, by=store_keeper, day=DAY, reason="Nhầm quyết định")
    assert set(states(dues)) == {"short"}
    assert level(kinds["bang-khen-tinh"]).on_hand == 0


def test_a_receipt_of_too_many_is_taken_back_though_they_are_kept(receive, owed, kinds, store_keeper):
    dues = [due for due in owed(3) if due.kind.code == "khung-bang"]
    receive("khung-bang", 1)
    wrong = receive("khung-bang", 20)
    mend(wrong, by=store_keeper, day=DAY, reason="Ghi nhầm số")
    assert states(dues) == ["reserved", "short", "short"]
    assert level(kinds["khung-bang"]).on_hand == 1


@pytest.mark.parametrize(
    ("change", "words", "field"),
    [
        ({"paper": " "}, "giấy tờ kèm theo", "paper"),
        ({"day": DAY.replace(year=2025)}, "sau ngày nhập", "day"),
        ({"day": DAY.replace(year=2027)}, "chưa đến", "day"),
    ],
)
def test_what_may_not_be_said_of_it(owed, store_keeper, change, words, field):
    dues = owed(1)
    with pytest.raises(Refused, match=words) as refused:
        arrive(dues[0].award.decision, {dues[0].pk: ""}, by=store_keeper, **FACTS | change)
    assert (refused.value.field, Movement.objects.count()) == (field, 0)


def test_what_is_no_more_awaited_or_another_decisions_does_not_come(owed, store_keeper, unit_officer):
    dues, others = owed(1), owed(1)
    decision = dues[0].award.decision
    arrive(decision, {dues[0].pk: ""}, by=store_keeper, **FACTS)
    for keys, words in ((dues, "vừa được giữ"), (others, "không của quyết định này"), ((), "ít nhất một")):
        with pytest.raises(Refused, match=words):
            arrive(decision, {due.pk: "" for due in keys}, by=store_keeper, **FACTS)
    with pytest.raises(Refused, match="thủ kho"):
        arrive(decision, {dues[1].pk: ""}, by=unit_officer, **FACTS)
    assert Movement.objects.count() == 1


def test_it_is_ticked_on_a_page_with_the_numbers_of_pieces(owed, kinds, client_of, store_keeper, unit_officer):
    ItemKind.objects.filter(code="khung-bang").update(has_serials=True)
    dues = owed(2)
    decision, frames = dues[0].award.decision, [due for due in dues if due.kind.code == "khung-bang"]
    keeper, page = client_of(store_keeper), reverse("arrive_items", args=[decision.pk])
    assert page in keeper.get(decision.get_absolute_url()).content.decode()
    assert client_of(unit_officer).get(page).status_code == 403
    typed = {"sort": "received", "day": "20/11/2026", "paper": "Biên bản 3", "chosen": [due.pk for due in frames]}
    numbers = [f"serial-{due.pk}" for due in frames]
    for given, words in ((("A1", ""), "có 1 số hiệu"), (("A1", "A1"), "ghi hai lần")):
        answer = keeper.post(page, typed | dict(zip(numbers, given, strict=True)))
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
        assert 'value="A1"' in answer.content.decode()
    assert keeper.post(page, typed | dict(zip(numbers, ("A2", "A1"), strict=True))).status_code == 302
    assert set(Serial.objects.values_list("number", "came__due")) == {("A2", frames[0].pk), ("A1", frames[1].pk)}


def test_the_keeper_opens_every_decision_and_award_that_owes_an_item(owed, client_of, store_keeper, stranger):
    award = owed(1)[0].award
    for page in (award.decision.get_absolute_url(), reverse("award", args=[award.pk])):
        assert client_of(store_keeper).get(page).status_code == 200
        assert client_of(stranger).get(page).status_code == 404
    assert award.name in client_of(store_keeper).get(award.decision.get_absolute_url()).content.decode()


def test_what_bears_a_name_is_not_received_for_nobody(client_of, store_keeper, kinds):
    page = client_of(store_keeper).get(reverse("receive_items"))
    assert kinds["bang-khen-tinh"] not in page.context["form"].kinds


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_note_that_it_came_at_once_one_does(owed, store_keeper, officer):
    from tests.clusters.scores.test_two_at_once import at_once

    dues = owed(2)
    decision, keys = dues[0].award.decision, {due.pk: "" for due in dues}
    told = at_once(*(lambda by=by: arrive(decision, keys, by=by, **FACTS) for by in (store_keeper, officer)))
    assert Movement.objects.count() == 1, told
