"""A campaign of the province, one that a unit launched on its basis, and the people that actions are tried with."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from campaigns.models import Campaign
from documents.models import Document, DocumentType
from documents.steps.refusing import Refused
from tests.conftest import make_unit, make_user
from tests.walking import turns_of
from units.models import Role, Unit

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day that these tests stand on."""
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else TODAY
    )


def cited(reference, code="PĐ", day=date(2026, 1, 10), **facts):
    """A paper that the register holds."""
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code=code),
        reference=reference,
        issuer_name="UBND tỉnh Lạng Sơn",
        subject="phát động phong trào thi đua",
        year=day.year,
        month=day.month,
        day=day.day,
        **facts,
    )


@pytest.fixture
def province(db):
    return make_unit("ubnd-tinh", "UBND tỉnh Lạng Sơn", kind=Unit.Kind.PROVINCE, symbol="UBND")


@pytest.fixture
def communes(db):
    """Four units that are asked to take part; the first two have an officer each."""
    names = ["Ba Sơn", "Công Sơn", "Đồng Đăng", "Cao Lộc"]
    return [make_unit(f"xa-{n}", f"UBND xã {name}", kind=Unit.Kind.COMMUNE) for n, name in enumerate(names)]


def make_campaign(unit, author, name="Chung sức xây dựng nông thôn mới", **facts):
    """A campaign of the year, launched unless ``state`` says otherwise."""
    defaults = {
        "kind": Campaign.Kind.THEMED,
        "scope": Campaign.Scope.PROVINCE,
        "aims": "Nâng cao đời sống người dân",
        "contents": "Thi đua làm đường giao thông",
        "criteria": "Đạt từ 3 tiêu chí trở lên",
        "participants": "Các xã, phường",
        "asked_kinds": [Unit.Kind.COMMUNE],
        "begins_on": date(2026, 1, 15),
        "ends_on": date(2026, 12, 15),
        "interim_on": date(2026, 7, 15),
        "final_on": date(2026, 12, 20),
        "nominations_until": date(2026, 11, 30),
        "state": Campaign.State.LAUNCHED,
    }
    facts = defaults | facts
    if facts["state"] != Campaign.State.DRAFT:
        facts.setdefault("launched_on", date(2026, 1, 10))
    return Campaign.objects.create(unit=unit, author=author, name=name, **facts)


@pytest.fixture
def campaign(province, communes, officer):
    """A campaign of the province, launched on 10 January 2026, that asks the four communes."""
    found = make_campaign(province, officer, document=cited("12/PĐ-UBND"))
    return Campaign.objects.get(pk=found.pk)


@pytest.fixture
def bason(communes):
    """The officer of UBND xã Ba Sơn."""
    return make_user("bason", "Nông Văn Ba", Role.UNIT_OFFICER, communes[0])


@pytest.fixture
def congson(communes):
    """The officer of UBND xã Công Sơn."""
    return make_user("congson", "Vi Thị Công", Role.UNIT_OFFICER, communes[1])


@pytest.fixture
def child(campaign, communes, bason):
    """What UBND xã Ba Sơn launched on the basis of ``campaign``."""
    found = make_campaign(
        communes[0], bason, "Ba Sơn chung sức xây dựng nông thôn mới", begins_on=date(2026, 2, 1),
        scope=Campaign.Scope.UNIT, launched_on=date(2026, 1, 25),
    )  # fmt: skip
    found.parents.add(campaign)
    return Campaign.objects.get(pk=found.pk)


def at_once(*actions):
    """What each of ``actions``, run at the same moment, was refused with or gave."""
    together = Barrier(len(actions))

    def run(action):
        try:
            together.wait()
            return action()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


PEOPLE = ["officer", "leader", "administrator", "clerk", "bason", "congson", "council_member", "nobody"]
# Who keeps a campaign of the province.
KEEPERS = {"officer", "leader", "administrator"}


@pytest.fixture
def everybody(officer, leader, administrator, clerk, bason, congson, council_member):
    """{what they are: account}; nobody is an account without a unit."""
    return {
        "officer": officer,
        "leader": leader,
        "administrator": administrator,
        "clerk": clerk,
        "bason": bason,
        "congson": congson,
        "council_member": council_member,
        "nobody": make_user("khong", "Trần Văn Không", Role.UNIT_OFFICER, None),
    }


@pytest.fixture
def turn_of(everybody):
    """See ``tests.walking.turns_of``."""
    return turns_of(everybody)
