"""What a rule is, what it finds, and the list of all rules, which each file of rules adds to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from units.tones import Badged

from ..source.paper import Fault
from ..source.places import place_of
from ..source.types import BUILT_IN
from ..source.vietnamese import roman
from .laws import Article, holding
from .reading import Line, Reading


class Level(Badged):
    """What a breach does: an error keeps a paper from being approved, advice does not."""

    ERROR = "error", "red", "Lỗi"
    ADVICE = "advice", "yellow", "Nên xem"


@dataclass(frozen=True)
class Hit:
    """One breach: its line (None where it is about a field or the whole), what to say, and the line as it should be, if sure."""

    message: str
    line: Line | None = None
    new: str | None = None
    field: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: its code, which never changes; what is wrong, in the office's words; where the law says so; an example of what
    is wrong and of what is right, for the page of rules."""

    code: str
    wrong: str
    articles: tuple[Article, ...]
    level: Level
    group: str
    find: Callable[[Reading], Iterable[Hit]]
    bad: str
    good: str

    def on(self, day: date) -> Article | None:
        """Its article on ``day``; None where it does not hold on it."""
        return holding(self.articles, day)


@dataclass(frozen=True)
class Finding(Fault):
    """A fault that a rule found. ``place``: where it stands, as the page calls it. ``old`` and ``new``: the line as it is typed
    and as it should be, where mending is safe. ``prefixes``: what the fields of each appendix begin with in the form, where
    they are not numbered as on paper.
    """

    rule: Rule | None = None
    article: str = ""
    place: str = ""
    old: str = ""
    new: str | None = None
    prefixes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The field of the form that holds it."""
        owner, _, rest = self.field.partition(".")
        if owner == "appendices" and rest:
            number, _, part = rest.partition(".")
            prefix = self.prefixes[int(number)] if number.isdecimal() and self.prefixes else f"phu-luc-{number}"
            return f"{prefix}-{part or 'title'}"
        return NAMES.get(self.field, NAMES.get(owner, owner))

    @property
    def is_error(self) -> bool:
        """Whether it keeps a paper from being approved."""
        return self.rule is not None and self.rule.level == Level.ERROR

    def __str__(self):
        return f"{self.message[:1].upper()}{self.message[1:]}"


# What the page calls the fields of a paper, those of which a line has a number, and what the form calls them.
PLACES = {
    "symbol": "Ký hiệu",
    "issuer": "Tên cơ quan",
    "superior": "Cơ quan chủ quản",
    "issuer_unit": "Cơ quan ban hành",
    "place": "Địa danh",
    "subject": "Trích yếu",
    "authority_line": "Thẩm quyền",
    "bases": "Căn cứ",
    "to": "Kính gửi",
    "body": "Nội dung",
    "recipients": "Nơi nhận",
    "addressees": "Chuyển đến",
    "archive": "Lưu",
    "contact": "Chân trang",
    "signature": "Người ký",
    "second_signature": "Người ký thứ hai",
    "appendices": "Phụ lục",
}
MANY_LINES = ("bases", "to", "recipients")
NAMES = {
    "signature": "capacity",
    "signature.name": "signer_name",
    "second_signature": "second_capacity",
    "second_signature.name": "second_signer_name",
}
RULES: dict[str, Rule] = {}


def place_in(paper, field, number) -> str:
    """Where line ``number`` of ``field`` stands: ``Nội dung, đoạn 3``, ``Nơi nhận, dòng 2``, ``Phụ lục II, đoạn 1``."""
    owner, _, rest = field.partition(".")
    if owner == "body":
        return f"Nội dung, {place_of(paper.body, number)}" if number else PLACES[owner]
    if owner == "appendices" and rest:
        which, _, part = rest.partition(".")
        named = _appendix(paper, int(which))
        return f"{named}, {place_of(paper.appendices[int(which)].body, number)}" if number and part == "body" else named
    called = PLACES.get(owner, "")
    return f"{called}, dòng {number}" if number and owner in MANY_LINES else called


def _appendix(paper, which) -> str:
    """What the tab of an appendix says: ``Phụ lục II``, of what a decision issues its type."""
    if code := paper.appendices[which].type:
        return BUILT_IN[code].name if code in BUILT_IN else "Phụ lục"
    plain = [number for number, one in enumerate(paper.appendices) if not one.type]
    return f"Phụ lục {roman(plain.index(which) + 1)}" if len(plain) > 1 else "Phụ lục"


# The most that one rule tells of one paper: who sees eight sees the habit.
MOST = 8


def rule(group, code, wrong, articles, *, bad, good, level=Level.ADVICE):
    """Declares the function below it a rule; the function yields ``Hit``. Raises ``ValueError`` for a code that is taken."""

    def declare(find):
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        RULES[code] = Rule(code, wrong, articles, level, group, find, bad, good)
        return find

    return declare


def put(found, words, message) -> Hit:
    """A hit at ``found`` whose line is mended by ``words`` in its place."""
    text = found.line.text
    return Hit(message, found.line, text[: found.start] + words + text[found.end :])


def at(found, message) -> Hit:
    """A hit at ``found`` that only a person can mend."""
    return Hit(message, found.line)


def replaced(line, new, message) -> Hit:
    """A hit that is mended by another line."""
    return Hit(message, line, new)
