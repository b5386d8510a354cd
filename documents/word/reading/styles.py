"""The looks that styles give: bold, italic, capitals, alignment, level of a title, numbers, rules of tables."""

import re
from dataclasses import dataclass, replace

from .package import W

_OFF = ("0", "false", "none", "off")
_NO_RULE = ("nil", "none")
_VAL = f"{W}val"
# Styles upon styles: Word has some ten.
DEEPEST = 25
# Fonts from before Unicode whose small letters are drawn as capitals: ``.VnTimeH``.
_CAPITAL_FONT = re.compile(r"\.Vn\w*H")
_FONTS = f"{W}rFonts"
_LOOKS = {f"{W}b": "bold", f"{W}i": "italic", f"{W}caps": "capitals", f"{W}vanish": "hidden"}


def value(properties, tag) -> str | None:
    """What a property says; ``1`` where it only stands there, None where it does not."""
    node = properties.find(f"{W}{tag}") if properties is not None else None
    return node.get(f"{W}val", "1") if node is not None else None


def is_on(said, otherwise=False) -> bool:
    """Whether a property that may be switched off is on."""
    return otherwise if said is None else said not in _OFF


@dataclass(frozen=True)
class Look:
    """How letters look, as far as a paper keeps it or must know it."""

    bold: bool = False
    italic: bool = False
    capitals: bool = False
    hidden: bool = False
    draws_capitals: bool = False

    def with_own(self, properties) -> "Look":
        """This look with what a run says of its own."""
        if properties is None:
            return self
        said = {node.tag: is_on(node.get(_VAL, "1")) for node in properties if node.tag in _LOOKS}
        own = {_LOOKS[tag]: on for tag, on in said.items()}
        font = next((node.get(f"{W}ascii") for node in properties if node.tag == _FONTS), None)
        if font is not None:
            own["draws_capitals"] = bool(_CAPITAL_FONT.fullmatch(font.replace(" ", "")))
        return replace(self, **own) if own else self


@dataclass(frozen=True)
class Style:
    """One style with all that it takes from those it rests on."""

    name: str = ""
    look: Look = Look()
    align: str = ""
    outline: int | None = None
    # (list, level) of the numbers that it draws.
    number: tuple[str, int] | None = None


class Styles:
    """The styles of a file by their keys."""

    def __init__(self, root):
        nodes = root.findall(f"{W}style") if root is not None else []
        self.nodes = {node.get(f"{W}styleId"): node for node in nodes}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self.ground = Style(look=Look().with_own(defaults))
        first = (
            key
            for key, node in self.nodes.items()
            if is_on(node.get(f"{W}default")) and node.get(f"{W}type") == "paragraph"
        )
        self.default = next(first, None)
        self.known: dict[str, Style] = {}

    def paragraph(self, key) -> Style:
        """The style of a paragraph; that of all others where it names none."""
        return self._of(key if key in self.nodes else self.default)

    def with_letters(self, key, look: Look) -> Look:
        """``look`` under a style of letters."""
        for node in reversed(self._chain(key)):
            look = look.with_own(node.find(f"{W}rPr"))
        return look

    def rules_table(self, key) -> bool:
        """Whether a style of tables draws rules."""
        for node in self._chain(key):
            borders = node.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return draws(borders)
        return False

    def _of(self, key) -> Style:
        if key not in self.known:
            style = self.ground
            for node in reversed(self._chain(key)):
                style = _upon(style, node)
            self.known[key] = style
        return self.known[key]

    def _chain(self, key) -> list:
        """A style and those it rests on; one that rests on itself ends there."""
        chain = []
        while key in self.nodes and len(chain) < DEEPEST and self.nodes[key] not in chain:
            chain.append(self.nodes[key])
            key = value(self.nodes[key], "basedOn")
        return chain


def _upon(style, node) -> Style:
    """``style`` with what ``node`` adds to it."""
    properties = node.find(f"{W}pPr")
    outline, align = value(properties, "outlineLvl"), value(properties, "jc")
    return replace(
        style,
        name=value(node, "name") or "",
        look=style.look.with_own(node.find(f"{W}rPr")),
        align=align or style.align,
        outline=level(outline, style.outline),
        number=number_of(properties, style.number),
    )


def level(said, otherwise=None) -> int | None:
    """The level of a title from 0; None for plain text (which Word calls level 9)."""
    if said is None or not said.isdecimal():
        return otherwise
    return int(said) if int(said) < 9 else None


def number_of(properties, otherwise=None) -> tuple[str, int] | None:
    """(list, level) that properties number by."""
    node = properties.find(f"{W}numPr") if properties is not None else None
    if node is None:
        return otherwise
    deep = value(node, "ilvl") or "0"
    key = value(node, "numId") or (otherwise[0] if otherwise else "")
    return key, int(deep) if deep.isdecimal() else 0


def draws(borders) -> bool:
    """Whether any edge is drawn."""
    return any(edge.get(f"{W}val") not in _NO_RULE for edge in borders)
