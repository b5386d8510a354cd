"""How a card looks, and ten of them on an A4 sheet that is cut along fine lines. Lengths in mm.

A bar in the colour of the kind says as what one comes; name, place and delegation stand at the left, the code at the right, the
number and the seat below. No public sample of a delegate's card was found: this is a proposal.
"""

from dataclasses import replace

from documents.typesetting.stamping.fitting import Fitting
from documents.typesetting.stamping.sheets import Sheet, Spot

from ..events.models import Role

WIDE, HIGH = 90, 54
ACROSS, DOWN = 2, 5
ON_A_SHEET = ACROSS * DOWN
_A4 = (210, 297)
_LEFT, _TOP = (_A4[0] - ACROSS * WIDE) / 2, (_A4[1] - DOWN * HIGH) / 2
COLOURS = {Role.OFFICIAL: "#b3261e", Role.GUEST: "#1f5fa8", Role.RESERVE: "#5b6472", Role.SERVICE: "#2e6b3e"}

CARD = (
    Spot("colour", 0, 0, WIDE, 10.5, is_block=True),
    Spot("kind", 3, 1.5, WIDE - 6, 7.5, 13, 8, bold=True, colour="#ffffff", family="sans"),
    Spot("event", 4, 11.5, 54, 9, 8, 7, 3, align="left", colour="#444444", family="sans"),
    Spot("name", 4, 20.5, 54, 13, 15, 7, 3, bold=True, align="left", family="sans"),
    Spot("post", 4, 33.5, 54, 8.5, 8, 6.5, 3, align="left", stand="top", family="sans"),
    Spot("delegation", 4, 42, 54, 5, 8, 6, 1, bold=True, align="left", family="sans"),
    Spot("number", 4, 47, 26, 6, 11, 8, bold=True, align="left", family="sans"),
    Spot("seat", 30, 47, 28, 6, 11, 6, bold=True, align="left", family="sans"),
    Spot("code", 59.5, 12.5, 28, 28, is_code=True, level="q"),
    Spot("code_words", 59.5, 41, 28, 5, 8, 6, family="sans", colour="#444444"),
)
# What is shortened where it does not fit; a name is not.
_SHORTENED = {"event", "post", "delegation", "seat"}


def sheet(title: str) -> Sheet:
    """An A4 sheet of ten cards; the spots of each bear its place: ``name-7``."""
    spots = tuple(
        replace(spot, name=f"{spot.name}-{place}", left=spot.left + _left(place), top=spot.top + _top(place))
        for place in range(ON_A_SHEET)
        for spot in CARD
    )
    return Sheet(*_A4, spots, title=title, drawing=_cuts())


def _left(place):
    return _LEFT + place % ACROSS * WIDE


def _top(place):
    return _TOP + place // ACROSS * HIGH


def _cuts() -> str:
    """Fine lines to cut along, from edge to edge of the block of cards."""
    right, foot = _LEFT + ACROSS * WIDE, _TOP + DOWN * HIGH
    lines = [f"M{_LEFT + column * WIDE} {_TOP - 6}V{foot + 6}" for column in range(ACROSS + 1)]
    lines += [f"M{_LEFT - 6} {_TOP + row * HIGH}H{right + 6}" for row in range(DOWN + 1)]
    path = f'<path d="{"".join(lines)}" fill="none" stroke="#999" stroke-width=".15" stroke-dasharray="1.5 1.5"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_A4[0]} {_A4[1]}">{path}</svg>'


def words_of(row, event) -> dict[str, str]:
    """What stands on the card of a delegate, {name of the spot: words}; reads ``delegation__unit``."""
    kind = row.get_duty_display() or row.get_role_display()
    return {
        "colour": COLOURS[row.role],
        "kind": kind.upper(),
        "event": event.name,
        "name": row.name,
        "post": ", ".join(filter(None, (row.post, row.workplace))),
        "delegation": str(row.delegation) if row.delegation_id else "",
        "number": f"Số {row.number:03d}",
        "seat": f"Chỗ {row.seat}" if row.seat else "",
        "code": row.code,
        "code_words": row.code_words,
    }


class Cards:
    """Makes words fit their card."""

    def __init__(self):
        self.fitting = Fitting()

    def fault(self, words) -> str:
        """Why a card cannot be printed as it is; nothing where it can. What may be shortened is so."""
        for spot in CARD:
            if spot.is_code or spot.is_block or not words[spot.name]:
                continue
            if spot.name in _SHORTENED:
                words[spot.name] = self._shortened(spot, words[spot.name])
            elif told := self.fitting.fault(spot, words[spot.name]):
                return told
        return ""

    def _shortened(self, spot, words) -> str:
        if not self.fitting.fault(spot, words):
            return words
        parts = words.split()
        while len(parts) > 1:
            parts.pop()
            if not self.fitting.fault(spot, shorter := f"{' '.join(parts).rstrip(',')}…"):
                return shorter
        return ""
