"""Those whom a conference sends to the one above it: chosen within the quota, sent, settled above or given back.

Source: Kế hoạch 125/KH-UBND ngày 17/7/2019, Hướng dẫn 1149/HD-BTĐKT ngày 18/6/2019 (conferences of units choose the delegates to
the one above). The one above may take others in, with a reason, and replace who cannot come.
"""

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import GONE, Steps, Who
from units.permissions import may_write

from ..events.models import Event, Role
from ..log import About
from .actions import accept, called, keeps, take_with
from .adding import OPEN, add_all, from_recipients, held
from .models import Delegate, Delegation
from .rules import below, quota_of

State = Delegation.State


def _words(row):
    return words_of(row, ["quota", "head", "state"])


KEEPING = Who(lambda row, user: keeps(row.event, user), lambda row: called(row.event))
SENDING = Who(
    lambda row, user: row.source_id is not None and may_write(user) and row.source.is_kept_by(user),
    lambda row: f"cán bộ của {row.unit}",
)
EITHER = Who(
    lambda row, user: KEEPING.may(row, user) or (row.state == State.CHOOSING and SENDING.may(row, user)),
    lambda row: f"{called(row.event)}, hoặc {row.unit} khi chưa gửi danh sách",
)


class DelegationSteps(Steps):
    """Steps of delegations."""

    def locked(self, row):
        """As ``Steps.locked``, with the unit and the conference that it comes from."""
        found = super().locked(row)
        full = Delegation.objects.select_related("unit", "source__unit", "source__level", "head").get(pk=found.pk)
        full.event = found.event
        return full

    def away(self, row):
        """Where a page leads when one was taken out."""
        return row.event


DELEGATIONS = DelegationSteps(
    Delegation, "đoàn đại biểu", about=About.DELEGATION, words=_words, under="event", related=["unit", "plan", "level"],
    address="delegation_step",
)  # fmt: skip


def _closed(row, user) -> str:
    if row.event.state not in OPEN:
        return f"{row.event} {row.event.get_state_display().lower()}: không thay đổi danh sách đại biểu nữa."
    return ""


# --- Begun


@transaction.atomic
def begin(event, unit, *, by, source=None) -> Delegation:
    """The delegation of ``unit`` to ``event``, a new one where there is none. Raises ``Refused``."""
    event = held(event)
    if not keeps(event, by) and not (source and may_write(by) and source.is_kept_by(by)):
        raise Refused(f"Đoàn đại biểu do {called(event)} lập.")
    if unit.ended and unit.ended < event.day:
        raise Refused(f"{unit} đã kết thúc ngày {unit.ended:%d/%m/%Y}. Hãy chọn đơn vị kế tiếp.", "unit")
    found = Delegation.objects.filter(event=event, unit=unit).first()
    if found:
        if source and not found.source_id:
            found.source = source
            found.save()
        return found
    made = Delegation.objects.create(event=event, unit=unit, source=source)
    DELEGATIONS.tell(made, "begin_delegation", f"Lập đoàn {unit}", by=by, after=_words(made), of=made.pk)
    return made


@transaction.atomic
def begin_all(event, *, by) -> int:
    """A delegation for every conference below that sends to ``event``; how many are new. Raises ``Refused``."""
    event = held(event)
    if not keeps(event, by):
        raise Refused(f"Đoàn đại biểu do {called(event)} lập.")
    there = set(event.delegations.order_by().values_list("unit", flat=True))
    rows = [row for row in below(event) if row.unit_id not in there and not _is_gone(row.unit, event.day)]
    Delegation.objects.bulk_create(Delegation(event=event, unit=row.unit, source=row) for row in rows)
    if rows:
        record(About.EVENT, event, f"Lập đoàn của {len(rows)} đơn vị", by=by, what="begin_delegations")
    return len(rows)


def _is_gone(unit, day) -> bool:
    return unit.ended is not None and unit.ended < day


# --- Chosen below


@DELEGATIONS.step("choose_delegates", "Chọn đại biểu cử lên", [State.CHOOSING], who=SENDING, form=None, fault=_closed)
def choose(delegation, *, by, people, role=Role.OFFICIAL, reason=""):
    """Add ``people``, recipients of the unit: official ones within the quota, or reserves."""
    if role not in (Role.OFFICIAL, Role.RESERVE):
        raise Refused("Đơn vị cử đại biểu chính thức hoặc dự khuyết.", "role")
    rows = from_recipients(delegation.event, people, role=role, delegation=delegation, reason=reason)
    source = f"Cử từ {delegation.source}"
    add_all(delegation.event, rows, by=by, state=Delegate.State.CHOSEN, act="Chọn cử lên", source=source)
    return {"Chọn": first_of((row.name for row in rows), "người", most=20)}


def counts(delegation) -> dict[str, int]:
    """{role: how many counted ones} of a delegation. One query."""
    roles = list(delegation.delegates.counted().order_by().values_list("role", flat=True))
    return {role: roles.count(role) for role in Role.values}


def _not_to_be_sent(row, user) -> str:
    if told := _closed(row, user):
        return told
    if row.source.state not in Event.DONE:
        return f"Chưa gửi được: {row.source} chưa tổ chức. Đại biểu được chọn tại hội nghị."
    number, quota = counts(row)[Role.OFFICIAL], quota_of(row)
    if not number:
        return "Chưa gửi được: chưa chọn đại biểu chính thức nào."
    if quota is not None and number > quota:
        return f"Chưa gửi được: đã chọn {number} đại biểu chính thức, được cử {quota}. Hãy bỏ bớt."
    return ""


def _told_of_quota(row) -> str:
    quota, number = quota_of(row), counts(row)[Role.OFFICIAL]
    return f"Đã chọn {number}{f' trong {quota}' if quota is not None else ''} đại biểu chính thức. Gửi rồi không sửa được nữa."


@DELEGATIONS.step("send_delegates", "Gửi danh sách lên cấp trên", [State.CHOOSING], to=State.SENT, who=SENDING,
                  fault=_not_to_be_sent, look="primary", icon="send", hint=_told_of_quota, told="Đã gửi danh sách.")  # fmt: skip
def send(delegation, *, by):
    """The unit is done: nothing changes below from here on."""
    delegation.sent_on = timezone.localdate()


# --- Settled above


@DELEGATIONS.step("settle_delegates", "Chốt danh sách đoàn", [State.SENT, State.CHOOSING], to=State.SETTLED, who=KEEPING,
                  fault=_closed, look="primary", icon="circle-check", told="Đã chốt danh sách đoàn.")  # fmt: skip
def settle(delegation, *, by):
    """Whom the unit chose comes; where one of them is to be looked at again first, nobody is settled."""
    rows = Delegate.objects.filter(delegation=delegation, state=Delegate.State.CHOSEN)
    outcome = take_with(accept, rows, by=by)
    if outcome.refused:
        told = first_of((f"{row}: {why}" for row, why in outcome.refused), "người", between=" ")
        raise Refused(f"Chưa chốt được đoàn. {told}")
    if not outcome.done and not counts(delegation)[Role.OFFICIAL]:
        raise Refused("Đoàn chưa có đại biểu chính thức nào.")
    delegation.accepted_on = timezone.localdate()
    return {"Chốt": f"{len(outcome.done)} đại biểu"} if outcome.done else {}


@DELEGATIONS.step("return_delegates", "Trả lại đơn vị", [State.SENT, State.SETTLED], to=State.CHOOSING, who=KEEPING,
                  needs_reason=True, fault=lambda row, user: _closed(row, user) or _own(row), icon="arrow-back-up",
                  told="Đã trả lại; đơn vị chọn lại rồi gửi.")  # fmt: skip
def give_back(delegation, *, by, reason):
    """The unit chooses again; who was settled already stays."""
    delegation.sent_on = delegation.accepted_on = None


def _own(row) -> str:
    return "" if row.source_id else "Đoàn này không do hội nghị cấp dưới cử."


class QuotaForm(StepForm):
    """How many official delegates a unit may send."""

    quota = forms.IntegerField(
        label="Số đại biểu chính thức được cử",
        min_value=0,
        max_value=9999,
        required=False,
        help_text="Để trống: theo kế hoạch.",
    )

    def prepare(self):
        """What stands now."""
        self.initial["quota"] = self.row.quota


@DELEGATIONS.step("set_quota", "Sửa số được cử", State.values, who=KEEPING, form=QuotaForm, fault=_closed, icon="pencil",
                  told="Đã sửa số đại biểu được cử.")  # fmt: skip
def set_quota(delegation, *, by, quota=None):
    """The event gives a unit another number than the plan; never fewer than there are."""
    delegation.quota = quota
    number, least = quota_of(delegation), counts(delegation)[Role.OFFICIAL]
    if number is not None and number < least:
        raise Refused(
            f"Đoàn đã có {least} đại biểu chính thức. Hãy rút bớt trước, hoặc ghi từ {least} trở lên.", "quota"
        )


class HeadForm(StepForm):
    """Who leads a delegation."""

    head = forms.ModelChoiceField(Delegate.objects.none(), label="Trưởng đoàn", required=False, empty_label="Chưa có")

    def prepare(self):
        """Its official delegates."""
        self.fields["head"].queryset = self.row.delegates.counted().filter(role=Role.OFFICIAL)
        self.initial["head"] = self.row.head_id


@DELEGATIONS.step("set_head", "Chọn trưởng đoàn", State.values, who=EITHER, form=HeadForm, fault=_closed, icon="user",
                  told="Đã ghi trưởng đoàn.")  # fmt: skip
def set_head(delegation, *, by, head=None):
    """One of its official delegates leads it, or nobody yet."""
    if head and (
        head.delegation_id != delegation.pk or head.role != Role.OFFICIAL or head.state not in Delegate.COUNTED
    ):
        raise Refused("Người này không còn là đại biểu chính thức của đoàn. Hãy tải lại trang.", "head")
    delegation.head = head


def _has_people(row, user) -> str:
    if row.delegates.exists():
        return "Đoàn đã có đại biểu, kể cả đã rút."
    return _closed(row, user)


@DELEGATIONS.step("drop_delegation", "Bỏ đoàn này", [State.CHOOSING, State.SETTLED], to=GONE, who=KEEPING, fault=_has_people,
                  look="ghost-danger", icon="trash", told="Đã bỏ đoàn.")  # fmt: skip
def drop(delegation, *, by):
    """A unit that sends nobody."""
