"""The rows held against the articles a second time: what is spent, who has a bound of their own, what the telephone is told."""

import dataclasses
from datetime import date

import pytest

from awards.eligibility import money
from awards.eligibility.answers import Asked, answers
from awards.eligibility.facts import Facts, Held, Pause
from tests.awards.eligibility.cases import (
    BOOKS,
    NO,
    TQ,
    UNKNOWN,
    YES,
    body,
    check,
    given,
    on,
    person,
    rated,
    span,
    table,
)

PROVINCE, ALL = {"groups": {"province"}}, {"dac-biet-xuat-sac": True, "nhieu-xuat-sac": True}


def honoured(*held, **more):
    return body(*held, attested=ALL, **PROVINCE, **more)


SPENT = [
    ("CSTĐTQ lần nữa: một lần CSTĐ tỉnh đã tính", "CSTDTQ",
     person(given("CSTDTQ", 2021), given("CSTDT", 2018, 2021, 2024), TQ), NO),
    ("CSTĐTQ lần nữa: hai lần mới", "CSTDTQ",
     person(given("CSTDTQ", 2018), given("CSTDT", 2015, 2018, 2021, 2024), TQ), YES),
    ("CSTĐTQ: lần trước kỷ luật không tính", "CSTDTQ",
     person(given("CSTDT", 2021, 2024), Pause("discipline", on("01/06/2022"), on("01/12/2022")), TQ), NO),
    ("CSTĐTQ: kỷ luật trước cả hai lần", "CSTDTQ",
     person(given("CSTDT", 2021, 2024), Pause("discipline", on("01/06/2019"), on("01/12/2020")), TQ), YES),
    ("HC Hồ Chí Minh lần nữa: Độc lập Nhất đã tính", "HCHCM", honoured(given("HCDL1", 2000), given("HCHCM", 2012)), NO),
    ("HC Hồ Chí Minh lần nữa: Độc lập Nhất mới, 10 năm", "HCHCM",
     honoured(given("HCDL1", 2000, 2014), given("HCHCM", 2005)), YES),
    ("HC Hồ Chí Minh lần nữa: Độc lập Nhất mới, chưa đủ 10 năm", "HCHCM",
     honoured(given("HCDL1", 2000, 2015), given("HCHCM", 2012)), NO),
    ("HC Hồ Chí Minh lần nữa: 15 năm, không cần Độc lập Nhất", "HCHCM",
     honoured(given("HCDL1", 1990), given("HCHCM", 2009)), YES),
]  # fmt: skip


@table(*SPENT)
def test_what_is_spent_counts_no_more(case):
    """Luật 2022, Điều 5 khoản 2 điểm c; Điều 35 khoản 2, khoản 4."""
    check(*case, route="merit")


def test_it_is_told_what_the_earlier_order_was_counted_for():
    answer = check("HCHCM", honoured(given("HCDL1", 2000), given("HCHCM", 2012)), NO, route="merit")
    words = [row.words for way in answer.routes for row in way.findings]
    assert "Đã qua 10 năm từ khi được tặng – đã tính khi tặng “Huân chương Hồ Chí Minh” năm 2012" in words


def leader(award, **tenures):
    held = {"NGND": "NGUT", "TTND": "TTUT"}.get(award)
    group = "teacher" if award.startswith("NG") else "medic"
    return person(
        given(held, 2015) if held else (), groups={group, "manager"}, tenures=tenures, attested={"tai-nang": True}
    )


MANAGERS = [
    ("NGND", {"teaching": 20, "education": 24}, NO), ("NGND", {"teaching": 20, "education": 25}, YES),
    ("NGUT", {"teaching": 15, "education": 19}, NO), ("NGUT", {"teaching": 15, "education": 20}, YES),
    ("TTND", {"treating": 20, "health": 24}, NO), ("TTND", {"treating": 20, "health": 25}, YES),
    ("TTUT", {"treating": 15, "health": 19}, NO), ("TTUT", {"treating": 15, "health": 20}, YES),
]  # fmt: skip


@pytest.mark.parametrize(("award", "tenures", "met"), MANAGERS)
def test_a_manager_is_measured_by_the_bound_for_managers_alone(award, tenures, met):
    """Luật 2022, Điều 64, 65: «đối với cán bộ quản lý … thì phải có …»."""
    check(award, leader(award, **tenures), met, route="merit")


def fallen(years, *held, group="martyr"):
    return person(*held, groups={"armed", group}, tenures={"armed": years}, attested={"liet-si-nhiem-vu": True})


MARTYRS = [
    ("Nhì: đủ điều kiện hạng Ba", "HCCSVV2", fallen(10), YES),
    ("Nhì: chưa đủ điều kiện hạng Ba", "HCCSVV2", fallen(9), NO),
    ("Nhì: đã có hạng Ba", "HCCSVV2", fallen(14, given("HCCSVV3", 2020)), YES),
    ("Nhất: đủ điều kiện hạng Nhì", "HCCSVV1", fallen(15), YES),
    ("Nhất: chưa đủ điều kiện hạng Nhì", "HCCSVV1", fallen(14), NO),
    ("Nhất: đã có hạng Nhì", "HCCSVV1", fallen(19, given("HCCSVV2", 2020)), YES),
    ("Nhất: không phải liệt sĩ", "HCCSVV1", fallen(15, group="soldier"), NO),
]


@table(*MARTYRS)
def test_medal_of_one_who_fell_on_duty_is_raised_by_a_rank(case):
    """Luật 2022, Điều 57 khoản 3 điểm b."""
    check(*case, route="tenure")


LETTERS = [
    ("person", "deed", "deed"), ("person", "movement", "phong-trao"), ("collective", "deed", "deed"),
    ("collective", "movement", "phong-trao"), ("household", "deed", "deed"),
    ("household", "contribution", "tieu-chuan-tinh"), ("person", "merit", "tieu-chuan-tinh"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "route", "slug"), LETTERS)
def test_a_letter_may_be_given_in_every_way_of_its_kind(kind, route, slug):
    """Luật 2022, Điều 8, Điều 75 khoản 2."""
    for said, met in (({slug: True}, YES), ({slug: False}, NO), ({}, UNKNOWN)):
        check("GK", Facts(kind, began_on=date(1985, 1, 1), attested=said), met, route=route)


@pytest.mark.parametrize(
    ("award", "kind", "slug", "group"),
    [("KNCB", "person", "tieu-chuan-bo", ""), ("KNCQH", "person", "tieu-chuan-quoc-hoi", ""),
     ("BKDT", "collective", "tieu-chuan-to-chuc", ""), ("BKQK", "person", "tieu-chuan-quoc-phong", ""),
     ("BKDH", "collective", "tieu-chuan-giao-duc", ""), ("CTDDH", "collective", "tieu-chuan-giao-duc", ""),
     ("CTDQK", "collective", "tieu-chuan-quoc-phong", "armed")],
)  # fmt: skip
def test_what_others_lay_down_waits_for_their_word(award, kind, slug, group):
    for said, met in (({slug: True}, YES), ({slug: False}, NO), ({}, UNKNOWN)):
        facts = Facts(kind, began_on=date(1985, 1, 1), attested=said, groups=frozenset({group} - {""}))
        assert check(award, facts, met, route="merit").routes


@pytest.mark.parametrize(("day", "met"), [("30/09/2026", YES), ("01/10/2026", NO)])
def test_an_award_on_a_theme_is_no_basis_of_merit(day, met):
    """The amendment of 2026 parts it from movements; neither counts (NĐ 152/2025, Điều 4 khoản 3)."""
    held = Held("BKT", 2024, date(2024, 12, 20), route="theme")
    facts = person(held, rated("good", *span(2021, 2025)), given("CSTDCS", 2021, 2023, 2025))
    check("BKTTG", facts, met, day, year=2025, route="merit")


def said(day, award, question, whom=""):
    found = {row.code: row for row in answers(Asked(BOOKS.on(on(day)), award, whom))}[question].said
    return [words for row in found for words in (row.words, *(point.words for point in row.points)) if words]


BALLOT = "Kết quả bỏ phiếu của Hội đồng"


@pytest.mark.parametrize("day", ["01/01/2024", "30/06/2025", "01/07/2025", "28/11/2026"])
@pytest.mark.parametrize("award", ["CSTDTQ", "CSTDT", "CSTDB", "CTDT", "CTDB", "CTDCP", "AHLD", "AHLLVT"])
def test_where_a_council_votes_by_a_share_the_result_is_in_the_dossier(award, day):
    assert BOOKS.on(on(day)).the("votes", award)
    assert BALLOT in said(day, award, "dossier")


@pytest.mark.parametrize("award", ["TTLDXS", "BKT", "HCLD3", "LDTT"])
def test_where_no_share_is_laid_down_it_is_not(award):
    assert BALLOT not in said("01/01/2024", award, "dossier")


def test_badges_of_ministries_have_money_and_items():
    """Nghị định 98/2023, Điều 58: kỷ niệm chương của bộ, ban, ngành, tỉnh."""
    for award in ("KNC", "KNCB"):
        prize = money.prize(BOOKS.on(on("28/11/2026")), award, "person")
        assert (prize.amount, prize.is_most) == (1_520_000, True)
        assert said("28/11/2026", award, "items") == ["Bằng, khung, kỷ niệm chương, hộp."]


@pytest.mark.parametrize("day", ["01/10/2017", "31/12/2023", "01/01/2024", "28/11/2026"])
def test_who_proposes_is_laid_down_for_every_award(day):
    """Luật 2022, Điều 83. A title of the province alone waits for the province's own resolution."""
    book = BOOKS.on(on(day))
    assert {award for award in book.awards if not book.all("proposes", award)} <= {"CDLSUT"}


@pytest.mark.parametrize(
    ("award", "whom", "words"),
    [("HCLD3", "", "Cá nhân, tập thể; truy tặng được cho cá nhân đã mất."), ("HCLD3", "collective", "Cá nhân, tập thể."),
     ("CSTDCS", "", "Cá nhân."), ("NGND", "person", None),
     ("BKT", "", "Cá nhân, tập thể, hộ gia đình; truy tặng được cho cá nhân đã mất.")],
)  # fmt: skip
def test_it_is_told_what_is_given_after_death(award, whom, words):
    found = said("28/11/2026", award, "receives", whom)[0]
    assert found == words if words else "truy tặng" not in found


def test_what_is_typed_rests_on_no_date_of_its_own():
    """A year without a decision's day is as good as one with it, for what counts years."""
    facts = person(given("CSTDT", 2021, 2024), TQ)
    bare = dataclasses.replace(facts, held=tuple(dataclasses.replace(row, decided_on=None) for row in facts.held))
    check("CSTDTQ", bare, YES, route="merit")


@pytest.mark.parametrize(
    ("award", "whom", "heads"),
    [("CTDT", "collective", {"Thi đua thường xuyên", "Thi đua theo chuyên đề"}),
     ("CSTDCS", "person", {"Thi đua thường xuyên"}),
     ("BKT", "household", {"Khen thưởng do đóng góp công sức, tài sản"}),
     ("AHLD", "person", {"Khen thưởng công trạng", "Khen thưởng đột xuất"})],
)  # fmt: skip
def test_a_title_is_won_in_emulation_and_has_no_kind_of_award(award, whom, heads):
    """Luật 2022, Điều 8 and Điều 16: offices confuse danh hiệu and hình thức."""
    found = {row.code: row for row in answers(Asked(BOOKS.on(on("28/11/2026")), award, whom))}["criteria"].said
    assert {row.words for row in found} == heads


EVEN = "Kết quả bằng nhau: ưu tiên cá nhân nữ, tập thể có từ 70 % nữ trở lên."
SPARED = (
    "Nữ giữ chức vụ lãnh đạo, quản lý được giảm 1/3 thời gian giữ chức vụ, trừ trường hợp tuổi nghỉ hưu của nữ cao hơn."
)
HARD = "Thời gian ở biên giới, trên biển, hải đảo, vùng đặc biệt khó khăn được nhân hệ số 2."


@pytest.mark.parametrize(
    ("day", "award", "question", "words", "is_told"),
    [("28/11/2026", "CSTDT", "principles", EVEN, True), ("31/12/2023", "CSTDT", "principles", EVEN, False),
     ("28/11/2026", "GDVH", "principles", EVEN, False), ("28/11/2026", "HCLD2", "service", SPARED, True),
     ("28/11/2026", "HCDC", "service", SPARED, False), ("31/12/2023", "HCLD2", "service", SPARED, False),
     ("28/11/2026", "CSTDT", "service", SPARED, False), ("28/11/2026", "NGUT", "factor", HARD, True),
     ("28/11/2026", "HCCSVV2", "factor", HARD, True), ("28/11/2026", "NSUT", "factor", HARD, False)],
)  # fmt: skip
def test_what_women_and_places_of_hardship_are_given_is_told(day, award, question, words, is_told):
    """Nghị định 152/2025, Điều 4 khoản 6, 7; Luật 2022, Điều 57 khoản 3, Điều 64, 65 khoản 4."""
    assert (words in said(day, award, question)) is is_told
