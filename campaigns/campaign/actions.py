"""Who takes steps with a campaign, the tables of them, and the log of what was done to it."""

from documents.models import history_of
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who

from ..log import About
from .models import Campaign


def whose(campaign) -> str:
    """Who keeps ``campaign``, in words."""
    return "Sở Nội vụ" if campaign.level != Campaign.Level.UNIT else f"cán bộ của {campaign.unit}"


KEEPER = Who(Campaign.is_kept_by, whose)


def steps(**facts) -> Steps:
    """A table of steps with a campaign, for one room."""
    return Steps(
        Campaign,
        "phong trào",
        about=About.CAMPAIGN,
        related=["unit", "document__type"],
        gone="Phong trào này đã bị xóa. Hãy tải lại trang.",
        not_now=lambda step, row: (
            f"Phong trào đang ở bước «{row.phase}» nên chưa làm được việc này. Hãy tải lại trang."
        ),
        **facts,
    )


_ROWS = steps()


def held(campaign, by) -> Campaign:
    """The campaign as it stands, held until the transaction ends. Raises ``Refused`` for whoever does not keep it."""
    found = _ROWS.locked(campaign)
    refuse_others(found, by)
    return found


def refuse_others(campaign, by):
    """Raise ``Refused`` for whoever may not change ``campaign``."""
    if not campaign.is_kept_by(by):
        raise Refused(f"Chỉ cán bộ của {campaign.unit} (phong trào của tỉnh: Sở Nội vụ) làm được việc này.")


def history(campaign):
    """What became of a campaign, the latest first."""
    return history_of(About.CAMPAIGN, campaign.pk)
