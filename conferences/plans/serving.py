"""Units that serve against an epidemic by a paper: marked by the department, ended, taken out where it was a mistake.

Source: công văn /UBND-KGVX tháng 02/2020, điểm 2.
"""

from django.db import transaction
from django.urls import reverse

from documents.citations.rules import short_form
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE, Steps
from units.permissions import may_manage

from ..log import About
from .actions import KEEPER
from .forms import EndServingForm
from .models import Serving
from .rules import refuse_recalled


def _words(row) -> dict:
    return words_of(row, ["unit", "reason", "since", "until"]) | {"Theo văn bản": short_form(row.document)}


State = Serving.State
STEPS = Steps(
    Serving, "dòng", about=About.SERVING, words=_words, related=["unit", "document__type"], address="serving_step",
    away=lambda row: reverse("servings"),
)  # fmt: skip


@transaction.atomic
def mark(units, *, by, since, until, reason, paper) -> list[Serving]:
    """Mark ``units``, all or none. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused("Đơn vị tập trung chống dịch do Sở Nội vụ ghi.")
    if paper is None:
        raise Refused("Hãy ghi số, ký hiệu văn bản.", "paper")
    refuse_recalled(paper)
    found = []
    for unit in units:
        row = Serving(unit=unit, since=since, until=until, reason=reason.strip(), document=paper, by=by)
        if faults := row.faults_of_days():
            field, words = next(iter(faults.items()))
            raise Refused(f"{unit}: {words}", field)
        row.save()
        STEPS.tell(row, "mark", "Ghi đơn vị tập trung chống dịch", by=by, after=_words(row))
        found.append(row)
    return found


def serving_on(unit, day) -> Serving | None:
    """The row by which ``unit`` serves on ``day``; None where it does not."""
    return unit.servings.in_force(day).select_related("document__type").first()


@STEPS.step(
    "end", "Ghi ngày cuối", [State.COMING, State.SERVING, State.OVER], who=KEEPER, form=EndServingForm, icon="calendar-event",
    hint="Từ sau ngày này đơn vị không tự rút gọn được; hội nghị đã rút gọn giữ nguyên.", told="Đã ghi ngày cuối.",
)  # fmt: skip
def end(row, *, by, until):
    """It serves until then."""
    row.until = until
    for field, words in row.faults_of_days().items():
        raise Refused(words, "until" if field == "since" else field)


@STEPS.step(
    "take_out", "Xóa vì ghi nhầm", [State.COMING, State.SERVING, State.OVER], to=GONE, who=KEEPER, needs_reason=True,
    icon="trash", look="ghost-danger", told="Đã xóa.",
)  # fmt: skip
def take_out(row, *, by):
    """It was a mistake."""
    return _words(row)
