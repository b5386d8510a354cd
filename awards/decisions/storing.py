"""A checked list as awards: all of it or nothing, in bulk."""

from dataclasses import dataclass

from documents.steps.refusing import Refused, unless_taken

from ..catalogue.models import AwardType, Whom
from ..recipients.doubles import store_new
from ..recipients.making import hold_making
from ..recipients.models import Recipient
from ..recipients.unit_words import UnitWords
from ..records.models import Award
from .checking import KNOWN, checked
from .models import Entry
from .sources import Source

_BATCH = 1000
_CHANGED = (
    "Danh sách có dòng không còn lưu được ({}). Có thể dữ liệu vừa thay đổi. Hãy xem lại bảng kiểm tra rồi lưu lại."
)


@dataclass(frozen=True)
class Stored:
    """How many awards were stored, how many recipients made for them, and how many pairs with a new one are probably one."""

    awards: int
    made: int
    doubles: int


def store(entry: Entry, *, tell=lambda rows: None, waits: bool = False) -> Stored:
    """Store every line as an award, and those who are new. Within a transaction of the caller.

    Everything is judged once more, by what is stored now: of two lists with the same new person the second gives to whom the
    first made. Raises ``Refused`` where anything is wrong or open by now. ``waits``: see ``hold_making``.
    """
    hold_making(waits=waits)
    writer, source, rows = _Writer(entry), Source(entry), 0
    with unless_taken("Danh hiệu, hình thức của một người trong danh sách vừa được ghi ở nơi khác. Hãy kiểm tra lại."):
        for lines in checked(entry, source):
            _refuse(lines, source)
            writer.write(lines)
            rows += sum(line.nth == 0 for line in lines)
            tell(rows)
    if not writer.count:
        raise Refused("Danh sách chưa có dòng nào. Hãy ghi hoặc gửi tệp danh sách trước.")
    made = writer.made.values()
    return Stored(writer.count, len(made), store_new(made))


def _refuse(lines, source):
    for line in lines:
        if line.faults:
            name, words = line.faults[0]
            raise Refused(_CHANGED.format(f"{source.where(line.row, name)}: {words.rstrip('.')}"))
        if line.who is None:
            raise Refused(_CHANGED.format(f"{source.where(line.row, 'name')}: chưa chọn người nhận"))


class _Writer:
    """Writes chunks of lines; somebody new whom two lines name is made once."""

    def __init__(self, entry):
        self.entry, self.decision, self.count, self.made = entry, entry.decision, 0, {}
        self.words = UnitWords()
        self.types = {row.code: row.pk for row in AwardType.objects.all()}

    def write(self, lines):
        """New recipients of the chunk, then its awards."""
        self._make({line.who: line for line in lines if line.standing != KNOWN and line.who not in self.made})
        Award.objects.bulk_create([self._award(line) for line in lines], batch_size=_BATCH)

    def _make(self, new):
        rows = [_recipient(line, is_unit=line.who[1] == "") for line in new.values()]
        for row in rows:
            row.tidy(self.words)
        Recipient.objects.bulk_create(rows, batch_size=_BATCH)
        self.made |= {who: row.pk for who, row in zip(new, rows, strict=True)}

    def _award(self, line):
        self.count += 1
        return Award(
            decision=self.decision,
            recipient_id=line.who if line.standing == KNOWN else self.made[line.who],
            type_id=self.types[line.award],
            position=self.count,
            name=line.name,
            post=line.place,
            unit_id=line.unit,
            position_class=line.position_class,
            body_class=line.body_class,
            year=line.year,
            first_year=line.first_year,
            route=self.entry.route,
            deed=line.deed,
            amount=line.amount,
            decided_on=self.decision.day,
        )


def _recipient(line, *, is_unit) -> Recipient:
    """Somebody new, as far as the line tells."""
    return Recipient(
        kind=line.kind,
        name=line.name,
        unit_id=line.unit,
        began_on=line.born,
        began_year=line.born_year,
        gender=line.gender,
        ethnicity=line.ethnicity,
        staff_code=line.staff_code,
        post=line.post if line.kind == Whom.PERSON else "",
        position_class=line.position_class,
        body_class=line.body_class,
        address=line.address,
        is_unit=is_unit,
    )
