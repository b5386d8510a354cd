"""Two people at the same moment, on PostgreSQL, where they meet."""

import pytest

from awards.fund import actions as fund
from awards.fund.heads import load
from awards.issuing import actions, lines, undoing
from awards.models import Award, Cancellation, Decision, LedgerEntry, Nomination, Payment
from documents.life.issuing import issue as issue_paper
from documents.steps.refusing import Refused
from tests.clusters.scores.test_two_at_once import at_once

from .conftest import DAY

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def told(found):
    return sorted(isinstance(one, Refused) for one in found)


def test_of_two_who_compose_the_same_rows_one_does(passed, province, officer, leader):
    keys = [passed(f"Lý {n}").pk for n in range(5)]
    found = at_once(
        lambda: actions.compose(keys, by=officer, day=DAY),
        lambda: actions.compose(keys, by=leader, day=DAY),
    )
    assert told(found) == [False, True]
    assert Decision.objects.count() == 1


def test_of_two_who_issue_the_same_paper_one_does(passed, composed, approved, clerk, leader, administrator):
    decision = composed(*(passed(f"Lý {n}") for n in range(5)))
    paper = approved(decision)
    found = at_once(
        lambda: issue_paper(paper, by=clerk, day=DAY),
        lambda: issue_paper(paper, by=clerk, day=DAY),
    )
    assert told(found) == [False, True]
    assert (Award.objects.count(), Payment.objects.count()) == (5, 5)


def test_a_row_is_not_taken_out_while_its_decision_is_issued(passed, composed, officer, leader):
    decision = composed(passed("Lý A", "BKTTG"), passed("Lý B", "BKTTG"))
    row = Nomination.objects.select_related("dossier__unit", "decision").get(name="Lý A")
    at_once(
        lambda: actions.record(decision, by=officer, number="7/QĐ-TTg", day=DAY, refused={}),
        lambda: lines.take_out(row, by=leader, reason="Xem lại"),
    )
    row.refresh_from_db()
    given = set(Award.objects.values_list("name", flat=True))
    assert (row.state == "awarded") == ("Lý A" in given)
    assert "Lý B" in given


def test_of_two_who_pay_the_same_prizes_one_does(passed, composed, approved, clerk, officer, leader):
    load()
    issue_paper(approved(composed(*(passed(f"Lý {n}") for n in range(5)))), by=clerk, day=DAY)
    keys = list(Payment.objects.values_list("pk", flat=True))
    typed = {"day": DAY, "paid_to": "Sở Y tế", "voucher": "PC 1"}
    found = at_once(lambda: fund.pay(keys, by=officer, **typed), lambda: fund.pay(keys[::-1], by=leader, **typed))
    assert told(found) == [False, True]
    assert LedgerEntry.objects.get().amount == 19_000_000


def recorded(decision, by, number="9/QĐ-UBND"):
    keys = list(decision.awards.values_list("pk", flat=True))
    told = {"number": number, "day": DAY, "ground": "forged", "reason": "Sai"}
    return undoing.record_undoing(decision, "cancel", keys, by=by, **told)


@pytest.fixture
def given(passed, composed, officer):
    """A decision that was issued elsewhere, with five awards that are owed."""
    load()
    decision = composed(*(passed(f"Lý {n}") for n in range(5)))
    return actions.award(decision, by=officer, number="7/QĐ-UBND", day=DAY)


def test_of_two_who_cancel_the_same_awards_one_does(given, officer, leader):
    found = at_once(lambda: recorded(given, officer), lambda: recorded(given, leader, "10/QĐ-UBND"))
    assert told(found) == [False, True]
    assert Cancellation.objects.count() == 5


def test_who_pays_while_it_is_cancelled_is_refused_or_takes_it_back(given, officer, leader):
    keys = list(Payment.objects.values_list("pk", flat=True))
    paid, cancelled = at_once(
        lambda: fund.pay(keys, by=officer, day=DAY, paid_to="Sở Y tế", voucher="PC 1"),
        lambda: recorded(given, leader),
    )
    assert cancelled == 5
    amounts = set(Cancellation.objects.values_list("amount", flat=True))
    assert amounts == ({None} if isinstance(paid, Refused) else {3_800_000})
