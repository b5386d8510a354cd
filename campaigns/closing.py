"""The last steps of a campaign, commended for and over, and the way back from one that was noted by mistake."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from documents.steps import Refused

from .keeping import held, note
from .models import Campaign

State = Campaign.State
# {state: (what the button says, the field that keeps its day, the name of its address)}; reviews move a campaign themselves.
STEPS = {
    State.COMMENDED: ("Ghi đã khen thưởng", "commended_on", "commend_campaign"),
    State.CLOSED: ("Kết thúc phong trào", "closed_on", "close_campaign"),
}


def next_steps(campaign, user) -> list[tuple[str, str]]:
    """(name of the address, what the button says) of the steps that ``user`` may take now."""
    if not campaign.is_kept_by(user):
        return []
    return [(address, words) for state, (words, _, address) in STEPS.items() if campaign.state in Campaign.MOVES[state]]


def may_go_back(campaign, user) -> bool:
    """Whether ``user`` may take back the last step."""
    return campaign.state in STEPS and campaign.is_kept_by(user)


@transaction.atomic
def advance(campaign, state, *, by, day: date, paper: Document | None = None) -> Campaign:
    """The campaign was commended for on ``day`` by ``paper``, where one is named, or was over. Raises ``Refused``."""
    found = held(campaign, by)
    if state not in STEPS or found.state not in Campaign.MOVES[state]:
        raise Refused(f"Phong trào đang ở bước «{found.phase}» nên chưa làm được việc này. Hãy tải lại trang.")
    _refuse_day(found, day)
    if paper:
        _refuse_paper(found, paper, day)
    before, (words, field, _) = _words(found), STEPS[state]
    found.state = state
    setattr(found, field, day)
    if state == State.COMMENDED:
        found.commended_by = paper
    return _stored(found, words, by, before)


def _refuse_day(campaign, day):
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi khi đã đến ngày đó.", "day")
    first = campaign.commended_on or campaign.launched_on
    if day < first:
        words = "khen thưởng" if campaign.commended_on else "phát động"
        raise Refused(f"Phong trào {words} ngày {first:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi.", "day")


def _refuse_paper(campaign, paper, day):
    """Only a paper that holds, of that day or before, and not the one that launched the campaign."""
    if not paper.is_frozen or paper.state == Document.State.RECALLED:
        raise Refused(f"{paper.name} {paper.get_state_display().lower()} nên không làm căn cứ được.", "paper")
    if paper.pk == campaign.document_id:
        raise Refused("Đây là văn bản phát động. Hãy ghi quyết định khen thưởng.", "paper")
    if paper.day and day < paper.dated:
        raise Refused(f"{paper.name} ký ngày {paper.date_text}. Hãy chọn ngày từ đó trở đi.", "day")


@transaction.atomic
def go_back(campaign, *, by, reason: str) -> Campaign:
    """Take back the last step, which was noted by mistake. Raises ``Refused``."""
    found = held(campaign, by)
    if found.state not in STEPS:
        raise Refused(f"Phong trào đang ở bước «{found.phase}» nên không có bước nào để lùi. Hãy tải lại trang.")
    if not reason.strip():
        raise Refused("Hãy ghi lý do lùi bước.", "reason")
    before, (words, field, _) = _words(found), STEPS[found.state]
    setattr(found, field, None)
    if found.state == State.COMMENDED:
        found.commended_by = None
    found.state = State.COMMENDED if found.commended_on else State.FINAL
    return _stored(found, f"Lùi bước: {words[:1].lower()}{words[1:]}", by, before, reason)


def _stored(campaign, act, by, before, reason="") -> Campaign:
    campaign.version += 1
    campaign.save()
    note(campaign, act, by, before, _words(campaign), reason)
    return campaign


def _words(campaign) -> dict:
    days = {"Khen thưởng ngày": campaign.commended_on, "Kết thúc ngày": campaign.closed_on}
    words = {label: f"{day:%d/%m/%Y}" if day else "" for label, day in days.items()}
    paper = campaign.commended_by.name if campaign.commended_by else ""
    return {"Trạng thái": campaign.get_state_display(), "Quyết định khen thưởng": paper} | words
