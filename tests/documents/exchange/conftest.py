"""Bodies on the axis, and a letter of the province that two of them got."""

import pytest

from documents.models import AxisOrgan
from tests.documents.issued import issue_letter, more_units


@pytest.fixture
def organs(province):
    """The codes of the province and of two communes."""
    AxisOrgan.objects.create(code="000.00.00.H37", name="UBND tỉnh Lạng Sơn", unit=province)
    units = more_units(2)
    return [AxisOrgan.objects.create(code=f"000.01.0{unit.pk % 10}.H37", name=unit.name, unit=unit) for unit in units]


@pytest.fixture
def issued(draft, officer, leader, clerk, organs):
    return issue_letter(draft, officer, leader, clerk, units=[organ.unit for organ in organs])
