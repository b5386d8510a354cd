"""What the page of a unit tells of its clusters, year by year."""

from units import unit_parts
from units.unit_parts import SHOWN, Line, Part

from .models import Division, Membership


def part_for(unit, user):
    """The clusters that the unit was put into, the latest year first; everybody may know them once they are announced."""
    rows = Membership.objects.filter(unit=unit, cluster__division__state=Division.State.IN_FORCE)
    rows = rows.select_related("cluster__division").order_by("-cluster__division__year", "pk")[:SHOWN]
    lines = [
        Line(str(row.cluster), row.cluster.get_absolute_url(), f"năm {row.cluster.division.year} · {_place(row)}")
        for row in rows
    ]
    return Part("Khối, cụm thi đua", lines) if lines else None


def _place(row):
    role = "thành viên" if row.role == Membership.Role.MEMBER else row.get_role_display().lower()
    return f"{role}, thôi tham gia từ {row.left_on:%d/%m/%Y}" if row.left_on else role


unit_parts.register(part_for)
