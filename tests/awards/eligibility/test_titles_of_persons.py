"""Titles of persons: on each bound of their articles, one below, one above."""

from tests.awards.eligibility.cases import (
    CS3,
    CS6,
    NO,
    SK_TINH,
    T2,
    TQ,
    UNKNOWN,
    YES,
    check,
    given,
    known,
    person,
    rated,
    span,
    table,
)

PERSON_TITLES = [
    ("LĐTT: hoàn thành", "LDTT", person(rated("done", 2024)), NO),
    ("LĐTT: hoàn thành tốt", "LDTT", person(rated("good", 2024)), YES),
    ("LĐTT: xuất sắc", "LDTT", person(rated("excellent", 2024)), YES),
    ("LĐTT: chưa có xếp loại", "LDTT", person(), UNKNOWN),
    ("LĐTT: nghỉ thai sản được tính", "LDTT", person(rated("maternity", 2024)), YES),
    ("LĐTT: không tự lực (đơn vị không xác nhận)", "LDTT", person(rated("good", 2024), attested={"tu-luc": False}), NO),
    (
        "LĐTT: nông dân theo tiêu chuẩn riêng",
        "LDTT",
        person(groups={"farmer"}, attested={"lao-dong-hieu-qua": True}),
        YES,
    ),
    ("CSTĐCS: xuất sắc, không sáng kiến", "CSTDCS", person(rated("excellent", 2024)), YES),
    ("CSTĐCS: tốt, không sáng kiến", "CSTDCS", person(rated("good", 2024)), NO),
    ("CSTĐCS: tốt, sáng kiến trong năm", "CSTDCS", person(rated("good", 2024), known("unit", 2024)), YES),
    ("CSTĐCS: tốt, sáng kiến năm trước", "CSTDCS", person(rated("good", 2024), known("unit", 2023)), NO),
    ("CSTĐCS: tốt, đề tài", "CSTDCS", person(rated("good", 2024), known("unit", 2024, kind="topic")), YES),
    ("CSTĐCS: sáng kiến mà không LĐTT", "CSTDCS", person(rated("done", 2024), known("unit", 2024)), NO),
    ("CSTĐCS: LĐTT đã có quyết định", "CSTDCS", person(given("LDTT", 2024), known("unit", 2024)), YES),
    ("CSTĐCS: CSTT tính như LĐTT", "CSTDCS", person(given("CSTT", 2024), known("unit", 2024)), YES),
    ("CSTĐCS: sáng kiến đã dùng", "CSTDCS", person(rated("good", 2024), known("unit", 2024, used=("BKT", 2024))), NO),
    (
        "CSTĐCS: sáng kiến dùng cho chính lần này",
        "CSTDCS",
        person(rated("good", 2024), known("unit", 2024, used=("CSTDCS", 2024))),
        YES,
    ),
    (
        "CSTĐCS: mưu trí, lực lượng vũ trang",
        "CSTDCS",
        person(rated("good", 2024), groups={"armed"}, attested={"muu-tri": True}),
        YES,
    ),
    ("CSTĐCS: mưu trí, dân sự", "CSTDCS", person(rated("good", 2024), attested={"muu-tri": True}), NO),
    ("CSTĐT: 3 năm và sáng kiến tỉnh", "CSTDT", person(CS3, SK_TINH), YES),
    ("CSTĐT: 2 năm", "CSTDT", person(CS3[1:], SK_TINH), NO),
    ("CSTĐT: 4 năm", "CSTDT", person(given("CSTDCS", 2021), CS3, SK_TINH), YES),
    ("CSTĐT: đứt quãng", "CSTDT", person(given("CSTDCS", 2021, 2022, 2024), SK_TINH), NO),
    ("CSTĐT: không đến năm xét", "CSTDT", person(given("CSTDCS", 2021, 2022, 2023), SK_TINH), NO),
    ("CSTĐT: sáng kiến cơ sở", "CSTDT", person(CS3, known("unit", 2023)), NO),
    ("CSTĐT: sáng kiến toàn quốc", "CSTDT", person(CS3, TQ), YES),
    ("CSTĐT: đề tài cấp tỉnh", "CSTDT", person(CS3, known("province", 2022, kind="topic")), YES),
    ("CSTĐT: chưa nhập đủ lịch sử", "CSTDT", person(CS3[1:], SK_TINH, known_from=2023), UNKNOWN),
    ("CSTĐT: lịch sử nhập đủ mà thiếu", "CSTDT", person(CS3[1:], SK_TINH, known_from=2022), NO),
    (
        "CSTĐT: một năm nghỉ thai sản để người xem",
        "CSTDT",
        person(given("CSTDCS", 2022, 2024), rated("maternity", 2023), SK_TINH),
        UNKNOWN,
    ),
    (
        "CSTĐT: 3 năm đã tính cho lần trước",
        "CSTDT",
        person(given("CSTDCS", 2022, 2023, 2024), given("CSTDT", 2023), SK_TINH),
        NO,
    ),
    ("CSTĐT: 3 năm sau lần trước", "CSTDT", person(CS6, given("CSTDT", 2021), SK_TINH), YES),
    ("CSTĐTQ: 2 lần, 6 năm", "CSTDTQ", person(CS6, T2, TQ), YES),
    ("CSTĐTQ: 1 lần", "CSTDTQ", person(CS6, T2[1:], TQ), NO),
    ("CSTĐTQ: 2 lần cách 4 năm", "CSTDTQ", person(CS6, given("CSTDT", 2020, 2024), TQ), NO),
    ("CSTĐTQ: chỉ cần 2 lần CSTĐ tỉnh, không tự mình đòi 6 năm CSTĐCS", "CSTDTQ", person(T2, TQ), YES),
    ("CSTĐTQ: sáng kiến tỉnh", "CSTDTQ", person(CS6, T2, SK_TINH), NO),
    ("CSTĐTQ: đề tài toàn quốc", "CSTDTQ", person(CS6, T2, known("nation", 2023, kind="topic")), YES),
    ("CSTĐTQ: một lần của bộ", "CSTDTQ", person(CS6, given("CSTDB", 2021), T2[1:], TQ), YES),
    (
        "CSTĐTQ: lần sau cách năm xét 2 năm",
        "CSTDTQ",
        person(given("CSTDCS", *span(2017, 2022)), given("CSTDT", 2019, 2022), TQ),
        NO,
    ),
]


@table(*PERSON_TITLES)
def test_titles_of_persons(case):
    check(*case)


@table(
    *(case for case in PERSON_TITLES if case[1] == "CSTDT" and not any(row.award == "CSTDT" for row in case[2].held))
)
def test_the_title_of_a_ministry_asks_for_the_same(case):
    check("CSTDB", case[1], case[2], route="merit")
