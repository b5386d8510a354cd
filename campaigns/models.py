"""Campaigns, their adjustments, who joined them, their reviews and results, and good examples."""

from .adjustments.models import Adjustment
from .campaign.models import Campaign
from .examples.models import Example
from .joinings.models import Goal, Joining
from .launches.models import LaunchDuty
from .log import About
from .reviews.models import Figure, Result, ResultFile, Review
