"""Criteria and scores as Excel files: out for reading and filling in, and in again with a preview of what will change."""

import io
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter
from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from documents.steps import Refused
from units.figures import figure_text
from units.lists import EXCEL, excel
from units.models import Unit
from units.text import fold

from . import scoring
from .criteria import MOST_ROWS, outline_of
from .criteria_forms import VERIFIERS
from .models import Criterion, Score, ScoreSheet
from .points import as_typed, read_points
from .scoring import OWN, SETTLE, STAGES, VERIFY, Given
from .workbooks import cell_name, heading_of, read_book, sheet_name, text_of

# --- The tree of criteria

_KINDS = {fold(kind.label): kind for kind in Criterion.Kind}
TREE_COLUMNS = [
    ("Số mục", lambda row: row.code),
    ("Nội dung", lambda row: row.text),
    ("Cấp", lambda row: row.level),
    ("Điểm tối đa", lambda row: float(row.maximum)),
    ("Loại điểm", lambda row: row.get_kind_display()),
    ("Minh chứng", lambda row: "x" if row.needs_evidence else ""),
    ("Sở, ngành thẩm định", lambda row: row.verifier.name if row.verifier else ""),
]
_TREE = [name for name, _ in TREE_COLUMNS]


def write_tree(criteria_set) -> HttpResponse:
    """A set as a file that can be changed and read in again."""
    return excel(f"bo-tieu-chi-{criteria_set.number}", TREE_COLUMNS, outline_of(criteria_set))


def read_tree(file) -> list[dict]:
    """The rows of a tree as they would be typed; what is wrong in them, their forms tell. Raises ``Refused``."""
    for rows in read_book(file).values():
        found = heading_of(rows, _TREE)
        if found:
            break
    else:
        raise Refused(f"Tệp không có dòng tiêu đề với các cột «{'», «'.join(_TREE)}».", "file")
    head, columns = found
    missing = [name for name in _TREE[:4] if name not in columns]
    if missing:
        raise Refused(f"Tệp thiếu cột «{'», «'.join(missing)}».", "file")
    verifiers = {
        fold(unit.name): unit for unit in Unit.objects.filter(kind__in=VERIFIERS).alive_on(timezone.localdate())
    }
    typed = [_tree_row(row, columns, verifiers) for row in rows[head + 1 :] if any(text_of(value) for value in row)]
    if not typed:
        raise Refused("Tệp không có mục nào dưới dòng tiêu đề.", "file")
    if len(typed) > MOST_ROWS:
        raise Refused(f"Tệp có {len(typed)} mục; một bộ tiêu chí nhiều nhất {MOST_ROWS} mục.", "file")
    return typed


def _tree_row(row, columns, verifiers):
    """One row as its form takes it. A number becomes what a person would have typed."""

    def cell(name):
        return row[columns[name]] if name in columns and columns[name] < len(row) else None

    level, maximum, asked = text_of(cell("Cấp")), cell("Điểm tối đa"), text_of(cell("Sở, ngành thẩm định"))
    verifier = verifiers.get(fold(asked))
    return {
        "code": text_of(cell("Số mục")),
        "text": text_of(cell("Nội dung")),
        "level": level,
        "maximum": as_typed(maximum),
        "kind": _KINDS.get(fold(text_of(cell("Loại điểm"))), Criterion.Kind.MAIN).value,
        "needs_evidence": "on" if text_of(cell("Minh chứng")) else "",
        # A name that is no unit's stays, for the form to refuse.
        "verifier": str(verifier.pk) if verifier else asked,
    }


# --- Scores, out

_COLUMNS = {
    OWN: ("Tự chấm", "Thuyết minh"),
    VERIFY: ("Thẩm định", "Lý do thẩm định khác"),
    SETTLE: ("Chốt", "Lý do chốt khác"),
}
_HEADS = ["Số mục", "Tiêu chí", "Điểm tối đa", *(name for pair in _COLUMNS.values() for name in pair), "Minh chứng"]
_UNIT = "Mã đơn vị"
SUMMARY = [
    ("Đơn vị", lambda sheet: sheet.membership.unit.name),
    ("Tự chấm", lambda sheet: number(sheet.own_total)),
    ("Thẩm định", lambda sheet: number(sheet.verified_total)),
    ("Chốt", lambda sheet: number(sheet.settled_total)),
    ("Xếp hạng", lambda sheet: sheet.rank),
    ("Trạng thái", lambda sheet: sheet.get_state_display()),
    ("Không xếp hạng vì", lambda sheet: sheet.disqualified),
]


def number(points):
    """Points as a number of Excel."""
    return None if points is None else float(points)


class _Book:
    """A workbook being written: text stays text, a value that begins like a formula is never one."""

    def __init__(self):
        self.memory = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.memory, {"in_memory": True})
        shape = {"border": 1, "text_wrap": True, "valign": "top"}
        self.formats = {
            "": self.book.add_format(shape),
            "head": self.book.add_format(shape | {"bold": True, "bg_color": "#E9F0F6"}),
            "group": self.book.add_format(shape | {"bold": True}),
            "differs": self.book.add_format(shape | {"bg_color": "#FFF0D6"}),
            "title": self.book.add_format({"bold": True, "font_size": 13}),
        }

    def row(self, sheet, line, values, format_=""):
        """Values side by side; a pair is a value with a format of its own."""
        for column, value in enumerate(values):
            value, shape = value if isinstance(value, tuple) else (value, format_)
            if isinstance(value, Decimal | int | float):
                sheet.write_number(line, column, value, self.formats[shape])
            elif value:
                sheet.write_string(line, column, str(value), self.formats[shape])
            else:
                sheet.write_blank(line, column, None, self.formats[shape])

    def response(self, name) -> HttpResponse:
        """The finished file."""
        self.book.close()
        response = HttpResponse(self.memory.getvalue(), content_type=EXCEL)
        response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y%m%d}.xlsx"'
        return response


def write_scores(cluster, sheets) -> HttpResponse:
    """The scores of a cluster: its summary, all members beside each other, and a sheet a member that can be filled in.

    Four queries, however many members.
    """
    scores = {}
    rows = Score.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).prefetch_related("evidence__upload")
    for score in rows:
        scores.setdefault(score.sheet_id, {})[score.criterion_id] = score
    outline = outline_of(sheets[0].set) if sheets else []
    book = _Book()
    _summary(book, sheets)
    _side_by_side(book, outline, sheets, scores)
    for position, sheet in enumerate(sheets, start=1):
        _one_member(book, position, sheet, outline, scores.get(sheet.pk, {}))
    return book.response(f"cham-diem-{cluster.division.year}-{cluster.pk}")


def _summary(book, sheets):
    page = book.book.add_worksheet("Tổng hợp")
    page.set_column(0, 0, 36)
    page.set_column(1, 6, 16)
    book.row(page, 0, [name for name, _ in SUMMARY], "head")
    for line, sheet in enumerate(sheets, start=1):
        book.row(page, line, [value_of(sheet) for _, value_of in SUMMARY])
    page.freeze_panes(1, 1)


def _side_by_side(book, outline, sheets, scores):
    """Criteria down, three columns for each member."""
    page = book.book.add_worksheet("Các đơn vị")
    page.set_column(1, 1, 50)
    book.row(
        page, 0, ["", "", "", *(name for sheet in sheets for name in (sheet.membership.unit.name, "", ""))], "head"
    )
    book.row(page, 1, [*_HEADS[:3], *[stage.label for stage in STAGES] * len(sheets)], "head")
    sums = {
        (sheet.pk, stage): scoring.sums_of(outline, scores.get(sheet.pk, {}), stage)
        for sheet in sheets
        for stage in STAGES
    }
    for line, row in enumerate(outline, start=2):
        cells = [sums[sheet.pk, stage].get(row.pk) for sheet in sheets for stage in STAGES]
        book.row(page, line, [row.code, row.text, row.maximum, *cells], "" if row.is_leaf else "group")
    totals = [getattr(sheet, f"{stage.points}_total") for sheet in sheets for stage in STAGES]
    book.row(page, len(outline) + 2, ["", "Tổng điểm", "", *totals], "head")
    page.freeze_panes(2, 2)


def _one_member(book, position, sheet, outline, scores):
    unit = sheet.membership.unit
    page = book.book.add_worksheet(sheet_name(position, unit.name))
    for column, width in ((0, 12), (1, 50), (2, 9), (3, 9), (4, 30), (5, 9), (6, 30), (7, 9), (8, 30), (9, 30)):
        page.set_column(column, column, width)
    page.write_string(
        0, 0, f"Bảng điểm năm {sheet.membership.cluster.division.year}: {unit.name}", book.formats["title"]
    )
    page.write_string(1, 0, _UNIT)
    page.write_string(1, 1, unit.code)
    page.write_string(2, 0, "Trạng thái")
    page.write_string(2, 1, sheet.get_state_display())
    book.row(page, 4, _HEADS, "head")
    for line, row in enumerate(outline, start=5):
        cells = _cells(row, scores[row.pk]) if row.is_leaf else [""] * 7
        book.row(page, line, [row.code, row.text, row.maximum, *cells], "" if row.is_leaf else "group")
    totals = [value for stage in STAGES for value in (getattr(sheet, f"{stage.points}_total"), "")]
    book.row(page, len(outline) + 5, ["", "Tổng điểm", "", *totals, ""], "head")
    page.freeze_panes(5, 2)


def _cells(leaf, score):
    cells = []
    for stage in STAGES:
        points = getattr(score, stage.points)
        differs = stage.basis and points is not None and points != scoring.basis_of(score, stage)
        cells += [(points, "differs" if differs else ""), getattr(score, stage.note)]
    return [*cells, "; ".join(row.upload.name for row in score.evidence.all())]


# --- Scores, in


@dataclass(frozen=True)
class CellChange:
    """One criterion that a file gives other points or another note than what is stored."""

    unit: str
    leaf: Criterion
    column: str
    before: str
    after: str
    note_before: str
    note_after: str


@dataclass
class Preview:
    """What a file would change, what in it is wrong, and which of its sheets are not read."""

    changes: list[CellChange] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    given: dict[int, dict[int, Given]] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)


def read_scores(file, cluster, *, by) -> Preview:
    """Compare a filled-in file with what is stored. Nothing is stored. Raises ``Refused`` for a file that cannot be read.

    An empty cell leaves what is there. Only the column of the step in which a sheet is, is read, and only where it is the
    turn of ``by``.
    """
    sheets = {
        sheet.membership.unit.code: sheet
        for sheet in ScoreSheet.objects.filter(membership__cluster=cluster).with_names()
    }
    preview, known = Preview(), False
    for title, rows in read_book(file).items():
        code = _unit_of(rows)
        if code is None:
            continue
        known = True
        if code not in sheets:
            preview.faults.append((title, f"Mã đơn vị «{code}» không có bảng điểm ở {cluster}."))
        else:
            _read_sheet(preview, title, rows, sheets[code], by)
    if not known:
        raise Refused(f"Tệp không có trang nào ghi «{_UNIT}». Hãy tải mẫu từ trang này, điền vào rồi gửi lại.", "file")
    return preview


def _unit_of(rows) -> str | None:
    """The unit that a sheet of the file is about."""
    for row in rows[:5]:
        if len(row) > 1 and text_of(row[0]) == _UNIT:
            return text_of(row[1])
    return None


def _read_sheet(preview, title, rows, sheet, by):
    outline = outline_of(sheet.set)
    leaves = [row for row in outline if row.is_leaf]
    turn = scoring.turn_of(by, sheet, leaves)
    if turn is None:
        preview.skipped.append(f"{sheet.membership} ({sheet.get_state_display()})")
        return
    found = heading_of(rows, ["Số mục", *_COLUMNS[turn.stage]])
    if not found or len(found[1]) < 3:
        preview.faults.append((title, f"Thiếu cột «Số mục», «{'», «'.join(_COLUMNS[turn.stage])}»."))
        return
    by_code = {row.code: row for row in outline}
    scores = scoring.scores_of(sheet)
    given, seen = {}, set()
    for line, row in enumerate(rows[found[0] + 1 :], start=found[0] + 1):
        cells = _Cells(title, line, row, found[1], turn.stage)
        if not cells.code:
            continue
        leaf = by_code.get(cells.code)
        fault = _row_fault(cells, leaf, seen)
        seen.add(cells.code)
        if fault or not leaf.is_leaf:
            preview.faults += [fault] if fault else []
            continue
        _compare(preview, cells, leaf, scores[leaf.pk], sheet, turn, given)
    if given:
        preview.given[sheet.pk], preview.versions[sheet.pk] = given, sheet.version


class _Cells:
    """The cells of one row that count."""

    def __init__(self, title, line, row, columns, stage):
        points, note = _COLUMNS[stage]
        self.title, self.line, self.columns = title, line, columns
        self.code = text_of(row[columns["Số mục"]])
        self.points, self.note = row[columns[points]], text_of(row[columns[note]])
        self.names = {"points": points, "note": note, "code": "Số mục"}

    def at(self, name):
        """Where a cell is, for a person."""
        return f"{self.title}, ô {cell_name(self.line, self.columns[self.names[name]])}"


def _row_fault(cells, leaf, seen):
    if leaf is None:
        return cells.at("code"), f"Số mục «{cells.code}» không có trong bộ tiêu chí."
    if cells.code in seen:
        return cells.at("code"), f"Số mục «{cells.code}» có hai lần trong trang này."
    return None


def _compare(preview, cells, leaf, score, sheet, turn, given):
    """One criterion: unchanged, wrong, or a change."""
    stage = turn.stage
    before, note_before = getattr(score, stage.points), getattr(score, stage.note)
    try:
        points = read_points(cells.points)
    except ValueError as wrong:
        preview.faults.append((cells.at("points"), str(wrong)))
        return
    points, note = before if points is None else points, cells.note or note_before
    if (points, note) == (before, note_before):
        return
    if leaf not in turn.leaves:
        preview.faults.append((cells.at("points"), f"Mục {leaf.code} không thuộc phần của đơn vị bạn."))
        return
    fault = scoring.fault_of(leaf, score, stage, Given(points, note))
    if fault:
        preview.faults.append((cells.at(fault[0]), fault[1]))
        return
    given[leaf.pk] = Given(points, note)
    preview.changes.append(
        CellChange(
            str(sheet.membership), leaf, stage.label, figure_text(before), figure_text(points), note_before, note
        )
    )


# What was previewed comes back with the confirmation, signed: nothing is stored between the two.
_SALT = "clusters.score_excel"
_KEPT = 12 * 3600


def sealed(preview, cluster, user) -> str:
    """The changes of a preview, for the form that confirms them."""
    rows = [
        [sheet, preview.versions[sheet], [[key, figure_text(row.points), row.note] for key, row in given.items()]]
        for sheet, given in preview.given.items()
    ]
    return signing.dumps([cluster.pk, user.pk, rows], salt=_SALT, compress=True)


@transaction.atomic
def store(seal: str, cluster, *, by) -> int:
    """Store what was previewed and confirmed; returns how many sheets changed. Raises ``Refused``, and then stores nothing."""
    try:
        key, user, rows = signing.loads(seal, salt=_SALT, max_age=_KEPT)
    except signing.BadSignature:
        key = user = rows = None
    if (key, user) != (cluster.pk, by.pk):
        raise Refused("Bản xem trước không còn dùng được. Hãy gửi lại tệp.", "file")
    for sheet, version, given in rows:
        typed = {leaf: Given(read_points(points), note) for leaf, points, note in given}
        scoring.save(ScoreSheet(pk=sheet), typed, by=by, seen=version)
    return len(rows)
