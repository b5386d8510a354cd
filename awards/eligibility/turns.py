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
    gone: tuple[str, ...]
    new: tuple[str, ...]
    citations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A day on which something changed. ``name``: of the award from that day; empty where there is none any more."""

    day: date
    name: str
    shifts: tuple[Shift, ...]

    @property
    def recited(self) -> list[str]:
        """The questions whose answers stayed and stand in another article."""
        return [shift.question for shift in self.shifts if shift.citations]

    @property
    def citations(self) -> list[str]:
        """Those articles, each once."""
        return list(dict.fromkeys(citation for shift in self.shifts for citation in shift.citations))


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
    rows = before.get(question, ()), now.get(question, ())
    old, new = ([line for said in found for line in _lines(said)] for found in rows)
    if old == new:
        cited = [tuple(dict.fromkeys(row.citation for row in found if row.citation)) for found in rows]
        return Shift(question, (), (), cited[1]) if cited[0] != cited[1] else None
    gone = tuple(line for line in dict.fromkeys(old) if line not in new)
    return Shift(question, gone, tuple(line for line in dict.fromkeys(new) if line not in old))


def _lines(said: Said):
    """What is said, a line for each point."""
    if said.words:
        yield said.words.rstrip(".")
    for point in said.points:
        yield from (part.words for part in point.parts or (point,))
