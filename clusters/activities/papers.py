"""The papers that are written from what a cluster logged of one activity: invitation, minutes.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.7 (giấy mời), 1.9 (biên bản).
"""

from collections import Counter

from django.db import models, transaction
from django.utils import timezone

from documents.areas.papers import Papers, name_of
from documents.models import Addressee, Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.permissions import department

from ..area import CLUSTERS
from .actions import faults_of
from .models import OF_ACTIVITY, Activity, Attendance, Paper

Came = Attendance.Came


class Period(models.TextChoices):
    """What a report of a cluster sums up."""

    HALF = "half", "6 tháng đầu năm"
    YEAR = "year", "Cả năm"


# The reports of a cluster; the room of reports writes them.
REPORT = Papers(CLUSTERS, "bao-cao-cum", Period)


def to_department():
    unit = department(timezone.localdate())
    return [Addressee(key=f"don-vi:{unit.code}", label=unit.name)] if unit else []


def refuse_stranger(cluster, by):
    """Raise ``Refused`` for who leads not."""
    if not cluster.is_led_by(by):
        raise Refused(f"Chỉ trưởng, phó trưởng của {cluster} soạn được văn bản này.")


def reports_of(cluster, user):
    """The reports of ``cluster`` that ``user`` may open, each behind what it sums up."""
    return [(Period(name_of(paper)).label, paper) for paper in REPORT.of(cluster.pk).open_to(user).order_by("pk")]


# --- Invitation and minutes


@transaction.atomic
def draft_for(activity, paper: Paper, *, by) -> Document:
    """A draft of the invitation to ``activity`` or of its minutes, by the unit of ``by``. Raises ``Refused``."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("cluster__division__notice__type")
    activity = rows.get(pk=activity.pk)
    refuse_stranger(activity.cluster, by)
    OF_ACTIVITY.refuse_standing(activity.pk, paper)
    if not activity.is_gathering:
        raise Refused("Việc này không phải cuộc họp nên không có giấy mời, biên bản.")
    make = _invitation if paper == Paper.INVITATION else _minutes
    return OF_ACTIVITY.draft(activity.pk, paper, by=by, issuer=by.unit, **make(activity, by))


def _invitation(activity, by):
    """Whom, to what, when, where (Mẫu 1.7)."""
    if activity.held_on < timezone.localdate():
        raise Refused(f"{activity} đã qua nên không soạn giấy mời nữa. Hãy soạn biên bản.")
    if not (activity.place.strip() and activity.held_at):
        raise Refused("Hãy ghi giờ và địa điểm của hoạt động trước khi soạn giấy mời.")
    cluster, unit = activity.cluster, by.unit
    guests = [f"Các đơn vị thuộc {cluster.name}", *(row.label for row in to_department())]
    lines = [
        f"{said(unit.name)} trân trọng kính mời: Đại diện lãnh đạo các đơn vị thành viên {said(cluster.name)}; "
        "đại diện Sở Nội vụ.",
        f"Tới dự: {said(activity.title)} của {said(cluster.name)}, năm thi đua {cluster.division.year}.",
        f"Chủ trì: {said(activity.chair)}." if activity.chair else "",
        f"Thời gian: {_moment(activity.held_at, activity.held_on)}.",
        f"Địa điểm: {said(activity.place)}.",
    ]
    return {
        "type": "GM",
        "facts": {
            "subject": said_in_head(activity.title),
            "recipients": "\n".join(guests),
            "body": "\n\n".join(filter(None, [*lines, *told_lines(activity.decided, "Nội dung dự kiến:")])),
        },
        "addressees": [Addressee(key=f"cum:{cluster.pk}", label=guests[0]), *to_department()],
    }


def _moment(hour, day) -> str:
    """``08 giờ 00, ngày 15 tháng 12 năm 2026``; a blank for an hour that is not known."""
    return f"{f'{hour:%H giờ %M}' if hour else '… giờ …'}, {full_day(day)}"


def _person(words) -> str:
    """``Nông Văn A, Giám đốc``; a blank for a post that was not told."""
    return said(words) if "," in words else f"{said(words)}, [chức vụ]"


def told_lines(text, heading):
    """``text`` as typed, each line a paragraph of its own under ``heading``; nothing of nothing."""
    lines = [said(line) for line in text.splitlines() if line.strip()]
    return [heading, *lines] if lines else []


def _minutes(activity, by):
    """When, where, who came, what was decided, who was elected (Mẫu 1.9)."""
    faults = faults_of(activity)
    if faults:
        raise Refused("Chưa soạn được biên bản. " + " ".join(faults))
    elected = activity.elections.select_related("membership__unit")
    rows = list(activity.attendances.select_related("membership__unit").order_by("membership__unit__sort_text"))
    secretary = activity.secretary.strip() or by.full_name
    cluster, lists = activity.cluster, Lists()
    came = lists.table(
        "Thành phần tham dự",
        *_heads_with(["Đơn vị", "Có mặt, vắng"], "Người dự, lý do vắng", rows),
    )
    body = [
        f"Thời gian bắt đầu: {_moment(activity.held_at, activity.held_on)}.",
        f"Địa điểm: {said(activity.place)}.",
        f"Thành phần tham dự: {_counted(rows)}.",
        came,
        f"Chủ trì: {_person(activity.chair)}.",
        f"Thư ký (người ghi biên bản): {_person(secretary)}.",
        *told_lines(activity.decided, "Nội dung, kết luận:"),
    ]
    if elected:
        names = "; ".join(f"{row.get_role_display().lower()}: {said(row.membership)}" for row in elected)
        body.append(f"Hội nghị bầu trưởng, phó trưởng năm {cluster.division.year + 1}: {names}.")
    body.append(f"Hội nghị kết thúc vào {_moment(activity.ended_at, activity.held_on)}.")
    return {
        "type": "BB",
        "facts": {
            "subject": said_in_head(f"{activity.title} của {cluster.name}"),
            "signer": None,
            "capacity": "CHỦ TỌA",
            "signer_name": activity.chair.split(",")[0].strip(),
            "second_signer_name": secretary.split(",")[0].strip(),
            "body": lists.told("\n\n".join(body)),
        },
        "appendices": lists.appendices,
    }


def _counted(rows) -> str:
    """``có mặt 07/09 đơn vị, vắng có lý do 01, vắng 01``."""
    counts = Counter(row.came for row in rows)
    parts = [f"có mặt {count_text(counts[Came.PRESENT])}/{count_text(len(rows))} đơn vị"]
    parts += [
        f"{came.label.lower()} {count_text(counts[came])}" for came in (Came.EXCUSED, Came.ABSENT) if counts[came]
    ]
    return ", ".join(parts)


def _heads_with(heads, last, rows):
    """Heads and rows of who came; the column of notes only where somebody has one."""
    told = any(row.note for row in rows)
    cells = [(row.membership.unit.name, row.get_came_display(), *([row.note] if told else [])) for row in rows]
    return [*heads, *([last] if told else [])], cells
