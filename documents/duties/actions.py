"""What papers ask of units: reported done, opened again, and seen as a whole.

Reports are what was said, and stay; the log tells as well that it was said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from units.models import Unit
from units.text import clean
from units.tones import Toned

from ..deliveries.actions import may_follow_up, may_receive
from ..deliveries.models import Answer
from ..papers.models import Document, Duty
from ..steps.refusing import Refused
from ..steps.stepping import Steps, Who
from ..uploads import keep
from ..uploads.models import Upload
from .forms import ReopenForm, ReportForm
from .models import Assignment, Report


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


State = Assignment.State
STEPS = Steps(
    Assignment,
    "nhiệm vụ",
    about="duty",
    related=["duty__document", "unit"],
    words=lambda share: {"Báo xong": f"{timezone.localtime(share.done_at):%H:%M %d/%m/%Y}" if share.done_at else ""},
    not_now=lambda step, share: (
        "Nhiệm vụ này đã báo xong. Hãy tải lại trang để xem."
        if share.done_at
        else "Đơn vị chưa báo xong nhiệm vụ này nên chưa có gì để yêu cầu làm lại."
    ),
)
UNIT = Who(lambda share, user: may_receive(user, share.unit_id), lambda share: str(share.unit))
SENDER = Who(lambda share, user: may_follow_up(user, share.duty.document), "đơn vị giao việc")


def _void(share, _user) -> str:
    """That the paper asks nothing any more, where it was replaced or recalled."""
    paper = share.duty.document
    if paper.state == Document.State.ISSUED:
        return ""
    return f"Văn bản giao việc {paper.get_state_display().lower()} nên nhiệm vụ này không còn hiệu lực."


def keep_report(share, *, by, words, files=(), done_at=None, **facts) -> dict:
    """Keep what was said of a duty that is done, and tell the log of it; the first time it was done stays."""
    if share.done_at is None:
        share.done_at, share.done_by = done_at or timezone.now(), by
    row = Report.objects.create(assignment=share, by=by, words=words, **facts)
    kept = [keep(file, by=by, kind=Upload.Kind.PROOF, report=row) for file in files]
    return {"Kết quả": words, "Tệp": ", ".join(file.name for file in kept)}


@STEPS.step(
    "report",
    "Báo đã làm xong",
    State,
    who=UNIT,
    form=ReportForm,
    fault=_void,
    told="Đã gửi báo cáo.",
    address="report_duty",
)
def report_done(share, *, by, words: str = "", files=()):
    """Report a duty done, in words, files or both; more may be added later."""
    words = clean(words).strip()
    if not (words or files):
        raise Refused("Hãy ghi kết quả hoặc kèm ít nhất một tệp.", "words")
    return keep_report(share, by=by, words=words, files=files)


def answer_for(assignment):
    """The latest answer of the unit to the paper that gives the duty; None where it did not answer."""
    own = Answer.objects.filter(delivery__document=assignment.duty.document_id, delivery__unit=assignment.unit_id)
    return own.select_related("by").prefetch_related("uploads").order_by("-at", "-pk").first()


@STEPS.step(
    "report_by_answer",
    "Báo xong bằng trả lời này",
    [State.OPEN],
    who=UNIT,
    fault=_void,
    told="Đã báo xong nhiệm vụ theo trả lời của đơn vị.",
    address="report_by_answer",
)
def done_by_answer(share, *, by):
    """Report a duty done by what the unit answered to the paper."""
    said = answer_for(share)
    if said is None:
        raise Refused("Đơn vị chưa trả lời văn bản này. Hãy mở lại trang rồi xem.")
    files = ", ".join(file.name for file in said.uploads.all())
    words = f"Theo trả lời văn bản lúc {timezone.localtime(said.at):%H:%M %d/%m/%Y}"
    parts = [said.words and f": {said.words}", files and f" (tệp đã gửi: {files})"]
    return keep_report(share, by=by, words=words + "".join(part for part in parts if part))


@STEPS.step(
    "reopen",
    "Yêu cầu làm lại",
    [State.DONE],
    who=SENDER,
    form=ReopenForm,
    needs_reason=True,
    fault=_void,
    told="Đã yêu cầu {row.unit} làm lại.",
    address="reopen_duty",
)
def reopen(share, *, by, reason):
    """The sender finds that a duty reported done is not done."""
    share.done_at = share.done_by = None
    Report.objects.create(assignment=share, kind=Report.Kind.REOPENED, by=by, words=clean(reason).strip())


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
