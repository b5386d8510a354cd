"""Conferences: plans, the conference of each unit, delegates, the door, changes, those honoured."""

from .changes.models import Change
from .delegates.models import Delegate, Delegation
from .door.models import Door, Scan, TakenBack
from .events.models import Event, EventFile, Headcount, Organiser, Part
from .honours.models import Honour, Presentation
from .log import About
from .plans.models import Level, Plan, Quota, Required, Serving, Share
