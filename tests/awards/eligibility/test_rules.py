"""Tables of cases from the articles: on each bound, one below, one above; the day before and the day of each change of law."""

from datetime import date

import pytest

from awards.catalogue import loading
from awards.catalogue.law import Catalogue
from awards.eligibility import authority, money, rules, votes
from awards.eligibility.facts import Facts, Held, Initiative, Movement, Pause, Rating, Team
from awards.eligibility.words import amount_in_words, number_in_words

BOOKS = loading.read()
DAY = date(2025, 3, 10)  # the year looked at: 2024
YES, NO, UNKNOWN = True, False, None


def on(text):
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def given(award, *years, **more):
    return tuple(Held(award, year, date(year, 12, 20), **more) for year in years)


def rated(level, *years):
    return tuple(Rating(year, level) for year in years)


def span(first, last):
    return range(first, last + 1)


def known(scope, *years, kind="initiative", used=None):
    return tuple(Initiative(f"SK {year}", scope, year, kind, used_for=used) for year in years)


def person(*parts, **more):
    return _facts("person", parts, more)


def body(*parts, **more):
    return _facts("collective", parts, {"began_on": date(1985, 1, 1)} | more)


def _facts(kind, parts, more):
    """Facts from rows of all kinds."""
    rows = {"held": Held, "ratings": Rating, "initiatives": Initiative, "pauses": Pause, "teams": Team}
    flat = [row for part in parts for row in (part if isinstance(part, tuple) else (part,))]
    found = {name: tuple(row for row in flat if isinstance(row, of)) for name, of in rows.items()}
    return Facts(kind, **(found | more))


def check(award, facts, met, day=DAY, **more):
    day = day if isinstance(day, date) else on(day)
    more.setdefault("year", rules.last_year(facts, day))
    answer = rules.judge(BOOKS.on(day), award, facts, **more)
    assert answer.met is met, rules.explain(answer)
    return answer


def table(*cases):
    return pytest.mark.parametrize("case", [pytest.param(case[1:], id=case[0]) for case in cases])


# --- Titles of persons

CS3, SK_TINH = given("CSTDCS", 2022, 2023, 2024), known("province", 2023)
CS6 = given("CSTDCS", *span(2019, 2024))
T2 = given("CSTDT", 2021, 2024)
TQ = known("nation", 2023)
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
    ("CSTĐTQ: 5 năm CSTĐCS", "CSTDTQ", person(CS6[1:], T2, TQ), NO),
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


# --- Forms for persons

TOT5, CS_3OF5 = rated("good", *span(2020, 2024)), given("CSTDCS", 2020, 2022, 2024)
XS2 = rated("excellent", 2023, 2024)


def ladder(after, level_years, *more, first=2020, last=2024, **kw):
    """A person with ``after`` of 2019, rated well from ``first`` to ``last``, excellently in ``level_years``."""
    ratings = tuple(Rating(y, "excellent" if y in level_years else "good") for y in span(first, last))
    return person(given(after, 2019), ratings, *more, **kw)


PERSON_FORMS = [
    ("BK tỉnh: 2 lần CSTĐCS", "BKT", person(given("CSTDCS", 2023, 2024)), YES),
    ("BK tỉnh: 1 lần CSTĐCS", "BKT", person(given("CSTDCS", 2024), rated("good", 2023)), NO),
    ("BK tỉnh: 2 lần không liên tục", "BKT", person(given("CSTDCS", 2022, 2024), rated("good", 2023)), NO),
    ("BK tỉnh: 2 năm XS, 2 sáng kiến", "BKT", person(XS2, known("unit", 2023, 2024)), YES),
    ("BK tỉnh: 2 năm XS, 1 sáng kiến", "BKT", person(XS2, known("unit", 2024)), NO),
    (
        "BK tỉnh: 2 năm XS, 1 sáng kiến ngoài thời gian",
        "BKT",
        person(XS2, rated("good", 2022), known("unit", 2022, 2024)),
        NO,
    ),
    (
        "BK tỉnh: 1 năm XS, 2 sáng kiến",
        "BKT",
        person(rated("excellent", 2024), rated("good", 2023), known("unit", 2023, 2024)),
        NO,
    ),
    ("BK tỉnh: 2 năm XS, 2 đề tài", "BKT", person(XS2, known("unit", 2023, 2024, kind="topic")), YES),
    (
        "BK tỉnh: 1 sáng kiến và 1 đề tài không cộng",
        "BKT",
        person(XS2, known("unit", 2023), known("unit", 2024, kind="topic")),
        NO,
    ),
    (
        "BK tỉnh: 2 lần đã tính cho bằng trước",
        "BKT",
        person(given("CSTDCS", 2022, 2023, 2024), given("BKT", 2023), XS2),
        NO,
    ),
    ("BK tỉnh: 2 lần sau bằng trước", "BKT", person(given("CSTDCS", 2023, 2024), given("BKT", 2022)), YES),
    ("BK TTg: đủ", "BKTTG", person(given("BKT", 2022), TOT5, CS_3OF5), YES),
    (
        "BK TTg: 4 năm",
        "BKTTG",
        person(given("BKT", 2018), rated("done", 2020), TOT5[1:], given("CSTDCS", 2021, 2022, 2024)),
        NO,
    ),
    ("BK TTg: 6 năm", "BKTTG", person(given("BKT", 2018), rated("good", 2019), TOT5, CS_3OF5), YES),
    ("BK TTg: 2 lần CSTĐCS", "BKTTG", person(given("BKT", 2018), TOT5, CS_3OF5[1:]), NO),
    (
        "BK TTg: 3 lần, một ngoài thời gian",
        "BKTTG",
        person(given("BKT", 2018), rated("done", 2019), TOT5, given("CSTDCS", 2019, 2022, 2024)),
        NO,
    ),
    ("BK TTg: chưa có BK tỉnh", "BKTTG", person(TOT5, CS_3OF5), NO),
    ("BK TTg: BK của bộ", "BKTTG", person(given("BKB", 2019), TOT5, CS_3OF5), YES),
    ("BK TTg: BK tỉnh đột xuất", "BKTTG", person(given("BKT", 2019, route="deed"), TOT5, CS_3OF5), NO),
    ("BK TTg: một năm chưa rõ", "BKTTG", person(given("BKT", 2018), TOT5[:2], TOT5[3:], CS_3OF5), UNKNOWN),
    (
        "BK TTg: một năm thai sản",
        "BKTTG",
        person(given("BKT", 2018), TOT5[:2], rated("maternity", 2022), TOT5[3:], given("CSTDCS", 2020, 2021, 2024)),
        YES,
    ),
    ("HCLĐ Ba: đủ", "HCLD3", ladder("BKTTG", [2024], CS_3OF5), YES),
    ("HCLĐ Ba: không năm XS", "HCLD3", ladder("BKTTG", [], CS_3OF5), NO),
    ("HCLĐ Ba: 2 CSTĐCS", "HCLD3", ladder("BKTTG", [2024], CS_3OF5[1:]), NO),
    (
        "HCLĐ Ba: 4 năm sau BK TTg",
        "HCLD3",
        person(given("BKTTG", 2020), rated("excellent", *span(2018, 2024)), given("CSTDCS", 2021, 2022, 2024)),
        NO,
    ),
    ("HCLĐ Ba: không có BK TTg", "HCLD3", ladder("BKT", [2024], CS_3OF5), NO),
    ("HCLĐ Nhì: đủ", "HCLD2", ladder("HCLD3", [2023, 2024], given("CSTDT", 2022)), YES),
    ("HCLĐ Nhì: 1 năm XS", "HCLD2", ladder("HCLD3", [2024], given("CSTDT", 2022)), NO),
    ("HCLĐ Nhì: 3 năm XS", "HCLD2", ladder("HCLD3", [2022, 2023, 2024], given("CSTDT", 2022)), YES),
    ("HCLĐ Nhì: không CSTĐT", "HCLD2", ladder("HCLD3", [2023, 2024]), NO),
    ("HCLĐ Nhì: CSTĐT trước HCLĐ Ba", "HCLD2", ladder("HCLD3", [2023, 2024], given("CSTDT", 2018)), NO),
    ("HCLĐ Nhất: đủ", "HCLD1", ladder("HCLD2", [2020, 2022, 2024], given("CSTDT", 2021, 2024)), YES),
    ("HCLĐ Nhất: 2 năm XS", "HCLD1", ladder("HCLD2", [2022, 2024], given("CSTDT", 2021, 2024)), NO),
    ("HCLĐ Nhất: 1 CSTĐT", "HCLD1", ladder("HCLD2", [2020, 2022, 2024], given("CSTDT", 2024)), NO),
    (
        "HCLĐ Nhất: một năm chỉ hoàn thành",
        "HCLD1",
        person(
            given("HCLD2", 2018),
            rated("excellent", 2019, 2020, 2021),
            rated("done", 2022),
            rated("excellent", 2023, 2024),
            given("CSTDT", 2020, 2023),
        ),
        NO,
    ),
    (
        "HCLĐ Ba: nông dân, mô hình 3 năm",
        "HCLD3",
        person(groups={"farmer"}, model_years=3, attested={"giup-ho-khac": True}),
        YES,
    ),
    (
        "HCLĐ Ba: nông dân, mô hình 2 năm",
        "HCLD3",
        person(groups={"farmer"}, model_years=2, attested={"giup-ho-khac": True}),
        NO,
    ),
    (
        "HCLĐ Nhì: nông dân, mô hình 4 năm",
        "HCLD2",
        person(groups={"farmer"}, model_years=4, attested={"giup-ho-khac": True}),
        YES,
    ),
    (
        "HCLĐ Nhì: nông dân, mô hình 3 năm",
        "HCLD2",
        person(groups={"farmer"}, model_years=3, attested={"giup-ho-khac": True}),
        NO,
    ),
    (
        "HCLĐ Nhất: nông dân, mô hình 5 năm",
        "HCLD1",
        person(groups={"farmer"}, model_years=5, attested={"giup-ho-khac": True}),
        YES,
    ),
    (
        "HCLĐ Nhất: nông dân, mô hình 4 năm",
        "HCLD1",
        person(groups={"farmer"}, model_years=4, attested={"giup-ho-khac": True}),
        NO,
    ),
    (
        "BK TTg: nông dân, mô hình 2 năm",
        "BKTTG",
        person(groups={"farmer"}, model_years=2, attested={"giup-ho-khac": True}),
        YES,
    ),
    (
        "BK tỉnh: 1 năm XS, 2 đề tài trong năm",
        "BKT",
        person(rated("excellent", 2024), rated("good", 2023), known("unit", 2024, 2024, kind="topic")),
        NO,
    ),
    (
        "BK tỉnh: 1 năm XS, 2 sáng kiến trong năm",
        "BKT",
        person(rated("excellent", 2024), rated("good", 2023), known("unit", 2024, 2024)),
        NO,
    ),
    (
        "BK TTg: nông dân, mô hình 1 năm",
        "BKTTG",
        person(groups={"farmer"}, model_years=1, attested={"giup-ho-khac": True}),
        NO,
    ),
    (
        "HCLĐ Nhì: 4 năm",
        "HCLD2",
        person(given("HCLD3", 2020), rated("excellent", *span(2020, 2024)), given("CSTDT", 2022)),
        NO,
    ),
    (
        "HCLĐ Nhất: 4 năm",
        "HCLD1",
        person(given("HCLD2", 2020), rated("excellent", *span(2020, 2024)), given("CSTDT", 2021, 2024)),
        NO,
    ),
    (
        "HCLĐ Ba: công nhân 1 sáng kiến",
        "HCLD3",
        person(known("province", 2024), groups={"worker"}, attested={"dao-tao": True}),
        YES,
    ),
    (
        "HCLĐ Ba: công nhân sáng kiến cơ sở",
        "HCLD3",
        person(known("unit", 2024), groups={"worker"}, attested={"dao-tao": True}),
        NO,
    ),
    ("HCLĐ Ba: nông dân 1 sáng kiến", "HCLD3", person(known("province", 2024), groups={"farmer"}, model_years=0), YES),
    (
        "HCLĐ Nhì: nông dân 2 sáng kiến",
        "HCLD2",
        person(known("province", 2023, 2024), groups={"farmer"}, model_years=0),
        YES,
    ),
    ("HCLĐ Nhì: nông dân 1 sáng kiến", "HCLD2", person(known("province", 2024), groups={"farmer"}, model_years=0), NO),
    (
        "HCLĐ Nhất: nông dân 3 sáng kiến",
        "HCLD1",
        person(known("province", 2022, 2023, 2024), groups={"farmer"}, model_years=0),
        YES,
    ),
    (
        "HCLĐ Nhất: nông dân 2 sáng kiến",
        "HCLD1",
        person(known("province", 2023, 2024), groups={"farmer"}, model_years=0),
        NO,
    ),
    (
        "HCLĐ Nhất: công nhân 3 sáng kiến",
        "HCLD1",
        person(known("province", 2022, 2023, 2024), groups={"worker"}, attested={"dao-tao": True}),
        YES,
    ),
    (
        "HCLĐ Nhất: công nhân 2 sáng kiến",
        "HCLD1",
        person(known("province", 2023, 2024), groups={"worker"}, attested={"dao-tao": True}),
        NO,
    ),
    (
        "HCLĐ Nhì: công nhân 2 sáng kiến",
        "HCLD2",
        person(known("province", 2023, 2024), groups={"worker"}, attested={"dao-tao": True}),
        YES,
    ),
    (
        "HCLĐ Nhì: công nhân 1 sáng kiến",
        "HCLD2",
        person(known("province", 2024), groups={"worker"}, attested={"dao-tao": True}),
        NO,
    ),
]


@table(*PERSON_FORMS)
def test_forms_for_persons(case):
    check(case[0], case[1], case[2], route="merit")


# --- Titles of collectives


def team(members, ldtt, completed=None, cstdcs=1, warned=0, level="excellent", **more):
    row = Team(2024, members, members if completed is None else completed, ldtt, cstdcs, warned)
    return body(rated(level, 2024), row, **more)


COLLECTIVE_TITLES = [
    ("TTLĐTT: 69 %", "TTLDTT", team(100, 69, level="good"), NO),
    ("TTLĐTT: 70 %", "TTLDTT", team(100, 70, level="good"), YES),
    ("TTLĐTT: 71 %", "TTLDTT", team(100, 71, level="good"), YES),
    ("TTLĐTT: 7 trên 10", "TTLDTT", team(10, 7, level="good"), YES),
    ("TTLĐTT: 6 trên 9 (66,7 %)", "TTLDTT", team(9, 6, level="good"), NO),
    ("TTLĐTT: 5 trên 7 (71,4 %)", "TTLDTT", team(7, 5, level="good"), YES),
    ("TTLĐTT: một người cảnh cáo", "TTLDTT", team(10, 9, warned=1, level="good"), NO),
    ("TTLĐTT: chưa rõ kỷ luật", "TTLDTT", team(10, 9, warned=None, level="good"), UNKNOWN),
    ("TTLĐTT: chỉ hoàn thành", "TTLDTT", team(10, 9, level="done"), NO),
    ("TTLĐTT: không có người", "TTLDTT", team(0, 0, level="good"), NO),
    ("TTLĐXS: đủ", "TTLDXS", team(10, 7), YES),
    ("TTLĐXS: một người cảnh cáo vẫn đạt từ 2024", "TTLDXS", team(10, 7, warned=1), YES),
    ("TTLĐXS: một người không hoàn thành", "TTLDXS", team(10, 7, completed=9), NO),
    ("TTLĐXS: không có CSTĐCS", "TTLDXS", team(10, 7, cstdcs=0), NO),
    ("TTLĐXS: 69 trên 100", "TTLDXS", team(100, 69), NO),
    ("TTLĐXS: 70 trên 100", "TTLDXS", team(100, 70), YES),
    ("TTLĐXS: 99 trên 100 hoàn thành", "TTLDXS", team(100, 70, completed=99), NO),
    ("TTLĐXS: hoàn thành tốt", "TTLDXS", team(10, 7, level="good"), NO),
    ("Cờ tỉnh: dẫn đầu khối của tỉnh", "CTDT", body(led={2024: "province"}), YES),
    ("Cờ tỉnh: không dẫn đầu", "CTDT", body(led={2024: ""}), NO),
    ("Cờ tỉnh: chưa rõ", "CTDT", body(), UNKNOWN),
    ("Cờ tỉnh: không thuộc đối tượng tặng cờ", "CTDT", body(led={2024: "province"}, may_receive_flags=False), NO),
    ("Cờ CP: dẫn đầu, tiêu biểu", "CTDCP", body(led={2024: "province"}, attested={"tieu-bieu": True}), YES),
    ("Cờ CP: dẫn đầu, chưa chọn", "CTDCP", body(led={2024: "province"}), UNKNOWN),
    ("Cờ CP: cụm của Hội đồng trung ương", "CTDCP", body(led={2024: "nation"}), YES),
    (
        "Cờ CP: có Cờ tỉnh mà không dẫn đầu",
        "CTDCP",
        body(given("CTDT", 2024), led={2024: ""}, attested={"tieu-bieu": True}),
        NO,
    ),
    (
        "Xã tiêu biểu: dẫn đầu huyện",
        "XPTB",
        body(led={2024: "district"}, attested={"tieu-chuan-tinh": True}, groups={"commune"}),
        YES,
    ),
    (
        "Xã tiêu biểu: không dẫn đầu huyện",
        "XPTB",
        body(led={2024: ""}, attested={"tieu-chuan-tinh": True}, groups={"commune"}),
        NO,
    ),
]


@table(*COLLECTIVE_TITLES)
def test_titles_of_collectives(case):
    check(case[0], case[1], case[2], route="merit")


# --- Forms for collectives

XS5 = rated("excellent", *span(2020, 2024))


def rung(after, *more, year=2019, **kw):
    return body(given(after, year), rated("excellent", *span(year + 1, 2024)), *more, **kw)


def flags(tinh=0, cp=0, bkt=0, ttg=0, first=2020):
    """So many of each, in the years from ``first`` on."""
    counts = {"CTDT": tinh, "CTDCP": cp, "BKT": bkt, "BKTTG": ttg}
    return tuple(row for award, number in counts.items() for row in given(award, *range(first, first + number)))


NO_FLAGS = {"may_receive_flags": False}
COLLECTIVE_FORMS = [
    ("BK tỉnh: 2 năm XS", "BKT", body(XS2), YES),
    ("BK tỉnh: 1 năm XS", "BKT", body(XS2[1:], rated("good", 2023)), NO),
    ("BK tỉnh: TTLĐXS rồi XS", "BKT", body(given("TTLDXS", 2023), XS2[1:]), YES),
    ("BK tỉnh: Đơn vị quyết thắng", "BKT", body(given("DVQT", 2023, 2024)), YES),
    ("BK TTg: 1 Cờ tỉnh", "BKTTG", rung("BKT", flags(tinh=1)), YES),
    ("BK TTg: 2 BK tỉnh sau đó", "BKTTG", rung("BKT", flags(bkt=2)), YES),
    ("BK TTg: 1 BK tỉnh sau đó", "BKTTG", rung("BKT", flags(bkt=1)), NO),
    ("BK TTg: không cờ", "BKTTG", rung("BKT"), NO),
    ("BK TTg: Cờ trước bằng khen", "BKTTG", rung("BKT", flags(tinh=1, first=2018)), NO),
    ("BK TTg: 4 năm", "BKTTG", rung("BKT", flags(tinh=1, first=2021), year=2020), NO),
    (
        "BK TTg: một năm tốt",
        "BKTTG",
        body(given("BKT", 2018), rated("excellent", 2019, 2020, 2021), rated("good", 2022), XS2, flags(tinh=1)),
        NO,
    ),
    ("BK TTg: Cờ chuyên đề không làm căn cứ", "BKTTG", rung("BKT", given("CTDT", 2022, route="movement")), NO),
    ("HCLĐ Ba: 1 Cờ CP", "HCLD3", rung("BKTTG", flags(cp=1)), YES),
    ("HCLĐ Ba: 2 Cờ tỉnh", "HCLD3", rung("BKTTG", flags(tinh=2)), YES),
    ("HCLĐ Ba: 1 Cờ tỉnh", "HCLD3", rung("BKTTG", flags(tinh=1)), NO),
    ("HCLĐ Ba: 1 Cờ tỉnh, 1 BK tỉnh", "HCLD3", rung("BKTTG", flags(tinh=1, bkt=1)), YES),
    ("HCLĐ Ba: 2 BK tỉnh, được tặng cờ", "HCLD3", rung("BKTTG", flags(bkt=2), may_receive_flags=True), NO),
    ("HCLĐ Ba: 2 BK tỉnh, không được tặng cờ", "HCLD3", rung("BKTTG", flags(bkt=2), **NO_FLAGS), YES),
    ("HCLĐ Ba: 2 BK tỉnh, chưa rõ đối tượng", "HCLD3", rung("BKTTG", flags(bkt=2)), UNKNOWN),
    ("HCLĐ Ba: 1 BK tỉnh, không được tặng cờ", "HCLD3", rung("BKTTG", flags(bkt=1), **NO_FLAGS), NO),
    ("HCLĐ Ba: mới 9 năm", "HCLD3", rung("BKTTG", flags(cp=1), began_on=date(2015, 3, 11)), NO),
    ("HCLĐ Ba: đúng 10 năm", "HCLD3", rung("BKTTG", flags(cp=1), began_on=date(2015, 3, 10)), YES),
    ("HCLĐ Ba: chưa rõ ngày thành lập", "HCLD3", rung("BKTTG", flags(cp=1), began_on=None), UNKNOWN),
    ("HCLĐ Ba: Cờ của bộ", "HCLD3", rung("BKTTG", given("CTDB", 2021, 2023)), YES),
    ("HCLĐ Nhì: 1 Cờ CP, 1 Cờ tỉnh", "HCLD2", rung("HCLD3", flags(cp=1, tinh=1)), YES),
    ("HCLĐ Nhì: 1 Cờ CP", "HCLD2", rung("HCLD3", flags(cp=1)), NO),
    ("HCLĐ Nhì: 3 Cờ tỉnh", "HCLD2", rung("HCLD3", flags(tinh=3)), YES),
    ("HCLĐ Nhì: 2 Cờ tỉnh", "HCLD2", rung("HCLD3", flags(tinh=2)), NO),
    ("HCLĐ Nhì: 3 BK, không được tặng cờ", "HCLD2", rung("HCLD3", flags(bkt=3), **NO_FLAGS), YES),
    ("HCLĐ Nhì: 2 BK, không được tặng cờ", "HCLD2", rung("HCLD3", flags(bkt=2), **NO_FLAGS), NO),
    ("HCLĐ Nhất: 2 Cờ CP", "HCLD1", rung("HCLD2", flags(cp=2)), YES),
    ("HCLĐ Nhất: 1 Cờ CP, 2 Cờ tỉnh", "HCLD1", rung("HCLD2", flags(cp=1, tinh=2)), YES),
    ("HCLĐ Nhất: 1 Cờ CP, 1 Cờ tỉnh", "HCLD1", rung("HCLD2", flags(cp=1, tinh=1)), NO),
    ("HCLĐ Nhất: 4 Cờ tỉnh", "HCLD1", rung("HCLD2", flags(tinh=4)), YES),
    ("HCLĐ Nhất: 3 Cờ tỉnh", "HCLD1", rung("HCLD2", flags(tinh=3)), NO),
    ("HCLĐ Nhất: 4 BK, không được tặng cờ", "HCLD1", rung("HCLD2", flags(bkt=4), **NO_FLAGS), YES),
    ("HCLĐ Nhất: 3 BK, không được tặng cờ", "HCLD1", rung("HCLD2", flags(bkt=3), **NO_FLAGS), NO),
    ("HCĐL Ba: 2 Cờ CP, 1 BK TTg", "HCDL3", rung("HCLD1", flags(cp=2, ttg=1, first=2016), year=2014), YES),
    ("HCĐL Ba: 2 Cờ CP, 2 Cờ tỉnh", "HCDL3", rung("HCLD1", flags(cp=2, tinh=2, first=2016), year=2014), YES),
    ("HCĐL Ba: 2 Cờ CP, 1 Cờ tỉnh", "HCDL3", rung("HCLD1", flags(cp=2, tinh=1, first=2016), year=2014), NO),
    ("HCĐL Ba: 1 Cờ CP", "HCDL3", rung("HCLD1", flags(cp=1, ttg=1, first=2016), year=2014), NO),
    ("HCĐL Ba: 9 năm", "HCDL3", rung("HCLD1", flags(cp=2, ttg=1, first=2016), year=2015), NO),
    (
        "HCĐL Ba: 29 năm hoạt động",
        "HCDL3",
        rung("HCLD1", flags(cp=2, ttg=1, first=2016), year=2014, began_on=date(1995, 3, 11)),
        NO,
    ),
    (
        "HCĐL Ba: 30 năm hoạt động",
        "HCDL3",
        rung("HCLD1", flags(cp=2, ttg=1, first=2016), year=2014, began_on=date(1995, 3, 10)),
        YES,
    ),
    (
        "HCĐL Nhì: 2 Cờ CP, 1 BK TTg, 1 BK tỉnh",
        "HCDL2",
        rung("HCDL3", flags(cp=2, ttg=1, bkt=1, first=2016), year=2014),
        YES,
    ),
    ("HCĐL Nhì: thiếu BK tỉnh", "HCDL2", rung("HCDL3", flags(cp=2, ttg=1, first=2016), year=2014), NO),
    (
        "HCĐL Nhì: 2 Cờ CP, 2 Cờ tỉnh, 1 BK tỉnh",
        "HCDL2",
        rung("HCDL3", flags(cp=2, tinh=2, bkt=1, first=2016), year=2014),
        YES,
    ),
    ("HCĐL Nhất: 3 Cờ CP, 1 BK TTg", "HCDL1", rung("HCDL2", flags(cp=3, ttg=1, first=2016), year=2014), YES),
    ("HCĐL Nhất: 3 Cờ CP, 2 Cờ tỉnh", "HCDL1", rung("HCDL2", flags(cp=3, tinh=2, first=2016), year=2014), YES),
    ("HCĐL Nhất: 2 Cờ CP", "HCDL1", rung("HCDL2", flags(cp=2, ttg=1, first=2016), year=2014), NO),
    ("HCLĐ Ba: 4 năm", "HCLD3", rung("BKTTG", flags(cp=2, tinh=2, first=2021), year=2020), NO),
    ("HCLĐ Nhì: 4 năm", "HCLD2", rung("HCLD3", flags(cp=2, tinh=3, first=2021), year=2020), NO),
    ("HCLĐ Nhất: 4 năm", "HCLD1", rung("HCLD2", flags(cp=2, tinh=4, first=2021), year=2020), NO),
    ("HCĐL Nhì: 9 năm", "HCDL2", rung("HCDL3", flags(cp=2, ttg=1, bkt=1, first=2016), year=2015), NO),
    ("HCĐL Nhì: 1 Cờ CP", "HCDL2", rung("HCDL3", flags(cp=1, ttg=1, bkt=1, first=2016), year=2014), NO),
    (
        "HCĐL Nhì: 2 Cờ CP, 1 Cờ tỉnh, 1 BK tỉnh",
        "HCDL2",
        rung("HCDL3", flags(cp=2, tinh=1, bkt=1, first=2016), year=2014),
        NO,
    ),
    ("HCĐL Nhất: 9 năm", "HCDL1", rung("HCDL2", flags(cp=3, ttg=1, first=2016), year=2015), NO),
    ("HCĐL Nhất: 3 Cờ CP, 1 Cờ tỉnh", "HCDL1", rung("HCDL2", flags(cp=3, tinh=1, first=2016), year=2014), NO),
    (
        "HC Sao vàng của tỉnh: 25 năm",
        "HCSV",
        body(Held("HCHCM", 1999, date(2000, 3, 10)), groups={"province"}, attested={"dac-biet-xuat-sac": True}),
        YES,
    ),
    (
        "HC Sao vàng của tỉnh: thiếu một ngày",
        "HCSV",
        body(Held("HCHCM", 1999, date(2000, 3, 11)), groups={"province"}, attested={"dac-biet-xuat-sac": True}),
        NO,
    ),
    (
        "HC Sao vàng của tỉnh: tính từ lần gần nhất",
        "HCSV",
        body(
            Held("HCHCM", 1990, date(1991, 3, 10)),
            Held("HCHCM", 2010, date(2010, 3, 10)),
            groups={"province"},
            attested={"dac-biet-xuat-sac": True},
        ),
        NO,
    ),
    (
        "HCĐL Nhì của tỉnh: năm tròn",
        "HCDL2",
        body(
            given("HCDL3", 2010), began_on=date(1945, 10, 1), groups={"province"}, attested={"nhieu-thanh-tich": True}
        ),
        YES,
    ),
    (
        "HCĐL Nhì của tỉnh: không năm tròn",
        "HCDL2",
        body(
            given("HCDL3", 2010), began_on=date(1946, 10, 1), groups={"province"}, attested={"nhieu-thanh-tich": True}
        ),
        NO,
    ),
    (
        "HCHCM của tỉnh: 10 năm",
        "HCHCM",
        body(Held("HCDL1", 2014, date(2015, 3, 10)), groups={"province"}, attested={"dac-biet-xuat-sac": True}),
        YES,
    ),
    (
        "HCHCM của tỉnh: thiếu một ngày",
        "HCHCM",
        body(Held("HCDL1", 2014, date(2015, 3, 11)), groups={"province"}, attested={"dac-biet-xuat-sac": True}),
        NO,
    ),
]


@table(*COLLECTIVE_FORMS)
def test_forms_for_collectives(case):
    check(case[0], case[1], case[2], route="merit")


# --- Movements


def moved(kind, by, begins, ends, at, first=None, chosen=None):
    return Facts(kind, movement=Movement(by, on(begins), on(ends), at, first, chosen), began_on=date(1985, 1, 1))


MOVEMENTS = [
    (
        "Cờ tỉnh: 3 năm, tổng kết",
        "CTDT",
        moved("collective", "province", "01/01/2022", "31/12/2024", "final", first=True),
        YES,
    ),
    (
        "Cờ tỉnh: thiếu một ngày",
        "CTDT",
        moved("collective", "province", "02/01/2022", "31/12/2024", "final", first=True),
        NO,
    ),
    ("Cờ tỉnh: sơ kết", "CTDT", moved("collective", "province", "01/01/2020", "31/12/2024", "interim", first=True), NO),
    (
        "Cờ tỉnh: do huyện phát động",
        "CTDT",
        moved("collective", "district", "01/01/2020", "31/12/2024", "final", first=True),
        NO,
    ),
    (
        "Cờ tỉnh: không dẫn đầu",
        "CTDT",
        moved("collective", "province", "01/01/2020", "31/12/2024", "final", first=False),
        NO,
    ),
    ("Cờ tỉnh: chưa rõ dẫn đầu", "CTDT", moved("collective", "province", "01/01/2020", "31/12/2024", "final"), UNKNOWN),
    (
        "Cờ CP: Thủ tướng, 5 năm, sơ kết",
        "CTDCP",
        moved("collective", "premier", "01/01/2020", "31/12/2024", "interim", first=True),
        YES,
    ),
    (
        "Cờ CP: Thủ tướng, thiếu một ngày",
        "CTDCP",
        moved("collective", "premier", "02/01/2020", "31/12/2024", "final", first=True),
        NO,
    ),
    (
        "Cờ CP: tỉnh phát động",
        "CTDCP",
        moved("collective", "province", "01/01/2015", "31/12/2024", "final", first=True),
        NO,
    ),
    (
        "Cờ CP: Chủ tịch nước phát động",
        "CTDCP",
        moved("collective", "president", "01/01/2015", "31/12/2024", "final", first=True),
        NO,
    ),
    (
        "BK TTg tập thể: Thủ tướng, 1 năm",
        "BKTTG",
        moved("collective", "premier", "01/01/2024", "31/12/2024", "final", chosen=True),
        YES,
    ),
    (
        "BK TTg tập thể: tỉnh, 3 năm",
        "BKTTG",
        moved("collective", "province", "01/01/2022", "31/12/2024", "interim", chosen=True),
        YES,
    ),
    (
        "BK TTg tập thể: tỉnh, 2 năm",
        "BKTTG",
        moved("collective", "province", "01/01/2023", "31/12/2024", "interim", chosen=True),
        NO,
    ),
    (
        "HCLĐ Ba tập thể: tỉnh, 5 năm",
        "HCLD3",
        moved("collective", "province", "01/01/2020", "31/12/2024", "final", chosen=True),
        YES,
    ),
    (
        "HCLĐ Ba tập thể: tỉnh, 4 năm",
        "HCLD3",
        moved("collective", "province", "01/01/2021", "31/12/2024", "final", chosen=True),
        NO,
    ),
    (
        "HCLĐ Ba tập thể: Thủ tướng, 4 năm",
        "HCLD3",
        moved("collective", "premier", "01/01/2021", "31/12/2024", "final", chosen=True),
        YES,
    ),
    (
        "HCLĐ Ba cá nhân: tỉnh, 5 năm",
        "HCLD3",
        moved("person", "province", "01/01/2020", "31/12/2024", "final", chosen=True),
        YES,
    ),
    (
        "HCLĐ Ba cá nhân: tỉnh, 4 năm",
        "HCLD3",
        moved("person", "province", "01/01/2021", "31/12/2024", "final", chosen=True),
        NO,
    ),
    (
        "HCLĐ Nhì tập thể: tỉnh phát động",
        "HCLD2",
        moved("collective", "province", "01/01/2015", "31/12/2024", "final", chosen=True),
        NO,
    ),
    (
        "HCLĐ Nhì tập thể: Chủ tịch nước phát động",
        "HCLD2",
        moved("collective", "president", "01/01/2023", "31/12/2024", "interim", chosen=True),
        YES,
    ),
    (
        "HCLĐ Nhất tập thể: Thủ tướng phát động",
        "HCLD1",
        moved("collective", "premier", "01/01/2023", "31/12/2024", "interim", chosen=True),
        YES,
    ),
    (
        "BK tỉnh cá nhân: tỉnh phát động",
        "BKT",
        moved("person", "province", "01/01/2024", "31/12/2024", "final", chosen=True),
        YES,
    ),
    (
        "BK tỉnh cá nhân: xã phát động",
        "BKT",
        moved("person", "commune", "01/01/2024", "31/12/2024", "final", chosen=True),
        NO,
    ),
]


@table(*MOVEMENTS)
def test_movements(case):
    check(case[0], case[1], case[2], route="movement")


# --- Principles

GOOD = (CS3, SK_TINH)
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


# --- The day of a change of law

LAW = [
    ("CSTĐCS 2023: XS không sáng kiến, 31/12/2023", "31/12/2023", "CSTDCS", person(rated("excellent", 2023)), NO),
    ("CSTĐCS 2023: XS không sáng kiến, 01/01/2024", "01/01/2024", "CSTDCS", person(rated("excellent", 2023)), YES),
    ("CSTĐT: không sáng kiến, 31/12/2023", "31/12/2023", "CSTDT", person(given("CSTDCS", 2021, 2022, 2023)), YES),
    ("LĐTT năm 2023", "31/12/2023", "LDTT", person(rated("good", 2023), rated("done", 2022)), YES),
    ("CSTĐCS năm 2023: một sáng kiến", "31/12/2023", "CSTDCS", person(rated("good", 2023), known("unit", 2023)), YES),
    (
        "CSTĐCS năm 2023: một đề tài",
        "31/12/2023",
        "CSTDCS",
        person(rated("good", 2023), known("unit", 2023, kind="topic")),
        YES,
    ),
    ("CSTĐT: 2 năm, 31/12/2023", "31/12/2023", "CSTDT", person(given("CSTDCS", 2022, 2023)), NO),
    (
        "CSTĐTQ: 2 lần, 31/12/2023",
        "31/12/2023",
        "CSTDTQ",
        person(given("CSTDT", 2020, 2023), attested={"sang-kien-toan-quoc": True}),
        YES,
    ),
    (
        "CSTĐTQ: 1 lần, 31/12/2023",
        "31/12/2023",
        "CSTDTQ",
        person(given("CSTDT", 2023), attested={"sang-kien-toan-quoc": True}),
        NO,
    ),
    (
        "CSTĐTQ: cách 4 năm, 31/12/2023",
        "31/12/2023",
        "CSTDTQ",
        person(given("CSTDT", 2019, 2023), attested={"sang-kien-toan-quoc": True}),
        NO,
    ),
    (
        "TTLĐTT: một người cảnh cáo, 31/12/2023",
        "31/12/2023",
        "TTLDTT",
        body(rated("good", 2023), Team(2023, 10, 10, 9, 1, 1)),
        NO,
    ),
    (
        "TTLĐXS: đủ, 31/12/2023",
        "31/12/2023",
        "TTLDXS",
        body(rated("excellent", 2023), rated("good", 2022), Team(2023, 100, 100, 70, 1, 0)),
        YES,
    ),
    (
        "TTLĐXS: 69 %, 31/12/2023",
        "31/12/2023",
        "TTLDXS",
        body(rated("excellent", 2023), Team(2023, 100, 100, 69, 1, 0)),
        NO,
    ),
    (
        "TTLĐXS: 99 % hoàn thành, 31/12/2023",
        "31/12/2023",
        "TTLDXS",
        body(rated("excellent", 2023), Team(2023, 100, 99, 70, 1, 0)),
        NO,
    ),
    (
        "TTLĐXS: không CSTĐCS, 31/12/2023",
        "31/12/2023",
        "TTLDXS",
        body(rated("excellent", 2023), Team(2023, 100, 100, 70, 0, 0)),
        NO,
    ),
    (
        "HCLĐ Nhất: 4 năm TTLĐXS, 31/12/2023",
        "31/12/2023",
        "HCLD1",
        body(given("HCLD2", 2019), given("TTLDXS", *span(2019, 2023)), flags(tinh=3, first=2020)),
        NO,
    ),
    (
        "HCLĐ Nhất: 2 Cờ CP, 31/12/2023",
        "31/12/2023",
        "HCLD1",
        body(given("HCLD2", 2018), given("TTLDXS", *span(2019, 2023)), flags(cp=2, first=2020)),
        YES,
    ),
    (
        "HCLĐ Nhất: 1 Cờ CP, 31/12/2023",
        "31/12/2023",
        "HCLD1",
        body(given("HCLD2", 2018), given("TTLDXS", *span(2019, 2023)), flags(cp=1, first=2020)),
        NO,
    ),
    ("CSTĐT: không sáng kiến, 01/01/2024", "01/01/2024", "CSTDT", person(given("CSTDCS", 2021, 2022, 2023)), NO),
]


@table(*LAW)
def test_law_of_the_day(case):
    day, award, facts, met = case
    check(award, facts, met, day, year=2023)


@pytest.mark.parametrize(
    ("day", "ldtt", "met"),
    [
        ("31/12/2023", 50, NO),
        ("31/12/2023", 51, YES),
        ("31/12/2023", 69, YES),
        ("01/01/2024", 69, NO),
        ("01/01/2024", 70, YES),
    ],
)
def test_share_of_a_collective(day, ldtt, met):
    check("TTLDTT", body(rated("good", 2023), Team(2023, 100, 100, ldtt, 1, 0)), met, day, year=2023)


@pytest.mark.parametrize(("day", "met"), [("31/12/2023", NO), ("01/01/2024", YES)])
def test_warned_member_of_an_excellent_collective(day, met):
    check("TTLDXS", body(rated("excellent", 2023), Team(2023, 10, 10, 9, 1, 1)), met, day, year=2023)


@pytest.mark.parametrize(("tinh", "old", "new"), [(3, YES, NO), (4, YES, YES), (2, NO, NO)])
def test_flags_for_the_first_class_order(tinh, old, new):
    facts = body(given("HCLD2", 2018), given("TTLDXS", *span(2019, 2023)), flags(tinh=tinh, first=2019))
    check("HCLD1", facts, old, "31/12/2023", year=2023, route="merit")
    check("HCLD1", facts, new, "01/01/2024", year=2023, route="merit")


@pytest.mark.parametrize(
    ("award", "day", "met"), [("XPTB", "31/12/2023", NO), ("XPTB", "01/01/2024", YES), ("KNC", "31/12/2023", NO)]
)
def test_award_of_one_law(award, day, met):
    facts = body(led={2023: "district"}, attested={"tieu-chuan-tinh": True}, groups={"commune"})
    check(award, facts if award == "XPTB" else person(), met, day, year=2023)


def test_received_before_the_amendment_keeps_its_law():
    before, after = on("30/09/2026"), on("01/10/2026")
    answer = rules.judge_in_transition(BOOKS, "CSTDT", person(*GOOD), before, after, year=2024)
    assert (answer.day, answer.met) == (before, True)
    assert "sửa đổi" not in answer.best.citation
    assert "06/2026/QH16" in rules.judge(BOOKS.on(after), "CSTDT", person(*GOOD), year=2024).best.citation


@pytest.mark.parametrize(("day", "met"), [("31/12/2023", NO), ("01/01/2024", YES)])
def test_one_flag_a_year(day, met):
    check("CTDT", body(given("CTDCP", 2023), led={2023: "province"}), met, day, year=2023, route="merit")


def test_commune_alone_is_a_model_commune():
    check("XPTB", body(led={2024: "district"}, attested={"tieu-chuan-tinh": True}), NO)


NAMES = [("30/06/2025", "thị trấn"), ("01/07/2025", "đặc khu")]


@pytest.mark.parametrize(("day", "part"), NAMES)
def test_name_of_the_day(day, part):
    assert part in BOOKS.on(on(day)).name("XPTB")


# --- Money

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
    ("AHLD", "15.5", "31"), ("BMVNAH", "15.5", None), ("NHANDAN", "12.5", None), ("UUTU", "9", None),
    ("BKTTG", "3.5", "7"), ("BKT", "1.5", "3"), ("GK", "0.3", "0.6"), ("KNC", "0.6", None),
]  # fmt: skip


@pytest.mark.parametrize(("award", "person", "collective"), COEFFICIENTS)
@pytest.mark.parametrize("day", ["01/01/2024", "01/07/2025", "01/10/2026"])
def test_coefficient(award, person, collective, day):
    book = BOOKS.on(on(day))
    for whom, value in (("person", person), ("collective", collective)):
        row = book.the("coefficient", award, whom)
        if value:
            assert float(row.value) == float(value)
    if "household" in book.awards[award].more["for"]:
        assert float(book.the("coefficient", award, "household").value) == pytest.approx(1.5 * float(person))


@pytest.mark.parametrize(
    ("award", "whom", "value"),
    [("BKT", "person", 1), ("BKT", "collective", 2), ("BKT", "household", 1.5), ("BKTTG", "person", 3.5),
     ("GK", "collective", 0.6),
     ("CSTDCS", "person", 1), ("CTDT", "collective", 8), ("HCLD3", "collective", 9), ("GDVH", "household", 0.1)],
)  # fmt: skip
def test_coefficient_before_2024(award, whom, value):
    assert float(BOOKS.on(on("31/12/2023")).the("coefficient", award, whom).value) == value


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


@pytest.mark.parametrize("day", ["31/12/2023", "01/01/2024", "30/06/2025", "01/07/2025"])
def test_an_office_stands_once_for_an_award(day):
    for award in BOOKS.on(on(day)).awards:
        codes = [row.code for row in authority.deciders(BOOKS.on(on(day)), award)]
        assert len(codes) == len(set(codes)), award
    for award in ("LDTT", "GDVH", "GK"):
        assert authority.may_decide(BOOKS.on(on(day)), award, "commune").met


@pytest.mark.parametrize(("day", "routes"), [("30/09/2026", ["movement"]), ("01/10/2026", ["movement", "theme"])])
def test_kinds_of_award(day, routes):
    assert [
        row.more["code"] for row in BOOKS.on(on(day)).all("route") if row.more["code"] in ("movement", "theme")
    ] == routes


@pytest.mark.parametrize(("day", "met"), [("04/08/2025", YES), ("05/08/2025", NO)])
def test_dissolved_body(day, met):
    check("BKT", body(XS2, ended_on=date(2025, 7, 1)), met, day, year=2024, route="merit")


@pytest.mark.parametrize(("day", "once"), [("31/12/2022", False), ("01/01/2023", True)])
def test_initiative_is_used_once(day, once):
    facts = person(given("LDTT", 2022), known("unit", 2022, used=("GK", 2022)))
    check("CSTDCS", facts, not once, day, year=2022)


def test_office_of_the_last_day():
    assert "kế thừa" not in authority.canceller(BOOKS.on(on("30/06/2025")), "district")[0]


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


# --- Votes


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


@pytest.mark.parametrize(
    ("day", "chosen", "whole", "met"),
    [
        ("31/12/2023", 15, 100, YES),
        ("31/12/2023", 16, 100, NO),
        ("31/12/2023", 2, 10, YES),
        ("01/01/2024", 90, 100, None),
    ],
)
def test_cap(day, chosen, whole, met):
    found = rules.within_cap(BOOKS.on(on(day)), "CSTDCS", chosen, whole)
    assert (found and found.met) is met


# --- Authority

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


# --- What the catalogue says

SAYS = [
    ("public", "CSTDTQ", "31/12/2023", 1),
    ("public", "CSTDTQ", "01/01/2024", 0),
    ("public", "HCLD3", "01/01/2024", 1),
    ("public", "BKTTG", "01/01/2024", 0),
    ("dossier", "TTLDXS", "01/01/2024", 1),
    ("dossier", "CSTDCS", "01/01/2024", 4),
    ("dossier", "CSTDCS", "01/07/2025", 3),
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
            if award not in ("CSTT", "DVTT", "DVQT"):  # the army and police rule these themselves
                assert authority.deciders(book, award), (day, award)
            assert book.citation(book.awards[award])


def test_rows_that_overlap_are_refused():
    rows = [*BOOKS.rows, BOOKS.on(DAY).the("salary")]
    assert any("salary" in fault for fault in Catalogue(rows, BOOKS.texts, BOOKS.criteria).faults())


def test_next_steps_in_words():
    facts = person(given("CSTDCS", 2024, 2025), given("LDTT", 2024, 2025), rated("excellent", 2024, 2025))
    steps = {row.award: row.missing for row in rules.what_next(BOOKS.on(on("28/11/2026")), facts, year=2025)}
    assert steps["CSTDT"] == "thêm 1 năm “Chiến sĩ thi đua cơ sở” (2026) và 01 sáng kiến cấp tỉnh"
    assert "HCLD3" not in steps


def test_five_hundred_at_once_are_fast():
    import time

    begun = time.perf_counter()
    for _ in range(500):
        rules.judge(BOOKS.on(DAY), "HCLD3", rung("BKTTG", flags(tinh=2)), year=2024)
    assert time.perf_counter() - begun < 2


# --- Words

WORDS = [
    (0, "không"), (1, "một"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"),
    (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (31, "ba mươi mốt"), (100, "một trăm"),
    (101, "một trăm linh một"), (104, "một trăm linh bốn"), (105, "một trăm linh năm"), (110, "một trăm mười"),
    (115, "một trăm mười lăm"), (121, "một trăm hai mươi mốt"), (1000, "một nghìn"), (1005, "một nghìn không trăm linh năm"),
    (1015, "một nghìn không trăm mười lăm"), (1100, "một nghìn một trăm"), (10**6, "một triệu"),
    (1_005_000, "một triệu không trăm linh năm nghìn"), (1_015_000, "một triệu không trăm mười lăm nghìn"),
    (1_000_001, "một triệu không trăm linh một"), (21_000_000, "hai mươi mốt triệu"), (10**9, "một tỷ"),
    (10**9 + 1, "một tỷ không trăm linh một"), (10**12, "một nghìn tỷ"), (10**15, "một triệu tỷ"), (10**18, "một tỷ tỷ"),
    (2_000_000_000_005, "hai nghìn tỷ không trăm linh năm"), (7_590_000, "bảy triệu năm trăm chín mươi nghìn"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), WORDS)
def test_number_in_words(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize("number", [-1, -710_000, 1.5, True, "5"])
def test_what_has_no_words(number):
    with pytest.raises(ValueError, match=r"Số âm|Không phải"):
        number_in_words(number)


def test_amount():
    assert amount_in_words(710_000) == "Bảy trăm mười nghìn đồng"
