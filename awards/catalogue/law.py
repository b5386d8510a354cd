"""The law as rows with days: what holds on a day, about which award, and where it stands.

A row says one thing. ``Catalogue.on(day)`` is the book of an officer of that day; ``book.the("votes", "CSTDCS")`` its row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

# Of these an award has one at a time; of others several.
SINGLE = (
    "award",
    "name",
    "salary",
    "rounding",
    "coefficient",
    "votes",
    "quorum",
    "majority",
    "body",
    "cap",
    "quota",
    "clock",
    "household",
    "factor",
    "tie",
    "terms",
    "paper",
    "pays",
    "cancels",
    "strips",
    "principle",
    "rated_from",
    "erasing",
    "instead",
)


@dataclass(frozen=True)
class Text:
    """A law or decree, with its days in force: ``until`` is the last one. ``code``: its number; ``next``: of what replaced it."""

    code: str
    name: str
    since: date | None
    until: date | None = None
    amends: str = ""
    next: str = ""

    def is_on(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Row:
    """One thing that the law or the office lays down, from a day to a day.

    ``award``: a code, ``@form`` for all awards of a form, ``*`` for all; ``whom``: ``*`` for all. ``doubt``: why the office has
    yet to confirm it; pages on the catalogue alone show that. ``key``: whatever the caller needs to link it to its record.
    """

    kind: str
    award: str
    whom: str
    by: str
    value: object
    since: date
    until: date | None
    text: Text | None
    place: str
    doubt: str = ""
    note: str = ""
    more: Mapping = field(default_factory=dict)
    key: object = field(default=None, compare=False)

    def is_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def slot(self) -> tuple:
        """What only one row may fill on a day."""
        code = self.value if self.kind == "principle" else self.more.get("code", "")
        return self.kind, self.award, self.whom, self.by, code

    @property
    def span(self) -> str:
        until = f" đến {self.until:%d/%m/%Y}" if self.until else ""
        return f"từ {self.since:%d/%m/%Y}{until}"


def place_words(place: str) -> str:
    """``44.1.e`` as papers write it: ``điểm e khoản 1 Điều 44``."""
    names = [f"{name} {part}" for name, part in zip(("Điều", "khoản", "điểm"), place.split("."), strict=False) if part]
    return " ".join(reversed(names))


class Catalogue:
    """All rows of all days."""

    def __init__(self, rows, texts, criteria):
        self.rows, self.texts, self.criteria = rows, texts, criteria
        self._books = {}
        self._names: dict[str, list[Row]] = {}

    def on(self, day: date) -> "Book":
        """The book of ``day``. Between two changes of law all days have the same."""
        if day not in self._books:
            self._books[day] = Book(self, day)
        return self._books[day]

    def name_on(self, award: str, day: date) -> str:
        """What an award was called on a day; the code where it was none. Makes no book: for lists of many days."""
        if not self._names:
            for row in self.rows:
                if row.kind in ("name", "award"):
                    self._names.setdefault(row.award, []).append(row)
        rows = self._names.get(award, ())
        found = [row for row in rows if row.is_on(day)] or rows[-1:]
        # Another name from a day stands before the first.
        return max(found, key=lambda row: row.kind == "name").value if found else award

    def text(self, code: str) -> Text | None:
        """A law or decree by its number."""
        return next((text for text in self.texts if text.code == code), None)

    def unsure(self) -> list[Row]:
        """The rows that wait for a person to confirm or change them."""
        return [row for row in (*self.rows, *self.criteria) if row.doubt]

    def faults(self) -> list[str]:
        """Rows that cannot both hold, or that name what is not there."""
        found = []
        awards = [row for row in self.rows if row.kind == "award"]
        slots, known = {}, {"*"} | {row.award for row in awards} | {f"@{row.more['form']}" for row in awards}
        for row in (*self.rows, *self.criteria):
            if row.award not in known:
                found.append(f"{row.kind}: không có danh hiệu, hình thức {row.award}.")
            if row.until and row.until < row.since:
                found.append(f"{row.kind} {row.award}: hết hiệu lực trước khi bắt đầu.")
            if row.kind in SINGLE:
                slots.setdefault(row.slot, []).append(row)
        for rows in slots.values():
            rows.sort(key=lambda row: row.since)
            for first, second in pairwise(rows):
                if first.until is None or first.until >= second.since:
                    found.append(f"{first.kind} {first.award} {first.whom}: hai dòng cùng có hiệu lực ({second.span}).")
        return found


class Book:
    """What held on one day."""

    def __init__(self, catalogue, day):
        self.catalogue, self.day = catalogue, day
        self._by_kind = {}
        for row in (*catalogue.rows, *catalogue.criteria):
            if row.is_on(day):
                self._by_kind.setdefault((row.kind, row.award), []).append(row)
        self.awards = {row.award: row for kind, _ in self._by_kind for row in self._by_kind[kind, _] if kind == "award"}

    def all(self, kind: str, award: str = "*", whom: str = "*", by: str = "") -> list[Row]:
        """The rows about ``award``, those for all awards last."""
        found = [row for code in self._scopes(award) for row in self._by_kind.get((kind, code), ())]
        return [row for row in found if whom in ("*", row.whom) or row.whom == "*" if row.by in ("", by)]

    def _scopes(self, award):
        """Under which words something may be laid down about ``award``: its own code, its form, all."""
        row = self.awards.get(award)
        return dict.fromkeys((award, f"@{row.more['form']}" if row else "*", "*"))

    def the(self, kind: str, award: str = "*", whom: str = "*", by: str = "") -> Row | None:
        """The row that says it most exactly; None where nothing is laid down."""
        found = self.all(kind, award, whom, by)
        return max(
            found, key=lambda row: (row.award == award, row.award != "*", row.by != "", row.whom != "*"), default=None
        )

    def about(self, award: str) -> dict[str, list[Row]]:
        """Everything that is laid down about ``award`` on this day, by kind of row: what the telephone asks for."""
        kinds = dict.fromkeys(kind for kind, _ in self._by_kind)
        found = {
            kind: self.all(kind, award)
            for kind in kinds
            if kind not in ("principle", "route", "salary", "office", "other", "rated_from")
        }
        return {kind: rows for kind, rows in found.items() if rows}

    def principle(self, value: str) -> Row | None:
        return next((row for row in self.all("principle") if row.value == value), None)

    def name(self, award: str) -> str:
        """What an award is called on this day; that of any day where there is none on this one."""
        row = self.the("name", award)
        if row:
            return row.value
        every = (row for row in self.catalogue.rows if row.kind == "award" and row.award == award)
        return next((row.value for row in every), award)

    def short(self, award: str) -> str:
        """As ``name``, short: ``CSTĐ cơ sở``; the name itself where there is no shorter one."""
        row = self.awards.get(award)
        return (row and row.more.get("short")) or self.name(award)

    def one(self, kind: str, code: str, award: str = "*", whom: str = "*") -> Row | None:
        """The row of a kind that has ``code``, said most exactly."""
        found = [row for row in self.all(kind, award, whom) if row.more.get("code") == code]
        return max(found, key=lambda row: (row.award == award, row.award != "*", row.whom != "*"), default=None)

    def standing_of(self, text: Text) -> str:
        """``còn hiệu lực``; ``hết hiệu lực từ 01/01/2024, được thay bằng …``, as one says it on this day."""
        if text.since and self.day < text.since:
            return f"chưa có hiệu lực; có hiệu lực từ {text.since:%d/%m/%Y}"
        later = self.catalogue.text(text.next) if text.next else None
        instead = f", được thay bằng {later.name}" if later else ""
        if not text.until:
            return "còn hiệu lực"
        ended = f"{text.until + timedelta(days=1):%d/%m/%Y}"
        if self.day <= text.until:
            return f"còn hiệu lực, đến hết ngày {text.until:%d/%m/%Y}{instead}"
        return f"hết hiệu lực từ {ended}{instead or ', danh mục chưa có văn bản thay'}"

    def lapsed(self) -> list[Text]:
        """Laws and decrees on which rows of this day rest though they hold no more: nobody entered what came after them."""
        used = {row.text.code: row.text for rows in self._by_kind.values() for row in rows if row.text}
        return [text for text in used.values() if not text.is_on(self.day)]

    def like(self, award: str) -> str:
        """The award as which it counts: a flag of a ministry as one of the province."""
        row = self.awards.get(award)
        return row.more.get("counts_as", award) if row else award

    def citation(self, row: Row) -> str:
        """``điểm e khoản 1 Điều 44 Luật … (được sửa đổi, bổ sung bởi …)``, as a paper of this day prints it."""
        if not row.text:
            return row.place
        words = " ".join(filter(None, (place_words(row.place), row.text.name)))
        later = [text for text in self.catalogue.texts if text.amends == row.text.code and text.since <= self.day]
        changed = ", ".join(text.name.split(" sửa đổi")[0] for text in later)
        return f"{words} (được sửa đổi, bổ sung bởi {changed})" if changed else words
