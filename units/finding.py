"""One search over everything: each area tells how its own things are found (``Area.searches``)."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from .areas import each
from .text import searched

# Rows of one kind that are shown while one types, and on the page of the search.
QUICK, MANY = 5, 20


@dataclass(frozen=True)
class Found:
    """One thing that was found: what it is called, its page, what tells it from others."""

    words: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """What was found of one kind; ``more`` leads to the list of all."""

    title: str
    rows: list[Found]
    more: str = ""


@dataclass(frozen=True)
class Search:
    """How things of one kind are found: ``search(user, words, most)`` gives rows of ``Found``, at most ``most``, and only
    what ``user`` may open.

    Words are found by how they begin, accents and capitals aside (``Searched.matching``); the number of questions may not
    depend on what is found. ``more`` is the name of the address of a list that takes the words as ``q``.
    """

    title: str
    search: Callable
    more: str = ""


def find(user, words: str, most: int) -> list[Section]:
    """What ``user`` may open of everything that holds ``words``, kind by kind; nothing for words that say nothing."""
    if not searched(words):
        return []
    found = [(row, row.search(user, words, most + 1)) for row in each("searches")]
    return [
        Section(row.title, rows[:most], _more(row, words) if len(rows) > most else "") for row, rows in found if rows
    ]


def _more(row, words):
    return f"{reverse(row.more)}?{urlencode({'q': words})}" if row.more else ""
