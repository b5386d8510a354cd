"""The row of a campaign, held for whoever changes it, and the log of what was done to it."""

from documents.models import Change, history_of
from documents.steps.log import record
from documents.steps.refusing import Refused

from ..log import About
from .models import Campaign


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
        raise Refused("Phong trào này đã bị xóa. Hãy tải lại trang.")
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
