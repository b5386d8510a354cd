"""What papers ask of units: reported done, opened again, and seen as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from units.models import Unit
from units.text import clean
from units.tones import Toned

from ..deliveries.actions import may_follow_up, may_receive
from ..deliveries.models import Answer
from ..papers.models.document import Document
from ..papers.models.duty import Duty
from ..uploads import keep
from ..uploads.models import Upload
from .models import Assignment, Report


class DutyRefused(Exception):
    """Something that cannot be done with a duty; says why, and what to do."""


class Standing(Toned):
    """How far a unit has come with a duty."""

    LATE = "late", "Quá hạn"
    OPEN = "open", "Chưa xong"
    DONE = "done", "Đã xong"
    DONE_LATE = "done_late", "Xong muộn"
    NOT_ASKED = "not_asked", "Không yêu cầu"


def standing(assignment, day: date) -> Standing:
    """How far it is on ``day``. A paper that was replaced or recalled asks nothing any more. Reads ``duty.document``."""
    until = assignment.duty.until
    if assignment.done_at:
        late = until is not None and timezone.localdate(assignment.done_at) > until
        return Standing.DONE_LATE if late else Standing.DONE
    if assignment.duty.document.state != Document.State.ISSUED:
        return Standing.NOT_ASKED
    return Standing.LATE if assignment.is_late_on(day) else Standing.OPEN


def _held(assignment) -> Assignment:
    """The assignment as it stands now, held until the transaction ends; raises ``DutyRefused`` if it is void."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("duty__document")
    found = rows.get(pk=assignment.pk)
    paper = found.duty.document
    if paper.state != Document.State.ISSUED:
        raise DutyRefused(f"Văn bản giao việc {paper.get_state_display().lower()} nên nhiệm vụ này không còn hiệu lực.")
    return found


@transaction.atomic
def report_done(assignment, *, by, words: str = "", files=()) -> Report:
    """Report a duty done, in words, files or both; more may be added later, and the first time stays.

    Raises ``DutyRefused`` for an empty report, ``documents.uploads.UploadRefused`` for a file.
    """
    found = _held(assignment)
    if not may_receive(by, found.unit_id):
        raise DutyRefused("Tài khoản của bạn không được báo cáo thay đơn vị này.")
    words = clean(words).strip()
    if not (words or files):
        raise DutyRefused("Hãy ghi kết quả hoặc kèm ít nhất một tệp.")
    if found.done_at is None:
        found.done_at, found.done_by = timezone.now(), by
        found.save()
    row = Report.objects.create(assignment=found, by=by, words=words)
    for file in files:
        keep(file, by=by, kind=Upload.Kind.PROOF, report=row)
    return row


def answer_for(assignment):
    """The latest answer of the unit to the paper that gives the duty, where the duty is still open; else None."""
    if assignment.done_at or assignment.duty.document.state != Document.State.ISSUED:
        return None
    own = Answer.objects.filter(delivery__document=assignment.duty.document_id, delivery__unit=assignment.unit_id)
    return own.select_related("by").prefetch_related("uploads").order_by("-at", "-pk").first()


def done_by_answer(assignment, *, by) -> Report:
    """Report a duty done by what the unit answered to the paper. Raises ``DutyRefused`` where it has not answered."""
    said = answer_for(assignment)
    if said is None:
        raise DutyRefused("Đơn vị chưa trả lời văn bản này, hoặc nhiệm vụ đã báo xong. Hãy mở lại trang rồi xem.")
    files = ", ".join(file.name for file in said.uploads.all())
    words = f"Theo trả lời văn bản lúc {timezone.localtime(said.at):%H:%M %d/%m/%Y}"
    parts = [said.words and f": {said.words}", files and f" (tệp đã gửi: {files})"]
    return report_done(assignment, by=by, words=words + "".join(part for part in parts if part))


@transaction.atomic
def reopen(assignment, *, by, reason: str) -> Report:
    """The sender finds that a duty reported done is not done. Raises ``DutyRefused``."""
    found = _held(assignment)
    reason = clean(reason).strip()
    if not may_follow_up(by, found.duty.document):
        raise DutyRefused("Chỉ đơn vị giao việc mới yêu cầu làm lại được.")
    if found.done_at is None:
        raise DutyRefused("Đơn vị chưa báo xong nhiệm vụ này nên chưa có gì để yêu cầu làm lại.")
    if not reason:
        raise DutyRefused("Hãy ghi lý do yêu cầu làm lại.")
    found.done_at = found.done_by = None
    found.save()
    return Report.objects.create(assignment=found, kind=Report.Kind.REOPENED, by=by, words=reason)


@dataclass(frozen=True)
class Cell:
    """One unit and one duty."""

    duty: Duty
    standing: Standing
    assignment: Assignment | None = None


@dataclass(frozen=True)
class Tally:
    """How many shares were asked, are done (``done_late`` of them late), and are open (``late`` of them late)."""

    asked: int
    done: int
    done_late: int
    open: int
    late: int


def tally(cells: Iterable[Cell]) -> Tally:
    """Count cells of one unit, one duty or one paper."""
    found = [cell.standing for cell in cells]
    late, done_late = found.count(Standing.LATE), found.count(Standing.DONE_LATE)
    done, still_open = found.count(Standing.DONE) + done_late, found.count(Standing.OPEN) + late
    return Tally(asked=done + still_open, done=done, done_late=done_late, open=still_open, late=late)


@dataclass(frozen=True)
class Row:
    """What one unit was asked, in the order of the duties."""

    unit: Unit
    cells: list[Cell]
    tally: Tally


def matrix(document, day: date) -> tuple[list[Duty], list[Row]]:
    """The duties of a paper, and a row for each unit that has any, as they are on ``day``. Two queries."""
    duties = list(document.duties.all())
    of_paper = Assignment.objects.filter(duty__document=document).select_related("unit")
    rows = []
    for unit, shares in groupby(of_paper.order_by("unit__sort_text", "unit__code"), key=lambda share: share.unit):
        by_duty = {share.duty_id: share for share in shares}
        cells = [_cell(duty, by_duty.get(duty.pk), day) for duty in duties]
        rows.append(Row(unit, cells, tally(cells)))
    return duties, rows


def _cell(duty, assignment, day):
    if assignment is None:
        return Cell(duty, Standing.NOT_ASKED)
    assignment.duty = duty
    return Cell(duty, standing(assignment, day), assignment)
