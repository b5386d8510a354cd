"""Statistical forms as data: their rows and columns, what each counts, and which form holds when.

A form stands in a toml file of the app that it is about. A row and a column say by lists of values what they count
(``whom = ["person"]``; ``not_whom`` counts all others); one that says nothing counts everything. A cell counts what its row and
its column count; where these exclude each other it is one that the form marks with an x.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from pathlib import Path

from units.figures import figure_text

NOT = "not_"
# So many columns fit an upright sheet.
_UPRIGHT = 7


@dataclass(frozen=True)
class Counting:
    """What a row or a column counts: {what is asked of a fact: the values that are counted}."""

    counts_only: Mapping[str, tuple]

    def counts(self, facts: Mapping[str, str]) -> bool:
        """Whether what ``facts`` tell of is counted."""
        return all(_passes(name, values, facts) for name, values in self.counts_only.items())

    def excludes(self, other: "Counting") -> bool:
        """Whether nothing can be counted by this and by ``other``."""
        both = self.counts_only.keys() & other.counts_only.keys()
        return any(not set(self.counts_only[name]) & set(other.counts_only[name]) for name in both if name[:4] != NOT)


def _passes(name, values, facts):
    return facts[name[4:]] not in values if name[:4] == NOT else facts[name] in values


@dataclass(frozen=True)
class Column(Counting):
    """A column of figures. ``sum``: its number, ``2`` or ``1=2+3``, which counts what one of the others counts.

    ``group``: the head that it stands under with its neighbours; ``share``: two numbers of columns, of which it shows the first
    as a share of the second; ``by_hand``: it stays empty, because what it asks for is not kept.
    """

    head: str
    sum: str
    group: str = ""
    share: tuple[str, ...] = ()
    by_hand: bool = False

    @property
    def number(self) -> str:
        """``1`` of ``1=2+3``."""
        return self.sum.partition("=")[0]

    @property
    def is_sum(self) -> bool:
        """Whether it counts what one of the others counts."""
        return "=" in self.sum and not self.counts_only


@dataclass(frozen=True)
class Row(Counting):
    """A row with its number, or a heading without one; ``unit``: in what it counts; ``deep``: a part of the row above."""

    code: str = ""
    label: str = ""
    heading: str = ""
    unit: str = ""
    deep: bool = False


@dataclass(frozen=True)
class Form:
    """A form from its first day to its last. ``about``: which of several that hold at once; ``doubt``: what was not read in it.

    ``counts``: what is asked for at all; ``checks``: ``01=02+03``, rows that must agree (``*`` is the row of all);
    ``column_checks``: columns that must agree in the row of all; ``labels``: which of ``label``,
    ``code``, ``unit`` stand before the figures, with head and number; ``signed_by``: who signs in place of the unit's head.
    """

    number: str
    title: str
    begins: date
    ends: date | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    about: str = ""
    circular: str = ""
    receiver: str = ""
    due: str = ""
    unit: str = ""
    signed_by: str = ""
    counts: Mapping[str, tuple] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    column_checks: tuple[str, ...] = ()
    labels: tuple[tuple[str, str, str], ...] = (("label", "", "A"), ("code", "Mã số", "B"))
    notes: str = ""
    doubt: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether everything in it was read where it stands."""
        return not self.doubt

    @property
    def width(self) -> int:
        """How many columns there are, labels and figures together."""
        return len(self.labels) + len(self.columns)

    @property
    def is_wide(self) -> bool:
        """Whether it needs a sheet on its side."""
        return self.width > _UPRIGHT

    @property
    def asks_for(self) -> set[str]:
        """What it must know of each thing that it counts."""
        asked = [name for each in (*self.rows, *self.columns) for name in each.counts_only] + list(self.counts)
        return {name.removeprefix(NOT) for name in asked}

    @property
    def top_heads(self) -> list[tuple[str, int, int]]:
        """The upper row of heads: each with how many columns and how many rows it goes over."""
        found, depth = [], 2 if self.low_heads else 1
        for group, columns in groupby(self.columns, key=lambda column: column.group):
            columns = list(columns)
            found += [(group, len(columns), 1)] if group else [(column.head, 1, depth) for column in columns]
        return found

    @property
    def low_heads(self) -> list[str]:
        """The lower row of heads, of columns that stand under one head together."""
        return [column.head for column in self.columns if column.group]

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """The row of numbers: each with how many columns share it."""
        return [(number, len(list(same))) for number, same in groupby(column.sum for column in self.columns)]

    def asks(self, facts) -> bool:
        """Whether ``facts`` are what it asks for at all."""
        return all(_passes(name, values, facts) for name, values in self.counts.items())

    def places(self, facts) -> set[int]:
        """The columns that ``facts`` are counted in, by their place; none where the form has no column for them."""
        parts = {
            place
            for place, column in enumerate(self.columns)
            if not (column.is_sum or column.share or column.by_hand) and column.counts(facts)
        }
        return parts | {place for place, column in enumerate(self.columns) if column.is_sum} if parts else set()


@dataclass
class Line:
    """A row with a figure for each column: None where the form has an x or nothing is to be said; a heading has no figures."""

    row: Row
    counts: list[int | None]

    @property
    def is_total(self) -> bool:
        """Whether it counts all: the row that the others divide."""
        return not (self.row.heading or self.row.counts_only)

    def cells(self, form: Form) -> list[str]:
        """What is written in its cells."""
        if self.row.heading:
            return [""] * len(form.columns)
        return [_written(column, count) for column, count in zip(form.columns, self.counts, strict=True)]


def _written(column, count) -> str:
    if count is None:
        return "" if column.by_hand or column.share else "x"
    if not column.share:
        return figure_text(count)
    percent = (Decimal(count.numerator) / count.denominator * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{figure_text(percent)}%"


@dataclass(frozen=True)
class Fault:
    """Rows, or columns of the row of all, that should agree and do not: their numbers, and what stands there."""

    words: str
    whole: int
    parts: int


@cache
def read(source: Path) -> tuple[Form, ...]:
    """All forms of a file, the earliest first."""
    known, found = {}, []
    for facts in tomllib.loads(source.read_text(encoding="utf-8"))["form"]:
        facts = known[facts.pop("as")] | {"ends": None} | facts if "as" in facts else facts
        known[facts["number"]] = facts
        found.append(_form(facts))
    return tuple(sorted(found, key=lambda form: form.begins))


def _form(facts):
    columns = tuple(_part(Column, row) for row in facts["columns"])
    rows = tuple(_part(Row, row) for row in facts["rows"])
    counts = {name: tuple(values) for name, values in facts.get("counts", {}).items()}
    more = {name: tuple(map(_frozen, facts[name])) for name in ("checks", "column_checks", "labels") if name in facts}
    return Form(**{"ends": None} | facts | more | {"columns": columns, "rows": rows, "counts": counts})


def _part(kind, facts):
    """A row or column: what it is beside what it counts."""
    own = {name: _frozen(value) for name, value in facts.items() if name in kind.__dataclass_fields__}
    return kind({name: tuple(values) for name, values in facts.items() if name not in own}, **own)


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value


def form_of(forms, year: int, about: str = "") -> Form | None:
    """The form that holds on the day by which the year is reported (15 December); None where none is known."""
    day = date(year, 12, 15)
    fitting = (form for form in forms if form.about == about)
    return next((row for row in fitting if row.begins <= day and (row.ends is None or day <= row.ends)), None)


def layout_of(forms, year: int, about: str = "") -> Form:
    """The rows and columns that the figures of ``year`` are shown in: its form, else the latest that was read in full."""
    certain = (form for form in forms if form.about == about and form.is_certain)
    return form_of(forms, year, about) or next(certain)


def filled(form: Form, counted) -> list[Line]:
    """The lines of ``form`` with what was counted: ``[({what is asked: its value}, how many)]``."""
    lines = [Line(row, [] if row.heading else _empty(form, row)) for row in form.rows]
    for facts, number in counted:
        places = form.places(facts)
        for line in lines:
            if places and line.counts and line.row.counts(facts):
                for place in places:
                    line.counts[place] = (line.counts[place] or 0) + number
    for line in lines:
        for place, column in enumerate(form.columns if line.counts else ()):
            if column.share:
                line.counts[place] = _share(form, line, column)
    return lines


def _empty(form, row):
    return [None if column.by_hand or column.share or column.excludes(row) else 0 for column in form.columns]


def _share(form, line, column):
    """The one column of a line over the other; None where there is no whole."""
    numbers = [each.number for each in form.columns]
    part, whole = (line.counts[numbers.index(number)] for number in column.share)
    return Fraction(part) / Fraction(whole) if whole and part is not None else None


def faults(form: Form, lines) -> list[Fault]:
    """Where rows that must agree do not, in the first column in which they differ; and columns in the row of all."""
    by_code = {"*" if line.is_total else line.row.code: line.counts for line in lines if line.counts}
    by_code |= {line.row.code: line.counts for line in lines if line.row.code}
    of_rows = (
        fault
        for check in form.checks
        for place, column in enumerate(form.columns)
        if not (column.share or column.by_hand)
        and (fault := _fault(check, "dòng", {code: counts[place] for code, counts in by_code.items()}))
    )
    found = {fault.words: fault for fault in reversed(list(of_rows))}
    figures = dict(zip((column.number for column in form.columns), by_code["*"], strict=True))
    for check in form.column_checks:
        if fault := _fault(check, "cột", figures):
            found[fault.words] = fault
    return list(found.values())


def _fault(check, what, figures):
    """``check`` as a fault where it does not hold for ``figures``, by their numbers."""
    left, sign, right = re.fullmatch(r"(.+?)(<?=)(.+)", check).groups()
    whole, parts = (sum(figures[number] or 0 for number in side.split("+")) for side in (left, right))
    if (whole == parts) if sign == "=" else (whole <= parts):
        return None
    first = "Dòng tổng cộng" if left == "*" else f"{what.capitalize()} {left.replace('+', ', ')}"
    return Fault(f"{first} và {what} {right.replace('+', ', ')}", whole, parts)
