"""Whose a certificate is: names as authorities write them."""

import unicodedata

import pytest

from documents.signing.holders import is_of_body, is_of_person

PERSON, PLACES = "Nông Văn Minh", ["Lạng Sơn"]


@pytest.mark.parametrize(
    "name",
    [
        "NÔNG VĂN MINH", "NONG VAN MINH", "Nông  Văn\u00a0Minh", unicodedata.normalize("NFD", PERSON), "Ông Nông Văn Minh",
        "TS. Nông Văn Minh", "Chủ tịch UBND tỉnh Nông Văn Minh", "Phó Giám đốc Nông Văn Minh", "Nông Văn Minh, Chủ tịch",
        "NONG VAN MINH - PCT", "Nông Văn Minh-0123", "Nông Văn Minh_CA", "Nông Văn Minh (0123)", "CMND:0123-Nông Văn Minh",
        "CCCD 0123 Nông Văn Minh", "Nông Văn Minh MST 0123",
    ],
)  # fmt: skip
def test_the_name_of_a_person_with_what_may_stand_around_it(name):
    assert is_of_person(name, PERSON)


@pytest.mark.parametrize(
    "name",
    [
        "Nông Văn Mịnh", "Nống Văn Minh", "Nông Văn", "Minh Nông Văn", "Nông Văn Minh Anh", "NONG VAN MINH ANH",
        "Trần Nông Văn Minh", "Công ty TNHH Nông Văn Minh", "Trường THPT Nông Văn Minh", "",
    ],
)  # fmt: skip
def test_another_name_is_another_persons(name):
    assert not is_of_person(name, PERSON)


def test_a_tone_stands_where_people_put_it_and_titles_on_the_paper_are_not_asked_for():
    assert is_of_person("Nguyễn Thị Hoà", "Nguyễn Thị Hòa")
    assert not is_of_person("Nguyễn Văn Hưng", "Nguyễn Văn Hùng")
    for titled in ("TS. Nông Văn Minh", "BS.CKII Nông Văn Minh", "PGS.TS. Nông Văn Minh", "Thượng tá Nông Văn Minh"):
        assert is_of_person(PERSON, titled)
    assert not is_of_person("", "")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Sở Nội vụ", "Sở Nội vụ"), ("Sở Nội vụ tỉnh Lạng Sơn", "Sở Nội vụ"), ("SO NOI VU LANG SON", "Sở Nội vụ"),
        ("MST:0123456 - Sở Nội vụ", "Sở Nội vụ"), ("Sở Nội vụ, UBND tỉnh Lạng Sơn", "Sở Nội vụ"),
        ("Uỷ ban nhân dân tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"), ("UBND TINH LANG SON", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("HĐND tỉnh Lạng Sơn", "Hội đồng nhân dân tỉnh Lạng Sơn"), ("Văn phòng UBND tỉnh Lạng Sơn", "Văn phòng UBND tỉnh"),
    ],
)  # fmt: skip
def test_the_name_of_a_body_long_or_short_with_its_place(name, body):
    assert is_of_body(name, body, PLACES)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Văn phòng UBND tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"), ("Chủ tịch UBND tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"),
        ("Thanh tra Sở Nội vụ", "Sở Nội vụ"), ("Sở Nội vụ tỉnh Cao Bằng", "Sở Nội vụ"),
        ("Phòng Nội chính, Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"), ("UBND xã Tân Văn", "UBND xã Tân"),
        ("Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp"),
    ],
)  # fmt: skip
def test_a_part_of_a_body_and_its_namesake_elsewhere_are_others(name, body):
    assert not is_of_body(name, body, PLACES)
