"""Names as they are compared: accents, capitals, spellings of one sound, and the words before a household's name aside."""

import re

from units.text import clean, fold, one_line

from ..catalogue.models import Whom

# «Lý» and «Lí», «Quý» and «Quí» are one sound, and lists write either.
_Y = re.compile(r"(?:(?<=[bcdghklmnpqrstvx])|(?<=qu))y\b")
_HOUSEHOLD = re.compile(r"^(?:ho|gia dinh|ong|ba)\s+")


def name_key(name: str, kind: str = "") -> str:
    """What two names of one have in common: ``Hộ gia đình bà Lý Thị Hoà`` as a household is ``li thi hoa``.

    Marks between words say nothing; without a ``kind`` the words before a household's name stay.
    """
    key = " ".join("".join(mark if mark.isalnum() else " " for mark in fold(clean(name))).split())
    while kind == Whom.HOUSEHOLD and (found := _HOUSEHOLD.match(key)) and found.end() < len(key):
        key = key[found.end() :]
    return _Y.sub("i", key)


def given_of(name: str) -> str:
    """A person's given name: the last word."""
    return one_line(name).rpartition(" ")[2]
