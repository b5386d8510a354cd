"""Where a line of a text stands, as a person counts in the editor and on the pages: ``đoạn 3``, ``bảng 1, hàng 2``."""

import re

_ROW = re.compile(r" *\|")
_RULE = re.compile(r" *\|[ :|-]*$")
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:")
_TITLE = re.compile(r" {0,3}#{1,6} ")


def place_of(text, number) -> str:
    """The words for line ``number`` of ``text``, counted from 1: its paragraph, its table and row, or the notes.

    Titles count as paragraphs do, rules of tables as no row.
    """
    paragraphs = tables = rows = 0
    kind = ""
    for line in text.split("\n")[:number]:
        before, kind = kind, _kind(line, kind)
        if kind == "table":
            tables, rows = (tables, rows) if before == "table" else (tables + 1, 0)
            rows += not _RULE.match(line)
        elif kind == "title" or (kind == "paragraph" and before != "paragraph"):
            paragraphs += 1
    if kind == "table":
        return f"bảng {tables}, hàng {max(rows, 1)}"
    return "chú thích" if kind == "note" else f"đoạn {max(paragraphs, 1)}"


def _kind(line, before) -> str:
    """What ``line`` belongs to; nothing for one between two paragraphs."""
    if not line.strip():
        return ""
    if _ROW.match(line):
        return "table"
    if _TITLE.match(line):
        return "title"
    if _NOTE.match(line) or before == "note":
        return "note"
    return "paragraph"
