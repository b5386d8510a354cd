"""The script of the honouring, for who reads it: who is called, in which order, for what; what the report tells of it.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục III (chương trình); Nghị định 145/2013/NĐ-CP, Điều 25, 28 (of the dead the family takes
it).
"""

from itertools import groupby

from django.urls import reverse

from documents.source.markdown import said, said_in_head
from documents.source.names import continued
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused, first_of

from ..events.held_papers import REPORTED
from ..events.models import Paper
from ..events.page import MORE
from ..events.papers import writes
from .actions import rows_of
from .models import Honour
from .rules import cancelled, placed

_KINDS = {Honour.Kind.COLLECTIVE: "tập thể", Honour.Kind.HOUSEHOLD: "hộ gia đình", Honour.Kind.PERSON: "cá nhân"}


@writes(Paper.SCRIPT, "CTr", "Lời dẫn tôn vinh")
def _script(event, by, lists):
    rows = rows_of(event)
    if not rows:
        raise Refused("Danh sách tôn vinh chưa có ai. Hãy chọn, nêu tên ở thẻ «Tôn vinh» trước khi soạn.")
    if lost := cancelled(event).values_list("name", flat=True):
        told = first_of(lost, "người, tập thể", between=", ")
        raise Refused(f"Khen thưởng đã hủy: {told}. Hãy bỏ ra khỏi danh sách tôn vinh trước.")
    return {"subject": said_in_head(f"lời dẫn tôn vinh: {event.name}"), "body": list(_read(event, rows))}


def _read(event, rows):
    where = f", tại {said(event.place)}" if event.place else ""
    yield (
        f"Kính thưa quý vị đại biểu! Sau đây, {full_day(event.day)}{where}, xin trân trọng tôn vinh {_counted(rows)} tiêu biểu."
    )
    told = set()
    for place, (_, group) in enumerate(groupby(rows, key=_together), 1):
        group = list(group)
        new = {row.award.decision for row in group if row.is_presented} - told
        told |= new
        for decision in sorted(new, key=lambda one: (one.day, one.pk)):
            subject = said(continued(decision.subject))
            yield f"Xin công bố Quyết định số {said(decision.number)} {full_day(decision.day)} về việc {subject}."
        yield from _called(event, place, group)
    yield f"Xin chúc mừng các {_counted(rows, numbered=False)} được tôn vinh. Xin cảm ơn quý vị đại biểu."


def _counted(rows, *, numbered=True) -> str:
    """``03 tập thể, 01 hộ gia đình và 11 cá nhân``: those that there are; without figures where not ``numbered``."""
    counts = [(sum(row.kind == kind for row in rows), words) for kind, words in _KINDS.items()]
    *first, last = (f"{count_text(number)} {words}" if numbered else words for number, words in counts if number)
    return f"{', '.join(first)} và {last}" if first else last


def _together(row) -> tuple:
    """What those have in common who are called together."""
    return row.award_id and row.award.title, row.kind, row.is_presented, row.is_posthumous


def _called(event, place, rows):
    """Who comes up together: one in the sentence itself, several in lines below it."""
    first, number = rows[0], count_text(len(rows))
    whom = f"{number} {_KINDS[first.kind]}" if len(rows) > 1 else _KINDS[first.kind]
    end = "" if len(rows) == 1 else " sau"
    for_what = f" **{said(first.award.title)}**" if first.award_id else ""
    if first.is_presented and first.is_posthumous:
        words = f"Trân trọng kính mời đại diện gia đình của {whom}{end} lên nhận{for_what} (truy tặng)"
    elif first.is_presented:
        words = f"Trân trọng kính mời {whom}{end} lên nhận{for_what}"
    else:
        told = f" đã được tặng{for_what}" if for_what else " có thành tích tiêu biểu"
        gone = ", đại diện gia đình lên nhận hoa" if first.is_posthumous else ""
        words = f"Trân trọng tôn vinh {whom}{told}{gone}"
    if len(rows) == 1:
        yield f"**Lượt {place}.** {words}: {said(_named(first, event))}."
    else:
        yield f"**Lượt {place}.** {words}:"
        for count, row in enumerate(rows, 1):
            yield f"{count}. {said(_named(row, event))}{';' if count < len(rows) else '.'}"
    if first.is_presented:
        yield f"Kính mời {said(_presenter(event))} lên trao."


def _named(row, event) -> str:
    why = f": {row.reason}" if row.reason and not row.award_id else ""
    return ", ".join(filter(None, [row.name, placed(row, event)])) + why.rstrip(".;, ")


def _presenter(event) -> str:
    return ", ".join(filter(None, [event.chair, event.chair_post])) or "[người trao]"


def _in_report(event, lists):
    """How many were honoured there, and how many awards were presented."""
    rows = rows_of(event)
    if rows:
        number = sum(row.is_presented for row in rows)
        presented = f"; công bố, trao {count_text(number)} khen thưởng" if number else ""
        yield f"Hội nghị tôn vinh {_counted(rows)}{presented}."


def _on_page(event, user):
    """How many are honoured, with the way to them."""
    if number := event.honours.count():
        yield "Tôn vinh", f"{number} tập thể, cá nhân", reverse("honours", args=[event.pk])


REPORTED.append(_in_report)
MORE.append(_on_page)
