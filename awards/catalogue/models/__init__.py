"""The catalogue: what the law and the office lay down about each award, from a day to a day, and where it stands.

Rows are added, ended and replaced, never deleted: asked for any day, the catalogue answers as that day's officer would have.
``book`` gives them as plain values; no rule of the law stands in code.
"""

from .criteria import Criterion, Need
from .provisions import AboutAwards, Amendment, Decider, Definition, Measure, Provision, Statement
from .types import AwardType, Office, Route, Stamp, Whom, asked_once

__all__ = [
    "AboutAwards", "Amendment", "AwardType", "Criterion", "Decider", "Definition", "Measure", "Need", "Office", "Provision",
    "Route", "Stamp", "Statement", "Whom", "asked_once",
]  # fmt: skip
