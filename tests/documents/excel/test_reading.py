"""The reader of Excel files: what a cell may be taken for, which rows and columns are read, what is told instead."""

import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from documents.excel.cells import Cell, CellFault, label_of
from documents.excel.reading import Bounds, read_book
from documents.steps.refusing import Refused

from .workbooks import book_of, changed, upload, written

HEADS = ["Số mục", "Họ và tên", "Ngày sinh", "Điểm"]


def cell(value, **more):
    return Cell("Danh sách", 7, 4, value, **more)


def fault_of(read):
    with pytest.raises(CellFault) as fault:
        read()
    assert fault.value.where == "Trang tính «Danh sách», ô D7"
    return fault.value.words


# --- One cell


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        ("  Đã rõ \r\n quý IV ", "Đã rõ \n quý IV"),
        ("a_x000D_\nb", "a\nb"),
        (unicodedata.normalize("NFD", "Thiếu"), "Thiếu"),
        ("\u200bx\u00a0y", "x y"),
        (5, "5"),
        (8.5, "8,5"),
        (datetime(2026, 5, 12), "12/05/2026"),
    ],
)
def test_words_are_read_as_a_person_reads_them(value, said):
    assert cell(value).text() == said


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "TRUE"), (time(8, 5), "không phải chữ"), (timedelta(1), "không phải chữ"), ("x" * 5001, "5001 ký tự")],
)
def test_what_is_no_text_is_told(value, words):
    assert words in fault_of(cell(value).text)


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        ("1.10", "General", "1.10"),
        (1, "General", "1"),
        (1.0, "General", "1"),
        (1.1, "General", "1.1"),
        (1.1, "0.00", "1.10"),
        (5, "00", "05"),
        (5, "000", "005"),
        (1650359884.0, "General", "1650359884"),
        (" II \n a", "General", "II a"),
        (None, "General", ""),
    ],
)
def test_codes_are_read_as_they_are_shown(value, number_format, code):
    assert cell(value, number_format=number_format).code() == code


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 2, 1), "đã đổi thành ngày, giờ (01/02/2026)"),
        (True, "không phải mã"),
        (10**15, "15 chữ số"),
        (time(1, 2), "đã đổi thành ngày"),
    ],
)
def test_what_excel_made_of_a_code_is_told(value, words):
    assert words in fault_of(cell(value).code)


@pytest.mark.parametrize(
    ("value", "typed", "number"),
    [
        (None, "", None),
        (8.5, "8,5", Decimal("8.5")),
        (29.299999999999997, "29,3", Decimal("29.3")),
        ("8,5", "8,5", Decimal("8.5")),
        ("1.234,5", "1.234,5", Decimal("1234.5")),
        (" 1 250 ", "1 250", Decimal(1250)),
        ("1\u00a0250", "1 250", Decimal(1250)),
        (0, "0", Decimal(0)),
    ],
)
def test_figures_are_read_in_the_way_of_this_country(value, typed, number):
    assert (cell(value).typed(), cell(value).number()) == (typed, number)


@pytest.mark.parametrize("value", ["8.5", "1,234.5", "1,234", "12.50", "tám", "8,5,1", "1e3", "-1", "8,5 điểm"])
def test_figures_in_another_way_are_told_and_not_guessed(value):
    assert f"«{value}»" in fault_of(cell(value).number)


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (datetime(2026, 5, 8), "General", "đã đổi thành ngày"),
        (time(8, 30), "General", "đã đổi thành ngày, giờ"),
        (timedelta(hours=30), "General", "đã đổi thành ngày, giờ"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
        (0.85, "0%", "phần trăm (85 %)"),
        (0.855, "0.0%", "phần trăm (85,5 %)"),
    ],
)
def test_what_is_no_figure_is_told(value, number_format, words):
    assert words in fault_of(cell(value, number_format=number_format).typed)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None),
        ("  ", None),
        (datetime(1975, 4, 30, 8), date(1975, 4, 30)),
        (date(1975, 4, 30), date(1975, 4, 30)),
        ("30/04/1975", date(1975, 4, 30)),
        ("3/4/1975", date(1975, 4, 3)),
        ("30-4-1975", date(1975, 4, 30)),
        ("30.4.1975", date(1975, 4, 30)),
        ("1975-04-30", date(1975, 4, 30)),
    ],
)
def test_days_are_read(value, day):
    assert cell(value).day() == day


@pytest.mark.parametrize("value", [27514, 1975, "1975", "04/30/1975", "31/2/1975", "tháng 4", True, time(8)])
def test_what_is_no_day_is_told(value):
    assert "không phải ngày" in fault_of(cell(value).day)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            [
                "x",
                "X",
                "có",
                "Có.",
                "CÓ",
                "co",
                "1",
                1,
                1.0,
                True,
                "v",
                "✓",
                "phải có",
                unicodedata.normalize("NFD", "có"),
            ],
            True,
        ),
        (["không", "Không cần", "KHÔNG", "0", 0, "-", "–", False, "ko", "k", "không bắt buộc", " không "], False),
        ([None, "", "  "], None),
    ],
)
def test_yes_and_no_mean_what_they_say(values, said):
    assert [cell(value).flag() for value in values] == [said] * len(values)


@pytest.mark.parametrize("value", ["có lẽ", "2", "xem sau", datetime(2026, 1, 1), "x?"])
def test_what_is_neither_yes_nor_no_is_told(value):
    assert "có hay không" in fault_of(cell(value).flag)


@pytest.mark.parametrize("name", ["text", "code", "typed", "number", "day", "flag"])
def test_a_cell_in_trouble_is_never_read(name):
    assert fault_of(getattr(cell(None, trouble="ô báo lỗi #N/A."), name)) == "ô báo lỗi #N/A."


@pytest.mark.parametrize(
    "written",
    [
        "Mã đơn vị",
        "MÃ ĐƠN VỊ:",
        "mã  đơn\nvị ：".replace("：", ":"),
        unicodedata.normalize("NFD", "Mã đơn vị"),
        "Mã Ðơn vị",
        "Mã\u00a0đơn vị *",
        "(Mã đơn vị)",
        "Ma don vi",
    ],
)
def test_labels_are_compared_folded(written):
    assert label_of(written) == "ma don vi"


# --- Which cells


def only(content, **more):
    (sheet,) = read_book(upload(content), **more)
    return sheet


def test_columns_are_found_by_their_headings_wherever_they_stand():
    book = book_of(
        ["UBND TỈNH"], ["DANH SÁCH ĐỀ NGHỊ"], [], ["Kỳ: năm 2026"],
        [None, "ĐIỂM", "Ghi chú", unicodedata.normalize("NFD", "Họ và tên"), "Số\nmục ", "Ngày sinh (nếu có)"],
        [None, "(1)", "(2)", "(3)", "(4)", "(5)"],
        [None, 8.5, "x", "Nông Văn A", "1", datetime(1980, 1, 2)],
        [None, "ĐIỂM", "Ghi chú", "Họ và tên", "Số mục", "Ngày sinh"],
        [None, None, None, "Lý Thị B", "2", None],
    )  # fmt: skip
    table = only(book).table(HEADS, needed=HEADS)
    assert (table.head, table.columns) == (5, {"Điểm": 2, "Họ và tên": 4, "Số mục": 5, "Ngày sinh": 6})
    assert table.faults == []
    rows = [[row[head].text() for head in HEADS] for row in table.rows()]
    assert rows == [["1", "Nông Văn A", "02/01/1980", "8,5"], ["2", "Lý Thị B", "", ""]]
    assert table.other_columns() == ["C («Ghi chú»)"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Số mục", "Họ và tên", "Điểm"]], "thiếu cột «Ngày sinh»"),
        ([HEADS, ["1"], [None, *HEADS], [None, "2"]], "tiêu đề thứ hai ở dòng 3"),
        ([["Số mục", "Họ và tên", "Ngày sinh", "Điểm", "Điểm:"]], "cột «Điểm» có hai lần (ô D1 và E1)"),
    ],
)
def test_headings_that_are_missing_or_stand_twice_are_told(rows, words):
    table = only(book_of(*rows)).table(HEADS, needed=HEADS)
    assert [words in str(fault) for fault in table.faults] == [True]


def test_a_sheet_without_two_of_the_headings_has_no_table():
    assert only(book_of(["Số mục", "Khác"])).table(HEADS) is None


def test_the_row_that_has_most_headings_is_the_heading():
    sheet = only(book_of(["Số mục", "Điểm"], HEADS, ["1", "A", None, 5]))
    assert sheet.table(HEADS).head == 2


def test_only_what_is_seen_is_read_and_the_rest_is_named():
    book = book_of(HEADS, ["1", "A", None, 1], ["2", "B", None, 2], ["3", "C", None, 3], ["4", "D", None, 4])
    sheet = book.active
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    sheet["E1"], sheet["E2"] = "Mật", "x"
    sheet.column_dimensions["E"].hidden = True
    found = only(book)
    assert [row["Số mục"].code() for row in found.table(HEADS).rows()] == ["1", "4"]
    assert found.hidden_words() == ["cột ẩn E", "dòng ẩn 3–4"]


def test_a_needed_column_that_is_hidden_is_told_with_its_letter():
    book = book_of(HEADS, ["1", "A", None, 1])
    book.active.column_dimensions["D"].hidden = True
    assert "«Điểm» (đang ẩn ở cột D)" in str(only(book).table(HEADS, needed=HEADS).faults[0])


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (b'<row r="3"', b'<row r="3"', b'<row ht="0" customHeight="1" r="3"'),
        (b"<sheetFormatPr", b'<sheetFormatPr baseColWidth="8" defaultRowHeight="15"', b'<sheetFormatPr zeroHeight="1"'),
    ],
)
def test_rows_without_height_are_hidden(part, old, new):
    content = upload(book_of(HEADS, ["1", "A", None, 1], ["2", "B", None, 2])).read()
    found = only(changed(content, "xl/worksheets/sheet1.xml", old, new))
    assert 3 in {row for row, _ in found.unseen}


def test_columns_hidden_as_a_group_are_all_hidden():
    book = book_of([*HEADS, "a", "b"], ["1", "A", None, 1, 2, 3])
    book.active.column_dimensions.group("D", "F", hidden=True)
    assert only(book).hidden_words() == ["cột ẩn D, E, F"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_come_marked(state):
    book = book_of(HEADS)
    book.create_sheet("Bản cũ").sheet_state = state
    assert [(sheet.title, sheet.is_hidden) for sheet in read_book(upload(book))] == [
        ("Danh sách", False),
        ("Bản cũ", True),
    ]


def test_a_formula_that_was_never_worked_out_is_told_and_one_that_was_is_read():
    book = book_of(HEADS, ["1", "A", None, "=10+5"])
    row = next(only(book).table(HEADS).rows())
    with pytest.raises(CellFault, match="chưa có kết quả"):
        row["Điểm"].typed()

    def fill(workbook):
        sheet = workbook.add_worksheet("Danh sách")
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["1", "A"])
        sheet.write_formula(1, 3, "=10+5", None, 15)
        sheet.write_formula(2, 3, "=10+5")
        sheet.write_formula(3, 3, '=IF(1,"","")', None, "")
        sheet.write_formula(4, 3, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(5, 3, True)
        sheet.write_number(6, 3, 0)

    # Excel marks the result of a formula that shows nothing as text.
    content = changed(written(fill), "xl/worksheets/sheet1.xml", b'<c r="D4">', b'<c r="D4" t="str">')
    found = only(content)
    assert found.at(2, 4).typed() == "15"
    # A library that works nothing out writes 0 for every formula.
    assert "chưa có kết quả" in found.at(3, 4).trouble
    assert not found.at(4, 4).is_filled
    assert "#DIV/0!" in found.at(5, 4).trouble
    assert found.at(6, 4).value is True
    assert found.at(7, 4).typed() == "0"


def test_cells_under_a_merged_neighbour_are_told_and_merged_titles_are_not():
    book = book_of(["DANH SÁCH"], HEADS, [], ["1", "A", None, 5], ["2", "B", None, None])
    for ref in ("A1:D1", "A2:A3", "D4:D5"):
        book.active.merge_cells(ref)
    table = only(book).table(HEADS, needed=HEADS)
    first, second = table.rows()
    assert first["Điểm"].typed() == "5"
    with pytest.raises(CellFault, match="gộp với ô D4"):
        second["Điểm"].typed()


def test_days_of_1904_are_the_days_that_are_seen():
    def fill(workbook):
        sheet = workbook.add_worksheet("Danh sách")
        sheet.write_datetime(0, 0, datetime(2026, 5, 12), workbook.add_format({"num_format": "dd/mm/yyyy"}))

    assert only(written(fill, date_1904=True)).at(1, 1).day() == date(2026, 5, 12)
    assert only(written(fill)).at(1, 1).day() == date(2026, 5, 12)


def test_a_date_that_no_calendar_has_is_told():
    def fill(workbook):
        sheet = workbook.add_worksheet("Danh sách")
        sheet.write_number(0, 0, 99999999, workbook.add_format({"num_format": "dd/mm/yyyy"}))

    assert "ô báo lỗi" in only(written(fill)).at(1, 1).trouble


@pytest.mark.parametrize("place", [(1, 5), (6, 1), (1_048_576, 16_384)])
def test_what_lies_beyond_the_bounds_is_told_and_not_cut_off(place):
    book = book_of(HEADS, ["1", "A", None, 1])
    book.active.cell(*place).value = "x"
    table = only(book, bounds=Bounds(rows=5, columns=4)).table(HEADS, needed=HEADS)
    assert "chỉ đọc 5 dòng, 4 cột đầu" in str((table.faults if table else [""])[0])


def test_too_many_sheets_are_refused():
    book = book_of(HEADS)
    book.create_sheet("Thừa")
    with pytest.raises(Refused, match="quá 1 trang tính"):
        read_book(upload(book), bounds=Bounds(sheets=1))


def test_a_file_of_the_strict_kind_is_refused_with_what_to_do():
    content = upload(book_of(HEADS)).read()
    for usual, strict in (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/rel",
            b"http://purl.oclc.org/ooxml/officeDocument/rel",
        ),
    ):
        content = changed(content, "xl/workbook.xml", usual, strict)
    with pytest.raises(Refused, match="Excel Workbook"):
        read_book(upload(content))


def test_more_merged_cells_than_any_table_has_are_refused(monkeypatch):
    book = book_of(["DANH SÁCH"])
    book.active.merge_cells("A1:J10")
    assert only(book).at(10, 10).covered
    monkeypatch.setattr("documents.excel.reading._MOST_COVERED", 50)
    with pytest.raises(Refused, match="không đọc được như một bảng tính"):
        only(book)


@pytest.mark.parametrize(
    "label",
    [
        "Mã đơn vị",
        "Mã đơn vị:",
        "MÃ ĐƠN VỊ :",
        unicodedata.normalize("NFD", "Mã đơn vị"),
        "Mã Ðơn vị",
        "Mã đơn vị (không sửa)",
    ],
)
def test_what_stands_beside_a_label_is_found(label):
    assert [found.code() for found in only(book_of([None, label, None, "so-y-te"])).labelled("ma don vi")] == [
        "so-y-te"
    ]
    assert [found.code() for found in only(book_of([f"{label.rstrip(' :')}: so-y-te"])).labelled("ma don vi")] == [
        "so-y-te"
    ]


def test_labels_below_the_table_are_not_looked_at():
    sheet = only(book_of(["Mã đơn vị", "a"], HEADS, ["Mã đơn vị", "b"]))
    assert [found.code() for found in sheet.labelled("ma don vi", before=2)] == ["a"]


def test_a_sheet_with_nothing_but_borders_is_blank():
    book = book_of(["  "], [None])
    assert only(book).is_blank
    assert not only(book_of(["x"])).is_blank
