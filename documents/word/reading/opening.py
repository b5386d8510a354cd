"""What stands between the head and the words: type and subject, addressees, authority, legal bases (NĐ 30/2020, Phụ lục I)."""

import re

from ...source.typed import subject_alone
from . import marks
from .facts import Facts
from .pieces import Block, Line, Table, lines_of
from .spelled import is_accented

# A title stands among the first blocks behind the head; what forbids a paper to be circulated may stand before it.
LONGEST = 14
LONGEST_SUBJECT = 12  # lines
LONGEST_LINE = 300  # signs
LONGEST_ASIDE = 150
MOST_BASES = 120
_DECIDES = ("QĐ", "NQ", "NĐ")


def read_opening(blocks: list[Block], facts: Facts, kinds) -> list[Block]:
    """Put what opens a paper into ``facts``; gives the blocks of its words."""
    rest = _titled(_without_stamps(blocks, facts), facts, kinds)
    rest = _addressed(rest, facts)
    facts.type = facts.type or _type_by_symbol(facts, kinds)
    if facts.type in _DECIDES:
        rest = _based(rest, facts)
    elif facts.type and facts.type != "CV":
        rest = _based_on(rest, facts)
    return rest


def _type_by_symbol(facts, kinds) -> str:
    """Without a title: the type that a symbol begins with; a letter where there is a number or an addressee."""
    begins = re.split(r"[-/]", facts.symbol.rpartition("/")[2] if facts.symbol[:4].isdecimal() else facts.symbol)[0]
    found = next((code for code in kinds.values() if code.upper() == begins.upper()), "")
    return found or ("CV" if facts.to or facts.symbol else "")


def _titled(blocks, facts, kinds) -> list[Block]:
    """Type and subject of a paper with a title."""
    for place, block in enumerate(blocks[:LONGEST]):
        if isinstance(block, Line) and (marks.CHAPTER.match(block.text) or marks.ARTICLE.match(block.text)):
            break
        found = marks.kind_in(block, kinds)
        is_about = facts.type == "CV" and bool(facts.subject)
        if not found or (is_about and found[0] != _type_by_symbol(facts, kinds)):
            continue
        facts.type, words = found
        facts.use(block)
        if is_about:
            # Its subject stands below the number, as that of a letter does.
            return [*blocks[:place], *blocks[place + 1 :]]
        subject, end = _subject(blocks, place + 1, [words] if words else [], facts.type)
        if subject:
            facts.subject = subject
        facts.use_blocks(blocks[place:end])
        return [*blocks[:place], *blocks[end:]]
    return blocks


def _subject(blocks, place, words, kind) -> tuple[str, int]:
    """(the subject that begins at ``place``, where it ends): lines in the middle or bold, up to a rule or an empty line."""
    begin = place
    if not words and place < len(blocks) and _holds_subject(blocks[place]):
        return _joined(line.text for line in blocks[place].lines), place + 1
    while place < min(len(blocks), begin + LONGEST_SUBJECT) and isinstance(blocks[place], Line):
        line = blocks[place]
        if not line.text:
            if words:
                break
        elif marks.RULE.match(line.text):
            return _joined(words), place + 1
        elif _is_of_subject(line, words, kind):
            words.append(line.text)
        else:
            break
        place += 1
    return _joined(words), place


def _holds_subject(block) -> bool:
    """Whether a table without rules has one cell, with a few short lines."""
    if not isinstance(block, Table) or block.is_ruled or len(block.rows) > 1:
        return False
    cells = [cell for cell in block.rows[0] if any(line.text for line in cell.lines)]
    return (
        len(cells) == 1
        and len(cells[0].lines) <= LONGEST_SUBJECT
        and all(len(line.text) < LONGEST_LINE and not marks.TO.match(line.text) for line in cells[0].lines)
    )


def _is_of_subject(line, words, kind) -> bool:
    text = line.text
    if marks.TO.match(text) or marks.ARTICLE.match(text) or marks.CHAPTER.match(text) or marks.ATTACHED.match(text):
        return False
    is_basis = marks.BASIS.match(text) and not (line.is_bold and line.is_centred)
    if words and (is_basis or (kind in _DECIDES and _is_authority(line))):
        return False
    if (line.is_centred and not text.endswith(":")) or (line.is_bold and len(text) < 300):
        return not re.match(r"[IVX]+\.|\d+\.", text)
    return bool(marks.ABOUT.match(text)) or (
        not words and len(text) < 160 and not text.endswith((".", ";", ":")) and not line.label
    )


def _joined(words) -> str:
    return " ".join(" ".join(words).split()).strip(" .")


def _is_authority(line) -> bool:
    """Who decides, in capitals above the bases: ``CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH``."""
    text = line.text.strip(" ,:")
    return text.isupper() and len(text) < 120 and bool(marks.BODY.match(text) or marks.POST.match(text))


def _addressed(blocks, facts) -> list[Block]:
    """Kính gửi: one on its line, several below, each with a dash; or in a table."""
    for place, block in enumerate(blocks[:LONGEST]):
        if isinstance(block, Table):
            if any(marks.TO.match(line.text) for line in block.lines):
                facts.to += [name for line in block.lines for name in _names(marks.TO.sub("", line.text))]
                facts.use(*block.lines)
                return [*blocks[:place], *blocks[place + 1 :]]
        elif found := marks.TO.match(block.text):
            first = block.text[found.end() :].strip()
            facts.to += _names(first)
            facts.use(block)
            begin = _behind_aside(blocks, place + 1, facts)
            goes_on = not first or first.endswith(";") or marks.DASH.match(first) or _is_listed(blocks[begin:])
            end = _end_of_names(blocks, begin, facts) if goes_on else begin
            return [*blocks[:place], *blocks[end:]]
        elif facts.to and block.text and not _is_one_more(block, facts):
            break
    return blocks


def _behind_aside(blocks, place, facts) -> int:
    """Adds a line in brackets below an addressee to the name, or its address: «(qua Sở Nội vụ)»; where the next line is."""
    line = blocks[place] if facts.to and place < len(blocks) else None
    if not isinstance(line, Line) or len(line.text) > LONGEST_ASIDE or not marks.ASIDE.match(line.text):
        return place
    facts.to[-1] += f" ({line.text.strip(' ().;')})"
    facts.use(line)
    return place + 1


def _is_listed(blocks) -> bool:
    """Whether the line below the first addressee is one more, and no point of the text."""
    line = blocks[0] if blocks and isinstance(blocks[0], Line) else None
    return bool(line and marks.DASH.match(line.text) and line.text.endswith(";") and len(line.text) < 100)


def _end_of_names(blocks, place, facts) -> int:
    """Takes the lines of addressees from ``place`` on; where they end."""
    while place < len(blocks) and isinstance(blocks[place], Line):
        line = blocks[place]
        if line.text and not _is_one_more(line, facts):
            break
        facts.to += _names(line.text)
        facts.use(line)
        place = _behind_aside(blocks, place + 1, facts) if line.text else place + 1
        if facts.to and line.text.endswith((".", "./.")) and not line.text.endswith(" ."):
            break
    return place


def _is_one_more(line, facts) -> bool:
    """Whether a line below Kính gửi is one more addressee: a dash or «Đồng kính gửi» before it, or a short line while none
    was named.
    """
    if marks.DASH.match(line.text) or marks.TO.match(line.text):
        return len(line.text) < 300
    if marks.BASIS.match(line.text):
        return False
    if line.align == "both" and line.text[-1:] not in ";":
        return False
    return len(line.text) < 120 and (not facts.to or line.text.endswith(";"))


def _names(text) -> list[str]:
    """The addressees on a line; what goes on in small letters behind a semicolon is of the one before it."""
    parts = re.sub(
        r";\s*([-–+•]?)\s*(?=(\S))",
        lambda found: found[0] if not found[1] and found[2].islower() else "\n",
        marks.TO.sub("", text),
    ).split("\n")
    return [name for name in (marks.DASH.sub("", part).strip(" ;.,:") for part in parts) if name]


def _based(blocks, facts) -> list[Block]:
    """Authority and bases of a decision, up to the line ``QUYẾT ĐỊNH:``, which the program prints."""
    end = next((at for at, block in enumerate(blocks[:MOST_BASES]) if _resolves(block)), None)
    if end is None:
        end = _end_of_bases(blocks)
        behind = end
    else:
        behind = end + 1
    left = []
    for block in blocks[:end]:
        if isinstance(block, Line) and _take_basis(block, facts):
            facts.use(block)
        else:
            left.append(block)
    facts.use(*(block for block in blocks[end:behind] if isinstance(block, Line)))
    facts.bases = [basis for basis in (text.strip(" ;.,") for text in facts.bases) if basis]
    return [*left, *blocks[behind:]]


def _based_on(blocks, facts) -> list[Block]:
    """Bases of other papers: in italics before the first words, each with its mark."""
    filled = [block for block in blocks if not isinstance(block, Line) or block.text]
    bases = []
    for block in filled:
        if not (
            isinstance(block, Line) and block.is_italic and marks.BASIS.match(block.text) and block.text[-1] in ";,."
        ):
            break
        bases.append(block)
    facts.bases = [marks.DASH.sub("", line.text).strip(" ;.,") for line in bases]
    facts.use(*bases)
    taken = set(map(id, bases))
    return [block for block in blocks if id(block) not in taken]


def _resolves(block) -> bool:
    return isinstance(block, Line) and bool(marks.RESOLVED.match(marks.flat(block.text))) and len(block.text) < 40


def _end_of_bases(blocks) -> int:
    """Without that line: as long as lines are bases."""
    place = 0
    while place < len(blocks) and isinstance(blocks[place], Line):
        text = blocks[place].text
        if text and not (marks.BASIS.match(text) or _is_authority(blocks[place]) or text.endswith(";")):
            break
        place += 1
    return place


def _take_basis(line, facts) -> bool:
    """Whether a line above the decision is authority, a basis, or goes on with one."""
    text = line.text
    if not text or marks.RULE.match(text):
        return True
    if not facts.bases and _is_authority(line):
        facts.authority_line = f"{facts.authority_line} {text}".strip(" ,:")
        return True
    if marks.DRAFT.match(text) or marks.ATTACHED.match(text):
        return False
    words = marks.DASH.sub("", text)
    # A basis that a line break cut in two.
    if facts.bases and not facts.bases[-1].rstrip().endswith((";", ".", ",")) and not marks.BASIS.match(text):
        facts.bases[-1] += f" {words}"
    else:
        facts.bases.append(words)
    return True


def _without_stamps(blocks, facts) -> list[Block]:
    """The words without lines that the program prints itself: of a draft, of urgency; and without the rules drawn as signs."""
    left = []
    for place, block in enumerate(blocks):
        words = [line.text for line in lines_of([block]) if line.text]
        if place < LONGEST and words and all(_is_stamp(text, facts) for text in words):
            facts.use_blocks([block])
        else:
            left.append(block)
    return left


def _is_stamp(text, facts) -> bool:
    """Whether a line is a stamp; what it says goes into ``facts``."""
    if marks.DRAFT.match(text):
        facts.is_draft = True
        return True
    if urgency := marks.urgency(text):
        facts.urgency = facts.urgency or urgency
        return True
    return False


def tidy_subject(facts: Facts):
    """A subject without the words that the program prints before it."""
    subject = facts.subject if is_accented(facts.subject) else marks.ABOUT.sub("", facts.subject)
    # «(V/v khen thưởng)»: of the brackets only the second is left.
    if subject.endswith(")") and subject.count(")") > subject.count("("):
        subject = subject[:-1].rstrip()
    facts.subject = subject_alone(subject) if subject else ""
