"""The statistical forms on campaigns: their rows and columns, and which holds when. They stand in ``data/forms.toml``.

Source: Thông tư 03/2018/TT-BNV, biểu 0701.N/BNV-TĐKT; Thông tư 02/2023/TT-BNV, biểu 0601.N/BNV-TĐKT.
"""

from datetime import date
from pathlib import Path

from django.db.models import TextChoices

from documents.figures import layouts

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


def facts_of(campaign) -> dict[str, str]:
    """What rows and columns ask of a campaign."""
    yearly = campaign.kind == Campaign.Kind.REGULAR
    length = length_of(campaign.begins_on, campaign.ends_on, yearly=yearly)
    return {"levels": campaign.level, "scopes": campaign.scope, "kinds": campaign.kind, "lengths": length}


def forms() -> tuple[layouts.Form, ...]:
    """All forms that are known, the earliest first."""
    return layouts.read(SOURCE)


def form_of(year: int) -> layouts.Form | None:
    """The form by which ``year`` is reported; None where none is known."""
    return layouts.form_of(forms(), year)


def layout_of(year: int) -> layouts.Form:
    """The rows and columns that the figures of ``year`` are shown in."""
    return layouts.layout_of(forms(), year)
