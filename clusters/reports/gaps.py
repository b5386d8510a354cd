"""What a cluster and a meeting of it answer in the gaps of texts that papers about them begin from."""

from documents.areas.records import Records
from documents.source.vietnamese import count_text, full_day

from ..activities.models import OF_ACTIVITY, Activity, Attendance
from ..activities.papers import REPORT
from ..area import CLUSTERS
from ..divisions.models import Cluster, Membership


def _leader(cluster):
    """The unit that leads ``cluster``, by name; nothing where there is none."""
    led = cluster.memberships.staying().filter(role=Membership.Role.LEADER).select_related("unit").first()
    return led.unit.name if led else ""


def _number(rows) -> str:
    number = rows.count()
    return count_text(number) if number else ""


OF_CLUSTER = Records(
    CLUSTERS, "cum-khoi", "Cụm, khối",
    lambda user: Cluster.objects.visible_to(user).select_related("division").order_by("-division__year", "position", "pk"),
    {
        "đơn vị": lambda row, user: _leader(row),
        "cụm": lambda row, user: row.name,
        "số đơn vị": lambda row, user: _number(row.memberships.staying()),
        "năm": lambda row, user: row.division.year,
    },
)  # fmt: skip
OF_CLUSTER.are_told_by(REPORT)

OF_MEETING = Records(
    CLUSTERS, "hoat-dong", "Hoạt động cụm, khối",
    lambda user: Activity.objects.visible_to(user).select_related("cluster__division").order_by("-held_on", "-pk"),
    {
        "đơn vị": lambda row, user: _leader(row.cluster),
        "cụm": lambda row, user: row.cluster.name,
        "hội nghị": lambda row, user: row.title or row.get_kind_display(),
        "số đơn vị": lambda row, user: _number(row.attendances.filter(came=Attendance.Came.PRESENT)),
        "năm": lambda row, user: row.cluster.division.year,
        "ngày": lambda row, user: full_day(row.held_on),
        "giờ": lambda row, user: f"{row.held_at:%H giờ %M}" if row.held_at else "",
        "địa điểm": lambda row, user: row.place,
    },
)  # fmt: skip
OF_MEETING.are_told_by(OF_ACTIVITY)
