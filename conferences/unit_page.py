"""What the page of a unit tells of conferences: those that it held or is to hold, of those that one may see."""

from urllib.parse import urlencode

from django.urls import reverse

from units.finding import Found
from units.unit_parts import SHOWN, Part

from .area import CONFERENCES
from .models import Event


def conferences_of(unit, user):
    """The latest conferences of the unit."""
    rows = Event.objects.visible_to(user).filter(unit=unit).order_by("-day", "-pk")[:SHOWN]
    lines = [Found(row.name, row.get_absolute_url(), f"{row.span} · {row.get_state_display().lower()}") for row in rows]
    more = f"{reverse('conferences')}?{urlencode({'q': unit.name})}" if len(lines) == SHOWN else ""
    return Part("Hội nghị, đại hội", lines, more=more) if lines else None


CONFERENCES.unit_parts.append(conferences_of)
