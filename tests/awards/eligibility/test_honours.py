"""Honours of the State, medals of volunteers and of foreigners, the highest orders: years, prerequisites, who alone."""

from datetime import date

import pytest

from awards.eligibility import rules
from awards.eligibility.facts import Held
from tests.awards.eligibility.cases import BOOKS, DAY, NO, UNKNOWN, YES, body, check, given, on, person, table

GOOD = {"tai-nang": True, "giai-thuong": True}


def of(group, more=(), held=(), **tenures):
    return person(held, groups={group, *more}, tenures=tenures, attested=GOOD)


NGUT, TTUT, NSUT, NNUT = (given(code, 2018) for code in ("NGUT", "TTUT", "NSUT", "NNUT"))
MANAGER = ("manager",)
PEOPLE = [
    ("Nhà giáo ưu tú: 14 năm giảng dạy", "NGUT", of("teacher", teaching=14), NO),
    ("Nhà giáo ưu tú: 15 năm giảng dạy", "NGUT", of("teacher", teaching=15), YES),
    ("Nhà giáo ưu tú: quản lý, 20 năm ngành, 10 năm dạy", "NGUT", of("teacher", MANAGER, teaching=10, education=20), YES),
    ("Nhà giáo ưu tú: quản lý, 19 năm ngành", "NGUT", of("teacher", MANAGER, teaching=10, education=19), NO),
    ("Nhà giáo ưu tú: quản lý, 9 năm dạy", "NGUT", of("teacher", MANAGER, teaching=9, education=20), NO),
    ("Nhà giáo ưu tú: 20 năm ngành, không là quản lý", "NGUT", of("teacher", teaching=10, education=20), NO),
    ("Nhà giáo ưu tú: không là nhà giáo", "NGUT", of("worker", teaching=15), NO),
    ("Nhà giáo nhân dân: 20 năm", "NGND", of("teacher", held=NGUT, teaching=20), YES),
    ("Nhà giáo nhân dân: 19 năm", "NGND", of("teacher", held=NGUT, teaching=19), NO),
    ("Nhà giáo nhân dân: chưa ưu tú", "NGND", of("teacher", teaching=25), NO),
    ("Nhà giáo nhân dân: ưu tú của ngành khác", "NGND", of("teacher", held=TTUT, teaching=25), NO),
    ("Nhà giáo nhân dân: quản lý, 25 năm ngành, 15 năm dạy", "NGND",
     of("teacher", MANAGER, NGUT, teaching=15, education=25), YES),
    ("Nhà giáo nhân dân: quản lý, 24 năm ngành", "NGND", of("teacher", MANAGER, NGUT, teaching=15, education=24), NO),
    ("Nhà giáo nhân dân: quản lý, 14 năm dạy", "NGND", of("teacher", MANAGER, NGUT, teaching=14, education=25), NO),
    ("Thầy thuốc ưu tú: 15 năm", "TTUT", of("medic", treating=15), YES),
    ("Thầy thuốc ưu tú: 14 năm", "TTUT", of("medic", treating=14), NO),
    ("Thầy thuốc ưu tú: quản lý, 20 và 10", "TTUT", of("medic", MANAGER, treating=10, health=20), YES),
    ("Thầy thuốc ưu tú: quản lý, 19 và 10", "TTUT", of("medic", MANAGER, treating=10, health=19), NO),
    ("Thầy thuốc ưu tú: quản lý, 20 và 9", "TTUT", of("medic", MANAGER, treating=9, health=20), NO),
    ("Thầy thuốc nhân dân: 20 năm", "TTND", of("medic", held=TTUT, treating=20), YES),
    ("Thầy thuốc nhân dân: 19 năm", "TTND", of("medic", held=TTUT, treating=19), NO),
    ("Thầy thuốc nhân dân: quản lý, 25 và 15", "TTND", of("medic", MANAGER, TTUT, treating=15, health=25), YES),
    ("Thầy thuốc nhân dân: quản lý, 24 và 15", "TTND", of("medic", MANAGER, TTUT, treating=15, health=24), NO),
    ("Thầy thuốc nhân dân: quản lý, 25 và 14", "TTND", of("medic", MANAGER, TTUT, treating=14, health=25), NO),
    ("Nghệ sĩ ưu tú: 15 năm", "NSUT", of("artist", art=15), YES),
    ("Nghệ sĩ ưu tú: 14 năm", "NSUT", of("artist", art=14), NO),
    ("Nghệ sĩ ưu tú: xiếc, 10 năm", "NSUT", of("artist", ("circus",), art=10), YES),
    ("Nghệ sĩ ưu tú: xiếc, 9 năm", "NSUT", of("artist", ("circus",), art=9), NO),
    ("Nghệ sĩ nhân dân: 20 năm", "NSND", of("artist", held=NSUT, art=20), YES),
    ("Nghệ sĩ nhân dân: 19 năm", "NSND", of("artist", held=NSUT, art=19), NO),
    ("Nghệ sĩ nhân dân: múa, 15 năm", "NSND", of("artist", ("circus",), NSUT, art=15), YES),
    ("Nghệ sĩ nhân dân: múa, 14 năm", "NSND", of("artist", ("circus",), NSUT, art=14), NO),
    ("Nghệ nhân ưu tú: 15 năm", "NNUT", of("artisan", heritage=15), YES),
    ("Nghệ nhân ưu tú: 14 năm", "NNUT", of("artisan", heritage=14), NO),
    ("Nghệ nhân nhân dân: 20 năm", "NNND", of("artisan", held=NNUT, heritage=20), YES),
    ("Nghệ nhân nhân dân: 19 năm", "NNND", of("artisan", held=NNUT, heritage=19), NO),
    ("Nghệ nhân nhân dân: chưa ưu tú", "NNND", of("artisan", heritage=30), NO),
]  # fmt: skip


@table(*PEOPLE)
def test_of_the_people_and_of_merit(case):
    check(*case, route="merit")


HARD = [
    ("Nhà giáo: 10 năm, 5 năm ở biên giới nhân hai", "NGUT", "teacher", "teaching", 10, 5, YES),
    ("Nhà giáo: 10 năm, 4 năm ở biên giới nhân hai", "NGUT", "teacher", "teaching", 10, 4, NO),
    ("Thầy thuốc: 8 năm, 7 năm ở biên giới nhân hai", "TTUT", "medic", "treating", 8, 7, YES),
    ("Thầy thuốc: 8 năm, 6 năm ở biên giới nhân hai", "TTUT", "medic", "treating", 8, 6, NO),
    ("Nghệ sĩ: luật không nhân", "NSUT", "artist", "art", 10, 10, NO),
    ("Nghệ nhân: luật không nhân", "NNUT", "artisan", "heritage", 10, 10, NO),
]


@table(*HARD)
def test_years_in_places_of_hardship_count_twice(case):
    award, group, service, years, hard, met = case
    facts = person(groups={group}, tenures={service: years}, hard_tenures={service: hard}, attested=GOOD)
    check(award, facts, met, route="merit")


def volunteer(years=None, **more):
    return person(groups={"volunteer"}, tenures={} if years is None else {"volunteer": years}, **more)


VOLUNTEERS = [
    ("dưới 2 năm", volunteer(1, attested={"liet-si": False}), NO),
    ("đúng 2 năm", volunteer(2), YES),
    ("3 năm", volunteer(3), YES),
    ("2 năm, truy tặng", volunteer(2, ended_on=date(2020, 1, 1)), YES),
    ("liệt sĩ không cần đủ 2 năm", volunteer(0, attested={"liet-si": True}, ended_on=date(1969, 1, 1)), YES),
    ("chưa rõ thời gian", volunteer(attested={"liet-si": False}), UNKNOWN),
    ("không trung thành", volunteer(3, attested={"hoan-thanh": False, "liet-si": False}), NO),
    ("không là thanh niên xung phong", person(tenures={"volunteer": 5}), NO),
]


@table(*VOLUNTEERS)
def test_glorious_volunteers(case):
    answer = check("HCTNXP", case[0], case[1], route="resistance")
    assert answer.met is not True or answer.best.citation.startswith("khoản 2 Điều 96 Luật")


def test_medal_of_volunteers_is_of_the_law_of_2022():
    check("HCTNXP", volunteer(2), NO, "31/12/2023", year=2023)
    check("HCTNXP", volunteer(2), YES, "01/01/2024", year=2023)


FRIENDS = [
    ("lãnh sự 2 năm", {"consul": 2, "contribution": 2}, NO),
    ("lãnh sự 3 năm", {"consul": 3}, YES),
    ("đóng góp 5 năm", {"contribution": 5, "consul": 0}, YES),
    ("đóng góp 4 năm", {"contribution": 4, "consul": 0}, NO),
]


@table(*FRIENDS)
def test_friendship_medal(case):
    tenures, met = case
    facts = person(groups={"foreign"}, tenures=tenures, attested={"huu-nghi": True, "co-quan-nuoc-ngoai": False})
    check("HCHUUNGHI", facts, met, route="foreign")


def high(award, day, group="province", **attested):
    given_on = on(day)
    return body(
        Held(award, given_on.year - 1, given_on), groups={group}, attested=attested or {"dac-biet-xuat-sac": True}
    )


HIGHEST = [
    ("HC Hồ Chí Minh của tỉnh, sau Quân công Nhất", "HCHCM", high("HCQC1", "10/03/2015"), YES),
    ("HC Hồ Chí Minh của tỉnh, sau Quân công Nhất, thiếu một ngày", "HCHCM", high("HCQC1", "11/03/2015"), NO),
    ("HC Hồ Chí Minh của quân khu", "HCHCM", high("HCDL1", "10/03/2015", "corps"), YES),
    ("HC Hồ Chí Minh của quân khu, thiếu một ngày", "HCHCM", high("HCQC1", "11/03/2015", "corps"), NO),
    ("HC Hồ Chí Minh của quân khu, sau Độc lập, thiếu một ngày", "HCHCM", high("HCDL1", "11/03/2015", "corps"), NO),
    ("HC Hồ Chí Minh của quân khu, sau Quân công", "HCHCM", high("HCQC1", "10/03/2015", "corps"), YES),
    ("HC Hồ Chí Minh lần nữa: 15 năm", "HCHCM", high("HCHCM", "10/03/2010", **{"nhieu-xuat-sac": True}), YES),
    ("HC Hồ Chí Minh lần nữa: thiếu một ngày", "HCHCM", high("HCHCM", "11/03/2010", **{"nhieu-xuat-sac": True}), NO),
    ("HC Sao vàng của quân khu: 25 năm", "HCSV", high("HCHCM", "10/03/2000", "corps"), YES),
    ("HC Sao vàng của quân khu: thiếu một ngày", "HCSV", high("HCHCM", "11/03/2000", "corps"), NO),
    ("HC Sao vàng: sở không được", "HCSV", high("HCHCM", "10/03/2000", "enterprise"), UNKNOWN),
]  # fmt: skip


@table(*HIGHEST)
def test_highest_orders(case):
    check(*case, route="merit")


@pytest.mark.parametrize(
    ("award", "kind", "attested", "met"),
    [
        ("AHLD", "person", {"anh-hung": True, "muoi-nam": True}, YES),
        ("AHLD", "person", {"anh-hung": True, "muoi-nam": False}, NO),
        ("AHLD", "person", {"anh-hung": True}, UNKNOWN),
        ("AHLLVT", "person", {"anh-hung": True, "gioi": True}, YES),
        ("AHLLVT", "person", {"anh-hung": True, "gioi": False}, NO),
        ("TINHAH", "person", {"toan-dien": True, "dong-luc": True}, NO),
    ],
)
def test_heroes(award, kind, attested, met):
    check(award, person(attested=attested), met, route="merit")


@pytest.mark.parametrize(("begun", "met"), [("10/03/2015", YES), ("11/03/2015", NO)])
def test_a_collective_hero_has_existed_for_ten_years(begun, met):
    facts = body(began_on=on(begun), attested={"anh-hung": True, "muoi-nam": True})
    check("AHLD", facts, met, route="merit")


def test_a_province_has_its_own_way_to_the_order_of_independence():
    ratings_and_flags = given("TTLDXS", *range(2015, 2025)), given("CTDCP", 2016, 2018), given("BKTTG", 2020)
    unit = body(given("HCLD1", 2014), *ratings_and_flags)
    check("HCDL3", unit, YES, route="merit")
    province = body(given("HCLD1", 2014), *ratings_and_flags, groups={"province"})
    answer = rules.judge(BOOKS.on(DAY), "HCDL3", province, year=2024, route="merit")
    assert {way.citation[:17]: way.met for way in answer.routes} == {
        "khoản 3 Điều 38 L": False,
        "khoản 2 Điều 38 L": None,
    }


@pytest.mark.parametrize(
    ("award", "may"),
    [("HCLD3", True), ("HCQKQT", True), ("BKTTG", True), ("BKT", True), ("GTHCM", True), ("AHLD", True), ("BMVNAH", True),
     ("NGND", False), ("KNC", False), ("GK", False), ("CSTDT", False)],
)  # fmt: skip
def test_what_is_given_after_death(award, may):
    facts = person(groups={"armed", "teacher"}, ended_on=date(2024, 5, 1))
    answer = rules.judge(BOOKS.on(DAY), award, facts, year=2024)
    assert [row.met for row in answer.general if row.words.startswith("Truy tặng")] == [may]
