"""The lines and tables of a Word file, in order, as a person sees them: numbers drawn, changes decided, boxes in their place."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from .boxes import Dropped
from .changes import CHANGES, Changes
from .numbering import Numbering
from .package import Package, W
from .pieces import Block, Line, Run
from .runs import Words
from .styles import Styles, is_on, level, number_of, value
from .tables import count, laid_out, table

_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag")}
_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"
# Boxes within boxes: deeper ones are a trap.
DEEPEST = 6


class Walker:
    """Reads one opened file once. ``dropped`` tells afterwards what a paper cannot hold, ``changes`` what was changed."""

    def __init__(self, package: Package, changes: Changes):
        self.package, self.changes, self.dropped = package, changes, Dropped(package)
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"))
        self.words = Words(self)
        self.deep = 0
        # Whether the sheet lies in each section.
        self.lies: list[bool] = []

    def blocks(self) -> list[Block]:
        """The text of the file."""
        body = self.package.document.find(f"{W}body")
        if body is None:
            return []
        found = []
        for block in self.content(body):
            block.section = len(self.lies)
            found.append(block)
        self.lies.append(_lies(body.find(f"{W}sectPr")))
        return found

    def content(self, parent) -> Iterator[Block]:
        """Lines and tables within ``parent``; a paragraph whose end is deleted goes on in the next."""
        before = None
        for node in _flat(parent):
            if node.tag == _PARAGRAPH:
                before = [*(before or ()), node]
                if self._ends(node):
                    yield from self.paragraph(*before)
                    before = None
                    self._end_section(node)
            elif node.tag == _TABLE:
                if before:
                    yield from self.paragraph(*before)
                    before = None
                yield from self._table(node)
            elif node.tag == f"{W}altChunk":
                self.dropped.add("phần nhúng từ tệp khác")
        if before:
            yield from self.paragraph(*before)

    def paragraph(self, first, *others) -> Iterator[Block]:
        """The lines of a paragraph (of several, where the ends between them are deleted), then what its boxes hold."""
        properties = first.find(f"{W}pPr")
        style = self.styles.paragraph(value(properties, "pStyle"))
        if style.name.lower().startswith("toc "):
            self.dropped.add("mục lục tự động")
            return
        self.changes.ends()
        runs, boxes = self.words.of([first, *others], style.look)
        label, is_bold = self._label(properties, style)
        align = value(properties, "jc") or style.align
        outline = level(value(properties, "outlineLvl"), style.outline)
        for number, part in enumerate(_parts(runs)):
            own = (label, is_bold) if not number else ("", False)
            yield Line(part, {"start": "left", "end": "right"}.get(align, align), outline, *own, style.name)
        yield from self._boxed(boxes)

    def _boxed(self, boxes) -> Iterator[Block]:
        if self.deep >= DEEPEST:
            return
        self.deep += 1
        for box in boxes:
            yield from self.content(box)
        self.deep -= 1

    def _end_section(self, node):
        """A section ends with the paragraph that describes it."""
        section = node.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            self.lies.append(_lies(section))

    def _ends(self, node) -> bool:
        """Whether a paragraph ends where it ends: its end may be deleted, or an undone addition."""
        mark = node.find(f"{W}pPr/{W}rPr")
        for change in mark if mark is not None else ():
            if change.tag in CHANGES and not self.changes.keeps(change, "¶"):
                return False
        return True

    def _table(self, node) -> Iterator[Block]:
        if self.deep >= DEEPEST:
            self.dropped.add("bảng lồng quá sâu")
            return
        self.deep += 1
        found = table(self, node)
        self.deep -= 1
        yield from laid_out(self, found)

    def _label(self, properties, style) -> tuple[str, bool]:
        number = number_of(properties, style.number)
        if not number:
            return "", False
        label, is_bold = self.numbering.label(*number)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        return label, is_bold or is_on(value(mark, "b"), style.look.bold)


def _flat(parent) -> Iterator[etree._Element]:
    """The blocks within a part, through what only wraps them."""
    for node in parent:
        if node.tag in _WRAPPERS or node.tag in CHANGES:
            yield from _flat(node)
        elif isinstance(node.tag, str):
            yield node


def _parts(runs) -> list[list[Run]]:
    """The runs of a paragraph apart at its line breaks: a line each."""
    parts = [[]]
    for run in runs:
        first, *rest = run.text.split("\n") if run.note is None else [run.text]
        parts[-1].append(replace(run, text=first))
        parts += [[replace(run, text=words)] for words in rest]
    return parts


def _lies(section) -> bool:
    """Whether the sheets of a section lie (``khổ ngang``): some programs say so, others give the sizes alone."""
    size = section.find(f"{W}pgSz") if section is not None else None
    if size is None:
        return False
    return size.get(f"{W}orient") == "landscape" or count(size.get(f"{W}w")) > count(size.get(f"{W}h"))
