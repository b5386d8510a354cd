"""Where on the pages of a paper signatures, number and day stand, read from the marks that the typesetter left there."""

import io
from dataclasses import dataclass

import pikepdf

from ..form.letters import POINTS_A_MM
from ..typesetting.parts import SIGNATURE
from ..typesetting.pictures import opened
from ..typesetting.sheet import DAY, MONTH, NUMBER, SECOND, SIGNER

# Of the room between post and name, mm (sheet.css), and what a picture leaves free above and below.
HIGH, FREE = 27, 2
# How wide a picture of a signature may be, mm.
WIDE = 50
# What the stamp covers of the signature's picture, at its left (Phụ lục I, mục II.8).
COVERED = 1 / 3
# Above and below the line on which letters stand, as parts of their size.
_ABOVE, _BELOW = 0.9125, 0.2375
# The widths of blanks on pages to be filled, mm (sheet.css).
_WIDE = {NUMBER: 12.5, DAY: 5.2, MONTH: 5.2}
# What the body tells on a copy, and on a text in another file, stands in the margin: from the edges of the sheet to it, mm
# (Phụ lục I, Phần I, mục IV.2, ô số 14).
FROM_TOP, FROM_RIGHT = 5, 9
# Points that it keeps from what stands beside it; greys below which a dot is dark; the part of a room that may be specks of dust.
GAP, DARK, SPECKS = 4, 128, 0.002


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
        pages = _pages(document)
        pairs = zip(names[::2], names[1::2], strict=True)
        return {str(name): (pages[to[0].objgen], float(to[2]), float(to[3])) for name, to in pairs}


def _pages(document) -> dict:
    """{the number of its object: the number of the page}."""
    return {page.objgen: number for number, page in enumerate(document.pages)}


def signature(pdf: bytes, ruling, wide: float, high: float, mark: str = SIGNER) -> Box:
    """Between the post and the name of who signs, for a picture of ``wide`` by ``high`` mm, made smaller where the room is.

    ``ruling``: the rules by which the pages were set. ``mark``: of which of two signers. Raises ``NoPlace``.
    """
    found = _marks(pdf).get(mark)
    if found is None:
        raise NoPlace(mark)
    page, left, top = found
    share = 1 - SIGNATURE if mark == SECOND else SIGNATURE
    room_wide, room_high = _text_width(pdf, page, ruling) * share, HIGH - 2 * FREE
    scale = min(1, min(WIDE, room_wide) / wide, room_high / high)
    wide, high = wide * scale * POINTS_A_MM, high * scale * POINTS_A_MM
    middle = left + room_wide * POINTS_A_MM / 2
    centre = top - HIGH * POINTS_A_MM / 2
    return Box(page, middle - wide / 2, centre - high / 2, middle + wide / 2, centre + high / 2)


def _text_width(pdf, number, ruling) -> float:
    """How wide the text of a page is, mm: a paper may end on a sheet that lies on its side."""
    with opened(pdf) as document:
        wide, high = document[number].get_size()
    return ruling.text_width_landscape if wide > high else ruling.text_width


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


def prepared(pdf: bytes) -> list[Blank]:
    """The blanks of pages that were given out, as wide as they were made then."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = _pages(document)
        for field in document.Root.get("/AcroForm", {}).get("/Fields", []):
            name = str(field.get("/T", ""))
            what, _, count = name.partition("-")
            if what in _WIDE and count.isdecimal():
                left, bottom, right, top = map(float, field.Rect)
                found.append(Blank(name, what, Box(pages[field.P.objgen], left, bottom, right, top)))
    return found


def corner(pdf: bytes, wide: float, high: float) -> tuple[Box, int]:
    """Where ``wide`` by ``high`` points stand in the top right corner of the first page as it is read, and by how many degrees
    that page is turned when it is read: what stands there must be turned back.

    Beside what stands there already: how far the paper may go (ô số 11), the mark of a copy that this is a copy of.
    """
    with opened(pdf) as document:
        page = document[0]
        turned = page.get_rotation() % 360
        left, bottom, right, top = page.get_cropbox()
        picture = page.render(may_draw_forms=True).to_pil().convert("L")
    down, aside = FROM_TOP * POINTS_A_MM, _free_aside(picture, wide, high)
    box = {
        0: (right - aside - wide, top - down - high, right - aside, top - down),
        90: (left + down, top - aside - wide, left + down + high, top - aside),
        180: (left + aside, bottom + down, left + aside + wide, bottom + down + high),
        270: (right - down - high, bottom + aside, right - down, bottom + aside + wide),
    }[turned]
    return Box(0, *box), turned


def _free_aside(picture, wide, high) -> float:
    """How far from the right edge of a page, drawn at one dot a point, nothing is in the way; at the edge where all is full."""
    down, nearest = FROM_TOP * POINTS_A_MM, FROM_RIGHT * POINTS_A_MM
    aside = nearest
    while picture.width - aside - wide > picture.width / 3:
        right = picture.width - aside
        room = picture.crop((int(right - wide - GAP), int(down), int(right + GAP), int(down + high)))
        dark = sum(room.histogram()[:DARK])
        if dark <= room.width * room.height * SPECKS:
            return aside
        aside += GAP
    return nearest
