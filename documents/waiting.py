"""What waits for one person: for the home page, and for numbers in the menu."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.utils import timezone

from units.permissions import may_write

from .models import Assignment, Delivery, Document, Mail, Move, Reminder
from .moves import STEPS, may

SHOWN = 5
_DECISIONS = (Move.Act.APPROVE, Move.Act.ISSUE)


@dataclass(frozen=True)
class Waiting:
    """How many rows of one kind wait, and the first of them."""

    count: int
    rows: list


def waiting_for(user) -> dict:
    """What waits for ``user``: drafts that were given back, unread papers, reminders, duties (late first), mails, papers to
    approve or to number.

    Those who only read have nothing to do. At most seven queries, however much there is.
    """
    units = user.inherited_units if may_write(user) else set()
    duties = Assignment.objects.open().filter(unit__in=units, duty__document__state=Document.State.ISSUED)
    found = {
        "returned": _first(_returned(user, units)),
        "unread": _first(
            Delivery.objects.filter(unit__in=units, read_at=None)
            .select_related("document__type", "unit")
            .order_by("-delivered_at", "-pk")
        ),
        "reminders": _first(
            Reminder.objects.filter(unit__in=units, seen_at=None).select_related("document__type", "by__unit")
        ),
        "duties": _first(
            duties.select_related("duty__document__type").order_by(
                F("duty__until").asc(nulls_last=True), "duty__position", "pk"
            )
        ),
        "mails": _first(Mail.objects.filter(unit__in=units, state=Mail.State.WAITING)),
        "papers": _papers(user, units),
    }
    total = sum(part.count for part in found.values())
    return found | {"total": total, "day": timezone.localdate()}


def _first(rows) -> Waiting:
    """The first of ``rows`` and how many there are, in one query."""
    found = list(rows.annotate(of_all=Window(Count("pk")))[:SHOWN])
    return Waiting(found[0].of_all if found else 0, found)


def _returned(user, units):
    """The moves that gave back drafts of ``user``, or of people who are no longer there to mend them; the newest first."""
    later = Move.objects.filter(document=OuterRef("document"), pk__gt=OuterRef("pk"))
    gone = Q(document__author__is_active=False) | ~Q(document__author__unit__in=units)
    moves = Move.objects.filter(~Exists(later), act=Move.Act.RETURN, document__state=Document.State.DRAFT)
    moves = moves.filter(Q(document__author=user) | gone, document__unit__in=units)
    return moves.select_related("document__type", "document__author", "by").order_by("-pk")


def _papers(user, units) -> Waiting:
    """Papers that wait for this person's decision, the longest waiting first. Few wait at a time, so all are judged."""
    states = [state for act in _DECISIONS for state in STEPS[act].begins]
    papers = Document.objects.filter(origin=Document.Origin.OURS, unit__in=units, state__in=states).with_names()
    papers = papers.defer("body", "search_text").order_by("updated_at", "pk")
    found = [paper for paper in papers if any(may(act, paper, user) for act in _DECISIONS)]
    return Waiting(len(found), found[:SHOWN])
