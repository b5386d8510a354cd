"""Years, deeds and discipline in time: gaps, what begins or ends inside, what is told of what does not count."""

from dataclasses import replace

import pytest

from awards.catalogue.law import Catalogue
from awards.eligibility import rules
from awards.eligibility.facts import Held, Initiative, Pause
from tests.awards.eligibility.cases import (
    BOOKS,
    NO,
    UNKNOWN,
    YES,
    body,
    check,
    given,
    known,
    on,
    person,
    rated,
    span,
    table,
)

SK = known("province", 2024)


def years(*of, **more):
    return person(given("CSTDCS", *of), SK, **more)


RUNS = [
    ("đủ 3 năm đến năm xét", years(2022, 2023, 2024), YES),
    ("thiếu năm đầu", years(2023, 2024), NO),
    ("thiếu năm giữa", years(2021, 2022, 2024), NO),
    ("thiếu năm cuối", years(2021, 2022, 2023), NO),
    ("hai danh hiệu một năm vẫn là một năm", person(given("CSTDCS", 2023, 2024), Held("CSTDCS", 2024, route="merit"), SK), NO),
    ("10 năm", years(*span(2015, 2024)), YES),
    ("năm giữa của đơn vị cũ, chờ quyết định", person(given("CSTDCS", 2022, 2024), given("CSTDCS", 2023, counts=None), SK),
     UNKNOWN),
    ("năm giữa đã hủy", person(given("CSTDCS", 2022, 2024), given("CSTDCS", 2023, cancelled_on=on("01/02/2025")), SK), NO),
    ("năm giữa đột xuất", person(given("CSTDCS", 2022, 2024), given("CSTDCS", 2023, route="deed"), SK), NO),
    ("quyết định của năm cuối ký sau ngày xét", person(given("CSTDCS", 2022, 2023), Held("CSTDCS", 2024, on("11/03/2025")), SK),
     NO),
    ("quyết định của năm cuối ký đúng ngày xét", person(given("CSTDCS", 2022, 2023), Held("CSTDCS", 2024, on("10/03/2025")), SK),
     YES),
    ("chưa nhập đủ trước 2023", years(2023, 2024, known_from=2023), UNKNOWN),
    ("đã nhập đủ từ 2022", years(2023, 2024, known_from=2022), NO),
]  # fmt: skip


@table(*RUNS)
def test_years_without_a_gap(case):
    check("CSTDT", case[0], case[1], year=2024, route="merit")


def disciplined(since, until=None, kind="discipline"):
    return years(2022, 2023, 2024, pauses=(Pause(kind, on(since), until and on(until)),))


DISCIPLINE = [
    ("còn hiệu lực", disciplined("01/06/2024"), NO),
    ("hết đúng ngày xét", disciplined("01/06/2024", "10/03/2025"), NO),
    ("hết hôm trước, thành tích tính lại từ đó", disciplined("01/06/2024", "09/03/2025"), NO),
    ("bắt đầu ngày mai", disciplined("11/03/2025"), YES),
    ("bắt đầu đúng ngày xét", disciplined("10/03/2025"), NO),
    ("nằm trọn trong năm giữa", disciplined("01/02/2023", "01/11/2023"), NO),
    ("hết ngày cuối năm trước ba năm", disciplined("01/02/2021", "31/12/2021"), YES),
    ("hết ngày đầu của ba năm", disciplined("01/02/2021", "01/01/2022"), NO),
    ("sau năm xét, đã hết", disciplined("02/01/2025", "01/03/2025"), NO),
    ("đang xem xét kỷ luật", disciplined("01/03/2025", kind="hearing"), NO),
    ("thanh tra có dấu hiệu vi phạm", disciplined("01/03/2025", kind="inspection"), NO),
    ("thanh tra trong năm, đã kết luận không vi phạm", disciplined("01/03/2023", "01/06/2023", "inspection"), YES),
    ("tố cáo đã xác minh xong hôm trước", disciplined("01/01/2025", "09/03/2025", "complaint"), YES),
    ("tố cáo xong đúng ngày xét", disciplined("01/01/2025", "10/03/2025", "complaint"), NO),
]  # fmt: skip


@table(*DISCIPLINE)
def test_discipline_that_begins_or_ends_inside(case):
    check("CSTDT", case[0], case[1], year=2024, route="merit")


@pytest.mark.parametrize(("day", "met"), [("31/12/2023", YES), ("01/01/2024", NO)])
def test_counting_anew_after_discipline_is_of_the_decrees_since_2024(day, met):
    facts = person(
        rated("excellent", 2023), known("unit", 2023), Pause("discipline", on("01/02/2023"), on("01/06/2023"))
    )
    check("CSTDCS", facts, met, day, year=2023, route="merit")


def test_what_stops_awards_is_told_as_missing():
    answer = check("CSTDT", disciplined("01/06/2024"), NO, year=2024, route="merit")
    assert answer.missing.startswith("chờ hết thời gian tạm dừng")


# --- One thing once, another again


DEEDS = [
    ("cùng việc, cùng hình thức", "BKT", "cứu người", "cứu người", 2025, NO),
    ("cùng việc, hình thức khác", "BKTTG", "cứu người", "cứu người", 2025, NO),
    ("việc khác cùng năm, cùng hình thức", "BKT", "cứu người", "chữa cháy", 2025, YES),
    ("việc khác năm khác", "BKT", "cứu người", "chữa cháy", 2026, YES),
    ("cùng năm, không ghi việc", "BKT", "", "chữa cháy", 2025, UNKNOWN),
]


@table(*DEEDS)
def test_one_deed_once_and_one_form_again_for_another(case):
    award, before, now, year, met = case
    facts = person(Held("BKT", 2025, on("20/01/2025"), route="deed", deed=before), attested={"deed": True})
    check(award, facts, met, "10/03/2026", year=year, route="deed", deed=now)


def test_a_second_award_of_one_form_by_merit_of_later_years_is_not_barred():
    facts = person(given("BKT", 2022), given("CSTDCS", 2021, 2022, 2023, 2024))
    check("BKT", facts, YES, year=2024, route="merit")
    check("BKT", person(given("BKT", 2023), given("CSTDCS", 2022, 2023, 2024)), NO, year=2024, route="merit")


STATE = [
    ("huân chương quyết định cùng năm", "HCLD3", Held("HCDDK", 2024, on("05/01/2025")), NO),
    ("huân chương quyết định năm trước", "HCLD3", Held("HCDDK", 2024, on("31/12/2024")), YES),
    ("đã hủy", "HCLD3", Held("HCDDK", 2024, on("05/01/2025"), cancelled_on=on("01/02/2025")), YES),
    ("niên hạn cùng năm", "HCLD3", Held("HCQKQT", 2024, on("05/01/2025"), route="tenure"), YES),
    ("cống hiến cùng năm", "HCLD3", Held("HCDL3", 2024, on("05/01/2025"), route="service"), YES),
    ("bằng khen của tỉnh không phải cấp nhà nước", "HCLD3", Held("BKT", 2024, on("05/01/2025")), YES),
    ("danh hiệu không phải hình thức", "HCLD3", Held("CSTDTQ", 2024, on("05/01/2025")), YES),
]


@table(*STATE)
def test_one_state_form_a_year(case):
    award, other, met = case
    ratings = (*rated("good", *span(2020, 2023)), *rated("excellent", 2024))
    facts = person(given("BKTTG", 2019), ratings, given("CSTDCS", 2020, 2022, 2024), other)
    check(award, facts, met, year=2024, route="merit")


@pytest.mark.parametrize(("day", "met"), [("30/09/2017", YES), ("01/10/2017", NO)])
def test_the_day_from_which_one_state_form_a_year_is_asked(day, met):
    facts = person(given("BKTTG", 2010), Held("HCDDK", 2016, on("05/01/2017")), attested={"luat-2003": True})
    check("HCLD3", facts, met, day, year=2016, route="merit")


# --- Told


def test_what_is_missing_names_the_years_that_can_still_come():
    book = BOOKS.on(on("28/11/2026"))
    for year in (2025, 2026):
        answer = rules.judge(book, "CSTDT", person(given("CSTDCS", 2024, 2025)), year=year, route="merit")
        assert answer.missing == "thêm 1 năm CSTĐ cơ sở 2026 và 01 sáng kiến cấp tỉnh"
    late = rules.judge(book, "CSTDT", person(given("CSTDCS", 2023, 2024)), year=2025, route="merit")
    assert late.missing == "thêm 1 năm CSTĐ cơ sở 2025 và 01 sáng kiến cấp tỉnh"
    none = rules.judge(book, "CSTDT", person(given("CSTDCS", 2021)), year=2025, route="merit")
    assert none.missing == "thêm 3 năm CSTĐ cơ sở 2025–2027 và 01 sáng kiến cấp tỉnh"


MISSING = [
    ("BKTTG", "person", person(given("BKT", 2020), rated("good", *span(2020, 2024)), given("CSTDCS", 2023)),
     "thêm 02 lần CSTĐ cơ sở"),
    ("HCLD2", "collective", body(given("HCLD3", 2019), rated("excellent", *span(2020, 2024)), given("CTDT", 2021)),
     "thêm 01 lần Cờ thi đua của Chính phủ"),
    ("BKT", "collective", body(rated("good", 2023), rated("excellent", 2024)),
     "thêm 1 năm hoàn thành xuất sắc nhiệm vụ hoặc TTLĐ xuất sắc hoặc “Đơn vị quyết thắng” 2025"),
    ("CSTDTQ", "person", person(given("CSTDT", 2024), known("nation", 2023)), "thêm 01 lần liên tục CSTĐ tỉnh"),
]  # fmt: skip


@pytest.mark.parametrize(("award", "kind", "facts", "words"), MISSING)
def test_what_is_missing(award, kind, facts, words):
    assert check(award, facts, NO, year=2024, route="merit").missing == words


LEFT_OUT = [
    (Initiative("Số hóa", "unit", 2024), "mới cấp cơ sở"),
    (Initiative("Số hóa", "province", 2024, used_for=("CSTDCS", 2023)), "đã dùng để xét CSTĐ cơ sở năm 2023"),
    (Initiative("Số hóa", "province", 2024, recognised_on=on("11/03/2025")), "công nhận sau ngày xét"),
]


@pytest.mark.parametrize(("fact", "why"), LEFT_OUT)
def test_why_an_initiative_does_not_count(fact, why):
    answer = check("CSTDT", person(given("CSTDCS", 2022, 2023, 2024), fact), NO, year=2024, route="merit")
    [part] = [row for row in answer.best.findings if row.parts]
    [left] = part.parts[0].left_out
    assert (left.fact, left.why) == (fact, why)
    assert str(left) == f"Sáng kiến {fact.words}: {why}"


def test_each_fact_says_what_it_is_and_where_it_is_kept():
    facts = person(
        Held("CSTDCS", 2022, key=1), Held("CSTDCS", 2023, key=2), Held("CSTDCS", 2024, key=3),
        Initiative("Số hóa", "province", 2023, key=4), Held("CSTDCS", 2021, cancelled_on=on("01/01/2024"), key=5),
    )  # fmt: skip
    run, known_of = check("CSTDT", facts, YES, year=2024, route="merit").best.findings[:2]
    assert [(fact.record, fact.key) for fact in run.rests_on] == [("award", 3), ("award", 2), ("award", 1)]
    assert [(fact.record, fact.key) for fact in known_of.rests_on] == [("initiative", 4)]
    assert run.citation.startswith("khoản 1 Điều 22 Luật")
    told = dict(rules.standing(BOOKS.on(on("10/03/2025")), facts))
    assert {fact.key: why for fact, why in told.items() if why} == {5: "đã hủy từ 01/01/2024"}


# --- Received under one law, decided under another


TRANSITIONS = [
    ("nhận và quyết định trước", "30/09/2026", "30/09/2026", "30/09/2026"),
    ("nhận trước, quyết định đúng ngày", "30/09/2026", "01/10/2026", "30/09/2026"),
    ("nhận đúng ngày", "01/10/2026", "01/10/2026", "01/10/2026"),
    ("nhận trước 2024: không có quy định chuyển tiếp", "31/12/2023", "01/01/2024", "01/01/2024"),
    ("qua 01/7/2025: không có quy định chuyển tiếp", "30/06/2025", "01/07/2025", "01/07/2025"),
]


@table(*TRANSITIONS)
def test_files_received_before_a_change_of_law(case):
    received, decided, by = case
    facts = person(given("CSTDCS", *span(2020, 2025)), known("province", 2023))
    year = on(decided).year - 1
    answer = rules.judge_in_transition(BOOKS, "CSTDT", facts, on(received), on(decided), year=year)
    assert answer.day == on(by)


def test_a_rule_of_transition_that_the_office_adds_is_kept():
    """For 2024 none was read; a row of the office's own is enough."""
    rule = BOOKS.on(on("01/10/2026")).principle("transition")
    own = replace(rule, since=on("01/01/2024"), until=on("30/09/2026"))
    books = Catalogue([*BOOKS.rows, own], BOOKS.texts, BOOKS.criteria)
    facts = person(given("CSTDCS", 2021, 2022, 2023))  # no initiative: enough by the law of 2003 alone
    kept = rules.judge_in_transition(books, "CSTDT", facts, on("31/12/2023"), on("01/01/2024"), year=2023)
    assert (kept.day, kept.met) == (on("31/12/2023"), True)
    better = person(rated("excellent", 2023))  # CSTĐCS without an initiative: by the new law alone
    new = rules.judge_in_transition(books, "CSTDCS", better, on("31/12/2023"), on("01/01/2024"), year=2023)
    assert (new.day, new.met) == (on("01/01/2024"), True)
