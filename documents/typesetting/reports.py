"""Lists on paper: a title and one ruled table on A4 landscape, its head on every page."""

from collections.abc import Iterable, Sequence

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from ..form.letters import POINTS_A_MM
from ..form.tables import is_long, is_tall, whole_figures, with_room_for_figures
from .painting.cutting import marked
from .pdf import to_pdf

# Millimetres of the sheet; the left margin has room for binding.
MARGIN_LEFT = 22
TEXT_WIDTH = 297 - MARGIN_LEFT - 15
SIZE = 10  # points
NUMBER_SIZE = 10


def table_pdf(
    *,
    title: str,
    subtitle_lines: Sequence[str],
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[object]],
    right: Sequence[str] = (),
    tell=None,
) -> bytes:
    """The PDF/A of a list. ``columns``: (heading, share of the width), shares in any unit; ``rows``: one value a column;
    ``right``: headings of columns whose figures stand below each other; ``tell`` as in ``to_pdf``.

    Pages are numbered "1/12", columns (1), (2)… as the registers of Nghị định 30/2020/NĐ-CP, Phụ lục IV, are.
    """
    rows = [["" if value is None else str(value) for value in row] for row in rows]
    shares = with_room_for_figures([share for _, share in columns], rows, TEXT_WIDTH * POINTS_A_MM, SIZE)
    looks = [' class="figure"' if name in right else "" for name, _ in columns]
    written, painted = (_row(row, shares, looks) for row in rows), is_long(len(rows))
    context = {
        "title": title,
        "subtitle_lines": subtitle_lines,
        "columns": [
            {"heading": name, "share": f"{share:.3f}"} for (name, _), share in zip(columns, shares, strict=True)
        ],
        "rows": mark_safe("\n".join(marked(written) if painted else written)),  # noqa: S308  escaped in _row
        "is_long": painted,
        "size": SIZE,
        "number_size": NUMBER_SIZE,
        "number_words": "Trang {}/{}",
        "margin_left": MARGIN_LEFT,
    }
    return to_pdf(render_to_string("documents/typesetting/book.html", context), tell)


def _row(values, shares, looks) -> str:
    """A row in HTML; a tall one may go on on the next page."""
    name = ' class="tall"' if is_tall(values, shares, TEXT_WIDTH * POINTS_A_MM, SIZE) else ""
    cells = (f"<td{look}>{whole_figures(value)}</td>" for value, look in zip(values, looks, strict=True))
    return f"<tr{name}>{''.join(cells)}</tr>"


# Longer ones are set by a worker.
LONGEST_AT_ONCE = 300
