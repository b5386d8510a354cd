"""Forms for collectives: on each bound of their articles, one below, one above."""

from datetime import date

from awards.eligibility.facts import Held
from tests.awards.eligibility.cases import (
    NO,
    NO_FLAGS,
    UNKNOWN,
    XS2,
    YES,
    body,
    check,
    flags,
    given,
    rated,
    rung,
    table,
)

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


@table(*(case for case in COLLECTIVE_FORMS if case[1] == "BKT"))
def test_certificates_of_ministries_for_collectives(case):
    check("BKB", case[1], case[2], route="merit")
