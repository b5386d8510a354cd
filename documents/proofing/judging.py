"""All rules over one paper. Pure: what the register says of it comes in as ``Known``."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from ..source.paper import Paper
from . import (  # noqa: F401
    bases,
    bodies,
    capitals,
    cited,
    dates,
    head,
    marks,
    names,
    recipients,
    references,
    signing,
    structure,
    words,
)
from .reading import Known, Reading
from .rule import MOST, RULES, Finding, Level, Rule, place_in

NOTHING_KNOWN = Known()
# In this order fields stand on the page.
_ORDER = (
    "symbol",
    "issuer",
    "superior",
    "place",
    "date",
    "subject",
    "authority_line",
    "bases",
    "to",
    "body",
    "recipients",
    "archive",
)


def rules() -> list[Rule]:
    """All rules, by group and in the order in which they are written."""
    return list(RULES.values())


def judge(
    paper: Paper,
    types,
    today: date,
    *,
    known: Known = NOTHING_KNOWN,
    off: Iterable[str] = (),
    level: Level | None = None,
) -> list[Finding]:
    """What in ``paper`` is against the rules of its day, errors first, then as its fields stand.

    ``types``: {code: TypeFacts}; ``today`` judges a paper without a date; ``off``: codes of advice that the office turned off;
    ``level``: only rules of it.
    """
    reading = Reading(paper, types.get(paper.type), paper.date.for_rules(today), known)
    off, found = frozenset(off), []
    for one in RULES.values():
        article = one.on(reading.day)
        if article is None or (one.code in off and one.level == Level.ADVICE) or level not in (None, one.level):
            continue
        found += [_told(paper, one, article, hit) for hit in islice(one.find(reading), MOST)]
    return sorted(found, key=_place)


def _told(paper, one, article, hit) -> Finding:
    line = hit.line
    field, number = (line.field, line.number) if line else (hit.field, None)
    # The page ends each with a full stop of its own.
    return Finding(
        hit.message.removesuffix("."),
        number,
        field,
        place=place_in(paper, field, number),
        rule=one,
        article=str(article),
        old=line.text if line and hit.new is not None else "",
        new=hit.new,
    )


def _place(found):
    """Errors first, then by field and line."""
    owner, number = found.field.partition(".")[0], found.field
    order = _ORDER.index(owner) if owner in _ORDER else len(_ORDER)
    return not found.is_error, order, number, found.line or 0
