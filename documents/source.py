"""The document source file: a YAML head and a Markdown body, read, judged and written.

``parse`` reads a file, ``check`` judges a ``Paper`` from anywhere, ``dump`` writes one back. All faults are told at once, in
the words of the person who writes, each with its line. Nothing that a source names is ever opened.
"""

import re
from datetime import date

import yaml

from units.text import clean

from .head import Head, read_head
from .markdown import body_faults
from .paper import Appendix, Fault, Paper, PaperRefused, PartialDate, Signature

MAX_BODY = 1_000_000  # bytes of UTF-8: some 300 pages; more is a mistake, and would hold a worker for minutes
MAX_FILE = 20 * MAX_BODY
URGENCIES = ("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
CIRCULATIONS = ("LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI")
ORIENTATIONS = ("portrait", "landscape")
# Asked of every paper; minutes carry no place (Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.9).
REQUIRED = {
    "type": "ghi chữ viết tắt của loại văn bản, ví dụ: type: CV",
    "issuer": "ghi tên cơ quan ban hành, ví dụ: issuer: [ỦY BAN NHÂN DÂN, TỈNH LẠNG SƠN]",
    "symbol": "ghi phần sau dấu gạch chéo, ví dụ: symbol: UBND-KGVX",
    "place": "ghi địa danh, ví dụ: place: Lạng Sơn",
    "subject": "ghi trích yếu nội dung",
    "signature": "ghi quyền hạn, chức vụ và họ tên người ký",
}


def parse(data, types) -> Paper:
    """The paper in ``data`` (bytes or text of a source file), judged by ``types`` ({code: TypeFacts}).

    Raises ``PaperRefused`` with every fault; ``line`` of each counts from 1 in the file.
    """
    text = _decode(data)
    head_text, body, body_line = _split(text)
    head, head_faults = read_head(head_text)
    paper = _paper(head, body)
    faults = head_faults + [_in_file(fault, head, body_line) for fault in check(paper, types)]
    # A key that is there but wrong has been told already; that it is empty follows from it.
    told = {fault.field for fault in head_faults}
    faults = [fault for fault in faults if fault in head_faults or fault.field not in told]
    if faults:
        raise PaperRefused(sorted(faults, key=lambda fault: fault.line or 0))
    return paper


def check(paper, types) -> list[Fault]:
    """What is wrong with ``paper``; a fault's ``line`` counts within the text of its ``field``."""
    faults = _missing(paper, types)
    if paper.type and paper.type not in types:
        known = ", ".join(sorted(types))
        faults.append(Fault(f"không có loại văn bản «{paper.type}»; hãy dùng một trong: {known}", field="type"))
    faults += _one_of(paper.urgency, URGENCIES, "urgency", "mức độ khẩn")
    faults += _one_of(paper.circulation, CIRCULATIONS, "circulation", "phạm vi lưu hành")
    faults += _date_faults(paper.date)
    faults += text_faults(paper.body, "body")
    for number, appendix in enumerate(paper.appendices):
        field = f"appendices.{number}"
        if not appendix.title.strip():
            faults.append(Fault("phụ lục chưa có tên; thêm title: …", field=field))
        faults += _one_of(appendix.orientation, ORIENTATIONS, field, "khổ giấy của phụ lục")
        faults += text_faults(appendix.body, f"{field}.body")
    return faults


def text_faults(text, field) -> list[Fault]:
    """What is wrong with a body or the text of an appendix. A text that is too long is not looked into."""
    size = len(text.encode())
    if size > MAX_BODY:
        told = f"{size / 1_000_000:.1f}".replace(".", ",")
        return [Fault(f"nội dung dài {told} MB, tối đa 1 MB; hãy chia thành nhiều văn bản hoặc phụ lục", field=field)]
    if not text.strip():
        return [Fault("chưa có nội dung; hãy viết ít nhất một đoạn", field=field)]
    return [Fault(message, line, field) for line, message in body_faults(text)]


def dump(paper) -> str:
    """``paper`` as a source file that ``parse`` reads back to an equal paper."""
    head = {
        "type": paper.type,
        "issuer": list(paper.issuer),
        "superior": list(paper.superior) or None,
        "number": paper.number,
        "symbol": paper.symbol,
        "place": paper.place or None,
        "date": _date_text(paper.date),
        "subject": paper.subject,
        "urgency": paper.urgency or None,
        "circulation": paper.circulation or None,
        "authority_line": paper.authority_line or None,
        "bases": list(paper.bases),
        "to": list(paper.to),
        "recipients": list(paper.recipients),
        "archive": paper.archive or None,
        "signature": _signature_map(paper.signature),
        "second_signature": _signature_map(paper.second_signature),
        "contact": paper.contact or None,
        "appendices": [
            {"title": row.title, "orientation": row.orientation, "body": row.body} for row in paper.appendices
        ],
    }
    written = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{written}---\n{paper.body}\n"


def _decode(data) -> str:
    """The text of a file, in NFC; raises ``PaperRefused`` for what is no text."""
    if isinstance(data, bytes):
        if len(data) > MAX_FILE:
            raise PaperRefused([Fault(f"tệp dài {len(data) / 1e6:.0f} MB; tối đa {MAX_FILE / 1e6:.0f} MB", 1)])
        try:
            data = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise PaperRefused([Fault("không phải văn bản UTF-8; hãy lưu lại tệp với mã UTF-8", line)]) from None
    if "\0" in data:
        line = data[: data.index("\0")].count("\n") + 1
        raise PaperRefused([Fault("có ký tự NUL; tệp này không phải văn bản thuần, hãy lưu lại dạng .md", line)])
    return clean(data.removeprefix("\ufeff"))


def _split(text):
    """Head, body, and the file's line on which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise PaperRefused([Fault("tệp phải bắt đầu bằng dòng --- rồi đến phần đầu (YAML)", 1)])
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise PaperRefused([Fault("phần đầu chưa đóng; thêm một dòng --- trước nội dung", len(lines))])


def _paper(head: Head, body) -> Paper:
    """The facts of a head and a body, as far as they could be read."""
    first, second = head.mapping("signature"), head.mapping("second_signature")
    return Paper(
        type=head.line("type"),
        issuer=head.lines("issuer"),
        superior=head.lines("superior"),
        number=head.value("number"),
        symbol=head.line("symbol"),
        place=head.line("place"),
        date=head.value("date") or PartialDate(),
        subject=head.line("subject"),
        urgency=head.line("urgency"),
        circulation=head.line("circulation"),
        authority_line=head.line("authority_line"),
        bases=head.lines("bases"),
        to=head.lines("to"),
        recipients=head.lines("recipients"),
        archive=head.line("archive"),
        signature=Signature(first.get("capacity", ()), first.get("name", "")),
        second_signature=Signature(second.get("capacity", ()), second.get("name", "")) if second else None,
        contact=head.line("contact"),
        appendices=tuple(
            Appendix(row.get("title", ""), row.get("body", ""), row.get("orientation") or "portrait")
            for row in head.value("appendices") or ()
        ),
        body=body.strip("\n"),
    )


def _in_file(fault, head, body_line) -> Fault:
    """A fault of a paper with the line of the file that it stands on."""
    if fault.field == "body":
        line = body_line + (fault.line or 1) - 1 + head.blank_lines_before_body
    else:
        line = head.line_of(fault.field, fault.line)
    return Fault(fault.message, line, fault.field)


def _missing(paper, types) -> list[Fault]:
    minutes = paper.type in types and types[paper.type].form == "minutes"
    empty = [name for name in REQUIRED if name != "signature" and not getattr(paper, name)]
    faults = [Fault(f"thiếu {name}: {REQUIRED[name]}", field=name) for name in empty if name != "place" or not minutes]
    if not (paper.signature.capacity or paper.signature.name):
        faults.append(Fault(f"thiếu signature: {REQUIRED['signature']}", field="signature"))
        return faults
    for name, signature in (("signature", paper.signature), ("second_signature", paper.second_signature)):
        if signature and not signature.capacity:
            faults.append(Fault("thiếu quyền hạn, chức vụ người ký (capacity)", field=f"{name}.capacity"))
        if signature and not signature.name.strip():
            faults.append(Fault("thiếu họ tên người ký (name)", field=f"{name}.name"))
    return faults


def _one_of(value, allowed, field, what) -> list[Fault]:
    if not value or value in allowed:
        return []
    return [Fault(f"{what} «{value}» không có; hãy dùng một trong: {', '.join(allowed)}", field=field)]


def _date_faults(known) -> list[Fault]:
    if known.year is None:
        return []
    try:
        date(known.year, known.month or 1, known.day or 1)
    except ValueError:
        return [Fault(f"không có ngày {_date_text(known)}", field="date")]
    return []


def _date_text(known):
    if known.year is None:
        return None
    parts = [f"{known.year:04d}", f"{known.month:02d}"] + ([f"{known.day:02d}"] if known.day else [])
    return "-".join(parts)


def _signature_map(signature):
    return {"capacity": list(signature.capacity), "name": signature.name} if signature else None


def plain_name(text) -> str:
    """``text`` fit for one line of a message."""
    return re.sub(r"\s+", " ", text)[:80]
