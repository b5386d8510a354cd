"""An adjustment that was entered by mistake is taken back: it stays to be read with the reason, and holds no more."""

from copy import copy
from datetime import date

from django.utils import timezone

from documents.citations.rules import short_form

from ..campaign.models import Campaign
from ..reviews.models import Review
from .actions import KEEPER, STATES, STEPS, Kind, days_of, faults_of_days, iso_days
from .consequences import Consequences, consequences
from .models import Adjustment


def last_of(campaign) -> Adjustment | None:
    """The adjustment that was entered last and holds, the only one that can be taken back."""
    return campaign.adjustments.holding().order_by("-pk").first()


def fault_of(row, _user=None) -> str:
    """Why an adjustment stays as it is; nothing where it can be taken back."""
    campaign = row.campaign
    if row.undone_at:
        return "Điều chỉnh này đã rút lại rồi."
    if row.pk != last_of(campaign).pk:
        return "Sau điều chỉnh này còn điều chỉnh khác. Hãy rút lại điều chỉnh ghi sau trước."
    if not _stands_as_left(campaign, row):
        return "Từ khi ghi điều chỉnh, phong trào đã thay đổi nên không rút lại được. Hãy ghi một điều chỉnh mới."
    if row.kind in (Kind.CHANGE, Kind.RESUME):
        faults = faults_of_days(campaign, days_before(row))
        return next(iter(faults.values()), "")
    return ""


def _stands_as_left(campaign, row) -> bool:
    """Whether the campaign has the days and the step that ``row`` left it with."""
    if iso_days(days_of(campaign)) != row.after:
        return False
    if row.kind == Kind.CHANGE:
        return campaign.state == row.state_before
    if row.kind == Kind.RESUME:
        return campaign.state == _before_postponed(row)
    return campaign.state == STATES[row.kind]


def _before_postponed(row) -> str:
    """Where the campaign stood before it was postponed, which ``row`` ended."""
    rows = row.campaign.adjustments.holding().filter(kind=Kind.POSTPONE, pk__lt=row.pk)
    return rows.order_by("-pk").values_list("state_before", flat=True).first()


def days_before(row) -> dict:
    """{name of ``DATES``: the day as it was before ``row``}."""
    return {name: date.fromisoformat(day) if day else None for name, day in row.before.items()}


def reopened_by(row):
    """The reviews that were stopped with the campaign, which take reports again."""
    return row.campaign.reviews.filter(pk__in=row.reviews, state=Review.State.STOPPED)


def told_before(row, user) -> Consequences | None:
    """What depends on the campaign and would not fit it any more once ``row`` is taken back, as ``user`` may know it."""
    if row.kind == Kind.RESUME:
        return consequences(row.campaign, Kind.POSTPONE, user=user)
    return consequences(row.campaign, Kind.CHANGE, days_before(row), user=user) if row.before != row.after else None


def phase_before(row) -> str:
    """What the campaign will be called again."""
    as_before = copy(row.campaign)
    as_before.state = row.state_before
    for name, day in days_before(row).items():
        setattr(as_before, name, day)
    return as_before.phase


def _told(row, _part) -> str:
    return f"Rút lại điều chỉnh: {row.get_kind_display().lower()} theo {short_form(row.paper)}"


@STEPS.step(
    "take_back", "Rút lại điều chỉnh", Campaign.State, who=KEEPER, needs_reason=True, fault=fault_of,
    address="take_back_adjustment", log=_told, told="Đã rút lại điều chỉnh.",
)  # fmt: skip
def take_back(row, *, by, reason):
    """Have the campaign stand where it stood before ``row``."""
    campaign, reviews = row.campaign, list(reopened_by(row).select_for_update())
    for review in reviews:
        review.state, review.stopped_by, review.stopped_on, review.stopped_for = Review.State.OPEN, None, None, ""
        review.save()
    for name, day in days_before(row).items():
        setattr(campaign, name, day)
    if row.kind != Kind.CHANGE:
        campaign.state = row.state_before
    row.undone_by, row.undone_at, row.undone_for = by, timezone.now(), reason.strip()
    return {"Đợt mở lại": "; ".join(str(review) for review in reviews)}
