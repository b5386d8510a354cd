"""What the page of a paper shows of it in the hands of units, and what the areas add to the page of a unit's duty."""

from django.utils import timezone

from units.areas import each

from ..deliveries.actions import may_receive
from ..deliveries.forms import AnswerForm
from ..deliveries.views import counts_of, with_answers
from .actions import standing
from .models import Assignment


def context_for(document, user) -> dict:
    """What the page of a paper shows of it in the hands of units: ``received`` to receivers, ``sent`` to the sender."""
    if not document.is_frozen:
        return {"received": [], "sent": None}
    return {"received": _received(document, user), "sent": _sent(document, user)}


def _received(document, user) -> list[dict]:
    """What ``user``'s unit got: the delivery, reminders not yet seen, its duties, and whether the person may act."""
    units = user.inherited_units
    deliveries = list(with_answers(document.deliveries.filter(unit__in=units)))
    if not deliveries:
        return []
    reminders = document.reminders.filter(unit__in=units, seen_at=None).select_related("by__unit")
    shares = Assignment.objects.filter(duty__document=document, unit__in=units).select_related("duty")
    shares, day = list(shares.order_by("duty__position", "pk")), timezone.localdate()
    arrivals = list(document.arrivals.filter(unit__in=units))
    for share in shares:
        share.duty.document = document
        share.standing = standing(share, day)
    return [
        {
            "delivery": delivery,
            "arrival": next((row for row in arrivals if row.unit_id == delivery.unit_id), None),
            "reminders": [row for row in reminders if row.unit_id == delivery.unit_id],
            "duties": [row for row in shares if row.unit_id == delivery.unit_id],
            "form": AnswerForm(auto_id=f"tra-loi-{delivery.pk}-%s"),
            "may_act": may_receive(user, delivery.unit_id),
        }
        for delivery in deliveries
    ]


def _sent(document, user) -> dict | None:
    """How many units have read and answered, for people of the unit that sent the paper."""
    if not document.is_ours or document.unit_id not in user.inherited_units:
        return None
    return counts_of(document) | {"duties": document.duties.count()}


def parts_for(assignment, user) -> list[tuple[str, dict]]:
    """(name of a template, what it shows under ``part``) of each part that has something to say to ``user``."""
    return [found for part in each("duty_parts") if (found := part(assignment, user))]
