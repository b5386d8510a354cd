"""Excel files that people filled in, read for every import. Nothing in them is trusted, nothing is stored.

What this promises to whoever reads a file with it, beside what ``sheets`` does:

* Only what a person sees is read. Hidden sheets come apart, hidden rows and columns are left out, and both can be named.
* A cell that is filled and not understood is a ``CellFault`` with its address: a formula that was never worked out, an error
  value, a cell under a merged neighbour, a day where a figure is asked. ``cells`` says what a cell may be.
* A file is small: bounded before it is unpacked, read row by row, without links, macros and declarations of entities.
"""

import io
import zipfile
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from ..steps.refusing import Refused
from ..uploads import UploadRefused, inspect
from .cells import Cell
from .others import refuse_other
from .sheets import Sheet

_AGAIN = "Hãy tải mẫu từ trang này, điền vào rồi gửi lại."
# What openpyxl raises for a package whose parts are not what they should be.
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile, OSError)
_MOST_COVERED = 100_000
_UNWORKED = "ô có công thức nhưng chưa có kết quả. Hãy mở tệp bằng Excel, bấm Lưu rồi gửi lại, hoặc ghi thẳng giá trị."


@dataclass(frozen=True)
class Bounds:
    """How much of a file is read: far above a table of scores, 120 criteria for each of a hundred members."""

    sheets: int = 120
    rows: int = 400
    columns: int = 40
    unpacked: int = 12 * 1024 * 1024


def read_book(file, *, what: str = "bảng điểm", bounds: Bounds = Bounds()) -> list[Sheet]:
    """All sheets of a file in their order, hidden ones marked. Raises ``Refused`` for what is no small Excel file.

    ``what`` it should be, in words: ``bảng điểm``.
    """
    refuse_other(file, file.name)
    try:
        inspect(file)
    except UploadRefused as refused:
        raise Refused(str(refused), "file") from None
    file.seek(0)
    content = file.read()
    _check_size(content, file.name, what, bounds)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [_sheet(book, sheet, bounds) for sheet in book.worksheets[: bounds.sheets]]
    except _BROKEN:
        raise Refused(f"Tệp «{file.name}» không đọc được như một bảng tính. {_AGAIN}", "file") from None
    if len(book.worksheets) > bounds.sheets:
        raise Refused(f"Tệp «{file.name}» có quá {bounds.sheets} trang tính. Hãy chia thành nhiều tệp.", "file")
    if not sheets:
        advice = "Hãy mở bằng Excel, lưu lại thành «Excel Workbook (.xlsx)» rồi gửi."
        raise Refused(f"Tệp «{file.name}» không có trang tính nào đọc được. {advice}", "file")
    return sheets


def _check_size(content, name, what, bounds):
    """A table that people fill in is small; what unpacks to more is none, and would cost a server its memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > bounds.unpacked:
            raise Refused(f"Tệp «{name}» quá lớn đối với một {what}. {_AGAIN}", "file")
        if any(b"<!DOCTYPE" in package.read(part) for part in package.namelist() if part.endswith(".xml")):
            raise Refused(f"Tệp «{name}» không đọc được như một bảng tính. {_AGAIN}", "file")


# --- From the package to sheets. openpyxl's reader tells neither what is hidden or merged nor a formula without a value.


class _Parser(WorkSheetParser):
    """Reads a sheet row by row, and beside the values keeps what is hidden, what is merged, what was never worked out."""

    hidden_rows: set
    hidden_columns: set
    merged: list

    def parse(self):
        """Yield (row, cells), the parts of a sheet that only dress it left out."""
        self.hidden_rows, self.hidden_columns, self.merged, hides = set(), set(), [], False
        for _, element in iterparse(self.source):
            name = element.tag.removeprefix(f"{{{SHEET_MAIN_NS}}}")
            if name == "sheetFormatPr":
                hides = _is_on(element.get("zeroHeight"))
            elif name == "col" and _is_hidden(element, "width"):
                last = min(int(element.get("max")), 16384)
                self.hidden_columns |= set(range(int(element.get("min")), last + 1))
            elif name == "mergeCell":
                self.merged.append(element.get("ref"))
            elif name == "row":
                row = self.parse_row(element)
                if _is_hidden(element, "ht") or (hides and element.get("ht") is None):
                    self.hidden_rows.add(row[0])
                yield row
            if name not in ("c", "v", "f", "is", "t", "r"):
                element.clear()

    def parse_cell(self, element):
        """A cell as openpyxl reads it; ``data_type`` is ``unworked`` for a formula whose result the file does not hold."""
        cell = super().parse_cell(element)
        has_formula = element.find(f"{{{SHEET_MAIN_NS}}}f") is not None
        if has_formula and cell["value"] is None and element.get("t") != "str":
            cell["data_type"] = "unworked"
        # A program that works nothing out writes 0, and asks Excel to work it out when the file is opened.
        if has_formula and cell["value"] == 0 and self.never_opened and element.get("t", "n") == "n":
            cell["data_type"] = "unworked"
        return cell

    never_opened = False


def _is_on(mark) -> bool:
    return mark in ("1", "true", "on")


def _is_hidden(element, size) -> bool:
    return _is_on(element.get("hidden")) or element.get(size) in ("0", "0.0")


def _sheet(book, sheet, bounds) -> Sheet:
    """One sheet of an opened workbook, up to the bounds."""
    found = Sheet(sheet.title, is_hidden=sheet.sheet_state != "visible")
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        parser.never_opened = bool(book.calculation and book.calculation.fullCalcOnLoad)
        every = {}
        for _, row in parser.parse():
            filled = [cell for cell in row if cell["data_type"] == "unworked" or _holds(cell["value"])]
            kept = [cell for cell in filled if cell["row"] <= bounds.rows and cell["column"] <= bounds.columns]
            every |= {(cell["row"], cell["column"]): _cell(found.title, cell, book) for cell in kept}
            found.beyond = _beyond(filled, bounds, parser.hidden_columns)
            if found.beyond:
                break
    every |= _covered(found.title, every, parser.merged, bounds)
    found.hidden_columns = parser.hidden_columns
    for place, cell in every.items():
        is_seen = cell.row not in parser.hidden_rows and cell.column not in parser.hidden_columns
        (found.cells if is_seen else found.unseen)[place] = cell
    return found


def _holds(value) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _beyond(cells, bounds, hidden) -> str:
    """What is told of a cell that is seen and lies where nothing is read."""
    for cell in cells:
        if (cell["row"] > bounds.rows or cell["column"] > bounds.columns) and cell["column"] not in hidden:
            name = f"{get_column_letter(cell['column'])}{cell['row']}"
            return f"có ô ghi ở {name}; chỉ đọc {bounds.rows} dòng, {bounds.columns} cột đầu. Hãy bỏ phần thừa hoặc chia tệp."
    return ""


def _cell(title, cell, book) -> Cell:
    trouble = ""
    if cell["data_type"] == "unworked":
        trouble = _UNWORKED
    elif cell["data_type"] == "e":
        trouble = f"ô báo lỗi {cell['value']}. Hãy sửa công thức, hoặc ghi thẳng giá trị."
    style = book._cell_styles[cell["style_id"]] if cell["style_id"] < len(book._cell_styles) else None
    return Cell(title, cell["row"], cell["column"], cell["value"], trouble, _format_of(book, style))


def _format_of(book, style) -> str:
    if style is None or not style.numFmtId:
        return "General"
    if style.numFmtId < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(style.numFmtId, "General")
    return book._number_formats[style.numFmtId - BUILTIN_FORMATS_MAX_SIZE]


def _covered(title, cells, merged, bounds) -> dict[tuple[int, int], Cell]:
    """The cells that lie under a merged neighbour that is filled. Raises ``ValueError`` for more than any table has."""
    found = {}
    for ref in merged:
        left, top, right, bottom = range_boundaries(ref)
        first = cells.get((top, left))
        if first is None or (first.value is None and not first.trouble):
            continue
        right, bottom = min(right, bounds.columns), min(bottom, bounds.rows)
        trouble = f"ô bị gộp với ô {first.name}. Hãy bỏ gộp ô, ghi từng ô một."
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    found[row, column] = Cell(title, row, column, trouble=trouble, covered=True)
        if len(found) > _MOST_COVERED:
            raise ValueError("too many merged cells")
    return found
