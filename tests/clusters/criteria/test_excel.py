"""Trees of criteria in Excel files: out, in, and as offices fill them in."""

import io
import unicodedata
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.criteria import actions as criteria
from clusters.criteria.tree import TreeRow

from ...conftest import make_unit
from ...documents.excel.workbooks import upload
from ..scores.scored import TREE, Kind, make_set


def book(
    *rows, headings=("Số mục", "Nội dung", "Cấp", "Điểm tối đa", "Loại điểm", "Minh chứng", "Sở, ngành thẩm định")
):
    """An Excel file with ``rows`` under ``headings``."""
    made, memory = openpyxl.Workbook(), io.BytesIO()
    for row in (headings, *rows):
        made.active.append(row)
    made.save(memory)
    return SimpleUploadedFile("tieu-chi.xlsx", memory.getvalue())


def test_a_set_goes_out_and_comes_in_the_same(category, officer, client_of):
    unit = make_unit("so-y-te", "Sở Y tế")
    rows = [*TREE[:2], TreeRow(2, "1.10", "=1+1", Kind.MAIN, Decimal("39.5"), True, unit)]
    made = make_set(category, officer, rows=rows)
    client = client_of(officer)
    file = client.get(f"{made.get_absolute_url()}?xuat=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert (sheet["B8"].value, sheet["B8"].data_type) == ("=1+1", "s")
    other = make_set(category, officer, rows=[])
    upload = {"file": SimpleUploadedFile("a.xlsx", file.content)}
    page = client.post(reverse("import_criteria", args=[other.pk]), upload)
    assert page.context["tree"].tree() == rows
    assert page.context["preview"] == {"wrong": 0, "added": ["I", "1", "1.10"], "changed": [], "removed": []}
    assert not other.criteria.exists()


def test_the_preview_says_what_is_added_changed_and_removed(draft, officer, client_of):
    file = book(("I", "Nhiệm vụ chính trị", 1, 100), ("1", "Hoàn thành chỉ tiêu", 2, 70), ("9", "Mới", 2, 30))
    page = client_of(officer).post(reverse("import_criteria", args=[draft.pk]), {"file": file})
    told = {"wrong": 0, "added": ["9"], "changed": ["1"], "removed": ["2", "II", "3", "III", "4"]}
    assert page.context["preview"] == told
    assert criteria.tree_of(draft) == TREE


def test_wrong_cells_are_told_beside_them_and_nothing_is_stored(draft, officer, client_of):
    file = book(("I", "Nhóm", 1, "8.5"), ("1", "", 2, -3), ("2", "Mục", "hai", 10, "", "", "Sở Không Có"))
    page = client_of(officer).post(reverse("import_criteria", args=[draft.pk]), {"file": file})
    words = page.content.decode()
    for told in ("dấu phẩy cho phần lẻ", "Hãy ghi nội dung", "không âm", "Cấp là số", "«Sở Không Có» không phải tên"):
        assert told in words
    assert page.context["preview"]["wrong"] == 3
    assert criteria.tree_of(draft) == TREE


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (book(headings=("Mã", "Tên")), "không có dòng tiêu đề"),
        (book(headings=("Số mục", "Nội dung")), "thiếu cột «Cấp», «Điểm tối đa»"),
        (book(), "không có mục nào"),
        (book(*[(str(n), "Mục", 1, 1) for n in range(121)]), "nhiều nhất 120 mục"),
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04 not a package"), "bị hỏng"),
        (SimpleUploadedFile("a.xlsx", b"<html>"), "chỉ đổi đuôi"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.4"), "không phải tệp Excel"),
    ],
)
def test_a_file_that_is_no_tree_is_refused_in_words(draft, officer, client_of, file, words):
    file.seek(0)
    page = client_of(officer).post(reverse("import_criteria", args=[draft.pk]), {"file": file})
    assert page.status_code == 422
    assert words in page.content.decode()


_ROWS = [
    ("I", "Chính", 1, 100, "Điểm chính"),
    ("1", "Mục 1", 2, 100, None, "x"),
    ("II", "Vi phạm", 1, 10, "Điểm trừ"),
    ("2", "Báo chậm", 2, 10),
]


def sent(client, made, file):
    return client.post(reverse("import_criteria", args=[made.pk]), {"file": file})


def test_kinds_and_proofs_mean_what_they_say(draft, officer, client_of):
    kinds = {
        Kind.MAIN: (
            "Điểm chính",
            "chính",
            "ĐIỂM CHÍNH ",
            "Điểm chuẩn",
            unicodedata.normalize("NFD", "điểm chính"),
            None,
        ),
        Kind.BONUS: ("Điểm thưởng", "thưởng", "Thưởng:", "Điểm cộng", "Ðiểm thưởng"),
        Kind.DEDUCTION: ("Điểm trừ", "Trừ", "Điểm phạt", "Điểm trừ ", "phạt", "TRỪ ĐIỂM"),
    }
    proofs = {True: ("x", "có", "1", 1, True, "X"), False: ("không", "Không cần", "0", 0, "-", "–", False, None, "")}
    words = [(kind, word) for kind, said in kinds.items() for word in said]
    marks = [(mark, said) for mark, values in proofs.items() for said in values]
    rows = [(str(n), "Mục", 1, 5, word) for n, (_, word) in enumerate(words)]
    rows += [(f"M{n}", "Mục", 1, 5, None, said) for n, (_, said) in enumerate(marks)]
    tree = sent(client_of(officer), draft, book(*rows)).context["tree"].tree()
    assert [row.kind for row in tree[: len(words)]] == [kind for kind, _ in words]
    assert [row.needs_evidence for row in tree[len(words) :]] == [mark for mark, _ in marks]


_MISREAD = [
    ("E2", "Điểm lạ", "không rõ loại điểm «Điểm lạ»"),
    ("E2", 5, "không rõ loại điểm «5»"),
    ("E3", "Điểm trừ", "mục trong nhóm tính điểm theo nhóm (Điểm chính)"),
    ("F3", "có lẽ", "không rõ «có lẽ» là có hay không"),
    ("F3", "#N/A", "ô báo lỗi #N/A"),
    ("A3", datetime(2026, 2, 1), "đã đổi thành ngày, giờ (01/02/2026)"),
    ("B3", True, "TRUE"),
    ("C3", datetime(2026, 2, 1), "đã đổi thành ngày, giờ"),
    ("D3", "=SUM(1,2)", "chưa có kết quả"),
    ("D3", datetime(2026, 8, 5), "đã đổi thành ngày, giờ"),
    ("G3", "#REF!", "ô báo lỗi #REF!"),
]


def test_a_cell_of_a_tree_that_is_not_understood_is_told_with_its_address(draft, officer, client_of):
    client = client_of(officer)
    for cell, value, words in _MISREAD:
        made = openpyxl.load_workbook(book(*_ROWS))
        made.active[cell] = value
        page = sent(client, draft, upload(made))
        assert page.status_code == 422
        told = [(fault.where, words in fault.words) for fault in page.context["faults"]]
        assert told == [(f"Trang tính «Sheet», ô {cell}", True)], (cell, value)
        assert f"ô {cell}: " in page.content.decode()
    assert criteria.tree_of(draft) == TREE


def test_headings_of_a_tree_are_found_folded_in_any_order_below_other_rows(draft, officer, client_of):
    heads = ("Điểm tối đa (điểm)", "SỐ\nMỤC:", unicodedata.normalize("NFD", "Nội dung"), "Ghi chú", "Cấp ")
    made = openpyxl.Workbook()
    for row in (("UBND TỈNH",), (), ("BỘ TIÊU CHÍ",), heads, ("(1)", "(2)", "(3)", "(4)", "(5)")):
        made.active.append(row)
    made.active.append((100, "I", "Nhóm", "x", "1"))
    made.active.append((100, 1, "Mục", None, 2.0))
    page = sent(client_of(officer), draft, upload(made))
    assert [(row.level, row.code, row.text, row.maximum) for row in page.context["tree"].tree()] == [
        (1, "I", "Nhóm", 100),
        (2, "1", "Mục", 100),
    ]
    assert "cột D («Ghi chú»)" in page.content.decode()


def test_two_sheets_with_criteria_are_refused_and_others_named(draft, officer, client_of):
    made = openpyxl.load_workbook(book(*_ROWS))
    made.create_sheet("Danh mục")["A1"] = "x"
    client = client_of(officer)
    assert "trang tính «Danh mục» (không có các cột" in sent(client, draft, upload(made)).content.decode()
    for state, told in (("visible", "«Sheet», «Bản cũ»"), ("hidden", "«Sheet», «Bản cũ»")):
        both = openpyxl.load_workbook(book(*_ROWS))
        both.copy_worksheet(both.active).title = "Bản cũ"
        both["Bản cũ"].sheet_state = state
        page = sent(client, draft, upload(both))
        assert page.status_code == 422
        assert told in page.content.decode()


def test_the_preview_shows_what_was_and_what_will_be_in_each_cell(draft, officer, client_of):
    rows = [
        (row.code, row.text, row.level, float(row.maximum), row.kind.label, "x" if row.needs_evidence else "")
        for row in TREE
    ]
    rows[1] = ("1", "Hoàn thành vượt chỉ tiêu", 2, 55, "Điểm chính", "x")
    page = sent(client_of(officer), draft, book(*rows))
    assert page.context["cells"] == [
        ("1", "Nội dung", "Hoàn thành chỉ tiêu", "Hoàn thành vượt chỉ tiêu"),
        ("1", "Điểm tối đa", "60", "55"),
        ("1", "Minh chứng", "không", "có"),
    ]
    assert "<del>60</del>" in page.content.decode()
    rows[1] = ("1", "Hoàn thành chỉ tiêu", 2, 60, "Điểm chính", "")
    client = client_of(officer)
    assert "giống hệt bản đang có" in sent(client, draft, book(*rows)).content.decode()
    moved = sent(client, draft, book(rows[0], rows[2], rows[1], *rows[3:])).content.decode()
    assert "Đổi thứ tự các mục." in moved
    assert "giống hệt" not in moved


def test_what_the_forms_of_the_rows_refuse_is_told_with_its_address_too(draft, officer, client_of):
    file = book(("I", "Nhóm", 1, "8.5"), ("1", "", 2, -3), ("2", "Mục", "hai", 10, "", "", "Sở Không Có"))
    page = sent(client_of(officer), draft, file)
    told = dict(page.context["faults"])
    assert set(told) == {f"Trang tính «Sheet», ô {cell}" for cell in ("D2", "B3", "D3", "C4", "G4")}
    # What was asked stays chosen, so that saving again refuses again and falls back on nobody.
    assert '<option value="Sở Không Có" selected>Sở Không Có</option>' in page.content.decode()
