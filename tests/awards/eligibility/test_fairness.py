"""Ties and terms of women (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 6, 7; before it Nghị định 98/2023/NĐ-CP, Điều 4)."""

from fractions import Fraction

import pytest

from awards.eligibility.fairness import Candidate, ranked, years_in_office
from tests.awards.eligibility.cases import BOOKS, on

TODAY = BOOKS.on(on("01/07/2025"))


def places(day, *rows):
    return [(row.candidate.key, row.place, row.tied) for row in ranked(BOOKS.on(on(day)), rows)]


def one(key, result, is_woman=None):
    return Candidate("person", result, is_woman, key=key)


def group(key, result, women, members=10):
    return Candidate("collective", result, members=members, women=women, key=key)


TIES = [
    ("người hơn điểm đứng trước", [one("a", 8, True), one("b", 9, False)], [("b", 1, False), ("a", 2, False)]),
    ("bằng điểm: nữ đứng trước", [one("a", 9, False), one("b", 9, True)], [("b", 1, False), ("a", 2, False)]),
    ("hai nữ bằng nhau: Hội đồng quyết", [one("a", 9, True), one("b", 9, True)], [("a", 1, True), ("b", 1, True)]),
    ("hai nam bằng nhau", [one("a", 9, False), one("b", 9, False)], [("a", 1, True), ("b", 1, True)]),
    ("chưa rõ giới tính không được ưu tiên", [one("a", 9), one("b", 9, True)], [("b", 1, False), ("a", 2, False)]),
    ("tập thể 69 % nữ không hơn", [group("a", 9, 69, 100), group("b", 9, 10, 100)], [("a", 1, True), ("b", 1, True)]),
    ("tập thể 70 % nữ", [group("a", 9, 10, 100), group("b", 9, 70, 100)], [("b", 1, False), ("a", 2, False)]),
    ("tập thể 71 % nữ", [group("a", 9, 10, 100), group("b", 9, 71, 100)], [("b", 1, False), ("a", 2, False)]),
    ("tập thể 7 trên 10", [group("a", 9, 6), group("b", 9, 7)], [("b", 1, False), ("a", 2, False)]),
    ("tập thể không có người", [group("a", 9, 0, 0), group("b", 9, 1)], [("a", 1, True), ("b", 1, True)]),
    ("ba người: nữ, rồi hai nam chung chỗ", [one("a", 9, False), one("b", 9, True), one("c", 9, False)],
     [("b", 1, False), ("a", 2, True), ("c", 2, True)]),
]  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case[1:], id=case[0]) for case in TIES])
@pytest.mark.parametrize("day", ["01/01/2024", "30/06/2025", "01/07/2025"])
def test_equals(case, day):
    assert places(day, *case[0]) == case[1]


def test_before_2024_no_rule_parts_equals():
    assert places("31/12/2023", one("a", 9, False), one("b", 9, True)) == [("a", 1, True), ("b", 1, True)]


def test_the_one_before_an_equal_is_told_why():
    first, second = ranked(TODAY, [one("a", 9, False), one("b", 9, True)])
    assert first.words == "kết quả bằng nhau: ưu tiên cá nhân nữ"
    assert first.citation == "khoản 6 Điều 4 Nghị định số 152/2025/NĐ-CP"
    assert second.words == second.citation == ""
    assert "từ 70 % nữ trở lên" in ranked(TODAY, [group("a", 9, 8), group("b", 9, 1)])[0].words


TERMS = [
    ("01/07/2025", 15, False, False, 15), ("01/07/2025", 15, True, False, 10), ("01/07/2025", 10, True, False, Fraction(20, 3)),
    ("01/07/2025", 15, True, True, 15), ("01/01/2024", 15, True, False, 10), ("31/12/2023", 15, True, False, 15),
]  # fmt: skip


@pytest.mark.parametrize(("day", "asked", "is_woman", "later", "years"), TERMS)
def test_years_in_office(day, asked, is_woman, later, years):
    assert years_in_office(BOOKS.on(on(day)), asked, is_woman, later) == years
