"""The blocks of a body in Word: paragraphs, ruled tables, real footnotes."""

import re

from ..form import tables
from ..typesetting.blocks import Block, Body, pieces
from . import elements
from .elements import BOLD, ITALIC, Flow, run, twips

# Points, as sheet.css has them.
PADDING = (2, 4.375)
ABOVE_TABLE, BELOW_TABLE = 3, 9
_STYLES = {"h2": "Muc", "h3": "Khoan", "h4": "Dieu", "p": "ThanBai"}
_LOOKS = {"strong_open": BOLD, "em_open": ITALIC}
_ENDS = {"strong_close": BOLD, "em_close": ITALIC}
_SPACES = re.compile(r"[ \t\n\r\f]+")


class Words:
    """Writes the blocks of one body; ``notes`` collects the notes of all bodies of a paper, each in lines of runs."""

    def __init__(self, body: Body, notes: list[list[str]]):
        self.body, self.notes = body, notes

    def into(self, flow: Flow, blocks: list[Block], *, top: float) -> None:
        """Write ``blocks``, ``top`` points below what is there."""
        following = [*blocks[1:], None]
        for block, after in zip(blocks, following, strict=True):
            keep = "leads" in block.classes or "last" in block.classes or bool(after and "kept" in after.classes)
            if block.tag == "table":
                if flow.parts and flow.parts[-1].endswith("</w:tbl>"):
                    flow.room(ABOVE_TABLE)
                flow.put(self.table(block, keep=keep), bottom=BELOW_TABLE)
            else:
                self.paragraph(flow, block, keep=keep, top=top)
            top = 0

    def paragraph(self, flow, block, *, keep, top):
        """A paragraph or a title."""
        style = "Chuong" if "part" in block.classes else _STYLES[block.tag]
        look = {}
        if "opening" in block.classes:
            look = {"align": "center", "indent": {"firstLine": 0}}
        elif "end-mark" in block.classes:
            look = {"align": "right"}
        flow.add(style, self.inline(block.tokens, tail=block.tail), keep=keep and style == "ThanBai", top=top, **look)

    def inline(self, tokens, base="", *, cut=pieces, tail="") -> str:
        """The runs of one block. ``base``: the size of all letters; ``cut`` parts words from what does not break."""
        out, looks, gap = [], [], True
        for token in tokens:
            look = BOLD * (BOLD in looks) + ITALIC * (ITALIC in looks) + base
            if token.type in _LOOKS:
                looks.append(_LOOKS[token.type])
            elif token.type in _ENDS:
                looks.remove(_ENDS[token.type])
            elif token.type == "footnote_ref":
                out.append(self.note(token.meta["key"]))
                gap = False
            else:
                words = self.body.cites.write(token.meta["key"]) if token.type == "cite" else token.content
                words, gap = _spaced(words, gap)
                out.append(run(cut(words), look))
        return "".join(out) + run(tail)

    def note(self, label) -> str:
        """The number of a note in its place; its words are kept for the part that holds them all."""
        lines = self.body.notes[label]
        place = len(self.notes)
        self.notes.append([])
        self.notes[place] = [self.inline(line.children) for line in lines]
        return reference(place)

    def table(self, block, *, keep) -> str:
        """A ruled table; its head repeats on every page."""
        points, shares, grid = block.columns.size, block.columns.shares, block.table.grid
        widths = [twips(block.room * share / 100) for share in shares]
        letters = elements.size(points) if points != self.body.rules.table.used else ""
        spans = {(cell.row, cell.column): cell for cell in grid.cells()}
        rows = []
        for number, words in enumerate(block.table.rows):
            kept = keep and number == len(block.table.rows) - 1
            cells = [
                self.cell(grid, spans[owner], number, widths, letters, keep=kept)
                for owner in dict.fromkeys(grid.owners[number])
            ]
            tall = tables.is_tall(words, shares, block.room, points)
            rows.append(elements.row(cells, is_whole=not tall, is_head=number < grid.head))
        return elements.table(rows, widths, ruled=True, padding=PADDING)

    def cell(self, grid, cell, row, widths, letters, *, keep) -> str:
        """One cell in its row; one that goes on from a row above is there without words."""
        is_head, is_first = cell.row < grid.head, cell.row == row
        align = grid.aligns[cell.column] if not is_head else None
        inner = self.inline(cell.token.children, letters, cut=tables.figures) if is_first else ""
        style = "DauBang" if is_head else "Bang"
        words = elements.paragraph(style, inner, align=align if align not in (None, "left") else "", keep=keep)
        look = f'<w:gridSpan w:val="{cell.wide}"/>' * (cell.wide > 1)
        look += ('<w:vMerge w:val="restart"/>' if is_first else "<w:vMerge/>") * (cell.high > 1)
        look += '<w:vAlign w:val="center"/>' * is_head
        return elements.cell(words, sum(widths[cell.column : cell.column + cell.wide]), look=look)


def reference(place: int) -> str:
    """The number of the note at this place of the list; notes 0 and 1 of the file are the rules above notes."""
    return f'<w:r><w:rPr><w:rStyle w:val="SoChuThich"/></w:rPr><w:footnoteReference w:id="{place + 2}"/></w:r>'


def _spaced(words, gap) -> tuple[str, bool]:
    """``words`` with single spaces, none at the beginning where there is one before (``gap``); whether they end with one."""
    words = _SPACES.sub(" ", words)
    words = words[1:] if gap and words.startswith(" ") else words
    return words, words.endswith(" ") if words else gap
