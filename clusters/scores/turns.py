"""Whose turn a sheet is: the three columns of it, and who writes into which of them when."""

from dataclasses import dataclass

from documents.steps.stepping import Who
from units.acting import acts, acts_for, left_alone
from units.permissions import may_manage

from ..criteria.models import Criterion
from .models import ScoreSheet

State = ScoreSheet.State


@dataclass(frozen=True)
class Stage:
    """One column of a sheet: the fields that hold it, what ends its turn, and which column it is compared with.

    ``ends`` is the slug of the step that ends it, ``act`` its words; ``points`` that of storing the column.
    """

    points: str
    note: str
    label: str
    act: str
    ends: str
    basis: str = ""


OWN = Stage("own", "own_note", "Tự chấm", "Gửi bảng tự chấm", "send")
VERIFY = Stage("verified", "verified_note", "Thẩm định", "Thẩm định xong", "verify", "own")
SETTLE = Stage("settled", "settled_note", "Chốt", "Chốt điểm", "settle", "verified")
STAGES = (OWN, VERIFY, SETTLE)


@dataclass(frozen=True)
class Turn:
    """What a person gives points for now, and whether this person may end the step.

    ``on_paper``: for a unit that nobody acts for, as its paper says, which is kept with the sheet.
    """

    stage: Stage
    leaves: list[Criterion]
    may_end: bool
    on_paper: bool = False


def is_own(user, sheet) -> bool:
    """Whether the sheet is that of the unit of ``user``, or of one that went into it."""
    return sheet.membership.unit_id in user.inherited_units


def leads_over(user, sheet) -> bool:
    """Whether ``user`` verifies the sheet for its cluster: the leader or a deputy, but nobody the own sheet."""
    return not is_own(user, sheet) and sheet.membership.cluster.is_led_by(user)


def department_for(leaf, sheet):
    """The department that verifies ``leaf`` on this sheet, in the place of the cluster; not on its own sheet."""
    return leaf.verifier if leaf.verifier_id != sheet.membership.unit_id else None


def _verifies(user, leaf, sheet, leads) -> bool:
    department = department_for(leaf, sheet)
    if department is None:
        return leads
    return department.pk in user.inherited_units and acts(user) and not is_own(user, sheet)


def turn_of(user, sheet, leaves) -> Turn | None:
    """What ``user`` may write into ``sheet`` now."""
    if sheet.membership.left_on:
        return None
    if sheet.state == State.OPEN and OWNER.may(sheet, user):
        return Turn(OWN, leaves, may_end=True, on_paper=gives_on_paper(user, sheet))
    if sheet.state == State.SENT:
        leads = leads_over(user, sheet)
        mine = [leaf for leaf in leaves if _verifies(user, leaf, sheet, leads)]
        return Turn(VERIFY, mine, may_end=leads) if leads or mine else None
    if sheet.state == State.VERIFIED and may_manage(user):
        return Turn(SETTLE, leaves, may_end=True)
    return None


def gives_on_paper(user, sheet) -> bool:
    """Whether ``user`` runs the year, and so gives the own points of a unit that nobody acts for, from its paper."""
    return may_manage(user) and left_alone([sheet.membership.unit_id])


OWNER = Who(
    lambda sheet, user: acts_for(user, sheet.membership.unit_id) or gives_on_paper(user, sheet),
    "chính đơn vị (Sở Nội vụ, khi đơn vị không còn ai trong chương trình)",
)
VERIFIERS = Who(lambda sheet, user: leads_over(user, sheet), "trưởng, phó trưởng cụm, không phải của bảng đơn vị mình,")
DEPARTMENT = Who(lambda sheet, user: may_manage(user), "Sở Nội vụ")
# The cluster returns what it was sent; the department whatever was.
BACK = Who(
    lambda sheet, user: may_manage(user) or (sheet.state == State.SENT and leads_over(user, sheet)),
    "Sở Nội vụ (trưởng, phó trưởng cụm khi đang chờ thẩm định)",
)
