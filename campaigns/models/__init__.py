"""Campaigns, their adjustments, who joined them, their reviews and results, and good examples."""

from .campaign import Adjustment, Campaign, LaunchDuty
from .example import Example
from .joining import Figure, Goal, Joining, Result, ResultFile, Review, ReviewPaper
from .log import About

__all__ = [
    "About",
    "Adjustment",
    "Campaign",
    "Example",
    "Figure",
    "Goal",
    "Joining",
    "LaunchDuty",
    "Result",
    "ResultFile",
    "Review",
    "ReviewPaper",
]
