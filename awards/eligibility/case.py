"""One recipient before one criterion on one day, and what is found of each condition.

No rule of the law stands here, only how things are counted. Everything yearly is one question, whether a year shows something
(``Case.year_shows``: a rating, a title); ``years`` asks it in a run without a gap, or so many times within a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..catalogue.law import Book
from ..catalogue.values import REGULAR
from .facts import LEVEL_WORDS, LEVELS, Facts, Held


@dataclass(frozen=True)
class NotCounted:
    """A fact that looks as if it counted, and why it does not; ``name``: of the award."""

    fact: Held
    name: str
    why: str

    def __str__(self) -> str:
        """``Bằng khen … năm 2024 (QĐ 3/QĐ-UBND): đã hủy từ 05/01/2025``"""
        return f"{self.name} {self.fact.words}: {self.why}"


@dataclass(frozen=True)
class Finding:
    """One condition. ``missing``: what is still to come for it, ``lack`` how many of that; ``parts``: of which one is enough.

    ``rests_on``: the facts that count, each with its ``record`` and ``key``, so that a page can link it; ``left_out``: what
    looks as if it counted and does not. ``by_word``: nothing to count, the unit confirms it; unknown it stands in no one's
    way. ``is_step``: an award that comes before this one.
    """

    words: str
    met: bool | None
    rests_on: tuple = ()
    missing: str = ""
    lack: int = 0
    citation: str = ""
    by_word: bool = False
    is_step: bool = False
    left_out: tuple[NotCounted, ...] = ()
    parts: tuple["Finding", ...] = ()


def both(stands: Iterable[bool | None]) -> bool | None:
    """Whether all hold; None where that hangs on what is not known."""
    stands = list(stands)
    return False if False in stands else None if None in stands else True


def every(found: Iterable[Finding]) -> bool | None:
    """Whether all are met, as far as they stand in the way."""
    return both(row.met for row in found if not (row.by_word and row.met is None))


@dataclass(frozen=True)
class Case:
    """One recipient before one criterion on one day. ``year``: the last year whose merits are looked at, ``first`` the first,
    ``maybe`` the first if what is not known turns out well.
    """

    book: Book
    facts: Facts
    award: str
    year: int
    route: str = REGULAR
    deed: str = ""
    first: int = 0
    maybe: int | None = None
    after: tuple[Held, ...] = ()

    @property
    def day(self) -> date:
        return self.book.day

    def why_not(self, held: Held) -> str:
        """Why an award that was given is not counted here; nothing where it is."""
        if lost := held.lost_on(self.day):
            return lost
        if held.year > self.year or (held.decided_on and held.decided_on > self.day):
            return "sau thời điểm xét"
        if held.counts is False:
            return "của đơn vị trước khi sáp nhập, không tính"
        no_basis = self.book.principle("no-basis")
        if no_basis and self.route == REGULAR and held.route in no_basis.more["of"]:
            return "khen đột xuất, chuyên đề, không làm căn cứ xét công trạng"
        return ""

    def awards(self, code: str, first: int = 0) -> list[Held]:
        """What counts as ``code``, of ``first`` and later, oldest first; some may wait for a decision (``counts`` None)."""
        found = [row for row in self.facts.held if code in (row.award, self.book.like(row.award))]
        return sorted((row for row in found if row.year >= first and not self.why_not(row)), key=lambda row: row.year)

    def left_out(self, codes, first: int = 0) -> tuple[NotCounted, ...]:
        """What was given of ``codes`` since ``first`` and does not count, with the reason."""
        found = [row for row in self.facts.held if {row.award, self.book.like(row.award)} & set(codes)]
        reasons = [(row, self.why_not(row)) for row in found if first <= row.year <= self.year]
        return tuple(NotCounted(row, self.named(row.award), why) for row, why in reasons if why)

    def year_shows(self, code: str, year: int):
        """(whether ``year`` shows ``code``, the fact that tells): a rating at least as good, or an award of that year."""
        if code in LEVELS:
            return self._rated(code, year)
        held = [row for row in self.awards(code) if row.year == year]
        if held:
            row = max(held, key=lambda row: row.counts is True)
            return row.counts, row
        on_leave = any(row.year == year and row.level == "maternity" for row in self.facts.ratings)
        return (None if on_leave or self.is_blank(year) else False), None

    def _rated(self, code, year):
        rows = [row for row in self.facts.ratings if row.year == year]
        row = next((row for row in rows if row.counts is not False), None)
        if not row:
            # What the officer decided not to count is a gap; a year of which nothing is known is none.
            return (False if rows else None), None
        if row.counts is None:
            return None, row
        if row.level == "maternity":
            # The time counts; that it was excellent nobody can say.
            counted = self.book.principle("maternity") and LEVELS[code] <= LEVELS["good"]
            return (True if counted else None), row
        return LEVELS[row.level] >= LEVELS[code], row

    def is_blank(self, year: int) -> bool:
        """Whether awards of ``year`` may be missing from what was entered."""
        return self.facts.known_from is not None and year < self.facts.known_from

    def any_shows(self, codes, year):
        """As ``year_shows`` for several codes: one is enough."""
        found = [self.year_shows(code, year) for code in codes]
        for stands in (True, None):
            for shows, fact in found:
                if shows is stands:
                    return shows, fact
        return False, None

    def run_of(self, codes, end: int, stops=(False, None)) -> list:
        """The (year, fact) without a gap up to ``end``, newest first; a gap is a year that stands as one of ``stops``."""
        found = []
        for year in range(end, max(self.first, end - 60) - 1, -1):
            shows, fact = self.any_shows(codes, year)
            if shows in stops:
                break
            found.append((year, fact))
        return found

    def named(self, code: str) -> str:
        """A code as it stands in a sentence."""
        return LEVEL_WORDS[code] + (" trở lên" if code == "good" else "") if code in LEVELS else self.book.name(code)

    def short(self, code: str) -> str:
        """As ``named``, where one tells what is still to come: ``CSTĐ cơ sở``."""
        return self.named(code) if code in LEVELS else self.book.short(code)


def codes_of(text: str) -> list[str]:
    """``excellent | TTLDXS``: one of them is enough."""
    return [part.strip() for part in text.split("|")]


def times(number: int, word: str) -> str:
    """``03 năm``"""
    return f"{number:02} {word}"


def years_words(years) -> str:
    """``2021–2023, 2025``"""
    years, spans = sorted(set(years)), []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def full_years(begins: date, ends: date) -> int:
    """How many whole years lie between two days."""
    return ends.year - begins.year - ((ends.month, ends.day) < (begins.month, begins.day))
