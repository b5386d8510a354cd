"""Who may decide on an award on a day, who pays, who takes it back."""

from dataclasses import dataclass

from ..catalogue.law import Book, Row
from .case import Finding
from .words import dotted


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
    return f"quỹ thi đua, khen thưởng do cấp của {office(book, code).more['name']} quản lý", book.citation(rule)


def canceller(book: Book, code: str) -> tuple[str, str]:
    """(who may cancel what an office decided, where that stands). An office that is no more leaves it to a person."""
    row = office(book, code)
    rule = book.the("cancels")
    if not row.is_on(book.day):
        return f"cơ quan kế thừa của {row.more['name']}: người phụ trách xác định", book.citation(rule)
    return row.more["name"], book.citation(rule)


@dataclass(frozen=True)
class TakenBack:
    """What cancelling a decision on an award brings with it. ``grounds``: {code: (words, where that stands)}."""

    by: str
    citation: str
    grounds: dict[str, tuple[str, str]]
    items: tuple[str, ...]
    amount: int | None

    @property
    def words(self) -> str:
        """What is to be given back, in one sentence."""
        parts = [*self.items, f"{dotted(self.amount)} đồng tiền thưởng" if self.amount else ""]
        return f"Hủy quyết định, thu hồi: {', '.join(filter(None, parts)) or 'hiện vật và tiền thưởng, nếu đã nhận'}."


def taken_back(book: Book, award: str, whom: str, code: str, amount: int | None) -> TakenBack | None:
    """What is taken back where the decision of the office ``code`` on ``award`` is cancelled on the book's day: the items that
    go with it and ``amount``, what was paid. None where no ground is laid down on that day.
    """
    rows = book.all("ground", award, whom)
    if not rows:
        return None
    by, citation = canceller(book, code)
    items = book.the("items", award, whom)
    grounds = {row.more["code"]: (row.value, book.citation(row)) for row in rows}
    return TakenBack(by, citation, grounds, tuple(items.value) if items else (), amount)


def may_be_stripped(book: Book, award: str, whom: str, cause: str, route: str = "") -> Finding:
    """Whether a state honour is taken away for ``cause``: a prison sentence (``prison``), one of the grave cases of those who
    fought and of mothers (``grave``), a company closed for ever (``closed``). ``route``: for what it was given.
    """
    rows = book.all("strip", award, whom)
    own = [row for row in rows if route in row.more.get("of", ())] or [row for row in rows if "of" not in row.more]
    row = next((row for row in own if row.more["code"] == cause), None)
    words = f"Tước {book.name(award)}"
    if row:
        return Finding(f"{words}: {row.value}", True, citation=book.citation(row))
    cases = "; ".join(row.value for row in own) or "luật không nêu trường hợp nào"
    return Finding(f"{words} – chỉ khi: {cases}", False, citation=book.citation(own[0]) if own else "")


def stripper(book: Book, award: str) -> Office | None:
    """Who takes a state honour away, gives it back and hands it over again; None where it is none."""
    row = book.the("strips", award)
    return Office(row.value, office(book, row.value).more["name"], book.citation(row)) if row else None
