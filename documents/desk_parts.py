"""What apps to the right add to the first page. This one knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

_PARTS: list[Callable] = []
# Rows of one kind that the first page shows.
SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One thing to do: what it is called, the page to do it on, and what tells it from others."""

    words: str
    url: str
    note: str


@dataclass(frozen=True)
class Group:
    """Things of one kind; ``is_late`` marks those that should have been done. ``more``: the page with all of them."""

    title: str
    rows: list[Row]
    is_late: bool = False
    more: str = ""

    @property
    def shown(self) -> list[Row]:
        """The first of them."""
        return self.rows[:SHOWN]


def register(part: Callable) -> None:
    """Have ``part(user)`` asked for (name of a template, what it shows), or None where it has nothing for ``user`` today.

    The template finds what it shows under ``part``. Called when the program starts.
    """
    _PARTS.append(part)


def parts_for(user) -> list[tuple[str, dict]]:
    """The parts that have something for ``user``."""
    return [found for part in _PARTS if (found := part(user))]
