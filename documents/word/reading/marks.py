"""What lines of an official paper look like: the fixed words, numbers, places and days, names of types.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and III. Papers of the Party (Hướng dẫn 36-HD/VPTW) have a hyphen where others have a
stroke, and another line above. What people write otherwise than the law has it is read as well.
"""

import re

from units.text import clean

from ...source.types import BUILT_IN, RECORDED
from .pieces import Line
from .spelled import Spelled, bare, is_accented

_GAP = r"[\d.…_\s]*?"
# Slips within an office are counted by month: «08-01/PT-NC», «10-01/26/PT-NC».
_BY_MONTH = r"\d+\s*-\s*\d+(?:\s*/\s*\d\d)?"
# Who wrote the words, behind the symbol: «TTr-CAT (PC04)», «SYT-NVY+TCCB»; words in brackets, «(dự thảo)», are no part of it.
_WRITER = r"(?:[+,;](?-i:[A-ZĐ])[\w&.]*)*(?:\([\w.&-]{1,20}\)|\s*\(\s*(?-i:[A-ZĐ][A-ZĐ\d.&-]*\w?)\s*\))?"
NUMBER = Spelled(
    rf"^\W*(?:Luật\s+)?S[ốôo]\s*:?\s*(?P<number>{_GAP}|[\d.…_\s]*?[a-z]?|{_BY_MONTH})\s*(?P<mark>[/-])\s*"
    r"(?P<symbol>(?:\d{4}\s*/\s*)?[^\W\d_][\w&.]*(?:\s*[-–/]\s*[^\W_][\w&.]*)*" + _WRITER + ")",
    re.IGNORECASE,
)
# A register without symbols.
NUMBER_ALONE = Spelled(r"^\W*Số\s*:\s*(?P<number>\d{1,6})\s*$", re.IGNORECASE)
# What a template has in place of a number is no name of a body either.
NUMBER_LABEL = Spelled(r"^\W*S[ốôo]\s*[:：]", re.IGNORECASE)
# A gap holds dots, or as many figures as a day has.
_TWO = r"[.…_\s]*\d{0,2}[.…_\s]*"
PLACE = Spelled(
    rf"^(?P<place>[^\W\d_][^\d,:;]{{1,40}}?(?:\s\d{{1,2}})?)\s*"
    rf"(?:(?:,?\s*ngày|,(?=\s*\d+\s*tháng))\s*(?P<day>{_TWO})|,(?=\s*tháng))\s*"
    rf"(?:t?háng\s*(?P<month>{_TWO}),?\s*năm|/\s*(?P<other>{_TWO})\s*/)\s*(?P<year>\d{{4}}(?!\d))?[\d.…_\s]*$",
    re.IGNORECASE,
)
COUNTRY = Spelled(r"C[ỘÔO]NG\s+H[OÒÓ]?[AÀ]?\s*X[ÃA]\s+H[ỘÔO]I\s+CH[ỦU]|ĐẢNG CỘNG SẢN VIỆT NAM$", re.IGNORECASE)
MOTTO = Spelled(r"^\W*Độc lập\s*[-–—]\s*Tự do", re.IGNORECASE)
RULE = re.compile(r"^[\s_\-–—*=.…⸻―─]+$")
TO = Spelled(r"^\W*(?:Đồng\s+)?Kính\s+(?:(?:gửi|gởi)\s*[:：]?|(?:trình|mời)\s*[:：])\s*", re.IGNORECASE)
# Below an addressee: how a paper gets there.
ASIDE = Spelled(r"^(?:\([^()]+\)[\s.;]*|Địa chỉ\s*:.*)$", re.IGNORECASE)
ABOUT = Spelled(r"^\W*(?:V\s*/\s*v|Về việc|v\.v)\b\s*[:.]?\s*", re.IGNORECASE)
# Below the number of a letter some write it without «V/v».
ABOUT_PLAIN = Spelled(r"^Về\s+(?=\w)", re.IGNORECASE)
RECIPIENTS = Spelled(r"^\W*Nơi\s+(?:nhận|gửi)\s*[:：]?\s*", re.IGNORECASE)
KEPT = Spelled(r"^\W*Lưu(?:\s*[:：]|\s)\s*", re.IGNORECASE)
DASH = re.compile(r"^\s*[-–—•+*●▪]+\s*")
ATTACHED = Spelled(r"^\W*(?:(?:Ban hành\s+)?kèm\s+theo|Đính\s+kèm)\b", re.IGNORECASE)
RESOLVED = Spelled(r"^(?:QUYẾT (?:ĐỊNH|NGHỊ)|NGHỊ (?:ĐỊNH|QUYẾT)|QUY ĐỊNH|RA QUYẾT ĐỊNH)\s*[:：.]?$")
BASIS = Spelled(r"^\W*(?:Căn cứ|Theo |Xét |Thực hiện |Trên cơ sở|Sau khi|Chiếu|Được sự)", re.IGNORECASE)
CHAPTER = Spelled(r"^(?:Chương|Phần|Mục)\s+(?:[IVXLC]+\b|\d|thứ\s)", re.IGNORECASE)
# A point of a text: no line of a title begins so.
NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]+)\s*[.)]\s")
ARTICLE = Spelled(r"^Điều\s+\d+")
DRAFT = Spelled(r"^\W*(?:BẢN )?DỰ THẢO(?:\s+(?:LẦN|\d|VĂN BẢN).*)?\W*$", re.IGNORECASE)
_NUMBERED = r"(?:(?:số|SỐ)\s*)?(?:\d[\w./-]*|[IVXLC]+|[A-Z])(?![^\W\d_])"
FORM = Spelled(rf"^(?:BIỂU|Biểu|MẪU|Mẫu)(?:\s+(?:mẫu|MẪU))?\s+{_NUMBERED}\s*[:.]?")
APPENDIX = Spelled(rf"^(?:PHỤ\s+LỤC|Phụ\s+lục)\b(?:\s+{_NUMBERED})?\s*[:.]?|{FORM.pattern}")
END_MARK = re.compile(r"(\.?)\s*[/\\]\s*\.\s*$")
SIGNED = Spelled(r"^\W*(?:đã ký|ký tên|ký, |đóng dấu|daky|ký bởi|ký và|chữ ký)", re.IGNORECASE)
_URGENT = {"HỎA TỐC": "HỎA TỐC", "HOẢ TỐC": "HỎA TỐC", "THƯỢNG KHẨN": "THƯỢNG KHẨN", "KHẨN": "KHẨN"}
# A post, and who signs for whom.
_POSTS = """chủ t; phó; giám đốc; tổng; trưởng; chánh; bí thư; bộ trưởng; thứ trưởng; viện trưởng; hiệu trưởng; cục trưởng;
vụ trưởng; thủ trưởng; đại diện; thư ký; thủ tướng; người ; chỉ huy; cục ; ủy viên; uỷ viên; t/m; k/t; t/l"""
# How the name of a body begins.
_BODIES = """ủy ban; uỷ ban; ubnd; hđnd; hội đồng; sở; bộ; ban; phòng; cục; chi cục; tổng cục; vụ; trung tâm; trường; văn phòng;
hội; đoàn; liên; công ty; tổng công ty; tập đoàn; công an; thanh tra; kho bạc; viện; tòa án; toà án; bệnh viện; đảng; chi bộ;
huyện ủy; huyện uỷ; tỉnh ủy; tỉnh uỷ; thành ủy; thành uỷ; thị ủy; thị uỷ; mặt trận; ubmttq; đài; báo; hạt; đội; trạm; quỹ;
ngân hàng; bảo hiểm; chi nhánh; học viện; khoa; tổ; cơ quan; xí nghiệp; bưu điện; thuế; hải quan; cảng; nhà máy; câu lạc bộ;
hiệp hội; hợp tác xã; chính phủ; quốc hội; tổng"""


def _one_of(words) -> str:
    """A pattern of any of them, the longest first."""
    names = [word.lstrip() for word in words.replace("\n", " ").split(";")]
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


POST = Spelled(rf"^(?:(?:TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ|Q|QUYỀN)\s*\.|{_one_of(_POSTS)})", re.IGNORECASE)
# Small letters are a post too where they say for whom.
ACTS_FOR = Spelled(r"^(?:TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ)\s*\.\s*\w")
BODY = Spelled(rf"^(?:{_one_of(_BODIES)})\b", re.IGNORECASE)
HALF_A_NAME = Spelled(
    r"(?:ỦY|UỶ) BAN NHÂN DÂN|HỘI ĐỒNG(?: NHÂN DÂN| THI ĐUA)?|BAN CHỈ ĐẠO|BAN QUẢN LÝ|VĂN PHÒNG", re.IGNORECASE
)
_OTHERS = {
    "PHIẾU TRÌNH": "PTr",
    "ĐIỀU LỆ": "ĐL",
    "KẾT LUẬN": "KL",
    "QUI CHẾ": "QC",
    "QUI ĐỊNH": "QyĐ",
    "GIẤY UỶ QUYỀN": "GUQ",
    "GIẤY XÁC NHẬN": "GXN",
    "DANH SÁCH": "DS",
}


_FIXED = Spelled(
    r"C[ỘÔO]NG\s+H[OÒÓ]?[AÀ]?\s*X[ÃA]\s+H[ỘÔO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc",
    re.IGNORECASE,
)
_STAMPED = Spelled(r"đã ký|ký tên|ký|đóng dấu|ghi rõ họ(?: và)? tên|và|chữ ký|dấu", re.IGNORECASE)


# «Trần Văn An – Đã ký», «(Đã ký) Trần Văn An».
STAMPED_END = Spelled(r"\s*[-–—(\[]+\s*đã ký\s*[)\]]?\s*$|^[(\[]\s*đã ký\s*[)\]]\s*", re.IGNORECASE)


def is_only_signed(text: str) -> bool:
    """Whether words say no more than that somebody signed."""
    return not any(map(str.isalnum, _STAMPED.sub("", text)))


def is_fixed(text: str) -> bool:
    """Whether all words of a line are those that every paper has, or stand where a signature is to come."""
    return not any(map(str.isalnum, _FIXED.sub("", text))) or (
        text.strip().startswith(("(", "[")) and is_only_signed(text)
    )


def urgency(text: str) -> str:
    """The mark of urgency that a line is, however it is spelled; nothing where it is none."""
    words = flat(text.strip("[]() .")).upper()
    return next((mark for name, mark in _URGENT.items() if words in (name, bare(name))), "")


def is_by_month(text: str) -> bool:
    """Whether a number is one that an office counts by month, which a paper cannot hold."""
    found = NUMBER.match(text)
    return bool(found) and "-" in found["number"]


def flat(text: str) -> str:
    """Words with one space between them; letters that were set apart (``Q U Y Ế T``) together."""
    words = text.split()
    if len(words) > 4 and all(len(word) == 1 for word in words):
        # Two spaces or more part the words then.
        return " ".join("".join(part.split()) for part in re.split(r"\s{2,}", text.strip()))
    return " ".join(words)


# A gap between two columns; not one that is left to fill in a number or a day.
_COLUMNS = Spelled(
    r"(?<![\s\u00a0])(?<!ngày)(?<!tháng)(?<!năm)(?<!\bSố)(?<!\bSố:)(?<!\bSố :)(?<!gửi:)"
    r"(?:[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{4,})(?![/\s\u00a0]|tháng\b|năm\b)",
    re.IGNORECASE,
)


def columns(line) -> list[str]:
    """The words of a line that stand apart: columns that are made with tabs or many spaces."""
    parts = (clean(part).strip() for part in _COLUMNS.split(_raw(line).strip()))
    return [part for part in parts if part]


def is_set_right(line) -> bool:
    """Whether tabs or many spaces before its words put a line into the right column."""
    raw = _raw(line)
    lead = raw[: len(raw) - len(raw.lstrip())]
    return "\t" in lead or len(lead) > 15


def _raw(line) -> str:
    return line.label + "".join(run.text for run in line.runs)


def kinds_of(types) -> dict[str, str]:
    """{name in capitals: abbreviation} of all types that a title may name, the longest first."""
    names = {facts.name.upper(): code for code, facts in types.items()} | {
        name.upper(): code for code, name, _ in RECORDED
    }
    return dict(sorted((_OTHERS | names).items(), key=lambda row: -len(row[0])))


KINDS = kinds_of(BUILT_IN)


def kind_in(line, kinds) -> tuple[str, str] | None:
    """(abbreviation, the words behind it) where ``line`` is the title of a paper; None elsewhere."""
    words = flat(line.text).strip(" :.") if isinstance(line, Line) else ""
    for name, code in kinds.items():
        name = name if is_accented(words) else bare(name)
        rest = words[len(name) :]
        if words.startswith(name) and (not rest or not rest[0].isalnum()) and _is_title(line, words, rest):
            return code, rest.strip(" :.,-–")
        if words.upper() == name and line.is_bold and line.is_centred:
            return code, ""
    return None


def _is_title(line, words, rest) -> bool:
    """Whether capitals are a title, and not the first words of a sentence or of a list."""
    return words.isupper() or line.is_bold or line.is_centred or not rest or bool(ABOUT.match(rest.strip()))


def figures(text: str) -> int | None:
    """The number in a gap that may hold dots and spaces."""
    digits = re.sub(r"\D", "", text or "")
    return int(digits) if digits and len(digits) < 7 else None
