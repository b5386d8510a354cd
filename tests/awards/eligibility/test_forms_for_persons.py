"""Forms for persons: on each bound of their articles, one below, one above."""

import pytest

from tests.awards.eligibility.cases import (
    CS_3OF5,
    NO,
    TOT5,
    UNKNOWN,
    XS2,
    YES,
    check,
    given,
    known,
    ladder,
    person,
    rated,
    span,
    table,
)

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


@table(*(case for case in PERSON_FORMS if case[1] == "BKT" and not any(row.award == "BKT" for row in case[2].held)))
def test_certificates_of_ministries_for_persons(case):
    """Luật 2022, Điều 74 khoản 1: the same for those of a province and of a ministry."""
    check("BKB", case[1], case[2], route="merit")


@pytest.mark.parametrize(("day", "years", "met"), [("30/06/2025", 2, YES), ("30/06/2025", 1, NO), ("01/07/2025", 2, YES),
                                                   ("01/07/2025", 1, NO), ("01/07/2025", 3, YES)])  # fmt: skip
def test_farmers_after_districts_are_no_more(day, years, met):
    facts = person(groups={"farmer"}, model_years=years, attested={"giup-ho-khac": True})
    answer = check("BKTTG", facts, met, day, year=2024, route="merit")
    [way] = [way for way in answer.routes if way.citation.startswith("điểm d khoản 2 Điều 73")]
    words = [row.words for row in way.findings]
    assert any("cấp huyện" in row for row in words) is (day == "30/06/2025")


@pytest.mark.parametrize("group", ["worker"])
@pytest.mark.parametrize(("day", "word"), [("30/06/2025", "cấp huyện"), ("01/07/2025", "theo quy định")])
def test_workers_after_districts_are_no_more(group, day, word):
    facts = person(groups={group}, attested={"sang-kien-huyen": True})
    answer = check("BKTTG", facts, YES, day, year=2024, route="merit")
    [way] = [way for way in answer.routes if way.citation.startswith("điểm c khoản 2 Điều 73")]
    assert word in way.findings[0].words
