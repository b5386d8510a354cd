"""A sheet: its size, what is drawn on it, the spots in which words stand; the same as HTML, which WeasyPrint sets."""

from dataclasses import dataclass, replace
from html import escape

from ...form.letters import POINTS_A_MM
from .fonts import FAMILIES

# Between the base lines of two lines, in sizes of their letters.
LEADING = 1.25


@dataclass(frozen=True)
class Spot:
    """Where words stand. Lengths in mm from the upper left corner of the sheet, ``size`` and ``least`` in points.

    Words that are too long for a line are made smaller down to ``least``, then take one line more, up to ``lines`` and as
    many as its height has. ``align``: ``left``, ``center``, ``right``; ``stand``: ``top``, ``middle``, ``bottom`` of its height.
    ``words``: what stands there on every sheet. ``is_code``: a square that a telephone reads, as wide as high; with ``level``, an
    error correction, one for letters and figures that is held before a camera by hand. ``is_block``: nothing but a colour, which
    its words say; spots behind it in the order stand on it.
    ``family``: one of ``fonts.FAMILIES``.
    """

    name: str
    left: float
    top: float
    width: float
    height: float
    size: float = 14
    least: float = 14
    lines: int = 1
    bold: bool = False
    italic: bool = False
    colour: str = "#000000"
    align: str = "center"
    stand: str = "middle"
    words: str = ""
    is_code: bool = False
    level: str = ""
    is_block: bool = False
    family: str = "tinos"

    @property
    def style(self) -> tuple[str, bool, bool]:
        """What face its letters have, for ``fonts.Faces``."""
        return self.family, self.bold, self.italic


@dataclass(frozen=True)
class Sheet:
    """A sheet ``width`` by ``height`` mm. ``drawing``: SVG of the whole sheet, drawn below the words; nothing on printed paper.

    ``right``, ``down``: by how many mm a printer has to be told to print further, so that words stand where they should.
    ``pictures``: {name: (type, bytes)} that the drawing shows as ``picture:name``.
    """

    width: float
    height: float
    spots: tuple[Spot, ...]
    title: str = ""
    drawing: str = ""
    right: float = 0
    down: float = 0
    pictures: tuple[tuple[str, str, bytes], ...] = ()

    def moved(self, right: float, down: float) -> "Sheet":
        """The same for a printer that has to print so much further right and down."""
        return replace(self, right=float(right), down=float(down))

    def off(self, spot: Spot) -> bool:
        """Whether a spot stands off the sheet, at least in part."""
        return (
            spot.left < 0 or spot.top < 0 or spot.left + spot.width > self.width or spot.top + spot.height > self.height
        )


def lines_down(spot: Spot, size: float, count: int) -> float:
    """How far below the top of its spot the first of ``count`` lines begins, in points."""
    free = spot.height * POINTS_A_MM - count * size * LEADING
    return {"top": 0, "middle": free / 2, "bottom": free}[spot.stand]


def html(sheet: Sheet, shown=()) -> str:
    """The sheet in HTML; ``shown``: (spot, words, size, number of lines) of what stands on it, if anything."""
    pages = f"@page {{ size: {sheet.width}mm {sheet.height}mm; margin: 0 }} html, body {{ margin: 0 }}"
    look = "p { position: absolute; margin: 0 }"
    drawn = (
        f".drawn {{ position: absolute; left: {sheet.right}mm; top: {sheet.down}mm; width: {sheet.width}mm; "
        f"height: {sheet.height}mm; background: url(picture:sheet) 0 0 / {sheet.width}mm {sheet.height}mm no-repeat }}"
    )
    there = '<div class="drawn"></div>' if sheet.drawing else ""
    words = "".join(_paragraph(sheet, *one) for one in shown)
    return (
        f'<html lang="vi"><head><title>{escape(sheet.title)}</title><style>{pages} {look} {drawn}</style></head>'
        f"<body>{there}{words}</body></html>"
    )


def _paragraph(sheet, spot, words, size, count):
    """Words as WeasyPrint sets them in a spot."""
    top = (spot.top + sheet.down) * POINTS_A_MM + lines_down(spot, size, count)
    place = f"left: {spot.left + sheet.right}mm; top: {top:.6f}pt; width: {spot.width}mm; text-align: {spot.align}"
    style = f"{'italic' if spot.italic else 'normal'} {'bold' if spot.bold else 'normal'}"
    font = f"font: {style} {size:g}pt/{LEADING} '{FAMILIES[spot.family][0]}'"
    lines = escape(words).replace("\n", "<br>")
    return f'<p style="{place}; {font}; color: {spot.colour}">{lines}</p>'
