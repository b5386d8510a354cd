"""What somebody was given, and what eligibility rests on: decisions with their awards, initiatives, ratings, discipline.

Nothing is deleted: an award is cancelled by a decision, a list that was entered by mistake is undone as a whole and stays.
"""

from .decisions import Award, AwardQuerySet, Decision, DecisionQuerySet
from .importing import Import
from .posts import HeldPost, HeldPostQuerySet
from .yearly import Authorship, Initiative, InitiativeQuerySet, OfRecipientQuerySet, Pause, PauseQuerySet, Rating, Team
