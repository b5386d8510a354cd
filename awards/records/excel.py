"""Excel files with records: how the list stands in one, its rows, and the rows that are wrong, to be corrected and sent again."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.core.files.base import ContentFile
from django.db import models

from documents.excel.cells import TWO_ORDERS, Cell, CellFault, is_ambiguous, is_month_first, label_of, place_of
from documents.excel.reading import Bounds, read_book
from documents.excel.sheets import Row, Table
from documents.excel.sheets import Sheet as Seen
from documents.steps.refusing import Refused
from units.encodings import converted, old_lines
from units.excel_out import Book, Heading

from .headings import SHEETS, Sheet
from .models import Import

# Rows that were corrected say by this column which they are; the other one tells what was wrong.
ROW, WRONG = "Dòng gốc", "Cần sửa"
BOUNDS = Bounds(sheets=30, rows=3000, columns=40, unpacked=40 * 1024 * 1024)
_SUMS = {"tong cong", "tong so", "cong"}
_ASIDE = {"huong dan", "danhmuc", "danh muc"}


@dataclass
class Layout:
    """Where in a file the list stands: its sheet, the row of headings, {field: column}; what of the file is not read."""

    sheet: str
    head: int
    columns: dict[str, int]
    unread: list[str] = field(default_factory=list)


@dataclass
class Line:
    """One row: what it says ({field: value}) and what is wrong with it ([(field, words)])."""

    row: int
    values: dict[str, object] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)


def sheets_of(file) -> list[Seen]:
    """What a person sees of a file. Raises ``Refused`` for one that is none, or that hides everything."""
    found = [sheet for sheet in read_book(file, what="danh sách", bounds=BOUNDS) if not sheet.is_hidden]
    if not found:
        raise Refused("Mọi trang tính của tệp đều ẩn. Hãy bỏ ẩn trang có danh sách rồi gửi lại.", "file")
    return found


def kept_sheets(entry: Import) -> list[Seen]:
    """The same of the file that is being entered."""
    try:
        with entry.file.file.open() as file:
            return sheets_of(ContentFile(file.read(), entry.file.name))
    except FileNotFoundError:
        raise Refused(f"{entry} không còn trên máy chủ. Hãy gửi lại tệp.", "file") from None


def recognise(model: type[models.Model], file) -> Layout | None:
    """Where the list stands, by its headings; None where a person has to match columns. Raises ``Refused``."""
    sheet_of, sheets = SHEETS[model], sheets_of(file)
    wanted = [ROW, *(heading for told in sheet_of.fields.values() for heading in told.headings)]
    tables = [sheet.table(wanted) for sheet in sheets if label_of(sheet.title) not in _ASIDE]
    found = [(table, columns) for table in tables if table and "name" in (columns := _columns(sheet_of, table))]
    if len(found) > 1:
        names = "», «".join(table.sheet.title for table, _ in found)
        raise Refused(
            f"Tệp có {len(found)} trang tính ghi danh sách: «{names}». Hãy giữ một trang, xóa trang kia.", "file"
        )
    if not found or any(name not in found[0][1] for name in _always(sheet_of)):
        return None
    table, columns = found[0]
    if table.faults:
        raise Refused(" ".join(str(fault) for fault in table.faults), "file")
    others = [f"trang tính «{sheet.title}»" for sheet in sheets if sheet is not table.sheet]
    others += [f"cột {words}" for words in Table(table.sheet, table.head, columns, [], []).other_columns()]
    return Layout(table.sheet.title, table.head, columns, [*table.sheet.hidden_words(), *others])


def _always(sheet_of: Sheet) -> list[str]:
    """The fields without which no list is one: those that cannot be said once for all rows."""
    return [name for name, told in sheet_of.fields.items() if told.needed and name not in (*sheet_of.shared, "year")]


def _columns(sheet_of, table) -> dict[str, int]:
    found = {}
    for name, told in sheet_of.fields.items():
        columns = [table.columns[heading] for heading in told.headings if heading in table.columns]
        free = [column for column in columns if column not in found.values()]
        found |= {name: min(free)} if free else {}
    return found | ({"row": table.columns[ROW]} if ROW in table.columns else {})


class Source:
    """The rows of a file that is being entered, as they were corrected where they were."""

    def __init__(self, entry: Import, model: type[models.Model]):
        self.entry, self.sheet = entry, SHEETS[model]
        seen = next((sheet for sheet in kept_sheets(entry) if sheet.title == entry.sheet), None)
        if seen is None:
            raise Refused("Tệp không còn đọc được. Hãy gửi lại tệp.", "file")
        self.columns = {name: column for name, column in entry.columns.items() if name in self.sheet.fields}
        self.table = Table(seen, entry.head, self.columns, [], [])
        self.mixed = self._mixed()

    def lines(self) -> Iterator[Line]:
        """Each row with its values; what cannot be taken for one is a fault."""
        for row in self._rows():
            if fixed := self.entry.fixes.get(str(row.line)):
                cells = {
                    name: Cell("", row.line, 1, value) for name, value in fixed.items() if name in self.sheet.fields
                }
            else:
                cells = {name: row[name] for name in self.columns}
            yield self._line(row.line, cells)

    def where(self, row: int, name: str) -> str:
        """The address of a value, in words."""
        if str(row) in self.entry.fixes:
            return f"Dòng {row} (đã sửa), {self.sheet.heads[name]}"
        return place_of(self.entry.sheet, row, self.columns.get(name) or self.columns["name"])

    def _rows(self) -> Iterator[Row]:
        first = next(iter(self.columns))
        head = self.table.sheet.at(self.entry.head, self.columns.get("name", 1)).label()
        for row in self.table.rows():
            label = row["name"].label() or row[first].label()
            if label not in _SUMS and not (label and label == head):
                yield row

    def _mixed(self) -> set[str]:
        """The columns in which a day has its month first, so that others are not sure."""
        days = {name for name in ("born", "since", "until", "recognised_on") if name in self.columns}
        return {name for name in days if any(is_month_first(row[name].words()) for row in self._rows())}

    def _line(self, number, cells) -> Line:
        line = Line(number, cells=cells)
        for name, cell in cells.items():
            try:
                line.values[name] = self._taken(name, cell)
            except CellFault as fault:
                line.faults.append((name, fault.words))
        return line

    def _taken(self, name, cell):
        if isinstance(cell.value, str) and (old := old_lines(cell.value)):
            if not self.entry.converts:
                raise cell.fault(f"{old[0]}. Hãy bấm «Chuyển sang Unicode» ở trang này, hoặc gõ lại.")
            cell = replace(cell, value=converted(cell.value))
        if name in self.mixed and cell.title and is_ambiguous(cell.words()):
            raise cell.fault(TWO_ORDERS.format(cell.words()))
        return self.sheet.fields[name].take(cell)


def corrections(model: type[models.Model], file, layout: Layout) -> dict[str, dict[str, str]]:
    """{row of the first file: {field: value}} of corrected rows. Raises ``Refused`` for a row that does not say which it is."""
    seen = next(sheet for sheet in sheets_of(file) if sheet.title == layout.sheet)
    found = {}
    for row in Table(seen, layout.head, layout.columns, [], []).rows():
        number = row["row"].code()
        if not number.isdecimal():
            raise Refused(f"Dòng {row.line} của tệp sửa không ghi «{ROW}». Hãy giữ nguyên cột đó.", "file")
        found[number] = {name: row[name].seen() for name in layout.columns if name in SHEETS[model].fields}
    return found


def wrong_rows(source: Source, faults: dict[int, list[str]], lines: list[Line], heading: Heading) -> Book:
    """The rows that are wrong, each with all that is wrong with it."""
    names = [name for name, told in source.sheet.fields.items() if name in source.columns or told.needed]
    rows = [
        [
            line.row,
            *(line.cells[name].seen() if name in line.cells else "" for name in names),
            "\n".join(faults[line.row]),
        ]
        for line in lines
        if line.row in faults
    ]
    book = Book()
    book.page("Dòng cần sửa", heading).table([ROW, *(source.sheet.heads[name] for name in names), WRONG], rows)
    return book
