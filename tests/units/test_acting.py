"""Who acts for a unit, and for which nobody does."""

from datetime import date

import pytest

from tests.conftest import make_unit, make_user
from units.acting import acts_for, left_alone
from units.models import Role, Succession, Unit, UnitChange

ENDED = {"ended": date(2020, 6, 30)}


def goes_into(old, new, in_part=False):
    change = UnitChange.objects.create(kind=UnitChange.Kind.MERGE, date=date(2020, 7, 1), citation="Nghị quyết 1")
    Succession.objects.create(change=change, predecessor=old, successor=new, in_part=in_part)


@pytest.fixture
def units(db):
    """Old went into middle, which went into heir; part of split went into heir, too."""
    found = {name: make_unit(name, name, **ENDED) for name in ("old", "middle", "split", "gone", "ended")}
    found |= {name: make_unit(name, name) for name in ("heir", "empty")}
    goes_into(found["old"], found["middle"])
    goes_into(found["middle"], found["heir"])
    goes_into(found["split"], found["heir"], in_part=True)
    make_user("heir", "Người kế thừa", Role.UNIT_OFFICER, found["heir"])
    make_user("ended", "Người đơn vị cũ", Role.UNIT_OFFICER, found["ended"])
    return found


def test_who_acts_for_which_unit(units):
    heir = units["heir"].users.get()
    assert {name for name, unit in units.items() if acts_for(heir, unit.pk)} == {"heir", "middle", "old"}
    # Who belongs to a unit that ended acts for nobody, not even for it.
    assert not any(acts_for(units["ended"].users.get(), unit.pk) for unit in units.values())


@pytest.mark.parametrize(
    ("role", "acts"),
    [(role, role not in (Role.STORE_KEEPER, Role.COUNCIL_MEMBER)) for role in Role.values],
)
def test_only_those_who_write_act(units, role, acts):
    user = make_user("ai", "Ai đó", role, units["empty"])
    assert acts_for(user, units["empty"].pk) is acts
    assert (units["empty"].pk in left_alone([units["empty"].pk])) is not acts


def test_for_whom_nobody_acts(units, django_assert_num_queries):
    keys = {unit.pk for unit in units.values()}
    with django_assert_num_queries(2):
        alone = left_alone(keys)
    assert {name for name, unit in units.items() if unit.pk in alone} == {"split", "gone", "ended", "empty"}
    units["heir"].users.update(is_active=False)
    assert left_alone(keys) == keys
    with django_assert_num_queries(0):
        assert left_alone([]) == set()


def test_an_heir_that_is_not_alive_does_not_act(units):
    Unit.objects.filter(pk=units["heir"].pk).update(**ENDED)
    assert units["old"].pk in left_alone([units["old"].pk])
