"""A finished PDF as a person with a ruler sees it: lines with place, size and style, and rules.

Lengths are in points from the sheet's top left corner. Knows nothing of how the PDF was made.
"""

import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import pikepdf
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTFigure, LTLine, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT

MM = 72 / 25.4
# Wider gaps part the columns of a head or a table; justified words stand closer.
COLUMN_GAP = 14
KERNING = 4
THIN = 2
MARGIN = 19 * MM
RAISED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"


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

    @cached_property
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

    @cached_property
    def lines(self):
        return lines(self.chars, self.number)

    @cached_property
    def note_rule(self):
        """The short rule above the notes, as (x0, x1, y): right below it a raised figure begins a line. Or None."""
        marks = [(char["x0"], char["baseline"]) for char in self.chars if char["text"][0] in RAISED_FIGURES]
        for rule in sorted(self.rules, key=lambda rule: -rule[2]):
            if not any(abs(x0 - rule[0]) < 2 and baseline > rule[2] for x0, baseline in marks):
                continue
            below = [c for c in self.chars if c["text"].strip() and c["baseline"] > rule[2] and c["x0"] > rule[0] - 2]
            first = min(below, key=lambda char: (round(char["baseline"]), char["x0"]))
            if first["text"][0] in RAISED_FIGURES and abs(first["x0"] - rule[0]) < 2:
                return rule
        return None

    @cached_property
    def notes(self):
        """The letters below the short rule, down to the full rule above an address or to the margin."""
        if not self.note_rule:
            return []
        top, bottom = self.note_rule[2], self.foot
        return [char for char in self.chars if top < char["baseline"] < bottom]

    @cached_property
    def foot(self):
        """Where the text may end: at the rule above the address on page 1, or at the margin."""
        full = [rule[2] for rule in self.rules if rule[1] - rule[0] > 0.7 * self.width and rule[2] > 0.8 * self.height]
        return max(full, default=self.height - MARGIN) if self.number == 1 else self.height - MARGIN

    @cached_property
    def running(self):
        """The letters that run on from page to page: without notes, without what stands in the margins."""
        notes = {id(char) for char in self.notes}
        return [char for char in self.chars if MARGIN < char["baseline"] < self.foot and id(char) not in notes]

    def around(self, line):
        """The boxes drawn around ``line``."""
        return [
            box
            for box in self.boxes
            if box["x0"] < line.x0 and box["x1"] > line.x1 and box["top"] < line.baseline < box["bottom"]
        ]

    def rule_below(self, line, within=12):
        """The horizontal rule right below ``line``, as (x0, x1, y), or None."""
        below = [
            rule for rule in self.rules if 0 < rule[2] - line.baseline < within and rule[0] < line.centre < rule[1]
        ]
        return min(below, key=lambda rule: rule[2], default=None)


@dataclass
class Found:
    """Where a text stands: its letters, and the place behind it in the text that was searched."""

    chars: list
    end: int

    @property
    def lines(self):
        return [line for page in self.pages for line in lines([c for c in self.chars if c["page"] == page], page)]

    @property
    def pages(self):
        return sorted({char["page"] for char in self.chars})

    @property
    def rows(self):
        """Its lines, those joined that a blank parts: the letters on each baseline."""
        levels: dict = {}
        for char in self.chars:
            levels.setdefault((char["page"], round(char["baseline"])), []).append(char)
        return [Line(chars, page) for (page, _), chars in levels.items()]


class Text:
    """Letters in the order of writing, searched without regard to white space."""

    def __init__(self, chars):
        self._inked = [char for char in chars if char["text"].strip()]
        # One glyph may stand for several letters (a ligature), so places are kept for each.
        self._at = [index for index, char in enumerate(self._inked) for _ in char["text"]]
        self.words = "".join(char["text"] for char in self._inked)

    def find(self, text, after=None):
        """Where ``text`` stands first, behind ``after`` if that is given; None if nowhere."""
        wanted = bare(text)
        start = self.words.find(wanted, after.end if after else 0)
        if not wanted or start < 0:
            return None
        end = start + len(wanted)
        return Found(self._inked[self._at[start] : self._at[end - 1] + 1], end)


def _spread(data):
    """A PDF with each of its objects by itself, so that pdfminer reads those that it needs."""
    spread = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(spread, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return spread


def _plain(operand):
    """What an instruction is given, as pdfminer has it."""
    if isinstance(operand, Decimal):
        return float(operand)
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    if isinstance(operand, pikepdf.Array):
        return [_plain(one) for one in operand]
    return LIT(str(operand)[1:]) if isinstance(operand, pikepdf.Name) else operand


class _Interpreter(PDFPageInterpreter):
    """pdfminer's. Only the words of the instructions are told apart by qpdf: pdfminer takes longer for that than for all else."""

    def execute(self, streams):
        data = b"\n".join(stream_value(stream).get_data() for stream in streams)
        with pikepdf.new() as holder:
            for operands, operator in pikepdf.parse_content_stream(pikepdf.Stream(holder, data)):
                for operand in operands:
                    self.push(_plain(operand))
                act = getattr(self, f"do_{str(operator).replace('*', '_a')}")
                act(*self.pop(act.__code__.co_argcount - 1))


class Pdf:
    """All sheets."""

    def __init__(self, data):
        fonts = PDFResourceManager()
        device = PDFPageAggregator(fonts, laparams=None)
        reader = _Interpreter(fonts, device)
        self.pages = []
        for number, sheet in enumerate(PDFPage.get_pages(_spread(data)), start=1):
            reader.process_page(sheet)
            self.pages.append(_page(number, device.get_result()))
        # What stands at the foot of a page below the short rule, and what runs on from page to page.
        self.notes = [Text(page.notes) for page in self.pages]
        self.flow = Text([char for page in self.pages for char in page.running])
        self.whole = Text([char for page in self.pages for char in page.chars])


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


def _drawn(layout):
    """Everything on a sheet, what stands in figures included."""
    for item in layout:
        if isinstance(item, LTFigure):
            yield from _drawn(item)
        else:
            yield item


def _char(item, height, number):
    """One letter: its text, style, colour and place."""
    colour = item.graphicstate.ncolor
    return {
        "text": item.get_text(),
        "fontname": item.fontname,
        "size": item.size,
        "non_stroking_color": tuple(colour) if isinstance(colour, list | tuple) else (colour,),
        "x0": item.x0,
        "x1": item.x1,
        "top": height - item.y1,
        "bottom": height - item.y0,
        "baseline": height - item.matrix[5],
        "page": number,
    }


def _page(number, layout) -> Page:
    """A sheet out of what is drawn on it. pdfminer is asked directly: reading is half of what measuring costs."""
    width, height = layout.width, layout.height
    chars, rules, boxes = [], [], []
    for item in _drawn(layout):
        if isinstance(item, LTChar):
            chars.append(_char(item, height, number))
        elif isinstance(item, LTRect | LTLine):
            rect = {"x0": item.x0, "x1": item.x1, "top": height - item.y1, "bottom": height - item.y0}
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
    return Page(number, width, height, chars, rules, boxes)
