"""Who the lines of a list are: recipients of the same name, thousands of lines in one query."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from units.models import Unit
from units.text import fold

from ..catalogue.models import Whom
from ..recipients.models import Recipient
from ..recipients.names import name_key
from .lines import Line
from .models import Entry
from .naming import key_of

NEW, KNOWN, PROBABLE = "new", "known", "probable"
_COLUMNS = (
    "pk",
    "kind",
    "name",
    "name_key",
    "began_on",
    "began_year",
    "unit_id",
    "unit__name",
    "is_unit",
    "staff_code",
    "post",
)
_MOST = 10


@dataclass(frozen=True, slots=True)
class Known:
    """A recipient that a line may be."""

    pk: int
    kind: str
    name: str
    name_key: str
    began_on: date | None
    began_year: int | None
    unit: int | None
    unit_name: str
    is_unit: bool
    staff_code: str
    post: str

    @property
    def words(self) -> str:
        """What tells it from others of its name."""
        born = f"{self.began_on:%d/%m/%Y}" if self.began_on else str(self.began_year or "")
        return ", ".join(
            filter(None, (self.name, born and f"sinh {born}" * (self.kind == Whom.PERSON), self.post, self.unit_name))
        )

    @property
    def year(self) -> int | None:
        """Of birth or founding."""
        return self.began_on.year if self.began_on else self.began_year


class Units:
    """Units by what lists call them."""

    def __init__(self):
        self.rows = {unit.pk: unit for unit in Unit.objects.all()}
        self.by_name, self.names, self.asked = defaultdict(list), {}, {}
        for unit in self.rows.values():
            self.names[unit.pk] = {name_key(unit.name), key_of(unit.name), name_key(unit.short_name)} - {""}
            for name in self.names[unit.pk]:
                self.by_name[name].append(unit)

    def named(self, words: str, day: date) -> Unit | None:
        """The one unit that is called so, of several that which existed on ``day``; None where there is not one."""
        if words not in self.asked:
            found = self.by_name.get(name_key(words), []) or self.by_name.get(key_of(words), [])
            if len(found) > 1:
                found = [unit for unit in found if unit.is_alive_on(day)]
            self.asked[words] = found[0] if len(found) == 1 else None
        return self.asked[words]

    def is_itself(self, line: Line) -> bool:
        """Whether the collective of a line is the unit that it is of."""
        return line.kind == Whom.COLLECTIVE and line.unit is not None and line.key in self.names[line.unit]


class Matcher:
    """Tells each line's recipient: ``who`` is its key, or for somebody new what makes them one and the same."""

    def __init__(self, entry: Entry, units: Units):
        self.units, self.all_new = units, entry.all_new
        self.choices = {int(row): int(pk) for row, pk in entry.choices.items()}
        self.chosen = {
            row.pk: row for row in _known(Q(pk__in=[pk for pk in self.choices.values() if pk], merged_into=None))
        }

    def match(self, lines: list[Line]) -> dict[int, Known]:
        """Set ``standing``, ``who`` and ``candidates`` of lines; the recipients that they may be. Two queries at most."""
        names = {line.key for line in lines if line.name}
        own = {line.unit for line in lines if self.units.is_itself(line)}
        found = _candidates(Q(name_key__in=names) | Q(is_unit=True, unit__in=own))
        by_name, by_unit = defaultdict(dict), {}
        for key, row in found:
            by_name[row.kind, key][row.pk] = row
            if row.is_unit:
                by_unit[row.unit] = row
        for line in lines:
            if line.name and line.kind:
                self._match(line, by_name[line.kind, line.key].values(), by_unit)
        return {row.pk: row for _, row in found} | self.chosen

    def _match(self, line, found, by_unit):
        """Known where only one can be meant; probable where a person has to say; else new."""
        chosen = self.choices.get(line.row)
        itself = by_unit.get(line.unit) if self.units.is_itself(line) else None
        may = [row for row in found if _may_be(line, row)]
        sure = [itself] if itself else [row for row in may if _is_sure(line, row)]
        if chosen in self.chosen:
            line.standing, line.who = KNOWN, chosen
        elif chosen == 0 or (not may and not itself) or (self.all_new and len(sure) != 1):
            line.standing, line.who = NEW, self._somebody(line)
        elif len(sure) == 1:
            line.standing, line.who = KNOWN, sure[0].pk
        else:
            line.standing, line.candidates = PROBABLE, tuple(may[:_MOST])

    def _somebody(self, line):
        """What makes two lines about the same new recipient."""
        itself = self.units.is_itself(line)
        name = "" if itself else line.key
        return line.kind, name, str(line.born or line.born_year or ""), line.unit or fold(line.place)


def _known(where) -> list[Known]:
    return [Known(*row[:7], row[7] or "", *row[8:]) for row in Recipient.objects.filter(where).values_list(*_COLUMNS)]


def _candidates(where) -> list[tuple[str, Known]]:
    """(folded name that was found, its main record): a name of a second record leads to the first."""
    mains, seconds = [], {}
    for *row, main in Recipient.objects.filter(where).values_list(*_COLUMNS, "merged_into"):
        if main:
            seconds.setdefault(main, []).append(row[3])
        else:
            mains.append(Known(*row[:7], row[7] or "", *row[8:]))
    found = [(row.name_key, row) for row in mains]
    if seconds:
        found += [(key, row) for row in _known(Q(pk__in=seconds)) for key in seconds[row.pk]]
    return found


def _may_be(line, row) -> bool:
    """Whether nothing speaks against ``row`` being the recipient of a line."""
    if line.born and row.began_on:
        return line.born == row.began_on
    return not (line.born_year and row.year) or line.born_year == row.year


def _is_sure(line, row) -> bool:
    """Whether ``row`` is the recipient of a line: the same code, birthday, or place of work."""
    if line.staff_code and row.staff_code:
        return line.staff_code == row.staff_code
    if line.born and row.began_on:
        return True
    if line.unit:
        return row.unit == line.unit
    return line.kind != Whom.PERSON and not line.unit_words and row.unit is None
