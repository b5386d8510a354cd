"""Who may reduce, postpone, stop a conference, and what must stay: questions with an answer.

Source: công văn /UBND-KGVX tháng 02/2020, điểm 2: units of health, and those whose people serve against the epidemic, may reduce
delegates and scale, but keep contents, programme and time of the plan 125/KH-UBND.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from documents.citations.rules import short_form
from units.models import Unit

from ..events.models import Event
from ..plans.models import Required
from ..plans.rules import day_faults
from ..plans.serving import serving_on
from .models import Change

Kind, State = Change.Kind, Event.State
# A conference that no plan asks for is decided on within so many days before it.
LONGEST_BEFORE = 2 * 366


def kinds_for(event) -> list[Kind]:
    """What may become of a conference as it stands: nothing once it was held or stopped."""
    return list(Kind) if event.state in Event.COMING else []


def right_of(event, day: date) -> str:
    """By which right its unit reduces it by itself on ``day``, in words; empty where the department decides. One query.

    Rows decide: the field of the unit, or a paper that says it serves on that day and still does: who serves no more and tells
    of an earlier day asks the department.
    """
    unit = event.unit
    if event.plan_id is None:
        return "hội nghị không thuộc kế hoạch của tỉnh"
    if unit.kind == Unit.Kind.PROVINCE:
        return "hội nghị của tỉnh"
    if unit.sector_id and unit.sector.is_health:
        return f"đơn vị thuộc lĩnh vực {unit.sector}"
    row = serving_on(unit, day)
    if row is None or not row.in_force(timezone.localdate()):
        return ""
    return f"{row.reason} theo {short_form(row.document)} ({row.span})"


@dataclass(frozen=True)
class Kept:
    """One thing that must stay when a conference is reduced: what, and why it would not (``fault``); nothing where it does.

    ``note``: what is worth a look all the same. ``is_open``: the program cannot see it, a person says so.
    """

    words: str
    fault: str = ""
    note: str = ""
    is_open: bool = False


def kept_by(event, parts) -> list[Kept]:
    """What must stay of ``event`` with its programme ``parts``: contents, programme, its days in the window. One query."""
    if not event.plan_id:
        return []
    minutes = Counter()
    for part in parts:
        minutes[part.required_id] += part.minutes
    rows = list(event.plan.required.all())
    programme = [row for row in rows if row.kind == Required.Kind.PROGRAMME]
    names = {row.pk: row.words for row in programme}
    contents = [_content(row, names, minutes) for row in rows if row.kind == Required.Kind.CONTENT]
    faults = day_faults(event.day, event.until, unit=event.unit, level=event.level)
    window = f", trong thời gian {event.level.span}" if event.level_id and not faults else ""
    when = Kept(f"Thời gian: {event.span}{window}", " ".join(faults.values()))
    return [*contents, *(_part(row, minutes) for row in programme), when]


def _content(row, names, minutes) -> Kept:
    """A content is there as long as the part is in which the plan has it told."""
    words, part = f"Nội dung: {row.words}", names.get(row.told_in_id)
    if part is None:
        return Kept(words, note="Kế hoạch chưa ghi trình bày ở phần nào: người ghi xác nhận.", is_open=True)
    if row.told_in_id not in minutes:
        return Kept(words, f"Trình bày ở phần «{part}», chương trình chưa có phần này.")
    return Kept(words, note=f"Ở phần «{part}».")


def _part(row, minutes) -> Kept:
    words = f"Chương trình: {row.words}"
    if row.pk not in minutes:
        return Kept(words, "Chương trình chưa có phần này. Hãy ghi thêm.")
    is_short = row.minutes and minutes[row.pk] < row.minutes
    return Kept(words, note=f"{minutes[row.pk]} phút, kế hoạch thường dành {row.minutes} phút." if is_short else "")


def contents_of(event) -> list[str]:
    """The contents of which the program cannot see that they stay: a person confirms. One query."""
    if not event.plan_id:
        return []
    rows = event.plan.required.filter(kind=Required.Kind.CONTENT, told_in=None)
    return list(rows.values_list("words", flat=True))


def day_fault(event, day: date) -> str:
    """Why a change of ``event`` cannot have been decided on ``day``; nothing where it can."""
    if day > timezone.localdate():
        return f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi khi đã đến ngày đó."
    if event.plan_id:
        since = event.plan.issued_on
        return f"Kế hoạch ban hành ngày {since:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi." if since and day < since else ""
    if day < (event.first_day or event.day) - timedelta(days=LONGEST_BEFORE):
        return f"Ngày {day:%d/%m}/{day.year:04} quá xa ngày hội nghị {event.span}. Hãy xem lại năm."
    return ""


def postponed_faults(event, day: date, until: date | None) -> dict[str, str]:
    """{field: what is wrong} with the days that a conference is postponed to."""
    if day <= event.day:
        return {"new_day": f"Hoãn là lùi ngày: hội nghị đang định ngày {event.day:%d/%m/%Y}. Hãy chọn ngày sau đó."}
    found = day_faults(day, until, unit=event.unit, level=event.level, today=timezone.localdate())
    return {"new_day" if field == "day" else "new_until": words for field, words in found.items()}
