"""What a page tells of one recipient: year by year what was given and what of it counts, and what could come next."""

from dataclasses import dataclass, field

from ..catalogue.book import book_of
from ..catalogue.law import Book
from ..eligibility.facts import Facts
from ..eligibility.rules import STANDS, Judgement, judge, last_year, standing, what_next
from ..recipients.models import Recipient
from ..records.facts import facts_of
from ..records.models import Award


@dataclass
class Line:
    """One award on the line of time. ``why_not``: why it does not count for regular merit; nothing where it does.

    ``of``: who was given it, where that is a unit that went into this one; ``waits``: whether that counts is undecided.
    ``told``: what became of its items.
    """

    award: Award
    why_not: str = ""
    of: Recipient | None = None
    waits: bool = False
    told: list[str] = field(default_factory=list)


@dataclass
class Year:
    """One year of the line of time: how it was rated (one rating for each unit that was there), what it brought."""

    year: int
    ratings: list = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def years_of(book: Book, facts: Facts, family) -> list[Year]:
    """The line of time of one recipient, the latest year first. ``facts`` as ``records.facts`` gives them, keys and all.

    ``family``: the keys of its own records; what others of the facts were given was given to a unit before it.
    """
    found = {}
    for held, why in standing(book, facts):
        of = None if held.key.recipient_id in family else held.key.recipient
        line = Line(held.key, "" if held.counts is None else why, of, held.counts is None)
        found.setdefault(held.year, Year(held.year)).lines.append(line)
    for rating in facts.ratings:
        of = None if rating.key.recipient_id in family else rating.key.recipient
        found.setdefault(rating.year, Year(rating.year)).ratings.append((rating.key, of))
    for year in found.values():
        year.lines.sort(key=lambda line: (line.award.type.position, line.award.pk), reverse=True)
    return [found[year] for year in sorted(found, reverse=True)]


def next_of(book: Book, facts: Facts, most: int = 4) -> list[Judgement]:
    """What could come next by regular merit, nearest first, with what is missing."""
    return what_next(book, facts, year=last_year(facts, book.day))[:most]


def judged(book: Book, facts: Facts, *, award: str, year=None, route="") -> Judgement:
    """The explained answer, for the year that was asked or the one that the day looks at."""
    return judge(book, award, facts, year=year or last_year(facts, book.day), route=route)


@dataclass
class Checked:
    """One of a list that was checked."""

    recipient: Recipient
    answer: Judgement


# Who may have it first, then who may perhaps, then who lacks least.
_ORDER = {True: 0, None: 1, False: 2}
CHECK_COLUMNS = [
    ("Họ tên, tên tập thể", lambda row: row.recipient.name),
    ("Chức vụ", lambda row: row.recipient.post),
    ("Đơn vị", lambda row: row.recipient.unit.name if row.recipient.unit else ""),
    ("Danh hiệu, hình thức", lambda row: row.answer.name),
    ("Kết quả", lambda row: STANDS[row.answer.met]),
    ("Còn thiếu, vướng", lambda row: row.answer.missing or row.answer.verdict),
]


def answers_for(recipients, day, *, award: str, year=None, route="") -> list[Checked]:
    """The explained answer for each of ``recipients`` (main records), the best first; as many queries for 500 as for one."""
    book, known = book_of(day), facts_of(recipients)
    found = [Checked(row, judged(book, known[row.pk], award=award, year=year, route=route)) for row in recipients]
    return sorted(found, key=lambda row: (_ORDER[row.answer.met], row.answer.best.lack if row.answer.best else 99))
