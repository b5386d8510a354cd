"""What holds for every award: discipline, cancelled awards, one deed once, whom it is for."""

from datetime import date

from awards.eligibility.facts import Facts, Held, Pause
from tests.awards.eligibility.cases import (
    CS3,
    CS_3OF5,
    GOOD,
    NO,
    SK_TINH,
    UNKNOWN,
    YES,
    body,
    check,
    given,
    ladder,
    person,
    rated,
    table,
    team,
)

PRINCIPLES = [
    (
        "hủy một CSTĐCS, sau ngày hủy",
        "CSTDT",
        person(CS3[:2], given("CSTDCS", 2024, cancelled_on=date(2025, 3, 10)), SK_TINH),
        NO,
    ),
    (
        "hủy một CSTĐCS, trước ngày hủy",
        "CSTDT",
        person(CS3[:2], given("CSTDCS", 2024, cancelled_on=date(2025, 3, 11)), SK_TINH),
        YES,
    ),
    ("đang kỷ luật", "CSTDT", person(*GOOD, Pause("discipline", date(2025, 1, 1))), NO),
    (
        "kỷ luật hết hôm trước, thành tích phải tính lại",
        "CSTDT",
        person(*GOOD, Pause("discipline", date(2023, 1, 1), date(2025, 3, 9))),
        NO,
    ),
    (
        "kỷ luật hết cuối 2021, đủ 3 năm sau",
        "CSTDT",
        person(*GOOD, Pause("discipline", date(2021, 1, 1), date(2021, 12, 31))),
        YES,
    ),
    (
        "kỷ luật hết đầu 2022, chưa đủ 3 năm sau",
        "CSTDT",
        person(*GOOD, Pause("discipline", date(2021, 1, 1), date(2022, 1, 1))),
        NO,
    ),
    ("đang xác minh tố cáo", "CSTDT", person(*GOOD, Pause("complaint", date(2025, 3, 10))), NO),
    (
        "xác minh xong, không vi phạm",
        "CSTDT",
        person(*GOOD, Pause("complaint", date(2025, 1, 1), date(2025, 3, 9))),
        YES,
    ),
    ("thanh tra bắt đầu ngày mai", "CSTDT", person(*GOOD, Pause("inspection", date(2025, 3, 11))), YES),
    ("đã có cùng danh hiệu năm đó", "CSTDT", person(*GOOD, given("CSTDT", 2024)), NO),
    ("danh hiệu năm đó đã hủy", "CSTDT", person(*GOOD, given("CSTDT", 2024, cancelled_on=date(2025, 1, 5))), YES),
    ("tập thể với danh hiệu cá nhân", "CSTDT", body(*GOOD), NO),
    ("hộ gia đình với LĐTT", "LDTT", Facts("household"), NO),
    ("hộ gia đình với Huân chương", "HCLD3", Facts("household"), NO),
    ("hộ gia đình với BK tỉnh", "BKT", Facts("household", attested={"dong-gop": True}), YES),
    ("hộ gia đình văn hóa", "GDVH", Facts("household", attested={"tieu-chuan-tinh": True}), YES),
    ("cá nhân với Gia đình văn hóa", "GDVH", person(), NO),
    ("chưa sinh", "LDTT", person(rated("good", 2024), began_on=date(2025, 3, 11)), NO),
    ("tập thể lập sau năm xét", "TTLDTT", team(10, 9, level="good", began_on=date(2025, 1, 1)), NO),
    ("đã mất, danh hiệu", "LDTT", person(rated("good", 2024), ended_on=date(2025, 1, 1)), NO),
    ("đã mất, truy tặng BK tỉnh", "BKT", person(given("CSTDCS", 2023, 2024), ended_on=date(2025, 1, 1)), YES),
    (
        "sáp nhập: chưa ai quyết định",
        "BKT",
        body(given("TTLDXS", 2023, counts=None), rated("excellent", 2024)),
        UNKNOWN,
    ),
    ("sáp nhập: quyết định tính", "BKT", body(given("TTLDXS", 2023, counts=True), rated("excellent", 2024)), YES),
    (
        "sáp nhập: quyết định không tính",
        "BKT",
        body(given("TTLDXS", 2023, counts=False), rated("excellent", 2024), rated("good", 2023)),
        NO,
    ),
    (
        "hai hình thức nhà nước một năm",
        "HCLD3",
        ladder("BKTTG", [2024], CS_3OF5, Held("HCDC", 2024, date(2025, 1, 9))),
        NO,
    ),
    (
        "hình thức nhà nước năm trước",
        "HCLD3",
        ladder("BKTTG", [2024], CS_3OF5, Held("HCDC", 2024, date(2024, 12, 31))),
        YES,
    ),
    (
        "hình thức nhà nước đột xuất cùng năm",
        "HCLD3",
        ladder("BKTTG", [2024], CS_3OF5, Held("HCDC", 2024, date(2025, 1, 9), route="deed")),
        YES,
    ),
    ("không có tiêu chuẩn tính được", "AHLD", person(), UNKNOWN),
]


@table(*PRINCIPLES)
def test_principles(case):
    check(case[0], case[1], case[2], route="merit" if case[1].kind != "household" else "")


def test_same_deed_is_commended_once():
    saved = Held("BKT", 2025, date(2025, 1, 20), route="deed", deed="cứu người 03/01/2025")
    facts = person(saved, attested={"deed": True})
    check("BKT", facts, NO, route="deed", deed="cứu người 03/01/2025", year=2025)
    check("BKT", facts, YES, route="deed", deed="cứu người 09/02/2025", year=2025)
    check("BKTTG", facts, NO, route="deed", deed="cứu người 03/01/2025", year=2025)
