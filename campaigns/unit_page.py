"""What the page of a unit tells of campaigns: those it launched, those it joined."""

from urllib.parse import urlencode

from django.urls import reverse

from units.finding import Found
from units.unit_parts import SHOWN, Part

from .area import CAMPAIGNS
from .models import Campaign, Joining


def launched_for(unit, user):
    """The campaigns that the unit launched, of those that ``user`` may see."""
    rows = Campaign.objects.visible_to(user).filter(unit=unit).exclude(state=Campaign.State.DRAFT)
    rows = rows.with_names().order_by("-begins_on", "-pk")[:SHOWN]
    lines = [Found(row.name, row.get_absolute_url(), f"{row.span} · {row.phase.lower()}") for row in rows]
    more = f"{reverse('campaigns')}?{urlencode({'q': unit.name})}" if len(lines) == SHOWN else ""
    return Part("Phong trào đã phát động", lines, more=more) if lines else None


def joined_for(unit, user):
    """The campaigns that the unit joined, of those whose registration ``user`` may read."""
    rows = Joining.objects.visible_to(user).filter(unit=unit).with_names().order_by("-joined_on", "-pk")[:SHOWN]
    lines = [Found(row.campaign.name, row.get_absolute_url(), f"đăng ký {row.joined_on:%d/%m/%Y}") for row in rows]
    return Part("Phong trào đã hưởng ứng", lines) if lines else None


CAMPAIGNS.unit_parts.append(launched_for)
CAMPAIGNS.unit_parts.append(joined_for)
