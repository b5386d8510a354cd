"""An adjustment is taken back by those who keep the campaign, as long as the campaign stands as it was left."""

import pytest

from campaigns.adjustments.actions import STEPS, Kind, Wish, adjust
from campaigns.adjustments.undoing import take_back
from campaigns.models import Adjustment, Campaign
from documents.models import Change

from ...walking import walk
from ..conftest import KEEPERS, PEOPLE, TODAY, cited

# {(what became of the campaign, how far it is now): whether it is taken back}
MAY = {
    (Kind.POSTPONE, "postponed"): True,
    (Kind.POSTPONE, "launched"): False,
    (Kind.STOP, "stopped"): True,
    (Kind.STOP, "replaced"): False,
}


def told(row):
    return list(Change.objects.filter(about="campaign").values_list("what", "of"))


@pytest.mark.parametrize(("kind", "state"), MAY)
def test_it_is_taken_back_by_whom_and_when(campaign, officer, turn_of, client_of, kind, state):
    wish = Wish(kind=kind, reason="Dịch", effective_on=TODAY, paper=cited("187/UBND-SNV", "CV"))
    row = adjust(campaign, wish, by=officer)
    assert told(row) == [("adjust", row.pk)]
    Campaign.objects.filter(pk=campaign.pk).update(state=state)

    def again():
        return Adjustment.objects.select_related("campaign__unit").get(pk=row.pk)

    steps = {"take_back"} if MAY[kind, state] else ()
    may = {who: steps if who in KEEPERS else () for who in PEOPLE}
    walk(STEPS, again, turn_of, client_of, may=may, typed={}, known=told, reasons={"take_back"})
    assert take_back.table is STEPS
