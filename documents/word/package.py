"""The parts of a Word document as one file: the same paper, the same bytes."""

import io
import zipfile
from xml.sax.saxutils import escape

from ..source.names import body_name
from ..source.source import dump
from ..typesetting.parts import Parts
from . import carried
from .elements import NAMESPACES, paragraph

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KINDS = {"hdr": "header", "ftr": "footer"}
# A zip has no day before; of a paper whose day is not known nothing else is told.
_FIRST = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = (
    '<ds:datastoreItem ds:itemID="{3F2C1B60-6C0B-4E0A-9D4E-7B1E5A0C2D18}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{carried.NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


class Package:
    """Collects the parts of one document and writes them."""

    def __init__(self, parts: Parts):
        from docx.opc.package import OpcPackage
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        self.parts, self.written = parts, {}
        self.package, self._uri, self._part = OpcPackage(), PackURI, Part
        self.document = self.part("/word/document.xml", f"{_WORDS}.document.main+xml", "")
        self.package.relate_to(self.document, f"{_OFFICE}/relationships/officeDocument")

    def part(self, name, kind, content):
        """A part of the file."""
        made = self._part(self._uri(name), kind, (_HEAD + content).encode(), self.package)
        self.written[name.lstrip("/")] = made
        return made

    def add(self, name: str, kind: str, content: str) -> str:
        """A part of the kind ``styles``, ``settings``, ``footnotes``, ``header`` or ``footer``; the key by which it is named."""
        part = self.part(f"/word/{name}.xml", f"{_WORDS}.{kind}+xml", content)
        return self.document.relate_to(part, f"{_OFFICE}/relationships/{kind}")

    def margins(self, found: dict[str, tuple[str, str]]) -> dict[str, str]:
        """{name: key} of headers and footers, given as ``sections.margins`` does."""
        return {
            name: self.add(f"{_KINDS[kind]}{number}", _KINDS[kind], f"<w:{kind} {NAMESPACES}>{inner}</w:{kind}>")
            for number, (name, (kind, inner)) in enumerate(found.items(), start=1)
        }

    def notes(self, found: list[list[str]]) -> None:
        """The footnotes, each in lines of runs, and the settings that name the rules above them."""
        if found:
            self.add("footnotes", "footnotes", _footnotes(found))
        self.add("settings", "settings", _settings(bool(found)))

    def save(self, body: str) -> bytes:
        """The file."""
        document = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        self.document._blob = (_HEAD + document).encode()
        self._carry()
        self._tell()
        stream = io.BytesIO()
        self.package.save(stream)
        return _dated(stream, self.parts.paper.date)

    def _carry(self):
        """The source, and the words by which Word knows that part."""
        blobs = {name: part.blob for name, part in self.written.items()}
        item = self.part(carried.PART, "application/xml", "")
        item._blob = carried.part_of(dump(self.parts.paper), blobs)
        self.document.relate_to(item, f"{_OFFICE}/relationships/customXml")
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        told = self.part("/customXml/itemProps1.xml", kind, _PROPERTIES)
        item.relate_to(told, f"{_OFFICE}/relationships/customXmlProps")

    def _tell(self):
        """Title, body and day of the paper: never who pressed the button, on which machine, when."""
        paper, known = self.parts.paper, self.parts.paper.date
        body = escape(body_name(" ".join(paper.issuer)))
        day = f"{known.year:04d}-{known.month:02d}-{known.day:02d}T00:00:00Z" if known.day else ""
        stamps = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>'
            for name in ("created", "modified")
            if day
        )
        content = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(self.parts.page_title)}</dc:title><dc:creator>{body}</dc:creator>"
            f"<cp:lastModifiedBy>{body}</cp:lastModifiedBy>{stamps}<dc:language>vi-VN</dc:language></cp:coreProperties>"
        )
        part = self.part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", content)
        self.package.relate_to(
            part, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        )


def _dated(stream, known) -> bytes:
    """The file with the paper's day for each part, in place of the machine's hour."""
    day = (known.year, known.month, known.day, 0, 0, 0) if known.day and known.year >= _FIRST[0] else _FIRST
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            row = zipfile.ZipInfo(name, day)
            row.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(row, old.read(name))
    return out.getvalue()


def _footnotes(found) -> str:
    """footnotes.xml: the rule above them, the same on a page that continues one, and the notes."""
    rule = {"before": 0, "after": 80, "line": 120, "lineRule": "exact"}
    rows = []
    for number, kind in enumerate(("separator", "continuationSeparator")):
        line = paragraph("ChuThich", f"<w:r><w:{kind}/></w:r>", spacing=rule)
        rows.append(f'<w:footnote w:type="{kind}" w:id="{number}">{line}</w:footnote>')
    mark = '<w:r><w:rPr><w:rStyle w:val="SoChuThich"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
    for number, lines in enumerate(found, start=2):
        inner = "".join(paragraph("ChuThich", mark * (not place) + line) for place, line in enumerate(lines))
        rows.append(f'<w:footnote w:id="{number}">{inner}</w:footnote>')
    return f"<w:footnotes {NAMESPACES}>{''.join(rows)}</w:footnotes>"


def _settings(has_notes) -> str:
    """settings.xml: a document of today's Word, which sets tables and spaces as newer ones do."""
    notes = '<w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>' * has_notes
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>{notes}'
        f"<w:compat>{mode}</w:compat></w:settings>"
    )
