"""Reviews of a campaign: planned, changed, stopped by a paper, held with a report, opened again."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale

from ..campaign.bases import refuse_basis, refuse_before
from ..campaign.days import LAST_DAY, fault_of_year, years_after
from ..campaign.models import Campaign
from ..log import About
from .models import Review

State, Kind = Review.State, Review.Kind
# What a campaign becomes when a review of a kind is held.
_BECOMES = {Kind.INTERIM: Campaign.State.INTERIM, Kind.FINAL: Campaign.State.FINAL}
_FACTS = ["kind", "form", "planned_on", "reports_until"]
# Why an interim review that was still open is not held any more.
SUMMED_UP = "Đã tổng kết phong trào"


def _locked(campaign_id, by, seen_version=None, step="") -> Campaign:
    """The campaign of a review, held until the transaction ends, for one who keeps it. Raises ``Refused``, ``Stale``."""
    found = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign_id)
    if not found.is_kept_by(by):
        raise Refused(f"Việc sơ kết, tổng kết phong trào này do {found.unit} làm.")
    refuse_stale(About.CAMPAIGN, found, seen_version, step=step)
    return found


def _keep(campaign, review, act, by, before, reason="", after=None):
    """Leave the row that tells of ``act`` on a review, in the log of its campaign, which is a version newer for it."""
    campaign.version += 1
    campaign.save()
    told = f"{act} {review.get_kind_display().lower()} ({review.planned_on:%d/%m/%Y})"
    record(About.CAMPAIGN, campaign, told, by=by, before=before, after=after or _words(review), reason=reason)


def _words(review) -> dict:
    words = words_of(review, [*_FACTS, "state", "held_on", "stopped_on"])
    for name, label in (("document", "Báo cáo"), ("stopped_by", "Văn bản dừng")):
        paper = getattr(review, name)
        words[label] = paper.name if paper else ""
    return words


def may_be_reviewed(campaign, kind) -> bool:
    """Whether a review of ``kind`` may follow on how far the campaign has come."""
    return campaign.state in Campaign.MOVES[_BECOMES[kind]]


def _refuse_phase(campaign, kind):
    if not may_be_reviewed(campaign, kind):
        raise Refused(
            f"Phong trào đang ở bước «{campaign.get_state_display()}» nên không {Kind(kind).label.lower()} được. "
            + ("Hãy cho phong trào tiếp tục trước." if campaign.state == Campaign.State.POSTPONED else "")
        )


def _refuse_facts(campaign, review):
    """What cannot be stored of a plan."""
    for name in ("planned_on", "reports_until"):
        day = getattr(review, name)
        if day and (fault := fault_of_year(day)):
            raise Refused(fault, name)
    _refuse_far(campaign, review)
    begins = f"{campaign.begins_on:%d/%m/%Y}"
    if review.planned_on < campaign.begins_on:
        raise Refused(f"Phong trào bắt đầu ngày {begins}. Hãy chọn ngày từ đó trở đi.", "planned_on")
    if review.reports_until and not campaign.begins_on <= review.reports_until <= review.planned_on:
        raise Refused(
            f"Hạn báo cáo phải từ ngày bắt đầu phong trào ({begins}) đến ngày dự kiến ({review.planned_on:%d/%m/%Y}).",
            "reports_until",
        )
    others = campaign.reviews.exclude(pk=review.pk).exclude(state=State.STOPPED)
    if review.kind == Kind.FINAL and others.filter(kind=Kind.FINAL).exists():
        raise Refused("Phong trào đã có đợt tổng kết. Hãy sửa đợt đó, hoặc ghi dừng đợt đó trước.", "kind")


def _refuse_far(campaign, review):
    """A year after the campaign's end is the last day that is no mistake."""
    if review.planned_on > years_after(min(campaign.ends_on, LAST_DAY), 1):
        raise Refused(
            f"Phong trào kết thúc ngày {campaign.ends_on:%d/%m/%Y}. Hãy chọn ngày không quá một năm sau đó.",
            "planned_on",
        )


@transaction.atomic
def open_review(review, *, by, seen_version: int | None = None) -> Review:
    """Plan a review of a campaign that goes on; units report from then on. Raises ``Refused``, ``Stale``."""
    campaign = _locked(review.campaign_id, by, seen_version)
    _refuse_phase(campaign, review.kind)
    _refuse_facts(campaign, review)
    review.save()
    _keep(campaign, review, "Mở đợt", by, {})
    return review


def _open(review, by, seen_version) -> tuple[Campaign, Review]:
    """The campaign and the review as they stand, held, where the review is open."""
    campaign = _locked(review.campaign_id, by, seen_version)
    found = _fresh(review)
    if found.state != State.OPEN:
        raise Refused(f"Đợt này {found.get_state_display().lower()} nên không thay đổi được nữa.")
    return campaign, found


@transaction.atomic
def change_review(review, *, by, seen_version: int | None = None) -> Review:
    """Store the plan of an open review as changed. Raises ``Refused``, ``Stale``."""
    campaign, stored = _open(review, by, seen_version)
    if review.kind != stored.kind:
        if stored.results.exists() or stored.papers.exclude(document__state__in=Document.OVER).exists():
            raise Refused("Đợt này đã có kết quả của đơn vị hoặc báo cáo đang soạn nên không đổi loại được.", "kind")
        _refuse_phase(campaign, review.kind)
    _refuse_facts(campaign, review)
    before = _words(stored)
    for name in _FACTS:
        setattr(stored, name, getattr(review, name))
    stored.save()
    if before != _words(stored):
        _keep(campaign, stored, "Sửa đợt", by, before)
    return stored


@transaction.atomic
def stop(review, *, by, paper, day: date, reason: str, substitute=None, seen_version: int | None = None) -> Review:
    """An open review is not held, by ``paper``; units study ``substitute`` instead, where there is one. Raises ``Refused``."""
    campaign, found = _open(review, by, seen_version)
    if not paper:
        raise Refused("Hãy ghi số, ký hiệu văn bản dừng tổ chức.", "paper")
    if not reason.strip():
        raise Refused("Hãy ghi lý do dừng.", "reason")
    refuse_basis(campaign, paper)
    _refuse_day(campaign, day)
    refuse_before(paper, day)
    if substitute == paper:
        raise Refused("Văn bản nghiên cứu thay phải khác văn bản dừng.", "substitute")
    if substitute:
        refuse_basis(campaign, substitute, field="substitute")
    found.document = substitute
    _stopped(campaign, found, paper, day, reason, by)
    return found


def _refuse_day(campaign, day):
    """A review ends on a day that has come, not before the campaign was launched."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi khi đã đến ngày đó.", "day")
    if day < campaign.launched_on:
        raise Refused(f"Phong trào phát động ngày {campaign.launched_on:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi.", "day")


def _stopped(campaign, review, paper, day, reason, by):
    before = _words(review)
    review.state, review.stopped_by, review.stopped_on, review.stopped_for = State.STOPPED, paper, day, reason.strip()
    review.save()
    _keep(campaign, review, "Dừng tổ chức", by, before, reason)


@transaction.atomic
def hold(review, *, by, paper, day: date, seen_version: int | None = None) -> Review:
    """An open review took place on ``day``, told by the report ``paper``. Raises ``Refused``, ``Stale``."""
    campaign, found = _open(review, by, seen_version)
    if not paper:
        raise Refused("Hãy ghi số, ký hiệu báo cáo.", "paper")
    _refuse_early(campaign, day)
    refuse_basis(campaign, paper)
    _refuse_day(campaign, day)
    return _held(campaign, found, paper, day, by)


def _refuse_early(campaign, day):
    if day < campaign.begins_on:
        raise Refused(f"Phong trào bắt đầu ngày {campaign.begins_on:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi.", "day")


def held_by(review, paper) -> Review:
    """An open review took place by its report ``paper``, which was issued. Raises ``Refused`` where it cannot be."""
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=review.campaign_id)
    found = _fresh(review)
    day = date(paper.year, paper.month, paper.day)
    if found.state == State.HELD:
        if found.document.state not in Document.OVER:
            raise Refused(f"Đợt này đã có {found.document.name}. Hãy trả lại và bỏ dự thảo này.")
        before, found.document = _words(found), paper
        found.save()
        _keep(campaign, found, "Thay báo cáo", paper.issued_by, before)
        return found
    if found.state == State.STOPPED:
        raise Refused("Đợt này đã dừng nên không phát hành báo cáo được. Hãy trả lại và bỏ dự thảo này.")
    return _held(campaign, found, paper, day, paper.issued_by)


def _held(campaign, review, paper, day, by) -> Review:
    _refuse_early(campaign, day)
    _refuse_phase(campaign, review.kind)
    before = _words(review) | {"Phong trào": campaign.get_state_display()}
    review.state, review.held_on, review.document = State.HELD, day, paper
    review.save()
    campaign.state = _BECOMES[Kind(review.kind)]
    _keep(
        campaign, review, "Thực hiện", by, before, after=_words(review) | {"Phong trào": campaign.get_state_display()}
    )
    for row in left_by(campaign, review):
        _stopped(campaign, row, paper, day, SUMMED_UP, by)
    return review


def left_by(campaign, review):
    """The interim reviews that are still open, which end when ``review`` is held: those of a final one."""
    rows = campaign.reviews.select_related("document__type", "stopped_by__type")
    return rows.filter(kind=Kind.INTERIM, state=State.OPEN) if review.kind == Kind.FINAL else rows.none()


# --- Open again


def reopen(review, *, by, reason: str) -> None:
    """The report of a held review was recalled: units report again, and the campaign stands where it stood before.

    Where the campaign has gone on since, the recall is told in its log and nothing else changes.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=review.campaign_id)
    review = _fresh(review)
    if review.state != State.HELD or campaign.state != _BECOMES[Kind(review.kind)]:
        _keep(campaign, review, "Thu hồi báo cáo", by, _words(review), reason)
        return
    _opened(campaign, review, by, reason)


def fault_of_reopening(review) -> str:
    """Why a review that is over stays so, in words that say what to do first; nothing where it may be opened again."""
    campaign = review.campaign
    if review.state == State.OPEN:
        return "Đợt này đang nhận báo cáo. Hãy tải lại trang."
    is_held = review.state == State.HELD
    if campaign.state != _BECOMES[Kind(review.kind)] if is_held else not may_be_reviewed(campaign, review.kind):
        step = f"Phong trào đang ở bước «{campaign.get_state_display()}» nên chưa mở lại đợt này được."
        return f"{step} {_FIRST.get(campaign.state, '')}".strip()
    if (
        is_held
        and review.document.state not in Document.OVER
        and review.papers.filter(document=review.document).exists()
    ):
        return f"Đợt này thực hiện bằng {review.document.name}, soạn ở đây. Hãy thu hồi báo cáo đó: đợt sẽ tự mở lại."
    others = campaign.reviews.filter(kind=Kind.FINAL).exclude(state=State.STOPPED).exclude(pk=review.pk)
    if review.kind == Kind.FINAL and others.exists():
        return "Phong trào đã có đợt tổng kết khác. Hãy ghi dừng đợt đó trước."
    return ""


# What is done before a review of a campaign that stands there.
_FIRST = {
    Campaign.State.FINAL: "Hãy mở lại đợt tổng kết trước.",
    Campaign.State.COMMENDED: "Hãy mở trang phong trào, bấm «Lùi một bước» trước.",
    Campaign.State.CLOSED: "Hãy mở trang phong trào, bấm «Lùi một bước» trước.",
    Campaign.State.POSTPONED: "Hãy cho phong trào tiếp tục trước.",
    Campaign.State.STOPPED: "Nếu dừng phong trào là ghi nhầm, hãy rút lại điều chỉnh đó trước.",
    Campaign.State.REPLACED: "Nếu thay phong trào là ghi nhầm, hãy rút lại điều chỉnh đó trước.",
}


@transaction.atomic
def reopen_by_hand(review, *, by, reason: str, seen_version: int | None = None) -> Review:
    """A review that was noted as held or stopped by mistake takes reports again. Raises ``Refused``, ``Stale``."""
    campaign = _locked(review.campaign_id, by, seen_version, step="mở lại")
    found = _fresh(review)
    found.campaign = campaign
    if fault := fault_of_reopening(found):
        raise Refused(fault)
    if not reason.strip():
        raise Refused("Hãy ghi lý do mở lại.", "reason")
    _opened(campaign, found, by, reason)
    return found


def _fresh(review) -> Review:
    return Review.objects.select_related("document__type", "stopped_by__type").get(pk=review.pk)


def _opened(campaign, review, by, reason):
    """A review that is over takes reports again; the campaign stands where it stood before one that was held."""
    before, was_held = _words(review) | {"Phong trào": campaign.get_state_display()}, review.state == State.HELD
    review.state, review.document, review.held_on = State.OPEN, None, None
    review.stopped_by, review.stopped_on, review.stopped_for = None, None, ""
    review.save()
    if was_held:
        earlier = campaign.reviews.filter(state=State.HELD, kind=Kind.INTERIM).exists()
        campaign.state = Campaign.State.INTERIM if earlier else Campaign.State.LAUNCHED
    after = _words(review) | {"Phong trào": campaign.get_state_display()}
    _keep(campaign, review, "Mở lại đợt", by, before, reason, after)
    if was_held and review.kind == Kind.FINAL:
        _reopen_left(campaign, by, reason)


def _reopen_left(campaign, by, reason):
    """What ended because the campaign was summed up goes on as well."""
    for row in campaign.reviews.filter(kind=Kind.INTERIM, state=State.STOPPED, stopped_for=SUMMED_UP):
        before = _words(row)
        row.state, row.stopped_by, row.stopped_on, row.stopped_for = State.OPEN, None, None, ""
        row.save()
        _keep(campaign, row, "Mở lại đợt", by, before, reason)
