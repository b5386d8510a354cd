"""Whom the names of a file mean: by name, birth and unit. Nobody is made here; where several can be meant a person says who."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ..catalogue.models import Whom
from ..recipients.models import Recipient
from ..recipients.names import name_key

_PARTED = re.compile(r"[;,\n]|\s+và\s+")
_MOST = 10
# What a person chooses for a name of which nobody is known.
NEW = 0
_UNKNOWN = "chưa có «{}» trong phần mềm. Hãy kiểm tra tên, hoặc ghi {} ở mục Cá nhân, tập thể trước."


@dataclass(frozen=True)
class Named:
    """One name in a file, with what stands beside it; ``nth``: its place in its cell."""

    row: int
    nth: int
    name: str
    born: date | int | None = None
    unit: str = ""
    kind: str = ""


def _keys(named) -> set[str]:
    """By what a name is known: that of a household without the words before it."""
    return {name_key(named.name), name_key(named.name, Whom.HOUSEHOLD)}


def names_in(words: str, *, several: bool) -> list[str]:
    """The names in a cell: one, or several parted by semicolons, commas, lines."""
    return [name.strip() for name in (_PARTED.split(words) if several else [words]) if name.strip()]


class Matcher:
    """Tells whom names mean, all of a file in two queries. ``choices``: what a person said, {row: {nth: key}}.

    ``known``: who may be meant at all; others are as unknown as those who are nowhere.
    """

    def __init__(self, names: Iterable[Named], whom: Iterable[str], choices: dict, known=None):
        keys = {key for named in names for key in _keys(named)}
        found = Recipient.objects.filter(name_key__in=keys, kind__in=whom).select_related("unit", "merged_into__unit")
        if known is not None:
            known = known.order_by().values("pk")
            found = found.filter(Q(merged_into=None, pk__in=known) | Q(merged_into__in=known))
        self.by_name, self.choices, self.whom = defaultdict(dict), choices, whom
        for row in found.order_by("pk"):
            main = row.merged_into or row
            self.by_name[row.name_key][main.pk] = main

    def called(self, named: Named) -> list[Recipient]:
        """Those of the name, whatever else is written beside it."""
        found, own = [], name_key(named.name)
        for key in sorted(_keys(named), key=lambda key: key != own):
            found += [row for row in self.by_name[key].values() if key == own or row.kind == Whom.HOUSEHOLD]
        return [row for row in dict.fromkeys(found) if not named.kind or row.kind == named.kind]

    def match(self, named: Named) -> tuple[Recipient | None, list[Recipient], str]:
        """(who it is; else who it may be, where a person has to say; else what is wrong)."""
        found = self.called(named)
        if not found:
            return None, [], _UNKNOWN.format(named.name, "người đó" if Whom.PERSON in self.whom else "tập thể đó")
        chosen = self.choices.get(str(named.row), {}).get(str(named.nth))
        if by_choice := next((row for row in found if row.pk == chosen), None):
            return by_choice, [], ""
        may = [row for row in found if _may_be(named, row)]
        if not may:
            known = "; ".join(_told(row) for row in found[:_MOST])
            return (
                None,
                [],
                f"ngày sinh không khớp với người cùng tên đã có ({known}). Hãy sửa ngày sinh, hoặc ghi người mới.",
            )
        sure = _surest(named, may)
        return (sure[0], [], "") if len(sure) == 1 else (None, may[:_MOST], "")


def _may_be(named, row) -> bool:
    """Whether the birth that was written does not speak against it."""
    if isinstance(named.born, date) and row.began_on:
        return named.born == row.began_on
    year = named.born.year if isinstance(named.born, date) else named.born
    known = row.began_on.year if row.began_on else row.began_year
    return not year or not known or year == known


def _surest(named, may) -> list[Recipient]:
    """Those whose birth and unit are as written, as far as they are; the only one, where neither was written."""
    if named.unit:
        key = name_key(named.unit)
        there = [row for row in may if row.unit and key in (name_key(row.unit.name), name_key(row.unit.short_name))]
        if there:
            return there
    born = [row for row in may if isinstance(named.born, date) and row.began_on]
    if born:
        return born
    return may if not named.unit else []


def _told(row) -> str:
    """What tells a recipient from others of its name."""
    return ", ".join(filter(None, (row.birth_text, str(row.unit or "")))) or "chưa rõ ngày sinh, đơn vị"
