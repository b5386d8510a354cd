"""Pages while somebody writes: drawn as they will be printed, only those that are new, with where each piece of text stands.

What a paper's pages are made of is read off the library's own boxes, so that nothing has to be written into the HTML for it.
"""

import hashlib
from collections import Counter
from itertools import pairwise

from . import apart, pdf
from .pictures import page_count, some_pictures

# What a class of the templates of a sheet is about. Texts and notes are told by their own numbers.
HEAD = {
    "issued-by": "issuer",
    "superior": "superior",
    "number": "symbol",
    "letter-subject": "subject",
    "urgency": "urgency",
    "circulation": "circulation",
    "place-date": "date",
    "subject": "subject",
    "authority": "authority",
    "to": "to",
    "bases": "bases",
    "recipients": "recipients",
    "second-capacity": "second_capacity",
    "second-signer": "second_signer",
    "capacity": "capacity",
    "signer": "signer",
    "contact": "contact",
    "appendix-title": "title",
}


def follow(html: str, *, known=(), dpi: int, first: int = 0, most: int, limit: float) -> dict:
    """``most`` pages from the ``first``, counted from 0, of a sheet made by ``typeset``, for the eyes of who writes it; as many
    before it as there are too few behind.

    ``known``: keys of pages whose pictures are there already. Gives ``{"pages": [(key, PNG or None)], "first": the number of the
    first of them, "total": how many there are, "places": [...]}``; a picture is None where its key is known, and equal keys are
    equal pictures.

    A place is ``[page, part, what, number, x, y, width, height, lines]``: page from 0; part 0 for the paper and 1, 2 … for what
    stands behind it; what one of ``HEAD``, ``body``, ``row`` or ``note``, the number of the block, row (``block.row``) or note in
    its text; the box as shares of the sheet; and for each of its lines how far below the top of the sheet it begins and how many
    letters it has; of a row also from where to where its cell goes. Raises ``apart.NotSet``, ``pdf.PackagesMissing``.
    """
    return apart.call(_drawn, html, frozenset(known), dpi, first, most, limit=limit)


@apart.uninterrupted
def _drawn(html, known, dpi, first, most) -> dict:
    """As ``follow``, in this process."""
    content, (keys, places) = pdf.seen(
        html, lambda document, written, painting: (_keys(written), _places(document, painting))
    )
    total = page_count(content)
    first = max(0, min(first, total - most))
    shown = range(first, min(total, first + most))
    wanted = [number for number in shown if not keys or keys[number] not in known]
    pictures = dict(zip(wanted, some_pictures(content, wanted, dpi=dpi), strict=True))
    # Where rows are painted, what a page holds is known by its picture alone.
    told = {number: keys[number] if keys else _key(pictures[number]) for number in shown}
    pages = [(key, None if key in known else pictures[number]) for number, key in told.items()]
    return {"pages": pages, "first": first, "total": total, "places": places}


def _key(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _keys(written) -> list[str]:
    """What tells each page by what is drawn on it; nothing where the PDF is not the library's alone."""
    if written is None:
        return []
    pages = [written.objects[number] for number in written.pages["Kids"][::3]]
    drawn = [written.objects[int(bytes(page["Contents"]).split()[0])].data for page in pages]
    return [_key(bytes(str(page["MediaBox"].data), "ascii") + data) for page, data in zip(pages, drawn, strict=True)]


def _places(document, painting) -> list:
    """Where each piece of text stands: what the library has set, page by page, then what was painted."""
    pages = [page._page_box for page in document.pages]
    if not pages:
        return []
    numbers = painting.pages if painting else range(len(pages))
    rows = painting.rows if painting else []
    root = next(box.element for box in pages[0].descendants() if box.element is not None and box.element.tag == "html")
    told, tables = _told(root, Counter({row.table: row.number for row in rows}))
    found = [
        _place(number, page, box, told[box.element])
        for number, page in zip(numbers, pages, strict=True)
        for box in page.descendants()
        if box.element in told and _is_whole(box)
    ]
    return found + [_painted(row, *tables[row.table]) for row in rows if row.table in tables]


def _is_whole(box) -> bool:
    """Whether ``box`` is the one of its element: not its words, and not a box around it that the library has made."""
    is_words = hasattr(box, "text") or _is_line(box)
    return box.element_tag == box.element.tag and not is_words and not box.is_table_wrapper


def _is_line(box) -> bool:
    return type(box).__name__ == "LineBox"


def _told(root, painted) -> tuple[dict, dict]:
    """{element: (part, what it is about, its number)}, and of painted tables {number of the table: (part, block, rows of its
    head)}. ``painted``: how many rows of each are no elements.
    """
    told, tables = {}, {}
    parts = [root.find("body"), *(one for one in root.iter("section") if _classes(one)[:1] == ["appendix"])]
    behind = {element for part in parts[1:] for element in part.iter()}
    for number, part in enumerate(parts):
        for element in part.iter():
            if number or element not in behind:
                told |= _about(number, element, painted)
            if "body" in _classes(element) and element.tag == "div":
                tables |= {
                    key: (number, block, head) for block, one in enumerate(element) for key, head in _painted_in(one)
                }
    return told, tables


def _painted_in(block):
    """(number, rows of its head) of the table in ``block``, where its rows are painted."""
    return (
        (int(table.get("data-painted")), sum(1 for _ in table.find("thead").iter("tr")))
        for table in block.iter("table")
        if table.get("data-painted")
    )


def _about(part, element, painted) -> dict:
    """What ``element`` is about, with what stands in it where it is the words of a text."""
    classes = _classes(element)
    if "body" in classes and element.tag == "div":
        notes = (note for note in element.iter("span") if "note" in _classes(note))
        rows = ((name, row) for number, block in enumerate(element) for name, row in _rows(number, block, painted))
        return (
            {block: (part, "body", str(number)) for number, block in enumerate(element)}
            | {row: (part, "row", name) for name, row in rows}
            | {note: (part, "note", str(number)) for number, note in enumerate(notes)}
        )
    what = next((HEAD[name] for name in classes if name in HEAD), None)
    return {element: (part, what, "")} if what else {}


def _rows(number, block, painted):
    """The rows of a table that are elements, each with its name; those that are painted stand below the first one."""
    between = {key: (head, painted[key]) for key, head in _painted_in(block)}
    for table in block.iter("table"):
        first, more = between.get(int(table.get("data-painted") or -1), (0, 0))
        rows = (row for row in table.iter("tr") if "gap" not in _classes(row))
        yield from ((f"{number}.{count + more * (count > first)}", row) for count, row in enumerate(rows))


def _classes(element) -> list[str]:
    return (element.get("class") or "").split()


def _place(number, page, box, told) -> list:
    """As ``follow`` gives it."""
    wide, tall = page.margin_width(), page.margin_height()
    shares = (
        box.border_box_x() / wide,
        box.border_box_y() / tall,
        box.border_width() / wide,
        box.border_height() / tall,
    )
    if told[1] == "row":
        lines = [
            [*line, *_sides(cell, wide)] for cell in box.children for line in _lines(cell, tall) or [_empty(cell, tall)]
        ]
    else:
        lines = _lines(box, tall)
    return [number, *told, *(round(share, 4) for share in shares), lines]


def _lines(box, tall) -> list:
    """Of each line in ``box`` how far down it begins, and its letters."""
    return [
        [round(line.position_y / tall, 4), sum(len(one.text) for one in line.descendants() if hasattr(one, "text"))]
        for line in box.descendants()
        if _is_line(line)
    ]


def _empty(cell, tall) -> list:
    """As a line, a cell without words."""
    return [round(cell.border_box_y() / tall, 4), 0]


def _sides(cell, wide) -> tuple[float, float]:
    """From where to where a cell goes, as shares of the sheet."""
    left = cell.border_box_x()
    return round(left / wide, 4), round((left + cell.border_width()) / wide, 4)


def _painted(row, part, block, head) -> list:
    """As ``follow`` gives it, of a painted row: each cell is one line."""
    like = row.like
    edges = [round(edge / like.width, 4) for edge in like.rules]
    top, high = round(row.top / like.height, 4), round((row.end - row.top) / like.height, 4)
    lines = [[top, count, *sides] for count, sides in zip(row.letters, pairwise(edges), strict=True)]
    return [row.page, part, "row", f"{block}.{head + row.number}", edges[0], top, edges[-1] - edges[0], high, lines]
