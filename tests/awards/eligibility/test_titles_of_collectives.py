"""Titles of collectives: on each bound of their articles, one below, one above."""

from tests.awards.eligibility.cases import NO, UNKNOWN, YES, body, check, given, table, team

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
