"""The steps of a result, taken by every kind of person while it is written and once it was sent."""

import pytest

from campaigns.models import Campaign, Result, Review
from campaigns.reviews.results import STEPS
from documents.models import Change

from ...walking import walk
from ..conftest import KEEPERS, PEOPLE
from ..joinings.test_joining import goal, joined
from .test_reviews import plan, tell

# Whether it was sent, the state of its review, that of the campaign, {who: the steps that this person may take}.
WRITER, RETURNERS = {"bason": {"send_result"}}, {who: {"return_result"} for who in KEEPERS}
MAY = [
    (False, "open", "launched", WRITER),
    (False, "open", "interim", WRITER),
    (False, "open", "postponed", {}),
    (False, "held", "launched", {}),
    (True, "open", "launched", RETURNERS),
    (True, "open", "final", {}),
    (True, "held", "launched", {}),
]


def told(row):
    return list(Change.objects.filter(about="joining").values_list("what", "of"))


@pytest.mark.parametrize(("is_sent", "state", "of_campaign", "allowed"), MAY)
def test_every_step_of_a_result_by_every_person(
    campaign, officer, bason, turn_of, client_of, is_sent, state, of_campaign, allowed
):
    review = plan(campaign, officer)
    result = tell(joined(campaign, bason, [goal()]), review, bason, 4, is_sent=is_sent)
    Review.objects.filter(pk=review.pk).update(state=state, held_on="2026-06-01" if state == "held" else None)
    Campaign.objects.filter(pk=campaign.pk).update(state=of_campaign)

    def again():
        return Result.objects.select_related("joining__campaign__unit", "joining__unit").get(pk=result.pk)

    may = {who: allowed.get(who, ()) for who in PEOPLE}
    walk(STEPS, again, turn_of, client_of, may=may, typed={}, known=told, reasons={"return_result"})
