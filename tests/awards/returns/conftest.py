"""Awards whose items were handed over, and cases about them."""

import pytest

from awards.models import ItemCase
from awards.returns import actions
from tests.awards.issuing.conftest import DAY
from tests.awards.presentation.conftest import (  # noqa: F401
    approved,
    collected,
    composed,
    dossier,
    issued,
    kinds,
    owed,
    passed,
    province,
    ready,
    today,
)

FACTS = {"applicant": "Lý Văn 0", "letter": "ngày 20/11/2026", "applied_on": DAY, "told": "Ẩm mốc"}


@pytest.fixture
def award(collected):  # noqa: F811
    """One award whose certificate and frame the unit has."""
    return collected(1)[0]


@pytest.fixture
def asked(award, officer):
    """A function: a case about all items of the award (or some, by their codes)."""

    def make(why="damaged", *codes, by=None, of=None, **facts):
        of = of or award
        chosen = [due.kind for due in of.dues.select_related("kind") if not codes or due.kind.code in codes]
        return actions.ask(ItemCase(award=of, why=why, **FACTS | facts), chosen, by=by or officer)

    return make
