"""Capitals, by Phụ lục II of the decree. Mended by replacing letters alone."""

import re
from functools import lru_cache

from ..source.names import _PERSON
from .laws import capitals
from .reading import LARGE, LEAD, SMALL
from .rule import put, replaced, rule

CAPITALS = "Viết hoa"
_BODIES = capitals("điểm a khoản 1", "IV")
_PLACES = capitals("điểm a khoản 1", "III")


def _starts_sentence(found) -> bool:
    """Whether it stands where a sentence, a line or what ``(1)`` counts begins."""
    before = found.line.plain[: found.start]
    lead = LEAD.match(found.line.plain).end()
    return found.start <= lead or bool(re.search(r"(?:[.!?:]|\(\d{1,2}\))[*_\ue001 ”»)]*$", before))


def _is_title(found) -> bool:
    """Whether the whole line is in capitals."""
    return found.line.text.isupper()


_COUNCIL = re.compile(r"(?<!\w)(?P<a>[ỦU][yỷ] [Bb]an|ủy ban|uỷ ban|Hội [Đđ]ồng|hội đồng) (?P<b>[Nn]hân [Dd]ân)(?!\w)")


@rule(
    CAPITALS, "uy-ban-nhan-dan", "«Ủy ban nhân dân», «Hội đồng nhân dân» viết hoa chưa đúng", _BODIES,
    bad="Uỷ ban Nhân dân tỉnh", good="Ủy ban nhân dân tỉnh",
)  # fmt: skip
def councils(reading):
    """The first syllable alone is large; either way of putting the tone is left as it is."""
    for found in reading.whole.find(_COUNCIL, "nhân dân"):
        first = found["a"].split()[0]
        council = f"{first[0].upper()}{first[1:].lower()} {'ban' if first.lower() != 'hội' else 'đồng'} nhân dân"
        if council != found.words and not _is_title(found):
            yield put(found, council, f"«{found.words}»: viết «{council}»")


# Behind "Công an Thành phố", with which some places mean themselves, the sentence may go on.
_GOES_ON = re.compile(r"(?:Chỉ đạo|Chủ trì|Chủ động|Phối hợp|Tổ chức|Thực hiện|Tham mưu|Báo cáo|Hướng dẫn|Rà soát)\b")
_UNIT = re.compile(
    rf"(?<=[{SMALL}\d,;)] )(?P<kind>Tỉnh|Huyện|Xã|Phường|Thị xã|Thị trấn|Quận"
    rf"|Thành phố)(?= (?P<name>[{LARGE}][\w]*(?: [{LARGE}]\w*)*))"
)


@rule(
    CAPITALS, "don-vi-hanh-chinh", "Danh từ chung chỉ đơn vị hành chính viết hoa", _PLACES,
    bad="nhân dân Tỉnh Lạng Sơn", good="nhân dân tỉnh Lạng Sơn",
)  # fmt: skip
def kind_of_place(reading):
    """``tỉnh Lạng Sơn``: the kind is small, but before a number or a person, and in ``Thành phố Hồ Chí Minh``."""
    for found in reading.whole.find(_UNIT):
        name = found["name"]
        is_special = name.startswith(("Hồ Chí Minh", "Đoàn", "Ủy", "Uỷ")) or _PERSON.match(name.lower())
        is_special = is_special or _GOES_ON.match(found.behind()[1:])
        if not is_special and not _starts_sentence(found) and not _is_title(found) and found["kind"] != name.split()[0]:
            yield put(found, found["kind"].lower(), f"«{found['kind']} {name}»: viết «{found['kind'].lower()} {name}»")


_OF_PERSON = re.compile(
    rf"(?<!\w)(?P<kind>phường|xã|quận) (?P<name>\d{{1,2}}\b(?!\.\d)|[{LARGE}]\w*(?: [{LARGE}]\w*){{1,2}})"
)


@rule(
    CAPITALS, "don-vi-ten-nguoi", "Đơn vị hành chính đặt theo tên người, chữ số viết thường", capitals("điểm b khoản 1", "III"),
    bad="phường Lương Văn Tri", good="Phường Lương Văn Tri",
)  # fmt: skip
def place_of_a_person(reading):
    """The kind is large before a number, a person, an event."""
    for found in reading.whole.find(_OF_PERSON, "phường", "xã ", "quận"):
        name = found["name"].lower()
        if (name.isdecimal() and found["kind"] != "xã") or (name in _PERSONS or _whole_person(name)):
            right = found["kind"].capitalize() + found.words[len(found["kind"]) :]
            yield put(found, right, f"«{found.words}»: đặt theo tên người, chữ số: viết «{right}»")


_PERSONS = {"điện biên phủ", "hoàng văn thụ", "lương văn tri", "võ thị sáu", "lê hồng phong"}


def _whole_person(name) -> bool:
    found = _PERSON.fullmatch(name)
    return bool(found) and not name.isdecimal()


# "Kỷ niệm chương 01 bộ": a medal.
_ARTICLE = re.compile(
    r"(?<=[\w,;(] )(?<!niệm )(?<!huy )(?<!Huy )(?<!huân )(?<!Huân )(?:điều|chương|mục) (?:\d{1,3}|[IVX]+)\b"
)


@rule(
    CAPITALS, "dieu-viet-thuong", "«điều», «chương» của một văn bản cụ thể viết thường", capitals("khoản 7", "V"),
    bad="khoản 2 điều 5 Nghị định số 30/2020/NĐ-CP", good="khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP",
)  # fmt: skip
def article_in_small_letters(reading):
    """Part, chapter, section and article are large when cited; ``mục 2`` alone may be a part of this paper."""
    for found in reading.prose.find(_ARTICLE, "điều", "chương", "mục"):
        is_behind_clause = re.search(r"(?:[Kk]hoản|[Đđ]iểm|Điều|điều) \w+ $", found.before(20))
        # "05 điều 3 đến": a count of articles.
        is_count = re.search(r"\b\d+ $", found.before(20))
        if is_behind_clause or not (found.words.startswith("mục") or is_count):
            right = found.words[0].upper() + found.words[1:]
            yield put(found, right, f"«{found.words}»: viết hoa khi viện dẫn, «{right}»")


_CLAUSE = re.compile(
    rf"(?<=[{SMALL}\d,;] )(?P<kind>Khoản|Điểm)(?= (?:\d{{1,2}}|[a-zđ])\b,? (?:và |[Kk]hoản|[Đđ]iều|\d|Mục))"
)


@rule(
    CAPITALS, "khoan-diem-viet-hoa", "«Khoản», «Điểm» viết hoa giữa câu", capitals("khoản 7", "V")[:1],
    bad="theo Khoản 2 Điều 5", good="theo khoản 2 Điều 5",
)  # fmt: skip
def clause_in_capitals(reading):
    """Clause and point are small when cited; the circular before the decree had them large."""
    for found in reading.prose.find(_CLAUSE, "khoản", "điểm"):
        if not _starts_sentence(found):
            yield put(
                found, found["kind"].lower(), f"«{found['kind']}» viết thường khi viện dẫn: «{found['kind'].lower()}»"
            )


_PEOPLE = re.compile(
    r"(?P<before>\b(?:các tầng lớp|cán bộ và|cán bộ,|chiến sĩ và|phục vụ|đời sống|quần chúng|trong|cho|của|với|bà con"
    r"|ý kiến|[Vv]ì|giúp|Nhà nước và)) nhân dân"
    r"(?=[ ,.;)]|$)(?! (?:tỉnh|huyện|xã|cấp)? ?(?:tệ))"
)


@rule(
    CAPITALS, "nhan-dan", "«Nhân dân» viết thường", capitals("khoản 1", "V"),
    bad="các tầng lớp nhân dân", good="các tầng lớp Nhân dân",
)  # fmt: skip
def people(reading):
    """As a noun of its own it is large; within names of bodies and titles it is as they are written."""
    for found in reading.prose.find(_PEOPLE, "nhân dân"):
        yield put(found, f"{found['before']} Nhân dân", f"«{found.words}»: viết «{found['before']} Nhân dân»")


_STATE = re.compile(r"(?P<before>\bĐảng(?:,| và)|\bpháp luật của|\bcủa Đảng,|\bcủa) nhà nước(?!\w)")


@rule(
    CAPITALS, "nha-nuoc", "«Nhà nước» viết thường", capitals("khoản 1", "V"),
    bad="chủ trương của Đảng, nhà nước", good="chủ trương của Đảng, Nhà nước",
)  # fmt: skip
def state(reading):
    """Likewise ``Nhà nước``; ``quản lý nhà nước`` is written small by the decree itself."""
    for found in reading.prose.find(_STATE, "nhà nước"):
        yield put(found, f"{found['before']} Nhà nước", f"«{found.words}»: viết «{found['before']} Nhà nước»")


_GRADE = re.compile(
    r"\b(?P<before>(?:Huân|Huy) chương [\w ]{3,25}?,? )(?P<wrong>hạng (?:nhất|nhì|ba)|Hạng (?:nhất|nhì|ba|Nhất|Nhì|Ba))\b"
)


@rule(
    CAPITALS, "thu-hang", "Từ chỉ thứ, hạng của huân chương viết hoa chưa đúng", capitals("khoản 2", "V"),
    bad="Huân chương Lao động hạng nhất", good="Huân chương Lao động hạng Nhất",
)  # fmt: skip
def grade(reading):
    """``hạng Nhất``, ``hạng Nhì``, ``hạng Ba``."""
    for found in reading.whole.find(_GRADE, "hạng "):
        right = f"hạng {found['wrong'].split()[1].capitalize()}"
        yield put(found, found["before"] + right, f"«{found['wrong']}»: viết «{right}»")


_TITLES = """Nghệ sĩ Nhân dân; Nghệ sĩ Ưu tú; Nhà giáo Nhân dân; Nhà giáo Ưu tú; Thầy thuốc Nhân dân; Thầy thuốc Ưu tú; Nghệ
nhân Nhân dân; Nghệ nhân Ưu tú; Anh hùng Lao động; Anh hùng Lực lượng vũ trang nhân dân; Huân chương Sao vàng;
Huân chương Hồ Chí Minh; Huân chương Độc lập; Huân chương Lao động; Huân chương Quân công; Huân chương Chiến
công; Huân chương Bảo vệ Tổ quốc; Huân chương Đại đoàn kết dân tộc; Huân chương Hữu nghị; Huy chương Hữu nghị;
Huy chương Quân kỳ quyết thắng; Huy chương Vì an ninh Tổ quốc"""
_AWARDS = {" ".join(name.split()).lower(): " ".join(name.split()) for name in _TITLES.split(";")}
_AWARD = re.compile(rf"(?<!\w)(?:{'|'.join(_AWARDS)})(?!\w)", re.IGNORECASE)


@rule(
    CAPITALS, "danh-hieu-vinh-du", "Tên huân chương, danh hiệu vinh dự viết hoa chưa đúng", capitals("khoản 2", "V"),
    bad="Nghệ sĩ nhân dân", good="Nghệ sĩ Nhân dân",
)  # fmt: skip
def honours(reading):
    """Each part of the name begins large."""
    for found in reading.whole.find(_AWARD, "huân chương", "huy chương", "nghệ ", "nhà giáo", "thầy thuốc", "anh hùng"):
        right = _AWARDS.get(found.words.lower().strip())
        if right and found.words != right and not found.words.isupper() and not _is_loose(found, right):
            yield put(found, right, f"«{found.words}»: viết «{right}»")


def _is_loose(found, right) -> bool:
    """Another writing that laws have as well: ``Huân chương Sao Vàng``, ``Anh hùng lao động`` stays one that is told."""
    return found.words.lower() == "huân chương sao vàng" and found.words[:10] == right[:10]


_OFFICES = {
    "thủ tướng chính phủ": "Thủ tướng Chính phủ",
    "chủ tịch nước": "Chủ tịch nước",
    "ủy ban thường vụ quốc hội": "Ủy ban Thường vụ Quốc hội",
    "chủ tịch quốc hội": "Chủ tịch Quốc hội",
    "đảng cộng sản việt nam": "Đảng Cộng sản Việt Nam",
    "ban bí thư trung ương đảng": "Ban Bí thư Trung ương Đảng",
    "ban chấp hành trung ương": "Ban Chấp hành Trung ương",
    "mặt trận tổ quốc việt nam": "Mặt trận Tổ quốc Việt Nam",
    "bộ chính trị": "Bộ Chính trị",
    "quân đội nhân dân": "Quân đội nhân dân",
    "công an nhân dân": "Công an nhân dân",
}
_OFFICE = re.compile(rf"(?<!\w)(?:{'|'.join(_OFFICES)})(?!\w)", re.IGNORECASE)


@rule(
    CAPITALS, "co-quan-trung-uong", "Tên cơ quan, chức danh ở Trung ương viết hoa chưa đúng", capitals("khoản 1", "IV"),
    bad="Thủ tướng chính phủ", good="Thủ tướng Chính phủ",
)  # fmt: skip
def offices(reading):
    """As the decree's own examples write them."""
    for found in reading.whole.find(
        _OFFICE,
        "chính phủ",
        "quốc hội",
        "chủ tịch",
        "đảng cộng",
        "chấp hành",
        "bí thư",
        "mặt trận",
        "bộ chính",
        "quân đội",
        "công an",
    ):
        right = _OFFICES[found.words.lower()]
        same = found.words == right or found.words == right.replace("Trung ương", "trung ương")
        if not same and not found.words.isupper() and not _is_title(found):
            yield put(found, right, f"«{found.words}»: viết «{right}»")


@lru_cache(maxsize=8)
def _pattern(names):
    """What finds ``names`` in whatever letters."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE) if names else None


_OTHER_WORD = re.compile(r"(?:trụ|cơ|hội|công|xử|xưởng) $", re.IGNORECASE)
_MANY_BEFORE = re.compile(
    r"\b(?:các|những|mỗi|từng|hội nghị)(?: đồng chí)?(?: (?:phó )?(?:giám đốc|lãnh đạo|chánh văn phòng))? $",
    re.IGNORECASE,
)
_MANY_BEHIND = re.compile(r"^(?: của)? (?:các|mỗi|từng) (?:tỉnh|thành|địa phương)")


def _is_one_of_many(found) -> bool:
    """Whether a department in small letters is one of any place: ``các giám đốc sở y tế``, ``sở y tế các tỉnh``."""
    return bool(_MANY_BEFORE.search(found.before(45)) or _MANY_BEHIND.match(found.behind(30)))


@rule(
    CAPITALS, "ten-so", "Tên sở, ban viết hoa chưa đúng", _BODIES,
    bad="Sở nội vụ", good="Sở Nội vụ",
)  # fmt: skip
def departments(reading):
    """Names of departments and ministries, as the register writes them."""
    names = reading.known.names
    right = {name.lower(): name for name in names}
    for found in reading.whole.find(_pattern(names)) if names else ():
        name = right.get(found.words.lower())
        # "trụ sở nội vụ", "cơ sở y tế": another word ends there. "các giám đốc sở y tế": no certain one.
        if found.words[0] == "s" and (_OTHER_WORD.search(found.before(8)) or _is_one_of_many(found)):
            continue
        if name and found.words != name and not found.words.isupper() and not _is_title(found):
            yield put(found, name, f"«{found.words}»: viết «{name}»")


_AFTER_STOP = re.compile(rf"(?<=[{SMALL}]{{2}}[.!?] )(?P<letter>[{SMALL}])(?=[{SMALL}]* [{SMALL}])")


@rule(
    CAPITALS, "sau-dau-cham", "Đầu câu viết thường", capitals("", "I"),
    bad="… đã được phê duyệt. đề nghị các đơn vị", good="… đã được phê duyệt. Đề nghị các đơn vị",
)  # fmt: skip
def sentence_in_small_letters(reading):
    """A sentence begins large."""
    for found in reading.running.find(_AFTER_STOP):
        word = re.match(r"\w+", found.line.text[found.start :])[0]
        # What stands before may be an abbreviation: "tr. sau", "v.v. và".
        if not re.search(
            r"\b(?:v\.v|vv|tr|tp|tx|tt|st|bs|gs|ts|ths|cv|tk|vd|ví dụ)[.] $", found.before(10), re.IGNORECASE
        ):
            yield put(found, found["letter"].upper(), f"«. {word}»: viết hoa chữ đầu câu")


@rule(
    CAPITALS, "dau-dong-viet-thuong", "Đầu dòng viết thường", capitals("", "I"),
    bad="- các sở, ban, ngành; (đầu dòng)", good="- Các sở, ban, ngành; (đầu dòng)",
)  # fmt: skip
def line_in_small_letters(reading):
    """So does a new line, where it begins a paragraph and does not go on after a comma."""
    for text in reading.texts:
        last, is_new = "", True
        for line in text:
            words = line.text.strip()
            if words and (is_new or words.startswith("-")) and not last.endswith(",") and (hit := _small_start(line)):
                yield hit
            is_new, last = not words, words or last


def _small_start(line):
    lead = LEAD.match(line.plain).end()
    rest = line.plain[lead:]
    if re.match(rf"[{SMALL}]{{2,}} [{SMALL}\d]", rest) and "|" not in line.text:
        new = line.text[:lead] + line.text[lead].upper() + line.text[lead + 1 :]
        return replaced(line, new, f"«{rest[:40].strip()}…»: viết hoa chữ đầu dòng")
    return None


_REGION = re.compile(
    r"\b(?P<lead>vùng|miền|khu vực) (?P<name>(?i:tây bắc|đông bắc|tây nguyên|tây nam bộ|đông nam bộ|bắc trung bộ|bắc bộ"
    r"|trung bộ|nam bộ))\b"
)


@rule(
    CAPITALS, "ten-vung", "Tên vùng, miền viết thường", capitals("điểm đ khoản 1", "III"),
    bad="vùng đông bắc", good="vùng Đông Bắc",
)  # fmt: skip
def regions(reading):
    """Each syllable of a region begins large."""
    for found in reading.prose.find(_REGION, "vùng ", "miền ", "khu vực "):
        name = " ".join(word.capitalize() for word in found["name"].split())
        if found["name"] != name and not found["name"].isupper():
            yield put(found, f"{found['lead']} {name}", f"«{found.words}»: viết «{found['lead']} {name}»")
