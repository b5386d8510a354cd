"""Numbers and symbols as people type them, and what two ways of writing the same number, or the same body, have in common."""

import re
import unicodedata

from units.text import clean, fold

# Every dash there is, the no-break one that Word puts in and the sign of subtraction among them; every slash.
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_SLASHES = re.compile(r"[\u2044\u2215\uff0f]")
# What offices write short, folded. The longer stand first.
_SHORT = {
    "uy ban nhan dan": "ubnd",
    "hoi dong nhan dan": "hdnd",
    "uy ban mat tran to quoc": "ubmttq",
    "mat tran to quoc": "mttq",
    "hoi lien hiep phu nu": "hoi lhpn",
    "lien doan lao dong": "ldld",
    "thi dua khen thuong": "tdkt",
    "ban thuong vu": "btv",
    "ban chap hanh": "bch",
    "van phong": "vp",
    "thanh pho": "tp",
    "thi xa": "tx",
    "viet nam": "vn",
}
_LONG = re.compile("|".join(rf"\b{words}\b" for words in _SHORT))
# A body named with its place and without it is one.
_PLACE = re.compile(r" (?:tinh|tp) ")


def tidy_reference(text: str) -> str:
    """A number and symbol as the register keeps it: no ``Số:``, no spaces around marks, marks as typed on a keyboard."""
    text = re.sub(r"^(số|so)\s*:?\s+", "", " ".join(clean(text).split()), flags=re.IGNORECASE)
    text = _SLASHES.sub("/", _DASHES.sub("-", text.replace("\u00d0", "Đ")))
    return re.sub(r"\s*([/-])\s*", r"\1", text)


def reference_key(text: str) -> str:
    """What stays of a number and symbol however it is written: ``5/BC-STC`` and ``05/bc–stc`` have one key.

    Folded, as databases fold letters each in their own way; without spaces and the noughts before a number.
    """
    plain = fold(unicodedata.normalize("NFKC", tidy_reference(text)))
    plain = re.sub(r"[^\w/-]", "", _DASHES.sub("-", plain))
    return re.sub(r"(?<!\w)0+(?=\d)", "", plain)


def body_key(name: str) -> str:
    """What stays of a body's name: folded, without marks, with what offices write short written short."""
    plain = " ".join(re.sub(r"[\W_]", " ", fold(name)).split())
    return _LONG.sub(lambda found: _SHORT[found[0]], plain)


def is_same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body: ``UBND tỉnh`` and ``Ủy ban nhân dân tỉnh``; with its province, or without."""
    shorter, longer = sorted((body_key(one), body_key(other)), key=len)
    return shorter == longer or bool(shorter and longer.startswith(shorter) and _PLACE.match(longer[len(shorter) :]))
