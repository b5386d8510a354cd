"""The rows of long tables, marked by who writes the HTML and taken out before WeasyPrint sees it."""

import re
from collections.abc import Iterable, Iterator

# Around all rows but the first. Texts are escaped, so that nobody else writes a comment.
BEGIN, END = "<!--rows-->", "<!--/rows-->"
# Signs that stand above others, are written from right to left, or order others to: a table with one is left to WeasyPrint.
COMPLEX = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\ufb1d-\ufeff]"
)
_ROWS = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)
_ROW = re.compile(r"<tr([^>]*)>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


def marked(rows: Iterable[str]) -> Iterator[str]:
    """The rows of a long table, each in HTML, with the marks at which they are cut."""
    rows = iter(rows)
    yield next(rows)
    yield BEGIN
    yield from rows
    yield END


def cut(html: str) -> tuple[str, list[str]]:
    """``html`` in NFC without what is painted, and the rows of each long table in it."""
    found = _ROWS.findall(html) if BEGIN in html else []
    if not found or any(map(COMPLEX.search, found)):
        return html, []
    return _ROWS.sub("", html), found


def rows_of(html: str) -> Iterator[tuple[bool, list[str]]]:
    """(may it be broken?, its cells in HTML) for each row."""
    for found in _ROW.finditer(html):
        yield "tall" in found[1], _CELL.findall(found[2])
