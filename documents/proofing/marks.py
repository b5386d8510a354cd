"""Marks: at the end of lines and of the text, between words, in pairs."""

import re
from itertools import pairwise

from .laws import CIRCULAR, DECREE, LOOK, Article, form
from .reading import LARGE, LEAD, SMALL
from .rule import Hit, put, replaced, rule

MARKS = "Dấu câu"
_POST_WORDS = 8
_END = (Article(DECREE, "Mẫu 1.4, Mẫu 1.5 Phụ lục III"), Article(CIRCULAR, "Phụ lục V"))


@rule(
    MARKS, "dau-het-giua-van-ban", "Dấu ./. nằm giữa văn bản", _END,
    bad="… thực hiện./. (rồi còn đoạn sau)", good="… thực hiện. (rồi còn đoạn sau)",
)  # fmt: skip
def closing_mark_within(reading):
    """``./.`` closes the whole, behind its last words alone."""
    lines = _own_lines(reading)
    # Who signs, typed below, has a place of its own; another rule tells it.
    while lines and lines[-1].text.isupper() and len(lines[-1].text.split()) <= _POST_WORDS:
        lines.pop()
    for line in lines[:-1]:
        if found := re.search(r" ?\./\.[*_ ]*$", line.plain):
            stars = re.sub(r"[^*_]", "", line.text[found.start() :])
            yield replaced(line, f"{line.text[: found.start()]}.{stars}", "dấu ./. chỉ đặt ở cuối văn bản")


def _own_lines(reading) -> list:
    """The lines of the body that hold words, without those of notes."""
    return [line for line in reading.body if line.text.strip() and not line.text.lstrip().startswith("[^")]


@rule(
    MARKS, "dau-het-viet-sai", "Dấu hết văn bản viết chưa đúng", _END,
    bad="… thực hiện.//.", good="… thực hiện./.",
)  # fmt: skip
def closing_mark_spelled(reading):
    """``./.`` and nothing else; what the program adds by itself where it is missing."""
    for line in _own_lines(reading)[-1:]:
        found = re.search(r"(?<=[^\s./])[\s.]*/[\s./]*[*_ ]*$", line.plain)
        if found and line.plain[found.start() :].rstrip("*_ ") != "./.":
            stars = re.sub(r"[^*_]", "", line.text[found.start() :])
            yield replaced(line, f"{line.text[: found.start()].rstrip('. ')}./.{stars}", "hết văn bản ghi «./.»")


_SPACE_BEFORE = re.compile(
    rf"(?<=[{SMALL}{LARGE}\d)]) +(?P<mark>[,;:?!])(?=[ \n]|$)|(?<=[{SMALL}\d)]) +(?P<stop>\.)(?=[ ]?$|[ ][{LARGE}])",
    re.M,
)


@rule(
    MARKS, "cach-truoc-dau", "Khoảng trắng trước dấu câu", LOOK,
    bad="các sở , ban, ngành", good="các sở, ban, ngành",
)  # fmt: skip
def space_before_mark(reading):
    """A mark stands close behind its word."""
    for found in reading.whole.find(_SPACE_BEFORE):
        # "5 : 3" is a ratio.
        if found["mark"] == ":" and found.before(1).isdecimal():
            continue
        mark = found["mark"] or found["stop"]
        yield put(found, mark, f"«{_around(found)}»: dấu «{mark}» viết liền với chữ đứng trước")


def _around(found) -> str:
    """Some words on both sides."""
    text = found.line.text
    return text[max(0, found.start - 12) : found.end + 12].strip()


_NO_SPACE = re.compile(
    rf"(?<=[{SMALL}])(?P<mark>[,;:])(?=[{SMALL}{LARGE}])|(?<=[{SMALL}]{{2}})(?P<stop>\.)(?=[{LARGE}][{SMALL}]+ )"
)


@rule(
    MARKS, "thieu-cach-sau-dau", "Thiếu khoảng trắng sau dấu câu", LOOK,
    bad="các sở,ban, ngành", good="các sở, ban, ngành",
)  # fmt: skip
def no_space_behind_mark(reading):
    """A space follows a mark."""
    for found in reading.whole.find(_NO_SPACE):
        # "theo thứ tự a,b,c"
        if re.search(r"(?<!\w)\w$", found.before(2)) and re.match(r"\w(?!\w)", found.behind(2)):
            continue
        mark = found["mark"] or found["stop"]
        yield put(found, f"{mark} ", f"«{_around(found)}»: thêm khoảng trắng sau dấu «{mark}»")


_TWICE = re.compile(
    # Two dots before small letters or a figure are a blank: "ngày..tháng..năm".
    rf"(?P<mark>[,;:])(?: ?[,;:])+|(?<![.…\s])\.\.(?=$| [{LARGE}])|[,;]\.(?=$|\n| [A-ZĐ])|(?<![.…])\.[,;](?=$|\n)",
    re.M,
)


@rule(
    MARKS, "dau-lap", "Hai dấu câu liền nhau", LOOK,
    bad="các sở,, ban, ngành;", good="các sở, ban, ngành;",
)  # fmt: skip
def mark_twice(reading):
    """One mark at a time; three dots are one."""
    for found in reading.whole.find(_TWICE):
        before = found.before(4)
        if re.search(r"\bv\.v$|\b\w\.\w$", before) or "\ue001" in found.words:
            continue
        mark = found.words[0]
        yield put(found, mark, f"«{_around(found)}»: thừa dấu, để một dấu «{mark}»")


@rule(
    MARKS, "ngoac-khong-dong", "Ngoặc mở mà không đóng", LOOK,
    bad="Hội nghị tổng kết (sau đây gọi là Hội nghị", good="Hội nghị tổng kết (sau đây gọi là Hội nghị)",
)  # fmt: skip
def bracket_left_open(reading):
    """Within one paragraph, or the lines that it was broken into, each bracket that opens is closed."""
    lines = reading.whole.lines
    for number, line in enumerate(lines, start=1):
        text = line.plain
        if (place := _opened(text)) >= 0 and any(map(_closed, _lines_below(lines, number))):
            continue
        if place >= 0:
            yield Hit(f"«{line.text[place : place + 40]}»: ngoặc đơn mở mà chưa đóng", line)
        elif text.count("“") > text.count("”") + text.count('"') and not _closes_later(reading, line):
            yield Hit(f"«{text[text.rfind('“') :][:40]}»: ngoặc kép mở mà chưa đóng", line)


def _opened(text) -> int:
    """Where the last bracket opens that nothing closes; -1 where each is closed. One that only closes is a point's: ``a)``."""
    open_at = []
    for place, sign in enumerate(text):
        if sign == "(":
            open_at.append(place)
        elif sign == ")" and open_at:
            open_at.pop()
    return open_at[-1] if open_at else -1


_BELOW = 2
# A bracket behind the number of a point is none: "a)", "2)".
_CLOSING = re.compile(r"(?<!^\w)(?<!^\d\d)(?<!\s\w)(?<!\s\d\d)\)")


def _lines_below(lines, number) -> list[str]:
    """The next lines of the same field, without the number of a point."""
    below = [line for line in lines[number : number + _BELOW] if line.field == lines[number - 1].field]
    return [line.plain[LEAD.match(line.plain).end() :] for line in below]


def _closed(text) -> bool:
    """Whether ``text`` closes a bracket that it did not open."""
    found = _CLOSING.search(text)
    return bool(found) and "(" not in text[: found.start()]


def _closes_later(reading, line) -> bool:
    """Whether words in quotation marks run over several paragraphs, as they do where one paper changes another."""
    rows = [row.text for text in reading.texts for row in text if row.field == line.field and row.number > line.number]
    return "”" in "\n".join(rows)


_DOUBLED = [
    "các",
    "của",
    "cho",
    "với",
    "trong",
    "theo",
    "được",
    "những",
    "là",
    "này",
    "và",
    "về",
    "hoặc",
    "tại",
    "khi",
    "đã",
    "để",
    "thì",
    "mà",
    "bởi",
    "thuộc",
    "gồm",
    "nhưng",
    "vào",
    "trên",
]
# The first of them may end a word of two: "người phụ thuộc thuộc diện …", "danh sách kèm theo theo mẫu", "nêu trên trên địa bàn".
_OF_TWO = [
    "phụ thuộc",
    "tiếp theo",
    "kèm theo",
    "nêu trên",
    "nói trên",
    "kể trên",
    "bên trong",
    "(?<!thực )hiện tại",
    "đầu vào",
]
_ALONE = "".join(f"(?<!{words})" for words in _OF_TWO)
_DOUBLE = re.compile(rf"(?<!\w)(?P<word>{'|'.join(_DOUBLED)}){_ALONE} (?P=word)(?!\w)", re.IGNORECASE)


@rule(
    MARKS, "lap-tu", "Lặp từ", LOOK,
    bad="đề nghị các các đơn vị", good="đề nghị các đơn vị",
)  # fmt: skip
def word_twice(reading):
    """Words that join others never stand twice."""
    for found in reading.whole.find(_DOUBLE):
        yield put(found, found["word"], f"«{found.words}»: thừa một chữ «{found['word']}»")


# A star may lead a note: "* Lưu ý".
_BULLET = re.compile(r"^[ *_]*(?P<mark>[•●▪○◦·►➢])[ \u00a0]+(?=\w)")


@rule(
    MARKS, "gach-dau-dong", "Đầu dòng không dùng gạch đầu dòng", form("điểm d khoản 9", "Điều 14"),
    bad="• Sở Tài chính;", good="- Sở Tài chính;",
)  # fmt: skip
def other_bullets(reading):
    """Lists begin with a dash."""
    for line in reading.whole.lines:
        if found := _BULLET.match(line.text):
            new = f"- {line.text[found.end() :]}"
            yield replaced(line, new, f"«{found['mark']}»: dùng gạch đầu dòng (-)")


_TITLE = re.compile(
    r" *#|[*_ “\"]*(?:Điều|Chương|Mục|Phần|Tiểu mục) \w+[. ]|[ ]*\*\*.*\*\*[ .]*$|[ ]*\*[^*]+\*$|[ ]*\[\^"
    # What a table or a picture shows.
    r"|[*_ ]*(?:Bảng|Hình|Ảnh|Biểu(?: đồ)?|Sơ đồ)(?: số)? \d+(?:\.\d+)*[.: *_]"
)
_ENOUGH = 20


@rule(
    MARKS, "doan-thieu-dau-cuoi", "Đoạn văn không có dấu ở cuối", LOOK,
    bad="Đề nghị các sở, ban, ngành, đoàn thể tỉnh nghiêm túc triển khai thực hiện (hết đoạn)",
    good="Đề nghị các sở, ban, ngành, đoàn thể tỉnh nghiêm túc triển khai thực hiện. (hết đoạn)",
)  # fmt: skip
def paragraph_without_mark(reading):
    """A sentence ends with its mark. Titles, numbered lines, which may be titles, and the last line are left alone."""
    filled = [line for line in reading.body if line.text.strip()]
    for line, after in pairwise(filled):
        words = line.plain.rstrip("*_ \ue001\u00a0")
        is_plain = not _TITLE.match(line.text) and LEAD.match(line.plain).end() <= 2 and not line.text.isupper()
        if is_plain and words[-1:].isalpha() and len(words.split()) > _ENOUGH and after.number > line.number + 1:
            mark = ";" if after.text.lstrip().startswith("-") and line.text.lstrip().startswith("-") else "."
            bare = line.text.rstrip("*_ \u00a0")
            new = f"{bare}{mark}{line.text[len(bare) :].rstrip()}" if "\ue001" not in line.plain[len(words) :] else None
            yield Hit(f"«…{words[-30:]}»: đoạn chưa có dấu ở cuối", line, new)


_MONEY = re.compile(r"(?<![\d.,])(?P<sum>\d{1,3}(?:,\d{3})+)(?P<unit> ?(?:đồng|VNĐ)(?!\w))")


@rule(
    MARKS, "hang-nghin", "Dấu phẩy ngăn hàng nghìn trong số tiền", LOOK,
    bad="1,490,000 đồng", good="1.490.000 đồng",
)  # fmt: skip
def thousands(reading):
    """Thousands are parted by a full stop; a comma parts the decimals."""
    for found in reading.whole.find(_MONEY, "đồng", "vnđ"):
        right = found["sum"].replace(",", ".")
        yield put(
            found, right + found["unit"], f"«{found.words}»: ngăn hàng nghìn bằng dấu chấm, «{right}{found['unit']}»"
        )
