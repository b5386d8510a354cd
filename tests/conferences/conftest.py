"""A plan with its windows, the conference of a commune, and the people that actions are tried with."""

from datetime import date

import pytest

from conferences.models import Event, Headcount, Level, Plan, Required
from documents.models import Document, DocumentType
from tests.conftest import make_unit, make_user
from units.models import Capacity, Official, Role, Sector, Term, Unit

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day that these tests stand on."""
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else TODAY
    )


@pytest.fixture
def province(db):
    return make_unit("ubnd-tinh", "UBND tỉnh Lạng Sơn", kind=Unit.Kind.PROVINCE, symbol="UBND")


@pytest.fixture
def department(db, province):
    return make_unit("so-noi-vu", "Sở Nội vụ", kind=Unit.Kind.DEPARTMENT, symbol="SNV", superior=province)


@pytest.fixture
def officer(department):
    """Of the department."""
    return make_user("can-bo", "Lê Văn Cán", role=Role.OFFICER, unit=department)


@pytest.fixture
def commune(db):
    return make_unit(
        "xa-ba-son", "UBND xã Ba Sơn", kind=Unit.Kind.COMMUNE, symbol="UBND", letterhead="ỦY BAN NHÂN DÂN\nXÃ BA SƠN"
    )


@pytest.fixture
def hospital(db):
    """A unit of health."""
    sector, _ = Sector.objects.get_or_create(code="y-te", defaults={"name": "Y tế", "is_health": True})
    return make_unit("so-y-te", "Sở Y tế", kind=Unit.Kind.DEPARTMENT, symbol="SYT", sector=sector)


@pytest.fixture
def own(commune):
    """The officer of the commune."""
    return make_user("can-bo-xa", "Vi Thị Xã", role=Role.UNIT_OFFICER, unit=commune)


@pytest.fixture
def signer(commune):
    """The chairman of the commune, who signs its papers."""
    official = Official.objects.create(name="Vi Văn Chủ")
    return Term.objects.create(
        official=official, unit=commune, post="Chủ tịch", capacity=Capacity.OWN, since=date(2021, 1, 1)
    )


@pytest.fixture
def plan(officer):
    """VII of the province; communes 2026, departments and the congress after them."""
    found = Plan.objects.create(
        name="Hội nghị điển hình tiên tiến các cấp, Đại hội lần thứ VII", number=7, national=12, serves_from=2020,
        serves_until=2025, recognised_from=date(2020, 9, 10), state=Plan.State.ISSUED, issued_on=date(2025, 12, 1),
        by=officer,
    )  # fmt: skip
    windows = [
        ("Cấp xã", ["commune"], date(2026, 5, 1), date(2026, 9, 30), {"full_below": 200, "sent_up": 2}),
        ("Sở, ban, ngành", ["department", "front"], date(2026, 7, 1), date(2026, 10, 31), {"sent_up": 3}),
        ("Tỉnh", ["province"], date(2026, 11, 1), date(2026, 12, 31), {"is_congress": True}),
    ]
    for place, (name, kinds, begins, ends, facts) in enumerate(windows):
        Level.objects.create(
            plan=found, name=name, unit_kinds=kinds, begins_on=begins, ends_on=ends, position=place, **facts
        )
    Required.objects.create(plan=found, words="Báo cáo kết quả phong trào thi đua", minutes=30)
    return found


@pytest.fixture
def event(plan, commune, own):
    """The conference of the commune, planned."""
    found = Event.objects.create(
        unit=commune, plan=plan, level=plan.levels.get(name="Cấp xã"), form=Event.Form.MODELS, by=own,
        name="Hội nghị biểu dương điển hình tiên tiến xã Ba Sơn", day=date(2026, 7, 20), place="Hội trường xã",
        first_day=date(2026, 7, 20),
    )  # fmt: skip
    Headcount.objects.create(event=found, role="official", first=120, number=120, cost=100_000)
    return found


@pytest.fixture
def clerk(department):
    """Of the department, who reads along."""
    return make_user("van-thu", "Hà Thị Thư", role=Role.CLERK, unit=department)


@pytest.fixture
def leader(department):
    """Of the department."""
    return make_user("lanh-dao", "Vũ Văn Lãnh", role=Role.LEADER, unit=department)


@pytest.fixture
def people(officer, leader, clerk, own):
    """Everybody by the name that tests of steps use."""
    return {"officer": officer, "leader": leader, "clerk": clerk, "own": own}


@pytest.fixture
def paper(province):
    """A function: a paper of the register that was made elsewhere."""

    def make(reference="125/KH-UBND", day=date(2026, 6, 1), code="KH", subject="tổ chức hội nghị"):
        return Document.objects.create(
            origin=Document.Origin.CITED, type=DocumentType.objects.get(code=code), reference=reference, subject=subject,
            issuer_unit=province, issuer_name=province.name, year=day.year, month=day.month, day=day.day,
        )  # fmt: skip

    return make
