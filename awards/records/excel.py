"""Yearly ratings from an Excel file: read, shown with every bad cell, stored when confirmed. Nothing is kept in between."""

from dataclasses import dataclass, field

from django.core import signing
from django.utils import timezone

from documents.excel.cells import CellFault, label_of
from documents.excel.reading import Bounds, read_book
from documents.steps.refusing import Refused
from units.text import clean

from ..recipients.models import Recipient
from ..recipients.names import name_key
from . import actions
from .models import Rating
from .rules import fault_of_year

_NAMES = ("Họ và tên", "Họ tên", "Tên cá nhân, tập thể", "Tên tập thể", "Tên tập thể/cá nhân/hộ gia đình")
_LEVELS = ("Mức xếp loại", "Xếp loại", "Kết quả xếp loại", "Mức độ hoàn thành nhiệm vụ")
_UNITS = ("Đơn vị công tác", "Đơn vị", "Tên đơn vị/tập thể công tác", "Tên cơ quan")
_BORN = ("Ngày sinh", "Năm sinh")
_WORDS = {label_of(level.label): level for level in Rating.Level} | {
    "xuat sac": Rating.Level.EXCELLENT, "htxsnv": Rating.Level.EXCELLENT, "hoan thanh xuat sac": Rating.Level.EXCELLENT,
    "tot": Rating.Level.GOOD, "httnv": Rating.Level.GOOD, "hoan thanh tot": Rating.Level.GOOD,
    "hoan thanh": Rating.Level.DONE, "htnv": Rating.Level.DONE, "khong hoan thanh": Rating.Level.FAILED,
    "khtnv": Rating.Level.FAILED, "thai san": Rating.Level.MATERNITY, "nghi thai san": Rating.Level.MATERNITY,
}  # fmt: skip
_BOUNDS = Bounds(sheets=20, rows=3000, columns=40, unpacked=30 * 1024 * 1024)
# The text stays: seals under way must open.
_SALT, _KEPT = "awards.ratings_excel", 12 * 3600


@dataclass
class Preview:
    """What a file would record, [recipient, level before, level after, where], and what in it is wrong."""

    year: int
    paper: str
    changes: list = field(default_factory=list)
    same: int = 0
    faults: list = field(default_factory=list)
    unread: list = field(default_factory=list)

    def sealed(self, user) -> str:
        """What was previewed, for the form that confirms it; each level as it stood."""
        rows = [[recipient.pk, before, after] for recipient, before, after, _ in self.changes]
        return signing.dumps([user.pk, self.year, self.paper, rows], salt=_SALT, compress=True)


def read_ratings(file, year: int, paper: str) -> Preview:
    """Compare a file with what is stored. Raises ``Refused`` for one that cannot be read and a year that is not over."""
    if words := fault_of_year(year, timezone.localdate(), rated=True):
        raise Refused(words, "year")
    preview = Preview(year, clean(paper).strip())
    sheets = read_book(file, what="bảng xếp loại", bounds=_BOUNDS)
    wanted = [*_NAMES, *_LEVELS, *_UNITS, *_BORN]
    tables = [(sheet, sheet.table(wanted)) for sheet in sheets if not sheet.is_hidden]
    tables = [(sheet, table) for sheet, table in tables if table and _column(table, _NAMES) and _column(table, _LEVELS)]
    if len(tables) != 1:
        words = "Tệp phải có đúng một trang tính ghi «Họ và tên» (hoặc tên tập thể) và «Mức xếp loại»."
        raise Refused(words, "file")
    sheet, table = tables[0]
    preview.unread = [f"{words} của trang tính «{sheet.title}»" for words in sheet.hidden_words()]
    preview.unread += [f"trang tính ẩn «{other.title}»" for other in sheets if other.is_hidden and not other.is_blank]
    if table.faults:
        preview.faults = [(fault.where, fault.words) for fault in table.faults]
        return preview
    _compare(preview, table)
    return preview


def _column(table, headings) -> str:
    return next((heading for heading in headings if heading in table.columns), "")


def _compare(preview, table):
    heads = [_column(table, headings) for headings in (_NAMES, _LEVELS, _UNITS, _BORN)]
    lines, people = list(table.rows()), {}
    keys = {name_key(line[heads[0]].words()) for line in lines}
    for row in Recipient.objects.main().filter(name_key__in=keys).exclude(kind="household").select_related("unit"):
        people.setdefault(row.name_key, []).append(row)
    known = [row.pk for rows in people.values() for row in rows]
    levels = dict(Rating.objects.filter(year=preview.year, recipient__in=known).values_list("recipient", "level"))
    seen = {}
    for line in lines:
        try:
            recipient = _recipient(line, people, heads)
            level = _level(line[heads[1]])
            if recipient.pk in seen:
                raise line[heads[0]].fault(f"{recipient} có hai lần (ô {seen[recipient.pk]}). Hãy bỏ một dòng.")
            seen[recipient.pk] = line[heads[0]].name
        except CellFault as fault:
            preview.faults.append((fault.where, fault.words))
            continue
        before = levels.get(recipient.pk, "")
        if before == level:
            preview.same += 1
        else:
            preview.changes.append((recipient, before, level.value, line[heads[1]].where))


def _recipient(line, people, heads):
    """Whom a row is about: by name, told apart by unit and birth where there are several. Raises ``CellFault``."""
    cell = line[heads[0]]
    found = people.get(name_key(cell.text()), [])
    if len(found) > 1 and heads[2]:
        unit = name_key(line[heads[2]].text())
        same = [row for row in found if row.unit and unit in (name_key(row.unit.name), name_key(row.unit.short_name))]
        found = same if unit and same else found
    if len(found) > 1 and heads[3]:
        born = line[heads[3]].text()
        found = [row for row in found if born in (row.birth_text, str(row.began_year or ""))] or found
    if not found:
        raise cell.fault(f"chưa có «{cell.seen()}» trong phần mềm. Hãy kiểm tra tên, hoặc ghi người đó trước.")
    if len(found) > 1:
        raise cell.fault(
            f"có {len(found)} người, tập thể tên «{cell.seen()}». Hãy ghi thêm cột Đơn vị công tác, Ngày sinh."
        )
    return found[0]


def _level(cell) -> Rating.Level:
    said = label_of(cell.text())
    if said not in _WORDS:
        raise cell.fault(f"không rõ mức «{cell.seen()}». Hãy ghi như: Hoàn thành tốt nhiệm vụ.")
    return _WORDS[said]


def store(seal: str, *, by) -> int:
    """Store what was previewed and confirmed; how many. Raises ``Refused`` where something changed since, and stores nothing."""
    try:
        user, year, paper, rows = signing.loads(seal, salt=_SALT, max_age=_KEPT)
    except signing.BadSignature:
        user = year = paper = rows = None
    if user != by.pk:
        raise Refused("Bản xem trước không còn dùng được. Hãy gửi lại tệp.", "file")
    levels = dict(
        Rating.objects.filter(year=year, recipient__in=[pk for pk, _, _ in rows]).values_list("recipient", "level")
    )
    if any(levels.get(pk, "") != before for pk, before, _ in rows):
        raise Refused("Xếp loại vừa được ghi ở nơi khác sau khi xem trước. Hãy gửi lại tệp để xem lại.", "file")
    people = Recipient.objects.in_bulk([pk for pk, _, _ in rows])
    return actions.rate({people[pk]: level for pk, _, level in rows}, year, by=by, paper=paper)
