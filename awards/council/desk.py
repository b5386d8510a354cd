"""What the first page and the desk of the council tell of awards: votes that wait, counts to be made, days that are near."""

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from documents.areas import agenda
from documents.areas.waiting import Kind, Row
from units.permissions import may_manage

from ..area import AWARDS
from .models import Item, Meeting, Seat

State = Meeting.State
# Meetings on the desk of the council.
_SHOWN = 15


def _to_vote(user, today):
    """Meetings that wait for the votes of ``user``: a vote in writing from when it is called, a meeting on its day."""
    waiting = Seat.objects.filter(meeting=OuterRef("pk"), member__user=user.pk, voted_at=None)
    early = Q(way=Meeting.Way.MEETING, held_on__gt=today)
    rows = Meeting.objects.of_member(user).filter(Exists(waiting), ~early, state=State.OPEN)
    return rows.order_by("held_on", "pk")


def _vote(today, key, title, day):
    return Row(
        title,
        reverse("council_meeting", args=[key]),
        f"{day:%d/%m/%Y}",
        "Bỏ phiếu",
        reverse("council_vote", args=[key]),
    )


def _to_count(user, today):
    """For the department: everybody has voted."""
    silent = Seat.objects.filter(meeting=OuterRef("pk"), voted_at=None)
    found = Meeting.objects.filter(~Exists(silent), state=State.OPEN).order_by("held_on", "pk")
    return found if may_manage(user) else found.none()


def _count(today, key, title, day):
    return Row(
        title,
        reverse("council_meeting", args=[key]),
        f"{day:%d/%m/%Y}",
        "Kiểm phiếu",
        reverse("count_council_votes", args=[key]),
    )


def _tied(user, today):
    """For the department: counted, and equals at the last place wait for the chair."""
    equal = Item.objects.filter(
        meeting=OuterRef("pk"), stands=True, chosen=None, agreed__isnull=False, nomination__state="council"
    )
    found = Meeting.objects.filter(Exists(equal), state=State.COUNTED).order_by("held_on", "pk")
    return found if may_manage(user) else found.none()


def _tie(today, key, title, day):
    return Row(title, reverse("council_meeting", args=[key]), f"{day:%d/%m/%Y}", "Ghi việc chọn")


_OF_MEETING = ("pk", "title", "held_on")
AWARDS.waits += [
    Kind(
        "Phiếu chờ bạn bỏ", "council", _to_vote, _OF_MEETING, _vote, since="held_on",
        asked=lambda user, today: user.is_active,
    ),
    Kind("Cuộc họp đã đủ phiếu, chờ kiểm", "council_meetings", _to_count, _OF_MEETING, _count, since="held_on"),
    Kind("Ngang phiếu, chờ Chủ tịch Hội đồng chọn", "council_meetings", _tied, _OF_MEETING, _tie, since="held_on"),
]  # fmt: skip


def _near(user, today):
    found = Meeting.objects.visible_to(user).filter(held_on__range=(today, today + agenda.DAYS))
    found = found.exclude(state=State.CANCELLED).order_by("held_on", "pk")
    return found.values_list("held_on", "pk", "title", "way")


def _day(day, key, title, way):
    words = "họp Hội đồng" if way == Meeting.Way.MEETING else "hạn gửi phiếu Hội đồng"
    return f"{title}: {words}", reverse("council_meeting", args=[key])


AWARDS.days.append(agenda.Days(_near, _day))


def desk(user):
    """The meetings of the council that ``user`` may see, on its desk: those that wait for a vote first."""
    waiting = set(_to_vote(user, timezone.localdate()).values_list("pk", flat=True))
    rows = Meeting.objects.visible_to(user).annotate(number=Count("items")).order_by("-held_on", "-pk")
    rows = list(rows[:_SHOWN])
    for row in rows:
        row.waits = row.pk in waiting
    rows.sort(key=lambda row: not row.waits)
    return "awards/council/_desk.html", {"meetings": rows}


AWARDS.council_parts.append(desk)
