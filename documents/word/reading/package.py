"""The parts of a Word file that are read: bounded, without entities, never written anywhere.

What a file could do when Word opens it (macros, links to pictures, embedded objects) it cannot do here. So such a file is read
all the same, and what it holds of that is told.
"""

import io
import posixpath
import zipfile

from lxml import etree

from ...checks.office_files import BROKEN, check_package
from ...checks.refusing import AGAIN, UploadRefused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# «Strict Open XML» has the same elements under another name.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_OF_DOCUMENT = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer", "diagramData")
# Bytes of all XML that is read: a paper of 1,000 pages has some 40 MB.
MOST_XML = 90 * 1024 * 1024
# Elements take some hundred bytes of memory each, paragraphs a thousand; a paper of 1,000 pages has a million and 50,000.
MOST_TAGS, MOST_PARAGRAPHS = 5_000_000, 200_000
_BROKEN = f"bị hỏng, không mở được. {AGAIN}"
_TOO_LONG = "dài quá mức một văn bản (hơn 2.000 trang). Hãy chia thành nhiều tệp rồi gửi."


def parse(data: bytes):
    """The root of an XML part. Raises ``UploadRefused`` for what is none, is too long, or declares what its words stand for."""
    if data.count(b"<") > MOST_TAGS:
        raise UploadRefused(_TOO_LONG)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(data) > 9_000_000)
    try:
        root = etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
    except etree.XMLSyntaxError:
        raise UploadRefused(_BROKEN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UploadRefused(_BROKEN)
    return root


class Package:
    """One Word file, opened.

    ``document`` is the root of its text; ``parts(kind)`` the roots of its styles, notes and the like; ``names`` all its parts;
    ``elsewhere`` the kinds of links that lead out of it. Raises ``UploadRefused`` as ``check_package`` does, and for a part that
    is broken when it is read.
    """

    def __init__(self, data: bytes):
        check_package(data, "docx")
        self.file = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.file.namelist())
        self.left = MOST_XML
        links = self._links("")
        main = next((target for kind, target, _ in links if kind == "officeDocument"), "word/document.xml")
        self.document = self._root(main)
        if sum(1 for _ in self.document.iter(f"{W}p")) > MOST_PARAGRAPHS:
            raise UploadRefused(_TOO_LONG)
        self.links, self.elsewhere = {}, []
        for kind, target, is_outside in self._links(main):
            if is_outside:
                self.elsewhere.append(kind)
            elif kind in _OF_DOCUMENT and target in self.names:
                self.links.setdefault(kind, []).append(target)
        self.custom = [
            target for kind, target, is_outside in self._links(main) if kind == "customXml" and not is_outside
        ]

    def parts(self, kind: str) -> list:
        """The roots of the parts of ``kind``, as the links of the text call it."""
        return [self._root(target) for target in self.links.get(kind, [])]

    def part(self, kind: str):
        """The root of the one part of ``kind``, or None."""
        return next(iter(self.parts(kind)), None)

    def custom_parts(self) -> list[bytes]:
        """Data that programs keep beside the text."""
        return [self._read(name) for name in self.custom if name in self.names]

    @property
    def size(self) -> int:
        """How many pieces the words of the file are in, and paragraphs: what reading it takes."""
        return sum(1 for _ in self.document.iter(f"{W}t", f"{W}p"))

    def _read(self, name) -> bytes:
        try:
            self.left -= self.file.getinfo(name).file_size
            if self.left < 0:
                raise UploadRefused(_TOO_LONG)
            return self.file.read(name)
        except BROKEN:
            raise UploadRefused(_BROKEN) from None

    def _root(self, name):
        return parse(self._read(name))

    def _links(self, name) -> list[tuple[str, str, bool]]:
        """(kind, target, whether outside) of the links of a part; ``""`` for those of the whole file."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return []
        return [_link(folder, node) for node in self._root(rels) if isinstance(node.tag, str)]


def _link(folder, node) -> tuple[str, str, bool]:
    kind = node.get("Type", "").rpartition("/")[2]
    target = node.get("Target", "")
    is_outside = node.get("TargetMode") == "External"
    if not is_outside:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return kind, target, is_outside
