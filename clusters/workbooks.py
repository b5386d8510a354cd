"""Excel files that people filled in: looked into, bounded, read row by row. Nothing in them is trusted, nothing is stored."""

import io
import re
import zipfile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from documents.steps import Refused
from documents.uploads import UploadRefused, inspect

# Far above a table of scores: 120 criteria for each of a hundred members.
MOST_SHEETS = 120
MOST_ROWS = 400
MOST_COLUMNS = 40
MOST_CELL = 5000
MOST_UNPACKED = 12 * 1024 * 1024
_AGAIN = "Hãy tải mẫu từ trang này, điền vào rồi gửi lại."
# What openpyxl raises for a package whose parts are not what they should be.
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile, OSError)


def read_book(file) -> dict[str, list[tuple]]:
    """{name of a sheet: its rows, each a tuple of values}. Raises ``Refused`` for what is no small Excel file."""
    try:
        if inspect(file).extension != "xlsx":
            raise Refused(f"Tệp «{file.name}» không phải tệp Excel (.xlsx). {_AGAIN}", "file")
    except UploadRefused as refused:
        raise Refused(str(refused), "file") from None
    file.seek(0)
    content = file.read()
    _check_size(content, file.name)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return {sheet.title: _rows(sheet) for sheet in book.worksheets[:MOST_SHEETS]}
    except _BROKEN:
        raise Refused(f"Tệp «{file.name}» không đọc được như một bảng tính. {_AGAIN}", "file") from None


def _check_size(content, name):
    """A table of scores is small; what unpacks to more is none, and would cost a server its memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
            raise Refused(f"Tệp «{name}» quá lớn đối với một bảng điểm. {_AGAIN}", "file")
        if any(b"<!DOCTYPE" in package.read(part) for part in package.namelist() if part.endswith(".xml")):
            raise Refused(f"Tệp «{name}» không đọc được như một bảng tính. {_AGAIN}", "file")


def _rows(sheet) -> list[tuple]:
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    return [tuple(value[:MOST_CELL] if isinstance(value, str) else value for value in row) for row in rows]


def text_of(value) -> str:
    """A cell as text: ``1`` for a whole number, so that a number typed as a code stays one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\0", "").split()) if not isinstance(value, str) else value.strip()


def heading_of(rows, wanted: list[str]) -> tuple[int, dict[str, int]] | None:
    """Where the row of headings is, and {heading: column} of those ``wanted``; None where no row has the first two."""
    for number, row in enumerate(rows):
        cells = {text_of(value).casefold(): place for place, value in enumerate(row) if value is not None}
        if all(name.casefold() in cells for name in wanted[:2]):
            return number, {name: cells[name.casefold()] for name in wanted if name.casefold() in cells}
    return None


def cell_name(row: int, column: int) -> str:
    """``D7``, of places counted from zero."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def sheet_name(number: int, title: str) -> str:
    """A name that Excel takes: no more than 31 signs, none of those that it keeps for itself, unlike all others."""
    return re.sub(r"[\[\]:*?/\\']", " ", f"{number}. {title}")[:31].strip()
