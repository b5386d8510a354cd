"""Two people at one moment: one change of a conference, one plan of a cycle, one number of delegates."""

from datetime import date, time

import pytest
from django.db import transaction

from conferences.changes import actions
from conferences.changes.actions import Kind, Wish
from conferences.delegates import inviting
from conferences.delegates.invited import invited_by_role
from conferences.models import Change, Delegate, Event, Plan
from conferences.plans import actions as planning
from documents.steps.refusing import Refused
from tests.campaigns.conftest import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 6, 15)


def test_of_two_requests_one_waits(event, own, plan):
    plan.required.all().delete()
    wish = Wish(Kind.REDUCE, TODAY, "Chống dịch", people={"official": 60})
    found = at_once(*(lambda: actions.change(event, wish, by=own) for _ in range(2)))
    assert sorted(type(one).__name__ for one in found) == ["Change", "Refused"]
    assert Change.objects.count() == 1


def test_of_two_who_postpone_from_one_page_the_second_is_told(event, own):
    wishes = [Wish(Kind.POSTPONE, TODAY, "Mưa lũ", new_day=date(2026, 8, day)) for day in (10, 20)]
    calls = [lambda wish=wish: actions.change(event, wish, by=own, seen_version=event.version) for wish in wishes]
    found = at_once(*calls)
    assert sum(isinstance(one, Refused) for one in found) == 1
    done = next(one for one in found if isinstance(one, Change))
    assert Event.objects.get(pk=event.pk).day == date.fromisoformat(done.after["day"])


def test_allowed_and_withdrawn_at_once_is_one_of_them(event, own, officer, plan):
    plan.required.all().delete()
    row = actions.change(event, Wish(Kind.REDUCE, TODAY, "Chống dịch", people={"official": 60}), by=own)
    found = at_once(lambda: actions.allow(row, by=officer), lambda: actions.withdraw(row, by=own))
    assert sum(isinstance(one, Refused) for one in found) == 1
    row.refresh_from_db()
    number = event.headcounts.get(role="official").number
    assert (row.state, number) in {("allowed", 60), ("taken_back", 120)}


def test_next_cycle_is_begun_once(plan, province, officer):
    found = at_once(*(lambda: planning.begin_next(plan, by=officer) for _ in range(2)))
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Plan.objects.filter(number=8).count() == 1


def test_number_of_a_unit_is_the_last_one_seen(plan, commune, officer):
    calls = [
        lambda number=number: planning.set_quotas(
            plan, by=officer, seen_version=plan.version, numbers={commune: number}
        )
        for number in (3, 4)
    ]
    found = at_once(*calls)
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert plan.quotas.count() == 1


def _invite(delegate):
    """Issue the invitation of ``delegate``, as far as the conference hears of it."""
    with transaction.atomic():
        inviting.hear_guest(inviting.OF_GUEST.of(delegate.pk).get(), "issued")
    return delegate


@pytest.mark.parametrize("kind", [Kind.REDUCE, Kind.STOP])
def test_of_an_invitation_and_a_change_at_one_moment_one_passes(event, own, officer, paper, kind):
    Event.objects.filter(pk=event.pk).update(plan=None, level=None, kind="review", state="ready", begins_at=time(8))
    event.headcounts.update(number=3)
    people = [
        Delegate.objects.create(event=event, name=f"Người {count}", by=own, state="accepted") for count in range(3)
    ]
    Delegate.objects.filter(pk__in=[row.pk for row in people[:2]]).update(invited_on=TODAY)
    with transaction.atomic():
        inviting._draft(people[2], own)
    wish = Wish(kind, TODAY, "Chống dịch", paper("301/UBND-KGVX", code="CV"), people={"official": 2})
    found = at_once(lambda: actions.change(event, wish, by=own), lambda: _invite(people[2]))
    event.refresh_from_db()
    if kind == Kind.REDUCE:
        assert sum(isinstance(one, Refused) for one in found) == 1
        assert (
            invited_by_role(event)["official"] == event.headcounts.get().number == (2 if found[1] != people[2] else 3)
        )
    else:
        # Who was invited before the stop is told of it; after it nobody is.
        assert event.state == "stopped"
        assert isinstance(found[1], Refused) == (invited_by_role(event)["official"] == 2)
