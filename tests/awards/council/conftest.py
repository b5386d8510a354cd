"""A council of seven, an appraised file, a meeting at each step."""

import pytest

from awards.council import actions, counting

from ...walking import turns_of
from .made import TODAY, accounts_of, again, called, entered, fit, made_council, made_file, prepared, yes_of


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """A day of a meeting."""
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else TODAY
    )


@pytest.fixture
def nine(people, so_noi_vu):
    """One account of each kind, the chair and the secretary of the council among them."""
    chair, secretary = accounts_of(so_noi_vu)
    return people | {"chair": chair, "secretary": secretary}


@pytest.fixture
def turn_of(nine):
    return turns_of(nine)


@pytest.fixture
def council(types, nine, so_noi_vu):
    return made_council(
        so_noi_vu,
        chair=nine["chair"],
        leader=nine["leader"],
        secretary=nine["secretary"],
        member=nine["council_member"],
    )


@pytest.fixture
def dossier(nine, types):
    return made_file(nine["unit_officer"], nine["officer"])


@pytest.fixture
def three(dossier):
    """Three persons for a provincial certificate."""
    return [fit(dossier, name) for name in ("Nông Thị An", "Nông Thị Bình", "Nông Thị Cúc")]


@pytest.fixture
def draft(council, officer, three):
    """All of the council considers, openly."""
    return prepared(council, officer, three, body="full")


@pytest.fixture
def opened(draft, officer):
    return called(draft, officer)


@pytest.fixture
def secret(council, officer, three):
    return called(prepared(council, officer, three, is_secret=True, body="full"), officer)


@pytest.fixture
def voted(opened, officer):
    """Everybody voted openly: seven, four, three of seven."""
    return entered(opened, officer, yes_of(opened, {"Nông Thị An": 7, "Nông Thị Bình": 4, "Nông Thị Cúc": 3}))


@pytest.fixture
def counted(voted, officer):
    return again(counting.count(voted, by=officer))


@pytest.fixture
def tied(draft, officer, types):
    """Two may be chosen: one has seven votes, two have six."""
    draft.bounds.create(type=types["BKT"], most=2)
    meeting = called(draft, officer)
    entered(meeting, officer, yes_of(meeting, {"Nông Thị An": 7, "Nông Thị Bình": 6, "Nông Thị Cúc": 6}))
    return again(counting.count(again(meeting), by=officer))


@pytest.fixture
def cancelled(opened, officer):
    return again(actions.cancel(opened, by=officer, reason="Hoãn"))


@pytest.fixture
def annulled(counted, officer):
    return again(counting.annul(counted, by=officer, reason="Ghi nhầm phiếu"))
