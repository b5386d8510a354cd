"""The store: its kinds, what came in, and a decision whose awards are owed items."""

import pytest

from awards.stock.actions import enter
from awards.stock.ledger import Level, levels
from tests.awards.issuing.conftest import DAY
from tests.awards.items.conftest import (  # noqa: F401
    approved,
    composed,
    dossier,
    issued,
    kinds,
    owed,
    passed,
    province,
    today,
)


@pytest.fixture
def receive(kinds, store_keeper):  # noqa: F811
    """A function: receive so many of a kind."""

    def make(code, number, **facts):
        return enter("bought", {kinds[code]: number}, **{"by": store_keeper, "day": DAY, "paper": "Hóa đơn 12"} | facts)

    return make


def level(kind) -> Level:
    """What there is of a kind."""
    return levels([kind.pk]).get(kind.pk, Level())
