"""A year's clusters: division and leaders, duties of the year, activities, pacts, criteria, scores, ballots."""

from .activities.models import Activity, ActivityFile, ActivityPaper, Attendance, ClusterReport, Election
from .ballots.models import Ballot, BallotBox, BallotOver, BallotPaper, Candidate, Voter
from .criteria.models import CriteriaSet, Criterion
from .divisions.models import Absence, Category, Cluster, Division, Leadership, Membership
from .log import About
from .pacts.models import Aim, Pact, PactFile, Party, Reached, Target
from .scores.models import Evidence, RankRule, Score, ScoreSheet, SheetPaper, VoteRule
from .year.models import Milestone

__all__ = [
    "About",
    "Absence",
    "Activity",
    "ActivityFile",
    "ActivityPaper",
    "Aim",
    "Attendance",
    "Ballot",
    "BallotBox",
    "BallotOver",
    "BallotPaper",
    "Candidate",
    "Category",
    "Cluster",
    "ClusterReport",
    "CriteriaSet",
    "Criterion",
    "Division",
    "Election",
    "Evidence",
    "Leadership",
    "Membership",
    "Milestone",
    "Pact",
    "PactFile",
    "Party",
    "RankRule",
    "Reached",
    "Score",
    "ScoreSheet",
    "SheetPaper",
    "Target",
    "VoteRule",
    "Voter",
]
