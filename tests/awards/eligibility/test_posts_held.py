"""Years in office and in a service, from posts with their days; discipline in an office."""

from datetime import date

import pytest

from awards.eligibility import conditions
from awards.eligibility.case import Case
from awards.eligibility.facts import Facts, Pause, Term
from awards.eligibility.terms import months_of

DAY = date(2026, 3, 1)


def term(since, until=None, position_class="department", **more):
    days = (date.fromisoformat(day) if day else None for day in (since, until))
    return Term("Giám đốc", *days, position_class=position_class, **more)


@pytest.mark.parametrize(
    ("terms", "months"),
    [
        ([], 0),
        ([term("2020-03-01", "2026-02-28")], 72),
        ([term("2020-03-01")], 72),
        ([term("2020-03-02")], 72),
        ([term("2020-03-03")], 71),
        ([term("2026-03-02")], 0),
        ([term(None, "2020-01-01")], 0),
        # One that begins the day after another goes on from it; what both cover counts once; a gap does not count.
        ([term("2020-01-01", "2020-06-15"), term("2020-06-16", "2020-12-31")], 12),
        ([term("2020-01-01", "2020-12-31"), term("2020-07-01", "2021-06-30")], 18),
        ([term("2020-01-01", "2022-12-31"), term("2020-07-01", "2021-06-30")], 36),
        ([term("2020-01-01", "2020-06-15"), term("2020-06-17", "2020-12-31")], 11),
    ],
)
def test_months(terms, months):
    assert months_of(terms, DAY) == months


def case(catalogue, terms=(), **facts):
    return Case(catalogue.on(DAY), Facts("person", terms=tuple(terms), **facts), "HCLD3", 2025, "service")


TEN = {"of": "department", "least": 10}


@pytest.mark.parametrize(
    ("terms", "facts", "met", "words"),
    [
        ([], {}, None, "chưa rõ thời gian"),
        ([term("2016-03-01", "2026-02-28")], {}, True, "đã giữ 10 năm"),
        ([term("2016-04-01", "2026-02-28")], {}, False, "thêm 01 tháng"),
        ([term("2016-03-01", position_class="other")], {}, None, ""),
        # Time in a higher office is added to a lower one.
        ([term("2016-03-01", "2020-02-29", "province"), term("2020-03-01")], {}, True, ""),
        # A woman is asked for a third less: 6 years and 8 months.
        ([term("2019-07-01", "2026-02-28")], {"is_woman": True}, True, "nữ: từ 06 năm 08 tháng"),
        ([term("2019-08-01", "2026-02-28")], {"is_woman": True}, False, "thêm 01 tháng"),
        ([term("2019-07-01", "2026-02-28")], {"is_woman": False}, False, "thêm 03 năm 04 tháng"),
        ([], {"tenures": {"department": 10}}, True, ""),
        ([], {"tenures": {"department": 9}}, False, "thêm 01 năm"),
    ],
)
def test_years_in_office(plain_catalogue, terms, facts, met, words):
    found = conditions.in_office(case(plain_catalogue, terms, **facts), TEN)
    assert found.met is met
    assert words in f"{found.words} {found.missing}"
    assert set(found.rests_on) <= set(terms)


@pytest.mark.parametrize(
    ("terms", "typed", "met"),
    [
        ([term("2001-03-01", service="teaching")], {}, True),
        ([term("2001-04-01", service="teaching")], {}, False),
        ([term("2001-03-01", service="health")], {}, None),
        ([term("2001-03-01", service="health")], {"teaching": 25}, True),
        ([term("2001-03-01", service="teaching")], {"teaching": 3}, False),
        # Ten years of hardship count twice where the day's rule says so.
        (
            [
                term("2011-03-01", "2021-02-28", service="teaching", is_hard=True),
                term("2021-03-01", service="teaching"),
            ],
            {},
            True,
        ),
    ],
)
def test_years_in_a_service(plain_catalogue, terms, typed, met):
    one = Case(plain_catalogue.on(DAY), Facts("person", terms=tuple(terms), tenures=typed), "NGUT", 2025)
    assert conditions.tenure(one, {"of": "teaching", "least": 25}).met is met


@pytest.mark.parametrize(
    ("terms", "since", "until", "met"),
    [
        ([], "2020-01-01", "2020-12-31", None),
        ([term("2019-01-01", "2020-01-01")], "2020-01-01", "2020-12-31", False),
        ([term("2019-01-01", "2019-12-31")], "2020-01-01", "2020-12-31", True),
        ([term("2021-01-01")], "2020-01-01", "2020-12-31", True),
        ([term("2020-12-31")], "2020-01-01", "2020-12-31", False),
        ([term("2021-01-01")], "2020-01-01", None, False),
        ([term(None, "2020-01-01")], "2020-01-01", "2020-12-31", False),
        ([term("2019-01-01", None, "direct")], "2020-01-01", "2020-12-31", None),
    ],
)
def test_discipline_in_an_office(plain_catalogue, terms, since, until, met):
    pause = Pause("discipline", date.fromisoformat(since), date.fromisoformat(until) if until else None)
    found = conditions.undisciplined(case(plain_catalogue, terms, pauses=(pause,)), {})
    assert found.met is met
    assert (pause in found.rests_on) is (met is not True)
    assert [row.fact for row in found.left_out] == ([pause] if met and terms else [])


def test_who_confirms_long_service_sees_the_posts(plain_catalogue):
    need = {"of": "cong-hien", "hard": True, "words": "Đủ chức vụ và thời gian"}
    posts = [term("2016-03-01"), term("2001-03-01", position_class="direct")]
    found = conditions.attested(case(plain_catalogue, posts), need)
    assert (found.met, found.rests_on) == (None, (posts[0],))
    assert conditions.attested(case(plain_catalogue, posts), need | {"of": "khac"}).rests_on == ()
