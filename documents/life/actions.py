"""The life of our papers, step by step: who may take which step from where. Every step leaves a row of the log.

A paper of the own body is approved and issued by those who drafted it. One that was drafted for another body is agreed to
inside and presented to that body, which approves and numbers it in the program or signs it on paper.

Issuing and recording, which fix a paper, are declared here for who takes them and when; how stands in
``documents.life.issuing`` and ``recording``.
"""

from django.db.models import Exists, Q
from django.utils import timezone

from units.models import Role
from units.permissions import APPROVERS, CLERKS, WRITERS, may_write

from ..duties.receivers import pointing_nowhere, receivers_of
from ..papers.models import Document
from ..printing.pages import faults_of
from ..proofing.known import errors_of
from ..signing.actions import standing
from ..signing.models import PagesToSign
from ..signing.signers import signers_of
from ..source.authority import disagreement
from ..source.blanks import blanks
from ..steps.models import PAPER, Change
from ..steps.refusing import Refused
from ..steps.stepping import Steps, Who
from .forms import EarlierDayForm, PresentForm
from .rules import clerks_beside, is_kept_by, voice, why_not

State = Document.State
LEADERS = frozenset({Role.LEADER, Role.BODY_LEADER})
# Sở Nội vụ alone drafts for other bodies: who takes such a paper there, and who tells the number that it got.
PRESENTERS, RECORDERS = frozenset({Role.OFFICER, Role.CLERK}), frozenset({Role.CLERK})
# Functions (document, by) that are told when a draft is thrown away; rooms above add theirs.
DISCARDED = []
# What the log of a paper calls its state, and to whom it was presented.
STATE, TO_WHOM = "Trạng thái", "Trình"


def _not_yours(label, why="") -> str:
    return f"Tài khoản của bạn không được «{label}» văn bản này.{why}"


class _Life(Steps):
    """The steps of our papers. Their version is that of the words: only an edit makes a newer one."""

    def not_yours(self, step, row) -> str:
        return _not_yours(step.label)

    def store(self, row, *, renews=True):
        row.save()


STEPS = _Life(
    Document, "văn bản", about=PAPER, address="step", related=("type", "unit", "author", "issuer_unit"),
    words=lambda document: {STATE: document.get_state_display()},
    outdated="Văn bản đã được sửa sau khi bạn mở trang này. Hãy đọc lại bản mới rồi thực hiện.",
)  # fmt: skip


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


_DECIDING = (_decides, _approves, _agrees, _records)


def _step(what, label, begins, roles, rule=_drafts_it, **facts):
    """A step of those of ``roles`` who, by ``rule(document, user)``, have a part in the paper as it stands."""

    def fault(document, user):
        if rule(document, user):
            return ""
        # Who decides is told whose paper it is; others are not asked about books for that.
        return _not_yours(label, why_not(document, user, timezone.localdate()) if rule in _DECIDING else "")

    who = Who(lambda document, user: document.is_ours and user.role in roles and may_write(user), "")
    return STEPS.step(what, label, begins, who=who, fault=fault, **facts)


# In the order in which a page offers them.


@_step(
    "submit", "Trình duyệt", [State.DRAFT], WRITERS, to=State.SUBMITTED, look="primary",
    told="Đã trình duyệt.", hint="Lãnh đạo sẽ thấy văn bản chờ duyệt.",
)  # fmt: skip
def submit(document, *, by):
    """Lay a complete draft before who approves it."""
    _refuse_unready(document, "trình", "Hãy sửa dự thảo rồi trình lại.")


@_step(
    "approve", "Duyệt", [State.SUBMITTED, State.PRESENTED], APPROVERS, _approves, to=State.APPROVED, look="primary",
    told="Đã duyệt. Văn bản chờ văn thư cấp số, phát hành.", hint="Văn thư cấp số và phát hành sau khi duyệt.",
)  # fmt: skip
def approve(document, *, by):
    """Approve what is complete."""
    _refuse_unready(document, "duyệt", "Hãy trả lại cho người soạn để bổ sung.")


def _after_agreeing(document) -> str:
    body = document.issuer_name
    return f"Văn bản của {body}: sau bước này được in, trình ký; {body} duyệt và cấp số."


@_step(
    "agree", "Đồng ý trình ký", [State.SUBMITTED], {Role.LEADER}, _agrees, to=State.AGREED, look="primary",
    told="Đã đồng ý. Văn bản chờ in, trình ký.", hint=_after_agreeing,
)  # fmt: skip
def agree(document, *, by):
    """Let what is complete go to the body that it was drafted for."""
    _refuse_unready(document, "đồng ý", "Hãy trả lại cho người soạn để bổ sung.")


@_step(
    "present", "Trình ký", [State.AGREED], PRESENTERS, to=State.PRESENTED, form=PresentForm, look="primary", icon="send",
    address="present", hint="In phiếu trình và dự thảo, rồi ghi đã trình ai, ngày nào.",
)  # fmt: skip
def present(document, *, by, day, to_whom):
    """Note that a paper was presented to its body on ``day``, to ``to_whom``."""
    if day > timezone.localdate():
        raise Refused(f"Ngày trình {day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã trình.", "day")
    return {TO_WHOM: to_whom.strip()}


def _has_its_own_page(document, *, by):
    raise Refused("Bước này phải chọn ngày: hãy dùng biểu mẫu riêng của nó.")


def _may_sign(document, user) -> bool:
    """Where the office keeps the picture of a signer's signature: elsewhere papers are signed on paper."""
    return _decides(document, user) and any(one.look for one in signers_of(document))


def _waits_to_be_signed(document) -> bool:
    """Whether an approved paper whose signer's picture the office keeps lacks a digital signature."""
    pages = signed_pages(document)
    return bool(pages.missing) if pages else any(one.look for one in signers_of(document))


def _look_of_signing(document) -> str:
    return "primary" if _waits_to_be_signed(document) else ""


def _look_of_issuing(document) -> str:
    return "" if _waits_to_be_signed(document) else "primary"


def _before_signing(document) -> str:
    pages = signed_pages(document)
    if pages and pages.missing:
        return f"Còn chờ {' và '.join(pages.missing)} ký số; văn thư cấp số sau đó."
    if pages:
        return "Đã ký số. Ký lại thì chữ ký sau thay chữ ký này."
    return "Người ký ký số lên các trang đã duyệt; văn thư cấp số sau đó."


sign = _step(
    "sign", "Ký số", [State.APPROVED], APPROVERS | CLERKS, _may_sign, icon="signature", address="sign",
    look=_look_of_signing, hint=_before_signing,
)(_has_its_own_page)  # fmt: skip
record = _step(
    "record", "Ghi số đã cấp", [State.PRESENTED], RECORDERS, _records, look="primary", icon="rubber-stamp", address="record",
    hint=lambda document: f"Khi {document.issuer_name} đã ký, cấp số: ghi số, ngày và gắn bản đã ký.",
)(_has_its_own_page)  # fmt: skip
issue = _step(
    "issue", "Phát hành", [State.APPROVED], CLERKS, _decides, look=_look_of_issuing, icon="rubber-stamp", address="issue",
    hint="Chọn ngày, cấp số, chuyển đến các đơn vị.",
)(_has_its_own_page)  # fmt: skip


@_step(
    "return", "Trả lại để sửa", [State.SUBMITTED, State.AGREED, State.PRESENTED, State.APPROVED], APPROVERS | CLERKS, _returns,
    to=State.DRAFT, needs_reason=True, log=lambda document, part: "Trả lại", button="Trả lại",
    told="Đã trả lại cho người soạn.",
)  # fmt: skip
def give_back(document, *, by):
    """Back to who drafted it."""


@_step(
    "allow_earlier", "Cho phép ghi ngày lùi", [State.APPROVED], APPROVERS, _decides, needs_reason=True, form=EarlierDayForm,
    button="Cho phép", told="Đã cho phép văn thư ghi ngày lùi.",
)  # fmt: skip
def allow_earlier(document, *, by, day):
    """A leader's leave to date one approved paper earlier than the last number of its series."""


@_step(
    "withdraw", "Rút lại để sửa", [State.SUBMITTED], WRITERS - LEADERS, to=State.DRAFT,
    told="Đã rút lại. Dự thảo sửa được như trước.", hint="Để sửa tiếp; phải trình lại sau khi sửa.",
)  # fmt: skip
def withdraw(document, *, by):
    """Taken back by those who handed it in."""


@_step(
    "restore", "Lấy lại dự thảo", [State.DISCARDED], WRITERS, to=State.DRAFT,
    told="Đã lấy lại dự thảo.", hint="Dự thảo sửa được như trước.",
)  # fmt: skip
def restore(document, *, by):
    """A draft that was thrown away is one again."""


@_step(
    "discard", "Bỏ dự thảo", [State.DRAFT], WRITERS, to=State.DISCARDED, look="outline-danger",
    told="Đã bỏ dự thảo. Có thể lấy lại ở trang này.",
)  # fmt: skip
def discard(document, *, by):
    """Throw a draft away; it can be taken back."""
    for hear in DISCARDED:
        hear(document, by)


def to_decide(user, today):
    """The papers that wait for ``user`` to approve, agree to, present or number them: those of which ``STEPS`` says so, as one
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
    if user.role in PRESENTERS:
        found |= Q(state=State.AGREED) & mine
    return papers.filter(found)


def to_wait_for(user):
    """The papers of the own unit that are with another body, for the clerk who will hear of their number."""
    papers = Document.objects.filter(origin=Document.Origin.OURS, state=State.PRESENTED)
    is_clerk = may_write(user) and user.role in RECORDERS
    return papers.filter(unit__in=user.inherited_units) if is_clerk else papers.none()


# Errors of proofing that are told here in words of their own.
TOLD_HERE = ("cho-trong", "ky-khac-tham-quyen", "nhu-dieu-khong-co")


def unready(document) -> list[str]:
    """What is not complete in the words of ``document``: whoever approves must see the true pages, without a blank, and
    for whom they are."""
    rows = document.appendices.all()
    paper = document.as_paper(rows)
    told = [fault.message for fault in [*faults_of(document, rows), *blanks(paper)]]
    told += filter(None, [disagreement(paper)])
    errors = [found for found in errors_of(document, rows) if found.rule.code not in TOLD_HERE]
    return [*told, *(f"{found.place.lower()}: {found.message}" for found in errors), *pointing_nowhere(document)]


def _refuse_unready(document, what, then):
    """Raise ``Refused`` where words are missing, something was left open, an addressee means nobody on its day, or it is
    not said whose paper it is: ``what`` cannot be done yet, and what to do ``then``.
    """
    told = [*unready(document), *receivers_of(document).faults()]
    if document.issuer_unit_id is None:
        told.append("chưa chọn cơ quan ban hành nên không biết ai duyệt, lấy số ở sổ nào")
    if told:
        raise Refused(f"Chưa {what} được, còn phải sửa: {'; '.join(told)}. {then}")


def last_return(document) -> Change | None:
    """The step that gave a draft back, as long as nothing happened to it since."""
    last = document.moves.first() if document.is_draft else None
    return last if last and last.what == give_back.what else None


def to_sign(document) -> tuple[int, PagesToSign | None]:
    """(the step by which ``document`` was approved, the pages that were given out to be signed since, None before that)."""
    approval = document.moves.filter(what=approve.what).values_list("pk", flat=True).first() or 0
    return approval, standing(document, approval)


def signed_pages(document) -> PagesToSign | None:
    """The pages of an approved paper with the signature of who signs it, of one at least where two do; None where it was not
    signed digitally.
    """
    _, pages = to_sign(document)
    return pages if pages and pages.signed else None


def history(document) -> list[Change]:
    """Every step of ``document``, the first one first, each with ``states``, from where to where, and ``to_whom``."""
    return [_told(row) for row in reversed(document.moves)]


def presented(document) -> Change | None:
    """The step that brought ``document`` to its body, where it was not given back since. As ``history`` tells it."""
    if document.state not in Document.WITH_ITS_BODY or document.unit_id == document.issuer_unit_id:
        return None
    last = document.moves.filter(what=present.what).first()
    return last and _told(last)


def _told(row):
    row.states, (_, row.to_whom) = row.changes.get(STATE), row.changes.get(TO_WHOM, ("", ""))
    return row
