"""What the areas add to the page of a unit: its cluster, campaigns, papers (``Area.unit_parts``)."""

from dataclasses import dataclass

from .areas import each
from .finding import Found

# Rows of one kind that the page shows.
SHOWN = 5


@dataclass(frozen=True)
class Part:
    """Things of one kind; ``more``: the page with all of them. ``nothing`` is said where there are none."""

    heading: str
    lines: list[Found]
    nothing: str = ""
    more: str = ""


def parts_for(unit, user) -> list[Part]:
    """The parts that have something to say of ``unit`` to ``user``, in the order of the apps."""
    return [found for part in each("unit_parts") if (found := part(unit, user))]
