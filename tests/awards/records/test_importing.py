"""Records from Excel, every kind in one way: recognised, matched, checked, mended, stored whole or not at all."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Authorship, HeldPost, Import, Initiative, Pause, Rating, Team
from awards.records import entering, importing
from awards.records.import_views import desk_of
from awards.records.kinds import RATINGS
from documents.models import Change, Upload
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.conftest import make_unit
from tests.days import TODAY
from tests.documents.excel.workbooks import book_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_the_run")]
LAST = TODAY.year - 1
LISTS = {Initiative: "initiatives", Rating: "ratings", Team: "teams", Pause: "pauses", HeldPost: "held_posts"}


@pytest.fixture
def person(types, other_unit):
    return make_recipient(name="Nguyễn Văn Mẫu", unit=other_unit, began_on=date(1980, 3, 4))


@pytest.fixture
def body(types, other_unit):
    return make_recipient("collective", "Phòng Mẫu", unit=other_unit)


@pytest.fixture
def client(client_of, officer):
    return client_of(officer)


def sent(client, model, book, **shared):
    """The page that follows a file."""
    return client.post(reverse(f"import_{LISTS[model]}"), {"file": upload(book)} | shared, follow=True)


def stored(client, model):
    """Press the button of the page of checking."""
    page = client.get(reverse(f"import_{LISTS[model]}_check"))
    return client.post(reverse(f"import_{LISTS[model]}_store"), {"seen": page.context["plan"].print})


def faults(page):
    """[(cell, beginning of what is wrong)]"""
    return [(where.rpartition("ô ")[2], words) for where, words in page.context["faults"]]


BOOKS = {
    Rating: (["STT", "Họ và tên", "Đơn vị công tác", "Mức xếp loại"], [1, "NGUYỄN VĂN MẪU", "Sở Y tế", "HTXSNV"]),
    Team: (["Tên tập thể", "Số người", "LĐTT", "CSTĐCS"], ["phòng mẫu", 10, 8, 2]),
    Pause: (["Họ tên", "Loại", "Từ ngày", "Đến ngày", "Văn bản", "Hình thức kỷ luật"],
            ["Nguyễn Văn Mẫu", "Kỷ luật", "05/03/2020", date(2021, 3, 4), "9/QĐ", "Cảnh cáo"]),
    HeldPost: (["Họ và tên", "Chức vụ", "Nơi giữ chức vụ", "Từ ngày", "Đến ngày", "Lớp chức vụ"],
               ["Nguyễn Văn Mẫu", "Giám đốc", "Sở Mẫu", date(2015, 2, 1), None, "Lãnh đạo sở"]),
    Initiative: (["STT", "Tên đề tài", "Ngày công nhận", "Đơn vị công nhận", "Tóm tắt thành tích", "Tên tác giả",
                  "Phòng ban làm việc", "Tên cơ quan"],
                 [1, "Số hóa hồ sơ", f"20/11/{LAST}", "UBND tỉnh", "Bớt giấy", "Nguyễn Văn Mẫu", None, "Sở Y tế"]),
}  # fmt: skip
SHARED = {
    Rating: {"year": LAST, "paper": "5/TB"},
    Team: {"year": LAST},
    Initiative: {"scope": "province", "number": "12/QĐ"},
}
TOLD = {
    Rating: {"year": LAST, "level": "excellent", "paper": "5/TB"},
    Team: {"year": LAST, "members": 10, "ldtt": 8, "cstdcs": 2, "completed": None},
    Pause: {"kind": "discipline", "since": date(2020, 3, 5), "until": date(2021, 3, 4), "paper": "9/QĐ", "note": "Cảnh cáo"},
    HeldPost: {"post": "Giám đốc", "place": "Sở Mẫu", "since": date(2015, 2, 1), "until": None, "position_class": "department"},
    Initiative: {"name": "Số hóa hồ sơ", "year": LAST, "scope": "province", "number": "12/QĐ", "issuer": "UBND tỉnh",
                 "summary": "Bớt giấy", "recognised_on": date(LAST, 11, 20)},
}  # fmt: skip


@pytest.mark.parametrize("model", BOOKS)
def test_each_kind_is_read_shown_and_stored_once(model, person, body, officer, client):
    page = sent(client, model, book_of(["DANH SÁCH"], *BOOKS[model]), **SHARED.get(model, {}))
    assert page.context["plan"].may_be_stored, faults(page)
    assert not model.objects.exists()
    assert stored(client, model).url == reverse(LISTS[model])
    row = model.objects.get()
    assert {name: getattr(row, name) for name in TOLD[model]} == TOLD[model]
    assert [one.recipient for one in row.authorships.all()] == [person] if model is Initiative else row.recipient_id
    note = Change.objects.latest("pk")
    assert (note.what, note.key, note.reason, note.by) == ("begin", row.pk, "Từ Tệp «thu.xlsx»", officer)
    assert not Import.objects.exists()
    assert not Upload.objects.exists()
    # The same file again tells nothing new, and what is pressed twice stores nothing.
    page = sent(client, model, book_of(["DANH SÁCH"], *BOOKS[model]), **SHARED.get(model, {}))
    assert (page.context["counts"]["same"], page.context["plan"].may_be_stored) == (1, False)
    stored(client, model)
    assert model.objects.count() == 1


@pytest.mark.parametrize("model", BOOKS)
def test_columns_are_matched_by_a_person_where_headings_are_not_known(model, person, body, client):
    heads, row = BOOKS[model]
    page = sent(client, model, book_of([f"Cột {n}" for n in range(len(heads))], row), **SHARED.get(model, {}))
    assert page.resolver_match.url_name == f"import_{LISTS[model]}_columns"
    fields = page.context["sheet"].fields
    told = {"sheet": "Danh sách", "head": 1}
    for place, head in enumerate(heads, 1):
        name = next((name for name, field in fields.items() if head in field.headings), None)
        told |= {f"at_{name}": place} if name else {}
    twice = dict(told, at_unit=told["at_name"]) | ({"at_unit": told["at_name"]})
    assert client.post(reverse(f"import_{LISTS[model]}_columns"), twice).status_code == 422
    page = client.post(reverse(f"import_{LISTS[model]}_columns"), told, follow=True)
    assert page.context["plan"].may_be_stored, faults(page)
    stored(client, model)
    assert model.objects.count() == 1


RATED = ["Họ và tên", "Ngày sinh", "Đơn vị công tác", "Mức xếp loại", "Năm"]
WRONG = [
    (Rating, RATED, ["Ai Đó", None, None, "Tốt", LAST], "A2", "chưa có «Ai Đó»"),
    (Rating, RATED, ["Nguyễn Văn Mẫu", None, None, "Rất tốt", LAST], "D2", "không rõ «Rất tốt»"),
    (Rating, RATED, ["Nguyễn Văn Mẫu", None, None, "Tốt", LAST + 2], "E2", "không đúng"),
    (Rating, RATED, ["Nguyễn Văn Mẫu", None, None, "Tốt", "năm ngoái"], "E2", "không phải một năm"),
    (Rating, RATED, ["Nguyễn Văn Mẫu", None, None, "Tốt", 1979], "E2", "trước khi"),
    (Rating, RATED, ["Nguyễn Văn Mẫu", None, None, "Tốt", None], "E2", "chưa ghi «Năm»"),
    (Rating, RATED, [None, None, None, "Tốt", LAST], "A2", "chưa ghi «Họ và tên»"),
    (Rating, RATED, ["Nguyễn Văn Mẫu", date(1981, 3, 4), None, "Tốt", LAST], "A2", "ngày sinh không khớp"),
    (Rating, RATED, ["NguyÔn V¨n MÉu", None, None, "Tốt", LAST], "A2", "bảng mã cũ"),
    (Team, ["Tên tập thể", "Số người", "LĐTT", "Năm"], ["Phòng Mẫu", 10, 11, LAST], "C2", "Lớn hơn số người"),
    (Team, ["Tên tập thể", "Số người", "LĐTT", "Năm"], ["Phòng Mẫu", 9.5, 1, LAST], "B2", "không phải số người"),
    (Team, ["Tên tập thể", "Số người", "LĐTT", "Năm"], ["Nguyễn Văn Mẫu", 9, 1, LAST], "A2", "chưa có"),
    (Pause, ["Họ tên", "Loại", "Từ ngày", "Đến ngày", "Văn bản"],
     ["Nguyễn Văn Mẫu", "Kỷ luật", date(2020, 3, 5), date(2020, 3, 4), "9"], "D2", "sớm hơn"),
    (Pause, ["Họ tên", "Loại", "Từ ngày", "Đến ngày", "Văn bản"],
     ["Nguyễn Văn Mẫu", "Kỷ luật", date(2150, 3, 5), None, "9"], "C2", "chưa đến"),
    (Pause, ["Họ tên", "Loại", "Từ ngày", "Đến ngày", "Văn bản"],
     ["Nguyễn Văn Mẫu", "Kỷ luật", "30/02/2020", None, "9"], "C2", "không phải ngày"),
    (HeldPost, ["Họ tên", "Chức vụ", "Nơi công tác", "Từ ngày", "Lớp chức vụ"],
     ["Nguyễn Văn Mẫu", "Giám đốc", "Sở", date(2020, 3, 5), None], "E2", "Hãy chọn lớp"),
    (Initiative, ["Tên sáng kiến", "Tác giả", "Năm", "Phạm vi"],
     ["Số hóa", "Nguyễn Văn Mẫu; Ai Đó", LAST, "Tỉnh"], "B2", "Ai Đó"),
    (Initiative, ["Tên sáng kiến", "Tác giả", "Năm", "Phạm vi"],
     ["Số hóa", "Nguyễn Văn Mẫu", LAST, None], "D2", "chưa ghi «Phạm vi"),
    (Initiative, ["Tên sáng kiến", "Tác giả", "Năm", "Phạm vi"],
     ["Số hóa", "Nguyễn Văn Mẫu, Nguyễn Văn Mẫu", LAST, "Tỉnh"], "B2", "hai lần"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "heads", "row", "cell", "words"), WRONG)
def test_a_bad_cell_is_told_with_its_address_and_nothing_is_stored(
    model, heads, row, cell, words, person, body, client
):
    page = sent(client, model, book_of(heads, row))
    found = [told for at, told in faults(page) if at == cell]
    assert len(found) == 1, faults(page)
    assert words in found[0]
    assert "Hãy" in found[0]
    stored(client, model)
    assert not model.objects.exists()


def test_old_letters_become_unicode_where_a_person_says_so(person, client):
    sent(client, Rating, book_of(RATED, ["NguyÔn V¨n MÉu", None, None, "Hoµn thµnh tèt nhiÖm vô", LAST]))
    page = client.post(reverse("import_ratings_mend"), {"act": "convert"}, follow=True)
    assert page.context["plan"].may_be_stored, faults(page)


def test_days_in_two_orders_are_not_guessed(person, client):
    heads = ["Họ tên", "Loại", "Từ ngày", "Văn bản"]
    page = sent(client, Pause, book_of(heads, ["Nguyễn Văn Mẫu", "Kỷ luật", "12/31/2020", "1"],
                                       ["Nguyễn Văn Mẫu", "Thanh tra", "03/04/2020", "2"]))  # fmt: skip
    assert [at for at, _ in faults(page)] == ["C2", "C3"]
    assert "tháng/ngày/năm" in faults(page)[1][1]


def test_rows_that_are_wrong_go_out_and_come_back_corrected(person, body, client):
    rows = (["Nguyễn Văn Mẫu", None, None, "Rất tốt", LAST], ["Phòng Mẫu", None, None, "Tốt", LAST])
    sent(client, Rating, book_of(["Tiêu đề"], RATED, *rows))
    out = client.get(reverse("import_ratings_check"), {"xuat": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(out.content))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if row[0].value == "Dòng gốc")
    names = [cell.value for cell in head]
    bad = [cell.value for cell in sheet[head[0].row + 1]]
    assert (bad[0], names[-1], bad[names.index("Mức xếp loại")]) == (3, "Cần sửa", "Rất tốt")
    assert "Mức xếp loại: không rõ" in bad[-1]
    assert sheet.max_row == head[0].row + 1
    sheet.cell(head[0].row + 1, names.index("Mức xếp loại") + 1, "Tốt")
    page = client.post(reverse("import_ratings_mend"), {"act": "correct", "file": upload(book)}, follow=True)
    assert page.context["plan"].may_be_stored, faults(page)
    # A whole file in its place is refused, beside the field; rows alone are no list.
    assert (
        client.post(
            reverse("import_ratings_mend"), {"act": "correct", "file": upload(book_of(RATED, *rows))}
        ).status_code
        == 422
    )
    assert client.post(reverse("import_ratings"), {"file": upload(book)}).status_code == 422
    stored(client, Rating)
    assert Rating.objects.count() == 2


def test_who_is_meant_is_found_by_birth_and_unit_or_asked(person, client):
    unit = make_unit("so-b", "Sở B")
    twin = make_recipient(name="Nguyễn Văn Mẫu", unit=unit, began_on=date(1985, 1, 1))
    rows = (
        ["Nguyễn Văn Mẫu", "04/03/1980", None, "Tốt", LAST],
        ["Nguyễn Văn Mẫu", None, "Sở B", "Hoàn thành", LAST],
        ["Nguyễn Văn Mẫu", None, None, "Tốt", LAST - 1],
        ["Nguyễn Văn Mẫu", 1985, None, "Tốt", LAST - 2],
        ["Nguyễn Văn Mẫu", None, "Sở Khác", "Tốt", LAST - 3],
        # The only one of a name, who is known to be elsewhere, is asked too.
        ["Lý Duy Nhất", None, "Sở Khác", "Tốt", LAST],
    )
    alone = make_recipient(name="Lý Duy Nhất", unit=unit)
    page = sent(client, Rating, book_of(RATED, *rows))
    assert [(named.row, {one.pk for one in may}) for named, may in page.context["plan"].open] == [
        (4, {person.pk, twin.pk}), (6, {person.pk, twin.pk}), (7, {alone.pk}),
    ]  # fmt: skip
    stranger = make_recipient(name="Lý B")
    client.post(reverse("import_ratings_mend"), {"who-4-0": twin.pk, "who-6-0": stranger.pk})
    page = client.get(reverse("import_ratings_check"))
    assert [named.row for named, _ in page.context["plan"].open] == [6, 7]
    client.post(reverse("import_ratings_mend"), {"who-6-0": person.pk, "who-7-0": alone.pk})
    stored(client, Rating)
    assert set(Rating.objects.values_list("recipient", "year", "level")) == {
        (person.pk, LAST, "good"), (twin.pk, LAST, "done"), (twin.pk, LAST - 1, "good"), (twin.pk, LAST - 2, "good"),
        (person.pk, LAST - 3, "good"), (alone.pk, LAST, "good"),
    }  # fmt: skip


def test_a_second_record_leads_to_the_first_and_what_it_has_is_known(person, client):
    second = make_recipient(name="Nguyễn V. Mẫu", merged_into=person)
    Rating.objects.create(recipient=second, year=LAST, level="good")
    page = sent(client, Rating, book_of(RATED, ["Nguyễn V. Mẫu", None, None, "Xuất sắc", LAST]))
    assert [made.changes for made in page.context["plan"].made] == [
        [("Mức xếp loại", "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ")]
    ]
    stored(client, Rating)
    assert Rating.objects.get().level == "excellent"
    assert Rating.objects.get().version == 2


def test_two_rows_about_the_same_are_told(person, client):
    row = ["Nguyễn Văn Mẫu", None, None, "Tốt", LAST]
    page = sent(client, Rating, book_of(RATED, row, row))
    assert faults(page) == [("A3", "trùng dòng 2. Hãy bỏ một dòng.")]


def test_an_initiative_has_the_authors_of_all_its_rows(person, other_unit, client):
    second, third = make_recipient(name="Lý B", unit=other_unit), make_recipient(name="Hoàng C", unit=other_unit)
    book = book_of(
        ["Tên đề tài", "Tên tác giả", "Năm", "Phạm vi"],
        ["Số hóa", "Nguyễn Văn Mẫu", LAST, "Cấp tỉnh"],
        [None, "Lý B", None, None],
        ["SỐ HOÁ", "Hoàng C", None, None],
    )
    page = sent(client, Initiative, book)
    assert page.context["plan"].may_be_stored, faults(page)
    stored(client, Initiative)
    row = Initiative.objects.get()
    assert {one.recipient_id for one in row.authorships.all()} == {person.pk, second.pk, third.pk}
    # A merged cell goes on with the title above it.
    book.active.merge_cells("A2:A3")
    page = sent(client, Initiative, book)
    assert (faults(page), page.context["counts"]["same"]) == ([], 1)


def test_an_initiative_that_was_recorded_and_used_is_told(person, officer, client):
    known = Initiative.objects.create(name="Số hóa", scope="unit", year=LAST - 1, number="7/QĐ")
    Authorship.objects.create(initiative=known, recipient=person, used_in=give(person, "CSTDCS", LAST - 1, officer))
    heads = ["Tên sáng kiến", "Tác giả", "Năm", "Phạm vi"]
    page = sent(client, Initiative, book_of(heads, ["số hoá", "Nguyễn Văn Mẫu", LAST, "Tỉnh"]))
    ((cell, words),) = faults(page)
    assert cell == "A2"
    for said in (f"đã ghi năm {LAST - 1} (QĐ 7/QĐ)", "dùng để xét", f"năm {LAST - 1}"):
        assert said in words
    # More authors of the same one are added, nobody is taken out.
    make_recipient(name="Lý B")
    page = sent(client, Initiative, book_of(heads, ["số hoá", "Lý B; Nguyễn Văn Mẫu", LAST - 1, "Tỉnh"]))
    assert [made.standing for made in page.context["plan"].made] == ["changed"]
    stored(client, Initiative)
    assert (known.authorships.count(), known.authorships.exclude(used_in=None).count()) == (2, 1)


def test_what_changed_since_it_was_shown_is_not_stored(person, officer, client):
    page = sent(client, Rating, book_of(RATED, ["Nguyễn Văn Mẫu", None, None, "Tốt", LAST]))
    Rating.objects.create(recipient=person, year=LAST, level="done")
    seen = page.context["plan"].print
    assert "vừa thay đổi" in client.post(reverse("import_ratings_store"), {"seen": seen}, follow=True).content.decode()
    assert Rating.objects.get().level == "done"
    stored(client, Rating)
    assert Rating.objects.get().level == "good"


def test_nobody_else_enters_or_sees_a_file(person, officer, unit_officer, client, client_of):
    sent(client, Rating, book_of(RATED, ["Nguyễn Văn Mẫu", None, None, "Tốt", LAST]))
    other = client_of(unit_officer)
    for name in ("import_ratings", "import_ratings_columns", "import_ratings_check"):
        assert other.get(reverse(name)).status_code == 403
    for name in ("import_ratings_mend", "import_ratings_store"):
        assert other.post(reverse(name)).status_code == 403
    assert other.get(reverse("upload", args=[Upload.objects.get().pk])).status_code == 404
    desk = desk_of(RATINGS, unit_officer)
    for act in (
        lambda: importing.store(desk, ""),
        lambda: entering.send(desk, upload(book_of(RATED)), {}),
        lambda: entering.let_be(desk),
    ):
        with pytest.raises(Refused, match="Sở Nội vụ"):
            act()


def test_a_file_is_let_be_or_replaced_and_leaves_nothing(person, client):
    book = book_of(RATED, ["Nguyễn Văn Mẫu", None, None, "Tốt", LAST])
    sent(client, Rating, book)
    sent(client, Rating, book)
    assert (Import.objects.count(), Upload.objects.count()) == (1, 1)
    client.post(reverse("import_ratings_mend"), {"act": "drop"})
    assert (Import.objects.count(), Upload.objects.count()) == (0, 0)
    assert client.get(reverse("import_ratings_check")).url == reverse("import_ratings")
    assert client.post(reverse("import_ratings_store")).url == reverse("ratings")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"khong phai", "x.xlsx", "chỉ đổi đuôi"),
        (b"a", "x.txt", "tệp chữ"),
        (b"", "x.xlsx", "Hãy"),
        (None, "", "Hãy chọn tệp"),
    ],
)
def test_what_is_no_list_is_refused_beside_its_field(content, name, words, client, types):
    sent = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    answer = client.post(reverse("import_ratings"), {"paper": "x"} | sent)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["file"])
    assert not Import.objects.exists()


def test_a_year_that_is_not_over_is_refused_for_the_whole_file(client, types):
    answer = client.post(reverse("import_ratings"), {"file": upload(book_of(RATED)), "year": LAST + 2})
    assert "không đúng" in " ".join(answer.context["form"].errors["year"])


def test_an_empty_file_to_fill_in_is_read_again(client, types):
    for model, name in LISTS.items():
        out = client.get(reverse(f"import_{name}"), {"mau": "xlsx"})
        book = openpyxl.load_workbook(io.BytesIO(out.content))
        page = sent(client, model, book)
        assert page.resolver_match.url_name == f"import_{name}_check", name


def test_many_rows_ask_as_much_as_few(types, officer, client):
    unit = make_unit("so-y", "Sở Y")
    for number in range(60):
        make_recipient(name=f"Người {number}", unit=unit)
    asked = []
    for count in (3, 60):
        rows = [[f"Người {number}", None, "Sở Y", "Tốt", LAST] for number in range(count)]
        sent(client, Rating, book_of(RATED, *rows))
        with CaptureQueriesContext(connection) as queries:
            seen = client.get(reverse("import_ratings_check")).context["plan"].print
            importing.store(desk_of(RATINGS, officer), seen)
        asked.append(len(queries))
    assert (Rating.objects.count(), asked[0]) == (60, asked[1])
