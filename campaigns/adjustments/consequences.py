"""What depends on a campaign, told before something becomes of it."""

from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from documents.models import Document, Duty

from ..area import REPORT
from ..campaign.models import OVER, Campaign
from ..campaign.rules import doubts_on
from ..launches.papers import REMINDER
from ..reviews.models import Review
from ..reviews.papers import REMINDER as REPORT_REMINDER
from .actions import DATED, ENDING, days_of


@dataclass(frozen=True)
class OpenReview:
    """A review that still takes reports: how many units have sent theirs, how many joined; ``is_off``: beside the new days."""

    review: Review
    sent: int
    joined: int
    is_off: bool

    @property
    def unsent(self) -> int:
        """How many that joined have not sent their results."""
        return max(self.joined - self.sent, 0)


@dataclass(frozen=True)
class Consequences:
    """What depends on a campaign that something is about to become of.

    ``children``: launched campaigns of units that would go beyond its days, or would rest on what does not go on;
    ``drafts``: how many units prepare one on its basis; ``papers``: drafts about it that could not be issued any more;
    ``doubts``: in words, where it would itself no longer fit what it rests on; ``nominations``: (the day as it is, as it
    would be); ``duties``: duties to launch one's own, each with ``open`` shares.
    """

    kind: str
    children: list[Campaign]
    drafts: int
    papers: list[Document]
    doubts: list[str]
    joined: int
    reviews: list[OpenReview]
    nominations: tuple[date | None, date | None]
    duties: list[Duty]

    @property
    def ends(self) -> bool:
        """Whether the campaign would be over."""
        return self.kind in ENDING

    @property
    def changes_nomination(self) -> bool:
        """Whether the last day for nominations would be another, or none."""
        return self.ends or self.nominations[0] != self.nominations[1]


def consequences(campaign, kind, dates=None, *, user) -> Consequences:
    """What depends on ``campaign`` if ``kind`` becomes of it, with ``dates`` where it gets others, as ``user`` may know it."""
    days = days_of(campaign, dates if kind in DATED else None)
    joined = campaign.joinings.count()
    children = campaign.children.exclude(state=Campaign.State.DRAFT).exclude(state__in=OVER).with_names()
    if kind in DATED:
        children = children.filter(Q(begins_on__lt=days["begins_on"]) | Q(ends_on__gt=days["ends_on"]))
    as_planned = copy(campaign)
    for name, day in days.items():
        setattr(as_planned, name, day)
    open_shares = Count("assignments", filter=Q(assignments__done_at=None))
    duties = Duty.objects.filter(launch_duty__campaigns=campaign).annotate(open=open_shares).filter(open__gt=0)
    return Consequences(
        kind=kind,
        children=list(children.order_by("unit__sort_text", "pk")),
        drafts=campaign.children.filter(state=Campaign.State.DRAFT).count(),
        papers=[] if kind in DATED else list(_waiting_papers(campaign, user)),
        doubts=doubts_on(as_planned, campaign.parents.all()) if kind in DATED else [],
        joined=joined,
        reviews=_open_reviews(campaign, kind, days, joined),
        nominations=(campaign.nominations_until, None if kind in ENDING else days["nominations_until"]),
        duties=list(duties.filter(document__state=Document.State.ISSUED).select_related("document__type")),
    )


def _waiting_papers(campaign, user):
    """Reminders and reports about ``campaign`` that are still being written; nobody is reminded of what does not go on."""
    reviews = list(campaign.reviews.values_list("pk", flat=True))
    about = REMINDER.under([campaign.pk]) | REPORT.under(reviews) | REPORT_REMINDER.under(reviews)
    return about.open_to(user).filter(state__in=Document.PENDING).select_related("type").order_by("pk")


def _open_reviews(campaign, kind, days, joined) -> list[OpenReview]:
    """The open reviews; where only days change, those that would not fit them."""
    sent = Count("results", filter=Q(results__sent_at__isnull=False))
    rows = campaign.reviews.filter(state=Review.State.OPEN).annotate(sent=sent)
    found = [OpenReview(row, row.sent, joined, _is_off(campaign, row, days)) for row in rows]
    return [row for row in found if kind not in DATED or row.is_off]


def _is_off(campaign, review, days) -> bool:
    """Whether its day lies outside ``days``, or was the campaign's day for it, which is another now."""
    name = "interim_on" if review.kind == Review.Kind.INTERIM else "final_on"
    moved = review.planned_on == getattr(campaign, name) != days[name]
    late = name == "interim_on" and review.planned_on > days["ends_on"]
    return moved or late or review.planned_on < days["begins_on"]
