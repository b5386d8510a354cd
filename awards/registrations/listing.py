"""Lists of people and awards from Excel that a unit sends: who each row means, of whom that unit may know, and which awards."""

from django.utils import timezone

from documents.excel.cells import label_of
from units.permissions import may_oversee
from units.text import fold

from ..catalogue.book import catalogue
from ..catalogue.models import Whom
from ..decisions.layouts import KINDS_BY_HEADING, pairs_of
from ..decisions.matching import Units
from ..decisions.naming import Namer
from ..recipients.models import BodyClass, Recipient
from ..records.excel import kept_sheets
from ..records.importing import Plan
from ..records.matching import NEW as SOMEBODY_NEW
from ..records.matching import Matcher, Named

_AWARDS = ("award", "form_code", "title_code")
_HEADED = {label_of(heading): kind for heading, kind in KINDS_BY_HEADING.items()}
_CODES = ("danhmuc", "danh muc", "htkt")


class ListPlan(Plan):
    """Rows that each name somebody and an award; ``by`` finds only whom that person may see, others are unknown.

    ``newcomers``: what becomes of rows with somebody new; a list that makes nobody has none.
    """

    def __init__(self, entry, model, *, by, lock=False):
        self.by = by
        super().__init__(entry, model, lock=lock)

    # --- Who

    def _people(self):
        self.units = Units()
        named = {line.row: self._named(line) for line in self.lines if self._has_name(line)}
        known = None if may_oversee(self.by) else Recipient.objects.visible_to(self.by)
        matcher = Matcher(named.values(), self.sheet.whom, self.entry.choices, known)
        found, new = {}, []
        for line in self.lines:
            one = named.get(line.row)
            if one is None:
                continue
            # Who is certain now was not there when somebody was said to be new: another list was stored meanwhile.
            who, may_be, _ = matcher.match(one)
            if who:
                found[line.row] = [who]
            elif self.entry.choices.get(str(one.row), {}).get(str(one.nth)) == SOMEBODY_NEW:
                new.append(line)
            else:
                self.open.append((one, may_be or matcher.called(one)))
        return found | self.newcomers(new)

    def newcomers(self, lines) -> dict[int, list[Recipient]]:
        """{row: the new recipient} of rows that a person confirmed as new."""
        return {}

    def _has_name(self, line) -> bool:
        if not line.values.get("name") and not any(name == "name" for name, _ in line.faults):
            self.faults[line.row].append(("name", f"chưa ghi «{self.sheet.heads['name']}». Hãy ghi."))
        return bool(line.values.get("name"))

    def _named(self, line) -> Named:
        words = line.values.get("unit") or ""
        # What names no unit is a part of the own one.
        unit = words if words and self.units.named(words, timezone.localdate()) else ""
        return Named(line.row, 0, line.values["name"], line.values.get("born"), unit, self.kind_of(line))

    def kind_of(self, line) -> str:
        """What a row is about, as far as it or its heading says."""
        said, name = line.values, fold(line.values.get("name") or "")
        if said.get("whom"):
            return said["whom"]
        if said.get("class") == Whom.HOUSEHOLD or name.startswith(("ho ong ", "ho ba ", "ho gia dinh ")):
            return Whom.HOUSEHOLD
        if said.get("class") in BodyClass.values:
            return Whom.COLLECTIVE
        if said.get("class") or said.get("title") or said.get("gender") or said.get("born"):
            return Whom.PERSON
        head = (
            self.source.table.sheet.at(self.entry.head, self.source.columns["name"]).label() if self.entry.head else ""
        )
        return self.entry.shared.get("whom") or _HEADED.get(head, "")

    # --- What

    def learn_names(self):
        """Read by what awards are called, by the program and by the sheet of codes that a file brings along."""
        self.namer = Namer(catalogue(), "province", self._codes())

    def _codes(self) -> dict[str, str]:
        """{ten-digit code: name} of the sheets of codes that the file brings along."""
        found = {}
        for sheet in kept_sheets(self.entry):
            for number in sheet.lines() if label_of(sheet.title) in _CODES else ():
                found |= pairs_of(sheet.filled_in(number))
        return found

    def awards_of(self, line) -> dict[str, str]:
        """{code: the field that names it} of a row; that of the whole file where it names none."""
        said = [(name, line.values[name]) for name in _AWARDS if line.values.get(name)]
        said = said or [("award", self.entry.shared[name]) for name in ("award",) if name in self.entry.shared]
        if not said and not any(name in _AWARDS for name, _ in line.faults):
            words = f"chưa ghi «{self.sheet.heads['award']}». Hãy ghi, hoặc chọn chung cho cả tệp."
            self.faults[line.row].append(("award", words))
        found = {}
        for name, words in said:
            try:
                found.setdefault(self.namer.code_of(words), name)
            except ValueError as wrong:
                self.faults[line.row].append((name, str(wrong)))
        return found
