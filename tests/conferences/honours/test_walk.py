"""Who may do what with the list of those honoured, and with one of them, from every state of the conference."""

from datetime import date

import pytest

from conferences.honours import actions
from conferences.honours.actions import HONOURS, LIST
from conferences.models import Event, Honour
from documents.models import Change
from tests.campaigns.conftest import cited
from tests.conftest import make_unit, make_user
from tests.walking import turns_of, walk
from units.models import Role

from .conftest import at

COMING = {
    "honour_awards", "honour_examples", "honour_name", "honour_out", "honour_move", "honour_sort", "honour_present",
    "honour_unpresent", "honour_follow",
}  # fmt: skip
OF_LIST = {
    "planned": COMING, "asked": COMING, "ready": COMING, "held": {"honour_held"}, "reported": {"honour_held"},
    "stopped": {"honour_dropped"},
}  # fmt: skip
STANDS = {
    "held": {"held_on": date(2026, 6, 10)},
    "reported": {"held_on": date(2026, 6, 10)},
    "stopped": {"stopped_on": date(2026, 6, 1), "stopped_for": "Dịch"},
}


@pytest.fixture
def people(officer, own, commune, department):
    """{who: account}: the unit's, the department's, and strangers."""
    other = make_unit("xa-khac", "UBND xã Công Sơn")
    return {
        "unit": own,
        "officer": officer,
        "clerk": make_user("van-thu", "Hà Thị Thư", Role.CLERK, department),
        "stranger": make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, other),
        "reader": make_user("chi-xem", "Mã Thị Xem", Role.STORE_KEEPER, commune),
    }


def stand(event, state):
    """The conference in ``state``."""
    more = {"stopped_by": cited("10/UBND-KGVX", "CV")} if state == "stopped" else {}
    return at(event, state, **STANDS.get(state, {}), **more)


@pytest.mark.parametrize("state", OF_LIST)
def test_who_may_do_what_with_the_list(state, event, named, people, client_of):
    named()
    stand(event, state)
    walk(
        LIST, lambda: Event.objects.get(pk=event.pk), turns_of(people), client_of,
        may={who: OF_LIST[state] if who == "unit" else set() for who in people}, typed={}, reasons=set(),
        known=lambda row: Change.objects.filter(about="conference", key=row.pk).count(),
    )  # fmt: skip


@pytest.mark.parametrize("consents", [False, True])
@pytest.mark.parametrize("state", OF_LIST)
def test_who_may_do_what_with_one_of_them(state, consents, event, own, named, people, client_of):
    row = named()
    if consents:
        actions.give_consent(row, by=own, on=date(2026, 6, 1), words="bản ký")
    stand(event, state)
    steps = {"honour_edit", "honour_withdraw" if consents else "honour_consent"} if state != "stopped" else set()
    walk(
        HONOURS, lambda: Honour.objects.get(pk=row.pk), turns_of(people), client_of,
        may={who: steps if who == "unit" else set() for who in people},
        typed={"honour_consent": {"on": "01/06/2026", "words": "bản ký"}}, reasons=set(),
        known=lambda one: Change.objects.filter(about="conference", key=one.event_id).count(),
    )  # fmt: skip
