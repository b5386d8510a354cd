"""What is in the store is kept for awards that wait for it: those of the earliest decision first."""

from django.utils import timezone

from ..items.actions import LISTED
from ..items.models import Due
from .ledger import Level, hold, levels

State = Due.State


def keep_for_waiting(kinds) -> int:
    """Keep what is free of ``kinds`` (keys) for awards that wait for it, within the caller's transaction; how many were kept.

    Held are the kinds, so that two who do it at once do not keep one piece twice.
    """
    held = hold(kinds)
    known, kept = levels(held), 0
    for key in held:
        free = known.get(key, Level()).free
        if free > 0:
            waiting = Due.objects.filter(kind=key, state=State.SHORT, award__stands=True, award__cancelled_on=None)
            order = waiting.order_by("award__decided_on", "award__decision", "award__position")
            kept += _set(order.values_list("pk", flat=True)[:free], State.RESERVED)
    return kept


def release(dues) -> int:
    """Give back what is kept for ``dues`` (a queryset), so that others may have it; how many were given back."""
    hold(dues.order_by().values_list("kind", flat=True).distinct())
    return _set(dues.filter(state=State.RESERVED).order_by().values_list("pk", flat=True), State.SHORT)


def _set(keys, state) -> int:
    changed, keys = 0, list(keys)
    # As many keys as a query of SQLite may name.
    for first in range(0, len(keys), 5000):
        rows = Due.objects.filter(pk__in=keys[first : first + 5000])
        changed += rows.update(state=state, since=timezone.localdate())
    return changed


def _keep_for(decision, *, by):
    kinds = Due.objects.filter(award__decision=decision, state=State.SHORT).order_by().values_list("kind", flat=True)
    keep_for_waiting(kinds.distinct())


LISTED.append(_keep_for)
