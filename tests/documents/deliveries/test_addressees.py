"""Whom a paper is for: the order of the keys is kept, and hundreds of single units cost no more than two."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.deliveries import addressees
from documents.drafts import copies
from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import Addressee, Duty
from documents.papers.actions import save_draft
from units.models import Unit

from ..issued import DAY, more_units

pytestmark = pytest.mark.django_db


def keys_of(units):
    return [f"don-vi:{unit.code}" for unit in units]


def approved(draft, officer, leader, keys, duties=()):
    """``draft`` for ``keys``, ready to be issued."""
    rows = [Addressee(key=key, label=key) for key in keys]
    save_draft(draft, by=officer, addressees=rows, duties=duties)
    submit(draft, by=officer)
    return approve(draft, by=leader)


def test_each_key_means_its_units_in_the_order_of_the_keys(other_unit, so_noi_vu):
    xa = more_units(3)
    Unit.objects.create(code="xa-cu", name="UBND xã cũ", kind=Unit.Kind.COMMUNE, ended=date(2019, 12, 31))
    keys = [*keys_of([xa[2], xa[0]]), "loai:department", "don-vi:xa-cu", "la:khong-co", *keys_of([other_unit])]
    meant = addressees.members(keys, DAY)
    assert list(meant.items()) == [
        ("don-vi:xa-3", [xa[2]]),
        ("don-vi:xa-1", [xa[0]]),
        ("loai:department", [so_noi_vu, other_unit]),
        ("don-vi:xa-cu", []),
        ("la:khong-co", []),
        ("don-vi:so-y-te", [other_unit]),
    ]
    assert list(addressees.resolve(keys, DAY).values()) == [xa[2], xa[0], so_noi_vu, other_unit]


@pytest.mark.parametrize("count", [2, 40])
def test_units_named_one_by_one_are_found_in_one_question(count, django_assert_num_queries):
    units = more_units(count)
    with django_assert_num_queries(1):
        assert list(addressees.resolve(keys_of(reversed(units)), DAY).values()) == units[::-1]


def questions(act, *arguments, **named):
    """How many it asks, and what it gives."""
    with CaptureQueriesContext(connection) as asked:
        found = act(*arguments, **named)
    return len(asked), found


def test_reading_and_issuing_ask_as_much_for_forty_units_as_for_two_and_keep_their_order(
    draft, officer, leader, clerk, client_of
):
    units, client, asked = more_units(40), client_of(clerk), []
    # The first number of a year opens its series.
    issue(approved(copies.copy(draft, by=officer), officer, leader, keys_of(units)), by=clerk, day=DAY)
    for count in (2, 40):
        keys = keys_of(units[:count][::-1])
        paper = approved(copies.copy(draft, by=officer), officer, leader, keys, [Duty(words="Báo cáo", keys=keys)])
        reading, _ = questions(client.get, paper.get_absolute_url())
        before, page = questions(client.get, reverse("issue", args=[paper.pk]))
        issuing, _ = questions(issue, paper, by=clerk, day=DAY)
        asked.append((reading, before, issuing))
        told = [(row.label, row.units) for row in page.context["receivers"].addressed]
        assert told == [(key, [unit]) for key, unit in zip(keys, units[:count][::-1], strict=True)]
        assert [row.unit for row in paper.deliveries.order_by("pk")] == units[:count][::-1]
    assert asked[0] == asked[1]
