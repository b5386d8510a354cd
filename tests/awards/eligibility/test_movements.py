"""Movements: who launched them, how long they ran, when they are reviewed."""

from tests.awards.eligibility.cases import NO, UNKNOWN, YES, check, moved, table

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
