"""What pages of awards and of recipients tell of presentations; what waits for whom on the first page."""

from collections.abc import Callable, Iterable

from django.db.models import Q
from django.urls import reverse

from units.permissions import may_keep_store, may_write

from ..records.models import Award, Decision
from .models import Occasion, Presented
from .rules import still_to_present

State = Occasion.State
# What rooms above know an occasion to be a part of: (occasion, user) → links.
SUBJECTS: list[Callable] = []


def told_of(awards: Iterable[int]) -> dict[int, str]:
    """{key of an award: on which occasion it was or will be presented, who took it}. One query."""
    rows = Presented.objects.filter(award__in=awards).select_related("occasion")
    return {row.award_id: _words(row) for row in rows}


def _words(row) -> str:
    occasion = row.occasion
    where = f"{occasion.day:%d/%m/%Y}, {occasion.name}"
    if occasion.state == State.PLANNED:
        return f"Dự kiến trao {where}"
    if row.taken == Presented.Taken.LATER:
        later = f"nhận ngày {row.later_on:%d/%m/%Y}: {row.by_whom}" if row.later_on else "chưa nhận"
        return f"Trao {where}; vắng, {later}"
    who = f" ({row.by_whom} nhận)" if row.by_whom else ""
    return f"Trao {where}{who}"


# --- The first page


def waiting_decisions(user, today):
    """Decisions of which the own people have awards that were collected and that no occasion has."""
    if not may_write(user) or may_keep_store(user):
        return Decision.objects.none()
    own = still_to_present(Award.objects.filter(unit__in=user.inherited_units, presented=None)).order_by()
    return Decision.objects.filter(pk__in=own.values("decision")).order_by("day", "pk")


def waiting_decision(today, key, number, subject):
    """The row of one of them."""
    page = f"{reverse('to_present')}?so={number}"
    return subject, page, f"{number} · đã nhận hiện vật, chưa trao", "Lập lần trao", reverse("new_occasion")


def over(user, today):
    """Occasions of the own unit whose day has come and of which nothing is noted."""
    rows = Occasion.objects.filter(state=State.PLANNED, unit__in=user.inherited_units, day__lte=today)
    return rows.order_by("day", "pk") if may_write(user) else rows.none()


def absent(user, today):
    """Who did not come to an occasion of the own unit and has nothing yet."""
    rows = Presented.objects.filter(
        Q(taken=Presented.Taken.LATER),
        later_on=None,
        occasion__state=State.HELD,
        occasion__unit__in=user.inherited_units,
    )
    return rows.order_by("occasion__day", "pk") if may_write(user) else rows.none()
