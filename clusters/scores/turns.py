"""Whose turn a sheet is: the three columns of it, and who writes into which of them when."""

from dataclasses import dataclass

from units.acting import acts, acts_for, left_alone
from units.permissions import may_manage

from ..criteria.models import Criterion
from .models import ScoreSheet

State = ScoreSheet.State


@dataclass(frozen=True)
class Stage:
    """One column of a sheet: the fields that hold it, when it is written, and which column it is compared with."""

    points: str
    note: str
    state: State
    following: State
    label: str
    act: str
    basis: str = ""


OWN = Stage("own", "own_note", State.OPEN, State.SENT, "Tự chấm", "Gửi bảng tự chấm")
VERIFY = Stage("verified", "verified_note", State.SENT, State.VERIFIED, "Thẩm định", "Thẩm định xong", "own")
SETTLE = Stage("settled", "settled_note", State.VERIFIED, State.SETTLED, "Chốt", "Chốt điểm", "verified")
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
    if sheet.state == State.OPEN:
        return _own_turn(user, sheet, leaves)
    if sheet.state == State.SENT:
        leads = leads_over(user, sheet)
        mine = [leaf for leaf in leaves if _verifies(user, leaf, sheet, leads)]
        return Turn(VERIFY, mine, may_end=leads) if leads or mine else None
    if sheet.state == State.VERIFIED and may_manage(user):
        return Turn(SETTLE, leaves, may_end=True)
    return None


def _own_turn(user, sheet, leaves) -> Turn | None:
    """The unit gives its own points, or one that it went into; those of a unit that nobody acts for, who runs the year."""
    unit = sheet.membership.unit_id
    if acts_for(user, unit):
        return Turn(OWN, leaves, may_end=True)
    if may_manage(user) and left_alone([unit]):
        return Turn(OWN, leaves, may_end=True, on_paper=True)
    return None


def may_give_back(user, sheet) -> bool:
    """Whether ``user`` may return the sheet one step: the cluster what it was sent; the department whatever was."""
    if sheet.state == State.OPEN or sheet.membership.left_on:
        return False
    return may_manage(user) or (sheet.state == State.SENT and leads_over(user, sheet))
