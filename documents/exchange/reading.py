"""A package that came is read: whole, or refused with the name of the element that is wrong.

What the axis asks for must be there and mean something; what it merely allows and is not understood is listed in
``Package.left``.
"""

import re
from datetime import date, datetime

from lxml import etree

from .attached import attached_files
from .edxml import (
    CODE,
    DAY,
    NEW,
    PRIORITIES,
    RECALL,
    REPLACE,
    UPDATE,
    Organ,
    Package,
    PackageRefused,
    Status,
    tag,
)
from .elements import all_words, child, child_or_none, lack, needed_words, root_of, words_of

_MOST_LEFT = 30
# Years that a paper on the axis, or a moment that a system tells of, can have.
_YEARS = range(1945, 2101)
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_MOMENTS = ("%Y/%m/%d %H:%M:%S", "%d/%m/%Y %H:%M:%S")
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
    root = root_of(content)
    if (status := _status_in(root)) is not None:
        return _status(status)
    if root.tag != tag("edXML"):
        raise PackageRefused(etree.QName(root).localname, "phần tử gốc phải là edXML; tệp này không phải gói văn bản")
    header = child(child(root, "edXMLEnvelope"), "edXMLHeader")
    return _package(root, child(header, "MessageHeader"), _business_in(header), _strange(root))


def _package(root, header, business, left) -> Package:
    """The facts of each part. ``left`` grows by what is not understood."""
    issued, kind = child(header, "PromulgationInfo"), child(header, "DocumentType")
    signer, other = child_or_none(header, "SignerInfo"), child_or_none(header, "OtherInfo")
    number, notation = _number(child(header, "Code"))
    package = Package(
        sender=_organ(child(header, "From")),
        to=_receivers(header),
        number=number,
        notation=notation,
        place=words_of(issued, "Place"),
        day=_day(issued, "PromulgationDate"),
        type_code=words_of(kind, "Type"),
        type_name=words_of(kind, "TypeName"),
        subject=needed_words(header, "Subject"),
        signer=words_of(signer, "FullName"),
        post=words_of(signer, "Position"),
        competence=words_of(signer, "Competence"),
        due=_due(header, left),
        business=_business(business),
        reason=words_of(business, "BussinessDocReason"),
        about=_about(business),
        urgency=_urgency(other, left),
        pages=_count(other, "PageAmount", left),
        appendices=tuple(all_words(other, f"{tag('Appendixes')}/{tag('Appendix')}")),
        answers=tuple(all_words(header, f"{tag('ResponseFor')}/{tag('DocumentId')}")),
        sent_at=_sent(root, left),
        files=attached_files(root, left),
    )
    told = words_of(header, "DocumentId")
    if told and told != package.key:
        left.append(f"DocumentId ghi «{told[:100]}», khác với nơi gửi, ngày, số trong gói")
    return Package(**(vars(package) | {"left": tuple(left[:_MOST_LEFT])}))


# --- Facts


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


def _organ(element) -> Organ:
    code = needed_words(element, "OrganId")
    if not re.fullmatch(CODE, code):
        raise PackageRefused("OrganId", f"«{code[:60]}» không phải mã định danh (dạng H37.12 hoặc 000.00.12.H37)")
    return Organ(code, words_of(element, "OrganName"), words_of(element, "OrganizationInCharge"))


def _receivers(header) -> tuple[Organ, ...]:
    found = tuple(map(_organ, header.findall(tag("To"))))
    if not found:
        raise PackageRefused("To", lack(header, "To"))
    return found


def _number(code) -> tuple[str, str]:
    """Number and notation; some systems write both into the number, or a stroke before the notation."""
    number, notation = needed_words(code, "CodeNumber"), words_of(code, "CodeNotation").lstrip("/ ")
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
    words = needed_words(parent, name)
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
        return _day(header, "DueDate") if words_of(header, "DueDate") else None
    except PackageRefused as refused:
        left.append(str(refused))
        return None


def _urgency(other, left) -> str:
    words = words_of(other, "Priority")
    if words and words not in [str(code) for code in range(len(PRIORITIES))]:
        left.append(f"<Priority>: «{words[:60]}» không phải mức độ khẩn (0 đến 4)")
        return ""
    if words == "4":
        left.append("<Priority>: hỏa tốc hẹn giờ, gói không ghi giờ; hãy hỏi nơi gửi")
    return PRIORITIES[int(words or 0)]


def _count(other, name, left) -> int:
    words = words_of(other, name)
    if words and not re.fullmatch(r"\d{1,5}", words, re.ASCII):
        left.append(f"<{name}>: «{words[:60]}» không phải số")
        return 0
    return int(words or 0)


def _business_in(header):
    """The part that says what the package is about, wherever in the header it stands; some systems spell it as English does."""
    for element in header.iter(*map(tag, ("Business", "BusinessDocType", "BusinessDocReason"))):
        element.tag = element.tag.replace("}Business", "}Bussiness")
    found = header.findall(f".//{tag('Bussiness')}")
    if len(found) > 1:
        raise PackageRefused("Bussiness", f"có {len(found)} phần tử, chỉ được một")
    return found[0] if found else None


def _business(business) -> str:
    code = words_of(business, "BussinessDocType") or NEW
    if code not in (NEW, RECALL, UPDATE, REPLACE):
        raise PackageRefused("BussinessDocType", f"«{code[:20]}» không phải 0, 1, 2, 3")
    return code


def _about(business) -> tuple[str, ...]:
    """Keys of the papers that a recall, an update, a replacement is about, as far as it names them."""
    named = all_words(business, f"{tag('ReplacementInfoList')}/{tag('ReplacementInfo')}/{tag('DocumentId')}")
    return tuple(dict.fromkeys(named or all_words(business, tag("DocumentId"))))


def _sent(root, left) -> datetime | None:
    """When the last system on its way sent it."""
    traces = root.findall(f".//{tag('TraceHeaderList')}/{tag('TraceHeader')}")
    words = words_of(traces[-1], "Timestamp") if traces else ""
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


# --- States


def _status_in(root):
    """The element that tells a state: ``Status``, whose parts some systems put under the namespace of SOAP, or a header with the
    state in it; None in the package of a paper.
    """
    strange = root.find(f".//{{{_SOAP}}}Status")
    if strange is not None:
        for element in strange.iter(etree.Element):
            element.tag = tag(etree.QName(element).localname)
        return strange
    header = root.find(f".//{tag('MessageHeader')}")
    tells = header is not None and header.find(tag("StatusCode")) is not None and header.find(tag("Code")) is None
    return header if tells else root.find(f".//{tag('Status')}")


def _status(element) -> Status:
    told = child(element, "ResponseFor")
    sender = _organ(child(element, "From")).code
    code, words = needed_words(element, "StatusCode"), words_of(element, "Timestamp")
    if not re.fullmatch(r"\d{1,2}", code, re.ASCII):
        raise PackageRefused("StatusCode", f"«{code[:20]}» không phải mã trạng thái")
    at = _moment(words)
    if words and at is None:
        raise PackageRefused("Timestamp", f"«{words[:60]}» không phải lúc dạng năm/tháng/ngày giờ:phút:giây")
    return Status(sender, needed_words(told, "DocumentId"), f"{int(code):02d}", words_of(element, "Description"), at)
