"""What the pages of a campaign share: which campaign, for whom, under which tab."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from units.permissions import may_manage

from .actions import whose
from .models import Campaign


def find(request, pk) -> Campaign:
    """A campaign that this person may see, with its names."""
    return get_object_or_404(
        Campaign.objects.visible_to(request.user).with_names().select_related("follower", "commended_by__type"), pk=pk
    )


def frame(request, campaign, tab="campaign") -> dict:
    """What every page of a campaign says of where it is."""
    kept = campaign.is_kept_by(request.user)
    return {
        "campaign": campaign,
        "is_kept": kept,
        "may_manage": may_manage(request.user),
        "area": "campaigns",
        "tab": tab,
    }


def refuse_stranger(request, campaign):
    """A page for who keeps the campaign; others who see it are told whose work it is."""
    if not campaign.is_kept_by(request.user):
        raise PermissionDenied(f"Việc này do {whose(campaign)} làm. Cần thay đổi, hãy liên hệ đơn vị đó.")
