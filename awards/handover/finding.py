"""Who stands at the counter: found by the code of a notice, scanned or typed, by the number of its paper, by the unit's name.

And how notices and handovers are found by the one search.
"""

import re
from datetime import date

from django.db.models import Count, Q

from documents.areas.papers import key_of
from documents.models import Document
from documents.source.references import reference_key
from units.finding import Found, Search
from units.models import Unit
from units.permissions import may_see_store

from ..area import AWARDS
from ..items.models import Due
from ..records.models import Award
from .models import OF_NOTICE, OF_ROUND, Handover, Notice, Round
from .rules import heirs

_CODE = re.compile(r"[\w-]{20,30}", re.ASCII)
_MOST = 20


def by_code(words: str, day: date) -> Unit | Handover | Round | None:
    """The unit whose notice has the code or the number ``words`` (its successor where it ended); the round whose one paper for
    all units has that number; the handover of that code.
    """
    code, found = words.rstrip("/").rpartition("/")[2], None
    if _CODE.fullmatch(code):
        found = Handover.objects.filter(code=code).first()
        found = found or Notice.objects.filter(code=code).select_related("unit").first()
    elif "/" in words:
        found = by_number(words)
    if isinstance(found, Notice):
        return heirs({found.unit_id}, day)[found.unit_id] or found.unit
    return found


def by_number(words) -> Notice | Round | None:
    """The notice of a unit, or the round of many, whose paper bears the number; the latest of several years."""
    papers = Document.objects.filter(
        area__in=[OF_NOTICE.kind, OF_ROUND.kind], reference_key=reference_key(words), state=Document.State.ISSUED
    )
    paper = papers.order_by("-dated", "-pk").first()
    if paper is None:
        return None
    rows = Round.objects.all() if paper.area == OF_ROUND.kind else Notice.objects.select_related("unit")
    return rows.filter(pk=key_of(paper)).first()


def units(words: str) -> list[Unit]:
    """Units of that name, first those for which something lies in the store, each with how much (``waiting``). Two queries."""
    rows = list(Unit.objects.matching(words).prefetch_related("successors")[: _MOST * 3])
    held = Award.objects.filter(unit__in=rows, stands=True, cancelled_on=None).order_by()
    waiting = dict(held.values_list("unit").annotate(number=Count("dues", filter=Q(dues__state=Due.State.RESERVED))))
    for row in rows:
        row.waiting = waiting.get(row.pk, 0)
    return sorted(rows, key=lambda row: -row.waiting)[:_MOST]


# --- The one search


def find_notices(user, words: str, most: int) -> list[Found]:
    """Notices that ``user`` may open, by the unit's name or by their number, the latest first."""
    rows = Notice.objects.visible_to(user)
    named = by_number(words) if "/" in words else None
    if isinstance(named, Round) and may_see_store(user):
        return [Found(named.subject, named.get_absolute_url(), "đợt thông báo nhận hiện vật")]
    if isinstance(named, Round):
        rows = rows.filter(round=named)
    elif named:
        rows = rows.filter(pk=named.pk)
    else:
        rows = rows.matching(words)
    rows = rows.standing().select_related("unit", "round").order_by("-round", "unit__sort_text")[:most]
    return [Found(row.unit.name, row.get_absolute_url(), f"{row.round.subject} · {_until(row)}") for row in rows]


def _until(notice) -> str:
    return f"đến hết {notice.round.ends_on:%d/%m/%Y}"


def find_handovers(user, words: str, most: int) -> list[Found]:
    """Handovers that ``user`` may open, by unit, receiver, letter, voucher or parcel, the latest first."""
    rows = Handover.objects.visible_to(user).matching(words).select_related("unit", "movement")
    return [
        Found(row.unit.name, row.get_absolute_url(), f"giao ngày {row.day:%d/%m/%Y} · {row.movement} · {row.receiver}")
        for row in rows.order_by("-day", "-pk")[:most]
    ]


AWARDS.searches.append(Search("Thông báo nhận hiện vật", find_notices))
AWARDS.searches.append(Search("Giao nhận hiện vật", find_handovers, "handovers"))
