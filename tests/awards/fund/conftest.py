"""A decision that was issued, with what it owes; the heads of the fund."""

import pytest

from awards.fund.heads import load
from awards.models import Payment
from tests.awards.issuing.conftest import approved, composed, dossier, issued, passed, province, today  # noqa: F401


@pytest.fixture
def heads(db):
    load()


@pytest.fixture
def owed(passed, composed, issued, heads):  # noqa: F811
    """A function: the payments of a decision of so many Bằng khen."""

    def make(number=3):
        decision = issued(composed(*(passed(f"Lý Văn {n}") for n in range(number))))
        return list(Payment.objects.filter(award__decision=decision).order_by("award__position"))

    return make
