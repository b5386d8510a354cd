"""Nominations from an Excel list, and people whom a unit adds: recognised, matched, checked, stored whole or not at all."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Double, Import, Recipient
from awards.nominations.import_views import desk_of
from awards.records import entering, importing
from documents.models import Change, Upload
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient
from tests.conftest import make_unit
from tests.documents.excel.workbooks import book_of, upload

HEADS = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị công tác", "Danh hiệu, hình thức"]


@pytest.fixture
def client(client_of, unit_officer):
    return client_of(unit_officer)


@pytest.fixture
def elsewhere(types, stranger):
    """Somebody of another unit, whom the officer may not see."""
    return make_recipient(name="Vi Thị Xa", unit=stranger.unit, began_on=date(1980, 5, 6), post="Trưởng phòng")


@pytest.fixture
def at(dossier):
    def address(step=""):
        return reverse(f"import_nominations{step and '_'}{step}", args=[dossier.pk])

    return address


@pytest.fixture
def sent(client, at):
    """Send a file, the page that follows."""

    def send(*rows, heads=HEADS, **shared):
        return client.post(at(), {"file": upload(book_of(heads, *rows))} | shared, follow=True)

    return send


@pytest.fixture
def stored(client, at):
    """Press the button of the page of checking."""

    def press():
        seen = client.get(at("check")).context["plan"].print
        return client.post(at("store"), {"seen": seen}, follow=True)

    return press


def faults(page):
    """[(cell, beginning of what is wrong)]"""
    return [(where.rpartition("ô ")[2], words) for where, words in page.context["faults"]]


# The workbooks of offices: sheet, rows before the headings, headings, a row; what it proposes.
_MIXED = ["STT", "Tên gọi (Ông/Bà/Chức danh)", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác",
          "Phân loại khen thưởng", "Danh hiệu thi đua/Hình thức khen thưởng", "Phân loại đối tượng",
          "Lĩnh vực hoạt động"]  # fmt: skip
WORKBOOKS = {
    "MauTDKT": ([_MIXED], [1, "Bà", "Nông Thị Mẫu", "Phó phòng", "Phòng Tổ chức", "Cá nhân", "Lao động tiên tiến", None, "Y tế"],
                ("LDTT", "Phó phòng, Phòng Tổ chức")),
    "NHANDULIEU": ([["DANH SÁCH"], [None], [_MIXED[0], _MIXED[5], "Tên tập thể/cá nhân/hộ", *_MIXED[3:5],
                                            "Danh hiệu/Hình thức", *_MIXED[7:]]],
                   [1, "Cá nhân", "NÔNG THỊ MẪU", None, "Sở Y tế", "LĐTT", None, None], ("LDTT", "Chuyên viên, Sở Y tế")),
    "CANHAN": ([["DANH SÁCH"], [None],
                ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ", "Tên phòng ban/khối, tổ công tác",
                 "Tên đơn vị/tập thể công tác", "Địa chỉ/Nơi ở", "Mã phân loại cán bộ", "Mã hình thức khen thưởng",
                 "Mã danh hiệu thi đua (nếu có)"]],
               [1, "Nông Thị Mẫu", "Nữ", "02/03/1985", None, "Văn phòng", "Sở Y tế", None, "1660638976", None, "1647933042"],
               ("LDTT", "Văn phòng, Sở Y tế")),
    "TAPTHE": ([["DANH SÁCH"], [None], ["STT", "Tên đơn vị/tập thể", "Mã phân loại tập thể", "Mã hình thức",
                                        "Mã danh hiệu (nếu có)"]],
               [1, "Phòng Mẫu", "1660638226", None, "1647933198"], ("TTLDTT", "Sở Y tế")),
}  # fmt: skip


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_workbooks_of_offices_are_read_shown_and_stored(
    name, dossier, good, unit_officer, client, at, stored, types
):
    make_recipient("collective", "Phòng Mẫu", unit=unit_officer.unit)
    heads, row, told = WORKBOOKS[name]
    page = client.post(at(), {"file": upload(book_of(*heads, row))}, follow=True)
    assert page.context["plan"].may_be_stored, (faults(page), page.context["open"])
    assert not dossier.nominations.exists()
    stored()
    line = dossier.nominations.get()
    assert (line.type.code, line.post) == told
    assert line.name == ("Phòng Mẫu" if name == "TAPTHE" else "Nông Thị Mẫu")
    note = Change.objects.get(what="import_lines")
    assert (note.reason, note.by, note.key) == ("Từ Tệp «thu.xlsx»", unit_officer, dossier.pk)
    assert not Import.objects.exists()
    assert not Upload.objects.exists()


GOOD = [1, "Nông Thị Mẫu", "02/03/1985", None, None, "LĐTT"]
BAD = [
    ({1: None}, "B2", "chưa ghi «Tên tập thể"),
    ({2: "31/02/1985"}, "C2", ""),
    ({5: None}, "F2", "chưa ghi «Danh hiệu thi đua/Hình thức khen thưởng». Hãy ghi"),
    ({5: "Huân chương Lao động"}, "F2", "«Huân chương Lao động» chưa ghi hạng. Hãy ghi hạng Nhất, Nhì hoặc Ba."),
    ({5: "Ngôi sao"}, "F2", "Không có danh hiệu, hình thức «Ngôi sao» trong danh mục."),
    ({5: "1234567890"}, "F2", "Không rõ mã 1234567890"),
    ({5: "TTLĐTT"}, "F2", "Nông Thị Mẫu: danh hiệu, hình thức này không dành cho cá nhân. Hãy chọn loại khác."),
    ({6: "Đoàn thể"}, "G2", "không rõ «Đoàn thể» là cá nhân, tập thể hay hộ gia đình."),
    ({7: "Không"}, "H2", "không rõ giới tính «Không». Hãy ghi Nam hoặc Nữ."),
    ({8: "Loại lạ"}, "I2", "không rõ phân loại «Loại lạ»"),
    ({9: 9.5, 10: 11}, "J2", "không phải số phiếu. Hãy ghi số nguyên"),
    ({9: 9}, "J2", "Hãy ghi cả tổng số thành viên Hội đồng"),
    ({9: 9, 10: 7}, "J2", "Số phiếu đồng ý lớn hơn tổng số. Hãy sửa lại."),
]
_MORE = ["Phân loại khen thưởng", "Giới tính", "Phân loại đối tượng", "Số phiếu đồng ý", "Tổng số phiếu"]


@pytest.mark.parametrize(("change", "cell", "words"), BAD)
def test_each_bad_cell_is_named_with_its_remedy_and_nothing_is_stored(
    change, cell, words, good, bad, dossier, sent, stored, client, at
):
    wrong = GOOD + [None] * 5
    for place, value in change.items():
        wrong[place] = value
    page = sent(wrong, [2, "Hoàng Văn Kém", None, None, None, "LĐTT"], heads=HEADS + _MORE)
    (found,) = faults(page)
    if cell == "J2" and "Hãy ghi cả" in words:
        assert found[1].startswith(words)
    else:
        assert (found[0], words in found[1]) == (cell, True), found
    stored()
    assert not dossier.nominations.exists()
    # The row to be corrected is sent out, and back.
    out = openpyxl.load_workbook(io.BytesIO(client.get(at("check"), {"xuat": "xlsx"}).content))
    said = [[cell.value for cell in row] for row in out.active.iter_rows()]
    assert any(row[0] == 2 and words[:20] in str(row[-1]) for row in said)
    right = book_of(["Dòng gốc", "Họ và tên", "Danh hiệu"], [2, "Nông Thị Mẫu", "LĐTT"])
    page = client.post(at("mend"), {"act": "correct", "file": upload(right)}, follow=True)
    assert page.context["plan"].may_be_stored, faults(page)
    stored()
    assert dossier.nominations.count() == 2


def test_twice_in_a_file_is_wrong_and_what_is_in_the_dossier_is_not_added_again(
    good, bad, propose, dossier, sent, stored
):
    propose(good)
    page = sent(GOOD, [2, "Hoàng Văn Kém", None, None, None, "LĐTT"], [3, "hoàng văn kém", None, None, None, "LDTT"])
    assert faults(page) == [("B4", "trùng dòng 3: cùng người, cùng danh hiệu. Hãy bỏ một dòng.")]
    page = sent(GOOD, [2, "Hoàng Văn Kém", None, None, None, "LĐTT"])
    assert page.context["same"] == [2]
    assert "Đã có, không lưu lại" in page.content.decode()
    stored()
    assert list(dossier.nominations.values_list("name", "position")) == [("Nông Thị Mẫu", 1), ("Hoàng Văn Kém", 2)]


def test_one_row_may_name_two_awards_and_a_file_may_share_one(good, bad, dossier, sent, stored):
    heads = ["Họ và tên", "Mã hình thức", "Mã danh hiệu"]
    sent(["Nông Thị Mẫu", "BKT", "LDTT"], ["Hoàng Văn Kém", None, None], heads=heads, award="CSTDCS")
    stored()
    said = dossier.nominations.values_list("name", "type__code")
    assert list(said) == [("Nông Thị Mẫu", "BKT"), ("Nông Thị Mẫu", "LDTT"), ("Hoàng Văn Kém", "CSTDCS")]


# --- Whom a unit may not see


def test_a_foreign_name_is_as_unknown_as_one_that_is_nowhere(elsewhere, dossier, sent, client, at):
    told = []
    for name in ("Vi Thị Xa", "Vi Thị Không"):
        page = sent([1, name, "06/05/1980", None, None, "LĐTT"])
        words = page.content.decode()
        assert "Trưởng phòng" not in words
        assert f"#{elsewhere.pk}" not in words
        told.append((faults(page), [(named.name != name, may_be) for named, may_be in page.context["open"]]))
    assert told[0] == told[1] == ([], [(False, [])])
    # Nor can it be chosen by its key.
    client.post(at("mend"), {"who-2-0": elsewhere.pk})
    assert not client.get(at("check")).context["plan"].made


def test_names_are_offered_and_found_only_among_those_that_one_may_see(
    elsewhere, good, dossier, types, client, client_of, officer, council_member
):
    def offered(user):
        return client_of(user).get(reverse("name_recipients"), {"recipient": "thi"}).content.decode()

    assert "Vi Thị Xa" in offered(officer)
    own = client.get(reverse("name_recipients"), {"recipient": "thi"}).content.decode()
    assert ("Nông Thị Mẫu" in own, "Vi Thị Xa" in own) == (True, False)
    assert client_of(council_member).get(reverse("name_recipients"), {"recipient": "thi"}).status_code == 403
    told = []
    for name in ("Vi Thị Xa", f"Vi Thị Xa #{elsewhere.pk}", "Vi Thị Không", "Vi Thị Không #99999"):
        page = client.post(reverse("nominate", args=[dossier.pk]), {"recipient": name, "type": types["LDTT"].pk})
        told.append(page.context["form"].errors["recipient"][0].replace(name, ""))
    assert len(set(told)) == 1
    shown = client.get(reverse("nominate", args=[dossier.pk]), {"nguoi": elsewhere.pk}).content.decode()
    assert "Vi Thị Xa" not in shown


def test_a_second_record_does_not_lead_to_a_first_one_elsewhere(elsewhere, good, unit_officer, dossier, sent):
    make_recipient(name="Vi Thị Gần", unit=unit_officer.unit, merged_into=elsewhere)
    make_recipient(name="Nông Thị Cũ", unit=elsewhere.unit, merged_into=good)
    page = sent([1, "Vi Thị Gần", None, None, None, "LĐTT"], [2, "Nông Thị Cũ", None, None, None, "LĐTT"])
    assert [named.name for named, _ in page.context["open"]] == ["Vi Thị Gần"]
    assert [made.people for made in page.context["plan"].made] == [[good]]


def test_somebody_who_left_stays_in_the_nomination_that_is_edited(good, propose, stranger, client, types):
    row = propose(good)
    good.unit = stranger.unit
    good.save()
    page = client.get(reverse("edit_line", args=[row.pk]))
    said = page.context["form"]["recipient"].value()
    assert (said, str(stranger.unit) in page.content.decode()) == (f"Nông Thị Mẫu #{good.pk}", False)
    typed = {"recipient": said, "type": types["CSTDCS"].pk, "name": row.name, "version": row.version}
    assert client.post(reverse("edit_line", args=[row.pk]), typed).status_code == 302
    row.refresh_from_db()
    assert row.type == types["CSTDCS"]


def test_nobody_else_enters_sees_or_stores_a_list(good, dossier, sent, stranger, officer, client_of, unit_officer, at):
    sent(GOOD)
    for user, status in ((stranger, 404), (officer, 404)):
        for step in ("", "columns", "check"):
            assert client_of(user).get(at(step)).status_code == status
        for step in ("mend", "store"):
            assert client_of(user).post(at(step)).status_code == status
    for act in (
        lambda: importing.store(desk_of(dossier, stranger), ""),
        lambda: entering.send(desk_of(dossier, stranger), upload(book_of(HEADS, GOOD)), {}),
        lambda: entering.let_be(desk_of(dossier, stranger)),
    ):
        with pytest.raises(Refused, match="không thêm đề nghị được nữa"):
            act()


def test_a_file_that_is_away_takes_no_list(good, propose, bring_to, sent, stored, client, at, dossier):
    sent([2, "Hoàng Văn Mới", None, None, None, "LĐTT"])
    propose(good)
    bring_to("submitted")
    assert client.get(at("check")).url == dossier.get_absolute_url()
    assert client.post(at("store"), {"seen": ""}).url == dossier.get_absolute_url()
    assert dossier.nominations.count() == 1


def test_lists_of_two_files_stand_side_by_side_and_go_with_theirs(good, dossier, unit_officer, client, sent, at):
    from awards.models import Dossier
    from awards.nominations import actions

    other = actions.save(Dossier(year=dossier.year, subject="Hồ sơ khác"), by=unit_officer)
    sent(GOOD)
    client.post(reverse("import_nominations", args=[other.pk]), {"file": upload(book_of(HEADS, GOOD))})
    assert Import.objects.count() == 2
    actions.discard(dossier, by=unit_officer)
    assert (Import.objects.get().of, Upload.objects.count()) == (other.pk, 1)


# --- Somebody new

NEW = [3, "Triệu Văn Mới", "07/08/1991", "Kế toán", "Phòng Tài chính", "LĐTT"]


def test_somebody_new_is_added_once_where_a_person_says_so(dossier, good, sent, stored, client, at, unit_officer):
    page = sent(GOOD, NEW, [*NEW[:5], "CSTĐ cơ sở"])
    assert [named.row for named, _ in page.context["open"]] == [3, 4]
    client.post(at("mend"), {"who-3-0": "new"})
    page = client.get(at("check"))
    assert ([named.row for named, _ in page.context["open"]], page.context["plan"].may_be_stored) == ([4], False)
    page = client.post(at("mend"), {"act": "all_new"}, follow=True)
    assert page.context["plan"].may_be_stored
    assert "Người mới" in page.content.decode()
    stored()
    row = Recipient.objects.get(name="Triệu Văn Mới")
    assert (row.kind, row.unit, row.began_on, row.post) == ("person", unit_officer.unit, date(1991, 8, 7), "Kế toán")
    assert row.added_by == unit_officer.unit
    assert [line.type.code for line in dossier.nominations.filter(recipient=row)] == ["LDTT", "CSTDCS"]
    assert dossier.nominations.filter(recipient=row).first().post == "Kế toán, Phòng Tài chính"
    assert Change.objects.get(what="write_recipient", key=row.pk).reason == "Từ Tệp «thu.xlsx»"


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({1: "Triệu Văn 3"}, "B2", "Họ tên không có dấu «3»"),
        ({2: "07/08/2091"}, "C2", "chưa đến"),
        ({4: "Sở Giao thông vận tải"}, "E2", "Đơn vị chỉ thêm người, tập thể của mình"),
        ({1: "Hộ gia đình Nông Văn Mới", 2: None, 3: None, 5: "BKT"}, "B2", "hộ mới phải có địa chỉ"),
        ({2: None}, "B2", "không rõ là cá nhân, tập thể hay hộ gia đình"),
    ],
)
def test_somebody_new_who_cannot_be_is_told(change, cell, words, dossier, stranger, client, at, sent, types):
    row, heads = list(NEW), list(HEADS)
    heads[1] = "Tên tập thể/cá nhân/hộ gia đình"
    for place, value in change.items():
        row[place] = value
    sent(row, heads=heads)
    page = client.post(at("mend"), {"who-2-0": "new"}, follow=True)
    assert [(where == cell, words in said) for where, said in faults(page)] == [(True, True)], faults(page)


def test_a_double_elsewhere_is_told_without_its_facts(elsewhere, dossier, sent, stored, client, at):
    sent([1, "Vi Thị Xa", "06/05/1980", "Văn thư", None, "LĐTT"])
    page = client.post(at("mend"), {"act": "all_new"}, follow=True)
    assert faults(page) == [("B2", "Vi Thị Xa đã có ở đơn vị khác, hãy liên hệ Sở Nội vụ.")]
    assert not page.context["shown"]
    assert "Trưởng phòng" not in page.content.decode()
    stored()
    assert (Recipient.objects.count(), dossier.nominations.count()) == (1, 0)


def _called(number):
    return chr(65 + number // 8) + chr(97 + number % 8)


def test_many_rows_ask_as_much_as_few(types, unit_officer, dossier, client, at, sent):
    sub = make_unit("chi-cuc", "Chi cục Y", superior=unit_officer.unit)
    for number in range(40):
        make_recipient(name=f"Cũ Văn {_called(number)}", unit=unit_officer.unit)
    asked, _ = [], unit_officer.seen_units
    for first, count in ((0, 3), (3, 15)):
        numbers = range(first, first + count)
        rows = [[n, f"Cũ Văn {_called(n)}", None, None, None, "LĐTT"] for n in numbers]
        rows += [[n, f"Mới Văn {_called(n)}", 1990, None, "Chi cục Y", "LĐTT"] for n in numbers]
        sent(*rows)
        client.post(at("mend"), {"act": "all_new"})
        with CaptureQueriesContext(connection) as queries:
            seen = client.get(at("check")).context["plan"].print
            assert importing.store(desk_of(dossier, unit_officer), seen) == count * 2
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert Recipient.objects.filter(added_by=unit_officer.unit, unit=sub).count() == 18


# --- One added by hand


def added(client, dossier, kind="ca-nhan", **typed):
    return client.post(f"{reverse('add_person', args=[dossier.pk])}?loai={kind}", typed)


def test_a_unit_adds_a_person_and_comes_back_to_propose_them(dossier, unit_officer, officer, client, client_of):
    page = client.get(reverse("nominate", args=[dossier.pk]))
    assert reverse("add_person", args=[dossier.pk]) in page.content.decode()
    form = client.get(reverse("add_person", args=[dossier.pk])).context["form"]
    assert not {"number", "known_from", "note"} & set(form.fields)
    assert [key for key, _ in form.fields["unit"].choices] == [unit_officer.unit_id]
    typed = {"name": "Triệu Văn Mới", "unit": unit_officer.unit_id, "began_year": 1991, "number": "012345678901"}
    answer = added(client, dossier, **typed)
    row = Recipient.objects.get()
    assert answer.url == f"{reverse('nominate', args=[dossier.pk])}?nguoi={row.pk}"
    assert f"Triệu Văn Mới, 1991, Sở Y tế #{row.pk}" in client.get(answer.url).content.decode()
    assert (row.added_by, hasattr(row, "identity")) == (unit_officer.unit, False)
    # The department finds it, looks, and it is one like any other.
    desk = client_of(officer)
    assert list(desk.get(reverse("recipients"), {"them": "cho"}).context["page_obj"]) == [row]
    desk.post(reverse("recipient_step", args=[row.pk]), {"act": "look_over", "version": row.version})
    row.refresh_from_db()
    assert row.added_by is None
    assert client.get(reverse("edit_recipient", args=[row.pk])).status_code == 403


def test_another_units_person_is_added_by_nobody(dossier, stranger, client, client_of, types):
    answer = added(client, dossier, name="Triệu Văn Mới", unit=stranger.unit_id)
    assert (answer.status_code, "unit" in answer.context["form"].errors) == (422, True)
    assert client_of(stranger).get(reverse("add_person", args=[dossier.pk])).status_code == 404
    assert not Recipient.objects.exists()


def test_a_double_of_the_own_unit_is_shown_with_reasons_and_one_elsewhere_is_not(
    good, elsewhere, dossier, unit_officer, client
):
    answer = added(client, dossier, name="Nông Thị Mẫu", unit=unit_officer.unit_id, began_on="02/03/1985")
    words = answer.content.decode()
    assert "cùng tên, cùng ngày sinh" in words
    assert "bấm «Đề nghị người này»" in words
    assert f"{reverse('nominate', args=[dossier.pk])}?nguoi={good.pk}" in words
    # It is another one: the pair waits for the department.
    typed = {"name": "Nông Thị Mẫu", "unit": unit_officer.unit_id, "began_on": "02/03/1985", "apart": f"{good.pk},"}
    assert added(client, dossier, **typed).status_code == 302
    assert Double.objects.get().state == Double.State.OPEN
    typed = {"name": "Vi Thị Xa", "unit": unit_officer.unit_id, "began_on": "06/05/1980", "apart": f"{elsewhere.pk},"}
    answer = added(client, dossier, **typed)
    assert answer.context["form"].errors["name"] == ["Vi Thị Xa đã có ở đơn vị khác, hãy liên hệ Sở Nội vụ."]
    assert "Trưởng phòng" not in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("tap-the", {"name": "Phòng Mới"}),
        ("ho-gia-dinh", {"name": "Hộ gia đình Nông Văn Mới", "head": "Nông Văn Mới", "address": "Thôn Mẫu"}),
    ],
)
def test_a_unit_adds_collectives_and_households(kind, typed, dossier, unit_officer, client):
    assert added(client, dossier, kind, unit=unit_officer.unit_id, **typed).status_code == 302
    assert Recipient.objects.get().unit == unit_officer.unit
