"""Every step of a meeting, taken by every kind of person in every state; what each leaves behind."""

import pytest

from awards.council.rules import STEPS
from awards.models import Meeting
from documents.models import Change

from ...walking import walk

NINE = (
    "officer", "leader", "administrator", "clerk", "store_keeper", "unit_officer", "stranger", "council_member", "chair",
    "secretary",
)  # fmt: skip
MANAGERS = frozenset({"officer", "leader", "administrator"})
SEATED = frozenset({"chair", "leader", "secretary", "council_member"})
RECORDERS, CHAIR = MANAGERS | {"secretary"}, MANAGERS | {"chair"}

# {where it stands: (state, {who: what they may})}
MAY = {
    "draft": ("draft", {MANAGERS: "edit add take_off bound call cancel"}),
    "opened": ("open", {MANAGERS: "take_back cancel", RECORDERS: "attend enter", SEATED: "vote"}),
    "secret": ("open", {MANAGERS: "take_back cancel", RECORDERS: "attend enter_sums", SEATED: "vote"}),
    "voted": ("open", {MANAGERS: "count cancel", RECORDERS: "attend"}),
    "counted": ("counted", {MANAGERS: "annul"}),
    "tied": ("counted", {MANAGERS: "annul", CHAIR: "break_tie"}),
    "annulled": ("annulled", {}),
    "cancelled": ("cancelled", {}),
}


def chosen():
    """One of the two that stand equal."""
    return {"items": list(Meeting.objects.get().items.filter(agreed=6).values_list("pk", flat=True)[:1])}


@pytest.mark.parametrize("name", MAY)
def test_every_step_by_every_person(request, turn_of, client_of, name):
    row, (state, table) = request.getfixturevalue(name), MAY[name]
    may = {one: {what for people, words in table.items() if one in people for what in words.split()} for one in NINE}

    def again():
        return Meeting.objects.get(pk=row.pk)

    def told(row):
        return list(Change.objects.filter(about="meeting").values_list("what", flat=True))

    assert again().state == state
    types = {row.nomination.type_id for row in row.items.select_related("nomination")}
    typed = {"break_tie": chosen, "bound": {f"most-{key}": 1 for key in types}}
    walk(STEPS, again, turn_of, client_of, may=may, typed=typed, known=told, reasons={"cancel", "break_tie", "annul"})
