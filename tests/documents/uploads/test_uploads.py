"""Files that people add: what is taken, what is refused and with which words, how it is kept, who may fetch it."""

import hashlib
import io
import os
import random
import re
import struct
import threading
import time
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageFile

from documents.checks import office_files, pdf_files
from documents.models import Answer, Assignment, Change, Delivery, Document, DocumentType, Duty, Report, Upload
from documents.register import actions as registering
from documents.scans.actions import erase, withdraw
from documents.source.types import BUILT_IN
from documents.steps.refusing import Refused
from documents.typesetting import to_pdf, typeset
from documents.uploads import Facts, UploadRefused, inspect, keep
from documents.uploads.fields import MOST_FILES, FilesField

from ..issued import issue_letter
from ..sheets import TODAY, paper

AGAIN = "Hãy mở tệp, lưu lại hoặc in sang PDF, rồi gửi tệp mới."
OTHER = "Hãy chọn đúng tệp, hoặc lưu nội dung thành PDF rồi gửi."
BROKEN = f"bị hỏng, không mở được. {AGAIN}"
SWELLS = f"phình quá lớn khi mở ra. {AGAIN}"
MACRO = "có macro (mã chạy). Hãy lưu lại thành tệp không có macro, rồi gửi."
ACTIVE = "có mã chạy hoặc lệnh mở chương trình bên trong. Hãy in sang PDF mới rồi gửi."
LOCKED = "có đặt mật khẩu hoặc giới hạn quyền. Hãy bỏ mật khẩu, hoặc in sang PDF mới, rồi gửi."
HIDING = "có tệp khác nhúng bên trong. Hãy lấy tệp đó ra gửi riêng, và in sang PDF mới."
CUT = f"không trọn vẹn: phần cuối bị mất, hoặc có thứ khác nối vào sau. {AGAIN}"
TAIL = f"có thứ khác nối vào sau ảnh. {AGAIN}"
HALF_PICTURE = f"là ảnh bị hỏng hoặc thiếu phần cuối. {AGAIN}"
OBJECTS = (
    "có tệp hoặc đối tượng khác nhúng bên trong (OLE, biểu đồ kèm bảng tính, tệp nén). "
    "Hãy dán lại thành hình, hoặc lưu thành PDF, rồi gửi."
)

# --- Files, made here


WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def pdf(change=lambda document: None, **save):
    """A PDF of one page, in one process the same bytes every time; ``change`` is given the document before it is written.

    Processes of a run share the folder of files, which are stored by their content: what one takes out another may be reading,
    so the page of each has a height of its own.
    """
    memory = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page(page_size=(612, 792 + WORKER))
    change(document)
    document.save(memory, deterministic_id="encryption" not in save, **save)
    return memory.getvalue()


def with_action(**action):
    """A change of a PDF: something that is done when it is opened."""

    def change(document):
        document.Root.OpenAction = pikepdf.Dictionary(**action)

    return change


def with_attachment(document):
    document.attachments["x.txt"] = b"Xin"


def picture(format_, size=(60, 40), **options):
    memory = io.BytesIO()
    noise = random.Random(1).randbytes(size[0] * size[1])  # noqa: S311
    Image.frombytes("L", size, noise).save(memory, format_, **options)
    return memory.getvalue()


def wide_png(width, height):
    """A PNG of a few bytes that says it is so large."""
    head = struct.pack(">II5B", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


OPEN_XML = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OPEN_XML}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OPEN_XML}.spreadsheetml.sheet.main+xml"),
    "docm": ("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
    "dotx": ("word/document.xml", f"{OPEN_XML}.wordprocessingml.template.main+xml"),
}
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts, packing=zipfile.ZIP_DEFLATED):
    """An archive of parts, (name, bytes) each."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", packing) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return memory.getvalue()


def office(kind, *parts, types="", main=None, packing=zipfile.ZIP_DEFLATED):
    """A small office file, with more parts and more lines in its list of types."""
    part, content_type = MAIN[kind]
    listed = f'<Types><Override PartName="/{part}" ContentType="{content_type}"/>{types}</Types>'
    return zipped([("[Content_Types].xml", listed), (main or part, "<document/>"), *parts], packing)


def link(kind, target, outside=True):
    """A list of links of a Word document that holds one."""
    mode = ' TargetMode="External"' if outside else ""
    return "word/_rels/document.xml.rels", (
        f'<Relationships><Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def workbook():
    """A workbook as a program writes it."""
    memory = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Đơn vị", "Số"])
    book.save(memory)
    return memory.getvalue()


def with_flag(content, flag):
    """An archive whose parts all claim ``flag`` (1: has a password)."""
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content = content[: at + offset] + bytes([flag]) + content[at + offset + 1 :]
    return content


def given(name, content):
    """A file under a name that nothing has cleaned yet."""
    return ContentFile(content, name=name)


def sum_of(content):
    return hashlib.sha256(content).hexdigest()


# --- What is taken


def test_our_own_papers_are_taken():
    content = to_pdf(typeset(paper("CV", words=200), BUILT_IN, today=TODAY))
    assert inspect(given("Công văn.pdf", content)) == Facts(
        "Công văn.pdf", "pdf", "application/pdf", len(content), sum_of(content)
    )


def link_to_a_page(document):
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


GOOD = {
    "packed.pdf": pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "plain.pdf": pdf(),
    "opens-at-page-1.pdf": pdf(link_to_a_page),
    "ends-in-blanks.pdf": pdf() + b"\r\n\0\0",
    "a.png": picture("PNG"),
    "a.jpg": picture("JPEG"),
    "a.jpeg": picture("JPEG", progressive=True),
    "two-pictures.jpg": picture("JPEG") + picture("JPEG"),
    "a.JPG": picture("JPEG"),
    "a.xlsx": workbook(),
    "a.docx": office("docx"),
    "linked.docx": office("docx", link("hyperlink", "https://langson.gov.vn")),
    "own-template.docx": office("docx", link("attachedTemplate", "file:///C:\\Normal.dotm")),
    "second-main.docx": office(
        "docx",
        ("word/document2.xml", "<document/>"),
        types=f'<Override PartName="/word/document2.xml" ContentType="{MAIN["docx"][1]}"/>',
    ),
}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": f"{OPEN_XML}.wordprocessingml.document",
    "xlsx": f"{OPEN_XML}.spreadsheetml.sheet",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_taken(name):
    extension = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    assert inspect(given(name, GOOD[name])) == Facts(
        name, extension, CONTENT_TYPES[extension], len(GOOD[name]), sum_of(GOOD[name])
    )


def test_a_jpeg_may_have_a_smaller_picture_in_its_head():
    thumbnail = picture("JPEG", (8, 8))
    head = b"\xff\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    whole = picture("JPEG")
    content = whole[:2] + head + whole[2:]
    assert inspect(given("a.jpg", content)).sha256 == sum_of(content)
    assert refusal("a.jpg", content + b"<script>") == TAIL
    remark = b"\xff\xfe" + struct.pack(">H", 9) + b"%PDF-17"
    content = whole[:2] + head + remark + whole[2:]
    assert inspect(given("a.jpg", content)).sha256 == sum_of(content)


def test_a_file_that_was_read_before_is_read_from_its_beginning():
    file = given("a.png", GOOD["a.png"])
    file.read()
    assert inspect(file).sha256 == sum_of(GOOD["a.png"])


# --- What is refused


def refusal(name, content):
    """Why a file is refused, without its name."""
    with pytest.raises(UploadRefused) as refused:
        inspect(given(name, content))
    beginning = f"Tệp «{name}» "
    assert str(refused.value).startswith(beginning)
    return str(refused.value).removeprefix(beginning)


EXE = b"MZ\x90\0" + b"\0" * 200
HTML = b"\n<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def disguised(extension, words, advice=OTHER):
    return f"có đuôi .{extension} nhưng bên trong là {words}. {advice}"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", EXE, disguised("pdf", "chương trình chạy được")),
        ("a.png", EXE, disguised("png", "chương trình chạy được")),
        ("a.pdf", b"\x7fELF" + b"\0" * 90, disguised("pdf", "chương trình chạy được")),
        ("a.pdf", HTML, disguised("pdf", "trang web hoặc mã chạy")),
        ("a.png", HTML, disguised("png", "trang web hoặc mã chạy")),
        ("a.jpg", SVG, disguised("jpg", "ảnh SVG")),
        ("a.png", SVG, disguised("png", "ảnh SVG")),
        ("a.pdf", SVG, disguised("pdf", "ảnh SVG")),
        ("a.pdf", HTML + pdf(), disguised("pdf", "trang web hoặc mã chạy")),
        ("a.pdf", GOOD["a.png"], disguised("pdf", "ảnh PNG", "Hãy đổi đuôi tên tệp thành .png rồi gửi lại.")),
        ("a.png", GOOD["a.jpg"], disguised("png", "ảnh JPEG", "Hãy đổi đuôi tên tệp thành .jpg rồi gửi lại.")),
        ("a.jpg", pdf(), disguised("jpg", "tệp PDF", "Hãy đổi đuôi tên tệp thành .pdf rồi gửi lại.")),
        ("a.docx", pdf(), disguised("docx", "tệp PDF", "Hãy đổi đuôi tên tệp thành .pdf rồi gửi lại.")),
        ("a.pdf", GOOD["a.docx"], disguised("pdf", "tệp nén, Word hoặc Excel")),
        ("a.docx", EXE + GOOD["a.docx"], disguised("docx", "chương trình chạy được")),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 90, disguised("docx", "tệp Word, Excel kiểu cũ hoặc có đặt mật khẩu")),
        ("a.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 90, disguised("jpg", "ảnh HEIC hoặc phim của điện thoại")),
        ("a.pdf", b"Xin", disguised("pdf", "nội dung không nhận ra được")),
    ],
)
def test_a_name_that_does_not_agree_with_the_content_is_refused(name, content, message):
    assert refusal(name, content) == message


@pytest.mark.parametrize("name", ["a.exe", "a.docm", "a.svg", "a.html", "a.zip", "a.pdf.js", "a", "pdf", ".pdf"])
def test_other_kinds_are_refused_by_name(name):
    assert refusal(name, pdf()) == f"không thuộc loại được nhận. Chỉ nhận PDF, PNG, JPG, DOCX, XLSX. {OTHER}"


def test_an_empty_file_is_refused():
    assert refusal("a.pdf", b"") == "rỗng, không có nội dung. Hãy mở lại tệp trên máy, lưu lại rồi gửi."


def test_a_file_over_the_limit_is_refused_without_being_read(settings):
    settings.UPLOAD_MAX_MB = 1
    file = given("a.pdf", b"%PDF-" + b"0" * 1024 * 1024)
    file.file = None
    with pytest.raises(UploadRefused) as refused:
        inspect(file)
    assert str(refused.value) == (
        "Tệp «a.pdf» nặng 1,0 MB, mỗi tệp chỉ được tới 1 MB. Hãy quét lại ở 200–300 dpi, hoặc chia thành nhiều tệp."
    )


def test_a_file_of_exactly_the_limit_is_taken(settings):
    settings.UPLOAD_MAX_MB = 1
    content = pdf()
    content += b" " * (1024 * 1024 - len(content))
    assert inspect(given("a.pdf", content)).size == 1024 * 1024


def test_the_limit_is_20_megabytes_unless_the_machine_says_otherwise():
    assert settings.UPLOAD_MAX_MB == 20


def escaped(content):
    """The names of a PDF spelled with numbers, as a reader of PDF takes them too."""
    return content.replace(b"/JavaScript", b"/J#61vaScript")


def packed(document):
    """A script that no reader of the plain bytes sees."""
    document.Root.OpenAction = document.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    )


SCRIPT = with_action(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
PACKED = pdf(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (pdf(SCRIPT), ACTIVE),
        (escaped(pdf(SCRIPT)), ACTIVE),
        (PACKED, ACTIVE),
        (pdf(with_action(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))), ACTIVE),
        (pdf(with_action(S=pikepdf.Name.Rendition, JS=pikepdf.String("app.alert(1)"))), ACTIVE),
        (pdf(with_attachment), HIDING),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), LOCKED),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="")), LOCKED),
        (pdf()[:-60], CUT),
        (pdf() + b"<script>alert(1)</script>", CUT),
        (pdf() + zipped([("a.class", b"x")]), CUT),
        (b"%PDF-1.7\nXin\n%%EOF\n", f"không mở được như một tệp PDF. {AGAIN}"),
    ],
    ids=[
        "script",
        "escaped script",
        "packed script",
        "launch",
        "rendition",
        "attachment",
        "password to open",
        "password to change",
        "cut",
        "script behind",
        "archive behind",
        "nothing inside",
    ],
)
def test_a_bad_pdf_is_refused(content, message):
    assert refusal("a.pdf", content) == message


def test_the_packed_script_cannot_be_seen_in_the_plain_bytes():
    assert b"JavaScript" not in PACKED


def test_a_pdf_whose_objects_swell_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_files, "MOST_UNPACKED", 1000)
    swelling = b"stream\n" + zlib.compress(b"1 0 " + b" " * 2000) + b"\nendstream\n"
    content = pdf().replace(b"\n%%EOF", b"\n" + swelling + b"%%EOF")
    assert refusal("a.pdf", content) == SWELLS


def test_a_pdf_with_endless_streams_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_files, "MOST_STREAMS", 10)
    content = pdf().replace(b"\n%%EOF", b"\n" + b"stream\nx\n" * 11 + b"%%EOF")
    assert refusal("a.pdf", content) == SWELLS


PNG, JPEG = GOOD["a.png"], GOOD["a.jpg"]
TOO_WIDE = "có quá nhiều điểm ảnh. Hãy quét lại ở 200–300 dpi rồi gửi."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", PNG + b"<script>alert(1)</script>", TAIL),
        ("a.png", PNG + b"<script></script>" + PNG[-12:], TAIL),
        ("a.png", PNG + b"x", TAIL),
        ("a.jpg", JPEG + b"<SCRIPT>alert(1)</SCRIPT>", TAIL),
        ("a.jpg", JPEG + zipped([("a.class", b"x")]), TAIL),
        ("a.png", PNG[:-20], HALF_PICTURE),
        ("a.png", PNG[:100] + bytes([PNG[100] ^ 1]) + PNG[101:], HALF_PICTURE),
        ("a.jpg", JPEG[: len(JPEG) // 2], HALF_PICTURE),
        ("a.jpg", JPEG[:30], HALF_PICTURE),
        ("a.jpg", JPEG.replace(b"\xff\xdb", b"\xff\xec"), HALF_PICTURE),
        ("a.png", wide_png(10_000, 8_001), TOO_WIDE),
        ("a.png", wide_png(2**31 - 1, 2**31 - 1), TOO_WIDE),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bad_picture_is_refused(name, content, message, monkeypatch):
    # As it is once a PDF was made in this process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refusal(name, content) == message


def twice(content):
    """An archive with two parts of one name, of which readers take one or the other."""
    return content.replace(b"word/documenu.xml", b"word/document.xml")


BOMB = office("xlsx", ("xl/worksheets/sheet1.xml", b"\0" * (30 * 1024 * 1024)))
DOCX = GOOD["a.docx"]
LONG = ("word/footnotes.xml", " " * 100_000 + "the end")
IN_DEPTH = '<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", office("docm"), MACRO),
        ("a.docx", office("docx", ("word/vbaProject.bin", b"x")), MACRO),
        ("a.docx", office("docx", ("word/a.bin", b"x"), link("vbaProject", "a.bin", outside=False)), MACRO),
        ("a.xlsx", office("xlsx", ("xl/macrosheets/sheet1.xml", b"<x/>")), MACRO),
        ("a.docx", office("docx", ("word/embeddings/oleObject1.bin", b"x")), OBJECTS),
        ("a.docx", office("docx", ("word/activeX/activeX1.xml", b"<x/>")), OBJECTS),
        ("a.docx", office("docx", link("oleObject", "http://x.vn/a")), OBJECTS),
        ("a.docx", office("docx", link("frame", "http://x.vn/a")), OBJECTS),
        ("a.docx", office("docx", ("word/a.bin", b"x"), link("package", "a.bin", outside=False)), OBJECTS),
        (
            "a.docx",
            office("docx", link("attachedTemplate", "https://x.vn/a.dotm")),
            "lấy mẫu (template) từ nơi khác khi mở. Hãy lưu thành PDF rồi gửi.",
        ),
        (
            "a.docx",
            office("docx", link("attachedTemplate", "file:////x.vn/a.dotm")),
            "lấy mẫu (template) từ nơi khác khi mở. Hãy lưu thành PDF rồi gửi.",
        ),
        ("a.xlsx", office("xlsx", ("xl/media/image1.png", zipped([("a", b"x")]))), OBJECTS),
        ("a.xlsx", office("xlsx", ("xl/media/image1.png", EXE)), OBJECTS),
        ("a.xlsx", BOMB, SWELLS),
        ("a.docx", zipped([("word/document.xml", b"<document/>")]), disguised("docx", "tệp nén loại khác")),
        ("a.docx", office("docx", main="word/other.xml"), disguised("docx", "tệp nén loại khác")),
        ("a.docx", office("dotx"), disguised("docx", "tệp nén loại khác")),
        (
            "a.docx",
            office("xlsx"),
            disguised("docx", "bảng tính Excel", "Hãy đổi đuôi tên tệp thành .xlsx rồi gửi lại."),
        ),
        (
            "a.xlsx",
            office("docx"),
            disguised("xlsx", "văn bản Word", "Hãy đổi đuôi tên tệp thành .docx rồi gửi lại."),
        ),
        ("a.docx", DOCX[:-30], BROKEN),
        ("a.docx", office("docx", LONG, packing=zipfile.ZIP_STORED).replace(b"the end", b"The end"), BROKEN),
        ("a.docx", with_flag(DOCX, 1), BROKEN),
        ("a.docx", twice(office("docx", ("word/documenu.xml", b"<document/>"))), BROKEN),
        ("a.docx", zipped([("[Content_Types].xml", f"{IN_DEPTH}<Types/>")]), BROKEN),
        ("a.docx", zipped([("[Content_Types].xml", f"{IN_DEPTH}<Types/>".encode("utf-16"))]), BROKEN),
        ("a.docx", zipped([("[Content_Types].xml", "<Types>")]), BROKEN),
        ("a.docx", zipped([("[Content_Types].xml", "<Types/>")], zipfile.ZIP_BZIP2), BROKEN),
    ],
)
def test_a_bad_office_file_is_refused(name, content, message):
    assert refusal(name, content) == message


def test_a_package_that_swells_is_refused_before_any_part_is_read(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert refusal("a.xlsx", BOMB) == SWELLS


def test_a_hundred_thousand_parts_are_refused_before_their_list_is_read(monkeypatch):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"xl/{number}"), b"")
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refusal("a.xlsx", memory.getvalue()) == f"có quá nhiều phần bên trong. {AGAIN}"


def test_a_package_that_unpacks_to_more_than_a_server_takes_is_refused(monkeypatch):
    monkeypatch.setattr(office_files, "MOST_UNPACKED", len(DOCX))
    bytes_ = bytes(range(256)) * 40
    assert refusal("a.docx", office("docx", ("word/media/image1.emf", bytes_))) == SWELLS


def test_a_long_list_of_links_is_refused_before_it_is_taken_apart(monkeypatch):
    monkeypatch.setattr(office_files, "MOST_XML", 20)
    assert refusal("a.docx", DOCX) == SWELLS


# --- Names


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Hồ sơ\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("/etc/../Báo cáo.pdf", "Báo cáo.pdf"),
        ("Ba\u0301o ca\u0301o \u0111o\u031b\u0323t 1.pdf", "Báo cáo đợt 1.pdf"),
        ("b\u202efdp.exe.pdf", "bfdp.exe.pdf"),
        ("a\u2066b\u2069\u200bc.pdf", "abc.pdf"),
        ("a\r\nSet-Cookie: b\0\x1b.pdf", "aSet-Cookie: b.pdf"),
        ("a\ud800.pdf", "a.pdf"),
        ("  Giấy   mời .pdf", "Giấy mời.pdf"),
        ("ữ" * 300 + ".pdf", "ữ" * 146 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_its_path_and_its_hidden_signs(name, kept):
    assert inspect(given(name, pdf())).name == kept


def test_a_name_that_turns_round_is_told_by_its_true_end():
    with pytest.raises(UploadRefused) as refused:
        inspect(given("giay-moi\u202efdp.exe", EXE))
    assert str(refused.value) == (
        f"Tệp «giay-moifdp.exe» không thuộc loại được nhận. Chỉ nhận PDF, PNG, JPG, DOCX, XLSX. {OTHER}"
    )


def test_a_file_without_a_name_is_refused():
    with pytest.raises(UploadRefused) as refused:
        inspect(given("a/", pdf()))
    assert str(refused.value) == (
        f"Tệp «(không tên)» không thuộc loại được nhận. Chỉ nhận PDF, PNG, JPG, DOCX, XLSX. {OTHER}"
    )


# --- What is kept


@pytest.fixture
def media(settings, tmp_path):
    """A folder of its own for what is kept."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(folder):
    """The files in a folder, at any depth."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_a_file_is_kept_under_its_content(draft, officer, media):
    content = pdf()
    upload = keep(given("../Bản chụp.pdf", content), by=officer, kind=Upload.Kind.SCAN, document=draft)
    upload.refresh_from_db()
    sha256 = sum_of(content)
    place = f"uploads/{sha256[:2]}/{sha256}.pdf"
    assert (upload.kind, upload.document, upload.answer, upload.report) == ("scan", draft, None, None)
    assert (upload.name, upload.extension, upload.content_type) == ("Bản chụp.pdf", "pdf", "application/pdf")
    assert (upload.size, upload.sha256, upload.file.name, upload.by) == (len(content), sha256, place, officer)
    assert stored(media) == [place]
    assert Path(media, place).read_bytes() == content


@pytest.mark.django_db
def test_the_same_content_twice_is_two_rows_and_one_file(draft, officer, media):
    first = keep(given("a.pdf", GOOD["plain.pdf"]), by=officer, kind=Upload.Kind.SCAN, document=draft)
    second = keep(given("b.pdf", GOOD["plain.pdf"]), by=officer, kind=Upload.Kind.SIGNED, document=draft)
    assert first.file.name == second.file.name
    assert stored(media) == [first.file.name]
    assert [row.name for row in Upload.objects.all()] == ["a.pdf", "b.pdf"]


@pytest.mark.django_db
def test_a_file_that_the_disk_holds_only_half_of_is_kept_again(draft, officer, media):
    first = keep(given("a.pdf", GOOD["plain.pdf"]), by=officer, kind=Upload.Kind.SCAN, document=draft)
    Path(media, first.file.name).write_bytes(b"%PDF-")
    second = keep(given("a.pdf", GOOD["plain.pdf"]), by=officer, kind=Upload.Kind.SCAN, document=draft)
    assert Path(media, second.file.name).read_bytes() == GOOD["plain.pdf"]


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(draft, officer, media):
    with pytest.raises(UploadRefused):
        keep(given("a.pdf", EXE), by=officer, kind=Upload.Kind.SCAN, document=draft)
    assert stored(media) == []
    assert list(Upload.objects.all()) == []


@pytest.mark.django_db
def test_a_failure_afterwards_leaves_no_row(draft, officer, media):
    def fail():
        with transaction.atomic():
            keep(given("a.pdf", pdf()), by=officer, kind=Upload.Kind.SCAN, document=draft)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(Upload.objects.all()) == []


# --- The field of a form


class Sending(forms.Form):
    files = FilesField(label="Tệp gửi kèm")


class SendingOrNot(forms.Form):
    files = FilesField(required=False)


def sent(*files, form=Sending):
    return form({}, MultiValueDict({"files": [SimpleUploadedFile(name, content) for name, content in files]}))


def test_the_field_gives_every_file_that_was_chosen():
    form = sent(("a.pdf", pdf()), ("b.png", PNG))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "b.png"]


def test_the_field_tells_of_each_file_that_is_not_taken():
    form = sent(("a.pdf", EXE), ("b.png", PNG), ("c.docx", b""))
    assert form.errors["files"] == [
        f"Tệp «a.pdf» {disguised('pdf', 'chương trình chạy được')}",
        "Tệp «c.docx» rỗng, không có nội dung. Hãy mở lại tệp trên máy, lưu lại rồi gửi.",
    ]


def test_the_field_wants_a_file_where_it_is_required_only():
    assert sent().errors == {"files": ["Hãy chọn ít nhất một tệp."]}
    form = sent(form=SendingOrNot)
    assert form.is_valid()
    assert form.cleaned_data == {"files": []}


def test_the_field_takes_no_more_files_than_it_says():
    files = [(f"{number}.png", PNG) for number in range(MOST_FILES + 1)]
    assert sent(*files[1:]).is_valid()
    assert sent(*files).errors == {"files": ["Mỗi lần gửi nhiều nhất 20 tệp. Hãy chia thành nhiều lần."]}


def test_the_field_offers_the_kinds_that_are_taken():
    drawn = re.search(r"<input[^>]*>", str(Sending()["files"]))[0]
    assert 'type="file"' in drawn
    assert " multiple" in drawn
    assert ' accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx"' in drawn
    assert Sending()["files"].help_text == (
        "PDF, PNG, JPG, DOCX, XLSX; mỗi tệp không quá 20 MB. Có thể chọn nhiều tệp cùng lúc."
    )


# --- Who may fetch it


@pytest.fixture
def files(draft, officer, unit_officer, other_unit, media):
    """A file of a paper of Sở Nội vụ that nobody was sent; those of an answer and of a report of Sở Y tế to it."""
    duty = Duty.objects.create(document=draft, words="báo cáo")
    delivery = Delivery.objects.create(document=draft, unit=other_unit)
    answer = Answer.objects.create(delivery=delivery, by=unit_officer)
    report = Report.objects.create(
        assignment=Assignment.objects.create(duty=duty, unit=other_unit),
        by=unit_officer,
    )
    kept = {
        "document": keep(given("Bản chụp.pdf", pdf()), by=officer, kind=Upload.Kind.SCAN, document=draft),
        "answer": keep(given("Trả lời.png", PNG), by=unit_officer, kind=Upload.Kind.PROOF, answer=answer),
        "report": keep(given("Kết quả.xlsx", workbook()), by=unit_officer, kind=Upload.Kind.PROOF, report=report),
    }
    return kept


ALL, OWN = ["answer", "document", "report"], ["document"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "seen"),
    [("officer", ALL), ("clerk", ALL), ("unit_officer", ALL), ("administrator", ALL), ("stranger", [])],
)
def test_files_are_for_the_paper_s_unit_and_for_the_unit_that_sent_them(files, people, client_of, who, seen):
    client = client_of(people[who])
    answers = {name: client.get(upload.get_absolute_url()).status_code for name, upload in files.items()}
    assert answers == {name: 200 if name in seen else 404 for name in files}


@pytest.mark.django_db
def test_a_third_unit_that_got_the_paper_sees_its_files_but_not_those_of_others(files, draft, stranger, client_of):
    Delivery.objects.create(document=draft, unit=stranger.unit)
    client = client_of(stranger)
    answers = {name: client.get(upload.get_absolute_url()).status_code for name, upload in files.items()}
    assert answers == {"document": 200, "answer": 404, "report": 404}
    assert list(Upload.objects.visible_to(stranger)) == [files["document"]]


@pytest.mark.django_db
def test_a_file_of_a_paper_that_was_not_delivered_is_hidden_from_other_units(files, draft, unit_officer):
    Delivery.objects.filter(document=draft).delete()
    assert "document" not in {name for name, row in files.items() if row in Upload.objects.visible_to(unit_officer)}


@pytest.mark.django_db
def test_the_administrator_sees_files_of_every_unit(files, administrator, so_noi_vu):
    administrator.unit = None
    administrator.save()
    assert list(Upload.objects.visible_to(administrator)) == list(Upload.objects.all())


@pytest.mark.django_db
def test_the_heir_of_a_unit_fetches_its_files(files, other_unit, stranger, client_of):
    from units.models import Succession, UnitChange

    change = UnitChange.objects.create(kind="merge", date="2025-03-01", citation="04/NQ-HĐND")
    Succession.objects.create(change=change, predecessor=other_unit, successor=stranger.unit)
    assert client_of(stranger).get(files["answer"].get_absolute_url()).status_code == 200


def head_of(response):
    """The headers that decide what a browser does with a file."""
    return [response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")]


@pytest.mark.django_db
def test_a_file_is_downloaded_under_its_own_name(files, officer, client_of):
    response = client_of(officer).get(files["document"].get_absolute_url())
    assert head_of(response) == [
        "application/pdf",
        "attachment; filename*=utf-8''B%E1%BA%A3n%20ch%E1%BB%A5p.pdf",
        "nosniff",
    ]
    assert b"".join(response.streaming_content) == Path(files["document"].file.path).read_bytes()


@pytest.mark.django_db
def test_pdf_and_pictures_may_be_looked_at_in_the_browser_and_nothing_else(files, officer, client_of):
    client = client_of(officer)
    shown = {name: client.get(row.get_absolute_url(), {"xem": "1"}) for name, row in files.items()}
    assert {name: response["Content-Disposition"].split(";")[0] for name, response in shown.items()} == {
        "document": "inline",
        "answer": "inline",
        "report": "attachment",
    }


@pytest.mark.django_db
def test_a_file_that_is_lost_on_the_disk_is_not_found(files, officer, client_of):
    Path(files["answer"].file.path).unlink()
    assert client_of(officer).get(files["answer"].get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_a_file_that_never_was_is_not_found(officer, client_of):
    assert client_of(officer).get(reverse("upload", args=[1])).status_code == 404


# --- Attached by mistake

WHY = "nhầm tệp của công văn khác"
# What those who see a withdrawn file read of it.
TOLD = "Gắn nhầm: {why}, do {who} ghi ngày {day}"


@pytest.fixture
def issued(draft, officer, leader, clerk, other_unit, media):
    """A letter that Sở Y tế received."""
    return issue_letter(draft, officer, leader, clerk, units=[other_unit])


@pytest.fixture
def signed(issued, clerk):
    """Its signed copy."""
    return keep(given("Bản ký.pdf", pdf()), by=clerk, kind=Upload.Kind.SIGNED, document=issued)


def of_others():
    """A paper of another body, not stored."""
    fields = {
        "type": DocumentType.objects.get(code="CT"),
        "reference": "05/CT-TTg",
        "year": 2020,
        "month": 1,
        "day": 28,
    }
    return Document(**fields, issuer_name="Thủ tướng Chính phủ", subject="về việc phòng, chống dịch bệnh")


@pytest.fixture
def scans(officer, unit_officer, media):
    """A scan of a paper that all cite, and one of a paper that came to Sở Y tế."""
    cited = registering.record(of_others(), by=officer)
    received = registering.receive(of_others(), by=unit_officer, arrived_on=date(2020, 2, 3)).document
    return {
        "cited": keep(given("Chỉ thị.pdf", pdf()), by=officer, kind=Upload.Kind.SCAN, document=cited),
        "received": keep(given("Chỉ thị.png", PNG), by=unit_officer, kind=Upload.Kind.SCAN, document=received),
    }


def withdrawn(upload, by, why=WHY):
    """Withdrawn as a page does it."""
    return withdraw(upload, by=by, reason=why)


def words_of(client, paper):
    """The page of a paper."""
    return client.get(paper.get_absolute_url()).content.decode()


EVERYBODY = [
    "officer",
    "leader",
    "clerk",
    "store_keeper",
    "unit_officer",
    "stranger",
    "council_member",
    "administrator",
]


def statuses(people, client_of, method, address, *data):
    """Who is answered how by an address."""
    return {who: getattr(client_of(people[who]), method)(address, *data).status_code for who in EVERYBODY}


@pytest.mark.django_db
def test_a_signed_copy_is_withdrawn_by_those_who_may_attach_one_with_a_reason(signed, issued, people, client_of):
    address = reverse("withdraw_upload", args=[signed.pk])
    assert statuses(people, client_of, "get", address) == {who: 200 if who == "clerk" else 404 for who in EVERYBODY}
    others = [client_of(people[who]).post(address, {"reason": WHY}) for who in EVERYBODY if who != "clerk"]
    assert {response.status_code for response in others} == {404}
    clerk = client_of(people["clerk"])
    assert f'href="{address}">gắn nhầm?</a>' in words_of(clerk, issued)
    assert "gắn nhầm?" not in words_of(client_of(people["officer"]), issued)
    refused = clerk.post(address, {"reason": " ."})
    assert (refused.status_code, refused.context["form"].errors) == (422, {"reason": ["Hãy ghi lý do bằng chữ."]})
    assert Upload.objects.get().withdrawn_at is None
    assert clerk.post(address, {"reason": f"{WHY}."}).url == issued.get_absolute_url()
    row = Upload.objects.get()
    assert (row.withdrawn_by, row.withdrawn_reason, row.file.name) == (people["clerk"], WHY, signed.file.name)
    assert timezone.now() - row.withdrawn_at < timezone.timedelta(minutes=1)


@pytest.mark.django_db
def test_a_draft_takes_no_signed_copy_and_gives_none_back(files, draft, clerk, client_of):
    client, signed = client_of(clerk), {"files": [SimpleUploadedFile("Bản ký.pdf", pdf())]}
    assert client.post(reverse("add_signed", args=[draft.pk]), signed).status_code == 404
    assert client.get(reverse("withdraw_upload", args=[files["document"].pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "may"), [("cited", ["officer", "leader", "clerk", "administrator"]), ("received", ["unit_officer"])]
)
def test_a_scan_is_withdrawn_by_those_who_may_correct_its_paper(scans, people, client_of, name, may):
    address = reverse("withdraw_upload", args=[scans[name].pk])
    assert statuses(people, client_of, "get", address) == {who: 200 if who in may else 404 for who in EVERYBODY}
    linked = {who: f'href="{address}"' in words_of(client_of(people[who]), scans[name].document) for who in may}
    assert linked == dict.fromkeys(may, True)
    assert client_of(people[may[0]]).post(address, {"reason": WHY}).status_code == 302
    assert Upload.objects.get(pk=scans[name].pk).withdrawn_by == people[may[0]]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["answer", "report"])
def test_files_of_answers_and_reports_are_not_withdrawn(files, administrator, client_of, name):
    for page in ("withdraw_upload", "erase_upload"):
        address = reverse(page, args=[files[name].pk])
        assert client_of(administrator).post(address, {"reason": WHY}).status_code == 404


@pytest.mark.django_db
def test_the_own_unit_sees_a_withdrawn_copy_struck_and_others_not_at_all(signed, issued, people, client_of):
    row = withdrawn(signed, people["clerk"])
    told = TOLD.format(why=WHY, who="Lê Thị Thư", day=f"{timezone.localtime(row.withdrawn_at):%d/%m/%Y}")
    own = ["officer", "leader", "clerk", "store_keeper", "council_member", "administrator"]
    for who in [*own, "unit_officer"]:
        client = client_of(people[who])
        page = words_of(client, issued)
        struck = f'<del class="said-file"><a href="{row.get_absolute_url()}">Bản ký.pdf</a></del>' in page
        seen = (struck, told in page, "Bản ký.pdf" in page, client.get(row.get_absolute_url()).status_code)
        assert seen == ((True, True, True, 200) if who in own else (False, False, False, 404)), who


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "own", "others"),
    [
        (
            "cited",
            ["officer", "clerk", "administrator"],
            ["store_keeper", "unit_officer", "stranger", "council_member"],
        ),
        ("received", ["unit_officer", "administrator"], []),
    ],
)
def test_a_withdrawn_scan_is_shown_to_those_who_keep_its_paper(scans, people, client_of, name, own, others):
    scan = scans[name]
    row = withdrawn(scan, people[own[0]])
    for who in [*own, *others]:
        client = client_of(people[who])
        page = words_of(client, row.document)
        seen = ("Tệp gắn nhầm" in page, scan.name in page, client.get(row.get_absolute_url()).status_code)
        assert seen == ((True, True, 200) if who in own else (False, False, 404)), who
        assert 'class="scan-head"' not in page
        sheets = client.get(reverse("scan", args=[row.document_id, row.pk])).status_code
        assert sheets == (200 if who in own and scan.extension == "pdf" else 404)


@pytest.mark.django_db
def test_a_file_is_withdrawn_once_and_the_second_person_is_told_by_whom(signed, people, client_of):
    row = withdrawn(signed, people["clerk"])
    response = client_of(people["clerk"]).post(reverse("withdraw_upload", args=[signed.pk]), {"reason": "lý do khác"})
    moment = f"{timezone.localtime(row.withdrawn_at):%H:%M ngày %d/%m/%Y}"
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [f"Lê Thị Thư đã ghi là gắn nhầm lúc {moment}."]
    assert "lý do khác</textarea>" in response.content.decode()
    assert Upload.objects.get().withdrawn_reason == WHY


@pytest.mark.django_db
def test_the_same_file_attached_again_stands_beside_the_withdrawn_one(signed, issued, people, client_of, media):
    withdrawn(signed, people["clerk"])
    again = {"files": [SimpleUploadedFile("Bản ký.pdf", pdf())]}
    assert client_of(people["clerk"]).post(reverse("add_signed", args=[issued.pk]), again).status_code == 302
    seen = Upload.objects.visible_to(people["unit_officer"])
    assert [(row.document, row.withdrawn_at) for row in seen] == [(issued, None)]
    assert stored(media) == [signed.file.name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": None},
        {"withdrawn_by": None},
        {"withdrawn_reason": ""},
        {"file": ""},
        {"erased_reason": "Thừa"},
    ],
)
def test_who_when_and_why_of_a_withdrawn_file_are_held_together(signed, clerk, change):
    withdrawn(signed, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.update(**change)


@pytest.mark.django_db
def test_only_a_file_of_a_paper_can_be_withdrawn(files, officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        withdrawn(files["answer"], officer)


# --- Content erased


@pytest.mark.django_db
def test_an_administrator_erases_the_content_of_a_withdrawn_file(signed, issued, people, client_of, media):
    address = reverse("erase_upload", args=[signed.pk])
    administrator = client_of(people["administrator"])
    early = administrator.post(address, {"reason": "Văn bản mật"})
    assert early.context["form"].non_field_errors() == [
        "Tệp này chưa được ghi là gắn nhầm. Hãy ghi gắn nhầm trước, rồi xóa nội dung."
    ]
    assert "xóa hẳn nội dung" not in words_of(administrator, issued)
    withdrawn(signed, people["clerk"])
    assert f'href="{address}">xóa hẳn nội dung tệp</a>' in words_of(administrator, issued)
    assert "xóa hẳn nội dung" not in words_of(client_of(people["clerk"]), issued)
    others = [client_of(people[who]).post(address, {"reason": "Văn bản mật"}) for who in EVERYBODY[:-1]]
    assert {response.status_code for response in others} == {404}
    assert administrator.post(address, {"reason": ""}).status_code == 422
    assert stored(media) == [signed.file.name]
    done = administrator.post(address, {"reason": "Văn bản mật"}, follow=True)
    assert [str(message) for message in done.context["messages"]] == ["Đã xóa nội dung tệp «Bản ký.pdf»."]
    row = Upload.objects.get()
    assert (row.file.name, row.erased_by, row.erased_reason, row.sha256) == (
        "",
        people["administrator"],
        "Văn bản mật",
        signed.sha256,
    )
    assert stored(media) == []


@pytest.mark.django_db
def test_an_erased_file_is_told_and_fetched_by_nobody(scans, people, client_of):
    scan = withdrawn(scans["cited"], people["officer"])
    erase(scan, by=people["administrator"], reason="Có dữ liệu cá nhân")
    told = f"Đã xóa nội dung: Có dữ liệu cá nhân, do Bùi Minh Trí xóa ngày {timezone.localdate():%d/%m/%Y}"
    for who in ("officer", "administrator"):
        client = client_of(people[who])
        page = words_of(client, scan.document)
        assert (told in page, '<del class="said-file">Chỉ thị.pdf</del>' in page) == (True, True)
        assert "xóa hẳn nội dung" not in page
        assert client.get(scan.get_absolute_url()).status_code == 404
        assert client.get(reverse("scan", args=[scan.document_id, scan.pk])).status_code == 404


@pytest.mark.django_db
def test_content_is_erased_once(signed, people):
    row = withdrawn(signed, people["clerk"])
    erase(row, by=people["administrator"], reason="Văn bản mật")
    with pytest.raises(Refused, match="Bùi Minh Trí đã xóa nội dung tệp này lúc"):
        erase(row, by=people["administrator"], reason="Văn bản mật")
    told = Change.objects.filter(about="file", key=row.pk).order_by("pk").values_list("what", "by", "reason")
    assert list(told) == [
        ("withdraw", people["clerk"].pk, row.withdrawn_reason),
        ("erase", people["administrator"].pk, "Văn bản mật"),
    ]


@pytest.mark.django_db
def test_content_that_another_file_uses_stays_and_the_administrator_is_told_where(
    signed, scans, people, client_of, media
):
    withdrawn(scans["cited"], people["officer"])
    address = reverse("erase_upload", args=[scans["cited"].pk])
    done = client_of(people["administrator"]).post(address, {"reason": "Văn bản mật"}, follow=True)
    assert [str(message) for message in done.context["messages"]] == [
        "Đã xóa nội dung tệp «Chỉ thị.pdf». Cùng nội dung đó vẫn còn ở: Công văn số 01/UBND-KGVX. "
        "Tệp gắn ở văn bản thì ghi gắn nhầm rồi xóa như tệp này."
    ]
    assert signed.file.name in stored(media)
    assert client_of(people["clerk"]).get(signed.get_absolute_url()).status_code == 200
    assert erase(withdrawn(signed, people["clerk"]), by=people["administrator"], reason="Văn bản mật") == []
    assert signed.file.name not in stored(media)


@pytest.mark.django_db
def test_a_second_place_of_the_same_content_is_erased_by_itself(signed, issued, people, media):
    Path(media, signed.file.name).write_bytes(b"%PDF-")
    second = keep(given("b.pdf", pdf()), by=people["clerk"], kind=Upload.Kind.SIGNED, document=issued)
    assert erase(withdrawn(signed, people["clerk"]), by=people["administrator"], reason="Văn bản mật") == [second]
    assert stored(media) == [second.file.name]


@pytest.mark.django_db
def test_a_file_whose_content_was_erased_can_be_attached_again(signed, issued, people, media):
    erase(withdrawn(signed, people["clerk"]), by=people["administrator"], reason="Văn bản mật")
    again = keep(given("Bản ký.pdf", pdf()), by=people["clerk"], kind=Upload.Kind.SIGNED, document=issued)
    assert stored(media) == [again.file.name]


# --- Two at once


@pytest.fixture
def slow_rows(monkeypatch):
    """Rows of files take a while to be stored; the event tells that the first of them has come to it."""
    begun, save = threading.Event(), Upload.save

    def slowly(self, *args, **kwargs):
        begun.set()
        time.sleep(0.5)
        save(self, *args, **kwargs)

    monkeypatch.setattr(Upload, "save", slowly)
    return begun


def at_once(*acts):
    """Each act in a thread of its own, with a connection of its own."""

    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_erase_the_same_content_at_once_leave_no_bytes(signed, scans, people, media, request):
    rows = [withdrawn(signed, people["clerk"]), withdrawn(scans["cited"], people["officer"])]
    request.getfixturevalue("slow_rows")
    boss = people["administrator"]
    left = at_once(*(lambda row=row: erase(row, by=boss, reason="Văn bản mật") for row in rows))
    assert sorted(map(len, left)) == [0, 1]
    assert signed.file.name not in stored(media)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_bytes_are_not_erased_under_a_file_that_is_being_attached(signed, issued, people, media, request):
    withdrawn(signed, people["clerk"])
    begun = request.getfixturevalue("slow_rows")

    def attach():
        return keep(given("Lại.pdf", pdf()), by=people["clerk"], kind=Upload.Kind.SIGNED, document=issued)

    def erase_then():
        begun.wait()
        return erase(signed, by=people["administrator"], reason="Văn bản mật")

    kept, left = at_once(attach, erase_then)
    assert left == [kept]
    assert stored(media) == [kept.file.name]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_attached_while_its_bytes_are_erased_is_stored_anew(signed, issued, people, media, request):
    withdrawn(signed, people["clerk"])
    begun = request.getfixturevalue("slow_rows")

    def attach():
        begun.wait()
        return keep(given("Lại.pdf", pdf()), by=people["clerk"], kind=Upload.Kind.SIGNED, document=issued)

    kept, left = at_once(attach, lambda: erase(signed, by=people["administrator"], reason="Văn bản mật"))
    assert left == []
    assert stored(media) == [kept.file.name]
