"""Names of bodies out of capitals, names at the beginning of a subject, fields of work."""

import re

import pytest

from documents.source.names import body_name, continued, field_name
from units.data import sectors, units

UNITS = units()


def test_every_unit_that_is_loaded_comes_back_as_it_is_written():
    assert len(UNITS) == 341
    assert {
        row["name"]: body_name(row["name"].upper()) for row in UNITS if body_name(row["name"].upper()) != row["name"]
    } == {}


def test_letterheads_name_their_units_as_they_are_written():
    """A letterhead is often shorter than the name; the words that both have are written alike."""
    for row in UNITS:
        head = body_name(" ".join(row["letterhead"].split("\n")))
        whole = row["name"].replace("UBND", "Ủy ban nhân dân").replace("Mặt trận Tổ quốc", "MTTQ")
        if whole.lower().startswith(head.lower()):
            assert whole.startswith(head)
        assert not re.search("Xã hội hoan|chi lăng|lạng sơn", head)


@pytest.mark.parametrize(
    "name",
    [
        "Ủy ban nhân dân xã Hội Hoan",
        "Công an xã Hội Hoan",
        "Hội Người cao tuổi xã Hội Hoan",
        "Bảo hiểm xã hội huyện Chi Lăng",
        "Ngân hàng Chính sách xã hội chi nhánh tỉnh Lạng Sơn",
        "Sở Lao động - Thương binh và Xã hội",
        "Hợp tác xã Nông nghiệp Tân Liên",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lạng Sơn",
        "Huyện ủy Cao Lộc",
        "Tỉnh ủy Lạng Sơn",
        "Đảng ủy xã Đồng Đăng",
        "Ban Tổ chức Huyện ủy Cao Lộc",
        "Trường THPT Chu Văn An",
        "Trường Trung học phổ thông chuyên Chu Văn An",
        "Trường PTDTNT THCS và THPT huyện Đình Lập",
        "Trường Cao đẳng Y tế Lạng Sơn",
        "Trường Tiểu học Vĩnh Trại",
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
        "Văn phòng UBND tỉnh",
        "Ban Thi đua - Khen thưởng Trung ương",
        "Ban Chấp hành Đoàn TNCS Hồ Chí Minh tỉnh Lạng Sơn",
        "Ban Quản lý dự án đầu tư xây dựng tỉnh",
        "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh",
        "Hội Chữ thập đỏ tỉnh Lạng Sơn",
        "Hội Nhà báo tỉnh",
        "Thanh tra Sở Nội vụ",
        "Tòa án nhân dân huyện Lộc Bình",
        "Kho bạc Nhà nước khu vực VI",
        "Bệnh viện Đa khoa tỉnh Lạng Sơn",
        "Cục Thuế tỉnh Bắc Kạn",
        "Ủy ban nhân dân Phường 5",
        "Ủy ban nhân dân Phường Lương Văn Tri",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "Ủy ban nhân dân thành phố Phan Rang - Tháp Chàm",
        "Ủy ban nhân dân huyện Hoàng Su Phì",
        "Công ty TNHH MTV Xổ số kiến thiết Lạng Sơn",
        "Báo và Đài Phát thanh, Truyền hình Lạng Sơn",
    ],
)
def test_names_of_bodies(name):
    assert body_name(name.upper()) == name
    assert body_name(name) == name


@pytest.mark.parametrize(
    "kept",
    [
        "Nhà nước tặng Huân chương",
        "Nhân dân các dân tộc",
        "Chính phủ giao nhiệm vụ",
        "Thủ tướng Chính phủ chỉ đạo",
        "Đảng bộ tỉnh",
        "Công an tỉnh đề nghị",
        "Covid-19 và các bệnh khác",
        "UBND tỉnh giao",
        "Sở Nội vụ đề nghị",
        "Hà Nội",
        "Tết Nguyên đán",
        "Quốc khánh 02/9",
        "Zalo và Facebook",
        "TỔNG KẾT",
    ],
)
def test_a_name_keeps_its_capital_within_a_sentence(kept):
    assert continued(kept) == kept


@pytest.mark.parametrize(
    "subject",
    ["Đề nghị xét tặng", "Tặng Huân chương Lao động", "Tổ chức Hội nghị", "Quý I năm 2026", "Hội nghị tổng kết", "Ý kiến",
     "Ban hành Quy chế", "Hòa bình, hữu nghị", "Đoàn kết toàn dân", "Y tế cơ sở"],
)  # fmt: skip
def test_other_subjects_go_on_small(subject):
    assert continued(subject) == subject[0].lower() + subject[1:]


def test_fields_of_work_stand_small_within_a_sentence_but_for_names():
    found = [field_name(name) for name in sectors().values()]
    assert {"Công Thương", "xây dựng Đảng", "văn hóa - xã hội", "giáo dục và đào tạo", "y tế"} < {*found}
