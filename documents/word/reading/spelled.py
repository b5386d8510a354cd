"""Patterns for fixed words of papers, which fit them with accents and where a whole line was typed without any."""

import re
import unicodedata
from functools import lru_cache

_ACCENTED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1ef9]")
_STROKES = str.maketrans("Đđ", "Dd")


def is_accented(text: str) -> bool:
    """Whether a letter of ``text`` bears an accent."""
    return bool(_ACCENTED.search(text))


@lru_cache(maxsize=2000)
def bare(text: str) -> str:
    """``text`` as one types it on a keyboard without Vietnamese: capitals stay, accents go."""
    apart = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


class Spelled:
    """One pattern with both spellings. ``pattern`` is written with accents, as ``re`` takes it."""

    def __init__(self, pattern: str, flags: int = 0):
        self.pattern = pattern
        self._with, self._without = re.compile(pattern, flags), re.compile(bare(pattern), flags)

    def match(self, text: str):
        """As ``re.match``."""
        return self._fitting(text).match(text)

    def fullmatch(self, text: str):
        """As ``re.fullmatch``."""
        return self._fitting(text).fullmatch(text)

    def search(self, text: str):
        """As ``re.search``."""
        return self._fitting(text).search(text)

    def sub(self, by: str, text: str) -> str:
        """As ``re.sub``."""
        return self._fitting(text).sub(by, text)

    def split(self, text: str) -> list[str]:
        """As ``re.split``."""
        return self._fitting(text).split(text)

    def _fitting(self, text):
        return self._with if is_accented(text) else self._without
