"""Rows one below the other: how many lines of each stand on which page. Where they end is known before anything is painted."""

from functools import lru_cache

from .cutting import Table, rows_of, with_gaps
from .faces import STYLES, Face
from .lines import Cells
from .specimen import Specimen, breaks, specimens

# Lines of a cell that stay together where a page ends, as WeasyPrint has it.
_TOGETHER = 2
_NEAR = 1e-6
# Lengths in points that are the same.
_SAME = 1e-3
_KEPT = 5000


class Letters:
    """The faces of a file, and the cells that were set in them: what stands in many rows is set once."""

    def __init__(self):
        self.faces = {style: Face(style) for style in STYLES}
        self.cells = Cells(self.faces.__getitem__, breaks)
        self._set = {}

    def cell(self, like: Specimen):
        """What gives (operators, left edge) of each line of a cell, for the number of its column and its HTML."""
        key = like.columns, like.size
        if key not in self._set:
            self._set[key] = lru_cache(_KEPT)(lambda place, html: self._lines(like.columns[place], like.size, html))
        return self._set[key]

    def _lines(self, column, size, html) -> tuple[tuple[str, float], ...]:
        return tuple(
            (
                "".join(f"/{face.name} {size:g} Tf[{operand}]TJ" for face, operand in runs),
                column.left + _indent(column, wide * size),
            )
            for runs, wide in self.cells.lines(html, column.width / size, column.style)
        )


class Flow:
    """The rows of a table from below its first one on. ``y``: the height that is reached on the page; ``turns``: pages so far."""

    def __init__(self, letters: Letters, like: Specimen):
        self.like, self.cell = like, letters.cell(like)
        self.y, self.until, self.turns = like.begun, like.until, 0
        # Whether no row stands on the page, and whether the row began on an earlier one.
        self.is_new = self.is_going_on = False

    def fill(self, rows: str) -> None:
        """All of ``rows``, HTML."""
        for is_tall, cells in rows_of(rows):
            self.row(cells, is_tall)

    def row(self, cells, is_tall) -> None:
        """One row, on the next page if it does not fit this one; a tall one may go on there."""
        set_cells = [self.cell(place, html) for place, html in enumerate(cells)]
        self.is_going_on = False
        if not is_tall and not self._fits(set_cells):
            self.turn()
        while not self._fits(set_cells):
            set_cells = self._begin(set_cells)
            self.turn()
        self._put(set_cells, list(map(len, set_cells)))
        self.y += self.like.below

    def turn(self) -> None:
        """A new page, below the head of the table."""
        self.turns += 1
        self.y, self.until = self.like.top + self.like.head_rules[-1], self.like.bottom
        self.is_new = True

    def put(self, cells, counts) -> None:
        """Some lines of each cell stand at the page's height."""

    def _put(self, cells, counts):
        self.put(cells, counts)
        self.y += self.above + max(counts) * self.like.leading
        self.is_new = False

    def _begin(self, cells):
        """Put what has place of a row that goes on on the next page, if anything has; the lines that are left."""
        high = self.until - self.y - self.above + _NEAR
        room, whole = (int(max(part, 0) / self.like.leading) for part in (high, high - self.like.below))
        counts = [len(lines) if len(lines) <= whole else _lines_taken(len(lines), room) for lines in cells]
        if self.is_new and not any(counts):
            # Under a head as tall as a page, some line has to be the first.
            counts = [min(len(lines), max(room, 1)) for lines in cells]
        if any(counts):
            self._put(cells, counts)
            # Its rules go down to where the page ends.
            self.y, self.is_going_on = max(self.y, self.until), True
        return [lines[count:] for lines, count in zip(cells, counts, strict=True)]

    @property
    def above(self) -> float:
        """From the height of the page to the next line."""
        return self.like.above - self.like.padding * self.is_going_on

    def _fits(self, cells):
        high = self.above + max(map(len, cells)) * self.like.leading + self.like.below
        return self.y + high <= self.until + _NEAR


def settled(html: str, tables: list[Table], render):
    """(the document that ``render`` makes of ``html`` with room for ``tables``, what sets letters).

    What follows a table begins where its rows end. Where the first of two begins says where it ends, and so where the second
    begins: once more than there are tables it is rendered at most, and once for the numbers of pages.
    """
    letters = Letters()
    while True:
        document = render(with_gaps(html, tables))
        found = specimens(document) if any(table.is_within for table in tables) else {}
        if not [key for key, like in found.items() if tables[key].is_within and _changed(tables[key], like, letters)]:
            return document, letters


def _changed(table, like, letters) -> bool:
    """Make the gap of ``table`` as its rows need it; whether that was needed."""
    begun = like.page, round(like.begun / _SAME), round(like.until / _SAME)
    if table.begun != begun:
        flow = Flow(letters, like)
        flow.fill(table.rows)
        ends = flow.y - (like.top + like.head_rules[-1] if flow.turns else like.begun)
        table.begun, table.turns, table.high = begun, flow.turns, ends
        table.page = like.page + bool(flow.turns)
        return True
    # Something below draws rows with it to the next page.
    table.is_left = like.gap.page != table.page
    return table.is_left


def _indent(column, wide) -> float:
    """How far from the left a line of a column begins."""
    return {"center": (column.width - wide) / 2, "right": column.width - wide}.get(column.align, 0.0)


def _lines_taken(lines, room) -> int:
    """How many of so many lines, of which not all have place, stand where ``room`` have: no single one is left alone."""
    taken = min(room, lines - _TOGETHER)
    return taken if taken >= _TOGETHER else 0
