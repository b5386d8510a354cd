"""The way of a digital signature: pages given out, signed here or elsewhere, numbered, stamped; what speaks against each."""

import io
import shutil
import subprocess
from datetime import date

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pyhanko.sign.timestamps import DummyTimeStamper

from documents.form import rules
from documents.form.letters import width
from documents.life import actions as moves
from documents.life.issuing import issue
from documents.models import Appendix, Document, FileLooked, IssuedCopy, PagesToSign, SignatureLook, TrustedCertificate
from documents.papers.actions import save_draft
from documents.signing import actions, keys, looking, places, writing
from documents.signing.actions import given, sign_here, stamped, take_signed
from documents.signing.comparing import words_of
from documents.signing.looks import words
from documents.signing.places import Blank, Box
from documents.signing.signers import signers_of, stamp_of
from documents.signing.waiting import waited
from documents.steps.refusing import Refused

from . import certificates
from .certificates import PASSWORD, file_of

pytestmark = pytest.mark.django_db
DAY = date(2020, 2, 25)
SIGNER, BODY = "Nông Văn Minh", "UBND tỉnh Lạng Sơn"
# A place where nothing is written.
FREE = Box(0, 300, 300, 400, 340)


def sheets(document, leader) -> PagesToSign:
    return given(document, moves.to_sign(document)[0], user=leader)


def sign(document, leader, **facts):
    """The pages of ``document`` signed by its signer."""
    pages = sheets(document, leader)
    with keys.from_file(file_of(SIGNER, **facts), PASSWORD) as key:
        sign_here(pages, key, by=leader)
    return pages


def stamp(paper, pdf):
    with keys.from_file(file_of(BODY), PASSWORD) as key:
        return stamped(pdf, paper, key, stamp_of(paper))


def test_the_person_signs_the_clerk_numbers_the_body_stamps_and_all_stays_whole(approved, leader, clerk):
    sign(approved, leader)
    paper = issue(approved, by=clerk, day=DAY, stamp=stamp)
    content = bytes(IssuedCopy.objects.get(document=paper).content)
    first, second = looking.signatures(content, [looking.Trust(certificates.root_der())])
    assert (first.name, first.is_good, first.goes_on) == (SIGNER, True, True)
    assert (second.name, second.is_good, second.goes_on) == (BODY, True, False)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fields = {str(field.get("/T")): field for field in pdf.Root.AcroForm.Fields}
    assert str(fields["so-1"].V) == "01"
    assert str(fields["ngay-1"].V) == "25"
    looked = FileLooked.objects.get(document=paper, upload=None)
    assert [(row.name, row.is_good) for row in looked.signatures.all()] == [(SIGNER, True), (BODY, True)]
    # One letter on the first page is another.
    at = content.find(b"stream", 3000) + 30
    broken = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    assert [one.is_whole for one in looking.signatures(broken)] == [False, False]


def test_the_stamp_has_its_true_size_and_covers_a_third_of_the_signature_at_its_left(approved, leader, clerk):
    sign(approved, leader)
    content = bytes(IssuedCopy.objects.get(document=issue(approved, by=clerk, day=DAY, stamp=stamp)).content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = [page.objgen for page in pdf.pages].index(
            next(one.P.objgen for one in pdf.Root.AcroForm.Fields if str(one.T) == "CoQuan")
        )
    with pypdfium2.PdfDocument(content) as pdf:
        pdf.init_forms()
        picture = pdf[page].render(scale=4).to_pil().convert("RGB")
    red = _extent(picture, lambda r, g, b: r > 150 and g < 90 and b < 90)
    blue = _extent(picture, lambda r, g, b: b > 120 and r < 90)
    a_mm = 4 * 72 / 25.4
    assert (red[1] - red[0]) / a_mm == pytest.approx(36 * _inked(stamp_of(approved)), abs=0.4)
    assert (blue[1] - blue[0]) / a_mm == pytest.approx(40 * _inked(signers_of(approved)[0].look), abs=0.4)
    assert red[0] < blue[0] < red[1] < blue[1]
    assert (red[1] - blue[0]) / (blue[1] - blue[0]) == pytest.approx(1 / 3, abs=0.1)


def _inked(look) -> float:
    """Which part of its width a picture has ink on."""
    with Image.open(io.BytesIO(bytes(look.content))) as image:
        left, _, right, _ = image.getchannel("A").getbbox()
        return (right - left) / image.width


def _extent(picture, is_it):
    """From where to where, in points of the picture, there is a colour."""
    wide = picture.width
    found = [number % wide for number, point in enumerate(picture.get_flattened_data()) if is_it(*point)]
    return min(found), max(found)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")
def test_another_reader_of_signatures_agrees(approved, leader, clerk, tmp_path):
    sign(approved, leader)
    paper = issue(approved, by=clerk, day=DAY, stamp=stamp)
    file = tmp_path / "a.pdf"
    file.write_bytes(bytes(IssuedCopy.objects.get(document=paper).content))
    told = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid.") == 2
    assert "ETSI.CAdES.detached" in told


def test_what_is_signed_elsewhere_comes_back_and_is_held_against_what_was_approved(approved, leader, clerk):
    pages = sheets(approved, leader)
    assert bytes(sheets(approved, leader).given) == bytes(pages.given)
    with pytest.raises(Refused, match="chưa có chữ ký số"):
        take_signed(pages, bytes(pages.given), by=leader)
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        elsewhere = writing.sign(bytes(pages.given), key, "Signature1", FREE, _blank_look())
    with pytest.raises(Refused, match="không phải tệp trang để ký"):
        take_signed(pages, elsewhere[:900] + b"x" + elsewhere[901:], by=leader)
    take_signed(pages, elsewhere, by=clerk)
    pages.refresh_from_db()
    assert (pages.name, bytes(pages.signed), pages.by) == (SIGNER, elsewhere, clerk)


def _blank_look():
    return words(["Ký"], 100, 40)


def test_the_file_of_another_person_is_refused(approved, leader):
    pages = sheets(approved, leader)
    with keys.from_file(file_of("Hoàng Thị Khác"), PASSWORD) as key:
        other = writing.sign(bytes(pages.given), key, "Signature1", FREE, _blank_look())
    with pytest.raises(Refused, match="Hoàng Thị Khác ký, không phải Nông Văn Minh"):
        take_signed(pages, other, by=leader)


def test_a_paper_that_is_issued_while_somebody_signs_it_is_not_signed_any_more(approved, leader, clerk, monkeypatch):
    pages, made = sign(approved, leader), writing.sign
    before = bytes(PagesToSign.objects.get(pk=pages.pk).signed)

    def slow(*args, **facts):
        if Document.objects.get(pk=approved.pk).state == Document.State.APPROVED:
            issue(approved, by=clerk, day=DAY)
        return made(*args, **facts)

    monkeypatch.setattr(writing, "sign", slow)
    with (
        keys.from_file(file_of(SIGNER), PASSWORD) as key,
        pytest.raises(Refused, match="vừa được trả lại, sửa hoặc phát hành"),
    ):
        sign_here(PagesToSign.objects.get(pk=pages.pk), key, by=leader)
    assert bytes(PagesToSign.objects.get(pk=pages.pk).signed) == before


@pytest.mark.parametrize(
    ("name", "facts", "told"),
    [
        (SIGNER, {"since": -30, "until": -1}, "đã hết hạn"),
        (SIGNER, {"since": 2, "until": 30}, "chưa ký được"),
        (SIGNER, {"signs": False}, "không cấp để ký"),
        ("Nông Văn Mịnh", {}, "không phải của Nông Văn Minh"),
        ("NONG VAN MINH - PCT", {}, ""),
    ],
    ids=["ended", "not yet", "not for signing", "another name", "no accents"],
)
def test_a_certificate_is_the_signers_holds_and_may_sign(name, facts, told):
    with keys.from_file(file_of(name, **facts), PASSWORD) as key:
        if told:
            with pytest.raises(Refused, match=told):
                keys.refuse_unfit(key.signing_cert, [SIGNER])
        else:
            keys.refuse_unfit(key.signing_cert, [SIGNER])


def test_a_wrong_password_and_what_is_no_key_are_told_beside_the_field():
    for content, password in ((file_of(SIGNER), "sai"), (b"khong phai khoa", PASSWORD)):
        with pytest.raises(Refused, match="Không mở được tệp khóa") as refused, keys.from_file(content, password):
            pass
        assert refused.value.field == "password"


def test_words_that_were_returned_and_approved_again_are_signed_again(approved, officer, leader, clerk):
    sign(approved, leader)
    moves.give_back(approved, by=leader, reason="Sửa một chữ")
    paper = Document.objects.get(pk=approved.pk)
    save_draft(paper, by=officer)
    moves.submit(paper, by=officer)
    moves.approve(paper, by=leader)
    assert moves.signed_pages(Document.objects.get(pk=paper.pk)) is None


def test_the_day_is_that_of_the_pages_as_far_as_they_say(approved, leader, clerk):
    sign(approved, leader)
    with pytest.raises(Refused, match="ghi tháng 2") as refused:
        issue(approved, by=clerk, day=date(2020, 3, 2))
    assert refused.value.field == "day"


def test_a_number_of_five_figures_fits_in_each_blank_and_is_drawn_once_for_all_that_are_alike(
    approved, leader, clerk, monkeypatch
):
    for number in (1, 2):
        Appendix.objects.create(document=approved, position=number, title=f"Danh sách {number}", body="Một dòng.")
    pages, ruling = sheets(approved, leader), rules.in_force(approved.date.for_rules(DAY))
    blanks = places.prepared(bytes(pages.given))
    assert sorted(one.name for one in blanks) == ["ngay-1", "ngay-2", "ngay-3", "so-1", "so-2", "so-3"]
    for one in blanks:
        size = ruling.number.used if one.name == "so-1" else ruling.body.used
        assert width("99999" if one.what == places.NUMBER else "31", size) <= one.box.wide
    sign(approved, leader)
    drawn, real = [], actions.looks.words_of_one_line
    monkeypatch.setattr(actions.looks, "words_of_one_line", lambda *facts: drawn.append(facts) or real(*facts))
    paper = issue(approved, by=clerk, day=DAY, wanted=12345)
    # The number of the head, that of the appendices, the day.
    assert len(drawn) == 3
    with pikepdf.open(io.BytesIO(bytes(IssuedCopy.objects.get(document=paper).content))) as pdf:
        fields = {str(one.T): one for one in pdf.Root.AcroForm.Fields}
        assert {str(fields[f"so-{number}"].V) for number in (1, 2, 3)} == {"12345"}
        assert fields["so-2"].AP.N.objgen == fields["so-3"].AP.N.objgen


def test_what_an_authority_says_of_the_time_is_told(approved, leader, monkeypatch):
    key, certificate = certificates.issued("TSA", for_time=True)
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as cert_of
    from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as key_of
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    source = DummyTimeStamper(cert_of(certificate), key_of(key), certs_to_embed=SimpleCertificateStore())
    monkeypatch.setattr(actions, "time_source", lambda: source)
    pages = sign(approved, leader)
    pages.refresh_from_db()
    (seen,) = looking.signatures(bytes(pages.signed), [looking.Trust(certificates.root_der())])
    assert (seen.has_time, seen.is_good) == (True, True)


def test_a_certificate_of_nobody_on_the_list_of_trust_signs_nothing_and_is_told_in_a_file(approved, leader):
    with pytest.raises(Refused, match="do CA lạ cấp, không thuộc danh sách tin cậy"):
        sign(approved, leader, by="CA lạ")
    assert moves.signed_pages(approved) is None
    with keys.from_file(file_of(SIGNER, by="CA lạ"), PASSWORD) as key:
        elsewhere = writing.sign(bytes(sheets(approved, leader).given), key, "Signature1", FREE, _blank_look())
    (seen,) = looking.signatures(elsewhere, [looking.Trust(certificates.root_der())])
    assert (seen.is_whole, seen.is_trusted, seen.is_good) == (True, False, False)
    assert looking.signatures(elsewhere)[0].is_trusted is None
    with pytest.raises(Refused, match="không thuộc danh sách tin cậy"):
        take_signed(sheets(approved, leader), elsewhere, by=leader)


def test_where_the_office_keeps_no_list_of_trust_nobody_is_refused_for_that(approved, leader):
    TrustedCertificate.objects.all().delete()
    sign(approved, leader, by="CA lạ")
    assert moves.signed_pages(approved).name == SIGNER


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 khong phai", b"x" * 5000], ids=["nothing", "no pdf", "noise"])
def test_what_cannot_be_read_has_no_signature(content):
    assert looking.signatures(content) == []
    assert words_of(content) is None


# --- By pages


def test_it_is_signed_and_issued_by_pages(approved, leader, clerk, client_of):
    client = client_of(leader)
    page = reverse("sign", args=[approved.pk])
    assert f'href="{page}"' in client.get(approved.get_absolute_url()).content.decode()
    fetched = client.get(reverse("pages_to_sign", args=[approved.pk]))
    assert (fetched["Content-Type"], fetched.content[:5]) == ("application/pdf", b"%PDF-")
    wrong = client.post(page, {"way": "tep", "key": SimpleUploadedFile("a.p12", file_of(SIGNER)), "password": "sai"})
    assert wrong.status_code == 422
    assert "Không mở được tệp khóa" in wrong.content.decode()
    assert client.post(page, {"way": "tep"}).status_code == 422
    right = {"way": "tep", "key": SimpleUploadedFile("a.p12", file_of(SIGNER)), "password": PASSWORD}
    assert client.post(page, right).status_code == 302
    assert "Chứng thư của Nông Văn Minh" in client.get(approved.get_absolute_url()).content.decode()
    client = client_of(clerk)
    page = reverse("issue", args=[approved.pk])
    assert "đã ký số" in client.get(page).content.decode()
    typed = {"version": approved.version, "day": "25/02/2020"}
    person = {"dau-way": "tep", "dau-key": SimpleUploadedFile("b.p12", file_of(SIGNER)), "dau-password": PASSWORD}
    answer = client.post(page, typed | person)
    assert answer.status_code == 422
    assert "không phải của UBND tỉnh Lạng Sơn" in answer.content.decode()
    own = {"dau-way": "tep", "dau-key": SimpleUploadedFile("b.p12", file_of(BODY)), "dau-password": PASSWORD}
    assert client.post(page, typed | own).status_code == 302
    shown = client.get(approved.get_absolute_url()).content.decode()
    assert shown.count("Nội dung đã ký nguyên vẹn.") == 2


def test_a_file_that_comes_after_issuing_is_held_against_the_paper(approved, leader, clerk, client_of):
    paper = issue(approved, by=clerk, day=DAY)
    content = bytes(IssuedCopy.objects.get(document=paper).content)
    with keys.from_file(file_of(BODY), PASSWORD) as key:
        box = Box(0, 60, 60, 160, 100)
        signed = writing.sign(content, key, "Signature1", box, _blank_look())
    client, page = client_of(clerk), reverse("add_signed", args=[paper.pk])
    hidden = writing.prepare(content, [Blank("x", "x", Box(0, 60, 300, 560, 700))])
    for name, sent in (("dung.pdf", signed), ("khac.pdf", _another_paper()), ("che.pdf", hidden)):
        assert client.post(page, {"files": SimpleUploadedFile(name, sent)}).status_code == 302
    found = {row.upload.name: row for row in FileLooked.objects.all()}
    assert found["dung.pdf"].words == FileLooked.Words.SAME_FILE
    assert [row.name for row in found["dung.pdf"].signatures.all()] == [BODY]
    assert found["khac.pdf"].differs
    assert (found["che.pdf"].words, found["che.pdf"].differs) == (FileLooked.Words.MORE, True)
    assert "chữ khác bản phát hành" in client.get(paper.get_absolute_url()).content.decode()


def _another_paper():
    return words(["Một văn bản khác hẳn"], 400, 400)


def test_signing_is_offered_where_the_office_keeps_the_picture_and_to_those_who_decide(
    approved, leader, officer, client_of
):
    page = reverse("sign", args=[approved.pk])
    assert client_of(officer).get(page).status_code == 302
    SignatureLook.objects.all().delete()
    assert f'href="{page}"' not in client_of(leader).get(approved.get_absolute_url()).content.decode()
    assert client_of(leader).get(page).status_code == 302


def test_who_signed_any_file_is_told_where_files_are_verified(client_of, officer, looks):
    with keys.from_file(file_of(BODY), PASSWORD) as key:
        signed = writing.sign(_another_paper(), key, "Signature1", Box(0, 60, 60, 160, 100), _blank_look())
    sent = {"file": SimpleUploadedFile("a.pdf", signed)}
    shown = client_of(officer).post(reverse("verify"), sent).content.decode()
    assert "Chữ ký số trong tệp" in shown
    assert BODY in shown


def test_it_does_not_matter_whether_somebody_runs_a_loop_already():
    async def within():
        with keys.from_file(file_of(BODY), PASSWORD) as key:
            signed = writing.sign(_another_paper(), key, "Signature1", Box(0, 60, 60, 160, 100), _blank_look())
        return looking.signatures(signed)

    # In a thread of its own: the tests of pages leave a loop running in this one.
    (seen,) = waited(within)
    assert seen.name == BODY
