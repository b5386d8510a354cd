"""What the units of a review set themselves against what they reached: by unit, and summed up by target and measure."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, FilteredRelation, Q, QuerySet

from clusters.pacts.results import percent

from ..joinings.models import Goal, Joining
from .models import Figure, Result


def told_at(review, joinings) -> QuerySet[Joining]:
    """``joinings`` with what each reported at ``review``: ``result`` (its key), ``sent_at``, and the figures of it.

    What was not sent is told of nobody.
    """
    sent = Q(results__review=review, results__sent_at__isnull=False)
    rows = joinings.annotate(told=FilteredRelation("results", condition=sent))
    return rows.annotate(
        result=F("told__pk"),
        sent_at=F("told__sent_at"),
        told_people=F("told__people"),
        told_collectives=F("told__collectives"),
        told_works=F("told__works"),
    )


@dataclass
class Total:
    """One target over several units: added up, or averaged where it is measured in hundredths."""

    content: str
    measure: str
    all_planned: list = field(default_factory=list)
    all_reached: list = field(default_factory=list)

    @property
    def planned(self) -> Decimal | None:
        """What all registered together."""
        return self._over(self.all_planned)

    @property
    def reached(self) -> Decimal | None:
        """What all who reported reached together; None where nobody did."""
        return self._over(self.all_reached)

    @property
    def percent(self) -> Decimal | None:
        """The share that was reached of what all registered."""
        return percent(self.planned, self.reached)

    @property
    def is_share(self) -> bool:
        """Whether figures of several units are averaged, not added up."""
        return "%" in self.measure

    def _over(self, figures):
        if not figures:
            return None
        total = sum(figures, Decimal(0))
        return (total / len(figures)).quantize(Decimal("0.01")) if self.is_share else total


@dataclass(frozen=True)
class Line:
    """One target of one unit."""

    goal: Goal
    reached: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The share that was reached."""
        return percent(self.goal.planned, self.reached)


def lines_of(review, joinings) -> dict[int, list[Line]]:
    """{joining: a line for each of its targets, with what was sent of it at ``review``}. Two queries."""
    keys = joinings.order_by().values("pk")
    figures = Figure.objects.filter(result__review=review, result__sent_at__isnull=False, goal__joining__in=keys)
    reached = dict(figures.order_by().values_list("goal", "reached"))
    found = {}
    for goal in Goal.objects.filter(joining__in=keys):
        found.setdefault(goal.joining_id, []).append(Line(goal, reached.get(goal.pk)))
    return found


def totals(lines) -> list[Total]:
    """``lines`` summed up by target and measure, capitals and spaces aside; those that most units have first."""
    found = {}
    for line in lines:
        goal = line.goal
        key = tuple(" ".join(words.split()).casefold() for words in (goal.content, goal.measure))
        total = found.setdefault(key, Total(goal.content, goal.measure))
        total.all_planned.append(goal.planned)
        if line.reached is not None:
            total.all_reached.append(line.reached)
    return sorted(found.values(), key=lambda total: -len(total.all_planned))


@dataclass(frozen=True)
class Counts:
    """How many units joined and reported, and what those that reported tell together."""

    joined: int
    sent: int
    people: int
    collectives: int
    works: int


def counts_of(review, joinings) -> Counts:
    """The counts of ``review`` over ``joinings``. Two queries."""
    keys = joinings.order_by().values("pk")
    rows = Result.objects.filter(review=review, sent_at__isnull=False, joining__in=keys).order_by()
    told = list(rows.values_list("people", "collectives", "works"))
    people, collectives, works = (sum(row[place] for row in told) for place in range(3))
    return Counts(joinings.count(), len(told), people, collectives, works)
