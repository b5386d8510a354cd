"""Vietnamese text: the form it is kept in, a fold for searching, keys for sorting.

Databases disagree here (SQLite folds ASCII only; C collation sorts Đ after V), so what is searched and sorted is stored
in columns that this module computes. The order is that of the Vietnamese alphabet with tones in dictionary order
(no mark, huyền, hỏi, ngã, sắc, nặng), the same as ICU's ``vi``.
"""

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(ALPHABET, start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {
    ("a", "\u0306"): "ă",
    ("a", "\u0302"): "â",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}
_WHITE = re.compile("[^\\S\u00a0]+")
# Word leaves these in pasted text. A soft hyphen and zero-width marks are not letters; the others are spaces.
_PASTED = {ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff"} | {ord(mark): " " for mark in "\t\u2009"}
# Letters of other tongues that look like Đ, which old fonts and keyboards wrote in its place.
_PASTED |= {ord(mark): "Đ" for mark in "\u00d0\u0189"} | {ord(mark): "đ" for mark in "\u00f0\u0256"}
_NO_BREAK = {ord(mark): "\u00a0" for mark in "\u2007\u202f"}
# Beside another space it only widens a gap, as Word's does.
_IDLE = re.compile("(?<![^\\s])\u00a0|\u00a0(?![^\\s])")
# Web pages put such spaces between all words of a paragraph; a line of a paper that breaks nowhere would leave the sheet.
_TIED = re.compile("(?<![^\\s])[^\\s]+(?:\u00a0[^\\s]+)+")
MOST_TIED = 40

# Word draws the signs before the items of a list with fonts of its own (Symbol, Wingdings), or with signs that the letters
# of a paper do not have: a list is written with dashes. Only these are sure; elsewhere only the round point is.
_BULLETS = re.compile(
    "^([ ]*)[\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf06c\uf06e\uf06f\uf071\uf075\uf077\uf09e\uf09f\uf0a8\uf0f0"
    "\u25c6\u25c7\u2756\u27a2\u27a4\u2713\u2714]\ufe0f?[ ]*(?=\\S)",
    re.M,
)
# Where none of these stands, there is nothing of the above to look for: so it is with nearly every name of a long list.
_PASTED_MARKS = "".join(map(chr, _PASTED | _NO_BREAK))
_ODD = re.compile(f"[\r\u00a0\uf000-\uf0ff\u25c6\u25c7\u2756\u27a2\u27a4\u2713\u2714{_PASTED_MARKS}]")


def clean(text: str) -> str:
    """``text`` as the program keeps it: NFC, one kind of line end, ``Đ`` as such, without what Word leaves in pasted text."""
    return clean_words(text).replace("\u00a0", " ")


def clean_words(text: str) -> str:
    """The same for the words of papers, in which a space that does not break stays one between two words."""
    if not _ODD.search(text):
        return unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PASTED).translate(_NO_BREAK)
    text = _BULLETS.sub(r"\1- ", text).replace("\uf0b7", "•")
    return _TIED.sub(_untied, unicodedata.normalize("NFC", _IDLE.sub(" ", text)))


def _untied(found) -> str:
    """Words that no-break spaces hold together, as they are where they are few."""
    return found[0] if len(found[0]) <= MOST_TIED else found[0].replace("\u00a0", " ")


def one_line(text: str) -> str:
    """``text`` with one space for all white space between two words; a space that does not break stays as it is."""
    return " ".join(filter(None, _WHITE.split(text)))


# No mark that could be taken off: ``đ`` is a letter of its own, and so are those of other tongues that keyboards give for it.
_BARRED = _PASTED | {ord(mark): "D" for mark in "Đ\u00d0\u0189"} | {ord(mark): "d" for mark in "đ\u00f0\u0256"}
_IS_BARRED = re.compile(f"[{''.join(map(chr, _BARRED))}]")
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")


def fold(text: str) -> str:
    """``text`` without accents and capitals, single-spaced: ``fold("Đặng  Văn") == "dang van"``. For searching.

    What Word leaves in pasted text parts no word.
    """
    text = text.translate(_BARRED) if _IS_BARRED.search(text) else text
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    if plain.isascii():
        return " ".join(plain.lower().split())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _apart(text: str) -> str:
    """``text`` folded, with one space for every mark: ``50/BC-UBND`` is ``50 bc ubnd``."""
    return " ".join("".join(mark if mark.isalnum() else " " for mark in fold(text)).split())


def searchable(*parts: str) -> str:
    """``parts`` as they are stored for ``searched``: folded, without marks, each word after a space."""
    return f" {_apart(' '.join(parts))} "


def searched(words: str) -> list[str]:
    """What each of ``words`` looks like at its beginning in a ``searchable`` text: ``[" don", " 50 bc"]``.

    Words are found by how they begin, so that an index by three letters serves two letters as well. Marks that stand alone
    say nothing.
    """
    found = (_apart(word) for word in words[:200].replace("\0", "").split())
    return [f" {word}" for word in dict.fromkeys(found) if word]


def _letter(char: str) -> tuple[str, int]:
    """The base letter of the Vietnamese alphabet in ``char``, and its tone (0–5)."""
    first, *marks = unicodedata.normalize("NFD", char)
    tone = 0
    for mark in marks:
        tone = _TONES.get(mark, tone)
        first = _SHAPES.get((first, mark), first)
    return first, tone


def _weight(letter: str) -> str:
    """Two characters that sort ``letter``: spaces, digits, the alphabet, anything else."""
    if letter.isspace():
        return "00"
    if letter.isascii() and letter.isdecimal():
        return f"1{letter}"
    if letter in _RANK:
        return f"{chr(ord('A') + _RANK[letter] // 10)}{_RANK[letter] % 10}"
    return "~" + letter


# ``Hòa`` and ``Hoà`` are one name, and lists hold both: the tone sorts where the newer spelling has it.
_OLDER = re.compile("([oO])([\u0300\u0301\u0303\u0309\u0323])([aAeE])(?![^\\W\\d_]|[\u0300-\u036f])")
_OLDER_Y = re.compile("([uU])([\u0300\u0301\u0303\u0309\u0323])([yY])(?![^\\W\\d_]|[\u0300-\u036f])")


def _newer_spelling(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _OLDER_Y.sub(r"\1\3\2", _OLDER.sub(r"\1\3\2", apart)))


def sort_key(text: str) -> str:
    """A key that sorts plain code point by code point: letters first, then tones, then capitals."""
    signs = [_signs(char) for char in _newer_spelling(" ".join(text.split()))]
    return " ".join(map("".join, zip(*signs, strict=True))) if signs else "  "


@lru_cache(maxsize=5000)
def _signs(char: str) -> tuple[str, str, str]:
    """What one sign adds to each of the three parts of a key."""
    lower = char.lower()
    letter, tone = _letter(lower)
    return _weight(letter), str(tone), "1" if char != lower else "0"


def name_sort_key(name: str) -> str:
    """The key for a person's name: by given name (the last word), then by family and middle names."""
    *before, given = name.split() or [""]
    return f"{sort_key(given)} {sort_key(' '.join(before))}"


def key_or_none(text) -> int | None:
    """The key that was posted, or None for what cannot be one: not digits, or longer than nine of them."""
    text = str(text)
    return int(text) if len(text) <= 9 and text.isascii() and text.isdecimal() else None


def typed_in(data, name) -> str:
    """What was typed in a box that is no field of a form, as fields keep it."""
    return one_line(clean(data.get(name, "").replace("\0", "")))
