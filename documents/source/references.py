"""Numbers and symbols as people type them, and what two ways of writing the same number, or the same body, have in common."""

import re
import unicodedata

from units.syllables import is_syllable, is_unmarked_syllable
from units.text import clean, fold

# Every dash there is, the no-break one that Word puts in and the sign of subtraction among them; every slash.
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_SLASHES = re.compile(r"[\u2044\u2215\uff0f]")
# A name that stands for one body alone in its province, or that says its province, is one with its place and without it.
_PLACED = re.compile(r"(?:^| )(?:t|tinh|tinh uy|thanh uy)$")
_PLACE = re.compile(r"(?:t|tinh|t p|thanh pho) ")
# Words that abbreviations pass over: ``GD&ĐT`` is Giáo dục và Đào tạo.
_PASSED = {"va"}


def tidy_reference(text: str) -> str:
    """A number and symbol as the register keeps it: no ``Số:``, no spaces around marks, marks as typed on a keyboard."""
    text = re.sub(r"^(số|so)\s*:?(?:\s+|(?=\d))", "", " ".join(clean(text).split()), flags=re.IGNORECASE)
    text = _SLASHES.sub("/", _DASHES.sub("-", text.replace("\u00d0", "Đ")))
    return re.sub(r"\s*([/-])\s*", r"\1", text)


def reference_key(text: str) -> str:
    """What stays of a number and symbol however it is written: ``5/BC-STC`` and ``05/bc–stc`` have one key.

    Folded, as databases fold letters each in their own way; without spaces and the noughts before a number.
    """
    plain = fold(unicodedata.normalize("NFKC", tidy_reference(text)))
    plain = re.sub(r"[^\w/-]", "", _DASHES.sub("-", plain))
    return re.sub(r"(?<!\w)0+(?=\d)", "", plain)


def body_key(name: str) -> list[str]:
    """The words of a body's name, folded, without marks; an abbreviation as its letters: ``Sở GD&ĐT`` is so, g, d, d, t."""
    found = []
    for word in re.sub(r"[\W_]", " ", clean(name)).split():
        is_word = is_syllable(word) or is_unmarked_syllable(word)
        found += [fold(word)] if is_word else list(fold(word))
    return [word for word in found if word not in _PASSED]


def is_same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body: ``UBND tỉnh`` and ``Ủy ban nhân dân tỉnh``, ``Sở GD&ĐT`` and ``Sở Giáo dục và Đào
    tạo``; with its province, or without.
    """
    shorter, longer = sorted((body_key(one), body_key(other)), key=len)
    if not shorter:
        return not longer
    rest = longer[len(shorter) :]
    is_placed = _PLACE.match(" ".join([*rest, ""])) or _PLACED.search(" ".join(shorter))
    return all(map(_says_same, shorter, longer)) and (not rest or bool(is_placed))


def _says_same(one, other) -> bool:
    """Whether two words are one, or one of them is the letter by which an abbreviation stands for the other."""
    return one == other or (one[0] == other[0] and 1 in (len(one), len(other)))
