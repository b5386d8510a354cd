"""Who stands at the counter: found by the code of a notice, scanned or typed, by the number of its paper, by the unit's name."""

import re
from datetime import date

from django.db.models import Count, Q

from documents.areas.papers import key_of
from documents.models import Document
from documents.source.references import reference_key
from units.models import Unit

from ..items.models import Due
from ..records.models import Award
from .models import OF_NOTICE, Handover, Notice
from .rules import heirs

_CODE = re.compile(r"[\w-]{20,30}", re.ASCII)
_MOST = 20


def by_code(words: str, day: date) -> Unit | Handover | None:
    """The unit whose notice has the code or the number ``words`` (its successor where it ended), the handover of that code."""
    code = words.rstrip("/").rpartition("/")[2]
    notice = None
    if _CODE.fullmatch(code):
        if found := Handover.objects.filter(code=code).first():
            return found
        notice = Notice.objects.filter(code=code).select_related("unit").first()
    elif "/" in words:
        notice = _by_number(words)
    return notice and (heirs({notice.unit_id}, day)[notice.unit_id] or notice.unit)


def _by_number(words) -> Notice | None:
    """The notice of a unit whose paper bears the number; the latest of several years."""
    papers = Document.objects.filter(
        area=OF_NOTICE.kind, reference_key=reference_key(words), state=Document.State.ISSUED
    )
    paper = papers.order_by("-dated", "-pk").first()
    return paper and Notice.objects.filter(pk=key_of(paper)).select_related("unit").first()


def units(words: str) -> list[Unit]:
    """Units of that name, first those for which something lies in the store, each with how much (``waiting``). Two queries."""
    rows = list(Unit.objects.matching(words).prefetch_related("successors")[: _MOST * 3])
    held = Award.objects.filter(unit__in=rows, stands=True, cancelled_on=None).order_by()
    waiting = dict(held.values_list("unit").annotate(number=Count("dues", filter=Q(dues__state=Due.State.RESERVED))))
    for row in rows:
        row.waiting = waiting.get(row.pk, 0)
    return sorted(rows, key=lambda row: -row.waiting)[:_MOST]
