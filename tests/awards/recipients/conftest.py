"""Units that came out of others, accounts, and what is typed into the forms about recipients."""

from datetime import date

import pytest

from awards.recipients import actions
from awards.recipients.models import Recipient
from tests.conftest import make_unit
from tests.walking import turns_of
from units.models import Succession, Unit, UnitChange

END = date(2025, 6, 30)
PEOPLE = ["officer", "leader", "clerk", "store_keeper", "unit_officer", "stranger", "council_member", "administrator"]
MANAGERS = {"officer", "leader", "administrator"}


def succeed(old, new, in_part=False):
    """``old`` went into ``new``."""
    change = UnitChange.objects.create(kind=UnitChange.Kind.MERGE, date=date(2025, 7, 1), citation="Nghị quyết thử")
    return Succession.objects.create(change=change, predecessor=old, successor=new, in_part=in_part)


@pytest.fixture
def communes(db):
    """Two old communes that became a new one: (old, other old, new)."""
    kind = Unit.Kind.COMMUNE
    old = make_unit("ubnd-xa-hoa-binh", "UBND xã Hòa Bình", kind=kind, ended=END)
    other = make_unit("ubnd-xa-yen-son", "UBND xã Yên Sơn", kind=kind, ended=END)
    new = make_unit("ubnd-xa-thien-tan", "UBND xã Thiện Tân", kind=kind, founded=date(2025, 7, 1))
    succeed(old, new)
    succeed(other, new)
    return old, other, new


@pytest.fixture
def turn_of(people):
    return turns_of(people)


def enter(by, kind="person", name="Nông Thị Hòa", **fields):
    """A record entered by the action; ``postings``, ``number`` and ``apart`` go with it."""
    told = {key: fields.pop(key) for key in ("postings", "number", "apart") if key in fields}
    return actions.begin(Recipient(kind=kind, name=name, **fields), by=by, **told)


def fresh(row):
    """It as it is stored."""
    return Recipient.objects.select_related("unit", "merged_into").get(pk=row.pk)


NO_LINES = {"posting-TOTAL_FORMS": "0", "posting-INITIAL_FORMS": "0"}


def person(name="Nông Thị Hòa", **more):
    """What the form of a person sends."""
    return {"name": name, "gender": "female", "began_on": "02/03/1980", "ethnicity": "nung", **NO_LINES, **more}
