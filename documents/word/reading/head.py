"""The head of a paper: who issues it, number, place and day, the subject of a letter (NĐ 30/2020, Phụ lục I, mục II.1–5).

In Word it is a table of two columns, or lines with tabs or many spaces between two columns. Each piece is known by what it says,
not by where it stands; only names and the subject, which may say anything, are known by what stands around them.
"""

import re
from dataclasses import dataclass
from dataclasses import field as field_

from ...source.paper import PartialDate
from ...source.source import CIRCULATIONS
from . import marks
from .facts import Facts
from .pieces import Block, Line, Run, Table, lines_of

# Blocks that a head may take: stamps and empty lines among them.
LONGEST = 30
LONGEST_NAME = 90  # signs of a line of a head
_YEAR = range(1945, 2101)


@dataclass
class _Piece:
    """Words in one place of the head: which side, which line they are of, whether a row of a table (and which)."""

    text: str
    line: Line
    is_right: bool = False
    row: int = -1


@dataclass
class _Names:
    """Lines at the left above the number, and how the subject of a letter goes on."""

    rows: list[_Piece] = field_(default_factory=list)
    subject: list[str] = field_(default_factory=list)
    is_about: bool = False
    is_to: bool = False


def read_head(blocks: list[Block], facts: Facts, kinds) -> list[Block]:
    """Put what the head says into ``facts``; gives the blocks behind it, stamps that stood before it among them."""
    end = _end_of_head(blocks, kinds)
    if not end:
        return blocks
    facts.has_head = True
    names = _Names()
    pieces = [piece for block in blocks[:end] for piece in _pieces(block)]
    left = [piece for piece in pieces if piece.text and not _is_taken(piece, facts, names)]
    _tell_names(names.rows, facts)
    facts.to = [name for name in facts.to if name]
    if names.subject:
        facts.subject = " ".join(names.subject).strip(" .")
        facts.type = facts.type or "CV"
    # What says more than it should is looked for again, and told.
    more = {id(piece.line) for piece in pieces if piece in left or _says_more(piece)}
    facts.use(*(piece.line for piece in pieces if id(piece.line) not in more))
    return [*_lines(left, pieces), *blocks[end:]]


def _is_taken(piece, facts, names) -> bool:
    return _fixed(piece, facts) or _fact(piece, facts, names) or _named(piece, facts, names)


def _says_more(piece) -> bool:
    """Whether something stands beside the words that every paper has, or a number that no register gives."""
    if marks.is_by_month(piece.text):
        return True
    begins = marks.COUNTRY.search(piece.text) or marks.MOTTO.match(piece.text)
    return bool(begins) and not marks.is_fixed(piece.text)


def _lines(left, pieces) -> list[Line]:
    """The lines of pieces that say something else; of a line that was read in part, the rest alone."""
    lines = [piece.line for piece in pieces]
    found = {}
    for piece in left:
        line = piece.line
        is_part = sum(each is line for each in lines) > 1
        rest = Line([Run(piece.text, line.is_bold, line.is_italic)], line.align) if is_part else line
        found[id(rest)] = rest
    return list(found.values())


def _end_of_head(blocks, kinds) -> int:
    """Behind the last block that belongs to the head; 0 where there is none."""
    end, is_about = 0, False
    for place, block in enumerate(blocks[:LONGEST]):
        if isinstance(block, Line) and (marks.kind_in(block, kinds) or marks.TO.match(block.text)):
            break
        pieces = list(_pieces(block))
        if any(map(_is_sign, pieces)):
            end, is_about = place + 1, isinstance(block, Line) and bool(marks.ABOUT.match(pieces[-1].text))
        elif _ends_head(block, pieces, is_about):
            break
        elif end == place and end and (is_about or not _says(block)):
            # A subject that goes on below its first line; a rule, an empty line.
            end, is_about = place + 1, is_about and _says(block)
    return end


def _says(block) -> bool:
    """Whether a block has words, and is not only a rule."""
    return any(line.text and not marks.RULE.match(line.text) for line in lines_of([block]))


def _ends_head(block, pieces, is_about) -> bool:
    """Whether a block without signs of a head is text, or names above a head that is still to come."""
    if isinstance(block, Table):
        return any(piece.text for piece in pieces) and block.is_ruled and len(block.lines) > 1
    if is_about and len(block.text) < LONGEST_NAME and block.align != "both":
        return False
    return any(_is_words(piece) for piece in pieces)


def _is_sign(piece) -> bool:
    """Whether only a head says this."""
    text = piece.text
    if piece.row < 0 and piece.line.align == "both" and len(text) > LONGEST_NAME:
        return False
    found = marks.COUNTRY.search(text) or marks.MOTTO.match(text) or marks.NUMBER.match(text) or marks.PLACE.match(text)
    return bool(found and len(text) < 2 * LONGEST_NAME) or bool(
        marks.ABOUT.match(text) and len(text) < 5 * LONGEST_NAME
    )


def _is_words(piece) -> bool:
    """Whether a line is text already: long, or a sentence."""
    return len(piece.text) > LONGEST_NAME or bool(marks.ARTICLE.match(piece.text)) or piece.text.endswith((";", ":"))


def _pieces(block):
    """What stands in a block, left before right."""
    if isinstance(block, Line):
        parts = marks.columns(block)
        for number, part in enumerate(parts or [""]):
            yield _Piece(marks.flat(part), block, number > 0 or (len(parts) == 1 and block.align == "right"))
        return
    for number, row in enumerate(block.rows):
        for place, cell in enumerate(row):
            is_right = place > 0 and place == len(row) - 1
            for line in cell.lines:
                yield from (_Piece(marks.flat(part), line, is_right, number) for part in marks.columns(line) or [""])


def _fixed(piece, facts) -> bool:
    """What every paper has, and marks that are facts by themselves."""
    text = piece.text
    if urgency := marks.urgency(text):
        facts.urgency = urgency
        return True
    if text.strip("[]() .") in CIRCULATIONS:
        facts.circulation = text.strip("[]() .")
        return True
    if marks.DRAFT.match(text):
        facts.is_draft = True
        return True
    is_empty = not any(map(str.isalnum, marks.NUMBER_LABEL.sub("", text)))
    return bool(is_empty or marks.COUNTRY.search(text) or marks.MOTTO.match(text))


def _fact(piece, facts, names) -> bool:
    """Number, place and day, the beginning of a subject, addressees within a head."""
    found = marks.NUMBER.match(piece.text)
    if found and not facts.symbol:
        facts.number = None if marks.is_by_month(piece.text) else marks.figures(found["number"])
        facts.symbol = _symbol(found)
        names.is_about = False
        rest = piece.text[found.end() :].strip()
        return not rest or _fact(_Piece(rest, piece.line, piece.is_right, piece.row), facts, names)
    if (found := marks.NUMBER_ALONE.match(piece.text)) and not facts.symbol and not facts.number:
        facts.number = int(found["number"])
        return True
    found = marks.PLACE.match(piece.text)
    if found and not facts.place and len(piece.text) < LONGEST_NAME:
        facts.place, facts.date = found["place"].strip(" .…"), _date(found)
        return True
    found = marks.ABOUT.match(piece.text) or (facts.symbol and piece.row >= 0 and marks.ABOUT_PLAIN.match(piece.text))
    if found and not names.subject and not piece.is_right:
        names.subject, names.is_about = [piece.text[found.end() :]], True
        return True
    found = marks.TO.match(piece.text)
    if found or (names.is_to and marks.DASH.match(piece.text)):
        name = piece.text[found.end() :] if found else piece.text
        facts.to += [marks.DASH.sub("", name).strip(" ;.,")]
        names.is_to, names.is_about = True, False
        return True
    return False


def _symbol(found) -> str:
    """``UBND-KGVX``, ``QĐ-UBND``, ``2020/NQ-HĐND``; of the Party ``NQ/TU``."""
    return re.sub(r"\s+", "", found["symbol"]).replace("–", "-").strip(".-/")


def _date(found) -> PartialDate:
    """As far as it is filled in: a year alone is none."""
    year, day, month = (marks.figures(text) for text in (found["year"], found["day"], found["month"] or found["other"]))
    if year not in _YEAR or not month or month > 12:
        return PartialDate()
    return PartialDate(year, month, day if day and day <= 31 else None)


def _named(piece, facts, names) -> bool:
    """The name of a body above the number, or a subject that goes on."""
    if piece.is_right or len(piece.text) > 3 * LONGEST_NAME:
        return False
    if names.is_about:
        names.subject.append(piece.text)
        return True
    if marks.NUMBER_LABEL.match(piece.text):
        return False
    if not facts.symbol and not names.subject and any(map(str.isalpha, piece.text)):
        names.rows.append(piece)
        return True
    return False


def _tell_names(rows, facts):
    """Who issues, and who stands above: bold or not; where all look alike, by how names of bodies begin."""
    groups = _groups([(piece.text, piece.line.is_bold) for piece in rows])
    if groups:
        facts.superior = [text for group in groups[:-1] for text in group]
        facts.issuer = groups[-1]


def _groups(rows) -> list[list[str]]:
    """The lines of each body, from above."""
    bold = [text for text, is_bold in rows if is_bold]
    plain = [text for text, is_bold in rows if not is_bold]
    # Plain above, bold below: as the decree has it.
    if bold and plain and [text for text, _ in rows] == [*plain, *bold]:
        return [plain, bold]
    groups: list[list[str]] = []
    for text, _ in rows:
        if groups and not _begins(text, groups[-1]):
            groups[-1].append(text)
        else:
            groups.append([text])
    return groups


def _begins(text, before) -> bool:
    """Whether a line begins the name of another body, rather than going on with the one above."""
    name = " ".join(before)
    if not marks.BODY.match(text) or name.endswith(("-", ",", "VÀ", "và", "–")):
        return False
    # «ỦY BAN NHÂN DÂN» alone, «HỘI ĐỒNG» alone are half a name.
    return not marks.HALF_A_NAME.fullmatch(name)
