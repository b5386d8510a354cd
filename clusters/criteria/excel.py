"""Sets of criteria as Excel files: out for changing, and in again as the rows that would be typed."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone

from documents.excel.cells import CellFault, label_of
from documents.excel.reading import read_book
from documents.steps.refusing import Refused
from units.excel_out import excel, heading_for
from units.models import Unit

from .actions import outline_of
from .forms import VERIFIERS
from .models import Criterion
from .tree import MOST_ROWS

Kind = Criterion.Kind
# What offices call the three kinds.
_KINDS = {
    Kind.MAIN: ("điểm chính", "chính", "điểm chuẩn", "chuẩn"),
    Kind.BONUS: ("điểm thưởng", "thưởng", "điểm cộng", "cộng"),
    Kind.DEDUCTION: ("điểm trừ", "trừ", "điểm phạt", "phạt", "trừ điểm"),
}
_KIND_OF = {label_of(word): kind for kind, words in _KINDS.items() for word in words}
COLUMNS = [
    ("Số mục", lambda row: row.code),
    ("Nội dung", lambda row: row.text),
    ("Cấp", lambda row: row.level),
    ("Điểm tối đa", lambda row: row.maximum),
    ("Loại điểm", lambda row: row.get_kind_display()),
    ("Minh chứng", lambda row: "x" if row.needs_evidence else ""),
    ("Sở, ngành thẩm định", lambda row: row.verifier.name if row.verifier else ""),
]
_HEADS = [name for name, _ in COLUMNS]
# {field of the row's form: its column}
FIELDS = dict(zip(("code", "text", "level", "maximum", "kind", "needs_evidence", "verifier"), _HEADS, strict=True))


def write_tree(criteria_set, *, by) -> HttpResponse:
    """A set as a file that can be changed and read in again."""
    heading = heading_for(by, f"Bộ tiêu chí: {criteria_set}", f"Áp dụng từ năm {criteria_set.applies_from}")
    return excel(f"bo-tieu-chi-{criteria_set.number}", COLUMNS, outline_of(criteria_set), heading)


@dataclass
class TreeFile:
    """The rows of a file as their forms take them; where each cell is, for telling; what of the file was not read."""

    rows: list[dict]
    places: list[dict[str, str]]
    unread: list[str]


def read_tree(file) -> tuple[TreeFile | None, list[CellFault]]:
    """The rows of a tree as they would be typed, or None and the cells that cannot be read.

    What can be read and is no good criterion, the forms of the rows tell. Raises ``Refused`` for a file without a tree, with
    two of them, or with one that is too long.
    """
    sheets = read_book(file, what="bảng tiêu chí")
    tables = {sheet.title: sheet.table(_HEADS, needed=_HEADS[:4]) for sheet in sheets}
    tables = {title: table for title, table in tables.items() if table and {"Số mục", "Nội dung"} <= set(table.columns)}
    seen = [title for title, table in tables.items() if not table.sheet.is_hidden]
    unread = [_why_unread(sheet) for sheet in sheets if sheet.title not in seen and not sheet.is_blank]
    if len(tables) > 1 and seen:
        names = "», «".join(tables)
        raise Refused(
            f"Tệp có {len(tables)} trang tính ghi tiêu chí: «{names}». Hãy giữ một trang, xóa trang kia.", "file"
        )
    if not seen:
        words = f"Tệp không có dòng tiêu đề với các cột «{'», «'.join(_HEADS)}»."
        raise Refused(" ".join([words, *(f"Không đọc {row}." for row in unread)]), "file")
    table = tables[seen[0]]
    return (None, table.faults) if table.faults else _tree(table, unread)


def _why_unread(sheet) -> str:
    why = "đang ẩn" if sheet.is_hidden else sheet.beyond or "không có các cột của bộ tiêu chí"
    return f"trang tính «{sheet.title}» ({why})"


def _tree(table, unread):
    lines = list(table.rows())
    if not lines:
        raise Refused("Tệp không có mục nào dưới dòng tiêu đề.", "file")
    if len(lines) > MOST_ROWS:
        raise Refused(f"Tệp có {len(lines)} mục; một bộ tiêu chí nhiều nhất {MOST_ROWS} mục.", "file")
    units = Unit.objects.filter(kind__in=VERIFIERS).alive_on(timezone.localdate())
    reader = _Reader({label_of(unit.name): unit for unit in units})
    rows = [reader.row(line) for line in lines]
    places = [{field: line[heading].where for field, heading in FIELDS.items()} for line in lines]
    title = table.sheet.title
    unread = [*unread, *(f"{words} của trang tính «{title}»" for words in table.sheet.hidden_words())]
    unread += [f"cột {words} của trang tính «{title}»" for words in table.other_columns()]
    return (None, reader.faults) if reader.faults else (TreeFile(rows, places, unread), [])


class _Reader:
    """Takes the cells of one row after the other, and keeps what cannot be read."""

    def __init__(self, verifiers):
        self.verifiers, self.faults, self.root = verifiers, [], Kind.MAIN

    def row(self, line) -> dict:
        """One row as its form takes it. A number becomes what a person would have typed."""
        level = self._taken(lambda: line["Cấp"].typed())
        kind = self._taken(lambda: _kind_of(line["Loại điểm"]))
        if label_of(level or "") == "1":
            self.root = kind or Kind.MAIN
        elif kind and kind != self.root:
            words = f"mục trong nhóm tính điểm theo nhóm ({self.root.label}). Hãy để trống, hoặc đổi ở dòng của nhóm."
            self.faults.append(line["Loại điểm"].fault(words))
        asked = self._taken(lambda: line["Sở, ngành thẩm định"].text())
        verifier = self.verifiers.get(label_of(asked or ""))
        return {
            "code": self._taken(lambda: line["Số mục"].code()),
            "text": self._taken(lambda: line["Nội dung"].text()),
            "level": level,
            "maximum": self._taken(lambda: line["Điểm tối đa"].typed()),
            "kind": self.root.value,
            "needs_evidence": "on" if self._taken(lambda: line["Minh chứng"].flag()) else "",
            # A name that is no unit's stays, for the form to refuse.
            "verifier": str(verifier.pk) if verifier else asked,
        }

    def _taken(self, read):
        try:
            return read()
        except CellFault as fault:
            self.faults.append(fault)
            return None


def _kind_of(cell) -> Kind | None:
    """The kind that a cell names; None where it is empty. Raises ``CellFault`` for any other word."""
    said = cell.text()
    if said and label_of(said) not in _KIND_OF:
        raise cell.fault(f"không rõ loại điểm «{said}». Hãy ghi Điểm chính, Điểm thưởng hoặc Điểm trừ.")
    return _KIND_OF.get(label_of(said))
