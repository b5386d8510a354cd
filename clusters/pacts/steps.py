"""Who may do what with a pact, and when; the pact held while it is done, and the row that tells of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from documents.steps.log import record
from documents.steps.refusing import Refused, refuse_stale
from units.acting import acts, left_alone
from units.permissions import may_manage

from ..log import About
from .models import Pact, Party

State = Pact.State
SIGNED_STATES = (State.SIGNED, State.SUBMITTED, State.CONFIRMED)


class Act(models.TextChoices):
    """What may be done with a pact, in the words of the office."""

    WRITE = "write", "Sửa giao ước"
    RENEW = "renew", "Cập nhật các bên"
    OPEN = "open", "Đưa ra ký"
    TAKE_BACK = "take_back", "Lấy về sửa"
    SIGN = "sign", "Ghi chữ ký"
    UNSIGN = "unsign", "Bỏ chữ ký đã ghi"
    RECORD = "record", "Ghi chữ ký trên giấy"
    UNRECORD = "unrecord", "Bỏ chữ ký trên giấy ghi nhầm"
    SCAN = "scan", "Gắn bản đã ký"
    UNSCAN = "unscan", "Bỏ tệp gắn nhầm"
    SUBMIT = "submit", "Ghi ngày trình"
    UNSUBMIT = "unsubmit", "Bỏ ngày trình ghi nhầm"
    CONFIRM = "confirm", "Ghi xác nhận của Hội đồng"
    UNCONFIRM = "unconfirm", "Bỏ xác nhận ghi nhầm"
    RETURN = "return", "Trả lại để sửa"


def _keeps(pact, user):
    return pact.is_kept_by(user)


def _manages(_pact, user):
    return may_manage(user)


def _keeps_or_manages(pact, user):
    return pact.is_kept_by(user) or may_manage(user)


def _is_party(pact, user):
    return bool(own_parties(pact, user))


@dataclass(frozen=True)
class Step:
    """In which states it is taken, who may, how they are called, and whether it needs a reason."""

    begins: tuple[State, ...]
    who: Callable
    whose: str
    needs_reason: bool = False


_KEEPER = "trưởng, phó trưởng cụm, khối (giao ước giữa các trưởng cụm: Sở Nội vụ)"
_BOTH = "trưởng, phó trưởng cụm, khối và Sở Nội vụ"
WRITTEN = (State.DRAFT, State.RETURNED)
STEPS = {
    Act.WRITE: Step(WRITTEN, _keeps, _KEEPER),
    Act.OPEN: Step(WRITTEN, _keeps, _KEEPER),
    Act.SIGN: Step((State.OPEN,), _is_party, "các bên ký giao ước"),
    Act.RENEW: Step((*WRITTEN, State.OPEN), _keeps_or_manages, _BOTH),
    Act.UNSIGN: Step((State.OPEN, State.SIGNED), _is_party, "các bên ký giao ước", needs_reason=True),
    Act.RECORD: Step((State.OPEN,), _manages, "Sở Nội vụ"),
    Act.UNRECORD: Step((State.OPEN, State.SIGNED), _manages, "Sở Nội vụ", needs_reason=True),
    Act.SCAN: Step(SIGNED_STATES, _keeps_or_manages, _BOTH),
    Act.UNSCAN: Step(SIGNED_STATES, _keeps_or_manages, _BOTH, needs_reason=True),
    Act.SUBMIT: Step((State.SIGNED,), _manages, "Sở Nội vụ"),
    Act.CONFIRM: Step((State.SUBMITTED,), _manages, "Sở Nội vụ"),
    Act.UNSUBMIT: Step((State.SUBMITTED,), _manages, "Sở Nội vụ", needs_reason=True),
    Act.UNCONFIRM: Step((State.CONFIRMED,), _manages, "Sở Nội vụ", needs_reason=True),
    Act.TAKE_BACK: Step((State.OPEN, State.SIGNED), _keeps, _KEEPER, needs_reason=True),
    Act.RETURN: Step((State.SIGNED, State.SUBMITTED), _manages, "Sở Nội vụ", needs_reason=True),
}


def refusal(act: Act, pact, user) -> str:
    """Why this person may never take the step with this pact, whatever its state; nothing where the person may."""
    step = STEPS[act]
    return "" if step.who(pact, user) else f"Việc «{act.label}» do {step.whose} làm."


def may(act: Act, pact, user) -> bool:
    """Whether ``user`` may take the step with the pact as it stands."""
    if pact.state not in STEPS[act].begins or refusal(act, pact, user):
        return False
    return act not in PARTIES_FOR or bool(PARTIES_FOR[act](pact, user))


def own_parties(pact, user) -> list[Party]:
    """The parties that ``user`` signs and reports for: the own unit, and those that went wholly into it. Kept on ``pact``."""
    if not acts(user):
        return []
    known = pact.__dict__.setdefault("_own_parties", {})
    if user.pk not in known:
        rows = pact.parties.filter(membership__unit__in=user.inherited_units)
        known[user.pk] = _with_pact(rows.select_related("membership__unit"), pact)
    return known[user.pk]


def _with_pact(rows, pact) -> list[Party]:
    rows = list(rows)
    for row in rows:
        row.pact = pact
    return rows


def lone_parties(pact) -> list[Party]:
    """The parties that nobody acts for: what they do on paper is recorded by who runs the year. Kept on ``pact``."""
    if "_lone_parties" not in pact.__dict__:
        rows = _with_pact(pact.parties.select_related("membership__unit"), pact)
        alone = left_alone(row.membership.unit_id for row in rows)
        pact._lone_parties = [row for row in rows if row.membership.unit_id in alone]
    return pact._lone_parties


def _signed_on_paper(pact, _user):
    return _with_pact(pact.parties.signed_on_paper().select_related("membership__unit"), pact)


# The parties that a person may take a step for, where it is taken for one of them.
PARTIES_FOR = {
    Act.SIGN: lambda pact, user: [row for row in own_parties(pact, user) if row.is_waited_for],
    Act.UNSIGN: lambda pact, user: [row for row in own_parties(pact, user) if row.signed_on],
    Act.RECORD: lambda pact, user: [row for row in lone_parties(pact) if row.is_waited_for],
    Act.UNRECORD: _signed_on_paper,
}


def held(act, pact, by, reason="", seen_version=None) -> Pact:
    """The pact as it stands, held until the transaction ends. Raises ``Refused`` where the step cannot be taken."""
    rows = Pact.objects.select_for_update(of=("self",)).select_related("division", "cluster__division")
    found = rows.get(pk=pact.pk)
    step = STEPS[act]
    if told := refusal(act, found, by):
        raise Refused(told)
    if found.state not in step.begins:
        raise Refused(
            f"Không thể «{act.label}» khi giao ước đang ở bước «{found.get_state_display()}». "
            "Hãy tải lại trang để xem bước hiện tại."
        )
    if step.needs_reason and not reason.strip():
        raise Refused(f"Hãy ghi lý do khi «{act.label}».", "reason")
    refuse_stale(About.PACT, found, seen_version)
    return found


def note(pact, act, by, before=None, after=None, reason=""):
    """Leave the row that tells of ``act``."""
    record(About.PACT, pact, act, by=by, before=before, after=after, reason=reason)


def go(pact, state, by, act, *, before=None, after=None, reason=""):
    """Store the pact in its new state, and tell. Another state is another version: what was decided on the old one is stale."""
    before = {"Trạng thái": pact.get_state_display()} | (before or {})
    pact.version += pact.state != state
    pact.state = state
    pact.save()
    note(pact, act, by, before, {"Trạng thái": pact.get_state_display()} | (after or {}), reason)
