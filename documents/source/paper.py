"""The facts and words of one administrative document, as the typesetter takes them.

A ``Paper`` knows nothing of databases, files or looks. It is made from a source file (``documents.source.source``) or from a
row of the register (``Document.as_paper``), and is what ``documents.typesetting`` turns into pages. All text is NFC.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class PartialDate:
    """A document's date as far as it is known: a day, only month and year, or nothing (all None)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def for_rules(self, today: date) -> date:
        """The day by which rules are chosen: an undated paper is judged as of ``today``, a month by its last day."""
        if self.year is None:
            return today
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True)
class Signature:
    """A signature block: the capacity and post, one printed line each, and the signer's name."""

    capacity: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Appendix:
    """Text that starts on a page of its own behind the document. ``orientation``: portrait or landscape.

    With the abbreviation of a ``type`` it is what a decision issues (quy chế, quy định, kế hoạch), under a heading of its own.
    """

    title: str
    body: str
    orientation: str = "portrait"
    type: str = ""


@dataclass(frozen=True)
class Paper:
    """One document. Tuples are printed lines or list items, without their closing marks."""

    type: str
    issuer: tuple[str, ...]
    symbol: str
    subject: str
    signature: Signature
    body: str
    place: str = ""
    superior: tuple[str, ...] = ()
    number: int | None = None
    date: PartialDate = field(default_factory=PartialDate)
    urgency: str = ""
    circulation: str = ""
    authority_line: str = ""
    bases: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = ""
    second_signature: Signature | None = None
    contact: str = ""
    appendices: tuple[Appendix, ...] = ()


def all_text(value) -> str:
    """All the text inside a paper or a value of one."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\n".join(map(all_text, value))
    return all_text(tuple(vars(value).values())) if isinstance(value, Paper | Signature | Appendix) else ""


@dataclass(frozen=True)
class TypeFacts:
    """What the typesetter needs to know of a type of document: its abbreviation, printed name and family of form.

    ``form`` is one of ``letter`` (công văn, Mẫu 1.5), ``decision`` (1.2), ``named`` (1.4), ``invitation`` (1.7),
    ``introduction`` (1.8), ``minutes`` (1.9), of Phụ lục III of Nghị định 30/2020/NĐ-CP.
    """

    code: str
    name: str
    form: str


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a paper. ``line`` counts from 1 in the source file or, with ``field``, in that field's
    text. ``passes``: whether a moment later it may be gone by itself.
    """

    message: str
    line: int | None = None
    field: str = ""
    passes: bool = False


class PaperRefused(ValueError):
    """A paper that cannot be set, with everything that is wrong with it at once (``faults``)."""

    def __init__(self, faults, name=""):
        self.faults = tuple(faults)
        told = "; ".join(fault.message for fault in self.faults)
        super().__init__(f"{name}: {told}" if name else told)
