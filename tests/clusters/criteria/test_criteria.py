"""Sets of criteria: typed points, the tree on one page, approval, versions, Excel."""

import io
import unicodedata
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.criteria import actions as criteria
from clusters.criteria.actions import TreeRow
from clusters.criteria.models import SetIsApproved
from clusters.criteria.points import read_points
from clusters.models import About, CriteriaSet, Criterion
from documents.models import Change
from documents.steps.refusing import Refused, Stale
from units.figures import figure_text

from ...conftest import make_unit
from ...documents.excel.workbooks import upload
from ..conftest import UNITS
from ..scores.scored import TREE, Kind, make_set, with_verifier


@pytest.fixture
def draft(category, officer):
    return make_set(category, officer)


# --- Points as the office writes them


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("8,5", "8.5"),
        ("8", "8"),
        (" 1.000 ", "1000"),
        ("1.234,25", "1234.25"),
        (8.5, "8.5"),
        (29.299999999999997, "29.3"),
    ],
)
def test_points_are_read_as_the_office_writes_them(typed, points):
    assert read_points(typed) == Decimal(points)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8.5", "dấu phẩy"),
        ("1,000", "hai chữ số"),
        ("8,125", "hai chữ số"),
        (8.125, "hai chữ số"),
        ("-1", "không âm"),
        (-1, "không âm"),
        ("8,5,1", "dấu phẩy"),
        ("1.00", "dấu phẩy"),
        ("tám", "dấu phẩy"),
        ("1e3", "dấu phẩy"),
        ("999999", "không quá"),
        (float("inf"), "số"),
        (float("nan"), "số"),
        (True, "dấu phẩy"),
    ],
)
def test_points_in_another_way_are_refused_in_words(typed, words):
    with pytest.raises(ValueError, match=words):
        read_points(typed)


@pytest.mark.parametrize(
    ("points", "text"), [(None, ""), ("8.50", "8,5"), ("1000", "1.000"), ("0", "0"), ("-2.25", "-2,25")]
)
def test_points_are_written_with_a_comma(points, text):
    assert figure_text(None if points is None else Decimal(points)) == text


# --- The tree


def test_a_tree_is_stored_as_it_was_typed(draft):
    rows = criteria.outline_of(draft)
    assert [(row.level, row.code, row.is_leaf, row.root.code) for row in rows] == [
        (1, "I", False, "I"),
        (2, "1", True, "I"),
        (2, "2", True, "I"),
        (1, "II", False, "II"),
        (2, "3", True, "II"),
        (1, "III", False, "III"),
        (2, "4", True, "III"),
    ]
    assert criteria.tree_of(draft) == TREE


def test_a_group_without_points_gets_those_of_its_parts_and_parts_its_kind(category, officer):
    rows = [TreeRow(1, "I", "Trừ", Kind.DEDUCTION, None), TreeRow(2, "1", "Chậm", Kind.MAIN, Decimal(7))]
    made = make_set(category, officer, rows=rows)
    assert list(made.criteria.values_list("code", "maximum", "kind")) == [("I", 7, "deduction"), ("1", 7, "deduction")]


def test_who_saves_an_older_version_is_told_who_saved_and_nothing_changes(draft, officer, leader):
    criteria.save(draft, TREE[:3], by=leader, seen=draft.version)
    with pytest.raises(Stale, match=str(leader)):
        criteria.save(draft, TREE, by=officer, seen=draft.version)
    assert draft.criteria.count() == 3


def test_an_edit_tells_what_was_before_and_after(draft, officer):
    criteria.save(draft, TREE[:-1], by=officer)
    row = Change.objects.filter(about=About.CRITERIA, key=draft.pk).first()
    assert row.changes == {"Mục 4": ["dòng 7, cấp 2: Báo cáo chậm; Điểm trừ; tối đa 10", ""]}


def posted(draft, rows=TREE, **more):
    """What the page that edits a set posts."""
    data = {"name": draft.name, "total": "100", "applies_from": "2026", "version": str(draft.version), "row": []}
    for number, row in enumerate(rows):
        data["row"].append(str(number))
        data |= {
            f"r{number}-level": str(row.level),
            f"r{number}-code": row.code,
            f"r{number}-text": row.text,
            f"r{number}-kind": row.kind.value,
            f"r{number}-maximum": figure_text(row.maximum),
            f"r{number}-needs_evidence": "on" if row.needs_evidence else "",
        }
    return data | more


def test_the_page_stores_what_it_shows(draft, officer, client_of):
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, TREE[:5], total="99,5"))
    assert response.status_code == 302
    draft.refresh_from_db()
    assert (draft.total, criteria.tree_of(draft)) == (Decimal("99.5"), TREE[:5])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("r1-maximum", "60.5", "dấu phẩy"),
        ("r1-maximum", "", "lớn hơn 0"),
        ("r1-maximum", "0", "lớn hơn 0"),
        ("r2-code", "1", "đã có ở dòng trên"),
        ("r1-code", "", "ghi số mục"),
        ("r1-level", "3", "quá sâu"),
        ("r0-level", "2", "quá sâu"),
        ("r0-needs_evidence", "on", "từng mục trong nhóm"),
        ("total", "-1", "không âm"),
        ("applies_from", "26", "bốn chữ số"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_beside_it_and_nothing_is_stored(draft, officer, client_of, field, value, words):
    changed = posted(draft, **{field: value, "r1-text": "Chữ vừa gõ"})
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), changed)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Chữ vừa gõ" in page
    assert criteria.tree_of(draft) == TREE


def test_a_row_that_was_added_and_left_empty_is_not_stored(draft, officer, client_of):
    empty = TreeRow(1, "", "", Kind.MAIN, None)
    client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, [*TREE, empty]))
    assert criteria.tree_of(draft) == TREE


def test_a_department_that_ended_is_kept_on_the_page_and_told_beside_its_row(category, officer, client_of):
    unit = make_unit("so-cu", "Sở Cũ", ended=date(2025, 6, 30))
    made = make_set(category, officer, rows=with_verifier(unit))
    url, data = reverse("edit_criteria", args=[made.pk]), posted(made, **{"r2-verifier": str(unit.pk)})
    client = client_of(officer)
    assert client.post(url, data | {"row_act": "up:3"}).context["tree"].rows[4]["verifier"] == str(unit.pk)
    answer = client.post(url, data)
    assert answer.context["tree"].forms[2].errors["verifier"] == ["Sở Cũ không còn hoạt động. Hãy chọn đơn vị khác."]
    assert criteria.faults_of(made) == ["Mục 2: Sở Cũ không còn hoạt động, hãy chọn nơi thẩm định khác."]


def test_a_new_set_without_rows_is_edited(category, officer, client_of):
    url = reverse("edit_criteria", args=[make_set(category, officer, rows=[]).pk])
    assert client_of(officer).get(url).status_code == 200


LONG = "9" * 5000


@pytest.mark.parametrize(
    ("field", "value"),
    [("row_act", f"up:{LONG}"), ("r1-verifier", "9" * 30), ("version", LONG)],
)
def test_a_number_that_cannot_be_one_changes_nothing(draft, officer, client_of, field, value):
    changed = posted(draft, **{field: value})
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), changed)
    assert response.status_code in (200, 422)
    assert criteria.tree_of(draft) == TREE


def test_a_level_that_is_no_number_is_the_first(draft, officer, client_of):
    changed = posted(draft, **{"r1-level": LONG, "row_act": "append:0"})
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), changed)
    assert response.context["tree"].rows[1]["level"] == 1


def test_a_group_whose_parts_sum_up_to_more_than_can_be_stored_is_told(draft, officer, client_of):
    rows = [TreeRow(1, "I", "Nhóm", Kind.MAIN, None)]
    rows += [TreeRow(2, str(n), "Mục", Kind.MAIN, Decimal(60000)) for n in (1, 2)]
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, rows))
    assert response.status_code == 422
    assert "Mục I: các mục trong nhóm cộng lại 120.000 điểm, quá 99.999,99" in response.content.decode()
    assert criteria.tree_of(draft) == TREE


@pytest.mark.parametrize(
    ("act", "codes"),
    [
        ("down:0", ["II", "3", "I", "1", "2", "III", "4"]),
        ("up:3", ["II", "3", "I", "1", "2", "III", "4"]),
        ("up:1", ["I", "1", "2", "II", "3", "III", "4"]),
        ("down:2", ["I", "1", "2", "II", "3", "III", "4"]),
        ("remove:0", ["II", "3", "III", "4"]),
        ("add:0", ["I", "1", "2", "", "II", "3", "III", "4"]),
        ("append:0", ["I", "1", "2", "II", "3", "III", "4", ""]),
        ("up:99", ["I", "1", "2", "II", "3", "III", "4"]),
    ],
)
def test_a_button_of_a_row_changes_the_page_only(draft, officer, client_of, act, codes):
    url = reverse("edit_criteria", args=[draft.pk])
    response = client_of(officer).post(url, posted(draft, row_act=act))
    assert [row["code"] for row in response.context["tree"].rows] == codes
    assert criteria.tree_of(draft) == TREE


@pytest.mark.parametrize(
    ("act", "levels"),
    [
        ("in:3", [1, 2, 2, 2, 3, 1, 2]),
        ("out:2", [1, 2, 1, 1, 2, 1, 2]),
        ("in:1", [1, 2, 2, 1, 2, 1, 2]),
        ("out:0", [1, 2, 2, 1, 2, 1, 2]),
    ],
)
def test_a_row_moves_in_and_out_with_its_parts(draft, officer, client_of, act, levels):
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, row_act=act))
    assert [row["level"] for row in response.context["tree"].rows] == levels


def test_a_stale_page_comes_back_filled_and_says_who_saved(draft, officer, leader, client_of):
    data = posted(draft, **{"r1-text": "Của tôi"})
    criteria.save(draft, TREE[:3], by=leader)
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), data)
    assert f"{leader} đã lưu một bản mới hơn" in response.content.decode()
    assert draft.criteria.count() == 3
    again = data | {"version": str(response.context["form"].data["version"])}
    assert client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), again).status_code == 302
    assert draft.criteria.get(code="1").text == "Của tôi"


# --- Approval


@pytest.mark.parametrize(
    ("rows", "total", "words"),
    [
        ([], 100, "chưa có mục nào"),
        (TREE[:2], 100, "Mục I: tối đa 100 điểm, các mục trong đó cộng lại 60"),
        (TREE, 1000, "Điểm chính cộng lại 100, tổng điểm của bộ tiêu chí là 1.000"),
    ],
)
def test_a_set_whose_sums_disagree_is_not_approved(category, officer, leader, rows, total, words):
    made = make_set(category, officer, rows=rows, total=Decimal(total))
    with pytest.raises(Refused, match=words):
        criteria.approve(made, by=leader, day=date(2026, 3, 1))
    assert CriteriaSet.objects.get(pk=made.pk).is_draft


def test_an_officer_and_a_day_to_come_do_not_approve(draft, officer, leader):
    with pytest.raises(Refused, match="lãnh đạo Sở Nội vụ hoặc người quản trị"):
        criteria.approve(draft, by=officer, day=date(2026, 3, 1))
    with pytest.raises(Refused, match="chưa đến"):
        criteria.approve(draft, by=leader, day=date(2099, 1, 1))
    assert CriteriaSet.objects.get(pk=draft.pk).is_draft


def test_after_approval_nothing_changes_in_a_set(draft, officer, leader):
    criteria.approve(draft, by=leader, day=date(2026, 3, 1))
    approved = CriteriaSet.objects.get(pk=draft.pk)
    leaf = approved.criteria.get(code="1")
    for act in (
        lambda: criteria.save(approved, TREE[:3], by=officer),
        lambda: criteria.approve(approved, by=leader, day=date(2026, 3, 2)),
        lambda: criteria.discard(approved, by=officer),
    ):
        with pytest.raises(Refused, match="lập phiên bản mới"):
            act()
    for write in (
        leaf.save,
        leaf.delete,
        approved.save,
        approved.delete,
        Criterion(set=approved, code="9", text="Thêm", maximum=1).save,
    ):
        with pytest.raises(SetIsApproved, match="lập phiên bản mới"):
            write()
    assert criteria.tree_of(approved) == TREE


def test_a_copy_is_the_next_version_and_can_be_changed(category, officer, leader):
    old = make_set(category, officer, approver=leader)
    new = criteria.copy(old, by=officer)
    criteria.save(new, TREE[:3], by=officer)
    assert (new.number, new.state, len(criteria.tree_of(new))) == (2, "draft", 3)
    assert criteria.tree_of(old) == TREE


def test_the_newest_approved_version_of_the_year_is_scored_by(category, officer, leader):
    first = make_set(category, officer, approver=leader, applies_from=2025)
    make_set(category, officer, approver=leader, applies_from=2027)
    make_set(category, officer)
    assert [criteria.newest_for(category, year) for year in (2024, 2026)] == [None, first]


# --- Who may


ACTIONS = ["new_criteria", "edit_criteria", "import_criteria", "copy_criteria", "discard_criteria", "approve_criteria"]


def stored():
    return list(CriteriaSet.objects.values()), list(Criterion.objects.values())


@pytest.mark.parametrize("name", ACTIONS)
def test_units_write_no_criteria(turn_of, name, category, officer, leader, client_of):
    sets = make_set(category, officer), make_set(category, officer, approver=leader)
    before = stored()
    for who in UNITS:
        with turn_of(who) as person:
            for made in sets:
                args = [] if name == "new_criteria" else [made.pk]
                assert client_of(person).post(reverse(name, args=args), posted(made)).status_code in (403, 404)
                assert stored() == before


def test_who_approves(turn_of, draft, client_of):
    for who, status in (("officer", 403), ("leader", 302), ("administrator", 302)):
        with turn_of(who) as person:
            answer = client_of(person).post(reverse("approve_criteria", args=[draft.pk]), {"day": "01/03/2026"})
            assert answer.status_code == status
            assert CriteriaSet.objects.get(pk=draft.pk).is_draft is (status == 403)


def test_the_department_writes_criteria(turn_of, draft, category, client_of):
    new = {"category": category.pk, "name": "Bộ mới", "total": "1.000", "applies_from": "2026"}
    for who in ("officer", "leader", "administrator"):
        with turn_of(who) as person:
            client = client_of(person)
            assert client.post(reverse("new_criteria"), new).status_code == 302
            assert CriteriaSet.objects.get(name="Bộ mới").total == 1000
            assert client.post(reverse("edit_criteria", args=[draft.pk]), posted(draft)).status_code == 302
            assert client.post(reverse("copy_criteria", args=[draft.pk])).status_code == 302
            assert client.post(reverse("discard_criteria", args=[draft.pk])).status_code == 302
            assert not CriteriaSet.objects.filter(pk=draft.pk).exists()


def test_a_draft_is_read_by_the_department_alone_and_an_approved_set_by_all(
    turn_of, draft, category, officer, leader, client_of
):
    approved = make_set(category, officer, approver=leader)
    for who in UNITS:
        with turn_of(who) as person:
            client = client_of(person)
            assert client.get(draft.get_absolute_url()).status_code == 404
            assert client.get(approved.get_absolute_url()).status_code == 200
            assert list(client.get(reverse("criteria_sets")).context["sets"]) == [approved]


def test_an_approved_set_is_not_opened_for_editing(category, officer, leader, client_of):
    approved = make_set(category, officer, approver=leader)
    for name in ("edit_criteria", "import_criteria"):
        assert client_of(officer).get(reverse(name, args=[approved.pk])).url == approved.get_absolute_url()
        assert client_of(officer).post(reverse(name, args=[approved.pk]), posted(approved)).status_code == 302
    assert criteria.tree_of(approved) == TREE


# --- Excel


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
        (SimpleUploadedFile("a.xlsx", b"<html>"), "bên trong là"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.4"), "không trọn vẹn"),
    ],
)
def test_a_file_that_is_no_tree_is_refused_in_words(draft, officer, client_of, file, words):
    file.seek(0)
    page = client_of(officer).post(reverse("import_criteria", args=[draft.pk]), {"file": file})
    assert page.status_code == 422
    assert words in page.content.decode()


# --- Excel as offices fill it in

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


# --- Pages


def test_the_pages_cost_the_same_with_many_rows(category, officer, client_of):
    client, small = client_of(officer), make_set(category, officer, rows=TREE[:2])
    urls = [reverse("criteria_sets"), small.get_absolute_url(), reverse("edit_criteria", args=[small.pk])]

    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = [cost(url) for url in urls]
    many = [TreeRow(1 if n % 5 == 0 else 2, str(n), "Mục", Kind.MAIN, Decimal(1)) for n in range(100)]
    criteria.save(small, many, by=officer)
    for _ in range(5):
        make_set(category, officer)
    assert [cost(url) for url in urls] == few
