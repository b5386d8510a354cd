"""The sample conferences: the case of the letter, three cycles, communes as they are since July 2025."""

from datetime import date

import pytest

from conferences.models import Change, Event, Plan, Serving
from documents.models import Document
from units.models import Unit

pytestmark = pytest.mark.usefixtures("sample", "db")


def test_the_sample():
    the_case_of_the_letter()
    three_cycles()
    communes_of_today_hold_theirs()
    nothing_is_outside_its_window()


def the_case_of_the_letter():
    letter = Document.objects.get(symbol="UBND-KGVX", year=2020, state="issued")
    event = Event.objects.get(state="stopped")
    assert (event.kind, event.unit.code, event.stopped_by) == ("review", "ubnd-tinh", letter)
    assert event.instead.reference == "50/BC-UBND"
    assert event.held_on is None
    review = event.review
    assert (review.state, review.form, review.document) == ("held", "report", event.instead)
    reduced = Change.objects.get(event__unit__code="so-y-te", kind="reduce")
    assert (reduced.state, reduced.right) == ("done", "đơn vị thuộc lĩnh vực Y tế")
    head = reduced.event.headcounts.get(role="official")
    assert (head.first, head.number, head.came) == (150, 75, 72)
    assert {row.document for row in Serving.objects.all()} == {letter}
    serving = Change.objects.get(event__unit__code="bch-bo-doi-bien-phong-tinh")
    assert (serving.state, "chống dịch" in serving.right) == ("done", True)
    others = Change.objects.filter(kind="reduce", right="").values_list("state", flat=True)
    assert sorted(others) == ["allowed", "flagged", "refused"]


def three_cycles():
    plans = list(Plan.objects.order_by("number"))
    assert [(row.number, row.national) for row in plans] == [(5, 10), (6, 11), (7, 12)]
    assert plans[0].document.reference == "125/KH-UBND"
    assert [row.previous for row in plans] == [None, *plans[:2]]
    kinds = {kind for level in plans[2].levels.all() for kind in level.unit_kinds}
    assert Unit.Kind.DISTRICT not in kinds
    assert all(row.sample for row in plans)
    assert [row.state for row in plans] == ["closed", "closed", "issued"]
    assert not Event.objects.filter(sample=False).exists()


def communes_of_today_hold_theirs():
    rows = Event.objects.filter(plan__number=6, unit__kind="commune")
    assert rows.count() >= 40
    assert not rows.exclude(state="reported").exists()
    assert not rows.filter(held_on__lt=date(2025, 7, 1)).exists()
    assert not rows.filter(unit__ended__isnull=False).exists()


def nothing_is_outside_its_window():
    for event in Event.objects.filter(level__isnull=False).select_related("level"):
        assert event.level.begins_on <= event.day <= event.last_day <= event.level.ends_on, event
