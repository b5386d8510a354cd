"""What of each kind there was at the beginning of a year, came, went, and is at its end; the cards of kinds."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce

from ..items.models import ItemKind
from .models import Movement, StockLine


@dataclass(frozen=True)
class Balance:
    """One kind in a year."""

    kind: ItemKind
    opening: int
    came: int
    went: int

    @property
    def closing(self) -> int:
        """What there is at the end of the year, or now."""
        return self.opening + self.came - self.went


def balances(year: int) -> list[Balance]:
    """Every kind of which there was anything in ``year``, by group and place. Two queries."""
    before, within = Q(movement__day__year__lt=year), Q(movement__day__year=year)
    lines = StockLine.objects.filter(movement__day__year__lte=year).order_by().values_list("kind")
    sums = lines.annotate(
        opening=Coalesce(Sum("quantity", filter=before), 0),
        came=Coalesce(Sum("quantity", filter=within & Q(quantity__gt=0)), 0),
        went=-Coalesce(Sum("quantity", filter=within & Q(quantity__lt=0)), 0),
    )
    found = {kind: facts for kind, *facts in sums if any(facts)}
    kinds = sorted(ItemKind.objects.filter(pk__in=found), key=lambda kind: ItemKind.Group.values.index(kind.group))
    return [Balance(kind, *found[kind.pk]) for kind in kinds]


def grouped(rows) -> list[tuple[str, list[Balance]]]:
    """Balances under the label of their group: souvenirs are no legal items."""
    found = {}
    for row in rows:
        found.setdefault(row.kind.get_group_display(), []).append(row)
    return list(found.items())


def card_of(kind, since=None):
    """The vouchers of a kind, with ``quantity`` and the ``balance`` after each; of those from ``since`` on, if that is told."""
    own = StockLine.objects.filter(kind=kind, movement=OuterRef("pk")).order_by()
    total = Subquery(own.values("movement").annotate(total=Sum("quantity")).values("total"))
    rows = Movement.objects.filter(Exists(own)).annotate(quantity=total).select_related("by__unit")
    opening = 0
    if since:
        rows = rows.filter(day__gte=since)
        opening = on_hand_before(kind, since)
    balance = Window(Sum("quantity"), order_by=[F("day").asc(), F("pk").asc()]) + Value(opening)
    return rows.annotate(balance=balance).order_by("-day", "-pk")


def on_hand_before(kind, day) -> int:
    """What there was of a kind when ``day`` began."""
    return StockLine.objects.filter(kind=kind, movement__day__lt=day).aggregate(total=Coalesce(Sum("quantity"), 0))[
        "total"
    ]
