"""The statistical forms and yearly tables on awards: which hold when, and what they ask. They stand in ``data/forms.toml``.

Source: Thông tư 03/2018/TT-BNV, biểu 0702.N, 0703.N/BNV-TĐKT; Thông tư 02/2023/TT-BNV, biểu 0602.N, 0603.N/BNV-TĐKT.
"""

from pathlib import Path

from django.db.models import TextChoices

from documents.figures import layouts

SOURCE = Path(__file__).parent / "data" / "forms.toml"


class About(TextChoices):
    """What there is for each year, by the word in its address."""

    STATE = "state", "Khen cấp Nhà nước"
    PROVINCE = "province", "Khen cấp tỉnh"
    TABLE_1 = "bieu-01", "Biểu 01"
    TABLE_3 = "bieu-03", "Biểu 03"


def forms() -> tuple[layouts.Form, ...]:
    """All forms that are known, the earliest first."""
    return layouts.read(SOURCE)


def form_of(year: int, about: str) -> layouts.Form | None:
    """The form by which ``year`` is reported; None where none is known."""
    return layouts.form_of(forms(), year, about)


def layout_of(year: int, about: str) -> layouts.Form:
    """The rows and columns that the figures of ``year`` are shown in."""
    return layouts.layout_of(forms(), year, about)
