"""Files that act by themselves or ask another machine; and what a camera wrote into a picture, which nobody may fetch."""

import errno
import io
import random
import re
import struct
import zipfile
import zlib

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.urls import reverse
from PIL import Image, PngImagePlugin

from documents.models import Upload
from documents.uploads import actions as keeping
from documents.uploads import bare, inspect, keep

from ..issued import issue_letter
from ..uploads.test_uploads import (
    GOOD,
    HTML,
    OTHER,
    disguised,
    given,
    link,
    office,
    pdf,
    picture,
    refusal,
    sum_of,
    with_action,
    zipped,
)

Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array


def address():
    """Anew each time: an object belongs to the one PDF that it was put into."""
    return Dictionary(S=Name.URI, URI="https://vi-du.example/dem")


GOES_ELSEWHERE = "tự mở hoặc gửi tới một địa chỉ khác khi được mở hay bấm. Hãy in sang PDF mới rồi gửi."
ACTIVE = "có mã chạy hoặc lệnh mở chương trình bên trong. Hãy in sang PDF mới rồi gửi."

# --- PDF


def on_the_page(**entries):
    """A change of a PDF: something on its page, made by a function."""

    def change(document):
        for name, make in entries.items():
            document.pages[0][f"/{name}"] = document.make_indirect(make())

    return change


def pressed(make):
    """A place on the page that does an action when somebody presses on it."""

    def places():
        return Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=make())])

    return on_the_page(Annots=places)


def turning():
    return Dictionary(S=Name.Named, N=Name.NextPage)


def opening_far_off(document):
    """An address behind two references, one of them among packed objects."""
    document.Root.OpenAction = document.make_indirect(
        Dictionary(S=Name.GoTo, D=[document.pages[0].obj, Name.Fit], Next=Array([document.make_indirect(address())]))
    )


packed = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (pdf(with_action(S=Name.URI, URI="https://vi-du.example")), GOES_ELSEWHERE),
        (pdf(opening_far_off), GOES_ELSEWHERE),
        (pdf(opening_far_off, **packed), GOES_ELSEWHERE),
        (pdf(on_the_page(AA=lambda: Dictionary(O=address()))), GOES_ELSEWHERE),
        (pdf(with_action(S=Name.SubmitForm, F="https://vi-du.example")), GOES_ELSEWHERE),
        (pdf(pressed(lambda: Dictionary(S=Name.SubmitForm, F="https://vi-du.example")), **packed), GOES_ELSEWHERE),
        (pdf(with_action(S=Name.ImportData, F="a.fdf")), GOES_ELSEWHERE),
        (pdf(with_action(S=Name.GoToR, F="\\\\may\\a.pdf", D=[0, Name.Fit])), GOES_ELSEWHERE),
        (pdf(pressed(lambda: Dictionary(S=Name.GoToR, F="b.pdf", D=[0, Name.Fit]))), GOES_ELSEWHERE),
        (pdf(with_action(S=Name.GoToE, D=[0, Name.Fit])), GOES_ELSEWHERE),
        (pdf(on_the_page(X=lambda: Dictionary(FS=Name.URL, F="https://vi-du.example"))), GOES_ELSEWHERE),
        (pdf(with_action(S=Name.Thread, F="\\\\may\\a.pdf")), GOES_ELSEWHERE),
        (pdf(with_action(S=Name.Launch, F="cmd.exe")), ACTIVE),
        (pdf(lambda document: document.Root.update({"/AcroForm": Dictionary(XFA=[])})), ACTIVE),
    ],
    ids=range(14),
)
def test_a_pdf_that_opens_or_sends_to_an_address_is_refused(content, message):
    assert refusal("a.pdf", content) == message


def repacked(make, entries):
    """A PDF whose packed objects hold a script, packed in another way than by Flate alone."""

    def change(document):
        document.Root.OpenAction = document.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))

    content = pdf(change, **packed)
    found = re.search(rb"<<[^>]*/ObjStm[^>]*>>\s*stream\r?\n", content)
    length, *counts = (int(re.search(rb"/%s (\d+)" % name, found[0])[1]) for name in (b"Length", b"N", b"First"))
    data = make(zlib.decompress(content[found.end() : found.end() + length]))
    head = b"<< /Type /ObjStm /N %d /First %d /Length %d %s >>\nstream\n" % (*counts, len(data), entries)
    return content[: found.start()] + head + data + content[found.end() + length :]


def in_rows(data, wide=16):
    """``data`` as differences of rows, packed."""
    data += b" " * (-len(data) % wide)
    rows = [data[start : start + wide] for start in range(0, len(data), wide)]
    pairs = zip(rows, [bytes(wide), *rows], strict=False)
    return zlib.compress(
        b"".join(b"\x02" + bytes((one - above) % 256 for one, above in zip(*pair, strict=True)) for pair in pairs)
    )


@pytest.mark.parametrize(
    ("make", "entries"),
    [
        (lambda data: zlib.compress(data).hex().encode() + b">", b"/Filter [/ASCIIHexDecode /FlateDecode]"),
        (in_rows, b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 16 >>"),
    ],
    ids=["hex", "rows"],
)
def test_a_script_is_found_however_its_objects_are_packed(make, entries):
    content = repacked(make, entries)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert Name.JavaScript == document.Root.OpenAction.S
    assert refusal("a.pdf", content) == ACTIVE


def test_a_chain_of_actions_without_end_is_refused():
    def change(document):
        action = document.make_indirect(turning())
        action.Next = action
        document.Root.OpenAction = action
        document.Root.URI = Dictionary(Base="x")

    assert refusal("a.pdf", pdf(change)) == GOES_ELSEWHERE


def both(*changes):
    return lambda document: [change(document) for change in changes]


@pytest.mark.parametrize(
    "change",
    [
        pressed(address),
        both(pressed(address), with_action(S=Name.GoTo, D="a")),
        both(pressed(address), on_the_page(AA=lambda: Dictionary(O=turning()))),
    ],
)
@pytest.mark.parametrize("save", [{}, packed])
def test_an_address_to_press_on_is_taken(change, save):
    assert inspect(given("a.pdf", pdf(change, **save))).extension == "pdf"


@pytest.mark.parametrize("before", [bytes(range(0x80, 0x95)), b"\r\n", b"\xef\xbb\xbf", b"x" * 1000])
def test_something_before_the_beginning_of_a_pdf_is_taken_as_readers_take_it(before):
    content = before + pdf()
    assert inspect(given("a.pdf", content)).sha256 == sum_of(content)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (HTML, "trang web hoặc mã chạy"),
        (b" " * 9 + b"<svg onload='x'>", "ảnh SVG"),
        (b"x" * 1100, "nội dung không nhận ra được"),
        (b"xPK\x03\x04", "nội dung không nhận ra được"),
    ],
)
def test_a_pdf_behind_another_file_is_refused(before, words):
    assert refusal("a.pdf", before + pdf()) == disguised("pdf", words, OTHER)


# --- Word and Excel

# Longer than what is read at once, and packed to no less than a half.
LONG = random.Random(1).randbytes(600_000).hex()  # noqa: S311
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "content",
    [
        office("xlsx", ("xl/externalLinks/externalLink1.xml", "<externalLink/>")),
        office("xlsx", ("xl/connections.xml", "<connections/>")),
        office("xlsx", ("xl/queryTables/queryTable1.xml", "<queryTable/>")),
        office("xlsx", (SHEET, '<c><f>WEBSERVICE("https://vi-du.example")</f></c>')),
        office("xlsx", (SHEET, f"<c>{LONG}<f t='x'>1+RTD(1)</f></c>")),
        office("xlsx", (SHEET, f'<c><f>IF(A1="{"a" * 4000}",_xlfn.IMAGE("https://vi-du.example"))</f></c>')),
        office("xlsx", (SHEET, "<x:c><x:f>WEBSERVICE(A1)</x:f></x:c>")),
        office("xlsx", (SHEET, "<c><f>WEBSERV&#73;CE (A1)</f></c>")),
        office("xlsx", (SHEET, "<c><f><![CDATA[WEBSERVICE(A1)]]></f></c>")),
        office("xlsx", (SHEET, '<?xml version="1.0" encoding="UTF-16"?><c><f>RTD(1)</f></c>'.encode("utf-16"))),
        office("xlsx", ("xl/worksheets/sheet1.dat", "<c><f>WEBSERVICE(A1)</f></c>")),
        office("xlsx", ("xl/names.xml", "<n><definedName name='a'>WEBSERVICE(A1)</definedName></n>")),
        office("xlsx", (SHEET, "<c><formula>WEBSERVICE(A1)</formula></c>")),
        office("xlsx", (SHEET, "<c><f>cmd|'/C calc'!A0</f></c>")),
        office("docx", ("word/header1.xml", '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\x "/></w:p>')),
        office("docx", ("word/header1.xml", "<p><w:instrText>DD</w:instrText><w:instrText>EAUTO c</w:instrText></p>")),
        office("docx", ("word/header1.xml", '<w:instrText>LINK Excel.Sheet.12 "\\\\may\\a.xlsx"</w:instrText>')),
        office("docx", ("word/header1.xml", '<w:instrText xml:space="preserve"> DDEAUTO c:\\x </w:instrText>')),
        office("docx", link("image", "https://vi-du.example/dem.png")),
        office("docx", link("externalLinkPath", "file:///\\\\may\\a.xlsx")),
        office("xlsx", link("image", "\\\\may\\a.png")),
    ],
    ids=range(21),
)
def test_an_office_file_that_asks_another_machine_is_refused(content):
    name = "a.xlsx" if b"xl/workbook.xml" in content else "a.docx"
    assert refusal(name, content).startswith("lấy nội dung từ máy hoặc tệp khác khi mở. ")


def test_words_about_a_formula_are_taken():
    content = office("xlsx", (SHEET, "<s><c><f>SUM(A1)</f></c><t>hàm WEBSERVICE(x), DDEAUTO</t></s>"))
    assert inspect(given("a.xlsx", content)).extension == "xlsx"
    fields = '<p><w:instrText>HYPER</w:instrText><w:instrText>LINK "https://vi-du.example" \\\\o</w:instrText>PAGE</p>'
    assert inspect(given("a.docx", office("docx", ("word/header1.xml", fields)))).extension == "docx"
    assert inspect(given("a.docx", office("docx", link("hyperlink", "https://vi-du.example")))).extension == "docx"


@pytest.mark.parametrize(
    "name", ["../a.xml", "word/../../a.xml", "/etc/a.xml", "..\\a.xml", "C:\\a.xml", "word\\..\\a"]
)
def test_a_part_that_climbs_out_is_refused(name):
    assert refusal("a.docx", office("docx", (name, "<x/>"))).startswith("có phần mang tên trỏ ra ngoài tệp nén")


def test_a_part_that_stands_for_a_file_elsewhere_is_refused():
    memory = io.BytesIO(GOOD["a.docx"])
    with zipfile.ZipFile(memory, "a") as package:
        part = zipfile.ZipInfo("word/link.xml")
        part.create_system, part.external_attr = 3, 0o120777 << 16
        package.writestr(part, "/etc/passwd")
    assert "trỏ ra ngoài" in refusal("a.docx", memory.getvalue())


# --- What a camera writes

PLACE, NUMBER = b"21,8533", b"SO-MAY-0123"


def camera_words(turned=1):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[0x12] = "21,8533"
    exif[0x0112], exif[0x010F], exif[0xA431] = turned, "Nokia", "SO-MAY-0123"
    return exif


def photograph(format_="JPEG", turned=1, **options):
    memory = io.BytesIO()
    image = Image.frombytes("RGB", (30, 20), bytes(range(200)) * 9)
    image.save(memory, format_, exif=camera_words(turned), **options)
    return memory.getvalue()


def with_segment(content, mark, words):
    return content[:2] + b"\xff" + bytes([mark]) + struct.pack(">H", len(words) + 2) + words + content[2:]


def png_words():
    words = PngImagePlugin.PngInfo()
    words.add_text("Camera", "SO-MAY-0123")
    words.add_itxt("XML:com.adobe.xmp", "<x>21,8533</x>", zip=False)
    return words


PICTURES = {
    "exif.jpg": photograph(),
    "progressive.jpg": photograph(progressive=True, icc_profile=b"x" * 300),
    "xmp.jpg": with_segment(photograph(), 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>21,8533 SO-MAY-0123</x>"),
    "iptc.jpg": with_segment(photograph(), 0xED, b"Photoshop 3.0\0" + PLACE + NUMBER),
    "remark.jpg": with_segment(photograph(), 0xFE, PLACE + NUMBER),
    "two.jpg": photograph() + photograph(),
    "film.jpg": photograph() + b"\0\0\0\x18ftypmp42" + PLACE + NUMBER,
    "exif.png": photograph("PNG"),
    "words.png": photograph("PNG", pnginfo=png_words()),
}


XMP = (
    b"<?xpacket begin='' id='W5'?><x:xmpmeta><rdf:Description aux:SerialNumber='SO-MAY-0123' tiff:Make=\"SO-MAY-0123\">"
    b"<exif:GPSLatitude>21,8533</exif:GPSLatitude><dc:title>B\xc3\xa1o c\xc3\xa1o</dc:title></rdf:Description></x:xmpmeta>"
    b"<?xpacket end='w'?>"
)


def holding(name, content):
    """A PDF in which a picture of a telephone stands as it is, and a package of Word with one."""
    if name.endswith("docx"):
        return office("docx", ("word/media/image1.jpeg", content), ("word/media/image2.png", PICTURES["exif.png"]))

    def change(document):
        image = pikepdf.Stream(document, content)
        image["/Metadata"] = pikepdf.Stream(document, XMP)
        image.update({"/Subtype": Name.Image, "/Width": 30, "/Height": 20, "/Filter": Name.DCTDecode})
        document.pages[0]["/Resources"] = Dictionary(XObject=Dictionary(I=image))

    return pdf(change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


FILES = PICTURES | {name: holding(name, PICTURES["xmp.jpg"]) for name in ("scan.pdf", "a.docx")}
FILES["remark.pdf"] = holding("remark.pdf", PICTURES["remark.jpg"])


def unpacked(content):
    """The bytes of a file, and of the parts of a package."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(name) for name in package.namelist())


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Upload.Kind.SIGNED, Upload.Kind.SCAN])
@pytest.mark.parametrize("name", FILES)
def test_nobody_fetches_where_a_picture_was_taken_or_with_which_camera(name, kind, draft, officer, client_of):
    content = FILES[name]
    assert NUMBER in unpacked(content)
    upload = keep(given(name, content), by=officer, kind=kind, document=draft)
    answer = client_of(officer).get(upload.get_absolute_url())
    fetched = answer.getvalue()
    assert not any(words in unpacked(fetched) for words in (PLACE, NUMBER, b"Nokia"))
    assert (upload.size, upload.sha256) == (len(fetched), sum_of(fetched))
    assert inspect(given(name, fetched)).sha256 == upload.sha256
    assert bare(fetched) == fetched


@pytest.mark.parametrize("name", [name for name in PICTURES if name not in ("two.jpg", "film.jpg")])
def test_the_picture_itself_stays_as_it_is(name):
    with Image.open(io.BytesIO(PICTURES[name])) as before, Image.open(io.BytesIO(bare(PICTURES[name]))) as after:
        assert before.tobytes() == after.tobytes()
        assert before.info.get("icc_profile") == after.info.get("icc_profile")
        assert dict(after.getexif()) == {}


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
@pytest.mark.parametrize("turned", [2, 6, 8])
def test_how_a_telephone_was_held_stays(format_, turned):
    with Image.open(io.BytesIO(bare(photograph(format_, turned)))) as after:
        assert dict(after.getexif()) == {0x0112: turned}


def test_the_title_of_a_pdf_stays_where_a_camera_wrote_beside_it():
    assert "Báo cáo".encode() in bare(FILES["scan.pdf"])
    assert len(bare(FILES["scan.pdf"])) == len(FILES["scan.pdf"])


def test_descriptions_without_an_end_stay_as_they_are():
    # Looking for the end of each in all that follows would take hours.
    content = b"%PDF-1.7" + b"<?xpacket begin" * 1_000_000
    assert bare(content) == content


def test_files_without_such_words_stay_to_the_byte():
    for name, content in GOOD.items():
        if name != "two-pictures.jpg":
            assert bare(content) == content, name
    for broken in (
        b"",
        b"\xff\xd8\xff\xe1",
        b"\x89PNG\r\n\x1a\n\0",
        b"PK\x03\x04",
        b"%PDF-\xff\xd8\xff\xe1\0\x90Exif\0\0",
    ):
        assert len(bare(broken)) == len(broken)
    signed = FILES["scan.pdf"].replace(b"/Width 30", b"/ByteRange[0 9]/Width 30")
    assert bare(signed) == signed


@pytest.mark.django_db
def test_a_signed_photograph_is_known_as_it_was_and_as_it_is_kept(draft, people, client_of):
    clerk = people["clerk"]
    issued = issue_letter(draft, people["officer"], people["leader"], clerk, units=())
    upload = keep(given("a.jpg", photograph()), by=clerk, kind=Upload.Kind.SIGNED, document=issued)
    for content in (photograph(), upload.file.open().read()):
        page = client_of(clerk).post(reverse("verify"), {"file": ContentFile(content, name="b.jpg")})
        assert [found.pk for found, *_ in page.context["papers"]] == [issued.pk]
    other = client_of(clerk).post(reverse("verify"), {"file": ContentFile(picture("JPEG"), name="b.jpg")})
    assert other.context["papers"] == []


def test_a_zip_of_parts_keeps_their_order():
    content = zipped([("[Content_Types].xml", "<Types/>"), ("b.jpg", photograph()), ("a.xml", "<x/>")])
    with zipfile.ZipFile(io.BytesIO(bare(content))) as package:
        assert package.namelist() == ["[Content_Types].xml", "b.jpg", "a.xml"]


@pytest.mark.django_db
def test_a_full_disk_while_a_file_is_kept_leaves_neither_row_nor_half_a_file(
    draft, officer, media, tmp_path, monkeypatch
):
    write = FileSystemStorage._save

    def half(storage, name, content):
        write(storage, name, ContentFile(content.read()[:10]))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", half)
    with pytest.raises(OSError, match="No space"):
        keep(given("a.png", GOOD["a.png"]), by=officer, kind=Upload.Kind.SCAN, document=draft)
    assert not Upload.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_pictures_that_were_kept_before_lose_it_by_a_command(
    draft, officer, client_of, media, tmp_path, monkeypatch, capsys, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(keeping, "bare", lambda content: content)
    files = ["exif.jpg", "exif.jpg", "exif.png"]
    rows = [keep(given(name, FILES[name]), by=officer, kind=Upload.Kind.SIGNED, document=draft) for name in files]
    kept = keep(given("a.pdf", pdf()), by=officer, kind=Upload.Kind.SIGNED, document=draft)
    client_of(officer).get(rows[0].get_absolute_url(), {"nho": 1})
    monkeypatch.undo()
    for changed in (2, 0):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("bare_pictures")
        assert f"ở {changed} tệp" in capsys.readouterr().out
    for row in rows:
        row.refresh_from_db()
        content = row.file.open().read()
        assert NUMBER not in content
        assert (row.size, row.sha256) == (len(content), sum_of(content))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3
    kept.refresh_from_db()
    assert kept.sha256 == sum_of(pdf())
