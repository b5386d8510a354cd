"""Every step of a set of criteria, taken by every kind of person in every state."""

from datetime import date

import pytest

from clusters.criteria import actions as criteria
from clusters.models import CriteriaSet
from documents.models import Change
from tests.walking import walk

from ..conftest import EIGHT

MANAGERS = {"officer", "leader", "administrator"}
MAY = {"draft": {"edit": MANAGERS, "approve": MANAGERS - {"officer"}, "discard": MANAGERS}, "approved": {}}


@pytest.mark.parametrize("state", MAY)
def test_every_step_by_every_person(state, draft, leader, turn_of, client_of):
    if state == "approved":
        criteria.approve(draft, by=leader, day=date(2026, 3, 1))

    def again():
        return CriteriaSet.objects.get(pk=draft.pk)

    def told(row):
        return list(Change.objects.filter(about="criteria", key=row.pk).values_list("what", flat=True))

    may = {one: {what for what, people in MAY[state].items() if one in people} for one in EIGHT}
    typed = {"approve": {"day": "01/03/2026"}}
    walk(criteria.STEPS, again, turn_of, client_of, may=may, typed=typed, known=told, reasons=())
