"""The body signs what goes beside a paper: the words in the corner that the decree asks for, and no picture."""

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.exchange.packing import _attached as files_of_package
from documents.form.letters import width
from documents.life import marking
from documents.life.issuing import issue
from documents.models import FileLooked, Upload
from documents.signing import keys, looking
from documents.signing.looks import words
from documents.signing.marking import CopyForm, attached
from documents.steps.refusing import Refused

from . import certificates
from .certificates import PASSWORD, file_of

pytestmark = pytest.mark.django_db
DAY, BODY = date(2020, 2, 25), "UBND tỉnh Lạng Sơn"
MOMENT = r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d \+07:00"


@pytest.fixture
def paper(approved, clerk):
    return issue(approved, by=clerk, day=DAY)


def sheet(wide=595, high=842, turn=0) -> bytes:
    """One page of words; ``turn``: by how many degrees it is turned when it is read."""
    with pikepdf.open(io.BytesIO(words([*["\u00a0"] * 25, "Danh sách kèm theo"], wide, high, align="center"))) as pdf:
        pdf.pages[0].Rotate = turn
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def scan(dpi=200, mode="RGB") -> bytes:
    """One A4 page that is a picture."""
    out = io.BytesIO()
    picture = Image.new(mode, (int(8.27 * dpi), int(11.69 * dpi)), "white" if mode != "1" else 1)
    picture.save(out, "PDF", resolution=dpi)
    return out.getvalue()


def key(name=BODY, **facts):
    return keys.from_file(file_of(name, **facts), PASSWORD)


def corner_of(pdf) -> tuple[str, tuple]:
    """(the words in the pages' signatures, where on the sheet as it is read their ink is: left, top, right, bottom as parts)."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        page = document[0]
        picture = page.render(scale=2).to_pil().convert("L")
        wide, high = picture.size
        # What was there already stands further in.
        ink = picture.crop((wide // 2, 0, wide, high // 8)).point(lambda grey: 255 if grey < 128 else 0).getbbox()
    left, top, right, bottom = ink
    return (left + wide // 2) / wide, top / high, (right + wide // 2) / wide, bottom / high


def words_in_corner(pdf) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (field,) = [one for one in document.Root.AcroForm.Fields if one.FT == "/Sig"]
        shown = field.AP.N
        assert "/Image" not in str(shown.Resources.get("/XObject", {}))
    flat = pypdfium2.PdfDocument(pdf)
    flat.init_forms()
    page = flat[0]
    page.flatten()
    text = flat[0].get_textpage()
    found = text.get_text_bounded(left=300, bottom=780)
    flat.close()
    return [line.strip() for line in found.splitlines() if line.strip()]


def test_a_text_in_its_own_file_bears_number_and_moment_in_its_corner(paper, clerk):
    with key() as signer:
        (kept,) = marking.attach(paper, [("phu-luc.pdf", sheet())], signer, by=clerk)
    with kept.file.open() as file:
        content = file.read()
    told = words_in_corner(content)
    assert told[0] == paper.reference == "01/UBND-KGVX"
    assert re.fullmatch(MOMENT, told[1])
    (seen,) = looking.signatures(content, [looking.Trust(certificates.root_der())])
    assert (seen.name, seen.is_good) == (BODY, True)
    # The moment that is read is the one in the signature.
    assert f"{seen.at.astimezone(_zone()):%d/%m/%Y %H:%M:%S}" in told[1]
    looked = FileLooked.objects.get(upload=kept)
    assert (looked.words, looked.signatures.get().is_good) == (FileLooked.Words.APART, True)
    assert paper.moves.first().what == "attach_apart"
    assert [file.content for file in files_of_package(paper)] == [content]


def _zone():
    from django.utils import timezone

    return timezone.get_default_timezone()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595, 842), (842, 595)], ids=["upright", "on its side"])
def test_the_mark_is_in_the_corner_as_the_page_is_read_however_it_is_turned(paper, size, turn):
    with key() as signer:
        content = attached(sheet(*size, turn), paper, signer)
    left, top, right, bottom = corner_of(content)
    high = size[1] if turn in (0, 180) else size[0]
    assert right * (size[0] if turn in (0, 180) else size[1]) > (size[0] if turn in (0, 180) else size[1]) - 27
    assert left > 0.6
    assert top * high < 30
    assert bottom * high < 60


def test_the_mark_stands_beside_what_is_in_the_corner_already(paper, clerk):
    """A copy of a copy has both marks, and none lies on the other."""
    with key() as signer:
        once = attached(sheet(), paper, signer)
        twice = attached(once, paper, signer)
    with pikepdf.open(io.BytesIO(twice)) as pdf:
        first, second = ([float(x) for x in one.Rect] for one in pdf.Root.AcroForm.Fields)
    assert second[2] <= first[0]
    assert second[3] == first[3]
    assert [one.is_good for one in looking.signatures(twice)] == [True, True]


def test_the_letters_are_of_ten_points(paper):
    with key() as signer:
        content = attached(sheet(), paper, signer)
    left, _, right, _ = corner_of(content)
    assert (right - left) * 595 == pytest.approx(width("25/02/2020 10:15:30 +07:00", 10), rel=0.03)


def test_a_copy_tells_its_form_who_made_it_and_when(paper, clerk):
    with key() as signer:
        kept = marking.copy(paper, "quet.pdf", scan(), CopyForm.WHOLE, signer, by=clerk)
    with kept.file.open() as file:
        told = words_in_corner(file.read())
    assert told[:2] == ["Sao y", BODY]
    assert re.fullmatch(MOMENT, told[2])
    assert kept.kind == Upload.Kind.COPY


def test_a_copy_of_a_file_of_the_paper_is_told_as_such(paper, clerk, client_of):
    added = {"files": SimpleUploadedFile("ban-ky.pdf", scan())}
    assert client_of(clerk).post(reverse("add_signed", args=[paper.pk]), added).status_code == 302
    (source,) = paper.uploads.all()
    page = reverse("sign_copy", args=[paper.pk])
    typed = {"form": "sao-y", "source": source.pk, "way": "tep", "password": PASSWORD}
    answer = client_of(clerk).post(page, typed | {"key": SimpleUploadedFile("k.p12", file_of(BODY))})
    assert answer.status_code == 302
    copy = paper.uploads.get(kind=Upload.Kind.COPY)
    assert copy.looked.words == FileLooked.Words.COPY
    shown = client_of(clerk).get(paper.get_absolute_url()).content.decode()
    assert "đúng tệp được sao, thêm chữ ký" in shown
    assert "Bản sao điện tử" in shown


@pytest.mark.parametrize(
    ("facts", "told"),
    [({"dpi": 150}, "150 dpi"), ({"mode": "L"}, "đen trắng"), ({"mode": "1"}, "đen trắng")],
    ids=["coarse", "grey", "black"],
)
def test_a_scan_that_is_not_as_the_decree_asks_is_refused(paper, clerk, facts, told):
    with pytest.raises(Refused, match=told), key() as signer:
        marking.copy(paper, "quet.pdf", scan(**facts), CopyForm.WHOLE, signer, by=clerk)
    assert not paper.uploads.exists()


def test_a_page_of_words_is_no_scan(paper, clerk):
    with key() as signer:
        marking.copy(paper, "trich.pdf", sheet(), CopyForm.PART, signer, by=clerk)
    assert paper.uploads.get().name.startswith("trich-sao-")


@pytest.mark.parametrize(
    ("name", "facts", "told"),
    [
        ("Nông Văn Minh", {}, "không phải của"),
        (BODY, {"until": -0.5}, "đã hết hạn"),
        (BODY, {"by": "CA lạ"}, "danh sách tin cậy"),
    ],
    ids=["a person", "ended", "untrusted"],
)
def test_of_several_files_none_is_kept_where_the_key_does_not_fit(paper, clerk, name, facts, told):
    with pytest.raises(Refused, match=told), key(name, **facts) as signer:
        marking.attach(paper, [("a.pdf", sheet()), ("b.pdf", sheet())], signer, by=clerk)
    assert not paper.uploads.exists()


def test_a_file_that_another_program_signed_is_looked_at(paper, clerk):
    with key() as signer:
        signed = attached(sheet(), paper, signer)
    with pytest.raises(Refused, match=r"«a\.pdf».*chưa có chữ ký số"):
        marking.attach(paper, [("a.pdf", sheet())], None, by=clerk)
    at = signed.find(b"stream", 200) + 20
    broken = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    with pytest.raises(Refused, match=r"không còn nguyên vẹn|chưa có chữ ký số"):
        marking.attach(paper, [("a.pdf", broken)], None, by=clerk)
    (kept,) = marking.attach(paper, [("a.pdf", signed)], None, by=clerk)
    assert kept.looked.signatures.get().name == BODY


def test_clerks_of_the_body_alone_sign_beside_a_paper(paper, clerk, officer, unit_officer, client_of):
    for name in ("attach_apart", "sign_copy"):
        page = reverse(name, args=[paper.pk])
        assert client_of(clerk).get(page).status_code == 200
        assert client_of(officer).get(page).status_code == 404
        assert client_of(unit_officer).get(page).status_code == 404


def test_by_the_page_what_is_no_pdf_is_refused_and_several_are_kept(paper, clerk, client_of):
    page, client = reverse("attach_apart", args=[paper.pk]), client_of(clerk)
    typed = {"way": "tep", "password": PASSWORD}
    wrong = {"files": SimpleUploadedFile("a.xlsx", b"PK"), "key": SimpleUploadedFile("k.p12", file_of(BODY))}
    answer = client.post(page, typed | wrong)
    assert answer.status_code == 422
    assert "không phải PDF" in answer.content.decode()
    right = {
        "files": [SimpleUploadedFile(f"{name}.pdf", sheet()) for name in "ab"],
        "key": SimpleUploadedFile("k.p12", file_of(BODY)),
    }
    assert client.post(page, typed | right).status_code == 302
    assert paper.uploads.filter(kind=Upload.Kind.ATTACHED).count() == 2
    assert "Phụ lục, văn bản kèm theo ở tệp riêng" in client.get(paper.get_absolute_url()).content.decode()
