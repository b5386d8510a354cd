"""What a council reads of a nomination on its agenda: the check explained, the report, the papers and files of its file.

Read only, and for those alone whom the meeting is laid before (``Meeting.visible_to``). Source: Luật Thi đua, khen thưởng 2022,
Điều 84 (what is in a file).
"""

from django.db.models import Q

from documents.models import Document
from units.finding import Found, Search

from ..area import AWARDS
from ..catalogue.book import called
from ..nominations.checking import judged
from ..nominations.models import OF_DOSSIER, OF_NOMINATION, Nomination, Piece
from ..nominations.models import Paper as FilePaper
from ..recipients.models import Recipient
from .models import Item, Meeting


def items_for(user):
    """Items of the meetings that ``user`` may see."""
    return Item.objects.filter(meeting__in=Meeting.objects.visible_to(user).order_by().values("pk"))


def pieces_of(row: Nomination):
    """What goes with a nomination: its own, and what is there for the whole file."""
    rows = Piece.objects.filter(Q(nomination=row) | Q(nomination=None), dossier=row.dossier_id)
    return rows.select_related("upload", "paper__type")


def papers_of(row: Nomination):
    """The papers written here that go with a nomination: its report, submission and minutes of the unit once they are issued,
    and those with which the checklist of the file was answered.
    """
    report = OF_NOMINATION.of(row.pk).values("pk")
    told = [f"{name}-{row.dossier_id}" for name in (FilePaper.SUBMISSION, FilePaper.MINUTES)]
    of_file = OF_DOSSIER.of(row.dossier_id).filter(area_key__in=told).values("pk")
    answers = pieces_of(row).exclude(paper=None).order_by().values("paper")
    is_issued = Q(state=Document.State.ISSUED)
    rows = Document.objects.filter(is_issued & (Q(pk__in=report) | Q(pk__in=of_file)) | Q(pk__in=answers))
    return rows.exclude(state=Document.State.DISCARDED).select_related("type", "unit").order_by("pk")


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
