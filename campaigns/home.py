"""What the first page tells of campaigns: what waits for one person's unit, what waits for the department, near days."""

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, StrIndex
from django.urls import reverse

from documents.areas import agenda
from documents.areas.waiting import Kind, Row
from units.permissions import may_manage, may_write

from .area import CAMPAIGNS
from .campaign.models import OPEN
from .examples import actions as examples
from .figures.calendars import DATES
from .models import Campaign, Joining, Result, Review

_REVIEWS = dict(Review.Kind.choices)
_PAGE = "campaign_reviews"


def _to_join(user, today):
    """Campaigns that ask the unit, which it neither joined nor launched one of its own on the basis of."""
    own = user.inherited_units
    if not own:
        return Campaign.objects.none()
    # As ``progress.asks``: the unit is one of those meant, and alive on ``Campaign.asked_day``.
    kinds = Cast("asked_kinds", TextField())
    asking = Campaign.objects.alias(place=StrIndex(kinds, user.unit.quoted_kind)).filter(
        state__in=OPEN, ends_on__gte=today
    )
    asking = asking.filter(
        ~Q(level=Campaign.Level.UNIT) & Q(place__gt=0) | Q(level=Campaign.Level.UNIT, unit=user.unit.superior_id)
    )
    asking = asking.filter(launched_on__lte=user.unit.last_day)
    taken_up = Campaign.objects.held().filter(unit__in=own, parents__isnull=False)
    asking = asking.exclude(pk__in=Joining.objects.filter(unit__in=own).order_by().values("campaign"))
    asking = asking.exclude(pk__in=taken_up.order_by().values("parents"))
    return asking.exclude(unit__in=own).order_by("launched_on", "pk")


def _joining(today, key, name, unit, until):
    note = f"{unit} · đến {until:%d/%m/%Y}"
    return Row(name, reverse("campaign", args=[key]), note, "Hưởng ứng", reverse("join_campaign", args=[key]))


def _reports(late):
    """Open reviews of campaigns that the unit joined, to which it has sent nothing yet."""

    def rows(user, today):
        joined = Q(campaign__state__in=OPEN, campaign__joinings__unit__in=user.inherited_units)
        sent = Result.objects.filter(
            review=OuterRef("pk"), joining=OuterRef("campaign__joinings"), sent_at__isnull=False
        )
        until = Q(reports_until__lt=today)
        found = Review.objects.filter(joined, state=Review.State.OPEN).filter(until if late else ~until, ~Exists(sent))
        return found.order_by("reports_until", "pk")

    return rows


def _report(today, joining, name, kind, until):
    note = f"hạn {until:%d/%m/%Y}" if until else "chưa có hạn"
    return Row(f"{_REVIEWS[kind]} {name}", reverse("joining", args=[joining]), note, "Báo cáo")


def _to_launch(user, today):
    """Drafts that this person may launch."""
    return Campaign.objects.kept_by(user).filter(state=Campaign.State.DRAFT).order_by("begins_on", "pk")


def _draft(today, key, name, unit, begins_on, ends_on):
    span = Campaign(begins_on=begins_on, ends_on=ends_on).span
    return Row(name, reverse("campaign", args=[key]), f"{unit} · {span}", "Phát động")


def _sent(user, today):
    """Open reviews of campaigns that this person keeps, with how many units have sent what they reached."""
    kept = Campaign.objects.kept_by(user).filter(state__in=OPEN).order_by().values("pk")
    told = Result.objects.filter(review=OuterRef("pk"), sent_at__isnull=False).order_by()
    joined = Joining.objects.filter(campaign=OuterRef("campaign")).order_by()
    rows = Review.objects.filter(Exists(told), state=Review.State.OPEN, campaign__in=kept)
    # Counted for the rows that are shown, each by itself: joined together, reviews × results × units would be counted.
    rows = rows.annotate(sent=_number(told, "review"), asked=_number(joined, "campaign"))
    return rows.order_by("planned_on", "pk")


def _number(rows, group) -> Subquery:
    """How many of ``rows`` there are for the row outside; they all have the same ``group``."""
    return Subquery(rows.values(group).annotate(count=Count("pk")).values("count"))


def _sum(today, key, name, kind, sent, asked):
    words = f"{_REVIEWS[kind]} {name}"
    return Row(words, reverse(_PAGE, args=[key]), f"{sent}/{asked} đơn vị đã gửi", "Tổng hợp")


def _to_review(user, today):
    """Campaigns whose day of a review, or last day, has come and no such review was held.

    First what the person follows; then the latest, so that what nobody ever closed does not hide what is due now.

    An interim review that a paper stopped is not waited for; a campaign ends by a final one alone.
    """
    answered = Review.objects.filter(campaign=OuterRef("pk"), kind=Review.Kind.INTERIM).exclude(state=Review.State.OPEN)
    interim = Q(~Exists(answered), state=Campaign.State.LAUNCHED, interim_on__lte=today)
    rows = Campaign.objects.kept_by(user).filter(
        interim | Q(final_on__lte=today) | Q(ends_on__lt=today), state__in=OPEN
    )
    return rows.order_by(Case(When(follower=user.pk, then=0), default=1), "-ends_on", "pk")


def _review(today, key, name, unit, interim_on, final_on, ends_on):
    if ends_on < today:
        note, verb = f"hết thời gian {ends_on:%d/%m/%Y}, chờ tổng kết", "Tổng kết"
    elif final_on and final_on <= today:
        note, verb = f"tổng kết ngày {final_on:%d/%m/%Y}", "Tổng kết"
    else:
        note, verb = f"sơ kết ngày {interim_on:%d/%m/%Y}", "Sơ kết"
    return Row(name, reverse(_PAGE, args=[key]), f"{unit} · {note}", verb)


def _to_publish(user, today):
    """For the department: examples that may be told."""
    found = examples.waiting().order_by("met_on", "pk")
    return found if may_manage(user) else found.none()


def _example(today, key, name, unit, title):
    return Row(name, reverse("example", args=[key]), f"{unit} · {title}", "Công bố")


def _has_a_living_unit(user, today):
    return may_write(user) and user.unit.is_alive_on(today)


_REPORT = ("campaign__joinings", "campaign__name", "kind", "reports_until")
CAMPAIGNS.waits += [
    Kind(
        "Phong trào đề nghị đơn vị hưởng ứng",
        "campaigns",
        _to_join,
        ("pk", "name", "unit__name", "ends_on"),
        _joining,
        more=lambda *columns: reverse("campaigns"),
        asked=_has_a_living_unit,
    ),
    Kind(
        "Báo cáo kết quả phong trào quá hạn",
        "campaigns",
        _reports(late=True),
        _REPORT,
        _report,
        since="reports_until",
        is_late=True,
    ),
    Kind("Báo cáo kết quả phong trào", "campaigns", _reports(late=False), _REPORT, _report),
    Kind(
        "Phong trào đang lập, chưa phát động",
        "campaigns",
        _to_launch,
        ("pk", "name", "unit__name", "begins_on", "ends_on"),
        _draft,
        since="ends_on",
        more=lambda *columns: f"{reverse('campaigns')}?state={Campaign.State.DRAFT}",
    ),
    Kind(
        "Kết quả phong trào đã gửi, chờ tổng hợp",
        "campaigns",
        _sent,
        ("campaign_id", "campaign__name", "kind", "sent", "asked"),
        _sum,
        since="planned_on",
    ),
    Kind(
        "Phong trào chờ sơ kết, tổng kết",
        "campaigns",
        _to_review,
        ("pk", "name", "unit__name", "interim_on", "final_on", "ends_on"),
        _review,
        since="ends_on",
        more=lambda *columns: f"{reverse('campaigns')}?state=waiting",
    ),
    Kind(
        "Gương điển hình chờ công bố",
        "campaigns",
        _to_publish,
        ("pk", "name", "unit__name", "title"),
        _example,
        since="met_on",
        more=lambda *columns: f"{reverse('examples')}?cong_bo=waiting",
    ),
]


# --- Days that are near


def _near(name, what):
    """One date of the campaigns that one sees, the same on one day as one line."""

    def rows(user, today):
        seen = Campaign.objects.visible_to(user).held().exclude(state=Campaign.State.POSTPONED).order_by()
        found = seen.filter(**{f"{name}__range": (today, today + agenda.DAYS)}).values(day=F(name))
        found = found.annotate(count=Count("pk"), key=Min("pk"), first=Min("name")).order_by("day")
        return found.values_list("day", Value(what), "count", "key", "first")

    return rows


def _date(day, what, count, key, name):
    if count == 1:
        return f"{what}: {name}", reverse("campaign", args=[key])
    return f"{what}: {count} phong trào", f"{reverse('campaign_calendar', args=[day.year, day.month])}?ngay={day.day}"


def _reports_near(user, today):
    """Until when units report; one's own joinings stand among what waits."""
    kept = Campaign.objects.kept_by(user).filter(state__in=OPEN).order_by().values("pk")
    near = Review.objects.filter(state=Review.State.OPEN, campaign__in=kept)
    near = near.filter(reports_until__range=(today, today + agenda.DAYS)).order_by("reports_until", "pk")
    return near.values_list("reports_until", "campaign_id", "campaign__name", "kind")


def _report_near(day, key, name, kind):
    return f"Hạn báo cáo {_REVIEWS[kind].lower()}: {name}", reverse(_PAGE, args=[key])


for _name, _what in DATES.items():
    CAMPAIGNS.days.append(agenda.Days(_near(_name, _what), _date))
CAMPAIGNS.days.append(agenda.Days(_reports_near, _report_near))
