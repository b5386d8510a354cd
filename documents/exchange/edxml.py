"""The format of a package: facts of a paper and its files in one XML file.

Source: QCVN 102:2016/BTTTT, as two public programs that speak to the axis write it; every name of an element stands in this file.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

SPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
LINK = "http://www.w3.org/1999/xlink"
VERSION = "1.0"
# Codes of ``BussinessDocType``.
NEW, RECALL, UPDATE, REPLACE = "0", "1", "2", "3"
DAY, MOMENT = "%Y/%m/%d", "%Y/%m/%d %H:%M:%S"
# What one package may hold: bytes of the file, files, letters of a fact.
MOST_BYTES, MOST_FILES, MOST_LETTERS = 64 * 1024 * 1024, 40, 2000
_ELEMENTS = 20_000
_ORGAN = re.compile(r"[0-9A-Za-z]{2,4}(\.[0-9A-Za-z]{2,4}){1,6}")


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


@dataclass(frozen=True)
class File:
    """One file of a package."""

    name: str
    content: bytes
    kind: str = "application/pdf"
    words: str = ""


@dataclass(frozen=True)
class Package:
    """A paper on its way. ``business``: one of NEW, RECALL, UPDATE, REPLACE; ``reason`` says why, for all but the first."""

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
    sent_at: datetime | None = None
    files: tuple[File, ...] = field(default=())

    @property
    def key(self) -> str:
        """``DocumentId``: by what systems know the paper."""
        return f"{self.sender.code},{self.day:{DAY}},{self.number}/{self.notation}"

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


# --- Writing


def written(package: Package) -> bytes:
    """The file of ``package``; the same package gives the same bytes."""
    root = etree.Element(_q("edXML"), nsmap={None: SPACE, "edXML": SPACE, "xlink": LINK})
    envelope = etree.SubElement(root, _q("edXMLEnvelope"))
    header = etree.SubElement(envelope, _q("edXMLHeader"))
    _write_facts(etree.SubElement(header, _q("MessageHeader")), package)
    _write_trace(etree.SubElement(header, _q("TraceHeaderList"), version=VERSION), package)
    etree.SubElement(header, _q("DigitalSignature"))
    manifest = etree.SubElement(etree.SubElement(envelope, _q("edXMLBody")), _q("edXMLManifest"), version=VERSION)
    attached = etree.SubElement(root, _q("AttachmentEncoded"))
    for place, file in enumerate(package.files, start=1):
        _write_file(manifest, attached, place, file)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _q(name) -> str:
    return f"{{{SPACE}}}{name}"


def _put(parent, name, words=""):
    """An element with its words."""
    made = etree.SubElement(parent, _q(name))
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
    _put(header, "OtherInfo")
    _put(header, "SteeringType", "0")
    _put(header, "DocumentId", package.key)


def _write_trace(trace, package):
    one = _put(trace, "TraceHeader")
    _put(one, "OrganId", package.sender.code)
    _put(one, "Timestamp", f"{package.sent_at:{MOMENT}}" if package.sent_at else "")
    business = _put(trace, "Bussiness")
    _put(business, "BussinessDocType", package.business)
    _put(business, "BussinessDocReason", package.reason)
    _put(business, "StaffInfo")
    _put(business, "Paper", "0")


def _write_file(manifest, attached, place, file):
    key = f"tep-{place}"
    told = etree.SubElement(manifest, _q("Reference"))
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


# --- Reading


def parsed(content: bytes) -> Package | Status:
    """What ``content`` holds. Raises ``PackageRefused`` with the element that is wrong.

    Entities are not resolved, nothing is fetched, and size and depth have bounds.
    """
    root = _root(content)
    if (status := root.find(f".//{_q('edXMLHeader')}/{_q('Status')}")) is not None:
        return _status(status)
    header = _one(_one(_one(root, "edXMLEnvelope"), "edXMLHeader"), "MessageHeader")
    business = root.find(f".//{_q('Bussiness')}")
    code, issued, kind = _one(header, "Code"), _one(header, "PromulgationInfo"), _one(header, "DocumentType")
    signer = header.find(_q("SignerInfo"))
    package = Package(
        sender=_organ(_one(header, "From")),
        to=tuple(map(_organ, header.findall(_q("To")))),
        number=_number(code),
        notation=_words(code, "CodeNotation"),
        place=_words(issued, "Place"),
        day=_day(issued, "PromulgationDate"),
        type_code=_words(kind, "Type"),
        type_name=_words(kind, "TypeName"),
        subject=_needed(header, "Subject"),
        signer=_words(signer, "FullName"),
        post=_words(signer, "Position"),
        competence=_words(signer, "Competence"),
        due=_day(header, "DueDate") if _words(header, "DueDate") else None,
        business=_words(business, "BussinessDocType") or NEW,
        reason=_words(business, "BussinessDocReason"),
        files=_files(root),
    )
    _refuse_odd(package)
    return package


def _root(content):
    if len(content) > MOST_BYTES:
        raise PackageRefused("", f"gói lớn quá {MOST_BYTES // 1024 // 1024} MB")
    if b"<!DOCTYPE" in content[:4096].upper() or b"<!ENTITY" in content.upper():
        raise PackageRefused("", "gói có khai báo DOCTYPE hoặc ENTITY; hãy yêu cầu nơi gửi tạo lại gói")
    reader = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, reader)
    except etree.XMLSyntaxError:
        raise PackageRefused("", "tệp này không phải XML, hoặc bị cắt mất phần cuối; hãy lấy lại gói từ trục") from None
    name = etree.QName(root)
    if name.localname != "edXML":
        raise PackageRefused(name.localname, "phần tử gốc phải là edXML; tệp này không phải gói văn bản")
    if name.namespace != SPACE:
        raise PackageRefused("edXML", f"không gian tên phải là {SPACE}, gói ghi {name.namespace or 'trống'}")
    if sum(1 for _ in root.iter()) > _ELEMENTS:
        raise PackageRefused("edXML", f"gói có quá {_ELEMENTS} phần tử")
    return root


def _one(parent, name):
    """The child of that name. Raises ``PackageRefused`` where there is none, or more than one."""
    found = parent.findall(_q(name))
    if len(found) != 1:
        raise PackageRefused(name, "thiếu trong gói" if not found else f"có {len(found)} phần tử, chỉ được một")
    return found[0]


def _words(parent, name) -> str:
    """The words of a child, nothing where it is not there or says that it is empty."""
    found = parent.find(_q(name)) if parent is not None else None
    words = " ".join((found.text or "").split()) if found is not None else ""
    if len(words) > MOST_LETTERS:
        raise PackageRefused(name, f"dài quá {MOST_LETTERS} chữ")
    return "" if words.upper() in ("N/A", "NULL") else words


def _needed(parent, name) -> str:
    words = _words(parent, name)
    if not words:
        raise PackageRefused(name, "không được để trống")
    return words


def _organ(element) -> Organ:
    code = _needed(element, "OrganId")
    if not _ORGAN.fullmatch(code):
        raise PackageRefused("OrganId", f"«{code[:60]}» không phải mã định danh (dạng 000.00.00.H37)")
    return Organ(code, _words(element, "OrganName"), _words(element, "OrganizationInCharge"))


def _number(code) -> str:
    number = _needed(code, "CodeNumber")
    if not re.fullmatch(r"\d{1,7}[A-Za-z]?", number):
        swapped = re.fullmatch(r"\d{1,7}", _words(code, "CodeNotation"))
        raise PackageRefused(
            "CodeNumber", "số và ký hiệu bị đổi chỗ" if swapped else f"«{number[:60]}» không phải số văn bản"
        )
    return number


def _day(parent, name) -> date:
    words = _needed(parent, name)
    try:
        return datetime.strptime(words, DAY).date()
    except ValueError:
        raise PackageRefused(name, f"«{words[:60]}» không phải ngày dạng năm/tháng/ngày") from None


def _moment(words) -> datetime | None:
    try:
        return datetime.strptime(words, MOMENT)
    except ValueError:
        return None


def _files(root) -> tuple[File, ...]:
    """The files that stand beside the envelope, in the order of the manifest. Raises ``PackageRefused``."""
    if root.find(f"{_q('edXMLEnvelope')}//{_q('Attachment')}") is not None:
        raise PackageRefused("Attachment", "tệp phải đặt ngoài edXMLEnvelope, trong AttachmentEncoded")
    found = root.findall(f"{_q('AttachmentEncoded')}/{_q('Attachment')}")
    if len(found) > MOST_FILES:
        raise PackageRefused("AttachmentEncoded", f"có {len(found)} tệp, nhiều nhất {MOST_FILES}")
    made = {}
    for element in found:
        key = _bare(_needed(element, "ContentId"))
        if key in made:
            raise PackageRefused("ContentId", f"«{key[:60]}» dùng cho hai tệp")
        made[key] = _file(element)
    for told in root.iterfind(f".//{_q('edXMLManifest')}/{_q('Reference')}"):
        key = _bare(told.get(f"{{{LINK}}}href") or _words(told, "ContentId"))
        if key not in made:
            raise PackageRefused("Reference", f"gói kể tệp «{key[:60]}» nhưng không có tệp ấy")
    return tuple(made.values())


def _bare(key) -> str:
    """A key without what marks it, however often that was written."""
    while key.startswith("cid:"):
        key = key.removeprefix("cid:")
    return key


def _file(element) -> File:
    held = element.find(_q("ContentTransferEncoded"))
    try:
        content = base64.b64decode("".join((held.text or "").split()) if held is not None else "", validate=True)
    except (binascii.Error, ValueError):
        raise PackageRefused("ContentTransferEncoded", "nội dung tệp bị hỏng (base64)") from None
    if not content:
        raise PackageRefused("ContentTransferEncoded", "tệp rỗng")
    kind = _words(element, "ContentType") or "application/octet-stream"
    return File(_needed(element, "AttachmentName"), content, kind, _words(element, "Description"))


def _refuse_odd(package):
    """Raise ``PackageRefused`` for facts that stand in the wrong place."""
    if not package.to:
        raise PackageRefused("To", "thiếu trong gói")
    if package.business not in (NEW, RECALL, UPDATE, REPLACE):
        raise PackageRefused("BussinessDocType", f"«{package.business[:20]}» không phải 0, 1, 2, 3")


def _status(element) -> Status:
    told = _one(element, "ResponseFor")
    sender = _needed(_one(element, "From"), "OrganId")
    at = _moment(_words(element, "Timestamp"))
    return Status(
        sender, _needed(told, "DocumentId"), _needed(element, "StatusCode"), _words(element, "Description"), at
    )
