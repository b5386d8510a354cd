"""The steps of a review, taken by every kind of person in every state of it and of its campaign."""

from datetime import date

import pytest

from campaigns.models import Campaign, Review
from campaigns.reviews.actions import STEPS, hold, open_review, stop
from documents.models import Change

from ...walking import walk
from ..conftest import KEEPERS, PEOPLE, TODAY, cited

DAY = date(2026, 6, 1)
# {state of the review: {state of the campaign: who keeps it may take these steps}; nobody else takes any}
MAY = {
    "open": {
        "launched": {"change_review", "stop_review", "hold_review"},
        "interim": {"change_review", "stop_review", "hold_review"},
        "postponed": {"change_review", "stop_review"},
    },
    "held": {"final": {"reopen_review"}, "commended": (), "closed": (), "postponed": ()},
    "stopped": {"launched": {"reopen_review"}, "interim": {"reopen_review"}, "final": (), "stopped": ()},
}
CASES = [(state, of_campaign, steps) for state, rows in MAY.items() for of_campaign, steps in rows.items()]


def told(row):
    return list(Change.objects.filter(about="campaign").values_list("what", "of"))


@pytest.mark.parametrize(("state", "of_campaign", "steps"), CASES)
def test_every_step_of_a_review_by_every_person(campaign, officer, turn_of, client_of, state, of_campaign, steps):
    review = open_review(Review(campaign=campaign, kind="final", planned_on=date(2026, 12, 20)), by=officer)
    report, letter = cited("60/BC-UBND", "BC", DAY), cited("211/UBND-SNV", "CV", DAY)
    if state == "held":
        hold(review, by=officer, paper=report, day=TODAY)
    elif state == "stopped":
        stop(review, by=officer, paper=letter, day=TODAY, reason="Dịch")
    Campaign.objects.filter(pk=campaign.pk).update(state=of_campaign)
    typed = {
        "hold_review": {"paper": report.reference, "day": "15/06/2026"},
        "stop_review": {"paper": letter.reference, "day": "15/06/2026"},
    }
    reasons = {"stop_review", "reopen_review"}

    def again():
        return Review.objects.select_related("campaign__unit").get(pk=review.pk)

    may = {who: steps if who in KEEPERS else () for who in PEOPLE}
    walk(STEPS, again, turn_of, client_of, may=may, typed=typed, known=told, reasons=reasons)
