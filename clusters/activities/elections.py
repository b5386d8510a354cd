"""Whom year-end meetings elected, told to those who divide the next year."""

from documents.areas.papers import key_of, name_of
from documents.models import Document

from ..divisions.elected import Elected, tell_elected
from .models import OF_ACTIVITY, Activity, Paper


def elected_in(division) -> dict[int, Elected]:
    """{cluster: what its last reported year-end meeting elected}. Four queries."""
    rows = Activity.objects.filter(cluster__division=division, elections__isnull=False).told().distinct()
    rows = rows.prefetch_related("elections__membership").order_by("held_on", "pk")
    meetings = {row.cluster_id: row for row in rows}
    issued = OF_ACTIVITY.of(*(row.pk for row in meetings.values())).filter(state__in=Document.FROZEN)
    minutes = {key_of(paper): paper for paper in issued.order_by("pk") if name_of(paper) == Paper.MINUTES}
    return {cluster: Elected(_roles(row), minutes.get(str(row.pk))) for cluster, row in meetings.items()}


def _roles(meeting) -> dict[int, str]:
    return {row.membership.unit_id: row.role for row in meeting.elections.all()}


tell_elected(elected_in)
