"""A decision made elsewhere: begun, its list typed or sent, checked, stored, undone."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from documents.excel.streaming import Book
from documents.models import Job
from documents.steps.log import words_of
from documents.steps.refusing import Refused, unless_taken
from documents.steps.stepping import GONE, Steps, Who
from documents.uploads import drop, drop_left
from units.permissions import may_manage

from ..area import keep
from ..log import About
from ..recipients.models import Double
from ..records.models import Award, Decision
from .layouts import Layout, matched, recognise
from .lines import HEADS
from .models import Entry
from .rules import why_kept
from .storing import store as write
from .turned import turned

State = Decision.State
FACTS = ["number", "day", "office", "unit", "issuer", "submitter", "subject"]
TWICE = "Quyết định cùng số, ngày, người quyết định, cơ quan ban hành này đã có. Hãy tìm trong danh sách quyết định."
# Rows of corrections that are kept beside a file.
MOST_FIXES = 5000
# What was begun and not touched for so long is taken out when somebody begins another one.
KEPT = timedelta(days=90)

MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")


def _words(decision):
    return words_of(decision, FACTS) | {"Trạng thái": decision.get_state_display()}


STEPS = Steps(
    Decision, "quyết định", about=About.DECISION, words=_words, related=["office", "unit"], address="decision_step",
    away=lambda decision: reverse("decisions"), gone="Quyết định này không còn. Hãy tải lại trang.",
)  # fmt: skip


# --- The decision itself


@transaction.atomic
def begin(decision: Decision, *, by, shared: dict, scan=None) -> Decision:
    """Begin to enter a decision that was made elsewhere; ``shared``: what all rows of its list say alike.

    Raises ``Refused``, and ``UploadRefused`` for a scan that is none.
    """
    if not may_manage(by):
        raise Refused("Quyết định khen thưởng do Sở Nội vụ nhập.")
    _refuse_facts(decision)
    decision.by, decision.state, decision.origin = by, State.DRAFT, Decision.Origin.ENTERED
    decision.scan = keep(scan, by=by) if scan else None
    with unless_taken(TWICE, "number"):
        decision.save()
    Entry.objects.create(decision=decision, **shared)
    clear()
    STEPS.tell(decision, "begin", "Bắt đầu nhập", by=by, after=_words(decision))
    return decision


def _made_here(decision, user) -> str:
    made = "Quyết định này soạn trên phần mềm. Hãy làm việc với dự thảo ở trang của nó."
    return made if decision.is_being_made else ""


@STEPS.step("edit", "Sửa quyết định", [State.DRAFT], who=MANAGER, form=None, then=drop_left, fault=_made_here)
def edit(decision, *, by, typed, shared, scan=None):
    """Other facts of a decision whose list is not stored yet; rows are judged anew by them."""
    for name in (*FACTS, "paper"):
        setattr(decision, name, getattr(typed, name))
    _refuse_facts(decision)
    decision.left = [decision.scan] if scan else []
    if scan:
        decision.scan = keep(scan, by=by)
    decision.tidy()
    if Decision.objects.exclude(pk=decision.pk).exclude(state=State.UNDONE).filter(identity=decision.identity).exists():
        raise Refused(TWICE, "number")
    _change(decision.entry, **shared)


def _refuse_facts(decision):
    day = decision.day
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày ký của quyết định.", "day")
    if not decision.office.in_force(day):
        until = decision.office.until
        words = f"đến hết ngày {until:%d/%m/%Y}" if until and until < day else "chưa có thẩm quyền"
        raise Refused(f"Ngày {day:%d/%m/%Y} không còn {decision.office} ({words}). Hãy kiểm tra ngày ký.", "office")
    unit = decision.unit
    if unit and not unit.is_alive_on(day):
        raise Refused(f"{unit} ({unit.years}) không hoạt động vào ngày {day:%d/%m/%Y}. Hãy chọn lại cơ quan.", "unit")


# --- Its list, while it is entered. Nothing of it counts, so no step of the log tells of each change.


def _change(entry, **values):
    """Store changes of an entry; what was checked is checked anew."""
    for name, value in values.items():
        setattr(entry, name, value)
    entry.report = entry.job = None
    entry.save()


def _held(decision, by) -> Entry:
    """The entry of a decision, held. Raises ``Refused`` where there is none, or a long file is worked on."""
    if not may_manage(by):
        raise Refused("Quyết định khen thưởng do Sở Nội vụ nhập.")
    entry = Entry.objects.select_for_update(of=("self",)).filter(decision=decision).first()
    if entry is None:
        raise Refused("Danh sách của quyết định này đã lưu. Hãy tải lại trang.")
    if is_busy(entry):
        raise Refused("Danh sách đang được kiểm tra hoặc lưu ở máy chạy nền. Hãy chờ xong.")
    return entry


def is_busy(entry) -> bool:
    """Whether a worker reads the file, or is about to."""
    return entry.job_id is not None and not entry.job.is_finished


@transaction.atomic
def type_rows(decision, rows: list[dict], *, by):
    """Keep rows that were typed in the place of those before."""
    entry = _held(decision, by)
    if entry.file_id:
        raise Refused("Danh sách này nhập từ tệp Excel. Hãy bỏ tệp trước khi ghi từng dòng.")
    _change(entry, rows=rows, choices=_still(entry, rows))


def _still(entry, rows):
    """What was said of rows that were not changed."""
    pairs = zip(entry.rows, rows, strict=False)
    same = {str(number) for number, (old, new) in enumerate(pairs, start=1) if old == new}
    return {row: pk for row, pk in entry.choices.items() if row in same}


@transaction.atomic
def send_file(decision, file, *, by) -> bool:
    """Keep an Excel file as the list; whether its columns were recognised. A file of corrected rows mends the one before.

    Raises ``Refused`` for a file that cannot be read, ``UploadRefused`` for one that is not taken.
    """
    entry = _held(decision, by)
    layout = recognise(file)
    if layout and "row" in layout.fields:
        _change(entry, fixes=entry.fixes | _fixes(entry, file, layout))
        return True
    old, entry.file = entry.file, keep(file, by=by)
    _change(entry, rows=[], columns=layout.stored() if layout else {}, fixes={}, choices={}, all_new=False)
    if old:
        drop(old)
    return layout is not None


def _fixes(entry, file, layout: Layout) -> dict:
    """{row of the first file: {field: value}} of corrected rows."""
    if not entry.file_id:
        raise Refused("Tệp này chỉ có các dòng đã sửa (cột «Dòng gốc»). Hãy gửi tệp danh sách đầy đủ trước.", "file")
    fields = {column: name for name, column in layout.fields.items()}
    sheet = next(sheet for sheet in Book(file).sheets if sheet.title == layout.sheet)
    found = {}
    for number, cells in sheet.rows(frozenset(fields)):
        if number > layout.head:
            told = {fields[column]: cell for column, cell in cells.items()}
            row = told.pop("row", None)
            if row is None or not row.code().isdecimal():
                raise Refused(f"Dòng {number} của tệp sửa không ghi «Dòng gốc». Hãy giữ nguyên cột đó.", "file")
            found[row.code()] = {name: cell.seen() for name, cell in told.items() if name in HEADS}
    if len(found) > MOST_FIXES:
        raise Refused(f"Tệp sửa có quá {MOST_FIXES} dòng. Hãy sửa trong tệp danh sách rồi gửi lại cả tệp.", "file")
    return found


@transaction.atomic
def match_columns(decision, sheet: str, head: int, fields: dict[str, int], whom: str, *, by):
    """Keep which column says what, as a person told it. Raises ``Refused``."""
    entry = _held(decision, by)
    if "name" not in fields:
        raise Refused("Hãy chọn cột ghi tên người nhận.", "name")
    with entry.file.file.open() as file:
        _change(entry, columns=matched(file, entry.file.name, sheet, head, fields, whom).stored())


@transaction.atomic
def drop_file(decision, *, by):
    """Begin the list anew, without its file."""
    entry = _held(decision, by)
    old = entry.file
    _change(entry, file=None, columns={}, fixes={}, choices={}, rows=[])
    if old:
        drop(old)


@transaction.atomic
def choose(decision, choices: dict[str, int], *, by, all_new: bool | None = None, converts: bool | None = None):
    """Keep who rows are ({row: key, 0 for somebody new}), and how the rest is taken."""
    entry = _held(decision, by)
    entry.all_new = entry.all_new if all_new is None else all_new
    entry.converts = entry.converts if converts is None else converts
    _change(entry, choices=entry.choices | choices)


@transaction.atomic
def check_apart(decision, *, by) -> Job:
    """Have a worker check a long file."""
    return _given_away(_held(decision, by), "check_list", f"Kiểm tra danh sách của {decision}", by)


def _given_away(entry, what, title, by):
    total = len(entry.rows) or entry.columns.get("total", 0)
    arguments = {what: entry.decision_id, "back": reverse("check_list", args=[entry.decision_id])}
    entry.job = Job.objects.create(title=title[:200], by=by, arguments=arguments, total=total)
    entry.save(update_fields=["job"])
    return entry.job


@transaction.atomic
def store_apart(decision, *, by) -> Job:
    """Have a worker store a long list that was checked."""
    entry = _held(decision, by)
    return _given_away(entry, "store_list", f"Lưu danh sách của {decision}", by)


@STEPS.step(
    "store", "Lưu vào sổ khen thưởng", [State.DRAFT], to=State.STANDING, who=MANAGER, form=None, fault=_made_here
)
def store(decision, *, by, tell=lambda rows: None, waits=False):
    """Store the whole list as awards. What was kept of it while it was entered goes."""
    entry = Entry.objects.select_related("award", "file").get(decision=decision)
    entry.decision = decision
    stored, file = write(entry, tell=tell, waits=waits), entry.file
    entry.delete()
    if file:
        drop(file)
    told = {"Số dòng": stored.awards, "Người mới": stored.made, "Cặp có thể trùng": stored.doubles}
    return {words: str(number) for words, number in told.items() if number}


def told_of(decision) -> str:
    """What the storing of a list came to, in words, with what is left to look at."""
    count, pairs = decision.awards.count(), doubles_of(decision).count()
    words = f"Đã lưu {count} khen thưởng."
    return f"{words} Có {pairs} cặp người nhận có thể trùng; hãy xem ở «Có thể trùng»." if pairs else words


def doubles_of(decision):
    """The pairs that wait for a look of whom this decision gave something."""
    given = Award.objects.filter(decision=decision).order_by().values("recipient")
    return Double.objects.filter(Q(first__in=given) | Q(second__in=given), state=Double.State.OPEN)


def clear() -> int:
    """Take out what somebody began to enter and left for ``KEPT``; how many decisions those were. The log tells of each."""
    old = Entry.objects.filter(changed_at__lt=timezone.now() - KEPT, decision__state=State.DRAFT)
    count = 0
    for entry in old.select_for_update(of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked):
        if is_busy(entry):
            continue
        decision, before = entry.decision, _words(entry.decision)
        _drop_files(decision, entry)
        STEPS.tell(decision, "clear", f"Tự xóa vì {KEPT.days} ngày không ai nhập tiếp", by=decision.by, before=before)
        decision.delete()
        count += 1
    return count


@STEPS.step(
    "discard",
    "Bỏ, không nhập nữa",
    [State.DRAFT],
    to=GONE,
    who=MANAGER,
    told="Đã bỏ quyết định đang nhập.",
    fault=_made_here,
)
def discard(decision, *, by):
    """Take out what was begun: nothing of it counted."""
    entry = decision.entry
    if is_busy(entry):
        raise Refused("Danh sách đang được kiểm tra hoặc lưu ở máy chạy nền. Hãy chờ xong.")
    _drop_files(decision, entry)


def _drop_files(decision, entry):
    files = [upload for upload in (entry.file, decision.scan) if upload]
    decision.scan = None
    Decision.objects.filter(pk=decision.pk).update(scan=None)
    Entry.objects.filter(pk=entry.pk).update(file=None)
    for upload in files:
        drop(upload)


def _made_here(decision, user):
    is_entered = decision.origin == Decision.Origin.ENTERED
    return "" if is_entered else "Quyết định ban hành trên phần mềm thì thay thế hoặc thu hồi bằng văn bản, không gỡ."


@STEPS.step(
    "undo", "Gỡ cả danh sách", [State.STANDING], to=State.UNDONE, who=MANAGER, needs_reason=True, fault=_made_here,
    told="Đã gỡ. Không khen thưởng nào của quyết định này còn được tính.",
    hint="Khi nhập nhầm cả quyết định. Danh sách vẫn còn để xem lại, nhưng không tính vào đâu nữa; sau đó nhập lại được.",
)  # fmt: skip
def undo(decision, *, by):
    """Take a list out of the register as a whole, while nothing rests on it."""
    if words := why_kept(decision):
        raise Refused(f"Chưa gỡ được: {words}")
    count = Award.objects.filter(decision=decision).update(stands=False)
    turned(Award.objects.filter(decision=decision).values_list("pk", flat=True), by=by)
    return {"Số khen thưởng được gỡ": str(count)}
