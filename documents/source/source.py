"""The document source file: a YAML head and a Markdown body, read, judged and written.

``parse`` reads a file, ``check`` judges a ``Paper`` from anywhere, ``dump`` writes one back. All faults are told at
once, in the words of the person who writes, each with its line. Nothing that a source names is ever opened.
"""

import re
from datetime import date

import yaml

from units.encodings import old_lines
from units.text import clean_words

from . import fitting, markdown
from .head import Head, read_head
from .paper import Appendix, Fault, Paper, PaperRefused, PartialDate, Signature, all_text

MAX_BODY = 1024 * 1024  # bytes of UTF-8: some 300 pages; more is a mistake, and would hold a worker for minutes
MAX_FILE = 20 * MAX_BODY
# Word's own line ends; to YAML they are line ends too, so the count of lines would be lost.
_LINE_ENDS_OF_WORD = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# The key of a head's line: no word of the office's.
_KEY = re.compile(r"^[ \-{]*[a-z_]+:(?= )", re.M)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
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


def parse(data, types, name="", cite=None) -> Paper:
    """The paper in ``data`` (bytes or text of a source file), judged by ``types`` ({code: TypeFacts}).

    ``cite(reference, first)`` gives a citation or None; without it citations are not looked up. Raises
    ``PaperRefused`` with every fault, whose ``line`` counts from 1 in the file; ``name`` is the file's, for the
    exception's text.
    """
    text, found = _decode(data)
    head_text, body, body_line = _split(text)
    head, faults_of_head = read_head(head_text)
    found += faults_of_head
    paper = _paper(head, body)
    judged = check(paper, types, cite) if head.readable else text_faults(paper.body, "body", cite)
    # What is there but wrong has been told already; that it is empty follows from it.
    told = {fault.field for fault in found if fault.field}
    found += [_in_file(fault, head, body_line) for fault in judged if not _told(fault.field, told)]
    if found:
        raise PaperRefused(sorted(found, key=lambda fault: fault.line or 0), name)
    return paper


def check(paper, types, cite=None) -> list[Fault]:
    """What is wrong with ``paper``; a fault's ``line`` counts within the text of its ``field``. ``cite`` as in
    ``parse``.
    """
    faults = _missing(paper, types)
    if paper.type and paper.type not in types:
        known = ", ".join(sorted(types))
        faults.append(Fault(f"không có loại văn bản «{paper.type}»; hãy dùng một trong: {known}", field="type"))
    faults += _one_of(paper.urgency, URGENCIES, "urgency", "mức độ khẩn")
    faults += _one_of(paper.circulation, CIRCULATIONS, "circulation", "phạm vi lưu hành")
    faults += _date_faults(paper.date)
    faults += _control_faults(paper)
    faults += _basis_faults(paper.bases, cite)
    faults += text_faults(paper.body, "body", cite)
    for number, appendix in enumerate(paper.appendices):
        field = f"appendices.{number}"
        if not appendix.title.strip():
            faults.append(Fault("phụ lục chưa có tên; thêm title: …", field=field))
        faults += _issued_faults(paper, appendix, types, field)
        faults += _one_of(appendix.orientation, ORIENTATIONS, field, "khổ giấy của phụ lục")
        faults += text_faults(appendix.body, f"{field}.body", cite)
    return faults + fitting.faults(paper, unsound={fault.field for fault in faults})


def _issued_faults(paper, appendix, types, field) -> list[Fault]:
    """What is issued with a paper is issued by a decision, and is a paper with a name (Phụ lục III, Mẫu 1.3)."""
    if not appendix.type:
        return []
    if appendix.type not in types or types[appendix.type].form != "named":
        known = ", ".join(sorted(code for code, facts in types.items() if facts.form == "named"))
        return [Fault(f"không ban hành kèm theo được «{appendix.type}»; hãy dùng một trong: {known}", field=field)]
    if paper.type in types and types[paper.type].form != "decision":
        told = f"chỉ quyết định, nghị quyết mới ban hành kèm theo {types[appendix.type].name}; hãy để là phụ lục"
        return [Fault(told, field=field)]
    return []


def _basis_faults(bases, cite) -> list[Fault]:
    """Citations in the legal bases that the register does not hold."""
    keys = [key for basis in bases for key in markdown.CITE.findall(basis)] if cite else []
    return [Fault(markdown.unknown(key), field="bases") for key in keys if cite(key, True) is None]


def text_faults(text, field, cite=None) -> list[Fault]:
    """What is wrong with a body or the text of an appendix. A text that is too long is not looked into."""
    size = len(text.encode())
    if size > MAX_BODY:
        told = f"{size / MAX_BODY:.2f}".replace(".", ",")
        return [Fault(f"nội dung dài {told} MB ({size} byte), tối đa 1 MB; hãy chia thành nhiều văn bản", field=field)]
    return [Fault(message, line, field) for line, message in markdown.faults(text, cite)]


def dump(paper) -> str:
    """``paper`` as a source file that ``parse`` reads back to an equal paper."""
    head = {
        "type": paper.type,
        "issuer": list(paper.issuer),
        "superior": list(paper.superior) or None,
        "number": paper.number,
        "symbol": paper.symbol,
        "place": paper.place or None,
        "date": _date_value(paper.date),
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
            {"title": row.title, **({"type": row.type} if row.type else {}), "orientation": row.orientation}
            | {"body": _Block(row.body)}
            for row in paper.appendices
        ],
    }
    written = yaml.dump(head, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)
    return f"---\n{written}---\n{paper.body}\n"


class _Block(str):
    """Text that is written below a | sign, line by line."""


class _Dumper(yaml.SafeDumper):
    """Writes heads as people write them."""

    def ignore_aliases(self, data):
        """Never an alias: ``parse`` refuses them."""
        return True


_Dumper.add_representer(_Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))


def _decode(data) -> tuple[str, list[Fault]]:
    """The text of a file, in NFC, and a fault for each line in an old encoding; raises ``PaperRefused`` for what is no text."""
    if isinstance(data, bytes):
        if len(data) > MAX_FILE:
            raise PaperRefused([Fault(f"tệp dài {len(data) / 1e6:.0f} MB; tối đa {MAX_FILE / 1e6:.0f} MB", 1)])
        try:
            data = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            told = Fault("không phải văn bản UTF-8; hãy lưu lại tệp với mã UTF-8", line)
            # Files of the old fonts have one byte a letter, none of which makes a letter of UTF-8.
            old = _old_faults(data.decode("latin-1")) if data.decode(errors="ignore").isascii() else []
            raise PaperRefused([told, *old]) from None
    if "\0" in data:
        line = data[: data.index("\0")].count("\n") + 1
        raise PaperRefused([Fault("có ký tự NUL; tệp này không phải văn bản thuần, hãy lưu lại dạng .md", line)])
    data = data.replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_ENDS_OF_WORD.sub(" ", clean_words(data)), _old_faults(data)


def _old_faults(text) -> list[Fault]:
    """Lines that were typed in TCVN3, VNI and the like."""
    found = old_lines(_KEY.sub("", text))
    return [Fault(f"{old}; hãy chuyển chữ sang Unicode rồi làm lại", old.line) for old in found]


def _split(text):
    """Head, body, and the file's line on which the body's first filled line stands."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise PaperRefused([Fault("tệp phải bắt đầu bằng dòng --- rồi đến phần đầu (YAML)", 1)])
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            body = "\n".join(lines[number + 1 :])
            blank = len(body) - len(body.lstrip("\n")) if body.strip("\n") else 0
            return "\n".join(lines[1:number]), body.strip("\n"), number + 2 + blank
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
            Appendix(
                row.get("title", ""), row.get("body", ""), row.get("orientation") or "portrait", row.get("type", "")
            )
            for row in head.value("appendices") or ()
        ),
        body=body,
    )


def _told(field, told) -> bool:
    """Whether a field, a part of it or what holds it is among those ``told``."""
    return bool(field) and any(f"{known}.".startswith(f"{field}.") or field.startswith(f"{known}.") for known in told)


def _in_file(fault, head, body_line) -> Fault:
    """A fault of a paper with the line of the file that it stands on."""
    in_body = fault.field == "body"
    line = body_line + (fault.line or 1) - 1 if in_body else head.line_of(fault.field, fault.line)
    return Fault(fault.message, line, fault.field)


def _control_faults(paper):
    """Signs that no sheet can print; in a file's text YAML or Word may have left them."""
    for field, value in vars(paper).items():
        found = _CONTROLS.search(repr(value) if field == "date" else all_text(value))
        if found:
            yield Fault(f"có ký tự điều khiển U+{ord(found[0]):04X}; hãy xóa rồi gõ lại chỗ đó", field=field)


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
    if known.month is None:
        return [Fault("ngày tháng phải có ngày, tháng, năm, hoặc tháng, năm, hoặc để trống cả", field="date")]
    try:
        date(known.year, known.month, 1 if known.day is None else known.day)
    except ValueError:
        told = "-".join(f"{part:02d}" for part in (known.year, known.month, known.day) if part is not None)
        return [Fault(f"không có ngày {told}; hãy kiểm tra lại ngày và tháng", field="date")]
    return []


def _date_value(known):
    """A partial date as YAML shows it."""
    if known.year is None:
        return None
    return date(known.year, known.month, known.day) if known.day else f"{known.year:04d}-{known.month:02d}"


def _signature_map(signature):
    return {"capacity": list(signature.capacity), "name": signature.name} if signature else None
