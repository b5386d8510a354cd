"""A code in SVG: the modules of the square, with the white edge that readers need, and a name for who does not see it."""

import re

from documents.typesetting.qr import qr
from documents.typesetting.stamping.squares import QUIET, square


def test_what_is_black_in_the_square_is_drawn_and_nothing_else():
    drawn = qr("https://x.vn/tra-ma/giao-nhan/0123456789abcdefghijkl/", "Mã «thử»", size="20mm")
    side, rows = square(b"https://x.vn/tra-ma/giao-nhan/0123456789abcdefghijkl/")
    stride = len(rows) // side
    black = {
        (x + QUIET, y + QUIET) for y in range(side) for x in range(side) if rows[y * stride + x // 8] >> (7 - x % 8) & 1
    }
    assert {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn)} == black
    whole = side + 2 * QUIET
    assert (f'viewBox="0 0 {whole} {whole}"' in drawn, 'width="20mm"' in drawn) == (True, True)
    assert 'aria-label="Mã «thử»"' in drawn
