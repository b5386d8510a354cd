"""What a store keeper does: receipts, write-offs, a voucher set right; what came in is kept at once for awards that wait."""

from collections import Counter

from django.db import transaction

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale
from units.permissions import may_keep_store

from ..items.models import ItemKind
from ..log import About
from .keeping import give_up, keep_for_waiting, let_go
from .ledger import hold, write
from .models import Movement, Serial, StockLine

Sort = Movement.Sort
NOT_YOURS = "Sổ kho hiện vật do thủ kho, chuyên viên Sở Nội vụ ghi."
_NAMED = 5


@transaction.atomic
def enter(sort, quantities, *, by, day, paper, serials=None, **facts) -> Movement:
    """Write a receipt or a write-off of ``quantities`` {kind: how many}; ``serials``: {key of a kind: [numbers]}; ``facts``:
    other fields of ``Movement``.

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
    hold(kind.pk for kind in quantities)
    refuse_serials(quantities, serials or {}, comes_in=sign > 0)
    lines = [(kind, sign * number, None) for kind, number in quantities.items()]
    made = write(sort, lines, by=by, day=day, paper=paper, **facts)
    put_numbers(made, serials or {}, comes_in=sign > 0)
    if sign > 0:
        keep_for_waiting([kind.pk for kind in quantities])
    return made


def serials_field(kind) -> str:
    """The field of a form in which the numbers of the pieces of a kind are typed."""
    return f"serials-{kind.pk}"


def refuse_serials(quantities, serials, *, comes_in) -> None:
    """Raise ``Refused`` where numbers are missing, told twice, or not where they should be."""
    for kind, number in quantities.items():
        given = serials.get(kind.pk, [])
        if not kind.has_serials:
            continue
        if len(given) != number:
            raise Refused(
                f"{kind.name}: {number} {kind.measure} nhưng có {len(given)} số hiệu. Hãy ghi đủ số hiệu.",
                serials_field(kind),
            )
        if twice := [one for one, times in Counter(given).items() if times > 1]:
            raise Refused(f"{kind.name}: số hiệu {', '.join(sorted(twice)[:_NAMED])} ghi hai lần.", serials_field(kind))
        here = set(Serial.objects.filter(kind=kind, number__in=given, went=None).values_list("number", flat=True))
        if comes_in and here:
            raise Refused(
                f"{kind.name}: số hiệu {', '.join(sorted(here)[:_NAMED])} đang có trong kho.", serials_field(kind)
            )
        if not comes_in and (missing := [one for one in given if one not in here]):
            raise Refused(
                f"{kind.name}: số hiệu {', '.join(missing[:_NAMED])} không có trong kho.", serials_field(kind)
            )


def put_numbers(movement, serials, *, comes_in) -> None:
    """Which pieces came or went with the lines of ``movement``."""
    for line in movement.lines.all():
        given = serials.get(line.kind_id, [])
        if comes_in:
            Serial.objects.bulk_create([Serial(kind_id=line.kind_id, number=one, came=line) for one in given])
        else:
            Serial.objects.filter(kind=line.kind_id, number__in=given, went=None).update(went=line)


@transaction.atomic
def mend(movement, *, by, day, reason) -> Movement:
    """Take back a voucher that was written by mistake: a second one with the opposite lines. Raises ``Refused``.

    Only what a store keeper wrote by hand: what was printed, handed over or counted is undone where it was done. What of it is
    kept for awards waits again: those for which it came, then those of the latest decisions.
    """
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    hold(movement.lines.order_by().values_list("kind", flat=True))
    found = Movement.objects.select_for_update().get(pk=movement.pk)
    if told := why_not_mended(found):
        raise Refused(told)
    if not reason.strip():
        raise Refused("Hãy ghi vì sao điều chỉnh.", "reason")
    if day < found.day:
        raise Refused(f"Trước ngày của phiếu ({found.day:%d/%m/%Y}).", "day")
    lines = list(StockLine.objects.filter(movement=found).select_related("kind"))
    _refuse_moved(found, lines)
    if found.is_receipt:
        let_go(line.due_id for line in lines if line.due_id)
        give_up(_totals(lines))
    sort = Sort.MENDED_OUT if found.is_receipt else Sort.MENDED_IN
    made = write(
        sort, [(line.kind, -line.quantity, None) for line in lines], by=by, day=day, partner=found.partner,
        paper=found.paper, note=reason[:300], mends=found, order=found.order, sample=found.sample,
    )  # fmt: skip
    _renumber(found, made)
    if made.is_receipt:
        keep_for_waiting([line.kind_id for line in lines])
    return made


def _totals(lines) -> dict[int, int]:
    found = Counter()
    for line in lines:
        found[line.kind_id] += line.quantity
    return found


def _refuse_moved(found, lines):
    """Pieces that went since stay gone, and pieces that went have not come back another way."""
    for line in lines:
        rows = line.serials_in.exclude(went=None) if found.is_receipt else line.serials_out
        if not found.is_receipt:
            rows = Serial.objects.filter(kind=line.kind_id, went=None, number__in=rows.values("number"))
        if numbers := list(rows.values_list("number", flat=True)[:5]):
            what = "đã xuất" if found.is_receipt else "đã nhập lại"
            raise Refused(
                f"{line.kind}: số hiệu {', '.join(numbers)} {what} sau phiếu này nên phiếu không điều chỉnh được."
            )


def why_not_mended(movement) -> str:
    """Why a voucher is not taken back here; nothing where it may be."""
    if not Movement.objects.by_hand().filter(pk=movement.pk).exists():
        return f"Phiếu «{movement.get_sort_display()}» không điều chỉnh ở đây: hãy làm lại ở nơi đã ghi."
    return "Phiếu này đã điều chỉnh." if Movement.objects.filter(mends=movement).exists() else ""


def _renumber(found, made):
    """Serial numbers go back as they came."""
    back = {line.kind_id: line for line in made.lines.all()}
    for line in found.lines.all():
        if found.is_receipt:
            line.serials_in.filter(went=None).update(went=back[line.kind_id])
        else:
            line.serials_out.update(went=None)


# --- What the store lays down of a kind


@transaction.atomic
def set_least(kind, *, by, least, place, seen_version) -> ItemKind:
    """From how few on a kind is to be ordered, and where it stands. Raises ``Refused``, ``Stale``."""
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    found = ItemKind.objects.select_for_update().get(pk=kind.pk)
    refuse_stale(About.ITEM_KIND, found, seen_version)
    before = words_of(found, ["least", "place"])
    found.least, found.place = least, place
    if before != (after := words_of(found, ["least", "place"])):
        found.version += 1
        found.save(update_fields=["least", "place", "version"])
        record(About.ITEM_KIND, found, "Sửa mức tối thiểu, chỗ để", by=by, before=before, after=after, what="least")
    return found
