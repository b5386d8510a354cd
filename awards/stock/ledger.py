"""What the store has: on hand by the ledger, kept for awards, free; and the one way to write lines.

Whoever writes or keeps holds the kinds first, in the order of their keys, then the items of awards (``Due``): two store keepers
wait for each other, never forever.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count as Counts
from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused

from ..items.kinds import hold
from ..items.models import Due
from ..log import About
from .models import Movement, StockLine, VoucherYear

_BATCH = 500
# Nothing that is in the store came before: an earlier day is a slip of the pen.
FIRST_DAY = date(2000, 1, 1)
# For which items a piece of their kind is kept: those that are reserved, and what rooms above add, which bears a name.
KEPT = [Q(state=Due.State.RESERVED)]


def is_kept() -> Q:
    """Whether a piece is kept for a ``Due``."""
    return reduce(or_, KEPT)


@dataclass(frozen=True)
class Level:
    """How many of one kind are on hand, how many of these are kept for awards, how many awards wait for one."""

    on_hand: int = 0
    kept: int = 0
    short: int = 0

    @property
    def free(self) -> int:
        """What may still be kept or given to somebody else."""
        return self.on_hand - self.kept


def levels(kinds=None) -> dict[int, Level]:
    """{key of a kind: its level}, of ``kinds`` (keys) or all of which anything is known. Three queries."""
    lines, dues = StockLine.objects.all(), Due.objects.order_by()
    if kinds is not None:
        lines, dues = lines.filter(kind__in=kinds), dues.filter(kind__in=kinds)
    on_hand = lines.on_hand()
    kept, short = (
        dict(rows.values_list("kind").annotate(Counts("pk")))
        for rows in (dues.filter(is_kept()), dues.filter(state=Due.State.SHORT))
    )
    return {key: Level(on_hand.get(key, 0), kept.get(key, 0), short.get(key, 0)) for key in {*on_hand, *kept, *short}}


def with_levels(kinds):
    """``kinds`` (a queryset) with ``on_hand``, ``kept``, ``short``, ``to_print`` (awards that wait for what is printed on it)
    and ``free`` of each.
    """
    lines = StockLine.objects.filter(kind=OuterRef("pk")).order_by().values("kind").annotate(total=Sum("quantity"))
    dues = Due.objects.order_by().values("kind").annotate(total=Counts("pk"))
    on_print = Due.objects.order_by().values("kind__blank").annotate(total=Counts("pk"))
    short = Due.State.SHORT
    return kinds.annotate(
        on_hand=_number(lines),
        kept=_number(dues.filter(is_kept(), kind=OuterRef("pk"))),
        short=_number(dues.filter(kind=OuterRef("pk"), state=short)),
        to_print=_number(on_print.filter(kind__blank=OuterRef("pk"), state=short)),
    ).annotate(free=F("on_hand") - F("kept"))


def _number(rows):
    return Coalesce(Subquery(rows.values("total"), output_field=IntegerField()), 0)


# What is no more than is to be there at least: to be ordered.
IS_LOW = Q(least__gt=0, free__lte=F("least"))


def write(sort, lines, *, by, day, **facts) -> Movement:
    """Write one voucher with its ``lines``, (kind, quantity, due or None) each, within the caller's transaction; ``facts``: the
    fields of ``Movement``.

    Raises ``Refused`` where it would take what is not there, on that day or later, or takes what is kept for an award of
    somebody else; where the day has not come, or a kind was not in use by then. What is about one kind, is about its field.
    """
    held = hold(kind.pk for kind, _, _ in lines)
    refuse_day(day, "ngày đã nhập, đã xuất")
    for kind in held.values():
        if not kind.there_on(day):
            raise Refused(f"Ngày {day:%d/%m/%Y} chưa hoặc không còn dùng {kind.name}. Hãy kiểm tra lại ngày.", "day")
    _refuse_shortage(held, lines, day)
    is_receipt = Movement.Sort(sort).comes_in
    number = _next_number(is_receipt, day.year)
    made = Movement.objects.create(
        sort=sort, is_receipt=is_receipt, year=day.year, number=number, day=day, by=by, **facts
    )
    StockLine.objects.bulk_create(
        [StockLine(movement=made, kind=kind, quantity=quantity, due=due) for kind, quantity, due in lines],
        batch_size=_BATCH,
    )
    sums = Counter()
    for kind, quantity, _ in lines:
        sums[kind.name] += quantity
    after = words_of(made, ["day", "partner", "paper", "note"]) | {name: f"{total:+d}" for name, total in sums.items()}
    record(About.STOCK, made, made.get_sort_display(), by=by, after=after, what="write", day=day)
    return made


def refuse_day(day, what) -> None:
    """Raise ``Refused`` for a ``day`` that has not come, or on which there was no store; ``what``: which day is to be told."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi {what}.", "day")
    if day < FIRST_DAY:
        raise Refused(f"Sổ kho không có ngày nào trước {FIRST_DAY:%d/%m/%Y}. Hãy kiểm tra lại năm.", "day")


def field_of(kind) -> str:
    """The field of a form in which the quantity of a kind is typed."""
    return f"kind-{kind.pk}"


def _refuse_shortage(held, lines, day):
    """What goes must be there, then and since; what goes to nobody in particular must be free."""
    taken, freely = Counter(), Counter()
    for kind, quantity, due in lines:
        taken[kind.pk] += quantity
        if quantity < 0 and due is None:
            freely[kind.pk] -= quantity
    known = levels(held)
    for key, total in taken.items():
        level, kind = known.get(key, Level()), held[key]
        if level.on_hand + total < 0:
            raise Refused(
                f"{kind.name}: trong kho còn {level.on_hand} {kind.measure}, không xuất được {-total}. "
                "Hãy nhập kho trước, hoặc sửa số lượng.",
                field_of(kind),
            )
        if total < 0 and (least := _least_since(key, day)) + total < 0:
            raise Refused(
                f"{kind.name}: theo sổ, từ ngày {day:%d/%m/%Y} có lúc chỉ còn {least} {kind.measure}, không xuất được "
                f"{-total}. Hãy ghi ngày muộn hơn, hoặc sửa số lượng.",
                field_of(kind),
            )
        if freely[key] > max(level.free, 0):
            raise Refused(
                f"{kind.name}: trong kho có {level.on_hand} {kind.measure} nhưng {level.kept} đã giữ cho khen thưởng, chỉ còn "
                f"{max(level.free, 0)}. Hãy nhả phần đã giữ trước, hoặc sửa số lượng.",
                field_of(kind),
            )


def _least_since(kind, day) -> int:
    """The least that there was of a kind, by the ledger, at the end of ``day`` and after each voucher since. Two queries."""
    lines = StockLine.objects.filter(kind=kind).order_by()
    found = now = lines.filter(movement__day__lte=day).aggregate(total=Coalesce(Sum("quantity"), 0))["total"]
    later = lines.filter(movement__day__gt=day).values_list("movement__day", "movement").annotate(Sum("quantity"))
    for *_, quantity in later.order_by("movement__day", "movement"):
        now += quantity
        found = min(found, now)
    return found


def _next_number(is_receipt, year) -> int:
    """The next number of receipts or of issues of a year; their counter is held until the transaction ends."""
    VoucherYear.objects.get_or_create(is_receipt=is_receipt, year=year)
    counter = VoucherYear.objects.select_for_update().get(is_receipt=is_receipt, year=year)
    counter.last += 1
    counter.save()
    return counter.last
