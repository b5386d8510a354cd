"""The desk's pages about papers: who sees what, what is kept, what is refused and how it is told."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from documents.models import Document, DocumentType, Job
from documents.papers.actions import save_draft
from units.excel_out import HEAD

from ...exported import exported_rows, sheet_of
from ..conftest import BODY, typed, words
from ..jobs.workers import done_by_worker

pytestmark = pytest.mark.django_db


def cited(reference, **changes):
    return Document.objects.create(
        **words(origin="cited", reference=reference, symbol="", body="", subject="về việc cũ", day=17) | changes
    )


# --- Who sees what


def test_a_unit_sees_its_own_drafts_and_what_everybody_cites(draft, officer, stranger, client_of):
    cited("50/BC-UBND")
    assert [row.subject for row in client_of(officer).get(reverse("documents")).context["page_obj"]] == [
        "báo cáo kết quả phong trào thi đua",
        "về việc cũ",
    ]
    assert [row.reference for row in client_of(stranger).get(reverse("documents")).context["page_obj"]] == [
        "50/BC-UBND"
    ]


def test_the_tabs_of_the_list_part_what_is_written_from_what_is_cited(draft, officer, client_of):
    cited("50/BC-UBND")
    client = client_of(officer)
    for tab, found in {
        "dang-soan": [""],
        "di": [],
        "den": [],
        "can-cu": ["50/BC-UBND"],
        "": ["", "50/BC-UBND"],
    }.items():
        page = client.get(reverse("documents"), {"nhom": tab})
        assert [row.reference for row in page.context["page_obj"]] == found, tab
    page = client.get(reverse("documents"), {"nhom": "can-cu", "q": "viec cu", "page": 2})
    addresses = {words: address for address, words, _ in page.context["list_tabs"]}
    assert addresses["Văn bản đi"] == "?nhom=di&q=viec+cu"
    assert 'type="hidden" name="nhom" value="can-cu"' in page.content.decode()
    assert 'href="/van-ban/?nhom=can-cu">Bỏ lọc' in page.content.decode()
    assert "Bỏ lọc" not in client.get(reverse("documents"), {"nhom": "di"}).content.decode()


@pytest.mark.parametrize(
    "name", ["document", "sheets", "document_pdf", "document_word", "document_source", "document_history"]
)
def test_a_stranger_is_told_that_a_draft_does_not_exist(draft, stranger, client_of, name):
    response = client_of(stranger).get(reverse(name, args=[draft.pk]))
    assert response.status_code == 404
    assert "phong trào" not in response.content.decode()


def test_a_stranger_cannot_change_a_draft_or_draw_it(draft, stranger, client_of):
    client = client_of(stranger)
    assert client.post(reverse("document", args=[draft.pk]), typed(draft, body="Đã sửa.")).status_code == 404
    assert client.post(reverse("preview"), typed(draft, pk=draft.pk)).status_code == 404
    draft.refresh_from_db()
    assert draft.body == BODY


def test_the_export_holds_no_more_than_the_list(draft, stranger, client_of):
    cited("50/BC-UBND")
    found = exported_rows(client_of(stranger).get(reverse("documents"), {"xuat": "xlsx"}))
    assert [row[0] for row in found] == ["50/BC-UBND"]


def test_those_who_only_read_are_shown_pages_without_a_form(draft, store_keeper, client_of):
    client = client_of(store_keeper)
    page = client.get(reverse("document", args=[draft.pk]))
    assert page.templates[0].name == "documents/life/read.html"
    assert client.post(reverse("document", args=[draft.pk]), typed(draft)).status_code == 404
    assert client.get(reverse("choose_type")).status_code == 403


def test_a_unit_keeps_the_papers_of_the_unit_that_went_into_it(draft, client_of, officer, so_noi_vu):
    from units.models import Role, Succession, Unit, UnitChange, User

    heir = Unit.objects.create(code="so-noi-vu-2025", name="Sở Nội vụ", kind=Unit.Kind.DEPARTMENT)
    change = UnitChange.objects.create(kind="merge", date="2025-03-01", citation="04/NQ-HĐND")
    Succession.objects.create(change=change, predecessor=so_noi_vu, successor=heir)
    colleague = User.objects.create_user("moi", full_name="Lý Thị Mới", role=Role.OFFICER, unit=heir)
    assert client_of(colleague).get(reverse("document", args=[draft.pk])).status_code == 200


# --- Lists


def test_a_list_asks_the_same_number_of_questions_for_one_row_and_for_many(
    draft, officer, client_of, django_assert_num_queries
):
    client = client_of(officer)
    # Session, account, its unit, units that went into it, count, rows, types to choose from.
    with django_assert_num_queries(9):
        client.get(reverse("documents"))
    for number in range(2, 25):
        save_draft(Document(**words(subject=f"việc số {number}")), by=officer)
    with django_assert_num_queries(9):
        client.get(reverse("documents"))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("phong trao thi dua", 1),
        ("PHONG TRÀO", 1),
        ("nong van minh", 1),
        ("ubnd-kgvx", 1),
        ("không có chữ này", 0),
        ("%", 0),
        ("_", 0),
        ("'\"\\", 0),
        ("x" * 10_000, 0),
    ],
)
def test_search_needs_no_accents_and_takes_any_characters(draft, officer, client_of, search, found):
    response = client_of(officer).get(reverse("documents"), {"q": search})
    assert response.status_code == 200
    assert len(response.context["page_obj"]) == found


@pytest.mark.parametrize(("day", "found"), [("25/02/2020", 0), ("29/02/2020", 1)])
def test_a_list_from_a_day_takes_an_undated_february_as_its_end(draft, officer, client_of, day, found):
    response = client_of(officer).get(reverse("documents"), {"den": day})
    assert len(response.context["page_obj"]) == found


def test_a_day_that_does_not_exist_is_told_beside_the_field(draft, officer, client_of):
    page = client_of(officer).get(reverse("documents"), {"den": "31/02/2020"})
    assert page.context["filter"].form.errors["den"] == [
        "Ngày không có thật hoặc viết chưa đúng. Hãy viết ngày/tháng/năm, ví dụ 25/02/2020."
    ]


def test_a_filter_that_is_wrong_shows_prints_and_exports_nothing(draft, officer, client_of):
    client = client_of(officer)
    assert len(client.get(reverse("documents"), {"den": "31/02/2020"}).context["page_obj"]) == 0
    assert exported_rows(client.get(reverse("documents"), {"den": "31/02/2020", "xuat": "xlsx"})) == []
    client.post(f"{reverse('print_list')}?den=31/02/2020")
    assert Job.objects.count() == 0


def test_a_formula_in_a_subject_stays_text_in_excel(officer, client_of, province):
    save_draft(Document(**words(subject="=1+1")), by=officer)
    cell = sheet_of(client_of(officer).get(reverse("documents"), {"xuat": "xlsx"})).cell(HEAD + 2, 4)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_list_sorts_by_type_in_vietnamese_order(officer, client_of):
    for code in ("TB", "BC", "ĐA", "CV", "GM"):
        save_draft(Document(**words(type=DocumentType.objects.get(code=code))), by=officer)
    rows = client_of(officer).get(reverse("documents"), {"sap": "loai"}).context["page_obj"]
    assert [row.type.code for row in rows] == ["BC", "CV", "ĐA", "GM", "TB"]


# --- Writing


def test_a_new_draft_begins_with_what_follows_from_its_type_and_issuer(officer, client_of, province):
    address = f"{reverse('new_document')}?loai=QĐ&co_quan=ubnd-tinh"
    form = client_of(officer).get(address).context["form"]
    assert form.instance.symbol == "QĐ-UBND"
    assert form.instance.authority_line == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert form.instance.issuer == "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN"
    assert Document.objects.count() == 0


def test_an_officer_writes_only_for_the_own_unit_and_those_above(unit_officer, client_of, province):
    client = client_of(unit_officer)
    assert client.get(f"{reverse('new_document')}?loai=CV&co_quan=ubnd-tinh").status_code == 404
    assert client.get(f"{reverse('new_document')}?loai=CV&co_quan=so-y-te").status_code == 200


def test_saving_keeps_who_when_before_and_after(draft, leader, client_of):
    client_of(leader).post(reverse("document", args=[draft.pk]), typed(draft, subject="báo cáo mới"))
    draft.refresh_from_db()
    assert (draft.subject, draft.version) == ("báo cáo mới", 2)
    edit = draft.edits.first()
    assert (edit.by, edit.version) == (leader, 2)
    assert edit.changes == {"Trích yếu": ["báo cáo kết quả phong trào thi đua", "báo cáo mới"]}


def test_saving_without_a_change_leaves_no_trace(draft, officer, client_of):
    assert client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft)).status_code == 302
    draft.refresh_from_db()
    assert (draft.version, draft.edits.count()) == (1, 1)


def test_history_shows_old_and_new_words(draft, officer, client_of):
    client = client_of(officer)
    client.post(reverse("document", args=[draft.pk]), typed(draft, body=BODY.replace("đề nghị", "yêu cầu")))
    page = client.get(reverse("document_history", args=[draft.pk])).content.decode()
    assert "<del>đề nghị </del><ins>yêu cầu </ins>" in page


def test_history_of_a_very_long_text_is_quick(draft, officer, client_of):
    import random
    import time

    client, address = client_of(officer), reverse("document", args=[draft.pk])
    for version in (1, 2):
        words_of = random.Random(version)  # noqa: S311  the same words every time
        text = " ".join(words_of.choices(["thi", "đua", "khen", "thưởng", "năm"], k=20_000))
        client.post(address, typed(draft, body=text, version=version))
    began = time.process_time()
    assert client.get(reverse("document_history", args=[draft.pk])).status_code == 200
    # Word by word it took minutes.
    assert time.process_time() - began < 10


def test_the_second_of_two_tabs_is_refused_and_loses_nothing(draft, officer, leader, client_of):
    address = reverse("document", args=[draft.pk])
    seen = typed(draft)
    client_of(leader).post(address, {**seen, "subject": "của lãnh đạo"})
    response = client_of(officer).post(address, {**seen, "subject": "của chuyên viên", "body": "Chữ đã gõ lâu."})
    draft.refresh_from_db()
    assert draft.subject == "của lãnh đạo"
    assert response.status_code == 422
    assert "Trần Văn Đăng đã lưu một bản mới hơn" in response.content.decode()
    assert "Chữ đã gõ lâu." in response.content.decode()
    assert response.context["form"]["version"].value() == 2
    again = client_of(officer).post(address, {**seen, "subject": "của chuyên viên", "version": 2})
    draft.refresh_from_db()
    assert (again.status_code, draft.subject) == (302, "của chuyên viên")


def test_a_save_that_does_not_say_what_it_saw_is_refused(draft, officer, client_of):
    assert client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft, version="")).status_code == 422


def test_another_type_brings_its_symbol_unless_one_was_typed(draft, officer, client_of):
    client, address = client_of(officer), reverse("document", args=[draft.pk])
    notice = DocumentType.objects.get(code="TB").pk
    client.post(address, typed(draft, type=notice))
    draft.refresh_from_db()
    assert (draft.type.code, draft.symbol) == ("TB", "TB-UBND")
    client.post(address, typed(draft, type=DocumentType.objects.get(code="KH").pk, symbol="KH-SNV"))
    draft.refresh_from_db()
    assert (draft.type.code, draft.symbol) == ("KH", "KH-SNV")


def test_fields_that_are_not_in_the_form_are_ignored(draft, officer, client_of, other_unit):
    sent = typed(draft, unit=other_unit.pk, author=1, origin="cited", number=7, sample="on", subject="đổi")
    client_of(officer).post(reverse("document", args=[draft.pk]), sent)
    draft.refresh_from_db()
    assert (draft.unit, draft.origin, draft.number, draft.sample) == (officer.unit, "ours", None, False)


def test_appendices_are_stored_in_order_and_crossed_out_ones_go(draft, officer, client_of):
    sent = typed(draft) | {
        "phu-luc-TOTAL_FORMS": 3,
        **{f"phu-luc-{i}-title": title for i, title in enumerate(["Một", "Hai", "Ba"])},
        **{f"phu-luc-{i}-orientation": "portrait" for i in range(3)},
        **{f"phu-luc-{i}-body": "Nội dung." for i in range(3)},
        "phu-luc-1-DELETE": "on",
    }
    client_of(officer).post(reverse("document", args=[draft.pk]), sent)
    assert [row.title for row in draft.appendices.all()] == ["Một", "Ba"]


# --- What is refused, and how it is told

REFUSED = [
    ({"body": "Xem [trang này](http://example.org)."}, "body", "Dòng 1: không dùng liên kết"),
    ({"body": "Một.\n\nHai[^4]."}, "body", "Dòng 3: chú thích [^4] chưa có lời"),
    ({"body": "![ảnh](file:///etc/passwd)"}, "body", "Dòng 1: không"),
    ({"body": ""}, "body", "chưa có nội dung"),
    ({"body": "a" * 5_000_000}, "body", "tối đa 1 MB"),
    ({"subject": ""}, "subject", "Hãy điền mục này"),
    ({"date": "31/02/2020"}, "date", "Không có ngày 31/02/2020"),
    ({"date": "hôm nay"}, "date", "Ghi ngày như 25/02/2020"),
    ({"capacity": "", "signer": "", "signer_name": ""}, "capacity", "thiếu"),
    ({"place": ""}, "place", "thiếu"),
]


@pytest.mark.parametrize(("changes", "field", "message"), REFUSED)
def test_a_fault_is_told_beside_its_field_and_the_words_are_kept(draft, officer, client_of, changes, field, message):
    response = client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft) | changes)
    assert response.status_code == 422
    form = response.context["form"]
    assert message.lower() in " ".join(form.errors.get(field, [])).lower()
    for name, value in changes.items():
        assert (form[name].value() or "") == value
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_signer_outside_the_term_is_a_warning_that_a_reason_overrules(draft, officer, client_of):
    client, address = client_of(officer), reverse("document", args=[draft.pk])
    response = client.post(address, typed(draft, date="01/07/2021"))
    assert "Nông Văn Minh không giữ chức vụ này vào ngày 01/07/2021" in response.content.decode()
    assert client.post(address, typed(draft, date="01/07/2021", signer_reason="Ký bổ sung.")).status_code == 302
    assert client.post(address, typed(draft, date="30/06/2021", version=2)).status_code == 302


def test_text_pasted_from_word_is_cleaned(draft, officer, client_of):
    pasted = "“Thi\u00adđua”\u00a0là\tyêu nu\u031bo\u031b\u0301c."
    client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft, body=pasted))
    draft.refresh_from_db()
    assert draft.body == "“Thiđua”\u00a0là yêu nước."


# --- Pages and files


def test_the_preview_draws_what_is_typed_and_stores_nothing(draft, officer, client_of):
    response = client_of(officer).post(reverse("preview"), typed(draft, pk=draft.pk, body="Một đoạn khác."))
    assert response.content.decode().count("data:image/png;base64,") == 1
    draft.refresh_from_db()
    assert draft.body == BODY


def test_the_preview_names_the_line_of_a_fault(draft, officer, client_of):
    response = client_of(officer).post(reverse("preview"), typed(draft, pk=draft.pk, body="Một.\n\nHai[^4]."))
    assert response["Content-Type"].startswith("text/html")
    assert 'data-fault-line="3" data-fault-field="body"' in response.content.decode()


def test_the_preview_of_a_draft_just_begun_says_calmly_what_is_missing(officer, client_of, province):
    address = f"{reverse('preview')}?loai=CV&co_quan=ubnd-tinh"
    page = client_of(officer).post(address, {"phu-luc-TOTAL_FORMS": 0, "phu-luc-INITIAL_FORMS": 0}).content.decode()
    assert "Còn thiếu để dựng được trang" in page
    assert "subject" not in page.replace('data-fault-field="subject"', "")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"symbol": "X" * 41}, "Ký hiệu: "),
        ({"date": "31/02/2020"}, "Ngày văn bản: Không có ngày 31/02/2020"),
        ({"date": "01/01/9999"}, "Không có ngày 01/01/9999"),
        ({"phu-luc-TOTAL_FORMS": 1, "phu-luc-0-body": "Lời.", "phu-luc-0-orientation": "portrait"}, "Phụ lục, tên"),
    ],
)
def test_the_preview_never_draws_other_words_than_those_typed(draft, officer, client_of, changes, told):
    page = client_of(officer).post(reverse("preview"), typed(draft, pk=draft.pk) | changes).content.decode()
    assert told in page
    assert "data:image/png" not in page


def test_a_part_of_a_page_asked_for_after_the_session_ended_is_not_the_login_page(client, draft):
    response = client.post(reverse("preview"), typed(draft, pk=draft.pk), headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (401, b"")


@pytest.mark.parametrize("name", ["loai", "co_quan"])
def test_a_nul_in_an_address_is_not_found(officer, client_of, province, name):
    query = {"loai": "CV", "co_quan": "ubnd-tinh"} | {name: "a\0b"}
    assert client_of(officer).get(reverse("new_document"), query).status_code == 404


def test_a_paper_with_many_citations_asks_the_register_once(draft, officer, django_assert_max_num_queries):
    from documents.printing.pages import pdf_of

    for number in range(1, 30):
        cited(f"{number}/BC-UBND")
    draft.body = " ".join(f"{{{{cite:{number}/BC-UBND}}}}" for number in range(1, 30))
    with django_assert_max_num_queries(5):
        _pdf, faults = pdf_of(draft, user=officer)
    assert faults == ()


@pytest.mark.usefixtures("pages_set_anew")
def test_the_pdf_has_a_name_without_accents_and_the_same_bytes_each_time(draft, officer, client_of):
    client, address = client_of(officer), reverse("document_pdf", args=[draft.pk])
    first = client.get(address)
    assert first["Content-Disposition"] == (
        f'attachment; filename="{draft.pk}-cv-bao-cao-ket-qua-phong-trao-thi-dua.pdf"'
    )
    assert first.content.startswith(b"%PDF-")
    assert client.get(address).content == first.content


@pytest.mark.usefixtures("pages_set_anew")
def test_the_source_file_sets_the_same_pages(draft, officer, client_of):
    from documents import typesetting
    from documents.printing.pages import pdf_of
    from documents.source import source
    from documents.source.types import BUILT_IN

    written = client_of(officer).get(reverse("document_source", args=[draft.pk])).content
    html = typesetting.typeset(source.parse(written, BUILT_IN), BUILT_IN)
    assert typesetting.to_pdf(html) == pdf_of(draft, user=officer)[0]


def test_a_citation_is_written_out_of_the_register(draft, officer):
    from documents.printing.pages import pdf_of

    cited("50/BC-UBND", type=DocumentType.objects.get(code="BC"), day=17, subject="tổng kết công tác năm 2019")
    draft.body = "Thực hiện {{cite:50/BC-UBND}} và {{cite:50/BC-UBND}}."
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf_of(draft, user=officer)[0])) as pdf:
        text = " ".join(pdf.pages[0].extract_text().split())
    assert (
        "Thực hiện Báo cáo số 50/BC-UBND ngày 17 tháng 02 năm 2020 của UBND tỉnh Lạng Sơn về tổng kết công tác năm 2019 "
        "và Báo cáo số 50/BC-UBND./." in text
    )


def test_a_citation_of_another_units_draft_is_not_found(draft, stranger):
    from documents.citations.rules import resolver

    draft.reference = "9/UBND"
    draft.save()
    assert resolver(stranger)("9/UBND", True) is None


# --- Printing in numbers


def test_a_job_prints_what_the_list_shows_and_only_its_owner_fetches_it(draft, officer, stranger, client_of):
    save_draft(Document(**words(subject="việc khác")), by=officer)
    client = client_of(officer)
    response = client.post(f"{reverse('print_list')}?q=phong+trao")
    job = Job.objects.get()
    assert (response.url, job.total, job.state) == (job.get_absolute_url(), 1, "waiting")
    done_by_worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.percent) == ("done", 1, 100)
    result = b"".join(client.get(reverse("job_result", args=[job.pk])).streaming_content)
    names = zipfile.ZipFile(io.BytesIO(result)).namelist()
    assert names == [f"{draft.pk}-cv-bao-cao-ket-qua-phong-trao-thi-dua.pdf"]
    for name in ("job", "job_result"):
        assert client_of(stranger).get(reverse(name, args=[job.pk])).status_code == 404


def test_a_job_names_what_it_could_not_print(draft, officer):
    draft.body = "Hỏng[^9]."
    draft.save()
    job = Job.objects.create(title="In", by=officer, arguments={"documents": [draft.pk]}, total=1)
    done_by_worker()
    job.refresh_from_db()
    assert job.message.startswith("1 văn bản chưa in được")
    with zipfile.ZipFile(job.result.open()) as archive:
        assert "[^9] chưa có lời" in archive.read("KHONG-IN-DUOC.txt").decode()


def test_a_finished_job_is_not_done_twice(officer):
    from django.utils import timezone

    job = Job.objects.create(title="In", by=officer, state="done", finished_at=timezone.now(), arguments={})
    job.result.save("a.zip", ContentFile(b"x"))
    done_by_worker()
    assert job.result.open().read() == b"x"


def test_without_debians_packages_a_page_says_what_to_install(draft, officer, client_of, monkeypatch):
    from documents import typesetting
    from documents.typesetting.pdf import PackagesMissing

    def missing(html, **options):
        raise PackagesMissing("Hãy cài: sudo apt-get install libpango-1.0-0")

    monkeypatch.setattr(typesetting, "to_pdf", missing)
    client = client_of(officer)
    assert "libpango-1.0-0" in client.get(reverse("sheets", args=[draft.pk])).content.decode()
    page = client.get(reverse("document_pdf", args=[draft.pk]), follow=True).content.decode()
    assert "sudo apt-get install libpango-1.0-0" in page


def test_text_in_an_old_encoding_is_refused_and_converted_by_a_button(draft, officer, client_of):
    old = typed(draft, subject="tæng kÕt phong trµo thi ®ua", body="Đúng.\r\n\r\nkhen th\u00adëng tËp thÓ", **{
        "phu-luc-TOTAL_FORMS": "1", "phu-luc-0-title": "Danh s¸ch ®¬n vÞ", "phu-luc-0-orientation": "portrait",
        "phu-luc-0-body": "x",
    })  # fmt: skip
    visitor, address = client_of(officer), reverse("document", args=[draft.pk])
    response = visitor.post(address, old)
    assert response.status_code == 422
    page = response.content.decode()
    assert "bảng mã cũ TCVN3 (ABC): «tæng kÕt phong trµo thi ®ua» là «tổng kết phong trào thi đua»" in page
    assert page.count('name="chuyen-ma"') == 3
    response = visitor.post(address, old | {"chuyen-ma": "1"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Đã chuyển sang Unicode, chưa lưu." in page
    for meant in ("tổng kết phong trào thi đua", "Đúng.\r\n\r\nkhen thưởng tập thể", "Danh sách đơn vị"):
        assert meant in page.replace("\n", "\r\n").replace("\r\r", "\r")
    draft.refresh_from_db()
    assert draft.body == BODY
    assert 'name="chuyen-ma"' not in page


def test_the_letter_that_only_looks_like_ours_becomes_ours(draft, officer, client_of):
    client_of(officer).post(
        reverse("document", args=[draft.pk]), typed(draft, subject="Ðề nghị", body="Ðặng Văn A, ðồng chí.")
    )
    draft.refresh_from_db()
    assert (draft.subject, draft.body) == ("Đề nghị", "Đặng Văn A, đồng chí.")


def test_a_wrong_date_hides_no_other_fault(draft, officer, client_of):
    data = typed(draft, date="31/02/2026", body="Một.\n\nHai[^4].\n\n[x](y)", bases="Căn cứ {{cite:99/XX}}")
    errors = client_of(officer).post(reverse("document", args=[draft.pk]), data).context["form"].errors
    assert "Không có ngày 31/02/2026" in errors["date"][0]
    assert [message.partition(":")[0] for message in errors["body"]] == ["Dòng 3", "Dòng 5"]
    # What was refused already is not called missing as well.
    data = typed(draft, date="31/02/2026", subject="MẬT", place="")
    errors = client_of(officer).post(reverse("document", args=[draft.pk]), data).context["form"].errors
    assert (len(errors["subject"]), len(errors["date"]), "place" in errors) == (1, 1, True)
