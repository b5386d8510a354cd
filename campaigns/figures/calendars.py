"""What begins, is due and ends in a month among the campaigns that a person sees; what is closed stays where it was."""

import calendar
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from clusters.year.calendars import Event
from documents.duties.actions import Standing

from ..campaign.models import Campaign
from ..reviews.models import Review

State = Campaign.State
# {a date of a campaign: how the calendar calls it}
DATES = {
    "begins_on": "Bắt đầu",
    "interim_on": "Sơ kết",
    "final_on": "Tổng kết",
    "nominations_until": "Hạn gửi hồ sơ khen thưởng",
    "ends_on": "Kết thúc",
}
# From which states on a review has been held.
_HELD = {
    "interim_on": (State.INTERIM, State.FINAL, State.COMMENDED, State.CLOSED),
    "final_on": (State.FINAL, State.COMMENDED, State.CLOSED),
}
# So many of one kind stand on a day one by one; more become one line.
MOST = 3


@dataclass(frozen=True)
class _Found:
    """One date of one campaign."""

    day: date
    what: str
    campaign: Campaign
    url: str
    standing: Standing | None

    def event(self) -> Event:
        """Its own line."""
        postponed = " (đang hoãn)" if self.campaign.state == State.POSTPONED else ""
        return Event(self.day, f"{self.what}: {self.campaign}{postponed}", self.url, self.standing)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def events(user, year: int, month: int, only: date | None = None) -> list[Event]:
    """What ``user`` may see of a month, by day; of the day ``only`` each campaign by itself. Two queries."""
    first, last = (only, only) if only else (date(year, month, 1), last_day(year, month))
    found = [*_of_campaigns(user, first, last), *_of_reviews(user, first, last)]
    order = [*DATES.values(), "Hạn báo cáo sơ kết", "Hạn báo cáo tổng kết"]
    found.sort(key=lambda row: (row.day, order.index(row.what), str(row.campaign)))
    return [row.event() for row in found] if only else list(_together(found))


def _together(found):
    """Many of one kind on one day as one line, which leads to the day."""
    for (day, what), group in groupby(found, key=lambda row: (row.day, row.what)):
        rows = list(group)
        if len(rows) <= MOST:
            yield from (row.event() for row in rows)
            continue
        late = any(row.standing == Standing.LATE for row in rows)
        url = f"{reverse('campaign_calendar', args=[day.year, day.month])}?ngay={day.day}"
        yield Event(day, f"{what}: {len(rows)} phong trào", url, Standing.LATE if late else None)


def _seen(user):
    """Campaigns that are or were held, postponed ones too, as far as ``user`` sees them."""
    return Campaign.objects.visible_to(user).held()


def _of_campaigns(user, first, last):
    dated = Q()
    for name in DATES:
        dated |= Q(**{f"{name}__range": (first, last)})
    for row in _seen(user).filter(dated).only("name", "state", *DATES).order_by("pk"):
        for name, what in DATES.items():
            day = getattr(row, name)
            if day and first <= day <= last:
                yield _Found(day, what, row, row.get_absolute_url(), _standing(row, name))


def _standing(row, name):
    """Whether a review was held, is to come or is late; nothing of other dates, and of a campaign that is postponed."""
    if name not in _HELD or row.state == State.POSTPONED:
        return None
    if row.state in _HELD[name]:
        return Standing.DONE
    return Standing.LATE if getattr(row, name) < timezone.localdate() else Standing.OPEN


def _of_reviews(user, first, last):
    """Until when units report; of reviews that are still open, of campaigns that are not summed up yet."""
    seen = _seen(user).exclude(state__in=_HELD["final_on"]).order_by().values("pk")
    rows = Review.objects.filter(state=Review.State.OPEN, reports_until__range=(first, last), campaign__in=seen)
    rows = rows.select_related("campaign")
    for row in rows:
        late = row.reports_until < timezone.localdate() and row.campaign.state != State.POSTPONED
        url = reverse("campaign_reviews", args=[row.campaign_id])
        what = f"Hạn báo cáo {row.get_kind_display().lower()}"
        yield _Found(row.reports_until, what, row.campaign, url, Standing.LATE if late else Standing.OPEN)
