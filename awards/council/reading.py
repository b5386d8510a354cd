"""What a council reads of a nomination on its agenda: the check explained, the report, the papers and files of its file.

Read only, and for those alone whom the meeting is laid before (``Meeting.visible_to``). Source: Luật Thi đua, khen thưởng 2022,
Điều 84 (what is in a file).
"""

from units.finding import Found, Search

from ..area import AWARDS
from ..catalogue.book import called
from ..nominations.checking import judged
from ..nominations.models import Nomination
from ..recipients.models import Recipient
from .models import Item, Meeting


def items_for(user):
    """Items of the meetings that ``user`` may see."""
    return Item.objects.filter(meeting__in=Meeting.objects.visible_to(user).order_by().values("pk"))


def judgement_of(item):
    """The check of a nomination as of the day of the meeting, each condition with its facts and article; None when it is over."""
    row = item.nomination
    return None if row.state in Nomination.OVER else judged(row.dossier, [row], item.meeting.held_on)[row.pk]


def opinions_of(row: Nomination):
    """What was answered about a nomination before it came to the council."""
    return row.opinions.select_related("unit").order_by("asked_on", "pk")


# --- Found by the search


def find_items(user, words: str, most: int) -> list[Found]:
    """The nominations that are laid before ``user`` as a member of the council, by whom they are about. One query."""
    meetings = Meeting.objects.of_member(user).exclude(state__in=Meeting.VOID).order_by().values("pk")
    rows = Item.objects.filter(meeting__in=meetings, nomination__recipient__in=Recipient.objects.matching(words))
    rows = rows.select_related("meeting", "nomination__type").order_by("-meeting__held_on", "position")
    return [Found(row.nomination.name, row.get_absolute_url(), _note(row)) for row in rows[:most]]


def _note(item) -> str:
    return f"{called(item.nomination.type)} · {item.meeting.title}, {item.meeting.held_on:%d/%m/%Y}"


AWARDS.searches.append(Search("Đề nghị trình Hội đồng", find_items, "council_meetings"))
