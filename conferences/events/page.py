"""What the pages of a conference share: which one, for whom, under which tab."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from documents.models import Document
from units.permissions import may_manage, may_oversee

from .models import Event

# What rooms above tell beside the facts of a conference: (event, user) → (label, words, address) each.
MORE: list[Callable] = []


def find(request, pk) -> Event:
    """A conference that this person may see; else 404."""
    rows = Event.objects.visible_to(request.user).select_related(
        "unit__sector", "plan", "level", "by__unit", "review__campaign"
    )
    return get_object_or_404(rows, pk=pk)


def frame(request, event, tab="event") -> dict:
    """What every page of a conference says of where it is."""
    return {
        "event": event,
        "is_kept": event.is_kept_by(request.user),
        "may_manage": may_manage(request.user),
        "oversees": may_oversee(request.user),
        "area": "conferences",
        "tab": tab,
    }


def stopped(request, event) -> dict:
    """The papers by which it was stopped, and what is studied instead, where this person may open them."""
    keys = [key for key in (event.stopped_by_id, event.instead_id) if key]
    opened = Document.objects.open_to(request.user).select_related("type").in_bulk(keys) if keys else {}
    return {"stopped_by": opened.get(event.stopped_by_id), "instead": opened.get(event.instead_id)}


def refuse_stranger(request, event):
    """A page for who keeps the conference; others who see it are told whose work it is."""
    if not event.is_kept_by(request.user):
        raise PermissionDenied(f"Việc này do cán bộ của {event.unit} làm. Cần thay đổi, hãy liên hệ đơn vị đó.")
