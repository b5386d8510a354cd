"""Scores as an Excel file: out, in, shown before they are stored; files that are none."""

import io
import os
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.models import Score
from clusters.scores import excel as score_excel
from clusters.scores import export as score_export
from documents.models import Change
from documents.steps.refusing import Refused, Stale
from units.excel_out import HEAD

from .filled import NAMES, cell, exported, filled, page_of, upload
from .scored import FULL, give, send, sheet_of


def test_the_workbook_holds_all_members_and_all_columns(opened, eight, client_of):
    send(eight["member"])
    give(sheet_of(eight["member"]), FULL | {"1": "45"}, by=eight["leader_unit"], note="Thiếu quý IV")
    book = exported(client_of(eight["member"]), opened)
    names = ["Tổng hợp", "Các đơn vị", *(f"{n}. UBND xã {name}" for n, name in enumerate(NAMES, start=1))]
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


def test_a_note_that_begins_like_a_formula_stays_text(opened, eight, client_of):
    give(sheet_of(eight["member"]), {"1": "50"}, by=eight["member"], note='=HYPERLINK("http://x")')
    note = cell(page_of(exported(client_of(eight["member"]), opened), eight["member"]), "1", "Thuyết minh")
    assert (note.value, note.data_type) == ('=HYPERLINK("http://x")', "s")


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
    assert [row.split(" (")[0] for row in preview.skipped] == [f"UBND xã {name}" for name in NAMES if name != "Cao Lộc"]
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
        ("a.csv", lambda: b"1;2", "là tệp chữ (.csv)"),
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
