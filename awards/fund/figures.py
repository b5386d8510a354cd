"""What came into the fund and went out of it in a year, summed by the database; Biểu 05 from it."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from django.db.models import Sum
from django.db.models.functions import Coalesce

from documents.figures import layouts
from documents.figures.papers import Filled

from .models import Budget, Head, LedgerEntry

SOURCE = Path(__file__).parent / "data" / "forms.toml"


@dataclass
class Figures(Filled):
    """Biểu 05 of a year. ``faults``: sums that do not agree."""

    faults: list[layouts.Fault] = field(default_factory=list)


def table_five(year: int) -> Figures:
    """Biểu 05, in two queries: the ledger's sums by head, and what the budget says regular spending is."""
    forms = layouts.read(SOURCE)
    layout = layouts.layout_of(forms, year)
    sums = LedgerEntry.objects.filter(day__year=year).order_by().values_list("head__code", "head__column")
    counted = [_fact(code, column, total) for code, column, total in sums.annotate(total=Sum("amount"))]
    regular = Budget.objects.filter(year=year, head__column=Head.Column.REGULAR)
    counted += [
        _fact(code, Head.Column.REGULAR, amount) for code, amount in regular.values_list("head__code", "amount")
    ]
    lines = layouts.filled(layout, counted)
    faults = layouts.faults(layout, lines)
    return Figures(year, layouts.form_of(forms, year), _without_regular(layout, lines), lines, faults)


def _without_regular(layout, lines):
    """The layout without the column that is there for the share alone; the lines lose it too."""
    place = next(place for place, column in enumerate(layout.columns) if column.number == Head.Column.REGULAR)
    for line in lines:
        line.counts = [count for at, count in enumerate(line.counts) if at != place]
    return replace(layout, columns=tuple(column for at, column in enumerate(layout.columns) if at != place))


def _fact(code, column, total):
    """In millions of đồng, as the table is written."""
    return {"heads": code, "columns": str(column)}, Decimal(total) / 10**6


@dataclass(frozen=True)
class Balance:
    """One head in a year: planned, done, what is left of the plan."""

    head: Head
    planned: int | None
    done: int

    @property
    def left(self) -> int | None:
        """What is left of the plan; negative where more was spent."""
        return None if self.planned is None else self.planned - self.done


def balances(year: int) -> list[Balance]:
    """Every head in a year. Three queries."""
    planned = dict(Budget.objects.filter(year=year).values_list("head", "amount"))
    done = (
        LedgerEntry.objects.filter(day__year=year)
        .order_by()
        .values_list("head")
        .annotate(total=Coalesce(Sum("amount"), 0))
    )
    sums = dict(done)
    return [Balance(head, planned.get(head.pk), sums.get(head.pk, 0)) for head in Head.objects.all()]
