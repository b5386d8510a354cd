"""How names are written inside a sentence: a body out of the capitals of its letterhead, a subject behind other words.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục II. What no rule can know (which words are a name) stands in lists, as it is written.
"""

import re
from functools import cache

from units.data import places
from units.syllables import is_syllable

_PROVINCES = """An Giang; Bà Rịa; Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình Dương; Bình Định; Bình Phước;
Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia Lai; Hà Giang; Hà
Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hồ Chí Minh; Hưng Yên; Khánh Hòa; Kiên Giang; Kon
Tum; Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình; Ninh Thuận; Phú Thọ; Phú Yên;
Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh; Thái Bình; Thái Nguyên; Thanh
Hóa; Thừa Thiên Huế; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái; Việt Nam; Tây Nguyên; Việt
Bắc"""
# Written so wherever they stand.
_FIXED = """Ủy ban nhân dân; Hội đồng nhân dân; Đoàn đại biểu Quốc hội; Quốc hội; Chính phủ; Thủ tướng; Chủ tịch nước; Nhà nước;
Đảng; Trung ương; Tổ quốc; Mặt trận Tổ quốc; Tòa án nhân dân; Viện kiểm sát nhân dân; Công an; Công an nhân dân;
Quân đội nhân dân; Bảo hiểm xã hội; Bộ đội Biên phòng; Quân khu; Chính sách xã hội; Thi đua - Khen thưởng; Công
Thương; Tỉnh ủy; Huyện ủy; Thành ủy; Thị ủy; Quận ủy; Đảng ủy; Đảng bộ; Tỉnh Đoàn; Huyện Đoàn; Thành Đoàn; Thị Đoàn;
Chữ thập đỏ; Liên hiệp Phụ nữ; Liên hiệp các Hội Khoa học; Cộng sản; Thanh niên Cộng sản; Cựu chiến binh; Cựu thanh
niên xung phong; Khu kinh tế; Khu công nghiệp; Nông trường; Lâm trường; Thường vụ Quốc hội; Bộ Chính trị; Ban Bí
thư; Chỉ huy Quân sự; Người cao tuổi"""
# Bodies by their kind: the word behind begins large.
_HEADS = """Hội đồng quản lý; Ban Quản lý; Ban Chỉ đạo; Ban Chỉ huy; Bộ Chỉ huy; Bộ Tư lệnh; Ban Chấp hành; Ban Thường vụ; Ban
Thường trực; Tổng công ty; Công ty Cổ phần; Công ty TNHH MTV; Công ty TNHH một thành viên; Công ty TNHH; Công ty;
Tập đoàn; Tổng cục; Chi cục; Cục; Văn phòng; Phòng; Trung tâm; Hội đồng; Tổng liên đoàn; Liên đoàn; Liên minh; Công
đoàn; Thanh tra; Ngân hàng; Kho bạc; Bệnh viện; Học viện; Viện; Trạm; Hạt; Đội; Quỹ; Đài; Báo; Sở; Bộ; Ban; Ủy ban;
Chi nhánh; Đồn; Nhà; Tạp chí; Câu lạc bộ; Hợp tác xã; Hội; Đoàn; Đảng ủy; Chi bộ; Đảng bộ; Trường Cao đẳng; Trường
Trung cấp; Trường Đại học; Trường"""
# The same words in other company: "hội nghị", "ban hành".
_NO_HEADS = """hội đồng nhân dân; ủy ban nhân dân; viện kiểm sát; nhà nước; nhà máy; nhà báo; nhà văn; nhà giáo; hội nghị; hội
thảo; hội viên; hội thi; hội trường; ban hành; bộ đội; bộ phận; bộ môn; đội ngũ; báo cáo; báo chí; đoàn viên; đoàn
kết; đoàn thể; đoàn đại biểu"""
# Behind these stands a proper name alone: every word of it begins large.
_NAMED = """Trường Trung học phổ thông chuyên; Trường Trung học phổ thông; Trường Trung học cơ sở; Trường Chính trị; Trường Quân
sự; Trường Tiểu học và Trung học cơ sở; Trường Tiểu học; Trường Mầm non; Trường Mẫu giáo; Trường THCS và THPT;
Trường THCS & THPT; Trường THPT chuyên; Trường THPT; Trường TH và THCS; Trường TH & THCS; Trường THCS; Trường TH;
Trường Phổ thông dân tộc nội trú; Trường Phổ thông dân tộc bán trú; Trường PTDTNT THCS và THPT; Trường PTDTNT;
Trường PTDTBT; Tỉnh ủy; Huyện ủy; Thành ủy; Thị ủy; Quận ủy; Tỉnh Đoàn; Huyện Đoàn; Thành Đoàn; Thị Đoàn"""
_KINDS = r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\b"
_END = re.compile(rf",|$| {_KINDS}")
_UNIT = re.compile(rf"\b({_KINDS}) (?!ủy\b|đoàn\b)([^,]+?)(?=,|$| {_KINDS})")
# "Xã hội" is a commune only behind what a commune has, and with a name behind it.
_OF_COMMUNE = re.compile(
    r"(?:^|\b(?:nhân dân|ubnd|hđnd|mttq|ủy|việt nam|công an|y tế|quân sự|phụ nữ|nông dân|chiến binh|đoàn|tiểu học|mầm non|cơ sở"
    r"|thcs|th|đảng bộ|chi bộ) )$"
)
# Whole persons, and numbers: the kind before them begins large too (Phụ lục II, mục III).
_PERSON = re.compile(
    r"(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|chu|lương|nông|đinh|tô|tôn|cao|mạc) "
    r"(?:văn|thị|chí|hưng|hồng|bội|công|đình|quốc|nguyên|thái|khánh|thúc|tất|đức|ngọc|hữu|bá|xuân|huy|phú|tự|trọng) \w+"
    r"|trần phú|lê lợi|lê lai|ngô quyền|nguyễn (?:trãi|huệ|du)|\d+"
)
# What stays small behind a kind of body.
_SMALL = re.compile(rf"{_KINDS}|(?:và|các|của|cho|số|thuộc|dự án|khu vực)\b")
_ROMAN = re.compile(r"\b(?:khu vực|khu|đợt) ([ivx]+)\b")
_PARTS = re.compile(r" và |, | - ")
_WORD = re.compile(r"[^\W_]+")
# Words that begin a subject with a name behind them: "tặng Huân chương".
_VERBS = """tặng; trao; trình; gửi; mời; họp; dự; xin; cử; giao; cấp; thi; khen; xét; lập; lấy; theo; báo; cho; nộp; sửa; bầu;
đổi; rút; đón; nhận; thu; hủy; hoãn; dừng; ký; in; mua; bán; chuyển; thăm; góp; hỏi; về; của; và; tại; ở; đưa; mở;
đóng; xây; phát; vận; tuyên; triển; thực; tiếp; bổ"""
# Names that begin a subject although the word behind is small.
_KEPT = """Nhân dân; Mặt trận; Ủy ban; Thường trực; Hội đồng nhân dân; Tết; Quốc khánh; Hiến pháp; Bác Hồ; Thanh tra tỉnh; Bộ
đội Biên phòng; Quốc tế; Viện kiểm sát; Tòa án; Đoàn thanh niên; Đoàn Thanh niên; Cách mạng"""


def _names(text) -> list[str]:
    return [part.strip() for part in text.replace("\n", " ").split(";")]


@cache
def _written(*texts) -> dict[str, str]:
    """{name in small letters: as it is written}."""
    return {name.lower(): name for text in texts for name in _names(text)}


@cache
def _found(*texts) -> re.Pattern:
    """What finds the names of ``texts`` in small letters, the longest first."""
    ordered = sorted(_written(*texts), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


@cache
def _everywhere() -> tuple[str, ...]:
    return _FIXED, _PROVINCES, "; ".join(places())


def body_name(capitals: str) -> str:
    """The name of a body out of capitals: ``SỞ NỘI VỤ`` → ``Sở Nội vụ`` (Phụ lục II, mục IV); mixed case stays."""
    if capitals != capitals.upper():
        return capitals
    text = capitals.lower()
    letters = list(text)
    for part in [0, *(found.end() for found in _PARTS.finditer(text))]:
        _raise(letters, part)
    for found in [*filter(_is_abbreviation, _WORD.finditer(text)), *_ROMAN.finditer(text)]:
        start, end = found.span(found.lastindex or 0)
        letters[start:end] = text[start:end].upper()
    _raise_functions(text, letters)
    _raise_units(text, letters)
    for found in _found(_NAMED).finditer(text):
        _put(letters, found, _written(_NAMED)[found[0]])
        _raise_name(text, letters, found.end())
    for found in _found(*_everywhere()).finditer(text):
        _put(letters, found, _written(*_everywhere())[found[0]])
    return "".join(letters)


def _is_abbreviation(found) -> bool:
    """Whether letters are no syllable and bear no accent: ``ubnd``, ``hđnd``; not the ``đắk`` of a name."""
    return found[0].replace("đ", "d").isascii() and not found[0].isdecimal() and not is_syllable(found[0])


def _raise(letters, position):
    if position < len(letters):
        letters[position] = letters[position].upper()


def _put(letters, found, words):
    """``words`` in the place of what was found; a letter that is large already stays so."""
    letters[found.start() : found.end()] = [
        old if old.isupper() and at == found.start() else new
        for at, (old, new) in enumerate(
            zip(letters[found.start() : found.end()], words, strict=True), start=found.start()
        )
    ]


def _raise_functions(text, letters):
    """The word behind each kind of body: ``Văn phòng Sở Nội vụ``. Each field of work began large already: ``Y tế và Dân số``."""
    heads, others = _found(_HEADS), _found(_NO_HEADS)
    for word in _WORD.finditer(text):
        if not letters[word.start()].isupper() or others.match(text, word.start()):
            continue
        head = heads.match(text, word.start())
        if head:
            _put(letters, head, _written(_HEADS)[head[0]])
        elif is_syllable(word[0]):
            continue
        behind = (head or word).end() + 1
        if not _SMALL.match(text, behind):
            _raise(letters, behind)


def _raise_units(text, letters):
    """Administrative units are written small before their name, which is written large (Phụ lục II, mục III)."""
    for found in _UNIT.finditer(text):
        if _is_society(text, found):
            continue
        _raise_words(letters, text, *found.span(2))
        if _PERSON.fullmatch(found[2]):
            _raise(letters, found.start())


def _is_society(text, found) -> bool:
    """Whether ``xã`` begins ``xã hội``, or ends ``hợp tác xã``."""
    before = text[: found.start()]
    return found[1] == "xã" and (
        before.endswith("hợp tác ")
        or (found[2].startswith("hội") and not (_OF_COMMUNE.search(before) and found[2] != "hội"))
    )


def _raise_name(text, letters, position):
    """Every word from ``position`` up to a comma or an administrative unit."""
    _raise_words(letters, text, position, _END.search(text, position).start())


def _raise_words(letters, text, start, end):
    for word in _WORD.finditer(text, start, end):
        # Names of other tongues are no abbreviations: "Ea Kar".
        whole = (
            word[0].upper() if set(word[0]).isdisjoint("aeiouy") and _is_abbreviation(word) else word[0].capitalize()
        )
        letters[word.start() : word.end()] = whole


def field_name(name: str) -> str:
    """A field of work within a sentence, small but for names in it: ``văn hóa - xã hội``, ``Công Thương``, ``xây dựng Đảng``."""
    text = name.lower()
    letters = list(text)
    for found in _found(*_everywhere()).finditer(text):
        _put(letters, found, _written(*_everywhere())[found[0]])
    return "".join(letters)


def continued(text: str) -> str:
    """``text`` as it goes on behind other words: its first letter small, unless an abbreviation or a name begins it."""
    return text if _begins_with_name(text) else text[:1].lower() + text[1:]


def _begins_with_name(text) -> bool:
    first, second = [*text.split(), "", ""][:2]
    bare = first.strip(',.;:()“”"')
    if (len(bare) > 1 and bare == bare.upper()) or not all(map(is_syllable, re.split("[-–/]", bare))):
        return True
    kept = {**_written(*_everywhere()), **_written(_KEPT)}
    found = _found(*_everywhere(), _KEPT).match(text.lower())
    if found and text.startswith(kept[found[0]]):
        return True
    is_numeral = not set(second.strip(",.;:")) - set("IVX")
    return second[:1].isupper() and not is_numeral and first.lower() not in _written(_VERBS)
