"""Codes that a telephone reads (QR), as the pictures of a PDF: thousands of them in one run.

Source: ISO/IEC 18004: byte mode, error correction L, versions 1 to 5, whose code words are one block. The mask is always the
first: any is read; choosing the one that looks best takes a hundred times as long.
"""

from functools import cache
from itertools import product

# For each version: code words of data, of error correction.
_WORDS = {1: (19, 7), 2: (34, 10), 3: (55, 15), 4: (80, 20), 5: (108, 26)}
# White modules that must stay around the square.
QUIET = 4
_FORMAT_L_0 = 0b111011111000100


def longest() -> int:
    """How many bytes a square has place for."""
    return _WORDS[5][0] - 2


def square(data: bytes) -> tuple[int, bytes]:
    """(modules on a side, rows from the top, a bit a module, 1 is black, each row filled up to whole bytes).

    Raises ``ValueError`` for more than ``longest()`` bytes.
    """
    version = next((version for version, (place, _) in _WORDS.items() if len(data) <= place - 2), None)
    if version is None:
        raise ValueError(f"A square has place for {longest()} bytes.")
    place, check = _WORDS[version]
    bits = int.from_bytes(bytes([len(data)]) + data, "big") | 0b0100 << 8 * (len(data) + 1)
    # Mode and length take 12 bits, the end four.
    words = (bits << 4).to_bytes(len(data) + 2, "big")
    words += bytes([0xEC, 0x11] * place)[: place - len(words)]
    side, stride, found, tables = _layout(version)
    for table, word in zip(tables, words + _remainder(words, check), strict=True):
        found ^= table[0][word >> 4] ^ table[1][word & 15]
    return side, found.to_bytes(side * stride // 8, "big")


def operators(data: bytes, left: float, bottom: float, wide: float) -> str:
    """What draws the square of ``data`` in a PDF, its white edge within ``wide`` points from ``left`` and ``bottom`` on."""
    side, rows = square(data)
    module = wide / (side + 2 * QUIET)
    edge = QUIET * module
    return (
        f"q {side * module:.3f} 0 0 {side * module:.3f} {left + edge:.3f} {bottom + edge:.3f} cm "
        f"BI/W {side}/H {side}/IM true/BPC 1/D[1 0]/F/AHx ID {rows.hex()}> EI Q"
    )


# --- Error correction


@cache
def _powers():
    """Powers of the generator of GF(256), and their logarithms."""
    powers, value = [], 1
    for _ in range(255):
        powers.append(value)
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers * 2, {value: place for place, value in enumerate(powers)}


@cache
def _generator(check):
    """For each byte, what it takes from the ``check`` bytes that follow it, as one number."""
    powers, logs = _powers()
    factors = [1]
    for power in range(check):
        more = [*factors, 0]
        for place, factor in enumerate(factors):
            if factor:
                more[place + 1] ^= powers[logs[factor] + power]
        factors = more
    rows = [0]
    for byte in range(1, 256):
        rows.append(int.from_bytes(bytes(powers[logs[byte] + logs[one]] if one else 0 for one in factors[1:]), "big"))
    return rows


def _remainder(words, check) -> bytes:
    rows, left = _generator(check), 0
    shift, cut = 8 * (check - 1), (1 << 8 * check) - 1
    for word in words:
        left = (left << 8 & cut) ^ rows[left >> shift ^ word]
    return left.to_bytes(check, "big")


# --- Where modules stand


@cache
def _layout(version):
    """(side, bits of a row, the square of nought, for each code word what its halves change in it)."""
    side = 17 + 4 * version
    stride = -(-side // 8) * 8
    fixed = _fixed(side, version)

    def bit(row, column):
        return 1 << side * stride - 1 - row * stride - column

    places = [place for place in _order(side) if place not in fixed]
    found = sum(bit(*place) for place, is_black in fixed.items() if is_black)
    # The first mask turns every second module.
    found += sum(bit(*place) for place in places if sum(place) % 2 == 0)
    bits = [bit(*place) for place in places]
    tables = []
    for first in range(0, 8 * sum(_WORDS[version]), 8):
        halves = bits[first : first + 4], bits[first + 4 : first + 8]
        tables.append(
            [
                [sum(one for place, one in enumerate(half) if value >> 3 - place & 1) for value in range(16)]
                for half in halves
            ]
        )
    return side, stride, found, tables


def _order(side):
    """Modules in the order in which bits fill them: pairs of columns from the right, up and down by turns."""
    is_up = True
    for column in range(side - 1, 0, -2):
        column -= column <= 6
        for row in range(side - 1, -1, -1) if is_up else range(side):
            yield row, column
            yield row, column - 1
        is_up = not is_up


def _fixed(side, version) -> dict[tuple[int, int], bool]:
    """{module: is it black?} of what every square has, with the words that tell level and mask."""
    found = {}
    for top, left in (0, 0), (0, side - 7), (side - 7, 0):
        for row, column in product(range(-1, 8), repeat=2):
            if 0 <= top + row < side and 0 <= left + column < side:
                ring = max(abs(row - 3), abs(column - 3))
                found[top + row, left + column] = ring not in (2, 4)
    if version > 1:
        for row, column in product(range(-2, 3), repeat=2):
            found[side - 7 + row, side - 7 + column] = max(abs(row), abs(column)) != 1
    for place in range(8, side - 8):
        found[6, place] = found[place, 6] = place % 2 == 0
    ways = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
    others = [(row, 8) for row in range(side - 1, side - 8, -1)] + [(8, column) for column in range(side - 8, side)]
    for way in ways, others:
        for place, module in enumerate(way):
            found[module] = bool(_FORMAT_L_0 >> 14 - place & 1)
    found[side - 8, 8] = True
    return found
