"""Rules of days are wrong at their bounds: each is asked about the day before, the day itself and the day after."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from documents.steps.refusing import Refused

ONE = timedelta(days=1)
# The day on which the run began. A test that reckons with it while it is read asks for ``day_of_the_run``.
TODAY = timezone.localdate()


def around(day):
    """The day before, the day, the day after."""
    return day - ONE, day, day + ONE


def holds(rule, *, first=None, last=None):
    """Assert that ``rule(day)`` is true from ``first`` on, up to ``last``, and on no day beside them."""
    for day in around(first) if first else ():
        assert bool(rule(day)) == (day >= first), f"{day}, first day {first}"
    for day in around(last) if last else ():
        assert bool(rule(day)) == (day <= last), f"{day}, last day {last}"


def is_taken(action, *arguments, **named) -> bool:
    """Whether ``action`` is done and not ``Refused``; what it did is undone."""
    try:
        with transaction.atomic():
            action(*arguments, **named)
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


def stand_on(monkeypatch, day):
    """Today is ``day``, also for forms that took ``localdate`` itself as what a field begins with: it asks ``localtime``."""
    real = timezone.localtime

    def on_that_day(value=None, timezone=None):
        found = real(value, timezone)
        return found if value else datetime.combine(day, found.timetz())

    monkeypatch.setattr("django.utils.timezone.localtime", on_that_day)
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else day
    )
