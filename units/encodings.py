"""Text from before Unicode: TCVN3 (ABC), VNI, VISCII, Windows-1258, and UTF-8 read as something else.

Such text arrives as letters of Western Europe that only look Vietnamese in the old font: ``Céng hßa x· héi`` is ``Cộng hòa xã
hội``. A word is taken for such only where it cannot be Vietnamese as it stands and is Vietnamese once decoded, and a line only
where such words outnumber all others that speak against it; so true Vietnamese, other tongues and units of measure stay alone.

Source: TCVN 5712:1993, VN3; the code page of the VNI fonts for Windows; RFC 1456 (VISCII); code page 1258 of Windows.
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from .syllables import is_syllable

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_PLAIN = "ù ø û õ ï"
_VNI_MARKS = {
    "a": (f"{_PLAIN} ê é è ú ü ë â á à å ã ä", "áàảãạăắằẳẵặâấầẩẫậ"),
    "e": (f"{_PLAIN} â á à å ã ä", "éèẻẽẹêếềểễệ"),
    "o": (f"{_PLAIN} â á à å ã ä", "óòỏõọôốồổỗộ"),
    "u": (_PLAIN, "úùủũụ"),
    "y": ("ù ø û õ", "ýỳỷỹ"),
    "ô": (_PLAIN, "ớờởỡợ"),
    "ö": (_PLAIN, "ứừửữự"),
}
_VNI = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"} | {
    base + mark: letter
    for base, (marks, letters) in _VNI_MARKS.items()
    for mark, letter in zip(marks.split(), letters, strict=True)
}
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)

_VISCII = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÄÅÆÇËÎÏÐÑÕÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ",
        "ắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯẢĂẳẵẺĨỳĐứạỷừửỹỵỡưảăữẫẻĩỉđựỏọụũủợỮ",
        strict=True,
    )
)
# Its other capitals, as Windows shows their codes; those that are quotation marks and dashes stay what they look like.
_CAPITALS = dict(zip("€\x81‚ƒ„†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90˜™š›œ\x9džŸ", "ẠẮẰẶẤẨẬẼẸẾỀỂỄỆỐỒỊỎỌỈỦŨỤỲ", strict=True))
_BESIDE_LETTERS = re.compile(rf"(?<=[A-Z])[{''.join(_CAPITALS)}]|(?<!\w)[{''.join(_CAPITALS)}](?=\w)")
# Code page 1258 has letters with a mark behind them for the tone, read as letters of code page 1252.
_1258 = {"ã": "ă", "Ã": "Ă", "ð": "đ", "Ð": "Đ", "õ": "ơ", "Õ": "Ơ", "ý": "ư", "Ý": "Ư"}
_1258_TONES = {"Ì": "\u0300", "ì": "\u0301", "Þ": "\u0303", "Ò": "\u0309", "ò": "\u0323"}
_1258_LETTER = re.compile("([aeiouyâêôãõý])([ÌìÞÒò])|[ãðõý]", re.IGNORECASE)

ENOUGH = 3000
_OLD = re.compile("[\u00a1-\u00ff]")
_LETTER = re.compile("[A-Za-zµ¸¶\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
# Letters that only Unicode has for Vietnamese.
_NEW = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_WORDS = re.compile(rf"(?:[^\W\d_]|[{re.escape(''.join(_TCVN3))}¯°±])+")
_ASCII = frozenset(string.ascii_letters)
# Alone they are themselves.
_SIGNS = "¡¢£¥¦§©®»·×÷"
# What no tongue writes within a word: signs beside letters, these letters where the rest is Vietnamese.
_STRANGE = re.compile("[¡-¾×÷øûïëüåäæöñîØÛÏËÜÅÄÆÖÑÎ]")
# "5 µm", "3 N·m", "10×n": what follows a figure is a unit.
_MEASURED = re.compile(r"\d\s?$")
_UNIT = re.compile(r"[kcd]?m[²³]|°[CF]")


@dataclass(frozen=True)
class OldText:
    """A line typed in an old encoding: which, where (from 1), the line, and what it says."""

    name: str
    line: int
    typed: str
    meant: str

    def __str__(self):
        return f"chữ gõ bằng bảng mã cũ {self.name}: «{_short(self.typed)}» là «{_short(self.meant)}»"


def _short(text) -> str:
    text = " ".join(text.replace("\u00ad", "").split())
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"


def _from_tcvn3(word: str) -> str:
    # Fonts of capitals show the same codes in capitals.
    meant = "".join(_TCVN3.get(letter, letter) for letter in word)
    letters = [letter for letter in word if letter.isascii()]
    is_large = all(map(str.isupper, letters)) and len(meant) > 1 and bool(letters)
    if is_large and not (len(letters) == 1 and word[0] == letters[0]):
        return meant.upper()
    return meant[:1] + meant[1:].lower() if word[1:] == word[1:].lower() else meant


def _from_vni(word: str) -> str:
    return _VNI_LETTER.sub(_vni_letter, word)


def _vni_letter(found) -> str:
    letter = _VNI[found[0].lower()]
    return letter.upper() if found[0][0].isupper() else letter


def _from_viscii(word: str) -> str:
    meant = _CAPITALS.get(word[:1], _VISCII.get(word[:1], word[:1]))
    meant += "".join(_VISCII.get(letter, letter) for letter in word[1:])
    return meant[:1] + meant[1:].lower() if word[1:] == word[1:].lower() else meant


def _from_1258(word: str) -> str:
    def meant(found):
        letter = found[1] or found[0]
        return normalize("NFC", _1258.get(letter, letter) + _1258_TONES.get(found[2], ""))

    return _1258_LETTER.sub(meant, word)


_DECODERS = {"TCVN3 (ABC)": _from_tcvn3, "VNI": _from_vni, "VISCII": _from_viscii, "Windows-1258": _from_1258}


def _is_old(word, meant) -> bool:
    return (
        len(word) > 1 and not _ASCII.isdisjoint(word) and meant != word and is_syllable(meant) and not is_syllable(word)
    )


def _words(line) -> Iterator[re.Match]:
    for found in _WORDS.finditer(line):
        is_measure = _UNIT.fullmatch(found[0]) or _MEASURED.search(line[max(0, found.start() - 2) : found.start()])
        if _LETTER.search(found[0]) and not is_measure:
            yield found


@dataclass
class _Evidence:
    """What speaks for a line being old, and against it."""

    old: list
    new: int = 0
    foreign: int = 0

    @property
    def is_certain(self):
        """Whether enough speaks for it."""
        strange = {word for word in self.old if _STRANGE.search(word) or not _is_cased(word)}
        if len(strange) > 1 and len(self.old) > self.foreign:
            return True
        if len(set(self.old)) > 1 and not self.foreign:
            return len(self.old) > self.new
        return any(len(word) > 2 for word in strange) and not (self.new or self.foreign)


def _is_cased(word) -> bool:
    """Whether capitals stand where words have them: not ``KÕt``."""
    return word in (word.lower(), word.upper(), word.capitalize())


def _evidence(line, decode) -> _Evidence:
    found = _Evidence([])
    for match in _words(line):
        kind = _kind_of(match[0], decode)
        if kind == "old":
            found.old.append(match[0])
        elif kind:
            setattr(found, kind, getattr(found, kind) + 1)
    return found


@lru_cache(maxsize=20_000)
def _kind_of(word, decode) -> str:
    """Whether a word is ``old``, ``new`` or ``foreign``; nothing for one that tells nothing."""
    if _NEW.search(word):
        return "new"
    if any(_is_old(form, decode(form)) for form in (word, word.strip("«»"))):
        return "old"
    tells = len(word) > 1 and not word.isupper()
    return "foreign" if tells and not is_syllable(word) and not is_syllable(decode(word)) else ""


def _decoder(line, usual=None):
    """The name of the encoding of ``line``; nothing for one that is as it should be. ``usual``: that of the lines beside it."""
    if not _OLD.search(line):
        return None
    # A paragraph tells by its beginning.
    line = line[:ENOUGH]
    found = {name: _evidence(line, decode) for name, decode in _DECODERS.items()}
    name = max(found, key=lambda name: (len(found[name].old), name == usual))
    is_like_others = name == usual and found[name].old and not (found[name].new or found[name].foreign)
    return name if found[name].is_certain or is_like_others else None


def _usual(lines):
    """The encoding of ``lines`` that are told for old ones: the one in which most of their words are Vietnamese."""
    old = [line[:ENOUGH] for line in lines if _decoder(line)]
    words = {name: sum(len(_evidence(line, decode).old) for line in old) for name, decode in _DECODERS.items()}
    return max(words, key=words.get) if old else None


def _decoded(line, name) -> str:
    """``line`` with every word that is a syllable once decoded."""
    decode = _DECODERS[name]

    def meant(found):
        word = found[0]
        if _UNIT.fullmatch(word):
            return word
        for form in dict.fromkeys((word, word.strip("«»"), word.strip("«»·"))):
            if form and not _NEW.search(form) and form not in _SIGNS and is_syllable(decode(form)):
                return word.replace(form, decode(form))
        # Abbreviations: "N§-CP".
        return word.replace("§", "Đ").replace("Ñ", "Đ") if word.isupper() and len(word) > 1 else word

    text = _WORDS.sub(meant, line)
    if name == "VISCII":
        text = _BESIDE_LETTERS.sub(lambda found: _CAPITALS[found[0]], text)
    # A font of capitals shows a small accent large.
    return text if any(letter.islower() for letter in line if letter.isascii()) else text.upper()


def _misread(line) -> str | None:
    """What ``line`` said before somebody read its UTF-8 as the code page of Western Europe."""
    if not _OLD.search(line):
        return None
    try:
        meant = b"".join(_byte(letter) for letter in line).decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return meant if _NEW.search(meant) else None


def _byte(letter) -> bytes:
    # The code page leaves five codes free, which programs pass on as they are.
    return letter.encode("latin-1" if letter in "\x81\x8d\x8f\x90\x9d" else "cp1252")


def old_lines(text: str) -> list[OldText]:
    """Every line of ``text``, as it came, that was typed in an old encoding: cleaning takes letters of TCVN3 away."""
    found, lines = [], text.split("\n")
    usual = _usual(lines) if len(lines) > 1 else None
    for number, line in enumerate(lines, start=1):
        if meant := _misread(line):
            found.append(OldText("UTF-8 đọc sai", number, line, meant))
        elif name := _decoder(line, usual):
            found.append(OldText(name, number, line, _decoded(line, name)))
    return found


def converted(text: str) -> str:
    """``text`` in Unicode; its other lines as they are."""
    lines = text.split("\n")
    for old in old_lines(text):
        lines[old.line - 1] = old.meant
    return "\n".join(lines)


def all_converted(lines: list[str]) -> list[str]:
    """``lines`` in Unicode, those too that may be either as they stand: all were typed as the old ones among them were."""
    usual = _usual(lines)
    meant = converted("\n".join(lines)).split("\n")
    return [_decoded(line, usual) if usual and line == new else new for line, new in zip(lines, meant, strict=True)]
