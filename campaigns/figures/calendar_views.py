"""The calendar of campaigns."""

from datetime import date, timedelta

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from clusters.year.calendars import weeks
from units.text import key_or_none

from ..campaign.rules import FIRST_DAY, LAST_DAY
from . import calendars


def campaign_calendar(request, year=None, month=None):
    """A month, by default this one; with ``?ngay=`` everything of one of its days, campaign by campaign."""
    today = timezone.localdate()
    year, month = (today.year, today.month) if year is None else (year, month)
    if not (FIRST_DAY.year <= year <= LAST_DAY.year and 1 <= month <= 12):
        raise Http404
    first, last = date(year, month, 1), calendars.last_day(year, month)
    day = _day(request, last)
    found = calendars.events(request.user, year, month, day)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    context = {
        "shown": first,
        "day": day,
        "events": found,
        "weeks": None if day else weeks(year, month, found),
        "before": before if before.year >= FIRST_DAY.year else None,
        "after": after if after.year <= LAST_DAY.year else None,
        "today": today,
        "area": "campaigns",
        "tab": "calendar",
    }
    return render(request, "campaigns/figures/calendar.html", context)


def _day(request, last):
    """The day that the address names, or None for the whole month."""
    number = key_or_none(request.GET.get("ngay", ""))
    return last.replace(day=number) if number and number <= last.day else None
