"""Figures as the law writes them, exact."""

import re
from fractions import Fraction

# Regular commending: a year's titles, merit over years. Other routes are single deeds and movements.
REGULAR = "merit"

_FIGURE = re.compile(r"(\d+(?:\.\d+)?|\d+/[1-9]\d*) ?(%)?")


def amount_of(text: str) -> Fraction | None:
    """``4.5``, ``80%``, ``2/3`` as exact numbers; None for what is none."""
    found = _FIGURE.fullmatch(text.strip())
    if not found:
        return None
    return Fraction(found[1]) / (100 if found[2] else 1)


def as_written(text: str, is_whole: bool) -> str:
    """A figure as people here write it, as the catalogue keeps it: ``4,5`` is ``4.5``; ``2.530.000``, where it counts whole ones,
    is ``2530000``.
    """
    text = text.strip()
    if is_whole:
        return re.sub(r"[. ]", "", text) if re.fullmatch(r"[1-9]\d{0,2}([. ]\d{3})+", text) else text
    return text.replace(",", ".") if re.fullmatch(r"\d+,\d+ ?%?", text) else text


def size_of(text: str) -> tuple[int, int] | None:
    """``297 × 210``: width and height of a sheet in mm; None for what is none."""
    found = re.fullmatch(r"([1-9]\d{1,3}) ?[x×] ?([1-9]\d{1,3})", text.strip())
    return (int(found[1]), int(found[2])) if found else None
