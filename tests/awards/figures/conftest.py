"""A year of awards that is counted by hand beside the forms, and who reads them."""

from datetime import date

import pytest

from awards.models import Award, Decision
from tests.conftest import make_unit, make_user
from units.models import Role, Unit

from ..conftest import give, make_recipient

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
def department(province):
    return make_unit("so-noi-vu", "Sở Nội vụ", kind=Unit.Kind.DEPARTMENT, superior=province)


@pytest.fixture
def commune(db):
    return make_unit("xa-ba-son", "UBND xã Ba Sơn", kind=Unit.Kind.COMMUNE)


@pytest.fixture
def officer(department):
    return make_user("cv", "Nguyễn Thị Hòa", Role.OFFICER, department)


@pytest.fixture
def of_commune(commune):
    return make_user("xa", "Lý Văn Xã", Role.UNIT_OFFICER, commune)


@pytest.fixture
def year(types, officer, department, commune):
    """2024 by hand: (who, what, by which route, of which class); of 2023, of no list, and cancelled ones beside them."""
    ministry, of_province = Decision.Submitter.MINISTRY, Decision.Submitter.PROVINCE
    office = make_unit("phong-van-hoa", "Phòng Văn hóa Ba Sơn", kind=Unit.Kind.OFFICE, superior=commune)

    def given(kind, code, unit, *, submitter="", year=2024, **facts):
        award = give(make_recipient(kind, unit=unit), code, year, officer, **facts)
        Decision.objects.filter(pk=award.decision_id).update(submitter=submitter)
        return award

    person, body, house = "person", "collective", "household"
    # Of the State.
    given(person, "BKTTG", department, position_class="department", submitter=of_province)
    given(person, "BKTTG", commune, position_class="direct", route="deed", submitter=ministry)
    given(house, "BKTTG", commune, route="contribution", submitter=of_province)
    given(body, "HCLD3", department, body_class="office", submitter=of_province)
    given(body, "CTDCP", commune, body_class="enterprise", submitter=of_province)
    given(person, "HCCSVV3", department, position_class="direct", route="tenure", submitter=of_province)
    given(person, "HCLD1", None, position_class="province", route="service", submitter=of_province)
    # Of the province.
    given(person, "BKT", department, position_class="other")
    given(person, "BKT", commune, position_class="business", route="movement")
    given(person, "BKT", None, position_class="direct", route="foreign")
    given(person, "CSTDT", office, position_class="other")
    given(body, "BKT", commune, body_class="enterprise", route="theme")
    given(body, "CTDT", department, body_class="office")
    given(house, "BKT", commune, route="contribution")
    given(person, "KNC", department, position_class="direct", route="service")
    given(body, "TTLDXS", department, body_class="office")
    # Not counted: of a ministry, of a unit, of another year, of a list that was undone, cancelled.
    given(person, "BKB", department, position_class="direct")
    given(person, "LDTT", department, position_class="direct")
    given(person, "BKT", department, position_class="direct", year=2023)
    given(person, "BKT", department, position_class="direct", day=date(2025, 1, 1))
    given(person, "BKT", department, position_class="direct", stands=False)
    given(person, "BKT", department, position_class="direct", cancelled_on=date(2025, 3, 1))
    return Award.objects.all()
