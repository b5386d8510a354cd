"""Who was elected at the year-end meeting of a cluster to lead it in the next year, as the room that keeps meetings tells."""

from collections.abc import Callable
from dataclasses import dataclass

from documents.models import Document

_TELLERS: list[Callable] = []


@dataclass(frozen=True)
class Elected:
    """``roles``: {unit: role} of those elected; ``minutes``: the issued minutes that say so, or None."""

    roles: dict[int, str]
    minutes: Document | None


def tell_elected(teller: Callable) -> None:
    """Have ``teller(division)`` tell {cluster: ``Elected``}. Called when the program starts."""
    _TELLERS.append(teller)


def elected_in(division) -> dict[int, Elected]:
    """{cluster: who was elected at its last year-end meeting}, of the clusters of ``division``, which may be None."""
    return {cluster: row for tell in _TELLERS for cluster, row in tell(division).items()}
