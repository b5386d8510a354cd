"""A campaign that is summed up points to its conference: to begin, held, stopped."""

from datetime import date, time

import pytest
from django.urls import reverse

from campaigns.models import Review
from campaigns.reviews import conferences
from conferences.changes import actions
from conferences.changes.actions import Kind, Wish
from conferences.models import Event
from tests.campaigns.conftest import make_campaign

TODAY = date(2026, 6, 15)


@pytest.fixture
def review(commune, own):
    """The commune sums its campaign up at a conference."""
    campaign = make_campaign(commune, own, scope="unit")
    return Review.objects.create(campaign=campaign, kind="interim", form="conference", planned_on=date(2026, 7, 15))


def _page(client, review):
    return client.get(reverse("review", args=[review.pk])).content.decode()


def test_conference_is_begun_from_the_review_that_points_to_it(review, commune, own, officer, client_of):
    client = client_of(own)
    assert f"{reverse('begin_other_conference')}?tong-ket={review.pk}" in _page(client, review)
    assert "Lập hội nghị" not in _page(client_of(officer), review), "who keeps the campaign begins it"
    address = f"{reverse('begin_other_conference')}?tong-ket={review.pk}"
    form = client.get(address).context["form"]
    assert (form["kind"].value(), form["day"].value()) == ("review", date(2026, 7, 15))
    typed = {name: form[name].value() for name in ("kind", "name", "unit", "review")}
    typed |= {"day": "15/07/2026", "place": "Hội trường"}
    answer = client.post(address, typed)
    event = Event.objects.get()
    assert answer.url == event.get_absolute_url()
    assert (event.review, event.unit) == (review, commune)
    assert event.get_absolute_url() in _page(client, review)
    assert review.get_absolute_url() in client.get(event.get_absolute_url()).content.decode()
    assert client.get(address).context["form"]["review"].value() is None, "a review has one conference"


def test_stopped_conference_is_told_with_what_is_studied(review, commune, own, officer, paper, client_of):
    letter, report = paper("301/UBND-KGVX", code="CV"), paper("50/BC-UBND", code="BC")
    event = Event.objects.create(
        unit=commune,
        kind="review",
        review=review,
        name="Hội nghị tổng kết",
        day=date(2026, 7, 15),
        begins_at=time(8),
        by=own,
    )
    actions.change(event, Wish(Kind.STOP, TODAY, "Chống dịch", paper=letter, instead=report), by=officer)
    page = _page(client_of(own), review)
    assert "Dừng tổ chức" in page
    assert "301/UBND-KGVX, nghiên cứu thay" in page
    assert "50/BC-UBND" in page


def test_all_reviews_of_a_campaign_ask_once(review, own, django_assert_num_queries):
    reviews = [review, *(Review(pk=number, campaign=review.campaign) for number in range(900, 920))]
    assert own.inherited_units <= own.seen_units  # asked once a person
    with django_assert_num_queries(1):
        found = conferences.conferences_of(reviews, own)
    assert list(found) == [review.pk]
