"""From the blocks of a Word file to a paper, and to all that did not go into it."""

from dataclasses import dataclass, field

from ...source.paper import Appendix, Paper, Signature
from ...source.source import CIRCULATIONS
from ...source.types import BUILT_IN
from . import marks
from .appendices import read_appendices
from .closing import read_closing
from .facts import Facts
from .head import read_head
from .leftovers import left_over
from .opening import read_opening, tidy_subject
from .pieces import Block, Line, Run, Table, lines_of
from .spelled import is_accented
from .texts import Text

# Signs: a Vietnamese text of as many has an accent.
MANY = 200


@dataclass
class Recognised:
    """A paper as far as it was recognised, which of its fields the file has, and the lines that stand nowhere in it."""

    paper: Paper
    fields: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def recognise(blocks: list[Block], types=BUILT_IN, lies=(), margins=()) -> Recognised:
    """The paper in ``blocks``. ``types`` ({abbreviation: facts}) are those that a title may name; ``lies`` says of each section
    whether its sheets lie; ``margins`` are the words of headers and footers.
    """
    facts, kinds = Facts(), marks.kinds_of(types)
    facts.is_unaccented = is_without_accents(blocks)
    rest, behind = read_closing(blocks, facts)
    rest = read_head(rest, facts, kinds)
    body = read_opening(rest, facts, kinds)
    tidy_subject(facts)
    issued = {code for code, known in types.items() if known.form == "named"}
    parts = read_appendices(behind, facts, kinds, issued)
    facts.use_blocks(body)
    for part in parts:
        facts.use_blocks(part.blocks)
    _find_stamp(blocks, margins, facts)
    paper = Paper(
        type=facts.type,
        issuer=tuple(facts.issuer),
        superior=tuple(facts.superior),
        number=facts.number,
        symbol=facts.symbol,
        place=facts.place,
        date=facts.date,
        subject=facts.subject,
        urgency=facts.urgency,
        circulation=facts.circulation,
        authority_line=facts.authority_line,
        bases=tuple(facts.bases),
        to=tuple(name for name in facts.to if name),
        recipients=tuple(facts.recipients),
        archive=facts.archive,
        signature=Signature(tuple(facts.capacity), facts.signer),
        second_signature=Signature(tuple(facts.second_capacity), facts.second_signer) if facts.second_signer else None,
        contact=_contact(margins),
        body=Text().body(_without_end_mark(body)),
        appendices=tuple(_appendix(part, types, lies) for part in parts),
    )
    left = left_over(blocks, facts, paper)
    left += [words for words in margins if words not in (paper.contact, paper.circulation)]
    words = [*body, *(block for part in parts for block in part.blocks)]
    return Recognised(paper, _fields(paper, facts), left, _notes(facts, words))


def is_without_accents(blocks) -> bool:
    """Whether many words stand here and none has an accent."""
    words = " ".join(line.text for line in lines_of(blocks))
    return len(words) > MANY and not is_accented(words)


def _find_stamp(blocks, margins, facts):
    """How far a paper may go, wherever it was stamped."""
    facts.circulation = facts.circulation or next((text for text in margins if text in CIRCULATIONS), "")
    for line in lines_of(blocks):
        if id(line) not in facts.used and line.text.strip("[]() .") in CIRCULATIONS and not facts.circulation:
            facts.circulation = line.text.strip("[]() .")
            facts.use(line)


def _appendix(part, types, lies) -> Appendix:
    section = next((block.section for block in part.blocks), 0)
    is_turned = section < len(lies) and lies[section]
    title = " ".join(part.title) or ("Phụ lục" if not part.type else types[part.type].name)
    return Appendix(title, Text().body(part.blocks), "landscape" if is_turned else "portrait", part.type)


def _contact(margins) -> str:
    """The address line at the foot of page 1."""
    words = ("điện thoại", "địa chỉ", "email", "e-mail", "website", "fax", "đt:", "trang thông tin")
    return next((text for text in margins if any(word in text.lower() for word in words) and len(text) <= 300), "")


def _without_end_mark(body) -> list[Block]:
    """The words without the stroke of ``./.`` behind the last, which the program prints; the stop of the sentence stays."""
    last = next((at for at in range(len(body) - 1, -1, -1) if not isinstance(body[at], Line) or body[at].text), None)
    if last is None or not isinstance(body[last], Line) or not marks.END_MARK.search(body[last].text):
        return body
    line, runs, cut = body[last], [], 0
    found = marks.END_MARK.search("".join(run.text for run in line.runs).rstrip())
    kept = found.start() + len(found[1]) if found else len(line.text)
    for run in line.runs:
        runs.append(Run(run.text[: max(0, kept - cut)], run.bold, run.italic, run.note))
        cut += len(run.text)
    mended = Line(runs, line.align, line.outline, line.label, line.is_label_bold, line.style, line.section)
    return [*body[:last], mended, *body[last + 1 :]]


def _is_wide(table) -> bool:
    """Whether a table has words in more than one column."""
    return any(sum(any(line.text for line in cell) for cell in row) > 1 for row in table.grid)


def _fields(paper, facts) -> set[str]:
    """The names of fields that the file has, as ``Paper`` calls them."""
    found = {
        name for name, value in vars(paper).items() if value and name not in ("signature", "second_signature", "date")
    }
    found |= {"date"} if paper.date.year else set()
    found |= {"capacity"} if paper.signature.capacity else set()
    found |= {"signer_name"} if paper.signature.name else set()
    return found | ({"second_signature"} if paper.second_signature else set())


def _notes(facts, blocks) -> list[str]:
    notes = []
    if facts.more_signers:
        rest = "; ".join(f"«{signer}»" for signer in facts.more_signers)
        notes.append(f"Dự thảo giữ nhiều nhất hai người ký có họ tên. Chữ ký chưa đưa vào: {rest}.")
    if facts.is_unaccented:
        notes.append("Văn bản gõ không dấu. Chữ được giữ như trong tệp; hãy gõ lại cho có dấu.")
    if not facts.has_head:
        notes.append(
            "Không thấy phần đầu văn bản (Quốc hiệu, tên cơ quan, số, địa danh) như Nghị định 30/2020/NĐ-CP quy định."
        )
    if facts.is_draft:
        notes.append("Tệp có dòng «Dự thảo»; chương trình tự ghi trạng thái dự thảo, không in dòng này.")
    plain = [table for table in blocks if isinstance(table, Table) and not table.is_ruled and _is_wide(table)]
    if plain:
        notes.append(f"{len(plain)} bảng không kẻ khung trong Word; dự thảo in thành bảng có khung. Hãy xem lại.")
    return notes
