"""Where in an Excel file a list stands: its sheet, its headings in one row or in two, and what of the file is not read."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from openpyxl.utils import get_column_letter

from documents.excel.cells import Cell, is_month_first, label_of
from documents.excel.sheets import Sheet, Table
from documents.excel.streaming import Book, Stream
from documents.steps.refusing import Refused
from units.text import clean

from ..catalogue.models import Whom
from .lines import HEADINGS, ROW, factor_of
from .naming import key_of

# Beside what a row says of an award: its number, and a birth or a sign that stands under «Nam» or under «Nữ».
COUNT, MALE, FEMALE = "count", "male", "female"
BESIDE = (COUNT, MALE, FEMALE)
_COUNTS = ("STT", "TT", "Số TT", "Số thứ tự")
KINDS_BY_HEADING = {"Họ và tên": Whom.PERSON, "Họ tên": Whom.PERSON, "Tên cá nhân": Whom.PERSON}
KINDS_BY_HEADING |= {
    "Tên đơn vị/tập thể": Whom.COLLECTIVE,
    "Tên đơn vị / tập thể": Whom.COLLECTIVE,
    "Tên tập thể": Whom.COLLECTIVE,
}
KINDS_BY_HEADING |= {"Tên hộ gia đình": Whom.HOUSEHOLD}
_ASIDE = ("huong dan", "danhmuc", "danh muc")


@dataclass
class Layout:
    """Where in a file the list stands: its sheet, the row of headings, {field: column}; what of the file is not read.

    ``head``: the lower row of headings, where there are two. ``mixed``: a day in words has its month first, so that others are
    not sure. ``codes``: {code: name} of the file's own sheet of codes. ``total``: rows under the headings. ``factor``: what
    figures of money are told in: 1 for đồng, 1000 for nghìn đồng.
    """

    sheet: str
    head: int
    fields: dict[str, int]
    whom: str = ""
    mixed: bool = False
    total: int = 0
    codes: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    factor: int = 1

    def stored(self) -> dict:
        """As an entry keeps it."""
        return asdict(self)


def recognise(file) -> Layout | None:
    """The layout of a file by its headings; None where a person has to match columns. Raises ``Refused`` for no such file."""
    book = Book(file)
    aside = [sheet for sheet in book.sheets if label_of(sheet.title) in _ASIDE]
    tops = [(sheet, sheet.top()) for sheet in book.sheets if not sheet.is_hidden and sheet not in aside]
    if not any(top.cells for _, top in tops):
        hidden = " Danh sách ở trang tính ẩn thì hãy bỏ ẩn trang đó." if any(s.is_hidden for s in book.sheets) else ""
        raise Refused(f"Tệp «{book.name}» chưa ghi gì. Hãy ghi danh sách rồi gửi lại.{hidden}", "file")
    found = [(sheet, top, table) for sheet, top in tops if (table := _table(top)) and _fields(table).get("name")]
    if len(found) > 1:
        names = "», «".join(sheet.title for sheet, *_ in found)
        raise Refused(
            f"Tệp có {len(found)} trang tính ghi danh sách: «{names}». Hãy giữ một trang, xóa trang kia.", "file"
        )
    if not found:
        return None
    sheet, top, table = found[0]
    if table.faults:
        raise Refused(" ".join(str(fault) for fault in table.faults), "file")
    head, fields = _both_rows(top, table)
    layout = Layout(sheet.title, head, fields, _whom(table))
    return _finished(book, sheet, layout, top)


def matched(file, name: str, sheet_title: str, head: int, fields: dict[str, int], whom: str = "") -> Layout:
    """The layout that a person told. Raises ``Refused`` where there is no such sheet."""
    book = Book(file, name=name, is_kept=True)
    sheet = next((sheet for sheet in book.sheets if sheet.title == sheet_title and not sheet.is_hidden), None)
    if sheet is None:
        raise Refused("Không còn trang tính này trong tệp. Hãy chọn lại.", "sheet")
    top = sheet.top()
    counts = [cell.column for cell in top.filled_in(head) if cell.label() in map(label_of, _COUNTS)] if head else []
    beside = {COUNT: counts[0]} if counts and counts[0] not in fields.values() else {}
    return _finished(book, sheet, Layout(sheet.title, head, fields | beside, whom), top)


# --- Headings


def _table(top: Sheet) -> Table | None:
    wanted = [heading for headings in HEADINGS.values() for heading in headings]
    return top.table([*wanted, ROW, *_COUNTS])


def _fields(table) -> dict[str, int]:
    """{field: column} of a table: the first of several headings that say the same."""
    found = {}
    for name, headings in (HEADINGS | {COUNT: _COUNTS}).items():
        columns = [table.columns[heading] for heading in headings if heading in table.columns]
        columns = [column for column in columns if name != "year" or not _is_male(table.sheet.at(table.head, column))]
        if columns:
            found[name] = min(columns)
    if ROW in table.columns:
        found["row"] = table.columns[ROW]
    return found


def _is_male(cell) -> bool:
    """Whether a heading is «Nam», which without accents is «Năm»."""
    return cell.words().casefold().strip(" :.*") == "nam"


def _whom(table) -> str:
    return next((whom for heading, whom in KINDS_BY_HEADING.items() if heading in table.columns), "")


def _both_rows(top: Sheet, table: Table) -> tuple[int, dict[str, int]]:
    """The lower row of headings and {field: column} of both, where a second one divides columns of the first."""
    fields, taken = _fields(table), set(table.columns.values())
    for line in (table.head + 1, table.head - 1):
        cells = [cell for cell in top.filled_in(line) if cell.column not in taken or line > table.head]
        more = _divided(top, line, cells, fields) if _divides(cells, top, table, line) else {}
        if more:
            fields = {name: column for name, column in fields.items() if column not in more.values()}
            return max(line, table.head), fields | more
    return table.head, fields


def _divides(cells, top, table, line) -> bool:
    """Whether a row beside the headings holds nothing but headings: words that are short, and no name of anybody."""
    name = _fields(table)["name"]
    return bool(cells) and top.at(line, name).label() == "" and all(0 < len(cell.label()) < 60 for cell in cells)


def _divided(top, line, cells, fields) -> dict[str, int]:
    """{field: column} of what a second row of headings says."""
    found = {}
    for name, headings in HEADINGS.items():
        labels = {label_of(heading) for heading in headings}
        columns = [cell.column for cell in cells if cell.label() in labels and not (name == "year" and _is_male(cell))]
        if columns and name not in fields:
            found[name] = min(columns)
    sides = {cell.label(): cell.column for cell in cells if _is_male(cell) or cell.label() == "nu"}
    if sides.keys() == {"nam", "nu"}:
        found |= {MALE: sides["nam"], FEMALE: sides["nu"]}
    return found


# --- What lies under them, and what is not read


def _finished(book: Book, sheet: Stream, layout: Layout, top: Sheet) -> Layout:
    """With the number of rows, what is not read, and the codes that the file brings along."""
    told = {column for name, column in layout.fields.items() if name != COUNT}
    used = set()
    for number, cells in sheet.rows():
        if number > layout.head:
            used |= cells.keys()
            layout.total += not told.isdisjoint(cells)
            layout.mixed = layout.mixed or _is_mixed(cells.get(layout.fields.get("born")))
    if not layout.total:
        words = f"Trang tính «{sheet.title}» không có dòng nào dưới dòng tiêu đề {layout.head}."
        raise Refused(f"{words} Hãy ghi danh sách ở dưới, hoặc bỏ ẩn các dòng, rồi gửi lại.", "file")
    layout.factor = factor_of(_head_of(top, layout, layout.fields.get("amount", 0)))
    layout.unread = _unread(book, sheet) + list(_other_columns(top, layout, used))
    layout.codes = _codes(book)
    return layout


def _is_mixed(cell: Cell | None) -> bool:
    return cell is not None and is_month_first(cell.words())


def _other_columns(top, layout, used) -> Iterator[str]:
    """The columns that hold something under a heading and are none of the list's; those of codes that ship empty are none."""
    for column in sorted(used - set(layout.fields.values())):
        head = _head_of(top, layout, column)
        if head and label_of(head) not in map(label_of, _COUNTS):
            yield f"cột {get_column_letter(column)} «{clean(' '.join(head.split()))[:60]}»"


def _head_of(top, layout, column) -> str:
    """The heading of a column, in the lower row or in the one above."""
    heads = (top.at(line, column).words() for line in (layout.head, layout.head - 1) if line)
    return next(filter(None, heads), "")


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
                found |= pairs_of([cells[column] for column in sorted(cells)])
    return found


def pairs_of(cells) -> dict[str, str]:
    """{ten-digit code: name} of a row, each with the name beside it, before or behind."""
    said = [str(cell.value) if isinstance(cell.value, int) else cell.words() for cell in cells]
    found = {}
    for place, words in enumerate(said):
        if len(words) == 10 and words.isdecimal():
            after = said[place + 1] if place + 1 < len(said) else ""
            before = said[place - 1] if place else ""
            name = after if key_of(after) and not after.isdecimal() else before
            found |= {words: name} if name and not name.isdecimal() else {}
    return found
