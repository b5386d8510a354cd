"""The places within a cluster, worked out anew whenever what they rest on changed."""

from decimal import Decimal

from .models import ScoreSheet
from .rules import RankRule

State = ScoreSheet.State


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
