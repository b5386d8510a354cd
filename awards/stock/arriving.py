"""What comes for the awards of one decision: sheets that somebody else printed and signed, items that the ministry sent for it.

Such a piece bears a name, or is meant for one: it is kept for that award at once, whoever waits before it.
"""

from collections import Counter, defaultdict

from django.db import transaction

from documents.steps.refusing import Refused
from units.permissions import may_keep_store

from ..items.models import Due
from .actions import NOT_YOURS, refuse_serials
from .keeping import keep_these
from .ledger import hold, is_kept, write
from .models import RECEIPTS, Movement, Serial, StockLine

State = Due.State
# From whom such pieces come.
ARRIVALS = tuple(sort for sort in RECEIPTS if sort != Movement.Sort.BACK)


def awaited(decision):
    """What awards of ``decision`` that hold are owed and the store has not, in its order."""
    rows = Due.objects.filter(award__decision=decision, award__stands=True, award__cancelled_on=None, state=State.SHORT)
    return rows.exclude(is_kept()).order_by("award__position", "kind__position", "pk")


@transaction.atomic
def arrive(decision, numbers, *, by, sort, day, paper, **facts) -> Movement:
    """Write what came for the items of ``numbers``, {key of what is owed: the number of the piece, where it has one}, and keep
    each for its award. Raises ``Refused``: then nothing was written.
    """
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    if not numbers:
        raise Refused("Hãy chọn ít nhất một hiện vật đã về.")
    if not paper.strip():
        raise Refused("Hãy ghi giấy tờ kèm theo: công văn, biên bản.", "paper")
    if day < decision.day:
        raise Refused(f"Quyết định ký ngày {decision.day:%d/%m/%Y}, sau ngày nhập.", "day")
    asked = Due.objects.filter(pk__in=numbers)
    hold(asked.order_by().values_list("kind", flat=True).distinct())
    # The rows themselves are held before it is asked whether they wait.
    list(asked.select_for_update(of=("self",)).order_by("pk").only("pk"))
    rows = list(awaited(decision).filter(pk__in=numbers).select_related("kind", "award"))
    if len(rows) != len(numbers):
        raise Refused(
            "Có hiện vật vừa được giữ, thôi cấp, hoặc không của quyết định này. Hãy tải lại trang rồi chọn lại."
        )
    pieces = {row.pk: numbers[row.pk] for row in rows if row.kind.has_serials}
    _refuse_numbers(rows, pieces)
    made = write(sort, [(row.kind, 1, row) for row in rows], by=by, day=day, paper=paper, **facts)
    lines = StockLine.objects.filter(movement=made, due__in=pieces)
    Serial.objects.bulk_create(Serial(kind_id=line.kind_id, number=pieces[line.due_id], came=line) for line in lines)
    keep_these(row.pk for row in rows)
    return made


def _refuse_numbers(rows, pieces):
    """Raise ``Refused`` where the number of a piece is missing, told twice, or here already."""
    typed = defaultdict(list)
    for row in rows:
        if number := pieces.get(row.pk):
            typed[row.kind_id].append(number)
    try:
        refuse_serials(Counter(row.kind for row in rows), typed, comes_in=True)
    except Refused as refused:
        # The form has a box a row.
        raise Refused(str(refused)) from None
