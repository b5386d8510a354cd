"""What waits for a person: on the first page with a button each, and as numbers in the menu.

The areas tell what may wait (``Area.waits``), and of groups that no single question gives (``Area.waiting_groups``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Value

from units.areas import each
from units.permissions import may_write
from units.questions import Question

# Rows of one kind that the first page shows, new and old ones each.
SHOWN = 5
# What has waited longer is folded away.
LONG = 365


@dataclass(frozen=True)
class Row:
    """One thing to do: what it is called, its page, what tells it from others, the word on its button; ``do`` is where that
    leads if not to the same page.
    """

    words: str
    url: str
    note: str = ""
    verb: str = "Xem"
    do: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of thing that may wait.

    ``rows(user, today)`` gives all of it, in the order in which to do it, for ``units.questions.Question``; ``line(today,
    *columns)`` makes the row of one. ``since`` is the field (or its lookup) whose day tells how long it has waited. Who may
    have none at all is told by ``asked(user, today)``. ``area`` is the entry of the menu that counts it; ``more(*columns)``
    the page with all of it, told by the first row.
    """

    title: str
    area: str
    rows: Callable
    columns: tuple
    line: Callable[..., Row]
    since: str = ""
    more: Callable[..., str] = lambda *columns: ""
    asked: Callable = lambda user, today: may_write(user)
    is_late: bool = False
    news: Question = field(init=False)
    leftovers: Question = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "news", Question(lambda user, today: self._first(user, today, ~self.is_old(today))))
        object.__setattr__(
            self, "leftovers", Question(lambda user, today: self._first(user, today, self.is_old(today)))
        )

    def is_old(self, today) -> Q:
        """What tells those that have waited for long."""
        return Q(**{f"{self.since}__lt": today - LONG}) if self.since else Q(pk__in=[])

    def _first(self, user, today, wanted):
        return self.rows(user, today).filter(wanted).values_list(*self.columns)[:SHOWN]


@dataclass(frozen=True)
class Group:
    """What waits of one kind: how much, and the first rows."""

    title: str
    count: int
    rows: list[Row]
    more: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Counts:
    """How many of one kind wait, those that have waited for long apart."""

    kind: Kind
    new: int
    old: int


def counts(user, today: date) -> list[Counts]:
    """Of every kind that waits for ``user`` how much there is. One question, however many kinds."""
    if not user.is_authenticated:
        return []
    found = {number: (old, of_all) for number, old, of_all in _COUNT(user, today)}
    rows = [(kind, *found[number]) for number, kind in enumerate(each("waits")) if number in found and found[number][1]]
    return [Counts(kind, of_all - old, old) for kind, old, of_all in rows if kind.asked(user, today)]


def _count_all(user, today):
    """For each kind, by its place: how many are old, how many there are."""
    first, *others = [_count(number, kind, user, today) for number, kind in enumerate(each("waits"))]
    return first.union(*others, all=True)


def _count(number, kind, user, today):
    old = Count("pk", filter=kind.is_old(today), distinct=True) if kind.since else Value(0)
    # What rows are joined to does not multiply them.
    found = kind.rows(user, today).order_by().annotate(nth=Value(number)).values("nth")
    return found.annotate(how_old=old, of_all=Count("pk", distinct=True)).values_list("nth", "how_old", "of_all")


_COUNT = Question(_count_all)


def groups(user, today: date, counted: list[Counts]) -> tuple[list[Group], list[Group]]:
    """What waits for ``user`` with its first rows, and apart from it what has waited for long. A question for each group."""
    found = [_group(row.kind, row.kind.news, row.new, user, today) for row in counted if row.new]
    found += [group for part in each("waiting_groups") for group in part(user, today)]
    return found, [_group(row.kind, row.kind.leftovers, row.old, user, today) for row in counted if row.old]


def _group(kind, question, count, user, today) -> Group:
    found = question(user, today)
    more = kind.more(*found[0]) if count > len(found) > 0 else ""
    return Group(kind.title, count, [kind.line(today, *columns) for columns in found], more, kind.is_late)


def by_area(counted: list[Counts]) -> dict[str, int]:
    """Numbers for the menu: {area: how much waits there}; under ``home`` what has not waited for long."""
    found = {"home": sum(row.new for row in counted)}
    for row in counted:
        found[row.kind.area] = found.get(row.kind.area, 0) + row.new + row.old
    return found
