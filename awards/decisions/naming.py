"""Which award a list means: by the code of the catalogue, by the ten-digit code of the office's workbooks, or by its name."""

import re
import tomllib
from functools import cache
from pathlib import Path

from units.text import searchable

from ..catalogue.law import Catalogue

_FILE = Path(__file__).parent / "data" / "names.toml"
_CODE = re.compile(r"\d{10}")
# What is said before the name of an award and is no part of it.
_BEFORE = re.compile(r"^(?:tang thuong|tang|truy tang|danh hieu(?: thi dua)?|hinh thuc(?: khen thuong)?) (?=\w)")
_SHORT = (
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bct uy ban\b", "chu tich uy ban"),
    (r"\bhang (?:1|i)\b", "hang nhat"),
    (r"\bhang (?:2|ii)\b", "hang nhi"),
    (r"\bhang (?:3|iii)\b", "hang ba"),
)
_AGAIN = "Hãy ghi tên đầy đủ như trong danh mục, hoặc mã."


def key_of(words: str) -> str:
    """A name as it is compared: folded, without marks, with what offices shorten written out."""
    found = searchable(words).strip()
    while (shorter := _BEFORE.sub("", found)) != found:
        found = shorter
    for short, full in _SHORT:
        found = re.sub(short, full, found)
    return found


@cache
def _told() -> dict:
    return tomllib.loads(_FILE.read_text("utf-8"))


class Namer:
    """Knows the awards of all days of a catalogue by what lists call them, for a decision of ``office``.

    ``sheet``: {code: name} of the file's own sheet of codes, asked where the program does not know a code.
    """

    def __init__(self, catalogue: Catalogue, office: str, sheet: dict[str, str] | None = None):
        self.sheet, self.office = sheet or {}, office
        self.names, self.codes, self.ranked = {}, {}, set()
        for row in catalogue.rows:
            if row.kind in ("award", "name") and not row.award.startswith(("@", "*")):
                self.names.setdefault(key_of(str(row.value)), row.award)
                self.names[key_of(row.award)] = row.award
        known = set(self.names.values())
        for row in _told()["award"]:
            if row["award"] in known:
                self._learn(row, row["award"])
        for row in _told()["by_office"]:
            if award := row["office"].get(office):
                self._learn(row, award)
        for row in _told()["ranked"]:
            self.ranked |= {*row["codes"], *map(key_of, row["names"])}

    def _learn(self, row, award):
        self.codes |= dict.fromkeys(row.get("codes", ()), award)
        for name in row.get("names", ()):
            self.names.setdefault(key_of(name), award)

    def code_of(self, words: str) -> str:
        """The code of the award that ``words`` name. Raises ``ValueError`` with a sentence where that is none, or several."""
        key = key_of(words)
        if key in self.ranked:
            raise ValueError(f"«{words}» chưa ghi hạng. Hãy ghi hạng Nhất, Nhì hoặc Ba.")
        if _CODE.fullmatch(key):
            return self._by_number(key)
        found = self.names.get(key)
        if not found:
            raise ValueError(f"Không có danh hiệu, hình thức «{words}» trong danh mục. {_AGAIN}")
        return found

    def _by_number(self, code):
        if found := self.codes.get(code):
            return found
        name = self.sheet.get(code)
        if not name:
            raise ValueError(f"Không rõ mã {code} là danh hiệu, hình thức nào. {_AGAIN}")
        return self.code_of(name)
