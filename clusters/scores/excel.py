"""Scores from Excel files that were filled in: read, shown as what will change and what is wrong, stored when confirmed."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.core import signing
from django.db import transaction

from documents.excel.cells import CellFault, label_of
from documents.excel.reading import read_book
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.text import clean

from ..criteria.actions import outline_of
from ..criteria.models import Criterion
from ..criteria.points import read_points
from . import actions as scoring
from .actions import Given
from .export import COLUMNS, HEADS, SHOWN, UNIT, proofs_of
from .models import ScoreSheet
from .rules import STAGES, turn_of

# As long as the note of a form.
_LONGEST_NOTE = 2000
_TOTALS = {"tong diem", "tong cong", "tong so", "tong", "cong"}


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
    where: str = ""


@dataclass
class Preview:
    """What a file would change and what in it is wrong; which of its sheets were read, and what of it was not and why."""

    changes: list[CellChange] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    given: dict[int, dict[int, Given]] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether everything in the file was read."""
        return not self.skipped and not self.unread

    def add(self, fault: CellFault):
        """Tell one cell that is wrong."""
        self.faults.append((fault.where, fault.words))


def read_scores(file, cluster, *, by) -> Preview:
    """Compare a filled-in file with what is stored. Nothing is stored. Raises ``Refused`` for a file that cannot be read.

    An empty cell leaves what is there. Only the column of the step in which a sheet is, is read, and only where it is the
    turn of ``by``.
    """
    sheets = {
        label_of(sheet.membership.unit.code): sheet
        for sheet in ScoreSheet.objects.filter(membership__cluster=cluster).with_names()
    }
    preview, about = Preview(), defaultdict(list)
    for sheet in read_book(file):
        table = sheet.table(HEADS)
        code = _unit_of(preview, sheet, table)
        if code:
            about[label_of(code)].append((code, sheet, table))
    if not about and not preview.faults:
        words = f"Tệp không có trang nào ghi «{UNIT}». Hãy tải mẫu từ trang này, điền vào rồi gửi lại."
        raise Refused(" ".join([words, *(f"Không đọc {row}." for row in preview.unread)]), "file")
    for key, found in about.items():
        _read_unit(preview, cluster, sheets.get(key), found, by)
    return preview


def _unit_of(preview, sheet, table) -> str | None:
    """The unit that a sheet of the file is about; None where it is about none, which is told."""
    name = f"trang tính «{sheet.title}»"
    beside = sheet.labelled(label_of(UNIT), before=table.head if table else None)
    try:
        codes = {cell.code(): cell for cell in beside}
    except CellFault as fault:
        preview.add(fault)
        return None
    if len(codes) == 1 and "" not in codes:
        return next(iter(codes))
    if sheet.is_hidden or sheet.title in SHOWN:
        preview.unread.append(f"{name} ({'đang ẩn' if sheet.is_hidden else 'chỉ để xem'})")
    elif len(codes) > 1:
        preview.faults.append((f"Trang tính «{sheet.title}»", f"Có hai dòng «{UNIT}». Hãy giữ một đơn vị ở mỗi trang."))
    elif table and len(table.columns) > 2:
        words = f"Có cột điểm nhưng không có dòng «{UNIT}» kèm mã ở phía trên. Hãy ghi lại như mẫu, hoặc xóa trang này."
        preview.faults.append((f"Trang tính «{sheet.title}»", words))
    elif not sheet.is_blank:
        preview.unread.append(f"{name} ({sheet.beyond or f'không có dòng «{UNIT}»'})")
    return None


def _read_unit(preview, cluster, stored, found, by):
    """What the file says of one unit: on one sheet that is seen, or it is refused."""
    code, sheet, table = found[0]
    where = f"Trang tính «{sheet.title}»"
    if len(found) > 1:
        names = ", ".join(f"«{row.title}»" + (" (đang ẩn)" if row.is_hidden else "") for _, row, _ in found)
        words = f"{len(found)} trang tính cùng ghi mã đơn vị «{code}»: {names}. Hãy giữ một trang, xóa trang kia rồi gửi lại."
        preview.faults.append((where, words))
    elif sheet.is_hidden:
        preview.unread.append(f"trang tính «{sheet.title}» (đang ẩn; cần thì bỏ ẩn rồi gửi lại)")
    elif stored is None:
        preview.faults.append((where, f"Mã đơn vị «{code}» không có bảng điểm ở {cluster}."))
    else:
        _read_sheet(preview, sheet, table, stored, by)


def _read_sheet(preview, sheet, table, stored, by):
    outline = outline_of(stored.set)
    turn = turn_of(by, stored, [row for row in outline if row.is_leaf])
    if turn is None:
        preview.skipped.append(f"{stored.membership} ({stored.get_state_display()})")
        return
    needed = ["Số mục", *COLUMNS[turn.stage]]
    table = sheet.table(HEADS, needed=needed)
    year = stored.membership.cluster.division.year
    faults = (
        table.faults if table else [CellFault(f"Trang tính «{sheet.title}»", f"thiếu cột «{'», «'.join(needed)}».")]
    )
    faults = [*faults, *_other_year(sheet, table, year)]
    for fault in faults:
        preview.add(fault)
    if faults:
        return
    reader = _Rows(preview, table, outline, scoring.scores_of(stored), turn, str(stored.membership))
    for row in table.rows():
        reader.read(row)
    preview.read.append(sheet.title)
    preview.unread += [f"{words} của trang tính «{sheet.title}»" for words in sheet.hidden_words()]
    preview.unread += [f"cột {words} của trang tính «{sheet.title}»" for words in table.other_columns()]
    preview.unread += [f"{words} của trang tính «{sheet.title}»" for words in reader.ignored()]
    if reader.given:
        preview.given[stored.pk], preview.versions[stored.pk] = reader.given, stored.version


def _other_year(sheet, table, year) -> list[CellFault]:
    """A fault where the title above the table names another year than the one that is scored."""
    for line in sheet.lines():
        for cell in sheet.filled_in(line) if table and line < table.head else ():
            found = re.search(r"bang diem nam (\d{4})", cell.label())
            if found and int(found[1]) != year:
                return [
                    cell.fault(f"tệp là bảng điểm năm {found[1]}, đang chấm năm {year}. Hãy tải mẫu của năm {year}.")
                ]
    return []


class _Rows:
    """Reads the rows of one sheet: what they change, what in them is wrong, what they say elsewhere than where it is read."""

    def __init__(self, preview, table, outline, scores, turn, unit):
        self.preview, self.table, self.scores, self.turn, self.unit = preview, table, scores, turn, unit
        self.by_code = {label_of(row.code): row for row in outline} | {row.code: row for row in outline}
        self.points, self.note = COLUMNS[turn.stage]
        self.given, self.seen, self.elsewhere = {}, {}, defaultdict(list)

    def read(self, row):
        """One row: a change, nothing new, or a fault."""
        try:
            criterion = self._criterion_of(row)
            if criterion and criterion.is_leaf:
                self._compare(row, criterion)
            elif criterion:
                self._refuse_group(row, criterion)
        except CellFault as fault:
            self.preview.add(fault)

    def ignored(self) -> list[str]:
        """What differs from what is stored in a column that is not read now, in words."""
        return [f"cột «{name}» ({', '.join(cells)}: khác điểm đang lưu)" for name, cells in self.elsewhere.items()]

    def _criterion_of(self, row) -> Criterion | None:
        """The criterion that a row is about; None for a row of sums and one that gives nothing."""
        said, text = row["Số mục"].code(), row["Tiêu chí"]
        if label_of(said) in _TOTALS or (not said and text.label() in _TOTALS):
            return None
        if not said:
            given = [row[name] for name in (self.points, self.note) if row[name].is_filled]
            if given:
                raise given[0].fault("dòng này không có Số mục. Hãy ghi Số mục, hoặc xóa ô.")
            return None
        found = self.by_code.get(said) or self.by_code.get(label_of(said))
        if found is None:
            raise row["Số mục"].fault(f"Số mục «{said}» không có trong bộ tiêu chí.")
        if found.pk in self.seen:
            raise row["Số mục"].fault(f"Số mục «{said}» có hai lần trong trang này.")
        self.seen[found.pk] = row
        if text.is_filled and label_of(text.text()) != label_of(found.text):
            words = f"mục {found.code} trong bộ tiêu chí là «{found.text}». Hãy tải mẫu mới, hoặc ghi lại đúng mục."
            raise text.fault(words)
        return found

    def _refuse_group(self, row, group):
        for name in (self.points, self.note):
            if row[name].is_filled:
                raise row[name].fault(f"mục {group.code} là nhóm, không chấm điểm. Hãy ghi ở từng mục trong nhóm.")

    def _compare(self, row, leaf):
        """One criterion: unchanged, wrong, or a change."""
        stage, score = self.turn.stage, self.scores[leaf.pk]
        self._look_elsewhere(row, leaf, score)
        before, note_before = getattr(score, stage.points), getattr(score, stage.note)
        points, note = _points(row[self.points]), row[self.note].text(_LONGEST_NOTE)
        if points is None:
            points = before
        if not note or note == clean(note_before).strip():
            note = note_before
        if (points, note) == (before, note_before):
            return
        if leaf not in self.turn.leaves:
            raise row[self.points].fault(f"Mục {leaf.code} không thuộc phần của đơn vị bạn.")
        fault = scoring.fault_of(leaf, score, stage, Given(points, note))
        if fault:
            raise row[{"points": self.points, "note": self.note}[fault[0]]].fault(fault[1])
        self.given[leaf.pk] = Given(points, note)
        words = (figure_text(before), figure_text(points), note_before, note)
        where = row[self.points if points != before else self.note].where
        self.preview.changes.append(CellChange(self.unit, leaf, stage.label, *words, where))

    def _look_elsewhere(self, row, leaf, score):
        """Keep the cells of other columns that say something else than what is stored: nobody reads them now."""
        stored = {"Điểm tối đa": leaf.maximum, "Minh chứng": proofs_of(score)}
        for stage in STAGES:
            stored |= dict(zip(COLUMNS[stage], (getattr(score, stage.points), getattr(score, stage.note)), strict=True))
        for name, value in stored.items():
            if name not in (self.points, self.note) and row[name].is_filled and _differs(row[name], value):
                self.elsewhere[name].append(row[name].name)


def _points(cell):
    try:
        return read_points(cell.typed())
    except CellFault:
        raise
    except ValueError as wrong:
        raise cell.fault(str(wrong)) from None


def _differs(cell, value) -> bool:
    """Whether a cell says something else than ``value``, points or a note."""
    try:
        return (cell.text() != clean(value).strip()) if isinstance(value, str) else (_points(cell) != value)
    except CellFault:
        return True


# What was previewed comes back with the confirmation, signed: nothing is stored between the two.
# The text is older than this file, and stays: seals under way must open.
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
        scoring.save(ScoreSheet(pk=sheet), typed, by=by, seen_version=version)
    return len(rows)
