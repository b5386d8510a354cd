"""Words that people typed into campaigns stand in their papers as they were typed."""

from datetime import date

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from campaigns.adjustments.actions import Kind
from campaigns.adjustments.papers import drafted_letter
from campaigns.launches.papers import draft_launch, draft_reminder
from campaigns.models import Campaign, Review
from campaigns.reviews.papers import draft_report
from tests.documents.said import HOSTILE, marks, printed
from units.models import Unit

from .conftest import make_campaign

TYPED = dict.fromkeys(["aims", "contents", "criteria", "participants"], HOSTILE)


@pytest.fixture
def everywhere(campaign):
    """Names of units, the campaign and its paper with signs that mean something in a body."""
    Unit.objects.update(name=Concat(F("name"), Value(f" {HOSTILE}")))
    Campaign.objects.filter(pk=campaign.pk).update(name=f"Thi đua {HOSTILE}", **TYPED)
    campaign.document.subject += HOSTILE
    campaign.document.save()
    return Campaign.objects.get(pk=campaign.pk)


def judge(paper, times, own=frozenset()):
    """As of clusters. A subject has round brackets, for square ones would be a blank; so has what repeats it."""
    body = "\n\n".join([paper.body, *(row.body for row in paper.appendices.all())])
    words = printed(body).replace("(b)", "[b]")
    assert words.count(HOSTILE) >= times, words
    assert marks(body) == own
    assert "[b]" not in paper.subject


@pytest.mark.parametrize(("type", "own"), [("PĐ", {"heading_open"}), ("QĐ", {"heading_open", "strong_open"})])
def test_a_launch(everywhere, officer, type, own):
    officer.unit.refresh_from_db()
    draft = make_campaign(
        Unit.objects.get(code="ubnd-tinh"), officer, f"Thi đua {HOSTILE}", state=Campaign.State.DRAFT, **TYPED
    )
    judge(draft_launch(draft, type, by=officer), 5, own)


def test_a_reminder_a_letter_and_a_report(everywhere, officer):
    officer.unit.refresh_from_db()
    judge(draft_reminder(everywhere, by=officer), 1)
    judge(drafted_letter(everywhere, Kind.STOP, by=officer, reason=HOSTILE), 4)
    review = Review.objects.create(campaign=everywhere, kind=Review.Kind.INTERIM, planned_on=date(2026, 7, 15))
    judge(draft_report(review, by=officer), 7, {"heading_open"})
