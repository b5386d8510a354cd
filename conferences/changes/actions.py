"""What becomes of a conference that cannot be held as planned: reduced, postponed, stopped; by whom decided, taken back.

Source: công văn /UBND-KGVX tháng 02/2020, điểm 1 (a conference that the province stops, and what units study instead), điểm 2.
"""

from dataclasses import dataclass, field
from datetime import date, time

from django import forms
from django.db import transaction
from django.utils import timezone

from campaigns.campaign.rules import refuse_before
from documents.citations.rules import short_form
from documents.models import Document, history_of
from documents.steps.forms import StepForm
from documents.steps.refusing import Refused, refuse_stale, unless_taken
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..delegates.invited import invited_by_role
from ..events.actions import DEPARTMENT, KEEPING, number_field
from ..events.models import Event
from ..log import About
from ..plans.rules import refuse_recalled
from .models import Change
from .rules import contents_of, day_fault, kept_by, kinds_for, postponed_faults, right_of

Kind, State = Change.Kind, Change.State
_DONE = (State.DONE, State.ALLOWED)
_DAYS = ("day", "until")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to become of a conference.

    ``people``: {role: how many}; ``to_delegates``: no full meeting any more; ``new_*``: of a postponed one; ``keeps``: the
    contents stay; ``instead``: what is studied in the place of a stopped one.
    """

    kind: str
    day: date | None = None
    reason: str = ""
    paper: Document | None = None
    people: dict = field(default_factory=dict)
    to_delegates: bool = False
    keeps: bool = False
    new_day: date | None = None
    new_until: date | None = None
    new_hour: time | None = None
    place: str = ""
    instead: Document | None = None


def _words(row) -> dict:
    return words_of_event(row.event) | {"Đề nghị": row.get_state_display()}


CHANGES = Steps(
    Change, "đề nghị", about=About.EVENT, under="event", words=_words, address="change_step",
    related=["unit__sector", "plan", "level"],
)  # fmt: skip


def words_of_event(event) -> dict:
    """What a change touches, in words, for before and after."""
    words = {"Trạng thái": event.get_state_display(), "Ngày": event.span, "Địa điểm": event.place}
    words |= {"Giờ": f"{event.begins_at:%H:%M}" if event.begins_at else "", "Họp": event.get_is_full_display() or ""}
    return words | {row.get_role_display(): str(row.number) for row in event.headcounts.all()}


# --- What is refused


def refuse_who(event, wish, by) -> None:
    """Raise ``Refused`` for who may not: the unit itself; a stop is the department's as well."""
    if KEEPING.may(event, by) or (wish.kind == Kind.STOP and DEPARTMENT.may(event, by)):
        return
    who = f"{KEEPING.words(event)} hoặc {DEPARTMENT.words}" if wish.kind == Kind.STOP else KEEPING.words(event)
    raise Refused(f"Việc «{Kind(wish.kind).label}» do {who} làm.")


def refuse_what(event, wish: Wish, by, *, drafting: bool = False) -> None:
    """Raise ``Refused`` for what cannot become of ``event``; ``drafting``: the paper and its day are still to come."""
    refuse_who(event, wish, by)
    if wish.kind not in kinds_for(event):
        raise Refused(f"Hội nghị đang ở bước «{event.get_state_display()}» nên không rút gọn, hoãn, dừng được nữa.")
    if event.adjustments.filter(state=State.FLAGGED).exists():
        raise Refused("Hội nghị đang có đề nghị chờ Sở Nội vụ quyết định. Hãy chờ, hoặc rút lại đề nghị đó.")
    if not wish.reason.strip():
        raise Refused("Hãy ghi lý do.", "reason")
    if not drafting:
        _refuse_day(event, wish)
    _REFUSE[wish.kind](event, wish, drafting)


def _refuse_day(event, wish):
    if wish.day is None:
        raise Refused("Hãy ghi ngày.", "day")
    if told := day_fault(event, wish.day):
        raise Refused(told, "day")
    refuse_recalled(wish.paper)
    refuse_recalled(wish.instead, "instead")
    if wish.paper:
        refuse_before(wish.paper, wish.day)


def _refuse_reduction(event, wish, drafting):
    invited, less = invited_by_role(event), wish.to_delegates
    for row in event.headcounts.all():
        number = wish.people.get(row.role, row.number)
        called = row.get_role_display().lower()
        if number > row.number:
            raise Refused(f"Đang là {row.number}. Rút gọn thì ghi số ít hơn.", number_field(row.role))
        if number < invited.get(row.role, 0):
            words = f"Đã mời {invited[row.role]} {called}. Hãy ghi từ số đó trở lên, hoặc rút bớt ở danh sách đại biểu trước."
            raise Refused(words, number_field(row.role))
        less = less or number < row.number
    if not less:
        raise Refused("Chưa giảm gì. Hãy ghi số người ít hơn, hoặc chuyển sang họp đại biểu.")
    if not sum(wish.people.get(row.role, row.number) for row in event.headcounts.all()):
        raise Refused("Hội nghị không còn người dự. Không tổ chức thì dùng «Dừng».")
    if faults := [f"{row.words}: {row.fault}" for row in kept_by(event, event.parts.all()) if row.fault]:
        raise Refused(f"Rút gọn vẫn phải giữ nội dung, chương trình, thời gian. {' '.join(faults)}")
    if contents_of(event) and not wish.keeps:
        raise Refused("Rút gọn vẫn phải bảo đảm nội dung của kế hoạch. Hãy đánh dấu xác nhận.", "keeps")


def _refuse_postponement(event, wish, drafting):
    if wish.new_day is None:
        raise Refused("Hãy ghi ngày mới.", "new_day")
    for name, words in postponed_faults(event, wish.new_day, wish.new_until).items():
        raise Refused(words, name)


def _refuse_stop(event, wish, drafting):
    if not wish.paper and not drafting:
        raise Refused("Hãy ghi số, ký hiệu văn bản dừng.", "paper")
    if wish.instead and wish.instead == wish.paper:
        raise Refused("Văn bản nghiên cứu thay phải khác văn bản dừng.", "instead")


_REFUSE = {Kind.REDUCE: _refuse_reduction, Kind.POSTPONE: _refuse_postponement, Kind.STOP: _refuse_stop}


def check(event, wish: Wish, *, by, seen_version: int | None = None) -> None:
    """Raise ``Refused`` or ``Stale`` where ``change`` would."""
    refuse_stale(About.EVENT, event, seen_version, log=history_of(About.EVENT, event.pk))
    refuse_what(event, wish, by)


# --- Done


def right_for(event, wish: Wish, by) -> str:
    """By which right it is done at once, in words; empty where the department decides first.

    A date inside the window is the unit's own; a stop is the department's.
    """
    if may_manage(by) and (wish.kind == Kind.STOP or event.is_kept_by(by)):
        return "Sở Nội vụ ghi theo văn bản" if wish.kind == Kind.STOP else "hội nghị của tỉnh"
    if wish.kind == Kind.POSTPONE:
        return "ngày mới trong thời gian của kế hoạch" if event.plan_id else "hội nghị không thuộc kế hoạch của tỉnh"
    if wish.kind == Kind.STOP and event.plan_id:
        return ""
    return right_of(event, wish.day or timezone.localdate())


@transaction.atomic
def change(event, wish: Wish, *, by, seen_version: int | None = None) -> Change:
    """Let it become of the conference, or ask the department where the unit may not decide. Raises ``Refused``, ``Stale``."""
    found = Event.objects.select_for_update(of=("self",)).select_related(*CHANGES.related).get(pk=event.pk)
    check(found, wish, by=by, seen_version=seen_version)
    right, before = right_for(found, wish, by), words_of_event(found)
    row = Change(
        event=found, kind=wish.kind, state=State.DONE if right else State.FLAGGED, day=wish.day, reason=wish.reason.strip(),
        document=wish.paper, instead=wish.instead if wish.kind == Kind.STOP else None, right=right, by=by,
        before=_stands(found), after=_wanted(found, wish),
    )  # fmt: skip
    with unless_taken("Hội nghị đang có đề nghị chờ Sở Nội vụ quyết định, do người khác vừa gửi."):
        row.save()
    if right:
        _apply(row)
        found.save()
    told = {"Theo văn bản": short_form(wish.paper)} if wish.paper else {}
    if wish.kind == Kind.REDUCE and (contents := contents_of(found)):
        told["Xác nhận giữ nội dung"] = "; ".join(contents)
    label = row.get_kind_display() if right else f"Đề nghị {row.get_kind_display().lower()}"
    CHANGES.tell(
        row, wish.kind if right else f"ask_{wish.kind}", label, by=by, before=before, after=words_of_event(found) | told,
        reason=row.reason, of=row.pk, day=row.day,
    )  # fmt: skip
    return row


def _stands(event) -> dict:
    """What a change may touch, as it stands, for JSON."""
    return {
        "state": event.state,
        "day": event.day.isoformat(),
        "until": event.until and event.until.isoformat(),
        "begins_at": event.begins_at and event.begins_at.isoformat(),
        "place": event.place,
        "is_full": event.is_full,
        "people": {row.role: row.number for row in event.headcounts.all()},
    }


def _wanted(event, wish) -> dict:
    """The same as it is to be."""
    found = _stands(event)
    if wish.kind == Kind.STOP:
        return found | {"state": Event.State.STOPPED}
    if wish.place.strip():
        found["place"] = wish.place.strip()
    if wish.kind == Kind.REDUCE:
        found["people"] |= {role: number for role, number in wish.people.items() if role in found["people"]}
        found["is_full"] = False if wish.to_delegates else event.is_full
    else:
        found |= {"day": wish.new_day.isoformat(), "until": wish.new_until and wish.new_until.isoformat()}
        if wish.new_hour:
            found["begins_at"] = wish.new_hour.isoformat()
    return found


def _apply(row) -> None:
    """Have the conference stand as ``row.after`` says; what was planned first stays beside it."""
    event, wanted = row.event, row.after
    event.first_day, event.version = event.first_day or event.day, event.version + 1
    _stand(event, wanted)
    if row.kind == Kind.STOP:
        event.stopped_on, event.stopped_by, event.stopped_for = row.day, row.document, row.reason
        event.instead = row.instead


def _stand(event, wanted):
    event.state, event.place, event.is_full = wanted["state"], wanted["place"], wanted["is_full"]
    event.day, event.until = (date.fromisoformat(wanted[name]) if wanted[name] else None for name in _DAYS)
    event.begins_at = time.fromisoformat(wanted["begins_at"]) if wanted["begins_at"] else None
    for head in event.headcounts.all():
        head.first = head.first or head.number
        head.number = wanted["people"].get(head.role, head.number)
        head.save(update_fields=["first", "number"])


# --- Decided


class AllowForm(StepForm):
    """What the department says."""

    words = forms.CharField(label="Ý kiến", max_length=500, required=False)


def _fault_of_request(row, user) -> str:
    if row.event.state not in Event.COMING:
        return f"Hội nghị đã ở bước «{row.event.get_state_display()}»."
    stands = _stands(row.event) | {"state": row.before["state"]}
    return "" if stands == row.before else "Hội nghị đã được sửa sau khi gửi đề nghị. Đơn vị rút lại rồi đề nghị lại."


@CHANGES.step(
    "allow", "Đồng ý", [State.FLAGGED], to=State.ALLOWED, who=DEPARTMENT, form=AllowForm, look="primary",
    icon="circle-check", told="Đã đồng ý. Hội nghị theo nội dung đề nghị.",
    fault=_fault_of_request,
)  # fmt: skip
def allow(row, *, by, words=""):
    """The department agrees, and it is done."""
    wish = wish_of(row)
    _REFUSE[row.kind](row.event, wish, False)
    _decide(row, by, words)
    _apply(row)


@CHANGES.step(
    "refuse", "Không đồng ý", [State.FLAGGED], to=State.REFUSED, who=DEPARTMENT, needs_reason=True, icon="ban",
    button="Không đồng ý kèm lý do", told="Đã trả lời không đồng ý. Hội nghị giữ như cũ.",
)  # fmt: skip
def refuse(row, *, by, reason):
    """The department does not, and says why."""
    _decide(row, by, reason)


def _decide(row, by, words):
    row.decided_on, row.decided_by, row.decided_for = timezone.localdate(), by, words.strip()[:500]


@CHANGES.step(
    "withdraw", "Rút lại đề nghị", [State.FLAGGED], to=State.TAKEN_BACK,
    who=Who(lambda row, user: KEEPING.may(row.event, user), lambda row: KEEPING.words(row.event)),
    icon="arrow-back-up", told="Đã rút lại đề nghị.",
)  # fmt: skip
def withdraw(row, *, by):
    """The unit asks no more."""


def wish_of(row) -> Wish:
    """What a request asks for, as it was typed."""
    after = row.after
    day, until = (date.fromisoformat(after[name]) if after[name] else None for name in _DAYS)
    return Wish(
        row.kind, row.day, row.reason, row.document, people=after["people"], keeps=True, new_day=day, new_until=until,
        to_delegates=after["is_full"] is not row.before["is_full"], place=after["place"], instead=row.instead,
    )  # fmt: skip


def _may_undo(row, user) -> bool:
    if row.kind == Kind.STOP:
        return DEPARTMENT.may(row.event, user)
    return KEEPING.may(row.event, user)


def _fault_of_undoing(row, user) -> str:
    done = [one.pk for one in row.event.adjustments.all() if one.state in _DONE]
    if row.pk != max(done, default=None):
        return "Sau lần này còn lần thay đổi khác. Hãy rút lại lần sau trước."
    is_same = _stands(row.event) | {"state": ""} == row.after | {"state": ""} and _same_state(row)
    return "" if is_same else "Hội nghị đã được sửa hoặc tổ chức sau lần này nên không rút lại được."


def _same_state(row) -> bool:
    event = row.event
    return event.state == Event.State.STOPPED if row.kind == Kind.STOP else event.state in Event.COMING


@CHANGES.step(
    "undo", "Rút lại vì ghi nhầm", _DONE, to=State.TAKEN_BACK, needs_reason=True, fault=_fault_of_undoing,
    who=Who(_may_undo, lambda row: "đơn vị đã ghi; dừng thì Sở Nội vụ"), icon="arrow-back-up",
    told="Đã rút lại, hội nghị trở lại như trước.",
)  # fmt: skip
def undo(row, *, by, reason):
    """The conference stands where it stood before."""
    event = row.event
    state = row.before["state"] if row.kind == Kind.STOP else event.state
    _stand(event, row.before | {"state": state})
    event.version += 1
    if row.kind == Kind.STOP:
        event.stopped_on, event.stopped_by, event.stopped_for, event.instead = None, None, "", None
