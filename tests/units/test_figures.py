"""Figures are typed as this country writes them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from units.figures import FigureField


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.250,5", "1250.5"),
        ("1250,5", "1250.5"),
        ("12", "12"),
        ("0", "0"),
        ("1.000.000", "1000000"),
        (" 98,25 ", "98.25"),
    ],
)
def test_figures_are_typed_as_this_country_writes_them(typed, value):
    assert FigureField().clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    [
        "1,250.50",
        "12.5",
        "1.25",
        "1.2500",
        "1250.500",
        "12,345",
        ",5",
        "5,",
        "1,2,3",
        "năm",
        "1e5",
        "٣",
        "1..000",
        "+5",
        "²",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(typed):
    with pytest.raises(ValidationError, match="kiểu Việt Nam"):
        FigureField().clean(typed)


@pytest.mark.parametrize(("typed", "words"), [("-5", "số âm"), ("−1.250,5", "số âm"), ("9" * 14, "Số quá lớn")])
def test_a_figure_below_zero_or_too_large_is_refused(typed, words):
    with pytest.raises(ValidationError, match=words):
        FigureField().clean(typed)
