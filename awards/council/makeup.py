"""The makeup of a council: set up by a decision, its members from a day to a day, who was a member when.

Source: Luật Thi đua, khen thưởng 2022, Điều 81; whom it has is the decision that sets it up.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale
from units.permissions import may_manage

from ..log import About
from .models import Council, Meeting, Member

FACTS = ["unit", "name", "since", "until", "paper", "citation"]
OF_MEMBER = [
    "name", "post", "role", "is_standing", "is_secretary", "user", "recipient", "position", "since", "until",
]  # fmt: skip


def _refuse_stranger(by):
    if not may_manage(by):
        raise Refused("Thành phần Hội đồng do Sở Nội vụ ghi.")


@transaction.atomic
def save_council(council: Council, *, by, seen_version=None, takes_members=False) -> Council:
    """Store a makeup. A new one ends the one before it the day before; ``takes_members``: whose members go on in it.

    Raises ``Refused``, ``Stale``.
    """
    _refuse_stranger(by)
    is_new = council.pk is None
    # Two who change makeups of one unit take turns.
    others = list(Council.objects.select_for_update().filter(unit=council.unit).order_by("pk"))
    stored = next((row for row in others if row.pk == council.pk), None)
    if stored:
        refuse_stale(About.COUNCIL, stored, seen_version)
    before = words_of(stored, FACTS) if stored else {}
    last = _ended(council, others, by) if is_new else None
    if faults := council.faults_of_days():
        field, told = next(iter(faults.items()))
        raise Refused(told, field)
    if not council.paper_id and not council.citation.strip():
        raise Refused("Hãy chọn quyết định thành lập, hoặc ghi số, ngày của quyết định.", "citation")
    council.version = stored.version + 1 if stored else 1
    council.save()
    if last and takes_members:
        _take_members(council, last)
    act = "Lập Hội đồng theo quyết định" if is_new else "Sửa Hội đồng"
    record(About.COUNCIL, council, act, by=by, before=before, after=words_of(council, FACTS), what="save")
    return council


def _ended(council, others, by):
    """The makeup that is in force when the new one begins, ended the day before; None where there is none."""
    last = next((row for row in others if row.in_force(council.since) and row.since < council.since), None)
    if last is None:
        return None
    before = words_of(last, ["until"])
    last.until = council.since - timedelta(days=1)
    last.version += 1
    last.save()
    record(
        About.COUNCIL,
        last,
        "Kết thúc do có quyết định mới",
        by=by,
        before=before,
        after=words_of(last, ["until"]),
        what="end",
    )
    return last


def _take_members(council, last):
    """The members of the last day of ``last`` from the first day of ``council``."""
    rows = list(last.members.in_force(last.until))
    for row in rows:
        row.pk, row._state.adding = None, True
        row.council, row.since, row.until = council, council.since, None
    Member.objects.bulk_create(rows)


@transaction.atomic
def save_member(member: Member, *, by, seen_version=None) -> Member:
    """Store a member of a makeup. ``seen_version``: that of the makeup. Raises ``Refused``, ``Stale``."""
    _refuse_stranger(by)
    council = Council.objects.select_for_update().get(pk=member.council_id)
    refuse_stale(About.COUNCIL, council, seen_version)
    stored = council.members.filter(pk=member.pk).first()
    before = _said(stored) if stored else {}
    _refuse_days(member, council)
    _refuse_second(member, council)
    if member.position == 0:
        member.position = max(council.members.values_list("position", flat=True), default=0) + 1
    member.save()
    council.version += 1
    council.save()
    act = f"Sửa thành viên: {member.name}" if stored else f"Thêm thành viên: {member.name}"
    record(About.COUNCIL, council, act, by=by, before=before, after=_said(member), what="member", of=member.pk)
    return member


def _said(member) -> dict:
    return words_of(member, [name for name in OF_MEMBER if name != "position"])


def _refuse_days(member, council):
    if faults := member.faults_of_days():
        field, told = next(iter(faults.items()))
        raise Refused(told, field)
    if member.since < council.since or (council.until and member.since > council.until):
        until = f" đến {council.until:%d/%m/%Y}" if council.until else ""
        raise Refused(f"Hội đồng này có từ {council.since:%d/%m/%Y}{until}: ngày phải ở trong khoảng đó.", "since")


def _refuse_second(member, council):
    """One chair at a time; one seat an account, one seat a person."""
    others = council.members.exclude(pk=member.pk)
    others = others.filter(Q(until=None) | Q(until__gte=member.since))
    if member.until:
        others = others.filter(since__lte=member.until)
    if member.role == Member.Role.CHAIR and (other := others.filter(role=Member.Role.CHAIR).first()):
        raise Refused(f"Hội đồng đã có Chủ tịch: {other.name}. Hãy ghi ngày thôi của người đó trước.", "role")
    if member.user_id and (other := others.filter(user=member.user_id).first()):
        raise Refused(f"Tài khoản này là của {other.name}. Mỗi thành viên dùng một tài khoản.", "user")
    if member.recipient_id and (other := others.filter(recipient=member.recipient_id).first()):
        raise Refused(f"{other.name} đã là thành viên của Hội đồng này.", "recipient")


@transaction.atomic
def remove_member(member: Member, *, by, seen_version=None) -> None:
    """Take out one who was entered by mistake. Who sat at a meeting stays: a last day is entered. Raises ``Refused``."""
    _refuse_stranger(by)
    council = Council.objects.select_for_update().get(pk=member.council_id)
    refuse_stale(About.COUNCIL, council, seen_version)
    if Meeting.objects.filter(seats__member=member).exists():
        raise Refused(f"{member.name} đã dự họp nên không xóa được. Hãy ghi ngày thôi.")
    record(
        About.COUNCIL,
        council,
        f"Xóa thành viên ghi nhầm: {member.name}",
        by=by,
        before=_said(member),
        what="remove_member",
    )
    member.delete()
    council.version += 1
    council.save()


def members_on(council, day: date):
    """The members of a day, the chair first."""
    return council.members.in_force(day).select_related("user", "recipient")
