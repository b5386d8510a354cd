"""Prize money of a day, several awards at once."""

from fractions import Fraction

import pytest

from awards.eligibility import money
from tests.awards.eligibility.cases import BOOKS, on, table

MONEY = [
    ("LDTT", "person", "30/06/2019", 420_000),
    ("LDTT", "person", "01/07/2019", 450_000),
    ("LDTT", "person", "30/06/2023", 450_000),
    ("LDTT", "person", "01/07/2023", 540_000),
    ("LDTT", "person", "30/06/2024", 540_000),
    ("LDTT", "person", "01/07/2024", 710_000),
    ("LDTT", "person", "30/06/2026", 710_000),
    ("LDTT", "person", "01/07/2026", 760_000),
    ("LDTT", "person", "01/10/2017", 390_000),
    ("LDTT", "person", "30/06/2018", 390_000),
    ("LDTT", "person", "01/07/2018", 420_000),
    ("TTLDTT", "collective", "01/07/2018", 1_120_000),
    ("GK", "collective", "01/07/2018", 840_000),
    ("TTLDTT", "collective", "01/07/2019", 1_200_000),
    ("BKT", "person", "31/12/2023", 1_800_000),
    ("BKT", "person", "01/01/2024", 2_700_000),
    ("BKT", "person", "01/07/2026", 3_800_000),
    ("BKT", "collective", "01/07/2026", 7_590_000),
    ("BKT", "household", "01/07/2024", 5_270_000),
    ("GK", "collective", "01/07/2024", 1_410_000),
    ("GK", "household", "01/07/2024", 1_060_000),
    ("HCLD3", "collective", "01/07/2026", 22_770_000),
    ("BKTTG", "collective", "01/07/2026", 17_710_000),
    ("CTDT", "collective", "01/07/2024", 18_720_000),
    ("CTDCP", "collective", "01/07/2026", 30_360_000),
    ("CSTDTQ", "person", "01/07/2024", 10_530_000),
    ("GDVH", "household", "31/12/2023", 180_000),
    ("GDVH", "household", "01/01/2024", None),
    ("XPTB", "collective", "31/12/2023", None),
    ("XPTB", "collective", "01/01/2024", 3_600_000),
    ("HCDL3", "collective", "01/07/2026", 53_130_000),
]


@pytest.mark.parametrize(("award", "whom", "day", "amount"), MONEY)
def test_prize_of_the_day(award, whom, day, amount):
    assert money.prize_on(BOOKS, on(day), award, whom).amount == amount


# (award, person, collective) from 2024 on, and before where it was another; households 1.5 times the person's.
COEFFICIENTS = [
    ("LDTT", "0.3", None), ("CSTDCS", "1", None), ("CSTDT", "3", None), ("CSTDTQ", "4.5", None), ("TTLDTT", None, "0.8"),
    ("TTLDXS", None, "1.5"), ("TDPVH", None, "1.5"), ("XPTB", None, "2"), ("CTDT", None, "8"), ("CTDCP", None, "12"),
    ("HCSV", "46", "92"), ("HCHCM", "30.5", "61"), ("HCDL1", "15", "30"), ("HCDL2", "12.5", "25"), ("HCDL3", "10.5", "21"),
    ("HCQC1", "15", "30"), ("HCQC2", "12.5", "25"), ("HCQC3", "10.5", "21"), ("HCLD1", "9", "18"), ("HCLD2", "7.5", "15"),
    ("HCLD3", "4.5", "9"), ("HCCC1", "9", "18"), ("HCBV3", "4.5", "9"), ("HCDDK", "7.5", None), ("HCDC", "4.5", None),
    ("AHLD", "15.5", "31"), ("BMVNAH", "15.5", None), ("NGND", "12.5", None), ("TTND", "12.5", None),
    ("NSND", "12.5", None), ("NNND", "12.5", None),
    ("NGUT", "9", None), ("TTUT", "9", None), ("NSUT", "9", None), ("NNUT", "9", None),
    ("BKTTG", "3.5", "7"), ("BKT", "1.5", "3"), ("GK", "0.3", "0.6"), ("KNC", "0.6", None),
]  # fmt: skip


@pytest.mark.parametrize(("award", "person", "collective"), COEFFICIENTS)
@pytest.mark.parametrize("day", ["01/01/2024", "01/07/2025", "01/10/2026"])
def test_coefficient(award, person, collective, day):
    book = BOOKS.on(on(day))
    for whom, value in (("person", person), ("collective", collective)):
        if value:
            assert money.coefficient(book, award, whom).value == Fraction(value)
    if "household" in book.awards[award].more["for"]:
        assert money.coefficient(book, award, "household").value == Fraction(person) * Fraction(3, 2)


@pytest.mark.parametrize(
    ("award", "whom", "value"),
    [("BKT", "person", 1), ("BKT", "collective", 2), ("BKT", "household", 1.5), ("BKTTG", "person", 3.5),
     ("GK", "collective", 0.6),
     ("CSTDCS", "person", 1), ("CTDT", "collective", 8), ("HCLD3", "collective", 9), ("GDVH", "household", 0.1)],
)  # fmt: skip
def test_coefficient_before_2024(award, whom, value):
    assert money.coefficient(BOOKS.on(on("31/12/2023")), award, whom).value == Fraction(str(value))


@pytest.mark.parametrize(
    ("day", "salary"),
    [("30/06/2017", None), ("01/07/2017", 1_300_000), ("30/06/2018", 1_300_000), ("01/07/2018", 1_390_000),
     ("30/06/2019", 1_390_000),
     ("01/07/2019", 1_490_000), ("30/06/2023", 1_490_000), ("01/07/2023", 1_800_000), ("30/06/2024", 1_800_000),
     ("01/07/2024", 2_340_000), ("30/06/2026", 2_340_000), ("01/07/2026", 2_530_000)],
)  # fmt: skip
def test_base_salary(day, salary):
    row = BOOKS.on(on(day)).the("salary")
    assert (row and row.value) == salary


def test_commune_gave_less_before_2024():
    assert money.prize_on(BOOKS, on("31/12/2023"), "GK", "person", "commune").amount == 270_000
    assert money.prize_on(BOOKS, on("01/01/2024"), "GK", "person", "commune").amount == 540_000
    assert money.prize_on(BOOKS, on("31/12/2023"), "GK", "collective", "commune").amount == 540_000
    assert money.prize_on(BOOKS, on("31/12/2023"), "GK", "collective", "department").amount == 1_080_000


TOGETHER = [
    ("cùng năm: mức cao nhất", [("LDTT", (2025, 2025)), ("CSTDCS", (2025, 2025))], 2_530_000),
    ("khác thời gian: nhận đủ", [("CSTDCS", (2025, 2025)), ("CSTDT", (2023, 2025))], 2_530_000 + 7_590_000),
    ("danh hiệu và hình thức: cả hai", [("CSTDCS", (2025, 2025)), ("BKT", (2025, 2025))], 2_530_000 + 3_800_000),
    (
        "hai hình thức khác thành tích: cả hai",
        [("BKT", (2024, 2025), "a"), ("BKTTG", (2021, 2025), "b")],
        3_800_000 + 8_860_000,
    ),
    ("hai hình thức cùng thành tích: một", [("BKT", (2025, 2025), "a"), ("BKTTG", (2025, 2025), "a")], 8_860_000),
    ("hai lần LĐTT khác năm", [("LDTT", (2024, 2024)), ("LDTT", (2025, 2025))], 1_520_000),
]


@table(*TOGETHER)
def test_prizes_given_together(case):
    lines = [money.Line(*line) for line in case[0]]
    assert money.total(money.prizes(BOOKS.on(on("01/07/2026")), lines, "person")) == case[1]
