"""Votes of a council: which share of which whole, who counts, what is reached."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from units.shares import votes_needed

from ..catalogue.law import Book
from ..catalogue.values import amount_of

# Who of a council considers an award.
BODIES = {"full": "Toàn thể Hội đồng", "standing": "Thường trực Hội đồng"}

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


@dataclass(frozen=True)
class Threshold:
    """What a candidate needs: ``needed`` votes; ``words``: the share and its whole; ``citation``: where that stands.

    ``is_sure``: not where the office has yet to confirm the row; papers leave its citation out.
    """

    needed: int
    words: str
    citation: str
    is_secret: bool = False
    is_sure: bool = True


def threshold(book: Book, award: str, whole: int) -> Threshold | None:
    """What ``award`` needs of a council of ``whole`` members: by law, else by the council's own rule, which asks for more than
    a share; None where neither lays down anything.
    """
    if rule := book.the("votes", award):
        needed, words = votes_needed(amount_of(rule.value) * 100, whole), "từ {} trở lên"
    elif rule := book.the("majority", award):
        needed, words = math.floor(amount_of(rule.value) * whole) + 1, "quá {}"
    else:
        return None
    words = f"{words.format(rule.value.replace('%', ' %').replace('.', ','))} {rule.more['of']}"
    return Threshold(needed, words, book.citation(rule), bool(rule.more.get("secret")), not rule.doubt)


def quorum(book: Book, whole: int) -> int | None:
    """How many members must be there for a council of ``whole`` to meet; None where nothing is laid down."""
    rule = book.the("quorum")
    return votes_needed(amount_of(rule.value) * 100, whole) if rule else None


def body_for(book: Book, awards) -> str:
    """Who of the council considers ``awards``: all of it where one of them is for all of it; nothing where no rule says."""
    rows = [book.the("body", award) for award in awards]
    found = {row.value for row in rows if row}
    return next((body for body in BODIES if body in found), "")


def has_quorum(book: Book, present: int, whole: int) -> bool | None:
    """Whether enough members are there to meet; None where nothing is laid down."""
    needed = quorum(book, whole)
    return present >= needed if needed is not None else None
