"""By when a case is answered; which items of an award may be asked for again."""

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from units.workdays import after

from ..catalogue.book import catalogue
from ..items.kinds import add_for
from ..items.models import Due
from ..items.rules import Carried, Kinds
from .models import ItemCase

SOURCE = Path(__file__).parent / "data" / "terms.toml"


@cache
def _terms() -> list[dict]:
    return tomllib.loads(SOURCE.read_text("utf-8"))["term"]


def term_on(route: str, day: date) -> dict:
    """How long a case that came on ``day`` may take: ``days``, whether ``working`` days, ``citation``."""
    return next(
        row
        for row in _terms()
        if row["route"] == route and row.get("since", date.min) <= day <= row.get("until", date.max)
    )


def due_on(route: str, day: date) -> date:
    """The last day for the answer to what came on ``day``."""
    term = term_on(route, day)
    return after(day, term["days"]) if term["working"] else day + timedelta(days=term["days"])


def items_of(award) -> Carried:
    """Kinds of items of ``award`` that may be exchanged or given again: those that were handed over; of an award that was
    given before the store was kept here, what the catalogue says of it, also what has no kind yet.
    """
    dues = award.dues.all()
    if dues:
        return Carried([due.kind for due in dues if due.state == Due.State.HANDED])
    return Kinds().carried(award.type, award.whom, award.decided_on)


def kinds_named(award, values, *, by) -> list:
    """The kinds that ``values`` mean, keys of kinds or words of the catalogue; one that has no kind yet gets one."""
    found, called = items_of(award), catalogue().name_on(award.type.code, award.decided_on)
    added = [add_for(award.type, called, word, by=by) for word in found.unknown if word in values]
    return [kind for kind in found.kinds if str(kind.pk) in values] + added


def is_late(case) -> bool:
    """Whether the answer is overdue."""
    return case.state in (case.State.ASKED, case.State.CONFIRMED) and case.due_on < timezone.localdate()


def told_of(awards) -> dict[int, list[str]]:
    """{key of an award: its cases in words, the first first}. One query."""
    found = defaultdict(list)
    for case in ItemCase.objects.filter(award__in=awards).order_by("applied_on", "pk"):
        until = f" ngày {case.done_on:%d/%m/%Y}" if case.done_on else ""
        found[case.award_id].append(f"{case.get_why_display()}: {case.get_state_display().lower()}{until}")
    return found
