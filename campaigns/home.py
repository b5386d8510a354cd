"""What the first page tells of campaigns: what waits for one person's unit, and what waits for the department."""

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone

from documents import desk_parts
from documents.desk_parts import SHOWN, Group, Row
from units.permissions import may_manage, may_write

from . import examples
from .joining import OPEN
from .models import Campaign, Joining, Result, Review
from .progress import asks

_LONG = ["aims", "contents", "criteria", "search_text"]


def part_for(user):
    """The part of the first page, or None."""
    if not may_write(user):
        return None
    found = [_to_join(user), *_to_report(user), _to_launch(user), _sent(user), _to_review(user), *_to_publish(user)]
    groups = [group for group in found if group.rows]
    return (
        ("documents/desk/_waiting_part.html", {"heading": "Phong trào thi đua", "groups": groups}) if groups else None
    )


def _to_join(user):
    """Campaigns that ask the unit, which it neither joined nor launched one of its own on the basis of."""
    own, today = user.inherited_units, timezone.localdate()
    asking = Campaign.objects.filter(state__in=OPEN, ends_on__gte=today)
    asking = asking.filter(~Q(level=Campaign.Level.UNIT) | Q(unit=user.unit.superior_id))
    taken_up = Campaign.objects.held().filter(unit__in=own)
    asking = asking.exclude(pk__in=Joining.objects.filter(unit__in=own).order_by().values("campaign"))
    asking = asking.exclude(pk__in=taken_up.order_by().filter(parents__isnull=False).values("parents"))
    rows = asking.exclude(unit__in=own).select_related("unit").defer(*_LONG).order_by("launched_on", "pk")
    # Which kinds are asked stands in JSON, into which SQLite does not look.
    found = [row for row in rows if asks(row, user.unit)]
    return Group(
        "Phong trào đề nghị đơn vị hưởng ứng",
        [Row(row.name, row.get_absolute_url(), f"{row.unit} · đến {row.ends_on:%d/%m/%Y}") for row in found],
        more=reverse("campaigns"),
    )


def _to_report(user):
    """Reviews of campaigns that the unit joined, to which it has sent nothing yet; those late first, apart."""
    joined = Joining.objects.filter(unit__in=user.inherited_units, campaign__state__in=OPEN)
    joined = joined.filter(campaign__reviews__state=Review.State.OPEN)
    rows = joined.values_list(
        "pk", "campaign__name", "campaign__reviews", "campaign__reviews__kind", "campaign__reviews__reports_until"
    ).order_by("campaign__reviews__reports_until", "pk")
    rows = list(rows)
    sent = set(
        Joining.objects.filter(unit__in=user.inherited_units, results__sent_at__isnull=False).values_list(
            "pk", "results__review"
        )
    )
    open_ = [row for row in rows if (row[0], row[2]) not in sent]
    today = timezone.localdate()
    late = [row for row in open_ if row[4] and row[4] < today]
    yield Group("Báo cáo kết quả phong trào quá hạn", [_report(row) for row in late], is_late=True)
    yield Group("Báo cáo kết quả phong trào", [_report(row) for row in open_ if row not in late])


def _report(row):
    key, name, _, kind, until = row
    words = f"{Review.Kind(kind).label} {name}"
    return Row(words, reverse("joining", args=[key]), f"hạn {until:%d/%m/%Y}" if until else "chưa có hạn")


def _to_launch(user):
    """Drafts that this person may launch."""
    rows = _kept(user).filter(state=Campaign.State.DRAFT).order_by("begins_on", "pk")[: SHOWN + 1]
    return Group(
        "Phong trào đang lập, chưa phát động",
        [Row(row.name, row.get_absolute_url(), f"{row.unit} · {row.span}") for row in rows],
        more=f"{reverse('campaigns')}?state={Campaign.State.DRAFT}",
    )


def _kept(user):
    """What this person keeps, with what a line tells of it."""
    return Campaign.objects.kept_by(user).select_related("unit").defer(*_LONG)


def _to_review(user):
    """Campaigns whose day of a review, or last day, has come and no such review was held.

    First what the person follows; then the latest, so that what nobody ever closed does not hide what is due now.

    An interim review that a paper stopped is not waited for; a campaign ends by a final one alone.
    """
    today = timezone.localdate()
    answered = Review.objects.filter(campaign=OuterRef("pk"), kind=Review.Kind.INTERIM).exclude(state=Review.State.OPEN)
    interim = Q(~Exists(answered), state=Campaign.State.LAUNCHED, interim_on__lte=today)
    rows = _kept(user).filter(interim | Q(final_on__lte=today) | Q(ends_on__lt=today), state__in=OPEN)
    follows = Case(When(follower=user.pk, then=0), default=1)
    return Group(
        "Phong trào chờ sơ kết, tổng kết",
        [
            Row(row.name, reverse("campaign_reviews", args=[row.pk]), f"{row.unit} · {_awaited(row, today)}")
            for row in rows.order_by(follows, "-ends_on", "pk")[: SHOWN + 1]
        ],
    )


def _awaited(campaign, today) -> str:
    """Which day has come."""
    if campaign.ends_on < today:
        return f"hết thời gian {campaign.ends_on:%d/%m/%Y}, chờ tổng kết"
    if campaign.final_on and campaign.final_on <= today:
        return f"tổng kết ngày {campaign.final_on:%d/%m/%Y}"
    return f"sơ kết ngày {campaign.interim_on:%d/%m/%Y}"


def _sent(user):
    """Open reviews of campaigns that this person keeps, with how many units have sent what they reached."""
    kept = Campaign.objects.kept_by(user).filter(state__in=OPEN).order_by().values("pk")
    rows = Review.objects.filter(state=Review.State.OPEN, campaign__in=kept).select_related("campaign")
    told = Result.objects.filter(review=OuterRef("pk"), sent_at__isnull=False).order_by()
    joined = Joining.objects.filter(campaign=OuterRef("campaign")).order_by()
    # Counted for the rows that are shown, each by itself: joined together, reviews × results × units would be counted.
    rows = rows.filter(Exists(told)).annotate(sent=_count(told, "review"), asked=_count(joined, "campaign"))
    rows = rows.order_by("planned_on", "pk")[: SHOWN + 1]
    return Group(
        "Kết quả phong trào đã gửi, chờ tổng hợp",
        [
            Row(
                str(row),
                reverse("campaign_reviews", args=[row.campaign_id]),
                f"{row.sent}/{row.asked} đơn vị đã gửi",
            )
            for row in rows
        ],
    )


def _count(rows, group) -> Subquery:
    """How many of ``rows`` there are for the row outside; they all have the same ``group``."""
    return Subquery(rows.values(group).annotate(count=Count("pk")).values("count"))


def _to_publish(user):
    """For the department: examples that may be told."""
    if not may_manage(user):
        return
    rows = examples.waiting().with_names().order_by("met_on", "pk")[: SHOWN + 1]
    yield Group(
        "Gương điển hình chờ công bố",
        [Row(row.name, row.get_absolute_url(), f"{row.unit} · {row.title}") for row in rows],
        more=f"{reverse('examples')}?cong_bo=waiting",
    )


desk_parts.register(part_for)
