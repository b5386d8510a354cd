"""Ballots of the clusters that the sample account «truongcum» leads: one counted a year, and this year one that is open."""

from datetime import date, time

from django.utils import timezone

from clusters.models import Ballot, Cluster, Membership

from ..ballots import actions as ballots
from ..ballots.count import count
from ..ballots.rules import Figures

FLAG = "Cờ thi đua của UBND tỉnh"
PRAISE = "Bằng khen của Chủ tịch UBND tỉnh"
REASON = "Hoàn thành xuất sắc nhiệm vụ năm; dẫn đầu điểm tự chấm của cụm."
BOARD = "Lương Quốc Toản, trưởng ban\nMạc Thị Ngân, thư ký"
# Where nobody of the account's unit leads, there is nothing to show.
LEADER = "truongcum"


def make(division, *, people) -> int:
    """The ballots of ``division``, unless it has some; their number. ``people``: {username: account}."""
    user = people[LEADER]
    cluster = Cluster.objects.filter(
        division=division, memberships__unit=user.unit, memberships__role=Membership.Role.LEADER
    ).first()
    if not cluster or Ballot.objects.filter(cluster__division=division).exists():
        return 0
    today = timezone.localdate()
    counted = _prepared(cluster, user, min(date(division.year, 11, 20), today), PRAISE, Ballot.Method.COUNTED, seats=2)
    _count(ballots.open_ballot(counted, by=user), user)
    if today > division.ends_on:
        return 1
    ballots.open_ballot(_prepared(cluster, user, today, FLAG, Ballot.Method.SECRET, seats=1), by=user)
    return 2


def _prepared(cluster, user, day, award, method, seats):
    """A draft in which the first members of the cluster are proposed and all vote."""
    members = list(cluster.memberships.staying().with_units())
    ballot = Ballot(cluster=cluster, held_on=day, award=award, method=method, seats=seats, sample=True)
    return ballots.prepare(
        ballot,
        by=user,
        candidates={row: REASON if place == 0 else "" for place, row in enumerate(members[:3])},
        voters=dict.fromkeys(members, ""),
    )


def _count(ballot, user):
    """All came: everybody was for the first candidate, just enough for the second, those who were left for the third."""
    everyone = ballot.entitled
    numbers = [everyone, ballot.needed, everyone - ballot.needed]
    agreed = dict(zip(ballot.candidates.order_by("pk"), numbers, strict=False))
    figures = Figures(everyone, everyone, everyone, agreed, BOARD, f"Phòng họp {user.unit}", time(14), time(15, 30))
    count(ballot, by=user, figures=figures)
