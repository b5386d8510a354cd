"""Where the lines of an entry come from: typed rows, or a file whose headings were recognised or matched by a person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from documents.excel.cells import Cell, place_of
from documents.excel.streaming import Book

from ..catalogue.book import book_of
from .layouts import COUNT, FEMALE, MALE, Layout
from .lines import HEADS, NOWHERE, Line, Section, Shared, Taker
from .models import Entry
from .naming import Namer
from .sections import Sorter

# Rows that are read at once, and up to how many a page reads itself.
CHUNK, SHORT = 2000, 1500


class Source:
    """The lines of an entry, chunk by chunk; where a value of a line stands, in words. Reads the file anew each time."""

    def __init__(self, entry: Entry):
        self.entry, self.hands = entry, not entry.file_id
        self.layout = None if self.hands else Layout(**entry.columns)
        layout = self.layout or Layout("", 0, {})
        award = entry.award.code if entry.award_id else ""
        shared = Shared(entry.year, entry.first_year, award, entry.deed, layout.whom, entry.converts)
        namer = self.namer = Namer(book_of(entry.decision.day).catalogue, entry.decision.office.code, layout.codes)
        self.taker = Taker(namer, replace(shared, mixed_days=layout.mixed, factor=layout.factor))
        # A corrected row says its days and sums as the program writes them.
        self.corrected = Taker(namer, replace(shared, factor=layout.factor))
        self.sorter = Sorter(self._award_of)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.entry.rows) if self.hands else self.layout.total

    def where(self, row: int, name: str) -> str:
        """The address of a value."""
        if self.hands:
            return f"Dòng {row}, {HEADS[name]}"
        if str(row) in self.entry.fixes:
            return f"Dòng {row} (đã sửa), {HEADS[name]}"
        at = self.layout.fields
        beside = at.get(MALE) if name in ("born", "gender") else None
        return place_of(self.layout.sheet, row, at.get(name) or beside or at["name"])

    def _award_of(self, words) -> str:
        try:
            return self.namer.code_of(words)
        except ValueError:
            return ""

    def chunks(self) -> Iterator[list[Line]]:
        """All lines, some thousand at once."""
        chunk = []
        for row, cells, section in self.rows():
            taker = self.corrected if str(row) in self.entry.fixes else self.taker
            chunk += taker.lines(row, cells, section)
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def rows(self) -> Iterator[tuple[int, dict[str, Cell], Section]]:
        """(number, {field: cell}, what the headings above say) of each row, as it was corrected where it was."""
        if self.hands:
            for number, typed in enumerate(self.entry.rows, start=1):
                yield number, _cells(number, typed), NOWHERE
            return
        with self.entry.file.file.open() as file:
            book = Book(file, name=self.entry.file.name, is_kept=True)
            sheet = next(sheet for sheet in book.sheets if sheet.title == self.layout.sheet)
            self.sorter = Sorter(self._award_of)
            for number, cells, section in self.sorter.sorted(self._read(sheet)):
                fixed = self.entry.fixes.get(str(number))
                yield number, _cells(number, fixed) if fixed else _by_gender(cells), section

    def _read(self, sheet) -> Iterator[tuple[int, dict[str, Cell]]]:
        fields = {column: name for name, column in self.layout.fields.items() if name != "row"}
        # What spans a row stands in the first column, whatever that says elsewhere.
        fields.setdefault(1, COUNT) if COUNT not in self.layout.fields else None
        for number, cells in sheet.rows(frozenset(fields)):
            if number > self.layout.head:
                yield number, {fields[column]: cell for column, cell in cells.items()}


def _by_gender(cells) -> dict[str, Cell]:
    """Cells under «Nam» and «Nữ» as what they say: the gender, and the birth where they hold one."""
    for name, words in ((MALE, "Nam"), (FEMALE, "Nữ")):
        cell = cells.pop(name, None)
        if cell is None or not cell.is_filled:
            continue
        cells.setdefault("gender", replace(cell, value=words))
        if isinstance(cell.value, int | date) or any(map(str.isdecimal, cell.words())):
            cells.setdefault("born", cell)
    return cells


def _cells(number, typed) -> dict[str, Cell]:
    """Typed values as cells."""
    return {
        name: Cell("", number, 1, value) for name, value in typed.items() if name in HEADS and value not in ("", None)
    }
