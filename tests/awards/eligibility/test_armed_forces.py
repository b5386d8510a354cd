"""Forms of the armed forces (Luật 2022, Điều 39–41, 45–47, 55–57): on each bound, one below, one above."""

from datetime import date

import pytest

from awards.eligibility.facts import Rating, Team
from tests.awards.eligibility.cases import NO, UNKNOWN, YES, body, check, given, ladder, person, rated, span, table

ARMED = {"groups": {"armed"}}


def soldier(after, excellent, *more, **kw):
    return ladder(after, excellent, *more, **ARMED, **kw)


def troop(after, *more, since=2019, level="excellent", **kw):
    return body(given(after, since), rated(level, *span(since + 1, 2024)), *more, **ARMED | kw)


def flags(bo=0, cp=0, bkb=0, ttg=0, first=2020):
    counts = {"CTDB": bo, "CTDCP": cp, "BKB": bkb, "BKTTG": ttg}
    return tuple(row for award, number in counts.items() for row in given(award, *range(first, first + number)))


CS3 = given("CSTDCS", 2020, 2022, 2024)
PERSONS = [
    ("Ba: 5 năm tốt, 1 xuất sắc, 3 CSTĐCS", "HCBV3", soldier("BKTTG", [2024], CS3), YES),
    ("Ba: không năm xuất sắc", "HCBV3", soldier("BKTTG", [], CS3), NO),
    ("Ba: 2 CSTĐCS", "HCBV3", soldier("BKTTG", [2024], CS3[1:]), NO),
    ("Ba: chưa có BK TTg", "HCBV3", soldier("BKB", [2024], CS3), NO),
    ("Ba: không thuộc lực lượng vũ trang", "HCBV3", ladder("BKTTG", [2024], CS3), NO),
    ("Nhì: 2 xuất sắc, 1 CSTĐ bộ", "HCBV2", soldier("HCBV3", [2023, 2024], given("CSTDB", 2022)), YES),
    ("Nhì: 1 xuất sắc", "HCBV2", soldier("HCBV3", [2024], given("CSTDB", 2022)), NO),
    ("Nhì: CSTĐ của tỉnh không phải của Bộ", "HCBV2", soldier("HCBV3", [2023, 2024], given("CSTDT", 2022)), NO),
    ("Nhì: 4 năm", "HCBV2",
     person(given("HCBV3", 2020), rated("excellent", *span(2021, 2024)), given("CSTDB", 2022), **ARMED), NO),
    ("Nhất: 3 xuất sắc, 2 CSTĐ bộ", "HCBV1", soldier("HCBV2", [2020, 2022, 2024], given("CSTDB", 2021, 2024)), YES),
    ("Nhất: 2 xuất sắc", "HCBV1", soldier("HCBV2", [2022, 2024], given("CSTDB", 2021, 2024)), NO),
    ("Nhất: 1 CSTĐ bộ", "HCBV1", soldier("HCBV2", [2020, 2022, 2024], given("CSTDB", 2024)), NO),
    ("Nhất: 4 năm", "HCBV1",
     person(given("HCBV2", 2020), rated("excellent", *span(2021, 2024)), given("CSTDB", 2021, 2024), **ARMED), NO),
    ("Ba: 4 năm", "HCBV3",
     person(given("BKTTG", 2020), rated("excellent", *span(2021, 2024)), given("CSTDCS", 2021, 2022, 2024), **ARMED), NO),
]  # fmt: skip


@table(*PERSONS)
def test_protection_of_the_country_for_persons(case):
    check(*case, route="merit")


NO_FLAGS = {"may_receive_flags": False}
COLLECTIVES = [
    ("Ba: 1 Cờ CP", "HCBV3", troop("BKTTG", flags(cp=1)), YES),
    ("Ba: 2 cờ bộ", "HCBV3", troop("BKTTG", flags(bo=2)), YES),
    ("Ba: 1 cờ bộ", "HCBV3", troop("BKTTG", flags(bo=1)), NO),
    ("Ba: 1 cờ bộ, 1 BK bộ", "HCBV3", troop("BKTTG", flags(bo=1, bkb=1)), YES),
    ("Ba: 2 BK bộ, được tặng cờ", "HCBV3", troop("BKTTG", flags(bkb=2), may_receive_flags=True), NO),
    ("Ba: 2 BK bộ, không được tặng cờ", "HCBV3", troop("BKTTG", flags(bkb=2), **NO_FLAGS), YES),
    ("Ba: 1 BK bộ, không được tặng cờ", "HCBV3", troop("BKTTG", flags(bkb=1), **NO_FLAGS), NO),
    ("Ba: Cờ tỉnh không phải của Bộ", "HCBV3", troop("BKTTG", given("CTDT", 2021, 2022)), NO),
    ("Ba: mới 9 năm", "HCBV3", troop("BKTTG", flags(cp=1), began_on=date(2015, 3, 11)), NO),
    ("Ba: đúng 10 năm", "HCBV3", troop("BKTTG", flags(cp=1), began_on=date(2015, 3, 10)), YES),
    ("Ba: 5 năm Đơn vị quyết thắng", "HCBV3",
     body(given("BKTTG", 2019), given("DVQT", *span(2020, 2024)), flags(cp=1), **ARMED), YES),
    ("Ba: 4 năm", "HCBV3", troop("BKTTG", flags(cp=1, first=2021), since=2020), NO),
    ("Nhì: 1 Cờ CP, 1 cờ bộ", "HCBV2", troop("HCBV3", flags(cp=1, bo=1)), YES),
    ("Nhì: 1 Cờ CP", "HCBV2", troop("HCBV3", flags(cp=1)), NO),
    ("Nhì: 1 cờ bộ", "HCBV2", troop("HCBV3", flags(bo=1)), NO),
    ("Nhì: 3 cờ bộ", "HCBV2", troop("HCBV3", flags(bo=3)), YES),
    ("Nhì: 2 cờ bộ", "HCBV2", troop("HCBV3", flags(bo=2)), NO),
    ("Nhì: 3 BK bộ, không được tặng cờ", "HCBV2", troop("HCBV3", flags(bkb=3), **NO_FLAGS), YES),
    ("Nhì: 2 BK bộ, không được tặng cờ", "HCBV2", troop("HCBV3", flags(bkb=2), **NO_FLAGS), NO),
    ("Nhì: 4 năm", "HCBV2", troop("HCBV3", flags(bo=3, first=2021), since=2020), NO),
    ("Nhất: 2 Cờ CP", "HCBV1", troop("HCBV2", flags(cp=2)), YES),
    ("Nhất: 1 Cờ CP, 2 cờ bộ", "HCBV1", troop("HCBV2", flags(cp=1, bo=2)), YES),
    ("Nhất: 1 Cờ CP, 1 cờ bộ", "HCBV1", troop("HCBV2", flags(cp=1, bo=1)), NO),
    ("Nhất: 2 cờ bộ", "HCBV1", troop("HCBV2", flags(bo=2)), NO),
    ("Nhất: 4 cờ bộ", "HCBV1", troop("HCBV2", flags(bo=4)), YES),
    ("Nhất: 3 cờ bộ", "HCBV1", troop("HCBV2", flags(bo=3)), NO),
    ("Nhất: 4 BK bộ, không được tặng cờ", "HCBV1", troop("HCBV2", flags(bkb=4), **NO_FLAGS), YES),
    ("Nhất: 3 BK bộ, không được tặng cờ", "HCBV1", troop("HCBV2", flags(bkb=3), **NO_FLAGS), NO),
    ("Nhất: 4 năm", "HCBV1", troop("HCBV2", flags(cp=2, first=2021), since=2020), NO),
    ("Quân công Ba: 2 Cờ CP, 1 BK TTg", "HCQC3", troop("HCBV1", flags(cp=2, ttg=1), since=2014), YES),
    ("Quân công Ba: 2 Cờ CP, 2 cờ bộ", "HCQC3", troop("HCBV1", flags(cp=2, bo=2), since=2014), YES),
    ("Quân công Ba: 2 Cờ CP, 1 cờ bộ", "HCQC3", troop("HCBV1", flags(cp=2, bo=1), since=2014), NO),
    ("Quân công Ba: 1 Cờ CP", "HCQC3", troop("HCBV1", flags(cp=1, ttg=1), since=2014), NO),
    ("Quân công Ba: 9 năm", "HCQC3", troop("HCBV1", flags(cp=2, ttg=1), since=2015), NO),
    ("Quân công Ba: 29 năm xây dựng", "HCQC3",
     troop("HCBV1", flags(cp=2, ttg=1), since=2014, began_on=date(1995, 3, 11)), NO),
    ("Quân công Ba: 30 năm xây dựng", "HCQC3",
     troop("HCBV1", flags(cp=2, ttg=1), since=2014, began_on=date(1995, 3, 10)), YES),
    ("Quân công Nhì: thêm 1 BK bộ", "HCQC2", troop("HCQC3", flags(cp=2, ttg=1, bkb=1), since=2014), YES),
    ("Quân công Nhì: không BK bộ", "HCQC2", troop("HCQC3", flags(cp=2, ttg=1), since=2014), NO),
    ("Quân công Nhì: 1 Cờ CP", "HCQC2", troop("HCQC3", flags(cp=1, ttg=1, bkb=1), since=2014), NO),
    ("Quân công Nhì: 2 cờ bộ, 1 BK bộ", "HCQC2", troop("HCQC3", flags(cp=2, bo=2, bkb=1), since=2014), YES),
    ("Quân công Nhì: 1 cờ bộ, 1 BK bộ", "HCQC2", troop("HCQC3", flags(cp=2, bo=1, bkb=1), since=2014), NO),
    ("Quân công Nhì: 9 năm", "HCQC2", troop("HCQC3", flags(cp=2, ttg=1, bkb=1), since=2015), NO),
    ("Quân công Nhất: 3 Cờ CP, 1 BK TTg", "HCQC1", troop("HCQC2", flags(cp=3, ttg=1), since=2014), YES),
    ("Quân công Nhất: 2 Cờ CP, 1 BK TTg", "HCQC1", troop("HCQC2", flags(cp=2, ttg=1), since=2014), NO),
    ("Quân công Nhất: 3 Cờ CP, 2 cờ bộ", "HCQC1", troop("HCQC2", flags(cp=3, bo=2), since=2014), YES),
    ("Quân công Nhất: 3 Cờ CP, 1 cờ bộ", "HCQC1", troop("HCQC2", flags(cp=3, bo=1), since=2014), NO),
    ("Quân công Nhất: 9 năm", "HCQC1", troop("HCQC2", flags(cp=3, ttg=1), since=2015), NO),
]  # fmt: skip


@table(*COLLECTIVES)
def test_orders_for_collectives(case):
    check(*case, route="merit")


def served(years, hard=0, kind="armed", **kw):
    return person(tenures={kind: years}, hard_tenures={kind: hard}, **ARMED | kw)


MEDALS = [
    ("Quân kỳ quyết thắng: 24 năm", "HCQKQT", served(24), NO),
    ("Quân kỳ quyết thắng: 25 năm", "HCQKQT", served(25), YES),
    ("Quân kỳ quyết thắng: thời gian ở hải đảo không nhân", "HCQKQT", served(24, 10), NO),
    ("Vì an ninh Tổ quốc: 24 năm", "HCVANTQ", served(24), NO),
    ("Vì an ninh Tổ quốc: 26 năm", "HCVANTQ", served(26), YES),
    ("Vì an ninh Tổ quốc: 25 năm", "HCVANTQ", served(25), YES),
    ("Vì an ninh Tổ quốc: chưa rõ", "HCVANTQ", person(**ARMED), UNKNOWN),
    ("Chiến sĩ vẻ vang Nhất: 19 năm", "HCCSVV1", served(19), NO),
    ("Chiến sĩ vẻ vang Nhất: 20 năm", "HCCSVV1", served(20), YES),
    ("Chiến sĩ vẻ vang Nhất: 15 năm, 5 năm ở hải đảo nhân hai", "HCCSVV1", served(15, 5), YES),
    ("Chiến sĩ vẻ vang Nhất: 15 năm, 4 năm ở hải đảo nhân hai", "HCCSVV1", served(15, 4), NO),
    ("Chiến sĩ vẻ vang Nhì: 14 năm", "HCCSVV2", served(14), NO),
    ("Chiến sĩ vẻ vang Nhì: 15 năm", "HCCSVV2", served(15), YES),
    ("Chiến sĩ vẻ vang Nhì: 19 năm", "HCCSVV2", served(19), YES),
    ("Chiến sĩ vẻ vang Nhì: 20 năm thì hạng Nhất", "HCCSVV2", served(20), NO),
    ("Chiến sĩ vẻ vang Ba: 9 năm", "HCCSVV3", served(9), NO),
    ("Chiến sĩ vẻ vang Ba: 10 năm", "HCCSVV3", served(10), YES),
    ("Chiến sĩ vẻ vang Ba: 14 năm", "HCCSVV3", served(14), YES),
    ("Chiến sĩ vẻ vang Ba: 15 năm thì hạng Nhì", "HCCSVV3", served(15), NO),
    ("Chiến sĩ vẻ vang Ba: chiến sĩ ở hải đảo 1 năm", "HCCSVV3",
     served(1, kind="hardship", groups={"armed", "soldier"}), YES),
    ("Chiến sĩ vẻ vang Ba: chiến sĩ ở hải đảo chưa đủ 1 năm", "HCCSVV3",
     served(0, kind="hardship", groups={"armed", "soldier"}, attested={"liet-si": False}), NO),
    ("Chiến sĩ vẻ vang Nhất: liệt sĩ, 5 năm", "HCCSVV1", served(5, kind="hardship", attested={"liet-si": True}), YES),
    ("Chiến sĩ vẻ vang Nhất: liệt sĩ, 4 năm", "HCCSVV1", served(4, kind="hardship", attested={"liet-si": True}), NO),
    ("Chiến sĩ vẻ vang Nhì: liệt sĩ, 4 năm", "HCCSVV2", served(4, kind="hardship", attested={"liet-si": True}), YES),
    ("Chiến sĩ vẻ vang Nhì: liệt sĩ, 1 năm", "HCCSVV2", served(1, kind="hardship", attested={"liet-si": True}), YES),
    ("Chiến sĩ vẻ vang Nhì: liệt sĩ, chưa đủ 1 năm", "HCCSVV2",
     served(0, kind="hardship", attested={"liet-si": True}), NO),
    ("Chiến sĩ vẻ vang Nhì: liệt sĩ, 5 năm", "HCCSVV2", served(5, kind="hardship", attested={"liet-si": True}), NO),
    ("Chiến sĩ vẻ vang Ba: liệt sĩ, chưa đủ 1 năm", "HCCSVV3",
     served(0, kind="hardship", attested={"liet-si": True}), YES),
    ("Chiến sĩ vẻ vang Ba: liệt sĩ, 1 năm", "HCCSVV3", served(1, kind="hardship", attested={"liet-si": True}), NO),
    ("Quân kỳ quyết thắng: truy tặng", "HCQKQT", served(25, ended_on=date(2025, 1, 1)), YES),
]  # fmt: skip


@table(*MEDALS)
def test_medals(case):
    check(*case, route="tenure")


@pytest.mark.parametrize(("day", "met"), [("31/12/2023", UNKNOWN), ("01/01/2024", YES)])
def test_years_of_medals_stand_in_the_law_of_2022(day, met):
    check("HCQKQT", served(25), met, day, year=2023, route="tenure")


@pytest.mark.parametrize(("share", "warned", "met"), [(69, 0, NO), (70, 0, YES), (71, 0, YES), (70, 1, NO)])
def test_advanced_unit(share, warned, met):
    team = Team(2024, 100, 100, share, 1, warned)
    check("DVTT", body(rated("good", 2024), team, **ARMED), met, route="merit")


@pytest.mark.parametrize(
    ("done", "share", "first", "level", "met"),
    [(100, 70, 1, "excellent", YES), (99, 70, 1, "excellent", NO), (100, 69, 1, "excellent", NO),
     (100, 70, 0, "excellent", NO), (100, 70, 1, "good", NO)],
)  # fmt: skip
def test_unit_of_victory(done, share, first, level, met):
    check("DVQT", body(rated(level, 2024), Team(2024, 100, done, share, first, 1), **ARMED), met, route="merit")


@pytest.mark.parametrize(("level", "met"), [("done", NO), ("good", YES), ("excellent", YES)])
def test_advanced_soldier(level, met):
    check("CSTT", person(Rating(2024, level), **ARMED), met, route="merit")
    check("CSTT", person(Rating(2024, level)), NO, route="merit")
