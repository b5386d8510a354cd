"""Whose turn it is with a sheet of scores, what its sums are, and which places they give."""

from dataclasses import dataclass
from decimal import Decimal

from documents.steps.stepping import Who
from units.acting import acts, acts_for, left_alone
from units.permissions import may_manage

from ..criteria.models import Criterion
from .models import RankRule, Score, ScoreSheet

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


State = ScoreSheet.State


def total_of(leaves, points: dict[int, Decimal | None]) -> Decimal | None:
    """Main points and bonus less deductions; None where no points were given at all."""
    if all(points.get(leaf.pk) is None for leaf in leaves):
        return None
    signs = {Criterion.Kind.DEDUCTION: -1}
    return sum(((points.get(leaf.pk) or Decimal(0)) * signs.get(leaf.kind, 1) for leaf in leaves), Decimal(0))


def sums_of(outline, scores: dict[int, Score], stage) -> dict[int, Decimal | None]:
    """{criterion: points}; of a group those of its parts together, None where none has any."""
    found = {row.pk: getattr(scores[row.pk], stage.points) for row in outline if row.is_leaf and row.pk in scores}
    for row in reversed(outline):
        if row.parent_id and found.get(row.pk) is not None:
            found[row.parent_id] = (found.get(row.parent_id) or Decimal(0)) + found[row.pk]
    return found


def add_up(sheet, leaves, scores):
    """The sums of the columns, beside the sheet; those of verifying and settling once they are done and complete."""
    own, verified, settled = (
        total_of(leaves, {key: getattr(row, stage.points) for key, row in scores.items()}) for stage in STAGES
    )
    is_complete = all(row.verified is not None for row in scores.values())
    sheet.own_total = own or Decimal(0)
    sheet.verified_total = verified if is_complete and sheet.state in (State.VERIFIED, State.SETTLED) else None
    sheet.settled_total = settled if sheet.state == State.SETTLED else None
    if sheet.settled_total is None:
        sheet.rank = None


def places_of(totals: list[Decimal], ties: RankRule.Ties) -> dict[Decimal, int]:
    """{total: place}; equal totals share one, and what follows them is as ``ties`` says."""
    above = sorted(set(totals) if ties == RankRule.Ties.DENSE else totals, reverse=True)
    return {total: above.index(total) + 1 for total in totals}


def rank(cluster) -> None:
    """Work out the places in ``cluster``: once every staying member is settled or disqualified; else nobody has one.

    Equal totals are ranked as the office's rule of the year's last day says, so that a later rule changes no earlier year.
    """
    sheets = list(ScoreSheet.objects.filter(membership__cluster=cluster).select_related("membership").order_by("pk"))
    staying = [sheet for sheet in sheets if not sheet.membership.left_on]
    ranked = [sheet for sheet in staying if not sheet.disqualified]
    done = all(sheet.state == State.SETTLED for sheet in ranked)
    ties = RankRule.on(cluster.division.ends_on)
    places = places_of([sheet.settled_total for sheet in ranked], ties) if done else {}
    for sheet in sheets:
        place = places.get(sheet.settled_total) if sheet in ranked else None
        if sheet.rank != place:
            ScoreSheet.objects.filter(pk=sheet.pk).update(rank=place)
