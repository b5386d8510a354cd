"""A conference that has all it needs, and the people who take steps with it."""

from datetime import time

import pytest

from conferences.models import Event, Part
from tests.campaigns.conftest import cited
from tests.conftest import make_unit, make_user
from units.models import Role


@pytest.fixture
def whole(event, plan):
    """The conference of the commune with everything that its plan asks."""
    Event.objects.filter(pk=event.pk).update(
        begins_at=time(8), chair="Vi Văn Chủ", chair_post="Chủ tịch UBND xã", first_day=None
    )
    event.headcounts.update(first=0)
    for place, (words, required) in enumerate([("Khai mạc", None), ("Báo cáo kết quả", plan.required.get())]):
        Part.objects.create(event=event, words=words, minutes=20, required=required, position=place)
    event.refresh_from_db()
    return event


@pytest.fixture
def people(officer, own, commune, department):
    """{who: account}: the unit's, the department's, and strangers."""
    return {
        "unit": own,
        "officer": officer,
        "clerk": make_user("van-thu", "Hà Thị Thư", Role.CLERK, department),
        "stranger": make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn")),
        "reader": make_user("chi-xem", "Mã Thị Xem", Role.STORE_KEEPER, commune),
    }


@pytest.fixture
def stopped_facts(db):
    """What a stopped conference has."""
    return {"stopped_on": "2026-06-01", "stopped_by": cited("10/UBND-KGVX", "CV"), "stopped_for": "Dịch bệnh"}
