"""A division of 2026 in force with two clusters, and the eight people that every action is tried with."""

from datetime import date

import pytest

from clusters.divisions.actions import put_in_force
from clusters.models import Category, Cluster, Division, Membership
from documents.models import Document, DocumentType
from tests.conftest import make_unit, make_user
from tests.walking import turns_of
from units.models import Role, Unit

NOTICE_DAY = date(2026, 2, 25)
UNITS = ("leader_unit", "deputy_unit", "member", "other_cluster", "nobody")
EIGHT = ("officer", "leader", "administrator", *UNITS)


@pytest.fixture
def notice(db):
    """The notice of the division, as the register holds it."""
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code="TB"),
        reference="109/TB-UBND",
        issuer_name="UBND tỉnh Lạng Sơn",
        subject="phân khối, cụm thi đua năm 2026",
        year=2026,
        month=2,
        day=25,
    )


@pytest.fixture
def division(db):
    """A draft of 2026 without clusters."""
    return Division.objects.create(
        year=2026, begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), kinds=["department", "commune"]
    )


@pytest.fixture
def category(db):
    return Category.objects.create(name="Cụm các xã")


def make_cluster(division, name, *units, **fields):
    """A cluster whose first unit leads and whose second is deputy."""
    cluster = Cluster.objects.create(division=division, name=name, **fields)
    roles = [Membership.Role.LEADER, Membership.Role.DEPUTY]
    for unit, role in zip(units, roles + [Membership.Role.MEMBER] * len(units), strict=False):
        Membership.objects.create(cluster=cluster, unit=unit, role=role)
    return cluster


@pytest.fixture
def cluster(division, category, notice, officer):
    """The cluster of the north, in force: Ba Sơn leads, Công Sơn is deputy, Đồng Đăng and Cao Lộc are members."""
    names = ["Ba Sơn", "Công Sơn", "Đồng Đăng", "Cao Lộc"]
    north = [make_unit(f"xa-{n}", f"UBND xã {name}", kind=Unit.Kind.COMMUNE) for n, name in enumerate(names)]
    south = [make_unit(f"xa-nam-{n}", f"UBND xã Nam {n}", kind=Unit.Kind.COMMUNE) for n in range(3)]
    found = make_cluster(division, "Cụm các xã phía Bắc", *north, category=category, position=1)
    make_cluster(division, "Cụm các xã phía Nam", *south, category=category, position=2)
    put_in_force(division, notice=notice, day=NOTICE_DAY, by=officer)
    return Cluster.objects.select_related("division").get(pk=found.pk)


@pytest.fixture
def other_cluster(cluster):
    return Cluster.objects.select_related("division").get(name="Cụm các xã phía Nam")


@pytest.fixture
def eight(cluster, other_cluster, officer, leader, administrator):
    """The eight people: {what they are: account}; nobody is an account without a unit."""

    def of(cluster, place, username, full_name):
        unit = list(cluster.memberships.with_units())[place].unit
        return make_user(username, full_name, Role.UNIT_OFFICER, unit)

    return {
        "officer": officer,
        "leader": leader,
        "administrator": administrator,
        "leader_unit": of(cluster, 0, "bason", "Nông Văn Ba"),
        "deputy_unit": of(cluster, 1, "congson", "Vi Thị Công"),
        "member": of(cluster, 2, "caoloc", "Hoàng Văn Lộc"),
        "other_cluster": of(other_cluster, 0, "nam", "Lý Thị Nam"),
        "nobody": make_user("khong", "Trần Văn Không", Role.UNIT_OFFICER, None),
    }


@pytest.fixture
def turn_of(eight):
    """See ``tests.walking.turns_of``."""
    return turns_of(eight)
