"""Facts by hand, for tables of cases from the articles: what was given, rated, recognised; and the check of one case."""

from datetime import date

import pytest

from awards.catalogue import loading
from awards.eligibility import rules
from awards.eligibility.facts import Facts, Held, Initiative, Movement, Pause, Rating, Team

BOOKS = loading.read()
DAY = date(2025, 3, 10)  # the year looked at: 2024
YES, NO, UNKNOWN = True, False, None


def on(text):
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def given(award, *years, **more):
    return tuple(Held(award, year, date(year, 12, 20), **more) for year in years)


def rated(level, *years):
    return tuple(Rating(year, level) for year in years)


def span(first, last):
    return range(first, last + 1)


def known(scope, *years, kind="initiative", used=None):
    return tuple(Initiative(f"SK {year}", scope, year, kind, used_for=used) for year in years)


def person(*parts, **more):
    return _facts("person", parts, more)


def body(*parts, **more):
    return _facts("collective", parts, {"began_on": date(1985, 1, 1)} | more)


def _facts(kind, parts, more):
    """Facts from rows of all kinds."""
    rows = {"held": Held, "ratings": Rating, "initiatives": Initiative, "pauses": Pause, "teams": Team}
    flat = [row for part in parts for row in (part if isinstance(part, tuple) else (part,))]
    found = {name: tuple(row for row in flat if isinstance(row, of)) for name, of in rows.items()}
    return Facts(kind, **(found | more))


def check(award, facts, met, day=DAY, **more):
    day = day if isinstance(day, date) else on(day)
    more.setdefault("year", rules.last_year(facts, day))
    answer = rules.judge(BOOKS.on(day), award, facts, **more)
    assert answer.met is met, rules.explain(answer)
    return answer


def table(*cases):
    return pytest.mark.parametrize("case", [pytest.param(case[1:], id=case[0]) for case in cases])


# --- What many tables share

CS3, SK_TINH = given("CSTDCS", 2022, 2023, 2024), known("province", 2023)
CS6 = given("CSTDCS", *span(2019, 2024))
T2 = given("CSTDT", 2021, 2024)
TQ = known("nation", 2023)

TOT5, CS_3OF5 = rated("good", *span(2020, 2024)), given("CSTDCS", 2020, 2022, 2024)
XS2 = rated("excellent", 2023, 2024)


def ladder(after, level_years, *more, first=2020, last=2024, **kw):
    """A person with ``after`` of 2019, rated well from ``first`` to ``last``, excellently in ``level_years``."""
    ratings = tuple(Rating(y, "excellent" if y in level_years else "good") for y in span(first, last))
    return person(given(after, 2019), ratings, *more, **kw)


def team(members, ldtt, completed=None, cstdcs=1, warned=0, level="excellent", **more):
    row = Team(2024, members, members if completed is None else completed, ldtt, cstdcs, warned)
    return body(rated(level, 2024), row, **more)


XS5 = rated("excellent", *span(2020, 2024))


def rung(after, *more, year=2019, **kw):
    return body(given(after, year), rated("excellent", *span(year + 1, 2024)), *more, **kw)


def flags(tinh=0, cp=0, bkt=0, ttg=0, first=2020):
    """So many of each, in the years from ``first`` on."""
    counts = {"CTDT": tinh, "CTDCP": cp, "BKT": bkt, "BKTTG": ttg}
    return tuple(row for award, number in counts.items() for row in given(award, *range(first, first + number)))


NO_FLAGS = {"may_receive_flags": False}


def moved(kind, by, begins, ends, at, first=None, chosen=None):
    return Facts(kind, movement=Movement(by, on(begins), on(ends), at, first, chosen), began_on=date(1985, 1, 1))


GOOD = (CS3, SK_TINH)
