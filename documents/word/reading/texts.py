"""Lines and tables as the body of a source (``documents.source.markdown``): what is read back is what stood in the file."""

import re

from units.text import clean_words

from ...source import markdown
from . import marks
from .grids import grid, mend
from .pieces import Block, Line, Run, Table

# Signs that may mean something in a source.
_MEANT = re.compile(r"[\\*\[\]#|{}<]")
_SPACES = re.compile(r"[^\S\u00a0]+")
_SECTION = re.compile(r"^(?:Chương|Phần|Mục) [IVXLC\d]+|^[IVXLC]+ ?[.\-–)/] |^[A-Z]\. ", re.IGNORECASE)
_CLAUSE = re.compile(r"^\d+(?:\.\d+)*[.)/]? ")
LONGEST_TITLE = 300
_NOTE = "\ue000{}\ue001"
_NOTED = re.compile("\ue000(\\d+)\ue001")


class Text:
    """Writes one body: its notes are numbered in the order in which they are cited."""

    def __init__(self):
        self.notes: list[str] = []
        self.numbers: dict[int, int] = {}

    def body(self, blocks: list[Block]) -> str:
        """The source of ``blocks``, with the notes at its end."""
        parts = [self._table(block) if isinstance(block, Table) else self._paragraph(block) for block in blocks]
        text = "\n\n".join(filter(None, parts))
        notes = "\n".join(f"[^{number}]: {words}" for number, words in enumerate(self.notes, start=1))
        return f"{text}\n\n{notes}" if notes else text

    def _paragraph(self, line) -> str:
        text = line.text
        if (not text and not line.notes) or marks.RULE.match(text or "x"):
            return ""
        title = _title(line)
        return f"{title}{self.inline(line, bold=False)}" if title else self.inline(line)

    def inline(self, line: Line, bold=True, is_cell=False) -> str:
        """The words of a line with their marks; without those of a look where the words would come out otherwise."""
        pieces = self._pieces(line, bold)
        marked, plain = _marked(pieces, is_cell), _plain(pieces)
        if _MEANT.search(marked) and not _reads(marked, plain, is_cell):
            marked = _marked([Run(run.text) for run in pieces], is_cell)
            if not _reads(marked, plain, is_cell):
                marked = _NOTED.sub(r"\\\g<0>", markdown.said(plain)).replace("\\\ue000", "\ue000")
        return _NOTED.sub(r"[^\1]", marked)

    def _pieces(self, line, bold) -> list[Run]:
        """Runs of one look each; a note is a sign of its own, kept through all marks."""
        found = [Run(line.label, bold and line.is_label_bold)] if line.label else []
        for run in line.runs:
            if run.note is not None:
                found.append(Run(_NOTE.format(self._number(run.note))))
                continue
            words = _SPACES.sub(" ", clean_words(run.text))
            look = (run.bold and bold, run.italic)
            if (
                found
                and (not words.strip() or (found[-1].bold, found[-1].italic) == look)
                and not _NOTED.search(found[-1].text)
            ):
                found[-1].text += words
            elif words:
                found.append(Run(words, *look))
        return found

    def _number(self, note) -> int:
        """The number of a note, written when it is cited first."""
        if id(note) not in self.numbers:
            self.notes.append("")
            self.numbers[id(note)] = number = len(self.notes)
            self.notes[number - 1] = "\n\n    ".join(filter(None, map(self.inline, note))) or "…"
        return self.numbers[id(note)]

    def _table(self, table) -> str:
        """A ruled table; what has one column is paragraphs."""
        rows = grid(table)
        if not rows:
            return ""
        if len(rows[0].cells) == 1:
            return "\n\n".join(filter(None, (self._paragraph(line) for line in table.lines)))
        heads = _heads(table, rows)
        mend(rows, 0, heads)
        written = [self._row(row, number < heads) for number, row in enumerate(rows)]
        rule = _rule(table, rows)
        head = [written[0], rule, *written[1:heads], *([rule] if heads > 1 else [])]
        return "\n".join([*head, *written[heads:]])

    def _row(self, row, is_head) -> str:
        cells = []
        for cell in row.cells:
            words = cell.sign or " ".join(
                filter(None, (self.inline(line, bold=not is_head, is_cell=True) for line in cell.lines))
            )
            cells.append(f"\\{words}" if not cell.sign and words in ("<", "^") else words)
        return f"| {' | '.join(cells)} |"


def _title(line) -> str:
    """The mark of a title, where a bold line, or one that Word has as a title, is numbered as titles are."""
    text = line.text
    if not (line.is_bold or (line.outline is not None and line.style)) or len(text) > LONGEST_TITLE:
        return ""
    if marks.ARTICLE.match(text):
        return "### "
    if _SECTION.match(text) or (
        text.isupper() and len(text) < 150 and any(map(str.isalpha, text)) and not _CLAUSE.match(text)
    ):
        return "# "
    return "## " if _CLAUSE.match(text) else ""


def _heads(table, rows) -> int:
    """How many rows are head: those that Word repeats; else as deep as the joined cells of the first row go."""
    if table.heads:
        return min(table.heads, max(1, len(rows) - 1))
    deep = max((_deep(rows, at) for at in range(len(rows[0].cells))), default=1)
    if deep == 1 and any(cell.sign == "<" for cell in rows[0].cells) and len(rows) > 2 and rows[1].is_bold:
        deep = 2
    return deep if deep < len(rows) and deep <= 4 else 1


def _deep(rows, at) -> int:
    deep = 1
    while deep < len(rows) and rows[deep].cells[at].sign == "^":
        deep += 1
    return deep


def _rule(table, rows) -> str:
    """The line below the head: alignment of each column; dashes in proportion where Word gives widths."""
    count = len(rows[0].cells)
    widths = table.widths if len(table.widths) == count and all(table.widths) else []
    # Three dashes for the narrowest; so many together, or for each of many columns, are enough for any proportion.
    parts = max(60, 6 * count)
    dashes = [max(3, round(parts * width / sum(widths))) for width in widths] if widths else [3] * count
    if widths and max(widths) - min(widths) < min(0.02, 0.1 / count) * sum(widths):
        dashes = [3] * count
    return "|" + "|".join(_aligned(dash, _side(rows, at)) for at, dash in enumerate(dashes)) + "|"


def _aligned(dashes, side) -> str:
    left, right = {"center": (":", ":"), "right": ("", ":")}.get(side, ("", ""))
    return f"{left}{'-' * dashes}{right}"


def _side(rows, at) -> str:
    """How most cells of a column below the head stand."""
    sides = [line.align for row in rows[1:] for line in row.cells[at].lines if line.text]
    return (
        max(("center", "right"), key=sides.count) if 2 * max(map(sides.count, ("center", "right"))) > len(sides) else ""
    )


def _marked(pieces, is_cell) -> str:
    out = ""
    for run in pieces:
        if _NOTED.search(run.text):
            out += run.text
            continue
        words = run.text.strip(" ")
        sign = "**" * run.bold + "*" * run.italic
        lead, trail = run.text[: len(run.text) - len(run.text.lstrip(" "))], run.text[len(run.text.rstrip(" ")) :]
        out += f"{lead}{sign}{_escaped(words, is_cell)}{sign[::-1]}{trail}" if words else run.text
    out = re.sub(r" {2,}", " ", out).strip()
    return re.sub(r"^(#{1,3} )", r"\\\1", out)


def _plain(pieces) -> str:
    return re.sub(r" {2,}", " ", "".join(run.text for run in pieces)).strip()


def _escaped(text, is_cell) -> str:
    """Words in which nothing means anything but a blank to fill in (``[ghi sau]``)."""
    if not _MEANT.search(text):
        return text
    text = re.sub(r"\\(?=[\\*\[\]#|{}<])", r"\\\\", text)
    text = text.replace("*", "\\*").replace("[^", "\\[^").replace("{{cite:", "\\{{cite:").replace("](", "\\](")
    text = re.sub(r"\]:", r"\\]:", text)
    text = re.sub(r"<(?=[A-Za-z][\w+.-]+:|[^\s<>@]+@)", r"\\<", text)
    return text.replace("|", "\\|") if is_cell else text


def _reads(marked, plain, is_cell) -> bool:
    """Whether the parser of sources reads ``marked`` as the words ``plain``."""
    text = f"| {marked} | x |\n|---|---|" if is_cell else marked
    tokens = markdown.parse(text)
    first = next((token for token in tokens if token.type == "inline"), None)
    kinds = {token.type for token in tokens}
    if first is None or (not is_cell and not kinds <= {"paragraph_open", "inline", "paragraph_close"}):
        return not plain
    return "".join(child.content for child in first.children) == plain
