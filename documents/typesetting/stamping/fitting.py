"""Words made to fit their spots by one rule: smaller down to a bound, then one line more."""

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from ...form.letters import POINTS_A_MM
from ..painting.cutting import COMPLEX
from ..painting.lines import Cells
from ..painting.specimen import breaks
from .fonts import Faces
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
    """Words with one space between, letters and their signs as one, whatever wrote them; lines that were ended stay so."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", words).splitlines())
    return "\n".join(line for line in lines if line)


class Fitting:
    """Fits the words of one file, whose fonts are in ``faces``. What many records share is fitted once."""

    def __init__(self):
        self.faces = Faces()
        self.cells = Cells(self.faces.__getitem__, breaks)
        self.fitted = lru_cache(_KEPT)(self._fitted)

    def fault(self, spot: Spot, words: str) -> str:
        """Why ``words`` cannot be printed in ``spot``; nothing where they can."""
        words = tidied(words)
        if strange := self.faces[spot.style].lacks(words.replace("\n", " ")):
            return f"có ký tự không in được: {' '.join(strange)}"
        if COMPLEX.search(words):
            return "có dấu không ghép được vào chữ: hãy gõ lại"
        if words and self.fitted(spot, words) is None:
            return f"dài quá chỗ in ({spot.width:g} × {spot.height:g} mm, chữ nhỏ nhất {spot.least:g} pt, {spot.lines} dòng)"
        return ""

    def _fitted(self, spot, words) -> Fitted | None:
        """``words``, tidied, in ``spot``; None where they do not fit."""
        cells = self.cells
        parts = [cells.words(escape(line), spot.style) for line in words.split("\n")]
        room, high = spot.width * POINTS_A_MM, spot.height * POINTS_A_MM
        longest = max(word.wide for part in parts for word in part)
        for count in range(len(parts), spot.lines + 1):
            # No size at which the words fit is larger than these bounds.
            most = max(map(_wide, parts)) / (count - len(parts) + 1)
            size = min(spot.size, high / count / LEADING, room / most, room / longest)
            size = spot.size - math.ceil(max(spot.size - size, 0) / STEP - _NEAR) * STEP
            while size >= min(spot.least, spot.size) - _NEAR:
                lines = [line for part in parts for line in cells.filled(part, room / size)]
                if len(lines) <= count:
                    return Fitted(size, tuple(_shown(runs, wide, size) for runs, wide in lines))
                size -= STEP
        return None


def _wide(words) -> float:
    """How wide words are on one line, in ems."""
    return (
        sum(word.wide + word.space_wide + word.tail_wide for word in words) - words[0].space_wide - words[-1].tail_wide
    )


def _shown(runs, wide, size):
    return "".join(f"/{face.name} {size:g} Tf[{operand}]TJ" for face, operand in runs), wide * size


def faults(sheet: Sheet, fitting: Fitting, record: dict[str, str]) -> list[tuple[Spot, str]]:
    """(spot, why) for the words of a record that cannot be printed."""
    told = (
        (spot, fitting.fault(spot, words))
        for spot in sheet.spots
        if (words := record.get(spot.name)) and not spot.is_code and not spot.is_block
    )
    return [(spot, why) for spot, why in told if why]
