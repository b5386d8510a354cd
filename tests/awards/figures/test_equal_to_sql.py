"""The forms of every year of the sample, equal to what SQL written by hand counts in the tables."""

import pytest
from django.db import connection

from awards.figures.figures import figures
from units.models import Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

YEARS = range(2016, 2027)
GIVEN = """
    FROM awards_award a JOIN awards_awardtype t ON t.id = a.type_id JOIN awards_recipient r ON r.id = a.recipient_id
    JOIN awards_decision d ON d.id = a.decision_id
    WHERE a.stands AND a.cancelled_on IS NULL AND a.decided_on >= '{0}-01-01' AND a.decided_on <= '{0}-12-31' AND t.level = '{1}'
"""
PERSON, BODY, HOUSE = "r.kind = 'person'", "r.kind = 'collective'", "r.kind = 'household'"
SOME = f"({BODY} OR {HOUSE})"
CLASSES = ["province", "department", "business", "other", "direct"]
LEADS = "a.position_class IN ('province', 'department', 'other')"
OTHERS = "a.position_class IN ('business', 'direct')"
MERIT, SPECIAL = "a.route = 'merit'", "a.route IN ('movement', 'theme', 'contribution', 'deed')"
WAYS = [
    MERIT, "a.route IN ('movement', 'theme', 'contribution')", "a.route = 'deed'", "a.route = 'foreign'", "a.route = 'service'",
    "a.route = 'tenure'", "a.route = 'resistance'",
]  # fmt: skip
ORDERS, HONOUR, BKTTG = "t.form IN ('order', 'medal')", "t.form = 'honour'", "t.code = 'BKTTG'"
REST = "t.form NOT IN ('order', 'medal', 'honour', 'prize') AND t.code NOT IN ('CTDCP', 'BKTTG', 'CSTDTQ')"


def numbered(first, conditions):
    return {f"{number:02}": condition for number, condition in enumerate(conditions, first)}


def those_of(first):
    """By whom: collectives, enterprises among them, households, persons, and these by the class of their post."""
    classes = [f"{PERSON} AND a.position_class = '{each}'" for each in CLASSES]
    return numbered(first, [BODY, f"{BODY} AND a.body_class = 'enterprise'", HOUSE, PERSON, *classes])


FORMS = {
    "state": (
        "state",
        {"01": "1=1", "02": "d.submitter = 'ministry'", "03": "d.submitter = 'province'", **those_of(6), **numbered(15, WAYS)},
        [
            "1=1", f"{ORDERS} AND {SOME}", f"{ORDERS} AND {PERSON}", "t.code = 'GTHCM'", "t.code = 'GTNN'",
            f"{HONOUR} AND {SOME}", f"{HONOUR} AND {PERSON}", "t.code = 'CTDCP'", f"{BKTTG} AND {SOME}", f"{BKTTG} AND {PERSON}",
            "t.code = 'CSTDTQ'", f"{REST} AND {SOME}", f"{REST} AND {PERSON}",
        ],
    ),
    "province": (
        "province' AND t.code IN ('BKT', 'CSTDT', 'CTDT', 'KNC') AND '' = '",
        {"01": "1=1", **those_of(2), **numbered(11, WAYS)},
        ["1=1", "t.code = 'BKT'", "t.code = 'CSTDT'", "t.code = 'CTDT'", "t.code = 'KNC'"],
    ),
    "bieu-01": (
        "state",
        {
            "1": "t.form = 'order'", "1.1": "t.code IN ('HCSV', 'HCHCM')", "1.2": "t.code IN ('HCDL1', 'HCDL2', 'HCDL3')",
            "1.4": "t.code = 'HCLD1'", "1.5": "t.code = 'HCLD2'", "1.6": "t.code = 'HCLD3'", "2": "t.form = 'medal'",
            "3": HONOUR, "4": "t.form = 'prize'", "5": "t.code = 'CTDCP'", "6": BKTTG, "7": "t.code = 'CSTDTQ'", "8": REST,
            "": "1=1",
        },
        [
            "1=0", "1=0", SOME, PERSON,
            f"{MERIT} AND {SOME}", f"{MERIT} AND {PERSON} AND {LEADS}", f"{MERIT} AND {PERSON} AND {OTHERS}",
            f"{SPECIAL} AND {SOME}", f"{SPECIAL} AND {PERSON} AND {LEADS}", f"{SPECIAL} AND {PERSON} AND {OTHERS}",
            "a.route = 'tenure'", f"a.route = 'foreign' AND {SOME}", f"a.route = 'foreign' AND {PERSON}", "a.route = 'service'",
            "a.route = 'resistance'", f"{BODY} AND a.body_class = 'enterprise'", f"{PERSON} AND a.position_class = 'business'",
        ],
    ),
    "bieu-03": (
        "province' AND t.code IN ('BKT', 'CSTDT', 'CTDT') AND '' = '",
        {"1": "t.code = 'BKT'", "2": "t.code = 'CSTDT'", "3": "t.code = 'CTDT'", "": "1=1"},
        [
            "1=1", f"{BODY} AND a.body_class = 'enterprise'", PERSON,
            MERIT, None, f"{MERIT} AND {PERSON} AND {LEADS}", f"{MERIT} AND {PERSON} AND {OTHERS}",
            SPECIAL, None, f"{SPECIAL} AND {PERSON} AND {LEADS}", f"{SPECIAL} AND {PERSON} AND {OTHERS}",
            "a.route = 'foreign'", None, "a.route = 'resistance'", None,
        ],
    ),
}  # fmt: skip


def counted_by_sql(about, year):
    """{number of the row: its figures}; None where a share stands."""
    level, rows, columns = FORMS[about]
    cells = [(row, column) for row in rows.values() for column in columns if column]
    parts = [f"SUM(CASE WHEN ({row}) AND ({column}) THEN 1 ELSE 0 END)" for row, column in cells]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)} {GIVEN.format(year, level)}")
        found = iter(cursor.fetchone())
    return {code: [(next(found) or 0) if column else None for column in columns] for code in rows}


@pytest.fixture
def officer():
    return User.objects.filter(role=Role.OFFICER, unit__code="so-noi-vu-2025").first()


@pytest.mark.parametrize("about", FORMS)
def test_every_year_of_the_sample_is_equal_to_a_count_by_sql(officer, about):
    whole = 0
    for year in YEARS:
        wanted = counted_by_sql(about, year)
        lines = {line.row.code: line for line in figures(officer, year, about).lines if line.counts}
        for code, counts in wanted.items():
            shares = [place for place, column in enumerate(FORMS[about][2]) if column is None]
            found = [None if place in shares else count or 0 for place, count in enumerate(lines[code].counts)]
            assert found == counts, (year, code)
            whole += sum(count or 0 for count in counts)
    assert whole > 100


def test_shares_are_computed_from_the_figures_of_their_line(officer):
    for year in YEARS:
        for line in figures(officer, year, "bieu-03").lines:
            all_of_it, merit, share = (line.counts[place] for place in (0, 3, 4))
            assert share == (None if not all_of_it else pytest.approx(merit / all_of_it))
