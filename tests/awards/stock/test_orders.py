"""Orders: from what is short and what is at its least, as a paper, received line by line."""

import pytest
from django.urls import reverse

from awards.items.actions import list_for
from awards.models import ItemKind, Order
from awards.stock import ordering
from awards.stock.actions import mend
from awards.stock.models import OF_ORDER
from awards.stock.ordering import ORDERS, outstanding, wanted
from awards.stock.papers import draft_order
from documents.life import actions as life
from documents.life.issuing import issue
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.awards.issuing.conftest import DAY
from tests.awards.stock.conftest import level
from tests.walking import turns_of, walk

KEEPERS = {"officer", "leader", "administrator", "store_keeper"}
FROM = {"open": {"send", "drop", "edit"}, "sent": {"unsend", "done", "drop"}, "done": {"reopen"}, "dropped": set()}


@pytest.fixture
def keeper(client_of, store_keeper):
    return client_of(store_keeper)


@pytest.fixture
def order(kinds, store_keeper):
    """An order of 20 frames and 5 boxes."""
    return ordering.save(
        Order(source="bought", subject="mua khung, hộp", to="Giám đốc Sở Nội vụ"),
        {kinds["khung-bang"]: 20, kinds["hop-huy-hieu"]: 5}, by=store_keeper,
    )  # fmt: skip


@pytest.mark.parametrize("state", FROM)
def test_who_may_do_what_with_an_order(state, order, people, client_of):
    Order.objects.filter(pk=order.pk).update(state=state)
    walk(
        ORDERS, lambda: Order.objects.get(pk=order.pk), turns_of(people), client_of,
        may={who: FROM[state] if who in KEEPERS else set() for who in people}, typed={}, reasons={"drop", "done", "reopen"},
        but={"edit"}, known=lambda row: Change.objects.filter(about="order", key=row.pk).count(),
    )  # fmt: skip


def suggested(source="bought"):
    return {row.kind.code: row.suggested for row in wanted(source, DAY) if row.suggested}


def test_what_is_short_to_be_printed_on_and_at_its_least_is_suggested_without_what_comes(
    order, owed, receive, store_keeper
):
    ItemKind.objects.filter(code="hop-huy-hieu").update(least=5)
    receive("hop-huy-hieu", 4)
    owed(30)
    assert suggested() == {"khung-bang": 30, "phoi-bang-khen": 30, "hop-huy-hieu": 6}
    ordering.send(order, by=store_keeper)
    assert suggested() == {"khung-bang": 10, "phoi-bang-khen": 30, "hop-huy-hieu": 1}
    assert suggested("state") == {}


def test_the_form_opens_with_what_is_suggested_and_stores_what_is_typed(keeper, owed, kinds):
    owed(3)
    page = keeper.get(reverse("new_order"))
    name = f"kind-{kinds['khung-bang'].pk}"
    assert page.context["form"][name].value() == 3
    answer = keeper.post(reverse("new_order"), {"subject": "mua khung", "to": "Giám đốc", name: "12"})
    found = Order.objects.get()
    assert (answer["Location"], [(line.kind.code, line.quantity) for line in found.lines.all()]) == (
        found.get_absolute_url(), [("khung-bang", 12)],
    )  # fmt: skip
    edit = reverse("edit_order", args=[found.pk])
    typed = {"subject": "mua khung", "to": "Giám đốc", name: "15", "version": found.version}
    assert keeper.post(edit, typed).status_code == 302
    assert keeper.post(edit, typed | {name: "16"}).status_code == 422, "from an old page"
    assert found.lines.get().quantity == 15
    assert keeper.post(reverse("new_order"), {"subject": "mua khung", "to": "Giám đốc", name: ""}).status_code == 422


def test_what_comes_is_received_against_it_until_nothing_is_left(keeper, order, kinds, store_keeper):
    ordering.send(order, by=store_keeper)
    page = f"{reverse('receive_items')}?de_nghi={order.pk}"
    frame, box = (f"kind-{kinds[code].pk}" for code in ("khung-bang", "hop-huy-hieu"))
    form = keeper.get(page).context["form"]
    assert (form[frame].value(), form[box].value(), form["sort"].value()) == (20, 5, "bought")
    facts = {"sort": "bought", "day": f"{DAY:%d/%m/%Y}", "paper": "Hóa đơn 1"}
    keeper.post(page, facts | {frame: "12", box: "5"})
    order.refresh_from_db()
    assert (order.state, dict(outstanding([order.pk])[order.pk])) == (
        "sent", {kinds["khung-bang"].pk: 8, kinds["hop-huy-hieu"].pk: 0},
    )  # fmt: skip
    wrong = order.receipts.get()
    mend(wrong, by=store_keeper, day=DAY, reason="Ghi nhầm")
    assert outstanding([order.pk])[order.pk][kinds["khung-bang"].pk] == 20
    keeper.post(page, facts | {frame: "21", box: "5"})
    order.refresh_from_db()
    assert (order.state, level(kinds["khung-bang"]).on_hand) == ("done", 21)
    assert keeper.get(page).status_code == 404


def test_the_submission_tells_what_there_is_and_what_is_wanted(order, keeper, store_keeper, leader, clerk, province):
    assert keeper.post(reverse("write_order", args=[order.pk])).status_code == 302
    paper = OF_ORDER.of(order.pk).get()
    assert (paper.type.code, paper.to) == ("TTr", "Giám đốc Sở Nội vụ")
    assert "Khung bằng | chiếc | 0 | 0 | 0 | 20 |" in paper.body
    with pytest.raises(Refused, match="Đã có"):
        draft_order(order, by=store_keeper)


def test_an_order_is_sent_when_its_paper_is_issued(
    order, kinds, store_keeper, officer, leader, clerk, so_noi_vu, province
):
    paper = draft_order(order, by=officer)
    life.submit(paper, by=officer)
    issue(life.approve(paper, by=leader), by=clerk, day=DAY)
    order.refresh_from_db()
    assert (order.state, paper.signer_name) == ("sent", officer.full_name)


def test_the_letter_to_the_ministry_names_the_decisions(kinds, officer, store_keeper, province):
    award = give(make_recipient(), "HCLD3", 2025, officer, number="99/QĐ-CTN")
    list_for(award.decision, by=officer)
    rows = wanted("state", DAY)
    assert {row.suggested for row in rows} == {1}
    made = ordering.save(
        Order(source="state", subject="cấp hiện vật", to="Bộ Nội vụ"), {row.kind: 1 for row in rows}, by=store_keeper
    )
    paper = draft_order(made, by=store_keeper)
    assert (paper.type.code, paper.to) == ("CV", "Bộ Nội vụ")
    for words in ("Huân chương Lao động hạng Ba | chiếc | 1 |", "99/QĐ-CTN"):
        assert words in paper.body
