"""Who may take which step with a meeting of the council, what waits for its agenda, who may not vote on whom."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..catalogue.book import book_of, called
from ..catalogue.models import Whom
from ..eligibility.votes import Threshold, body_for, quorum, threshold
from ..log import About
from ..nominations.models import Nomination, Opinion
from .models import Item, Meeting, Member, Seat

State, Body, Came, Stage = Meeting.State, Meeting.Body, Seat.Came, Nomination.State
FACTS = ["council", "body", "way", "title", "held_on", "held_at", "place", "is_secret"]


def words(meeting) -> dict:
    """A meeting as the log compares it."""
    return words_of(meeting, FACTS) | {"Trạng thái": meeting.get_state_display(), "Kết luận": meeting.conclusion}


def seat_of(meeting, user) -> Seat | None:
    """The seat for which ``user`` votes; asked once of one meeting."""
    return next((seat for seat in seats_of(meeting) if seat.member.user_id == user.pk and user.is_active), None)


def seats_of(meeting) -> list[Seat]:
    """The seats of a meeting, each with its member. Asked once."""
    if not hasattr(meeting, "_seats"):
        rows = meeting.seats.select_related("member__user", "member__recipient", "entered_by")
        meeting._seats = list(rows) if meeting.pk else []
    return meeting._seats


def _records(meeting, user) -> bool:
    """Whether ``user`` writes down who came and what was voted on paper: the department, or the secretary of the council."""
    seat = seat_of(meeting, user)
    return may_manage(user) or bool(seat and seat.member.is_secretary)


def _decides_ties(meeting, user) -> bool:
    seat = seat_of(meeting, user)
    return may_manage(user) or bool(seat and seat.member.role == Member.Role.CHAIR)


DEPARTMENT = Who(lambda meeting, user: may_manage(user), "Sở Nội vụ")
RECORDER = Who(_records, "Sở Nội vụ, thư ký Hội đồng")
VOTERS = Who(lambda meeting, user: seat_of(meeting, user) is not None, "thành viên Hội đồng dự họp")
CHAIR = Who(_decides_ties, "Chủ tịch Hội đồng; Sở Nội vụ ghi lại")

STEPS = Steps(
    Meeting, "cuộc họp", about=About.MEETING, words=words, related=["council__unit"], address="council_meeting_step",
    away=lambda meeting: reverse("council_meetings"),
)  # fmt: skip


# --- The agenda


def ready() -> "Nomination.objects":
    """What may be laid before a council: appraised as fit, and nobody who was asked still owes an answer."""
    asked = Opinion.objects.filter(nominations=OuterRef("pk"), state=Opinion.State.OPEN)
    return Nomination.objects.filter(state__in=[Stage.FIT, Stage.ASKED]).exclude(Exists(asked))


def fault_of_nomination(row, open_ones) -> str:
    """Why ``row`` cannot be laid before a council; ``open_ones``: keys of those about which somebody still owes an answer."""
    if row.state == Stage.COUNCIL:
        return "đang ở một cuộc họp khác của Hội đồng"
    if row.state not in (Stage.FIT, Stage.ASKED):
        return f"đang ở bước «{row.get_state_display()}»"
    return "còn cơ quan chưa trả lời ý kiến" if row.pk in open_ones else ""


def items_of(meeting):
    """The agenda with what pages, votes and counts read of it. One query."""
    rows = meeting.items.select_related(
        "nomination__type", "nomination__recipient", "nomination__unit", "nomination__dossier__unit"
    )
    return rows.order_by("position", "pk")


def is_out(item) -> bool:
    """Whether the nomination of an item goes on no more: withdrawn or refused since it was put on the agenda."""
    return not item.stands or (item.chosen is None and item.nomination.state != Stage.COUNCIL)


def body_of(meeting, awards) -> str:
    """Who considers: as it was set, else by the office's rule about ``awards`` on the day of the meeting, else all."""
    return meeting.body or body_for(book_of(meeting.held_on), awards) or Body.FULL


def members_for(meeting, body) -> list[Member]:
    """The members of the day of the meeting, all or the standing ones."""
    rows = meeting.council.members.in_force(meeting.held_on)
    return list(rows.filter(is_standing=True) if body == Body.STANDING else rows)


def thresholds(meeting, types, whole) -> dict[int, Threshold | None]:
    """{award type: what it needs of ``whole`` members on the day of the meeting}; None where nothing is laid down."""
    book = book_of(meeting.held_on)
    return {row.pk: threshold(book, row.code, whole) for row in types}


def refuse_lacking(meeting, types) -> None:
    """Raise ``Refused`` for awards of which the catalogue does not say how many votes they need."""
    if lacks := [called(row) for row in types if not thresholds(meeting, [row], 1)[row.pk]]:
        raise Refused(
            f"Danh mục chưa có tỷ lệ phiếu vào ngày {meeting.held_on:%d/%m/%Y} cho: {'; '.join(lacks)}. "
            "Hãy thêm dòng «Tỷ lệ phiếu» vào danh mục."
        )


# --- Votes


def is_own(item, member) -> bool:
    """Whether an item is about the member, under one record or another: nobody votes on themselves."""
    if not member.recipient_id:
        return False
    nominee = item.nomination.recipient
    own = {member.recipient_id, member.recipient.merged_into_id} - {None}
    return bool(own & ({nominee.pk, nominee.merged_into_id} - {None}))


def namesakes(meeting) -> list[str]:
    """Names on the agenda that a member of the council bears of whom it is not said which person the member is, so that a vote
    on oneself would not be kept out. One query.
    """
    if meeting.state not in (State.DRAFT, State.OPEN):
        return []
    unsaid = meeting.council.members.in_force(meeting.held_on).filter(recipient=None).order_by().values("name")
    rows = meeting.items.filter(stands=True, nomination__recipient__kind=Whom.PERSON, nomination__name__in=unsaid)
    return list(rows.order_by("nomination__name").values_list("nomination__name", flat=True).distinct())


def offered(meeting, seat, items=None) -> list[Item]:
    """The items on which the member of ``seat`` votes: those that still go on, without what is about the member."""
    items = items_of(meeting) if items is None else items
    return [item for item in items if not is_out(item) and not is_own(item, seat.member)]


def fault_of_seat(meeting, seat) -> str:
    """Why no vote is taken for ``seat``."""
    member = seat.member
    if not member.in_force(meeting.held_on):
        return (
            f"{member.name} không là thành viên Hội đồng vào ngày {meeting.held_on:%d/%m/%Y} nên không bỏ phiếu được."
        )
    if seat.voted_at:
        at = seat.voted_at.astimezone()
        return f"{member.name} đã bỏ phiếu lúc {at:%H:%M %d/%m/%Y}. Mỗi người một phiếu, không bỏ lại được."
    return ""


# --- Who came


@dataclass(frozen=True)
class Attendance:
    """How many came of how many, and how many must. ``needed`` is None where no rule asks, as for votes in writing."""

    there: int
    whole: int
    needed: int | None
    voted: int

    @property
    def is_enough(self) -> bool:
        """Whether the council may decide."""
        return self.needed is None or self.there >= self.needed


def attendance(meeting) -> Attendance:
    """Who takes part, in person or by delegation, against all members (a row of the catalogue says how many must)."""
    seats = seats_of(meeting)
    there = sum(seat.came in (Came.PRESENT, Came.DELEGATED) for seat in seats)
    is_meeting = meeting.way == Meeting.Way.MEETING
    needed = quorum(book_of(meeting.held_on), meeting.entitled) if is_meeting and meeting.entitled else None
    return Attendance(there, meeting.entitled or 0, needed, sum(seat.voted_at is not None for seat in seats))
