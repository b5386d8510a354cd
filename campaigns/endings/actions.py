"""The last steps of a campaign, commended for and over, and the way back from a step that was noted by mistake."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from documents.steps.refusing import Refused, refuse_stale

from ..area import LAUNCH
from ..campaign.bases import COMMENDING, is_launched_here, refuse_basis, refuse_before
from ..campaign.holding import held, note
from ..campaign.models import Campaign
from ..launches.duties import done_by
from ..log import About
from ..reviews.models import Review

State = Campaign.State
# {state: (what the button says, the field that keeps its day)}; reviews move a campaign by themselves.
STEPS = {
    State.COMMENDED: ("Ghi đã khen thưởng", "commended_on"),
    State.CLOSED: ("Kết thúc phong trào", "closed_on"),
}


def next_steps(campaign, user) -> list[tuple[State, str]]:
    """(state, what the button says) of the steps that ``user`` may take now."""
    if not campaign.is_kept_by(user):
        return []
    return [(state, words) for state, (words, _) in STEPS.items() if campaign.state in Campaign.MOVES[state]]


def may_go_back(campaign, user) -> bool:
    """Whether ``user`` may take back the last step: one of ``STEPS``, or the launch while nothing rests on it."""
    if not campaign.is_kept_by(user) or _fault_of_step(campaign):
        return False
    # The first thing that rests on a launch is enough: the page asks no further.
    return campaign.state in STEPS or not any(there for _, there in _resting_on(campaign))


@transaction.atomic
def advance(
    campaign, state, *, by, day: date, paper: Document | None = None, seen_version: int | None = None
) -> Campaign:
    """The campaign was commended for on ``day`` by ``paper``, where one is named, or was over. Raises ``Refused``, ``Stale``."""
    found = held(campaign, by)
    refuse_stale(About.CAMPAIGN, found, seen_version)
    if state not in STEPS or found.state not in Campaign.MOVES[state]:
        raise Refused(f"Phong trào đang ở bước «{found.phase}» nên chưa làm được việc này. Hãy tải lại trang.")
    _refuse_day(found, state, day)
    if paper:
        refuse_basis(found, paper, types=COMMENDING)
        refuse_before(paper, day)
    before, (words, field) = _words(found), STEPS[state]
    found.state = state
    setattr(found, field, day)
    if state == State.COMMENDED:
        found.commended_by = paper
    return _stored(found, words, by, before)


def _refuse_day(campaign, state, day):
    """Decisions are often signed before the conference that sums up; nothing is over before that."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi khi đã đến ngày đó.", "day")
    firsts = [("phát động", campaign.launched_on), ("khen thưởng", campaign.commended_on)]
    if state == State.COMMENDED:
        firsts.append(("bắt đầu", campaign.begins_on))
    else:
        review = campaign.reviews.filter(kind=Review.Kind.FINAL, state=Review.State.HELD).first()
        firsts.append(("tổng kết", review and review.held_on))
    words, first = max(((words, first) for words, first in firsts if first), key=lambda pair: pair[1])
    if day < first:
        raise Refused(f"Phong trào {words} ngày {first:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi.", "day")


# --- Back


def fault_of_way_back(campaign) -> str:
    """Why no step is taken back; nothing where one is."""
    if (fault := _fault_of_step(campaign)) or campaign.state in STEPS:
        return fault
    resting = [words for words, there in _resting_on(campaign) if there]
    return f"Phong trào đã có {', '.join(resting)} nên không lùi về dự thảo được." if resting else ""


def _fault_of_step(campaign) -> str:
    """Why there is no step to take back, whatever rests on the campaign."""
    if campaign.state not in (State.LAUNCHED, *STEPS):
        return f"Phong trào đang ở bước «{campaign.phase}» nên không có bước nào để lùi. Hãy tải lại trang."
    if campaign.state == State.LAUNCHED and is_launched_here(campaign):
        return f"{campaign.document.name} phát hành trong phần mềm. Ghi nhầm thì thu hồi hoặc thay thế văn bản đó."
    return ""


def _resting_on(campaign):
    """(what it is called, whether there is any) of all that would stand in the air without the launch."""
    yield "đơn vị đăng ký", campaign.joinings.exists()
    yield "đợt sơ kết, tổng kết", campaign.reviews.exists()
    yield "điều chỉnh", campaign.adjustments.holding().exists()
    yield "phong trào của đơn vị trên cơ sở đó", campaign.children.exists()
    yield "phong trào mà nó thay thế", campaign.replaced.holding().exists()
    yield "gương điển hình", campaign.examples.exists()
    yield "nhiệm vụ giao các đơn vị phát động", campaign.launch_duties.exists()
    yield "nhiệm vụ được báo xong theo đó", done_by(campaign).exists()


@transaction.atomic
def go_back(campaign, *, by, reason: str, seen_version: int | None = None) -> Campaign:
    """Take back the last step, which was noted by mistake; a launch becomes a draft again. Raises ``Refused``, ``Stale``."""
    found = held(campaign, by)
    refuse_stale(About.CAMPAIGN, found, seen_version)
    if fault := fault_of_way_back(found):
        raise Refused(fault)
    if not reason.strip():
        raise Refused("Hãy ghi lý do lùi bước.", "reason")
    before, told = _words(found), found.get_state_display()
    if found.state == State.LAUNCHED:
        # A launch that was being written before the wrong paper was named is the one that counts again.
        drafted = LAUNCH.of(found.pk).filter(state__in=Document.PENDING).first()
        found.state, found.document, found.launched_on = State.DRAFT, drafted, None
    else:
        setattr(found, STEPS[found.state][1], None)
        if found.state == State.COMMENDED:
            found.commended_by = None
        found.state = State.COMMENDED if found.commended_on else State.FINAL
    return _stored(found, f"Lùi bước «{told}»", by, before, reason)


def _stored(campaign, act, by, before, reason="") -> Campaign:
    campaign.version += 1
    campaign.save()
    note(campaign, act, by, before, _words(campaign), reason)
    return campaign


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
