"""What stands equal, and what women are spared: rules of the day (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 6, 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..catalogue.law import Book
from ..catalogue.values import amount_of
from .facts import KINDS


@dataclass(frozen=True)
class Candidate:
    """One who is compared. ``result``: votes or points, the more the better; of a collective its people and its women."""

    kind: str
    result: Fraction | int
    is_woman: bool | None = None
    members: int | None = None
    women: int | None = None
    key: object = None


@dataclass(frozen=True)
class Place:
    """A candidate in its place; ``words``, ``citation``: why before another with the same result. ``tied``: nothing tells."""

    place: int
    candidate: Candidate
    words: str = ""
    citation: str = ""
    tied: bool = False


def ranked(book: Book, candidates: Sequence[Candidate]) -> list[Place]:
    """Candidates by result, the best first; of equals women, and collectives with so many women, come first where a rule of the
    day says so. Those whom no rule parts share a place, and the council decides.
    """
    rule = book.the("tie")
    order = sorted(candidates, key=lambda row: (-row.result, not is_preferred(book, row)))
    found = []
    for number, row in enumerate(order, 1):
        same = [other for other in order if other.result == row.result]
        alike = [other for other in same if is_preferred(book, other) == is_preferred(book, row)]
        place = next(n for n, other in enumerate(order, 1) if other in alike)
        words = ""
        if rule and is_preferred(book, row) and len(alike) < len(same):
            share = f" có từ {rule.value.rstrip('%')} % nữ trở lên" if row.kind == "collective" else " nữ"
            words = f"kết quả bằng nhau: ưu tiên {KINDS[row.kind]}{share}"
        found.append(Place(min(place, number), row, words, book.citation(rule) if words else "", len(alike) > 1))
    return found


def is_preferred(book: Book, row: Candidate) -> bool:
    """Whether equals give way to it: a woman; a collective with at least the share of women that the day's rule names."""
    rule = book.the("tie")
    if not rule:
        return False
    if row.kind != "collective":
        return bool(row.is_woman)
    return bool(row.members) and row.women is not None and row.women >= amount_of(rule.value) * row.members


def years_in_office(book: Book, asked: Fraction | int, is_woman: bool, retires_later: bool = False) -> Fraction:
    """How many years in an office are asked of a person for a long service where ``asked`` are asked of others.

    ``retires_later``: a woman for whose office the age of retirement is the higher one: nothing is taken off.
    """
    rule = book.the("terms")
    less = amount_of(rule.value) if rule and is_woman and not retires_later else 0
    return Fraction(asked) * (1 - less)
