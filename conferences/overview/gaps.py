"""What a conference answers in the gaps of texts that papers about it begin from."""

from campaigns.campaign.papers import named as campaign_named
from documents.areas.records import Records
from documents.source.vietnamese import count_text, full_day

from ..area import CONFERENCES
from ..changes.papers import LETTER
from ..delegates.inviting import OF_GUEST
from ..delegates.models import Delegate
from ..events.models import OF_EVENT, Event
from ..events.rules import came_to


def _people(event, user) -> str:
    """Who came where that was counted, else who is planned for; for those who keep the conference."""
    if not event.is_kept_by(user):
        return ""
    came = sum(came_to(event).values()) if event.state in Event.DONE else 0
    number = came or sum(row.number for row in event.headcounts.all())
    return count_text(number) if number else ""


def _last_day(event, user) -> str:
    """The last of several days: the one on which it ended, else the planned one."""
    last = event.held_on or event.last_day
    return full_day(last) if last != event.day else ""


OF_CONFERENCE = Records(
    CONFERENCES, "hoi-nghi", "Hội nghị, đại hội",
    lambda user: Event.objects.visible_to(user).select_related("unit", "review__campaign__unit", "activity__cluster"),
    {
        "đơn vị": lambda row, user: row.unit.name,
        "hội nghị": lambda row, user: row.name,
        "số người": _people,
        "phong trào": lambda row, user: campaign_named(row.review.campaign) if row.review_id else "",
        "cụm": lambda row, user: row.activity.cluster.name if row.activity_id else "",
        "năm": lambda row, user: row.day.year,
        "ngày": lambda row, user: full_day(row.day),
        "đến ngày": _last_day,
        "giờ": lambda row, user: f"{row.begins_at:%H giờ %M}" if row.begins_at else "",
        "địa điểm": lambda row, user: row.place,
    },
)  # fmt: skip
for _papers in (OF_EVENT, LETTER):
    OF_CONFERENCE.are_told_by(_papers)
OF_CONFERENCE.are_told_by(OF_GUEST, lambda key: Delegate.objects.filter(pk=key).values_list("event", flat=True).first())
