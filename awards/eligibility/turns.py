"""How an award went through the laws: each day on which something that is laid down about it became another."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..catalogue.days import first_day
from ..catalogue.law import Catalogue
from .answers import Asked, Said, answers

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Shift:
    """What became of one answer: what is no more and what is new; with neither, the same stands in another article."""

    question: str
    gone: tuple[Said, ...]
    new: tuple[Said, ...]
    citations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A day on which something changed. ``name``: of the award from that day; empty where there is none any more."""

    day: date
    name: str
    shifts: tuple[Shift, ...]


def turns(catalogue: Catalogue, award: str, whom: str = "") -> list[Turn]:
    """The days from ``first_day`` on, oldest first; the first one says everything that held by then."""
    first = first_day(catalogue)
    days = {row.since for row in (*catalogue.rows, *catalogue.criteria)}
    days |= {row.until + _ONE_DAY for row in (*catalogue.rows, *catalogue.criteria) if row.until}
    found, before = [], {}
    for day in sorted({first, *(day for day in days if day > first)}):
        book = catalogue.on(day)
        now = {row.question: row.said for row in answers(Asked(book, award, whom))} if award in book.awards else {}
        shifts = tuple(shift for question in {**before, **now} if (shift := _shift(question, before, now)))
        if shifts:
            found.append(Turn(day, book.name(award) if award in book.awards else "", shifts))
        before = now
    return found


def _shift(question, before, now) -> Shift | None:
    old, new = before.get(question, ()), now.get(question, ())
    if [_told(row) for row in old] == [_told(row) for row in new]:
        cited = [tuple(dict.fromkeys(row.citation for row in rows if row.citation)) for rows in (old, new)]
        return Shift(question, (), (), cited[1]) if cited[0] != cited[1] else None
    was, is_now = {_told(row) for row in old}, {_told(row) for row in new}
    return Shift(
        question,
        tuple(row for row in old if _told(row) not in is_now),
        tuple(row for row in new if _told(row) not in was),
    )


def _told(said: Said) -> tuple:
    return said.words, said.points
