"""The conferences that sum up campaigns: an app above this one keeps them, and a review points there."""

from collections.abc import Callable
from dataclasses import dataclass

from units.tones import Toned


@dataclass(frozen=True)
class Conference:
    """One as the page of its review tells it: where it is opened, its state, what became of it in words.

    Without a state it is still to be begun, at ``address``.
    """

    name: str
    address: str
    state: Toned | None = None
    note: str = ""


# Functions of (reviews, user) that give {key of a review: its conference}, as far as that person may see or begin it.
CONFERENCES: list[Callable] = []


def conferences_of(reviews, user) -> dict[int, Conference]:
    """{key of a review: the conference that belongs to it} for ``user``."""
    found = {}
    for tell in CONFERENCES:
        found |= tell(reviews, user)
    return found
