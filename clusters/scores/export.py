"""The scores of a cluster as an Excel file: all members beside each other, and a sheet a member that can be filled in."""

import re

from django.http import HttpResponse
from django.utils.html import format_html

from units.columns import Column, InFile, state
from units.excel_out import HEAD, Book, heading_for

from ..criteria.actions import outline_of
from . import actions as scoring
from .models import Score
from .rules import OWN, SETTLE, STAGES, VERIFY, sums_of

# {step: the columns of its points and of its reason}
COLUMNS = {
    OWN: ("Tự chấm", "Thuyết minh"),
    VERIFY: ("Thẩm định", "Lý do thẩm định khác"),
    SETTLE: ("Chốt", "Lý do chốt khác"),
}
HEADS = ["Số mục", "Tiêu chí", "Điểm tối đa", *(name for pair in COLUMNS.values() for name in pair), "Minh chứng"]
UNIT = "Mã đơn vị"


def _differs(later, earlier):
    """Whether points were changed by the one whose turn came later."""
    return lambda sheet: getattr(sheet, later) not in (None, getattr(sheet, earlier)) and "differs"


def _place(sheet):
    return format_html("<strong>{}</strong>", sheet.rank) if sheet.rank else ""


_VERIFIED, _SETTLED = _differs("verified_total", "own_total"), _differs("settled_total", "verified_total")
SUMMARY = [
    Column("Đơn vị", "membership.unit", main=True, sort="ten"),
    Column("Tự chấm", "own_total", label="Tự chấm", look="points"),
    Column("Thẩm định", "verified_total", label="Thẩm định", look="points", mark=_VERIFIED),
    Column("Chốt", "settled_total", label="Chốt", look="points", mark=_SETTLED, sort="diem"),
    Column("Hạng", "rank", file="Xếp hạng", shown=_place, label="Hạng", look="points", sort="hang"),
    Column("Trạng thái", state, label="Trạng thái"),
    InFile("Không xếp hạng vì", "disqualified"),
]
# Sheets that only show; what is typed there is never read.
SHOWN = ("Tổng hợp", "Các đơn vị")
MEMBER_HEAD = 4


_BOLD = {"bold": True}
_DIFFERS = {"bg_color": "#FFF0D6"}
_WIDTHS = (10, 50, 9, 9, 30, 11, 30, 9, 30, 30)


def write_scores(cluster, sheets, *, by) -> HttpResponse:
    """The scores of a cluster: its summary, all members beside each other, and a sheet a member that can be filled in.

    Four queries, however many members.
    """
    scores = {}
    rows = Score.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).prefetch_related("evidence__upload")
    for score in rows:
        scores.setdefault(score.sheet_id, {})[score.criterion_id] = score
    outline = outline_of(sheets[0].set) if sheets else []
    book, year = Book(), cluster.division.year
    heading = heading_for(by, f"Điểm thi đua của {cluster} năm {year}")
    values = ([column.of(sheet) for column in SUMMARY] for sheet in sheets)
    book.page(SHOWN[0], heading).table([column.file or column.head for column in SUMMARY], values)
    _side_by_side(book.page(SHOWN[1], heading), outline, sheets, scores)
    for position, sheet in enumerate(sheets, start=1):
        page = book.page(_sheet_name(position, sheet.membership.unit.name))
        _one_member(page, sheet, outline, scores.get(sheet.pk, {}))
    return book.response(f"cham-diem-{year}-{cluster.pk}")


def _side_by_side(page, outline, sheets, scores):
    """Criteria down, three columns for each member."""
    widths = [10, 50, 9, *[11] * (3 * len(sheets))]
    page.above(widths)
    members = [name for sheet in sheets for name in (sheet.membership.unit.name, "", "")]
    page.row(HEAD, ["", "", "", *members], "head")
    page.row(HEAD + 1, [*HEADS[:3], *[stage.label for stage in STAGES] * len(sheets)], "head")
    sums = {
        (sheet.pk, stage): sums_of(outline, scores.get(sheet.pk, {}), stage) for sheet in sheets for stage in STAGES
    }
    line = HEAD + 1
    for line, row in enumerate(outline, start=HEAD + 2):
        cells = [sums[sheet.pk, stage].get(row.pk) for sheet in sheets for stage in STAGES]
        page.row(line, [row.code, row.text, row.maximum, *cells], **({} if row.is_leaf else _BOLD))
    totals = [getattr(sheet, f"{stage.points}_total") for sheet in sheets for stage in STAGES]
    page.row(line + 1, ["", "Tổng điểm", "", *totals], **_BOLD)
    page.finish(widths, HEAD + 1, frozen=2)


def _one_member(page, sheet, outline, scores):
    """What one unit fills in: its code stands above, and everything is found by it and by the names of the columns."""
    unit = sheet.membership.unit
    title = f"Bảng điểm năm {sheet.membership.cluster.division.year}: {unit.name}"
    page.cell(0, 0, title, "office", font_size=14)
    for line, (label, value) in enumerate([(UNIT, unit.code), ("Trạng thái", sheet.get_state_display())], start=1):
        page.cell(line, 0, label, "plain")
        page.cell(line, 1, value, "plain")
    page.row(MEMBER_HEAD, HEADS, "head")
    line = MEMBER_HEAD
    for line, row in enumerate(outline, start=MEMBER_HEAD + 1):
        bold = {} if row.is_leaf else _BOLD
        page.row(line, [row.code, row.text, row.maximum], **bold)
        cells = _cells(row, scores[row.pk]) if row.is_leaf else [("", bold)] * 7
        for column, (value, more) in enumerate(cells, start=3):
            page.cell(line, column, value, **more)
    totals = [value for stage in STAGES for value in (getattr(sheet, f"{stage.points}_total"), "")]
    page.row(line + 1, ["", "Tổng điểm", "", *totals, ""], **_BOLD)
    page.finish(_WIDTHS, MEMBER_HEAD, frozen=2)


def _cells(leaf, score):
    """[(value, what is different in its format)] of the columns that are filled in."""
    cells = []
    for stage in STAGES:
        points = getattr(score, stage.points)
        differs = stage.basis and points is not None and points != scoring.basis_of(score, stage)
        cells += [(points, _DIFFERS if differs else {}), (getattr(score, stage.note), {})]
    return [*cells, (proofs_of(score), {})]


def proofs_of(score) -> str:
    """The names of the files that prove a score, as its cell tells them."""
    return "; ".join(row.upload.name for row in score.evidence.all())


def _sheet_name(number: int, title: str) -> str:
    """A name that Excel takes: no more than 31 signs, none of those that it keeps for itself, unlike all others."""
    return re.sub(r"[\[\]:*?/\\']", " ", f"{number}. {title}")[:31].strip()
