"""What the page of a unit tells of its papers."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from units.finding import Found
from units.unit_parts import SHOWN, Part

from ..area import PAPERS
from ..papers.models import Document


def part_for(unit, user):
    """The latest papers that the unit issued or wrote, of those that ``user`` may open."""
    own = Document.objects.visible_to(user).filter(Q(unit=unit) | Q(issuer_unit=unit))
    rows = own.exclude(state=Document.State.DISCARDED).for_lists().order_by("-dated", "-pk")[:SHOWN]
    lines = [Found(row.subject, row.get_absolute_url(), _note(row)) for row in rows]
    more = f"{reverse('documents')}?{urlencode({'q': unit.name})}" if lines else ""
    return Part("Văn bản", lines, "Chưa có văn bản nào mà bạn xem được.", more)


def _note(row):
    told = (row.type.name, row.reference, row.date_text, "" if row.is_frozen else row.get_state_display())
    return " · ".join(part for part in told if part)


PAPERS.unit_parts.append(part_for)
