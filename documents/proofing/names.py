"""Capitals in names of persons, two places, bodies abroad, newspapers, by Phụ lục II of the decree."""

import re

from .capitals import CAPITALS
from .laws import capitals
from .reading import LARGE
from .rule import put, rule

_SPECIAL = {"thành phố hồ chí minh": "Thành phố Hồ Chí Minh", "thủ đô hà nội": "Thủ đô Hà Nội"}
_PLACE = re.compile(r"(?<!\w)(?:thành [Pp]hố Hồ Chí Minh|Thành Phố Hồ Chí Minh|thủ [Đđ]ô Hà Nội|Thủ Đô Hà Nội)(?!\w)")


@rule(
    CAPITALS, "dia-danh-dac-biet", "«Thành phố Hồ Chí Minh», «Thủ đô Hà Nội» viết hoa chưa đúng",
    capitals("điểm c khoản 1", "III"), bad="học tập tại thành phố Hồ Chí Minh", good="học tập tại Thành phố Hồ Chí Minh",
)  # fmt: skip
def special_places(reading):
    """Two places whose kind is large as well."""
    for found in reading.whole.find(_PLACE, "hồ chí minh", "hà nội"):
        right = _SPECIAL[found.words.lower()]
        yield put(found, right, f"«{found.words}»: viết «{right}»")


_UNCLE = re.compile(r"(?<!\w)bác Hồ(?! [A-ZĐ])(?!\w)")


@rule(
    CAPITALS, "bac-ho", "«Bác Hồ» viết thường", capitals("điểm b khoản 1", "II"),
    bad="làm theo lời bác Hồ", good="làm theo lời Bác Hồ",
)  # fmt: skip
def uncle_ho(reading):
    """Every syllable of a name by which history knows a person is large."""
    for found in reading.whole.find(_UNCLE, "bác hồ"):
        yield put(found, "Bác Hồ", f"«{found.words}»: viết «Bác Hồ»")


_ABROAD = "ASEAN|UNESCO|UNICEF|UNDP|WTO|WHO|APEC|INTERPOL|FAO"
_WRITTEN = re.compile(
    rf"(?<![\w./-])(?:{'|'.join(name.capitalize() for name in _ABROAD.split('|'))}|asean|unesco|unicef)(?![\w/-]|\.\w)"
)


@rule(
    CAPITALS, "to-chuc-quoc-te", "Tên viết tắt của tổ chức quốc tế chưa viết hoa", capitals("điểm b khoản 2", "IV"),
    bad="các nước Asean", good="các nước ASEAN",
)  # fmt: skip
def bodies_abroad(reading):
    """The letters by which a body abroad is known are all large."""
    for found in reading.whole.find(_WRITTEN, *_ABROAD.lower().split("|")):
        yield put(found, found.words.upper(), f"«{found.words}»: viết «{found.words.upper()}»")


_FAMILIES = """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Lương Vi Triệu Hà Đinh Trịnh Mai
Đoàn Trương Lâm Chu Lưu Cao Đào Lò Sùng Giàng Vàng Hứa Tạ Phùng Tống Thái Quách Bế Mã"""
_POSTS = """phó giáo sư|giáo sư|tiến sĩ|thạc sĩ|phó chủ tịch|chủ tịch|phó giám đốc|giám đốc|phó bí thư|bí thư|phó thủ tướng
|thủ tướng|bộ trưởng|thứ trưởng|phó hiệu trưởng|hiệu trưởng|phó trưởng phòng|trưởng phòng|chánh văn phòng|chánh thanh tra"""
_POST = re.compile(
    rf"(?<!\w)(?P<post>{''.join(_POSTS.split(chr(10)))})"
    rf"(?= (?:{'|'.join(_FAMILIES.split())}) [{LARGE}]\w* [{LARGE}]\w*)"
)


@rule(
    CAPITALS, "chuc-danh-ten-nguoi", "Chức vụ, học vị đi liền tên người viết thường", capitals("khoản 3", "V"),
    bad="do giáo sư Trần Văn Khê chủ trì", good="do Giáo sư Trần Văn Khê chủ trì",
)  # fmt: skip
def post_of_a_person(reading):
    """A post or degree right before a person's name begins large."""
    for found in reading.whole.find(_POST):
        right = found.words[0].upper() + found.words[1:]
        yield put(found, right, f"«{found.words}» đi liền tên người: viết «{right}»")


_PRESS = {
    "tạp chí cộng sản": "tạp chí Cộng sản",
    "báo nhân dân": "báo Nhân dân",
    "báo lao động": "báo Lao động",
    "báo tiền phong": "báo Tiền phong",
    "tạp chí thi đua khen thưởng": "tạp chí Thi đua khen thưởng",
}
_PAPER = re.compile(rf"(?<!\w)(?<!thông )(?<!cảnh )(?<!dự )(?:{'|'.join(_PRESS)})(?! (?:và|tỉnh|xã|cấp))(?!\w)")


@rule(
    CAPITALS, "ten-bao", "Tên báo, tạp chí viết thường", capitals("khoản 10", "V"),
    bad="đăng trên tạp chí cộng sản", good="đăng trên tạp chí Cộng sản",
)  # fmt: skip
def press(reading):
    """The first syllable of the name of a newspaper or journal is large."""
    for found in reading.whole.find(_PAPER, "báo ", "tạp chí"):
        right = _PRESS[found.words]
        yield put(found, right, f"«{found.words}»: viết «{right}»")
