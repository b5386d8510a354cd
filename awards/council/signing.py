"""Whose papers those of a council are, and who signs them: the council has no officers, the department writes for it.

Source: Nghị định 30/2020/NĐ-CP, Điều 13; Phụ lục I, phần II, mục 2, 3, 7 (head, number and signature of papers of a council).
"""

from django.db.models import Q
from django.utils import timezone

from documents.papers.rules import issuers_for
from documents.steps.refusing import Refused
from units.models import Unit

from .models import Meeting, Member
from .rules import Came

# Who may lead and sign, the first first.
RANKS = [Member.Role.CHAIR, Member.Role.FIRST, Member.Role.VICE]
# Of a council that is no body of the register.
_SYMBOL = "HĐTĐKT"


def own_body(council) -> Unit | None:
    """The council as a body of the register, with its own book: it bears the council's name, and stands below its unit."""
    rows = Unit.objects.alive_on(timezone.localdate()).filter(Q(pk=council.unit_id) | Q(superior=council.unit_id))
    return rows.filter(name__startswith=council.name).order_by("pk").first()


def from_council(council, type, facts, by):
    """(whose book, ``facts`` with the head of a paper of the council) for a draft of ``by``."""
    body = own_body(council)
    issuer = issuers_for(by).filter(pk=(body or council.unit).pk).first() or by.unit
    if issuer == body:
        return issuer, facts
    head = {
        "issuer": council.name.upper(),
        "superior": "\n".join(council.unit.issuer_lines),
        "symbol": f"{type}-{_SYMBOL}",
    }
    return issuer, head | facts


def signed_for_council(members, receiver="") -> dict:
    """Signature of a paper of the council (Nghị định 30/2020, Điều 13): the chair for it, or, where there is none or the chair
    is the one who decides on it, the first deputy for the chair.
    """
    by_role = {role: next((row for row in members if row.role == role), None) for role in RANKS}
    chair = by_role[Member.Role.CHAIR]
    if chair and not (receiver and chair.post.lower().startswith(receiver.lower())):
        return _signature(chair, "CHỦ TỊCH")
    deputy = by_role[Member.Role.FIRST] or by_role[Member.Role.VICE]
    if deputy:
        return _signature(deputy, f"KT. CHỦ TỊCH\n{deputy.get_role_display().upper()}")
    return _signature(chair, "CHỦ TỊCH")


def _signature(member, capacity) -> dict:
    name = member.name if member else ""
    return {"signer": None, "capacity": f"TM. HỘI ĐỒNG\n{capacity}", "signer_name": name}


def presiding(meeting, seats) -> Member | None:
    """Who led the meeting: the chair, or the first deputy who was there."""
    ranked = sorted((seat for seat in seats if seat.member.role in RANKS), key=lambda one: _rank(one.member))
    is_meeting = meeting.way == Meeting.Way.MEETING
    there = [seat for seat in ranked if seat.came == Came.PRESENT] if is_meeting else ranked
    return next((seat.member for seat in there or ranked), None)


def _rank(member) -> int:
    return RANKS.index(member.role)


def secretary_of(meeting) -> Member:
    """Who writes the minutes; not always one who votes. Raises ``Refused`` where nobody is named."""
    rows = meeting.council.members.in_force(meeting.held_on)
    if found := rows.filter(is_secretary=True).first():
        return found
    raise Refused(
        "Hội đồng chưa ghi ai là thư ký vào ngày họp. Hãy ghi ở trang Thành phần Hội đồng, rồi soạn biên bản."
    )
