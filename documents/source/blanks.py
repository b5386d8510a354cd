"""Blanks that were to be filled in before a paper goes out: what a new draft, a model or a copy left open.

``…`` or ``...`` is a blank where nothing may be left open: alone on a line, behind the number of a clause or a colon, in a
number, a day or an hour (``số …/QĐ-UBND``, ``ngày … tháng``, ``… giờ``), as a word of its own in a field of the head. So
are words or dots in square brackets (``[tên đơn vị]``), the gap of a text that nothing filled (``{đơn vị}``), and
``(ghi rõ …)`` in place of a clause or a field.

No blank: what goes on (``v.v…``, ``hội nghị, ...``, a last ``- …``), what stands in quotation marks, ``*…*`` between cited
words, a table, and a longer row of dots (``.....``), which is a line to write on by hand. A gap in brackets is one in quotation
marks too, but where they show others how to write (``đặt tên tệp theo mẫu “[Tên đơn vị] Báo cáo”``). Appendices are not looked
into: many are forms for others to fill in. A backslash before a bracket prints it as it is.
"""

import re

from .paper import Fault
from .places import place_of

HINT = "Hãy ghi vào chỗ trống, hoặc xóa đi; chỗ để viết tay thì gõ một hàng chấm dài (.....)."
HEAD = {
    "symbol": "ký hiệu",
    "issuer": "tên cơ quan ở đầu văn bản",
    "superior": "cơ quan chủ quản ở đầu văn bản",
    "place": "địa danh",
    "subject": "trích yếu",
    "authority_line": "thẩm quyền ban hành",
    "bases": "căn cứ",
    "recipients": "nơi nhận",
    "archive": "nơi lưu",
    "contact": "địa chỉ ở chân trang",
}

_DOTS = r"(?<![.…])(?:…|\.{3})(?![.…])"
_TOLD = r"\((?:ghi|nêu|điền|nhập)\b[^()]*\)"
_NUMBER = r"(?:(?:phần|chương|mục|điều|khoản|điểm)\s+\w+[.:)]?|(?:\d+(?:\.\d+)*|[ivxlc]+|[a-zđ])[.)/])\s+"
_QUOTED = re.compile(r'“[^“”]*”|«[^«»]*»|"[^"\n]*"')
_NAMED = re.compile(
    r"(?<!\\)\[(?!\^)[^\[\]]{0,100}[^\W\d_]{2}[^\[\]]{0,100}\]|(?<![\\{])\{(?!\{)[^{}\n]{0,60}[^\W\d_]{2}[^{}\n]{0,60}\}"
)
# ``= [Số hồ sơ đúng hạn/Tổng số hồ sơ] x 100%``: the brackets of what is reckoned are none to be filled in.
_RECKONED = re.compile(r"= ?\[[^\[\]\n]{1,200}/[^\[\]\n]{1,200}\]|\[[^\[\]\n]{1,200} [x×*+] [^\[\]\n]{1,200}\]")
_TELLS_HOW = (
    r"(?:ví dụ|cú pháp|cấu trúc|định dạng|tiêu đề|chủ đề|tên (?:tệp|file)|đặt tên|theo mẫu|chuyển khoản|ghi rõ)"
)
_SHOWN = re.compile(
    rf"{_TELLS_HOW}[^.;“”«»\"\n]{{0,60}}"
    r"(?:“[^“”\n]*”|«[^«»\n]*»|\"[^\"\n]*\")",
    re.IGNORECASE,
)
# ``[Họ tên - Đơn vị - Lớp]`` likewise, where the line, or the one that its list stands below, tells how to write.
# So are parts in brackets of their own: ``cấu trúc: [Mã loại].[Số thứ tự]``.
_SHOWN_PARTS = re.compile(
    r"\[(?:[^\[\]\n–-]{1,60}[–-]){2,9}[^\[\]\n–-]{1,60}\]|\[[^\[\]\n]{1,60}\](?: ?[-–._/+] ?\[[^\[\]\n]{1,60}\]){1,9}"
)
_LINE = re.compile(
    rf"^{_DOTS}$|^(?:{_NUMBER})+(?:{_DOTS}|{_TOLD})\s*[.;]?$|:\s*{_DOTS}\s*[.;]?$"
    # No article is written by hand: it is open however many its dots are.
    r"|^điều\s+\w+[.:]?\s*(?:…|\.{3})[.…\s]*$",
    re.IGNORECASE,
)
# Words of another paper are cited in italics; what the citation leaves out is no blank.
_LEFT_OUT = re.compile(r"^[ ]*(?<!\*)\*(?:…|\.{3})\*(?!\*)[ ]*$", re.MULTILINE)
_WITHIN = re.compile(
    rf"{_DOTS}\s*/\s*[A-ZĐ\d…]|(?i:ngày)\s+{_DOTS}\s*(?:tháng|/)|(?i:tháng)\s+{_DOTS}\s*(?:năm|/)|{_DOTS}\s*giờ\b"
    r"|\[\s*(?:…|\.{3,})\s*\]"
)
_HEAD = re.compile(rf"(?:^|(?<![,;\s])\s+|[/-])(?:…|\.{{3,}})|^{_TOLD}$", re.IGNORECASE)


def blanks(paper) -> list[Fault]:
    """What was left open in ``paper``: each with its field, in the body with its line, and a message that names the place."""
    found = [Fault(f"{where} còn chỗ trống «{line.strip()}»", field=field) for field, where, line in _open_head(paper)]
    # To whom an invitation goes may be left for the hand, as words of the body may.
    found += [Fault(f"kính gửi còn chỗ trống «{words}»", field="to") for _, words in _open_lines("\n".join(paper.to))]
    for number, words in _open_lines(paper.body):
        found.append(Fault(f"nội dung, {place_of(paper.body, number)}, còn chỗ trống «{words}»", number, "body"))
    return found


def _open_head(paper):
    """The lines of ``_head`` that hold a blank."""
    for field, where, line in _head(paper):
        if _HEAD.search(_unquoted(line).strip()) or _NAMED.search(line):
            yield field, where, line


def _head(paper):
    """(field, what it is called, line) of everything around the body."""
    for field, where in HEAD.items():
        value = getattr(paper, field)
        yield from ((field, where, line) for line in ((value,) if isinstance(value, str) else value))
    for field in ("signature", "second_signature"):
        if signature := getattr(paper, field):
            yield from ((field, "phần ký", line) for line in (*signature.capacity, signature.name))
    for number, row in enumerate(paper.appendices, start=1):
        yield "appendices", f"tên phụ lục {number}", row.title


def _open_lines(text):
    """(number from 1, the words around the blank) of each line that holds one; marks of emphasis and titles aside."""
    text, above = _LEFT_OUT.sub("x", text).replace("*", ""), ""
    for number, (line, plain) in enumerate(zip(text.split("\n"), _unquoted(text).split("\n"), strict=True), start=1):
        line, plain = line.strip("# "), plain.strip("# ")
        dots = None if plain.startswith("|") else _LINE.search(plain) or _WITHIN.search(plain)
        # The letters of what is shown stay in their places, so that the words around a blank can be cut out of the line.
        shown = _RECKONED.sub(_as_letters, _SHOWN.sub(_as_letters, line))
        above = line if line and not line.startswith(("-", "+")) else above
        if re.search(_TELLS_HOW, f"{above} {line}", re.IGNORECASE):
            shown = _SHOWN_PARTS.sub(_as_letters, shown)
        if found := dots or _NAMED.search(shown):
            before, after = line[: found.start()].split(" ")[-6:], line[found.end() :].split(" ")[:4]
            yield number, " ".join(before) + found[0] + " ".join(after)


def _unquoted(text):
    """``text`` with another letter in place of each that stands in quotation marks."""
    return _QUOTED.sub(_as_letters, text)


def _as_letters(found):
    return re.sub(r"[^\n]", "x", found[0])
