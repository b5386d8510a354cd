"""A ballot of the cluster of the north, at each step of its life."""

from datetime import date

import pytest

from clusters.ballots import actions as ballots
from clusters.models import VoteRule
from units.models import Role

from ...conftest import make_user
from .made import COUNTED, FLAG, TODAY, counted, members, prepared


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """A day at the end of the year of emulation."""
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else TODAY
    )


@pytest.fixture(autouse=True)
def rule(db):
    """The share for the province's flag; none for anything else."""
    VoteRule.objects.all().delete()
    return VoteRule.objects.create(
        name=FLAG, percent=80, since=date(2025, 7, 1), citation="Khoản 7 Điều 30", uncertain=True
    )


@pytest.fixture
def four(eight, cluster):
    """The accounts of the four members, the leader's first."""
    last = make_user("dongdang", "Lương Thị Đồng", Role.UNIT_OFFICER, members(cluster)[3].unit)
    return [eight["leader_unit"], eight["deputy_unit"], eight["member"], last]


@pytest.fixture
def draft(cluster, four):
    return prepared(cluster, four[0])


@pytest.fixture
def opened(draft, four):
    return ballots.open_ballot(draft, by=four[0])


@pytest.fixture
def on_paper(cluster, four):
    """An open ballot of two seats on paper."""
    return ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, seats=2), by=four[0])


@pytest.fixture
def tied(cluster, four, rule):
    """Two seats, half of the votes needed: one chosen, two equal behind it, one below the threshold."""
    rule.percent = 50
    rule.save()
    ballot = ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, seats=2), by=four[0])
    return counted(ballot, four[0], 3, 2, 2, 1)


@pytest.fixture
def wrong(on_paper, four):
    """A count in which the figures of two candidates were exchanged."""
    return counted(on_paper, four[0], 4, 4, 0, 0)
