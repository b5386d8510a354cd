"""Lists as offices keep them: parts with headings, sums, signatures, two rows of headings; and files that are no list."""

import unicodedata
from datetime import date, datetime

import pytest
from django.urls import reverse

from awards.decisions import actions
from awards.decisions.checking import report_on
from awards.models import Award, Recipient
from documents.models import Upload
from documents.steps.refusing import Refused
from tests.awards.decisions.lists import begun, sent
from tests.conftest import make_unit
from tests.documents.excel.workbooks import book_of

pytestmark = pytest.mark.django_db
HEADS = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị công tác", "Danh hiệu thi đua", "Năm"]
TEAM = "Tập thể Lao động xuất sắc"


@pytest.fixture
def unit(db):
    return make_unit("so-mau", "Sở Mẫu")


def row(mark=1, name="Lý A", award="CSTĐ tỉnh", unit="Sở Mẫu", born=None):
    return [mark, name, born, None, unit, award, 2024]


def listed(*rows, merged=(), heads=(HEADS,)):
    book = book_of(*heads, *rows)
    for place in merged:
        book.active.merge_cells(place)
    return book


def told(entry):
    report = report_on(entry)
    return report, [f"{where}: {words}" for where, words in report.faults]


def test_headings_of_parts_say_who_and_where(types, officer, unit):
    book = listed(
        ["I", "TẬP THỂ (01 tập thể)"], row(1, "Sở Mẫu", TEAM, None), ["II. CÁ NHÂN"], ["A. Sở Mẫu"],
        row(1, "Lý A", unit=None), ["B. Khối trường học"], row(2, "Lý B", unit=None),
        merged=["B2:G2", "A4:G4", "A5:G5", "A7:G7"],
    )  # fmt: skip
    entry = sent(begun(officer), book, officer)
    report, faults = told(entry)
    assert faults == []
    assert report.rows == 3
    assert report.sections == [
        [2, "I TẬP THỂ (01 tập thể)"], [4, "II. CÁ NHÂN"], [5, "A. Sở Mẫu"], [7, "B. Khối trường học"],
    ]  # fmt: skip
    actions.store(entry.decision, by=officer)
    given = Award.objects.order_by("position").values_list("name", "whom", "unit", "post")
    assert list(given) == [
        ("Sở Mẫu", "collective", unit.pk, ""), ("Lý A", "person", unit.pk, "Sở Mẫu"), ("Lý B", "person", None, ""),
    ]  # fmt: skip


def test_a_heading_of_a_part_is_nobody_where_the_award_is_shared(types, officer, unit):
    entry = sent(
        begun(officer, award=types["BKT"]), listed(["I", "CÁ NHÂN"], [1, "Lý A"], ["II", "HỘ GIA ĐÌNH"]), officer
    )
    report, faults = told(entry)
    assert (report.rows, report.section_count, faults) == (1, 2, [])


def test_headings_that_name_awards_give_them(types, officer, unit):
    book = listed(["I", "Chiến sĩ thi đua cấp tỉnh"], row(award=None), ["II", "Bằng khen của Chủ tịch UBND tỉnh"],
                  row(2, "Lý B", None), row(3, "Lý C", "CSTĐ tỉnh"))  # fmt: skip
    entry = sent(begun(officer), book, officer)
    assert told(entry)[1] == []
    actions.store(entry.decision, by=officer)
    assert list(Award.objects.order_by("position").values_list("type__code", flat=True)) == ["CSTDT", "BKT", "CSTDT"]


def test_a_list_numbered_in_letters_has_no_headings(types, officer, unit):
    rows = [[mark, name] for mark, name in (("I", "Lý A"), ("II", "Lý B"), ("III", "Lý C"))]
    report, faults = told(sent(begun(officer, award=types["BKT"]), listed(*rows), officer))
    assert (report.rows, report.section_count, faults) == (3, 0, [])


def test_sums_and_signatures_are_nobody_and_are_told(types, officer, unit):
    below = [
        ["Tổng cộng: 02 cá nhân"], [None, "Tổng cộng", None, None, None, 2], [None, "(Danh sách có 02 cá nhân)"],
        [None, None, None, None, "NGƯỜI LẬP BIỂU"], [None, "Hứa Thị Ký"],
    ]  # fmt: skip
    book = listed(row(1, "Tống Công Minh"), row(2, "Lý B"), *below)
    report, faults = told(sent(begun(officer), book, officer))
    assert (report.rows, faults) == (2, [])
    assert [number for number, _ in report.aside] == [4, 5, 6, 7, 8]
    assert report.aside[4] == [8, "Hứa Thị Ký"]


def test_rows_that_hold_no_more_than_their_number_are_none(types, officer, unit):
    entry = sent(begun(officer), listed(row(1), [2], [3], row(4, "Lý B")), officer)
    assert told(entry)[0].rows == 2


def test_headings_in_two_rows_below_a_letterhead(types, officer, unit):
    heads = [
        ["ỦY BAN NHÂN DÂN TỈNH MẪU"], ["DANH SÁCH CÁ NHÂN ĐƯỢC TẶNG THƯỞNG"], [],
        ["STT", "Họ và tên", "Năm sinh", None, "Nơi công tác", None, "Danh hiệu thi đua", "Mức thưởng (nghìn đồng)"],
        [None, None, "Nam", "Nữ", "Chức vụ", "Đơn vị công tác", None],
    ]  # fmt: skip
    book = listed(
        [1, "Lý A", datetime(1980, 1, 2), None, "Kế toán", "Sở Mẫu", "CSTĐ tỉnh", 7020],
        [2, "Lý B", None, 1982, None, "Sở Mẫu", "CSTĐ tỉnh"],
        heads=heads, merged=["A1:G1", "A4:A5", "B4:B5", "C4:D4", "E4:F4", "G4:G5"],
    )  # fmt: skip
    entry = sent(begun(officer), book, officer)
    assert told(entry)[1] == []
    actions.store(entry.decision, by=officer)
    made = Recipient.objects.order_by("pk").values_list("name", "gender", "began_on", "began_year", "post", "unit")
    assert list(made) == [
        ("Lý A", "male", date(1980, 1, 2), 1980, "Kế toán", unit.pk), ("Lý B", "female", None, 1982, "", unit.pk),
    ]  # fmt: skip
    assert Award.objects.get(name="Lý A").amount == 7_020_000


def test_money_is_read_stored_and_told_where_it_is_none(types, officer, client_of):
    heads = ["STT", "Họ và tên", "Danh hiệu thi đua", "Mức thưởng (nghìn đồng)"]
    rows = [[1, "Lý A", "CSTĐ tỉnh", 7020], [2, "Lý B", "CSTĐ tỉnh", "7.020,5đ"], [3, "Lý C", "CSTĐ tỉnh", None]]
    entry = sent(begun(officer), listed(*rows, heads=[heads]), officer)
    assert told(entry)[1] == []
    actions.store(entry.decision, by=officer)
    assert list(Award.objects.order_by("position").values_list("amount", flat=True)) == [7_020_000, 7_020_500, None]
    page = client_of(officer).get(reverse("award", args=[Award.objects.get(name="Lý A").pk]))
    assert "7.020.000 đồng" in page.content.decode()
    bad = [[1, "Lý A", "CSTĐ tỉnh", -5], [2, "Lý B", "CSTĐ tỉnh", "một triệu"], [3, "Lý C", "CSTĐ tỉnh", "1,500.5"]]
    faults = told(sent(begun(officer, number="2/QĐ"), listed(*bad, heads=[heads]), officer))[1]
    assert [line.split("ô ")[1][:2] for line in faults] == ["D2", "D3", "D4"]


def test_one_sum_is_not_parted_between_two_awards(types, officer):
    heads = ["STT", "Họ và tên", "Mã hình thức khen thưởng", "Mã danh hiệu thi đua", "Số tiền"]
    faults = told(sent(begun(officer), listed([1, "Lý A", "1650360491", "CSTDT", 5], heads=[heads]), officer))[1]
    assert "Hãy tách thành hai dòng" in faults[0]


def test_money_is_typed(types, officer):
    decision = begun(officer, award=types["BKT"])
    actions.type_rows(decision, [{"whom": "Cá nhân", "name": "Lý A", "amount": "1.500.000"}], by=officer)
    assert actions.store(decision, by=officer).awards.get().amount == 1_500_000


DAYS = [(row(unit=datetime(2026, 3, 12)), "E2", "đổi thành ngày (12/03/2026)"),
        (row(award=datetime(2026, 12, 3)), "F2", "đổi thành ngày"),
        ([1, datetime(2026, 12, 3), None, None, "Sở Mẫu", "CSTĐ tỉnh", 2024], "B2", "đổi thành ngày"),
        ([1, '=CONCATENATE("Lý"," A")', None, None, "Sở Mẫu", "CSTĐ tỉnh", 2024], "B2", "chưa có kết quả")]  # fmt: skip


@pytest.mark.parametrize(("line", "place", "words"), DAYS)
def test_what_excel_made_of_words_is_told_once(types, officer, unit, line, place, words):
    (fault,) = told(sent(begun(officer), listed(line), officer))[1]
    assert f"ô {place}: " in fault
    assert words in fault


def test_columns_that_are_not_read_are_told(types, officer, unit):
    heads = [unicodedata.normalize("NFD", head) for head in [*HEADS, "Họ tên", "Ghi chú", "Số tài khoản"]]
    entry = sent(begun(officer), listed([*row(), "Lý B", None, "12345"], heads=[heads]), officer)
    assert entry.columns["unread"] == ["cột H «Họ tên»", "cột J «Số tài khoản»"]


SAVED_AS = "Lưu thành «Excel Workbook"
NO_BOOKS = [
    ("ds.csv", "STT,Họ và tên\n1,Lý A\n".encode(), "tệp chữ .*" + SAVED_AS),
    ("ds.csv", "STT;Họ và tên\n1;Lý A\n".encode("utf-8-sig"), "tệp chữ .*" + SAVED_AS),
    ("ds.csv", "STT\tHọ và tên\n1\tLý A\n".encode("utf-16"), "tệp chữ .*" + SAVED_AS),
    ("ds.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "kiểu cũ .*" + SAVED_AS),
    ("ds.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "đặt mật khẩu.*" + SAVED_AS),
    ("ds.xls", b"<html><table><tr><td>STT</td></tr></table></html>", SAVED_AS),
    ("ds.xlsx", "STT,Họ và tên\n".encode(), "chỉ đổi đuôi.*" + SAVED_AS),
    ("ds.pdf", b"%PDF-1.4", "không phải tệp Excel.*" + SAVED_AS),
    ("ds.xlsx", b"", "rỗng"),
    ("ds.xlsx", b"PK\x03\x04" + bytes(99), "hỏng"),
    ("ds.xlsx", book_of(), "chưa ghi gì"),
    ("ds.xlsx", book_of(HEADS), "không có dòng nào.*Hãy ghi danh sách"),
    ("ds.xlsx", book_of([*HEADS, "Họ và tên"], row()), "hai lần"),
]


@pytest.mark.parametrize(("name", "content", "words"), NO_BOOKS)
def test_files_that_are_no_list_say_what_to_do(types, officer, name, content, words):
    with pytest.raises(Refused, match=f"(?s){words}"):
        sent(begun(officer), content, officer, name)
    assert not Upload.objects.exists()
