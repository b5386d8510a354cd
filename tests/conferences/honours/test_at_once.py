"""Two people at one moment: an award is in a list once, and presented once, at whichever conference."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from awards.models import Presented
from conferences.honours import actions
from conferences.models import Event
from documents.steps.refusing import Refused

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """What each of two acts gives, or why it was refused."""
    start = Barrier(len(acts))

    def person(act):
        start.wait()
        try:
            return act()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(person, acts))


def test_of_two_who_choose_the_same_award_one_has_it_in_the_list(event, own, given):
    keys = [given("LDTT").pk]
    act = lambda: actions.choose_awards(event, by=own, keys=keys)  # noqa: E731
    found = at_once(act, act)
    assert sorted(type(one).__name__ for one in found) == ["Event", "str"]
    assert event.honours.count() == 1


def test_of_two_conferences_that_present_the_same_award_one_does(event, own, given):
    award = given("LDTT")
    other = Event.objects.create(
        unit=event.unit, kind="presentation", name="Công bố khen thưởng", day=date(2026, 7, 1), place="Trụ sở", by=own
    )
    for one in (event, other):
        actions.choose_awards(one, by=own, keys=[award.pk])
    found = at_once(
        *(lambda one=one: actions.present(one, by=own, keys=[one.honours.get().pk]) for one in (event, other))
    )
    assert sorted(type(one).__name__ for one in found) == ["Event", "str"]
    assert Presented.objects.count() == 1
    assert sorted(one.honours.get().is_presented for one in (event, other)) == [False, True]
