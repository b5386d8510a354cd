"""What the catalogue says on a day."""

import pytest

from awards.catalogue.law import Catalogue
from awards.eligibility import authority, rules
from tests.awards.eligibility.cases import BOOKS, DAY, given, on, person, rated

SHARES = [
    ("votes", "CSTDT", "31/12/2023", "90%"), ("votes", "CSTDT", "01/07/2025", "90%"), ("votes", "CTDT", "30/06/2025", "80%"),
    ("votes", "CTDT", "31/12/2023", None), ("votes", "TTLDXS", "01/01/2024", None), ("votes", "CSTDCS", "01/10/2017", "2/3"),
    ("votes", "CSTDCS", "30/09/2017", None), ("cap", "CTDCP", "31/12/2023", "20%"), ("cap", "CTDCP", "01/01/2024", "20%"),
    ("quorum", "*", "31/12/2023", None), ("quorum", "*", "01/01/2024", "2/3"), ("public_days", "HCLD3", "31/12/2023", None),
    ("public_days", "HCLD3", "01/01/2024", 10), ("decides", "CDLSUT", "24/10/2021", None),
    ("decides", "CDLSUT", "25/10/2021", "province"), ("award", "CDLSUT", "24/10/2021", None),
    ("award", "CDLSUT", "25/10/2021", "“Công dân Lạng Sơn ưu tú”"), ("award", "LDTT", "30/06/2004", None),
    ("award", "LDTT", "01/07/2004", "“Lao động tiên tiến”"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "award", "day", "value"), SHARES)
def test_value_of_the_day(kind, award, day, value):
    row = BOOKS.on(on(day)).the(kind, award)
    assert (row and row.value) == value


SAYS = [
    ("public", "CSTDTQ", "31/12/2023", 1),
    ("public", "CSTDTQ", "01/01/2024", 0),
    ("public", "HCLD3", "01/01/2024", 1),
    ("public", "BKTTG", "01/01/2024", 0),
    ("dossier", "TTLDXS", "01/01/2024", 2),
    ("dossier", "CSTDCS", "01/01/2024", 5),
    ("dossier", "CSTDCS", "01/07/2025", 4),
    ("cap", "CSTDCS", "31/12/2023", 1),
    ("cap", "CSTDCS", "01/01/2024", 0),
    ("items", "CSTDT", "01/01/2024", 1),
]


@pytest.mark.parametrize(("kind", "award", "day", "number"), SAYS)
def test_rows_of_the_day(kind, award, day, number):
    assert len(BOOKS.on(on(day)).all(kind, award)) == number


def test_every_award_of_a_day_is_decided_by_somebody_and_cited():
    for day in ("01/10/2017", "01/01/2024", "01/07/2025", "01/10/2026"):
        book = BOOKS.on(on(day))
        for award in book.awards:
            assert authority.deciders(book, award), (day, award)
            assert book.citation(book.awards[award])


def test_rows_that_overlap_are_refused():
    rows = [*BOOKS.rows, BOOKS.on(DAY).the("salary")]
    assert any("salary" in fault for fault in Catalogue(rows, BOOKS.texts, BOOKS.criteria).faults())


def test_next_steps_in_words():
    facts = person(given("CSTDCS", 2024, 2025), given("LDTT", 2024, 2025), rated("excellent", 2024, 2025))
    steps = {row.award: row.missing for row in rules.what_next(BOOKS.on(on("28/11/2026")), facts, year=2025)}
    assert steps["CSTDT"] == "thêm 1 năm CSTĐ cơ sở 2026 và 01 sáng kiến cấp tỉnh"
    assert "HCLD3" not in steps
