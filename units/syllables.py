"""What can be a syllable of Vietnamese: its beginning, its rhyme, and the tones that its end allows."""

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# A rhyme by its vowel: the ends that it may have, "-" for none.
_RHYMES = {
    "a": "- c ch i m n ng nh o p t u y", "ă": "c m n ng p t", "â": "c m n ng p t u y",
    "e": "- c m n ng o p t", "ê": "- ch m n nh p t u", "i": "- a ch m n nh p t u", "iê": "c m n ng p t u",
    "o": "- c i m n ng p t", "oo": "c ng", "oa": "- c ch i m n ng nh o p t y", "oă": "c m n ng t", "oe": "- m n o t",
    "ô": "- c i m n ng p t", "ơ": "- i m n p t", "u": "- a c i m n ng p t", "uâ": "n ng t y", "uê": "- ch n nh",
    "uô": "c i m n ng t", "uơ": "-", "ư": "- a c i m n ng t u", "ươ": "c i m n ng p t u",
    "uy": "- a ch n nh p t u", "uyê": "n t", "y": "-", "yê": "m n ng t u",
}  # fmt: skip
# Behind "qu" and "gi" the same vowels stand without the letter that they share with it.
_AFTER_QU = {
    "a": "- c ch i n ng nh o t u y", "ă": "c m n ng p t", "â": "n ng t y u", "e": "- n o t", "ê": "- ch n nh t",
    "i": "- t n", "y": "- ch nh t", "yê": "n t", "ơ": "- n t i", "ô": "c",
}  # fmt: skip
_AFTER_GI = {"": "- m n p", "ê": "ng t", **{vowel: _RHYMES[vowel] for vowel in "aăâeoôơuư"}, "uô": "ng", "ươ": "ng t"}


def _spelled(rhymes) -> str:
    ends = ((vowel, end.replace("-", "")) for vowel, ends in rhymes.items() for end in ends.split())
    return "|".join(vowel + end for vowel, end in ends)


_FRONT = "(?=[eêiy])"
_SYLLABLE = re.compile(
    rf"qu(?:{_spelled(_AFTER_QU)})|gi(?:{_spelled(_AFTER_GI)})"
    rf"|(?:(?:k|gh|ngh){_FRONT}|(?:c|g|ng)(?![eêiy])|b|ch|d|đ|h|kh|l|m|nh|n|ph|p|r|s|th|tr|t|v|x|)(?:{_spelled(_RHYMES)})"
)
# A tone stands on a vowel: "ñ" is no "n" with one.
_MISPLACED = re.compile(f"[b-df-hj-np-tv-xz][{_TONES}]")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` could be Vietnamese, in small letters, capitals, or with a first capital: ``hội``, ``HỘI``, ``Hội``."""
    if word not in (word.lower(), word.upper(), word.capitalize()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in _TONES]
    plain = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in _TONES))
    if len(tones) > 1 or _MISPLACED.search(letters) or not _SYLLABLE.fullmatch(plain):
        return False
    # A stop is said short: only the sharp and the heavy tone go with it.
    return not _STOPPED.search(plain) or tones in (["\u0301"], ["\u0323"])


# As it is typed without any mark.
_UNMARKED = re.compile(
    "".join(
        mark
        for mark in unicodedata.normalize("NFD", _SYLLABLE.pattern.replace("đ", "d"))
        if not unicodedata.combining(mark)
    )
)


def is_unmarked_syllable(word: str) -> bool:
    """Whether ``word`` could be Vietnamese typed without marks: ``hoc``, ``tuong``, ``DUC``."""
    return bool(_UNMARKED.fullmatch(word.lower()))
