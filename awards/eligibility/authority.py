"""Who may decide on an award on a day, who pays, who takes it back."""

from dataclasses import dataclass

from ..catalogue.law import Book, Row
from .conditions import Finding


@dataclass(frozen=True)
class Office:
    """Who decides, with where that stands."""

    code: str
    name: str
    citation: str


def deciders(book: Book, award: str) -> list[Office]:
    """All who may give ``award`` on the book's day."""
    rows = [row for row in book.all("decides", award) if row.award != "*"]
    return [Office(row.value, office(book, row.value).more["name"], book.citation(row)) for row in rows]


def office(book: Book, code: str) -> Row:
    """The row of an office, also of one that is no more."""
    return next(row for row in book.catalogue.rows if row.kind == "office" and row.more["code"] == code)


def may_decide(book: Book, award: str, code: str) -> Finding:
    """Whether an office may give ``award`` on the book's day; who may, where it may not."""
    name, title = office(book, code).more["name"], book.name(award)
    words = f"{name} quyết định tặng {title} ngày {book.day:%d/%m/%Y}"
    row = next((row for row in deciders(book, award) if row.code == code), None)
    if row:
        return Finding(words, True, citation=row.citation)
    if not office(book, code).is_on(book.day):
        return Finding(f"{words} – không còn cấp này từ sau {office(book, code).until:%d/%m/%Y}", False)
    others = deciders(book, award)
    who = ", ".join(row.name for row in others) or "chưa có ai trong danh mục"
    return Finding(f"{words} – thẩm quyền: {who}", False, citation=others[0].citation if others else "")


def payer(book: Book, award: str, code: str) -> tuple[str, str]:
    """(who pays the prize of a decision, where that stands)."""
    rule = book.the("pays", award)
    if office(book, code).more.get("fund") == "proposer":
        return "quỹ thi đua, khen thưởng của cơ quan đề nghị", book.citation(rule)
    return f"quỹ thi đua, khen thưởng của cấp {office(book, code).more['name']}", book.citation(rule)


def canceller(book: Book, code: str) -> tuple[str, str]:
    """(who may cancel what an office decided, where that stands). An office that is no more leaves it to a person."""
    row = office(book, code)
    rule = book.the("cancels")
    if not row.is_on(book.day):
        return f"cơ quan kế thừa của {row.more['name']}: người phụ trách xác định", book.citation(rule)
    return row.more["name"], book.citation(rule)
