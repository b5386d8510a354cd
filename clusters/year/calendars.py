"""What happens on which day of a year: duties that are due, and activities; for one cluster, or for all of a year."""

import calendar
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from documents.duties.actions import Standing

from ..activities.models import Activity
from .progress import progress


@dataclass(frozen=True)
class Event:
    """One line of a day: a duty that is due with how far it is, or an activity (then without ``standing``)."""

    day: date
    words: str
    url: str = ""
    standing: Standing | None = None


@dataclass(frozen=True)
class Day:
    """One box of a month's page."""

    day: date
    events: list[Event]


def events(division, user, cluster=None) -> list[Event]:
    """What ``user`` may see of the year of ``division``, or of ``cluster`` in it, by day."""
    rows = progress(division, clusters=[cluster.pk] if cluster else None)
    activities = Activity.objects.filter(cluster__division=division).visible_to(user)
    activities = activities.select_related("cluster").order_by("held_on", "held_at", "pk")
    if cluster:
        found = [*_due_of(rows[0] if rows else None), *_held_by(activities.filter(cluster=cluster))]
    else:
        found = [*_due_of_all(division, rows), *_held_by_all(division, activities)]
    return sorted(found, key=lambda event: event.day)


def _due_of(row):
    """The duties of one cluster."""
    for cell in row.cells if row else ():
        url = cell.done.url if cell.done else ""
        yield Event(cell.milestone.due_on, f"Hạn: {cell.milestone.title}", url, cell.standing)


def _due_of_all(division, rows):
    """The duties of a year, each with how many clusters have done it."""
    url = reverse("progress", args=[division.year])
    for place, milestone in enumerate(rows[0].cells if rows else ()):
        cells = [row.cells[place] for row in rows]
        done = sum(cell.done is not None for cell in cells)
        late = any(cell.standing == Standing.LATE for cell in cells)
        standing = Standing.DONE if done == len(cells) else Standing.LATE if late else Standing.OPEN
        words = f"Hạn: {milestone.milestone.title} ({done}/{len(cells)} xong)"
        yield Event(milestone.milestone.due_on, words, url, standing)


def _held_by(activities):
    """The activities of one cluster."""
    for row in activities:
        hour = f"{row.held_at:%H:%M} " if row.held_at else ""
        yield Event(row.held_on, f"{hour}{row.title}", row.get_absolute_url())


def _held_by_all(division, activities):
    """The activities of a day, those of a kind together."""
    rows = sorted(activities, key=lambda row: (row.held_on, row.kind))
    for (day, kind), group in groupby(rows, key=lambda row: (row.held_on, row.kind)):
        found = list(group)
        if len(found) == 1:
            yield Event(day, f"{found[0].cluster}: {found[0].title}", found[0].get_absolute_url())
            continue
        query = urlencode({"kind": kind, "tu": f"{day:%d/%m/%Y}", "den": f"{day:%d/%m/%Y}"})
        words = f"{len(found)} khối, cụm: {found[0].get_kind_display()}"
        yield Event(day, words, f"{reverse('division_activities', args=[division.year])}?{query}")


def weeks(year: int, month: int, found: list[Event]) -> list[list[Day | None]]:
    """The weeks of a month from Monday; None for days of other months."""
    by_day = {day: list(group) for day, group in groupby(found, key=lambda event: event.day)}
    month_of_days = calendar.Calendar().monthdatescalendar(year, month)
    return [[Day(day, by_day.get(day, [])) if day.month == month else None for day in week] for week in month_of_days]


def months(division) -> list[date]:
    """The first days of the months of a year of emulation."""
    first, found = division.begins_on.replace(day=1), []
    while first <= division.ends_on:
        found.append(first)
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return found
