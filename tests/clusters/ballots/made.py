"""Ballots as tests make them: prepared, counted, followed by another round; what the database holds about them."""

from datetime import date

from django.apps import apps
from django.contrib.sessions.models import Session

from clusters.ballots import actions as ballots
from clusters.ballots.count import count
from clusters.ballots.rules import Figures
from clusters.models import Ballot, BallotBox, CriteriaSet, ScoreSheet, VoteRule

FLAG = "Cờ thi đua của UBND tỉnh"
TODAY = date(2026, 11, 20)
SECRET, COUNTED = Ballot.Method.SECRET, Ballot.Method.COUNTED
State = Ballot.State


def members(cluster):
    return list(cluster.memberships.with_units())


def prepared(cluster, by, **facts):
    """A draft in which all stand and all vote."""
    rows = members(cluster)
    candidates, voters = facts.pop("candidates", rows), facts.pop("voters", rows)
    facts = {"award": FLAG, "held_on": TODAY, "method": SECRET, "seats": 1} | facts
    return ballots.prepare(
        Ballot(cluster=cluster, **facts),
        by=by,
        candidates=dict.fromkeys(candidates, "Dẫn đầu cụm"),
        voters=dict.fromkeys(voters, ""),
    )


def also_ruled(award):
    """Another award, with the share of the flag: a cluster votes on each once."""
    VoteRule.objects.create(name=award, percent=80, since=date(2025, 7, 1), citation="Khoản 7 Điều 30")
    return award


def candidates(ballot):
    """The candidates in the order of the members."""
    rows = {row.membership_id: row for row in ballot.candidates.select_related("membership__unit")}
    return [rows[row.pk] for row in members(ballot.cluster) if row.pk in rows]


def box(ballot):
    return BallotBox.objects.get(ballot=ballot)


def voted(ballot):
    """{key: votes} of the candidates that the box holds votes for."""
    return {int(key): votes for key, votes in box(ballot).agreed.items() if votes}


def figures(ballot, *agreed, **numbers):
    numbers = {"issued": 4, "cast": 4, "valid": 4} | numbers
    return Figures(agreed=dict(zip(candidates(ballot), agreed, strict=True)), **numbers)


def counted(ballot, by, *agreed, **numbers):
    return count(ballot, by=by, figures=figures(ballot, *agreed, **numbers))


def rule_out(membership, officer):
    criteria = CriteriaSet.objects.create(
        category=membership.cluster.category, number=1, name="Bộ tiêu chí", total=100, applies_from=2026
    )
    return ScoreSheet.objects.create(membership=membership, set=criteria, disqualified="Có án kỷ luật")


def everything():
    """All that the database holds about votes, without the times and keys that differ between any two runs."""
    skipped = {"id", "pk", "at", "voted_at", "counted_at", "ballot_id", "key", "expire_date", "session_key"}
    rows = {}
    for model in [*apps.get_app_config("clusters").get_models(), Session]:
        rows[model.__name__] = [
            {name: value for name, value in row.items() if name not in skipped}
            for row in model.objects.order_by("pk").values()
        ]
    return rows


def followed(ballot, by):
    """The round that ``by`` prepares after ``ballot``."""
    return ballots.next_round(ballot, by=by).next_rounds().get()
