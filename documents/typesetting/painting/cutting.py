"""The rows of long tables, marked by who writes the HTML and taken out before WeasyPrint sees it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Around the rows that are painted. Texts are escaped, so that nobody else writes a comment.
BEGIN, END = "<!--rows-->", "<!--/rows-->"
# Rows below those, left to WeasyPrint where something follows the table: pages may end between them as they need to.
TAIL = 2
# Signs that stand above others or are written from right to left: a table with one is left to WeasyPrint.
COMPLEX = re.compile("[\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u20d0-\u20ff\ufb1d-\ufefe]")
# Signs that show nothing, as Word and pages of the web leave them behind: tables are painted without.
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_LONG = re.compile(rf'<table class="long"(.*?){BEGIN}(.*?){END}(\s*</tbody>)?', re.DOTALL)
_GAP = re.compile(r' data-painted="(\d+)"|<!--gap (\d+)-->')
_ROW = re.compile(r"<tr([^>]*)>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


@dataclass
class Table:
    """The rows of a long table, HTML. ``is_within``: something follows it, before which the rows need a gap."""

    rows: str
    is_within: bool
    # Of a gap: where on a page the rows begin that it is made for, how many pages they turn, how high it is on its page,
    # the number of that page in the file before the others are put in; lengths in points.
    begun: tuple = ()
    turns: int = 1
    high: float = 0.0
    page: int = 0
    # Whether WeasyPrint has to set it all the same.
    is_left: bool = False

    def gap(self) -> str:
        """What stands in place of the rows."""
        if self.is_left:
            return self.rows
        turned = "break-before: page; " * bool(self.turns)
        _, cells = next(rows_of(self.rows))
        return f'<tr class="gap" style="{turned}height: {self.high:.6f}pt"><td colspan="{len(cells)}"></td></tr>'


def marked(rows: Iterable[str], tail: int = 0) -> Iterator[str]:
    """The rows of a long table, each in HTML, with the marks at which they are cut; ``tail`` rows stay below those."""
    rows = list(rows)
    end = len(rows) - tail
    yield rows[0]
    yield BEGIN
    yield from rows[1:end]
    yield END
    yield from rows[end:]


def cut(html: str) -> tuple[str, list[Table]]:
    """``html`` in NFC without what is painted, for ``with_gaps``; each table that is painted."""
    tables = []

    def taken(found):
        between, rows, end = found[1], found[2], found[3]
        if COMPLEX.search(rows):
            return f"<table{between}{rows}{end or ''}"
        tables.append(Table(_UNSEEN.sub("", rows), is_within=not end))
        place = len(tables) - 1
        return f'<table data-painted="{place}"{between}{end or f"<!--gap {place}-->"}'

    return (_LONG.sub(taken, html) if BEGIN in html else html), tables


def with_gaps(html: str, tables: list[Table]) -> str:
    """``html`` with as much room in place of the rows of ``tables`` as they need, its pages counted with those to come."""

    def filled(found):
        if found[1]:
            return "" if tables[int(found[1])].is_left else found[0]
        return tables[int(found[2])].gap()

    more = "".join(
        f"@page :nth({table.page + 1}) {{ counter-increment: page {table.turns} }}\n"
        for table in tables
        if table.is_within and table.turns > 1 and not table.is_left
    )
    style = f"<style>.body .gap td, .gap td {{ border: 0; padding: 0 }}\n{more}</style></head>"
    if any(table.is_within for table in tables):
        html = html.replace("</head>", style, 1)
    return _GAP.sub(filled, html)


def rows_of(html: str) -> Iterator[tuple[bool, list[str]]]:
    """(may it be broken?, its cells in HTML) for each row."""
    for found in _ROW.finditer(html):
        yield "tall" in found[1], _CELL.findall(found[2])
