"""How wide the columns of a ruled table are, so that no word is cut and every table fits its sheet."""

from .letters import width

PADDING = 9  # points, both sides of a cell and its share of the rules
SMALLEST = 9  # points: below it a printed table cannot be read


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
    # Long text gains less from each further millimetre than short text does; the square root shares it so.
    wishes = [max(size * all_ - size * word, 0) ** 0.5 for all_, word in zip(whole, words, strict=True)]
    spare = max(room - sum(least), 0)
    total = sum(wishes) or len(wishes)
    given = [low + spare * (wish if sum(wishes) else 1) / total for low, wish in zip(least, wishes, strict=True)]
    return [100 * part / sum(given) for part in given], size


def _cells(column):
    """(bold?, words) of each cell: the head is bold."""
    return ((number == 0, cell) for number, cell in enumerate(column))


def _longest(cell, bold) -> float:
    return max((width(word, 1, bold=bold) for word in cell.split()), default=0)
