"""Bodies that are no more, or not yet, on the paper's day; levels and provinces that ended by law."""

import re

from .laws import CONTENT, DISTRICTS, GOVERNMENT, PROVINCES, Article
from .reading import LARGE
from .references import is_in_a_title
from .rule import Hit, at, put, rule

BODIES = "Cơ quan, đơn vị"
# The history of a body, and a paper that it issued while it lived, are told under its old name.
_PAST_BEFORE = re.compile(
    r"(?:nguyên|trước đây|cũ|thời|sáp nhập|hợp nhất|giải thể|kết thúc hoạt động|chia tách|tách từ|từ|tiếp nhận"
    r"|trước khi|bàn giao|chuyển từ|thẩm quyền (?:xử lý |giải quyết )?(?:của )?"
    r"|(?:/\d{4}|năm \d{4}),? của|\d{1,5}/[\w&-]+ (?:ngày [^,;.]{1,30} )?của)\W*(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_PAST_BEHIND = re.compile(
    r"^\W{0,3}(?:\w+ ){0,4}(?:nay là|\(?cũ\b|trước đây|trước sắp xếp|trước ngày|trước khi|đã (?:giải thể|sáp nhập"
    r"|kết thúc)|sau khi|kết thúc)"
    r"|^[^.;]{0,40}\((?:cũ|nay)\b",
    re.IGNORECASE,
)
# A day no later than that on which districts and many provinces ended; a deadline is none.
_EARLY = (
    r"(?:0?1(?:/0?7/| tháng 0?7 năm )2025|\d{1,2}(?:/| tháng )0?[1-6](?:/| năm )2025"
    r"|\d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )(?:19\d\d|20[01]\d|202[0-4]))"
)
_PAST_SENTENCE = re.compile(
    rf"trước ngày(?: {_EARLY}|(?! \d))"
    r"|trước đây|trước khi|giai đoạn \d{4}|bàn giao|sáp nhập|sắp xếp|kết thúc hoạt động|giải thể"
    r"|đã (?:ban hành|tổ chức|triển khai|thực hiện)"
    r"|hợp nhất|tổ chức lại|đổi tên|trên cơ sở|bãi bỏ|hết hiệu lực|được công bố"
    r"|không (?:còn )?tổ chức|bỏ cấp|không còn|nay là"
    r"|\(cũ\)|cũ\b|năm (?:19\d\d|20[01]\d|202[0-4])\b|nguyên (?:là|Chủ|Phó|Bí|Giám|Trưởng)"
    r"|chính quyền địa phương (?:0?2|hai|02|2) cấp|nhập (?:vào|từ)",
    re.IGNORECASE,
)


def _is_past(found) -> bool:
    """Whether the sentence tells of what was, or the words stand behind the number of a paper, whose title they may be."""
    return is_in_a_title(found) or bool(_PAST_BEFORE.search(found.before(90)) or _PAST_BEHIND.match(found.behind(80)))


def _sentence(found) -> str:
    """The sentence around what was found."""
    text, start = found.line.plain, found.line.plain.rfind(". ", 0, found.start) + 1
    end = text.find(". ", found.end)
    return text[start : end if end >= 0 else len(text)]


@rule(
    BODIES, "co-quan-da-ket-thuc", "Cơ quan, đơn vị đã kết thúc hoạt động", CONTENT,
    bad="Sở Kế hoạch và Đầu tư (văn bản năm 2026)", good="Sở Tài chính (văn bản năm 2026)",
)  # fmt: skip
def body_that_ended(reading):
    """A unit of the register that was no more on the day, with what it went into; mended where one heir receives."""
    for body in reading.known.bodies:
        # "xã Bảo Lâm 2" is another commune.
        pattern = re.compile(rf"(?<!\w){re.escape(body.name)}(?!\w)(?! \d)(?! (?:tỉnh|thành phố) (?!Lạng Sơn))")
        for found in reading.whole.find(pattern) if not body.is_to_come else ():
            if _is_past(found) or _PAST_SENTENCE.search(_sentence(found)):
                continue
            heirs = f"; nay là {', '.join(body.heirs)}" if body.heirs else ""
            law = f" ({body.law})" if body.law else ""
            message = f"{body.name} đã kết thúc hoạt động từ ngày {body.since:%d/%m/%Y}{law}{heirs}"
            receives = found.line.field in ("to", "recipients") and len(body.heirs) == 1
            yield put(found, body.heirs[0], message) if receives else at(found, message)


@rule(
    BODIES, "co-quan-chua-co", "Cơ quan, đơn vị chưa có vào ngày của văn bản", CONTENT,
    bad="Sở Dân tộc và Tôn giáo (văn bản năm 2020)", good="Ban Dân tộc (văn bản năm 2020)",
)  # fmt: skip
def body_to_come(reading):
    """A unit of the register that was founded later."""
    for body in reading.known.bodies:
        pattern = re.compile(rf"(?<!\w){re.escape(body.name)}(?!\w)(?! \d)")
        for found in reading.whole.find(pattern) if body.is_to_come else ():
            yield at(found, f"{body.name} thành lập ngày {body.since:%d/%m/%Y}, sau ngày của văn bản")


_DISTRICT = re.compile(
    r"\b(?:cấp huyện|(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban MTTQ(?: Việt Nam)?) (?:các |cấp )?(?:huyện"
    r"|thị xã|quận)\b"
    rf"|(?:huyện|thị xã) (?=[{LARGE}])|(?:các )?quận, huyện\b"
    rf"|(?:các )?huyện, (?:thị xã, )?thành phố|huyện ủy|(?<!nguyên )[Tt]hị trấn (?=[{LARGE}])|Huyện ủy)"
)


@rule(
    BODIES, "cap-huyen", "Cấp huyện không còn từ ngày 01/7/2025", (Article(DISTRICTS, ""),),
    bad="UBND các huyện, thành phố (văn bản năm 2026)", good="UBND các xã, phường (văn bản năm 2026)",
)  # fmt: skip
def level_of_districts(reading):
    """From 01/7/2025 on there are provinces and communes."""
    if (reading.day.year, reading.day.month) < (2025, 7):
        return
    for found in reading.whole.find(_DISTRICT, "huyện", "thị trấn", "thị xã", "quận"):
        # A paper that is named with its day, and what is told of the past, keep their words.
        if not (_is_past(found) or _PAST_SENTENCE.search(_sentence(found))):
            yield at(found, f"«{found.words.strip()}»: từ ngày 01/7/2025 không còn cấp huyện, thị trấn")


# Nghị quyết 202/2025/QH15, Điều 1: the province that ended → what it is now.
_MERGED = {
    "Hà Giang": "Tuyên Quang", "Yên Bái": "Lào Cai", "Bắc Kạn": "Thái Nguyên", "Vĩnh Phúc": "Phú Thọ", "Hòa Bình": "Phú Thọ",
    "Bắc Giang": "Bắc Ninh", "Thái Bình": "Hưng Yên", "Hải Dương": "Hải Phòng", "Hà Nam": "Ninh Bình", "Nam Định": "Ninh Bình",
    "Quảng Bình": "Quảng Trị", "Quảng Nam": "Đà Nẵng", "Kon Tum": "Quảng Ngãi", "Bình Định": "Gia Lai", "Ninh Thuận": "Khánh Hòa",
    "Đắk Nông": "Lâm Đồng", "Bình Thuận": "Lâm Đồng", "Phú Yên": "Đắk Lắk", "Bình Dương": "Thành phố Hồ Chí Minh",
    "Bà Rịa - Vũng Tàu": "Thành phố Hồ Chí Minh", "Bình Phước": "Đồng Nai", "Long An": "Tây Ninh", "Sóc Trăng": "Cần Thơ",
    "Hậu Giang": "Cần Thơ", "Bến Tre": "Vĩnh Long", "Trà Vinh": "Vĩnh Long", "Tiền Giang": "Đồng Tháp", "Bạc Liêu": "Cà Mau",
    "Kiên Giang": "An Giang",
}  # fmt: skip
# Bodies that are no part of the administration keep their names until they change them.
_KEEPS_ITS_NAME = re.compile(
    r"\b(?:(?:Chi )?[Hh]ội(?! đồng)|Hiệp hội|Liên đoàn|Liên [Hh]iệp|Liên minh|Đoàn (?:Luật sư|Thanh niên|TNCS)|Quỹ"
    r"|Câu lạc bộ|[Cc]ông ty|Ngân hàng|Chi nhánh|Trường|Học viện|Bệnh viện|Hợp tác xã)\b"
    r"(?:(?! (?:tại|ở|đến|với)\b)[^,;.()]){0,80}$"
)
_PROVINCE = re.compile(
    rf"\b(?P<lead>(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Công an|Tỉnh ủy|Sở [A-ZĐ][\w ,]{{2,30}}?) (?:tỉnh )?"
    rf"|tỉnh )(?P<name>{'|'.join(_MERGED)})\b"
)


@rule(
    BODIES, "tinh-da-sap-nhap", "Tỉnh đã sáp nhập", (Article(PROVINCES, "Điều 1"),),
    bad="UBND tỉnh Bắc Kạn (văn bản năm 2026)", good="UBND tỉnh Thái Nguyên (văn bản năm 2026)",
)  # fmt: skip
def province_that_ended(reading):
    """A province that went into another on 01/7/2025."""
    if (reading.day.year, reading.day.month) < (2025, 7):
        return
    for found in reading.whole.find(_PROVINCE, "tỉnh", "ubnd", "công an", "sở "):
        if not (
            _is_past(found) or _KEEPS_ITS_NAME.search(found.before(100)) or _PAST_SENTENCE.search(_sentence(found))
        ):
            yield at(found, f"tỉnh {found['name']}: từ ngày 01/7/2025 thuộc {_MERGED[found['name']]}")


# Nghị quyết 176/2025/QH15: ministries that ended on 01/3/2025.
_MINISTRIES = {
    "Bộ Kế hoạch và Đầu tư": "Bộ Tài chính",
    "Bộ Giao thông vận tải": "Bộ Xây dựng",
    "Bộ Tài nguyên và Môi trường": "Bộ Nông nghiệp và Môi trường",
    "Bộ Nông nghiệp và Phát triển nông thôn": "Bộ Nông nghiệp và Môi trường",
    "Bộ Thông tin và Truyền thông": "Bộ Khoa học và Công nghệ",
    "Bộ Lao động - Thương binh và Xã hội": "Bộ Nội vụ",
    "Ủy ban Dân tộc": "Bộ Dân tộc và Tôn giáo",
}
# How offices abbreviated them.
_SHORT = {
    "Bộ KH&ĐT": "Bộ Kế hoạch và Đầu tư", "Bộ KHĐT": "Bộ Kế hoạch và Đầu tư", "Bộ GTVT": "Bộ Giao thông vận tải",
    "Bộ TN&MT": "Bộ Tài nguyên và Môi trường", "Bộ TNMT": "Bộ Tài nguyên và Môi trường",
    "Bộ NN&PTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "Bộ TT&TT": "Bộ Thông tin và Truyền thông",
    "Bộ TTTT": "Bộ Thông tin và Truyền thông", "Bộ LĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "Bộ LĐ-TB&XH": "Bộ Lao động - Thương binh và Xã hội",
}  # fmt: skip
_MINISTRY = re.compile(rf"(?<!\w)(?P<name>{'|'.join([*_MINISTRIES, *_SHORT])})(?!\w)")


@rule(
    BODIES, "bo-da-ket-thuc", "Bộ, cơ quan ngang bộ đã kết thúc hoạt động", (Article(GOVERNMENT, ""),),
    bad="Bộ Kế hoạch và Đầu tư (văn bản năm 2026)", good="Bộ Tài chính (văn bản năm 2026)",
)  # fmt: skip
def ministry_that_ended(reading):
    """A ministry that went into another on 01/3/2025; mended where it receives."""
    for found in reading.whole.find(_MINISTRY, "bộ ", "ủy ban dân tộc"):
        if _is_past(found) or _PAST_SENTENCE.search(_sentence(found)):
            continue
        heir = _MINISTRIES[_SHORT.get(found["name"], found["name"])]
        message = f"{found['name']} đã kết thúc hoạt động từ ngày 01/3/2025; nay là {heir}"
        yield put(found, heir, message) if found.line.field in ("to", "recipients") else at(found, message)


@rule(
    BODIES, "co-quan-khong-hoat-dong", "Cơ quan ban hành, đơn vị được chuyển đến không hoạt động vào ngày đó", CONTENT,
    bad="chuyển đến đơn vị đã kết thúc trước ngày của văn bản", good="chuyển đến đơn vị kế thừa",
)  # fmt: skip
def chosen_body_is_not(reading):
    """As ``citations.rules`` finds it of the issuing body and the chosen addressees."""
    for words in reading.known.told:
        if words.startswith(("Cơ quan ban hành ", "Nơi nhận ")):
            yield Hit(words, field="issuer_unit" if words.startswith("Cơ quan") else "addressees")
