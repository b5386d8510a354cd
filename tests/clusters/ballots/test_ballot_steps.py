"""Every step of a ballot, taken by every kind of person in every state."""

import pytest

from clusters.ballots import actions as ballots
from clusters.ballots.rules import STEPS
from clusters.models import Ballot
from documents.models import Change

from ...walking import walk
from ..conftest import EIGHT
from .made import counted, followed

LEADING, MEMBER = frozenset({"leader_unit", "deputy_unit"}), frozenset({"member"})
MANAGERS = frozenset({"officer", "leader", "administrator"})


@pytest.fixture
def secret(opened, four):
    """All voted but the member."""
    for user in (four[0], four[1], four[3]):
        ballots.vote(opened, candidates=[], by=user)
    return opened


@pytest.fixture
def voted(secret, four):
    ballots.vote(secret, candidates=[], by=four[2])
    return secret


@pytest.fixture
def full(on_paper, four):
    """Counted, with both seats given."""
    return counted(on_paper, four[0], 4, 4, 0, 0)


@pytest.fixture
def later(tied, four):
    """Counted, with another round that was prepared."""
    followed(tied, by=four[0])
    return tied


@pytest.fixture
def cancelled(opened, four):
    return ballots.cancel(opened, by=four[0], reason="Nhầm")


@pytest.fixture
def annulled(full, officer):
    return ballots.annul(full, by=officer, reason="Nhầm")


# {where it stands: (state, {who: what they may})}
MAY = {
    "draft": ("draft", {LEADING: "edit remove open"}),
    "opened": ("open", {LEADING | MEMBER: "vote", LEADING: "cancel count"}),
    "secret": ("open", {LEADING: "cancel count", MEMBER: "vote"}),
    "voted": ("open", {LEADING: "cancel count"}),
    "on_paper": ("open", {LEADING: "cancel count"}),
    "tied": ("counted", {LEADING: "next_round", MANAGERS: "annul"}),
    "full": ("counted", {MANAGERS: "annul"}),
    "later": ("counted", {}),
    "cancelled": ("cancelled", {}),
    "annulled": ("annulled", {}),
}


def figures():
    """What the board found; nobody types anything about secret votes."""
    agreed = {f"agreed-{row.pk}": 1 for row in Ballot.objects.get().candidates.all()}
    return {"issued": 4, "cast": 4, "valid": 4} | agreed


@pytest.mark.parametrize("name", MAY)
def test_every_step_by_every_person(request, turn_of, client_of, name):
    row, (state, table) = request.getfixturevalue(name), MAY[name]
    may = {one: {what for people, words in table.items() if one in people for what in words.split()} for one in EIGHT}

    def again():
        return Ballot.objects.get(pk=row.pk)

    def told(row):
        return list(Change.objects.filter(about="ballot").values_list("what", flat=True))

    assert again().state == state
    # With so few votes in the box the count is refused.
    but = ("count",) if name == "opened" else ()
    typed = {"count": figures} if name == "on_paper" else {}
    walk(STEPS, again, turn_of, client_of, may=may, typed=typed, known=told, reasons={"cancel", "annul"}, but=but)
