"""An adjustment that was entered by mistake is taken back: it stays to be read with the reason, and holds no more."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.citations import short_form
from documents.steps import Refused

from .adjusting import ENDING, STATES, Kind, days_of, faults_of_days, iso_days, words_of_campaign
from .keeping import held, note
from .models import Adjustment, Campaign, Review


def last_of(campaign) -> Adjustment | None:
    """The adjustment that was entered last and holds, the only one that can be taken back."""
    return campaign.adjustments.holding().order_by("-pk").first()


def fault_of(row) -> str:
    """Why an adjustment stays as it is; nothing where it can be taken back."""
    campaign = row.campaign
    if row.undone_at:
        return "Điều chỉnh này đã rút lại rồi."
    if row.pk != last_of(campaign).pk:
        return "Sau điều chỉnh này còn điều chỉnh khác. Hãy rút lại điều chỉnh ghi sau trước."
    if not _stands_as_left(campaign, row):
        return "Từ khi ghi điều chỉnh, phong trào đã thay đổi nên không rút lại được. Hãy ghi một điều chỉnh mới."
    if row.kind in (Kind.CHANGE, Kind.RESUME):
        faults = faults_of_days(campaign, _days_before(row))
        return next(iter(faults.values()), "")
    return ""


def _stands_as_left(campaign, row) -> bool:
    """Whether nothing became of the campaign since."""
    if iso_days(days_of(campaign)) != row.after:
        return False
    if row.kind == Kind.CHANGE:
        return campaign.may_be_adjusted
    if row.kind == Kind.RESUME:
        return campaign.state == _before_postponed(row)
    return campaign.state == STATES[row.kind]


def _before_postponed(row) -> str:
    """Where the campaign stood before it was postponed, which ``row`` ended."""
    rows = row.campaign.adjustments.holding().filter(kind=Kind.POSTPONE, pk__lt=row.pk)
    return rows.order_by("-pk").values_list("state_before", flat=True).first()


def _days_before(row) -> dict:
    return {name: date.fromisoformat(day) if day else None for name, day in row.before.items()}


def reopened_by(row):
    """The reviews that were stopped with the campaign, which take reports again."""
    if row.kind not in ENDING:
        return Review.objects.none()
    told = {"stopped_by": row.paper_id, "stopped_on": row.effective_on, "stopped_for": row.reason}
    return row.campaign.reviews.filter(state=Review.State.STOPPED, **told)


def consequences(row) -> list[str]:
    """What becomes of the campaign, in sentences."""
    found = []
    if row.kind != Kind.CHANGE:
        found.append(f"Phong trào trở lại trạng thái «{Campaign.State(row.state_before).label}».")
    if row.before != row.after:
        found.append("Các ngày đã đổi trở lại như trước.")
    if reviews := reopened_by(row).count():
        found.append(f"{reviews} đợt sơ kết, tổng kết đã dừng theo nhận báo cáo trở lại.")
    found.append(
        f"{row.paper.name} vẫn còn trong sổ. Nếu văn bản đã gửi các đơn vị thì phải thay thế hoặc thu hồi văn bản đó."
    )
    return found


@transaction.atomic
def take_back(row, *, by, reason: str) -> Adjustment:
    """Have the campaign stand where it stood before ``row``. Raises ``Refused``."""
    campaign = held(row.campaign, by)
    row = campaign.adjustments.select_related("paper__type").get(pk=row.pk)
    row.campaign = campaign
    if fault := fault_of(row):
        raise Refused(fault)
    if not reason.strip():
        raise Refused("Hãy ghi lý do rút lại.", "reason")
    before, reviews = words_of_campaign(campaign), list(reopened_by(row).select_for_update())
    for review in reviews:
        review.state, review.stopped_by, review.stopped_on, review.stopped_for = Review.State.OPEN, None, None, ""
        review.save()
    for name, day in _days_before(row).items():
        setattr(campaign, name, day)
    if row.kind != Kind.CHANGE:
        campaign.state = row.state_before
    campaign.version += 1
    campaign.save()
    row.undone_by, row.undone_at, row.undone_for = by, timezone.now(), reason.strip()
    row.save()
    told = {"Đợt mở lại": "; ".join(str(review) for review in reviews)}
    act = f"Rút lại điều chỉnh: {row.get_kind_display().lower()} theo {short_form(row.paper)}"
    note(campaign, act, by, before, words_of_campaign(campaign) | told, reason)
    return row
