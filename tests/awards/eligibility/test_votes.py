"""Votes of a council, shares with a cap."""

import pytest

from awards.eligibility import rules, votes
from tests.awards.eligibility.cases import BOOKS, NO, UNKNOWN, YES, on


def council(members, yes, written=0, silent=0, guests=0):
    cast = [
        votes.Voter("", True, votes.WRITTEN if n < written else votes.PRESENT, n < yes) for n in range(members - silent)
    ]
    return cast + [votes.Voter("", True, "")] * silent + [votes.Voter("", False, agrees=True)] * guests


VOTES = [
    ("CSTDT", "01/01/2024", council(20, 18), 18, YES),
    ("CSTDT", "01/01/2024", council(20, 17), 18, NO),
    ("CSTDT", "01/01/2024", council(19, 18), 18, YES),
    ("CSTDT", "01/01/2024", council(19, 17), 18, NO),
    ("CSTDCS", "01/01/2024", council(20, 16), 16, YES),
    ("CSTDCS", "01/01/2024", council(20, 15), 16, NO),
    ("CSTDCS", "01/01/2024", council(7, 6), 6, YES),
    ("CSTDCS", "01/01/2024", council(7, 5), 6, NO),
    ("CTDCP", "30/06/2025", council(15, 12, written=3), 12, YES),
    ("CTDT", "01/07/2025", council(15, 12, silent=3), 12, YES),
    ("CTDT", "01/07/2025", council(15, 11, silent=3), 12, NO),
    ("CTDT", "01/07/2025", council(15, 11, guests=5), 12, NO),
    ("CSTDCS", "31/12/2023", council(9, 6), 6, YES),
    ("CSTDCS", "31/12/2023", council(9, 5), 6, NO),
    ("CSTDCS", "01/01/2024", council(9, 6), 8, NO),
    ("BKT", "01/01/2024", council(9, 5), None, UNKNOWN),
]


@pytest.mark.parametrize(("award", "day", "voters", "needed", "reached"), VOTES)
def test_votes(award, day, voters, needed, reached):
    found = votes.tally(BOOKS.on(on(day)), award, voters)
    assert (found.needed, found.reached) == (needed, reached), found.steps


# 15 % of a number are never rounded up: the part of a person that is left over is none.
CAPS = [
    ("31/12/2023", "CSTDCS", 15, 100, YES),
    ("31/12/2023", "CSTDCS", 16, 100, NO),
    ("31/12/2023", "CSTDCS", 1, 10, YES),
    ("31/12/2023", "CSTDCS", 2, 10, NO),
    ("31/12/2023", "CSTDCS", 2, 13, NO),
    ("31/12/2023", "CSTDCS", 2, 14, YES),
    ("31/12/2023", "CSTDCS", 1, 6, NO),
    ("31/12/2023", "CSTDCS", 0, 6, YES),
    ("31/12/2023", "CSTDCS", 1, 7, YES),
    ("31/12/2023", "CSTDCS", 3, 26, YES),
    ("31/12/2023", "CSTDCS", 4, 26, NO),
    ("31/12/2023", "CTDCP", 1, 5, YES),
    ("31/12/2023", "CTDCP", 1, 4, NO),
    ("31/12/2023", "CTDCP", 2, 9, NO),
    ("01/07/2025", "CTDCP", 2, 10, YES),
    ("01/01/2024", "CSTDCS", 90, 100, None),
]


@pytest.mark.parametrize(("day", "award", "chosen", "whole", "met"), CAPS)
def test_cap(day, award, chosen, whole, met):
    found = rules.within_cap(BOOKS.on(on(day)), award, chosen, whole)
    assert (found and found.met) is met


def test_a_cap_says_how_many_may_be_proposed():
    found = rules.within_cap(BOOKS.on(on("31/12/2023")), "CSTDCS", 2, 9)
    assert found.words == "Không quá 15 % của 9 “Lao động tiên tiến”: 1 (đề nghị 2)"
    assert found.citation == "khoản 3 Điều 9 Nghị định số 91/2017/NĐ-CP"
