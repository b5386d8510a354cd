"""A package that came is read: whole, or refused with the name of the element that is wrong.

Entities are not resolved, nothing is fetched; bytes, elements, depth, files and letters have bounds. What the axis asks for must
be there and mean something; what it merely allows and is not understood is listed in ``Package.left``.
"""

import base64
import binascii
import io
import re
import zipfile
import zlib
from datetime import date, datetime

from lxml import etree

from .edxml import (
    CODE,
    DAY,
    LINK,
    NEW,
    PRIORITIES,
    RECALL,
    REPLACE,
    SPACE,
    UPDATE,
    File,
    Organ,
    Package,
    PackageRefused,
    Status,
)

# What one package may hold: bytes of the file, files, letters of a fact.
MOST_BYTES, MOST_FILES, MOST_LETTERS = 64 * 1024 * 1024, 40, 2000
_ELEMENTS, _DEPTH, _ATTRIBUTES, _MOST_LEFT = 20_000, 64, 64, 30
_TOO_DEEP = f"gói lồng sâu quá {_DEPTH} lớp phần tử"
# Years that a paper on the axis, or a moment that a system tells of, can have.
_YEARS = range(1945, 2101)
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_MOMENTS = ("%Y/%m/%d %H:%M:%S", "%d/%m/%Y %H:%M:%S")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# By the first two bytes; everything else is UTF-8.
_ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_PACKED = {b"PK": "zip", b"\x1f\x8b": "gz"}
# What the regulation has below each part, whether it is read here or not.
_KNOWN = {
    "edXML": {"edXMLEnvelope", "AttachmentEncoded"},
    "edXMLEnvelope": {"edXMLHeader", "edXMLBody"},
    "edXMLHeader": {"MessageHeader", "TraceHeaderList", "DigitalSignature"},
    "MessageHeader": {
        "From", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo", "DueDate", "ToPlaces",
        "OtherInfo", "ResponseFor", "SteeringType", "DocumentId",
    },
    "From": (_OF_ORGAN := {
        "OrganId", "OrganizationInCharge", "OrganName", "OrganAdd", "Email", "Telephone", "Fax", "Website",
    }),
    "To": _OF_ORGAN,
    "Code": {"CodeNumber", "CodeNotation"},
    "PromulgationInfo": {"Place", "PromulgationDate"},
    "DocumentType": {"Type", "TypeName", "TypeDetail"},
    "SignerInfo": {"Competence", "Position", "FullName"},
    "ToPlaces": {"Place"},
    "OtherInfo": {
        "Priority", "SphereOfPromulgation", "TyperNotation", "PromulgationAmount", "PageAmount", "Appendixes", "Direction",
    },
    "ResponseFor": {"OrganId", "Code", "PromulgationDate", "DocumentId"},
    "TraceHeaderList": {"TraceHeader", "Bussiness"},
    "Bussiness": {
        "BussinessDocType", "BussinessDocReason", "BussinessDocumentInfo", "DocumentId", "ReplacementInfoList", "StaffInfo",
        "Paper",
    },
}  # fmt: skip


def parsed(content: bytes) -> Package | Status:
    """What ``content`` holds. Raises ``PackageRefused`` with the element that is wrong."""
    root = _root(content)
    if (status := _status_in(root)) is not None:
        return _status(status)
    if root.tag != _q("edXML"):
        raise PackageRefused(etree.QName(root).localname, "phần tử gốc phải là edXML; tệp này không phải gói văn bản")
    header = _one(_one(root, "edXMLEnvelope"), "edXMLHeader")
    return _package(root, _one(header, "MessageHeader"), _business_in(header), _strange(root))


def _package(root, header, business, left) -> Package:
    """The facts of each part. ``left`` grows by what is not understood."""
    issued, kind = _one(header, "PromulgationInfo"), _one(header, "DocumentType")
    signer, other = _part(header, "SignerInfo"), _part(header, "OtherInfo")
    number, notation = _number(_one(header, "Code"))
    package = Package(
        sender=_organ(_one(header, "From")),
        to=_receivers(header),
        number=number,
        notation=notation,
        place=_words(issued, "Place"),
        day=_day(issued, "PromulgationDate"),
        type_code=_words(kind, "Type"),
        type_name=_words(kind, "TypeName"),
        subject=_needed(header, "Subject"),
        signer=_words(signer, "FullName"),
        post=_words(signer, "Position"),
        competence=_words(signer, "Competence"),
        due=_due(header, left),
        business=_business(business),
        reason=_words(business, "BussinessDocReason"),
        about=_about(business),
        urgency=_urgency(other, left),
        pages=_count(other, "PageAmount", left),
        appendices=tuple(_each(other, f"{_q('Appendixes')}/{_q('Appendix')}")),
        answers=tuple(_each(header, f"{_q('ResponseFor')}/{_q('DocumentId')}")),
        sent_at=_sent(root, left),
        files=_files(root, left),
    )
    told = _words(header, "DocumentId")
    if told and told != package.key:
        left.append(f"DocumentId ghi «{told[:100]}», khác với nơi gửi, ngày, số trong gói")
    return Package(**(vars(package) | {"left": tuple(left[:_MOST_LEFT])}))


# --- The tree, within bounds


def _root(content):
    if len(content) > MOST_BYTES:
        raise PackageRefused("", f"gói lớn quá {MOST_BYTES // 1024 // 1024} MB")
    try:
        return _tree(_as_utf8(content))
    except etree.XMLSyntaxError as error:
        why = "tệp này không phải XML, hoặc bị cắt mất phần cuối; hãy lấy lại gói từ trục"
        raise PackageRefused("", _TOO_DEEP if "depth" in str(error).lower() else why) from None


def _as_utf8(content) -> bytes:
    """The text of the file in the one encoding that is read, without what it says of its encoding.

    A declaration of entities that hides in another encoding is found so. Raises ``PackageRefused``.
    """
    if packed := _PACKED.get(content[:2]):
        raise PackageRefused("", f"tệp đang nén ({packed}); hãy giải nén rồi nhận tệp .edxml ở trong")
    try:
        text = content.decode(_ENCODINGS.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        raise PackageRefused("", "chữ trong gói không phải UTF-8; hãy yêu cầu nơi gửi tạo lại gói") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise PackageRefused("", "gói có khai báo DOCTYPE hoặc ENTITY; hãy yêu cầu nơi gửi tạo lại gói")
    return _DECLARATION.sub("", text, count=1).encode()


def _tree(content):
    """The root, judged while it is read: what is too much is not built. Raises ``PackageRefused``, ``XMLSyntaxError``."""
    reader = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), encoding="utf-8", resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=True, remove_pis=True, remove_comments=True,
    )  # fmt: skip
    count = depth = 0
    for event, element in reader:
        depth += 1 if event == "start" else -1
        count += event == "start"
        if count == 1 and event == "start":
            _refuse_root(element)
        if count > _ELEMENTS:
            raise PackageRefused("edXML", f"gói có quá {_ELEMENTS} phần tử")
        if depth > _DEPTH:
            raise PackageRefused("", _TOO_DEEP)
        if len(element.attrib) > _ATTRIBUTES:
            raise PackageRefused(etree.QName(element).localname[:60], f"có quá {_ATTRIBUTES} thuộc tính")
    return reader.root


def _refuse_root(root):
    """Raise ``PackageRefused`` for what is neither a package nor a state told in an envelope of SOAP."""
    name = etree.QName(root)
    if name.localname not in ("edXML", "Envelope"):
        raise PackageRefused(name.localname[:60], "phần tử gốc phải là edXML; tệp này không phải gói văn bản")
    if name.localname == "edXML" and name.namespace != SPACE:
        raise PackageRefused("edXML", f"không gian tên phải là {SPACE}, gói ghi {(name.namespace or 'trống')[:100]}")


def _q(name) -> str:
    return f"{{{SPACE}}}{name}"


# --- Words of an element


def _one(parent, name):
    """The child of that name. Raises ``PackageRefused`` where there is none, or more than one."""
    found = _part(parent, name)
    if found is None:
        raise PackageRefused(name, _lack(parent, name))
    return found


def _part(parent, name):
    """As ``_one``, for what need not be there; nor need ``parent``."""
    found = parent.findall(_q(name)) if parent is not None else []
    if len(found) > 1:
        raise PackageRefused(name, f"có {len(found)} phần tử, chỉ được một")
    return found[0] if found else None


def _lack(parent, name) -> str:
    """That it is not there, or that it stands there under another namespace."""
    strange = next((child for child in parent if etree.QName(child).localname == name), None)
    return "thiếu trong gói" if strange is None else f"sai không gian tên, phải là {SPACE}"


def _words(parent, name) -> str:
    """The words of a child, nothing where it is not there or says that it is empty."""
    found = _part(parent, name)
    return _said(found, name) if found is not None else ""


def _said(element, name) -> str:
    words = " ".join((element.text or "").split())
    if len(words) > MOST_LETTERS:
        raise PackageRefused(name, f"dài quá {MOST_LETTERS} chữ")
    return "" if words.upper() in ("N/A", "NULL") else words


def _each(parent, path) -> list[str]:
    """The words of all elements at ``path``, without empty ones."""
    found = parent.findall(path) if parent is not None else []
    return [words for one in found[:MOST_FILES] if (words := _said(one, etree.QName(one).localname))]


def _needed(parent, name) -> str:
    words = _words(parent, name)
    if not words:
        raise PackageRefused(name, "không được để trống")
    return words


def _strange(root) -> list[str]:
    """A line for each element that the regulation does not have in its place."""
    found = []
    for element in root.iter(etree.Element):
        parent = element.getparent()
        known = _KNOWN.get(etree.QName(parent).localname) if parent is not None else None
        name = etree.QName(element).localname
        if known is not None and name not in known:
            words = " ".join("".join(element.itertext()).split())[:100]
            found.append(f"{name[:60]} (trong {etree.QName(parent).localname}){f': «{words}»' if words else ''}")
    return found


# --- Facts


def _organ(element) -> Organ:
    code = _needed(element, "OrganId")
    if not re.fullmatch(CODE, code):
        raise PackageRefused("OrganId", f"«{code[:60]}» không phải mã định danh (dạng H37.12 hoặc 000.00.12.H37)")
    return Organ(code, _words(element, "OrganName"), _words(element, "OrganizationInCharge"))


def _receivers(header) -> tuple[Organ, ...]:
    found = tuple(map(_organ, header.findall(_q("To"))))
    if not found:
        raise PackageRefused("To", _lack(header, "To"))
    return found


def _number(code) -> tuple[str, str]:
    """Number and notation; some systems write both into the number, or a stroke before the notation."""
    number, notation = _needed(code, "CodeNumber"), _words(code, "CodeNotation").lstrip("/ ")
    whole, stroke, behind = number.partition("/")
    if stroke and notation in ("", behind):
        number, notation = whole.strip(), behind.strip()
    if not re.fullmatch(r"\d{1,7}[A-Za-z]?", number, re.ASCII):
        swapped = re.fullmatch(r"\d{1,7}", notation, re.ASCII)
        raise PackageRefused(
            "CodeNumber", "số và ký hiệu bị đổi chỗ" if swapped else f"«{number[:60]}» không phải số văn bản"
        )
    return number, notation


def _day(parent, name) -> date:
    words = _needed(parent, name)
    try:
        day = datetime.strptime(words, DAY).date()
    except ValueError:
        raise PackageRefused(name, f"«{words[:60]}» không phải ngày dạng năm/tháng/ngày") from None
    if day.year not in _YEARS:
        raise PackageRefused(name, f"năm {day.year} không thể là năm của văn bản")
    return day


def _due(header, left) -> date | None:
    """The day until which something is asked; one that is none is told, for the paper arrives all the same."""
    try:
        return _day(header, "DueDate") if _words(header, "DueDate") else None
    except PackageRefused as refused:
        left.append(str(refused))
        return None


def _urgency(other, left) -> str:
    words = _words(other, "Priority")
    if words and words not in [str(code) for code in range(len(PRIORITIES))]:
        left.append(f"<Priority>: «{words[:60]}» không phải mức độ khẩn (0 đến 4)")
        return ""
    if words == "4":
        left.append("<Priority>: hỏa tốc hẹn giờ, gói không ghi giờ; hãy hỏi nơi gửi")
    return PRIORITIES[int(words or 0)]


def _count(other, name, left) -> int:
    words = _words(other, name)
    if words and not re.fullmatch(r"\d{1,5}", words, re.ASCII):
        left.append(f"<{name}>: «{words[:60]}» không phải số")
        return 0
    return int(words or 0)


def _business_in(header):
    """The part that says what the package is about, wherever in the header it stands; some systems spell it as English does."""
    for element in header.iter(*map(_q, ("Business", "BusinessDocType", "BusinessDocReason"))):
        element.tag = element.tag.replace("}Business", "}Bussiness")
    found = header.findall(f".//{_q('Bussiness')}")
    if len(found) > 1:
        raise PackageRefused("Bussiness", f"có {len(found)} phần tử, chỉ được một")
    return found[0] if found else None


def _business(business) -> str:
    code = _words(business, "BussinessDocType") or NEW
    if code not in (NEW, RECALL, UPDATE, REPLACE):
        raise PackageRefused("BussinessDocType", f"«{code[:20]}» không phải 0, 1, 2, 3")
    return code


def _about(business) -> tuple[str, ...]:
    """Keys of the papers that a recall, an update, a replacement is about, as far as it names them."""
    named = _each(business, f"{_q('ReplacementInfoList')}/{_q('ReplacementInfo')}/{_q('DocumentId')}")
    return tuple(dict.fromkeys(named or _each(business, _q("DocumentId"))))


def _sent(root, left) -> datetime | None:
    """When the last system on its way sent it."""
    traces = root.findall(f".//{_q('TraceHeaderList')}/{_q('TraceHeader')}")
    words = _words(traces[-1], "Timestamp") if traces else ""
    at = _moment(words)
    if words and at is None:
        left.append(f"<Timestamp>: «{words[:60]}» không phải lúc dạng năm/tháng/ngày giờ:phút:giây")
    return at


def _moment(words) -> datetime | None:
    for form in _MOMENTS:
        try:
            at = datetime.strptime(words, form)
        except ValueError:
            continue
        return at if at.year in _YEARS else None
    return None


# --- Files


def _files(root, left) -> tuple[File, ...]:
    """The files that stand beside the envelope, in the order of the package. Raises ``PackageRefused``."""
    if root.find(f"{_q('edXMLEnvelope')}//{_q('Attachment')}") is not None:
        raise PackageRefused("Attachment", "tệp phải đặt ngoài edXMLEnvelope, trong AttachmentEncoded")
    found = root.findall(f"{_q('AttachmentEncoded')}/{_q('Attachment')}")
    if len(found) > MOST_FILES:
        raise PackageRefused("AttachmentEncoded", f"có {len(found)} tệp, nhiều nhất {MOST_FILES}")
    made, room = {}, MOST_BYTES
    for element in found:
        key = _bare(_needed(element, "ContentId"))
        if key in made:
            raise PackageRefused("ContentId", f"«{key[:60]}» dùng cho hai tệp")
        made[key] = _file(element, room)
        room -= len(made[key].content)
    _compare(root, made, left)
    return tuple(made.values())


def _compare(root, made, left):
    """Raise ``PackageRefused`` for a file that is told of and not there; tell of those that are there and not told of."""
    told, by_name = set(), {file.name: key for key, file in made.items()}
    for reference in root.iterfind(f".//{_q('edXMLManifest')}/{_q('Reference')}"):
        key = _bare(reference.get(f"{{{LINK}}}href") or _words(reference, "ContentId"))
        key = key if key in made else by_name.get(key, key)
        if key not in made:
            raise PackageRefused("Reference", f"gói kể tệp «{key[:60]}» nhưng không có tệp ấy")
        told.add(key)
    left += [f"<Reference>: gói có tệp «{made[key].name[:100]}» mà không kể" for key in made if key not in told]


def _bare(key) -> str:
    """A key without what marks it, however often that was written."""
    while key.startswith("cid:"):
        key = key.removeprefix("cid:")
    return key


def _file(element, room) -> File:
    """One file. ``room``: bytes that the files of this package may still have."""
    held = _part(element, "ContentTransferEncoded")
    try:
        content = base64.b64decode("".join((held.text or "").split()) if held is not None else "", validate=True)
    except (binascii.Error, ValueError):
        raise PackageRefused("ContentTransferEncoded", "nội dung tệp bị hỏng (base64)") from None
    name = _needed(element, "AttachmentName")
    content = _unpacked(content, name, room)
    if not content:
        raise PackageRefused("ContentTransferEncoded", "tệp rỗng")
    kind = _words(element, "ContentType") or "application/octet-stream"
    return File(name, content, kind, _words(element, "Description"))


def _unpacked(content, name, room) -> bytes:
    """What a system packed into a zip before it put it into the package, as that of the national axis does: one file alone, under
    the name of what is in it. Anything else is as it is.
    """
    if not content.startswith(b"PK\x03\x04") or name.lower().endswith(".zip"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            (only,) = packed.infolist()
            if only.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                return content  # the others give all they hold at once, however little is asked for
            with packed.open(only) as file:
                inside = file.read(room + 1)
    except (ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return content  # an office file has several parts; what is broken is refused when it is looked into
    if len(inside) > room:
        raise PackageRefused("ContentTransferEncoded", f"các tệp giải nén ra lớn quá {MOST_BYTES // 1024 // 1024} MB")
    return inside


# --- States


def _status_in(root):
    """The element that tells a state: ``Status``, whose parts some systems put under the namespace of SOAP, or a header with the
    state in it; None in the package of a paper.
    """
    strange = root.find(f".//{{{_SOAP}}}Status")
    if strange is not None:
        for element in strange.iter(etree.Element):
            element.tag = _q(etree.QName(element).localname)
        return strange
    header = root.find(f".//{_q('MessageHeader')}")
    tells = header is not None and header.find(_q("StatusCode")) is not None and header.find(_q("Code")) is None
    return header if tells else root.find(f".//{_q('Status')}")


def _status(element) -> Status:
    told = _one(element, "ResponseFor")
    sender = _organ(_one(element, "From")).code
    code, words = _needed(element, "StatusCode"), _words(element, "Timestamp")
    if not re.fullmatch(r"\d{1,2}", code, re.ASCII):
        raise PackageRefused("StatusCode", f"«{code[:20]}» không phải mã trạng thái")
    at = _moment(words)
    if words and at is None:
        raise PackageRefused("Timestamp", f"«{words[:60]}» không phải lúc dạng năm/tháng/ngày giờ:phút:giây")
    return Status(sender, _needed(told, "DocumentId"), f"{int(code):02d}", _words(element, "Description"), at)
