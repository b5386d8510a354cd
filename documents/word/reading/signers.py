"""Who signs a paper: lines of posts and names, one or several beside each other (NĐ 30/2020, Phụ lục I, mục II.7)."""

import re

from . import marks
from .facts import Facts
from .pieces import Block, Line, Run, Table

LONGEST_NAME = 8  # words
# A name that slipped below the table of a signature stands among the first lines behind it.
NEAR = 4


def tell_signers(table: Table | None, lines: list[Line], facts: Facts):
    """Put who signs into ``facts``: one; of minutes and joint papers two, the first at the left; of more the first and the last,
    the others among ``more_signers``, as is a second one without a name, which a draft does not print.

    ``table`` is the one that closes the paper, ``lines`` those of its signatures.
    """
    columns = _columns_of(table) if table else _columns_of_lines(lines)
    if len(columns) < 2:
        if lines:
            facts.capacity, facts.signer = _signature(lines, facts)
        return
    if not table:
        facts.use(*lines)
    signed = [_signature(column, facts) for column in columns]
    facts.capacity, facts.signer = signed.pop()
    if signed[0][1]:
        facts.second_capacity, facts.second_signer = signed.pop(0)
    facts.more_signers += [", ".join(filter(None, [*capacity, name])) for capacity, name in signed]


def tell_name_below(blocks: list[Block], facts: Facts) -> list[Block]:
    """The name of who signs where it stands on a line below the table of its post; gives the other blocks."""
    if not facts.capacity or facts.signer:
        return blocks
    for place, block in enumerate(blocks[:NEAR]):
        if not isinstance(block, Line) or marks.APPENDIX.match(block.text):
            break
        if not block.text:
            continue
        name = marks.flat(block.text)
        is_apart = block.align in ("center", "right") or block.is_bold or marks.is_set_right(block)
        if is_apart and _is_name(name) and not name.isupper():
            facts.signer = name
            facts.use(block)
            return [*blocks[:place], *blocks[place + 1 :]]
        break
    return blocks


def _columns_of(table) -> list[list[Line]]:
    """The lines of each column with a post, if there are several; without the column of Nơi nhận."""
    wide = max((len(row) for row in table.grid), default=0)
    columns = [[line for row in table.grid if at < len(row) for line in row[at]] for at in range(wide)]
    filled = [column for column in columns if any(line.text for line in column) and not _receives(column)]
    return filled if len(filled) > 1 and all(map(_has_post, filled)) else []


def _columns_of_lines(lines) -> list[list[Line]]:
    """The same of lines with tabs or many spaces between the columns."""
    rows = [(line, marks.columns(line)) for line in lines if line.text]
    wide = max((len(parts) for _, parts in rows), default=0)
    if wide < 2 or any(1 < len(parts) < wide for _, parts in rows):
        return []
    columns = [[] for _ in range(wide)]
    for line, parts in rows:
        # Words alone on their line are under the last column.
        for at, part in zip(range(wide)[-len(parts) :], parts, strict=True):
            columns[at].append(Line([Run(part, line.is_bold, line.is_italic)]))
    return columns if all(map(_has_post, columns)) else []


def _receives(column) -> bool:
    return any(marks.RECIPIENTS.match(line.text) for line in column)


def _has_post(column) -> bool:
    return any(marks.POST.match(line.text) for line in column)


def _signature(lines, facts) -> tuple[list[str], str]:
    """(lines of the post, name) of a signature."""
    rows = [line for line in lines if line.text and not marks.RULE.match(line.text)]
    asides = [line for line in rows if _is_aside(_bare_name(line.text))]
    facts.use(*(line for line in lines if line not in rows or marks.is_only_signed(line.text)))
    rows = [line for line in rows if line not in asides]
    at = _place_of_name(lines, rows)
    name = "" if at is None else _bare_name(rows[at].text)
    posts = rows if at is None else rows[:at]
    facts.use(*posts, *(rows[at : at + 1] if at is not None else ()))
    return [marks.flat(line.text).strip(" ,") for line in posts], name.title() if name.isupper() else name


def _place_of_name(lines, rows) -> int | None:
    """Which row is the name: the last in small letters; one in capitals only where room was left above it to sign."""
    for at in range(len(rows) - 1, -1, -1):
        if _is_name(rows[at].text) and not rows[at].text.isupper():
            return at
    if len(rows) > 1 and _is_name(rows[-1].text) and not marks.POST.match(rows[-1].text):
        place = lines.index(rows[-1])
        if any(not line.text for line in lines[lines.index(rows[-2]) : place]):
            return len(rows) - 1
    return None


def _is_aside(text) -> bool:
    """Whether words are no post and no name: in brackets, or that somebody signed."""
    return not text or bool(re.match(r"[(\[]", text) or marks.SIGNED.match(text))


def _bare_name(text) -> str:
    """A name without the words «Đã ký» beside it."""
    return marks.flat(marks.STAMPED_END.sub("", text))


def _is_name(text) -> bool:
    words = _bare_name(text).split()
    return (
        1 < len(words) <= LONGEST_NAME
        and not re.search(r"[\d:;…]", text)
        and not (marks.POST.match(text) and not text.istitle())
    )
