"""The last steps of a campaign and the way back, taken by every kind of person in every state."""

from datetime import date

import pytest

from campaigns.endings.actions import STEPS
from campaigns.models import Campaign
from documents.models import Change

from ...walking import walk
from ..conftest import KEEPERS, PEOPLE

DAY = date(2026, 6, 1)
# {state: who keeps the campaign may take these steps from it; nobody else takes any}
MAY = {
    "draft": (),
    "launched": {"go_back"},
    "interim": (),
    "final": {"commend", "close"},
    "commended": {"close", "go_back"},
    "closed": {"go_back"},
    "postponed": (),
    "stopped": (),
    "replaced": (),
}
TYPED = {"commend": {"day": "02/06/2026"}, "close": {"day": "02/06/2026"}}


def told(row):
    return list(Change.objects.filter(about="campaign", key=row.pk).values_list("what", "of"))


@pytest.mark.parametrize("state", MAY)
def test_every_last_step_by_every_person(campaign, turn_of, client_of, state):
    days = {"commended": {"commended_on": DAY}, "closed": {"closed_on": DAY}, "draft": {"launched_on": None}}
    Campaign.objects.filter(pk=campaign.pk).update(state=state, **days.get(state, {}))

    def again():
        return Campaign.objects.get(pk=campaign.pk)

    may = {who: MAY[state] if who in KEEPERS else () for who in PEOPLE}
    walk(STEPS, again, turn_of, client_of, may=may, typed=TYPED, known=told, reasons={"go_back"})
