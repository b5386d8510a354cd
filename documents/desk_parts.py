"""What apps to the right add to the first page. This one knows none of them."""

from collections.abc import Callable

_PARTS: list[Callable] = []


def register(part: Callable) -> None:
    """Have ``part(user)`` asked for (name of a template, what it shows), or None where it has nothing for ``user`` today.

    The template finds what it shows under ``part``. Called when the program starts.
    """
    _PARTS.append(part)


def parts_for(user) -> list[tuple[str, dict]]:
    """The parts that have something for ``user``."""
    return [found for part in _PARTS if (found := part(user))]
