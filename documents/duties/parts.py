"""What apps to the right add to the page of a unit's duty. This one knows none of them."""

from collections.abc import Callable

_PARTS: list[Callable] = []


def register(part: Callable) -> None:
    """Have ``part(assignment, user)`` asked for (name of a template, what it shows), or None where it has nothing to add.

    The template finds what it shows under ``part``. Called when the program starts.
    """
    _PARTS.append(part)


def parts_for(assignment, user) -> list[tuple[str, dict]]:
    """The parts that have something to say of ``assignment`` to ``user``."""
    return [found for part in _PARTS if (found := part(assignment, user))]
