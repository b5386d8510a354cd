"""Arithmetic of votes and their shares. Exact: decimals and fractions, never floats."""

import math
from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction


def percentage(value: Decimal) -> str:
    """``80 %``, ``66,67 %``."""
    return f"{value.normalize():f} %".replace(".", ",")


def votes_needed(percent: Decimal | Fraction, entitled: int) -> int:
    """The least whole number of votes that is ``percent`` of ``entitled`` or more."""
    return math.ceil(Fraction(percent) * entitled / 100)


def chosen_of(agreed: Mapping[int, int], seats: int, needed: int) -> set[int]:
    """Keys of those with ``needed`` votes or more, at most ``seats`` by votes.

    Where equals stand at the last seat none of them is chosen: that is not for the program to decide.
    """
    reached = sorted((votes for votes in agreed.values() if votes >= needed), reverse=True)
    least = needed if len(reached) <= seats else max(reached[seats] + 1, needed)
    return {key for key, votes in agreed.items() if votes >= least}


def share(votes: int, entitled: int, percent=None) -> str:
    """``votes`` of ``entitled`` as a percentage with two digits: 8 of 9 are 88,89 %.

    Rounded, but not up to ``percent`` where that was not reached: 79,999 % never looks like 80 %.
    """
    exact = Decimal(votes * 100) / entitled
    shown = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if percent is not None and exact < percent <= shown:
        shown = exact.quantize(Decimal("0.01"), ROUND_DOWN)
    return percentage(shown)
