"""Who takes steps with a campaign, the tables of them, and the log of what was done to it."""

from documents.models import Change, history_of
from documents.steps.log import record
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who

from ..log import About
from .models import Campaign


def whose(campaign) -> str:
    """Who keeps ``campaign``, in words."""
    return "Sở Nội vụ" if campaign.level != Campaign.Level.UNIT else f"cán bộ của {campaign.unit}"


KEEPER = Who(Campaign.is_kept_by, whose)
GONE = "Phong trào này đã bị xóa. Hãy tải lại trang."


def steps(words) -> Steps:
    """A table of steps with a campaign, for one room; ``words(campaign)`` is what its log compares."""
    return Steps(
        Campaign,
        "phong trào",
        about=About.CAMPAIGN,
        words=words,
        related=["unit", "document__type"],
        gone=GONE,
        not_now=lambda step, row: (
            f"Phong trào đang ở bước «{row.phase}» nên chưa làm được việc này. Hãy tải lại trang."
        ),
    )


def held(campaign, by) -> Campaign:
    """The campaign as it stands, held until the transaction ends. Raises ``Refused`` for whoever does not keep it."""
    found = hold(campaign)
    refuse_others(found, by)
    return found


def hold(campaign) -> Campaign:
    """The campaign as it stands, held until the transaction ends, whoever asks. Raises ``Refused`` where it is gone."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("unit", "document__type")
    found = rows.filter(pk=campaign.pk).first()
    if found is None:
        raise Refused(GONE)
    return found


def refuse_others(campaign, by):
    """Raise ``Refused`` for whoever may not change ``campaign``."""
    if not campaign.is_kept_by(by):
        raise Refused(f"Chỉ cán bộ của {campaign.unit} (phong trào của tỉnh: Sở Nội vụ) làm được việc này.")


def note(campaign, act, by, before=None, after=None, reason="") -> Change:
    """Leave the row that tells of ``act``."""
    return record(About.CAMPAIGN, campaign, act, by=by, before=before, after=after, reason=reason)


def history(campaign):
    """What became of a campaign, the latest first."""
    return history_of(About.CAMPAIGN, campaign.pk)
