"""The life of our papers, step by step: who may take which step from where. Every step leaves a row (``Move``).

Issuing, which gives the number, has a file of its own: ``documents.issuing``.
"""

from dataclasses import dataclass

from django.db import transaction

from units.models import Role
from units.permissions import WRITERS, may_write

from .blanks import blanks
from .models import Document, Move
from .printing import faults_of
from .receivers import pointing_nowhere, receivers_of

Act, State = Move.Act, Document.State


class MoveRefused(Exception):
    """A step that cannot be taken; says why, and what to do."""


@dataclass(frozen=True)
class Step:
    """From which states a step leads where, who may take it, and whether it needs a reason."""

    begins: tuple[State, ...]
    ends: State
    roles: frozenset[Role]
    needs_reason: bool = False


# Where an agency has one account, its officer takes every step for it and each step says so; in Sở Nội vụ they are apart.
_APPROVERS = frozenset({Role.LEADER, Role.UNIT_OFFICER})
_CLERKS = frozenset({Role.CLERK, Role.UNIT_OFFICER})

# Steps that take only what is complete: what cannot be done yet, and what to do then.
_COMPLETE = {
    Act.SUBMIT: ("trình", "Hãy sửa dự thảo rồi trình lại."),
    Act.APPROVE: ("duyệt", "Hãy trả lại cho người soạn để bổ sung."),
}

_DECISIONS = {Act.APPROVE, Act.ISSUE, Act.ALLOW_EARLIER}
# In the order in which a page offers them.
STEPS = {
    Act.SUBMIT: Step((State.DRAFT,), State.SUBMITTED, WRITERS),
    Act.APPROVE: Step((State.SUBMITTED,), State.APPROVED, _APPROVERS),
    Act.ISSUE: Step((State.APPROVED,), State.ISSUED, _CLERKS),
    Act.RETURN: Step((State.SUBMITTED, State.APPROVED), State.DRAFT, _APPROVERS | _CLERKS, needs_reason=True),
    Act.ALLOW_EARLIER: Step((State.APPROVED,), State.APPROVED, _APPROVERS, needs_reason=True),
    Act.WITHDRAW: Step((State.SUBMITTED,), State.DRAFT, WRITERS - {Role.LEADER}),
    Act.RESTORE: Step((State.DISCARDED,), State.DRAFT, WRITERS),
    Act.DISCARD: Step((State.DRAFT,), State.DISCARDED, WRITERS),
}


def may(act: Act, document: Document, user) -> bool:
    """Whether ``user`` may take this step with ``document`` as it stands."""
    step = STEPS[act]
    return (
        document.is_ours
        and document.state in step.begins
        and user.role in step.roles
        and may_write(user)
        and document.is_of(user)
        and not (act == Act.RETURN and document.state == State.SUBMITTED and user.role == Role.CLERK)
        and (act not in _DECISIONS or _decides_for(user, document))
    )


def _decides_for(user, document) -> bool:
    """Whether what ``user`` approves or issues is of a body that the person may speak for: other units only for themselves."""
    return user.role != Role.UNIT_OFFICER or document.issuer_unit_id in user.inherited_units


def to_decide(user):
    """The papers that wait for ``user`` to approve or to number them: those of which ``may`` says so, as one question."""
    states = [state for act in (Act.APPROVE, Act.ISSUE) if user.role in STEPS[act].roles for state in STEPS[act].begins]
    papers = Document.objects.filter(origin=Document.Origin.OURS, unit__in=user.inherited_units, state__in=states)
    if not may_write(user):
        return papers.none()
    return papers.filter(issuer_unit__in=user.inherited_units) if user.role == Role.UNIT_OFFICER else papers


def steps_for(document, user) -> list[Act]:
    """The steps that ``user`` may take now, in their order."""
    return [act for act in STEPS if may(act, document, user)]


def locked(pk) -> Document:
    """The paper as it stands now, held until the transaction ends."""
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("type", "unit", "author", "issuer_unit")
        .get(pk=pk)
    )


def check(act, document, user, reason=""):
    """Raise ``MoveRefused`` where the step cannot be taken."""
    step = STEPS[act]
    label = act.label
    if document.state not in step.begins:
        raise MoveRefused(
            f"Không thể «{label}» khi văn bản đang ở bước «{document.get_state_display()}». "
            "Hãy tải lại trang để xem bước hiện tại."
        )
    if not may(act, document, user):
        raise MoveRefused(f"Tài khoản của bạn không được «{label}» văn bản này.")
    if step.needs_reason and not reason.strip():
        raise MoveRefused(f"Hãy ghi lý do khi «{label}».")


def log(act, document, *, before, by, reason=""):
    """Leave the row that tells of a step."""
    return Move.objects.create(
        document=document, act=act, from_state=before, to_state=document.state, by=by, reason=reason.strip()
    )


@transaction.atomic
def move(document, act: Act, *, by, reason: str = "", seen_version: int | None = None) -> Document:
    """Take a step; returns the paper in its new state.

    ``seen_version`` is the version that the person looked at: nobody approves words that were changed since.
    Raises ``MoveRefused``; for issuing see ``documents.issuing``.
    """
    found = locked(document.pk)
    check(act, found, by, reason)
    if act in (Act.ISSUE, Act.ALLOW_EARLIER):
        raise MoveRefused("Bước này phải chọn ngày: hãy dùng biểu mẫu riêng của nó.")
    if seen_version is not None and found.version != seen_version:
        raise MoveRefused("Dự thảo đã được sửa sau khi bạn mở trang này. Hãy đọc lại bản mới rồi thực hiện.")
    if act in _COMPLETE:
        _refuse_unready(found, act)
    before, found.state = found.state, STEPS[act].ends
    found.save()
    log(act, found, before=before, by=by, reason=reason)
    return found


def unready(document) -> list[str]:
    """What is not complete in the words of ``document``: whoever approves must see the true pages, without a blank, and
    for whom they are."""
    rows = document.appendices.all()
    faults = [*faults_of(document, rows), *blanks(document.as_paper(rows))]
    return [*(fault.message for fault in faults), *pointing_nowhere(document)]


def _refuse_unready(document, act):
    """Raise ``MoveRefused`` where words are missing, something was left open, or an addressee means nobody on its day."""
    if told := [*unready(document), *receivers_of(document).faults()]:
        what, then = _COMPLETE[act]
        raise MoveRefused(f"Chưa {what} được, còn phải sửa: {'; '.join(told)}. {then}")


def last_return(document) -> Move | None:
    """The move that gave a draft back, as long as nothing happened to it since."""
    last = document.moves.select_related("by").last() if document.is_draft else None
    return last if last and last.act == Act.RETURN else None
