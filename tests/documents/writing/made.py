"""Sources made by chance from signs that mean something: the same ones for the same seed."""

import random
import re

from documents.source import markdown
from documents.writing.reading import NotShown, document_of

PIECES = [
    "Căn cứ", "Quyết định", "số 50/BC-UBND", "[ghi sau]", "\\[in nguyên]", "**đậm**", "*nghiêng*", "***cả hai***",
    "**đậm *trong* đậm**", "*a **b** c*", "**Điều 1.**Tặng", "**a***b*", "{{cite:50/BC-UBND}}", "{{cite: 12/QĐ-TTg }}",
    "[^1]", "[^a]", "\\*", "\\", "\\\\", "a|b", "\\|", "<b>", "#", "# x", "**", "*", "5 * 3", "a*b", "…", "./.", "1.", "a)",
    "- ", "“x”", "_x_", "~", "đ)", "\u00a0", "&amp;", "http://a.vn", "]", "[", "{{", "}}", "(x)", "\\#", "\\{{cite:x}}",
    "ngày … tháng", "`m`", "!", "+", "=", "ộ", "\u0301", "<", "^", "\\<", "\\^", "---",
]  # fmt: skip
RULES = ["---", ":---", "---:", ":---:", " --- ", "-----", ":------:"]
CELLS = ["<", "<", "^", "^", "\\<", "\\^", "", "-", "1"]


class Maker:
    """Makes sources with one seed."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311  the same every time

    def line(self):
        """A few pieces."""
        begin = self.chance.choice(["", " ", "  "]) if self.chance.random() < 0.1 else ""
        between = self.chance.choice([" ", ""]) if self.chance.random() < 0.3 else " "
        words = between.join(self.chance.choice(PIECES) for _ in range(self.chance.randint(1, 7)))
        return begin + words + self.chance.choice(["", "", "", ";", ".", " "])

    def cell(self):
        """The words of a cell, or what joins it with another."""
        words = self.chance.choice(CELLS) if self.chance.random() < 0.4 else self.line().replace("a|b", "a")
        return f"{self.chance.choice([' ', ''])}{words}{self.chance.choice([' ', ''])}"

    def table(self):
        """A table of up to four columns and five rows, some with a head of several."""
        width = self.chance.randint(1, 4)
        rows = [f"|{'|'.join(self.cell() for _ in range(width))}|" for _ in range(self.chance.randint(1, 5))]
        rows.insert(1, f"|{'|'.join(self.chance.choice(RULES) for _ in range(width))}|")
        if len(rows) > 2 and self.chance.random() < 0.3:
            rows.insert(3, f"|{'|'.join(['---'] * width)}|")
        return "\n".join(rows)

    def block(self):
        """A table, a title or a paragraph."""
        kind = self.chance.random()
        if kind < 0.2:
            return self.table()
        if kind < 0.4:
            return f"{'#' * self.chance.randint(1, 3)} {self.line()}"
        return "\n".join(self.line() for _ in range(self.chance.choice([1, 1, 1, 2])))

    def source(self):
        """One source; its notes have words, before the text or behind it."""
        text = ""
        for _ in range(self.chance.randint(1, 6)):
            text += (self.chance.choice(["\n\n"] * 3 + ["\n\n\n", "\n \n", "\n"]) if text else "") + self.block()
        for label in sorted(set(re.findall(r"(?<!\\)\[\^(\w)\]", text))):
            words = f"[^{label}]: {self.note()}" + (f"\n\n    {self.note()}" if self.chance.random() < 0.2 else "")
            is_behind = self.chance.random() < 0.7
            text = f"{text}{self.chance.choice([chr(10) * 2, chr(10)])}{words}" if is_behind else f"{words}\n\n{text}"
        return text.strip("\n")

    def note(self):
        """The words of a note, which holds no other."""
        return self.line().replace("[^1]", "").replace("[^a]", "")


def sources(seed, count):
    """``count`` sources that the rules accept and an editor can hold, each with its document."""
    maker, found = Maker(seed), []
    while len(found) < count:
        text = maker.source()
        if markdown.faults(text):
            continue
        try:
            found.append((text, document_of(text)))
        except NotShown:
            continue
    return found
