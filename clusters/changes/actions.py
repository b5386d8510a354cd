"""Changes within the year of an announced division: who leads, who joins, who takes part no more; with day, paper and reason.

Every action locks the row of the division, so that two people who change it at once take turns.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from documents.steps.refusing import Refused

from ..divisions.actions import STEPS, locked
from ..divisions.models import Absence, Division, Leadership, Membership
from ..scores.rules import rank

Role = Membership.Role


@transaction.atomic
def name(
    membership, role: Membership.Role, *, by, since: date, paper, reason: str, how=Leadership.How.NAMED
) -> Membership:
    """From ``since`` a member leads, is deputy, or is that no more, as ``paper`` says. The leader before it ends the day before.

    Raises ``Refused``.
    """
    division = _announced(membership.division, by)
    row = Membership.objects.select_related("unit", "cluster").get(pk=membership.pk)
    _refuse_change(division, row, since, reason)
    _refuse_ended(row.unit, since)
    if row.role == role:
        raise Refused(f"{row.unit} đang là {row.get_role_display().lower()} của {row.cluster}.", "what")
    before = {str(row.unit): row.get_role_display()}
    leaving = [row] if row.role != Role.MEMBER else []
    if role == Role.LEADER:
        leaving += row.cluster.memberships.filter(role=Role.LEADER).exclude(pk=row.pk).select_related("unit")
    for old in leaving:
        before[str(old.unit)] = old.get_role_display()
        _end_term(old, since)
    row.role = role
    row.save()
    if role != Role.MEMBER:
        Leadership.objects.create(
            membership=row, role=role, how=how, since=since, paper=paper, reason=reason.strip(), by=by
        )
    after = dict.fromkeys(before, "Thành viên") | {str(row.unit): row.get_role_display()}
    facts = {"before": before, "after": after, "reason": reason, "of": row.cluster_id, "day": since}
    act = f"{row.cluster}: thay đổi từ ngày {since:%d/%m/%Y} theo {paper.name}"
    STEPS.tell(division, "appoint", act, by=by, **facts)
    return row


def _announced(division, by) -> Division:
    """The announced division, held. Raises ``Refused`` for a draft, in which everything is changed on the board."""
    found = locked(division, by, draft=False)
    if found.is_draft:
        raise Refused("Bảng này chưa thông báo: hãy sửa ngay trong bảng phân cụm, mục Xếp đơn vị.")
    return found


def _refuse_change(division, row, day, reason):
    """What is wrong with a change within the year."""
    if not division.in_force_on <= day <= division.ends_on:
        raise Refused(
            f"Ngày thay đổi phải từ ngày thông báo ({division.in_force_on:%d/%m/%Y}) đến hết năm thi đua "
            f"({division.ends_on:%d/%m/%Y}).",
            "since",
        )
    if day > timezone.localdate():
        raise Refused("Ngày thay đổi chưa đến. Hãy ghi khi thay đổi đã có hiệu lực.", "since")
    if row.left_on:
        raise Refused(f"{row.unit} đã thôi tham gia từ ngày {row.left_on:%d/%m/%Y}.", "unit")
    if not reason.strip():
        raise Refused("Hãy ghi lý do thay đổi.", "reason")


def _refuse_ended(unit, day):
    if not unit.is_alive_on(day):
        raise Refused(f"{unit.label} không hoạt động vào ngày {day:%d/%m/%Y}.", "unit")


def _end_term(row, day):
    """The open term of a leader or deputy ends the day before ``day``."""
    term = row.leaderships.filter(until=None).first()
    if term and term.since >= day:
        raise Refused(
            f"{row.unit} mới làm {row.get_role_display().lower()} từ ngày {term.since:%d/%m/%Y}. Hãy chọn ngày sau đó.",
            "since",
        )
    if term:
        term.until = day - timedelta(days=1)
        term.save()
    row.role = Role.MEMBER
    row.save()


@transaction.atomic
def admit(division, unit, cluster, *, by, since: date, paper, reason: str) -> Membership:
    """A unit joins a cluster within the year, or comes back to its own, as ``paper`` says. Raises ``Refused``."""
    division = _announced(division, by)
    known = Membership.objects.filter(division=division, unit=unit).select_related("cluster").first()
    if known and (known.left_on is None or known.cluster_id != cluster.pk):
        raise Refused(
            f"{unit} {'đã' if known.left_on else 'đang'} ở {known.cluster}. Mỗi đơn vị chỉ ở một cụm, khối trong năm.",
            "unit",
        )
    row = known or Membership(unit=unit, cluster=cluster, joined_on=since)
    left, row.left_on = row.left_on, None
    _refuse_change(division, row, since, reason)
    _refuse_ended(unit, since)
    if left and since <= left:
        raise Refused(f"{unit} thôi tham gia từ ngày {left:%d/%m/%Y}. Hãy chọn ngày sau đó.", "since")
    if cluster.parts.exists():
        raise Refused(f"{cluster} được chia thành các cụm nhỏ hơn. Hãy chọn một cụm trong đó.", "cluster")
    row.save()
    if left:
        Absence.objects.create(membership=row, since=left, until=since - timedelta(days=1))
    # Places wait for the score of whoever came.
    rank(cluster)
    act = f"{cluster}: thêm {unit} từ ngày {since:%d/%m/%Y} theo {paper.name}"
    facts = {"after": {str(unit): str(cluster)}, "reason": reason, "of": cluster.pk, "day": since}
    STEPS.tell(division, "join", act, by=by, **facts)
    return row


@transaction.atomic
def leave(membership, *, by, since: date, paper, reason: str) -> Membership:
    """A member takes part no more, because it ended or as ``paper`` says; what it did stays. Raises ``Refused``."""
    division = _announced(membership.division, by)
    row = Membership.objects.select_related("unit", "cluster").get(pk=membership.pk)
    _refuse_change(division, row, since, reason)
    absence = row.absences.order_by("-until").first()
    came = absence.until + timedelta(days=1) if absence else row.joined_on
    if came and since <= came:
        raise Refused(f"{row.unit} tham gia từ ngày {came:%d/%m/%Y}. Hãy chọn ngày sau đó.", "since")
    if row.role != Role.MEMBER:
        _end_term(row, since)
    row.left_on = since
    row.save()
    # The others move up, where places were given already.
    rank(row.cluster)
    words = f" theo {paper.name}" if paper else ""
    act = f"{row.cluster}: {row.unit} thôi tham gia từ ngày {since:%d/%m/%Y}{words}"
    facts = {"before": {str(row.unit): str(row.cluster)}, "after": {str(row.unit): "đã thôi tham gia"}}
    STEPS.tell(division, "leave", act, by=by, reason=reason, of=row.cluster_id, day=since, **facts)
    return row
