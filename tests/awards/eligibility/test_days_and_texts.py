"""Whether a text holds on a day, deadlines, clocks, papers, who lays down what: rows of a day with their articles."""

import pytest

from awards.catalogue.values import size_of
from tests.awards.eligibility.cases import BOOKS, on

STANDING = [
    ("15/2003/QH11", "31/12/2023",
     "còn hiệu lực, đến hết ngày 31/12/2023, được thay bằng Luật Thi đua, khen thưởng số 06/2022/QH15"),
    ("15/2003/QH11", "01/01/2024", "hết hiệu lực từ 01/01/2024, được thay bằng Luật Thi đua, khen thưởng số 06/2022/QH15"),
    ("06/2022/QH15", "31/12/2023", "chưa có hiệu lực; có hiệu lực từ 01/01/2024"),
    ("06/2022/QH15", "01/01/2024", "còn hiệu lực"),
    ("91/2017/NĐ-CP", "01/07/2026", "hết hiệu lực từ 01/01/2024, được thay bằng Nghị định số 98/2023/NĐ-CP"),
    ("98/2023/NĐ-CP", "30/06/2025", "còn hiệu lực, đến hết ngày 30/06/2025, được thay bằng Nghị định số 152/2025/NĐ-CP"),
    ("98/2023/NĐ-CP", "01/07/2025", "hết hiệu lực từ 01/07/2025, được thay bằng Nghị định số 152/2025/NĐ-CP"),
    ("152/2025/NĐ-CP", "30/06/2025", "chưa có hiệu lực; có hiệu lực từ 01/07/2025"),
    ("152/2025/NĐ-CP", "28/02/2027", "còn hiệu lực, đến hết ngày 28/02/2027"),
    ("152/2025/NĐ-CP", "01/03/2027", "hết hiệu lực từ 01/03/2027, danh mục chưa có văn bản thay"),
    ("73/2024/NĐ-CP", "30/06/2026", "còn hiệu lực, đến hết ngày 30/06/2026, được thay bằng Nghị định số 161/2026/NĐ-CP"),
    ("73/2024/NĐ-CP", "01/07/2026", "hết hiệu lực từ 01/07/2026, được thay bằng Nghị định số 161/2026/NĐ-CP"),
    ("06/2026/QH16", "30/09/2026", "chưa có hiệu lực; có hiệu lực từ 01/10/2026"),
    ("06/2026/QH16", "01/10/2026", "còn hiệu lực"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "day", "words"), STANDING)
def test_whether_a_text_holds(code, day, words):
    assert BOOKS.on(on(day)).standing_of(BOOKS.text(code)) == words


def test_rows_of_a_text_that_nothing_followed_hold_on_and_are_told():
    late = BOOKS.on(on("01/03/2027"))
    assert [text.code for text in late.lapsed()] == ["152/2025/NĐ-CP"]
    assert late.the("coefficient", "CSTDCS", "person").value == "1.0"
    for day in ("01/10/2017", "31/12/2023", "01/01/2024", "01/07/2025", "01/10/2026", "28/02/2027"):
        assert BOOKS.on(on(day)).lapsed() == []


OF_THE_STATE = ("HCLD3", "HCQKQT", "AHLD", "GTNN", "CTDCP", "CSTDTQ", "BKTTG")
CLOCKS = {"return": 5, "submit": 20, "opinions": 10, "copy": 10, "forward": 10, "items": 10, "refusal": 10}


@pytest.mark.parametrize("award", [*OF_THE_STATE, "BKT", "KNC", "CTDT", "GK"])
@pytest.mark.parametrize("code", CLOCKS)
def test_clocks_of_state_awards_in_working_days(award, code):
    book = BOOKS.on(on("01/07/2025"))
    row = book.one("clock", code, award)
    assert (row and row.value) == (CLOCKS[code] if award in OF_THE_STATE else None)
    if row:
        assert book.citation(row) == "Quyết định số 311/QĐ-BNV năm 2025"


@pytest.mark.parametrize("award", OF_THE_STATE)
@pytest.mark.parametrize("day", ["01/01/2024", "30/06/2025"])
def test_a_file_was_examined_in_twenty_working_days(award, day):
    assert BOOKS.on(on(day)).one("clock", "appraise", award).value == 20


@pytest.mark.parametrize(
    ("award", "days"), [("HCLD3", 10), ("GTNN", 10), ("AHLD", 10), ("BKTTG", None), ("CSTDTQ", None), ("CDLSUT", 7)]
)
def test_days_of_public_listing(award, days):
    row = BOOKS.on(on("01/01/2024")).the("public_days", award)
    assert (row and row.value) == days


VOTES = [
    ("01/10/2017", "90%", "AHLLVT AHLD CSTDTQ CSTDT CSTDB"), ("01/10/2017", "2/3", "CSTDCS"),
    ("01/10/2017", None, "CTDT CTDB CTDCP TTLDXS BKT"), ("31/12/2023", "90%", "CSTDT"),
    ("01/01/2024", "90%", "AHLLVT AHLD CSTDTQ CSTDT CSTDB"), ("01/01/2024", "80%", "CSTDCS CTDT CTDB CTDCP"),
    ("01/01/2024", None, "TTLDXS TTLDTT LDTT BKT GK HCLD3"), ("30/06/2025", "80%", "CSTDCS CTDT CTDB CTDCP"),
    ("01/07/2025", "90%", "AHLLVT AHLD CSTDTQ CSTDT CSTDB"), ("01/07/2025", "80%", "CSTDCS CTDT CTDB CTDCP"),
    ("01/10/2026", "90%", "CSTDT"), ("01/10/2026", "80%", "CSTDCS"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "share", "awards"), VOTES)
def test_shares_of_votes(day, share, awards):
    book = BOOKS.on(on(day))
    assert {award: getattr(book.the("votes", award), "value", None) for award in awards.split()} == dict.fromkeys(
        awards.split(), share
    )


@pytest.mark.parametrize(
    ("code", "award", "day", "days"),
    [
        ("appraise", "HCLD3", "31/12/2023", None),
        ("appraise", "HCLD3", "01/01/2024", 20),
        ("appraise", "HCLD3", "30/06/2025", 20),
        ("appraise", "HCLD3", "01/07/2025", None),
        ("submit", "BKTTG", "31/12/2024", None),
        ("submit", "BKTTG", "01/01/2025", 20),
        ("items", "CTDCP", "31/12/2024", None),
        ("items", "CTDCP", "01/01/2025", 10),
        ("return", "HCLD3", "31/12/2024", None),
        ("return", "HCLD3", "01/01/2025", 5),
        ("cancel", "CDLSUT", "24/10/2021", None),
        ("cancel", "CDLSUT", "25/10/2021", 15),
    ],
)
def test_days_of_clocks(code, award, day, days):
    row = BOOKS.on(on(day)).one("clock", code, award)
    assert (row and row.value) == days


@pytest.mark.parametrize(("day", "days"), [("30/06/2025", None), ("01/07/2025", 20)])
def test_a_commune_decides_in_twenty_working_days(day, days):
    rows = BOOKS.on(on(day)).all("clock", "CSTDCS", by="commune")
    assert ([row.value for row in rows if row.more["code"] == "decide"] or [None]) == [days]


PAPERS = [
    ("GK", "31/12/2023", None), ("GK", "01/01/2024", (297, 210)), ("CSTDCS", "30/06/2025", (297, 210)),
    ("GK", "01/07/2025", (297, 210)), ("BKT", "14/06/2006", None), ("BKT", "15/06/2006", (400, 300)),
    ("CSTDT", "31/10/2014", (400, 300)), ("BKT", "01/11/2014", (420, 297)), ("CSTDT", "01/10/2026", (420, 297)),
]  # fmt: skip


@pytest.mark.parametrize(("award", "day", "size"), PAPERS)
def test_sizes_of_papers(award, day, size):
    row = BOOKS.on(on(day)).the("paper", award)
    assert (row and size_of(row.value)) == size


@pytest.mark.parametrize(
    ("text", "size"),
    [("297 × 210", (297, 210)), ("420x297", (420, 297)), ("A4", None), ("0 × 210", None), ("297", None)],
)
def test_a_size_is_two_numbers(text, size):
    assert size_of(text) == size


DETAILS = [
    ("KNC", "Hội đồng nhân dân cấp tỉnh", "khoản 2 Điều 71"), ("KNC", "đăng ký", "khoản 3 Điều 71"),
    ("LDTT", "Ủy ban nhân dân cấp tỉnh", "khoản 6 Điều 24"), ("CTDCP", "Chính phủ", "khoản 4 Điều 25"),
    ("CTDT", "Bộ, ban, ngành, tỉnh", "khoản 3 Điều 26"), ("TTLDXS", "Bộ, ban, ngành, tỉnh", "khoản 3 Điều 27"),
    ("TTLDTT", "Bộ, ban, ngành, tỉnh", "khoản 3 Điều 28"), ("XPTB", "khung tiêu chuẩn", "khoản 2 Điều 29"),
    ("GDVH", "khung tiêu chuẩn", "khoản 2 Điều 31"), ("BKT", "Bộ, ban, ngành, tỉnh", "khoản 6 Điều 74"),
    ("GK", "Bộ, ban, ngành, tỉnh", "khoản 2 Điều 75"), ("BMVNAH", "Ủy ban Thường vụ Quốc hội", "khoản 2 Điều 61"),
    ("HCLD3", "Chính phủ", "khoản 7 Điều 44"), ("HCTNXP", "Chính phủ", "khoản 3 Điều 96"),
    ("BKDT", "Cơ quan trung ương của tổ chức", "khoản 1 Điều 76"),
]  # fmt: skip


@pytest.mark.parametrize(("award", "who", "place"), DETAILS)
def test_who_lays_down_the_details(award, who, place):
    book = BOOKS.on(on("01/07/2025"))
    found = {book.citation(row): row.value for row in book.all("details", award)}
    assert [value for citation, value in found.items() if citation.startswith(place) and who in value]


COUNTS = [
    ("deadline", "CSTDTQ", "31/12/2023", 0), ("deadline", "CSTDTQ", "01/01/2024", 1), ("deadline", "CSTDTQ", "01/07/2025", 1),
    ("deadline", "CTDCP", "01/01/2024", 1), ("deadline", "BKT", "30/06/2025", 0), ("deadline", "BKT", "01/07/2025", 1),
    ("deadline", "CDLSUT", "24/10/2021", 0), ("deadline", "CDLSUT", "25/10/2021", 1),
    ("public", "CDLSUT", "24/10/2021", 0), ("public", "CDLSUT", "25/10/2021", 1),
    ("simple", "HCLD3", "01/01/2024", 5), ("simple", "CSTDCS", "01/01/2024", 0), ("simple", "GK", "31/12/2023", 0),
    ("cycle", "NGND", "01/01/2024", 1), ("cycle", "GTHCM", "01/01/2024", 1), ("cycle", "BKT", "01/01/2024", 0),
    ("service", "HCLD3", "30/06/2025", 0), ("service", "HCLD3", "01/07/2025", 10), ("service", "BKT", "01/07/2025", 0),
    ("presents", "BKT", "01/01/2024", 1), ("presents", "HCLD3", "01/01/2024", 2), ("presents", "BKT", "31/12/2023", 0),
    ("rights", "BKT", "01/01/2024", 5), ("rights", "BKT", "31/12/2023", 0), ("items", "HCQKQT", "01/01/2024", 1),
    ("ground", "BKT", "31/12/2023", 0), ("ground", "BKT", "01/01/2024", 4),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "award", "day", "number"), COUNTS)
def test_how_many_rows_of_a_kind(kind, award, day, number):
    assert len(BOOKS.on(on(day)).all(kind, award)) == number


PRINCIPLES = [
    ("no-basis", "31/12/2023", False), ("no-basis", "01/01/2024", True), ("no-basis", "01/07/2025", True),
    ("after-discipline", "31/12/2023", False), ("after-discipline", "01/01/2024", True), ("maternity", "01/10/2017", True),
    ("maternity", "30/09/2017", False), ("transition", "30/09/2026", False), ("transition", "01/10/2026", True),
    ("minority", "30/09/2026", False), ("minority", "01/10/2026", True), ("many-times", "31/12/2023", False),
    ("many-times", "01/01/2024", True), ("kept", "01/01/2024", True), ("lower-not-needed", "01/07/2025", True),
    ("titles-of-a-period", "30/09/2017", False), ("titles-of-a-period", "01/10/2017", True), ("spent-years", "01/01/2024", True),
    ("spent-years", "31/12/2023", False), ("initiative-once", "31/12/2022", False), ("initiative-once", "01/01/2023", True),
]  # fmt: skip


@pytest.mark.parametrize(("code", "day", "there"), PRINCIPLES)
def test_principles_of_a_day(code, day, there):
    assert (BOOKS.on(on(day)).principle(code) is not None) is there


OTHERS = [
    ("quota", "CDLSUT", "25/10/2021", 10), ("quota", "CDLSUT", "24/10/2021", None), ("public_days", "CDLSUT", "25/10/2021", 7),
    ("public_days", "CDLSUT", "24/10/2021", None), ("rated_from", "*", "30/09/2017", None), ("rated_from", "*", "01/10/2017", 12),

    ("votes", "CDLSUT", "25/10/2021", "90%"), ("votes", "CDLSUT", "24/10/2021", None), ("household", "BKT", "01/10/2017", "1.5"),
    ("household", "CSTDCS", "01/01/2024", None), ("tie", "*", "31/12/2023", None), ("tie", "*", "01/01/2024", "70%"),
    ("terms", "*", "01/07/2025", "1/3"), ("factor", "NGND", "01/01/2024", "2"), ("factor", "NSND", "01/01/2024", None),
    ("factor", "TTND", "01/01/2024", "2"), ("factor", "TTUT", "01/01/2024", "2"), ("factor", "NGUT", "01/01/2024", "2"),
    ("factor", "HCCSVV2", "01/01/2024", "2"), ("factor", "HCCSVV3", "01/01/2024", "2"), ("factor", "NGND", "31/12/2023", None),
    ("cap", "CTDCP", "01/07/2025", "20%"), ("cap", "CSTDCS", "01/07/2025", None), ("rounding", "*", "01/10/2017", 10_000),
    ("rounding", "*", "30/09/2017", None), ("rounding", "*", "01/07/2025", 10_000), ("rounding", "*", "01/01/2024", 10_000),
    ("factor", "HCCSVV1", "01/01/2024", "2"), ("factor", "HCQKQT", "01/01/2024", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "award", "day", "value"), OTHERS)
def test_other_figures(kind, award, day, value):
    row = BOOKS.on(on(day)).the(kind, award)
    assert (row and row.value) == value


@pytest.mark.parametrize("award", ["BKDT", "BKQK", "BKDH", "CTDQK", "CTDDH"])
def test_what_other_bodies_give_counts_as_nothing_else(award):
    book = BOOKS.on(on("01/07/2025"))
    assert book.like(award) == award
    assert book.all("decides", award)


@pytest.mark.parametrize(("day", "there"), [("30/06/2025", False), ("01/07/2025", True)])
def test_forms_of_papers_that_a_commune_asks_for(day, there):
    rows = BOOKS.on(on(day)).all("other", "CSTDCS")
    assert any("Mẫu 05" in row.value for row in rows) is there
