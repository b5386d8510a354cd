"""What WeasyPrint has set of a long table, read off its boxes: where its pages end, its columns, its lines, its head.

All lengths are in points, counted from the upper left corner of the page.
"""

from dataclasses import dataclass
from functools import lru_cache

PX = 0.75  # points


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
class Specimen:
    """A table with one row. ``page``: on which it stands, from 0; ``first``: on which its appendix begins."""

    page: int
    first: int
    width: float
    height: float
    # Between which heights of a page rows may stand, and where the first ends.
    top: float
    bottom: float
    begun: float
    # The edges of the text.
    left: float
    right: float
    # Where rules stand from left to right, how thick they are.
    rules: list[float]
    thick: float
    columns: list[Column]
    size: float
    leading: float
    # From a row's top to its first line, from its last line to its end; how much less where it begins on another page.
    above: float
    below: float
    padding: float
    # The head as it is repeated: its letters, where its rules stand below the top of the table.
    head: list[Text]
    head_rules: list[float]
    # The table's element in the structure of the document: one of its cells.
    mark: object
    head_marks: list


def specimens(document) -> list[Specimen]:
    """The long tables of ``document``, in order; of one that goes on on a second page, its end."""
    found = {}
    begins, name = 0, None
    for number, page in enumerate(document.pages):
        box = page._page_box
        if box.page_type.name != name:
            begins, name = number, box.page_type.name
        for wrapper in _tables(box):
            found[id(wrapper.element)] = _read(wrapper.get_wrapped_table(), box, number, begins)
    return list(found.values())


def _tables(box):
    """The boxes around long tables, of each page's flow."""
    if box.element is not None and "long" in (box.element.get("class") or "").split() and box.element_tag == "table":
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _tables(child)


def _read(table, page, number, first):
    """The specimen of a table's box."""
    head, body = table.children[0], table.children[-1]
    row = body.children[-1]
    cell, top = row.children[0], table.position_y
    right = [other.position_x + other.border_width() for other in row.children]
    size, padding = cell.style["font_size"], cell.style["padding_top"].value
    return Specimen(
        page=number,
        first=first,
        width=page.margin_width() * PX,
        height=page.margin_height() * PX,
        top=page.content_box_y() * PX,
        bottom=(page.content_box_y() + page.height) * PX,
        begun=(row.position_y + row.height) * PX,
        left=page.content_box_x() * PX,
        right=(page.content_box_x() + page.width) * PX,
        rules=[place * PX for place in (row.children[0].position_x, *right)],
        thick=2 * cell.border_left_width * PX,
        columns=[_column(other) for other in row.children],
        size=size * PX,
        leading=cell.style["line_height"] * size * PX,
        above=(padding + cell.border_left_width) * PX,
        below=(padding + cell.border_left_width) * PX,
        padding=padding * PX,
        head=[text for other in head.children for text in _texts(other, top)],
        head_rules=[(other.position_y - top) * PX for other in (*head.children, body)],
        mark=cell.mark,
        head_marks=[other.mark for one in head.children for other in one.children],
    )


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
