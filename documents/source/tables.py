"""The tables of a text as they are measured: plain words of cells, columns, which of them are painted."""

from dataclasses import dataclass
from functools import cached_property

from ..form import tables
from ..form.tables import Columns, Span
from .grids import ABOVE, LEFT, Grid, grid


@dataclass(frozen=True)
class Table:
    """One table: the form of its cells, and whether a note is cited in it."""

    grid: Grid
    has_notes: bool = False

    @cached_property
    def is_joined(self) -> bool:
        """Whether a cell is joined with another."""
        return any(token.content in (LEFT, ABOVE) for row in self.grid.rows for token in row)

    @cached_property
    def rows(self) -> list[list[str]]:
        """The plain words of each cell, row by row; of a cell over several columns, and of what is joined with another, none."""
        rows = [[tables.words(token) for token in row] for row in self.grid.rows]
        if self.is_joined:
            for number, owners in enumerate(self.grid.owners):
                for column, owner in enumerate(owners):
                    if owner != (number, column):
                        rows[number][column] = ""
            for span in self.spans:
                rows[span.row][span.first] = ""
        return rows

    @cached_property
    def spans(self) -> list[Span]:
        """The cells over several columns."""
        wide = [cell for cell in self.grid.cells() if cell.wide > 1] if self.is_joined else []
        return [Span(cell.row, cell.column, cell.column + cell.wide - 1, tables.words(cell.token)) for cell in wide]

    @property
    def head(self) -> tuple:
        """The words of the head, by which tables of one kind are known."""
        spans = [span.words for span in self.spans if span.row < self.grid.head]
        return (*(tuple(row) for row in self.rows[: self.grid.head]), *spans)

    @property
    def is_long(self) -> bool:
        """Whether its rows may be painted: there are many, each as the first, and no note is cited."""
        below = self.grid.rows[self.grid.head :]
        joined = self.is_joined and any(token.content in (LEFT, ABOVE) for row in below for token in row)
        return tables.is_long(len(below)) and not joined and not self.has_notes

    def columns(self, room, sizes, like=()) -> Columns:
        """How it stands on a sheet ``room`` points wide; ``like`` are tables under the same head, which get the same widths."""
        found, below = self.grid, [row for other in like if other is not self for row in other.rows[other.grid.head :]]
        asked = {"head": found.head, "wishes": found.shares, "spans": self.spans}
        return tables.columns(self.rows + below, room, sizes, **asked)


def tables_of(tokens, text) -> list[Table]:
    """Every table of a text, whose ``tokens`` these are."""
    lines = text.split("\n")
    begins = [number for number, token in enumerate(tokens) if token.type == "table_open"]
    ends = [number for number, token in enumerate(tokens) if token.type == "table_close"]
    return [table_of(tokens[begin:end], lines) for begin, end in zip(begins, ends, strict=True)]


def table_of(tokens, lines) -> Table:
    """The table of ``tokens``, from its opening on; ``lines`` are those of the whole text."""
    noted = any(child.type == "footnote_ref" for token in tokens for child in token.children or ())
    return Table(grid(tokens, lines), noted)


def alike(found: list[Table]) -> dict[tuple, list[Table]]:
    """{head: the tables under it}."""
    together = {}
    for table in found:
        together.setdefault(table.head, []).append(table)
    return together


def painted(found: list[Table]) -> set[int]:
    """Which tables of a text are, counted from 0: the longest of the long ones, whose pages are not made yet."""
    long = sorted((-len(table.grid.rows), number) for number, table in enumerate(found) if table.is_long)
    return {number for _, number in long[: tables.MOST_OF_A_TEXT]}
