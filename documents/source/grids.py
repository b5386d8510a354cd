"""What the cells of a table say of its form: columns in proportion, joined cells, a head of several rows.

    | TT | Đơn vị | Số tiền | <       |     a cell that is only ``<`` is joined with the one at its left,
    |----|--------|---------|---------|     dashes of unequal number are the widths of the columns,
    | ^  | ^      | Năm nay | Năm sau |     only ``^``: with the one above it,
    |----|--------|---------|---------|     a second rule: all rows above it are the head.
    | 1  | Sở Y tế| 5       | 6       |

``\\<`` and ``\\^`` are the signs themselves. Cells of the head are never joined with those below it.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from markdown_it.rules_block.table import escapedSplit

LEFT, ABOVE = "<", "^"
SHORT = 3  # dashes
_RULE = re.compile(r":?-{3,}:?")


@dataclass(frozen=True)
class Cell:
    """A cell with its place, both from 0, how many columns and rows it spans, and its words: an inline token."""

    row: int
    column: int
    wide: int
    high: int
    token: object


@dataclass(frozen=True)
class Grid:
    """The cells of a table, the rows of its head, and of each column the width in dashes and where its words stand."""

    rows: list
    head: int
    widths: list
    aligns: list

    @property
    def shares(self):
        """The widths where they say anything, else ``None``: all equal leaves them to what the cells hold, and one of at most
        three dashes a column says nothing: people type it so around colons, ``|:-:|---|--:|``.
        """
        return self.widths if len(set(self.widths)) > 1 and max(self.widths) > SHORT else None

    @cached_property
    def owners(self) -> list:
        """For each row and column the place (row, column) of the cell that covers it, joined or not."""
        found = []
        for row, tokens in enumerate(self.rows):
            found.append([])
            for column, token in enumerate(tokens):
                found[row].append(self._owner(found, row, column, token.content))
        return found

    def _owner(self, found, row, column, words):
        if words == LEFT and column:
            return found[row][column - 1]
        if words == ABOVE and row not in (0, self.head):
            return found[row - 1][column]
        return row, column

    def cells(self) -> list[Cell]:
        """Each cell once, row by row; of those that do not form a rectangle the smallest one around them."""
        spans = {}
        for row, owners in enumerate(self.owners):
            for column, owner in enumerate(owners):
                wide, high = spans.get(owner, (1, 1))
                spans[owner] = max(wide, column - owner[1] + 1), max(high, row - owner[0] + 1)
        return [Cell(*place, *span, self.rows[place[0]][place[1]]) for place, span in spans.items()]

    def crooked(self) -> int | None:
        """The first row, from 0, whose joined cells form no rectangle with what they are joined to."""
        if not any(token.content in (LEFT, ABOVE) for row in self.rows for token in row):
            return None
        for cell in self.cells():
            rows = self.owners[cell.row : cell.row + cell.high]
            covered = {place for row in rows for place in row[cell.column : cell.column + cell.wide]}
            if covered != {(cell.row, cell.column)}:
                return cell.row
        return None


def grid(tokens, lines) -> Grid:
    """The form of a table: its tokens from ``table_open`` on, and all lines of the text that they were parsed from."""
    rows, head = [], 0
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
        elif token.type == "tr_close" and not head and len(rows) > 1 and is_rule(rows[-1]):
            rows.pop()
            head = len(rows)
    marks = _marks(lines[tokens[0].map[0] + 1])
    return Grid(rows, head or 1, [mark.count("-") for mark in marks], [_align(mark) for mark in marks])


def is_rule(row) -> bool:
    """Whether each cell of a row, inline tokens, is dashes: the second one of a table ends its head."""
    return bool(row) and all(_RULE.fullmatch(token.content) for token in row)


def _marks(line) -> list[str]:
    """The dashes and colons of each column in a rule line."""
    marks = [mark.strip() for mark in escapedSplit(line.strip())]
    begins, ends = not marks[0], len(marks) - (not marks[-1])
    return marks[begins:ends]


def _align(mark) -> str | None:
    left, right = mark.startswith(":"), mark.endswith(":")
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get((left, right))
