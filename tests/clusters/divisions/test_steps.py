"""The steps of a division, taken by every kind of person before and after its notice."""

import pytest

from clusters.divisions import actions as dividing
from clusters.models import Division
from documents.models import Change
from tests.walking import walk

from ..conftest import EIGHT

MANAGERS = {"officer", "leader", "administrator"}


@pytest.mark.parametrize(("state", "step"), [("draft", "announce"), ("in_force", "replace")])
def test_every_step_by_every_person(state, step, cluster, turn_of, client_of):
    Division.objects.update(state=state, in_force_on=None if state == "draft" else cluster.division.in_force_on)

    def again():
        return Division.objects.get(pk=cluster.division_id)

    def told(row):
        return list(Change.objects.filter(about="division", key=row.pk).values_list("what", flat=True))

    may = {one: {step} if one in MANAGERS else set() for one in EIGHT}
    walk(dividing.STEPS, again, turn_of, client_of, may=may, typed={}, known=told, reasons=())
