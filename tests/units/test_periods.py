"""What holds from a day to a day: on which days, in the row and in the question."""

from datetime import date

import pytest

from clusters.models import Absence, Leadership, RankRule, VoteRule
from documents.models import NumberSeries
from units.models import Term
from units.periods import ENDS_TOO_EARLY, InForce

KINDS = (Term, NumberSeries, VoteRule, RankRule, Leadership, Absence)
FIRST, LAST = date(2026, 3, 2), date(2026, 5, 4)


@pytest.mark.parametrize("kind", KINDS)
def test_every_period_is_one_kind_of_thing_and_its_first_and_last_day_count(kind):
    assert issubclass(kind, InForce)
    assert f"{kind._meta.model_name}_ends_after_it_began" in [row.name for row in kind._meta.constraints]
    row = kind(since=FIRST, until=LAST)
    days = [date(2026, 3, 1), FIRST, LAST, date(2026, 5, 5)]
    assert [row.in_force(day) for day in days] == [False, True, True, False]
    assert kind(since=None, until=None).in_force(FIRST)
    assert kind(since=LAST, until=FIRST).faults_of_days() == {"until": ENDS_TOO_EARLY}


@pytest.mark.django_db
def test_the_question_says_the_same_as_the_row():
    rows = [
        VoteRule.objects.create(name=name, percent=80, since=since, until=until, citation="Luật")
        for name, since, until in (("a", FIRST, LAST), ("b", FIRST, None), ("c", LAST, LAST))
    ]
    for day in (date(2026, 3, 1), FIRST, LAST, date(2026, 5, 5)):
        asked = VoteRule.objects.filter(pk__in=[row.pk for row in rows]).in_force(day)
        assert {row.name for row in asked} == {row.name for row in rows if row.in_force(day)}
