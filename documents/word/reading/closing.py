"""The end of a paper: Nơi nhận, Lưu, who signs (NĐ 30/2020, Phụ lục I, mục II.7–9)."""

import re
from dataclasses import dataclass, field

from . import marks
from .facts import Facts
from .pieces import Block, Line, Run, Table
from .signers import tell_name_below, tell_signers

# Blocks between the words of a paper and the end of its signature.
LONGEST = 25
_DASHED = re.compile(r"[-–]\s")
LONGEST_POST = 80  # signs
# What is kept where goes on in short words; longer ones below it are no part of it.
LONGEST_KEPT = 25
LONGEST_SIGNATURE = 16  # filled lines of a table
# A ruled table that has more is a list.
MOST_ROWS, MOST_COLUMNS = 8, 3


@dataclass
class _Sides:
    """The lines of Nơi nhận and those of the signature, and where the end of the paper ends."""

    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    begin: int = 0
    end: int = 0


def read_closing(blocks: list[Block], facts: Facts) -> tuple[list[Block], list[Block]]:
    """Put what closes a paper into ``facts``; gives (the blocks before it, those behind: appendices)."""
    places = [place for place, block in enumerate(blocks) if _receives(block)]
    best = next((sides for sides in (_sides(blocks, place) for place in places) if _signs(sides)), None)
    if best is None and places:
        best = _sides(blocks, places[0])
    if best is None:
        best = _signed_only(blocks)
    if best is None:
        return blocks, []
    if not best.right:
        _signature_near(blocks, best)
    elif not any(marks.POST.match(line.text) for line in best.right):
        _post_above(blocks, best)
    table = blocks[best.begin] if best.begin < len(blocks) else None
    tell_signers(table if isinstance(table, Table) else None, best.right, facts)
    _tell_recipients(best.left, facts)
    return blocks[: best.begin], tell_name_below(blocks[best.end :], facts)


def _receives(block) -> bool:
    """Whether a block begins Nơi nhận: the words alone on a line, or in a table that is no list."""
    if isinstance(block, Table) and block.is_ruled and (len(block.rows) > MOST_ROWS or _wide(block) > MOST_COLUMNS):
        return False
    lines = [block] if isinstance(block, Line) else block.lines
    if any(map(_is_behind, lines)):
        return False
    return any(
        _is_label(part) for line in lines if marks.RECIPIENTS.match(line.text) for part in marks.columns(line)[:1]
    )


def _wide(table) -> int:
    """Over how many columns the words of a table go."""
    return max((sum(any(line.text for line in cell) for cell in row) for row in table.grid), default=0)


def _is_label(text) -> bool:
    found = marks.RECIPIENTS.match(text)
    behind = text[found.end() :] if found else ""
    return bool(found) and (not behind or marks.DASH.match(behind) is not None or behind.isupper())


def _signs(sides) -> bool:
    """Whether there is a post or a name, or what is kept where: a quotation of the words has neither."""
    return any(marks.KEPT.match(marks.DASH.sub("", line.text)) for line in sides.left) or any(
        marks.POST.match(line.text) for line in sides.right
    )


def _sides(blocks, place) -> _Sides:
    block = blocks[place]
    sides = _Sides(begin=place, end=place + 1)
    if isinstance(block, Table):
        _sides_of_table(block, sides)
        # What is kept may stand in a line below the table.
        return sides
    _sides_of_lines(blocks, sides)
    return sides


def _sides_of_table(block, sides):
    """The cell that names receivers in each row is the left side."""
    for row in block.rows:
        cells = [cell.lines for cell in row if any(line.text for line in cell.lines)]
        mine = next((cell for cell in cells if any(_is_of_receivers(line) for line in cell)), None)
        for cell in cells:
            (sides.left if cell is mine else sides.right).extend(cell)
    if not any(line.text for line in sides.right):
        sides.left, sides.right = _cut(sides.left)


def _is_of_receivers(line) -> bool:
    text = line.text
    return bool(marks.RECIPIENTS.match(text) or _DASHED.match(text) or marks.KEPT.match(text))


def _cut(lines) -> tuple[list[Line], list[Line]]:
    """Receivers and a signature that stand in one cell."""
    cut = next(
        (at for at, line in enumerate(lines) if at and line.text.isupper() and marks.POST.match(line.text)), len(lines)
    )
    return lines[:cut], lines[cut:]


def _sides_of_lines(blocks, sides):
    """Two columns that are lines with tabs or many spaces between."""
    while sides.end <= len(blocks):
        line = blocks[sides.end - 1]
        if not isinstance(line, Line) or sides.end - sides.begin > LONGEST or _is_behind(line):
            sides.end -= 1
            break
        _share(line, sides)
        if sides.end == len(blocks):
            break
        sides.end += 1
    if not any(line.text for line in sides.right):
        kept = next((at for at, line in enumerate(sides.left) if _is_kept(line)), None)
        if kept is not None and not any(marks.POST.match(line.text) for line in sides.left[kept + 1 :]):
            sides.end -= len(sides.left) - kept - 1
            sides.left = sides.left[: kept + 1]
        sides.left, sides.right = _cut(sides.left)


def _is_behind(line) -> bool:
    """Whether an appendix, or a form under a letterhead of its own, begins here."""
    return bool(marks.APPENDIX.match(line.text) or marks.COUNTRY.search(line.text))


def _is_kept(line) -> bool:
    return bool(marks.KEPT.match(marks.DASH.sub("", line.text)))


def _share(line, sides):
    """The parts of a line, each to its side; they stand for the line itself."""
    parts = marks.columns(line)
    if len(parts) < 2:
        is_right = line.align in ("right", "center") or (marks.is_set_right(line) and len(line.text) < LONGEST_POST)
        is_right = is_right and not _is_of_receivers(line) and bool(line.text)
        (sides.right if is_right else sides.left).append(line)
        return
    for part in parts:
        piece = Line([Run(part, line.is_bold, line.is_italic)])
        is_left = part[0] in "-–" or marks.KEPT.match(part) or marks.RECIPIENTS.match(part)
        (sides.left if is_left else sides.right).append(piece)


def _signature_near(blocks, sides):
    """A signature that stands above Nơi nhận, or below it."""
    for at in range(sides.begin - 1, max(-1, sides.begin - 12), -1):
        block = blocks[at]
        if _is_signature(block):
            sides.begin, sides.right = at, block.lines
            return
        if isinstance(block, Table) or (block.text and not _may_sign(block)):
            break
    _signature_above(blocks, sides)
    if not sides.right:
        _signature_below(blocks, sides)


def _post_above(blocks, sides):
    """The post of a name that stands beside Nơi nhận, on lines above it."""
    names, sides.right = sides.right, []
    _signature_above(blocks, sides)
    sides.right = [*sides.right, *names]


def _is_signature(block) -> bool:
    """Whether a table holds nothing but posts and names."""
    if not isinstance(block, Table) or block.is_ruled:
        return False
    lines = [line for line in block.lines if line.text]
    has_post = any(marks.POST.match(line.text) and line.text.isupper() for line in lines)
    return has_post and len(lines) <= LONGEST_SIGNATURE and all(len(line.text) < LONGEST_POST for line in lines)


def _signature_below(blocks, sides):
    """A table, or lines the first of which is a post."""
    at = sides.end
    while at < len(blocks) and isinstance(blocks[at], Line) and not blocks[at].text:
        at += 1
    if at < len(blocks) and _is_signature(blocks[at]):
        sides.right, sides.end = blocks[at].lines, at + 1
        return
    first = blocks[at] if at < len(blocks) else None
    if not isinstance(first, Line) or not (first.text.isupper() and marks.POST.match(first.text)):
        return
    end = at
    while end < len(blocks) and isinstance(blocks[end], Line) and (not blocks[end].text or _may_sign(blocks[end])):
        end += 1
    sides.right, sides.end = blocks[at:end], end


def _signature_above(blocks, sides):
    """Lines above, the highest of which is a post."""
    at = sides.begin - 1
    while (
        at >= 0
        and isinstance(blocks[at], Line)
        and sides.begin - at < 14
        and (not blocks[at].text or _may_sign(blocks[at]))
    ):
        at -= 1
    lines = [block for block in blocks[at + 1 : sides.begin] if isinstance(block, Line)]
    first = next(
        (number for number, line in enumerate(lines) if marks.ACTS_FOR.match(line.text) or _is_post(line.text)), None
    )
    if first is not None:
        sides.begin, sides.right = at + 1 + first, lines[first:]


def _is_post(text) -> bool:
    return text.isupper() and bool(marks.POST.match(text))


def _may_sign(line) -> bool:
    """Whether a line may be part of a signature: short, in the middle, at the right or in columns, no sentence."""
    return (
        len(line.text) < LONGEST_POST
        and (line.align in ("center", "right") or line.is_bold or len(marks.columns(line)) > 1)
        and not line.text.endswith((".", ";", ":"))
    )


def _signed_only(blocks) -> _Sides | None:
    """A paper without Nơi nhận: a table without rules near its end, or lines, with a post and a name."""
    for place in range(len(blocks) - 1, max(-1, len(blocks) - 12), -1):
        if _is_signature(blocks[place]):
            return _Sides([], blocks[place].lines, place, place + 1)
    sides = _Sides(begin=len(blocks), end=len(blocks))
    _signature_above(blocks, sides)
    return sides if sides.right else None


def _tell_recipients(lines, facts):
    """Each receiver, and what is kept where; a line without a dash goes on with the one above, unless none has a dash."""
    rows: list[str] = []
    said = [(line, marks.flat(marks.RECIPIENTS.sub("", line.text))) for line in lines]
    is_plain = not any(marks.DASH.match(text) or ";" in text or line.label for line, text in said)
    for line, text in said:
        if rows and marks.KEPT.match(rows[-1]) and _is_other(text):
            continue
        for part in re.split(r"(?<=;)\s*[-–]\s*", text):
            _take_receiver(part.strip(), is_plain or bool(line.label), rows)
        facts.use(line)
    kept = [row for row in rows if marks.KEPT.match(row)]
    facts.recipients += [row.strip(" ;.,") for row in rows if row not in kept and row.strip(" ;.,/")]
    if kept:
        facts.archive = ", ".join(marks.KEPT.sub("", row).strip(" ;./,") for row in kept)


def _is_other(text) -> bool:
    """Whether a line below what is kept tells of something else: who is asked, where papers are downloaded."""
    return len(text) > LONGEST_KEPT and text[:1].isupper() and not marks.KEPT.match(text)


def _take_receiver(part, is_one, rows):
    if not part or marks.RULE.match(part):
        return
    words = marks.DASH.sub("", part)
    begins = marks.DASH.match(part) or marks.KEPT.match(part) or is_one or not rows
    if begins or rows[-1].rstrip().endswith((";", ".")):
        rows.append(words)
    else:
        rows[-1] += f" {words}"
