"""The source of a paper within its Word file, so that it comes back whole where nobody changed a word of it.

``/customXml/item1.xml`` is ``<source xmlns="urn:thi-dua-khen-thuong:source:1" seen="…">`` around the source file
(``documents.source.source.dump``). ``seen`` is a fingerprint of what a person reads in the Word file: letters, bold, italic,
cells, notes. It is the same after another program saved the file; other words, or another look of them, make another.
``columns`` are the edges of the columns of each table, in thousandths of its width: programs round them, people move them.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from itertools import accumulate, chain
from xml.sax.saxutils import escape

from lxml import etree

from .elements import W

NAMESPACE = "urn:thi-dua-khen-thuong:source:1"
PART = "/customXml/item1.xml"
# Of a file that somebody sends: parts, bytes, bytes for each that is stored.
MOST_PARTS, MOST_BYTES, MOST_RATIO = 2000, 200 * 1024 * 1024, 200
_W = f"{{{W}}}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OTHERS = re.compile(r"word/(?:header|footer)\d*\.xml")
# Signs that nobody sees; hyphens that do not break are hyphens.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]")
_PAGE = re.compile(r"\s*(?:NUM)?PAGES?\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_OFF = {"0", "false", "off", "none"}
# Thousandths of a table's width by which an edge may lie elsewhere and nobody moved it.
MOVED = 5


def parser() -> etree.XMLParser:
    """Reads XML from outside: no entity, no address, no depth without end."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def part_of(source: str, parts: Mapping[str, bytes]) -> bytes:
    """The part that carries ``source`` in a file of these ``parts``."""
    reader = _Reader(parts)
    columns = ";".join(",".join(map(str, edges)) for edges in reader.columns())
    told = f'<source xmlns="{NAMESPACE}" seen="{reader.fingerprint()}" columns="{columns}">{escape(source)}</source>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{told}'.encode()


def source_of(data: bytes) -> str | None:
    """The source that a file of ours carries, where it still shows what it showed when it was written; else None.

    Raises ``zipfile.BadZipFile``, ``etree.XMLSyntaxError`` and ``ValueError`` for what is no Word file or beyond bounds.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        rows = file.infolist()
        size = sum(row.file_size for row in rows)
        if len(rows) > MOST_PARTS or size > min(MOST_BYTES, MOST_RATIO * max(len(data), 10_000)):
            raise ValueError("a file with far more in it than it should have")
        parts = {row.filename: file.read(row) for row in rows if row.filename.endswith(".xml")}
    for name, content in parts.items():
        if name.startswith("customXml/item") and NAMESPACE.encode() in content:
            root = etree.fromstring(content, parser())
            if root.tag == f"{{{NAMESPACE}}}source":
                return root.text if _shows_the_same(root, _Reader(parts)) else None
    return None


def _shows_the_same(told, reader) -> bool:
    """Whether ``reader`` finds what was ``told`` when the file was written; a file of long ago tells no columns."""
    if reader.root("document") is None:
        return False
    columns = told.get("columns")
    return told.get("seen") == reader.fingerprint() and (columns is None or _stand(columns, reader.columns()))


def _stand(told, found) -> bool:
    """Whether all edges of columns lie where they were."""
    tables = [list(map(int, _NUMBER.findall(edges))) for edges in told.split(";")] if told else []
    if list(map(len, tables)) != list(map(len, found)):
        return False
    return all(abs(one - other) <= MOVED for one, other in zip(chain(*tables), chain(*found), strict=True))


class _Reader:
    """Reads letters with their look, whatever program wrote them."""

    def __init__(self, parts):
        self.parts = parts
        styles = self.root("styles")
        self.styles = (
            {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")} if styles is not None else {}
        )
        notes = self.root("footnotes")
        self.notes = {note.get(f"{_W}id"): note for note in notes} if notes is not None else {}
        self.looks: dict = {}
        # What stands beside the flow, where programs put it in places of their own.
        self.beside: list[str] = []

    def root(self, kind):
        """The root of the part of this kind; Word on the web calls it ``document2.xml``."""
        names = filter(re.compile(rf"word/{kind}\d*\.xml").fullmatch, self.parts)
        return next((etree.fromstring(self.parts[name], parser()) for name in names), None)

    def fingerprint(self):
        """Letters in order, with marks of look, cell and note between them; what stands beside them at the end."""
        told = "".join(self.block(self.root("document").find(f"{_W}body")))
        for name in filter(_OTHERS.fullmatch, self.parts):
            self.beside.append("".join(self.block(etree.fromstring(self.parts[name], parser()))))
        return hashlib.sha256("\n".join([told, *sorted(filter(None, set(self.beside)))]).encode()).hexdigest()

    def columns(self) -> list[list[int]]:
        """Of each table of several columns where they end, in thousandths of its width; the last one ends at 1000."""
        grids = (
            [int((_NUMBER.match(column.get(f"{_W}w", "")) or "0")[0]) for column in grid.findall(f"{_W}gridCol")]
            for grid in self.root("document").iter(f"{_W}tblGrid")
        )
        return [
            [round(1000 * edge / sum(widths)) for edge in accumulate(widths)]
            for widths in grids
            if len(widths) > 1 and sum(widths)
        ]

    def block(self, parent) -> Iterator[str]:
        """What is within a body, a cell, a note."""
        for node in parent:
            if node.tag == f"{_W}p":
                yield self.paragraph(node)
            elif node.tag == f"{_W}tbl":
                yield "\x02"
                for row in node.iter(f"{_W}tr"):
                    yield "\x03"
                    for cell in row.findall(f"{_W}tc"):
                        yield f"\x04{_joined(cell)}"
                        yield from self.block(cell)
            elif node.tag in (f"{_W}sdt", f"{_W}sdtContent"):
                yield from self.block(node)

    def paragraph(self, node) -> str:
        """The letters of a paragraph; one without any is nothing."""
        properties = node.find(f"{_W}pPr")
        style = _value(properties, "pStyle")
        out, last = [], None
        for run in _runs(node):
            words = "".join(self.words(run)) if not _within(run, node) else ""
            if not words:
                continue
            look = self.look(run, style)
            out.append(f"\x05{look:d}{words}" if look != last else words)
            last = look
        told = "".join(out)
        if told and properties is not None and properties.find(f"{_W}framePr") is not None:
            self.beside.append(told)
            return ""
        return f"\x01{told}" if told else ""

    def words(self, run) -> Iterator[str]:
        """The letters of a run; a note's words in its place."""
        for node in run:
            if node.tag == f"{_W}t":
                yield _UNSEEN.sub("", unicodedata.normalize("NFC", node.text or "").replace("\u2011", "-"))
            elif node.tag == f"{_W}noBreakHyphen":
                yield "-"
            elif node.tag == f"{_W}footnoteReference" and node.get(f"{_W}id") in self.notes:
                yield "\x06" + "".join(self.block(self.notes[node.get(f"{_W}id")])) + "\x07"
            for box in node.iter(f"{_W}txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    self.beside.append("".join(self.block(box)))

    def look(self, run, style) -> int:
        """1 for bold, 2 for italic, 3 for both."""
        properties = run.find(f"{_W}rPr")
        own = _looks(properties)
        of_letters = self.of_style(_value(properties, "rStyle"))
        of_lines = self.of_style(style)
        found = [next((look[name] for look in (own, of_letters, of_lines) if name in look), False) for name in "bi"]
        return found[0] + 2 * found[1]

    def of_style(self, key) -> dict[str, bool]:
        """What a style and those that it is based on say."""
        if key not in self.looks:
            self.looks[key] = {}
            node = self.styles.get(key)
            if node is not None:
                base = self.of_style(_value(node, "basedOn"))
                self.looks[key] = base | _looks(node.find(f"{_W}rPr"))
        return self.looks[key]


def _runs(paragraph):
    """The runs of a paragraph without what page numbers show, which each program counts anew."""
    kinds: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        for mark in run.iter(f"{_W}fldChar", f"{_W}instrText"):
            if mark.tag == f"{_W}instrText":
                kinds[-1:] = [kinds[-1] + (mark.text or "")] if kinds else []
            elif mark.get(f"{_W}fldCharType") == "begin":
                kinds.append("")
            elif mark.get(f"{_W}fldCharType") == "end":
                del kinds[-1:]
        if not any(map(_PAGE.match, kinds)):
            yield run


def _within(run, paragraph) -> bool:
    """Whether a run belongs to a text box in ``paragraph``, was deleted, or is what a field shows."""
    for above in run.iterancestors():
        if above is paragraph:
            return False
        if above.tag in (f"{_W}txbxContent", f"{_W}del"):
            return True
        if above.tag == f"{_W}fldSimple" and _PAGE.match(above.get(f"{_W}instr", "")):
            return True
    return False


def _looks(properties) -> dict[str, bool]:
    if properties is None:
        return {}
    found = {name: properties.find(f"{_W}{name}") for name in "bi"}
    return {name: node.get(f"{_W}val", "1") not in _OFF for name, node in found.items() if node is not None}


def _value(node, name):
    found = node.find(f"{_W}{name}") if node is not None else None
    return None if found is None else found.get(f"{_W}val")


def _joined(cell) -> str:
    """How a cell is joined with others."""
    properties = cell.find(f"{_W}tcPr")
    across = _value(properties, "gridSpan") or "1"
    down = properties.find(f"{_W}vMerge") if properties is not None else None
    return across + ("" if down is None else "+" if down.get(f"{_W}val") == "restart" else "-")
