"""The code on a card: 12 letters, ``K7Q 49X WM2 HTC``: three of the event, eight at random, one that checks the others.

Letters are Crockford's 32: those that are taken for figures or for one another are not among them. A phone has the list of its
event, so a signature would prove nothing more; 40 bits at random are not guessed as long as a door is open.
"""

import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EVENT, RANDOM, LONG = 3, 8, 12
_READ_AS = str.maketrans("ILOU", "110V", " -–.·\t\r\n")


def check(body: str) -> str:
    """The letter that follows ``body``: one wrong letter, or two that changed places, change it."""
    total = 0
    for letter in body:
        total = _doubled(total ^ LETTERS.index(letter))
    return LETTERS[total]


def _doubled(value):
    """``value`` times the generator of the field of 32 (x⁵ + x² + 1)."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def event_letters(taken=()) -> str:
    """Three letters for an event, none of ``taken``. Raises ``ValueError`` where all 32,768 are."""
    if len(taken) >= len(LETTERS) ** EVENT:
        raise ValueError("All letters of events are taken.")
    while True:
        if (found := _at_random(EVENT)) not in taken:
            return found


def make(letters: str, taken=()) -> str:
    """A new code of the event whose cards begin with ``letters``; none of ``taken``."""
    while True:
        body = letters + _at_random(RANDOM)
        if (code := body + check(body)) not in taken:
            return code


def _at_random(count):
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def read(text: str, letters: str = "") -> str | None:
    """The code in what was scanned or typed, with or without spaces and the ``letters`` of the event; None where it is none."""
    code = text.upper().translate(_READ_AS)
    if letters and len(code) == LONG - EVENT:
        code = letters + code
    if len(code) != LONG or set(code) - set(LETTERS) or check(code[:-1]) != code[-1]:
        return None
    return code


def shown(code: str) -> str:
    """A code as people read it, by threes: the letters of the event stand by themselves, the others are those that are typed."""
    return " ".join(code[at : at + EVENT] for at in range(0, LONG, EVENT))
