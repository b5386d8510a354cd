"""Awards: the catalogue by law and date, recipients, what they were given, and what their eligibility rests on."""

from .catalogue.models import (
    Amendment,
    AwardType,
    Criterion,
    Decider,
    Definition,
    Measure,
    Need,
    Office,
    Stamp,
    Statement,
)
from .decisions.models import Cancellation, Entry
from .log import About
from .recipients.models import Double, Identity, Inheritance, Merge, Posting, Recipient
from .records.models import Authorship, Award, Decision, Initiative, Pause, Rating, Team
