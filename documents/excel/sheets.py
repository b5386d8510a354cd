"""What a person sees of the sheets of an Excel file: cells, tables under their headings, rows of a table.

* Columns are found by their headings, wherever they stand and whatever stands above; headings are compared folded.
* Nothing is cut off in silence: a sheet with cells beyond the bounds says so when its table is read.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from .cells import Cell, CellFault, names_of

# Headings of columns that only count rows.
_COUNTS = {"stt", "tt", "so tt", "so thu tu"}


@dataclass
class Table:
    """The rows under a row of headings. ``columns``: {heading that was wanted: its column}; ``missing``: those not there;
    ``repeated``: rows that say the heading again, for printing."""

    sheet: "Sheet"
    head: int
    columns: dict[str, int]
    missing: list[str]
    faults: list[CellFault]
    repeated: frozenset[int] = frozenset()

    def rows(self) -> Iterator["Row"]:
        """The rows that are seen and hold something in the columns wanted; headings repeated for printing are no rows."""
        lines = [line for line in self.sheet.lines(after=self.head) if line not in self.repeated]
        for line in lines:
            row = Row(self, line)
            is_numbering = line == lines[0] and _is_numbering(self.sheet.filled_in(line))
            if not is_numbering and any(cell.is_filled for cell in row.cells()):
                yield row

    def other_columns(self) -> list[str]:
        """Columns that hold something under the heading's row and are none of those wanted, in words; not a count of rows."""
        used = {column for row, column in self.sheet.cells if row > self.head and self.sheet.at(row, column).is_filled}
        heads = {column: self.sheet.at(self.head, column) for column in sorted(used - set(self.columns.values()))}
        return [
            f"{get_column_letter(column)} ({f'«{head.seen()}»' if head.is_filled else 'không có tiêu đề'})"
            for column, head in heads.items()
            if head.label() not in _COUNTS
        ]


@dataclass(frozen=True)
class Row:
    """One row of a table; ``row["Điểm tối đa"]`` is the cell in that column, an empty one where there is none."""

    table: Table
    line: int

    def __getitem__(self, heading) -> Cell:
        column = self.table.columns.get(heading)
        return self.table.sheet.at(self.line, column) if column else Cell(self.table.sheet.title, self.line, 1)

    def cells(self) -> list[Cell]:
        """Those of the columns wanted."""
        return [self.table.sheet.at(self.line, column) for column in self.table.columns.values()]


@dataclass
class Sheet:
    """What a person sees of one sheet: {(row, column): cell}, counted from one. Of a hidden sheet, what would be seen."""

    title: str
    is_hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    unseen: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    beyond: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all stands on it."""
        return not self.beyond and not any(
            cell.is_filled for part in (self.cells, self.unseen) for cell in part.values()
        )

    def at(self, row: int, column: int) -> Cell:
        """One cell, an empty one where nothing stands."""
        return self.cells.get((row, column)) or Cell(self.title, row, column)

    def lines(self, after: int = 0) -> list[int]:
        """The numbers of the rows that hold something, in order."""
        return sorted({place[0] for place, cell in self.cells.items() if place[0] > after and cell.is_filled})

    def filled_in(self, line: int) -> list[Cell]:
        """The cells of a row that hold something, from the left."""
        return [self.at(*place) for place in sorted(self.cells) if place[0] == line and self.at(*place).is_filled]

    def labelled(self, label: str, before: int | None = None) -> list[Cell]:
        """The cells beside each ``label`` above row ``before``: the next one that is filled, or what follows a colon."""
        found = []
        for cell in list(self.cells.values()):
            if (before is None or cell.row < before) and isinstance(cell.value, str):
                name, colon, rest = cell.words().partition(":")
                if label in names_of(name):
                    same = Cell(cell.title, cell.row, cell.column, rest)
                    found.append(same if colon and rest.strip() else self._right_of(cell))
        return found

    def _right_of(self, cell) -> Cell:
        beside = (found for found in self.filled_in(cell.row) if found.column > cell.column)
        return next(beside, self.at(cell.row, cell.column + 1))

    def table(self, wanted: Sequence[str], needed: Sequence[str] = ()) -> Table | None:
        """The table under the row that has most of the headings ``wanted``; None where no row has two of them.

        ``needed``: those without which it cannot be read. What stands in two columns, lies beyond the bounds or is missing is
        told in ``faults``.
        """
        names = {name: heading for heading in wanted for name in reversed(names_of(heading))}
        rows = defaultdict(list)
        for cell in self.cells.values():
            if isinstance(cell.value, str) and len(cell.value) < 200:
                heading = next((names[name] for name in names_of(cell.words()) if name in names), None)
                if heading:
                    rows[cell.row].append((heading, cell))
        distinct = {row: {heading for heading, _ in found} for row, found in rows.items()}
        if not distinct or max(map(len, distinct.values())) < min(2, len(wanted)):
            return None
        head = max(sorted(distinct), key=lambda row: len(distinct[row]))
        columns, faults = self._columns(sorted(rows[head], key=lambda found: found[1].column))
        again = {row: {heading: cell.column for heading, cell in found} for row, found in rows.items() if row != head}
        repeated = frozenset(row for row, found in again.items() if found == columns)
        for row, found in again.items():
            if len(found) == len(columns) and found != columns:
                words = f"có dòng tiêu đề thứ hai ở dòng {row}, các cột xếp khác dòng {head}. Hãy để mỗi bảng một trang tính."
                faults.append(CellFault(f"Trang tính «{self.title}»", words))
        missing = [heading for heading in needed if heading not in columns]
        if missing:
            faults.append(self._missing(head, missing))
        if self.beyond:
            faults.append(CellFault(f"Trang tính «{self.title}»", self.beyond))
        return Table(self, head, columns, missing, faults, repeated)

    def _columns(self, found):
        """{heading: column} and a fault for each heading that stands twice."""
        columns, faults = {}, []
        for heading, cell in found:
            if heading in columns:
                first = self.at(cell.row, columns[heading]).name
                faults.append(
                    cell.fault(f"cột «{heading}» có hai lần (ô {first} và {cell.name}). Hãy bỏ hoặc đổi tên một cột.")
                )
            columns.setdefault(heading, cell.column)
        return columns, faults

    def _missing(self, head, missing) -> CellFault:
        hidden = {cell.label(): cell for cell in self.unseen.values() if cell.row == head}
        told = []
        for heading in missing:
            unseen = next((hidden[name] for name in names_of(heading) if name in hidden), None)
            told.append(f"«{heading}»" + (f" (đang ẩn ở cột {get_column_letter(unseen.column)})" if unseen else ""))
        where = f"Trang tính «{self.title}», dòng {head}"
        return CellFault(where, f"thiếu cột {', '.join(told)}. Hãy ghi lại tiêu đề như mẫu, bỏ ẩn cột rồi gửi lại.")

    def hidden_words(self) -> list[str]:
        """The rows and columns with something in them that are not read because nobody sees them."""
        filled = [cell for cell in self.unseen.values() if cell.is_filled]
        columns = sorted({cell.column for cell in filled if cell.column in self.hidden_columns})
        rows = sorted({cell.row for cell in filled if cell.column not in self.hidden_columns})
        words = [f"cột ẩn {', '.join(map(get_column_letter, columns))}"] if columns else []
        return words + ([f"dòng ẩn {_runs(rows)}"] if rows else [])


def _is_numbering(cells) -> bool:
    """Whether a row only numbers its columns, as offices do below the headings: (1) (2) (3), A B 1 2."""
    said = [cell.seen().strip("() ") for cell in cells]
    letters = [text for text in said if text in ("A", "B", "C")]
    counted = [str(number) for number in range(1, len(said) - len(letters) + 1)]
    return len(counted) >= 3 and said == letters + counted


def _runs(numbers) -> str:
    """``3–5, 9``."""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
