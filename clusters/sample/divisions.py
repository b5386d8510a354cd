"""The divisions of 2020 and 2026 as ``divisions.toml`` tells them, announced on their days."""

import tomllib
from datetime import date
from pathlib import Path

from clusters.models import Category, Cluster, Division, Membership
from documents.models import Document, DocumentType
from units.models import Unit

from ..divisions.actions import put_in_force

SOURCE = Path(__file__).with_name("divisions.toml")
ROLES = [Membership.Role.LEADER, Membership.Role.DEPUTY]


def make(people) -> list[Division]:
    """The divisions that are missing, in force; ``people``: {username: account}."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["division"]
    known = set(Division.objects.values_list("year", flat=True))
    return [_make(row, people["chuyenvien"]) for row in rows if row["year"] not in known]


def _make(row, officer):
    """One division with its clusters, and its notice."""
    year = row["year"]
    division = Division.objects.create(
        year=year, begins_on=date(year, 1, 1), ends_on=date(year, 12, 31), kinds=row["kinds"], sample=True
    )
    for bloc in row["bloc"]:
        parent = _cluster(division, bloc["name"], bloc["category"], kind=Cluster.Kind.BLOC) if "name" in bloc else None
        for name, codes in bloc["clusters"].items():
            kind = Cluster.Kind.BLOC if name.startswith("Khối") else Cluster.Kind.CLUSTER
            _fill(_cluster(division, name, bloc["category"], kind=kind, parent=parent), codes)
    if "communes" in row:
        parent = _cluster(division, "Khối các xã, phường", row["communes"], kind=Cluster.Kind.BLOC)
        for district, communes in _by_district(division.day).items():
            _fill(_cluster(division, f"Cụm thi đua vùng {district}", row["communes"], parent=parent), communes)
    return put_in_force(division, notice=_notice(row), day=row["day"], by=officer)


def _cluster(division, name, category, **fields):
    """One cluster behind those that are there."""
    kind, _ = Category.objects.get_or_create(name=category)
    position = division.clusters.count() + 1
    return Cluster.objects.create(division=division, name=name, category=kind, position=position, **fields)


def _fill(cluster, codes):
    """The members of a cluster: the first leads, the second is deputy."""
    units = Unit.objects.in_bulk(codes, field_name="code")
    for place, code in enumerate(codes):
        role = ROLES[place] if place < len(ROLES) else Membership.Role.MEMBER
        Membership.objects.create(cluster=cluster, unit=units[code], role=role)


def _by_district(day) -> dict[str, list[str]]:
    """{former district: codes of the communes that most of its communes went into}."""
    found = {}
    communes = (
        Unit.objects.alive_on(day).filter(kind=Unit.Kind.COMMUNE).prefetch_related("origins__predecessor__superior")
    )
    for commune in communes:
        districts = [row.predecessor.superior.name for row in commune.origins.all() if row.predecessor]
        most = max(districts, key=districts.count)
        name = most.removeprefix("UBND ").removeprefix("huyện ").removeprefix("thành phố ")
        found.setdefault(name, []).append(commune.code)
    return found


def _notice(row):
    """The notice in the register; the one of 2026 is invented and says so."""
    day = row["day"]
    known = Document.objects.filter(origin=Document.Origin.CITED, reference=row["notice"], year=day.year).first()
    return known or Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code="TB"),
        reference=row["notice"],
        issuer_name="UBND tỉnh",
        issuer_unit=Unit.objects.get(code="ubnd-tinh"),
        subject=f"phân khối, cụm thi đua năm {day.year}",
        year=day.year,
        month=day.month,
        day=day.day,
        note="Văn bản minh họa: số, ngày và nội dung do người làm chương trình đặt ra.",
        sample=True,
    )
