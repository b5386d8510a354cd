"""Who may reduce, postpone, stop a conference, and what must stay: questions with an answer.

Source: công văn /UBND-KGVX tháng 02/2020, điểm 2: units of health, and those whose people serve against the epidemic, may reduce
delegates and scale, but keep contents, programme and time of the plan 125/KH-UBND.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from documents.citations.rules import short_form
from units.models import Unit

from ..events.models import Event
from ..plans.models import Required
from ..plans.rules import day_faults
from ..plans.serving import serving_on
from .models import Change

Kind, State = Change.Kind, Event.State


def kinds_for(event) -> list[Kind]:
    """What may become of a conference as it stands: nothing once it was held or stopped."""
    return list(Kind) if event.state in Event.COMING else []


def right_of(event, day: date) -> str:
    """By which right its unit reduces it by itself on ``day``, in words; empty where the department decides. One query.

    Rows decide: the field of the unit, or a paper that says it serves on that day.
    """
    unit = event.unit
    if event.plan_id is None:
        return "hội nghị không thuộc kế hoạch của tỉnh"
    if unit.kind == Unit.Kind.PROVINCE:
        return "hội nghị của tỉnh"
    if unit.sector_id and unit.sector.is_health:
        return f"đơn vị thuộc lĩnh vực {unit.sector}"
    row = serving_on(unit, day)
    return f"{row.reason} theo {short_form(row.document)} ({row.span})" if row else ""


@dataclass(frozen=True)
class Kept:
    """One thing that must stay when a conference is reduced: what, and why it would not; nothing where it does."""

    words: str
    fault: str = ""


def kept_by(event, parts) -> list[Kept]:
    """What must stay of ``event`` with its programme ``parts``: contents, programme, its days in the window. One query."""
    if not event.plan_id:
        return []
    there = {part.required_id for part in parts}
    rows = event.plan.required.all()
    contents = [Kept(f"Nội dung: {row.words}") for row in rows if row.kind == Required.Kind.CONTENT]
    programme = [
        Kept(f"Chương trình: {row.words}", "" if row.pk in there else "Chương trình chưa có phần này. Hãy ghi thêm.")
        for row in rows
        if row.kind == Required.Kind.PROGRAMME
    ]
    faults = day_faults(event.day, event.until, unit=event.unit, level=event.level)
    return [*contents, *programme, Kept(f"Thời gian: {event.span}", " ".join(faults.values()))]


def contents_of(event) -> list[str]:
    """The contents that a conference must have, whose keeping a person confirms."""
    if not event.plan_id:
        return []
    return list(event.plan.required.filter(kind=Required.Kind.CONTENT).values_list("words", flat=True))


def postponed_faults(event, day: date, until: date | None) -> dict[str, str]:
    """{field: what is wrong} with the days that a conference is postponed to."""
    if day <= event.day:
        return {"new_day": f"Hoãn là lùi ngày: hội nghị đang định ngày {event.day:%d/%m/%Y}. Hãy chọn ngày sau đó."}
    found = day_faults(day, until, unit=event.unit, level=event.level, today=timezone.localdate())
    return {"new_day" if field == "day" else "new_until": words for field, words in found.items()}
