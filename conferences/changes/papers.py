"""The letters: by which a conference is reduced, postponed or stopped, and by which the department answers a request.

Whoever wrote one enters its number as the paper of the change; nothing is heard of it.
"""

from django.db import transaction

from documents.areas.papers import Papers
from documents.citations.rules import long_form
from documents.models import Addressee, Document
from documents.papers.rules import issuers_for
from documents.papers.tables import table
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day, table_day
from documents.steps.refusing import Refused
from units.models import Unit
from units.permissions import department, may_manage

from ..area import CONFERENCES
from ..events.models import Event
from ..plans.models import Level
from ..plans.papers import addressees_of
from . import actions
from .actions import Kind, Wish, right_for
from .models import Change

LETTER = Papers(CONFERENCES, "thay-doi-hoi-nghi", Kind)
ANSWER = Papers(CONFERENCES, "tra-loi-thay-doi-hoi-nghi")
_VERBS = {Kind.REDUCE: "rút gọn", Kind.POSTPONE: "hoãn", Kind.STOP: "dừng tổ chức"}
# Whom the province asks where no plan names the units.
_ALL_KINDS = (Unit.Kind.DEPARTMENT, Unit.Kind.FRONT, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE)


def letters_of(event, user):
    """The letters made here about ``event`` that ``user`` may open and no change rests on yet, the latest first."""
    used = Change.objects.filter(event=event, document__isnull=False).values("document")
    return LETTER.standing(event.pk).open_to(user).exclude(pk__in=used)


@transaction.atomic
def draft(event, wish: Wish, *, by) -> Document:
    """A draft of the letter by which ``wish`` becomes of ``event``, or by which its unit asks for it. Raises ``Refused``.

    Nothing becomes of the conference itself.
    """
    rows = Event.objects.select_for_update(of=("self",)).select_related(*actions.CHANGES.related)
    found = rows.get(pk=event.pk)
    actions.refuse_what(found, wish, by, drafting=True)
    LETTER.refuse_second(found.pk, wish.kind)
    issuer, receivers = _issuer(found, by), _receivers(found, by)
    asks = not right_for(found, wish, by)
    verb = f"đề nghị {_VERBS[wish.kind]}" if asks else _VERBS[wish.kind]
    facts = {
        "subject": said_in_head(f"{verb} {_called(found)}"),
        "to": "\n".join(row.label for row in receivers) or "Sở Nội vụ",
        "body": "\n\n".join(_body(found, wish, issuer, asks)),
    }
    return LETTER.draft(found.pk, wish.kind, by=by, type="CV", issuer=issuer, facts=facts, addressees=receivers)


def _issuer(event, by):
    """The unit that holds it; the department writes for the province. Raises ``Refused`` where ``by`` writes for neither."""
    if found := issuers_for(by).filter(pk=event.unit_id).first():
        return found
    if event.unit_id in by.inherited_units or may_manage(by):
        return by.unit
    raise Refused(f"Công văn này do {event.unit} ban hành.")


def _receivers(event, by) -> list[Addressee]:
    """A unit tells the department; the province, and the department, the units that it asked."""
    if event.unit.kind != Unit.Kind.PROVINCE:
        own = event.unit if may_manage(by) and not event.is_kept_by(by) else department(event.day)
        return [Addressee(key=f"don-vi:{own.code}", label=own.name)] if own else []
    levels = Level.objects.filter(plan=event.plan_id, is_congress=False) if event.plan_id else ()
    return addressees_of([kind for level in levels for kind in level.unit_kinds] or _ALL_KINDS)


def _called(event) -> str:
    """The conference in the middle of a sentence."""
    return (
        event.name[:1].lower() + event.name[1:] if event.name[:1] in "HĐ" and event.name[1:2].islower() else event.name
    )


def _body(event, wish, issuer, asks):
    """What was planned; why; what becomes of it, beside what was planned; what stays, what is asked."""
    by_plan = f"Thực hiện {said(long_form(event.plan.document))}, " if event.plan_id and event.plan.document else ""
    place = f" tại {said(event.place)}" if event.place else ""
    yield f"{by_plan}{said(event.unit.name)} dự kiến tổ chức {said(_called(event))} {full_day(event.day)}{place}."
    yield f"Lý do {_VERBS[wish.kind]}: {said(' '.join(wish.reason.split()).rstrip('.'))}."
    yield from _WRITERS[wish.kind](event, wish, said(issuer.name))
    if asks:
        yield f"{said(issuer.name)} kính đề nghị Sở Nội vụ xem xét, cho ý kiến./."


def _reduced(event, wish, who):
    heads = list(event.headcounts.all())
    rows = [(row.get_role_display(), row.number, wish.people.get(row.role, row.number)) for row in heads]
    yield f"{who} rút gọn đại biểu, giảm quy mô hội nghị như sau:"
    yield table(["Thành phần", "Đã dự kiến", "Rút gọn còn"], rows, right=["Đã dự kiến", "Rút gọn còn"])
    if wish.to_delegates:
        yield "Hội nghị chuyển từ họp toàn thể sang họp đại biểu."
    yield "Nội dung, chương trình và thời gian tổ chức vẫn bảo đảm theo kế hoạch của tỉnh."


def _postponed(event, wish, who):
    rows = [("Ngày tổ chức", table_day(event.day), table_day(wish.new_day))]
    if wish.place:
        rows.append(("Địa điểm", event.place or "–", wish.place))
    yield f"{who} hoãn hội nghị, tổ chức vào thời gian sau:"
    yield table(["Nội dung", "Đã ấn định", "Điều chỉnh thành"], rows)
    if event.level_id:
        window = f"từ {full_day(event.level.begins_on)} đến {full_day(event.level.ends_on)}"
        yield f"Thời gian mới vẫn trong thời gian của kế hoạch ({window})."


def _stopped(event, wish, who):
    yield f"{who} dừng tổ chức hội nghị nêu trên."
    if wish.instead:
        yield f"Các cơ quan, đơn vị nghiên cứu {said(long_form(wish.instead))} thay cho hội nghị và chủ động thực hiện."


_WRITERS = {Kind.REDUCE: _reduced, Kind.POSTPONE: _postponed, Kind.STOP: _stopped}


@transaction.atomic
def draft_answer(row, *, by) -> Document:
    """A draft of the department's answer to a request that it decided. Raises ``Refused``."""
    row = Change.objects.select_for_update(of=("self",)).select_related("event__unit", "document__type").get(pk=row.pk)
    if not may_manage(by):
        raise Refused("Công văn trả lời do Sở Nội vụ soạn.")
    if row.state not in (Change.State.ALLOWED, Change.State.REFUSED):
        raise Refused("Hãy ghi ý kiến của Sở Nội vụ trước khi soạn công văn trả lời.")
    ANSWER.refuse_standing(row.pk)
    event, agrees = row.event, row.state == Change.State.ALLOWED
    asked = f" ({said(long_form(row.document))})" if row.document else ""
    verb = _VERBS[row.kind]
    told = [f"Xem xét đề nghị của {said(event.unit.name)}{asked} về việc {verb} {said(_called(event))}:"]
    told.append(
        f"{said(by.unit.name)} {'đồng ý' if agrees else 'không đồng ý'} để {said(event.unit.name)} {verb} hội nghị."
    )
    if row.decided_for:
        told.append(f"{said(row.decided_for.rstrip('.'))}.")
    if agrees and row.kind == Kind.REDUCE:
        number = count_text(sum(row.after["people"].values()))
        told.append(f"Số người dự còn {number}. Nội dung, chương trình, thời gian vẫn theo kế hoạch của tỉnh.")
    facts = {
        "subject": said_in_head(f"trả lời đề nghị {verb} {_called(event)}"),
        "to": event.unit.name,
        "body": "\n\n".join(told),
    }
    receiver = Addressee(key=f"don-vi:{event.unit.code}", label=event.unit.name)
    return ANSWER.draft(row.pk, by=by, type="CV", issuer=by.unit, facts=facts, addressees=[receiver])
