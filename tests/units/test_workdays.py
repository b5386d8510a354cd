"""Deadlines in working days: weekends, holidays, days that are worked instead."""

from datetime import date

import pytest
from django.core.management import call_command

from units.models import DayOff
from units.workdays import after, doubt_about, unknown_years

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """The holidays as they come with the program."""
    call_command("load_units", verbosity=0)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2026-11-26", 0, "2026-11-26"),
        ("2026-11-26", 1, "2026-11-27"),
        ("2026-11-26", 2, "2026-11-30"),  # a weekend between
        ("2026-11-23", 1, "2026-11-25"),  # the day of culture
        ("2026-02-13", 1, "2026-02-23"),  # Tết
        ("2026-08-21", 1, "2026-08-22"),  # a Saturday worked
        ("2026-08-28", 2, "2026-09-04"),  # Monday swapped, two days of the nation
        ("2025-12-31", 3, "2026-01-07"),  # over New Year with its swapped Friday
        ("2020-01-22", 20, "2020-02-26"),
    ],
)
def test_the_last_day_of_a_time_in_working_days(known, day, number, expected):
    assert after(date.fromisoformat(day), number) == date.fromisoformat(expected)


def test_a_year_without_holidays_is_named(known):
    assert unknown_years(date(2026, 12, 1), date(2028, 1, 31)) == [2028]
    assert "năm 2028," in doubt_about(date(2026, 12, 1), date(2028, 1, 31))
    assert doubt_about(date(2026, 12, 1), date(2027, 12, 31)) == ""


def test_loading_again_leaves_what_the_office_changed(known):
    DayOff.objects.filter(day="2026-11-24").delete()
    call_command("load_units", verbosity=0)
    assert not DayOff.objects.filter(day="2026-11-24").exists()
    assert DayOff.objects.filter(day="2026-09-02").exists()
