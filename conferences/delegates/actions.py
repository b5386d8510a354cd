"""What is done with one delegate: changed, accepted, replaced, withdrawn, taken back into the list, taken out.

The event is held first in every step, so that quotas and «one person once» hold whoever comes at the same moment.
"""

from collections import Counter

from django import forms

from awards.catalogue.models import Whom
from awards.models import Recipient
from awards.records.fields import RecipientField
from documents.steps.bulk import take_all
from documents.steps.forms import StepForm
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE, Steps, Who
from units.permissions import may_write

from ..events.models import Role
from ..log import About
from .adding import (
    FACTS,
    OPEN,
    add_all,
    faults_of,
    from_recipients,
    refuse_namesake,
    refuse_over_quota,
    typed_as,
    words,
)
from .invited import refuse_beyond_planned
from .models import Delegate, Delegation
from .qualifying import asks_recognition, flags_of, recognised

State = Delegate.State


def keeps(event, user) -> bool:
    """Whether ``user`` decides on the delegates of ``event``."""
    return may_write(user) and event.is_kept_by(user)


def chooses(delegation, user) -> bool:
    """Whether ``user`` still chooses those of ``delegation`` for the conference below that sends them."""
    if delegation is None or delegation.source_id is None or delegation.state != Delegation.State.CHOOSING:
        return False
    return may_write(user) and delegation.source.is_kept_by(user)


def called(event) -> str:
    """How those are called who decide on the delegates of ``event``."""
    return "Sở Nội vụ" if event.unit.kind == "province" else f"cán bộ của {event.unit}"


KEEPING = Who(lambda row, user: keeps(row.event, user), lambda row: called(row.event))
WRITING = Who(
    lambda row, user: keeps(row.event, user) or chooses(row.delegation, user),
    lambda row: f"{called(row.event)}, hoặc đơn vị cử khi chưa gửi danh sách",
)


class DelegateSteps(Steps):
    """Steps of delegates: none once the event told what came of it."""

    def locked(self, row):
        """As ``Steps.locked``, with the delegation and whom it comes from."""
        found = super().locked(row)
        if found.delegation_id:
            rows = Delegation.objects.select_related("unit", "source__unit", "source__level")
            found.delegation = rows.get(pk=found.delegation_id)
            found.delegation.event = found.event
        return found

    def away(self, row):
        """Where a page leads when one was taken out."""
        return row.delegation if row.delegation_id else row.event


DELEGATES = DelegateSteps(
    Delegate, "đại biểu", about=About.DELEGATE, words=words, under="event", related=["unit", "plan", "level"],
    address="delegate_step",
)  # fmt: skip


def _closed(row, user) -> str:
    if row.event.state not in OPEN:
        return f"Hội nghị {row.event.get_state_display().lower()}: không thay đổi danh sách đại biểu nữa."
    return ""


@DELEGATES.step("edit_delegate", "Sửa", State.values[:2], who=WRITING, form=None, fault=_closed)
def edit(delegate, *, by, typed):
    """Everything as in ``typed``, a delegate; the person stays who it is."""
    was, on_card, called = (delegate.role, delegate.delegation_id), on_card_of(delegate), typed_as(delegate)
    for name in FACTS:
        if name != "award":
            setattr(delegate, name, getattr(typed, name))
    delegate.traits = typed.traits
    if keeps(delegate.event, by) and typed.delegation_id != delegate.delegation_id:
        delegate.delegation = typed.delegation
    refuse_lack(delegate)
    if typed_as(delegate) != called:
        refuse_namesake(delegate)
    if (delegate.role, delegate.delegation_id) != was:
        refuse_over_quota(delegate.event, [delegate])
    if delegate.role != was[0]:
        _refuse_invited(delegate)
    refuse_seat_of_another(delegate)
    delegate.tidy()
    if on_card_of(delegate) != on_card:
        delegate.printed_on = None


def _refuse_invited(delegate):
    """Raise ``Refused`` where who was invited would count as one more than the conference is planned for."""
    if delegate.invited_on:
        refuse_beyond_planned(delegate.event, Counter([delegate.role]))


def on_card_of(row) -> tuple:
    """What stands on the card of a delegate."""
    return row.name, row.role, row.duty, row.post, row.workplace, row.delegation_id, row.seat, row.number, row.code


def refuse_seat_of_another(delegate):
    """Raise ``Refused`` where somebody else sits there."""
    rows = Delegate.objects.filter(event=delegate.event_id, seat=delegate.seat).counted().exclude(pk=delegate.pk)
    if delegate.seat and (other := rows.first()):
        raise Refused(f"Chỗ {delegate.seat} đã xếp cho {other}.", "seat")


def refuse_lack(delegate):
    """Raise ``Refused`` where an official delegate has neither a recognition nor a reason."""
    is_asked = asks_recognition(delegate.event) and delegate.role == Role.OFFICIAL
    if is_asked and not delegate.award_id and not delegate.reason.strip():
        raise Refused("Chưa có khen thưởng được tính: hãy ghi lý do cử.", "reason")


def _flags(row, user) -> list[str]:
    """As ``flags_of``, what went into the unit of the conference counted as its own."""
    told = flags_of(row, row.event)
    return told and flags_of(row, row.event, row.event.unit.with_predecessors(user.whole_pairs))


def _not_fit(row, user) -> str:
    told = _flags(row, user)
    return _closed(row, user) or (
        f"Chưa chốt được: {' '.join(told)} Hãy thay, rút, hoặc tìm lại khen thưởng." if told else ""
    )


@DELEGATES.step("accept_delegate", "Chốt", [State.CHOSEN], to=State.ACCEPTED, who=KEEPING, fault=_not_fit, look="primary",
                icon="check", told="Đã chốt đại biểu.")  # fmt: skip
def accept(delegate, *, by):
    """The event takes whom a unit chose."""


def _left(delegate, reason):
    """Who leaves leads no delegation, and the card opens no door any more."""
    delegate.left_for = reason.strip()[:500]
    Delegation.objects.filter(head=delegate).update(head=None)


@DELEGATES.step("withdraw_delegate", "Rút khỏi danh sách", [State.CHOSEN, State.ACCEPTED], to=State.WITHDRAWN, who=KEEPING,
                needs_reason=True, fault=_closed, look="ghost-danger", told="Đã rút đại biểu; thẻ thôi có hiệu lực.")  # fmt: skip
def withdraw(delegate, *, by, reason):
    """The person does not come: ill, dead, gone, unworthy."""
    _left(delegate, reason)


def _taken(row, user) -> str:
    if Delegate.objects.filter(instead_of=row).exists():
        return "Đã có người thay."
    return _closed(row, user)


@DELEGATES.step("restore_delegate", "Đưa lại vào danh sách", [State.WITHDRAWN], to=State.ACCEPTED, who=KEEPING, needs_reason=True,
                fault=_taken, told="Đã đưa lại vào danh sách; thẻ có hiệu lực trở lại.")  # fmt: skip
def restore(delegate, *, by, reason):
    """Back into the list: withdrawn by mistake, or the person can come after all."""
    if fault := next(iter(faults_of(delegate.event, [delegate], by=by).values()), None):
        raise Refused(f"{delegate} {fault[1]}", fault[0])
    refuse_over_quota(delegate.event, [delegate])
    _refuse_invited(delegate)
    delegate.left_for = ""


class ReplaceForm(StepForm):
    """Who comes instead: a reserve of the same delegation, or another person with awards that are known."""

    reserve = forms.ModelChoiceField(
        Delegate.objects.none(), label="Đại biểu dự khuyết", required=False, empty_label="Người khác, ghi ở dưới"
    )
    person = RecipientField(label="Người khác", kinds=[Whom.PERSON], required=False)
    ground = forms.CharField(label="Lý do cử người thay khi chưa có khen thưởng", max_length=500, required=False)

    def prepare(self):
        """Reserves of the delegation."""
        self.fields["reserve"].queryset = reserves(self.row)

    def clean(self):
        """One of the two."""
        typed = super().clean()
        if not self.errors and bool(typed.get("reserve")) == bool(typed.get("person")):
            self.add_error("reserve", "Hãy chọn một đại biểu dự khuyết, hoặc ghi một người khác.")
        return typed


def reserves(delegate):
    """Reserves who may take the place of ``delegate``: of the same delegation."""
    rows = Delegate.objects.filter(event=delegate.event_id, delegation=delegate.delegation_id, role=Role.RESERVE)
    return rows.counted().exclude(pk=delegate.pk)


@DELEGATES.step("replace_delegate", "Thay người khác", [State.CHOSEN, State.ACCEPTED], to=State.REPLACED, who=KEEPING,
                needs_reason=True, fault=_closed, form=ReplaceForm, address="replace_delegate", icon="replace",
                told="Đã thay đại biểu; thẻ của người cũ thôi có hiệu lực.")  # fmt: skip
def replace(delegate, *, by, reason, reserve=None, person: Recipient | None = None, ground=""):
    """Somebody else comes: a reserve moves up, or ``person`` is added; the place stays in the same delegation."""
    _left(delegate, reason)
    # The place is free before the other takes it, for the quota.
    Delegate.objects.filter(pk=delegate.pk).update(state=State.REPLACED)
    if reserve:
        other = _moved_up(reserve, delegate, by, reason)
    else:
        rows = from_recipients(
            delegate.event, [person], role=delegate.role, delegation=delegate.delegation, reason=ground or reason
        )
        rows[0].instead_of = delegate
        (other,) = add_all(
            delegate.event, rows, by=by, act="Thêm đại biểu thay thế", source=f"Thay {delegate}: {reason}"
        )
    return {"Người thay": str(other)}


def _moved_up(reserve, delegate, by, reason):
    found = Delegate.objects.filter(pk=reserve.pk, event=delegate.event_id, role=Role.RESERVE).counted().first()
    if found is None or found.delegation_id != delegate.delegation_id:
        raise Refused("Người này không còn là đại biểu dự khuyết của đoàn. Hãy tải lại trang.", "reserve")
    found.event, found.delegation, before = delegate.event, delegate.delegation, words(found)
    if told := _flags(found, by):
        raise Refused(f"{found}: {' '.join(told)}", "reserve")
    found.role, found.state, found.instead_of, found.printed_on = delegate.role, State.ACCEPTED, delegate, None
    found.reason = found.reason or reason[:500]
    found.version += 1
    found.save()
    facts = {"before": before, "after": words(found), "of": found.pk, "reason": f"Thay {delegate}: {reason}"}
    DELEGATES.tell(found, "move_up", "Dự khuyết lên thay", by=by, **facts)
    return found


def _found_already(row, user) -> str:
    if row.recipient_id is None or not asks_recognition(row.event):
        return "Chỉ tìm cho người có trong danh sách cá nhân."
    return _closed(row, user) if not row.award_id or _flags(row, user) else "Khen thưởng làm căn cứ còn hiệu lực."


@DELEGATES.step("recheck_delegate", "Tìm lại khen thưởng làm căn cứ", [State.CHOSEN, State.ACCEPTED], who=WRITING,
                fault=_found_already, icon="search", told="Đã tìm lại khen thưởng làm căn cứ.",
                hint="Không còn khen thưởng nào thì lấy lý do cử làm căn cứ.")  # fmt: skip
def recheck(delegate, *, by):
    """Look for a recognition anew: one was cancelled, or entered since; where none is left the reason takes its place."""
    _follow_merge(delegate)
    found = recognised(delegate.event, [delegate.recipient])[delegate.recipient_id]
    if found.award is None and delegate.role == Role.OFFICIAL and not delegate.reason.strip():
        since = f"{delegate.event.plan.recognised_from:%d/%m/%Y}"
        raise Refused(
            f"Không có khen thưởng nào khác từ {since}. Hãy ghi lý do cử ở «Sửa» rồi tìm lại, hoặc thay người."
        )
    delegate.award = found.award


def _follow_merge(delegate):
    """Have a delegate be the person whose record that of before went into. Raises ``Refused`` for one who is there already."""
    main = delegate.recipient.merged_into
    if main is None:
        return
    if Delegate.objects.filter(event=delegate.event_id, recipient=main).counted().exists():
        raise Refused(f"{main} đã có trong danh sách đại biểu: hai hồ sơ là một người. Hãy rút một dòng.")
    delegate.recipient = main


def _was_used(row, user) -> str:
    if row.number or row.code or row.invited_on or row.first_scan_id:
        return "Người này đã có thẻ, đã được mời hoặc đã đến: hãy rút khỏi danh sách."
    if row.instead_of_id or Delegate.objects.filter(instead_of=row).exists():
        return "Người này thay hoặc được thay: hãy rút khỏi danh sách."
    return _closed(row, user)


@DELEGATES.step("drop_delegate", "Xóa, ghi nhầm", [State.CHOSEN, State.ACCEPTED], to=GONE, who=WRITING, fault=_was_used,
                look="ghost-danger", icon="trash", told="Đã xóa khỏi danh sách.")  # fmt: skip
def drop(delegate, *, by):
    """Out of the list, as long as nobody was told of it."""
    Delegation.objects.filter(head=delegate).update(head=None)


@DELEGATES.step("give_duty", "Giao nhiệm vụ", [State.ACCEPTED], who=KEEPING, form=None, fault=_closed)
def give_duty(delegate, *, by, duty=""):
    """In the presidium, among the secretaries, on the board of credentials, or of none any more."""
    if delegate.role != Role.OFFICIAL and duty:
        raise Refused(f"{delegate} không phải đại biểu chính thức.")
    if delegate.duty != duty:
        delegate.duty, delegate.printed_on = duty, None


def take_with(step, rows, *, by, **typed):
    """Take ``step`` with each of ``rows``, delegates of one event; who is refused stays. An ``Outcome``."""
    related = (
        "event__unit",
        "event__plan",
        "recipient__unit",
        "award__type",
        "delegation__unit",
        "delegation__source__unit",
    )
    return take_all(step, rows.select_related(*related), by=by, **typed)
