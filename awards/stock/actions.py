"""What a store keeper does: receipts, write-offs, a voucher set right; what came in is kept at once for awards that wait."""

from django.db import transaction

from documents.steps.refusing import Refused
from units.permissions import may_keep_store

from .keeping import keep_for_waiting
from .ledger import hold, write
from .models import Movement, Serial, StockLine

Sort = Movement.Sort
NOT_YOURS = "Sổ kho hiện vật do thủ kho, chuyên viên Sở Nội vụ ghi."
# What a store keeper writes by hand; the others follow from printing, handing over, counting, mending.
RECEIPTS = (Sort.RECEIVED, Sort.BOUGHT, Sort.BACK)
ISSUES = (Sort.WRITTEN_OFF,)


@transaction.atomic
def enter(sort, quantities, *, by, day, partner="", paper="", note="", serials=None, sample=False) -> Movement:
    """Write a receipt or a write-off of ``quantities`` {kind: how many}; ``serials``: {key of a kind: [numbers]}.

    Raises ``Refused``.
    """
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    quantities = {kind: number for kind, number in quantities.items() if number}
    if not quantities:
        raise Refused("Hãy ghi số lượng của ít nhất một loại hiện vật.")
    if not paper.strip():
        raise Refused("Hãy ghi giấy tờ kèm theo: hóa đơn, biên bản, quyết định.", "paper")
    sign = 1 if Sort(sort).comes_in else -1
    _refuse_serials(quantities, serials or {}, comes_in=sign > 0)
    lines = [(kind, sign * number, None) for kind, number in quantities.items()]
    made = write(sort, lines, by=by, day=day, partner=partner, paper=paper, note=note, sample=sample)
    _number(made, serials or {}, comes_in=sign > 0)
    if sign > 0:
        keep_for_waiting([kind.pk for kind in quantities])
    return made


def _refuse_serials(quantities, serials, *, comes_in):
    for kind, number in quantities.items():
        given = serials.get(kind.pk, [])
        if not kind.has_serials:
            continue
        if len(given) != number:
            raise Refused(
                f"{kind.name}: {number} {kind.measure} nhưng có {len(given)} số hiệu. Hãy ghi đủ số hiệu.", "serials"
            )
        if twice := {one for one in given if given.count(one) > 1}:
            raise Refused(f"{kind.name}: số hiệu {', '.join(sorted(twice))} ghi hai lần.", "serials")
        here = set(Serial.objects.filter(kind=kind, number__in=given, went=None).values_list("number", flat=True))
        if comes_in and here:
            raise Refused(f"{kind.name}: số hiệu {', '.join(sorted(here))} đang có trong kho.", "serials")
        if not comes_in and (missing := [one for one in given if one not in here]):
            raise Refused(f"{kind.name}: số hiệu {', '.join(missing)} không có trong kho.", "serials")


def _number(movement, serials, *, comes_in):
    for line in movement.lines.all():
        given = serials.get(line.kind_id, [])
        if comes_in:
            Serial.objects.bulk_create([Serial(kind_id=line.kind_id, number=one, came=line) for one in given])
        else:
            Serial.objects.filter(kind=line.kind_id, number__in=given, went=None).update(went=line)


@transaction.atomic
def mend(movement, *, by, day, reason) -> Movement:
    """Take back a voucher that was written by mistake: a second one with the opposite lines. Raises ``Refused``.

    Only what a store keeper wrote by hand: what was printed, handed over or counted is undone where it was done.
    """
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    hold(movement.lines.values_list("kind", flat=True))
    found = Movement.objects.select_for_update().get(pk=movement.pk)
    if found.sort not in (*RECEIPTS, *ISSUES):
        raise Refused(f"Phiếu «{found.get_sort_display()}» không điều chỉnh ở đây: hãy làm lại ở nơi đã ghi.")
    if Movement.objects.filter(mends=found).exists():
        raise Refused("Phiếu này đã điều chỉnh.")
    if not reason.strip():
        raise Refused("Hãy ghi vì sao điều chỉnh.", "reason")
    if day < found.day:
        raise Refused(f"Trước ngày của phiếu ({found.day:%d/%m/%Y}).", "day")
    lines = list(StockLine.objects.filter(movement=found).select_related("kind"))
    sort = Sort.MENDED_OUT if found.is_receipt else Sort.MENDED_IN
    made = write(
        sort, [(line.kind, -line.quantity, None) for line in lines], by=by, day=day, partner=found.partner,
        paper=found.paper, note=reason[:300], mends=found, sample=found.sample,
    )  # fmt: skip
    _renumber(found, made)
    if made.is_receipt:
        keep_for_waiting([line.kind_id for line in lines])
    return made


def _renumber(found, made):
    """Serial numbers go back as they came."""
    back = {line.kind_id: line for line in made.lines.all()}
    for line in found.lines.all():
        if found.is_receipt:
            line.serials_in.filter(went=None).update(went=back[line.kind_id])
        else:
            line.serials_out.update(went=None)
