"""Cancelling an award with its money and items, stripping a state honour and giving it back (Luật 2022, Điều 93)."""

import pytest

from awards.eligibility import authority, money
from tests.awards.eligibility.cases import BOOKS, NO, YES, on

TODAY = BOOKS.on(on("01/07/2026"))


def test_money_and_items_come_back_with_the_decision():
    paid = money.prize(TODAY, "BKT", "person").amount
    found = authority.taken_back(TODAY, "BKT", "person", "province", paid)
    assert found.words == "Hủy quyết định, thu hồi: Bằng, khung, 3.800.000 đồng tiền thưởng."
    assert found.by == "Chủ tịch Ủy ban nhân dân tỉnh"
    assert found.citation.startswith("khoản 8 Điều 93 Luật")
    assert list(found.grounds) == ["false-merits", "forged", "wrongly-examined", "later-finding"]


@pytest.mark.parametrize(
    ("code", "place", "words"),
    [("false-merits", "a", "Gian dối"), ("forged", "b", "làm giả hồ sơ"), ("wrongly-examined", "c", "Thẩm định"),
     ("later-finding", "d", "kết luận, quyết định, bản án")],
)  # fmt: skip
def test_grounds(code, place, words):
    said, citation = authority.taken_back(TODAY, "CSTDCS", "person", "commune", None).grounds[code]
    assert words in said
    assert citation.startswith(f"điểm {place} khoản 2 Điều 93 Luật")


def test_what_brought_nothing_gives_nothing_back():
    assert "nếu đã nhận" in authority.taken_back(TODAY, "LDTT", "person", "commune", None).words


@pytest.mark.parametrize(("day", "there"), [("31/12/2023", False), ("01/01/2024", True)])
def test_grounds_stand_in_the_law_of_2022(day, there):
    assert (authority.taken_back(BOOKS.on(on(day)), "BKT", "person", "province", 1) is not None) is there


def test_an_office_that_is_no_more_leaves_cancelling_to_a_person():
    assert "kế thừa" in authority.taken_back(TODAY, "CSTDCS", "person", "district", 1).by


STRIPPED = [
    ("AHLD", "person", "prison", "", YES, "khoản 3"),
    ("NGND", "person", "prison", "", YES, "khoản 3"),
    ("NNUT", "person", "prison", "", YES, "khoản 3"),
    ("AHLD", "person", "grave", "", NO, "khoản 3"),
    ("AHLD", "person", "prison", "resistance", NO, "khoản 4"),
    ("AHLD", "person", "grave", "resistance", YES, "khoản 4"),
    ("AHLLVT", "person", "prison", "", NO, "khoản 4"),
    ("AHLLVT", "person", "grave", "", YES, "khoản 4"),
    ("BMVNAH", "person", "prison", "", NO, "khoản 4"),
    ("BMVNAH", "person", "grave", "", YES, "khoản 4"),
    ("AHLD", "collective", "closed", "", YES, "khoản 5"),
    ("AHLD", "collective", "prison", "", NO, "khoản 5"),
    ("HCLD1", "person", "prison", "", NO, ""),
    ("BKT", "person", "prison", "", NO, ""),
]


@pytest.mark.parametrize(("award", "whom", "cause", "route", "met", "place"), STRIPPED)
def test_stripping(award, whom, cause, route, met, place):
    found = authority.may_be_stripped(TODAY, award, whom, cause, route)
    assert found.met is met, found.words
    assert found.citation.startswith(place)


@pytest.mark.parametrize("award", ["AHLD", "AHLLVT", "BMVNAH", "TTND"])
def test_who_strips_and_gives_back(award):
    found = authority.stripper(TODAY, award)
    assert (found.code, found.name) == ("president", "Chủ tịch nước")
    assert found.citation.startswith("khoản 7 Điều 93 Luật")
    [row] = TODAY.all("restore", award)
    assert "không có tội" in row.value
    assert TODAY.citation(row).startswith("khoản 6 Điều 93 Luật")


def test_nobody_strips_what_is_no_honour():
    assert authority.stripper(TODAY, "BKT") is None
    assert TODAY.all("restore", "BKT") == []
