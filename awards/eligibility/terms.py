"""Posts and services with their days: which are of a class or a service, and how long they lasted together."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from .facts import CLASSES, Term


def in_class(terms: Iterable[Term], least: str = "other") -> tuple[Term, ...]:
    """The offices among ``terms`` of the class ``least`` or a higher one, oldest first."""
    found = [row for row in terms if CLASSES.get(row.position_class, 0) >= CLASSES[least]]
    return tuple(sorted(found, key=lambda row: row.since or date.max))


def in_service(terms: Iterable[Term], service: str) -> tuple[Term, ...]:
    """Those of ``terms`` that were in a service, oldest first."""
    found = [row for row in terms if row.service == service]
    return tuple(sorted(found, key=lambda row: row.since or date.max))


def months_of(terms: Sequence[Term], day: date) -> int:
    """How many whole months ``terms`` lasted up to ``day``; days that several have in common count once.

    One that begins the day after another ended goes on from it. A term whose first day is not known says nothing.
    """
    spans = sorted(
        (row.since, min(row.until or day, day) + timedelta(days=1)) for row in terms if row.since and row.since <= day
    )
    joined = []
    for begins, ends in spans:
        if joined and begins <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], ends)
        else:
            joined.append([begins, ends])
    return sum(_months(begins, ends) for begins, ends in joined)


def years_of(terms: Sequence[Term], day: date) -> int:
    """As ``months_of``, in whole years."""
    return months_of(terms, day) // 12


def _months(begins, ends) -> int:
    """Whole months between two days."""
    return (ends.year - begins.year) * 12 + ends.month - begins.month - (ends.day < begins.day)
