"""Conferences at which a campaign is summed up, as the pages of its reviews tell of them."""

from django.urls import reverse

from campaigns.models import Review
from campaigns.reviews.conferences import CONFERENCES, Conference

from .models import Event


def _of(reviews, user) -> dict[int, Conference]:
    """The conference of each review that ``user`` may see; where none was begun that is planned, the way to it. One query."""
    rows = Event.objects.visible_to(user).filter(review__in=[row.pk for row in reviews])
    there = {row.review_id: row for row in rows.select_related("stopped_by__type", "instead__type")}
    offers = {row.pk: row for row in reviews if row.pk not in there and _may_begin(row, user)}
    found = {
        key: Conference(row.name, row.get_absolute_url(), Event.State(row.state), _note(row))
        for key, row in there.items()
    }
    return found | {
        key: Conference("Lập hội nghị", f"{reverse('begin_other_conference')}?tong-ket={key}") for key in offers
    }


def _may_begin(review, user) -> bool:
    is_planned = review.state == Review.State.OPEN and review.form == Review.Form.CONFERENCE
    return is_planned and review.campaign.is_kept_by(user)


def _note(event) -> str:
    if event.state != Event.State.STOPPED:
        return event.span
    instead = f", nghiên cứu thay {event.instead.name}" if event.instead else ""
    return f"dừng theo {event.stopped_by.name}{instead}"


CONFERENCES.append(_of)
