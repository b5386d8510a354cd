"""Which reviews a campaign may have as far as it has come."""

from ..campaign.models import Campaign
from .models import Review

# What a campaign becomes when a review of a kind is held.
BECOMES = {Review.Kind.INTERIM: Campaign.State.INTERIM, Review.Kind.FINAL: Campaign.State.FINAL}


def may_be_reviewed(campaign, kind) -> bool:
    """Whether a review of ``kind`` may follow on how far the campaign has come."""
    return campaign.state in Campaign.MOVES[BECOMES[kind]]
