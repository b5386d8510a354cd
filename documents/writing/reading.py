"""A body of the source form as the document of the editor (``static/js/writing/schema.js``), by the project's own parser.

What the editor shows is so what is printed. Every block keeps the very characters that it came from (``raw``) and the line ends
before it (``gap``): what nobody touched is written back unchanged, to the byte (``static/js/writing/write.js``).
"""

import re

from ..source import markdown
from ..source.grids import Grid, grid

# Stands for an escaped bracket while parsing, which drops the backslash: «\[ghi sau]» is printed, «[ghi sau]» is a blank. It
# is no letter of any text.
_BRACKET = "\ufdd0"
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\\[")
_SPLIT = re.compile(f"({_BRACKET})")
_LEVELS = {"h1": 1, "h2": 2, "h3": 3}
_MARKS = {"strong": "bold", "em": "italic"}
_KINDS = {"footnote_reference_open": "note", "table_open": "table", "heading_open": "title"}
_NONE = {"gap": None, "raw": None, "places": None}


# Letters: what is longer, such as a list of thousands of rows, is typed as source.
LONGEST = 300_000


class NotShown(ValueError):
    """What the editor cannot hold: a note without words, joined cells that form no rectangle. Its faults tell of it."""


def document_of(text) -> dict:
    """The document of ``text``, as JSON has it. Raises ``NotShown``."""
    if _BRACKET in text:
        raise NotShown(_BRACKET)
    return _Reader(text).document()


def shown(text) -> dict | None:
    """The document of ``text``; ``None`` where the editor cannot hold it, and the source itself is shown."""
    if len(text) > LONGEST:
        return None
    try:
        return document_of(text)
    except NotShown:
        return None


class _Reader:
    """Reads one text, block by block."""

    def __init__(self, text):
        self.lines = text.split("\n")
        # The parser drops the backslash of \[ and with it the difference between a bracket and a blank.
        self.parsed = _ESCAPED.sub(rf"\1{_BRACKET}", text)
        self.blocks = list(_blocks(markdown.parse(self.parsed)))
        self.notes = {tokens[0].meta["label"]: tokens for kind, tokens in self.blocks if kind == "note"}
        self.cited = set()

    def document(self):
        content, first, done = [], [], 0
        for kind, tokens in self.blocks:
            start, end = tokens[0].map[0], self._end(tokens[0].map)
            source = {"gap": self._gap(done, start), "raw": "\n".join(self.lines[start:end])}
            if kind == "note":
                place = {"label": tokens[0].meta["label"], **source}
                places = content[-1]["attrs"]["places"] if content else first
                places.append(place)
            else:
                content.append(self._block(kind, tokens, {**source, "places": []}))
            done = end
        left = "\n".join(self.lines[done:])
        tail = "\n" + left if done and done < len(self.lines) else "" if done else left
        empty = {"type": "paragraph", "attrs": {**_NONE, "gap": ""}}
        return {"type": "doc", "attrs": {"tail": tail, "places": first}, "content": content or [empty]}

    def _end(self, lines):
        """Where a block ends, without the empty lines that the parser counts to it."""
        start, end = lines
        while end > start + 1 and not self.lines[end - 1].strip(" "):
            end -= 1
        return end

    def _gap(self, done, start):
        """The line ends before a block: the one between two pieces belongs to the later one."""
        between = "\n".join(self.lines[done:start]) + "\n" if start > done else ""
        return "\n" + between if done else between

    def _block(self, kind, tokens, attrs):
        if kind == "table":
            found = grid(tokens, self.parsed.split("\n"))
            return {"type": "table", "attrs": attrs, "content": self._rows(found)}
        if kind == "title":
            attrs = {**attrs, "level": _LEVELS[tokens[0].tag]}
        return {"type": kind, "attrs": attrs, **self._inline(tokens[1].children)}

    def _rows(self, found: Grid):
        """The rows of a table, each with the cells that begin in it."""
        if found.crooked() is not None:
            raise NotShown("joined")
        rows = [{"type": "table_row", "content": []} for _ in found.rows]
        for cell in found.cells():
            kind = "table_header" if cell.row < found.head else "table_cell"
            widths = found.shares and found.shares[cell.column : cell.column + cell.wide]
            attrs = {"align": found.aligns[cell.column], "colspan": cell.wide, "rowspan": cell.high, "colwidth": widths}
            line = {"type": "cell_line", **self._inline(cell.token.children)}
            rows[cell.row]["content"].append({"type": kind, "attrs": attrs, "content": [line]})
        return rows

    def _inline(self, tokens, inside=False):
        """The pieces of one block, as ``{"content": […]}``; nothing where it is empty. ``inside``: of a note."""
        pieces, marks = [], []
        for token in tokens:
            if token.type in ("strong_open", "em_open"):
                marks.append(_MARKS[token.tag])
            elif token.type in ("strong_close", "em_close"):
                marks.remove(_MARKS[token.tag])
            else:
                pieces += self._pieces(token, list(marks), inside)
        joined = _joined(pieces)
        return {"content": joined} if joined else {}

    def _pieces(self, token, marks, inside):
        if token.type == "cite":
            return [{"type": "cite", "attrs": {"key": token.meta["key"]}, "marks": marks}]
        if token.type == "footnote_ref":
            return [self._note(token.meta["key"], marks, inside)]
        if token.type.endswith("_mistake"):
            raise NotShown(token.type)
        parts = _SPLIT.split(token.content.replace("\n", " "))
        return [_text("[", [*marks, "literal"]) if part == _BRACKET else _text(part, marks) for part in parts if part]

    def _note(self, label, marks, inside):
        if inside or label not in self.notes:
            raise NotShown(label)
        # A note that is cited twice is one note: the second is a mark only.
        if label in self.cited:
            return {"type": "note_again", "attrs": {"label": label}, "marks": marks}
        self.cited.add(label)
        content = []
        for number, line in enumerate(token for token in self.notes[label] if token.type == "inline"):
            content += [{"type": "note_break"}] * bool(number) + self._inline(line.children, True).get("content", [])
        return {"type": "note", "attrs": {"label": label}, "marks": marks, "content": content}


def _text(words, marks):
    return {"type": "text", "text": words, "marks": marks}


def _blocks(tokens):
    """(kind, tokens) of each block of a text, notes among them."""
    position = depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield _KINDS.get(tokens[position].type, "paragraph"), tokens[position : index + 1]
            position = index + 1


def _joined(pieces):
    """Neighbours of one look as one text, marks as the editor has them."""
    joined = []
    for piece in pieces:
        marks = [{"type": name} for name in sorted(set(piece.get("marks", ())))]
        before = joined[-1] if joined else {}
        if piece["type"] == before.get("type") == "text" and before["marks"] == marks:
            before["text"] += piece["text"]
        else:
            joined.append({**piece, "marks": marks})
    return [{key: value for key, value in piece.items() if key != "marks" or value} for piece in joined]
