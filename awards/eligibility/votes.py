"""Votes of a council: which share of which whole, who counts, what is reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from units.shares import votes_needed

from ..catalogue.law import Book
from ..catalogue.values import amount_of

PRESENT, WRITTEN, DELEGATED = "present", "written", "delegated"


@dataclass(frozen=True)
class Voter:
    """One at the table. ``way``: present, in writing, by a substitute with written delegation; "" where none came in."""

    name: str
    is_member: bool = True
    way: str = PRESENT
    agrees: bool | None = None


@dataclass(frozen=True)
class Outcome:
    """A count. ``reached`` is None where no share is laid down: the council's own rules decide."""

    reached: bool | None
    agreed: int
    whole: int
    needed: int | None
    steps: tuple[str, ...]
    citation: str = ""


def tally(book: Book, award: str, voters: Sequence[Voter]) -> Outcome:
    """Votes on one candidate. Of members alone; those absent count in the whole, and in the votes once they wrote."""
    council = [row for row in voters if row.is_member]
    cast = [row for row in council if row.way and row.agrees is not None]
    agreed, whole = sum(row.agrees for row in cast), len(council)
    written = sum(row.way == WRITTEN for row in cast)
    steps = [f"{whole} thành viên; {len(cast)} người cho ý kiến, trong đó {written} bằng văn bản; {agreed} đồng ý"]
    if others := len(voters) - whole:
        steps.append(f"{others} người dự họp không phải thành viên, không tính phiếu")
    rule = book.the("votes", award)
    if not rule:
        return Outcome(None, agreed, whole, None, (*steps, "Không quy định tỷ lệ phiếu: theo quy chế của Hội đồng."))
    needed = votes_needed(amount_of(rule.value) * 100, whole)
    steps.append(f"cần ít nhất {rule.value.replace('%', ' %')} của {whole} ({rule.more['of']}): {needed} phiếu")
    return Outcome(whole > 0 and agreed >= needed, agreed, whole, needed, tuple(steps), book.citation(rule))


def has_quorum(book: Book, present: int, whole: int) -> bool | None:
    """Whether enough members are there to meet; None where nothing is laid down."""
    rule = book.the("quorum")
    return present >= votes_needed(amount_of(rule.value) * 100, whole) if rule else None
