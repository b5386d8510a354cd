"""A list taken out as a whole, an award cancelled and given back: who may, what rests on it, what is noted."""

from datetime import date

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from awards.decisions import actions, cancelling, returns
from awards.models import Authorship, Award, Cancellation, Decision, Initiative, Office, Return
from awards.records.facts import facts_of
from documents.models import history_of
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.awards.decisions.lists import begun
from tests.conftest import make_unit
from tests.walking import turns_of, walk

pytestmark = pytest.mark.django_db
PEOPLE = ("officer", "leader", "administrator", "clerk", "unit_officer", "stranger", "store_keeper", "council_member")
MANAGERS = ("officer", "leader", "administrator")
CANCEL = {"number": "9/QĐ-UBND", "day": "02/03/2025", "ground": "later-finding", "amount": "3510000", "items": "Bằng"}


@pytest.fixture
def person(other_unit):
    return make_recipient(name="Nguyễn Văn Mẫu", unit=other_unit)


@pytest.fixture
def stored(types, officer, person):
    """A decision whose list was stored."""
    decision = begun(officer, award=types["CSTDT"], deed="Hoàn thành xuất sắc")
    row = {"whom": "Cá nhân", "name": person.name, "unit": person.unit.name}
    actions.type_rows(decision, [row, row | {"name": "Lý Thị Mẫu"}], by=officer)
    return actions.store(decision, by=officer)


def cancelled(award, by, **changes):
    typed = {
        "number": "9/QĐ-UBND",
        "day": date(2025, 3, 2),
        "ground": "later-finding",
        "amount": 3510000,
        "items": "Bằng",
    } | changes
    return cancelling.cancel(award, by=by, reason="Kết luận thanh tra", **typed)


def test_who_may_undo_a_list(stored, people, client_of):
    may = {who: {"undo"} if who in MANAGERS else set() for who in PEOPLE}
    walk(
        actions.STEPS, lambda: Decision.objects.get(pk=stored.pk), turns_of(people), client_of, may=may, typed={},
        known=lambda row: row.awards.filter(stands=True).count(), reasons=("undo",),
    )  # fmt: skip


def test_who_may_throw_away_what_was_begun(types, officer, people, client_of):
    decision = begun(officer)
    may = {who: {"edit", "store", "discard"} if who in MANAGERS else set() for who in PEOPLE}
    walk(
        actions.STEPS, lambda: Decision.objects.get(pk=decision.pk), turns_of(people), client_of, may=may, typed={},
        known=lambda row: row.number, reasons=(),
    )  # fmt: skip


@pytest.fixture
def honour(types, officer, person):
    """An honour of the State, which the President gave."""
    return give(person, "NGUT", 2024, officer, office=Office.objects.get(code="president"), number="700/QĐ-CTN")


def stripped(award, by):
    told = {"number": "9/QĐ-CTN", "day": date(2025, 3, 2), "amount": None, "items": "Huy hiệu"}
    return cancelling.strip(award, by=by, reason="Bản án số 1", ground="prison", **told)


def restored(award, by, day=date(2025, 6, 1)):
    told = {"number": "12/QĐ-CTN", "day": day, "ground": "restore"}
    return cancelling.reinstate(award, by=by, reason="Bản án số 2", **told)


RESTORE = {"number": "12/QĐ-CTN", "day": "03/03/2025", "ground": "restore"}
CORRECT = {"name": "Nguyễn Văn Mậu", "post": "", "number": "5/ĐC", "day": "03/03/2025"}
WALKED = {
    "counted": (False, [], "cancel correct"),
    "cancelled": (False, [cancelled], "restore take_back"),
    "honour": (True, [], "cancel strip correct"),
    "stripped": (True, [stripped], "reinstate restore take_back"),
    "returned": (True, [stripped, lambda row, by: returns.take_back(row, by=by, **ALL_BACK)], "reinstate undo_return"),
    "restored": (True, [stripped, restored], "cancel strip correct undo_reinstate"),
    "owed": (
        True,
        [stripped, lambda row, by: returns.take_back(row, by=by, **ALL_BACK), restored],
        "cancel strip correct undo_reinstate give_back",
    ),
}
ALL_BACK = {"day": date(2025, 3, 3), "giver": "Nguyễn Văn Mẫu", "paper": "Biên bản", "all_items": True}


@pytest.mark.parametrize("stands", WALKED)
def test_who_may_cancel_strip_restore_correct_an_award(stored, honour, people, client_of, stands):
    is_honour, before, steps = WALKED[stands]
    award = honour if is_honour else stored.awards.first()
    for act in before:
        act(Award.objects.get(pk=award.pk), people["officer"])
    may = {who: set(steps.split()) if who in MANAGERS else set() for who in PEOPLE}
    back = {"giver": "Nguyễn Văn Mẫu", "paper": "Biên bản", "amount": "10", "all_items": "on"}
    out = ["Huy hiệu" if is_honour else "Bằng"]
    walk(
        cancelling.AWARD_STEPS, lambda: Award.objects.get(pk=award.pk), turns_of(people), client_of, may=may,
        typed={
            "cancel": CANCEL | {"day": "03/06/2025"}, "take_back": back | {"day": "03/03/2025", "parts": out},
            "give_back": back | {"day": "03/06/2025"}, "strip": CANCEL | {"day": "03/06/2025", "ground": "prison"},
            "reinstate": RESTORE, "correct": CORRECT,
        },
        known=lambda row: (row.cancelled_on, row.back_on, row.name, Return.objects.count()),
        reasons=("cancel", "strip", "reinstate", "restore", "undo_return", "undo_reinstate", "correct"),
    )  # fmt: skip


def test_what_was_undone_counts_nowhere_and_may_be_entered_again(stored, officer, person, types):
    assert [row.award for row in facts_of([person])[person.pk].held] == ["CSTDT"]
    actions.undo(stored, by=officer, reason="Nhập nhầm năm")
    assert facts_of([person])[person.pk].held == ()
    assert stored.awards.count() == 2
    assert history_of("decision", stored.pk).first().reason == "Nhập nhầm năm"
    again = begun(officer, award=types["CSTDT"])
    row = {"whom": "Cá nhân", "name": person.name, "unit": person.unit.name}
    actions.type_rows(again, [row], by=officer)
    actions.store(again, by=officer)
    assert len(facts_of([person])[person.pk].held) == 1


def test_a_list_on_which_something_rests_stays(stored, officer, person):
    award = stored.awards.get(recipient=person)
    work = Initiative.objects.create(name="Số hóa hồ sơ", scope="province", year=2023)
    author = Authorship.objects.create(initiative=work, recipient=person, used_in=award)
    with pytest.raises(Refused, match="Số hóa hồ sơ"):
        actions.undo(stored, by=officer, reason="x")
    author.delete()
    later = give(person, "CSTDTQ", 2025, officer, number="700/QĐ-TTg")
    with pytest.raises(Refused, match="700/QĐ-TTg"):
        actions.undo(stored, by=officer, reason="x")
    later.stands = False
    later.save()
    give(person, "LDTT", 2025, officer)
    cancelled(award, officer)
    with pytest.raises(Refused, match="đã bị hủy"):
        actions.undo(stored, by=officer, reason="x")
    cancelling.restore(award, by=officer, reason="Ghi nhầm")
    actions.undo(stored, by=officer, reason="x")


def test_a_cancelled_award_stops_counting_from_its_day(stored, officer, person, client_of):
    award = stored.awards.get(recipient=person)
    page = client_of(officer).get(reverse("award", args=[award.pk]))
    form = next(form for step, form in page.context["steps"] if step.what == "cancel")
    # 3,0 × 2.340.000, as the law of the decision's day gave it.
    assert form.initial["amount"] == 7_020_000
    assert "Huy hiệu" in form.initial["items"]
    cancelled(award, officer)
    award.refresh_from_db()
    assert award.cancelled_on == date(2025, 3, 2)
    assert facts_of([person])[person.pk].held[0].cancelled_on == date(2025, 3, 2)
    row = Cancellation.objects.get()
    assert (row.amount, row.ground, row.reason, row.stands) == (3_510_000, "later-finding", "Kết luận thanh tra", True)
    shown = client_of(officer).get(reverse("award", args=[award.pk])).content.decode()
    assert "9/QĐ-UBND" in shown
    assert "3.510.000 đồng" in shown
    cancelling.restore(award, by=officer, reason="Ghi nhầm người")
    assert not Cancellation.objects.get().stands
    assert facts_of([person])[person.pk].held[0].cancelled_on is None


@pytest.mark.parametrize(("day", "words"), [(date(2024, 12, 24), "sớm hơn"), (date(2150, 1, 1), "chưa đến")])
def test_no_cancellation_before_the_decision_or_of_a_later_day(stored, officer, day, words):
    with pytest.raises(Refused, match=words):
        cancelled(stored.awards.first(), officer, day=day)
    assert cancelled(stored.awards.first(), officer, day=date(2024, 12, 25))


def test_an_award_given_anew_keeps_a_cancellation(stored, officer, person):
    award = stored.awards.get(recipient=person)
    cancelled(award, officer)
    give(person, "CSTDT", 2024, officer)
    with pytest.raises(Refused, match="quyết định khác"):
        cancelling.restore(award, by=officer, reason="x")


def test_another_unit_does_not_find_them(stored, stranger, client_of):
    make_unit("so-khac", "Sở Khác")
    award = stored.awards.first()
    for address in (stored.get_absolute_url(), reverse("award", args=[award.pk])):
        assert client_of(stranger).get(address).status_code == 404
    assert stored.number not in client_of(stranger).get(reverse("decisions")).content.decode()
    assert client_of(stranger).get(stored.get_absolute_url(), {"xuat": "xlsx"}).status_code == 404


def test_a_decision_is_never_deleted_with_its_awards(stored):
    with pytest.raises(ProtectedError):
        stored.delete()
