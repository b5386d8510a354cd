"""Codes for what is held before a camera by hand, a card or a label: letters and figures alone, with the error correction that is
asked for, by segno. Drawn as one path, so that a printer prints its edges as sharp as it can.

``squares`` draws those of certificates, longer words of any kind with the least correction, in a hundredth of the time.
"""

import segno

from .squares import QUIET


def matrix(words: str, level: str) -> list[bytes]:
    """The rows of the smallest square of ``words`` with error correction ``level`` (``l``, ``m``, ``q``, ``h``); 1 is black."""
    return [bytes(row) for row in segno.make_qr(words, error=level, boost_error=False).matrix]


def operators(words: str, level: str, left: float, bottom: float, wide: float) -> str:
    """What draws the square of ``words`` in a PDF, its white edge within ``wide`` points from ``left`` and ``bottom`` on."""
    rows = matrix(words, level)
    module = wide / (len(rows) + 2 * QUIET)
    edge = QUIET * module
    parts = [f"{at} {len(rows) - 1 - row} {long} 1 re" for row, line in enumerate(rows) for at, long in _runs(line)]
    return f"q {module:.5f} 0 0 {module:.5f} {left + edge:.3f} {bottom + edge:.3f} cm {' '.join(parts)} f Q"


def _runs(line: bytes):
    """(where it begins, how long it is) of each run of black modules of a row."""
    at = 0
    for part in line.split(b"\0"):
        if part:
            yield at, len(part)
        at += len(part) + 1
