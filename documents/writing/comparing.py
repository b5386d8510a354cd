"""Whether the source that a page sent says the same as the document that its editor showed: what a person saw is what is stored.

The page writes the source (``static/js/writing/write.js``), the server reads it with the parser that prints it. Both are made
into one plain form here; spaces at the edges of emphasis, empty paragraphs and labels of notes say nothing.
"""

import json
import re
from itertools import zip_longest
from unicodedata import normalize

from ..source.grids import Grid
from .reading import NotShown, document_of

# A document is some ten times as long as its source.
LONGEST = 6_000_000
DEEPEST = 12
# Places of a grid that the cells of one table may take: more than any text that may be stored has.
MOST_PLACES = 500_000
_BREAK = ("break",)
_SPACES = re.compile(r"(\s+)")
_BROKEN = "Bản soạn gửi lên không đúng dạng nên chưa lưu. Hãy tải lại trang rồi thử lại; chữ đã gõ được giữ."
_DIFFERENT = (
    "Chữ hiện trong ô soạn và chữ gửi lên để lưu khác nhau ở {place}{told}. "
    "Ô soạn nay hiện chữ gửi lên; hãy xem lại rồi lưu."
)
_NAMES = {"paragraph": "đoạn văn", "title": "tiêu đề", "table": "bảng"}


def difference(source: str, document: str) -> str:
    """What keeps ``source`` from being stored beside the editor's ``document``, a JSON text; nothing where both say the same."""
    if len(document) > LONGEST:
        return _BROKEN
    try:
        shown = _Plain().blocks(json.loads(document))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        return _BROKEN
    try:
        read = _Plain().blocks(document_of(source))
    except NotShown:
        # Its own faults are told by the rules of the source.
        return ""
    for number, (one, other) in enumerate(zip_longest(shown, read), start=1):
        if one != other:
            return _told(number, one, other)
    return ""


def _told(number, shown, read):
    kind = _NAMES[(shown or read)[0]]
    one, other = (_start(block) for block in (shown, read))
    told = f": «{one}» và «{other}»" if one != other else " (chữ đậm, nghiêng, ô gộp hoặc chú thích)"
    return _DIFFERENT.format(place=f"khối thứ {number} ({kind})", told=told)


def _start(block) -> str:
    """The first words of a plain block."""
    # Halves of letters, which no page can show, come from what no editor sends.
    words = "".join(_words(block)).encode("utf-8", "replace").decode() if block else ""
    return words if len(words) <= 60 else f"{words[:60]}…"


def _words(part):
    if isinstance(part, tuple) and part and part[0] == "text":
        yield part[1]
    elif isinstance(part, tuple) and part and part[0] == "cite":
        yield f"[{part[1]}]"
    elif isinstance(part, tuple | list):
        for piece in part:
            yield from _words(piece)


class _Plain:
    """Makes one document plain. Raises ``ValueError``, ``KeyError``, ``TypeError`` for what no editor makes."""

    def __init__(self):
        self.notes = {}

    def blocks(self, document):
        if document["type"] != "doc":
            raise ValueError(document["type"])
        found = (self._block(block) for block in document["content"])
        return [block for block in found if block[-1]]

    def _block(self, block):
        kind = block["type"]
        if kind == "table":
            return ("table", *self._table(block))
        if kind == "title":
            return ("title", int(block["attrs"]["level"]), self._inline(block))
        if kind == "paragraph":
            return ("paragraph", self._inline(block))
        raise ValueError(kind)

    def _table(self, table):
        """How many rows are its head, its widths, where its columns stand, and each cell with its place."""
        places = _places(table["content"])
        head = max((row + high for row, _, _, high, cell in places if cell["type"] == "table_header"), default=1)
        columns = max(column + wide for _, column, wide, _, _ in places)
        widths, aligns = [0] * columns, [None] * columns
        for _, column, wide, _, cell in places:
            given = cell["attrs"].get("colwidth")
            for number in range(wide if given else 0):
                widths[column + number] = int(given[number])
            aligns[column] = cell["attrs"].get("align") if wide == 1 else aligns[column]
        cells = [(*place, self._inline(cell["content"][0])) for *place, cell in places]
        return head, Grid([], head, widths, aligns).shares, aligns, cells

    def _inline(self, block, depth=0):
        """Words with their marks, spaces bare; chips, and notes with their own words."""
        if depth > DEEPEST:
            raise ValueError(depth)
        found = []
        for piece in block.get("content", ()):
            found += self._pieces(piece, depth)
        return _trimmed(_joined(_as_signs(found)))

    def _pieces(self, piece, depth):
        marks = tuple(sorted(mark["type"] for mark in piece.get("marks", ())))
        kind = piece["type"]
        if kind == "text":
            words = normalize("NFC", piece["text"])
            return [
                ("text", part, marks) if part.strip() else ("text", " ", ()) for part in _SPACES.split(words) if part
            ]
        if kind == "cite":
            return [("cite", str(piece["attrs"]["key"]))]
        if kind == "note":
            label = piece["attrs"]["label"]
            self.notes.setdefault(label, len(self.notes))
            return [("note", self._inline(piece, depth + 1))]
        if kind == "note_again":
            return [("note again", self.notes[piece["attrs"]["label"]])]
        if kind == "note_break":
            return [_BREAK]
        raise ValueError(kind)


def _places(rows):
    """[(row, column, wide, high, cell)] of a table's rows, each of which holds the cells that begin in it.

    Raises ``ValueError`` for cells without an extent, or beyond what a table may take.
    """
    taken, found, left = set(), [], MOST_PLACES
    for row, line in enumerate(rows):
        column = 0
        for cell in line.get("content", ()):
            while (row, column) in taken:
                column += 1
            attrs = cell["attrs"]
            wide, high = min(int(attrs["colspan"]), 1000), min(int(attrs["rowspan"]), len(rows) - row)
            left -= wide * high
            if min(wide, high) < 1 or left < 0:
                raise ValueError(wide, high)
            taken |= {(row + down, column + right) for down in range(high) for right in range(wide)}
            found.append((row, column, wide, high, cell))
            column += wide
    return found


def _as_signs(pieces):
    """Brackets that are marked as printed are so before «^» without the mark too: «[^» never begins a blank."""
    for piece, after in zip_longest(pieces, pieces[1:], fillvalue=("",)):
        if piece[:2] == ("text", "[") and after[0] == "text" and after[1].startswith("^"):
            plain = ("text", "[", tuple(mark for mark in piece[2] if mark != "literal"))
            yield plain if plain[2] == after[2] else piece
        else:
            yield piece


def _joined(pieces):
    """Neighbours of one look as one; a row of spaces is one space."""
    joined = []
    for piece in pieces:
        before = joined[-1] if joined else ("",)
        if piece[0] == before[0] == "text" and piece[2] == before[2]:
            is_more = piece[1] != " " or not before[1].endswith(" ")
            joined[-1] = ("text", before[1] + piece[1] * is_more, piece[2])
        else:
            joined.append(piece)
    return joined


def _trimmed(pieces):
    """Without spaces at both ends; the paragraphs of a note each by itself, without empty ones."""
    lines = [[]]
    for piece in pieces:
        if piece == _BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    kept = [line for line in map(_line, lines) if line]
    return kept[0] if len(kept) == 1 else [piece for line in kept for piece in (*line, _BREAK)]


def _line(pieces):
    """One paragraph without spaces at its ends."""
    kept = list(pieces)
    for end, bare in ((0, str.lstrip), (-1, str.rstrip)):
        while kept and kept[end][0] == "text":
            words = bare(kept[end][1])
            if words:
                kept[end] = ("text", words, kept[end][2])
                break
            kept.pop(end)
    return kept
