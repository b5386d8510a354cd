"""Words made to fit their spots by one rule: smaller down to a bound, then one line more."""

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from ...form.letters import POINTS_A_MM, known_signs
from ..painting.cutting import COMPLEX
from ..painting.flow import Letters
from .sheets import LEADING, Sheet, Spot

# Sizes are tried at this distance, in points.
STEP = 0.5
_KEPT = 20000
_NEAR = 1e-6


@dataclass(frozen=True)
class Fitted:
    """Words in their spot: their size in points, each line as (operators that show it, how wide it is in points)."""

    size: float
    lines: tuple[tuple[str, float], ...]


def tidied(words: str) -> str:
    """Words on one line, letters and their signs as one, whatever wrote them."""
    return " ".join(unicodedata.normalize("NFC", words).split())


class Fitting:
    """Fits the words of one file, whose fonts are in ``letters``. What many records share is fitted once."""

    def __init__(self, letters: Letters | None = None):
        self.letters = letters or Letters()
        self.fitted = lru_cache(_KEPT)(self._fitted)

    def fault(self, spot: Spot, words: str) -> str:
        """Why ``words`` cannot be printed in ``spot``; nothing where they can."""
        words = tidied(words)
        if strange := sorted({sign for sign in words if sign not in known_signs()}):
            return f"có ký tự không in được: {' '.join(strange)}"
        if COMPLEX.search(words):
            return "có dấu không ghép được vào chữ: hãy gõ lại"
        if words and self.fitted(spot, words) is None:
            return f"dài quá chỗ in ({spot.width:g} × {spot.height:g} mm, chữ nhỏ nhất {spot.least:g} pt, {spot.lines} dòng)"
        return ""

    def _fitted(self, spot, words) -> Fitted | None:
        """``words``, tidied, in ``spot``; None where they do not fit."""
        cells = self.letters.cells
        found = cells.words(escape(words), spot.style)
        room, high = spot.width * POINTS_A_MM, spot.height * POINTS_A_MM
        whole = sum(word.wide + word.space_wide + word.tail_wide for word in found) - found[0].space_wide - found[-1].tail_wide
        longest = max(word.wide for word in found)
        for count in range(1, spot.lines + 1):
            # No size at which the words fit is larger than these bounds.
            size = min(spot.size, high / count / LEADING, count * room / whole, room / longest)
            size = spot.size - math.ceil(max(spot.size - size, 0) / STEP - _NEAR) * STEP
            while size >= spot.least - _NEAR:
                lines = cells.filled(found, room / size)
                if len(lines) <= count:
                    return Fitted(size, tuple(_shown(runs, wide, size) for runs, wide in lines))
                size -= STEP
        return None


def _shown(runs, wide, size):
    return "".join(f"/{face.name} {size:g} Tf[{operand}]TJ" for face, operand in runs), wide * size


def faults(sheet: Sheet, fitting: Fitting, record: dict[str, str]) -> list[tuple[Spot, str]]:
    """(spot, why) for the words of a record that cannot be printed."""
    told = ((spot, fitting.fault(spot, words)) for spot in sheet.spots if (words := record.get(spot.name)) and not spot.is_code)
    return [(spot, why) for spot, why in told if why]
