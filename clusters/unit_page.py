"""What the page of a unit tells of its clusters, year by year."""

from django.db.models import Exists, OuterRef

from units.finding import Found
from units.unit_parts import SHOWN, Part

from .area import CLUSTERS
from .models import Cluster, Division, Membership


def part_for(unit, user):
    """The clusters that the unit was put into, the latest year first; everybody may know them once they are announced.

    Who may not look into a cluster is led to its year.
    """
    rows = Membership.objects.filter(unit=unit, cluster__division__state=Division.State.IN_FORCE)
    is_open = Exists(Cluster.objects.visible_to(user).filter(pk=OuterRef("cluster")))
    rows = (
        rows.annotate(is_open=is_open)
        .select_related("cluster__division")
        .order_by("-cluster__division__year", "pk")[:SHOWN]
    )
    lines = [
        Found(str(row.cluster), _page(row).get_absolute_url(), f"năm {row.cluster.division.year} · {_place(row)}")
        for row in rows
    ]
    return Part("Khối, cụm thi đua", lines) if lines else None


def _page(row):
    return row.cluster if row.is_open else row.cluster.division


def _place(row):
    role = "thành viên" if row.role == Membership.Role.MEMBER else row.get_role_display().lower()
    return f"{role}, thôi tham gia từ {row.left_on:%d/%m/%Y}" if row.left_on else role


CLUSTERS.unit_parts.append(part_for)
