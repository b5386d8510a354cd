"""Each change of law: the day before and the day."""

from datetime import date

import pytest

from awards.eligibility import rules
from awards.eligibility.facts import Team
from tests.awards.eligibility.cases import (
    BOOKS,
    GOOD,
    NO,
    XS2,
    YES,
    body,
    check,
    flags,
    given,
    known,
    on,
    person,
    rated,
    span,
    table,
)

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


@pytest.mark.parametrize(("day", "met"), [("31/12/2023", NO), ("01/01/2024", NO)])
def test_one_flag_a_year(day, met):
    check("CTDT", body(given("CTDCP", 2023), led={2023: "province"}), met, day, year=2023, route="merit")


def test_commune_alone_is_a_model_commune():
    check("XPTB", body(led={2024: "district"}, attested={"tieu-chuan-tinh": True}), NO)


NAMES = [("30/06/2025", "thị trấn"), ("01/07/2025", "đặc khu")]


@pytest.mark.parametrize(("day", "part"), NAMES)
def test_name_of_the_day(day, part):
    assert part in BOOKS.on(on(day)).name("XPTB")


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


@pytest.mark.parametrize("award", ["LDTT", "CSTT"])
@pytest.mark.parametrize(
    ("last", "before", "met"), [("good", "done", YES), ("done", "good", NO), ("excellent", "failed", YES)]
)
def test_advanced_titles_under_the_law_of_2003(award, last, before, met):
    facts = person(rated(last, 2023), rated(before, 2022), groups={"armed"})
    check(award, facts, met, "31/12/2023", year=2023, route="merit")


@pytest.mark.parametrize(
    ("years", "met"), [((2022, 2023), NO), ((2021, 2022, 2023), YES), ((2020, 2021, 2022, 2023), YES)]
)
def test_title_of_a_ministry_under_the_law_of_2003(years, met):
    check("CSTDB", person(given("CSTDCS", *years)), met, "31/12/2023", year=2023, route="merit")


@pytest.mark.parametrize(("day", "met"), [("30/06/2025", NO), ("01/07/2025", YES)])
def test_a_model_commune_leads_no_district_once_there_is_none(day, met):
    facts = body(led={2024: ""}, attested={"tieu-chuan-tinh": True}, groups={"commune"})
    answer = check("XPTB", facts, met, day, year=2024, route="merit")
    assert len(answer.routes) == 1


def test_the_title_of_the_province_is_given_once():
    facts = person(attested={"tieu-chuan-tinh": True})
    check("CDLSUT", facts, NO, "24/10/2021", year=2021)
    check("CDLSUT", facts, YES, "25/10/2021", year=2021)
    again = person(given("CDLSUT", 2021), attested={"tieu-chuan-tinh": True})
    check("CDLSUT", again, NO, "01/07/2026", year=2025)
    check("KNC", person(given("KNC", 2024), attested={"tieu-chuan-hdnd": True}), NO, "01/07/2026", year=2025)
    check("KNC", person(attested={"tieu-chuan-hdnd": True}), YES, "01/07/2026", year=2025)
