"""How wide the columns of a ruled table are, so that no word is cut and every table fits its sheet."""

from .letters import width

PADDING = 9  # points, both sides of a cell and its share of the rules
SMALLEST = 9  # points: below it a printed table cannot be read
LONGEST = 11  # ems: a longer word (an address, the name of a file) may be cut rather than starve other columns
TALL = 12  # lines: a row of more may go on on the next page


def columns(rows, room, largest) -> tuple[list[float], float]:
    """Shares of the width for each column (summing to 100), and the size of type in points.

    ``rows`` holds the plain words of each cell, the head's first; ``room`` is the width in points. The size is
    ``largest`` unless the longest words of all columns only fit side by side in a smaller one.
    """
    columns = list(zip(*rows, strict=True))
    words = [max((_longest(cell, bold) for bold, cell in _cells(column)), default=0) for column in columns]
    whole = [max((width(cell, 1, bold=bold) for bold, cell in _cells(column)), default=0) for column in columns]
    size = largest
    while size > SMALLEST and size * sum(words) + PADDING * len(columns) > room:
        size -= 0.5
    least = [size * word + PADDING for word in words]
    most = [max(size * line + PADDING, low) for line, low in zip(whole, least, strict=True)]
    given = _shared(least, most, room)
    return [100 * part / sum(given) for part in given], size


def is_tall(row, shares, room, size) -> bool:
    """Whether a row of words is so tall that keeping it on one page could leave half a page empty, or lose it."""
    widths = (share * room / 100 - PADDING for share in shares)
    return any(width(cell, size) > TALL * wide for cell, wide in zip(row, widths, strict=True))


def _shared(least, most, room) -> list[float]:
    """Widths between ``least`` and ``most`` that fill ``room``; wider than ``most`` only where all are."""
    given, growing = list(least), set(range(len(least)))
    while growing and room - sum(given) > 1:
        spare = room - sum(given)
        # Long text gains less from each further millimetre than short text does; the square root shares it so.
        wishes = {column: (most[column] - given[column]) ** 0.5 for column in growing}
        total = sum(wishes.values())
        if not total:
            break
        for column, wish in wishes.items():
            given[column] = min(given[column] + spare * wish / total, most[column])
        growing = {column for column in growing if most[column] - given[column] > 0.5}
    return given


def _cells(column):
    """(bold?, words) of each cell: the head is bold."""
    return ((number == 0, cell) for number, cell in enumerate(column))


def _longest(cell, bold) -> float:
    return min(max((width(word, 1, bold=bold) for word in cell.split()), default=0), LONGEST)
