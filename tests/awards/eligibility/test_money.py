"""Prize money of a day, several awards at once."""

from fractions import Fraction

import pytest

from awards.eligibility import money
from awards.eligibility.facts import KINDS
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


# (awards, person, collective) from 2024 on; households 1.5 times the person's.
COEFFICIENTS = [
    ("LDTT CSTT", "0.3", None), ("CSTDCS", "1", None), ("CSTDT CSTDB", "3", None), ("CSTDTQ", "4.5", None),
    ("TTLDTT DVTT", None, "0.8"), ("TTLDXS DVQT", None, "1.5"), ("TDPVH", None, "1.5"), ("XPTB", None, "2"),
    ("CTDT CTDB", None, "8"), ("CTDCP", None, "12"), ("CTDQK CTDDH", None, "6"),
    ("HCSV", "46", "92"), ("HCHCM", "30.5", "61"), ("HCDL1 HCQC1", "15", "30"), ("HCDL2 HCQC2", "12.5", "25"),
    ("HCDL3 HCQC3", "10.5", "21"), ("HCLD1 HCCC1 HCBV1", "9", "18"), ("HCLD2 HCCC2 HCBV2", "7.5", "15"),
    ("HCLD3 HCCC3 HCBV3", "4.5", "9"), ("HCDDK", "7.5", None), ("HCDC", "4.5", None), ("AHLD AHLLVT", "15.5", "31"),
    ("BMVNAH", "15.5", None), ("NGND TTND NSND NNND", "12.5", None), ("NGUT TTUT NSUT NNUT", "9", None),
    ("BKTTG", "3.5", "7"), ("BKT BKB", "1.5", "3"), ("BKQK BKDH", "1", "2"), ("GK", "0.3", "0.6"), ("KNC", "0.6", None),
]  # fmt: skip
# What was otherwise, or was not there, before.
BEFORE = {
    "BKT": ("1", "2"),
    "BKB": ("1", "2"),
    **dict.fromkeys(("XPTB", "CTDQK", "CTDDH", "BKQK", "BKDH", "KNC"), (None, None)),
}
EACH = [(award, *row[1:]) for row in COEFFICIENTS for award in row[0].split()]


def coefficients(day, award):
    book = BOOKS.on(on(day))
    found = [money.coefficient(book, award, whom) for whom in ("person", "collective", "household")]
    kinds = book.awards[award].more["for"] if award in book.awards else []
    return [row and row.value if whom in kinds else None for whom, row in zip(KINDS, found, strict=True)]


def figures(person, collective, award):
    household = Fraction(person) * Fraction(3, 2) if award in HOUSEHOLDS else None
    return [person and Fraction(person), collective and Fraction(collective), household]


HOUSEHOLDS = ("BKTTG", "BKT", "BKB", "BKQK", "BKDH", "GK")


@pytest.mark.parametrize(("award", "person", "collective"), EACH)
@pytest.mark.parametrize("day", ["01/01/2024", "30/06/2025", "01/07/2025", "01/10/2026"])
def test_coefficient(award, person, collective, day):
    assert coefficients(day, award) == figures(person, collective, award)


@pytest.mark.parametrize(("award", "person", "collective"), EACH)
@pytest.mark.parametrize("day", ["01/10/2017", "31/12/2023"])
def test_coefficient_before_2024(award, person, collective, day):
    person, collective = BEFORE.get(award, (person, collective))
    assert coefficients(day, award) == (figures(person, collective, award) if person or collective else [None] * 3)


def test_what_the_decree_of_2017_alone_gave():
    assert money.coefficient(BOOKS.on(on("31/12/2023")), "GDVH", "household").value == Fraction("0.1")
    assert money.coefficient(BOOKS.on(on("01/01/2024")), "GDVH", "household") is None
    assert money.coefficient(BOOKS.on(on("30/09/2017")), "LDTT", "person") is None


def test_a_household_is_told_how_its_money_comes_about():
    found = money.prize_on(BOOKS, on("01/07/2024"), "BKT", "household")
    assert found.steps == (
        "hộ gia đình 1,5 lần mức của cá nhân: 1,5 × 1,5 = 2,25",
        "2,25 × 2.340.000 = 5.265.000 đồng",
        "làm tròn lên 10.000 đồng: 5.270.000 đồng",
    )
    assert found.citations[0] == "Điều 58 Nghị định số 98/2023/NĐ-CP"
    assert found.in_words == "Năm triệu hai trăm bảy mươi nghìn đồng"


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
