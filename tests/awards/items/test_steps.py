"""What may be done with an item that an award is owed, by whom; what becomes of it when the award is lost or comes back."""

import pytest
from django.urls import reverse

from awards.decisions import cancelling
from awards.items.actions import DUES, drop
from awards.models import Award, Due
from awards.stock.actions import enter
from documents.models import Change
from tests.awards.conftest import give, make_recipient
from tests.awards.issuing.conftest import DAY
from tests.walking import turns_of, walk

MANAGERS = {"officer", "leader", "administrator"}
MAY = {
    "short": {who: {"drop", "keep"} for who in MANAGERS} | {"store_keeper": {"keep"}},
    "reserved": {who: {"drop", "release"} for who in MANAGERS} | {"store_keeper": {"release"}},
    "dropped": {who: {"want"} for who in MANAGERS},
    "handed": {},
    "back": {},
}


@pytest.mark.parametrize("state", MAY)
def test_who_may_do_what_with_it(state, owed, kinds, people, client_of, store_keeper):
    kept, due = (one for one in owed(2) if one.kind.code == "khung-bang")
    enter("bought", {kinds["khung-bang"]: 3}, by=store_keeper, day=DAY, paper="Hóa đơn 1")
    Due.objects.filter(pk=due.pk).update(state=state, dropped_for="Không nhận" if state == "dropped" else "")
    may = {who: MAY[state].get(who, set()) for who in people}
    walk(
        DUES, lambda: Due.objects.select_related("award__decision", "kind").get(pk=due.pk), turns_of(people), client_of,
        may=may, typed={}, known=lambda row: Change.objects.filter(about="due", key=row.pk).count(),
        reasons={"drop", "want", "release"},
    )  # fmt: skip
    assert Due.objects.get(pk=kept.pk).state == "reserved"


def test_what_is_wanted_after_all_is_kept_at_once_where_there_is_one(owed, kinds, client_of, officer, store_keeper):
    due = next(one for one in owed(1) if one.kind.code == "khung-bang")
    enter("bought", {kinds["khung-bang"]: 1}, by=store_keeper, day=DAY, paper="Hóa đơn 1")
    drop(due, by=officer, reason="Tập thể không nhận khung")
    due.refresh_from_db()
    answer = client_of(officer).post(
        reverse("due_step", args=[due.pk]), {"act": "want", "version": due.version, "reason": "Nay xin nhận"}
    )
    due.refresh_from_db()
    assert (answer.status_code, due.state, due.dropped_for) == (302, "reserved", "")


@pytest.fixture
def entered(kinds, officer):
    """An award of a decision that was made elsewhere, with what it is owed listed by the button."""
    return give(make_recipient(), "BKT", 2025, officer)


def test_a_decision_that_was_entered_gets_its_list_by_a_button_once(entered, client_of, officer, store_keeper):
    page, button = reverse("decision", args=[entered.decision_id]), reverse("list_items", args=[entered.decision_id])
    client = client_of(officer)
    assert button in client.get(page).content.decode()
    assert button not in client_of(store_keeper).get(page).content.decode()
    assert client_of(store_keeper).post(button).status_code == 403
    assert "Đã lập danh sách 2 hiện vật" in client.post(button, follow=True).content.decode()
    told = client.post(button, follow=True).content.decode()
    assert "đã lập danh sách hiện vật" in told
    assert button not in told


def test_what_a_lost_award_was_owed_is_dropped_and_owed_again_when_it_counts_again(
    entered, kinds, client_of, officer, store_keeper
):
    client_of(officer).post(reverse("list_items", args=[entered.decision_id]))
    by_hand, other = Due.objects.order_by("kind__code")
    enter("bought", {kinds["khung-bang"]: 1}, by=store_keeper, day=DAY, paper="Hóa đơn 1")
    drop(by_hand, by=officer, reason="Đã in ở nơi khác")
    typed = {"number": "9/QĐ-UBND", "day": DAY, "ground": "false-merits", "reason": "Báo cáo sai"}
    award = cancelling.cancel(Award.objects.get(pk=entered.pk), by=officer, amount=None, items="", **typed)
    found = dict(Due.objects.values_list("kind__code", "state"))
    assert found == {"bang-khen-tinh": "dropped", "khung-bang": "dropped"}
    other.refresh_from_db()
    assert other.dropped_for == "Khen thưởng đã hủy theo Quyết định số 9/QĐ-UBND ngày 20/11/2026"
    assert not DUES["want"].may(other, officer)
    cancelling.restore(award, by=officer, reason="Ghi nhầm")
    found = dict(Due.objects.values_list("kind__code", "state"))
    assert found == {"bang-khen-tinh": "dropped", "khung-bang": "reserved"}
    told = Change.objects.filter(about="due", key=other.pk, what__in=["lost", "back"]).order_by("pk")
    assert list(told.values_list("what", flat=True)) == ["lost", "back"]


def test_a_list_that_is_taken_out_owes_nothing(entered, client_of, officer):
    client_of(officer).post(reverse("list_items", args=[entered.decision_id]))
    client_of(officer).post(
        reverse("decision_step", args=[entered.decision_id]),
        {"act": "undo", "version": entered.decision.version, "reason": "Nhập nhầm"},
    )
    words = f"Danh sách của {entered.decision} đã gỡ"
    assert set(Due.objects.values_list("state", "dropped_for")) == {("dropped", words)}
    assert not client_of(officer).get(reverse("dues")).context["page_obj"].object_list


def test_the_list_is_narrowed_and_a_unit_sees_its_own(owed, client_of, store_keeper, unit_officer, stranger):
    due = owed(2)[0]
    keeper = client_of(store_keeper)
    found = keeper.get(reverse("dues"), {"state": "short", "quyet_dinh": due.award.decision_id, "loai": due.kind_id})
    assert [row.award.name for row in found.context["page_obj"]] == ["Lý Văn 0", "Lý Văn 1"]
    assert not keeper.get(reverse("dues"), {"state": "handed"}).context["page_obj"].object_list
    assert len(client_of(unit_officer).get(reverse("dues")).context["page_obj"]) == 4
    assert not client_of(stranger).get(reverse("dues")).context["page_obj"].object_list
    assert client_of(stranger).get(due.get_absolute_url()).status_code == 404
    page = client_of(unit_officer).get(due.get_absolute_url()).content.decode()
    assert reverse("item_kind", args=[due.kind_id]) not in page
