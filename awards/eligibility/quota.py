"""How many of a unit may be proposed when a movement is reviewed: as the plan of the movement says, for each unit alike."""

from collections.abc import Mapping

from .case import Finding, times
from .facts import KINDS


def within_quota(movement: str, quota: Mapping[str, int | None], chosen: Mapping[str, int]) -> list[Finding]:
    """Whether what a unit proposes keeps to the quota of a movement, for each kind of recipient that has one.

    ``quota``: {kind: the most of it, None where the plan names none}; ``chosen``: {kind: how many are proposed}.
    """
    found = []
    for kind, most in quota.items():
        if most is not None:
            number = chosen.get(kind, 0)
            words = f"{movement}: mỗi đơn vị đề nghị không quá {times(most, KINDS[kind])} (đề nghị {number:02})"
            found.append(Finding(words, number <= most, lack=max(number - most, 0)))
    return found
