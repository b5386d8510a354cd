"""What is asked of a door and of who is there: from when somebody is late, what is counted, what may be opened how long."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone

from ..delegates.models import Delegate
from ..events.models import Event, Role
from .models import Door

# What was scanned before the end may still arrive for so long; a phone forgets the list a day after it.
GRACE = timedelta(days=3)
# A link that is found later opens nothing: it is never for longer, and never for a day long before or after the conference.
LONGEST = timedelta(days=7)
OPENABLE = (Event.State.PLANNED, Event.State.ASKED, Event.State.READY, Event.State.HELD)


def times_fault(event, since: datetime, until: datetime) -> tuple[str, str] | None:
    """Why no door of ``event`` is opened from ``since`` to ``until``: (the words, the field that they are about)."""
    if until <= since:
        return "Giờ đóng phải sau giờ mở.", "until"
    if until <= timezone.now():
        return "Giờ đóng đã qua. Hãy chọn giờ sau lúc này.", "until"
    if until - since > LONGEST:
        return f"Mỗi đường dẫn mở nhiều nhất {LONGEST.days} ngày. Hãy chọn giờ đóng sớm hơn.", "until"
    if timezone.localdate(since) > event.last_day or timezone.localdate(until) < event.day:
        return f"Hội nghị họp {event.span}. Giờ mở cửa phải gồm ngày họp.", "since"
    return None


def opening_of(event) -> tuple[datetime, datetime]:
    """From when to when a door of ``event`` is offered: an hour before it begins, to the evening of its last day."""
    begins = timezone.make_aware(datetime.combine(event.day, event.begins_at or time(8)))
    ends = timezone.make_aware(datetime.combine(event.last_day, time(18)))
    return begins - timedelta(hours=1), max(ends, begins + timedelta(hours=4))


def late_after(event) -> datetime | None:
    """The moment after which somebody who comes is late; None where the hour of the conference is not said."""
    if event.begins_at is None:
        return None
    return timezone.make_aware(datetime.combine(event.day, event.begins_at))


def counted(event):
    """Those who are to be there."""
    return Delegate.objects.filter(event=event, state__in=Delegate.COUNTED)


@dataclass
class Group:
    """Those of one delegation, or of one role without any: how many, here, of these late, not here with a reason."""

    words: str
    key: str
    all: int = 0
    here: int = 0
    late: int = 0
    excused: int = 0

    @property
    def missing(self) -> int:
        """How many are not here."""
        return self.all - self.here

    @property
    def unexcused(self) -> int:
        """How many are not here and gave no reason."""
        return self.missing - self.excused

    @property
    def share(self) -> int:
        """How many of 100 are here."""
        return round(100 * self.here / self.all) if self.all else 0

    def add(self, row):
        """Count what ``row`` counts."""
        for name in ("all", "here", "late", "excused"):
            setattr(self, name, getattr(self, name) + row[name])


def presence(event) -> tuple[Group, list[Group]]:
    """All, and those of each delegation in the order of their names, then those without one by what they are. One question."""
    limit = late_after(event)
    late = Q(first_scan__at__gt=limit) if limit else Q(pk=None)
    rows = (
        counted(event)
        .order_by("delegation__unit__sort_text", "delegation", "role")
        .values("delegation", "delegation__unit__name", "role")
        .annotate(
            all=Count("pk"),
            here=Count("first_scan"),
            late=Count("pk", filter=late),
            excused=Count("pk", filter=Q(first_scan=None) & ~Q(absence="")),
        )
    )
    whole, units, others = Group("Tất cả", ""), {}, {}
    for row in rows:
        key, name = row["delegation"], row["delegation__unit__name"]
        of, words = (units, name) if key else (others, str(Role(row["role"]).label))
        group = of.setdefault(key or row["role"], Group(words, f"doan={key}" if key else f"la={row['role']}&doan=0"))
        group.add(row)
        whole.add(row)
    return whole, [*units.values(), *others.values()]


def doors_of(event) -> list[Door]:
    """The doors of an event, each with how many scans it has that stand. One question."""
    stand = Count("scans", filter=Q(scans__undone_at=None))
    return list(event.doors.annotate(number=stand).order_by("pk"))


def tag_of(event, doors) -> str:
    """What changes whenever the page of who is there would show something else. One question."""
    people = counted(event).aggregate(number=Count("pk"), versions=Sum("version"))
    facts = [
        event.sequence, people, late_after(event),
        *((door.version, door.standing, door.is_silent, door.heard_at, door.number) for door in doors),
    ]  # fmt: skip
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:24]
