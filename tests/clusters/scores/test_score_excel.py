"""Scores as Excel files: out without formulas, in with a preview of what will change and what is wrong."""

import io
import os
import unicodedata
import zipfile
from datetime import datetime, time
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.models import Score, ScoreSheet
from clusters.scores import actions as scoring
from clusters.scores import excel as score_excel
from clusters.scores import export as score_export
from documents.models import Change
from documents.steps.refusing import Refused, Stale
from units.excel_out import HEAD

from .scored import FULL, give, make_set, send, sheet_of

State = ScoreSheet.State


@pytest.fixture
def opened(cluster, category, officer, leader):
    make_set(category, officer, approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    return cluster


def exported(client, cluster):
    """The workbook of a cluster as it is downloaded."""
    answer = client.get(f"{reverse('cluster_scores', args=[cluster.pk])}?xuat=xlsx")
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def page_of(book, user):
    """The sheet of the unit of ``user``."""
    return next(page for page in book if page["B2"].value == user.unit.code)


def cell(page, code, heading):
    """The cell of a criterion in the column of ``heading``."""
    column = next(cell.column for cell in page[5] if cell.value == heading)
    row = next(row for row in range(6, page.max_row + 1) if page.cell(row, 1).value == code)
    return page.cell(row, column)


def as_upload(book, name="cham-diem.xlsx"):
    memory = io.BytesIO()
    book.save(memory)
    return SimpleUploadedFile(name, memory.getvalue())


def filled(client, cluster, user, heading, values):
    """The exported workbook with ``values`` {criterion: value} typed into the column ``heading`` of a unit's sheet."""
    book = exported(client, cluster)
    for code, value in values.items():
        cell(page_of(book, user), code, heading).value = value
    return book


def upload(client, cluster, book):
    return client.post(reverse("import_scores", args=[cluster.pk]), {"file": as_upload(book)})


# --- Out


def test_the_workbook_holds_all_members_and_all_columns(opened, eight, client_of):
    send(eight["member"])
    give(sheet_of(eight["member"]), FULL | {"1": "45"}, by=eight["leader_unit"], note="Thiếu quý IV")
    book = exported(client_of(eight["member"]), opened)
    names = ["Tổng hợp", "Các đơn vị", *(f"{n}. UBND xã {name}" for n, name in enumerate(_NAMES, start=1))]
    assert book.sheetnames == names
    page = page_of(book, eight["member"])
    row = [cell(page, "1", heading).value for heading in score_export.HEADS]
    told = ["1", "Hoàn thành chỉ tiêu", 60, 50, "Theo báo cáo năm", 45, "Thiếu quý IV", None, None, None]
    assert row == told
    side = [[cell.value for cell in row] for row in book["Các đơn vị"].iter_rows(min_row=HEAD + 1)]
    place = side[0].index("UBND xã Cao Lộc")
    assert [row[place : place + 3] for row in side[1:]] == [
        ["Tự chấm", "Thẩm định", "Chốt"],
        [80.5, 75.5, None],
        [50, 45, None],
        [30.5, 30.5, None],
        [2, 2, None],
        [2, 2, None],
        [1, 1, None],
        [1, 1, None],
        [81.5, None, None],
    ]


_NAMES = ["Ba Sơn", "Cao Lộc", "Công Sơn", "Đồng Đăng"]


def test_a_note_that_begins_like_a_formula_stays_text(opened, eight, client_of):
    give(sheet_of(eight["member"]), {"1": "50"}, by=eight["member"], note='=HYPERLINK("http://x")')
    note = cell(page_of(exported(client_of(eight["member"]), opened), eight["member"]), "1", "Thuyết minh")
    assert (note.value, note.data_type) == ('=HYPERLINK("http://x")', "s")


# --- In


def test_a_filled_workbook_is_shown_first_and_stored_when_confirmed(opened, eight, client_of):
    user, client = eight["member"], client_of(eight["member"])
    give(sheet_of(user), {"1": "40"}, by=user)
    book = filled(client, opened, user, "Tự chấm", {"1": 50, "2": "30,5", "3": None})
    cell(page_of(book, user), "2", "Thuyết minh").value = "Theo báo cáo"
    answer = upload(client, opened, book)
    changes = [(row.leaf.code, row.before, row.after, row.note_after) for row in answer.context["preview"].changes]
    assert changes == [("1", "40", "50", ""), ("2", "", "30,5", "Theo báo cáo")]
    assert sheet_of(user).own_total == 40
    stored = client.post(reverse("import_scores", args=[opened.pk]), {"seal": answer.context["seal"]})
    assert stored.status_code == 302
    assert sheet_of(user).own_total == Decimal("80.5")
    assert Change.objects.filter(about="scores", key=sheet_of(user).pk).first().by == user


def test_the_workbook_as_it_was_downloaded_changes_nothing(opened, eight, client_of):
    send(eight["member"])
    client = client_of(eight["leader_unit"])
    preview = upload(client, opened, exported(client, opened)).context["preview"]
    assert (preview.changes, preview.faults) == ([], [])


def test_wrong_cells_are_named_and_nothing_can_be_confirmed(opened, eight, client_of):
    user, client = eight["member"], client_of(eight["member"])
    book = filled(client, opened, user, "Tự chấm", {"1": 60.5, "2": "8.5", "3": -1, "4": 1})
    page = page_of(book, user)
    page.append(["9.9", "Mục lạ", 1, 1])
    page.append(["1", "Lặp lại", 1, 1])
    answer = upload(client, opened, book)
    title = f"Trang tính «{page.title}»"
    faults = dict(answer.context["preview"].faults)
    assert faults == {
        f"{title}, ô D7": "Mục 1 tối đa 60 điểm.",
        f"{title}, ô D8": "Hãy ghi số, dùng dấu phẩy cho phần lẻ, ví dụ 8,5; dấu chấm chỉ để tách hàng nghìn, ví dụ 1.000.",
        f"{title}, ô D10": "Điểm không âm. Điểm trừ cũng ghi số dương, chương trình tự trừ vào tổng.",
        f"{title}, ô A14": "Số mục «9.9» không có trong bộ tiêu chí.",
        f"{title}, ô A15": "Số mục «1» có hai lần trong trang này.",
    }
    assert "seal" not in answer.context
    assert not Score.objects.exclude(own=None).exists()


def test_the_leader_fills_in_all_sheets_that_were_sent_and_no_other(opened, eight, client_of):
    leader, client = eight["leader_unit"], client_of(eight["leader_unit"])
    send(eight["member"])
    send(leader)
    book = filled(client, opened, eight["member"], "Thẩm định", {"1": 45, "2": 30.5})
    answer = upload(client, opened, book)
    where, words = answer.context["preview"].faults[0]
    assert where.endswith("ô G7")
    assert words == "Mục 1: điểm khác với tự chấm (50). Hãy ghi lý do."
    cell(page_of(book, eight["member"]), "1", "Lý do thẩm định khác").value = "Thiếu quý IV"
    cell(page_of(book, leader), "1", "Thẩm định").value = 60
    answer = upload(client, opened, book)
    preview = answer.context["preview"]
    assert [(row.unit, row.leaf.code) for row in preview.changes] == [
        ("UBND xã Cao Lộc", "1"),
        ("UBND xã Cao Lộc", "2"),
    ]
    assert [row.split(" (")[0] for row in preview.skipped] == [
        f"UBND xã {name}" for name in _NAMES if name != "Cao Lộc"
    ]
    client.post(reverse("import_scores", args=[opened.pk]), {"seal": answer.context["seal"]})
    verified = Score.objects.exclude(verified=None).values_list("sheet", "criterion__code", "verified")
    sheet = sheet_of(eight["member"]).pk
    assert sorted(verified) == [(sheet, "1", 45), (sheet, "2", Decimal("30.5"))]


def test_nobody_else_fills_in_the_sheet_of_a_member(opened, eight, turn_of, client_of):
    book = filled(client_of(eight["member"]), opened, eight["member"], "Tự chấm", {"1": 50})
    for who in ("officer", "leader_unit", "deputy_unit", "other_cluster", "nobody"):
        with turn_of(who) as person:
            answer = upload(client_of(person), opened, book)
            if who in ("other_cluster", "nobody"):
                assert answer.status_code == 404
            else:
                assert [row for row in answer.context["preview"].changes if row.unit == "UBND xã Cao Lộc"] == []
            assert not Score.objects.exclude(own=None).exists()


def sealed_by(user, cluster, client):
    """A confirmation as the preview gives it to ``user``."""
    return upload(client, cluster, filled(client, cluster, user, "Tự chấm", {"1": 50})).context["seal"]


def test_a_confirmation_holds_for_its_person_its_cluster_and_its_words(opened, other_cluster, eight, client_of):
    user = eight["member"]
    seal = sealed_by(user, opened, client_of(user))
    for text, cluster, by in (
        (seal, opened, eight["leader_unit"]),
        (seal, other_cluster, user),
        (seal[:-2], opened, user),
        ("", opened, user),
    ):
        with pytest.raises(Refused, match="gửi lại tệp"):
            score_excel.store(text, cluster, by=by)
    assert not Score.objects.exclude(own=None).exists()


def test_a_confirmation_of_what_somebody_changed_meanwhile_is_refused(opened, eight, client_of):
    user, client = eight["member"], client_of(eight["member"])
    seal = sealed_by(user, opened, client)
    give(sheet_of(user), {"1": "33"}, by=user)
    with pytest.raises(Stale):
        score_excel.store(seal, opened, by=user)
    answer = client.post(reverse("import_scores", args=[opened.pk]), {"seal": seal})
    assert answer.status_code == 422
    assert "Chưa lưu gì." in answer.content.decode()
    assert sheet_of(user).own_total == 33


def test_a_confirmation_of_a_sheet_that_was_sent_meanwhile_is_refused(opened, eight, client_of):
    user = eight["member"]
    seal = sealed_by(user, opened, client_of(user))
    send(user)
    with pytest.raises(Refused):
        score_excel.store(seal, opened, by=user)
    assert sheet_of(user).own_total == Decimal("81.5")


# --- What people do to a file


def faults_in(answer):
    """{address: words} of what is wrong in a file that was sent."""
    return dict(answer.context["preview"].faults)


def own(opened, eight, client_of, change):
    """What is told of the exported workbook after ``change(page, book)`` was made to the sheet of the member."""
    client = client_of(eight["member"])
    book = exported(client, opened)
    change(page_of(book, eight["member"]), book)
    return upload(client, opened, book)


def changes_in(answer):
    return [(row.leaf.code, row.before, row.after) for row in answer.context["preview"].changes]


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


def at(place, value):
    """A change of one cell of the sheet: criterion 1 stands in row 7, its points in D, its reason in E."""

    def change(page, book):
        page[place] = value

    return change


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
        f"UBND xã {name}" for name in _NAMES if name != "Cao Lộc"
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


# --- Files that are none


def bomb():
    """A workbook that unpacks to more than any table of scores, though no more than other files may."""
    memory = io.BytesIO()
    openpyxl.Workbook().save(memory)
    with zipfile.ZipFile(memory, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/big.xml", os.urandom(400_000) + bytes(15_000_000))
    return memory.getvalue()


def corner():
    """A workbook with a cell in the last row and column of a sheet."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "x")
    return memory.getvalue()


def entities():
    """A workbook whose strings declare entities."""
    memory, source = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(memory, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            new.writestr(name, content)
    return memory.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", bomb, "quá lớn đối với một bảng điểm"),
        ("a.xlsx", corner, "không có trang nào ghi «Mã đơn vị»"),
        ("a.xlsx", entities, "không đọc được"),
        ("a.xlsx", lambda: b"", "rỗng"),
        ("a.xlsx", lambda: b"MZ", "chương trình chạy được"),
        ("a.csv", lambda: b"1;2", "không thuộc loại được nhận"),
    ],
)
def test_a_file_that_is_no_workbook_of_scores_is_refused_in_words(opened, eight, client_of, name, content, words):
    file = SimpleUploadedFile(name, content())
    answer = client_of(eight["member"]).post(reverse("import_scores", args=[opened.pk]), {"file": file})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_sheet_of_another_cluster_is_refused(opened, eight, client_of):
    client = client_of(eight["member"])
    book = exported(client, opened)
    page_of(book, eight["member"])["B2"].value = eight["other_cluster"].unit.code
    faults = upload(client, opened, book).context["preview"].faults
    assert [words for _, words in faults] == ["Mã đơn vị «xa-nam-0» không có bảng điểm ở Cụm các xã phía Bắc."]
