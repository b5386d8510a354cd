"""A year's clusters: division and leaders, duties of the year, activities, pacts, criteria, scores, ballots."""

from .activities.models import Activity, ActivityFile, Attendance, Election
from .ballots.models import Ballot, BallotBox, BallotOver, Candidate, Voter
from .criteria.models import CriteriaSet, Criterion
from .divisions.models import Absence, Category, Cluster, Division, Leadership, Membership
from .log import About
from .pacts.models import Aim, Pact, PactFile, Party, Reached, Target
from .scores.models import Evidence, RankRule, Score, ScoreSheet, SheetPaper, VoteRule
from .year.models import Milestone
