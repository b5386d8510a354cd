"""Every step of a sheet, taken by every kind of person in every state."""

import pytest

from clusters.models import Score, ScoreSheet
from clusters.scores import actions as scoring
from documents.models import Change
from tests.walking import walk

from ..conftest import EIGHT
from .scored import CLUSTER, DEPARTMENT, sheet_of

# Of the sheet of a member.
MAY = {
    "open": {"send": {"member"}},
    "sent": {"verify": CLUSTER, "return": CLUSTER | DEPARTMENT, "take_over": DEPARTMENT},
    "verified": {"settle": DEPARTMENT, "return": DEPARTMENT},
    "settled": {"return": DEPARTMENT},
}


@pytest.mark.parametrize("disqualified", ["", "Có cán bộ bị kỷ luật"])
@pytest.mark.parametrize("state", MAY)
def test_every_step_by_every_person(state, disqualified, opened, eight, turn_of, client_of):
    sheet = sheet_of(eight["member"])
    Score.objects.filter(sheet=sheet).update(own=1, verified=1, settled=1)
    total = 2 if state == "settled" else None
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=state, settled_total=total, disqualified=disqualified)

    def again():
        return ScoreSheet.objects.with_names().get(pk=sheet.pk)

    def told(row):
        return list(Change.objects.filter(about="scores", key=row.pk).values_list("what", flat=True))

    allowed = MAY[state] | {"qualify" if disqualified else "disqualify": DEPARTMENT}
    may = {one: {what for what, people in allowed.items() if one in people} for one in EIGHT}
    reasons = {"return", "take_over", "disqualify", "qualify"}
    walk(scoring.STEPS, again, turn_of, client_of, may=may, typed={}, known=told, reasons=reasons)
