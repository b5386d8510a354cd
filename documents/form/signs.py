"""Signs that the sheet's font does not have: without a word they would be printed as empty boxes."""

import re
import unicodedata
from functools import cache
from itertools import pairwise

from .letters import known_signs


def unprintable(text) -> str:
    """The signs of ``text`` that cannot be printed, in words for the writer; nothing where all can be."""
    found = list(dict.fromkeys(_missing().findall(text)))
    told = ", ".join(map(_words, found[:5]))
    return f"{told} và {len(found) - 5} dấu khác" if len(found) > 5 else told


def spelled(text) -> str:
    """``text`` with the code of a sign in place of what cannot be printed: for lists of what others wrote."""
    return _missing().sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def _words(sign) -> str:
    """``chữ «𡨸» (U+21A38)``, or the code alone where a page would not show the sign either."""
    code = f"U+{ord(sign):04X}"
    kind = unicodedata.category(sign)
    if kind.startswith("C"):
        return f"dấu {code} của Word" if kind == "Co" else f"dấu {code}"
    return f"{'chữ' if kind.startswith('L') else 'dấu'} «{sign}» ({code})"


@cache
def _missing():
    """Finds a sign that the font has not. Line ends and control characters are not for the font to print."""
    codes = sorted({*range(0x20), *range(0x7F, 0xA0), *map(ord, known_signs())})
    # Codes that follow each other become one range.
    begins = [code for before, code in pairwise([-2, *codes]) if code != before + 1]
    ends = [code for code, after in pairwise([*codes, 0x110000]) if after != code + 1]
    ranges = (f"{re.escape(chr(one))}-{re.escape(chr(other))}" for one, other in zip(begins, ends, strict=True))
    return re.compile(f"[^{''.join(ranges)}]")
