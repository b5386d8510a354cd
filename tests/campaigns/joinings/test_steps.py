"""The steps of a registration, taken by every kind of person in every state of its campaign."""

import pytest

from campaigns.joinings.actions import STEPS, withdraw
from campaigns.models import Campaign, Joining
from documents.models import Change

from ...walking import walk
from ..conftest import PEOPLE
from .test_joining import joined, sent

# {state of the campaign: what the unit that registered may do}; nobody else does anything.
MAY = {
    "launched": {"change_joining", "withdraw_joining"},
    "interim": {"change_joining", "withdraw_joining"},
    "final": (),
    "commended": (),
    "closed": (),
    "postponed": (),
    "stopped": (),
    "replaced": (),
}


def told(row):
    return list(Change.objects.values_list("about", "what", "of"))


@pytest.mark.parametrize("state", MAY)
@pytest.mark.parametrize("table", [STEPS, withdraw.table], ids=["change", "withdraw"])
def test_every_step_by_every_person(campaign, bason, turn_of, client_of, state, table):
    row = joined(campaign, bason)
    Campaign.objects.filter(pk=campaign.pk).update(state=state)

    def again():
        return Joining.objects.with_names().get(pk=row.pk)

    may = {who: MAY[state] if who == "bason" else () for who in PEOPLE}
    walk(table, again, turn_of, client_of, may=may, typed={}, known=told, reasons={"withdraw_joining"})


def test_what_was_reported_on_is_changed_and_not_taken_back(campaign, bason, turn_of, client_of):
    row = joined(campaign, bason)
    sent(row)

    def again():
        return Joining.objects.with_names().get(pk=row.pk)

    may = {who: {"change_joining"} if who == "bason" else () for who in PEOPLE}
    for table in (STEPS, withdraw.table):
        walk(table, again, turn_of, client_of, may=may, typed={}, known=told, reasons={"withdraw_joining"})
