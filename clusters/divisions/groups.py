"""Clusters as addressees of papers: all members of a year, all leaders, one cluster."""

from documents.deliveries.addressees import Provider
from units.models import Unit
from units.text import key_or_none

from ..area import CLUSTERS
from .models import Cluster, Division, Membership


def _choices(user, day):
    """Groups of the division of the year of ``day``; without one, of the latest before it."""
    division = Division.objects.visible_to(user).filter(year__lte=day.year).first()
    if not division:
        return []
    year = division.year
    rows = [
        (f"nam-{year}", f"Các đơn vị trong cụm thi đua của tỉnh năm {year}"),
        (f"truong-{year}", f"Trưởng các khối, cụm thi đua năm {year}"),
    ]
    clusters = Cluster.objects.filter(division=division, parts=None)
    return rows + [(str(pk), f"Các đơn vị thuộc {name}") for pk, name in clusters.values_list("pk", "name")]


def _members(name, day):
    """The members on ``day``: who left by then, or joined later, is not meant."""
    rows = Membership.objects.on(day)
    kind, _, year = name.partition("-")
    year, cluster = key_or_none(year), key_or_none(name)
    if kind == "nam" and year:
        rows = rows.filter(division__year=year)
    elif kind == "truong" and year:
        rows = rows.filter(division__year=year, role=Membership.Role.LEADER)
    else:
        rows = rows.filter(cluster=cluster) if cluster else rows.none()
    return Unit.objects.alive_on(day).filter(pk__in=rows.values("unit"))


CLUSTERS.addressees["cum"] = Provider("Khối, cụm thi đua", _choices, _members)
