"""The sample of awards: enough of each to show every rule, marked as invented, and loaded once."""

from collections import Counter

import pytest
from django.core.management import call_command

from awards.models import (
    Award,
    Cancellation,
    Council,
    Decision,
    Dossier,
    Handover,
    LedgerEntry,
    Meeting,
    Payment,
    Recipient,
    Round,
)


@pytest.mark.usefixtures("sample")
def test_the_sample_has_recipients_of_each_kind_and_says_that_they_are_invented():
    kinds = Counter(Recipient.objects.filter(sample=True).values_list("kind", flat=True))
    assert sum(kinds.values()) >= 1500
    assert min(kinds.values()) >= 50
    assert not Recipient.objects.filter(sample=True, note="").exists()
    codes = Counter(Award.objects.values_list("type__code", flat=True))
    assert {"LDTT", "CSTDCS", "CSTDT", "TTLDTT", "TTLDXS", "CTDT", "CTDCP", "BKT", "BKTTG", "HCLD3", "GDVH"} <= set(
        codes
    )
    assert Award.objects.filter(cancelled_on__isnull=False).count() == 5
    assert Award.objects.get(is_stripped=True).type.code == "NGUT"
    assert Cancellation.objects.with_returns().get(restored_on__isnull=False).standing == "owed"


@pytest.mark.usefixtures("sample")
def test_a_campaigns_end_was_played_to_the_money_and_a_years_end_to_the_vote():
    decision = Decision.objects.get(origin="made", sample=True)
    assert decision.nominations.filter(state="awarded").count() == decision.awards.count() == 320
    assert Council.objects.get().members.count() == 17
    assert Counter(Meeting.objects.values_list("state", flat=True)) == {"counted": 1, "open": 1}
    states = Counter(Dossier.objects.exclude(route="movement").values_list("state", flat=True))
    assert states == {"draft": 1, "submitted": 1, "returned": 1, "received": 1, "appraised": 1}
    paid = LedgerEntry.objects.get(head__code="province-prizes")
    assert LedgerEntry.objects.filter(head__side="income").count() == 2
    assert paid.amount == sum(payment.amount for payment in paid.payments.all()) > 0
    assert Payment.objects.filter(state="due").count() == Payment.objects.filter(state="paid").count() == 160


@pytest.mark.usefixtures("sample")
def test_it_is_loaded_once():
    before = Award.objects.count()
    call_command("load_sample_awards", verbosity=0)
    assert Award.objects.count() == before


@pytest.mark.usefixtures("sample")
def test_units_were_told_and_some_came_one_for_a_part_one_by_post():
    told, handovers = Round.objects.get(), Handover.objects.all()
    assert (told.state, told.notices.filter(sent_on__isnull=True).count()) == ("sent", 0)
    assert Counter(handovers.values_list("way", flat=True))["post"] == 1
    assert Counter(handovers.values_list("state", flat=True))["confirmed"] == 1
    left = {notice.dues.filter(state="reserved").exists() for notice in told.notices.filter(handovers__isnull=False)}
    assert left == {True, False}
