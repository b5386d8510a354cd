"""A paper laid out for the rules: its lines, each with its field, joined so that one search goes over all of them.

What is not the writer's own prose is covered by a sign that no rule looks for: words in quotation marks, citations out of the
register, addresses. Places stay the same, so that what was found can be mended in the words as they were typed.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..source.paper import Paper, TypeFacts
from ..source.source import MAX_BODY

# More is not looked at: as much as a body may hold, some 300 pages.
LONGEST = MAX_BODY
COVER = "\ue001"
# The large and the small letters, for character classes: a range of code points would mix them.
LARGE = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
SMALL = LARGE.lower()
# Bounded repeats, and none that begins within a word, keep every search linear in hostile text.
_COVERED = re.compile(
    # Words of a law may quote words themselves. Also those that begin with one kind of mark and end with the other, as they
    # are typed in a hurry.
    r'“[^“”]{0,20000}(?:“[^“”]{0,2000}”[^“”]{0,20000}){0,200}”|“[^“”"]{0,20000}(?<=[^\s(])"(?=[.,;:)]*(?:\s|$))'
    r'|(?<![\w”])"[^"“”]{0,5000}”|«[^«»\n]{0,2000}»|"[^"\n]{0,2000}"|\{\{cite:[^{}\n]{0,200}\}\}'
    r"|(?<!\w)(?:https?://|www\.)[^\s()]{1,2000}[^\s().,;:]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}"
    r"|(?<![\w.-])[\w-]{1,60}(?:\.[\w-]{1,60}){0,5}\.(?:vn|com|org|net|gov|edu|pdf|docx?|xlsx?)\b"
)
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:?")
_ROW = re.compile(r" *\|")


@dataclass(frozen=True)
class Line:
    """One line of a field: its number in it from 1, its words as typed, and the same with what is not prose covered."""

    field: str
    number: int
    text: str
    plain: str


def covered(text) -> str:
    """``text`` with the covering sign in place of each letter that is not the writer's own; lines stay lines.

    Spaces that do not break, as Word types them, are spaces.
    """
    text = text.replace("\u00a0", " ")
    if _COVERED.search(text):
        text = _COVERED.sub(_cover, text)
    return _NOTE.sub(_cover, text) if "[^" in text else text


def _cover(found) -> str:
    return "\n".join(COVER * len(row) for row in found[0].split("\n"))


@dataclass(frozen=True)
class Found:
    """What a search found: the line, and the match with its place in it."""

    line: Line
    start: int
    end: int
    match: re.Match

    def __getitem__(self, group):
        return self.match[group]

    def before(self, length=60) -> str:
        """The words before it on its line."""
        return self.line.plain[max(0, self.start - length) : self.start]

    def behind(self, length=60) -> str:
        """The words behind it on its line."""
        return self.line.plain[self.end : self.end + length]

    @property
    def words(self) -> str:
        """It as it was typed, with plain spaces."""
        return self.line.text[self.start : self.end].replace("\u00a0", " ")


class Words:
    """Several lines as one text."""

    def __init__(self, lines):
        self.lines = lines
        self.text = "\n".join(line.plain for line in lines)
        self._starts, self._found, at = [], {}, 0
        for line in lines:
            self._starts.append(at)
            at += len(line.plain) + 1

    @cached_property
    def small(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    def find(self, pattern, *hints):
        """Every ``Found`` of ``pattern``, a compiled expression whose matches stay on one line.

        ``hints``: words in small letters of which each match holds one; where the text has none, it is not walked.
        """
        if hints and not any(hint in self.small for hint in hints):
            return
        # Several rules look for the same numbers and days.
        if pattern not in self._found:
            self._found[pattern] = list(self._walked(pattern))
        yield from self._found[pattern]

    def _walked(self, pattern):
        for match in pattern.finditer(self.text):
            at = bisect_right(self._starts, match.start()) - 1
            start = match.start() - self._starts[at]
            yield Found(self.lines[at], start, start + match.end() - match.start(), match)


@dataclass(frozen=True)
class EndedBody:
    """A unit of the register that is none on the paper's day: since when, what it went into, by which paper of law."""

    name: str
    since: date
    heirs: tuple[str, ...] = ()
    law: str = ""
    is_to_come: bool = False


@dataclass(frozen=True)
class Known:
    """What the register says of what a paper names, on the paper's day.

    ``bodies``: units named that were no more, or not yet; ``names``: names of units as they are written; ``letters``: how
    symbols abbreviate bodies; ``doubts``: {number of a paper named in words: why it cannot be relied on}; ``told``: what
    ``citations.rules.warnings_of`` finds.
    """

    bodies: tuple[EndedBody, ...] = ()
    names: tuple[str, ...] = ()
    letters: frozenset = frozenset()
    doubts: dict = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One paper under the rules of its ``day``. ``facts``: its type, None where the register has none of that name."""

    paper: Paper
    facts: TypeFacts | None
    day: date
    known: Known = Known()

    def lines(self, name) -> list[Line]:
        """The lines of a field of the head, each as ``Line``; the two of a signature are ``capacity`` and ``name``."""
        owner, _, part = name.partition(".")
        value = getattr(self.paper, owner)
        value = getattr(value, part) if part and value is not None else value
        rows = (value,) if isinstance(value, str) else value or ()
        return [Line(name, number, row, covered(row)) for number, row in enumerate(rows, start=1) if row.strip()]

    @property
    def form(self) -> str:
        """The model form of its type."""
        return self.facts.form if self.facts else "named"

    @property
    def makes_law(self) -> bool:
        """Whether the paper makes law (``2026/QĐ-UBND``): how it names its bases, the decree on making law says."""
        return self.paper.symbol[:4].isdecimal()

    @cached_property
    def body(self) -> list[Line]:
        """All lines of the body, empty ones too, but for rows of tables."""
        return _rows("body", self.paper.body, LONGEST)

    @cached_property
    def appendices(self) -> list[list[Line]]:
        """The lines of each appendix, likewise."""
        room, found = LONGEST - len(self.paper.body), []
        for number, appendix in enumerate(self.paper.appendices):
            found.append(_rows(f"appendices.{number}.body", appendix.body, max(room, 0)))
            room -= len(appendix.body)
        return found

    @property
    def texts(self) -> list[list[Line]]:
        """The body and each appendix."""
        return [self.body, *self.appendices]

    @cached_property
    def prose(self) -> Words:
        """Everything in which sentences stand: subject, legal bases, body, appendices."""
        rows = [line for text in self.texts for line in text if line.plain]
        return Words([*self.lines("subject"), *self.lines("bases"), *rows])

    @cached_property
    def running(self) -> Words:
        """The body and the appendices alone."""
        return Words([line for text in self.texts for line in text if line.plain])

    @cached_property
    def receivers(self) -> Words:
        """Kính gửi and Nơi nhận."""
        return Words([*self.lines("to"), *self.lines("recipients")])

    @cached_property
    def whole(self) -> Words:
        """Prose and receivers."""
        return Words([*self.prose.lines, *self.receivers.lines])


def _rows(name, text, most) -> list[Line]:
    """The lines of a text but for rows of tables, no more than ``most`` letters. A quotation may run over several."""
    text = text[:most]
    rows = enumerate(zip(text.split("\n"), covered(text).split("\n"), strict=True), start=1)
    return [Line(name, number, row, plain) for number, (row, plain) in rows if not _ROW.match(row)]


# What stands before the first word of a line: marks of titles and emphasis, the number of a clause, a dash.
LEAD = re.compile(
    r"[#*_ \u00a0]*(?:(?:[-–+•][ \u00a0]*|(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)/](?=[ \u00a0*])[*_ \u00a0]*)*)"
)
