"""What every part of the ruler needs: the source read again by simpler means, and how to tell a finding."""

import re
from dataclasses import dataclass, field

from documents.form import rules as law

from ..pages import MM, RAISED_FIGURES, Pdf

NEAR = 1.0  # points: a third of a millimetre
MARK = re.compile(r"\[\^([^\]]+)\]")
DEFINITION = re.compile(r"^\[\^([^\]]+)\]: (.+)$", re.M)
RAISED = str.maketrans("0123456789", RAISED_FIGURES)


@dataclass
class Paragraph:
    """One block of a body as it must be printed."""

    kind: str  # text, section, clause, article, part or table
    words: str
    notes: list = field(default_factory=list)  # (mark, words) in order
    rows: list = field(default_factory=list)
    dressed: dict = field(default_factory=dict)  # how many letters are bold, how many italic


def read_body(text) -> list[Paragraph]:
    """The blocks of a body."""
    definitions = dict(DEFINITION.findall(text))
    blocks, count = [], 0
    for block in re.split(r"\n\s*\n", DEFINITION.sub("", text).strip()):
        notes = []
        block, count = numbered(block.strip(), definitions, notes, count)
        if block.startswith("|"):
            rows = [[plain(cell) for cell in row.strip().strip("|").split("|")] for row in block.split("\n")]
            blocks.append(Paragraph("table", "", notes, [rows[0], *rows[2:]]))
        else:
            blocks.append(_paragraph(block, notes, blocks))
    return blocks


def _paragraph(block, notes, before):
    kind = {"#": "section", "##": "clause", "###": "article"}.get(block.split(" ")[0], "text")
    words = block.split(" ", 1)[1] if kind != "text" else block
    after_part = before and before[-1].kind == "part" and not before[-1].words.isupper()
    if kind == "section" and (re.match(r"(Phần|Chương|Mục) ", words) or after_part):
        kind = "part"
    bold, italic = (re.findall(rf"(?<!\*)\*{{{n}}}([^*]+)\*{{{n}}}(?!\*)", words) for n in (2, 1))
    counts = {
        name: len(re.sub(r"\s|[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", "".join(parts)))
        for name, parts in (("bold", bold), ("italic", italic))
    }
    return Paragraph(kind, plain(words), notes, dressed=counts)


def numbered(text, definitions, notes, count):
    """``text`` with its notes' numbers raised, and how many there are by now; ``notes`` takes (mark, words)."""
    for label in MARK.findall(text):
        count += 1
        notes.append((str(count).translate(RAISED), plain(definitions[label])))
        text = text.replace(f"[^{label}]", notes[-1][0], 1)
    return text, count


def plain(text) -> str:
    """Without marks of emphasis."""
    return " ".join(re.sub(r"\*+", "", text).split())


class Ruler:
    """One PDF, one paper, its findings."""

    def __init__(self, data, paper, facts, today):
        self.pdf, self.paper, self.facts = Pdf(data), paper, facts
        self.rules = law.in_force(paper.date.for_rules(today))
        self.today = today
        self.findings = []
        self.body = read_body(paper.body)
        self.left, self.right = self.edges(upright=True)
        self.middle = (self.left + self.right) / 2
        self.first = self.pdf.pages[0]
        starts = self.appendix_pages()
        self.last_page = starts[0] - 1 if starts and starts[0] else self.pdf.pages[-1].number

    def edges(self, *, upright):
        """Where lines begin and end on a sheet, upright or on its side."""
        width = self.rules.paper[0 if upright else 1]
        return self.rules.margin_left.used * MM, (width - self.rules.margin_right.used) * MM

    def labels(self):
        """The label of each appendix."""
        roman = ["I", "II", "III", "IV", "V", "VI"]
        several = len(self.paper.appendices) > 1
        return [f"Phụ lục {roman[n]}" if several else "Phụ lục" for n in range(len(self.paper.appendices))]

    def appendix_pages(self):
        """The page on which each appendix begins; 0 for one that is not there."""
        pages, after = [], None
        for label, row in zip(self.labels(), self.paper.appendices, strict=True):
            after = self.find(label + row.title.upper(), after)
            pages.append(after.pages[0] if after else 0)
        return pages

    def inside(self, page):
        """The lines of a page but for its number."""
        return [line for line in page.lines if not self.is_page_number(line, page)]

    @staticmethod
    def is_page_number(line, page):
        """A figure alone in the margin above or below."""
        return line.text.strip().isdigit() and not 20 * MM < line.baseline < page.height - 20 * MM

    def find(self, text, after=None):
        """Where ``text`` stands in what runs on from page to page."""
        return self.pdf.flow.find(text, after)

    def say(self, code, good, told=""):
        if not good:
            self.findings.append(f"{code}: {told}")

    def seek(self, code, text, after=None):
        """Where ``text`` stands; a finding if nowhere."""
        found = self.find(text, after)
        self.say(code, found, f"not found: {text[:60]}")
        return found

    def dressed(self, code, found, size, style):
        """Size within the law's range, and one style."""
        for line in found.lines:
            fits = all(size.low - 0.01 <= written <= size.high + 0.01 for written in line.sizes)
            self.say(f"{code}-size", fits, f"{line.sizes}: {line.text[:40]}")
            self.say(f"{code}-style", line.styles == {style}, f"{line.styles}: {line.text[:40]}")

    def centred(self, code, found, middle, near=2):
        for line in found.lines:
            self.say(code, abs(line.centre - middle) < near, f"{line.centre - middle:.1f} pt off: {line.text[:40]}")

    def ruled(self, code, found, low, high):
        """A rule below the last line, centred; its length as shares of the widest line."""
        line, widest = found.lines[-1], max(line.width for line in found.lines)
        rule = self.pdf.pages[line.page - 1].rule_below(line)
        self.say(f"{code}-rule", rule, "no rule below")
        if rule:
            share = (rule[1] - rule[0]) / widest
            self.say(f"{code}-rule", low - 0.02 <= share <= high + 0.02, f"{share:.2f} of the text")
            self.say(f"{code}-rule", abs((rule[0] + rule[1]) / 2 - line.centre) < 2, "not centred")
