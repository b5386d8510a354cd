"""A finished PDF as a person with a ruler sees it: lines with place, size and style, and rules.

Lengths are in points from the sheet's top left corner. Knows nothing of how the PDF was made.
"""

import io
import re
from dataclasses import dataclass, field

import pdfplumber

MM = 72 / 25.4
# Wider gaps part the columns of a head or a table; justified words stand closer.
COLUMN_GAP = 14
KERNING = 4
THIN = 2


def bare(text) -> str:
    """``text`` without white space: how lines break does not count."""
    return re.sub(r"\s+", "", text)


@dataclass
class Line:
    """Letters that stand side by side."""

    chars: list
    page: int

    @property
    def text(self):
        return "".join(char["text"] for char in self.chars)

    @property
    def x0(self):
        return self._inked[0]["x0"]

    @property
    def x1(self):
        return self._inked[-1]["x1"]

    @property
    def centre(self):
        return (self.x0 + self.x1) / 2

    @property
    def width(self):
        return self.x1 - self.x0

    @property
    def baseline(self):
        """From the sheet's top."""
        return self.chars[0]["baseline"]

    @property
    def size(self):
        return max(round(char["size"], 2) for char in self.chars)

    @property
    def sizes(self):
        return {round(char["size"], 2) for char in self.chars}

    @property
    def styles(self):
        """A subset of regular, bold, italic, bold-italic."""
        return {style(char) for char in self._inked}

    @property
    def _inked(self):
        return [char for char in self.chars if char["text"].strip()] or self.chars


def style(char) -> str:
    """Of one letter."""
    name = char["fontname"].lower()
    return "-".join(part for part in ("bold", "italic") if part in name) or "regular"


@dataclass
class Page:
    """One sheet."""

    number: int
    width: float
    height: float
    chars: list
    rules: list = field(default_factory=list)
    boxes: list = field(default_factory=list)

    @property
    def lines(self):
        return lines(self.chars, self.number)

    def rule_below(self, line, within=12):
        """The horizontal rule right below ``line``, as (x0, x1, y), or None."""
        below = [
            rule for rule in self.rules if 0 < rule[2] - line.baseline < within and rule[0] < line.centre < rule[1]
        ]
        return min(below, key=lambda rule: rule[2], default=None)


@dataclass
class Found:
    """Where a text stands."""

    chars: list

    @property
    def lines(self):
        return [line for page in self.pages for line in lines([c for c in self.chars if c["page"] == page], page)]

    @property
    def pages(self):
        return sorted({char["page"] for char in self.chars})


class Pdf:
    """All sheets."""

    def __init__(self, data):
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            self.pages = [_page(number, page) for number, page in enumerate(pdf.pages, start=1)]
            self.metadata, self.catalog = pdf.metadata, pdf.doc.catalog
        self._inked = [char for page in self.pages for char in page.chars if char["text"].strip()]
        # One letter may be written by several characters (a ligature), so places are kept for each.
        self._at = [index for index, char in enumerate(self._inked) for _ in char["text"]]
        self.text = "".join(char["text"] for char in self._inked)

    def find(self, text, after=None):
        """Where ``text`` stands first, behind ``after`` if that is given; None if nowhere."""
        start = self.text.find(bare(text), self._end(after))
        if not bare(text) or start < 0:
            return None
        return Found(self._inked[self._at[start] : self._at[start + len(bare(text)) - 1] + 1])

    def _end(self, found):
        if found is None:
            return 0
        last = next(index for index, char in enumerate(self._inked) if char is found.chars[-1])
        return self._at.index(last) + 1


def lines(chars, page) -> list[Line]:
    """Letters in the order of writing, cut where the baseline changes or a wide gap comes."""
    found: list[Line] = []
    for char in chars:
        last = found[-1].chars[-1] if found else None
        if last and abs(last["baseline"] - char["baseline"]) < 1 and -KERNING < char["x0"] - last["x1"] < COLUMN_GAP:
            found[-1].chars.append(char)
        else:
            found.append(Line([char], page))
    return [line for line in found if line.text.strip()]


def _page(number, page) -> Page:
    chars = [{**char, "baseline": float(page.height) - char["matrix"][5], "page": number} for char in page.chars]
    rules, boxes = [], []
    for rect in page.rects + page.lines:
        if rect["bottom"] - rect["top"] <= THIN:
            rules.append((rect["x0"], rect["x1"], rect["top"]))
        elif rect["x1"] - rect["x0"] > THIN:
            boxes.append(rect)
    # A box drawn with its upper border alone is written as two, one within the other.
    for outer in boxes:
        for inner in boxes:
            drop = inner["top"] - outer["top"]
            if 0 < drop <= THIN and all(abs(outer[side] - inner[side]) < 0.1 for side in ("x0", "x1", "bottom")):
                rules.append((outer["x0"], outer["x1"], outer["top"]))
    return Page(number, float(page.width), float(page.height), chars, rules, boxes)
