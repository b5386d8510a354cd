"""Who decides, pays, cancels."""

import pytest

from awards.eligibility import authority
from tests.awards.eligibility.cases import BOOKS, NO, YES, on

AUTHORITY = [
    ("CSTDCS", "district", "30/06/2025", YES),
    ("CSTDCS", "district", "01/07/2025", NO),
    ("CSTDCS", "commune", "30/06/2025", NO),
    ("CSTDCS", "commune", "01/07/2025", YES),
    ("TTLDTT", "commune", "30/06/2025", NO),
    ("TTLDTT", "commune", "01/07/2025", YES),
    ("TDPVH", "district", "30/06/2025", YES),
    ("TDPVH", "commune", "01/07/2025", YES),
    ("LDTT", "commune", "01/01/2024", YES),
    ("GDVH", "commune", "01/10/2017", YES),
    ("GK", "board", "01/01/2024", YES),
    ("CSTDCS", "board", "01/01/2024", NO),
    ("CSTDCS", "enterprise", "01/01/2024", YES),
    ("BKT", "department", "01/01/2024", NO),
    ("GK", "department", "01/01/2024", YES),
    ("BKT", "province", "01/10/2017", YES),
    ("TTLDXS", "department", "01/01/2024", NO),
    ("XPTB", "province", "31/12/2023", NO),
    ("XPTB", "province", "01/01/2024", YES),
    ("KNC", "province", "01/01/2024", YES),
    ("CTDCP", "government", "01/10/2017", YES),
    ("CTDCP", "government", "01/10/2026", YES),
    ("CSTDTQ", "premier", "01/01/2024", YES),
    ("HCLD3", "premier", "01/01/2024", NO),
    ("HCLD3", "president", "01/10/2026", YES),
]


@pytest.mark.parametrize(("award", "office", "day", "met"), AUTHORITY)
def test_authority(award, office, day, met):
    assert authority.may_decide(BOOKS.on(on(day)), award, office).met is met


def test_who_pays_and_cancels():
    book = BOOKS.on(on("01/07/2025"))
    assert "đề nghị" in authority.payer(book, "HCLD3", "president")[0]
    assert "tỉnh" in authority.payer(book, "BKT", "province")[0]
    assert authority.canceller(book, "province")[0] == "Chủ tịch Ủy ban nhân dân tỉnh"
    assert "kế thừa" in authority.canceller(book, "district")[0]


@pytest.mark.parametrize("day", ["31/12/2023", "01/01/2024", "30/06/2025", "01/07/2025"])
def test_an_office_stands_once_for_an_award(day):
    for award in BOOKS.on(on(day)).awards:
        codes = [row.code for row in authority.deciders(BOOKS.on(on(day)), award)]
        assert len(codes) == len(set(codes)), award
    for award in ("LDTT", "GDVH", "GK"):
        assert authority.may_decide(BOOKS.on(on(day)), award, "commune").met


def test_office_of_the_last_day():
    assert "kế thừa" not in authority.canceller(BOOKS.on(on("30/06/2025")), "district")[0]
