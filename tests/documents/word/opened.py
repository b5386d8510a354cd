"""A Word file as its XML has it."""

import io
import zipfile

from docx import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Word:
    """A .docx opened: its parts, paragraphs, tables, sections."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            self.rows = file.infolist()
            self.parts = {row.filename: file.read(row) for row in self.rows}
        # Another library reads it too.
        self.by_other = Document(io.BytesIO(data))

    def root(self, name="word/document.xml"):
        return etree.fromstring(self.parts[name])

    @property
    def body(self):
        return self.root().find(f"{W}body")

    def paragraphs(self, style=None):
        """Those of a style, wherever they stand."""
        found = self.body.iter(f"{W}p")
        return [node for node in found if style is None or value(node.find(f"{W}pPr"), "pStyle") == style]

    def words(self, style):
        """The words of each paragraph of a style."""
        return [words(node) for node in self.paragraphs(style)]

    def tables(self):
        """The ruled ones."""
        return [node for node in self.body.iter(f"{W}tbl") if node.find(f"{W}tblPr/{W}tblBorders") is not None]

    def sections(self):
        return list(self.body.iter(f"{W}sectPr"))

    @property
    def all_words(self):
        return "\n".join(words(node) for node in self.body.iter(f"{W}p"))


def words(node) -> str:
    """Letters under a node; a hyphen that does not break is a hyphen, room that does not break is a space."""
    signs = {f"{W}noBreakHyphen": "-", f"{W}tab": " ", f"{W}br": " "}
    found = (one.text or "" if one.tag == f"{W}t" else signs.get(one.tag, "") for one in node.iter())
    return "".join(found).replace("\u00a0", " ")


def value(node, name, attribute="val"):
    """An attribute of a child of ``node``; None where it is not there."""
    found = node.find(f"{W}{name}") if node is not None else None
    return None if found is None else found.get(f"{W}{attribute}")
