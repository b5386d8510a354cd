"""What people type although the form adds it by itself (``V/v``, dashes, ``Lưu:``): taken off, so that it is printed once."""

import re

from .vietnamese import without_mark

_ABOUT = re.compile(r"\s*(?:v\s*[/\\]\s*v|(?:v\s*\.\s*v|vv|về\s+việc)\b)[\s.:;,–—-]*", re.IGNORECASE)
_DASHES = re.compile(r"\s*(?:[-–—−‐‑•·*+▪●○◦\uf0b7\uf02d]\s*)+")
_TO = re.compile(r"\s*kính\s+gửi\s*:\s*", re.IGNORECASE)
_RECIPIENTS = re.compile(r"\s*nơi\s+nhận\s*:?\s*", re.IGNORECASE)
_KEPT = re.compile(r"\s*lưu\s*:\s*|\s*lưu\s+(?=vt\b|văn thư\b)", re.IGNORECASE)


def subject_alone(text: str) -> str:
    """A subject without ``V/v``, ``Về việc`` before it, however often and in whatever spelling they were typed."""
    while found := _ABOUT.match(text):
        if not text[found.end() :].strip():
            break
        text = text[found.end() :]
    return text.strip()


def tells_about(subject: str) -> bool:
    """Whether a subject begins with ``V/v`` or ``Về việc``."""
    return bool(_ABOUT.match(subject))


def items(lines, label=None) -> list[str]:
    """Items of a list without the dashes and bullets before them; ``label`` is what its first line may repeat."""
    found = []
    for line in lines:
        line = _DASHES.sub("", line, count=1) if _DASHES.match(line) else line
        line = label.sub("", line, count=1) if label and label.match(line) else line
        line = _DASHES.sub("", line, count=1) if _DASHES.match(line) else line
        if without_mark(line):
            found.append(line.strip())
    return found


def addressees(lines) -> list[str]:
    """The lines of Kính gửi without dashes, and without those words themselves."""
    return items(lines, _TO)


def recipients(lines, archive: str) -> list[str]:
    """The lines of Nơi nhận, what is kept in the archive last and once, wherever it was typed."""
    rows = items(lines, _RECIPIENTS)
    kept = [*filter(_KEPT.match, rows), *items([archive])]
    kept = [without_mark(_KEPT.sub("", row, count=1)) for row in kept]
    told = ", ".join(dict.fromkeys(part for row in kept for part in _parts(row))) if len(kept) > 1 else "".join(kept)
    others = [row for row in rows if not _KEPT.match(row)]
    return [*others, f"Lưu: {told}"] if told else others


def _parts(kept) -> list[str]:
    """What stands between commas outside brackets: ``VT``, ``TĐKT (NTB)``."""
    return [part for part in map(str.strip, re.split(r",(?![^()]*\))", kept)) if part]
