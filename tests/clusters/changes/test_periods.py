"""Absences and terms within the year: two of one member do not hold at once."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from clusters.models import Absence, Leadership

FIRST, LAST = date(2026, 4, 1), date(2026, 4, 30)


@pytest.fixture
def member(cluster):
    return cluster.memberships.order_by("pk").last()


@pytest.mark.parametrize(
    ("since", "until", "overlaps"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), False),
        (date(2026, 3, 1), FIRST, True),
        (LAST, date(2026, 5, 9), True),
        (date(2026, 5, 1), date(2026, 5, 9), False),
        (date(2026, 3, 1), date(2026, 5, 9), True),
    ],
)
def test_a_member_is_away_once_at_a_time(member, cluster, since, until, overlaps):
    Absence.objects.create(membership=member, since=FIRST, until=LAST)
    row = Absence(membership=member, since=since, until=until)
    assert row.overlapping().exists() is overlaps
    if overlaps:
        with pytest.raises(ValidationError, match="Trùng thời gian"):
            row.clean()
    other = cluster.memberships.order_by("pk").first()
    assert not Absence(membership=other, since=since, until=until).overlapping().exists()


def test_a_term_without_an_end_overlaps_all_that_follow(member, officer):
    Leadership.objects.create(membership=member, role="leader", since=FIRST, by=officer)
    assert Leadership(membership=member, role="leader", since=LAST).overlapping().exists()
    assert not Leadership(
        membership=member, role="leader", since=date(2026, 1, 1), until=date(2026, 3, 31)
    ).faults_of_days()


def test_an_absence_that_told_the_day_back_tells_its_last_day(member):
    row = Absence.objects.create(membership=member, since=FIRST, until=date(2026, 5, 1))
    import_module("clusters.migrations.0011_periods").last_day(apps, None)
    row.refresh_from_db()
    assert row.until == LAST
