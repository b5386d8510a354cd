"""What is done with a conference until it is held: begun, planned, approved where its plan asks for it, ready.

Source: công văn /UBND-KGVX tháng 02/2020, điểm 2: the unit alone chooses one of four forms; contents, programme and window are
those of the plan.
"""

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from documents.citations.fields import PaperField
from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused, unless_taken
from documents.steps.stepping import GONE, Steps, Who
from documents.uploads import drop_left
from units.figures import figure_text
from units.permissions import may_manage, may_write

from ..log import About
from ..plans.models import FIRST_DAY, Plan
from ..plans.rules import day_faults, form_fault, forms_for, is_full_meeting, level_of
from . import rules
from .models import OF_EVENT, Event, Headcount, Organiser, Part, Role

State = Event.State
FACTS = [
    "name", "day", "until", "begins_at", "place", "chair", "chair_post", "size", "is_full", "theme", "note",
]  # fmt: skip
KEEPING = Who(lambda row, user: may_write(user) and row.is_kept_by(user), lambda row: f"cán bộ của {row.unit}")
DEPARTMENT = Who(lambda row, user: may_manage(user), "Sở Nội vụ")


def words(event) -> dict:
    """What the log compares."""
    told = words_of(event, [name for name in FACTS if name != "begins_at"])
    told |= {"Hình thức": event.get_form_display(), "Trạng thái": event.get_state_display()}
    return told | {"Giờ": f"{event.begins_at:%H:%M}" if event.begins_at else ""}


EVENTS = Steps(
    Event, "hội nghị", about=About.EVENT, words=words, related=["unit", "plan", "level"], address="conference_step",
    away=lambda row: reverse("conferences"),
)  # fmt: skip


# --- Begun


@transaction.atomic
def begin(event: Event, *, by, is_past=False) -> Event:
    """Store a new conference of ``event.unit``, under ``event.plan`` or without one. Raises ``Refused``.

    Without a name it has that of its form and unit; the parts that the plan asks are in its programme from the start.
    ``is_past``: it was held already and is told of afterwards.
    """
    if event.unit not in rules.units_of(by, timezone.localdate()):
        raise Refused(f"Hội nghị của {event.unit} do cán bộ của đơn vị đó lập.")
    event.by = by
    if event.plan_id:
        _take_from_plan(event)
    else:
        _refuse_other(event, by)
    _refuse_days(event, is_past)
    _fill(event)
    with unless_taken("Hội nghị này đã có, do người khác vừa lập. Hãy mở hội nghị đó."):
        event.save()
    for place, row in enumerate(rules.missing_parts(event, ())):
        Part.objects.create(
            event=event, words=row.words, minutes=row.minutes or 10, required=row, position=place
        )  # fmt: skip
    EVENTS.tell(event, "begin", "Lập hội nghị", by=by, after=words(event), day=event.day)
    return event


def _take_from_plan(event):
    if Plan.objects.select_for_update().get(pk=event.plan_id).state != Plan.State.ISSUED:
        raise Refused("Kế hoạch này chưa ban hành hoặc đã kết thúc, nên không lập hội nghị theo kế hoạch được.")
    event.level = level_of(event.plan.levels.all(), event.unit)
    if event.level is None:
        raise Refused(f"Kế hoạch này không yêu cầu {event.unit} tổ chức hội nghị.")
    event.kind = Event.Kind.CONGRESS if event.level.is_congress else Event.Kind.MODELS
    if told := form_fault(event.form, level=event.level):
        raise Refused(told, "form")


def _refuse_other(event, by):
    """What no plan asks for is one of three kinds, and belongs to what this person keeps."""
    if event.kind not in rules.OTHER:
        raise Refused("Hãy chọn loại hội nghị.", "kind")
    if not event.name.strip():
        raise Refused("Hãy ghi tên hội nghị.", "name")
    if event.activity_id and not rules.activities_for(by).filter(pk=event.activity_id).exists():
        raise Refused("Hoạt động này đã có hội nghị, hoặc không phải của cụm, khối mà đơn vị làm trưởng.", "activity")
    if event.review_id and not rules.reviews_for(by).filter(pk=event.review_id).exists():
        raise Refused("Đợt tổng kết này đã có hội nghị, hoặc không phải của phong trào của đơn vị.", "review")


def _refuse_days(event, is_past):
    today = None if is_past else timezone.localdate()
    for field, told in day_faults(event.day, event.until, unit=event.unit, level=event.level, today=today).items():
        more = (
            " Hội nghị đã tổ chức thì đánh dấu «Ghi lại hội nghị đã tổ chức»."
            if today and FIRST_DAY <= event.day < today
            else ""
        )
        raise Refused(told + more, field)


def _fill(event):
    """What follows from what was typed: the name from form and unit, the meeting from the size of the unit."""
    event.name = event.name.strip() or rules.name_for(event.form, event.unit, event.plan)
    if event.is_full is None:
        event.is_full = is_full_meeting(event.level, event.size)


@EVENTS.step("edit", "Sửa", [State.PLANNED, State.READY], who=KEEPING, form=None)
def edit(event, *, by, typed, is_past=False):
    """Facts as in ``typed``, a conference; what stood when it was ready first is not made less here."""
    if (typed.day, typed.until) != (event.day, event.until):
        _refuse_moved(event, typed)
        _refuse_days(typed, is_past)
    for name in FACTS:
        setattr(event, name, getattr(typed, name))
    _fill(event)


def _refuse_moved(event, typed):
    if event.state == State.READY:
        raise Refused("Hội nghị đã sẵn sàng. Lùi ngày thì dùng «Hoãn»; sửa khác thì mở lại để sửa trước.", "day")
    if event.first_day and typed.day > event.first_day:
        raise Refused(f"Ngày đã định {event.first_day:%d/%m/%Y}. Lùi ngày thì dùng «Hoãn», có lý do.", "day")


def _has_come(event, user) -> str:
    """Why the form stays: the day has come of what is ready, or the plan says that there is but one."""
    if len(forms_for(event.level)) == 1:
        return "Đại hội của tỉnh có một hình thức."
    today = timezone.localdate() if event.state == State.READY else None
    return form_fault(event.form or event.Form.MODELS, level=event.level, day=event.day, today=today)


class ChooseForm(StepForm):
    """Which of the four."""

    form = forms.ChoiceField(label="Hình thức", choices=Event.Form, widget=forms.RadioSelect)

    def prepare(self):
        """The one that it has."""
        self.initial["form"] = self.row.form


@EVENTS.step("choose", "Đổi hình thức", [State.PLANNED, State.READY], who=KEEPING, fault=_has_come, form=ChooseForm,
             address="choose_conference_form", icon="replace", told="Đã ghi hình thức.",
             hint="Đơn vị tự chọn, tự quyết định; đổi được đến trước ngày tổ chức.")  # fmt: skip
def choose(event, *, by, form):
    """The unit picks another of the four; a name that came from the form follows it."""
    if told := form_fault(form, level=event.level):
        raise Refused(told, "form")
    if event.name == (event.form and rules.name_for(event.form, event.unit, event.plan)):
        event.name = rules.name_for(form, event.unit, event.plan)
    event.form = form


# --- Programme, people, organising board


def _programme_words(event):
    rows = rules.timetable(event, event.parts.all())
    lines = (f"{row.begins:%H:%M} {row.part.words}" if row.begins else row.part.words for row in rows)
    return {"Chương trình": "; ".join(lines)}


@EVENTS.step("programme", "Sửa chương trình", [State.PLANNED, State.READY], who=KEEPING, form=None,
             words=_programme_words)  # fmt: skip
def set_programme(event, *, by, parts):
    """The parts as in ``parts``, rows that are not stored; a part that the plan asks is not left out."""
    asked = {row.pk for row in rules.missing_parts(event, ())}
    if strange := next((part for part in parts if part.required_id and part.required_id not in asked), None):
        raise Refused(f"«{strange.words}»: kế hoạch không còn yêu cầu phần này. Hãy tải lại trang.")
    if missing := rules.missing_parts(event, {part.required_id for part in parts}):
        raise Refused(f"Kế hoạch bắt buộc có: {'; '.join(row.words for row in missing)}. Hãy giữ phần này.")
    for place, part in enumerate(parts):
        part.event, part.position = event, place
    if fault := next((row for row in rules.timetable(event, parts) if row.fault), None):
        raise Refused(f"«{fault.part.words}»: {fault.fault}")
    event.parts.all().delete()
    Part.objects.bulk_create(parts)


def _people_words(event):
    return {row.get_role_display(): f"{row.number} × {figure_text(row.cost)} đồng" for row in event.headcounts.all()}


@EVENTS.step("people", "Sửa số người dự", [State.PLANNED, State.READY], who=KEEPING, form=None, words=_people_words)
def set_people(event, *, by, people):
    """``people``: {role: (how many, cost of each)}. What was there when it was ready is made less by a reduction alone."""
    there = {row.role: row for row in event.headcounts.all()}
    for role in Role.values:
        number, cost = people.get(role, (0, 0))
        row = there.get(role)
        if event.first_day and row and number < row.number:
            raise Refused("Hội nghị đã sẵn sàng. Giảm số người thì dùng «Rút gọn», có lý do.", number_field(role))
        if row and not number and not event.first_day:
            row.delete()
        elif number:
            row = row or Headcount(event=event, role=role)
            row.number, row.cost = number, cost
            row.save()


def number_field(role) -> str:
    """The field in which is typed how many of ``role`` take part."""
    return f"number-{role}"


def _board_words(event):
    rows = event.organisers.all()
    return {"Ban tổ chức": "; ".join(f"{row.role}: {row.name}{row.post and f', {row.post}'}" for row in rows)}


@EVENTS.step("board", "Sửa ban tổ chức", [State.PLANNED, State.READY], who=KEEPING, form=None, words=_board_words)
def set_board(event, *, by, members):
    """``members``: rows that are not stored, in their order."""
    event.organisers.all().delete()
    for place, member in enumerate(members):
        member.event, member.position = event, place
    Organiser.objects.bulk_create(members)


# --- Approved, ready


def _needs(event) -> bool:
    return bool(event.level_id and event.level.needs_approval)


def _asks_nobody(event, user) -> str:
    return "" if _needs(event) else "Kế hoạch không yêu cầu duyệt. Hãy ghi sẵn sàng tổ chức."


def _refuse_unready(event):
    if faults := rules.faults_of(event):
        raise Refused("Chưa được. " + " ".join(faults))


@EVENTS.step("ask", "Trình Sở Nội vụ duyệt", [State.PLANNED], to=State.ASKED, who=KEEPING, fault=_asks_nobody,
             look="primary", icon="send", told="Đã trình Sở Nội vụ duyệt.")  # fmt: skip
def ask(event, *, by):
    """Ask the department for its approval, which the plan wants for this level."""
    _refuse_unready(event)
    event.asked_on, event.returned_for = timezone.localdate(), ""


@EVENTS.step("take_back", "Rút lại để sửa", [State.ASKED], to=State.PLANNED, who=KEEPING, icon="arrow-back-up",
             told="Đã rút lại, nay sửa được.")  # fmt: skip
def take_back(event, *, by):
    """The unit mends what it asked approval for."""
    event.asked_on = None


class ApproveForm(StepForm):
    """By which paper."""

    document = PaperField(
        label="Văn bản duyệt", required=False, help_text="Số, ký hiệu; để trống nếu duyệt trên chương trình."
    )


@EVENTS.step("approve", "Duyệt", [State.ASKED], to=State.READY, who=DEPARTMENT, form=ApproveForm, look="primary",
             icon="circle-check", told="Đã duyệt. Đơn vị tổ chức theo nội dung đã trình.")  # fmt: skip
def approve(event, *, by, document):
    """The department agrees to what the unit has planned; the form stays the unit's own."""
    _refuse_unready(event)
    event.approved_on, event.approved_by = timezone.localdate(), document
    _keep_first(event)


@EVENTS.step("return", "Trả lại", [State.ASKED], to=State.PLANNED, who=DEPARTMENT, needs_reason=True,
             button="Trả lại kèm lý do", icon="arrow-back-up", told="Đã trả lại kèm lý do.",
             hint="Đơn vị thấy lý do, sửa rồi trình lại. Hình thức hội nghị do đơn vị chọn.")  # fmt: skip
def give_back(event, *, by, reason):
    """The department returns it, with what is to be mended."""
    event.returned_for, event.asked_on = reason.strip(), None


def _asks_somebody(event, user) -> str:
    return "Kế hoạch yêu cầu duyệt trước. Hãy trình Sở Nội vụ." if _needs(event) else ""


@EVENTS.step("ready", "Sẵn sàng tổ chức", [State.PLANNED], to=State.READY, who=KEEPING, fault=_asks_somebody,
             look="primary", icon="circle-check", told="Đã sẵn sàng. Nay soạn được giấy mời.")  # fmt: skip
def make_ready(event, *, by):
    """All that the plan asks is there."""
    _refuse_unready(event)
    _keep_first(event)


def _keep_first(event):
    """What is planned now stays beside what becomes of it."""
    event.first_day = event.first_day or event.day
    for row in event.headcounts.filter(first=0):
        row.first = row.number
        row.save(update_fields=["first"])


@EVENTS.step("reopen", "Mở lại để sửa", [State.READY], to=State.PLANNED, who=KEEPING, needs_reason=True,
             icon="arrow-back-up", told="Đã mở lại. Sửa xong thì ghi sẵn sàng lại.")  # fmt: skip
def reopen(event, *, by):
    """Something of it was wrong; what was approved is asked for again."""
    event.approved_on = event.approved_by = event.asked_on = None


# --- Given up


def _has_papers(event, user) -> str:
    if OF_EVENT.under([event.pk]).exists() or event.delegates.exists():
        return "Hội nghị này đã có văn bản hoặc đại biểu nên không xóa được."
    return ""


@EVENTS.step("discard", "Xóa hội nghị đang chuẩn bị", [State.PLANNED], to=GONE, who=KEEPING, fault=_has_papers,
             look="ghost-danger", icon="trash", told="Đã xóa.", then=drop_left)  # fmt: skip
def discard(event, *, by):
    """Take out one that was begun by mistake."""
    event.left = [row.upload for row in event.files.select_related("upload")]
