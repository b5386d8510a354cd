"""Counting in working days, as the deadlines of procedures are: Monday to Friday but holidays, with the days worked instead."""

from datetime import date, timedelta

from .models import DayOff
from .models.day_off import known_years

_SATURDAY = 5


class Calendar:
    """The working days around a span of time, read in one query."""

    def __init__(self, first: date, last: date):
        rows = DayOff.objects.filter(day__range=(first, last)).values_list("day", "is_worked")
        self.special = dict(rows)

    def works(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        return self.special.get(day, day.weekday() < _SATURDAY)

    def after(self, day: date, number: int) -> date:
        """The last day of a time of ``number`` working days that begins on the day after ``day``."""
        while number > 0:
            day += timedelta(days=1)
            number -= self.works(day)
        return day


# Enough room for a holiday of two weeks and all weekends.
_SPARE = 30


def after(day: date, number: int) -> date:
    """As ``Calendar.after``, for one question."""
    return Calendar(day, day + timedelta(days=2 * number + _SPARE)).after(day, number)


def unknown_years(first: date, last: date, known: set[int] | None = None) -> list[int]:
    """The years of a span of which nobody entered the holidays: what was counted over them is not certain.

    ``known``: ``known_years()``, where they were asked for already.
    """
    known = known_years() if known is None else known
    return [year for year in range(first.year, last.year + 1) if year not in known]


def doubt_about(first: date, last: date, known: set[int] | None = None) -> str:
    """Why a deadline counted from ``first`` to ``last`` is not certain, in words for the office; nothing where it is.

    Shown to the office alone, never on a paper.
    """
    years = unknown_years(first, last, known)
    return (
        f"chưa ghi ngày nghỉ lễ của năm {', '.join(map(str, years))}, hạn tính theo ngày làm việc có thể lệch."
        if years
        else ""
    )
