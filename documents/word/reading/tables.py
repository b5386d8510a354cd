"""A table of Word as rows of cells: joined cells, widths of columns, rows that repeat."""

from collections.abc import Iterator
from dataclasses import replace

from .changes import CHANGES, words_within
from .package import W
from .pieces import Block, Cell, Line, Table, lines_of
from .styles import draws, is_on, value

# Columns that Word itself goes to.
MOST_COLUMNS = 63


def table(walker, node) -> Table:
    """The table at ``node``; a cell has the lines of the tables in it too."""
    rows, heads, is_head = [], 0, True
    for row in _within(node, "tr"):
        properties = row.find(f"{W}trPr")
        if _is_gone(walker, properties, row):
            continue
        is_head = is_head and is_on(value(properties, "tblHeader"))
        heads += is_head
        cells = [_cell(walker, cell) for cell in _within(row, "tc")]
        before, behind = (_columns(value(properties, name)) for name in ("gridBefore", "gridAfter"))
        rows.append([*_empty(before), *cells, *_empty(behind)])
    widths = [count(col.get(f"{W}w")) for col in node.findall(f"{W}tblGrid/{W}gridCol")]
    return Table([row for row in rows if row], widths, heads, _is_ruled(walker, node))


def _within(parent, tag):
    """The rows of a table or the cells of a row, through what wraps them."""
    for node in parent:
        if node.tag == f"{W}{tag}":
            yield node
        elif isinstance(node.tag, str) and node.tag.rpartition("}")[2] in ("sdt", "sdtContent", "customXml"):
            yield from _within(node, tag)


def _empty(count) -> list[Cell]:
    return [Cell(columns=count)] if count else []


def _cell(walker, node) -> Cell:
    properties = node.find(f"{W}tcPr")
    merged = value(properties, "vMerge") if properties is not None else None
    blocks = list(walker.content(node))
    has_tables = not all(isinstance(block, Line) for block in blocks)
    goes_on = merged is not None and merged != "restart"
    return Cell(
        lines_of(blocks), max(1, _columns(value(properties, "gridSpan"))), goes_on, blocks if has_tables else []
    )


def laid_out(walker, found: Table) -> Iterator[Block]:
    """``found``, or what stands in it where it has no rules and only holds other tables in their places on the page.

    The lines of other tables in cells go to the cell, which is told.
    """
    rows = []
    for row in found.rows:
        filled = [cell for cell in row if any(line.text for line in cell.lines)]
        if not found.is_ruled and len(filled) == 1 and filled[0].blocks:
            if rows:
                yield replace(found, rows=rows)
            rows = []
            yield from filled[0].blocks
            continue
        for cell in row:
            for _ in filter(lambda block: not isinstance(block, Line), cell.blocks):
                walker.dropped.add("bảng trong ô của bảng khác (chữ đưa vào ô)")
        rows.append(row)
    if rows:
        yield replace(found, rows=rows)


def count(said) -> int:
    """A length or a number in an attribute; 0 for what is none."""
    return int(said) if said and said.isdecimal() and len(said) < 7 else 0


def _columns(said) -> int:
    return min(count(said), MOST_COLUMNS)


def _is_gone(walker, properties, row) -> bool:
    """Whether a row was deleted, or is an addition that is undone."""
    for change in properties if properties is not None else ():
        if change.tag in CHANGES and not walker.changes.keeps(change, f"[hàng] {words_within(row)}"):
            return True
    return False


def _is_ruled(walker, node) -> bool:
    """Whether rules are drawn: by the table, its style, or its cells."""
    properties = node.find(f"{W}tblPr")
    cells = node.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")
    if any(draws(borders) for borders in cells):
        return True
    borders = properties.find(f"{W}tblBorders") if properties is not None else None
    if borders is not None:
        return draws(borders)
    return walker.styles.rules_table(value(properties, "tblStyle"))
