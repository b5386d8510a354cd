"""How many delegates each unit of a plan sends: those of its level, or its own number; from and to Excel."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery

from documents.excel.cells import CellFault, label_of
from documents.excel.reading import Bounds, read_book
from documents.steps.refusing import Refused
from units.models import Unit

from .models import Quota
from .rules import level_of

CODE, NUMBER = "Mã đơn vị", "Số đại biểu riêng"
MOST = 9999
_HEADS = [CODE, NUMBER]
# Twice as many units as the province ever had at once.
_BOUNDS = Bounds(rows=2000)


def units_of(plan):
    """The units that hold a conference by ``plan`` before the congress: of the kinds of a level and alive in its window."""
    asked = Q(pk__in=[])
    for level in plan.levels.filter(is_congress=False):
        alive = Q(founded=None) | Q(founded__lte=level.ends_on)
        lasting = Q(ended=None) | Q(ended__gte=level.begins_on)
        asked |= Q(kind__in=level.unit_kinds) & alive & lasting
    return Unit.objects.filter(asked)


def with_numbers(plan, units):
    """``units`` with their ``own`` number, None where what the level says holds."""
    own = Quota.objects.filter(plan=plan, unit=OuterRef("pk")).values("number")[:1]
    return units.annotate(own=Subquery(own))


def number_of(plan_levels, unit, own: int | None) -> int:
    """How many ``unit`` sends, whose own number is ``own``."""
    if own is not None:
        return own
    level = level_of(plan_levels, unit)
    return level.sent_up if level else 0


def quota_of(plan, unit) -> int:
    """How many delegates ``unit`` sends by ``plan``. Two queries."""
    own = plan.quotas.filter(unit=unit).values_list("number", flat=True).first()
    return number_of(plan.levels.all(), unit, own)


@dataclass
class Read:
    """What a file says: ``numbers`` by unit as ``actions.set_quotas`` takes them; ``faults``: (where, what to do)."""

    numbers: dict = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


def read(file, plan) -> Read:
    """The numbers in a filled-in file; an empty cell leaves what is there, «–» takes the own number out.

    Raises ``Refused`` for a file that cannot be read or has no such columns.
    """
    units = {label_of(unit.code): unit for unit in units_of(plan)}
    found, seen, tables = Read(), {}, 0
    for sheet in read_book(file, what="bảng số đại biểu", bounds=_BOUNDS):
        table = None if sheet.is_hidden else sheet.table(_HEADS, needed=_HEADS)
        if table is None:
            continue
        tables += 1
        found.faults += [(fault.where, fault.words) for fault in table.faults]
        for row in table.rows() if not table.faults else ():
            try:
                _read_row(found, seen, units, row)
            except CellFault as fault:
                found.faults.append((fault.where, fault.words))
    if not tables:
        words = f"Tệp không có cột «{CODE}» và «{NUMBER}». Hãy xuất Excel từ trang này, điền vào rồi gửi lại."
        raise Refused(words, "file")
    return found


def _read_row(found, seen, units, row):
    code, cell = row[CODE].code(), row[NUMBER]
    if not cell.is_filled:
        return
    if not code:
        raise cell.fault("dòng này chưa ghi mã đơn vị. Hãy ghi mã, hoặc xóa ô.")
    unit = units.get(label_of(code))
    if unit is None:
        raise row[CODE].fault(f"mã «{code}» không phải đơn vị tổ chức hội nghị theo kế hoạch này.")
    if unit.pk in seen:
        raise row[CODE].fault(f"mã «{code}» có hai lần trong tệp. Hãy giữ một dòng.")
    seen[unit.pk] = row
    found.numbers[unit] = _number(cell)


def _number(cell) -> int | None:
    if cell.words() in ("-", "–", "—"):
        return None
    number = cell.number()
    if number is None or number != int(number) or not 0 <= number <= MOST:
        raise cell.fault(
            f"«{cell.seen()}» không phải số đại biểu. Hãy ghi số nguyên từ 0 đến {MOST}, hoặc «–» để theo cấp."
        )
    return int(number)
