"""A year's clusters: division and leaders, duties of the year, activities, pacts, criteria, scores, ballots."""

from .activity import Activity, ActivityFile, ActivityPaper, Attendance, ClusterReport, Election
from .ballot import Ballot, BallotBox, BallotOver, BallotPaper, Candidate, Voter
from .criteria import CriteriaSet, Criterion
from .division import Absence, Category, Cluster, Division, Leadership, Membership
from .log import About
from .milestone import Milestone
from .pact import Aim, Pact, PactFile, Party, Reached, Target
from .rule import RankRule, VoteRule
from .score import Evidence, Score, ScoreSheet, SheetPaper

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
