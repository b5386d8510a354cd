"""The script of the honouring, for who reads it: who is called, in which order, for what.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục III (chương trình); Nghị định 145/2013/NĐ-CP, Điều 25, 28 (of the dead the family takes
it).
"""

from itertools import groupby

from django.db import transaction

from documents.models import Document
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused

from ..events.actions import KEEPING
from ..events.models import OF_EVENT, Event, Paper
from .actions import rows_of
from .models import Honour
from .rules import OPEN, cancelled

_KINDS = {Honour.Kind.COLLECTIVE: "tập thể", Honour.Kind.HOUSEHOLD: "hộ gia đình", Honour.Kind.PERSON: "cá nhân"}


@transaction.atomic
def draft_script(event, *, by) -> Document:
    """A draft of the script of an event that is to come, by the unit of ``by``. Raises ``Refused``."""
    event = Event.objects.select_for_update(of=("self",)).select_related("unit").get(pk=event.pk)
    if not KEEPING.may(event, by):
        raise Refused(f"Lời dẫn tôn vinh do {KEEPING.words(event)} soạn.")
    if event.state not in OPEN:
        raise Refused(f"Hội nghị «{event.get_state_display().lower()}» nên không soạn lời dẫn nữa.")
    rows = rows_of(event)
    if not rows:
        raise Refused("Danh sách tôn vinh chưa có ai. Hãy chọn, nêu tên trước khi soạn.")
    if lost := cancelled(event)[:5]:
        raise Refused(f"Khen thưởng đã hủy: {', '.join(row.name for row in lost)}. Hãy bỏ ra khỏi danh sách trước.")
    OF_EVENT.refuse_standing(event.pk, Paper.SCRIPT)
    facts = {"subject": said_in_head(f"lời dẫn tôn vinh: {event.name}"), "body": "\n\n".join(_script(event, rows))}
    return OF_EVENT.draft(event.pk, Paper.SCRIPT, by=by, type="CTr", issuer=by.unit, facts=facts)


def _script(event, rows):
    where = f", tại {said(event.place)}" if event.place else ""
    yield (
        f"Kính thưa quý vị đại biểu! Sau đây, {full_day(event.day)}{where}, xin trân trọng tôn vinh {count_text(len(rows))} "
        "tập thể, hộ gia đình, cá nhân tiêu biểu."
    )
    told = set()
    for place, (_, group) in enumerate(groupby(rows, key=_together), 1):
        group = list(group)
        for decision in {row.award.decision for row in group if row.is_presented} - told:
            told.add(decision)
            yield f"Công bố Quyết định số {said(decision.number)} ngày {decision.day:%d/%m/%Y} về việc {said(decision.subject)}."
        yield from _called(event, place, group)
    yield "Xin chúc mừng các tập thể, hộ gia đình, cá nhân được tôn vinh. Xin cảm ơn quý vị đại biểu!"


def _together(row) -> tuple:
    """What those have in common who are called together."""
    return row.award_id and row.award.title, row.kind, row.is_presented, row.is_posthumous


def _called(event, place, rows):
    first, number = rows[0], count_text(len(rows))
    kind = _KINDS[first.kind]
    for_what = f" **{said(first.award.title)}**" if first.award_id else ""
    if first.is_presented and first.is_posthumous:
        yield f"Lượt {place}. Trân trọng kính mời đại diện gia đình của {number} {kind} sau lên nhận{for_what} (truy tặng):"
    elif first.is_presented:
        yield f"Lượt {place}. Trân trọng kính mời {number} {kind} sau lên nhận{for_what}:"
    else:
        told = f" đã được tặng{for_what}" if for_what else " có thành tích tiêu biểu"
        gone = ", đại diện gia đình lên nhận hoa" if first.is_posthumous else ""
        yield f"Lượt {place}. Trân trọng tôn vinh {number} {kind}{told}{gone}:"
    for count, row in enumerate(rows, 1):
        yield f"{count}. {said(_named(row))}"
    if first.is_presented:
        yield f"Kính mời {said(_presenter(event))} lên trao."


def _named(row) -> str:
    marks = [row.name, row.post or (str(row.unit) if row.unit_id and row.kind == Honour.Kind.PERSON else "")]
    why = f": {row.reason}" if row.reason and not row.award_id else ""
    return ", ".join(filter(None, marks)) + why


def _presenter(event) -> str:
    return ", ".join(filter(None, [event.chair, event.chair_post])) or "[người trao]"
