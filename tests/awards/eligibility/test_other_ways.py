"""Ways to an award that are judged, not counted: each needs its own word, by its own article, for its own people."""

import pytest

from awards.eligibility import rules
from awards.eligibility.facts import Facts, Pause
from tests.awards.eligibility.cases import BOOKS, DAY, NO, UNKNOWN, YES, check, on, person

BEGAN = on("01/01/1985")
# (award, kind, route, group, what is attested, where that stands)
WAYS = [
    ("LDTT", "person", "merit", "farmer", "lao-dong-hieu-qua", "24.3"),
    ("LDTT", "person", "merit", "freelance", "lao-dong-hieu-qua", "24.3"),
    ("BKT", "person", "merit", "worker", "anh-huong-xa", "74.1.đ"),
    ("BKT", "person", "merit", "labourer", "anh-huong-xa", "74.1.đ"),
    ("BKT", "person", "merit", "scholar", "dong-gop-dia-phuong", "74.2"),
    ("BKT", "person", "deed", "", "deed", "74.1.b"),
    ("BKT", "person", "contribution", "", "dong-gop", "74.1.c"),
    ("BKT", "collective", "deed", "", "deed", "74.3.b"),
    ("BKT", "collective", "contribution", "", "dong-gop", "74.3.c"),
    ("BKT", "collective", "merit", "enterprise", "dong-gop-dia-phuong", "74.4"),
    ("BKT", "household", "contribution", "", "dong-gop", "74.5"),
    ("BKB", "person", "deed", "", "deed", "74.1.b"),
    ("BKTTG", "person", "deed", "", "deed", "73.1.c"),
    ("BKTTG", "person", "contribution", "", "dong-gop", "73.1.d"),
    ("BKTTG", "person", "merit", "worker", "sang-kien-huyen", "73.2.c"),
    ("BKTTG", "person", "merit", "scholar", "dong-gop-dat-nuoc", "73.3"),
    ("BKTTG", "collective", "contribution", "", "dong-gop", "73.4.b"),
    ("BKTTG", "collective", "merit", "", "binh-xet-cum-trung-uong", "73.4.c"),
    ("BKTTG", "collective", "deed", "", "nhiem-vu-chinh-tri", "73.4.đ"),
    ("BKTTG", "collective", "merit", "enterprise", "dong-gop-dat-nuoc", "73.5"),
    ("BKTTG", "household", "contribution", "", "dong-gop", "73.6"),
    ("BKTTG", "collective", "foreign", "overseas", "doi-ngoai", "73.7"),
    ("HCLD1", "person", "deed", "", "giai-thuong", "42.1.b"),
    ("HCLD1", "person", "deed", "", "phat-minh", "42.1.c"),
    ("HCLD1", "person", "contribution", "", "dong-gop", "42.1.d"),
    ("HCLD1", "person", "service", "", "cong-hien", "42.1.e"),
    ("HCLD1", "collective", "deed", "", "deed", "42.4.a"),
    ("HCLD1", "collective", "contribution", "", "dong-gop", "42.4.b"),
    ("HCLD1", "person", "foreign", "foreign", "doi-ngoai", "42.6"),
    ("HCLD2", "person", "deed", "", "deed", "43.1.a"),
    ("HCLD2", "person", "deed", "", "giai-thuong", "43.1.b"),
    ("HCLD2", "person", "deed", "", "phat-minh", "43.1.c"),
    ("HCLD2", "person", "service", "", "cong-hien", "43.1.e"),
    ("HCLD2", "collective", "deed", "", "deed", "43.4.a"),
    ("HCLD2", "collective", "foreign", "overseas", "doi-ngoai", "43.6"),
    ("HCLD3", "person", "deed", "", "deed", "44.1.d"),
    ("HCLD3", "person", "deed", "", "giai-thuong", "44.1.đ"),
    ("HCLD3", "person", "deed", "", "phat-minh", "44.1.b"),
    ("HCLD3", "person", "contribution", "", "dong-gop", "44.1.c"),
    ("HCLD3", "person", "service", "", "cong-hien", "44.1.g"),
    ("HCLD3", "collective", "deed", "", "nhiem-vu-chinh-tri", "44.4.d"),
    ("HCLD3", "collective", "foreign", "foreign", "doi-ngoai", "44.6"),
    ("HCDL1", "person", "merit", "", "neu-guong-toan-quoc", "36.1.b"),
    ("HCDL2", "person", "service", "", "cong-hien", "37.1.a"),
    ("HCDL3", "collective", "foreign", "foreign", "doi-ngoai", "38.4"),
    ("HCSV", "person", "merit", "", "cach-mang", "34.2.a"),
    ("HCSV", "person", "foreign", "head-of-state", "doi-ngoai", "34.6"),
    ("HCHCM", "person", "merit", "", "linh-vuc", "35.1.b"),
    ("HCHCM", "person", "foreign", "foreign", "doi-ngoai", "35.5"),
    ("HCBV3", "person", "deed", "armed", "phat-minh", "47.1.b"),
    ("HCCC3", "person", "deed", "", "chien-cong", "50.1.a"),
    ("HCCC2", "collective", "deed", "", "an-ninh", "49.2.b"),
    ("HCDDK", "person", "merit", "", "dai-doan-ket", "51.1"),
    ("HCDC", "person", "deed", "", "dung-cam", "52"),
    ("HCHN", "collective", "foreign", "foreign", "huu-nghi", "53.1"),
    ("BMVNAH", "person", "resistance", "", "ba-me", "61"),
    ("AHLD", "collective", "deed", "", "deed", "63.3"),
    ("GTHCM", "person", "merit", "", "tac-pham", "69.1"),
    ("GTNN", "person", "merit", "", "tac-pham", "70.1"),
    ("KNC", "person", "merit", "", "tieu-chuan-hdnd", "71.2"),
    ("GK", "household", "", "", "tieu-chuan-tinh", "75.2"),
    ("XPTB", "collective", "merit", "commune", "tieu-chuan-tinh", "29"),
    ("TDPVH", "collective", "merit", "village", "tieu-chuan-tinh", "30"),
    ("GDVH", "household", "merit", "", "tieu-chuan-tinh", "31"),
]  # fmt: skip


def known(kind, group, **attested):
    return Facts(kind, began_on=BEGAN, groups=frozenset({group} - {""}), attested=attested, led={2024: "district"})


def way_of(answer, place):
    article = place.split(".")
    return next(
        way for way in answer.routes if way.citation.split(" Luật")[0].endswith(f"Điều {article[0]}")
        and [word for word in way.citation.split(" Luật")[0].split() if word in article[1:]] == article[:0:-1]
    )  # fmt: skip


@pytest.mark.parametrize(("award", "kind", "route", "group", "slug", "place"), WAYS)
def test_a_way_that_is_judged(award, kind, route, group, slug, place):
    """Confirmed it is open, denied it is not, unknown a person decides; the article is its own."""
    for said, met in ((True, YES), (False, NO), (None, UNKNOWN)):
        facts = known(kind, group, **({} if said is None else {slug: said}))
        answer = rules.judge(BOOKS.on(DAY), award, facts, year=2024, route=route)
        assert way_of(answer, place).met is met, rules.explain(answer)


@pytest.mark.parametrize(
    ("award", "kind", "route", "group", "slug", "place"), [case for case in WAYS if case[3] and case[0] != "TDPVH"]
)
def test_a_way_of_a_group_is_for_no_other(award, kind, route, group, slug, place):
    facts = known(kind, "", **{slug: True})
    answer = rules.judge(BOOKS.on(DAY), award, facts, year=2024, route=route)
    assert not any(way.met for way in answer.routes)


def test_what_the_unit_confirms_stands_in_the_way_when_it_says_no():
    facts = person(attested={"dong-gop": True, "tu-luc": False})
    check("BKT", facts, YES, route="contribution")
    denied = known("household", "", **{"dong-gop": True, "guong-mau": False})
    check("BKT", denied, NO, route="contribution")


ROUTES = [
    ("BKT", "household", "merit", NO), ("BKT", "household", "deed", None), ("HCLD3", "collective", "service", NO),
    ("HCLD3", "collective", "tenure", NO), ("BKT", "household", "movement", None), ("BKT", "household", "foreign", NO),
]  # fmt: skip


@pytest.mark.parametrize(("award", "kind", "route", "met"), ROUTES)
def test_who_is_commended_in_which_way(award, kind, route, met):
    """Luật 2022, Điều 8: công trạng for persons and collectives, cống hiến and niên hạn for persons."""
    answer = check(award, known(kind, ""), met, route=route)
    row = next(row for row in answer.general if "dành cho" in row.words and row.words.startswith("Khen"))
    assert row.met is (met is not NO)
    assert "Điều 8 Luật" in row.citation


def test_long_service_of_one_who_was_disciplined_waits_for_the_dates_of_offices():
    facts = person(Pause("discipline", on("01/01/2010"), on("01/01/2011")), attested={"cong-hien": True})
    check("HCLD3", facts, UNKNOWN, "01/07/2025", year=2024, route="service")
    check("HCLD3", facts, YES, "30/06/2025", year=2024, route="service")
    check("HCLD3", person(attested={"cong-hien": True}), YES, "01/07/2025", year=2024, route="service")
