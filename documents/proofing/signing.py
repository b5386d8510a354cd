"""The signature: in what right, which post, whose name."""

import re

from ..source.authority import disagreement
from .laws import CIRCULAR, DECREE, Article, form
from .reading import LARGE
from .rule import Hit, Level, replaced, rule

SIGNING = "Phần ký"
_RIGHT = form("điểm b khoản 7", "Điều 12")
_POST = form("điểm c khoản 7", "Điều 12")
_CAPITALS = form("điểm đ khoản 7", "Điều 12")
_LOOSE = re.compile(
    rf"^(?P<right>T\s*[/.]?\s*M|K\s*[/.]?\s*T|T\s*[/.]?\s*L|T\s*[/.]?\s*U\s*[/.]?\s*Q|Q)(?P<mark>\s*[./]?\s*)(?=[{LARGE}])"
)
_RIGHTS = ("TM", "KT", "TL", "TUQ", "Q")


def _capacities(reading):
    return [*reading.lines("signature.capacity"), *reading.lines("second_signature.capacity")]


@rule(
    SIGNING, "quyen-han-ky", "Chữ viết tắt quyền hạn ký chưa đúng cách ghi", _RIGHT,
    bad="T/M ỦY BAN NHÂN DÂN", good="TM. ỦY BAN NHÂN DÂN",
)  # fmt: skip
def right_of_signing(reading):
    """``TM.``, ``KT.``, ``TL.``, ``TUQ.``, ``Q.``: letters, a full stop, a space."""
    for line in _capacities(reading):
        found = _LOOSE.match(line.text.strip())
        right = re.sub(r"[\s./]", "", found["right"]) if found else ""
        if right not in _RIGHTS or (found["mark"].strip(" .") and "/" not in found["mark"]):
            continue
        # Letters of a word: "TMĐT", "QUYỀN".
        if not found["mark"] and not re.search(r"[\s./]", found["right"]):
            continue
        new = f"{right}. {line.text.strip()[found.end() :]}"
        if new != line.text.strip():
            yield replaced(line, new, f"«{line.text}»: ghi «{new}»")


_SPELLED = {"THAY MẶT": "TM.", "KÝ THAY": "KT.", "THỪA LỆNH": "TL.", "THỪA ỦY QUYỀN": "TUQ.", "THỪA UỶ QUYỀN": "TUQ."}
_SPELLED["QUYỀN"] = "Q."


@rule(
    SIGNING, "quyen-han-viet-day-du", "Quyền hạn ký chưa ghi bằng chữ viết tắt", _RIGHT,
    bad="THỪA LỆNH GIÁM ĐỐC", good="TL. GIÁM ĐỐC",
)  # fmt: skip
def right_spelled_out(reading):
    """The right is told by its letters."""
    for line in _capacities(reading):
        for words, letters in _SPELLED.items():
            if line.text.upper().startswith(f"{words} "):
                new = f"{letters}{line.text[len(words) :]}"
                yield replaced(line, new, f"«{line.text}»: ghi «{new}»")
                break


@rule(
    SIGNING, "chuc-vu-in-hoa", "Quyền hạn, chức vụ người ký chưa in hoa", _CAPITALS,
    bad="Giám đốc (phần ký)", good="GIÁM ĐỐC (phần ký)",
)  # fmt: skip
def post_in_small_letters(reading):
    """Right and post are in capitals."""
    for line in _capacities(reading):
        if (new := line.text.upper()) != line.text:
            yield replaced(line, new, f"«{line.text}»: trình bày bằng chữ in hoa")


_ACTING = re.compile(r"^(?:KT|TL|TUQ)\. ?\S")


@rule(
    SIGNING, "ky-thay-thieu-chuc-vu", "Ký thay, thừa lệnh mà thiếu chức vụ của người ký", _POST, level=Level.ERROR,
    bad="KT. CHỦ TỊCH (không có dòng PHÓ CHỦ TỊCH)", good="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
)  # fmt: skip
def acting_without_post(reading):
    """Below for whom one signs stands one's own post."""
    lines = reading.lines("signature.capacity")
    if lines and _ACTING.match(lines[-1].text):
        yield Hit(f"dưới «{lines[-1].text}» còn thiếu chức vụ của người ký", lines[-1])


@rule(
    SIGNING, "ky-thay-cap-pho", "KT. đứng trước chức vụ của cấp phó", _RIGHT, level=Level.ERROR,
    bad="KT. PHÓ CHỦ TỊCH", good="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
)  # fmt: skip
def acting_for_a_deputy(reading):
    """One signs for the head, never for a deputy."""
    for line in reading.lines("signature.capacity"):
        if re.match(r"KT\. ?PHÓ\b", line.text):
            post = re.sub(r"^KT\. ?PHÓ ", "", line.text)
            yield Hit(f"«{line.text}»: ký thay người đứng đầu, ghi «KT. {post}» rồi «PHÓ {post}» ở dòng dưới", line)


@rule(
    SIGNING, "tap-the-thieu-tm", "Tên tập thể ở phần ký thiếu TM.", _RIGHT,
    bad="ỦY BAN NHÂN DÂN / CHỦ TỊCH (phần ký)", good="TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH (phần ký)",
)  # fmt: skip
def body_without_tm(reading):
    """The name of a body above the post is signed for."""
    lines = reading.lines("signature.capacity")
    if len(lines) > 1 and re.match(r"(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG|BAN CHỈ ĐẠO|BAN CHẤP HÀNH|BAN THƯỜNG)\b", lines[0].text):
        yield replaced(lines[0], f"TM. {lines[0].text}", f"«{lines[0].text}»: ký thay mặt tập thể ghi «TM.» vào trước")


_RANK = re.compile(
    r"^(?:(?:GS|PGS|TS|TSKH|ThS|Ths|CN|KS|BS|BSCKI{1,2}|BSCK[12]|DS|NGƯT|NGND|TTƯT|TTND|NSƯT|NSND|Tiến sĩ|Thạc sĩ"
    r"|Giáo sư|Phó Giáo sư"
    rf"|Bác sĩ|Kỹ sư|Cử nhân|Đại tá|Thượng tá|Trung tá|Thiếu tá|Thiếu tướng|Trung tướng|Ông|Bà)[.,:]? ?)+(?=[{LARGE}])"
)
# Offices whose heads of branch let rank and degree stand (NĐ 30/2020, Phụ lục I, mục II.7.c).
_MAY = re.compile(
    r"CÔNG AN|QUÂN SỰ|BIÊN PHÒNG|TRƯỜNG|BỆNH VIỆN|HỌC VIỆN|VIỆN|TRUNG TÂM Y TẾ|SỞ Y TẾ|SỞ GIÁO DỤC|QUÂN KHU|CHỈ HUY"
)


@rule(
    SIGNING, "hoc-vi-truoc-ho-ten", "Học hàm, học vị, danh hiệu trước họ tên người ký", _POST,
    bad="ThS. Nguyễn Văn An (người ký)", good="Nguyễn Văn An (người ký)",
)  # fmt: skip
def rank_before_name(reading):
    """Only the name stands; some branches rule otherwise."""
    if _MAY.search(" ".join((*reading.paper.issuer, *reading.paper.superior)).upper()):
        return
    for line in [*reading.lines("signature.name"), *reading.lines("second_signature.name")]:
        found = _RANK.match(line.text)
        # "Bà", "Ông", "CN" may begin no name, but what is left must be one.
        if found and len(line.text[found.end() :].split()) >= 2:
            new = line.text[found.end() :]
            yield replaced(line, new, f"«{line.text}»: không ghi học hàm, học vị, danh hiệu; ghi «{new}»")


@rule(
    SIGNING, "ho-ten-in-hoa", "Họ tên người ký viết toàn chữ in hoa hoặc chữ thường", _CAPITALS,
    bad="NGUYỄN VĂN AN (người ký)", good="Nguyễn Văn An (người ký)",
)  # fmt: skip
def name_in_capitals(reading):
    """Names are in small letters, each syllable beginning large."""
    for line in [*reading.lines("signature.name"), *reading.lines("second_signature.name")]:
        if (line.text.isupper() or line.text.islower()) and len(line.text.split()) > 1:
            new = " ".join(word.capitalize() for word in line.text.split())
            yield replaced(line, new, f"«{line.text}»: ghi «{new}»")


@rule(
    SIGNING, "ky-khac-tham-quyen", "Phần ký không khớp thẩm quyền ban hành",
    (Article(DECREE, "ghi chú 6 Mẫu 1.2 Phụ lục III, Điều 13"), Article(CIRCULAR, "Điều 12")), level=Level.ERROR,
    bad="thẩm quyền CHỦ TỊCH ỦY BAN NHÂN DÂN, ký TM. ỦY BAN NHÂN DÂN",
    good="thẩm quyền CHỦ TỊCH ỦY BAN NHÂN DÂN, ký CHỦ TỊCH",
)  # fmt: skip
def signature_disagrees(reading):
    """As ``documents.source.authority`` finds it."""
    if words := disagreement(reading.paper):
        yield Hit(words, field="signature")
