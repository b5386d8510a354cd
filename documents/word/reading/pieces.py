"""What a Word file is made of, as far as a paper needs it: lines of runs, tables of cells."""

from dataclasses import dataclass, field
from functools import cached_property

from units.text import clean


@dataclass
class Run:
    """Words in one look, or a note that is cited at this place (its lines).

    ``is_drawn_large``: an old font draws the small letters as capitals.
    """

    text: str
    bold: bool = False
    italic: bool = False
    note: "list[Line] | None" = None
    is_drawn_large: bool = False

    @property
    def look(self) -> tuple[bool, bool, bool]:
        """What its words have in common."""
        return self.bold, self.italic, self.is_drawn_large


@dataclass
class Line:
    """A printed paragraph, or the part of one between two line breaks.

    ``align`` as Word calls it (``both``, ``center``, ``right``), ``outline`` the level of a title from 0, ``label`` the number
    that Word draws before it, ``style`` the name of its style, ``section`` which one of the file it stands in.
    """

    runs: list[Run]
    align: str = ""
    outline: int | None = None
    label: str = ""
    is_label_bold: bool = False
    style: str = ""
    section: int = 0

    @cached_property
    def text(self) -> str:
        """The plain words, the number included."""
        return clean(self.label + "".join(run.text for run in self.runs)).strip()

    @cached_property
    def is_bold(self) -> bool:
        """Whether all words are bold."""
        return self._all("bold")

    @cached_property
    def is_italic(self) -> bool:
        """Whether all words are italic."""
        return self._all("italic")

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle."""
        return self.align == "center"

    @property
    def notes(self) -> "list[list[Line]]":
        """The notes that it cites."""
        return [run.note for run in self.runs if run.note is not None]

    def _all(self, look) -> bool:
        words = [run for run in self.runs if run.text.strip()]
        return bool(words) and all(getattr(run, look) for run in words)


@dataclass
class Cell:
    """The lines of a cell; over how many columns it goes, and whether it goes on from the cell above.

    ``blocks``: the same where tables stand in it.
    """

    lines: list[Line] = field(default_factory=list)
    columns: int = 1
    goes_on: bool = False
    blocks: "list[Block]" = field(default_factory=list)


@dataclass
class Table:
    """Rows of cells; the widths of the columns in twentieths of a point; how many rows Word repeats on each page."""

    rows: list[list[Cell]]
    widths: list[int] = field(default_factory=list)
    heads: int = 0
    is_ruled: bool = True
    section: int = 0

    @property
    def lines(self) -> list[Line]:
        """The lines of all cells, row by row."""
        return [line for row in self.rows for cell in row for line in cell.lines]

    @cached_property
    def grid(self) -> list[list[list[Line]]]:
        """The lines of each place: a cell over several columns has its lines at the first, nothing at the others."""
        return [[place for cell in row for place in [cell.lines, *[[]] * (cell.columns - 1)]] for row in self.rows]


Block = Line | Table


def lines_of(blocks) -> list[Line]:
    """All lines of ``blocks``, those of tables too."""
    return [line for block in blocks for line in ([block] if isinstance(block, Line) else block.lines)]
