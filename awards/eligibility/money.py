"""Prize money of a day: the recipient's own coefficient × base salary, rounded up once, each step in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from documents.source.vietnamese import amount_in_words

from ..catalogue.law import Book, Row
from .words import dotted


@dataclass(frozen=True)
class Prize:
    """What one award carries. ``amount`` in đồng; None where the law names no money."""

    award: str
    amount: int | None
    steps: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    is_most: bool = False

    @property
    def in_words(self) -> str:
        return amount_in_words(self.amount) if self.amount is not None else ""


@dataclass(frozen=True)
class Coefficient:
    """How many base salaries an award carries. ``steps``: how it comes about where it is not laid down by itself."""

    value: Fraction
    rows: tuple[Row, ...]
    steps: tuple[str, ...] = ()

    @property
    def is_most(self) -> bool:
        """Whether it is the most that may be given."""
        return bool(self.rows[0].more.get("most"))


def coefficient(book: Book, award: str, whom: str, by: str = "") -> Coefficient | None:
    """The recipient's own coefficient; a household's is so many times a person's where it has none of its own."""
    row = book.the("coefficient", award, whom, by)
    if row:
        return Coefficient(Fraction(row.value), (row,))
    rule = book.the("household", award)
    row = rule and whom == "household" and book.the("coefficient", award, "person", by)
    if not row:
        return None
    value = Fraction(rule.value) * Fraction(row.value)
    step = f"hộ gia đình {decimal(rule.value)} lần mức của cá nhân: {decimal(rule.value)} × {decimal(row.value)}"
    return Coefficient(value, (row, rule), (f"{step} = {dotted(value)}",))


def prize(book: Book, award: str, whom: str, by: str = "") -> Prize:
    """The money of ``award`` for a person, collective or household decided on the book's day, by the office ``by``."""
    rule = coefficient(book, award, whom, by)
    if not rule:
        return Prize(award, None, (f"Không có mức tiền thưởng cho {book.name(award)} vào ngày {book.day:%d/%m/%Y}.",))
    salary, rounding = book.the("salary"), book.the("rounding")
    product = rule.value * salary.value
    amount = -(-product // rounding.value) * rounding.value
    factor = dotted(rule.value) if rule.steps else decimal(rule.rows[0].value)
    steps = [*rule.steps, f"{factor} × {dotted(salary.value)} = {dotted(product)} đồng"]
    if amount != product:
        steps.append(f"làm tròn lên {dotted(rounding.value)} đồng: {dotted(amount)} đồng")
    citations = tuple(dict.fromkeys(book.citation(row) for row in (*rule.rows, salary, rounding)))
    return Prize(award, int(amount), tuple(steps), citations, rule.is_most)


def decimal(text: str) -> str:
    """``1.0`` → ``1,0``; ``2.25`` → ``2,25``"""
    return text.replace(".", ",")


@dataclass(frozen=True)
class Line:
    """One award among several given at once. ``years``: first and last year of the merits it is for."""

    award: str
    years: tuple[int, int]
    deed: str = ""
    by: str = ""


@dataclass(frozen=True)
class Paid:
    """What is paid of a line, and why it is not."""

    line: Line
    prize: Prize
    is_paid: bool
    why: str = ""


def prizes(book: Book, lines: Sequence[Line], whom: str) -> list[Paid]:
    """Several awards for one recipient at once: titles of the same years only the highest, all else beside each other."""
    rule = book.principle("titles-of-a-period")
    found = [(line, prize(book, line.award, whom, line.by)) for line in lines]
    best = {}
    for line, money in found:
        if (money.amount or 0) > best.get(_purse(book, line), (-1, None))[0]:
            best[_purse(book, line)] = (money.amount or 0, line)
    rows = []
    for line, money in found:
        top = best[_purse(book, line)][1]
        if money.amount is None or not rule or top is line:
            rows.append(Paid(line, money, money.amount is not None))
        else:
            why = (
                f"cùng thời gian tính thành tích với {book.name(top.award)}, nhận mức cao nhất ({book.citation(rule)})"
            )
            rows.append(Paid(line, money, False, why))
    return rows


def _purse(book, line):
    """What is paid once: titles of the same years; forms for the same years and deed."""
    is_title = book.awards[line.award].more["form"] == "title"
    return ("title", line.years) if is_title else ("form", line.years, line.deed or line.award)


def total(rows: Sequence[Paid]) -> int:
    return sum(row.prize.amount for row in rows if row.is_paid)


def prize_on(catalogue, day: date, award: str, whom: str, by: str = "") -> Prize:
    """As ``prize``, by day."""
    return prize(catalogue.on(day), award, whom, by)
