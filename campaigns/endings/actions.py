"""The last steps of a campaign, commended for and over, and the way back from a step that was noted by mistake."""

from django.db.models import Exists
from django.utils import timezone

from documents.models import Document
from documents.steps.refusing import Refused

from ..area import LAUNCH
from ..campaign.actions import KEEPER, steps
from ..campaign.models import Campaign
from ..campaign.rules import COMMENDING, is_launched_here, refuse_basis, refuse_before
from ..launches.duties import done_by
from ..reviews.models import Review
from .forms import CommendForm, DayForm

State = Campaign.State


def _words(campaign) -> dict:
    days = {
        "Ngày phát động": campaign.launched_on,
        "Ngày khen thưởng": campaign.commended_on,
        "Ngày kết thúc": campaign.closed_on,
    }
    words = {label: f"{day:%d/%m/%Y}" if day else "" for label, day in days.items()}
    papers = {"Văn bản phát động": campaign.document, "Quyết định khen thưởng": campaign.commended_by}
    words |= {label: paper.name if paper else "" for label, paper in papers.items()}
    return {"Trạng thái": campaign.get_state_display()} | words


STEPS = steps(words=_words)


@STEPS.step(
    "commend", "Ghi đã khen thưởng", Campaign.MOVES[State.COMMENDED], to=State.COMMENDED, who=KEEPER, form=CommendForm,
    address="commend_campaign",
    hint="Ghi khi đã có quyết định khen thưởng của phong trào. Sau đó còn đổi được ngày, và kết thúc.", button="Ghi",
    told="Đã ghi.", look="primary", icon="check",
)  # fmt: skip
def commend(campaign, *, by, day, paper=None):
    """The campaign was commended for on ``day`` by ``paper``, where one is named."""
    _refuse_day(campaign, day, ("bắt đầu", campaign.begins_on))
    if paper:
        refuse_basis(campaign, paper, types=COMMENDING)
        refuse_before(paper, day)
    campaign.commended_on, campaign.commended_by = day, paper


@STEPS.step(
    "close", "Kết thúc phong trào", Campaign.MOVES[State.CLOSED], to=State.CLOSED, who=KEEPER, form=DayForm,
    address="close_campaign",
    hint="Phong trào kết thúc thì không đăng ký, báo cáo, khen thưởng hay điều chỉnh nữa; vẫn xem được.", button="Ghi",
    told="Đã ghi.", icon="check",
)  # fmt: skip
def close(campaign, *, by, day):
    """The campaign was over on ``day``."""
    review = campaign.reviews.filter(kind=Review.Kind.FINAL, state=Review.State.HELD).first()
    _refuse_day(campaign, day, ("tổng kết", review and review.held_on))
    campaign.closed_on = day


def _refuse_day(campaign, day, *firsts):
    """Decisions are often signed before the conference that sums up; nothing is over before that."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi khi đã đến ngày đó.", "day")
    firsts = [("phát động", campaign.launched_on), ("khen thưởng", campaign.commended_on), *firsts]
    words, first = max(((words, first) for words, first in firsts if first), key=lambda pair: pair[1])
    if day < first:
        raise Refused(f"Phong trào {words} ngày {first:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi.", "day")


# --- Back


def fault_of_way_back(campaign, _user=None) -> str:
    """Why a launch is not taken back; nothing where it is, and where another step is."""
    if campaign.state != State.LAUNCHED:
        return ""
    if is_launched_here(campaign):
        return f"{campaign.document.name} phát hành trong phần mềm. Ghi nhầm thì thu hồi hoặc thay thế văn bản đó."
    resting = _resting_on(campaign)
    return f"Phong trào đã có {', '.join(resting)} nên không lùi về dự thảo được." if resting else ""


def _resting_on(campaign) -> list[str]:
    """What would stand in the air without the launch, in words. One query."""
    rows = {
        "đơn vị đăng ký": campaign.joinings.all(),
        "đợt sơ kết, tổng kết": campaign.reviews.all(),
        "điều chỉnh": campaign.adjustments.holding(),
        "phong trào của đơn vị trên cơ sở đó": campaign.children.all(),
        "phong trào mà nó thay thế": campaign.replaced.holding(),
        "gương điển hình": campaign.examples.all(),
        "nhiệm vụ giao các đơn vị phát động": campaign.launch_duties.all(),
        "nhiệm vụ được báo xong theo đó": done_by(campaign),
    }
    there = Campaign.objects.filter(pk=campaign.pk).values_list(*(Exists(found) for found in rows.values())).get()
    return [words for words, is_there in zip(rows, there, strict=True) if is_there]


def _told_before_going_back(campaign) -> str:
    if campaign.state == State.LAUNCHED:
        words = "Bỏ lần phát động ghi nhầm: phong trào trở lại dự thảo, chỉ đơn vị lập và Sở Nội vụ thấy."
    else:
        words = f"Bỏ bước «{campaign.get_state_display()}» ghi nhầm: phong trào trở lại bước trước đó."
    return f"{words}\n\nNhật ký giữ cả hai lần ghi."


@STEPS.step(
    "go_back", "Lùi một bước", [State.LAUNCHED, State.COMMENDED, State.CLOSED], who=KEEPER, needs_reason=True,
    fault=fault_of_way_back, address="step_campaign_back",
    log=lambda campaign, _: f"Lùi bước «{campaign.get_state_display()}»", hint=_told_before_going_back,
    button="Lùi bước", told="Đã lùi một bước.", icon="arrow-back-up",
)  # fmt: skip
def go_back(campaign, *, by):
    """Take back the last step, which was noted by mistake; a launch becomes a draft again."""
    if campaign.state == State.LAUNCHED:
        # A launch that was being written before the wrong paper was named is the one that counts again.
        drafted = LAUNCH.of(campaign.pk).filter(state__in=Document.PENDING).first()
        campaign.state, campaign.document, campaign.launched_on = State.DRAFT, drafted, None
        return
    if campaign.state == State.COMMENDED:
        campaign.commended_on = campaign.commended_by = None
    campaign.closed_on = None
    campaign.state = State.COMMENDED if campaign.commended_on else State.FINAL
