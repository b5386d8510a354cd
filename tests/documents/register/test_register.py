"""Papers of other bodies come into the register: who may, what is refused, how arrivals are numbered, what history keeps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from documents.models import Arrival, Delivery, Document, DocumentType, Effect, SeriesYear, Upload
from documents.register import actions as registering
from documents.steps.refusing import Refused, Stale
from documents.typesetting.reports import table_pdf
from units.models import Role, User

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day of every test here."""
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def entry(**changes):
    """What the browser sends for a paper that is cited."""
    fields = {
        "type": DocumentType.objects.get(code="CT").pk,
        "reference": "05/CT-TTg",
        "date": "28/01/2020",
        "secrecy": "",
        "issuer_name": "Thủ tướng Chính phủ",
        "issuer_unit": "",
        "subject": "về việc phòng, chống dịch bệnh",
        "effective_from": "",
        "effective_to": "",
        "note": "",
    }
    return fields | changes


def arrival(**changes):
    """What the browser sends for a paper that came in."""
    facts = {"den-arrived_on": "10/03/2026", "den-handed_to": "Phòng Tổng hợp", "den-handed_on": "", "den-note": ""}
    fields = {**entry(), **facts}
    del fields["note"]
    return fields | changes


def paper(reference="05/CT-TTg", code="CT", day=date(2020, 1, 28), **changes):
    """A paper of another body, not stored."""
    facts = {
        "type": DocumentType.objects.get(code=code),
        "reference": reference,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "issuer_name": "Thủ tướng Chính phủ",
        "subject": "về việc phòng, chống dịch bệnh",
    }
    return Document(**facts | changes)


@pytest.fixture
def cited(officer):
    """A paper that everybody may cite."""
    return registering.record(paper(), by=officer)


# --- Who may record what all cite


@pytest.mark.parametrize("name", ["new_cited", "new_spoken"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("clerk", 200),
        ("leader", 200),
        ("administrator", 200),
        ("unit_officer", 403),
        ("stranger", 403),
        ("store_keeper", 403),
        ("council_member", 403),
    ],
)
def test_only_those_of_the_office_record_what_all_cite(people, client_of, name, who, status):
    response = client_of(people[who]).get(reverse(name))
    assert response.status_code == status
    assert ("hãy gửi số, ngày, trích yếu" in response.content.decode()) is (status == 403)
    offered = f'href="{reverse(name)}"' in client_of(people[who]).get(reverse("documents")).content.decode()
    assert offered is (status == 200)


def test_a_recorded_paper_is_seen_by_all_and_tells_who_recorded_it(clerk, stranger, client_of):
    response = client_of(clerk).post(reverse("new_cited"), entry(effective_from="28/01/2020", note="Bản giấy"))
    row = Document.objects.get()
    assert response.url == row.get_absolute_url()
    assert (row.origin, row.state, row.reference, row.date_text, row.unit) == (
        "cited",
        "issued",
        "05/CT-TTg",
        "28/01/2020",
        None,
    )
    assert (row.effective_from, row.note) == (date(2020, 1, 28), "Bản giấy")
    assert [(edit.by, edit.version, edit.changes["Số, ký hiệu"]) for edit in row.edits] == [
        (clerk, 1, ["", "05/CT-TTg"])
    ]
    assert client_of(stranger).get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("79-CV/TW", "79-CV/TW"),
        ("45/2019/QH14", "45/2019/QH14"),
        ("Số: 05 / CT – TTg", "05/CT-TTg"),
        ("1479/HD-BTĐKT", "1479/HD-BTĐKT"),
    ],
)
def test_a_symbol_is_kept_as_it_is_printed_without_stray_spaces(officer, client_of, typed, kept):
    client_of(officer).post(reverse("new_cited"), entry(reference=typed))
    assert Document.objects.get().reference == kept


def test_a_unit_of_ours_gives_its_name_to_the_paper(officer, client_of, other_unit):
    client_of(officer).post(reverse("new_cited"), entry(issuer_name="", issuer_unit=other_unit.pk))
    row = Document.objects.get()
    assert (row.issuer_name, row.issuer_unit) == ("Sở Y tế", other_unit)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("reference", "", "Hãy điền mục này."),
        ("reference", "05/{CT}", "Số, ký hiệu không có dấu { }. Hãy ghi đúng như trên văn bản."),
        ("date", "", "Hãy ghi ngày văn bản, hoặc 02/2020 nếu chỉ biết tháng."),
        ("date", "31/02/2020", "Không có ngày 31/02/2020. Hãy kiểm tra lại ngày và tháng."),
        ("date", "11/03/2026", "Ngày này chưa đến. Hãy kiểm tra lại ngày, tháng, năm."),
        ("issuer_name", "", "Hãy ghi cơ quan ban hành, hoặc chọn đơn vị trong danh mục."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_stored(officer, client_of, field, typed, told):
    response = client_of(officer).post(reverse("new_cited"), entry(**{field: typed}))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].errors[field] == [told]
    assert response.context["form"]["subject"].value() == "về việc phòng, chống dịch bệnh"
    assert Document.objects.count() == 0


def test_an_end_before_the_beginning_is_told_beside_the_end(officer, client_of):
    response = client_of(officer).post(
        reverse("new_cited"), entry(effective_from="01/03/2020", effective_to="29/02/2020")
    )
    assert response.context["form"].errors == {
        "effective_to": ["Ngày hết hiệu lực sớm hơn ngày có hiệu lực. Hãy sửa lại một trong hai ngày."]
    }


# --- Secret papers


@pytest.mark.parametrize("degree", ["mat", "toi-mat", "tuyet-mat"])
@pytest.mark.parametrize(("name", "typed"), [("new_cited", entry), ("new_received", arrival)])
def test_a_secret_paper_is_refused_with_what_to_do_instead(officer, client_of, name, typed, degree):
    response = client_of(officer).post(reverse(name), typed(secrecy=degree))
    (told,) = response.context["form"].errors["secrecy"]
    assert "Chương trình này không lưu văn bản mật" in told
    assert "Luật Bảo vệ bí mật nhà nước năm 2018" in told
    assert (Document.objects.count(), Arrival.objects.count(), Upload.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("field", "typed", "mark"),
    [
        ("subject", "TỐI MẬT - phương án bảo vệ", "TỐI MẬT"),
        ("subject", "phương án (TUYỆT MẬT)", "TUYỆT MẬT"),
        ("subject", "MA\u0323\u0302T: phương án", "MẬT"),
        ("reference", "12/MẬT-UBND", "MẬT"),
    ],
)
def test_a_mark_of_secrecy_in_capitals_is_refused(officer, client_of, field, typed, mark):
    errors = client_of(officer).post(reverse("new_cited"), entry(**{field: typed})).context["form"].errors
    assert f"Có dấu độ mật «{mark}»" in errors[field][0]
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    "subject", ["về công tác bảo mật thông tin", "THẬT MẬTÁ", "Mật độ dân cư", "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC"]
)
def test_words_that_are_no_mark_of_secrecy_are_taken(officer, client_of, subject):
    client_of(officer).post(reverse("new_cited"), entry(subject=subject))
    assert Document.objects.get().subject == subject


# --- The same paper twice


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"reference": "05/ct-ttg"},
        {"issuer_name": "THU TUONG CHINH PHU"},
        {"date": "30/12/2020"},
    ],
)
def test_the_same_number_symbol_body_and_year_is_told_with_the_entry_that_is_there(cited, clerk, client_of, changes):
    response = client_of(clerk).post(reverse("new_cited"), entry(**changes))
    assert list(response.context["form"].errors) == ["other"]
    assert response.context["same"] == [cited]
    assert f'href="{cited.get_absolute_url()}"' in response.content.decode()
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"reference": "06/CT-TTg"}, {"issuer_name": "Chính phủ"}, {"date": "28/01/2019"}, {"other": "on"}],
)
def test_another_paper_or_a_deliberate_second_one_is_taken(cited, clerk, client_of, changes):
    assert client_of(clerk).post(reverse("new_cited"), entry(**changes)).status_code == 302
    assert Document.objects.count() == 2


def test_an_entry_that_another_unit_alone_may_see_is_not_told(unit_officer, stranger, client_of):
    registering.receive(paper(), by=unit_officer, arrived_on=TODAY)
    assert client_of(stranger).post(reverse("new_received"), arrival()).status_code == 302
    assert Arrival.objects.count() == 2


def test_a_paper_that_all_may_cite_is_offered_to_be_entered_without_typing_it_again(cited, unit_officer, client_of):
    page = client_of(unit_officer).post(reverse("new_received"), arrival()).content.decode()
    assert f'href="{reverse("enter_paper", args=[cited.pk])}"' in page


# --- Directions by word of mouth


SPOKEN = {
    "issuer_name": "Phó Thủ tướng Vũ Đức Đam",
    "date": "14/02/2020",
    "occasion": "cuộc họp trực tuyến",
    "secrecy": "",
    "subject": "phòng, chống dịch Covid-19",
    "note": "",
}


def test_directions_of_one_day_get_references_of_their_own(officer, client_of):
    client = client_of(officer)
    for _ in range(3):
        assert client.post(reverse("new_spoken"), SPOKEN).status_code == 302
    rows = Document.objects.order_by("pk")
    assert [row.reference for row in rows] == ["YK 14/02/2020", "YK 14/02/2020-2", "YK 14/02/2020-3"]
    assert {(row.type.code, row.origin, row.occasion) for row in rows} == {("YK", "cited", "cuộc họp trực tuyến")}


def test_a_direction_needs_its_day(officer, client_of):
    errors = client_of(officer).post(reverse("new_spoken"), SPOKEN | {"date": "02/2020"}).context["form"].errors
    assert errors == {"date": ["Hãy ghi đủ ngày, tháng, năm: chỉ đạo được trích dẫn theo ngày."]}


# --- Arrivals


def test_a_paper_that_came_in_gets_the_next_number_and_stays_with_its_unit(
    unit_officer, stranger, officer, administrator, client_of
):
    client = client_of(unit_officer)
    client.post(reverse("new_received"), arrival(**{"den-note": "Bản giấy", "den-handed_on": "10/03/2026"}))
    response = client.post(reverse("new_received"), arrival(reference="06/CT-TTg"))
    assert [(row.unit, row.number, row.year, row.arrived_on, row.by) for row in Arrival.objects.order_by("pk")] == [
        (unit_officer.unit, 1, 2026, TODAY, unit_officer),
        (unit_officer.unit, 2, 2026, TODAY, unit_officer),
    ]
    first = Document.objects.get(reference="05/CT-TTg")
    assert (first.origin, first.unit, first.state) == ("received", unit_officer.unit, "issued")
    row = first.arrivals.get()
    assert (row.handed_to, row.handed_on, row.note) == ("Phòng Tổng hợp", TODAY, "Bản giấy")
    statuses = [client_of(person).get(response.url).status_code for person in (unit_officer, stranger, officer)]
    assert statuses == [200, 404, 404]
    assert client_of(administrator).get(response.url).status_code == 200


@pytest.mark.parametrize("who", ["store_keeper", "council_member"])
def test_those_who_only_read_enter_nothing(people, client_of, who):
    assert client_of(people[who]).get(reverse("new_received")).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"den-arrived_on": "11/03/2026"}, "arrived_on", "chưa đến"),
        ({"den-arrived_on": "31/02/2026"}, "arrived_on", "không có thật"),
        ({"den-arrived_on": "27/01/2020"}, "arrived_on", "Ngày đến sớm hơn ngày văn bản (28/01/2020)"),
        ({"den-handed_on": "09/03/2026"}, "handed_on", "Ngày chuyển sớm hơn ngày đến"),
    ],
)
def test_days_of_arrival_that_cannot_be_are_told_beside_the_field(unit_officer, client_of, changes, field, told):
    response = client_of(unit_officer).post(reverse("new_received"), arrival(**changes))
    assert response.status_code == 422
    assert told in response.context["arrival"].errors[field][0]
    assert (Document.objects.count(), Arrival.objects.count()) == (0, 0)


def test_a_day_before_that_of_the_last_number_is_refused_and_leaves_no_gap(unit_officer, client_of):
    client = client_of(unit_officer)
    client.post(reverse("new_received"), arrival())
    response = client.post(reverse("new_received"), arrival(reference="06/CT-TTg", **{"den-arrived_on": "09/03/2026"}))
    assert "Số đến lấy theo thứ tự tiếp nhận" in response.context["arrival"].errors["arrived_on"][0]
    client.post(reverse("new_received"), arrival(reference="07/CT-TTg"))
    assert list(Arrival.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_numbers_of_arrival_begin_anew_each_year_and_for_each_unit(unit_officer, stranger):
    registering.receive(paper("1/A"), by=unit_officer, arrived_on=date(2025, 12, 31))
    registering.receive(paper("2/A"), by=unit_officer, arrived_on=TODAY)
    registering.receive(paper("3/A"), by=stranger, arrived_on=TODAY)
    assert set(Arrival.objects.values_list("unit__code", "year", "number")) == {
        ("so-y-te", 2025, 1),
        ("so-y-te", 2026, 1),
        ("so-giao-thong", 2026, 1),
    }


@pytest.fixture
def delivered(cited, unit_officer, officer):
    """A paper of Sở Nội vụ that the program delivered to ``unit_officer``'s unit; stored as one of another body's."""
    row = registering.receive(paper("12/SNV"), by=officer, arrived_on=TODAY).document
    Delivery.objects.create(document=row, unit=unit_officer.unit)
    return row


def test_a_delivered_paper_is_entered_once_by_a_bare_click(delivered, unit_officer, client_of):
    client, address = client_of(unit_officer), reverse("enter_paper", args=[delivered.pk])
    assert client.post(address).url == delivered.get_absolute_url()
    row = Arrival.objects.get(unit=unit_officer.unit)
    assert (row.document, row.number, row.arrived_on, row.by) == (delivered, 1, TODAY, unit_officer)
    again = client.post(address)
    assert again.context["arrival"].non_field_errors() == ["Văn bản này đã vào sổ: số đến 01, ngày 10/03/2026."]
    assert Arrival.objects.filter(unit=unit_officer.unit).count() == 1


def test_a_stranger_cannot_enter_what_was_not_delivered_to_the_own_unit(delivered, stranger, client_of):
    client, address = client_of(stranger), reverse("enter_paper", args=[delivered.pk])
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_a_number_of_arrival_is_refused_before_the_series_was_opened(unit_officer):
    with pytest.raises(Refused, match="mở từ ngày 01/01/2020"):
        registering.receive(paper(day=date(2019, 1, 1)), by=unit_officer, arrived_on=date(2019, 12, 31))


# --- Scans


@pytest.fixture
def scan():
    """A scan of one page."""
    content = table_pdf(title="Bản chụp", subtitle_lines=["Trang duy nhất"], columns=[("Cột", 1)], rows=[["ô"]])
    return SimpleUploadedFile("chi-thi.pdf", content, "application/pdf")


def test_scans_are_kept_with_the_entry_and_shown_to_those_who_see_it(scan, unit_officer, stranger, client_of):
    client = client_of(unit_officer)
    response = client.post(reverse("new_received"), arrival(files=[scan]))
    upload = Upload.objects.get()
    assert (upload.kind, upload.name, upload.document.reference) == ("scan", "chi-thi.pdf", "05/CT-TTg")
    address = reverse("scan", args=[upload.document_id, upload.pk])
    assert response.status_code == 302
    assert client.get(address).content.decode().count("data:image/png;base64,") == 1
    assert client_of(stranger).get(address).status_code == 404


def test_a_file_that_is_refused_keeps_the_paper_from_being_entered(scan, unit_officer, client_of):
    wrong = SimpleUploadedFile("virus.pdf", b"MZ chay", "application/pdf")
    response = client_of(unit_officer).post(reverse("new_received"), arrival(files=[wrong]))
    assert "«virus.pdf»" in response.context["form"].errors["files"][0]
    assert (Document.objects.count(), Arrival.objects.count()) == (0, 0)
    assert SeriesYear.objects.count() == 0


# --- Corrections


def test_a_correction_keeps_before_and_after(cited, leader, client_of):
    page = client_of(leader).post(
        reverse("correct_entry", args=[cited.pk]), entry(subject="về việc mới", effective_to="01/01/2026", version=1)
    )
    assert page.url == cited.get_absolute_url()
    edit = cited.edits.get(version=2)
    assert (edit.by, edit.changes) == (
        leader,
        {"Trích yếu": ["về việc phòng, chống dịch bệnh", "về việc mới"], "Hết hiệu lực từ ngày": ["", "01/01/2026"]},
    )


def test_a_correction_that_changes_nothing_leaves_no_trace(cited, leader, client_of):
    client_of(leader).post(reverse("correct_entry", args=[cited.pk]), entry(version=1))
    cited.refresh_from_db()
    assert (cited.version, cited.edits.count()) == (1, 1)


def test_of_two_tabs_the_second_is_told_and_can_still_save(cited, officer, leader, client_of):
    address = reverse("correct_entry", args=[cited.pk])
    client_of(officer).post(address, entry(subject="của người thứ nhất", version=1))
    client = client_of(leader)
    told = client.post(address, entry(subject="của người thứ hai", version=1))
    assert "Nguyễn Thị Hòa đã lưu một bản mới hơn" in told.context["form"].non_field_errors()[0]
    assert told.context["form"]["version"].value() == 2
    assert told.context["form"]["subject"].value() == "của người thứ hai"
    cited.refresh_from_db()
    assert cited.subject == "của người thứ nhất"
    client.post(address, entry(subject="của người thứ hai", version=2))
    cited.refresh_from_db()
    assert (cited.subject, cited.version) == ("của người thứ hai", 3)


def test_a_stale_correction_raises(cited, officer):
    mine = Document.objects.get(pk=cited.pk)
    registering.correct(Document.objects.get(pk=cited.pk), by=officer, seen_version=1)
    other = Document.objects.get(pk=cited.pk)
    other.subject = "về việc khác"
    registering.correct(other, by=officer, seen_version=1)
    mine.subject = "về việc của tôi"
    with pytest.raises(Stale):
        registering.correct(mine, by=officer, seen_version=1)


@pytest.mark.parametrize("who", ["unit_officer", "stranger", "store_keeper", "council_member"])
@pytest.mark.parametrize("name", ["correct_entry", "relate"])
def test_others_correct_no_entry_that_all_cite(cited, people, client_of, name, who):
    client, address = client_of(people[who]), reverse(name, args=[cited.pk])
    assert (client.get(address).status_code, client.post(address, entry(version=1)).status_code) == (404, 404)
    cited.refresh_from_db()
    assert cited.version == 1


def test_the_facts_of_an_arrival_are_completed_later_and_its_number_stays(unit_officer, client_of):
    row = registering.receive(paper(), by=unit_officer, arrived_on=date(2026, 3, 9))
    typed = {"den-arrived_on": "01/03/2026", "den-handed_on": "10/03/2026", "den-note": "Gấp", "den-version": 1}
    typed = arrival(version=1, **typed)
    assert client_of(unit_officer).post(reverse("correct_entry", args=[row.document_id]), typed).status_code == 302
    row.refresh_from_db()
    assert (row.number, row.arrived_on, row.handed_to, row.handed_on, row.note) == (
        1,
        date(2026, 3, 9),
        "Phòng Tổng hợp",
        TODAY,
        "Gấp",
    )
    (edit,) = row.edits
    assert (edit.by, edit.version, edit.changes) == (
        unit_officer,
        2,
        {"Đơn vị hoặc người nhận": ["", "Phòng Tổng hợp"], "Ngày chuyển": ["", "10/03/2026"], "Ghi chú": ["", "Gấp"]},
    )
    assert row.document.edits.count() == 1


def test_a_unit_completes_its_own_arrival_of_a_paper_that_all_cite_and_nothing_else(cited, unit_officer, client_of):
    row = registering.enter(cited, by=unit_officer)
    page = client_of(unit_officer).get(reverse("correct_entry", args=[cited.pk]))
    assert page.context["form"] is None
    client_of(unit_officer).post(
        reverse("correct_entry", args=[cited.pk]), arrival(subject="về việc khác", **{"den-version": 1})
    )
    row.refresh_from_db()
    cited.refresh_from_db()
    assert (row.handed_to, cited.subject, cited.version) == ("Phòng Tổng hợp", "về việc phòng, chống dịch bệnh", 1)
    (edit,) = row.edits
    assert (edit.by, edit.changes) == (unit_officer, {"Đơn vị hoặc người nhận": ["", "Phòng Tổng hợp"]})
    client_of(unit_officer).post(reverse("correct_entry", args=[cited.pk]), arrival(**{"den-version": 2}))
    assert len(Arrival.objects.get(pk=row.pk).edits) == 1


def test_of_two_who_complete_one_arrival_the_second_is_told_and_can_still_save(cited, unit_officer, client_of):
    colleague = User.objects.create_user("ha", full_name="Lý Thị Hà", role=Role.UNIT_OFFICER, unit=unit_officer.unit)
    row = registering.enter(cited, by=unit_officer)
    client, address = client_of(unit_officer), reverse("correct_entry", args=[cited.pk])
    typed = {"den-version": client.get(address).context["arrival"]["version"].value(), "den-handed_to": "Phòng Y"}
    client_of(colleague).post(address, arrival(**{"den-version": 1}))
    told = client.post(address, arrival(**typed))
    assert told.status_code == 422
    assert "Lý Thị Hà đã lưu một bản mới hơn" in told.context["arrival"].non_field_errors()[0]
    typed = {name: told.context["arrival"][name[4:]].value() for name in typed}
    assert client.post(address, arrival(**typed)).status_code == 302
    assert [edit.changes["Đơn vị hoặc người nhận"] for edit in row.edits] == [
        ["Phòng Tổng hợp", "Phòng Y"],
        ["", "Phòng Tổng hợp"],
    ]


# --- Replaced, recalled


@pytest.fixture
def newer(officer):
    return registering.record(paper("16/CT-TTg", day=date(2020, 3, 31), effective_from=date(2020, 4, 1)), by=officer)


@pytest.mark.parametrize(
    ("kind", "since", "state", "ended"),
    [
        ("replaces", "", "replaced", date(2020, 4, 1)),
        ("recalls", "15/04/2020", "recalled", date(2020, 4, 15)),
    ],
)
def test_an_entry_is_replaced_or_recalled_by_another(cited, newer, clerk, client_of, kind, since, state, ended):
    address = reverse("relate", args=[cited.pk])
    typed = {"kind": kind, "paper": "16/CT-TTg", "since": since}
    assert client_of(clerk).post(address, typed).url == cited.get_absolute_url()
    cited.refresh_from_db()
    assert (cited.state, cited.effective_to, cited.version) == (state, ended, 2)
    effect = Effect.objects.get()
    assert (effect.paper, effect.target, effect.kind) == (newer, cited, kind)
    assert cited.edits.get(version=2).changes == {
        "Trạng thái": ["Đã ban hành", cited.get_state_display()],
        "Hết hiệu lực từ ngày": ["", f"{ended:%d/%m/%Y}"],
    }


def test_a_relation_recorded_by_mistake_is_taken_back_by_those_who_may(cited, newer, clerk, stranger, client_of):
    effect = registering.supersede(cited, by=clerk, paper=newer, kind="replaces")
    address = reverse("unrelate", args=[effect.pk])
    assert client_of(stranger).post(address).status_code == 404
    assert client_of(clerk).get(address).status_code == 405
    assert client_of(clerk).post(address).url == cited.get_absolute_url()
    cited.refresh_from_db()
    assert (cited.state, cited.effective_to, cited.version, Effect.objects.count()) == ("issued", None, 3, 0)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("99/CT-TTg", "Sổ chưa có văn bản số này"),
        ("05/CT-TTg", "Một văn bản không tự thay thế mình"),
        ("01/CT-TTg", "sớm hơn văn bản này"),
        ("17/CT-TTg", "Sổ có 2 văn bản số này (ngày 02/04/2020, 01/04/2020)"),
    ],
)
def test_a_relation_that_cannot_be_is_told_beside_the_number(cited, newer, officer, client_of, typed, told):
    registering.record(paper("01/CT-TTg", day=date(2020, 1, 2)), by=officer)
    for day in (1, 2):
        registering.record(paper("17/CT-TTg", day=date(2020, 4, day)), by=officer)
    response = client_of(officer).post(reverse("relate", args=[cited.pk]), {"kind": "replaces", "paper": typed})
    assert told in response.context["form"].errors["paper"][0]
    assert Effect.objects.count() == 0


def test_one_of_two_papers_of_a_number_is_meant_by_its_day(cited, officer, client_of):
    rows = [registering.record(paper("17/CT-TTg", day=date(2020, 4, day)), by=officer) for day in (1, 2)]
    typed = {"kind": "replaces", "paper": "17/CT-TTg 01/04/2020"}
    client_of(officer).post(reverse("relate", args=[cited.pk]), typed)
    assert Effect.objects.get().paper == rows[0]


def test_what_all_cite_is_not_ended_by_a_paper_that_one_unit_sees(cited, officer):
    private = registering.receive(paper("16/CT-TTg", day=date(2020, 3, 31)), by=officer, arrived_on=TODAY).document
    with pytest.raises(Refused, match="chỉ có trong sổ riêng của đơn vị"):
        registering.supersede(cited, by=officer, paper=private, kind="replaces")


def test_a_paper_is_replaced_once_and_not_by_one_that_it_replaced(cited, newer, officer):
    registering.supersede(cited, by=officer, paper=newer, kind="replaces")
    with pytest.raises(Refused, match="Hãy gỡ quan hệ cũ trước"):
        registering.supersede(cited, by=officer, paper=newer, kind="recalls")
    same_day = registering.record(paper("18/CT-TTg", day=date(2020, 3, 31)), by=officer)
    registering.supersede(newer, by=officer, paper=same_day, kind="replaces")
    with pytest.raises(Refused, match="đã được ghi là văn bản thay thế"):
        registering.supersede(same_day, by=officer, paper=newer, kind="replaces")


# --- The page of an entry


def shown(document, user):
    """The part of the reading page that tells of an entry."""
    request = RequestFactory().get("/")
    request.user = user
    return render_to_string("documents/register/_registered.html", {"document": document}, request)


def test_the_page_offers_each_what_they_may_do(cited, newer, officer, unit_officer, store_keeper):
    registering.supersede(cited, by=officer, paper=newer, kind="replaces")
    actions = ["correct_entry", "relate", "enter_paper"]
    offered = {
        person.username: [name for name in actions if reverse(name, args=[newer.pk]) in shown(newer, person)]
        for person in (officer, unit_officer, store_keeper)
    }
    assert offered == {"hoa": ["correct_entry", "relate", "enter_paper"], "lan": ["enter_paper"], "khoa": []}
    cited.refresh_from_db()
    page = shown(cited, store_keeper)
    assert "Văn bản này đã bị thay thế bằng" in page
    assert "hết hiệu lực từ ngày 01/04/2020" in page
    assert "Ghi nhầm, gỡ ra" not in page
    assert "Ghi nhầm, gỡ ra" in shown(cited, officer)


def test_the_page_tells_the_arrival_of_the_own_unit_only(cited, unit_officer, stranger):
    registering.enter(cited, by=unit_officer, handed_to="Phòng Nghiệp vụ Y")
    assert "Phòng Nghiệp vụ Y" in shown(cited, unit_officer)
    assert "Phòng Nghiệp vụ Y" not in shown(cited, stranger)


def test_the_page_tells_how_to_cite_with_the_day_where_the_number_is_not_enough(cited, officer):
    assert "{{cite:05/CT-TTg}}" in shown(cited, officer)
    registering.record(paper(issuer_name="Tổng Thư ký"), by=officer)
    assert "{{cite:05/CT-TTg 28/01/2020}}" in shown(cited, officer)


def test_the_history_of_an_arrival_can_be_read(unit_officer, client_of):
    row = registering.receive(paper(), by=unit_officer, arrived_on=TODAY)
    row.handed_to = "Phòng Tổng hợp"
    registering.correct_arrival(row, by=unit_officer, seen_version=1)
    page = shown(row.document, unit_officer)
    assert "Đơn vị hoặc người nhận" in page
    assert "<ins>Phòng Tổng hợp</ins>" in page
    assert client_of(unit_officer).get(reverse("document_history", args=[row.document_id])).status_code == 200


def test_the_history_of_an_arrival_is_for_the_unit_whose_book_it_is_in(cited, officer, unit_officer, client_of):
    for person, room in [(officer, "Phòng Nghiệp vụ Y"), (unit_officer, "Phòng Tổ chức Z")]:
        row = registering.enter(cited, by=person)
        row.handed_to = room
        registering.correct_arrival(row, by=person, seen_version=1)
    pages = [client_of(person).get(cited.get_absolute_url()).content.decode() for person in (officer, unit_officer)]
    assert [f"<ins>{room}</ins>" in page for page in pages for room in ("Phòng Nghiệp vụ Y", "Phòng Tổ chức Z")] == [
        True,
        False,
        False,
        True,
    ]


# --- Two people at once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_enter_papers_at_once_get_numbers_of_their_own(unit_officer):
    colleague = User.objects.create_user("ha", full_name="Lý Thị Hà", role=Role.UNIT_OFFICER, unit=unit_officer.unit)
    registering.receive(paper("0/A"), by=unit_officer, arrived_on=TODAY)
    ready = Barrier(2)

    def enter(person):
        mine = paper(f"{person.username}/A")
        ready.wait()
        try:
            return registering.receive(mine, by=person, arrived_on=TODAY).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(enter, [unit_officer, colleague])) == [2, 3]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_delivered_paper_that_two_enter_at_once_arrives_once(delivered, unit_officer):
    colleague = User.objects.create_user("ha", full_name="Lý Thị Hà", role=Role.UNIT_OFFICER, unit=unit_officer.unit)
    ready = Barrier(2)

    def enter(person):
        ready.wait()
        try:
            registering.enter(delivered, by=person)
        except Refused:
            return "told"
        finally:
            connection.close()
        return "entered"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(enter, [unit_officer, colleague])) == ["entered", "told"]
    assert Arrival.objects.filter(unit=unit_officer.unit).count() == 1
