"""A count of the store: opened, one at a time; what is found noted part by part; closed, which writes the differences."""

from django.db import transaction
from django.utils import timezone

from documents.steps.log import words_of
from documents.steps.refusing import Refused, first_of, unless_taken
from documents.steps.stepping import Steps
from units.permissions import may_keep_store
from units.text import one_line

from ..items.models import ItemKind
from ..log import About
from .actions import NOT_YOURS, put_numbers, refuse_serials
from .keeping import KEEPER, give_up, keep_for_waiting
from .ledger import Level, field_of, hold, levels, refuse_day, write
from .models import CountRow, Movement, StockCount, StockLine
from .numbers import NotNumbers, numbers_of

State, Sort = StockCount.State, Movement.Sort
_TAKEN = "Đang có một lần kiểm kê chưa chốt. Hãy ghi tiếp, chốt hoặc bỏ lần đó trước."


def _words(count) -> dict:
    return words_of(count, ["team", "note"]) | {"Trạng thái": count.get_state_display()}


COUNTS = Steps(StockCount, "lần kiểm kê", about=About.STOCK_COUNT, words=_words, address="stock_count_step")


@transaction.atomic
def begin(count: StockCount, *, by) -> StockCount:
    """Open a count with a row for each kind that the store has. Raises ``Refused``."""
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    refuse_day(count.day, "ngày kiểm kê")
    count.by = by
    with unless_taken(_TAKEN):
        count.save()
    there = [kind for kind, number in StockLine.objects.on_hand().items() if number]
    CountRow.objects.bulk_create(CountRow(count=count, kind_id=kind) for kind in there)
    COUNTS.tell(count, "begin", "Mở kiểm kê", by=by, after=_words(count) | {"Số loại": str(len(there))}, day=count.day)
    return count


@COUNTS.step("note", "Ghi số thực có", [State.OPEN], who=KEEPER, form=None, renews=False)
def note(count, *, by, typed):
    """Note what was found: ``typed`` is {key of a kind: {"found": how many or None, "reason": …, "serials": …}} with what was
    typed of each, no more. What the ledger has at this moment is kept beside it.
    """
    kinds, told = hold(typed), {}
    known = levels(kinds)
    rows = {row.kind_id: row for row in count.rows.filter(kind__in=kinds)}
    for key, kind in kinds.items():
        row, facts = rows.get(key) or CountRow(count=count, kind=kind), typed[key]
        if "found" in facts:
            row.found, row.by = facts["found"], by
            row.expected = known.get(key, Level()).on_hand if row.found is not None else None
        row.reason = one_line(facts.get("reason", row.reason))
        row.serials = one_line(facts.get("serials", row.serials))
        row.save()
        counted = "" if row.found is None else f"{row.found} (sổ {row.expected})"
        told[kind.name] = "; ".join(filter(None, [counted, row.reason, row.serials]))
    return told


def differing(rows) -> list[CountRow]:
    """Those of which more or fewer were found than the ledger had."""
    return [row for row in rows if row.difference]


def _named(rows) -> str:
    return first_of((row.kind.name for row in rows), "loại", between=", ")


def _not_closed(count, rows) -> str:
    """Why a count is not complete."""
    if left := [row for row in rows if row.found is None]:
        return f"Chưa đếm: {_named(left)}. Hãy ghi số thực có; không còn chiếc nào thì ghi 0."
    if silent := [row for row in differing(rows) if not row.reason]:
        return f"Chưa ghi lý do chênh lệch của: {_named(silent)}."
    return ""


def _serials(row) -> list[str]:
    try:
        return numbers_of(row.serials)
    except NotNumbers as wrong:
        raise Refused(f"{row.kind}: {wrong}") from None


@COUNTS.step(
    "close", "Chốt kiểm kê", [State.OPEN], to=State.CLOSED, who=KEEPER, look="primary",
    told="Đã chốt kiểm kê; phần thừa, thiếu đã ghi phiếu điều chỉnh sổ.",
    hint="Phần thừa ghi phiếu nhập, phần thiếu ghi phiếu xuất. Sau khi chốt không sửa số đếm.",
)  # fmt: skip
def close(count, *, by):
    """What there is more or less is written into the ledger, with its reasons. Raises ``Refused`` while it is not complete."""
    rows = list(count.rows.select_related("kind"))
    if told := _not_closed(count, rows):
        raise Refused(told)
    surplus = [row for row in rows if row.difference > 0]
    missing = [row for row in rows if row.difference < 0]
    given_up = give_up({row.kind_id: -row.difference for row in missing})
    made = [_write(count, Sort.SURPLUS, surplus, by), _write(count, Sort.MISSING, missing, by)]
    keep_for_waiting([row.kind_id for row in surplus])
    told = {"Phiếu": ", ".join(str(one) for one in made if one)}
    return told | ({"Hàng đã giữ phải nhả": str(given_up)} if given_up else {})


def _write(count, sort, rows, by) -> Movement | None:
    if not rows:
        return None
    quantities = {row.kind: abs(row.difference) for row in rows}
    serials = {row.kind_id: _serials(row) for row in rows if row.kind.has_serials}
    hold(kind.pk for kind in quantities)
    day = _day_of(count, quantities)
    try:
        refuse_serials(quantities, serials, comes_in=sort == Sort.SURPLUS)
        lines = [(row.kind, row.difference, None) for row in rows]
        reasons = "; ".join(f"{row.kind}: {row.reason}" for row in rows)
        paper = f"Biên bản kiểm kê ngày {count.day:%d/%m/%Y}"
        facts = {"paper": paper, "note": reasons[:300], "count": count, "sample": count.sample}
        made = write(sort, lines, by=by, day=day, **facts)
    except Refused as refused:
        # The step has no field of it.
        raise Refused(f"{refused} {_way_out(rows)}") from None
    put_numbers(made, serials, comes_in=sort == Sort.SURPLUS)
    return made


def _day_of(count, kinds):
    """The day of the count; today where something of ``kinds`` came or went since, which was counted with the rest."""
    later = StockLine.objects.filter(kind__in=kinds, movement__day__gt=count.day)
    return timezone.localdate() if later.exists() else count.day


def _way_out(rows) -> str:
    if any(row.kind.source == ItemKind.Source.PRINTED for row in rows):
        return "Tờ đã in mang tên bị thiếu: mở tờ đó ở thẻ «Bằng», bấm «Hỏng, in lại», rồi ghi lại số đếm."
    return "Đếm lại nếu kho đã nhập, xuất sau khi đếm."


@COUNTS.step("drop", "Bỏ lần kiểm kê", [State.OPEN], to=State.DROPPED, who=KEEPER, needs_reason=True,
             told="Đã bỏ lần kiểm kê; sổ kho không đổi.")  # fmt: skip
def drop(count, *, by):
    """It was begun by mistake: the ledger stays as it is."""


def to_count(count):
    """(kind, its row or none) of every kind of the store that can be counted on the day, what the store has first."""
    rows = {row.kind_id: row for row in count.rows.select_related("kind", "by")}
    kinds = [row.kind for row in rows.values()]
    others = ItemKind.objects.there_on(count.day).exclude(pk__in=rows)
    return [(kind, rows.get(kind.pk)) for kind in [*sorted(kinds, key=_place), *others]]


def _place(kind):
    return kind.position, kind.name


def field_names(kind) -> tuple[str, str, str]:
    """The fields of a kind in the form of a count."""
    return field_of(kind), f"reason-{kind.pk}", f"serials-{kind.pk}"
