"""Points as the office writes them."""

from decimal import Decimal

import pytest

from clusters.criteria.points import read_points
from units.figures import figure_text


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("8,5", "8.5"),
        ("8", "8"),
        (" 1.000 ", "1000"),
        ("1.234,25", "1234.25"),
        (8.5, "8.5"),
        (29.299999999999997, "29.3"),
    ],
)
def test_points_are_read_as_the_office_writes_them(typed, points):
    assert read_points(typed) == Decimal(points)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8.5", "dấu phẩy"),
        ("1,000", "hai chữ số"),
        ("8,125", "hai chữ số"),
        (8.125, "hai chữ số"),
        ("-1", "không âm"),
        (-1, "không âm"),
        ("8,5,1", "dấu phẩy"),
        ("1.00", "dấu phẩy"),
        ("tám", "dấu phẩy"),
        ("1e3", "dấu phẩy"),
        ("999999", "không quá"),
        (float("inf"), "số"),
        (float("nan"), "số"),
        (True, "dấu phẩy"),
    ],
)
def test_points_in_another_way_are_refused_in_words(typed, words):
    with pytest.raises(ValueError, match=words):
        read_points(typed)


@pytest.mark.parametrize(
    ("points", "text"), [(None, ""), ("8.50", "8,5"), ("1000", "1.000"), ("0", "0"), ("-2.25", "-2,25")]
)
def test_points_are_written_with_a_comma(points, text):
    assert figure_text(None if points is None else Decimal(points)) == text
