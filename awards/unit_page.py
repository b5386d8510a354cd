"""What the page of a unit tells of awards: what the unit itself was given of late."""

from django.urls import reverse

from units.finding import Found
from units.unit_parts import SHOWN, Part

from .area import AWARDS
from .models import Award, Recipient


def awards_for(unit, user):
    """The latest awards of the unit as a collective, of those that ``user`` may see."""
    recipient = Recipient.objects.visible_to(user).main().filter(unit=unit, is_unit=True).first()
    if not recipient:
        return None
    rows = Award.objects.standing().filter(recipient=recipient, cancelled_on=None).select_related("type", "decision")
    lines = [
        Found(row.title, recipient.get_absolute_url(), f"năm {row.year} · {row.decision.number}")
        for row in rows[:SHOWN]
    ]
    return Part("Khen thưởng", lines, more=reverse("recipient", args=[recipient.pk])) if lines else None


AWARDS.unit_parts.append(awards_for)
