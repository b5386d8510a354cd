"""A long Excel file, read row by row in bounded memory, with the promises of ``reading``: for lists of up to 100,000 rows.

What is hidden is left out and named; a cell that is filled and not understood carries its trouble; a package that unpacks to
more than the bounds, or that tells of entities, is refused before it is read.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

from ..checks.refusing import MOST_UNPACKED
from ..steps.refusing import Refused
from ..uploads import UploadRefused, inspect, own_name
from .cells import Cell
from .others import refuse_other
from .reading import _BROKEN, _MOST_COVERED, _UNWORKED, Bounds, Sheet, _format_of, _is_hidden, _is_on

# A list of 100,000 persons with all their columns.
LONG = Bounds(sheets=40, rows=100_200, columns=60, unpacked=MOST_UNPACKED)
_AGAIN = "Hãy kiểm tra lại tệp, hoặc chia thành nhiều tệp."
_SMALLER = "Hãy xóa hình, trang tính và các dòng định dạng trống không cần, hoặc chia thành nhiều tệp, rồi gửi lại."
_NS = f"{{{SHEET_MAIN_NS}}}"
_VALUE, _FORMULA = f"{_NS}v", f"{_NS}f"
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_CHUNK = 1 << 20
_MOST_PARTS = 2000
_SAFE = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


@dataclass
class Stream:
    """One sheet, not read yet. After ``rows`` ended: ``hidden_rows`` that held something, and ``beyond``, what was not read."""

    book: "Book"
    title: str
    is_hidden: bool
    part: str
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    beyond: str = ""

    def rows(self, wanted: frozenset[int] | None = None) -> Iterator[tuple[int, dict[int, Cell]]]:
        """(number, {column: cell}) of each row that a person sees and that holds something in the columns ``wanted``."""
        try:
            yield from _Rows(self, wanted).read()
        except _BROKEN:
            raise Refused(f"Trang tính «{self.title}» không đọc được. {_AGAIN}", "file") from None

    def top(self, most: int = 60) -> Sheet:
        """The first rows as a sheet, to find the headings in."""
        found = Sheet(self.title, self.is_hidden)
        for number, cells in self.rows():
            if number > most:
                break
            found.cells |= {(number, column): cell for column, cell in cells.items()}
        return found


class Book:
    """A workbook that is read as a stream. Raises ``Refused`` for what is none or is too large.

    ``what`` it should be, and its ``name``, in words. ``is_kept``: it was looked into before it was stored.
    """

    def __init__(self, file, *, what: str = "danh sách", name: str = "", bounds: Bounds = LONG, is_kept: bool = False):
        self.name, self.what, self.bounds = name or own_name(file.name or ""), what, bounds
        if not is_kept:
            self._inspect(file)
        file.seek(0)
        try:
            self.archive = zipfile.ZipFile(file)
            self._check()
            self.reader = _Reader(file, read_only=True, keep_vba=False, data_only=True, keep_links=False)
            self.reader.read()
            self.sheets = self._sheets()
        except _BROKEN:
            raise Refused(f"Tệp «{self.name}» không đọc được như một bảng tính. {_AGAIN}", "file") from None
        if not self.sheets or len(self.sheets) > bounds.sheets:
            raise Refused(f"Tệp «{self.name}» không có trang tính, hoặc có quá {bounds.sheets} trang. {_AGAIN}", "file")

    def _inspect(self, file):
        """Refuse what is no workbook; what would be too large before anything of it is unpacked."""
        refuse_other(file, self.name)
        try:
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as package:
                    self._check_size(package.infolist())
            inspect(file)
        except UploadRefused as refused:
            raise Refused(str(refused), "file") from None
        except _BROKEN:
            raise Refused(f"Tệp «{self.name}» không đọc được như một bảng tính. {_AGAIN}", "file") from None

    def _check_size(self, parts):
        unpacked, most = sum(part.file_size for part in parts), self.bounds.unpacked
        if unpacked > most or len(parts) > _MOST_PARTS:
            sizes = f"khi mở ra là {unpacked >> 20} MB, quá lớn đối với một {self.what} (nhiều nhất {most >> 20} MB)"
            raise Refused(f"Tệp «{self.name}» {sizes}. {_SMALLER}", "file")

    def _check(self):
        parts = self.archive.infolist()
        self._check_size(parts)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and self._declares(part):
                raise Refused(f"Tệp «{self.name}» không đọc được như một bảng tính. {_AGAIN}", "file")

    def _declares(self, part):
        """Whether a part has a declaration of entities, which stands before its first element."""
        with self.archive.open(part) as source:
            return b"<!DOCTYPE" in source.read(8192).upper()

    def _sheets(self):
        return [
            Stream(self, sheet.title, sheet.sheet_state != "visible", sheet._worksheet_path)
            for sheet in self.reader.wb.worksheets
        ]

    @property
    def is_from_1904(self) -> bool:
        """Whether its days are counted from 1904, as files from a Macintosh are."""
        return self.reader.wb.epoch.year == 1904


class _Reader(ExcelReader):
    """Reads what a workbook says of itself; texts that its sheets share in a tenth of openpyxl's time."""

    def read_strings(self):
        self.shared_strings = []
        name = next((part for part in self.valid_files if part.lower().endswith("sharedstrings.xml")), None)
        if not name:
            return
        text, phonetic = f"{_NS}t", f"{_NS}rPh"
        with self.archive.open(name) as source:
            for _, element in etree.iterparse(source, tag=f"{_NS}si", **_SAFE):
                parts = (part.text or "" for part in element.iter(text) if part.getparent().tag != phonetic)
                self.shared_strings.append("".join(parts))
                _forget(element)


def _forget(element):
    """Free what was read of a file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


class _Rows:
    """Reads the rows of one sheet."""

    def __init__(self, stream, wanted):
        self.stream, self.wanted, self.bounds = stream, wanted, stream.book.bounds
        book = stream.book.reader.wb
        self.book, self.strings = book, stream.book.reader.shared_strings
        self.dates, self.spans = book._date_formats, book._timedelta_formats
        self.never_opened = bool(book.calculation and book.calculation.fullCalcOnLoad)
        self.formats, self.columns, self.last, self.many = {}, {}, 0, 0
        self.covered = self._covered()

    def read(self):
        hides, stream = False, self.stream
        stream.hidden_rows, stream.hidden_columns = [], set()
        tags = [f"{_NS}{name}" for name in ("sheetFormatPr", "col", "row")]
        with stream.book.archive.open(stream.part) as source:
            for _, element in etree.iterparse(source, tag=tags, **_SAFE):
                if element.tag == tags[0]:
                    hides = _is_on(element.get("zeroHeight"))
                elif element.tag == tags[1]:
                    self._column(element)
                elif cells := self._row(element):
                    number = next(iter(cells.values())).row
                    if _is_hidden(element, "ht") or (hides and element.get("ht") is None):
                        stream.hidden_rows.append(number)
                    elif self._is_beyond(number, cells):
                        return
                    else:
                        yield number, cells
                if element.tag == tags[2]:
                    _forget(element)

    def _column(self, element):
        if _is_hidden(element, "width"):
            last = min(int(element.get("max")), 16384)
            self.stream.hidden_columns |= set(range(int(element.get("min")), last + 1))

    def _is_beyond(self, number, cells):
        if number <= self.bounds.rows:
            return False
        name = next(iter(cells.values())).name
        rows, columns = self.bounds.rows, self.bounds.columns
        self.stream.beyond = f"có ô ghi ở {name}; chỉ đọc {rows} dòng, {columns} cột đầu. Hãy chia tệp."
        return True

    def _row(self, element) -> dict[int, Cell]:
        found, number = {}, int(element.get("r") or self.last + 1)
        self.last = number
        for place, cell in enumerate(element, start=1):
            reference = cell.get("r")
            column = self._column_of(reference) if reference else place
            if column > self.bounds.columns or column in self.stream.hidden_columns:
                continue
            if self.wanted is None or column in self.wanted:
                made = self._cell(number, column, cell)
                if made is not None:
                    found[column] = made
        for column in self.covered.get(number, ()) if self.covered else ():
            if self.wanted is None or column in self.wanted:
                first = self.covered[number][column]
                trouble = f"ô bị gộp với ô {first}. Hãy bỏ gộp ô, ghi từng ô một."
                found[column] = Cell(self.stream.title, number, column, trouble=trouble, covered=True)
        return found if any(cell.is_filled for cell in found.values()) else {}

    def _column_of(self, reference):
        letters = reference.rstrip("0123456789")
        if letters not in self.columns:
            self.columns[letters] = column_index_from_string(_PLACE.fullmatch(reference)[1])
        return self.columns[letters]

    def _cell(self, number, column, element) -> Cell | None:
        kind, style = element.get("t", "n"), int(element.get("s", 0))
        text = formula = None
        for part in element:
            if part.tag == _VALUE:
                text = part.text
            elif part.tag == _FORMULA:
                formula = part
        trouble = self._trouble(kind, text, formula)
        if trouble:
            return Cell(self.stream.title, number, column, None, trouble)
        value = self._inline(element) if kind == "inlineStr" else self._value(kind, style, text)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        shown = self._format(style) if isinstance(value, int | float) else "General"
        return Cell(self.stream.title, number, column, value, "", shown)

    def _trouble(self, kind, text, formula):
        if kind == "e":
            return f"ô báo lỗi {text}. Hãy sửa công thức, hoặc ghi thẳng giá trị."
        if formula is None:
            return ""
        unworked = (text is None and kind != "str") or (text == "0" and self.never_opened and kind == "n")
        return _UNWORKED if unworked else ""

    @staticmethod
    def _inline(element):
        return "".join(part.text or "" for part in element.iter(f"{_NS}t"))

    def _value(self, kind, style, text):
        if text is None:
            return None
        if kind == "s":
            return self.strings[int(text)]
        if kind == "str":
            return text
        if kind == "b":
            return text == "1"
        if kind == "d":
            return from_ISO8601(text)
        number = float(text) if any(mark in text for mark in ".eE") else int(text)
        if style in self.dates or style in self.spans:
            return self._moment(number, style, text)
        return number

    def _moment(self, number, style, text):
        try:
            return from_excel(number, self.book.epoch, timedelta=style in self.spans)
        except (OverflowError, ValueError):
            return text

    def _format(self, style):
        if style not in self.formats:
            styles = self.book._cell_styles
            self.formats[style] = _format_of(self.book, styles[style] if style < len(styles) else None)
        return self.formats[style]

    def _covered(self) -> dict[int, dict[int, str]]:
        """{row: {column: the cell that it lies under}}. Merged cells stand at the end of a part, so they are looked for first."""
        found, tail = {}, b""
        with self.stream.book.archive.open(self.stream.part) as source:
            while chunk := source.read(_CHUNK):
                # Looked for by its name first: that is quick, and most lists have none.
                for match in _MERGED.finditer(tail + chunk) if b"mergeCell" in tail + chunk else ():
                    self._cover(found, match[1].decode())
                tail = chunk[-200:]
        return found

    def _cover(self, found, reference):
        left, top, right, bottom = range_boundaries(reference)
        right, bottom = min(right, self.bounds.columns), min(bottom, self.bounds.rows)
        self.many += (right - left + 1) * (bottom - top + 1)
        if self.many > _MOST_COVERED:
            raise ValueError("too many merged cells")
        first = f"{get_column_letter(left)}{top}"
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    found.setdefault(row, {})[column] = first
