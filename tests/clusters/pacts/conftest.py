"""A pact of the cluster of the north, at each step of its life."""

from datetime import date

import pytest

from clusters.models import Membership
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from units.models import Official, Role, Term, Unit

from ...conftest import make_unit, make_user
from .made import TODAY, paper, scan, sign_all, target


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day that these tests stand on, whatever the machine says."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: TODAY)


@pytest.fixture
def who(eight):
    """The officer of the leader unit."""
    return eight["leader_unit"]


@pytest.fixture
def officers(cluster, other_cluster, eight):
    """{key of a unit: its officer} of all units of both clusters."""
    found = {user.unit_id: user for user in eight.values() if user.role == Role.UNIT_OFFICER and user.unit_id}
    for row in Membership.objects.filter(division=cluster.division).select_related("unit"):
        if row.unit_id not in found:
            found[row.unit_id] = make_user(f"cb{row.unit_id}", f"Cán bộ {row.unit_id}", Role.UNIT_OFFICER, row.unit)
    return found


@pytest.fixture
def pact(cluster, who):
    """A draft of the cluster with two targets."""
    made = pacts.begin(pact_papers.blank(cluster.division, cluster), by=who)
    targets = [target("Sáng kiến được công nhận", "sáng kiến", "5"), target("Đúng hạn", "%", "98")]
    return pacts.write(made, targets=targets, by=who)


@pytest.fixture
def opened(pact, who):
    return pacts.open_for_signing(pact, by=who)


@pytest.fixture
def signed(opened, officers):
    return sign_all(opened, officers)


@pytest.fixture
def scanned(signed, who):
    return pacts.attach(signed, files=[scan()], by=who)


@pytest.fixture
def submitted(scanned, officer):
    return pacts.submit(scanned, by=officer, paper=paper(), day=date(2026, 3, 20))


@pytest.fixture
def confirmed(submitted, officer):
    return pacts.confirm(
        submitted, by=officer, paper=paper("05/TB-HĐ", "TB"), day=date(2026, 3, 27), who="Thường trực Hội đồng"
    )


@pytest.fixture
def returned(submitted, officer):
    return pacts.give_back(submitted, by=officer, reason="Chỉ tiêu thấp")


@pytest.fixture
def director(so_noi_vu):
    """Who signs for Sở Nội vụ."""
    official = Official.objects.create(name="Hà Văn Vinh", invented=True)
    return Term.objects.create(official=official, unit=so_noi_vu, post="Giám đốc", since=date(2019, 1, 1))


@pytest.fixture
def council(db):
    return make_unit(
        pact_papers.COUNCIL_CODE,
        "Hội đồng Thi đua - Khen thưởng tỉnh Lạng Sơn",
        kind=Unit.Kind.PROVINCE,
        symbol="HĐTĐKT",
    )
