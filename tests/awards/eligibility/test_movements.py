"""Movements: who launched them, how long they ran, when they are reviewed."""

import pytest

from tests.awards.eligibility.cases import NO, UNKNOWN, YES, body, check, moved, table

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


OF_A_MINISTRY = [
    ("Cờ bộ: 3 năm, tổng kết", "CTDB", moved("collective", "ministry", "01/01/2022", "31/12/2024", "final", first=True), YES),
    ("Cờ bộ: thiếu một ngày", "CTDB", moved("collective", "ministry", "02/01/2022", "31/12/2024", "final", first=True), NO),
    ("Cờ bộ: sơ kết", "CTDB", moved("collective", "ministry", "01/01/2020", "31/12/2024", "interim", first=True), NO),
    ("Cờ bộ: do tỉnh phát động", "CTDB", moved("collective", "province", "01/01/2020", "31/12/2024", "final", first=True), NO),
    ("Cờ tỉnh: do bộ phát động", "CTDT", moved("collective", "ministry", "01/01/2020", "31/12/2024", "final", first=True), NO),
    ("BK bộ: bộ phát động", "BKB", moved("person", "ministry", "01/01/2024", "31/12/2024", "final", chosen=True), YES),
    ("BK bộ: tỉnh phát động", "BKB", moved("person", "province", "01/01/2024", "31/12/2024", "final", chosen=True), NO),
    ("BK tỉnh: bộ phát động", "BKT", moved("person", "ministry", "01/01/2024", "31/12/2024", "final", chosen=True), NO),
    ("BK tỉnh tập thể: phong trào nào cũng được", "BKT",
     moved("collective", "commune", "01/01/2024", "31/12/2024", "final", chosen=True), YES),
    ("HCLĐ Ba tập thể: bộ, 5 năm", "HCLD3",
     moved("collective", "ministry", "01/01/2020", "31/12/2024", "interim", chosen=True), YES),
    ("HCLĐ Ba cá nhân: Thủ tướng phát động không nêu", "HCLD3",
     moved("person", "premier", "01/01/2015", "31/12/2024", "final", chosen=True), NO),
    ("BK TTg tập thể: tỉnh, thiếu một ngày của 3 năm", "BKTTG",
     moved("collective", "province", "02/01/2022", "31/12/2024", "final", chosen=True), NO),
    ("BK TTg cá nhân: phong trào nào cũng được", "BKTTG",
     moved("person", "unit", "01/01/2024", "31/12/2024", "final", chosen=True), YES),
]  # fmt: skip


@table(*OF_A_MINISTRY)
def test_who_launched_the_movement(case):
    check(case[0], case[1], case[2], route="movement")


LEADS = [
    ("CTDT", "province", YES), ("CTDT", "ministry", NO), ("CTDB", "ministry", YES), ("CTDB", "province", NO), ("CTDT", "", NO),
]  # fmt: skip


@pytest.mark.parametrize(("award", "by", "met"), LEADS)
def test_whose_cluster_one_leads(award, by, met):
    check(award, body(led={2024: by}), met, route="merit")


@pytest.mark.parametrize("by", ["province", "ministry"])
def test_the_flag_of_the_government_is_for_leaders_of_clusters_of_provinces_and_ministries(by):
    check("CTDCP", body(led={2024: by}, attested={"tieu-bieu": True}), YES, route="merit")
