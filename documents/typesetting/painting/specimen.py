"""What WeasyPrint has set of a long table, read off its boxes: where its pages end, its columns, its lines, its head.

All lengths are in points, counted from the upper left corner of the page.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

PX = 0.75  # points
# The pages that an appendix counts from 1, as the style sheet names them.
_NUMBERED = re.compile("-[ab]$")


@dataclass(frozen=True)
class Column:
    """The room for letters in a column: where it begins, how wide it is, how its lines stand, how its letters look."""

    left: float
    width: float
    align: str
    style: tuple


@dataclass(frozen=True)
class Text:
    """Letters of the head: their base line is ``down`` points below the table's top."""

    left: float
    down: float
    size: float
    style: tuple
    words: str


@dataclass(frozen=True)
class Gap:
    """The room that was left for the last rows of a table, above what follows them: the page on which it is, from 0; its top."""

    page: int
    top: float
    # The element of its only cell in the structure of the document, and those of the head above.
    mark: object
    head_marks: list


@dataclass(frozen=True)
class Specimen:
    """A table with one row. ``page``: on which it stands, from 0; ``first``: on which its appendix begins."""

    page: int
    first: int
    width: float
    height: float
    # Between which heights of a page rows may stand; on the page of the first row, where that ends, and until where they may.
    top: float
    bottom: float
    begun: float
    until: float
    # The edges of the text.
    left: float
    right: float
    # Where rules stand from left to right, how thick they are.
    rules: tuple[float, ...]
    thick: float
    columns: tuple[Column, ...]
    size: float
    leading: float
    # From a row's top to its first line, from its last line to its end; how much less where it begins on another page.
    above: float
    below: float
    padding: float
    # The head as it is repeated: its letters, where its rules stand below the top of the table.
    head: list[Text]
    head_rules: list[float]
    # Of a head with joined cells the rules around each, (left, top, right, bottom) below the top of the table; else nothing.
    head_edges: list[tuple[float, float, float, float]]
    # The table's element in the structure of the document: one of its cells.
    mark: object
    head_marks: list
    # None where nothing follows the table.
    gap: Gap | None


def specimens(document) -> dict[int, Specimen]:
    """The painted tables of ``document`` by their numbers, in order; of one whose first row goes on on a second page, its end."""
    parts = {}
    begins, name = 0, None
    for number, page in enumerate(document.pages):
        box = page._page_box
        if box.page_type.name != name:
            # A sheet that lies on its side amid others does not begin anything.
            begins, name = number if _NUMBERED.search(str(box.page_type.name)) else begins, box.page_type.name
        for key, table in _tables(box):
            parts.setdefault(key, []).append((table, box, number, begins))
    return {key: _read(found) for key, found in parts.items()}


def _tables(box):
    """(number, box) of painted tables in a page's flow."""
    key = box.element.get("data-painted") if box.element is not None and box.element_tag == "table" else None
    if key:
        yield int(key), box.get_wrapped_table()
        return
    for child in getattr(box, "children", ()):
        yield from _tables(child)


def _read(parts):
    """The specimen of a table, of which each page has a part."""
    begins, gap = parts[-1], None
    for before, part in pairwise([None, *parts]):
        place = next((place for place, row in enumerate(_body(part).children) if _is_gap(row)), None)
        if place is not None:
            row = _body(part).children[place]
            gap = Gap(part[2], row.position_y * PX, _mark(row.children[0]), _head_marks(part[0]))
            begins, place = (part, place - 1) if place else (before, -1)
            break
    else:
        place, part = -1, begins
    return _specimen(begins, _body(begins).children[place], part[1], gap)


def _specimen(part, row, turned, gap):
    """What the first ``row`` of a table tells; ``turned`` is a page as those that follow."""
    table, page, number, first = part
    head, top = table.children[0], table.position_y
    cell = row.children[0]
    right = [other.position_x + other.border_width() for other in row.children]
    size, padding = cell.style["font_size"], cell.style["padding_top"].value
    notes = [box.position_y for box in page.children if box.children and type(box).__name__ == "FootnoteAreaBox"]
    return Specimen(
        page=number,
        first=first,
        width=page.margin_width() * PX,
        height=page.margin_height() * PX,
        top=turned.content_box_y() * PX,
        bottom=(turned.content_box_y() + turned.height) * PX,
        begun=(row.position_y + row.height) * PX,
        until=min([page.content_box_y() + page.height, *notes]) * PX,
        left=page.content_box_x() * PX,
        right=(page.content_box_x() + page.width) * PX,
        rules=tuple(place * PX for place in (row.children[0].position_x, *right)),
        thick=2 * cell.border_left_width * PX,
        columns=tuple(map(_column, row.children)),
        size=size * PX,
        leading=cell.style["line_height"] * size * PX,
        above=(padding + cell.border_left_width) * PX,
        below=(padding + cell.border_left_width) * PX,
        padding=padding * PX,
        head=[text for other in head.children for text in _texts(other, top)],
        head_rules=[(other.position_y - top) * PX for other in (*head.children, _body(part))],
        head_edges=_edges(head, top),
        mark=_mark(cell),
        head_marks=_head_marks(table),
        gap=gap,
    )


def _body(part):
    return part[0].children[-1]


def _is_gap(row):
    return row.element is not None and row.element.get("class") == "gap"


def _mark(cell):
    """The element of a cell, once the file is made."""
    return getattr(cell, "mark", None)


def _head_marks(table):
    return [_mark(cell) for row in table.children[0].children for cell in row.children]


def _edges(head, top):
    """The rules around the cells of a head in which some are joined, each once."""
    cells = [cell for row in head.children for cell in row.children]
    if all(cell.colspan == cell.rowspan == 1 for cell in cells):
        return []
    found = {}
    for cell in cells:
        left, right = cell.position_x * PX, (cell.position_x + cell.border_width()) * PX
        above, below = (cell.position_y - top) * PX, (cell.position_y - top + cell.border_height()) * PX
        for edge in (
            (left, above, right, above),
            (left, below, right, below),
            (left, above, left, below),
            (right, above, right, below),
        ):
            found.setdefault(tuple(round(place, 2) for place in edge), edge)
    return list(found.values())


def _column(cell):
    return Column(cell.content_box_x() * PX, cell.width * PX, cell.style["text_align_all"], _style(cell))


def _texts(box, top):
    """Every piece of text within ``box``."""
    if hasattr(box, "text"):
        yield Text(
            box.position_x * PX,
            (box.position_y + box.baseline - top) * PX,
            box.style["font_size"] * PX,
            _style(box),
            box.text,
        )
    for child in getattr(box, "children", ()):
        yield from _texts(child, top)


def _style(box):
    return box.style["font_weight"] >= 600, box.style["font_style"] == "italic"


@lru_cache(20000)
def breaks(text: str) -> tuple[int, ...]:
    """Between which letters of ``text`` a line may end: what WeasyPrint asks of Pango too."""
    from weasyprint.text.line_break import get_log_attrs

    marks = get_log_attrs(text, "vi")
    return tuple(place for place in range(1, len(text)) if marks[place].is_line_break)
