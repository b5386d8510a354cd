"""A meeting of the council, or a vote in writing: prepared, called, who came, voted, given up.

Source: Luật Thi đua, khen thưởng 2022, Điều 81, 84. Shares are of all members, whoever came; every step locks the row of the
meeting, so that votes and the count take turns: a vote is in the count, or refused. Of secret votes sums alone are kept.
"""

from django import forms
from django.db import transaction
from django.utils import timezone

from clusters.ballots.rules import SECRET_FROM
from documents.steps.forms import StepForm
from documents.steps.refusing import Refused, first_of
from units.forms import rows as text_area
from units.permissions import may_manage

from . import agenda
from .models import Box, Item, Meeting, Seat, Vote
from .rules import (
    DEPARTMENT,
    FACTS,
    RECORDER,
    STEPS,
    VOTERS,
    Came,
    State,
    body_of,
    fault_of_seat,
    is_out,
    is_own,
    items_of,
    members_for,
    offered,
    refuse_lacking,
    seat_of,
    seats_of,
    thresholds,
    words,
)

Way = Meeting.Way

# --- Prepared


@transaction.atomic
def save(meeting: Meeting, *, by, seen_version: int | None = None) -> Meeting:
    """Store a new meeting, or a changed one. Raises ``Refused``, ``Stale``."""
    if meeting.pk:
        return edit(meeting, by=by, seen_version=seen_version, typed=meeting)
    if not may_manage(by):
        raise Refused("Cuộc họp của Hội đồng do Sở Nội vụ lập.")
    meeting.author = by
    _refuse_facts(meeting)
    meeting.save()
    STEPS.tell(meeting, "begin", "Lập cuộc họp", by=by, after=words(meeting))
    return meeting


@STEPS.step("edit", "Sửa", [State.DRAFT], who=DEPARTMENT, form=None)
def edit(meeting, *, by, typed):
    """Everything as in ``typed``, a meeting."""
    for name in FACTS:
        setattr(meeting, name, getattr(typed, name))
    _refuse_facts(meeting)


def _refuse_facts(meeting):
    if not meeting.council.in_force(meeting.held_on):
        since, until = meeting.council.since, meeting.council.until
        raise Refused(
            f"Hội đồng này có từ {since:%d/%m/%Y}{f' đến {until:%d/%m/%Y}' if until else ''}. "
            "Hãy sửa ngày, hoặc chọn Hội đồng của ngày đó.",
            "held_on",
        )


# --- Called

_NOTHING_ON_IT = "Chương trình chưa có đề nghị nào. Hãy chọn đề nghị rồi mở bỏ phiếu."


@STEPS.step(
    "call", "Mở bỏ phiếu", [State.DRAFT], to=State.OPEN, who=DEPARTMENT, look="primary", icon="send",
    fault=lambda row, user: "" if row.has_items else _NOTHING_ON_IT,
    told="Đã mở bỏ phiếu: thành viên thấy chương trình và bỏ phiếu được.",
    hint="Danh sách thành viên, số phiếu phải đạt của từng đề nghị được giữ nguyên từ lúc này.",
)  # fmt: skip
def call(meeting, *, by):
    """From now on votes are given: members, thresholds and agenda are fixed."""
    _refuse_facts(meeting)
    items = _going_on(meeting)
    types = list({item.nomination.type_id: item.nomination.type for item in items}.values())
    meeting.body = body_of(meeting, [row.code for row in types])
    members = members_for(meeting, meeting.body)
    if not members:
        raise Refused(
            f"{meeting.get_body_display()} không có ai vào ngày {meeting.held_on:%d/%m/%Y}. "
            "Hãy thêm thành viên ở trang Thành phần Hội đồng."
        )
    meeting.entitled = len(members)
    refuse_lacking(meeting, types)
    rules = thresholds(meeting, types, meeting.entitled)
    meeting.is_secret = meeting.is_secret or any(rule.is_secret for rule in rules.values())
    _refuse_few(meeting)
    Seat.objects.bulk_create(Seat(meeting=meeting, member=row) for row in members)
    for item in items:
        rule = rules[item.nomination.type_id]
        item.percent, item.rule, item.is_sure, item.needed = rule.words, rule.citation, rule.is_sure, rule.needed
    Item.objects.bulk_update(items, ["percent", "rule", "is_sure", "needed"], batch_size=500)
    if meeting.is_secret:
        # All from the start: the order in which they came in would tell who was first to be voted for.
        nothing = {str(item.pk): 0 for item in items}
        Box.objects.create(meeting=meeting, agreed=nothing, against=dict(nothing))
    return {"Thành viên": str(meeting.entitled), "Đề nghị": str(len(items))}


def _going_on(meeting):
    """The agenda without what was withdrawn meanwhile, which goes off it."""
    items = list(items_of(meeting))
    gone = [item for item in items if is_out(item)]
    if gone:
        meeting.items.filter(pk__in=[item.pk for item in gone]).delete()
        agenda.put_in_order(meeting)
        items = list(items_of(meeting))
    if not items:
        raise Refused(_NOTHING_ON_IT)
    return items


def _refuse_few(meeting):
    if meeting.is_secret and meeting.entitled < SECRET_FROM:
        raise Refused(
            f"Bỏ phiếu kín cần ít nhất {SECRET_FROM} thành viên, nếu không sẽ biết ai chọn ai. "
            "Hãy đưa ra toàn thể Hội đồng, hoặc bỏ phiếu công khai."
        )


def _fault_of_taking_back(meeting, _user) -> str:
    voted = sum(seat.voted_at is not None for seat in seats_of(meeting))
    return (
        f"Đã có {voted} người bỏ phiếu nên không sửa chương trình được nữa. Cần làm lại thì hủy cuộc họp."
        if voted
        else ""
    )


@STEPS.step(
    "take_back", "Dừng lại để sửa chương trình", [State.OPEN], to=State.DRAFT, who=DEPARTMENT, fault=_fault_of_taking_back,
    icon="arrow-back-up", told="Đã dừng bỏ phiếu; sửa xong hãy mở lại.",
)  # fmt: skip
def take_back(meeting, *, by):
    """Change agenda or members while nobody has voted."""
    meeting.seats.all().delete()
    Box.objects.filter(meeting=meeting).delete()
    meeting.items.update(percent="", rule="", is_sure=True, needed=None)
    meeting.entitled = None


# --- Who came


@STEPS.step("attend", "Điểm danh", [State.OPEN], who=RECORDER, form=None)
def attend(meeting, *, by, came):
    """Who takes part and how. ``came``: {seat: (how, to whom it is delegated or why absent)}."""
    before = _said(seats_of(meeting))
    seats = {seat.pk: seat for seat in seats_of(meeting)}
    for key, (how, note) in came.items():
        seat = seats[key]
        if how == Came.DELEGATED and not note.strip():
            raise Refused(f"{seat.member.name}: hãy ghi ủy quyền cho ai.", f"note_{key}")
        if how == Came.ABSENT and seat.voted_at:
            raise Refused(
                f"{seat.member.name} đã bỏ phiếu: nếu không dự họp thì chọn «{Came.WRITTEN.label}».", f"came_{key}"
            )
        seat.came, seat.note = how, note.strip()
    Seat.objects.bulk_update(seats.values(), ["came", "note"])
    after = _said(seats.values())
    return {name: said for name, said in after.items() if said != before[name]}


def _said(seats) -> dict:
    return {seat.member.name: ", ".join(filter(None, [seat.get_came_display(), seat.note])) for seat in seats}


# --- Voted


def _fault_of_voting(meeting, user) -> str:
    seat = seat_of(meeting, user)
    if told := fault_of_seat(meeting, seat):
        return told
    is_early = meeting.way == Way.MEETING and meeting.held_on > timezone.localdate() and seat.came != Came.WRITTEN
    return f"Cuộc họp vào ngày {meeting.held_on:%d/%m/%Y}: bỏ phiếu từ ngày đó." if is_early else ""


@STEPS.step(
    "vote", "Bỏ phiếu", [State.OPEN], to=State.OPEN, who=VOTERS, form=None, fault=_fault_of_voting, renews=False,
    part=lambda meeting, by, _: seat_of(meeting, by), log=lambda meeting, seat: f"{seat.member.name} đã bỏ phiếu",
)  # fmt: skip
def vote(meeting, *, by, votes):
    """The votes of ``by``, once: {item: whether it agrees}. What is logged names who voted, never what."""
    _cast(meeting, seat_of(meeting, by), votes)


def _cast(meeting, seat, votes, entered_by=None):
    items = offered(meeting, seat)
    lacks = [item for item in items if item.pk not in votes]
    if lacks:
        names = first_of((f"{item.position}. {item.nomination.name}" for item in lacks), "đề nghị")
        raise Refused(f"Còn {len(lacks)} đề nghị chưa chọn: {names}.")
    if meeting.is_secret:
        _drop(meeting, {item.pk: (votes[item.pk], not votes[item.pk]) for item in items}, 1)
    else:
        Vote.objects.bulk_create((Vote(seat=seat, item=item, agrees=votes[item.pk]) for item in items), batch_size=500)
    _sit(meeting, [seat], entered_by)


def _drop(meeting, sums, papers):
    """Put votes into the box: {item: (for, against)}."""
    box = meeting.box
    for key, (agreed, against) in sums.items():
        box.agreed[str(key)] += int(agreed)
        box.against[str(key)] += int(against)
    box.cast += papers
    box.save()


def _sit(meeting, seats, entered_by=None):
    """They have voted; who was not said to be there took part by that."""
    for seat in seats:
        seat.voted_at, seat.entered_by = timezone.now(), entered_by
        if seat.came == Came.UNKNOWN:
            seat.came = Came.PRESENT if meeting.way == Way.MEETING else Came.WRITTEN
        elif seat.came == Came.ABSENT:
            seat.came = Came.WRITTEN
    Seat.objects.bulk_update(seats, ["voted_at", "entered_by", "came"])


def _fault_of_entering(meeting, _user) -> str:
    if all(seat.voted_at for seat in seats_of(meeting)):
        return "Mọi thành viên đã bỏ phiếu."
    return ""


@STEPS.step(
    "enter", "Ghi phiếu giấy của một người", [State.OPEN], to=State.OPEN, who=RECORDER, form=None, renews=False,
    part=lambda meeting, by, typed: typed["seat"], log=lambda meeting, seat: f"Ghi phiếu giấy của {seat.member.name}",
    fault=lambda row, user: "Cuộc này bỏ phiếu kín: ghi tổng số phiếu giấy." if row.is_secret else _fault_of_entering(row, user),
)  # fmt: skip
def enter(meeting, *, by, seat, votes):
    """The votes of a member who voted on paper, in an open vote. Raises ``Refused``."""
    seat = _seat_on_paper(meeting, seat)
    _cast(meeting, seat, votes, by)


def _seat_on_paper(meeting, seat):
    found = next((row for row in seats_of(meeting) if row.pk == seat.pk), None)
    if found is None:
        raise Refused("Người này không có trong danh sách thành viên dự họp.")
    if told := fault_of_seat(meeting, found):
        raise Refused(told)
    return found


@STEPS.step(
    "enter_sums", "Ghi phiếu giấy", [State.OPEN], to=State.OPEN, who=RECORDER, form=None, renews=False,
    fault=lambda row, user: _fault_of_entering(row, user) if row.is_secret else "Cuộc này bỏ phiếu công khai: ghi từng người.",
)  # fmt: skip
def enter_sums(meeting, *, by, seats, against=None, invalid=None):
    """Secret votes on paper, as sums: ``seats`` are those whose papers they are; {item: how many disagree}, {item: how many
    are not valid}; all others of these papers agree. Raises ``Refused`` for more votes than papers.
    """
    seats = [_seat_on_paper(meeting, seat) for seat in seats]
    if not seats:
        raise Refused("Hãy chọn những người đã bỏ phiếu giấy.", "seats")
    sums, against, invalid = {}, against or {}, invalid or {}
    for item in items_of(meeting):
        if is_out(item):
            continue
        papers = sum(not is_own(item, seat.member) for seat in seats)
        no, void = against.get(item.pk, 0), invalid.get(item.pk, 0)
        if no + void > papers:
            raise Refused(
                f"Mục {item.position}, {item.nomination.name}: {no + void} phiếu không đồng ý và không hợp lệ, nhiều hơn "
                f"{papers} phiếu giấy của những người được chọn. Hãy kiểm lại.",
                f"against-{item.pk}",
            )
        sums[item.pk] = (papers - no - void, no)
    _drop(meeting, sums, len(seats))
    _sit(meeting, seats, by)
    return {"Phiếu giấy của": "; ".join(seat.member.name for seat in seats)}


# --- Given up


class CancelForm(StepForm):
    """Why."""

    reason = forms.CharField(label="Lý do hủy", max_length=300, widget=text_area(3))


@STEPS.step(
    "cancel", "Hủy cuộc họp", [State.DRAFT, State.OPEN], to=State.CANCELLED, who=DEPARTMENT, needs_reason=True, form=CancelForm,
    look="ghost-danger", icon="x", address="cancel_council_meeting", told="Đã hủy cuộc họp; các đề nghị trở lại chờ xét.",
    hint="Các đề nghị trở lại chờ xét; phiếu đã bỏ không được kiểm. Không mở lại được.",
)  # fmt: skip
def cancel(meeting, *, by, reason):
    """End it without a result: its nominations wait to be considered again."""
    items = list(items_of(meeting))
    agenda.give_back(items, by=by, act="Hủy cuộc họp của Hội đồng", reason=reason)
    meeting.items.update(stands=False)
    Box.objects.filter(meeting=meeting).delete()
    return {"Trở lại chờ xét": f"{len(items)} đề nghị"}
