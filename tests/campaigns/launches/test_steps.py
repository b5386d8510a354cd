"""The steps of a launch, taken by every kind of person in every state."""

from datetime import date

import pytest

from campaigns.launches import duties
from campaigns.launches.actions import STEPS
from campaigns.models import Campaign
from documents.models import Change

from ...walking import walk
from ..conftest import KEEPERS, PEOPLE, cited

# {state: who keeps the campaign may take these steps from it; nobody else takes any}
AFTER = {"edit_campaign", "correct_paper"}
MAY = {
    "draft": {"edit_campaign", "remove_campaign", "launch"},
    "launched": AFTER,
    "interim": AFTER,
    "final": AFTER,
    "commended": AFTER,
    "closed": (),
    "postponed": AFTER,
    "stopped": (),
    "replaced": (),
}


def told(row):
    return list(Change.objects.filter(about="campaign").values_list("what", "of"))


def set_state(campaign, state):
    is_draft = {"launched_on": None, "document": None} if state == "draft" else {}
    Campaign.objects.filter(pk=campaign.pk).update(state=state, **is_draft)


@pytest.mark.parametrize("state", MAY)
def test_every_step_by_every_person(campaign, turn_of, client_of, state):
    cited("13/PĐ-UBND", "PĐ", date(2026, 1, 12))
    set_state(campaign, state)
    paper = {"paper": "13/PĐ-UBND"}
    typed = {"launch": paper, "correct_paper": paper}

    def again():
        return Campaign.objects.select_related("document__type").get(pk=campaign.pk)

    may = {who: MAY[state] if who in KEEPERS else () for who in PEOPLE}
    walk(STEPS, again, turn_of, client_of, may=may, typed=typed, known=told, reasons={"correct_paper"})


@pytest.mark.parametrize("state", MAY)
def test_who_unties_a_duty(campaign, turn_of, state):
    """The department, whatever became of the campaign; its page stands beside the duty."""
    set_state(campaign, state)
    row = Campaign.objects.get(pk=campaign.pk)
    done = []
    for who in PEOPLE:
        with turn_of(who) as person:
            if duties.untie.may(row, person):
                done.append(who)
    assert set(done) == KEEPERS
