"""A decision whose items are in the store."""

from datetime import date, time

import pytest

from awards.handover import papers, rounds
from awards.models import Due, Round
from awards.stock.actions import enter
from documents.life import many
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
from tests.conftest import make_unit
from tests.documents.jobs.workers import done_by_worker
from tests.walking import turns_of
from units.models import Capacity, Official, Term


@pytest.fixture
def ready(owed, kinds, store_keeper):  # noqa: F811
    """A function: what so many Bằng khen are owed, all of it in the store."""

    def make(number=2):
        rows = owed(number)
        quantities = {kinds["bang-khen-tinh"]: number, kinds["khung-bang"]: number}
        enter("bought", quantities, by=store_keeper, day=DAY, paper="Hóa đơn 1")
        return list(Due.objects.filter(pk__in=[row.pk for row in rows]))

    return make


@pytest.fixture
def turn_of(people):
    return turns_of(people)


@pytest.fixture
def for_units(owed, kinds, passed, composed, issued, store_keeper, other_unit):  # noqa: F811
    """A function: what so many units are owed, one Bằng khen each, all of it in the store; Sở Y tế is the first."""

    def make(number=3):
        units = [other_unit, *(make_unit(f"don-vi-{n}", f"Đơn vị {n}") for n in range(1, number))]
        decision = issued(composed(*(passed(f"Lý Văn {n}", unit=unit) for n, unit in enumerate(units))))
        quantities = {kinds["bang-khen-tinh"]: number, kinds["khung-bang"]: number}
        enter("bought", quantities, by=store_keeper, day=DAY, paper="Hóa đơn 1")
        return decision, units

    return make


def facts(**changes):
    """What is typed of a round: three working days from a Monday."""
    return {
        "subject": "nhận hiện vật khen thưởng", "place": "Kho hiện vật, tầng 1", "begins_on": date(2026, 11, 23),
        "ends_on": date(2026, 11, 25), "first_at": time(8), "last_at": time(11), "each": 30, "bring": "Giấy giới thiệu",
        "how": "Trao vào dịp phù hợp.", "for_all": False,
    } | changes  # fmt: skip


@pytest.fixture
def made_round(officer, so_noi_vu):
    """A function: a round of all that waits; the department has a head who signs."""
    head = Official.objects.create(name="Hà Văn Vinh")
    Term.objects.create(official=head, unit=so_noi_vu, post="Giám đốc", capacity=Capacity.OWN, since=date(2021, 1, 1))

    def make(**changes):
        return rounds.make(Round(**facts(**changes)), by=officer)[0]

    return make


@pytest.fixture
def told(made_round, officer, leader, clerk):
    """A function: a round whose papers were drafted, approved and issued, all by a worker."""

    def make(**changes):
        found = made_round(**changes)
        papers.draft_each(found, by=officer)
        done_by_worker()
        for what, by in (("submit", officer), ("approve", leader), ("issue", clerk)):
            many.ask(what, rounds.papers_of(found), by=by, day=DAY if what == "issue" else None)
            done_by_worker()
        return Round.objects.get(pk=found.pk)

    return make
