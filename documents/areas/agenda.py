"""Which days are near: today's and those of the week ahead, for the first page. The areas tell of theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from units.areas import each
from units.questions import Question

# Days after today, so that a week is told.
DAYS = 6
# Lines of the first page.
MOST = 12


@dataclass(frozen=True)
class Near:
    """Something on a day that is near."""

    day: date
    words: str
    url: str


class Days:
    """A source of days (``Area.days``): ``rows(user, today)`` gives them in their order, for ``units.questions.Question``.

    The first column is the day, from today to ``today + DAYS``; ``line(*columns)`` tells words and address.
    """

    def __init__(self, rows: Callable, line: Callable):
        self.ask, self.line = Question(lambda user, today: rows(user, today)[:MOST]), line


def near(user, today: date) -> list[Near]:
    """What ``user`` may see of the week that begins today, by day. A question for each source."""
    found = [Near(row[0], *days.line(*row)) for days in each("days") for row in days.ask(user, today)]
    return sorted(found, key=lambda row: row.day)[:MOST]
