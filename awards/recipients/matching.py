"""Whether two records are probably one person, collective or household, and why. Pure: what is compared comes as plain values.

The points are the office's experience with its lists, not law: two people of one name and one day of birth, or of one name in one
unit, are looked at; the same name and year alone are not, there are too many. What speaks against it is taken off again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from django.db import models

from units.models.unit import reachable
from units.text import clean, fold

from ..catalogue.models import Whom
from .names import name_key

# From here on a pair is shown.
PROBABLE = 60


class Reason(models.TextChoices):
    """What two records have in common, or apart."""

    IDENTITY = "identity", "cùng số căn cước"
    CODE = "code", "cùng mã cán bộ"
    NAME = "name", "cùng tên"
    SPELLING = "spelling", "tên chỉ khác cách viết"
    BIRTHDAY = "birthday", "cùng ngày sinh, ngày thành lập"
    YEAR = "year", "cùng năm sinh, năm thành lập"
    UNIT = "unit", "cùng đơn vị"
    LINE = "line", "đơn vị trước và sau khi sắp xếp"
    ADDRESS = "address", "cùng địa chỉ"
    OTHER_DAY = "other_day", "ngày sinh, ngày thành lập khác nhau"
    OTHER_YEAR = "other_year", "năm sinh, năm thành lập khác nhau"
    OTHER_GENDER = "other_gender", "giới tính khác nhau"


_POINTS = {
    Reason.IDENTITY: 100,
    Reason.CODE: 60,
    Reason.NAME: 30,
    Reason.SPELLING: 30,
    Reason.BIRTHDAY: 50,
    Reason.YEAR: 25,
    Reason.UNIT: 30,
    Reason.LINE: 30,
    Reason.ADDRESS: 30,
    Reason.OTHER_DAY: -15,
    Reason.OTHER_YEAR: -60,
    Reason.OTHER_GENDER: -40,
}


@dataclass(frozen=True)
class Known:
    """What of one record is compared. ``key``: the record that stands for it, where it was merged into another one."""

    key: int | None
    kind: str
    name: str
    born: date | None = None
    year: int | None = None
    gender: str = ""
    unit: int | None = None
    is_unit: bool = False
    staff_code: str = ""
    address: str = ""
    number: str = ""

    @property
    def name_key(self) -> str:
        """Its name as it is compared."""
        return name_key(self.name, self.kind)

    @property
    def born_in(self) -> int | None:
        """The year of birth, as far as it is known."""
        return self.born.year if self.born else self.year


class Likeness(NamedTuple):
    """How much speaks for two records being one, and what."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_probable(self) -> bool:
        """Whether somebody should look at it."""
        return self.score >= PROBABLE


class Lines:
    """Which units became which: ``pairs`` are (unit, successor). Answers are kept, for the many questions of one look."""

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()):
        self._pairs, self._after, self._kin = list(pairs), {}, {}

    def joined(self, one: int | None, other: int | None) -> bool:
        """Whether one of the two became the other, at any remove."""
        return bool(one and other) and (other in self._following(one) or one in self._following(other))

    def _following(self, unit):
        if unit not in self._after:
            self._after[unit] = reachable(unit, self._pairs)
        return self._after[unit]

    def family(self, unit: int | None) -> int | None:
        """One key for all units that hang together, however they do: those that are joined have the same."""
        if unit is not None and unit not in self._kin:
            both = [*self._pairs, *((new, old) for old, new in self._pairs)]
            members = {unit, *reachable(unit, both)}
            self._kin |= dict.fromkeys(members, min(members))
        return self._kin.get(unit)


def likeness(one: Known, other: Known, lines: Lines) -> Likeness:
    """How much speaks for ``one`` and ``other`` being the same; nothing where they cannot be."""
    if _cannot_be_one(one, other):
        return Likeness(0, ())
    found = [*_of_codes(one, other), *_of_name(one, other), *_of_birth(one, other), *_of_place(one, other, lines)]
    return Likeness(max(0, sum(_POINTS[reason] for reason in found)), tuple(found))


def _cannot_be_one(one, other) -> bool:
    """Another kind, two identity cards, or two units: what became of a unit is no second record of it."""
    if one.kind != other.kind or (one.key is not None and one.key == other.key):
        return True
    if one.number and other.number and one.number != other.number:
        return True
    return one.is_unit and other.is_unit and one.unit != other.unit


def _of_codes(one, other):
    if one.number and one.number == other.number:
        yield Reason.IDENTITY
    if one.staff_code and fold(one.staff_code) == fold(other.staff_code):
        yield Reason.CODE


def _of_name(one, other):
    if clean(one.name).casefold() == clean(other.name).casefold():
        yield Reason.NAME
    elif one.name_key == other.name_key:
        yield Reason.SPELLING


def _of_birth(one, other):
    if one.born and one.born == other.born:
        yield Reason.BIRTHDAY
    elif one.born_in and other.born_in:
        yield Reason.YEAR if one.born_in == other.born_in else Reason.OTHER_YEAR
        if one.born and other.born and one.born_in == other.born_in:
            yield Reason.OTHER_DAY
    if one.gender and other.gender and one.gender != other.gender:
        yield Reason.OTHER_GENDER


def _of_place(one, other, lines):
    if one.unit and one.unit == other.unit:
        yield Reason.UNIT
    elif lines.joined(one.unit, other.unit):
        yield Reason.LINE
    if one.kind == Whom.HOUSEHOLD and one.address and fold(one.address) == fold(other.address):
        yield Reason.ADDRESS


def pairs_among(rows: Iterable[Known], lines: Lines) -> Iterator[tuple[Known, Known, Likeness]]:
    """The probable pairs among ``rows`` of one name; only those that share more than the name are held against each other."""
    boxes = defaultdict(list)
    for row in rows:
        for box in _boxes(row, lines):
            boxes[box].append(row)
    seen = set()
    for box in boxes.values():
        for one, other in combinations(box, 2):
            pair = frozenset((one.key, other.key))
            if len(pair) == 2 and pair not in seen and (found := likeness(one, other, lines)).is_probable:
                seen.add(pair)
                yield one, other, found


def _boxes(row, lines):
    """What two records of one name must share to be a pair, whatever else they share."""
    shared = {
        "born": row.born,
        "family": lines.family(row.unit),
        "code": fold(row.staff_code),
        "address": fold(row.address) if row.kind == Whom.HOUSEHOLD else "",
    }
    return [(name, value) for name, value in shared.items() if value]
