"""The life of our papers, step by step: who may take which step from where. Every step leaves a row (``Move``).

A paper of the own body is approved and issued by those who drafted it. One that was drafted for another body is agreed to
inside and presented to that body, which approves and numbers it in the program or signs it on paper.

Steps with a form of their own have a file of their own: ``documents.life.issuing``, ``presenting``, ``recording``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone

from units.models import Role
from units.permissions import WRITERS, may_write

from ..papers.actions import locked
from ..papers.models.document import Document
from ..papers.models.parts import Move
from ..papers.printing import faults_of
from ..source.authority import disagreement
from ..source.blanks import blanks
from ..steps.refusing import Refused
from .deciding import APPROVERS, CLERKS, clerks_beside, is_kept_by, voice, why_not
from .receivers import pointing_nowhere, receivers_of

Act, State = Move.Act, Document.State


def _drafts_it(document, user) -> bool:
    return document.is_of(user)


def _decides(document, user) -> bool:
    return voice(user).speaks_for(document, timezone.localdate())


def _approves(document, user) -> bool:
    """What was handed in inside, its own leader; what was presented to a body, that body's leader."""
    if document.state == State.SUBMITTED:
        return _drafts_it(document, user) and _decides(document, user)
    return voice(user).is_own(document) and voice(user).is_decided_here(document)


def _agrees(document, user) -> bool:
    return _drafts_it(document, user) and not _decides(document, user)


def _records(document, user) -> bool:
    """Where the body has people of its own in the program, nobody else tells its numbers."""
    return _drafts_it(document, user) and not voice(user).is_decided_here(document)


def _returns(document, user) -> bool:
    """Those who drafted it, but a clerk not before it is decided; those of the body that has it in its hands."""
    if _drafts_it(document, user):
        return document.state != State.SUBMITTED or user.role not in (Role.CLERK, Role.BODY_CLERK)
    return document.state in Document.WITH_ITS_BODY and voice(user).is_own(document)


@dataclass(frozen=True)
class Step:
    """From which states a step leads where, who may take it with which papers, and whether it needs a reason."""

    begins: tuple[State, ...]
    ends: State
    roles: frozenset[Role]
    allows: Callable = _drafts_it
    needs_reason: bool = False


# Steps that take only what is complete: what cannot be done yet, and what to do then.
_COMPLETE = {
    Act.SUBMIT: ("trình", "Hãy sửa dự thảo rồi trình lại."),
    Act.APPROVE: ("duyệt", "Hãy trả lại cho người soạn để bổ sung."),
    Act.AGREE: ("đồng ý", "Hãy trả lại cho người soạn để bổ sung."),
}
# Steps that are taken with more than a reason.
WITH_A_FORM = (Act.ISSUE, Act.ALLOW_EARLIER, Act.PRESENT, Act.RECORD)

# In the order in which a page offers them. Those of Sở Nội vụ alone draft for other bodies.
STEPS = {
    Act.SUBMIT: Step((State.DRAFT,), State.SUBMITTED, WRITERS),
    Act.APPROVE: Step((State.SUBMITTED, State.PRESENTED), State.APPROVED, APPROVERS, _approves),
    Act.AGREE: Step((State.SUBMITTED,), State.AGREED, frozenset({Role.LEADER}), _agrees),
    Act.PRESENT: Step((State.AGREED,), State.PRESENTED, frozenset({Role.OFFICER, Role.CLERK})),
    Act.RECORD: Step((State.PRESENTED,), State.ISSUED, frozenset({Role.CLERK}), _records),
    Act.ISSUE: Step((State.APPROVED,), State.ISSUED, CLERKS, _decides),
    Act.RETURN: Step(
        (State.SUBMITTED, State.AGREED, State.PRESENTED, State.APPROVED),
        State.DRAFT,
        APPROVERS | CLERKS,
        _returns,
        needs_reason=True,
    ),
    Act.ALLOW_EARLIER: Step((State.APPROVED,), State.APPROVED, APPROVERS, _decides, needs_reason=True),
    Act.WITHDRAW: Step((State.SUBMITTED,), State.DRAFT, WRITERS - {Role.LEADER, Role.BODY_LEADER}),
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
        and step.allows(document, user)
    )


def to_decide(user, today):
    """The papers that wait for ``user`` to approve, agree to, present or number them: those of which ``may`` says so, as one
    question.

    Whoever else the body has in the program is looked for in the unit of ``user`` alone.
    """
    papers = Document.objects.filter(origin=Document.Origin.OURS)
    if not may_write(user):
        return papers.none()
    mine, own = Q(unit__in=user.inherited_units), Q(issuer_unit__in=user.inherited_units)
    decides = own | mine & is_kept_by(user, today)
    found = Q(pk__in=[])
    if user.role in APPROVERS:
        # A leader of Sở Nội vụ agrees to what others decide.
        found |= Q(state=State.SUBMITTED) & mine & (Q() if user.role == Role.LEADER else decides)
        found |= Q(state=State.PRESENTED) & own & Exists(clerks_beside(user))
    if user.role in CLERKS:
        found |= Q(state=State.APPROVED) & decides
    if user.role in STEPS[Act.PRESENT].roles:
        found |= Q(state=State.AGREED) & mine
    return papers.filter(found)


def to_wait_for(user):
    """The papers of the own unit that are with another body, for the clerk who will hear of their number."""
    papers = Document.objects.filter(origin=Document.Origin.OURS, state=State.PRESENTED)
    is_clerk = may_write(user) and user.role in STEPS[Act.RECORD].roles
    return papers.filter(unit__in=user.inherited_units) if is_clerk else papers.none()


def steps_for(document, user) -> list[Act]:
    """The steps that ``user`` may take now, in their order."""
    return [act for act in STEPS if may(act, document, user)]


def with_names(pk) -> Document:
    """The paper as it stands now."""
    return Document.objects.with_names().get(pk=pk)


def check(act, document, user, reason=""):
    """Raise ``Refused`` where the step cannot be taken."""
    step = STEPS[act]
    label = act.label
    if document.state not in step.begins:
        raise Refused(
            f"Không thể «{label}» khi văn bản đang ở bước «{document.get_state_display()}». "
            "Hãy tải lại trang để xem bước hiện tại."
        )
    if not may(act, document, user):
        why = why_not(document, user, timezone.localdate())
        raise Refused(f"Tài khoản của bạn không được «{label}» văn bản này.{why}")
    if step.needs_reason and not reason.strip():
        raise Refused(f"Hãy ghi lý do khi «{label}».")


def log(act, document, *, before, by, reason="", day=None, to_whom=""):
    """Leave the row that tells of a step; ``day`` and ``to_whom`` where the step has them."""
    facts = {"reason": reason.strip(), "day": day, "to_whom": to_whom}
    return Move.objects.create(document=document, act=act, from_state=before, to_state=document.state, by=by, **facts)


@transaction.atomic
def move(document, act: Act, *, by, reason: str = "", seen_version: int | None = None) -> Document:
    """Take a step; returns the paper in its new state.

    ``seen_version`` is the version that the person looked at: nobody approves words that were changed since.
    Raises ``Refused``; for issuing see ``documents.life.issuing``.
    """
    found = locked(document.pk)
    check(act, found, by, reason)
    if act in WITH_A_FORM:
        raise Refused("Bước này phải chọn ngày: hãy dùng biểu mẫu riêng của nó.")
    refuse_unseen(found, seen_version)
    if act in _COMPLETE:
        _refuse_unready(found, act)
    before, found.state = found.state, STEPS[act].ends
    found.save()
    log(act, found, before=before, by=by, reason=reason)
    return found


def refuse_unseen(document, seen_version):
    """Raise ``Refused`` where the words were changed after the person looked at ``seen_version``."""
    if seen_version is not None and document.version != seen_version:
        raise Refused("Văn bản đã được sửa sau khi bạn mở trang này. Hãy đọc lại bản mới rồi thực hiện.")


def unready(document) -> list[str]:
    """What is not complete in the words of ``document``: whoever approves must see the true pages, without a blank, and
    for whom they are."""
    rows = document.appendices.all()
    paper = document.as_paper(rows)
    told = [fault.message for fault in [*faults_of(document, rows), *blanks(paper)]]
    return [*told, *filter(None, [disagreement(paper)]), *pointing_nowhere(document)]


def _refuse_unready(document, act):
    """Raise ``Refused`` where words are missing, something was left open, an addressee means nobody on its day, or it is
    not said whose paper it is.
    """
    told = [*unready(document), *receivers_of(document).faults()]
    if document.issuer_unit_id is None:
        told.append("chưa chọn cơ quan ban hành nên không biết ai duyệt, lấy số ở sổ nào")
    if told:
        what, then = _COMPLETE[act]
        raise Refused(f"Chưa {what} được, còn phải sửa: {'; '.join(told)}. {then}")


def last_return(document) -> Move | None:
    """The move that gave a draft back, as long as nothing happened to it since."""
    last = document.moves.select_related("by").last() if document.is_draft else None
    return last if last and last.act == Act.RETURN else None
