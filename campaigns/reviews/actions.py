"""Reviews of a campaign: planned, changed, stopped by a paper, held with a report, opened again."""

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from documents.steps.log import words_of
from documents.steps.refusing import Refused, refuse_stale
from documents.steps.stepping import Steps, Who

from ..area import REPORT
from ..campaign.actions import held as campaign_held
from ..campaign.actions import whose
from ..campaign.models import Campaign
from ..campaign.rules import LAST_DAY, fault_of_year, refuse_basis, refuse_before, years_after
from ..log import About
from .forms import HoldForm, StopForm
from .models import Review
from .rules import BECOMES, may_be_reviewed

State, Kind = Review.State, Review.Kind
_FACTS = ["kind", "form", "planned_on", "reports_until"]
# Why an interim review that was still open is not held any more, for people to read.
SUMMED_UP = "Đã tổng kết phong trào"


def _words(review) -> dict:
    words = words_of(review, [*_FACTS, "state", "held_on", "stopped_on"])
    for name, label in (("document", "Báo cáo"), ("stopped_by", "Văn bản dừng")):
        paper = getattr(review, name)
        words[label] = paper.name if paper else ""
    return words


def _told(act):
    """How the log names a step."""
    return lambda review, _=None: f"{act} {review.brief}"


KEEPER = Who(lambda review, user: review.campaign.is_kept_by(user), lambda review: whose(review.campaign))
NOBODY = Who(lambda review, user: False, "chương trình")
STEPS = Steps(
    Review,
    "đợt",
    about=About.CAMPAIGN,
    under="campaign",
    related=["unit"],
    words=lambda review: _words(review) | {"Phong trào": review.campaign.get_state_display()},
    not_now=lambda step, review: f"Đợt này {review.get_state_display().lower()} nên không thay đổi được nữa.",
)


def _fault_of_phase(campaign, kind) -> str:
    if may_be_reviewed(campaign, kind):
        return ""
    told = f"Phong trào đang ở bước «{campaign.get_state_display()}» nên không {Kind(kind).label.lower()} được."
    return f"{told} Hãy cho phong trào tiếp tục trước." if campaign.state == Campaign.State.POSTPONED else told


def _refuse_phase(campaign, kind):
    if fault := _fault_of_phase(campaign, kind):
        raise Refused(fault)


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
    review.campaign = campaign_held(review.campaign, by)
    refuse_stale(About.CAMPAIGN, review.campaign, seen_version)
    _refuse_phase(review.campaign, review.kind)
    _refuse_facts(review.campaign, review)
    STEPS.store(review)
    STEPS.tell(review, "open_review", _told("Mở đợt")(review), by=by, after=_words(review), of=review.pk)
    return review


@STEPS.step("change_review", "Sửa đợt", [State.OPEN], who=KEEPER, form=None, log=_told("Sửa đợt"))
def change_review(review, *, by, plan):
    """The plan of an open review becomes that of ``plan``, a review with what was typed."""
    if plan.kind != review.kind:
        if review.results.exists() or REPORT.standing(review.pk).exists():
            raise Refused("Đợt này đã có kết quả của đơn vị hoặc báo cáo đang soạn nên không đổi loại được.", "kind")
        _refuse_phase(review.campaign, plan.kind)
    _refuse_facts(review.campaign, plan)
    for name in _FACTS:
        setattr(review, name, getattr(plan, name))


# --- Stopped, held


def _refuse_day(campaign, day):
    """A review ends on a day that has come, not before the campaign was launched."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi khi đã đến ngày đó.", "day")
    if day < campaign.launched_on:
        raise Refused(f"Phong trào phát động ngày {campaign.launched_on:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi.", "day")


@STEPS.step(
    "stop_review", "Dừng tổ chức", [State.OPEN], to=State.STOPPED, who=KEEPER, form=StopForm, needs_reason=True,
    address="stop_review", log=_told("Dừng tổ chức"),
    hint=lambda review: (
        "Dừng đợt này không dừng phong trào. Kết quả các đơn vị đã gửi vẫn còn; không nhận thêm. "
        f"Muốn {review.get_kind_display().lower()} bằng hình thức khác thì mở đợt mới."
    ),
    button="Ghi dừng", told="Đã ghi dừng tổ chức.", icon="ban",
)  # fmt: skip
def stop(review, *, by, paper, day, reason, substitute=None):
    """An open review is not held, by ``paper``; units study ``substitute`` instead, where there is one."""
    if not paper:
        raise Refused("Hãy ghi số, ký hiệu văn bản dừng tổ chức.", "paper")
    refuse_basis(review.campaign, paper)
    _refuse_day(review.campaign, day)
    refuse_before(paper, day)
    if substitute == paper:
        raise Refused("Văn bản nghiên cứu thay phải khác văn bản dừng.", "substitute")
    if substitute:
        refuse_basis(review.campaign, substitute, field="substitute")
    review.document = substitute
    review.stopped_by, review.stopped_on, review.stopped_for = paper, day, reason.strip()


@STEPS.step(
    "stop_along", "Dừng theo tổng kết", [State.OPEN], to=State.STOPPED, who=NOBODY, form=None, log=_told("Dừng tổ chức")
)
def stop_along(review, *, by, reason, final):
    """The campaign was summed up by ``final``: what was still open is not held any more."""
    review.stopped_by, review.stopped_on, review.stopped_for = final.document, final.held_on, reason
    review.stopped_with = final


def left_by(review):
    """The interim reviews that are still open, which end when ``review`` is held: those of a final one."""
    rows = review.campaign.reviews.select_related("document__type", "stopped_by__type")
    return rows.filter(kind=Kind.INTERIM, state=State.OPEN) if review.kind == Kind.FINAL else rows.none()


def _stop_left(review, by, _reason):
    for row in left_by(review):
        stop_along.heard(row, by=by, reason=SUMMED_UP, final=review)


@STEPS.step(
    "hold_review", "Ghi đã thực hiện", [State.OPEN], to=State.HELD, who=KEEPER, form=HoldForm, address="hold_review",
    log=_told("Thực hiện"),
    hint=lambda review: (
        "Dùng khi báo cáo đã làm ngoài chương trình. Từ lúc này không nhận thêm kết quả của đơn vị, và phong trào chuyển "
        f"sang bước «Đã {review.get_kind_display().lower()}»."
    ),
    button="Ghi", told="Đã ghi thực hiện.", icon="circle-check",
    fault=lambda review, _: _fault_of_phase(review.campaign, review.kind), then=_stop_left,
)  # fmt: skip
def hold(review, *, by, paper, day):
    """An open review took place on ``day``, told by the report ``paper``."""
    if not paper:
        raise Refused("Hãy ghi số, ký hiệu báo cáo.", "paper")
    if day < review.campaign.begins_on:
        begins = f"{review.campaign.begins_on:%d/%m/%Y}"
        raise Refused(f"Phong trào bắt đầu ngày {begins}. Hãy chọn ngày từ đó trở đi.", "day")
    refuse_basis(review.campaign, paper)
    _refuse_day(review.campaign, day)
    review.held_on, review.document = day, paper
    review.campaign.state = BECOMES[Kind(review.kind)]


@STEPS.step("replace_report", "Thay báo cáo", [State.HELD], who=NOBODY, form=None, log=_told("Thay báo cáo"))
def replace_report(review, *, by, paper):
    """A held review has another report: the one before is over."""
    if review.document.state not in Document.OVER:
        raise Refused(f"Đợt này đã có {review.document.name}. Hãy trả lại và bỏ dự thảo này.")
    review.document = paper


def held_by(review, paper) -> Review:
    """The report of a review was issued. Raises ``Refused`` where it cannot be."""
    if review.state == State.STOPPED:
        raise Refused("Đợt này đã dừng nên không phát hành báo cáo được. Hãy trả lại và bỏ dự thảo này.")
    if review.state == State.HELD:
        return replace_report.heard(review, by=paper.issued_by, paper=paper)
    return hold.heard(review, by=paper.issued_by, paper=paper, day=paper.dated)


# --- Open again


def fault_of_reopening(review, _user=None) -> str:
    """Why a review that is over stays so, in words that say what to do first; nothing where it may be opened again."""
    campaign, is_held = review.campaign, review.state == State.HELD
    if campaign.state != BECOMES[Kind(review.kind)] if is_held else not may_be_reviewed(campaign, review.kind):
        step = f"Phong trào đang ở bước «{campaign.get_state_display()}» nên chưa mở lại đợt này được."
        return f"{step} {_FIRST.get(campaign.state, '')}".strip()
    if is_held and review.document.state not in Document.OVER and REPORT.is_of(review.document, review.pk):
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


def _told_before_reopening(review) -> str:
    """What was noted and is taken back, and what follows."""
    told, paper = review.get_state_display().lower(), review.stopped_by or review.document
    words = [
        f"Dùng khi ghi nhầm. Bỏ lần ghi «{told}» theo {paper.name}; văn bản vẫn còn trong sổ. Nhật ký giữ cả hai lần ghi."
    ]
    stays = "Các đơn vị gửi tiếp được kết quả; kết quả đã gửi giữ nguyên."
    is_held = review.state == State.HELD
    words.append(f"Phong trào trở lại bước trước đợt này. {stays}" if is_held else stays)
    if is_held and review.kind == Kind.FINAL:
        words.append(f"Đợt sơ kết đã dừng với lý do «{SUMMED_UP}» cũng mở lại.")
    return "\n\n".join(words)


def _reopen_left(review, by, reason):
    """What ended because the campaign was summed up goes on as well."""
    for row in review.stopped_along.all():
        reopen.heard(row, by=by, reason=reason)


@STEPS.step(
    "reopen_review", "Mở lại", [State.HELD, State.STOPPED], to=State.OPEN, who=KEEPER, needs_reason=True,
    fault=fault_of_reopening, address="reopen_review", log=_told("Mở lại đợt"), hint=_told_before_reopening,
    told="Đã mở lại. Các đơn vị đã đăng ký báo cáo được từ bây giờ.", icon="arrow-back-up", then=_reopen_left,
)  # fmt: skip
def reopen(review, *, by):
    """A review that was noted as held or stopped by mistake takes reports again; the campaign stands where it stood."""
    if review.state == State.HELD:
        earlier = review.campaign.reviews.filter(state=State.HELD, kind=Kind.INTERIM).exclude(pk=review.pk)
        review.campaign.state = Campaign.State.INTERIM if earlier.exists() else Campaign.State.LAUNCHED
    review.document = review.held_on = review.stopped_by = review.stopped_on = review.stopped_with = None
    review.stopped_for = ""


@STEPS.step(
    "note_recall", "Thu hồi báo cáo", State, who=NOBODY, form=None, needs_reason=True, log=_told("Thu hồi báo cáo")
)
def note_recall(review, *, by):
    """The campaign has gone on since: the recall of a report is told in its log, and nothing else changes."""


@transaction.atomic
def recalled(review, *, by, reason: str) -> None:
    """The report of a held review was recalled: units report again, where the campaign still stands there."""
    found = STEPS.locked(review)
    has_gone_on = found.state != State.HELD or reopen.untimely(found, by)
    (note_recall if has_gone_on else reopen).heard(found, by=by, reason=reason)
