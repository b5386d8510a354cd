"""The words of a body as blocks of a sheet: paragraphs, titles, tables, with how each stands on its page.

What HTML (``body``) and Word (``documents.word``) are both written from; nothing here knows how either looks.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from ..form.letters import POINTS_A_MM, width
from ..form.pieces import Piece
from ..form.rules import RuleSet
from ..form.tables import Columns
from ..source import markdown
from ..source.tables import Table, alike, painted, tables_of

_TAGS = {"h1": ("h2", "section"), "h2": ("h3", "clause"), "h3": ("h4", "article")}
# Their number stands on a line of its own, centred, and so does the title below (NĐ 30/2020, Phụ lục I, Mục II, khoản
# 6).
_PART = re.compile(r"(Phần|Chương|Mục|Tiểu mục) ([IVXLC]+|\d+|thứ \w+)\.?")
# Numbers of papers in all their forms: 17/UBND-KGVX, 98/2023/NĐ-CP, 22-CT/TW; and symbols alone: QĐ-UBND.
_REFERENCE = re.compile(
    r"(?<![\w/-])\d{1,6}[^\W\d_]?(?:-[^\W_]{1,12})?(?:/[^\W_]{1,20})(?:[-/][^\W_]{1,20}){0,5}|\b[A-ZĐ]{2,8}(?:-[A-ZĐ]{2,8}){1,3}\b"
)
# A longer one may be wider than its line.
_LONGEST = 40
# What a sentence may end with before ``./.`` takes its place.
_MARKS = ".;,"


def pieces(text) -> Iterator[Piece]:
    """``text`` in pieces: the number of a document in it does not break at the end of a line."""
    done = 0
    for found in _REFERENCE.finditer(text):
        if len(found[0]) <= _LONGEST:
            yield from [Piece(text[done : found.start()])] if found.start() > done else []
            yield Piece(found[0], whole=True)
            done = found.end()
    yield from [Piece(text[done:])] if done < len(text) else []


@dataclass
class Cites:
    """What a paper has cited so far: in full the first time, short afterwards, whatever key stands in the text."""

    resolve: Callable
    seen: set = field(default_factory=set)

    def write(self, key) -> str:
        """The citation of ``key``; ``documents.source.source.check`` has made sure that there is one."""
        full = self.resolve(key, True)
        if full in self.seen:
            return self.resolve(key, False)
        self.seen.add(full)
        return full


@dataclass
class Block:
    """One paragraph, title or table: its tag, its classes, its tokens, and what is printed behind them.

    Tags: ``p``, ``h2`` to ``h4``, ``table``. Classes: ``section``, ``clause``, ``article`` of a title; ``part`` and ``opening``
    (centred); ``leads`` (not parted from what follows), ``kept`` (nor from what is before), ``last``, ``end-mark``;
    ``turned``, ``upright``.
    """

    tag: str
    classes: list
    tokens: list
    tail: str = ""
    # Of a table: how it stands on the sheet.
    table: Table | None = None
    columns: Columns | None = None
    room: float = 0
    # Where its rows are painted: whether anything follows them.
    painted: str = ""

    def text(self) -> str:
        """What it prints, roughly: citations are longer than their keys."""
        return "".join(token.content or token.meta.get("key", "") for token in self.tokens) + self.tail


@dataclass
class Body:
    """One text on a sheet ``room`` points wide; a table that does not fit it stands on one on its side, ``turned`` points
    wide. ``read`` makes its ``blocks`` and ``notes``, which hold the inline tokens of each line of a note by its label.

    What it cites is written by ``cites`` in the order of reading, by whoever writes the blocks.
    """

    text: str
    cites: Cites
    rules: RuleSet
    room: float
    turned: float = 0
    # Whether it stands behind the paper, with nothing but pages of other texts after it.
    behind: bool = False
    # How the page lies on which the body ends, where one was turned: what follows goes on there.
    side: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, list] = field(default_factory=dict)

    def read(self, *, closing, opening="") -> "Body":
        """Make the blocks. ``closing`` adds the mark ``./.`` and keeps two lines of text with what follows the body.

        ``opening`` is a class for a first paragraph that ends with a colon.
        """
        tokens = markdown.parse(self.text)
        found = tables_of(tokens, self.text)
        self.blocks = blocks = list(self._blocks(tokens, iter(found), alike(found)))
        if opening and blocks and blocks[0].text().rstrip().endswith(":"):
            blocks[0].classes.append(opening)
        if closing:
            _close(blocks)
            self._keep_end(blocks)
        self._turn(blocks)
        _lead(blocks)
        long = painted(found)
        for number, block in enumerate(block for block in blocks if block.tag == "table"):
            if number in long:
                is_end = block is blocks[-1] and self.behind and not self.notes
                block.painted = "at the end" if is_end else "within"
        return self

    def _blocks(self, tokens, found, like):
        """The blocks in order; notes are set aside for the place that cites them."""
        position, part = 0, False
        while position < len(tokens):
            token = tokens[position]
            end = _closing(tokens, position)
            if token.type == "footnote_reference_open":
                self.notes[token.meta["label"]] = [t for t in tokens[position:end] if t.type == "inline"]
            elif token.type == "table_open":
                table = next(found)
                yield self._table_block(tokens[position : end + 1], table, like[table.head])
            else:
                inline = tokens[position + 1]
                tag, name = _TAGS.get(token.tag, ("p", ""))
                # The number of a part, and the title right below it.
                is_part = tag == "h2" and bool(_PART.fullmatch(inline.content))
                classes = [name] if name else []
                classes += ["leads"] * (tag == "p" and inline.content.rstrip(" *_").endswith(":"))
                yield Block(tag, classes + ["part"] * (tag == "h2" and (is_part or part)), inline.children)
                part = is_part
            position = end + 1

    def _table_block(self, tokens, table, like):
        """A table on the sheet that it fits."""
        sizes = self.rules.table
        # Tables under one head stand in columns of one width, where all fit so.
        columns = like[0].columns(self.room, sizes, like) if not table.grid.shares else table.columns(self.room, sizes)
        columns = columns if columns.fits else table.columns(self.room, sizes)
        if columns.fits or not self.turned:
            return Block("table", [], tokens, table=table, columns=columns, room=self.room)
        columns = table.columns(self.turned, sizes)
        return Block("table", [], tokens, table=table, columns=columns, room=self.turned)

    def _turn(self, blocks):
        """Name the pages from the first turned one on: stock, a page without a name never follows one that has one."""
        for before, block in pairwise([None, *blocks]):
            is_turned = block.room > self.room or ("end-mark" in block.classes and before and before.room > self.room)
            self.side = "turned" if is_turned else self.side and "upright"
            block.classes += [self.side] * bool(self.side)

    def _keep_end(self, blocks):
        """Keep so many of the last blocks together that two lines of text stand before what follows."""
        lines = 0
        blocks[-1].classes.append("last")
        for block in reversed(blocks):
            indent = self.rules.indent.used * POINTS_A_MM
            # A line holds at most the sheet's width: no fewer lines than this.
            lines += math.ceil((width(block.text(), self.rules.body.used) + indent) / self.room - 0.02)
            if lines >= 2:
                return
            if block is not blocks[0]:
                block.classes.append("kept")


def _lead(blocks):
    """«… như sau:» and what a table is called do not stand alone at a page's end."""
    for before, block in pairwise(blocks):
        if block.tag == "table" and before.tag == "p" and "leads" not in before.classes:
            before.classes.append("leads")


def _closing(tokens, position) -> int:
    """Where the block that opens at ``position`` closes."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _close(blocks):
    """Put ``./.`` behind the last sentence, unless it stands there; below a table, on a line of its own."""
    if len(blocks) > 1 and blocks[-1].tag != "table" and not _ended(blocks[-1].text()):
        # Typed on a line of its own.
        blocks.pop()
    if not blocks or blocks[-1].tag == "table":
        blocks.append(Block("p", ["end-mark"], [], tail="./."))
        return
    last = blocks[-1]
    last.tokens = [token.copy() for token in last.tokens]
    _cut(last.tokens)
    last.tail = "./."


def _ended(text) -> str:
    """``text`` without its last mark, or without ``./.`` in any spelling; dots that go on stay."""
    bare = text.rstrip(f" \n\u00a0/{_MARKS}")
    tail = text[len(bare) :]
    if "/" in tail and "." in tail:
        return bare + "..." * tail.startswith("...")
    text = text.rstrip()
    return text[:-1] if text.endswith(tuple(_MARKS)) and not text.endswith("..") else text


def _cut(tokens):
    """Take the marks off the end of what ``tokens`` print; they may stand in several, around emphasis and notes."""
    words = [token for token in tokens if token.type in ("text", "cite")]
    behind = list(takewhile(lambda token: token.type == "text", reversed(words)))
    text = "".join(token.content for token in reversed(behind))
    too_much = len(text) - len(_ended(text))
    for token in behind:
        taken = min(too_much, len(token.content))
        token.content = token.content[: len(token.content) - taken]
        too_much -= taken
