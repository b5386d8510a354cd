"""What is seen of a signature, drawn as small pages of their own that a PDF takes in: a picture, or a few words.

They are drawn by the same engine as papers: what signs would set the letters of Times New Roman too far apart.
"""

import io
from html import escape

from PIL import Image, UnidentifiedImageError

from ..typesetting.pdf import set_once

# Of the words on a copy or on a text that goes with a paper (Phụ lục I, mục II.8.đ and III.1.d): upright, black.
SMALL = 10
# The height of a line, as a part of the size of its letters.
LINE = 1.15


def picture(content: bytes, wide: float, high: float, told: str) -> bytes:
    """A PDF page of ``wide`` by ``high`` points that a PNG fills, its clear parts clear.

    ``told``: what it is, for who cannot see it.
    """
    look = f"@page {{ size: {wide:.3f}pt {high:.3f}pt; margin: 0 }} body {{ margin: 0; line-height: 0 }}"
    shown = f'<img src="picture:look" style="width: {wide:.3f}pt; height: {high:.3f}pt" alt="{escape(told)}">'
    return _page(look, shown, [("look", "image/png", content)])


def words(lines, wide: float, high: float, size: float = SMALL, *, italic=False, align="left", turned=0) -> bytes:
    """A PDF page with ``lines`` of ``size`` points from the top of a block of ``wide`` by ``high`` points, turned back for a
    sheet that is read ``turned`` by so many degrees.
    """
    style = (
        f"font: {'italic' if italic else 'normal'} {size:g}pt/{LINE} 'Tinos'; text-align: {align}; white-space: nowrap"
    )
    sheet = (wide, high) if turned in (0, 180) else (high, wide)
    moved = {0: (0, 0), 90: (0, wide), 180: (wide, high), 270: (high, 0)}[turned]
    block = f"position: absolute; left: 0; top: 0; width: {wide:.3f}pt; height: {high:.3f}pt; transform-origin: 0 0"
    turn = f"; transform: translate({moved[0]:.3f}pt, {moved[1]:.3f}pt) rotate({-turned}deg)" if turned else ""
    look = (
        f"@page {{ size: {sheet[0]:.3f}pt {sheet[1]:.3f}pt; margin: 0 }} body {{ margin: 0; {style} }} p {{ margin: 0 }} "
        f"div {{ {block}{turn} }}"
    )
    return _page(look, f"<div>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</div>", [])


def words_of_one_line(text, wide, high, size, italic, align) -> bytes:
    """As ``words``, of one line."""
    return words([text], wide, high, size, italic=italic, align=align)


def _page(style, body, pictures) -> bytes:
    return set_once(
        f'<html lang="vi"><head><title>·</title><style>{style}</style></head><body>{body}</body></html>',
        pictures,
        None,
    )


def size_of(content: bytes) -> tuple[int, int]:
    """How many points wide and high a picture is. Raises ``ValueError`` where it is no PNG with a clear ground."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            image.load()
            clear = image.convert("RGBA").getchannel("A").getextrema()[0]
            size = image.size
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValueError("picture") from None
    if clear == 255:
        raise ValueError("opaque")
    return size


def high_of(size: tuple[int, int], wide: float) -> float:
    """How high a picture of ``size`` is where it is ``wide``, in the same measure."""
    return wide * size[1] / size[0]
