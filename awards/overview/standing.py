"""What a page tells of one recipient: year by year what was given and what of it counts, and what could come next."""

from collections import defaultdict
from dataclasses import dataclass, field

from ..catalogue.law import Book
from ..eligibility.facts import Facts
from ..eligibility.rules import Judgement, judge, standing, what_next
from ..records.models import Award


@dataclass
class Line:
    """One award on the line of time. ``why_not``: why it does not count for regular merit; nothing where it does."""

    award: Award
    name: str
    why_not: str = ""

    @property
    def is_title(self) -> bool:
        """Whether it is a danh hiệu, which looks different from a hình thức."""
        return self.award.type.is_title


@dataclass
class Year:
    """One year of the line of time: how it was rated, what it brought."""

    year: int
    rating: object = None
    lines: list[Line] = field(default_factory=list)


def year_of(facts: Facts, day) -> int:
    """The year whose merits are looked at when nothing else is asked: the day's own where it is rated, else the one before."""
    return day.year if any(row.year == day.year for row in facts.ratings) else day.year - 1


def years_of(book: Book, facts: Facts, awards) -> list[Year]:
    """The line of time of one recipient, the latest year first. ``awards``: {key: award, with type and decision}."""
    found = defaultdict(lambda: None)
    for held, why in standing(book, facts):
        if held.key in awards:
            year = found[held.year] or Year(held.year)
            year.lines.append(Line(awards[held.key], book.name(held.award), why))
            found[held.year] = year
    for rating in facts.ratings:
        year = found[rating.year] or Year(rating.year)
        year.rating, found[rating.year] = rating, year
    for year in found.values():
        year.lines.sort(key=lambda line: (line.award.type.position, line.award.pk), reverse=True)
    return [found[year] for year in sorted(found, reverse=True)]


def next_of(book: Book, facts: Facts, most: int = 4) -> list[Judgement]:
    """What could come next by regular merit, nearest first, with what is missing."""
    return what_next(book, facts, year=year_of(facts, book.day))[:most]


def judged(book: Book, facts: Facts, *, award: str, year=None, route="") -> Judgement:
    """The explained answer, for the year that was asked or the one that the day looks at."""
    return judge(book, award, facts, year=year or year_of(facts, book.day), route=route)
