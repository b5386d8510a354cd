"""Who acts for a unit: its own people, or those of a unit that lives today and that it wholly went into."""

from django.utils import timezone

from .models import Succession, Unit
from .models.unit import reachable
from .permissions import WRITERS, may_write


def acts(user) -> bool:
    """Whether ``user`` acts for a unit at all: writes for one that exists today."""
    return may_write(user) and user.unit.is_alive_on(timezone.localdate())


def acts_for(user, unit_id: int) -> bool:
    """Whether ``user`` acts for the unit ``unit_id``: the own one, or one that went wholly into it."""
    return acts(user) and unit_id in user.inherited_units


def left_alone(units) -> set[int]:
    """Those of the keys ``units`` for which nobody acts: no account that writes in it, or in a living unit it wholly went into.

    What such a unit does on paper is recorded by others. Two queries, whatever their number.
    """
    units = set(units)
    if not units:
        return set()
    pairs = Succession.objects.filter(in_part=False, predecessor__isnull=False, successor__isnull=False)
    pairs = list(pairs.values_list("predecessor", "successor"))
    people = {"users__is_active": True, "users__role__in": WRITERS}
    acting = set(Unit.objects.alive_on(timezone.localdate()).filter(**people).order_by().values_list("pk", flat=True))
    return {unit for unit in units if not acting & {unit, *reachable(unit, pairs)}}
