"""Days: how they are written, whether they exist, whether they agree with their weekday and with each other."""

import re
from datetime import date

from ..source.vietnamese import day_text, full_day, month_text
from .laws import CONTENT, capitals, form
from .rule import Level, at, put, rule

DATES = "Ngày, tháng"
_WRITTEN = form("điểm b khoản 4", "Điều 9")
_NAMES = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")
_WEEKDAY = r"(?:(?:T|t)hứ (?P<name>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|(?P<sunday>[Cc]hủ [Nn]hật))"
# "lần thứ hai ngày 12/5", "Kỳ họp thứ ba, ngày 10/7": a count. In figures it is one but behind such words.
_COUNTED = re.compile(r"\b(?:lần|(?:kỳ|phiên) họp|đợt|hạng|khóa|vòng|giải) $", re.IGNORECASE)
_NOT_COUNTED = re.compile(r"(?:^|\b(?:sáng|chiều|tối|vào|hạn) |[,(] ?)$", re.IGNORECASE)
FULL = r"ngày \**(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>\d{4})"
_SHORT = r"(?<![\d/.,-])(?P<sd>\d{1,2})/(?P<sm>\d{1,2})/(?P<sy>(?:19|20)\d{2})(?![\d/-])"
_ANY = re.compile(rf"{FULL}|{_SHORT}")


def day_of(match) -> date | None:
    """The day that a match of either way of writing names; None where there is no such day."""
    parts = [match[f"{kind}y"] and [match[f"{kind}{part}"] for part in "ymd"] for kind in ("", "s")]
    try:
        return date(*map(int, parts[0] or parts[1]))
    except ValueError:
        return None


_NO_NOUGHT = re.compile(r"ngày (?P<stars>\**)(?P<day>[1-9]) (?=tháng \d{1,2} năm \d{4})")


@rule(
    DATES, "ngay-thieu-so-0", "Ngày dưới 10 chưa có số 0 phía trước", _WRITTEN,
    bad="ngày 5 tháng 3 năm 2026", good="ngày 05 tháng 3 năm 2026",
)  # fmt: skip
def day_without_nought(reading):
    """Days below 10 have a nought."""
    for found in reading.prose.find(_NO_NOUGHT, "ngày "):
        told = f"«ngày {found['day']}»: ngày dưới 10 ghi thêm số 0 phía trước"
        yield put(found, f"ngày {found['stars']}0{found['day']} ", told)


_MONTH = re.compile(r"(?<=\d )tháng (?P<month>[12]) (?=năm \d{4})")


@rule(
    DATES, "thang-thieu-so-0", "Tháng 1, tháng 2 chưa có số 0 phía trước", _WRITTEN,
    bad="ngày 15 tháng 1 năm 2026", good="ngày 15 tháng 01 năm 2026",
)  # fmt: skip
def month_without_nought(reading):
    """January and February have a nought behind a day."""
    for found in reading.prose.find(_MONTH, "tháng 1 ", "tháng 2 "):
        yield put(
            found, f"tháng 0{found['month']} ", f"«{found.words.strip()}»: tháng 1, tháng 2 ghi thêm số 0 phía trước"
        )


_IDLE_NOUGHT = re.compile(
    r"(?:\btháng 0(?=[3-9](?: năm \d{4}|/\d{4}))|(?:(?<=gày \d )|(?<=gày \d\d ))tháng 0(?=[3-9]\b))(?P<month>[3-9])"
)


@rule(
    DATES, "thang-thua-so-0", "Số 0 thừa trước tháng 3 đến tháng 9", _WRITTEN,
    bad="ngày 15 tháng 03 năm 2026", good="ngày 15 tháng 3 năm 2026",
)  # fmt: skip
def month_with_idle_nought(reading):
    """The other months have none."""
    for found in reading.prose.find(_IDLE_NOUGHT, "tháng 0"):
        yield put(found, f"tháng {found['month']}", f"«{found.words}»: chỉ tháng 1, tháng 2 có số 0 phía trước")


_BY_MARKS = re.compile(r"\b[Nn]gày (?P<d>\d{1,2})(?P<mark>[-.])(?P<m>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d{2})(?![-.]?\d)")
# "cả ngày 24/24 giờ" is no day.
_WITHOUT_YEAR = re.compile(r"\b[Nn]gày (?P<d>29|3\d)(?:/| tháng )(?P<m>0?[1-9]|1[0-2])(?![\d/.,-]*\d)(?!/| năm| giờ|%)")


@rule(
    DATES, "ngay-khong-co", "Ngày không có trong lịch", CONTENT, level=Level.ERROR,
    bad="ngày 31 tháng 6 năm 2026", good="ngày 30 tháng 6 năm 2026",
)  # fmt: skip
def no_such_day(reading):
    """A day with its month and year that the calendar has not."""
    for found in reading.prose.find(_ANY):
        if day_of(found.match) is None:
            yield at(found, f"«{found.words}»: lịch không có ngày này")
    for found in (*reading.prose.find(_BY_MARKS), *reading.prose.find(_WITHOUT_YEAR)):
        # A leap year has all days that any year has.
        if _day(found.match.groupdict().get("y") or 2024, found["m"], found["d"]) is None:
            yield at(found, f"«{found.words}»: lịch không có ngày này")


_WITH_WEEKDAY = re.compile(
    rf"{_WEEKDAY},? ?\(?(?:ngày )?(?P<sd>\d{{1,2}})(?:/| tháng )(?P<sm>\d{{1,2}})(?:(?:/| năm )(?P<sy>\d{{4}}))?(?![\d/])"
)
_BEHIND_WEEKDAY = re.compile(
    rf"(?P<sd>\d{{1,2}})(?:/| tháng )(?P<sm>\d{{1,2}})(?:/| năm )(?P<sy>\d{{4}}),? ?\({_WEEKDAY}\)"
)
# "…, thứ hai là" goes on with the second point.
_AFTER_A_COMMA = re.compile(
    r"(?P<sd>\d{1,2})(?:/| tháng )(?P<sm>\d{1,2})(?:/| năm )(?P<sy>\d{4}), (?:thứ (?P<name>Hai|Ba|Tư|Năm|Sáu|Bảy)"
    r"|(?P<sunday>Chủ nhật))(?!\w)(?! (?:ngày|tuần|tiếp|kế|hằng|hàng)\b)(?!,? \d)"
)


def _weekday(day) -> str:
    return "Chủ nhật" if day.weekday() == 6 else f"thứ {_NAMES[day.weekday()]}"


def _is_count(found) -> bool:
    """Whether the words are no day of the week, but count something that has a day."""
    before, name = found.before(12), found["name"] or ""
    return bool(_COUNTED.search(before)) or (name.isdecimal() and not _NOT_COUNTED.search(before))


def _is_weekday(match, day) -> bool:
    if match["sunday"]:
        return day.weekday() == 6
    name = match["name"]
    return (_NAMES[int(name) - 2] if name.isdecimal() else name.capitalize()) == _weekday(day).removeprefix("thứ ")


@rule(
    DATES, "thu-khong-khop-ngay", "Thứ không khớp ngày", CONTENT, level=Level.ERROR,
    bad="thứ Hai, ngày 15/01/2026", good="thứ Năm, ngày 15/01/2026",
)  # fmt: skip
def weekday_disagrees(reading):
    """The day of the week is another one than the calendar's."""
    for pattern in (_WITH_WEEKDAY, _BEHIND_WEEKDAY, _AFTER_A_COMMA):
        for found in reading.running.find(pattern, "thứ ", "chủ nhật"):
            day = found["sy"] and _day(found["sy"], found["sm"], found["sd"])
            is_count = pattern is _WITH_WEEKDAY and _is_count(found)
            if day and not is_count and not _is_weekday(found.match, day):
                yield at(found, f"«{found.words}»: ngày {day:%d/%m/%Y} là {_weekday(day)}")


def _day(year, month, day) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@rule(
    DATES, "thu-khong-khop-nam-nay", "Thứ không khớp ngày của năm ban hành", CONTENT,
    bad="thứ Hai, ngày 15/01 (văn bản năm 2026)", good="thứ Năm, ngày 15/01 (văn bản năm 2026)",
)  # fmt: skip
def weekday_disagrees_this_year(reading):
    """A day without a year whose weekday is neither this year's nor the next one's."""
    for found in reading.running.find(_WITH_WEEKDAY, "thứ ", "chủ nhật"):
        years = (reading.day.year, reading.day.year + 1)
        days = [] if found["sy"] else [day for year in years if (day := _day(year, found["sm"], found["sd"]))]
        if days and not _is_count(found) and not any(_is_weekday(found.match, day) for day in days):
            yield at(found, f"«{found.words}»: ngày {days[0]:%d/%m/%Y} là {_weekday(days[0])}")


_SMALL_WEEKDAY = re.compile(r"\b[Tt]hứ (?P<name>hai|ba|tư|năm|sáu|bảy)(?=,? ?\(?(?:ngày )?\d{1,2}(?:/\d| tháng ))")


@rule(
    DATES, "thu-viet-thuong", "Tên ngày trong tuần chưa viết hoa", capitals("điểm c khoản 8", "V"),
    bad="thứ hai, ngày 19/01/2026", good="thứ Hai, ngày 19/01/2026",
)  # fmt: skip
def weekday_in_small_letters(reading):
    """``thứ Hai``: the syllable that names the day is large."""
    for found in reading.running.find(_SMALL_WEEKDAY, "thứ "):
        if _COUNTED.search(found.before(12)):
            continue
        right = f"{found.words[:4]}{found['name'].capitalize()}"
        yield put(found, right, f"«{found.words}»: viết hoa tên ngày trong tuần, «{right}»")


@rule(
    DATES, "ngay-cham-gach", "Ngày tháng năm nối bằng dấu chấm, gạch nối", _WRITTEN,
    bad="ngày 15-4-2026", good="ngày 15 tháng 4 năm 2026",
)  # fmt: skip
def day_by_other_marks(reading):
    """Day, month and year joined by dots or dashes are written out."""
    for found in reading.prose.find(_BY_MARKS):
        if day := _day(found["y"], found["m"], found["d"]):
            right = found.words[0] + full_day(day)[1:]
            yield put(found, right, f"«{found.words}»: viết đầy đủ, «{right}»")


_SHORT_YEAR = re.compile(r"\b[Nn]gày (?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{2})(?![\d/])")


@rule(
    DATES, "nam-hai-chu-so", "Năm chỉ ghi hai chữ số", _WRITTEN,
    bad="ngày 15/4/26", good="ngày 15/4/2026",
)  # fmt: skip
def year_of_two_figures(reading):
    """Years have four figures."""
    for found in reading.prose.find(_SHORT_YEAR):
        century = 1900 if int(found["y"]) > reading.day.year % 100 + 10 else 2000
        if day := _day(century + int(found["y"]), found["m"], found["d"]):
            right = f"{found.words[0]}gày {day_text(day.day)}/{month_text(day.month)}/{day.year}"
            yield put(found, right, f"«{found.words}»: ghi năm đủ bốn chữ số, «{right}»")


_SPAN = re.compile(
    rf"[Tt]ừ ngày {_SHORT} ?(?:đến|-|–) ?(?:hết )?(?:ngày )?(?P<bd>\d{{1,2}})/(?P<bm>\d{{1,2}})/(?P<by>\d{{4}})"
)
# Without its first year: one year, but where it runs over New Year.
_SHORT_SPAN = re.compile(
    r"[Tt]ừ ngày (?P<sd>\d{1,2})/(?P<sm>\d{1,2}) ?(?:đến|-|–) ?(?:hết )?(?:ngày )?"
    r"(?P<bd>\d{1,2})/(?P<bm>\d{1,2})/(?P<by>\d{4})"
)
_MONTHS_OVER_NEW_YEAR = 6
_LONG_SPAN = re.compile(
    rf"[Tt]ừ {FULL} (?:đến|-|–) (?:hết )?ngày (?P<bd>\d{{1,2}}) tháng (?P<bm>\d{{1,2}}) năm (?P<by>\d{{4}})"
)


@rule(
    DATES, "khoang-ngay-nguoc", "Ngày cuối trước ngày đầu", CONTENT, level=Level.ERROR,
    bad="từ ngày 20/4/2026 đến ngày 10/4/2026", good="từ ngày 10/4/2026 đến ngày 20/4/2026",
)  # fmt: skip
def span_runs_backwards(reading):
    """A span whose last day is before its first."""
    for pattern, kind in ((_SPAN, "s"), (_LONG_SPAN, "")):
        for found in reading.running.find(pattern):
            first = _day(found[f"{kind}y"], found[f"{kind}m"], found[f"{kind}d"])
            last = _day(found["by"], found["bm"], found["bd"])
            if first and last and last < first:
                yield at(found, f"«{found.words}»: ngày cuối ({last:%d/%m/%Y}) trước ngày đầu ({first:%d/%m/%Y})")
    for found in reading.running.find(_SHORT_SPAN):
        first, last = _day(found["by"], found["sm"], found["sd"]), _day(found["by"], found["bm"], found["bd"])
        if first and last and last < first and first.month - last.month < _MONTHS_OVER_NEW_YEAR:
            yield at(found, f"«{found.words}»: ngày cuối ({last:%d/%m}) trước ngày đầu ({first:%d/%m})")


_DEADLINE = re.compile(
    # Who pays is no one who sends; what was late, arose before a day, or lies on both sides of it is not to be sent before it.
    rf"\b(?<![Nn]gười )(?<!chậm )(?:gửi|nộp|báo cáo|đăng ký)\b[^.;\n]{{0,120}}"
    rf"\b(?<!phát sinh )(?:trước(?! và sau)|chậm nhất|muộn nhất|hạn cuối)\b[^.;\d\n]{{0,20}}"
    rf"(?:\d{{1,2}} ?(?:giờ|h)(?: ?\d{{2}})?[^.;\d\n]{{0,20}})?(?:{FULL}|{_SHORT})"
)


@rule(
    DATES, "han-truoc-ngay-van-ban", "Hạn gửi trước ngày của chính văn bản", CONTENT,
    bad="gửi về Sở Nội vụ trước ngày 15/4/2026 (văn bản ngày 20/4/2026)",
    good="gửi về Sở Nội vụ trước ngày 15/5/2026 (văn bản ngày 20/4/2026)",
)  # fmt: skip
def deadline_is_past(reading):
    """What is to be sent before a day that is over when the paper is written. A paper that has no day yet is not judged by it."""
    known = reading.paper.date
    if not (known.year and known.day):
        return
    for found in reading.running.find(_DEADLINE, "trước", "nhất", "hạn cuối"):
        day = day_of(found.match)
        if day and day < reading.day:
            yield at(found, f"hạn {day:%d/%m/%Y} trước ngày của văn bản ({reading.day:%d/%m/%Y})")


_SOVIET = re.compile(r"\b[Pp]hong trào Xô [Vv]iết Nghệ [Tt]ĩnh\b")
_AUGUST = re.compile(r"\bCách mạng (?P<wrong>tháng tám|Tháng tám|Tháng Tám|tháng 8|tháng 10|tháng mười|Tháng Mười)\b")


@rule(
    DATES, "cach-mang-thang-tam", "Tên sự kiện lịch sử có số chỉ thời gian chưa viết bằng chữ, viết hoa",
    capitals("khoản 9", "V"), bad="Cách mạng tháng 8", good="Cách mạng tháng Tám",
)  # fmt: skip
def events_of_history(reading):
    """``Cách mạng tháng Tám``: the number in words, in capitals; ``Phong trào Xô viết Nghệ Tĩnh``."""
    for found in reading.prose.find(_SOVIET, "xô viết"):
        if found.words[11:] != "Xô viết Nghệ Tĩnh":
            yield put(found, f"{found.words[:11]}Xô viết Nghệ Tĩnh", f"«{found.words}»: viết «Xô viết Nghệ Tĩnh»")
    for found in reading.prose.find(_AUGUST, "cách mạng"):
        month = "Mười" if "10" in found["wrong"] or "ười" in found["wrong"].lower() else "Tám"
        yield put(found, f"Cách mạng tháng {month}", f"«{found.words}»: viết «Cách mạng tháng {month}»")


_MOON = re.compile(r"\btháng (?P<name>giêng|chạp|(?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?= âm lịch))(?!\w)")


@rule(
    DATES, "thang-bang-chu", "Tên tháng ghi bằng chữ chưa viết hoa", capitals("điểm c khoản 8", "V"),
    bad="lễ hội vào tháng giêng", good="lễ hội vào tháng Giêng",
)  # fmt: skip
def month_in_words(reading):
    """``tháng Giêng``: the syllable that names the month is large."""
    for found in reading.prose.find(_MOON, "tháng "):
        right = f"tháng {found['name'].capitalize()}"
        yield put(found, right, f"«{found.words}»: viết hoa tên tháng, «{right}»")


_CYCLE = re.compile(
    r"\b(?P<lead>[Xx]uân|[Tt]ết|năm) (?P<stem>[Gg]iáp|[Ấấ]t|[Bb]ính|[Đđ]inh|[Mm]ậu|[Kk]ỷ|[Cc]anh|[Tt]ân|[Nn]hâm|[Qq]uý) "
    r"(?P<branch>[Tt]ý|[Ss]ửu|[Dd]ần|[Mm]ão|[Mm]ẹo|[Tt]hìn|[Tt]ỵ|[Tt]ị|[Nn]gọ|[Mm]ùi|[Tt]hân|[Dd]ậu|[Tt]uất|[Hh]ợi)\b"
)


@rule(
    DATES, "nam-am-lich", "Tên năm âm lịch chưa viết hoa", capitals("điểm a khoản 8", "V"),
    bad="Xuân bính ngọ", good="Xuân Bính Ngọ",
)  # fmt: skip
def lunar_year(reading):
    """Both syllables of a lunar year are large."""
    for found in reading.prose.find(_CYCLE, "xuân ", "tết ", "năm "):
        right = f"{found['lead']} {found['stem'].capitalize()} {found['branch'].capitalize()}"
        if right != found.words:
            yield put(found, right, f"«{found.words}»: viết hoa tên năm âm lịch, «{right}»")


_TET = re.compile(
    r"\b[Tt]ết (?:nguyên đán|Nguyên Đán|Đoan Ngọ|đoan ngọ|Trung Thu|trung thu|Nguyên tiêu|nguyên tiêu)\b"
    r"|(?<=[,;] )Tết (?:Nguyên đán|Đoan ngọ|Trung thu)\b"
)


@rule(
    DATES, "ten-ngay-tet", "Tên ngày tết viết hoa chưa đúng", capitals("điểm b khoản 8", "V"),
    bad="dịp Tết Nguyên Đán", good="dịp tết Nguyên đán",
)  # fmt: skip
def new_year(reading):
    """``tết Nguyên đán``, ``tết Trung thu``: the first syllable of the name alone."""
    for found in reading.prose.find(_TET, "tết "):
        name = found.words[4:].capitalize()
        small = found.start > 0 and found.before(2).strip(" .") != ""
        right = f"{'tết' if small else 'Tết'} {name}"
        if right != found.words:
            yield put(found, right, f"«{found.words}»: viết «{right}»")


_HOLIDAYS = {
    "quốc khánh": "Quốc khánh",
    "quốc tế lao động": "Quốc tế Lao động",
    "quốc tế phụ nữ": "Quốc tế Phụ nữ",
    "phụ nữ việt nam": "Phụ nữ Việt Nam",
    "nhà giáo việt nam": "Nhà giáo Việt Nam",
    "thầy thuốc việt nam": "Thầy thuốc Việt Nam",
    "thương binh - liệt sĩ": "Thương binh - Liệt sĩ",
}
_HOLIDAY = re.compile(rf"\b[Nn]gày (?P<name>{'|'.join(_HOLIDAYS)})\b(?! các )", re.IGNORECASE)


@rule(
    DATES, "ngay-le", "Tên ngày lễ, ngày kỷ niệm viết hoa chưa đúng", capitals("khoản 5", "V"),
    bad="ngày quốc khánh 02-9", good="ngày Quốc khánh 02-9",
)  # fmt: skip
def holidays(reading):
    """``ngày Quốc khánh``, ``ngày Quốc tế Lao động``."""
    for found in reading.prose.find(_HOLIDAY, "ngày "):
        name = _HOLIDAYS[found["name"].lower()]
        if found["name"] != name and not found.words.isupper():
            yield put(found, f"{found.words[:4]} {name}", f"«{found.words}»: viết «{name}»")
