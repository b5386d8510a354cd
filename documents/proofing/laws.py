"""The articles that rules rest on, each as a citation out of the rows of laws, with its day; never bare.

A rule holds while one of its laws does: a paper of 2019 is judged by Thông tư 01/2011/TT-BNV, one of today by Nghị định
30/2020/NĐ-CP. Days of laws are those of ``documents.data``.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from documents import data

from ..source.types import BUILT_IN, RECORDED
from ..source.vietnamese import table_day

DECREE, CIRCULAR, OLD_DECREE = "30/2020/NĐ-CP", "01/2011/TT-BNV", "110/2004/NĐ-CP"
DISTRICTS, PROVINCES, GOVERNMENT = "203/2025/QH15", "202/2025/QH15", "176/2025/QH15"
# The Appendix on form and that on capitals of the decree.
_FORM, _CAPITALS = "Mục {} Phần I Phụ lục I", "Mục {} Phụ lục II"
_NAMES = {code: facts.name for code, facts in BUILT_IN.items()} | {code: name for code, name, _ in RECORDED}


@dataclass(frozen=True)
class Article:
    """A place in a law: ``law`` is its number in the register."""

    law: str
    place: str

    @property
    def begins(self) -> date:
        """The first day on which the law holds."""
        row = _row(self.law)
        return row.get("begins", row["day"])

    @property
    def ends(self) -> date | None:
        """The first day on which it does not hold any more; None while it does."""
        return _row(self.law).get("ends")

    def __str__(self):
        row = _row(self.law)
        place = f"{self.place} " if self.place else ""
        return f"{place}{_NAMES[row['type']]} số {self.law} ngày {table_day(row['day'])}"


@cache
def _row(law):
    """The row of one law. Raises ``KeyError`` for a number that the rows do not hold."""
    return {row["reference"]: row for row in data.laws()}[law]


def form(item, circular="", part="II") -> tuple[Article, ...]:
    """``item`` of Mục II (or ``part``) of Phụ lục I of the decree, and the circular's article before it, where it has one."""
    return _both(f"{item} {_FORM.format(part)}", circular)


def capitals(item, part, circular="") -> tuple[Article, ...]:
    """``item`` of a Mục of Phụ lục II on capitals; the circular had them in its Phụ lục VI."""
    return _both(f"{item} {_CAPITALS.format(part)}".strip(), circular or "Phụ lục VI")


def of_decree(place, circular="") -> tuple[Article, ...]:
    """``place`` of the decree, and the article of the circular before it, where it has one."""
    return _both(place, circular)


def _both(place, circular):
    return (Article(DECREE, place), *([Article(CIRCULAR, circular)] if circular else []))


# What a paper says must be right, and how it is set: both are looked at before it is signed. Rules that no item of the
# Appendices has rest on this: marks, words that stand twice, days that are not.
CONTENT = (Article(DECREE, "khoản 1 Điều 12"), Article(OLD_DECREE, "Điều 9"))
LOOK = (Article(DECREE, "khoản 2 Điều 12"), Article(OLD_DECREE, "Điều 9"))


@lru_cache(maxsize=20_000)
def holding(articles, day: date) -> Article | None:
    """Of ``articles``, the one in force on ``day``; of days before all of them, the oldest; None where none holds."""
    ordered = sorted(articles, key=lambda article: article.begins)
    begun = [article for article in ordered if article.begins <= day and (article.ends is None or day < article.ends)]
    if begun:
        return begun[-1]
    # What was written before the circular is judged by it, as its pages are (documents.form.rules).
    return ordered[0] if ordered[0].law in (CIRCULAR, OLD_DECREE) and day < ordered[0].begins else None
