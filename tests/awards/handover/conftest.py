"""A decision whose items are in the store."""

import pytest

from awards.models import Due
from awards.stock.actions import enter
from tests.awards.issuing.conftest import DAY
from tests.awards.items.conftest import (  # noqa: F401
    approved,
    composed,
    dossier,
    issued,
    kinds,
    media,
    owed,
    passed,
    province,
    today,
)


@pytest.fixture
def ready(owed, kinds, store_keeper):  # noqa: F811
    """A function: what so many Bằng khen are owed, all of it in the store."""

    def make(number=2):
        rows = owed(number)
        quantities = {kinds["bang-khen-tinh"]: number, kinds["khung-bang"]: number}
        enter("bought", quantities, by=store_keeper, day=DAY, paper="Hóa đơn 1")
        return list(Due.objects.filter(pk__in=[row.pk for row in rows]))

    return make
