"""A file that this program wrote carries the source of its paper: taken as it is where nobody changed the words since.

The file says beside its source what a reader saw in it when it was written (``seen``). Other programs write the same paper with
other XML, so what is compared is what a person sees: words, bold, italic, cells, notes, in their order.
"""

import hashlib
import re
from dataclasses import dataclass

from .changes import Changes
from .package import Package, parse
from .pieces import Block, Line
from .walking import Walker

# The element that holds the source, in a part of ``customXml``; its attribute ``seen`` is the fingerprint.
NAMESPACE = "urn:thi-dua-khen-thuong:source:1"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Own:
    """The source in a file of ours, and whether the file still shows what it says."""

    source: str
    is_whole: bool


def fingerprint(data: bytes) -> str:
    """What a person sees in a Word file, as 64 signs: the same after another program saved it unchanged."""
    return seen_in(Walker(Package(data), Changes()).blocks())


def seen_in(blocks: list[Block]) -> str:
    """The fingerprint of what was read."""
    words = "\n".join(filter(None, map(_told, blocks)))
    return hashlib.sha256(words.encode()).hexdigest()


def own_source(package: Package, blocks: list[Block]) -> Own | None:
    """The source that a file carries, if it is one of ours."""
    for data in package.custom_parts():
        if NAMESPACE.encode() in data:
            root = parse(data)
            return Own(root.text or "", root.get("seen") == seen_in(blocks))
    return None


def _told(block) -> str:
    if isinstance(block, Line):
        return _line(block)
    # A row without words is drawn or not as programs like.
    rows = (" | ".join(" / ".join(filter(None, map(_line, cell))) for cell in row) for row in block.grid)
    return "\n".join(row for row in rows if row.strip(" |"))


def _line(line) -> str:
    """Words with their marks; neighbours in one look are one, and a space has no look."""
    told, before = [_SPACES.sub(" ", line.label)], (False, False)
    for run in line.runs:
        if run.note is not None:
            told.append("{" + " / ".join(map(_line, run.note)) + "}")
        words = _SPACES.sub(" ", run.text)
        if words.strip() and (run.bold, run.italic) != before:
            before = (run.bold, run.italic)
            told.append(f"<{'b' * run.bold}{'i' * run.italic}>")
        told.append(words)
    return _SPACES.sub(" ", "".join(told)).strip() if line.text else ""
