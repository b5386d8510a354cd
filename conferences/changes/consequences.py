"""What depends on a conference, told before something becomes of it: people, cards, honours, lists sent up, papers, doors."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from documents.models import Duty

from ..delegates.models import Delegate
from ..events.models import OF_EVENT, Role
from .rules import Kind


@dataclass(frozen=True)
class Told:
    """One thing that depends on it: what, how much of it, and what to do about it."""

    words: str
    number: int
    note: str = ""


def consequences(event, kind, people=None) -> list[Told]:
    """Everything that depends on ``event`` if ``kind`` becomes of it; ``people``: how many of each role there would be.

    The same few queries for a conference of ten and of two thousand.
    """
    found = [*_people(event, kind, people or {}), *_above_and_below(event, kind), *_at_the_day(event, kind)]
    return [row for row in found if row.number]


def _people(event, kind, people):
    rows = (
        event.delegates.filter(state__in=Delegate.COUNTED).order_by().values_list("role", "invited_on", "code", "duty")
    )
    rows = list(rows)
    listed = Counter(role for role, *_ in rows)
    for role, number in sorted(listed.items()):
        over = number - people.get(role, number)
        if kind == Kind.REDUCE and over > 0:
            words = f"{Role(role).label} trong danh sách vượt số mới"
            yield Told(words, over, f"Danh sách có {number}. Hãy rút bớt ở danh sách đại biểu.")
    asks = {
        Kind.REDUCE: "Người đã mời vẫn được dự; không rút gọn dưới số này.",
        Kind.POSTPONE: "Phải báo ngày mới: soạn lại giấy mời hoặc công văn báo hoãn.",
        Kind.STOP: "Phải báo dừng: soạn công văn gửi đơn vị của đại biểu.",
    }
    yield Told("Đại biểu đã mời", sum(invited is not None for _, invited, *_ in rows), asks[kind])
    cards = {Kind.POSTPONE: "In lại nếu thẻ ghi ngày.", Kind.STOP: "Không dùng nữa."}
    yield Told("Thẻ đã cấp mã", sum(code is not None for _, _, code, _ in rows), cards.get(kind, ""))
    yield Told(
        "Người có nhiệm vụ tại hội nghị", sum(bool(duty) for *_, duty in rows), "Đoàn Chủ tịch, Thư ký, thẩm tra."
    )


def _above_and_below(event, kind):
    sent = event.sent_up.order_by().values_list("sent_on", "accepted_on")
    sent = [row for row in sent if row[0]]
    words = (
        "Đã gửi lên cấp trên." if kind != Kind.STOP else "Không tổ chức thì không cử được: cấp trên xem lại đoàn này."
    )
    yield Told("Danh sách đại biểu đã gửi lên", len(sent), words)
    if event.level_id and event.level.is_congress:
        yield Told("Đoàn đại biểu về dự", event.delegations.count(), "Phải báo cho từng đơn vị.")


def _at_the_day(event, kind):
    honours = event.honours.order_by().values_list("is_presented", flat=True)
    honours = list(honours)
    asks = {Kind.STOP: "Trao vào dịp khác.", Kind.POSTPONE: "Trao vào ngày mới."}
    yield Told("Người, tập thể được tôn vinh", len(honours), asks.get(kind, ""))
    yield Told("Khen thưởng định trao tại hội nghị", sum(honours), asks.get(kind, ""))
    if kind != Kind.REDUCE:
        doors = event.doors.filter(closed_at=None, until__gte=timezone.now()).count()
        yield Told("Cửa điểm danh đang mở", doors, "Đóng lại, mở theo ngày mới.")
    yield from _papers(event, kind)


def _papers(event, kind):
    rows = list(OF_EVENT.standing(event.pk))
    drafts = [row for row in rows if not row.is_frozen]
    yield Told("Văn bản đang soạn", len(drafts), "Xem lại số người, ngày, hoặc bỏ dự thảo.")
    note = "Thay thế hoặc thu hồi nếu không còn đúng."
    yield Told("Văn bản đã ban hành", len(rows) - len(drafts), note)
    is_open = Count("assignments", filter=Q(assignments__done_at=None))
    duties = Duty.objects.filter(document__in=[row.pk for row in rows]).annotate(open=is_open).filter(open__gt=0)
    yield Told(
        "Nhiệm vụ đã giao, chưa xong", duties.count(), "Vẫn mở; thôi giao thì thay thế hoặc thu hồi văn bản giao."
    )
