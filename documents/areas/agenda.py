"""Which days are near: today's and those of the week ahead, for the first page. The apps that know of days register them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from units.questions import Question

# Days after today, so that a week is told.
DAYS = 6
# Lines of the first page.
MOST = 12
_SOURCES: list[tuple[Question, Callable]] = []


@dataclass(frozen=True)
class Near:
    """Something on a day that is near."""

    day: date
    words: str
    url: str


def register(rows: Callable, line: Callable) -> None:
    """Have the days that ``rows(user, today)`` gives shown, in their order; for ``units.questions.Question``.

    The first column is the day, from today to ``today + DAYS``; ``line(*columns)`` tells words and address. Called when the
    program starts.
    """
    _SOURCES.append((Question(lambda user, today: rows(user, today)[:MOST]), line))


def near(user, today: date) -> list[Near]:
    """What ``user`` may see of the week that begins today, by day. A question for each source."""
    found = [Near(row[0], *line(*row)) for ask, line in _SOURCES for row in ask(user, today)]
    return sorted(found, key=lambda row: row.day)[:MOST]
