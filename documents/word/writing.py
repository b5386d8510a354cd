"""A paper as a Word document (.docx) that looks like its pages, with the styles, notes and tables that Word knows.

Lengths come from the rule set (``documents.form.rules``), lines and columns from the parts of the sheet
(``documents.typesetting.parts``), which the PDF is made of too.
"""

from itertools import groupby

from ..source.paper import Paper
from ..typesetting.blocks import pieces
from ..typesetting.parts import Behind, Parts, parts_of
from . import close, head, sections
from .body import Words
from .elements import Flow, run
from .package import Package
from .sections import Section
from .styles import styles_of, styles_xml

# Points, as sheet.css has them.
ABOVE_BASES, ABOVE_RESOLVED, ABOVE_BODY = 10, 12, 10


def to_docx(paper: Paper, types, cite=None, today=None) -> bytes:
    """The .docx of ``paper``, the same bytes for the same paper; all as ``typesetting.parts_of`` takes and raises it."""
    return _Document(parts_of(paper, types, cite, today)).made()


class _Document:
    """One paper, section by section."""

    def __init__(self, parts: Parts):
        self.parts = parts
        self.styles = styles_of(parts.rules)
        self.after = {style.key: style.after for style in self.styles}
        self.notes: list[list[str]] = []
        self.found: list[Section] = []

    def made(self) -> bytes:
        """The file."""
        self.paper()
        for part in self.parts.appendices:
            self.behind(part)
        package = Package(self.parts)
        package.add("styles", "styles", styles_xml(self.styles))
        ids = package.margins(sections.margins(self.parts))
        package.notes(self.notes)
        return package.save(sections.joined(self.parts, self.found, ids, has_notes=bool(self.notes)))

    def begin(self, *, is_turned=False, begins=True) -> Flow:
        """A new section."""
        flow = Flow(self.after)
        self.found.append(Section(flow, is_turned, begins))
        return flow

    def paper(self):
        """The paper itself."""
        parts, flow = self.parts, self.begin()
        head.write(flow, parts)
        for number, basis in enumerate(parts.bases):
            flow.add("CanCu", run(pieces(basis)), top=ABOVE_BASES * (not number))
        if parts.resolves:
            flow.add("ThamQuyen", run(parts.resolves), top=ABOVE_RESOLVED)
        flow = self.words(parts.body, flow, top=ABOVE_BODY)
        close.write(flow, parts)

    def words(self, body, flow, *, top=0) -> Flow:
        """The words of a body; tables that fit no upright sheet stand in sections on their side. The flow that they end in."""
        words, is_turned = Words(body, self.notes), self.found[-1].is_turned
        runs = groupby(body.blocks, key=lambda block: "turned" in block.classes if body.turned else is_turned)
        for lies, blocks in runs:
            if lies != self.found[-1].is_turned:
                flow, top = self.begin(is_turned=lies, begins=False), 0
            words.into(flow, list(blocks), top=top)
            top = 0
        return flow

    def behind(self, part: Behind):
        """An appendix, or what is issued with the paper, on sheets of its own."""
        flow = self.begin(is_turned=part.side == "landscape")
        attached = run(part.attached)
        if part.type_name:
            flow.put(head.pair(self.parts, [head.country(self.parts)]))
            head.title(flow, self.parts, part.type_name, part.title, between=[("KemTheo", attached)])
        else:
            flow.add("PhuLuc", run(part.label))
            for line in part.title.lines:
                flow.add("TenPhuLuc", run(line))
            flow.add("KemTheo", attached)
        self.words(part.body, flow, top=ABOVE_BODY)
