"""The sums of a sheet and the places within a cluster, worked out anew whenever what they rest on changed."""

from decimal import Decimal

from ..criteria.models import Criterion
from .models import Score, ScoreSheet
from .rules import RankRule
from .turns import STAGES

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
