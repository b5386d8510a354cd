"""Where on the pages of a paper signatures, number and day stand, read from the marks that the typesetter left there."""

import io
from dataclasses import dataclass

import pikepdf

from ..form.letters import POINTS_A_MM
from ..typesetting.parts import SIGNATURE
from ..typesetting.sheet import DAY, MONTH, NUMBER, SIGNER

# Of the room between post and name, mm (sheet.css), and what a picture leaves free above and below.
HIGH, FREE = 27, 2
# How wide a picture of a signature may be, mm.
WIDE = 50
# What the stamp covers of the signature's picture, at its left (Phụ lục I, mục II.8).
COVERED = 1 / 3
# Above and below the line on which letters stand, as parts of their size.
_ABOVE, _BELOW = 0.9, 0.25
# The widths of blanks on pages to be filled, mm (sheet.css).
_WIDE = {NUMBER: 11, DAY: 5.2, MONTH: 5.2}


class NoPlace(LookupError):
    """Pages without the mark that is asked for: set by something else, or before there were marks."""


@dataclass(frozen=True)
class Box:
    """A place on a page, counted from 0; lengths in points from the lower left corner of the sheet."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def wide(self) -> float:
        """Its width, points."""
        return self.right - self.left

    @property
    def high(self) -> float:
        """Its height, points."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Blank:
    """A blank of the pages: its name there, whether number, day or month belongs in it, where it is."""

    name: str
    what: str
    box: Box


def _marks(pdf: bytes) -> dict[str, tuple[int, float, float]]:
    """{name: (page, left, top)} of each mark."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        pairs = zip(names[::2], names[1::2], strict=True)
        return {str(name): (pages[to[0].objgen], float(to[2]), float(to[3])) for name, to in pairs}


def signature(pdf: bytes, ruling, wide: float, high: float) -> Box:
    """Between the post and the name of who signs, for a picture of ``wide`` by ``high`` mm, made smaller where the room is.

    ``ruling``: the rules by which the pages were set. Raises ``NoPlace``.
    """
    found = _marks(pdf).get(SIGNER)
    if found is None:
        raise NoPlace(SIGNER)
    page, left, top = found
    room_wide, room_high = ruling.text_width * SIGNATURE, HIGH - 2 * FREE
    scale = min(1, min(WIDE, room_wide) / wide, room_high / high)
    wide, high = wide * scale * POINTS_A_MM, high * scale * POINTS_A_MM
    middle = left + room_wide * POINTS_A_MM / 2
    centre = top - HIGH * POINTS_A_MM / 2
    return Box(page, middle - wide / 2, centre - high / 2, middle + wide / 2, centre + high / 2)


def stamp(signed: Box, wide: float, high: float) -> Box:
    """Where a stamp of ``wide`` by ``high`` mm stands beside a signature: over a third of it, at its left."""
    wide, high = wide * POINTS_A_MM, high * POINTS_A_MM
    right, centre = signed.left + signed.wide * COVERED, (signed.top + signed.bottom) / 2
    return Box(signed.page, right - wide, centre - high / 2, right, centre + high / 2)


def blanks(pdf: bytes, ruling) -> list[Blank]:
    """Every blank for number, day and month, in head and appendices."""
    found = []
    for name, (page, left, base) in _marks(pdf).items():
        what, _, count = name.partition("-")
        if what in _WIDE and count.isdecimal():
            is_head = what == NUMBER and count == "1"
            wide = _WIDE[what] * POINTS_A_MM
            size = ruling.number.used if is_head else ruling.body.used
            found.append(Blank(name, what, Box(page, left, base - size * _BELOW, left + wide, base + size * _ABOVE)))
    return found
