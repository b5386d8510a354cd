"""The blocks of a body as HTML, footnotes where they are cited."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..form import tables
from ..form.pieces import html
from .blocks import Body, pieces
from .painting import cutting

_OF_ROWS = {"tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"}


def html_of(body: Body) -> SafeString:
    """All blocks of ``body``; what it cites is written as it is met."""
    return mark_safe("\n".join(map(_Writer(body).block, body.blocks)))  # noqa: S308  every text is escaped in piece


def whole_references(text) -> SafeString:
    """``text`` in HTML; the number of a document in it does not break at the end of a line."""
    return html(pieces(text))


class _Writer:
    """Writes the blocks of one body."""

    def __init__(self, body):
        self.body = body

    def block(self, block) -> str:
        """One paragraph, title or table."""
        if block.tag == "table":
            return self.table(block)
        css = f' class="{" ".join(block.classes)}"' if block.classes else ""
        return f"<{block.tag}{css}>{self.inline(block.tokens)}{block.tail}</{block.tag}>"

    def inline(self, tokens) -> str:
        """Words, emphasis, citations and notes of one block."""
        return "".join(map(self.piece, tokens))

    def piece(self, token, words=None) -> str:
        """One piece of a block; ``words`` writes its plain text."""
        if token.type == "cite":
            return whole_references(self.body.cites.write(token.meta["key"]))
        if token.type == "footnote_ref":
            words = "<br>".join(self.inline(line.children) for line in self.body.notes[token.meta["key"]])
            return f'<span class="note">{words}</span>'
        if token.type == "text":
            return (words or whole_references)(token.content)
        if token.tag:
            return f"<{'/' if token.nesting < 0 else ''}{token.tag}>"
        return escape(token.content)

    def table(self, block) -> str:
        """A ruled table; its head repeats on every page."""
        shares, size = block.columns.shares, block.columns.size
        head, *rows = self.rows(block)
        name = ""
        if block.painted:
            name, rows = ' class="long"', cutting.marked(rows, cutting.TAIL * (block.painted == "within"))
        columns = "".join(f'<col style="width: {share:.2f}%">' for share in shares)
        classes = " ".join(["ruled", *block.classes])
        table = f'<table{name} style="font-size: {size}pt"><colgroup>{columns}</colgroup><thead>{head}</thead>'
        return f'<div class="{classes}">{table}{"".join(["<tbody>", *rows, "</tbody>"]) if rows else ""}</table></div>'

    def rows(self, block):
        """Each row of a table in HTML, its head first."""
        shares, size = block.columns.shares, block.columns.size
        tall = (tables.is_tall(row, shares, block.room, size) for row in tables.cells(block.tokens))
        parts = []
        for token in block.tokens:
            if token.type == "inline":
                parts.append("".join(self.piece(child, tables.whole_figures) for child in token.children))
            elif token.type in _OF_ROWS:
                align = re.search(r"text-align:(\w+)", str(token.attrs.get("style", "")))
                css = align[1] if align else "tall" if token.type == "tr_open" and next(tall) else ""
                name = f' class="{css}"' if css else ""
                parts.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}{name}>")
            if token.type == "tr_close":
                yield "".join(parts)
                parts = []
