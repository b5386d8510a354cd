"""Lists from Excel as offices fill them in, good and bad: what is recognised, matched, refused, mended, stored."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.decisions import actions
from awards.decisions.checking import report_on
from awards.models import Award, Recipient
from documents.models import Upload
from documents.steps.refusing import Refused
from tests.awards.decisions.lists import BODIES, MIXED, PERSONS, begun, entry_of, mixed, sent
from tests.conftest import make_unit
from tests.documents.excel.workbooks import book_of, upload, written

pytestmark = pytest.mark.django_db
CODES = [["STT", "Mã số", "Hình thức khen thưởng"], [1, "1650360491", "Bằng khen"], [2, "9990000001", "Giấy khen"]]


def row(name="Lý A", award="Bằng khen", whom="Khen thưởng cá nhân", unit="Sở Mẫu", **more):
    """A row under the mixed headings."""
    return [1, more.get("title"), name, more.get("post"), unit, whom, award, more.get("cls"), None]


def faults(entry):
    return [f"{where}: {words}" for where, words in report_on(entry).faults]


def people(*rows, codes=()):
    """The workbook of persons, with its sheet of codes."""
    book = book_of(["DANH SÁCH ĐỐI TƯỢNG ĐỀ NGHỊ KHEN THƯỞNG"], [], PERSONS, *rows, title="DANHSACH")
    book.active.merge_cells("A1:K1")
    sheet = book.create_sheet("DANHMUC")
    for line in [[], *(codes or CODES)]:
        sheet.append(line)
    return book


def test_persons_collectives_and_households_in_one_list(types, officer):
    unit = make_unit("so-mau", "Sở Mẫu")
    book = mixed(
        row("Nguyễn Anh Mẫu", title="Ông", post="Phó Giám đốc", cls="Các cấp lãnh đạo từ phó phòng trở lên"),
        row("Sở Mẫu", whom="Khen thưởng tập thể", unit=None, cls="Doanh nhân"),
        row("Hộ ông Vi Văn Mẫu", whom="Khen thưởng hộ gia đình", unit=None, cls="Hộ gia đình"),
    )  # fmt: skip
    # Columns of codes that were never worked out ship as #N/A.
    for column, name in enumerate(["Mã Phân loại khen thưởng", "Mã Danh hiệu thi đua"], start=18):
        book.active.cell(1, column, name)
        book.active.cell(2, column, "#N/A").data_type = "e"
    guide = book.create_sheet("Hướng dẫn")
    guide.append(MIXED)
    guide.append(row("Không đọc dòng này"))
    book.create_sheet("HTKT").sheet_state = "hidden"
    entry = sent(begun(officer), book, officer)
    assert faults(entry) == []
    assert "trang tính ẩn «HTKT»" in entry.columns["unread"]
    actions.store(entry.decision, by=officer)
    first, second, third = Award.objects.order_by("position")
    assert (first.recipient.gender, first.position_class, first.post) == ("male", "other", "Phó Giám đốc, Sở Mẫu")
    assert second.recipient.unit == unit
    assert second.recipient.is_unit
    assert second.position_class == ""
    assert third.recipient.kind == "household"
    assert not Upload.objects.exists()


def test_the_workbook_of_persons_with_ten_digit_codes(types, officer):
    make_unit("so-mau", "Sở Mẫu")
    book = people(
        [1, "Lý Thị Mẫu", "Nữ", datetime(1985, 3, 4), "Trưởng phòng", "Phòng A", "Sở Mẫu", "", "1660638930", "1650360491"],
        [2, "Vi Văn Mẫu", "Nam", "1990", None, None, "Sở Mẫu", None, 1660638976, None, "1647508703"],
        [3, "Hứa Văn Mẫu", "Nam", "05/06/1991", None, None, "Sở Mẫu", None, None, "1650360491", "1647508703"],
        [4, "Lê Văn Mẫu", None, None, None, None, "Sở Mẫu", None, None, "9990000001", None],
        [5, "Tô Văn Mẫu", None, None, None, None, "Sở Mẫu", None, None, "1234567890", None],
    )  # fmt: skip
    entry = sent(begun(officer), book, officer)
    told = faults(entry)
    assert len(told) == 2
    assert "ô J7" in told[0]
    assert "không đúng thẩm quyền" in told[0]
    assert "giấy khen" in told[0].lower()
    assert told[1].endswith(
        "Không rõ mã 1234567890 là danh hiệu, hình thức nào. Hãy ghi tên đầy đủ như trong danh mục, hoặc mã."
    )
    book["DANHSACH"].delete_rows(7, 2)
    entry = sent(entry.decision, book, officer)
    actions.store(entry.decision, by=officer)
    given = Award.objects.order_by("position").values_list(
        "name", "type__code", "recipient__began_on", "recipient__began_year"
    )
    assert list(given) == [
        ("Lý Thị Mẫu", "BKT", date(1985, 3, 4), 1985),
        ("Vi Văn Mẫu", "CSTDT", None, 1990),
        ("Hứa Văn Mẫu", "BKT", date(1991, 6, 5), 1991),
        ("Hứa Văn Mẫu", "CSTDT", date(1991, 6, 5), 1991),
    ]
    assert Recipient.objects.count() == 3


def test_the_workbook_of_collectives(types, officer):
    book = book_of(
        [],
        [],
        BODIES,
        [1, "Trường Mẫu", "1660638226", None, "1647933151"],
        [2, "Công ty Mẫu", "1660638247", None, "1647933151"],
    )
    entry = sent(begun(officer), book, officer)
    assert faults(entry) == []
    actions.store(entry.decision, by=officer)
    given = Award.objects.order_by("position").values_list("type__code", "recipient__kind", "body_class")
    assert list(given) == [("TTLDXS", "collective", "office"), ("TTLDXS", "collective", "enterprise")]


def test_headings_that_are_not_known_are_matched_by_a_person(types, officer, client_of):
    decision, client = begun(officer), client_of(officer)
    book = book_of(
        ["Danh sách"], ["Ai", "Ở đâu", "Được gì"], ["Lý A", "Sở Mẫu", "Bằng khen"], ["Lý B", "Sở Mẫu", "Bằng khen"]
    )
    answer = client.post(reverse("list_file", args=[decision.pk]), {"file": upload(book)})
    assert answer.url == reverse("match_columns", args=[decision.pk])
    page = client.get(answer.url).content.decode()
    assert "Được gì" in page
    told = {"sheet": "Danh sách", "head": 2, "whom": "person", "at_name": "1", "at_unit": "2", "at_award": "2"}
    refused = client.post(answer.url, told)
    assert refused.status_code == 422
    assert "đã chọn cho" in refused.content.decode()
    assert client.post(answer.url, told | {"at_award": "3"}).url == reverse("check_list", args=[decision.pk])
    report = report_on(entry_of(decision))
    assert (report.rows, report.new, report.faults) == (2, 2, [])


REFUSED_LINES = [
    (row(award="Chiến sĩ thi đua cơ sở", whom="Khen thưởng hộ gia đình"), {}, "hộ gia đình không được tặng"),
    (row(award="CSTĐCS"), {"office": "commune", "day": date(2025, 6, 30)}, "không đúng thẩm quyền"),
    (row(award="CSTĐCS"), {"office": "commune", "day": date(2025, 7, 1)}, ""),
    (row(award="CSTĐCS"), {"office": "district", "day": date(2025, 6, 30)}, ""),
    (row("Xã Mẫu", "XPTB", "Khen thưởng tập thể"), {"day": date(2023, 12, 31)}, "không có"),
    (row("Xã Mẫu", "XPTB", "Khen thưởng tập thể"), {"day": date(2024, 1, 1)}, ""),
    (row(award="Huân chương Lao động"), {"office": "president"}, "chưa ghi hạng"),
    (row(award="Huân chương Lao động hạng Ba"), {"office": "president"}, ""),
    (row(award="Huy chương Vàng"), {}, "Không có danh hiệu"),
    (row(name=None), {}, "chưa ghi tên"),
    (row(whom="Khen thưởng ai đó"), {}, "là cá nhân, tập thể hay hộ"),
    (row(whom=None), {}, "không rõ là cá nhân"),
    (row(award=None), {}, "chưa ghi danh hiệu"),
    (row(cls="Lãnh đạo lạ"), {}, "không rõ phân loại"),
    (row("Sở Mới", whom="Khen thưởng tập thể", unit=None), {}, "chưa thành lập"),
]


@pytest.mark.parametrize(("line", "decision", "words"), REFUSED_LINES)
def test_what_a_line_cannot_say(types, officer, line, decision, words):
    make_unit("so-moi", "Sở Mới", founded=date(2025, 3, 1))
    told = faults(sent(begun(officer, **decision), mixed(line), officer))
    assert (words in told[0] and "ô " in told[0]) if words else told == []


def test_an_award_before_birth(types, officer):
    line = [1, "Lý A", None, datetime(2024, 12, 26), None, None, None, None, None, "1650360491", None]
    assert "chưa sinh (26/12/2024)" in faults(sent(begun(officer), people(line), officer))[0]
    line[3] = datetime(1990, 12, 26)
    assert faults(sent(begun(officer, number="2/QĐ-UBND"), people(line), officer)) == []


def test_cells_that_cannot_be_trusted_are_told_with_their_address(types, officer):
    def fill(book):
        sheet = book.add_worksheet("DANHSACH")
        for column, name in enumerate(PERSONS):
            sheet.write_string(0, column, name)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for line in range(1, 8):
            sheet.write_string(line, 1, f"Lý {'ABCDEGH'[line - 1]}")
            sheet.write_string(line, 9, "1650360491")
        sheet.write_formula(1, 9, "=VLOOKUP(1,A1:B2,2)", None, "")
        sheet.write_datetime(2, 9, datetime(2024, 1, 2), day)
        sheet.write_number(3, 9, 1650360491000001)
        sheet.merge_range("H5:H6", "Xã Mẫu")
        sheet.write_string(6, 3, "31/02/1990")
        sheet.write_boolean(7, 3, True)

    told = faults(sent(begun(officer), written(fill), officer))
    assert [(line.split("ô ")[1][:2], next(part for part in PARTS if part in line)) for line in told] == [
("J2", "công thức"), ("J3", "đổi thành ngày"), ("J4", "làm tròn"), ("H6", "bị gộp"), ("D7", "không phải ngày"),
        ("D8", "không phải ngày"),
    ]  # fmt: skip


PARTS = ["công thức", "đổi thành ngày", "làm tròn", "bị gộp", "không phải ngày"]


def test_days_written_in_both_orders_are_not_guessed(types, officer):
    lines = [[n, f"Lý {n}", None, born, None, None, None, None, None, "1650360491", None]
             for n, born in enumerate(["12/31/1980", "03/04/1980", "25/04/1980", "05/05/1980"], start=1)]  # fmt: skip
    told = faults(sent(begun(officer), people(*lines), officer))
    assert len(told) == 2
    assert "«12/31/1980» không phải ngày" in told[0]
    assert "không rõ «03/04/1980»" in told[1]
    lines[0][3] = "31/12/1980"
    assert faults(sent(begun(officer, number="2/QĐ-UBND"), people(*lines), officer)) == []


def test_days_counted_from_1904(types, officer):
    book = people([1, "Lý A", None, datetime(1980, 5, 6), None, None, None, None, None, "1650360491", None])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    entry = sent(begun(officer), book, officer)
    actions.store(entry.decision, by=officer)
    assert Recipient.objects.get().began_on == date(1980, 5, 6)


def test_what_is_hidden_is_not_read_and_is_told(types, officer):
    book = mixed(row("Lý A"), row("Lý B"), row("Lý C"))
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["D"].hidden = True
    entry = sent(begun(officer), book, officer)
    assert report_on(entry).rows == 2
    assert entry.columns["unread"] == ["các cột ẩn", "1 dòng ẩn (3)"]
    book.active.sheet_state = "hidden"
    book.create_sheet("Trang khác")
    with pytest.raises(Refused, match=r"chưa ghi gì.*bỏ ẩn trang đó"):
        sent(begun(officer, number="2/QĐ-UBND"), book, officer)


def test_two_lists_in_one_file_and_a_file_that_is_none_are_refused(types, officer):
    book = mixed(row("Lý A"))
    other = book.create_sheet("Lần 2")
    other.append(MIXED)
    other.append(row("Lý B"))
    decision = begun(officer)
    for content, words in ((book, "2 trang tính"), (book_of(MIXED), "không có dòng nào"), (b"khong phai Excel", "tệp")):
        with pytest.raises(Exception, match=words):
            sent(decision, content, officer)
    assert not Upload.objects.exists()


def test_a_file_that_unpacks_to_300_megabytes_is_refused_before_it_is_read(types, officer):
    book = io.BytesIO()
    mixed(row("Lý A")).save(book)
    swollen = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("xl/media/anh.bin", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1 << 20))
    with pytest.raises(
        (Refused, Exception), match=r"khi mở ra là 300 MB, quá lớn đối với một danh sách .nhiều nhất 200 MB"
    ):
        sent(begun(officer), swollen.getvalue(), officer)
    assert not Upload.objects.exists()


def test_old_letters_are_told_and_converted_when_asked(types, officer, client_of):
    decision = begun(officer)
    entry = sent(decision, mixed(row("NguyÔn V¨n Hßa", unit="Së Néi vô")), officer)
    told = faults(entry)
    assert "TCVN3" in told[0]
    assert "Nguyễn Văn Hòa" in told[0]
    client_of(officer).post(reverse("mend_list", args=[decision.pk]), {"act": "convert"})
    entry = entry_of(decision)
    assert faults(entry) == []
    actions.store(decision, by=officer)
    assert Recipient.objects.get().name == "Nguyễn Văn Hòa"


def test_names_in_parts_and_the_other_letter_are_one(types, officer):
    import unicodedata

    known = Recipient.objects.create(kind="person", name="Đặng Văn Hoà", unit=make_unit("so-mau", "Sở Mẫu"))
    names = [unicodedata.normalize("NFD", "Đặng Văn Hòa"), "\u00d0ặng Văn Hoà"]
    lines = [row(names[0], award="Bằng khen"), row(names[1], award="CSTĐ tỉnh")]
    entry = sent(begun(officer), mixed(*lines), officer)
    assert report_on(entry).known == 2
    actions.store(entry.decision, by=officer)
    assert set(Award.objects.values_list("name", "recipient")) == {
        ("Đặng Văn Hòa", known.pk),
        ("Đặng Văn Hoà", known.pk),
    }


def test_bad_rows_go_out_and_come_back_corrected(types, officer, client_of):
    decision, client = begun(officer), client_of(officer)
    sent(decision, mixed(row("Lý A"), row("Lý B", award="Bằng khem"), row("Lý C", whom="?"), row("Lý D")), officer)
    page = client.get(reverse("check_list", args=[decision.pk]))
    assert "2 chỗ sai" in page.content.decode()
    file = client.get(reverse("check_list", args=[decision.pk]), {"xuat": "xlsx"}).content
    book = openpyxl.load_workbook(io.BytesIO(file))
    sheet = book.active
    head = next(line for line in sheet.iter_rows() if line[0].value == "Dòng gốc")
    at = {cell.value: cell.column for cell in head}
    first, second = head[0].row + 1, head[0].row + 2
    assert [sheet.cell(line, 1).value for line in (first, second)] == [3, 4]
    assert "Bằng khem" in sheet.cell(first, at["Cần sửa"]).value
    sheet.cell(first, at["Danh hiệu thi đua/Hình thức khen thưởng"]).value = "Bằng khen"
    sheet.cell(second, at["Phân loại khen thưởng"]).value = "Cá nhân"
    memory = io.BytesIO()
    book.save(memory)
    answer = client.post(
        reverse("list_file", args=[decision.pk]), {"file": SimpleUploadedFile("sua.xlsx", memory.getvalue())}
    )
    assert answer.url == reverse("check_list", args=[decision.pk])
    report = report_on(entry_of(decision))
    assert (report.rows, report.lines, report.faults) == (4, 4, [])
    actions.store(decision, by=officer)
    assert list(Award.objects.order_by("position").values_list("name", flat=True)) == ["Lý A", "Lý B", "Lý C", "Lý D"]


def test_all_or_nothing(types, officer):
    decision = begun(officer)
    sent(decision, mixed(row("Lý A"), row("Lý B"), row("Lý B")), officer)
    with pytest.raises(Refused, match="trùng dòng 3"):
        actions.store(decision, by=officer)
    assert not Award.objects.exists()
    assert not Recipient.objects.exists()


def test_the_same_queries_for_few_and_for_many(types, officer, django_assert_num_queries):
    unit = make_unit("so-mau", "Sở Mẫu")
    few = sent(begun(officer, number="1/QĐ"), mixed(*(row(f"Lý {n}") for n in range(3))), officer)
    many = sent(begun(officer, number="2/QĐ"), mixed(*(row(f"Lê {n}") for n in range(300))), officer)
    Recipient.objects.create(kind="person", name="Lý 1", unit=unit)
    Recipient.objects.create(kind="person", name="Lê 1", unit=unit)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as asked:
        report_on(few)
    with django_assert_num_queries(len(asked)):
        report_on(many)
