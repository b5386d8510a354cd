"""What becomes of a file: written by a unit, submitted, received by an officer, returned or appraised, told of.

Source: Luật Thi đua, khen thưởng 2022, Điều 83–85; how long each step takes is the office's own rule (``rules.due``).
"""

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE, Steps, Who
from documents.uploads import drop
from units.models import User
from units.permissions import MANAGERS, may_manage

from ..catalogue.models import Route
from ..log import About
from ..records.models import Import
from . import checking
from .models import OF_DOSSIER, Dossier, Nomination
from .moving import move
from .rules import doubt_about_due, due, faults_of, officer_for

State, Stage = Dossier.State, Nomination.State
FACTS = ["route", "year", "first_year", "subject", "campaign", "deed_on", "is_simple", "note"]


def _words(dossier) -> dict:
    return words_of(dossier, FACTS) | {
        "Trạng thái": dossier.get_state_display(),
        "Người thẩm định": str(dossier.officer or ""),
        "Hạn": f"{dossier.due_on:%d/%m/%Y}" if dossier.due_on else "",
    }


KEEPER = Who(lambda row, user: row.is_kept_by(user), lambda row: row.unit.name)
DEPARTMENT = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
STEPS = Steps(
    Dossier,
    "hồ sơ",
    about=About.DOSSIER,
    away=lambda row: reverse("dossiers"),
    words=_words,
    related=["unit", "campaign", "officer"],
    address="dossier_step",
)


# --- Written


@transaction.atomic
def save(dossier: Dossier, *, by, seen_version: int | None = None) -> Dossier:
    """Store a new file of the unit of ``by``, or a changed one. Raises ``Refused``, ``Stale``."""
    if dossier.pk:
        return edit(dossier, by=by, seen_version=seen_version, typed=dossier)
    dossier.unit = by.unit
    if not dossier.is_kept_by(by):
        raise Refused("Hồ sơ do đơn vị đề nghị lập. Tài khoản của bạn không lập được hồ sơ.")
    dossier.author = by
    _refuse_facts(dossier)
    dossier.save()
    STEPS.tell(dossier, "begin", "Lập hồ sơ", by=by, after=_words(dossier))
    return dossier


@STEPS.step("edit", "Sửa", Dossier.OPEN, who=KEEPER, form=None)
def edit(dossier, *, by, typed):
    """Everything as in ``typed``, a file."""
    for name in FACTS:
        setattr(dossier, name, getattr(typed, name))
    _refuse_facts(dossier)


# No deed is commended that is older: the first awards of the State.
FIRST_YEAR = 1945


def _refuse_facts(dossier):
    today = timezone.localdate()
    _refuse_early(dossier)
    if dossier.year > today.year:
        raise Refused(f"Năm {dossier.year} chưa tới. Hãy ghi năm đã có thành tích.", "year")
    if dossier.first_year and dossier.first_year > dossier.year:
        raise Refused("Năm đầu lớn hơn năm cuối của thành tích. Hãy sửa lại.", "first_year")
    if dossier.route == Route.DEED and not dossier.deed_on:
        raise Refused("Khen đột xuất thì ghi ngày lập thành tích.", "deed_on")
    if dossier.deed_on and dossier.deed_on > today:
        raise Refused("Ngày lập thành tích chưa tới. Hãy kiểm tra lại.", "deed_on")
    if dossier.campaign and dossier.route not in (Route.MOVEMENT, Route.THEME):
        raise Refused(
            f"Khen tại sơ kết, tổng kết phong trào thì loại hình là «{Route.MOVEMENT.label}». Hãy chọn lại, hoặc bỏ phong trào.",
            "campaign",
        )
    if dossier.is_simple and dossier.route in (Route.MERIT, Route.MOVEMENT):
        raise Refused(
            "Thủ tục đơn giản không dùng cho khen thưởng công trạng, phong trào thi đua (Điều 85). Hãy bỏ chọn.",
            "is_simple",
        )


def _refuse_early(dossier):
    years = {
        "year": dossier.year,
        "first_year": dossier.first_year,
        "deed_on": dossier.deed_on and dossier.deed_on.year,
    }
    for name, year in years.items():
        if year is not None and year < FIRST_YEAR:
            raise Refused(f"Năm {year} sớm quá: hãy ghi từ năm {FIRST_YEAR}.", name)


@STEPS.step(
    "discard", "Xóa hồ sơ đang soạn", [State.DRAFT], who=KEEPER, to=GONE, look="ghost-danger", icon="trash",
    told="Đã xóa hồ sơ đang soạn.", fault=lambda row, user: _fault_of_discarding(row),
)  # fmt: skip
def discard(dossier, *, by):
    """Take out a file that was never submitted, with lists that were being entered for it."""
    for entry in Import.objects.select_related("file").filter(kind="nominations", of=dossier.pk):
        entry.delete()
        drop(entry.file)


def _fault_of_discarding(dossier):
    has_paper = OF_DOSSIER.under([dossier.pk]).exists()
    return "Hồ sơ này đã có văn bản kèm theo nên không xóa được. Hãy bỏ dự thảo trước." if has_paper else ""


# --- On its way


def _go(dossier, step="", day=None):
    """It stands at its next step from today, which is to be done by the office's own rule."""
    dossier.since = timezone.localdate()
    dossier.due_on = due(step, day or dossier.since) if step else None


@STEPS.step(
    "submit", "Nộp hồ sơ", Dossier.OPEN, to=State.SUBMITTED, who=KEEPER, look="primary", icon="send",
    told="Đã nộp hồ sơ cho Sở Nội vụ.",
)  # fmt: skip
def submit(dossier, *, by):
    """Hand it to the department, where everything is in it."""
    if faults := faults_of(dossier):
        raise Refused("Chưa nộp được. " + " ".join(faults))
    checking.check(dossier)
    dossier.submitted_on = timezone.localdate()
    dossier.returned_until = None
    _go(dossier, "receive")


@STEPS.step(
    "take_back", "Rút về để sửa", [State.SUBMITTED], to=State.DRAFT, who=KEEPER, icon="arrow-back-up",
    told="Đã rút hồ sơ về; sửa xong hãy nộp lại.",
)  # fmt: skip
def take_back(dossier, *, by):
    """The unit takes it back before anybody received it."""
    dossier.submitted_on = None
    _go(dossier)


class ReceiveForm(StepForm):
    """Who appraises it."""

    officer = forms.ModelChoiceField(label="Người thẩm định", queryset=None)

    def prepare(self):
        """Offer the people of the department, first the one who follows such files."""
        rows = User.objects.filter(is_active=True, role__in=MANAGERS).order_by("full_name")
        self.fields["officer"].queryset = rows
        self.initial["officer"] = officer_for(self.row, timezone.localdate()) or self.user


@STEPS.step(
    "receive", "Tiếp nhận", [State.SUBMITTED], to=State.RECEIVED, who=DEPARTMENT, form=ReceiveForm, look="primary",
    icon="inbox", told="Đã tiếp nhận hồ sơ.",
)  # fmt: skip
def receive(dossier, *, by, officer):
    """An officer of the department takes it for appraisal."""
    if not may_manage(officer):
        raise Refused("Người này không thẩm định hồ sơ được. Hãy chọn cán bộ của Sở Nội vụ.", "officer")
    dossier.officer, dossier.received_on = officer, timezone.localdate()
    _go(dossier, "appraise")


@STEPS.step("reassign", "Giao người khác thẩm định", [State.RECEIVED], who=DEPARTMENT, form=ReceiveForm, icon="user")
def reassign(dossier, *, by, officer):
    """Another officer goes on with it."""
    if not may_manage(officer):
        raise Refused("Người này không thẩm định hồ sơ được. Hãy chọn cán bộ của Sở Nội vụ.", "officer")
    dossier.officer = officer


class ReturnForm(StepForm):
    """By when what is missing must be there."""

    until = forms.DateField(label="Bổ sung chậm nhất ngày")

    def prepare(self):
        """Begin with the office's rule."""
        today = timezone.localdate()
        self.initial["until"] = due("complete", today)
        self.fields["until"].help_text = doubt_about_due(self.user, [(today, self.initial["until"])]).capitalize()


@STEPS.step(
    "return", "Trả lại để bổ sung", [State.SUBMITTED, State.RECEIVED], to=State.RETURNED, who=DEPARTMENT, form=ReturnForm,
    needs_reason=True, button="Trả lại kèm lý do", icon="arrow-back-up", told="Đã trả lại kèm lý do và hạn bổ sung.",
    hint="Đơn vị thấy lý do, sửa rồi nộp lại.",
)  # fmt: skip
def give_back(dossier, *, by, until):
    """The unit gets it back with what is missing and a last day."""
    if until < timezone.localdate():
        raise Refused("Hạn bổ sung đã qua. Hãy chọn ngày sau hôm nay.", "until")
    dossier.returned_until, dossier.since, dossier.due_on = until, timezone.localdate(), until


def _may_check(dossier, user) -> bool:
    return dossier.is_kept_by(user) or (may_manage(user) and dossier.state not in Dossier.OWN)


@STEPS.step("check", "Kiểm tra điều kiện", [State.DRAFT, State.RETURNED, State.SUBMITTED, State.RECEIVED],
            who=Who(_may_check, "đơn vị và Sở Nội vụ"),
            form=None, renews=False)  # fmt: skip
def check(dossier, *, by):
    """Judge all its nominations by what is known today."""
    changed = checking.check(dossier)
    return {"Kiểm tra": f"{dossier.nominations.count()} đề nghị, {changed} khác lần trước"}


@STEPS.step(
    "appraise", "Kết thúc thẩm định", [State.RECEIVED], to=State.APPRAISED, who=DEPARTMENT, look="primary", icon="circle-check",
    told="Đã kết thúc thẩm định; các đề nghị đủ điều kiện chờ xét.",
    hint="Đề nghị chưa đủ điều kiện mà không có lý do «vẫn đề nghị» thì dừng ở đây, ghi rõ còn thiếu gì.",
)  # fmt: skip
def appraise(dossier, *, by):
    """Each nomination goes on or stops, by the check of today and what officers accepted."""
    checking.check(dossier)
    rows = list(checking.rows_of(dossier).filter(state=Stage.IN_FILE))
    answers, barred = checking.judged(dossier, rows), checking.barred(dossier, rows)

    def fits(row):
        return bool(row.accepted) or (row.met is True and row.pk not in barred)

    def lack(row):
        own = "" if row.met is True else checking.refusal_of(answers[row.pk])
        return "; ".join(filter(None, [own, barred.get(row.pk)]))

    move(
        rows, lambda row: Stage.FIT if fits(row) else Stage.UNFIT, by=by, what="appraised", act="Thẩm định",
        refusal=lambda row: "" if fits(row) else lack(row),
    )  # fmt: skip
    _go(dossier)
    counts = f"{sum(row.state == Stage.FIT for row in rows)} đủ điều kiện, {sum(row.state == Stage.UNFIT for row in rows)} không"
    return {"Kết quả": counts}


@STEPS.step(
    "withdraw", "Rút hồ sơ", [State.SUBMITTED, State.RETURNED, State.RECEIVED], to=State.WITHDRAWN, who=KEEPER, needs_reason=True,
    look="ghost-danger", icon="x", told="Đã rút hồ sơ.",
)  # fmt: skip
def withdraw(dossier, *, by, reason):
    """The unit proposes it no more."""
    _go(dossier)
    rows = dossier.nominations.filter(state=Stage.IN_FILE)
    move(rows, Stage.WITHDRAWN, by=by, what="withdrawn", act="Rút hồ sơ", reason=reason)


@STEPS.step(
    "close", "Báo kết quả cho đơn vị", [State.APPRAISED], to=State.CLOSED, who=DEPARTMENT, icon="send", told="Đã báo kết quả.",
    fault=lambda row, user: _fault_of_closing(row),
)  # fmt: skip
def close(dossier, *, by):
    """Everything in it was decided, and the unit knows."""
    _go(dossier)


def _fault_of_closing(dossier):
    left = dossier.nominations.going_on().count()
    return f"Còn {left} đề nghị chưa có kết quả." if left else ""
