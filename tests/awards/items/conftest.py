"""A decision that was issued, and the kinds of items that come with the program."""

import pytest

from awards.items.kinds import load
from awards.models import Due
from tests.awards.issuing.conftest import approved, composed, dossier, issued, passed, province, today  # noqa: F401


@pytest.fixture
def kinds(types):
    """{code: kind}."""
    load()
    return {row.code: row for row in Due.kind.field.related_model.objects.all()}


@pytest.fixture
def owed(kinds, passed, composed, issued):  # noqa: F811
    """A function: what a decision of so many Bằng khen (or another award) is owed, in its order."""

    def make(number=2, code="BKT"):
        decision = issued(composed(*(passed(f"Lý Văn {n}", code=code) for n in range(number))))
        return list(Due.objects.filter(award__decision=decision))

    return make
