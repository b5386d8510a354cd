"""How many of each role were invited; that nobody is invited beyond what the conference is planned for, or to another day.

A reduction goes down to those who are invited (``changes``); an invitation goes up to what is planned. Both hold the row of the
conference before they count, so that of two at one moment the second sees the first.
"""

import re
from collections import Counter
from datetime import date

from documents.source.vietnamese import table_day
from documents.steps.refusing import Refused

from ..events.models import Event, Role
from .models import Delegate

# Where an invitation says when (Mẫu 1.7), and how days are written there.
_WHEN = re.compile(r"^\W*(?:\d+\W+)?Thời gian\b.*$", re.MULTILINE | re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})(?:\s+tháng\s+|[/.-])(\d{1,2})(?:\s+năm\s+|[/.-])(\d{4})", re.IGNORECASE)


def invited_by_role(event) -> Counter:
    """{role: how many of it were invited and still count}. One query."""
    return _roles(event.delegates.filter(invited_on__isnull=False))


def not_invited(rows) -> Counter:
    """{role: how many} of ``rows``, delegates, who count and were not invited yet. One query."""
    return _roles(rows.filter(invited_on=None))


def _roles(rows) -> Counter:
    return Counter(rows.filter(state__in=Delegate.COUNTED).order_by().values_list("role", flat=True))


def refuse_beyond_planned(event, more: Counter) -> None:
    """Raise ``Refused`` where with so many ``more`` of each role there were more invited than ``event`` is planned for.

    The caller holds the event. What was planned of a role binds; where nothing was noted of it, nothing does.
    """
    planned = dict(event.headcounts.filter(role__in=[*more]).values_list("role", "number")) if more else {}
    if not planned:
        return
    invited = invited_by_role(event)
    for role, number in planned.items():
        if invited[role] + more[role] > number:
            there = f"Hội nghị dự kiến {number} {Role(role).label.lower()}, đã mời {invited[role]}"
            what = "Hãy rút bớt ở danh sách đại biểu, hoặc ghi thêm số người dự."
            raise Refused(f"{there}: không mời thêm {more[role]} được. {what}")


def days_told(words: str) -> list[date]:
    """The whole days that an invitation says to be those of the conference, in order; none where it writes them otherwise."""
    found = set()
    for line in _WHEN.findall(words):
        for day, month, year in _DAY.findall(line):
            try:
                found.add(date(int(year), int(month), int(day)))
            except ValueError:
                continue
    return sorted(found)


def refuse_other_day(event, words: str) -> None:
    """Raise ``Refused`` where an invitation of these ``words`` says another day than ``event`` has by now.

    Of several days the first and the last are held against those of the event; a single one is the last of them.
    """
    told = days_told(words)
    if not told or (told[-1] == (event.until or event.day) and (len(told) == 1 or told[0] == event.day)):
        return
    there = " – ".join(map(table_day, told))
    now = " – ".join(table_day(day) for day in (event.day, event.until) if day)
    what = "Hãy bỏ dự thảo rồi soạn lại giấy mời."
    raise Refused(f"Giấy mời ghi ngày {there}, hội nghị nay tổ chức ngày {now}. {what}")


def held(rows) -> Event | None:
    """The conference of ``rows``, delegates of one, until the transaction ends nobody else's; None where they are gone."""
    key = rows.order_by().values_list("event", flat=True).first()
    return Event.objects.select_for_update().filter(pk=key).first() if key else None
