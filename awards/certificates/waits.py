"""What of certificates waits for a person: names of the own unit that will be printed, to be looked at."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from documents.areas.waiting import Kind, Row

from ..records.models import Decision
from .models import NameAnswer
from .rules import to_print


def _names(user, today):
    """Decisions whose certificates for the unit are not printed yet, of which it has said nothing."""
    rows = Decision.objects.none()
    if user.unit_id:
        dues = to_print().filter(award__unit__in=user.inherited_units).order_by()
        said = NameAnswer.objects.filter(unit=user.unit_id, decision=OuterRef("pk"))
        rows = Decision.objects.filter(~Exists(said), pk__in=dues.values("award__decision"))
    return rows.order_by("day", "pk")


def _name(today, key, number, subject):
    return Row(f"Tên trên bằng: {number}", reverse("own_names", args=[key]), subject, "Xem bản in thử")


WAITS = [
    Kind("Tên trên bằng sắp in", "items", _names, ("pk", "number", "subject"), _name, since="day"),
]
