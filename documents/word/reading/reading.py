"""One Word file read: the way in for pages, the command and the writer of our own files."""

from dataclasses import dataclass, field

from ...checks.refusing import AGAIN, UploadRefused
from ...papers.rules import NOT_HERE, secret_mark
from ...source.paper import Paper, PaperRefused
from ...source.source import parse
from ...source.types import BUILT_IN
from .changes import Answer, Change, Changes
from .old_letters import to_unicode
from .own import own_source
from .package import Package
from .pieces import lines_of
from .recognising import recognise
from .walking import Walker

_NO_WORDS = "không có chữ nào. Hãy kiểm tra lại tệp rồi gửi."
_ONLY_PICTURES = "chỉ có hình (bản quét, bản chụp), không có chữ để đọc. Hãy gửi tệp Word mà người soạn đã gõ."


@dataclass
class Told:
    """What of a file a paper cannot hold: what, how often, the words of it."""

    what: str
    count: int
    words: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """What came out of a Word file.

    ``fields``: names of the fields that were recognised. ``left``: lines that stand nowhere in the paper; ``told``: what a
    paper cannot hold; ``notes``: sentences for the person; ``changes``: what was tracked. ``own``: ``whole`` for a file of ours
    that nobody changed, ``changed`` for one that somebody did, else nothing.
    """

    paper: Paper
    fields: set[str]
    left: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    own: str = ""


def read(data: bytes, types=BUILT_IN, answer: Answer | None = None) -> Reading:
    """The paper in ``data``, the bytes of a .docx. ``types``: {abbreviation: facts} of all types of papers.

    Raises ``UploadRefused`` for what is no Word file, is broken, has no words, would unpack beyond its bounds, or bears a mark of
    secrecy anywhere (Luật Bảo vệ bí mật nhà nước 2018); nothing in the file is run or fetched.
    """
    package, changes = Package(data), Changes(answer or Answer())
    try:
        walker = Walker(package, changes)
        blocks = walker.blocks()
    except RecursionError:
        raise UploadRefused(f"có nội dung lồng nhau quá sâu. {AGAIN}") from None
    if not any(line.text for line in lines_of(blocks)):
        raise UploadRefused(_ONLY_PICTURES if "hình" in walker.dropped.found else _NO_WORDS)
    old = to_unicode(blocks)
    margins = walker.dropped.margins()
    _refuse_secrets("\n".join([*(line.text for line in lines_of(blocks)), *margins]), whole_line=True)
    own = own_source(data, package)
    found = recognise(blocks, types, walker.lies, margins)
    _refuse_secrets(found.paper.subject)
    told = [Told(what, count, words) for what, (count, words) in walker.dropped.found.items()]
    reading = Reading(found.paper, found.fields, found.left, told, found.notes, changes.found)
    if old:
        reading.notes.append(f"{old} đoạn gõ bằng phông chữ cũ (TCVN3, VNI) đã chuyển sang Unicode. Hãy đọc lại.")
    return _of_ours(reading, own, types) if own else reading


def _refuse_secrets(text, *, whole_line=False):
    if mark := secret_mark(text, whole_line=whole_line):
        raise UploadRefused(f"có dấu độ mật «{mark}». {NOT_HERE}")


def _of_ours(reading, own, types) -> Reading:
    """A file of ours gives back its own source while it shows the same words."""
    reading.own = "changed"
    if own.source and not reading.changes:
        try:
            reading.paper = parse(own.source, types)
        except PaperRefused:
            return reading
        reading.own, reading.left, reading.told, reading.notes = "whole", [], [], []
        # What it leaves open is open, and not to be begun anew.
        reading.fields = {*vars(reading.paper), "capacity", "signer_name"}
    return reading
