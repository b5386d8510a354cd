"""The order of a text: parts, articles, clauses, points, appendices; what stands in it that has a field of its own."""

import re
from itertools import pairwise, takewhile

from ..source.vietnamese import roman
from .laws import CIRCULAR, DECREE, Article, form
from .reading import LARGE
from .references import TYPES
from .rule import Hit, put, replaced, rule

STRUCTURE = "Bố cục"
_PARTS = form("điểm đ khoản 6", "Điều 11")
_MODEL = (Article(DECREE, "Mẫu 1.2 Phụ lục III"), Article(CIRCULAR, "Phụ lục V"))
# A line that only begins by naming an article of another paper is none: "Điều 5 Luật …".
_ARTICLE = re.compile(
    r"(?P<lead>[#*_ ]*)Điều (?P<number>\d{1,3})"
    rf"(?=[*_]*(?:[.:)/–-]|$)|[*_]+ |(?: +| [–-][*_ ]*)(?!{TYPES}|Bộ luật|Hiến pháp)[{LARGE}])"
)
_ROMAN = {roman(number): number for number in range(1, 90)}
_ALPHABET = list("abcdđeghiklmnopqrstuvxy")


def _articles(text):
    for line in text:
        if found := _ARTICLE.match(line.plain):
            yield line, found


def _begun(reading, pattern):
    """(line, match) of each line of the body and the appendices that begins with ``pattern``."""
    for line in reading.running.lines:
        if found := pattern.match(line.plain):
            yield line, found


def _renumbered(line, found, number) -> str:
    """``line`` with ``number`` in the place of the one that was found."""
    return line.text[: found.start("number")] + number + line.text[found.end("number") :]


@rule(
    STRUCTURE, "dieu-thu-tu", "Số thứ tự các điều không liên tục", _PARTS,
    bad="Điều 1. … Điều 3. …", good="Điều 1. … Điều 2. …",
)  # fmt: skip
def order_of_articles(reading):
    """Articles are numbered without a gap, each once."""
    for text in reading.texts:
        last = 0
        for line, found in _articles(text):
            number = int(found["number"])
            if last and number != last + 1:
                yield Hit(f"sau Điều {last} là Điều {number}", line)
            elif not last and number > 1 and text is reading.body and reading.form == "decision":
                yield Hit(f"điều đầu tiên là Điều {number}; bắt đầu từ Điều 1", line)
            last = number


@rule(
    STRUCTURE, "dieu-dau-cham", "Sau số của điều không phải dấu chấm", _PARTS,
    bad="Điều 1: Tặng Bằng khen", good="Điều 1. Tặng Bằng khen",
)  # fmt: skip
def mark_behind_article(reading):
    """``Điều 1.``"""
    for line, found in _begun(reading, _ARTICLE):
        behind = line.text[found.end("number") :]
        wrong = re.match(rf"(?P<closing>[*_]*) *(?:[:)/–-]+(?P<behind>[*_]+(?= |$))?|(?=[{LARGE}]))", behind)
        if wrong and not behind.startswith("."):
            stars = wrong["closing"] + (wrong["behind"] or "")
            new = f"{line.text[: found.end('number')]}.{stars} {behind[wrong.end() :].lstrip()}".rstrip()
            yield replaced(line, new, f"«Điều {found['number']}»: sau số thứ tự của điều là dấu chấm (.)")


_IN_ROMAN = re.compile(r"[#*_ ]*(?P<word>Điều|Mục|Tiểu mục) (?P<number>[IVXL]+)(?=[.: *_]|$)")


@rule(
    STRUCTURE, "dieu-la-ma", "Số của điều, mục ghi bằng chữ số La Mã", _PARTS,
    bad="Điều II. Tổ chức thực hiện", good="Điều 2. Tổ chức thực hiện",
)  # fmt: skip
def article_in_roman(reading):
    """Articles and sections have Arabic figures."""
    for line, found in _begun(reading, _IN_ROMAN):
        if number := str(_ROMAN.get(found["number"], "")):
            told = f"«{found['word']} {found['number']}»: dùng chữ số Ả Rập, «{found['word']} {number}»"
            yield replaced(line, _renumbered(line, found, number), told)


_IN_ARABIC = re.compile(rf"[#*_ ]*(?P<word>Phần|Chương|PHẦN|CHƯƠNG) (?P<number>[1-8]?\d)(?=[.:*_ ]*$|[.:] [{LARGE}])")


@rule(
    STRUCTURE, "chuong-a-rap", "Số của phần, chương ghi bằng chữ số Ả Rập", _PARTS,
    bad="Chương 1", good="Chương I",
)  # fmt: skip
def chapter_in_arabic(reading):
    """Parts and chapters have Roman figures."""
    for line, found in _begun(reading, _IN_ARABIC):
        if value := int(found["number"]):
            told = f"«{found['word']} {found['number']}»: dùng chữ số La Mã, «{found['word']} {roman(value)}»"
            yield replaced(line, _renumbered(line, found, roman(value)), told)


@rule(
    STRUCTURE, "chuong-thieu-tieu-de", "Phần, chương, mục không có tiêu đề", form("điểm d khoản 6", "Điều 11"),
    bad="Chương I / Điều 1. …", good="Chương I / QUY ĐỊNH CHUNG / Điều 1. …",
)  # fmt: skip
def chapter_without_title(reading):
    """Below its number stands what it is about."""
    for text in reading.texts:
        filled = [line for line in text if line.text.strip()]
        for line, after in pairwise(filled):
            found = re.fullmatch(r"[#*_ ]*((?:Phần|Chương|Mục|Tiểu mục) (?:[IVXL]+|\d+))[*_ .:]*", line.plain)
            if found and re.match(r"[#*_ ]*(?:Điều|Mục|Chương) (?:\d|[IVX])", after.plain):
                yield Hit(f"{found[1]} chưa có tiêu đề", line)


_CLAUSE = re.compile(
    rf"(?P<lead>[#*_ ]*)(?P<number>\d{{1,2}})(?P<mark>/(?![{LARGE}]{{2}})|\)|-(?= )|:)[*_ ]*(?=[{LARGE}])"
)


@rule(
    STRUCTURE, "khoan-dau-cham", "Sau số của khoản không phải dấu chấm", _PARTS,
    bad="1/ Sở Nội vụ", good="1. Sở Nội vụ",
)  # fmt: skip
def mark_behind_clause(reading):
    """``1.``"""
    for line, found in _begun(reading, _CLAUSE):
        new = line.text[: found.end("number")] + "." + line.text[found.end("mark") :]
        told = f"«{found['number']}{found['mark']}»: sau số thứ tự của khoản là dấu chấm, «{found['number']}.»"
        yield replaced(line, _spaced(new, found.end("number") + 1), told)


def _spaced(text, place) -> str:
    """``text`` with a space at ``place``, unless there is one, or marks of emphasis."""
    return text if text[place : place + 1] in " *_" else f"{text[:place]} {text[place:]}"


_POINT = re.compile(rf"(?P<lead>[*_ ]*)(?P<letter>[a-hk-uxyđ])(?P<mark>\.|/|-(?= )|:)(?=[*_ ]*[{LARGE}])")


@rule(
    STRUCTURE, "diem-dau-ngoac", "Sau chữ của điểm không phải dấu đóng ngoặc đơn", _PARTS,
    bad="a. Chủ động phát động phong trào", good="a) Chủ động phát động phong trào",
)  # fmt: skip
def mark_behind_point(reading):
    """``a)``"""
    for line, found in _begun(reading, _POINT):
        new = line.text[: found.end("letter")] + ")" + line.text[found.end("mark") :]
        told = f"«{found['letter']}{found['mark']}»: sau chữ cái của điểm là dấu đóng ngoặc đơn, «{found['letter']})»"
        yield replaced(line, _spaced(new, found.end("letter") + 1), told)


@rule(
    STRUCTURE, "diem-thu-tu", "Thứ tự các điểm không theo bảng chữ cái tiếng Việt", _PARTS,
    bad="c) … d) … e) …", good="c) … d) … đ) …",
)  # fmt: skip
def order_of_points(reading):
    """a, b, c, d, đ, e, g: without f, j, w, z, and with đ. What comes after one of those four, or after y, no law says."""
    for text in reading.texts:
        last = ""
        for line in takewhile(_quotes_nothing, text):
            found = re.match(r"[*_ ]*([a-zđ])\)[*_ ]", line.plain)
            if found:
                due = _next(last)
                if due and found[1] not in ("a", due):
                    yield Hit(f"sau điểm {last}) là điểm {due})", line)
                last = found[1]
            elif re.match(r"[#*_ ]*(?:\d+(?:\.\d+)*\.|Điều|[IVX]+\.|#)", line.plain):
                last = ""


def _quotes_nothing(line) -> bool:
    """Not a line that opens words of another paper which nothing closes: where they end, and their numbers, is not known."""
    return not re.match(r"[*_ ]*[“\"]", line.plain)


def _next(letter) -> str:
    at = _ALPHABET.index(letter) + 1 if letter in _ALPHABET else 0
    return _ALPHABET[at] if 0 < at < len(_ALPHABET) else ""


@rule(
    STRUCTURE, "khoan-thu-tu", "Số thứ tự các khoản không liên tục", _PARTS,
    bad="1. … 2. … 4. …", good="1. … 2. … 3. …",
)  # fmt: skip
def order_of_clauses(reading):
    """Clauses are numbered without a gap under each title."""
    for text in reading.texts:
        last = 0
        for line in takewhile(_quotes_nothing, text):
            if re.match(r"[#*_ ]*(?:Điều \d|[IVXLC]+\.|Phần|Chương|Mục|[A-ZĐ]\.) ?", line.plain):
                last = 0
            found = re.match(r"[#*_ ]*(\d{1,2})[*_]*\.[*_ ]+(?=\S)", line.plain)
            if found:
                number = int(found[1])
                if last and number not in (last + 1, 1):
                    yield Hit(f"sau khoản {last} là khoản {number}", line)
                last = number


@rule(
    STRUCTURE, "muc-la-ma-thu-tu", "Số thứ tự các mục La Mã không liên tục", _PARTS,
    bad="I. … II. … IV. …", good="I. … II. … III. …",
)  # fmt: skip
def order_of_sections(reading):
    """Sections in Roman figures likewise."""
    for text in reading.texts:
        last = 0
        for line in text:
            if re.match(r"[#*_ ]*(?:Phần|PHẦN|[A-BD-HĐ]\.) ", line.plain):
                last = 0
            found = re.match(r"[#*_ ]*([IVXL]+)\.[*_ ]+(?=\w)", line.plain)
            number = _ROMAN.get(found[1], 0) if found else 0
            if number:
                if last and number not in (last + 1, 1):
                    yield Hit(f"sau mục {roman(last)} là mục {found[1]}", line)
                last = number


_SECTION = re.compile(r"(?:# |\*\*)[*_ ]*(?P<number>[IVXL]+)\.[*_ ]+(?P<title>[\w\ue001])")


@rule(
    STRUCTURE, "muc-in-hoa", "Tiêu đề mục La Mã chưa in hoa",
    (Article(DECREE, "số thứ tự 6b Mục V Phần I Phụ lục I"), Article(CIRCULAR, "Phụ lục IV")),
    bad="I. Mục đích, yêu cầu", good="I. MỤC ĐÍCH, YÊU CẦU",
)  # fmt: skip
def section_in_small_letters(reading):
    """The number and the title of a section in Roman figures are in capitals. A line that is a sentence is no title."""
    for line, found in _begun(reading, _SECTION):
        # A note in brackets behind the title is none of it, nor what follows a colon.
        title = re.sub(r"[*_ ]*(?:\([^()]*\)[*_ .:]*$|:[*_]* .*)", "", line.text[found.start("title") :]).rstrip("*_ ")
        is_title = found["number"] in _ROMAN and len(title.split()) < 25 and "{{" not in title and "[^" not in title
        if title and is_title and not title.isupper():
            new = line.text[: found.start("title")] + title.upper() + line.text[found.start("title") + len(title) :]
            yield replaced(line, new, f"«{title[:50]}»: tiêu đề mục trình bày bằng chữ in hoa")


@rule(
    STRUCTURE, "doan-in-hoa", "Cả đoạn văn viết chữ in hoa", form("điểm e khoản 6", "Điều 11"),
    bad="ĐỀ NGHỊ CÁC CƠ QUAN, ĐƠN VỊ NGHIÊM TÚC TRIỂN KHAI THỰC HIỆN NỘI DUNG TRÊN.",
    good="Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện nội dung trên.",
)  # fmt: skip
def paragraph_in_capitals(reading):
    """Words of a text are in small letters, but for titles."""
    for line in reading.body:
        if (
            line.text.isupper()
            and len(line.text.split()) > 12
            and line.text.rstrip().endswith((".", ";"))
            and not line.text.startswith("#")
        ):
            yield Hit("nội dung trình bày bằng chữ in thường", line)


@rule(
    STRUCTURE, "quyet-dinh-thieu-dieu", "Quyết định không chia thành điều", _MODEL,
    bad="quyết định không có Điều 1", good="Điều 1. … Điều 2. …",
)  # fmt: skip
def decision_without_articles(reading):
    """A decision is made of articles."""
    if reading.paper.type == "QĐ" and reading.paper.body.strip() and not any(_articles(reading.body)):
        yield Hit("quyết định chưa có Điều 1", field="body")


_POSTS = "CHỦ TỊCH|(?:TỔNG )?GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG (?:BAN|PHÒNG|KHOA)|(?:BỘ|CỤC|VIỆN) TRƯỞNG|CHÁNH VĂN PHÒNG"
_OWN_FIELD = (
    (re.compile(r"[*_ ]*CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM[*_ ]*$"), "Quốc hiệu"),
    (re.compile(r"[*_ ]*Độc lập - Tự do - Hạnh phúc[*_ ]*$"), "Tiêu ngữ"),
    (re.compile(r"[*_ ]*Kính gửi ?:"), "«Kính gửi»"),
    (re.compile(r"[*_ ]*Nơi nhận ?:"), "«Nơi nhận»"),
    (re.compile(r"[*_ ]*-? ?Lưu ?: ?VT\b"), "dòng «Lưu»"),
    (re.compile(rf"[#*_ ]*(?:TM|KT|TL|TUQ)\. ?[{LARGE} ]{{5,}}[*_ ]*$"), "phần ký"),
    (re.compile(rf"[#*_ ]*(?:PHÓ )?(?:{_POSTS})[*_ ]*$"), "phần ký"),
)


@rule(
    STRUCTURE, "go-trong-noi-dung", "Thành phần có ô riêng lại gõ trong nội dung", form("khoản 1", "Phụ lục II", part="IV"),
    bad="gõ «Nơi nhận:» trong nội dung", good="ghi nơi nhận ở ô Nơi nhận",
)  # fmt: skip
def typed_into_the_body(reading):
    """What has a place of its own on the sheet is not typed into the words."""
    for line in reading.body:
        for pattern, name in _OWN_FIELD:
            if pattern.match(line.plain):
                yield Hit(f"{name} có ô riêng; bỏ ở nội dung để không in hai lần", line)


@rule(
    STRUCTURE, "quyet-dinh-hai-lan", "Gõ lại «QUYẾT ĐỊNH:» trong nội dung", _MODEL,
    bad="nội dung bắt đầu bằng dòng «QUYẾT ĐỊNH:»", good="nội dung bắt đầu bằng «Điều 1.»",
)  # fmt: skip
def line_of_decision_typed(reading):
    """The line above the first article is added by the program."""
    for line in reading.body if reading.form == "decision" else ():
        if re.fullmatch(r"[#*_ ]*QUYẾT (?:ĐỊNH|NGHỊ) ?:?[*_ ]*", line.plain):
            yield replaced(line, "", "dòng này tự in trước Điều 1; bỏ ở nội dung")


_ANNEX = form("điểm a khoản 1", "Điều 15", part="III")
_POINTS_TO = re.compile(
    r"phụ lục|kèm theo|đính kèm|gửi kèm|danh sách|biểu|mẫu|bảng|theo quy chế|ban hành", re.IGNORECASE
)


@rule(
    STRUCTURE, "phu-luc-khong-chi-dan", "Có phụ lục nhưng nội dung không chỉ dẫn đến phụ lục", _ANNEX,
    bad="văn bản có phụ lục, nội dung không nhắc đến", good="… (chi tiết tại Phụ lục kèm theo)",
)  # fmt: skip
def appendix_that_nothing_points_to(reading):
    """The text tells of its appendices."""
    if reading.paper.appendices and not _POINTS_TO.search(reading.paper.body + reading.paper.subject):
        yield Hit("nội dung chưa có chỉ dẫn về phụ lục kèm theo", field="body")


_NAMED = re.compile(
    r"\b[Pp]hụ lục (?P<number>[IVX]+|\d{1,2})?(?P<this> ?(?:ban hành |gửi )?kèm theo(?: (?:Công văn|Kế hoạch|Quyết định"
    r"|Báo cáo|Thông báo|Hướng dẫn|Tờ trình|văn bản) này)?)(?!\w| \w)"
)


@rule(
    STRUCTURE, "phu-luc-thieu", "Nội dung chỉ đến phụ lục không có", _ANNEX,
    bad="chi tiết tại Phụ lục II kèm theo (chỉ có một phụ lục)", good="chi tiết tại Phụ lục kèm theo",
)  # fmt: skip
def appendix_that_is_not(reading):
    """A number that no appendix has. Where there is none at all, it may go with the paper as a file."""
    count = len(reading.paper.appendices)
    for line in reading.body:
        for found in _NAMED.finditer(line.plain):
            number = _ROMAN.get(found["number"] or "", 0) or (
                int(found["number"]) if (found["number"] or "").isdecimal() else 1
            )
            if 0 < count < number:
                yield Hit(f"«{found[0].strip()}»: văn bản có {count} phụ lục", line)


_OF_ANOTHER = re.compile(rf"[ ,]*(?:ban hành |đính )?kèm(?: theo)? (?:{TYPES}) (?:liên tịch )?số", re.IGNORECASE)
_ARABIC = re.compile(
    r"\b(?P<word>[Pp]hụ lục) (?:số )?0?(?P<number>[1-9]\d?)(?=[* ,.;)]*(?:kèm theo|ban hành kèm theo|đính kèm))"
)


@rule(
    STRUCTURE, "phu-luc-so-la-ma", "Số của phụ lục ghi bằng chữ số Ả Rập", _ANNEX,
    bad="Phụ lục 2 kèm theo", good="Phụ lục II kèm theo",
)  # fmt: skip
def appendix_in_arabic(reading):
    """Several appendices have Roman figures."""
    for found in reading.running.find(_ARABIC, "phụ lục"):
        # Another paper numbers its own.
        if _OF_ANOTHER.match(found.behind(80)):
            continue
        right = f"{found['word']} {roman(int(found['number']))}"
        yield put(found, right, f"«{found.words}»: số thứ tự phụ lục dùng chữ số La Mã, «{right}»")


@rule(
    STRUCTURE, "ten-phu-luc-lap", "Tên phụ lục ghi lại chữ «Phụ lục»", form("điểm b khoản 1", "Điều 15", part="III"),
    bad="tên phụ lục: «Phụ lục I: Danh sách cá nhân»", good="tên phụ lục: «Danh sách cá nhân»",
)  # fmt: skip
def title_says_appendix(reading):
    """The word and its number are printed by the program."""
    for number, appendix in enumerate(reading.paper.appendices):
        if not appendix.type and re.match(
            r"phụ lục(?: số)?(?: (?:[IVX]+|\d+))?\s*[:.\-–]\s*\w", appendix.title, re.IGNORECASE
        ):
            yield Hit(
                f"«{appendix.title[:50]}»: chữ «Phụ lục» và số thứ tự tự in; chỉ ghi tên", field=f"appendices.{number}"
            )
