"""How wide the columns of a ruled table are, so that no figure is cut and every table fits its sheet."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.utils.safestring import SafeString

from .letters import line_count, width
from .pieces import Piece, html

PADDING = 9  # points, both sides of a cell and its share of the rules
ABOVE_AND_BELOW = 5  # points, of a cell
LONGEST = 11  # ems: a longer word (an address, the name of a file) may be cut rather than starve other columns
LONGEST_FIGURE = 60  # signs: more are no figure that anybody reads
NARROW = 4  # ems: a column of running numbers is as wide in every table of a paper
TALL = 12  # lines: a row of more may go on on the next page
LEADING = 1.15  # as sheet.css has it
LONG = 50  # rows: more than a page holds
MOST_OF_A_TEXT = 8  # long tables of one text: where each begins is known when the one before it was set
# Where a line could end inside a word, or a sign could stand apart from its figure.
_JOINED = re.compile(r"\w[-‐/–:.,]\w|\d%")
# Thousands may be set apart by spaces: «1 234 567,50» is one figure, «năm 2020 100 người» holds two.
_SPACED = r"(?<![\w.,])\d{1,3}(?: \d{3})+(?:,\d+)?%?(?![\w.])"
_WORD = re.compile(rf"{_SPACED}|\S+")
# What most cells hold nothing of.
_BROKEN = re.compile(rf"{_JOINED.pattern}|{_SPACED}")
_PIECE = re.compile(rf"({_SPACED}|[ \n]+)")


@dataclass(frozen=True)
class Columns:
    """How a table stands on a sheet: shares of the width (summing to 100), the size of type and the height of the head,
    both in points; how much narrower the sheet is than figures and words need.
    """

    shares: list[float]
    size: float
    head: float
    missing: float

    @property
    def fits(self) -> bool:
        """Whether nothing in the table has to be cut."""
        return self.missing <= 0


@dataclass(frozen=True)
class Span:
    """A cell over several columns, ``first`` to ``last``: its row and its plain words."""

    row: int
    first: int
    last: int
    words: str


def columns(rows, room, sizes, *, head=1, wishes=None, spans=()) -> Columns:
    """The columns of ``rows``, which hold the plain words of each cell, those of the ``head`` first; ``room`` is in points.

    The size is what ``sizes`` (a ``Range``) prints, unless figures and words only fit side by side in a smaller one.
    ``wishes``: how wide the columns are to be to each other, as far as words and figures leave them; without them by what the
    cells hold. ``spans`` are cells (``Span``) over several columns, whose places in ``rows`` are empty.
    """
    found = [_Words(column, head) for column in zip(*rows, strict=True)]
    words, whole = [one.longest() for one in found], [one.widest() for one in found]
    over = [(span, _Words([span.words], int(span.row < head)).longest()) for span in spans]
    size = sizes.used
    while size > sizes.low and sum(_least(words, over, size)) > room:
        size -= 0.5
    least = _least(words, over, size)
    if wishes:
        given = _at_least(wishes, least, room)
    else:
        most = [max(size * line + PADDING, low) for line, low in zip(whole, least, strict=True)]
        given = _filled(_shared(least, most, room), room, NARROW * size)
    shares = [100 * part / sum(given) for part in given]
    high = sum(_head_row(row, number, spans, shares, room, size) for number, row in enumerate(rows[:head]))
    return Columns(shares, size, high or ABOVE_AND_BELOW, sum(least) - room)


def _least(words, over, size) -> list[float]:
    """What each column needs for its longest word, and each run of columns for the longest of a cell over them."""
    least = [size * word + PADDING for word in words]
    for span, word in over:
        places = range(span.first, span.last + 1)
        lacking = size * word + PADDING - sum(least[place] for place in places)
        for place in places if lacking > 0 else ():
            least[place] += lacking / len(places)
    return least


def _head_row(row, number, spans, shares, room, size) -> float:
    """The height of a row of the head; one of nothing has none but its padding."""
    cells = list(zip(row, shares, strict=True))
    cells += [(span.words, sum(shares[span.first : span.last + 1])) for span in spans if span.row == number]
    lines = [line_count(cell, size, share * room / 100 - PADDING, bold=True) for cell, share in cells]
    return max(lines, default=0) * size * LEADING + ABOVE_AND_BELOW


def words(token) -> str:
    """The plain words of an inline token; of a citation its key."""
    return "".join(child.content or child.meta.get("key", "") for child in token.children)


def is_long(rows: int) -> bool:
    """Whether a table of so many rows, its head not counted, is painted (``documents.typesetting.painting``) where it may be."""
    return rows > LONG


def is_tall(row, shares, room, size) -> bool:
    """Whether a row of words is so tall that keeping it on one page could leave half a page empty, or lose it."""
    widths = (TALL * (share * room / 100 - PADDING) for share in shares)
    # No letter is wider than two ems: most cells need not be measured.
    return any(2 * len(cell) * size > wide and width(cell, size) > wide for cell, wide in zip(row, widths, strict=True))


def is_figure(word) -> bool:
    """Whether ``word`` is a number, a date, a sum, a symbol of a paper: read wrongly where it is broken.

    Such words have no two small letters one behind the other; addresses and names of files have.
    """
    return len(word) <= LONGEST_FIGURE and not any(one.islower() and other.islower() for one, other in pairwise(word))


def figures(text) -> list[Piece]:
    """The words of a cell in pieces: figures that a line could end in are whole."""
    if not _BROKEN.search(text):
        return [Piece(text)]
    return [Piece(part, whole=_is_joined(part) and is_figure(part)) for part in _PIECE.split(text) if part]


@lru_cache(5000)
def whole_figures(text) -> SafeString:
    """The words of a cell in HTML, in which figures that a line could end in do not break."""
    return html(figures(text))


def _is_joined(part) -> bool:
    """Whether a line could end within ``part``, which is no space."""
    return bool(_JOINED.search(part)) or " " in part.strip()


def with_room_for_figures(wishes, rows, room, size) -> list[float]:
    """Shares of the width (summing to 100) as ``wishes`` has them, in any unit, but for columns too narrow for their figures:
    those take what they need, and the others give it.
    """
    figures = [set() for _ in wishes]
    for row in rows:
        for found, cell in zip(figures, row, strict=True):
            found.update(_WORD.findall(cell))
    least = [PADDING + max((width(word, size) for word in found if is_figure(word)), default=0) for found in figures]
    given = _at_least(wishes, least, room)
    return [100 * part / sum(given) for part in given]


def _at_least(wishes, least, room) -> list[float]:
    """Widths that fill ``room`` as ``wishes`` has them, but for columns that need more: ``least``, which the others give."""
    given, growing = [0.0] * len(wishes), set(range(len(wishes)))
    while growing:
        spare = room - sum(given[column] for column in range(len(wishes)) if column not in growing)
        total = sum(wishes[column] for column in growing)
        tight = {column for column in growing if wishes[column] * spare / total < least[column]}
        for column in tight or growing:
            given[column] = least[column] if tight else wishes[column] * spare / total
        growing -= tight or growing
    return given


def _shared(least, most, room) -> list[float]:
    """Widths between ``least`` and ``most`` that fill ``room``; wider than ``most`` only where all are."""
    given, growing = list(least), set(range(len(least)))
    while growing and room - sum(given) > 1:
        spare = room - sum(given)
        # Long text gains less from each further millimetre than short text does; the square root shares it so.
        wishes = {column: (most[column] - given[column]) ** 0.5 for column in growing}
        total = sum(wishes.values())
        if not total:
            break
        for column, wish in wishes.items():
            given[column] = min(given[column] + spare * wish / total, most[column])
        growing = {column for column in growing if most[column] - given[column] > 0.5}
    return given


def _filled(given, room, narrow) -> list[float]:
    """``given`` made as wide as ``room``: what is over goes to the columns that hold more than a number."""
    spare = room - sum(given)
    wide = [width > narrow for width in given]
    if spare <= 0 or not any(wide):
        return given
    total = sum(width for width, grows in zip(given, wide, strict=True) if grows)
    return [width + spare * width / total * grows for width, grows in zip(given, wide, strict=True)]


class _Words:
    """The words of a column, each once; its head, the first cells, is bold."""

    def __init__(self, column, head):
        self.cells = {(place < head, cell) for place, cell in enumerate(column or [""])}

    def longest(self) -> float:
        """How many ems its longest word needs, as far as it may not be cut."""
        words = {(bold, word) for bold, cell in self.cells for word in _WORD.findall(cell)}
        return max((_uncut(word, width(word, 1, bold=bold)) for bold, word in words), default=0)

    def widest(self) -> float:
        """How many ems its widest cell takes on one line."""
        return max((width(cell, 1, bold=bold) for bold, cell in self.cells), default=0)


def _uncut(word, wide) -> float:
    return min(wide, LONGEST) if wide > LONGEST and not is_figure(word) else wide
