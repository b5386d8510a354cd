"""Whose a certificate is: the name on it held against that of a person or of a body.

Authorities write names with and without accents, in capitals, behind a post, before a number. Words more beside a name make it
another's: Nông Văn Minh is neither Nông Văn Mịnh nor Nông Văn Minh Anh, the office of a committee is not the committee.
"""

import re
import unicodedata
from functools import partial

from units.text import clean, fold

_WORD = re.compile(r"[^\W_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# What may stand before the name of a person: how one is called, a post. Companies and schools bear names of persons too.
_TITLE = re.compile(
    r"(?:ong|ba|dong chi|chu (?:tich|nhiem)|pho|(?:tong )?giam doc|tong bien tap|bi thu|chanh|uy vien|chuyen vien|thu ky|van thu"
    r"|ke toan truong|(?:bo|thu|cuc|chi cuc|vu|vien|hieu|doi|tram) truong|truong (?:phong|ban|khoa|doan)|kt|tm|tl|tuq|q|gs|pgs|ts"
    r"|ths|bs|ds|ks|cn|giao su|tien si|thac si|bac si|duoc si|ky su|cu nhan)\b"
)
# Titles and ranks in the name on a paper, which certificates seldom have.
_HONOURS = re.compile(
    r"(?:(?:ong|ba|gs|pgs|ts|ths|bs|ds|ks|cn|cki|ckii|bscki|bsckii|(?:thieu|trung|thuong|dai) (?:uy|ta|tuong)) )+(?=\S+ \S)"
)
# Words that say what the number behind them is.
_LABEL = r"(?:cmnd|cccd|cmt|mst|msdn|ms|ma so|so|sn|hc|id|cq)\b"
_NUMBERED = re.compile(rf"{_LABEL}\W*\w*\d")
_BEFORE_BODY = re.compile(rf"(?:{_LABEL}|[\W\d_])*")
_SHORT = [
    (re.compile(r"\b(?:ủy|uỷ|uy) ban nh[âa]n d[âa]n\b", re.I), "UBND"),
    (re.compile(r"\b(?:h[ộo]i [đd][ồo]ng nh[âa]n d[âa]n|hđnd)\b", re.I), "HDND"),
    (re.compile(r"\bth[àa]nh ph[ốo]\b", re.I), "TP"),
]
_PROVINCE = re.compile(r"[\W_]*(?:tinh|tp) (.*)")
_BELOW = re.compile(r"(?:huyen|quan|thi xa|xa|phuong|thi tran|dac khu|truc thuoc|thuoc)\b")


def is_of_person(name: str, person: str) -> bool:
    """Whether ``name`` on a certificate is that of ``person``: a post, a title, a number may stand around it."""
    words = _words(person)
    honours = _HONOURS.match(fold(" ".join(words)))
    sought = words[len(honours[0].split()) :] if honours else words
    return any(_may_call(before) and _ends(after) for before, after in _around(name, sought))


def is_of_body(name: str, body: str, places=()) -> bool:
    """Whether ``name`` on a certificate is that of ``body``; behind it may stand the place where it is, one of ``places``."""
    found = _around(_shortened(name), _words(_shortened(body)))
    return any(_BEFORE_BODY.fullmatch(before) and _is_at(after, places) for before, after in found)


def of_unit(unit):
    """``is_of_body`` for a unit in the place where it and its superior are."""
    return partial(is_of_body, places=[one.place for one in (unit, unit.superior) if one and one.place])


def _words(text) -> list[str]:
    return _WORD.findall(clean(text))


def _shortened(name) -> str:
    """``name`` with the usual short forms."""
    name = clean(name)
    for long, short in _SHORT:
        name = long.sub(short, name)
    return name


def _around(name, sought):
    """(what stands before, what stands behind) each place of ``name`` that has the words ``sought``, both folded."""
    name = clean(name)
    words = list(_WORD.finditer(name))
    for at in range(len(words) - len(sought) + 1 if sought else 0):
        here = words[at : at + len(sought)]
        if _are_alike([word[0] for word in here], sought):
            yield fold(name[: here[0].start()]), fold(name[here[-1].end() :])


def _are_alike(words, sought) -> bool:
    """Whether words are the same: where they have any accent, all accents count."""
    if [fold(word) for word in words] != [fold(word) for word in sought]:
        return False
    return " ".join(words).isascii() or [_toned(word) for word in words] == [_toned(word) for word in sought]


def _toned(word) -> str:
    """``word`` in small letters with its tone at the end: people write Hòa and Hoà."""
    marks = unicodedata.normalize("NFD", word.lower())
    return "".join(sorted(marks, key=lambda mark: mark in _TONES))


def _may_call(before) -> bool:
    return not before or not before[-1].isalpha() or bool(_TITLE.match(before))


def _ends(after) -> bool:
    return not after or not after[0].isalpha() or bool(_NUMBERED.match(after))


def _is_at(after, places) -> bool:
    """Whether what stands behind the name of a body says where it is, or nothing of it."""
    at = [fold(place) for place in places]
    if province := _PROVINCE.match(after):
        return not at or any(province[1].startswith(place) for place in at)
    return not after or not after[0].isalpha() or bool(_BELOW.match(after)) or after in at
