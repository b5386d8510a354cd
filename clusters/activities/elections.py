"""Whom year-end meetings elected, told to those who divide the next year."""

from ..divisions.elected import Elected, tell_elected
from .models import Activity, ActivityPaper


def elected_in(division) -> dict[int, Elected]:
    """{cluster: what its last reported year-end meeting elected}. Four queries."""
    rows = Activity.objects.filter(cluster__division=division, elections__isnull=False).told().distinct()
    rows = rows.prefetch_related("elections__membership", "papers__document")
    return {row.cluster_id: _of(row) for row in rows.order_by("held_on", "pk")}


def _of(meeting) -> Elected:
    papers = [row.document for row in meeting.papers.all() if row.kind == ActivityPaper.Kind.MINUTES]
    roles = {row.membership.unit_id: row.role for row in meeting.elections.all()}
    return Elected(roles, next((paper for paper in papers if paper.is_frozen), None))


tell_elected(elected_in)
