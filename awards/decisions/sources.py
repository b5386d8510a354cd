"""Where the lines of an entry come from: typed rows, or a file whose headings were recognised or matched by a person."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from documents.excel.cells import Cell, is_month_first, label_of, place_of
from documents.excel.reading import Table
from documents.excel.streaming import Book, Stream
from documents.steps.refusing import Refused

from ..catalogue.book import book_of
from ..catalogue.models import Whom
from .lines import HEADINGS, HEADS, ROW, Line, Shared, Taker
from .models import Entry
from .naming import Namer, key_of

# Rows that are read at once, and up to how many a page reads itself.
CHUNK, SHORT = 2000, 1500
_NO_NAMES = {"tong cong", "tong so", "cong"} | {label_of(heading) for heading in HEADINGS["name"]}
_ASIDE = ("huong dan", "danhmuc", "danh muc")
_WHOM = {"Họ và tên": Whom.PERSON, "Họ tên": Whom.PERSON, "Tên cá nhân": Whom.PERSON}
_WHOM |= {
    "Tên đơn vị/tập thể": Whom.COLLECTIVE,
    "Tên đơn vị / tập thể": Whom.COLLECTIVE,
    "Tên tập thể": Whom.COLLECTIVE,
}
_WHOM |= {"Tên hộ gia đình": Whom.HOUSEHOLD}


@dataclass
class Layout:
    """Where in a file the list stands: its sheet, the row of headings, {field: column}; what of the file is not read.

    ``mixed``: a day in words has its month first, so that others are not sure. ``codes``: {code: name} of the file's own
    sheet of codes. ``total``: rows under the headings.
    """

    sheet: str
    head: int
    fields: dict[str, int]
    whom: str = ""
    mixed: bool = False
    total: int = 0
    codes: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def stored(self) -> dict:
        """As an entry keeps it."""
        return asdict(self)


def recognise(file) -> Layout | None:
    """The layout of a file by its headings; None where a person has to match columns. Raises ``Refused`` for no such file."""
    book = Book(file)
    aside = [sheet for sheet in book.sheets if label_of(sheet.title) in _ASIDE]
    shown = [sheet for sheet in book.sheets if not sheet.is_hidden and sheet not in aside]
    tables = {sheet.title: (sheet, _table(sheet)) for sheet in shown}
    found = [(sheet, table) for sheet, table in tables.values() if table and _fields(table).get("name")]
    if len(found) > 1:
        names = "», «".join(sheet.title for sheet, _ in found)
        raise Refused(
            f"Tệp có {len(found)} trang tính ghi danh sách: «{names}». Hãy giữ một trang, xóa trang kia.", "file"
        )
    if not found:
        return None
    sheet, table = found[0]
    if table.faults:
        raise Refused(" ".join(str(fault) for fault in table.faults), "file")
    layout = Layout(sheet.title, table.head, _fields(table), _whom(table))
    return _finished(book, sheet, layout)


def matched(file, name: str, sheet_title: str, head: int, fields: dict[str, int], whom: str = "") -> Layout:
    """The layout that a person told. Raises ``Refused`` where there is no such sheet."""
    book = Book(file)
    sheet = next((sheet for sheet in book.sheets if sheet.title == sheet_title and not sheet.is_hidden), None)
    if sheet is None:
        raise Refused("Không còn trang tính này trong tệp. Hãy chọn lại.", "sheet")
    return _finished(book, sheet, Layout(sheet.title, head, fields, whom))


def _table(sheet: Stream) -> Table | None:
    wanted = [heading for headings in HEADINGS.values() for heading in headings]
    return sheet.top().table([*wanted, ROW])


def _fields(table) -> dict[str, int]:
    """{field: column} of a table: the first of several headings that say the same."""
    found = {}
    for name, headings in HEADINGS.items():
        columns = [table.columns[heading] for heading in headings if heading in table.columns]
        if columns:
            found[name] = min(columns)
    if ROW in table.columns:
        found["row"] = table.columns[ROW]
    return found


def _whom(table) -> str:
    return next((whom for heading, whom in _WHOM.items() if heading in table.columns), "")


def _finished(book, sheet, layout) -> Layout:
    """With the number of rows, what is not read, and the codes that the file brings along."""
    born, last = layout.fields.get("born"), 0
    for number, cells in sheet.rows(frozenset(layout.fields.values())):
        if number > layout.head:
            layout.total += 1
            last = number
            cell = cells.get(born)
            layout.mixed = layout.mixed or bool(cell and is_month_first(cell.words()))
    if not last:
        raise Refused(f"Trang tính «{sheet.title}» không có dòng nào dưới dòng tiêu đề {layout.head}.", "file")
    layout.unread = _unread(book, sheet)
    layout.codes = _codes(book)
    return layout


def _unread(book, sheet) -> list[str]:
    """What of a file is not read, in words. What lies beyond the bounds is refused: half a list is none."""
    if sheet.beyond:
        raise Refused(f"Trang tính «{sheet.title}» {sheet.beyond}", "file")
    told = [f"trang tính ẩn «{other.title}»" for other in book.sheets if other.is_hidden]
    told += [f"trang tính «{other.title}»" for other in book.sheets if other is not sheet and not other.is_hidden]
    if sheet.hidden_columns:
        told.append("các cột ẩn")
    if sheet.hidden_rows:
        shown = ", ".join(map(str, sheet.hidden_rows[:10]))
        told.append(f"{len(sheet.hidden_rows)} dòng ẩn ({shown}{', …' if len(sheet.hidden_rows) > 10 else ''})")
    return told


def _codes(book) -> dict[str, str]:
    """{ten-digit code: name} of the sheets of codes that a file brings along, hidden ones too: they say what was copied."""
    found = {}
    for sheet in book.sheets:
        if label_of(sheet.title) in ("danhmuc", "danh muc", "htkt"):
            for number, cells in sheet.rows():
                if number > 300:
                    break
                found |= _pairs([cells[column] for column in sorted(cells)])
    return found


def _pairs(cells) -> dict[str, str]:
    """The codes of a row, each with the name beside it, before or behind."""
    said = [str(cell.value) if isinstance(cell.value, int) else cell.words() for cell in cells]
    found = {}
    for place, words in enumerate(said):
        if len(words) == 10 and words.isdecimal():
            after = said[place + 1] if place + 1 < len(said) else ""
            before = said[place - 1] if place else ""
            name = after if key_of(after) and not after.isdecimal() else before
            found |= {words: name} if name and not name.isdecimal() else {}
    return found


class Source:
    """The lines of an entry, chunk by chunk; where a value of a line stands, in words. Reads the file anew each time."""

    def __init__(self, entry: Entry):
        self.entry, self.hands = entry, not entry.file_id
        self.layout = None if self.hands else Layout(**entry.columns)
        layout = self.layout or Layout("", 0, {})
        award = entry.award.code if entry.award_id else ""
        shared = Shared(entry.year, entry.first_year, award, entry.deed, layout.whom, entry.converts, layout.mixed)
        namer = Namer(book_of(entry.decision.day).catalogue, entry.decision.office.code, layout.codes)
        self.taker, self.corrected = Taker(namer, shared), Taker(namer, shared)
        self.corrected.shared = Shared(entry.year, entry.first_year, award, entry.deed, layout.whom, entry.converts)

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
        return place_of(self.layout.sheet, row, self.layout.fields.get(name) or self.layout.fields["name"])

    def chunks(self) -> Iterator[list[Line]]:
        """All lines, some thousand at once."""
        chunk = []
        for row, cells in self.rows():
            taker = self.corrected if str(row) in self.entry.fixes else self.taker
            chunk += taker.lines(row, cells)
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def rows(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """(number, {field: cell}) of each row, as it was corrected where it was."""
        if self.hands:
            for number, typed in enumerate(self.entry.rows, start=1):
                yield number, _cells(number, typed)
            return
        fields = {column: name for name, column in self.layout.fields.items() if name != "row"}
        with self.entry.file.file.open() as file:
            book = Book(file, name=self.entry.file.name, is_kept=True)
            sheet = next(sheet for sheet in book.sheets if sheet.title == self.layout.sheet)
            for number, cells in sheet.rows(frozenset(fields)):
                if number <= self.layout.head or _is_heading(cells, fields, number <= self.layout.head + 2):
                    continue
                if fixed := self.entry.fixes.get(str(number)):
                    yield number, _cells(number, fixed)
                else:
                    yield number, {fields[column]: cell for column, cell in cells.items()}


def _cells(number, typed) -> dict[str, Cell]:
    """Typed values as cells."""
    return {
        name: Cell("", number, 1, value) for name, value in typed.items() if name in HEADS and value not in ("", None)
    }


def _is_heading(cells, fields, is_first) -> bool:
    """Whether a row says the headings again, for printing, or a sum; or, right below them, numbers the columns: (1) (2) (3)."""
    name = next((cell for column, cell in cells.items() if fields[column] == "name"), None)
    if name is not None and isinstance(name.value, str) and len(name.value) < 40 and name.label() in _NO_NAMES:
        return True
    marks = [cell.seen().strip("() ") for cell in cells.values()] if is_first else ()
    return len(marks) >= 3 and all(len(mark) <= 2 and (mark.isdecimal() or mark in "ABC") for mark in marks)
