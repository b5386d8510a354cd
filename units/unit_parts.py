"""What apps to the right add to the page of a unit: its cluster, campaigns, papers. This one knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from .finding import Found

_PARTS: list[Callable] = []
# Rows of one kind that the page shows.
SHOWN = 5


@dataclass(frozen=True)
class Part:
    """Things of one kind; ``more``: the page with all of them. ``nothing`` is said where there are none."""

    heading: str
    lines: list[Found]
    nothing: str = ""
    more: str = ""


def register(part: Callable) -> None:
    """Have ``part(unit, user)`` asked for the ``Part`` of a unit that ``user`` may see, or None; when the program starts."""
    _PARTS.append(part)


def parts_for(unit, user) -> list[Part]:
    """The parts that have something to say of ``unit`` to ``user``, in the order of the apps."""
    return [found for part in _PARTS if (found := part(unit, user))]
