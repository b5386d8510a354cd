"""What stands behind the signature: appendices, and papers that a decision issues (NĐ 30/2020, Phụ lục I, mục III.1; Mẫu 1.3)."""

from dataclasses import dataclass, field

from ...source.typed import subject_alone
from . import marks
from .facts import Facts
from .pieces import Block, Line, Table, lines_of

LONGEST_TITLE = 8  # lines
# Behind the title of what is issued stands soon what it is issued with.
SOON = 9


@dataclass
class Part:
    """One appendix: its title, the abbreviation of its type if it is a paper of its own, its blocks; how far it was read."""

    title: list[str] = field(default_factory=list)
    type: str = ""
    blocks: list[Block] = field(default_factory=list)
    is_opening: bool = True
    is_attaching: bool = False
    has_ended: bool = False
    is_appendix: bool = False
    is_form: bool = False
    # Forms that are numbered within it («Biểu mẫu 1» below «PHỤ LỤC») are its words.
    has_forms: bool = False


def read_appendices(blocks: list[Block], facts: Facts, kinds, issued) -> list[Part]:
    """The parts behind a paper, each with the blocks of its words. ``issued``: abbreviations of what a decision may issue."""
    parts: list[Part] = []
    for place, block in enumerate(blocks):
        titled = bool(parts) and parts[-1].is_appendix and parts[-1].is_opening
        if parts and _is_form_of(block, parts[-1]):
            parts[-1].is_opening = False
            parts[-1].blocks.append(block)
        elif _begins(blocks, place, kinds) and not (titled and not marks.APPENDIX.match(lines_of([block])[0].text)):
            _begin(block, parts, facts, kinds, issued)
        elif not _is_empty(block) or (parts and parts[-1].blocks):
            if not parts:
                parts.append(Part(is_opening=False))
            _go_on(block, parts[-1], facts)
    found = [part for part in parts if any(not _is_empty(block) for block in part.blocks) or part.title]
    for part in found:
        part.title = [subject_alone(marks.flat(" ".join(part.title)))] if part.title else []
    return found


def _begins(blocks, place, kinds) -> bool:
    """Whether a part begins here: ``Phụ lục``, or the title of a paper that is issued with this one."""
    block = blocks[place]
    if not isinstance(block, Line):
        return any(marks.COUNTRY.search(line.text) for line in block.lines)
    if (
        marks.APPENDIX.match(block.text)
        and len(block.text) < 160
        and (block.is_centred or block.is_bold or block.align == "right")
    ):
        return True
    behind = [each for each in blocks[place : place + SOON] if isinstance(each, Line)]
    return bool(marks.kind_in(block, kinds)) and any(marks.ATTACHED.match(line.text) for line in behind)


def _is_form_of(block, part) -> bool:
    """Whether a line numbers a form within an appendix, whose title it follows, or other forms."""
    if not isinstance(block, Line) or not marks.FORM.match(block.text):
        return False
    if part.is_appendix and part.title and not part.blocks and not part.is_form:
        part.has_forms = True
    return part.has_forms


def _begin(block, parts, facts, kinds, issued):
    """A new part; a letterhead and the title below it begin one together."""
    fresh = parts[-1] if parts and parts[-1].is_opening and not parts[-1].title and not parts[-1].blocks else None
    part = fresh or Part()
    if not fresh:
        parts.append(part)
    if isinstance(block, Table):
        # What a letterhead says beyond its fixed words is told, where the paper says it nowhere.
        return
    facts.use(block)
    if (found := marks.kind_in(block, kinds)) and found[0] in issued:
        part.type, rest = found
        part.title += [rest] if rest else []
        return
    if not marks.APPENDIX.match(block.text):
        part.title.append(block.text)
        return
    part.is_appendix, part.is_form = True, bool(marks.FORM.match(block.text))
    rest = block.text[marks.APPENDIX.match(block.text).end() :].strip(" :.-–")
    # «Phụ lục» is printed by the program, «Mẫu số 01» is not.
    title = marks.flat(block.text) if part.is_form else rest
    part.title += [title] if title else []


def _go_on(block, part, facts):
    """A line of the title, what the program prints below it, or the first words."""
    is_line = isinstance(block, Line)
    if part.is_opening and is_line:
        text = block.text
        if not text or marks.RULE.match(text) or _attached(text, part):
            # Below what it is attached to stands no more of a title that stood above.
            part.has_ended = part.has_ended or (marks.ATTACHED.match(text) is not None and bool(part.title))
            # What stands behind the brackets is no part of them, and is told.
            if not text.rpartition(")")[2].strip() or part.is_attaching:
                facts.use(block)
            return
        if (
            (block.is_centred or block.is_bold)
            and len(part.title) < LONGEST_TITLE
            and not part.has_ended
            and not marks.NUMBERED.match(text)
            and not marks.CHAPTER.match(text)
            and not marks.ARTICLE.match(text)
            and not marks.COUNTRY.search(text)
        ):
            facts.use(block)
            part.title.append(text)
            return
    part.is_opening = False
    part.blocks.append(block)


def _attached(text, part) -> bool:
    """``(Kèm theo Quyết định số … của …)``, on as many lines as it takes: the program prints it."""
    if not (part.is_attaching or marks.ATTACHED.match(text)):
        return False
    part.is_attaching = ")" not in text
    return True


def _is_empty(block) -> bool:
    return isinstance(block, Line) and not block.text
