"""The numbers that Word draws before paragraphs and does not store: a paper holds them as typed words."""

from dataclasses import dataclass

from .package import W
from .styles import value

_ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X")]
_ROMAN += [(9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Word goes this deep; what it draws before a paragraph is short.
DEEPEST, LONGEST = 9, 60


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, what it draws (``Điều %1.``), from where, what follows, whether bold."""

    form: str
    text: str
    start: int
    is_bold: bool
    is_legal: bool


class Numbering:
    """All lists of a file, with how far each has counted."""

    def __init__(self, root):
        self.lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[str] = set()
        if root is None:
            return
        kinds = {node.get(f"{W}abstractNumId"): node for node in root.findall(f"{W}abstractNum")}
        for node in root.findall(f"{W}num"):
            kind = value(node, "abstractNumId")
            levels = _levels(kinds.get(kind))
            for over in node.findall(f"{W}lvlOverride"):
                levels |= {_deep(own): _level(own) for own in over.findall(f"{W}lvl")}
            self.lists[node.get(f"{W}numId")] = (kind, levels, _starts(node))

    def label(self, key: str, deep: int) -> tuple[str, bool]:
        """What is drawn before the next paragraph of list ``key`` at a level, with its space; whether it is bold."""
        kind, levels, starts = self.lists.get(key, ("", {}, {}))
        if deep not in levels:
            return "", False
        level = levels[deep]
        if level.form in ("bullet", "none"):
            return ("- " if level.form == "bullet" else ""), False
        counts = self._count(key, kind, deep, levels, starts)
        text = level.text
        for each in range(DEEPEST):
            if f"%{each + 1}" in text:
                form = "decimal" if level.is_legal or each not in levels else levels[each].form
                text = text.replace(
                    f"%{each + 1}", figure(counts.get(each, levels[each].start if each in levels else 1), form)
                )
        return (f"{text} " if text.strip() else ""), level.is_bold

    def _count(self, key, kind, deep, levels, starts) -> dict[int, int]:
        """One more at a level; deeper ones begin again. A list that starts anew does so once."""
        counts = self.counts.setdefault(kind, {})
        if key not in self.begun:
            self.begun.add(key)
            for level, start in starts.items():
                counts[level] = start - 1
        counts[deep] = counts.get(deep, levels[deep].start - 1) + 1
        for deeper in [each for each in counts if each > deep]:
            del counts[deeper]
        return counts


def _levels(kind) -> dict[int, Level]:
    nodes = kind.findall(f"{W}lvl") if kind is not None else []
    return {_deep(node): _level(node) for node in nodes}


def _deep(node) -> int:
    """Which level a node describes; the first where it says nothing that is one."""
    said = node.get(f"{W}ilvl", "0")
    return int(said) if said.isdecimal() and len(said) < DEEPEST else 0


def _level(node) -> Level:
    start = value(node, "start") or "1"
    bold = value(node.find(f"{W}rPr"), "b")
    return Level(
        form=value(node, "numFmt") or "decimal",
        text=(value(node, "lvlText") or "")[:LONGEST],
        start=int(start) if start.isdecimal() and len(start) < DEEPEST else 1,
        is_bold=bold is not None and bold not in ("0", "false"),
        is_legal=value(node, "isLgl") is not None,
    )


def _starts(node) -> dict[int, int]:
    """Where a list begins other than its kind: {level: number}."""
    found = {_deep(over): value(over, "startOverride") for over in node.findall(f"{W}lvlOverride")}
    return {level: int(start) for level, start in found.items() if start and start.isdecimal() and len(start) < DEEPEST}


def figure(number: int, form: str) -> str:
    """A number as a form of Word writes it."""
    if form.endswith("Letter"):
        # After z Word doubles: aa, bb.
        letter = _LETTERS[(number - 1) % 26] * min((number - 1) // 26 + 1, 20)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        roman = _roman(number)
        return roman if form.startswith("upper") else roman.lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number) -> str:
    out = ""
    for worth, sign in _ROMAN:
        while 0 < worth <= number < 5000:
            out, number = out + sign, number - worth
    return out
