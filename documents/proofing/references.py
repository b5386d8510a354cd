"""Numbers and symbols of papers named in words, and how a paper is named the first time and later."""

import re

from ..source.types import BUILT_IN, RECORDED
from ..source.vietnamese import table_day
from .dates import FULL, day_of
from .laws import capitals, form, of_decree
from .reading import COVER, Words
from .rule import at, put, replaced, rule

NAMED = "Số, ký hiệu, viện dẫn"
_NUMBER = form("điểm c khoản 3", "Điều 8")
_FIRST = form("điểm b khoản 6", "Điều 11")
NAMES = {facts.name: code for code, facts in BUILT_IN.items()} | {name: code for code, name, _ in RECORDED}
# Codes as they are written; those that no office writes otherwise than in capitals are not looked for.
_CODES = {code.lower(): code for code in [*BUILT_IN, "NĐ", "TT", "TTLT", "NQLT", "QyĐ", "TTr", "CTr"]}
TYPES = "|".join(sorted((re.escape(name) for name in NAMES if name != "Ý kiến chỉ đạo"), key=len, reverse=True))
# A number with its symbol: ``50/BC-UBND``, ``30/2020/NĐ-CP``, ``79-CV/TW``, ``183/2010/TTLT/BTC-BNN``.
REFERENCE = (
    r"(?:\d{1,5}(?:/\d{4})?/(?:[A-ZĐa-zđ][\w&.]*(?:[-–][\w&.]+|/[A-ZĐ][A-ZĐa-z&]*)*)"
    r"|\d{1,4}-[A-ZĐ]\w{0,3}/[A-ZĐ][\w-]*)(?<![.&])"
)
_WITH_NUMBER = re.compile(rf"\b(?P<type>{TYPES}) (?:liên tịch )?số:? ?(?P<reference>{REFERENCE})")
_DAY = rf"(?:{FULL}|(?:ngày )?(?P<sd>\d{{1,2}})/(?P<sm>\d{{1,2}})/(?P<sy>\d{{4}})(?![\d/]))"


_ONE_FIGURE = re.compile(r"\b[Ss]ố:? (?P<number>[1-9])(?=/(?:\d{4}/)?[A-ZĐ]{1,4}[-\w]*-?[A-ZĐ])")


@rule(
    NAMED, "so-duoi-10", "Số văn bản dưới 10 chưa có số 0 phía trước", _NUMBER,
    bad="Báo cáo số 5/BC-SNV", good="Báo cáo số 05/BC-SNV",
)  # fmt: skip
def number_without_nought(reading):
    """Numbers below 10 have a nought."""
    for found in reading.whole.find(_ONE_FIGURE):
        right = f"{found.words[:-1]}0{found['number']}"
        yield put(found, right, f"«{found.words}»: số nhỏ hơn 10 ghi thêm số 0 phía trước")


_APART = re.compile(
    r"(?P<lead>\b[Ss]ố:? )(?P<number>\d{1,5}(?: ?/ ?\d{4})?)(?P<s1> ?)/(?P<s2> ?)(?P<first>[A-ZĐ][\wĐđ]{0,7})"
    r"(?P<rest>(?: ?[-–—] ?[A-ZĐ][\w&]*)*)"
)


@rule(
    NAMED, "ky-hieu-cach-chu", "Số, ký hiệu có khoảng trắng", _NUMBER,
    bad="Quyết định số 12 /QĐ - UBND", good="Quyết định số 12/QĐ-UBND",
)  # fmt: skip
def spaces_in_symbol(reading):
    """No space stands in a number and its symbol."""
    for found in reading.whole.find(_APART):
        typed = found.words[len(found["lead"]) :]
        # A dash behind a space alone may belong to the sentence.
        part = typed if "- " in typed or not re.search(r" [-–—]|[–—] ", typed) else ""
        right = re.sub(r"[–—]", "-", part.replace(" ", ""))
        if part and " " in part:
            yield put(found, found["lead"] + right, f"«{typed}»: viết liền, «{right}»")


_LONG_DASH = re.compile(r"(?P<before>\b\d{1,5}/(?:\d{4}/)?[A-ZĐ]\w{0,7})(?P<dash>[–—‑−])(?P<behind>[A-ZĐ]\w*)")


@rule(
    NAMED, "ky-hieu-gach-dai", "Dấu gạch trong ký hiệu không phải gạch nối", _NUMBER,
    bad="Kế hoạch số 12/KH–UBND", good="Kế hoạch số 12/KH-UBND",
)  # fmt: skip
def long_dash_in_symbol(reading):
    """A hyphen joins the groups of a symbol."""
    for found in reading.whole.find(_LONG_DASH, "–", "—", "‑", "−"):
        right = f"{found['before']}-{found['behind']}"
        yield put(found, right, f"«{found.words}»: giữa các nhóm chữ dùng gạch nối (-), «{right}»")


_CODE = re.compile(r"(?P<before>\b\d{1,5}/(?:\d{4}/)?)(?P<code>[A-ZĐa-zđ.]{2,5})(?=-[A-ZĐ]{2})")


@rule(
    NAMED, "viet-tat-ten-loai", "Chữ viết tắt tên loại chưa đúng",
    of_decree("Mục I Phụ lục III", "Phụ lục I"), bad="Tờ trình số 12/TTR-SNV", good="Tờ trình số 12/TTr-SNV",
)  # fmt: skip
def code_of_type(reading):
    """The letters of the type are those of the decree's table, as they are written there."""
    for found in reading.whole.find(_CODE):
        typed = found["code"]
        code = _CODES.get(typed.replace(".", "").lower())
        if code and typed != code and (typed.upper() == code or typed.upper() not in _CODES.values()):
            yield put(found, found["before"] + code, f"«{found.words}»: tên loại viết tắt là «{code}»")


_ISSUES = re.compile(r"UBND|HĐND|TTg|CP|TU|TW|[SB][A-ZĐ]{1,5}")


@rule(
    NAMED, "ten-loai-khac-ky-hieu", "Tên loại không khớp ký hiệu", form("điểm b khoản 3", "Điều 8"),
    bad="Kế hoạch số 12/QĐ-UBND", good="Quyết định số 12/QĐ-UBND",
)  # fmt: skip
def type_disagrees(reading):
    """The word before the number is another type than the symbol says."""
    for found in reading.whole.find(_WITH_NUMBER):
        symbol, _, behind = re.sub(r"^\d+/(?:\d{4}/)?", "", found["reference"]).partition("-")
        code = _CODES.get(symbol.strip().lower())
        # Official letters begin with the letters of their body: the tax office's and a company's are CT, a council's HĐ.
        if found["type"] == "Công văn" and code in ("CT", "HĐ") and not _ISSUES.fullmatch(behind.strip()):
            continue
        name = next((name for name, other in NAMES.items() if other == code), "")
        if code and code != "CV" and name and name.lower() != found["type"].lower():
            yield at(found, f"«{found.words}»: ký hiệu {code} là của {name.lower()}")


_SMALL_TYPES = "|".join(re.escape(name.lower()) for name in NAMES if name not in ("Ý kiến chỉ đạo", "Hợp đồng"))
_SMALL = re.compile(
    rf"(?<!\w)(?<!Bộ )(?<!Thông báo )(?<!thông báo )(?<![Pp]háp )(?<![Kk]ỷ )(?<![Mm]ệnh )(?<![Hh]iệu )"
    rf"(?P<type>{_SMALL_TYPES}|Kế Hoạch|Quyết Định|Thông Báo|Báo Cáo|Tờ Trình|Công Văn|Hướng Dẫn|Chỉ Thị|Nghị Quyết"
    rf"|Nghị Định|Thông Tư|Chương Trình|Quy Chế)(?= (?:liên tịch )?số:? ?(?:{REFERENCE}))"
)

_OUTER = re.compile(rf"(?<!\w)(?P<type>{_SMALL_TYPES}) $", re.IGNORECASE)


@rule(
    NAMED, "ten-loai-viet-hoa", "Tên loại của một văn bản cụ thể viết hoa chưa đúng", capitals("khoản 6", "V"),
    bad="theo kế hoạch số 12/KH-UBND", good="theo Kế hoạch số 12/KH-UBND",
)  # fmt: skip
def small_type(reading):
    """The type of one certain paper begins large."""
    for found in reading.whole.find(_SMALL):
        if outer := _OUTER.search(found.before()):
            # "công văn hướng dẫn số …" is a Công văn.
            yield from _large(found, outer)
            continue
        right = found["type"].capitalize()
        yield put(found, right, f"«{found.words}»: viết «{right}» khi nói đến một văn bản cụ thể")


def _large(found, outer):
    """A hit where the word before a type is the type itself, and is small."""
    name, start = outer["type"], found.start - len(outer["type"]) - 1
    if name[0].islower():
        text = found.line.text
        new = text[:start] + name[0].upper() + text[start + 1 :]
        yield replaced(found.line, new, f"«{name}»: viết «{name.capitalize()}» khi nói đến một văn bản cụ thể")


# The letters of a section may stand in brackets behind a symbol, or behind a space: ``409/TTr-CAT(PC04)``, ``346/UBND- NC``.
_SECTION = r"(?: ?(?:- ?)?[A-ZĐ][\w&-]*)?(?: ?\([^()\n]{1,20}\))?"
# Several numbers may share one day: ``các Công điện số 17/CĐ-TTg, 18/CĐ-TTg và 19/CĐ-TTg ngày …``.
_SECTION += rf"(?:(?:,| và) (?:số )?{REFERENCE}){{0,20}}"
_BEHIND = re.compile(rf"^{_SECTION}(?:[ \u00a0]+(?:của|do) [^,.;\n]{{3,70}}?)?,?[ \u00a0]+(?:đề )?(?:{_DAY}|tháng \d)")
_TO_ANOTHER = re.compile(rf"^ đến (?:{TYPES}) (?:số )?\d")
_NUMBER_ALONE = re.compile(REFERENCE)
_ANY_DAY = re.compile(_DAY)
_DAY_BEFORE = re.compile(r"\b[Nn]gày \d{1,2}(?:/| tháng )\d")
_TYPE_BEFORE = re.compile(rf"\b(?P<type>{TYPES}) (?:liên tịch )?$")
_ANY_NUMBER = re.compile(rf"\b[Ss]ố:? ?(?P<reference>{REFERENCE})")


@rule(
    NAMED, "vien-dan-lan-dau", "Viện dẫn lần đầu chưa ghi thời gian ban hành", _FIRST,
    bad="Thực hiện Kế hoạch số 12/KH-UBND, Sở Nội vụ đề nghị",
    good="Thực hiện Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2026 của UBND tỉnh về phong trào thi đua",
)  # fmt: skip
def first_mention(reading):
    """What is named for the first time is named with its day, but in a subject and within the title of another paper."""
    told = set()
    for found in reading.prose.find(_ANY_NUMBER):
        number = found["reference"].lower()
        # A legal basis without any day is told by its own rule; one of a paper that makes law has none.
        is_bare_basis = found.line.field == "bases" and (reading.makes_law or not _ANY_DAY.search(found.line.plain))
        if number in told or found.line.field == "subject" or is_bare_basis:
            continue
        if _BEHIND.match(found.behind(160)):
            told.add(number)
            continue
        named = _TYPE_BEFORE.search(found.before())
        if (
            not named
            or named["type"] in ("Luật", "Pháp lệnh")
            or is_in_a_title(found)
            or _TO_ANOTHER.match(found.behind())
        ):
            continue
        told.add(number)
        if not _is_told_elsewhere(reading, found):
            words = f"{named[0]}{found.words}"
            yield at(found, f"«{words}»: lần đầu viện dẫn phải ghi ngày, cơ quan ban hành và trích yếu")


def is_in_a_title(found) -> bool:
    """Whether another paper is named before it in the same sentence: what follows may be that one's title."""
    sentence = found.line.plain[: found.start].rpartition(". ")[2]
    return bool(_NUMBER_ALONE.search(sentence))


def _is_told_elsewhere(reading, found) -> bool:
    """Whether a note, the subject or quoted words tell the rest, the day stands before it, or the number is the paper's own.

    ``Ngày 28/10/2025, UBND tỉnh đã ban hành Công văn số …``.
    """
    if _was_dated(reading, found):
        return True
    if _DAY_BEFORE.search(found.before(200).rpartition(". ")[2]):
        return True
    own = reading.paper.number and found["reference"] == f"{reading.paper.number:02d}/{reading.paper.symbol}"
    return bool(own) or COVER in found.behind(30)


def _was_dated(reading, found) -> bool:
    """Whether the subject, or quoted words before it, name the same paper with its day."""
    # Where it is named first, a space may have slipped into its symbol.
    same = re.compile(re.sub(r"\\?([-/])", r" ?\1 ?", re.escape(found["reference"])), re.IGNORECASE)
    for line in reading.prose.lines:
        end = found.start if line is found.line else len(line.text)
        if any(_BEHIND.match(line.text[one.end() : one.end() + 160]) for one in same.finditer(line.text, 0, end)):
            return True
        if line is found.line:
            break
    return False


# A draft that changes a paper bears that one's full name in its own: ``dự thảo Nghị quyết sửa đổi, bổ sung một số điều của …``.
_OF_A_DRAFT = re.compile(r"[Dd]ự thảo [^.;\n]{0,120}(?:sửa đổi|bổ sung|thay thế|bãi bỏ)[^.;\n]{0,60}$")
_AGAIN = re.compile(rf"^ (?:{_DAY}) của [^,.;\n]{{3,80}} (?:về|quy định|hướng dẫn|ban hành|phê duyệt)\b")


@rule(
    NAMED, "vien-dan-lan-sau", "Viện dẫn lần sau ghi lại cả ngày, trích yếu", _FIRST,
    bad="theo Kế hoạch số 12/KH-UBND ngày 15/01/2026 của UBND tỉnh về phong trào thi đua (đã nêu ở trên)",
    good="theo Kế hoạch số 12/KH-UBND (đã nêu ở trên)",
)  # fmt: skip
def later_mention(reading):
    """Within one text, what was named in full is named by type and number alone."""
    for text in reading.texts:
        seen = set()
        for found in _in(text):
            is_again = found["reference"] in seen and _AGAIN.match(found.behind(200))
            is_in_name = is_in_a_title(found) or _OF_A_DRAFT.search(found.before(200)) or _is_own_title(reading, found)
            if is_again and not is_in_name:
                yield at(found, f"«{found.words}»: từ lần thứ hai chỉ ghi tên loại và số, ký hiệu")
            if _AGAIN.match(found.behind(200)):
                seen.add(found["reference"])


def _is_own_title(reading, found) -> bool:
    """Whether the paper says its own name: its type and the words with which its subject leads up to the number."""
    name = reading.facts.name.lower() if reading.facts else ""
    lead, number, _ = reading.paper.subject.lower().partition(f"số {found['reference'].lower()}")
    lead = lead.rpartition(found["type"].lower())[0]
    return bool(name and number) and found.before(200).lower().endswith(f"{name} {lead}".rstrip() + " ")


def _in(text):
    return Words([line for line in text if line.plain]).find(_WITH_NUMBER)


_DATED = re.compile(rf"{_WITH_NUMBER.pattern},? {_DAY}")


@rule(
    NAMED, "vien-dan-ngay-sau", "Văn bản được viện dẫn có ngày sau văn bản này", _FIRST,
    bad="Kế hoạch số 12/KH-UBND ngày 20/5/2026 (văn bản ngày 20/4/2026)",
    good="Kế hoạch số 12/KH-UBND ngày 20/3/2026 (văn bản ngày 20/4/2026)",
)  # fmt: skip
def named_from_the_future(reading):
    """No paper rests on one that is younger."""
    for found in reading.prose.find(_DATED):
        day = day_of(found.match)
        if reading.paper.date.year and day and day > reading.day:
            yield at(found, f"{found['type']} số {found['reference']} ngày {table_day(day)} có ngày sau văn bản này")


@rule(
    NAMED, "vien-dan-hai-ngay", "Một văn bản được ghi hai ngày khác nhau", _FIRST,
    bad="Kế hoạch số 12/KH-UBND ngày 15/01/2026 … Kế hoạch số 12/KH-UBND ngày 16/01/2026",
    good="Kế hoạch số 12/KH-UBND ngày 15/01/2026 … Kế hoạch số 12/KH-UBND",
)  # fmt: skip
def two_days(reading):
    """The same number with two days within one year, where it does not say whose paper each is."""
    days = {}
    for found in reading.prose.find(_DATED):
        day, key = day_of(found.match), (found["type"], found["reference"])
        first = days.setdefault((key, day and day.year), day)
        if day and first and day != first and len(found["reference"]) > 6:
            yield at(
                found,
                f"{found['type']} số {found['reference']}: chỗ khác ghi ngày {table_day(first)}, ở đây {table_day(day)}",
            )


_SMALL_LETTERS = re.compile(r"\b\d{1,5}/(?:\d{4}/)?(?P<symbol>[a-zđ]{2,4}-[a-zđ]{2,8})\b")


@rule(
    NAMED, "ky-hieu-chu-thuong", "Ký hiệu văn bản viết chữ thường", _NUMBER,
    bad="Quyết định số 12/qđ-ubnd", good="Quyết định số 12/QĐ-UBND",
)  # fmt: skip
def symbol_in_small_letters(reading):
    """Symbols are in capitals."""
    for found in reading.whole.find(_SMALL_LETTERS):
        head, _, body = found["symbol"].partition("-")
        code = _CODES.get(head)
        if code:
            right = found.words.replace(found["symbol"], f"{code}-{body.upper()}")
            yield put(found, right, f"«{found.words}»: ký hiệu viết bằng chữ in hoa, «{right}»")


_SPELLED = re.compile(r"\b(?P<q>[Qq])ui(?= (?:chế|định|trình|mô|hoạch|tắc|phạm|ước)\b)")


@rule(
    NAMED, "quy-dinh", "«Qui chế», «qui định» viết khác tên loại văn bản", of_decree("Điều 7", "Điều 11"),
    bad="theo qui định", good="theo quy định",
)  # fmt: skip
def types_are_spelled(reading):
    """Types are written as the decree writes them: ``quy chế``, ``quy định``."""
    for found in reading.whole.find(_SPELLED, "qui "):
        yield put(found, f"{found['q']}uy", f"«{found.words}»: viết «{found['q']}uy» như tên loại văn bản")
