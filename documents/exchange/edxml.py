"""The format of a package: facts of a paper and its files in one XML file, written; what comes is read by ``reading``.

Source: QCVN 102:2016/BTTTT, as public programs that speak to the axis write it; names of elements stand in these two files and
in ``attached``.
"""

import base64
from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

SPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
LINK = "http://www.w3.org/1999/xlink"
VERSION = "1.0"
# Codes of ``BussinessDocType``.
NEW, RECALL, UPDATE, REPLACE = "0", "1", "2", "3"
# Codes of ``Priority``, in their order, by the words of a paper; of those the decree has no «hẹn giờ» (NĐ 30/2020, Phụ lục I).
PRIORITIES = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HỎA TỐC")
# The code of a body: groups of letters and digits between points, of any number (QĐ 20/2020/QĐ-TTg: ``H37.12``; before, the
# QCVN had four: ``000.00.12.H37``).
CODE = r"(?=.{2,40}$)[0-9A-Za-z]+(\.[0-9A-Za-z]+)*"
DAY, MOMENT = "%Y/%m/%d", "%Y/%m/%d %H:%M:%S"


class PackageRefused(ValueError):
    """What is no package, or a broken one; ``element``: the name of the element at fault."""

    def __init__(self, element, why):
        self.element = element
        super().__init__(f"<{element}>: {why}" if element else why)


@dataclass(frozen=True)
class Organ:
    """A body on the axis: its code (QĐ 20/2020/QĐ-TTg) and its name."""

    code: str
    name: str
    superior: str = ""

    def __str__(self):
        return f"{self.name} ({self.code})" if self.name else self.code


@dataclass(frozen=True)
class File:
    """One file of a package."""

    name: str
    content: bytes
    kind: str = "application/pdf"
    words: str = ""


@dataclass(frozen=True)
class Package:
    """A paper on its way. ``business``: one of NEW, RECALL, UPDATE, REPLACE; ``reason`` says why, for all but the first.

    ``about``: keys of the papers that a recall or an update is about, or that this one replaces. ``left``: what stands in a
    package that came and was not understood, a line each.
    """

    sender: Organ
    to: tuple[Organ, ...]
    number: str
    notation: str
    place: str
    day: date
    type_code: str
    type_name: str
    subject: str
    signer: str = ""
    post: str = ""
    competence: str = ""
    due: date | None = None
    business: str = NEW
    reason: str = ""
    about: tuple[str, ...] = ()
    urgency: str = ""
    pages: int = 0
    appendices: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    sent_at: datetime | None = None
    files: tuple[File, ...] = field(default=())
    left: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """``DocumentId``: by what systems know the paper."""
        return key_of(self.sender.code, self.day, self.reference)

    @property
    def found_by(self) -> str:
        """The key by which one that came is found: a recall and an update by the paper that they are about."""
        return self.about[0] if self.about and self.business in (RECALL, UPDATE) else self.key

    @property
    def reference(self) -> str:
        """The number as papers write it: ``05/QĐ-UBND``."""
        return f"{self.number}/{self.notation}" if self.notation else self.number


@dataclass(frozen=True)
class Status:
    """What a receiver's system tells of a paper: ``code`` is one of ``AxisState``; ``key``: which paper."""

    sender: str
    key: str
    code: str
    words: str
    at: datetime | None


def key_of(code: str, day: date, reference: str) -> str:
    """``DocumentId`` of the paper ``reference`` of the body ``code``."""
    return f"{code},{day:{DAY}},{reference}"


# --- Writing


def written(package: Package) -> bytes:
    """The file of ``package``; the same package gives the same bytes."""
    root = etree.Element(tag("edXML"), nsmap={None: SPACE, "edXML": SPACE, "xlink": LINK})
    envelope = etree.SubElement(root, tag("edXMLEnvelope"))
    header = etree.SubElement(envelope, tag("edXMLHeader"))
    _write_facts(etree.SubElement(header, tag("MessageHeader")), package)
    _write_trace(etree.SubElement(header, tag("TraceHeaderList"), version=VERSION), package)
    etree.SubElement(header, tag("DigitalSignature"))
    manifest = etree.SubElement(etree.SubElement(envelope, tag("edXMLBody")), tag("edXMLManifest"), version=VERSION)
    attached = etree.SubElement(root, tag("AttachmentEncoded"))
    for place, file in enumerate(package.files, start=1):
        _write_file(manifest, attached, place, file)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def tag(name) -> str:
    """The name of an element, in the namespace of the regulation."""
    return f"{{{SPACE}}}{name}"


def _put(parent, name, words=""):
    """An element with its words."""
    made = etree.SubElement(parent, tag(name))
    made.text = words or None
    return made


def _write_organ(parent, name, organ):
    made = _put(parent, name)
    _put(made, "OrganId", organ.code)
    _put(made, "OrganizationInCharge", organ.superior)
    _put(made, "OrganName", organ.name)
    for other in ("OrganAdd", "Email", "Telephone", "Fax", "Website"):
        _put(made, other)


def _write_facts(header, package):
    _write_organ(header, "From", package.sender)
    for organ in package.to:
        _write_organ(header, "To", organ)
    code = _put(header, "Code")
    _put(code, "CodeNumber", package.number)
    _put(code, "CodeNotation", package.notation)
    issued = _put(header, "PromulgationInfo")
    _put(issued, "Place", package.place)
    _put(issued, "PromulgationDate", f"{package.day:{DAY}}")
    kind = _put(header, "DocumentType")
    _put(kind, "Type", package.type_code)
    _put(kind, "TypeName", package.type_name)
    _put(header, "Subject", package.subject)
    _put(header, "Content", package.subject)
    signer = _put(header, "SignerInfo")
    _put(signer, "Competence", package.competence)
    _put(signer, "Position", package.post)
    _put(signer, "FullName", package.signer)
    _put(header, "DueDate", f"{package.due:{DAY}}" if package.due else "")
    places = _put(header, "ToPlaces")
    for organ in package.to:
        _put(places, "Place", organ.name)
    _write_other(_put(header, "OtherInfo"), package)
    _put(header, "SteeringType", "0")
    _put(header, "DocumentId", package.key)


def _write_other(other, package):
    _put(other, "Priority", str(PRIORITIES.index(package.urgency)))
    for name in ("SphereOfPromulgation", "TyperNotation"):
        _put(other, name)
    _put(other, "PromulgationAmount", str(len(package.to)))
    _put(other, "PageAmount", str(package.pages) if package.pages else "")
    appendices = _put(other, "Appendixes")
    for title in package.appendices:
        _put(appendices, "Appendix", title)


def _write_trace(trace, package):
    one = _put(trace, "TraceHeader")
    _put(one, "OrganId", package.sender.code)
    _put(one, "Timestamp", f"{package.sent_at:{MOMENT}}" if package.sent_at else "")
    business = _put(trace, "Bussiness")
    _put(business, "BussinessDocType", package.business)
    _put(business, "BussinessDocReason", package.reason)
    _write_about(business, package)
    _put(business, "StaffInfo")
    _put(business, "Paper", "0")


def _write_about(business, package):
    """Which papers it recalls, changes or takes the place of."""
    if package.business == UPDATE:
        changed = _put(business, "BussinessDocumentInfo")
        _put(changed, "DocumentInfo", "1")
        _put(changed, "DocumentReceiver", "0")
    if package.business == REPLACE:
        replaced = _put(business, "ReplacementInfoList")
        for key in package.about:
            one = _put(replaced, "ReplacementInfo")
            _put(one, "DocumentId", key)
            organs = _put(one, "OrganIdList")
            for organ in package.to:
                _put(organs, "OrganId", organ.code)
    elif package.about:
        _put(business, "DocumentId", package.about[0])


def _write_file(manifest, attached, place, file):
    key = f"tep-{place}"
    told = etree.SubElement(manifest, tag("Reference"))
    told.set(f"{{{LINK}}}href", f"cid:{key}")
    told.set(f"{{{LINK}}}type", "simple")
    told.set(f"{{{LINK}}}role", "")
    for name, words in (
        ("Description", file.words), ("AttachmentName", file.name), ("ContentType", file.kind), ("ContentId", f"cid:{key}")
    ):  # fmt: skip
        _put(told, name, words)
    made = _put(attached, "Attachment")
    _put(made, "ContentType", file.kind)
    _put(made, "ContentId", key)
    _put(made, "Description", file.words)
    _put(made, "ContentTransferEncoded", base64.b64encode(file.content).decode())
    _put(made, "AttachmentName", file.name)


def status_written(status: Status, receiver: Organ, reference: str, day: date, sender: Organ) -> bytes:
    """The file that tells ``receiver``, whose paper it is, what became of its paper ``reference`` of ``day`` at ``sender``."""
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    root = etree.Element(f"{{{soap}}}Envelope", nsmap={"SOAP-ENV": soap, "edXML": SPACE})
    told = _put(etree.SubElement(root, f"{{{soap}}}Header"), "Status")
    about = _put(told, "ResponseFor")
    for name, words in (
        ("OrganId", receiver.code), ("Code", reference), ("PromulgationDate", f"{day:{DAY}}"), ("DocumentId", status.key)
    ):  # fmt: skip
        _put(about, name, words)
    _write_organ(told, "From", sender)
    _put(told, "StatusCode", status.code)
    _put(told, "Description", status.words)
    _put(told, "Timestamp", f"{status.at:{MOMENT}}")
    _put(told, "StaffInfo")
    etree.SubElement(root, f"{{{soap}}}Body")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
