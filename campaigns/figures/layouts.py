"""The statistical forms on campaigns: their rows and columns, and which holds when. They stand in ``data/forms.toml``.

Source: Thông tư 03/2018/TT-BNV, biểu 0701.N/BNV-TĐKT; Thông tư 02/2023/TT-BNV, biểu 0601.N/BNV-TĐKT.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import TextChoices

from ..campaign.models import Campaign
from ..campaign.rules import _years_after

SOURCE = Path(__file__).parent / "data" / "forms.toml"


class Length(TextChoices):
    """How long a campaign goes on, as the forms divide it."""

    SHORTER = "shorter", "Dưới 1 năm"
    ONE = "one", "1 năm"
    TO_THREE = "to_three", "Từ 1 năm đến dưới 3 năm"
    TO_FIVE = "to_five", "Từ 3 năm đến dưới 5 năm"
    LONGER = "longer", "Từ 5 năm trở lên"


def length_of(begins_on: date, ends_on: date, *, yearly: bool = False) -> Length:
    """How long it goes on from its first day to its last, both counted, as both stand now (an extension counts).

    A yearly one (thường xuyên hằng năm) is one of a year however late in the year it was launched. Else the day after the last
    one is compared with the same day of the month n years after the first: before 1 year it is shorter than a year, on that
    day it is exactly one (01/01–31/12, 15/03–14/03 of the next year), after it and before 3 years «từ 1 đến dưới 3», from 3
    years and before 5 «từ 3 đến dưới 5», from 5 years on the last. So 01/01/2024–31/12/2026 is exactly 3 years and stands in
    «từ 3 đến dưới 5». A year after 29 February is 1 March.
    """
    # As numbers of days: the day after 31/12/9999 is none.
    after = ends_on.toordinal() + 1
    one, three, five = (_years_after(begins_on, years) for years in (1, 3, 5))
    if after < one:
        return Length.ONE if yearly else Length.SHORTER
    if after == one:
        return Length.ONE
    if after < three:
        return Length.TO_THREE
    return Length.TO_FIVE if after < five else Length.LONGER


@dataclass(frozen=True)
class Column:
    """One column of figures: its head, how it is numbered, which levels of launching it counts."""

    head: str
    sum: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row with its number, or a heading without one; an empty choice counts all."""

    code: str = ""
    label: str = ""
    heading: str = ""
    scopes: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def counts(self, campaign) -> bool:
        """Whether ``campaign`` belongs into this row."""
        yearly = campaign.kind == Campaign.Kind.REGULAR
        return (
            not self.heading
            and (not self.scopes or campaign.scope in self.scopes)
            and (not self.kinds or campaign.kind in self.kinds)
            and (not self.lengths or length_of(campaign.begins_on, campaign.ends_on, yearly=yearly) in self.lengths)
        )


@dataclass(frozen=True)
class Form:
    """A form of the law from its first day to its last; ``doubt``: what was not read in the circular itself."""

    number: str
    title: str
    circular: str
    begins: date
    ends: date | None
    receiver: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    doubt: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether everything in it was read where it stands."""
        return not self.doubt


@cache
def forms() -> tuple[Form, ...]:
    """All forms that are known, the earliest first."""
    known, found = {}, []
    for facts in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["form"]:
        facts = known[facts.pop("as")] | {"ends": None} | facts if "as" in facts else facts
        known[facts["number"]] = facts
        columns = tuple(Column(row["head"], row["sum"], tuple(row["levels"])) for row in facts["columns"])
        rows = tuple(Row(**{key: _frozen(value) for key, value in row.items()}) for row in facts["rows"])
        found.append(Form(**{"ends": None} | facts | {"columns": columns, "rows": rows}))
    return tuple(found)


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value


def form_of(year: int) -> Form | None:
    """The form that holds on the day by which the year is reported (15 December); None where none is known."""
    day = date(year, 12, 15)
    return next((row for row in forms() if row.begins <= day and (row.ends is None or day <= row.ends)), None)


def layout_of(year: int) -> Form:
    """The rows and columns that the figures of ``year`` are shown in: its form, else the latest that was read in full."""
    return form_of(year) or next(row for row in forms() if row.is_certain)
