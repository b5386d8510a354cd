"""Every step of an activity, taken by every kind of person in every state."""

import pytest

from clusters.activities import actions as activities
from clusters.models import Activity
from documents.models import Change
from tests.walking import walk

from ..conftest import EIGHT
from .test_who_may import LEADING, MANAGING

MAY = {
    "draft": {"edit": LEADING, "report": LEADING, "discard": LEADING},
    "returned": {"edit": LEADING, "report": LEADING},
    "reported": {"acknowledge": MANAGING, "return": MANAGING},
    "acknowledged": {},
}


@pytest.mark.parametrize("state", MAY)
def test_every_step_by_every_person(state, activity, officer, who, turn_of, client_of):
    if state != "draft":
        activities.report(activity, by=who)
    if state == "returned":
        activities.give_back(activity, by=officer, reason="Thiếu biên bản")
    if state == "acknowledged":
        activities.acknowledge(activity, by=officer)

    def again():
        return Activity.objects.get(pk=activity.pk)

    def told(row):
        return list(Change.objects.filter(about="activity", key=row.pk).values_list("what", flat=True))

    assert again().state == state
    may = {one: {what for what, people in MAY[state].items() if one in people} for one in EIGHT}
    walk(activities.STEPS, again, turn_of, client_of, may=may, typed={}, known=told, reasons={"return"})
