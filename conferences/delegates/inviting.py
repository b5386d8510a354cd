"""Invitations: one for each delegate by a worker, or one with the list behind it; who was invited once they are issued.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.7 (giấy mời).
"""

from django.db import transaction
from django.urls import reverse

from documents.areas.papers import ISSUED, RECALLED, Papers, key_of
from documents.jobs import jobs
from documents.jobs.models import Job
from documents.models import Addressee, Appendix, Document
from documents.papers.tables import table
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text
from documents.steps.refusing import Refused

from ..area import CONFERENCES
from ..events.actions import EVENTS, KEEPING
from ..events.models import Event, Paper, Role
from ..events.papers import ELSEWHERE, HEARS, chaired, issuer_of, named, when, writes
from .invited import held, not_invited, refuse_beyond_planned, refuse_other_day
from .models import Delegate
from .qualifying import flagged, flags_of

OF_GUEST = Papers(CONFERENCES, "giay-moi-dai-bieu")
# Who is invited; those in reserve come when they are needed, those who serve are told otherwise.
INVITED = (Role.OFFICIAL, Role.GUEST)
_NAMED = 5
_BRING = "Đề nghị đại biểu mang theo giấy mời, thẻ đại biểu, có mặt trước giờ khai mạc 15 phút; không dự được, báo Ban Tổ chức."


def to_invite(event):
    """The delegates who are settled and are invited, by their names."""
    rows = Delegate.objects.filter(event=event, state=Delegate.State.ACCEPTED, role__in=INVITED)
    return rows.select_related("delegation__unit").order_by("sort_text", "pk")


def invitations_of(event):
    """The invitations of single delegates, also of those who are no delegates any more."""
    return OF_GUEST.of(*event.delegates.order_by().values_list("pk", flat=True))


def without_invitation(event) -> list[int]:
    """Keys of those of whom there is no invitation that holds or may come to, in the order of their names."""
    keys = list(to_invite(event).values_list("pk", flat=True))
    there = set(OF_GUEST.standing(*keys).values_list("area_key", flat=True))
    return [key for key in keys if str(key) not in there]


def _ready(event, by) -> Event:
    event = EVENTS.locked(event)
    if not KEEPING.may(event, by):
        raise Refused(f"Giấy mời của hội nghị này do {KEEPING.words(event)} soạn.")
    if event.state != Event.State.READY:
        raise Refused("Chỉ soạn giấy mời khi hội nghị đã sẵn sàng tổ chức.")
    return event


# --- One for each


@transaction.atomic
def draft_each(event, *, by) -> Job:
    """Have a worker draft the invitation of each delegate who has none. Raises ``Refused``."""
    event = _ready(event, by)
    keys = without_invitation(event)
    if not keys:
        raise Refused("Mỗi đại biểu đã chốt có giấy mời rồi, hoặc chưa có đại biểu nào được chốt.")
    arguments = {"invitations": keys, "event": event.pk, "back": event.get_absolute_url()}
    made = Job.objects.create(title=f"Soạn {len(keys)} giấy mời", by=by, arguments=arguments, total=len(keys))
    EVENTS.tell(event, "invite", "Soạn giấy mời từng đại biểu", by=by, after={"Số giấy mời": str(len(keys))})
    return made


def _draft_all(job) -> bytes:
    """The draft of each: who is no delegate any more, or has one by now, is named. A worker that follows goes on."""
    asked = Delegate.objects.filter(pk__in=job.arguments["invitations"]).order_by("sort_text", "pk")
    return jobs.one_by_one(job, asked, lambda row: _draft(row, job.by), "giấy mời", called=_called)


def _called(row) -> str:
    return ", ".join(filter(None, [row.name, row.post, row.workplace]))


def _draft(row, by):
    known = ("delegation__unit", "recipient__unit", "award__type")
    row = Delegate.objects.select_for_update(of=("self",)).select_related(*known).get(pk=row.pk)
    event = Event.objects.select_related("unit", "plan").get(pk=row.event_id)
    if row.state != Delegate.State.ACCEPTED:
        raise Refused(f"{row.get_state_display()}, không mời.")
    if event.state != Event.State.READY:
        raise Refused(f"Hội nghị {event.get_state_display().lower()}, không mời nữa.")
    if told := flags_of(row, event) and flags_of(row, event, event.unit.with_predecessors()):
        raise Refused(f"{' '.join(told)} Hãy xem lại đại biểu này trước khi mời.")
    OF_GUEST.refuse_standing(row.pk)
    unit = row.delegation.unit if row.delegation_id else None
    addressees = [Addressee(key=f"don-vi:{unit.code}", label=unit.name[:200])] if unit else []
    facts = {
        "subject": _subject(event),
        "body": "\n\n".join(_words(event, said(_guest(row)))),
        "recipients": "Như trên",
    }
    OF_GUEST.draft(row.pk, by=by, type="GM", issuer=issuer_of(event, by), facts=facts, addressees=addressees)


def _subject(event) -> str:
    return f"dự {named(event)}"


def _guest(row) -> str:
    """``Bà Nông Thị A, Chủ tịch Hội Nông dân, xã Ba Sơn``."""
    return ", ".join(filter(None, [f"{row.address or 'Ông/Bà'} {row.name}", row.post, row.workplace]))


def _words(event, whom):
    """Whom, to what, who chairs, when, where (Mẫu 1.7)."""
    return [
        f"{said(event.unit.name)} trân trọng kính mời: {whom}.",
        f"Tới dự: {said(said_in_head(event.name))}.",
        f"Chủ trì: {said(chaired(event))}.",
        f"Thời gian: {when(event)}.",
        f"Địa điểm: {said(event.place)}.",
        _BRING,
    ]


jobs.MAKERS["invitations"] = ("giay-moi-{}-{}.txt", _draft_all)


@OF_GUEST.heard
def hear_guest(document: Document, state: str) -> None:
    """Who has an issued invitation is invited. Raises ``Refused`` where the conference is not as it says."""
    _tell(Delegate.objects.filter(pk=key_of(document)), document, state)


def _tell(rows, document, state):
    if state == ISSUED:
        _refuse_now(rows, document)
    if state in (ISSUED, RECALLED):
        rows.update(invited_on=document.dated if state == ISSUED else None)


def _refuse_now(rows, document):
    """Raise ``Refused`` where the conference was stopped, reduced below what it would have invited, or has another day by now
    than ``document`` says. Holds its row.
    """
    event = held(rows)
    if event and event.state == Event.State.STOPPED:
        raise Refused("Hội nghị đã dừng nên không phát hành giấy mời được. Hãy bỏ dự thảo.")
    if event:
        refuse_other_day(event, document.body)
        refuse_beyond_planned(event, not_invited(rows))


# --- One with the list behind it


@writes(Paper.INVITATION, "GM", "Giấy mời kèm danh sách", [Event.State.READY])
def _invitation(event, by, lists):
    rows = list(to_invite(event))
    if not rows:
        raise Refused("Chưa chốt đại biểu nào. Hãy chốt danh sách đại biểu trước khi soạn.")
    if again := list(flagged(to_invite(event), event.unit.with_predecessors())[:_NAMED]):
        raise Refused(f"Có đại biểu cần xem lại trước khi mời: {', '.join(map(str, again))}. Xem ở thẻ «Đại biểu».")
    rows.sort(key=lambda row: (row.role != Role.OFFICIAL, row.delegation.unit.sort_text if row.delegation_id else ""))
    units = {row.delegation.unit for row in rows if row.delegation_id}
    heads = ["Họ và tên", "Chức vụ, đơn vị", *(["Đoàn"] if units else []), "Thành phần"]
    cells = [_in_list(row, is_of_units=bool(units)) for row in rows]
    title = f"Danh sách đại biểu được mời dự {named(event)}"
    return {
        "subject": _subject(event),
        "body": _words(event, f"{count_text(len(rows))} đại biểu có tên trong danh sách kèm theo"),
        "recipients": "Đại biểu có tên trong danh sách",
        "addressees": [
            Addressee(key=f"don-vi:{unit.code}", label=unit.name[:200])
            for unit in sorted(units, key=lambda unit: unit.sort_text)
        ],
        "appendices": [Appendix(title=title, body=table(heads, cells), orientation=Appendix.Orientation.LANDSCAPE)],
        "then": lambda document: _tie(rows, document),
    }


def _in_list(row, *, is_of_units) -> tuple:
    """One line of the list; the delegation where there are any."""
    unit = [row.delegation.unit.name if row.delegation_id else ""] if is_of_units else []
    return row.name, ", ".join(filter(None, [row.post, row.workplace])), *unit, row.get_role_display()


def _tie(rows, document):
    Delegate.objects.filter(pk__in=[row.pk for row in rows]).update(invited_by=document)


def _hear_list(document, state):
    """Those of the list are invited, of whom it was written."""
    _tell(Delegate.objects.filter(invited_by=document), document, state)


HEARS[Paper.INVITATION] = _hear_list


def _told(event) -> tuple[str, str, str]:
    number = invitations_of(event).count()
    return "Giấy mời từng đại biểu", f"{number} giấy mời" if number else "", reverse("invitations", args=[event.pk])


ELSEWHERE.append(_told)
