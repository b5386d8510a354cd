"""The blocks of a body as HTML, footnotes where they are cited."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..form import tables
from ..form.pieces import html
from .blocks import Body, pieces
from .painting import cutting


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
        rows = list(self.rows(block))
        head, rows = "".join(rows[: block.table.grid.head]), rows[block.table.grid.head :]
        name = ""
        if block.painted:
            name, rows = ' class="long"', cutting.marked(rows, cutting.TAIL * (block.painted == "within"))
        columns = "".join(f'<col style="width: {share:.2f}%">' for share in shares)
        classes = " ".join(["ruled", *block.classes])
        table = f'<table{name} style="font-size: {size}pt"><colgroup>{columns}</colgroup><thead>{head}</thead>'
        return f'<div class="{classes}">{table}{"".join(["<tbody>", *rows, "</tbody>"]) if rows else ""}</table></div>'

    def rows(self, block):
        """Each row of a table in HTML, its head first."""
        table, shares, size = block.table, block.columns.shares, block.columns.size
        cells = {}
        for cell in table.grid.cells():
            cells.setdefault(cell.row, []).append(cell)
        for number, words in enumerate(table.rows):
            tall = ' class="tall"' * tables.is_tall(words, shares, block.room, size)
            tag = "th" if number < table.grid.head else "td"
            inner = "".join(self.cell(cell, tag, table.grid.aligns[cell.column]) for cell in cells.get(number, ()))
            yield f"<tr{tall}>{inner}</tr>"

    def cell(self, cell, tag, align) -> str:
        """One cell, over as many columns and rows as it spans."""
        look = f' class="{align}"' if align else ""
        look += f' colspan="{cell.wide}"' * (cell.wide > 1) + f' rowspan="{cell.high}"' * (cell.high > 1)
        words = "".join(self.piece(child, tables.whole_figures) for child in cell.token.children)
        return f"<{tag}{look}>{words}</{tag}>"
