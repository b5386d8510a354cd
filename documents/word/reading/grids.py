"""A table as a full grid, each place with its cell or the sign that joins it (``<`` to the left, ``^`` to what is above)."""

from dataclasses import dataclass, field

from .pieces import Line, Table


@dataclass
class Place:
    """One place of a grid: lines, or a sign."""

    lines: list[Line] = field(default_factory=list)
    sign: str = ""


@dataclass
class Row:
    """One row of a grid."""

    cells: list[Place]

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        lines = [line for cell in self.cells for line in cell.lines if line.text]
        return bool(lines) and all(line.is_bold for line in lines)


def grid(table: Table) -> list[Row]:
    """The rows of a table with as many places each; rows and columns without any words are left out."""
    rows = [Row(_places(row)) for row in table.rows]
    wide = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        row.cells += [Place() for _ in range(wide - len(row.cells))]
    rows = [row for row in rows if any(_has_words(cell) for cell in row.cells)]
    mend(rows, 0)
    filled = [at for at in range(wide) if any(_has_words(row.cells[at]) or row.cells[at].sign == "<" for row in rows)]
    if len(filled) < wide and len(filled) == 1:
        for row in rows:
            row.cells = [row.cells[at] for at in filled]
    return rows


def _places(row) -> list[Place]:
    places = []
    for cell in row:
        lines = [line for line in cell.lines if line.text or line.notes]
        # Words in a cell that goes on are not seen in Word; here they stand by themselves.
        first = Place([], "^") if cell.goes_on and not lines else Place(lines)
        places += [first, *(Place([], "<") for _ in range(cell.columns - 1))]
    return places


def mend(rows, *begins):
    """Cells that would go on from above, but whose row begins the table or its text (``begins``), or which are not as wide
    as the cell above, stand by themselves.
    """
    for number, row in enumerate(rows):
        for at, cell in enumerate(row.cells):
            if cell.sign == "^" and (number in begins or _wide(row, at) != _wide(rows[number - 1], at)):
                cell.sign = ""


def _wide(row, at) -> int:
    """Over how many columns a place goes; none for one that another covers."""
    if row.cells[at].sign == "<":
        return 0
    behind = row.cells[at + 1 :]
    return 1 + next((number for number, cell in enumerate(behind) if cell.sign != "<"), len(behind))


def _has_words(place) -> bool:
    return any(line.text or line.notes for line in place.lines)
