"""How wide words are in the sheet's own font, in points: for lines of even length, rules of the right length, columns.

The advance widths are read from the packaged fonts once for the life of the process. Kerning is left out; it makes a
line narrower by less than half a percent.
"""

import math
import re
from functools import cache
from pathlib import Path

from django.conf import settings

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "tinos"
POINTS_A_MM = 72 / 25.4
# A space at which no line of ours breaks; a sign that no text holds.
_TIED = "\ue000"


@cache
def _advances(file):
    """{character: advance in ems} and the advance of any other character."""
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / file, lazy=True)
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {chr(code): metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def known_signs():
    """The characters that the font has, the same in each of its four styles."""
    return _advances("Tinos_400Regular.ttf").keys()


def width(text, size, *, bold=False) -> float:
    """The width of ``text`` on one line at ``size`` points."""
    advances = _advances("Tinos_700Bold.ttf" if bold else "Tinos_400Regular.ttf")
    return size * sum(advances.get(char, 1) for char in text)


def balanced(text, size, limit, *, bold=False) -> list[str]:
    """``text`` on as few lines of at most ``limit`` points as it needs, the lines as even as they can be."""
    # A line does not begin with the dash of "Thi đua - Khen thưởng", nor with the second half of either word.
    text = re.sub(r"\s+([-–])(?=\s)", f"{_TIED}\\1", text)
    words = re.sub(r"(?i)\b(thi|khen)\s+(?=(?:đua|thưởng)\b)", f"\\1{_TIED}", text).split(" ")
    words = [word.replace(_TIED, " ") for word in words if word]
    widths = [width(f"{word} ", size, bold=bold) for word in words]
    fewest = len(_filled(words, widths, limit))
    narrow, wide = max(widths, default=0), max(limit, *widths, 0)
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_filled(words, widths, middle)) > fewest:
            narrow = middle
        else:
            wide = middle
    return _filled(words, widths, wide)


def line_count(text, size, limit, *, bold=False) -> int:
    """How many lines of ``limit`` points ``text`` takes; a word that is longer takes as many as it fills."""
    count, room = 0, 0.0
    for word in text.split():
        wide = width(f"{word} ", size, bold=bold)
        if not count or wide > room:
            begun = max(1, math.ceil(wide / limit))
            count, room = count + begun, begun * limit
        room -= wide
    return count


def _filled(words, widths, limit) -> list[str]:
    """Lines filled one after the other."""
    lines, room = [], 0.0
    for word, wide in zip(words, widths, strict=True):
        if lines and wide <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
            room = limit
        room -= wide
    return lines


def short_rule(lines, size, shares, *, bold=True) -> float:
    """The length of the rule under ``lines``, in points.

    It is the used share of the widest line; where it can be, it also lies within the law's shares of the last.
    """
    widest = max(width(line, size, bold=bold) for line in lines)
    last = width(lines[-1], size, bold=bold)
    return min(widest * shares.used, max(last * shares.high, widest * shares.low))
