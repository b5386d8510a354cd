"""Scores in Excel files as people fill them in: moved, misspelled, merged, hidden."""

import unicodedata
from datetime import datetime, time

import pytest

from .filled import NAMES, at, cell, changes_in, faults_in, own
from .scored import give, sheet_of


def insert_left(page, book):
    page.insert_cols(1)


def rows_on_top(page, book):
    page.insert_rows(1, 4)
    page["A1"] = "UBND TỈNH LẠNG SƠN"


def colons(page, book):
    page["A2"] = "Mã đơn vị:"
    for column in range(1, 11):
        page.cell(5, column).value += " :"


def decomposed(page, book):
    for place in [(2, 1), *((5, column) for column in range(1, 11))]:
        page.cell(*place).value = unicodedata.normalize("NFD", page.cell(*place).value)


def line_ends(page, book):
    page["D5"], page["E5"], page["A2"] = "TỰ\nCHẤM ", "Thuyết  minh*", " mã \u00a0ĐƠN VỊ"


def eth(page, book):
    page["A2"], page["C5"] = "Mã Ðơn vị", "Ðiểm tối đa"


def code_in_capitals(page, book):
    page["B2"] = f" {page['B2'].value.upper()} "
    page["A7"], page["A8"] = "1.", 2


def label_and_code_in_one_cell(page, book):
    page["A2"], page["B2"] = f"Mã đơn vị: {page['B2'].value}", None


def other_order(page, book):
    page.move_range("D5:E13", cols=10)


def merged_title(page, book):
    page.merge_cells("A1:J1")


def test_a_sheet_is_read_however_it_was_moved_and_spelled(opened, eight, client_of):
    give(sheet_of(eight["member"]), {"1": "40"}, by=eight["member"])
    for change in (
        insert_left,
        rows_on_top,
        colons,
        decomposed,
        line_ends,
        eth,
        code_in_capitals,
        label_and_code_in_one_cell,
        other_order,
        merged_title,
    ):

        def both(page, book, change=change):
            cell(page, "1", "Tự chấm").value = 50
            cell(page, "2", "Tự chấm").value = "30,5"
            change(page, book)

        answer = own(opened, eight, client_of, both)
        assert faults_in(answer) == {}, change
        assert changes_in(answer) == [("1", "40", "50"), ("2", "", "30,5")], change


# (what was done to the sheet, the cell that is told, words)
_MISREAD = [
    (at("D7", "=10+5"), "D7", "chưa có kết quả"),
    (at("D7", "#REF!"), "D7", "ô báo lỗi #REF!"),
    (at("E7", "#N/A"), "E7", "ô báo lỗi #N/A"),
    (at("D7", datetime(2026, 5, 8)), "D7", "đã đổi thành ngày, giờ (08/05/2026)"),
    (at("D7", time(8, 30)), "D7", "đã đổi thành ngày, giờ"),
    (at("D7", True), "D7", "TRUE"),
    (at("D7", "8.5"), "D7", "dấu phẩy cho phần lẻ"),
    (at("D7", "1,234.5"), "D7", "dấu phẩy cho phần lẻ"),
    (at("D7", "30/60"), "D7", "dấu phẩy cho phần lẻ"),
    (at("D7", "không chấm"), "D7", "dấu phẩy cho phần lẻ"),
    (at("D7", "-"), "D7", "không âm"),
    (at("D6", 50), "D6", "mục I là nhóm"),
    (at("E6", "Đã làm tốt"), "E6", "mục I là nhóm"),
    (at("A7", None), "D7", "không có Số mục"),
    (at("A7", datetime(2026, 1, 1)), "A7", "đã đổi thành ngày, giờ (01/01/2026)"),
    (at("A7", "9.9"), "A7", "không có trong bộ tiêu chí"),
    (at("A7", "2"), "A8", "có hai lần"),
    (at("B7", "Tiêu chí của năm khác"), "B7", "mục 1 trong bộ tiêu chí là «Hoàn thành chỉ tiêu»"),
    (at("E7", "x" * 2001), "E7", "2001 ký tự"),
    (at("A1", "Bảng điểm năm 2025: UBND xã Cao Lộc"), "A1", "tệp là bảng điểm năm 2025"),
]


def test_a_cell_that_is_filled_and_not_understood_is_told_with_its_address(opened, eight, client_of):
    for change, place, words in _MISREAD:

        def both(page, book, change=change):
            cell(page, "1", "Tự chấm").value = 50
            change(page, book)

        answer = own(opened, eight, client_of, both)
        told = {where.split()[-1]: words for where, words in faults_in(answer).items()}
        assert words in told.get(place, ""), (place, words, told)
        assert "seal" not in answer.context
        assert f"ô {place}" in answer.content.decode()


def percent(page, book):
    page["D7"], page["D7"].number_format = 0.5, "0%"


def merged_points(page, book):
    page["D7"] = 20
    page.merge_cells("D7:D8")


def merged_with_maximum(page, book):
    page.merge_cells("C7:D7")


def test_what_a_format_hides_is_told(opened, eight, client_of):
    for change, place, words in (
        (percent, "D7", "phần trăm (50 %)"),
        (merged_points, "D8", "gộp với ô D7"),
        (merged_with_maximum, "D7", "gộp với ô C7"),
    ):
        faults = faults_in(own(opened, eight, client_of, change))
        assert [words in told for where, told in faults.items() if where.endswith(f"ô {place}")] == [True], place


_UNREADABLE = [
    (at("D5", "Điểm"), "thiếu cột «Tự chấm»"),
    (at("A5", "Mục"), "thiếu cột «Số mục»"),
    (at("E5", None), "thiếu cột «Thuyết minh»"),
    (at("F5", "Tự chấm"), "«Tự chấm» có hai lần (ô D5 và F5)"),
    (at("A2", "Đơn vị"), "không có dòng «Mã đơn vị»"),
    (at("B2", None), "không có dòng «Mã đơn vị»"),
    (at("B2", "=C2"), "chưa có kết quả"),
    (at("A500", "x"), "chỉ đọc 400 dòng"),
    (at("BA7", "x"), "chỉ đọc 400 dòng, 40 cột"),
]


def test_a_sheet_that_cannot_be_read_is_named(opened, eight, client_of):
    for change, words in _UNREADABLE:
        answer = own(opened, eight, client_of, change)
        ((where, told),) = answer.context["preview"].faults
        assert "UBND xã Cao Lộc" in where
        assert words in told
        assert "không có gì khác" not in answer.content.decode()


@pytest.mark.parametrize(("hidden", "told"), [(False, "«Bản cũ»"), (True, "«Bản cũ» (đang ẩn)")])
def test_two_sheets_of_one_unit_are_refused_and_both_named(opened, eight, client_of, hidden, told):
    def twice(page, book):
        page["D7"] = 50
        copy = book.copy_worksheet(page)
        copy.title, copy["D7"] = "Bản cũ", 11
        copy.sheet_state = "hidden" if hidden else "visible"

    answer = own(opened, eight, client_of, twice)
    ((_, words),) = answer.context["preview"].faults
    assert "«2. UBND xã Cao Lộc»" in words
    assert told in words
    assert changes_in(answer) == []


def test_hidden_rows_columns_and_sheets_are_not_read_and_named(opened, eight, client_of):
    def hide(page, book):
        page["D7"], page["D8"], page["L7"] = 50, 30, "riêng"
        page.row_dimensions[8].hidden = page.column_dimensions["L"].hidden = True
        book.create_sheet("Nháp")["A1"] = "x"
        book["Nháp"].sheet_state = "hidden"

    answer = own(opened, eight, client_of, hide)
    assert changes_in(answer) == [("1", "", "50")]
    unread = answer.context["preview"].unread
    for words in ("trang tính «Nháp» (đang ẩn)", "dòng ẩn 8", "cột ẩn L"):
        assert any(words in row for row in unread), words


def test_a_hidden_sheet_of_a_unit_is_not_read(opened, eight, client_of):
    def hide(page, book):
        page["D7"], page.sheet_state = 50, "hidden"

    answer = own(opened, eight, client_of, hide)
    assert changes_in(answer) == []
    assert "trang tính «2. UBND xã Cao Lộc» (đang ẩn" in answer.content.decode()


def test_what_is_typed_elsewhere_than_where_it_is_read_is_named(opened, eight, client_of):
    def wrong_column(page, book):
        page["F7"], page["C8"], page["K5"], page["K7"] = 50, 45, "Nhận xét", "tốt"
        page["J8"] = "bao-cao.pdf"
        book["Các đơn vị"]["D9"] = 50
        book.create_sheet("Khác")["A1"] = "Ghi chú"

    answer = own(opened, eight, client_of, wrong_column)
    page = answer.content.decode()
    for words in (
        "cột «Thẩm định» (F7: khác điểm đang lưu)",
        "cột «Điểm tối đa» (C8",
        "cột «Minh chứng» (J8",
        "cột K («Nhận xét»)",
        "trang tính «Các đơn vị» (chỉ để xem)",
        "trang tính «Khác» (không có dòng «Mã đơn vị»)",
        "1 trang đã đọc («2. UBND xã Cao Lộc»)",
    ):
        assert words in page, words
    assert "Tệp không có gì khác" not in page


def test_nothing_new_is_only_said_of_a_file_that_was_read_whole(opened, eight, client_of):
    def alone(page, book):
        for other in book.worksheets:
            if other.title != page.title:
                del book[other.title]

    def with_notes(page, book):
        alone(page, book)
        book.create_sheet("Nháp")["A1"] = "Tự chấm 50"

    def hidden(page, book):
        alone(page, book)
        page["D7"] = 50
        page.row_dimensions[7].hidden = True

    assert "Tệp không có gì khác với điểm đang có." in own(opened, eight, client_of, alone).content.decode()
    for change, told in ((with_notes, "trang tính «Nháp»"), (hidden, "dòng ẩn 7")):
        page = own(opened, eight, client_of, change).content.decode()
        assert "Tệp không có gì khác" not in page, told
        assert told in page
    whole = own(opened, eight, client_of, lambda page, book: None)
    assert "Tệp không có gì khác" not in whole.content.decode()
    assert [row.split(" (")[0] for row in whole.context["preview"].skipped] == [
        f"UBND xã {name}" for name in NAMES if name != "Cao Lộc"
    ]


def test_rows_of_sums_and_notes_that_were_stored_with_other_line_ends_change_nothing(opened, eight, client_of):
    give(sheet_of(eight["member"]), {"1": "40"}, by=eight["member"], note="Dòng một\r\ndòng  hai")

    def sums(page, book):
        page["A13"], page["B13"], page["D13"] = "Tổng cộng", None, 99

    answer = own(opened, eight, client_of, sums)
    assert (changes_in(answer), faults_in(answer)) == ([], {})


def test_each_change_shows_what_was_and_what_will_be_and_where(opened, eight, client_of):
    give(sheet_of(eight["member"]), {"1": "40"}, by=eight["member"])

    def two(page, book):
        page["D7"], page["D8"], page["E8"] = 50, 30, "Mới"

    page = " ".join(own(opened, eight, client_of, two).content.decode().split())
    for words in (
        "<del>40</del> → <ins>50</ins>",
        "<del>trống</del> → <ins>30</ins>",
        "ô D7",
        "ô D8",
        "<ins>Mới</ins>",
    ):
        assert words in page, words
