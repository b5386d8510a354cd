"""Pages of certificates: who may, how many queries, layouts and printers that are refused, the page that a code opens."""

from decimal import Decimal

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.certificates import actions, drafting
from awards.certificates.layouts import sheet_of
from awards.certificates.rules import groups
from awards.models import Award, Certificate, Due, Layout, LayoutField, NameAnswer, Printer, Run
from documents.checks import picture_files
from documents.models import Upload
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.awards.issuing.conftest import DAY
from units import slowing


@pytest.fixture
def run(decision, store_keeper):
    """A run of two certificates."""
    made = decision(2)
    return actions.make(actions.begin(made, groups(made)[0].layout, by=store_keeper, day=DAY))


def typed(layout, **changes):
    """The form of a layout as its page sends it."""
    data = {
        "name": layout.name, "types": [str(row.pk) for row in layout.types.all()], "whom": layout.whom, "since": "", "until": "",
        "width": layout.width, "height": layout.height, "frame": layout.frame, "version": layout.version,
    }  # fmt: skip
    fields = list(layout.fields.all())
    data |= {"o-TOTAL_FORMS": len(fields), "o-INITIAL_FORMS": len(fields)}
    for place, one in enumerate(fields):
        for name in (
            "prints",
            "words",
            "left",
            "top",
            "width",
            "height",
            "font",
            "size",
            "least",
            "lines",
            "colour",
            "align",
            "stand",
        ):
            data[f"o-{place}-{name}"] = getattr(one, name)
        data |= {f"o-{place}-{name}": "on" for name in ("bold", "italic") if getattr(one, name)}
        data[f"o-{place}-ORDER"] = place + 1
    return data | changes


# --- Printing


def test_the_store_keeper_prints_a_decision_in_three_clicks(decision, client_of, store_keeper):
    made = decision(2)
    client = client_of(store_keeper)
    assert made.number in client.get(reverse("certificates")).content.decode()
    page = client.get(reverse("certificates_of", args=[made.pk])).content.decode()
    assert "In 2 tờ" in page
    layout = groups(made)[0].layout
    data = {"layout": layout.pk, f"m{layout.pk}-day": "20/11/2026"}
    done = client.post(reverse("print_certificates", args=[made.pk]), data, follow=True)
    run = Run.objects.get()
    assert (done.status_code, done.redirect_chain[-1][0], run.state) == (200, run.get_absolute_url(), "done")
    pdf = client.get(reverse("run_batch", args=[run.pk, 1]))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(reverse("run_batch", args=[run.pk, 2])).status_code == 404


def test_what_is_refused_stands_beside_its_field_with_what_was_typed(decision, client_of, store_keeper):
    made = decision(3, spare=-1)
    layout = groups(made)[0].layout
    data = {"layout": layout.pk, f"m{layout.pk}-day": "20/11/2026", f"m{layout.pk}-most": "3"}
    answer = client_of(store_keeper).post(reverse("print_certificates", args=[made.pk]), data)
    assert answer.status_code == 422
    assert "còn 2 tờ, cần 3" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert Certificate.objects.count() == 0


def test_pages_of_a_decision_ask_no_more_for_many_than_for_few(owed, blanks, layouts, client_of, store_keeper):
    blanks(40)
    few, many = owed(2)[0].award.decision, None
    client, asked = client_of(store_keeper), []
    client.get(reverse("certificates_of", args=[few.pk]))
    for number in (0, 12):
        if number:
            many = Award.objects.get(decision=few, position=1)
            for place in range(number):
                _copy(many, place + 10)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("certificates_of", args=[few.pk])).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert len(groups(few)[0].rows) == 14


def _copy(award, position):
    """One more award of the same decision, to somebody else, with what it is owed."""
    recipient = make_recipient("person", f"Lý Thị {position}", unit=award.unit)
    dues = list(Due.objects.filter(award=award))
    made = Award.objects.create(
        decision=award.decision, recipient=recipient, type=award.type, position=position, name=recipient.name, unit=award.unit,
        year=award.year, decided_on=award.decided_on, post=award.post, deed=award.deed,
    )  # fmt: skip
    Due.objects.bulk_create([Due(award=made, kind=due.kind, since=due.since) for due in dues])


def test_who_may_see_and_print(run, people, client_of, types):
    sheet = run.certificates.first()
    pages = {
        "certificates": [], "certificates_of": [run.decision_id], "run": [run.pk], "run_batch": [run.pk, 1], "layouts": [],
        "layout": [run.layout_id], "new_printer": [], "certificate_pdf": [sheet.pk],
    }  # fmt: skip
    for who, person in people.items():
        sees, keeps = who in ("officer", "leader", "clerk", "store_keeper", "administrator"), who not in ("clerk",)
        client = client_of(person)
        for name, args in pages.items():
            wanted = 200 if sees and (keeps or name not in ("layout", "new_printer")) else 403
            assert client.get(reverse(name, args=args)).status_code == wanted, (who, name)
        # A unit sees its own sheets, others see none.
        wanted = 200 if sees or who == "unit_officer" else 404
        assert client.get(reverse("certificate", args=[sheet.pk])).status_code == wanted, who


def test_a_unit_gets_proofs_of_its_own_names(decision, client_of, unit_officer, stranger):
    made = decision(2)
    answer = client_of(unit_officer).get(reverse("proof_certificates", args=[made.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert client_of(stranger).get(reverse("proof_certificates", args=[made.pk])).status_code == 404
    assert Certificate.objects.count() == 0


def test_a_unit_is_shown_the_proofs_of_each_layout(decision, small_layout, layouts, client_of, unit_officer):
    made = decision(3)
    Award.objects.filter(decision=made, position=1).update(whom="collective", name="Phòng Nghiệp vụ")
    client, pages = client_of(unit_officer), []
    page = client.get(reverse("own_names", args=[made.pk])).content.decode()
    for layout, number in (layouts["bang-khen-tinh"], 1), (small_layout, 2):
        address = f"{reverse('proof_certificates', args=[made.pk])}?mau={layout.pk}"
        assert f'href="{address}"' in page
        assert f"{layout}: {number} tờ" in page
        pages.append(len(pypdfium2.PdfDocument(client.get(address).content)))
    assert pages == [1, 2]


def test_the_words_of_flags_are_for_who_makes_them(kinds, types, layouts, officer, store_keeper, client_of):
    person = make_recipient("collective", "Sở Y tế", unit=None)
    award = give(person, "CTDT", 2025, officer)
    Due.objects.create(award=award, kind=kinds["co-thi-dua-tinh"], since=DAY)
    client, made = client_of(store_keeper), award.decision
    assert made.number in client.get(reverse("certificates")).content.decode()
    address = reverse("flag_words", args=[made.pk])
    assert address in client.get(reverse("certificates_of", args=[made.pk])).content.decode()
    (page,) = pypdfium2.pypdfium2.PdfDocument(client.get(address).content)
    words = page.get_textpage().get_text_range()
    assert [line in words for line in ("TẶNG", "ĐƠN VỊ DẪN ĐẦU PHONG TRÀO THI ĐUA", "Năm 2025", "Sở Y tế")] == [
        True
    ] * 4
    assert Certificate.objects.count() == 0


def test_a_unit_says_whether_its_names_are_right(decision, client_of, unit_officer, stranger, store_keeper):
    made = decision(2)
    address = reverse("own_names", args=[made.pk])
    client = client_of(unit_officer)
    assert "Lý Văn 1" in client.get(address).content.decode()
    assert address in client.get(reverse("home")).content.decode()
    refused = client.post(address, {"is_right": "0", "remark": " "})
    assert (refused.status_code, NameAnswer.objects.count()) == (422, 0)
    assert "Hãy ghi tên nào sai" in refused.content.decode()
    assert client.post(address, {"is_right": "0", "remark": "Lý Văn 1 sửa thành Lý Văn Một"}).status_code == 302
    page = client_of(store_keeper).get(reverse("certificates_of", args=[made.pk])).content.decode()
    assert "Lý Văn 1 sửa thành Lý Văn Một" in page
    assert address not in client.get(reverse("home")).content.decode()
    assert client.post(address, {"is_right": "1", "remark": ""}).status_code == 302
    found = NameAnswer.objects.get()
    assert (found.unit, found.is_right, found.remark, found.version) == (unit_officer.unit, True, "", 2)
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).post(address, {"is_right": "1"}).status_code == 404


def test_a_sheet_is_printed_again_on_its_page(run, client_of, store_keeper):
    sheet = run.certificates.get(number=1)
    client, address = client_of(store_keeper), reverse("certificate_step", args=[sheet.pk])
    data = {"act": "spoil", "version": sheet.version}
    assert client.post(address, data).status_code == 422
    answer = client.post(address, data | {"reason": "Kẹt giấy"})
    new = Certificate.objects.get(replaces=sheet)
    assert answer["Location"] == new.get_absolute_url()
    assert sheet.code in client.get(new.get_absolute_url()).content.decode()


# --- Layouts, printers


def test_a_layout_is_stored_with_its_fields_in_their_order(small_layout, client_of, store_keeper):
    data = typed(small_layout, **{"o-0-ORDER": 9, "o-0-left": "31,5", "o-3-DELETE": "on", "width": 300})
    answer = client_of(store_keeper).post(reverse("layout", args=[small_layout.pk]), data)
    assert answer.status_code == 302
    small_layout.refresh_from_db()
    assert (small_layout.width, small_layout.version) == (300, 2)
    assert [(row.prints, row.left) for row in small_layout.fields.all()] == [
        ("post", Decimal("30.0")), ("golden", Decimal("30.0")), ("name", Decimal("31.5")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"o-0-left": "100"}, "Ô ra ngoài tờ giấy: 100 + 200.0 mm, giấy rộng 297 mm"),
        ({"height": "195"}, "Ô ra ngoài tờ giấy: 180.0 + 22.0 mm, giấy cao 195 mm"),
        ({"o-0-least": "40"}, "Cỡ nhỏ nhất lớn hơn cỡ chữ"),
        ({"o-0-left": "-1"}, "không được nhỏ hơn 0"),
        ({"o-0-colour": "red; x"}, "Màu ghi như"),
        ({"o-0-prints": "fixed"}, "Hãy ghi chữ in"),
        ({"o-0-DELETE": "on"}, "phải có ô in tên"),
        ({"width": "5000"}, "1200"),
    ],
)
def test_a_layout_that_cannot_be_printed_is_refused_with_all_that_was_typed(
    small_layout, client_of, store_keeper, changes, words
):
    answer = client_of(store_keeper).post(reverse("layout", args=[small_layout.pk]), typed(small_layout, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert Layout.objects.get(pk=small_layout.pk).version == 1
    assert small_layout.fields.count() == 4


def test_an_old_page_of_a_layout_overwrites_nothing(small_layout, client_of, store_keeper):
    data = typed(small_layout)
    Layout.objects.filter(pk=small_layout.pk).update(version=2)
    answer = client_of(store_keeper).post(reverse("layout", args=[small_layout.pk]), data)
    assert (answer.status_code, Layout.objects.get(pk=small_layout.pk).version) == (422, 2)


def test_a_scanned_blank_is_kept_for_the_store_alone(small_layout, picture, client_of, store_keeper, unit_officer):
    client, address = client_of(store_keeper), reverse("layout", args=[small_layout.pk])
    assert client.post(address, typed(small_layout) | {"scan": picture()}).status_code == 302
    small_layout.refresh_from_db()
    shown = reverse("upload", args=[small_layout.scan_id])
    assert f"{shown}?xem=1" in client.get(address).content.decode()
    assert client.get(shown).status_code == 200
    assert client_of(unit_officer).get(shown).status_code == 404
    # It is never printed.
    assert sheet_of(small_layout).drawing == ""
    assert client.post(address, typed(small_layout) | {"no_scan": "on"}).status_code == 302
    assert (Layout.objects.get(pk=small_layout.pk).scan, Upload.objects.count()) == (None, 0)


def test_a_blank_that_is_no_picture_or_too_large_is_refused(
    small_layout, picture, client_of, store_keeper, monkeypatch
):
    client, address = client_of(store_keeper), reverse("layout", args=[small_layout.pk])
    words = picture("phoi.png")
    words.write(b"MZ this is no picture")
    words.seek(0)
    huge = picture("to.png", (20000, 10000))  # 200 megapixels in 25 KB
    pdf, webp = picture("phoi.pdf"), picture("phoi.webp", kind="WEBP")
    deep = picture("sau.png", mode="I;16")
    only = "Phải là ảnh PNG hoặc JPG: phoi"
    refused = (words, "phoi.png"), (huge, "quá nhiều điểm ảnh"), (pdf, only), (webp, only), (deep, "ở 8 bit")
    for file, told in refused:
        answer = client.post(address, typed(small_layout) | {"scan": file})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert Upload.objects.count() == 0
    assert picture_files.MOST_PIXELS < 200_000_000


@pytest.mark.parametrize("field", ["right", "down"])
@pytest.mark.parametrize("value", ["1000", "-20,1", "nan", "1 mét"])
def test_a_printer_that_is_off_by_a_metre_is_refused(db, types, client_of, store_keeper, field, value):
    data = {"name": "HP tầng 2", "right": "0", "down": "0", "is_used": "on"} | {field: value}
    answer = client_of(store_keeper).post(reverse("new_printer"), data)
    assert (answer.status_code, Printer.objects.count()) == (422, 0)
    assert "HP tầng 2" in answer.content.decode()


def test_a_printer_moves_its_sheets_and_has_a_sheet_to_set_it_by(run, client_of, store_keeper):
    client = client_of(store_keeper)
    assert (
        client.post(reverse("new_printer"), {"name": "HP", "right": "1,5", "down": "-2", "is_used": "on"}).status_code
        == 302
    )
    printer = Printer.objects.get()
    assert (printer.right, printer.down) == (Decimal("1.5"), Decimal("-2.0"))
    assert client.get(reverse("calibrate", args=[printer.pk]) + "?kho=a3").content[:5] == b"%PDF-"
    plain = client.get(reverse("run_batch", args=[run.pk, 1])).content
    assert client.get(reverse("run_batch", args=[run.pk, 1]) + f"?may-in={printer.pk}").content != plain
    again = client.post(reverse("new_printer"), {"name": "HP", "right": "0", "down": "0", "is_used": "on"})
    assert again.status_code == 422


def test_every_layout_that_comes_with_the_program_is_whole_and_can_be_tried(layouts, client_of, store_keeper):
    client = client_of(store_keeper)
    for layout in layouts.values():
        for field in layout.fields.all():
            field.full_clean()
            assert field.off(layout.width, layout.height) == {}
        answer = client.get(reverse("layout_try", args=[layout.pk]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert client.post(reverse("layout", args=[layout.pk]), typed(layout)).status_code == 302


def test_a_sheet_of_plain_paper_has_the_lines_of_the_decree(layouts):
    """Nghị định 98/2023/NĐ-CP, Điều 104."""
    fields = list(layouts["giay-khen"].fields.all())
    order = [one.words or one.prints for one in sorted(fields, key=lambda one: one.top) if one.top < 140]
    assert order == [
        "emblem", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "decider", "TẶNG", "award", "address",
        "name", "post", "deed",
    ]  # fmt: skip
    red = {one.prints for one in fields if one.colour == "#c00000"}
    assert red == {"decider", "award"}
    golden = next(one for one in fields if one.prints == LayoutField.Prints.GOLDEN)
    decision = next(one for one in fields if one.prints == LayoutField.Prints.DECISION)
    assert decision.bold
    assert decision.italic
    assert (golden.left, golden.align) == (decision.left, "left")
    assert golden.top > decision.top


def test_a_unit_changes_no_layout(small_layout, unit_officer):
    with pytest.raises(Refused, match="thủ kho"):
        drafting.save_layout(small_layout, [], [], by=unit_officer)


def test_a_sheet_that_was_printed_again_on_a_changed_layout_is_printed_alone(run, client_of, store_keeper):
    sheet = run.certificates.get(number=1)
    layout = Layout.objects.get(pk=run.layout_id)
    fields = list(layout.fields.all())
    drafting.save_layout(layout, layout.types.all(), fields, by=store_keeper, seen=layout.version)
    actions.SHEETS["spoil"](sheet, by=store_keeper, reason="Kẹt giấy")
    client, new = client_of(store_keeper), Certificate.objects.get(replaces=sheet)
    page = client.get(run.get_absolute_url()).content.decode()
    assert "In lại theo mẫu đã sửa" in page
    assert new.get_absolute_url() in page
    left = run.certificates.filter(state="printed", batch=1).count() - 1
    assert f"Tập 1: {left} tờ" in page
    batch = client.get(reverse("run_batch", args=[run.pk, 1]))
    assert len(pypdfium2.PdfDocument(batch.content)) == left
    assert len(pypdfium2.PdfDocument(client.get(reverse("certificate_pdf", args=[new.pk])).content)) == 1


# --- What a code tells


@pytest.fixture
def address(run):
    """The page of the first sheet's code."""
    return reverse("verify_certificate", args=[run.certificates.get(number=1).code])


def test_a_code_tells_without_an_account_that_the_certificate_holds(run, address, client):
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "đang có giá trị" in page
    assert run.decision.number in page
    assert "L. V." in page
    assert "Lý Văn" not in page
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex, nofollow", "no-store")
    assert "noindex" in page
    assert "width=device-width" in page
    assert "<script" not in page


def test_the_office_may_have_the_name_told(run, address, client, settings):
    settings.CERTIFICATES_TELL_NAMES = True
    assert "Lý Văn 0" in client.get(address).content.decode()


def test_a_code_tells_what_became_of_the_sheet(run, address, client, store_keeper):
    sheet = run.certificates.get(number=1)
    Award.objects.filter(pk=sheet.due.award_id).update(cancelled_on=DAY)
    page = client.get(address).content.decode()
    assert "đã hủy từ ngày 20/11/2026, không còn giá trị" in page
    assert "đang có giá trị" not in page
    Award.objects.filter(pk=sheet.due.award_id).update(cancelled_on=None)
    actions.SHEETS["spoil"](sheet, by=store_keeper, reason="Kẹt giấy")
    page = client.get(address).content.decode()
    assert "hỏng khi in, không có giá trị" in page
    new = Certificate.objects.get(replaces=sheet)
    assert new.code not in page.replace(" ", "")
    assert "đang có giá trị" in client.get(reverse("verify_certificate", args=[new.code])).content.decode()


def test_all_codes_that_there_are_not_get_the_same_answer_and_may_be_typed_again(run, address, client):
    codes = "0" * 26, "qqq", "x" * 60, "ế" * 26
    answers = [client.get(f"/xac-thuc/bang/{code}/") for code in codes]
    assert {(answer.status_code, answer["X-Robots-Tag"]) for answer in answers} == {(404, "noindex, nofollow")}
    pages = {answer.content.decode().replace(code, "…") for answer, code in zip(answers, codes, strict=True)}
    assert len(pages) == 1
    page = answers[0].content.decode()
    assert "Không có tờ nào mang mã này" in page
    assert f'value="{"0" * 26}"' in page
    # What cannot be a code is told without a page of its own.
    page = client.get(reverse("ask_certificate"), {"ma": '"><b>ế'}).content.decode()
    assert "Không có tờ nào mang mã này" in page
    assert "<b>" not in page


def test_who_guesses_is_slowed_down(run, address, client):
    for number in range(slowing.MOST):
        assert client.get(f"/xac-thuc/bang/{number:026d}/").status_code == 404
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert client.get(address, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_a_code_is_typed_as_it_is_read(run, address, client):
    code = run.certificates.get(number=1).code
    typed_code = " ".join(code[at : at + 5] for at in range(0, 26, 5)).upper()
    answer = client.get(reverse("ask_certificate"), {"ma": typed_code}, follow=True)
    assert "đang có giá trị" in answer.content.decode()
    assert client.get(reverse("ask_certificate")).status_code == 200
