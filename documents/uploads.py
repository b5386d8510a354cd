"""Files that people add: what is taken, how each is looked into before it is kept, and under which name.

A file is judged by opening it, never by its name or by what the browser says. What is refused here could run on the
machine of whoever opens it, could not be opened at all, or would cost a server its memory.
"""

import hashlib
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import asdict, dataclass
from xml.etree import ElementTree

from django.conf import settings
from django.db import transaction
from PIL import Image, ImageFile
from pypdfium2 import PdfiumError

from units.text import clean

from .models import Upload
from .thumbnails import forget
from .typesetting.pictures import page_count

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SUFFIXES = [".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx"]
ALLOWED = "PDF, PNG, JPG, DOCX, XLSX"
LONGEST_NAME = 150
# An A3 sheet scanned at 600 dots an inch has 70 million.
MOST_PIXELS = 80_000_000
# A long report has some hundred parts and packs to a tenth.
MOST_PARTS = 3000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 100
# Lists of parts and of links; those of a long workbook have some hundred kilobytes.
MOST_XML = 4 * 1024 * 1024

_AGAIN = "Hãy mở tệp, lưu lại hoặc in sang PDF, rồi gửi tệp mới."
_SWELLS = f"phình quá lớn khi mở ra. {_AGAIN}"
_OTHER = "Hãy chọn đúng tệp, hoặc lưu nội dung thành PDF rồi gửi."


class UploadRefused(Exception):
    """A file that is not taken; says why, and what to do."""


@dataclass(frozen=True)
class Facts:
    """What is known of a file that was looked into, by the names of the fields of ``Upload``."""

    name: str
    extension: str
    content_type: str
    size: int
    sha256: str


def inspect(file) -> Facts:
    """Look into ``file`` (a Django ``File``). Raises ``UploadRefused`` with the file's name in the message."""
    name = own_name(file.name or "")
    try:
        extension = _extension(name)
        check_size(file)
        file.seek(0)
        content = file.read()
        _check_beginning(content, extension)
        _CHECKS[extension](content, extension)
    except UploadRefused as refused:
        raise UploadRefused(f"Tệp «{name}» {refused}") from None
    return Facts(name, extension, TYPES[extension], len(content), hashlib.sha256(content).hexdigest())


def keep(file, *, by, kind, document=None, answer=None, report=None, area="") -> Upload:
    """Store ``file`` for its one owner: a paper, an answer, a report, or a record of ``area`` that will point to it.

    Raises ``UploadRefused`` before anything is written.

    Whether ``by`` may add a file there is for the caller to know. The same content is kept once on the disk, however many
    rows tell of it; a transaction that fails afterwards leaves no row.
    """
    facts = inspect(file)
    upload = Upload(kind=kind, document=document, answer=answer, report=report, area=area, by=by, **asdict(facts))
    place = upload.file.field.generate_filename(upload, facts.name)
    storage = upload.file.storage
    with transaction.atomic():
        # Nobody erases the bytes between the look and the row.
        Upload.objects.held(facts.sha256)
        if storage.exists(place) and storage.size(place) == facts.size:
            upload.file.name = place
        else:
            upload.file.save(facts.name, file, save=False)
        upload.save()
    return upload


def drop(upload) -> None:
    """Take a file out for good; its bytes leave the disk unless another row holds the same content."""
    others = [row for row in Upload.objects.held(upload.sha256) if row.pk != upload.pk and row.file == upload.file]
    upload.delete()
    if not others:
        upload.file.storage.delete(upload.file.name)
        forget(upload)


def own_name(name: str) -> str:
    """The last part of a path, in NFC, without signs that cannot be seen or that turn the reading direction."""
    last = clean(re.split(r"[/\\]", name)[-1])
    seen = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    stem, dot, suffix = " ".join(unicodedata.normalize("NFC", seen).split()).rpartition(".")
    end = f"{dot}{suffix}"[:20]
    return f"{stem[: LONGEST_NAME - len(end)].strip(' .')}{end}" or "(không tên)"


def check_size(file) -> None:
    """Raise ``UploadRefused`` for an empty file and one over ``UPLOAD_MAX_MB``; the message goes on from a name."""
    if not file.size:
        raise UploadRefused("rỗng, không có nội dung. Hãy mở lại tệp trên máy, lưu lại rồi gửi.")
    if file.size > settings.UPLOAD_MAX_MB * 1024 * 1024:
        size = f"{file.size / 1024 / 1024:.1f}".replace(".", ",")
        raise UploadRefused(
            f"nặng {size} MB, mỗi tệp chỉ được tới {settings.UPLOAD_MAX_MB} MB. "
            "Hãy quét lại ở 200–300 dpi, hoặc chia thành nhiều tệp."
        )


def _extension(name) -> str:
    """The kind that a name claims, as ``TYPES`` calls it."""
    stem, _, suffix = name.lower().rpartition(".")
    extension = {"jpeg": "jpg"}.get(suffix, suffix)
    if not stem or extension not in TYPES:
        raise UploadRefused(f"không thuộc loại được nhận. Chỉ nhận {ALLOWED}. {_OTHER}")
    return extension


# --- What a file is by its first bytes

_BEGINNINGS = {
    b"%PDF-": ("pdf", "tệp PDF"),
    b"\x89PNG\r\n\x1a\n": ("png", "ảnh PNG"),
    b"\xff\xd8\xff": ("jpg", "ảnh JPEG"),
    b"PK\x03\x04": ("zip", "tệp nén, Word hoặc Excel"),
    b"\xd0\xcf\x11\xe0": ("", "tệp Word, Excel kiểu cũ hoặc có đặt mật khẩu"),
    b"MZ": ("", "chương trình chạy được"),
    b"\x7fELF": ("", "chương trình chạy được"),
    b"GIF8": ("", "ảnh GIF"),
    b"Rar!": ("", "tệp nén RAR"),
    b"7z\xbc\xaf": ("", "tệp nén 7z"),
}
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|\?php|\?xml)", re.IGNORECASE)


def _check_beginning(content, extension):
    """The name must agree with what is inside; which office file it is, its parts tell."""
    kind, words = _beginning_of(content)
    if kind == ("zip" if extension in ("docx", "xlsx") else extension):
        return
    advice = f"Hãy đổi đuôi tên tệp thành .{kind} rồi gửi lại." if kind in TYPES else _OTHER
    raise UploadRefused(f"có đuôi .{extension} nhưng bên trong là {words}. {advice}")


def _beginning_of(content) -> tuple[str, str]:
    """The kind as ``TYPES`` calls it, where it is one of them or a ``zip``; and the words for a person."""
    for beginning, found in _BEGINNINGS.items():
        if content.startswith(beginning):
            return found
    if content[4:8] == b"ftyp":
        return "", "ảnh HEIC hoặc phim của điện thoại"
    if b"<svg" in content[:1024].lower():
        return "", "ảnh SVG"
    return "", "trang web hoặc mã chạy" if _MARKUP.search(content, 0, 1024) else "nội dung không nhận ra được"


# --- PDF

# Names are looked for, not chains of objects followed: a file that only mentions one is refused with the rest.
_ACTIVE = re.compile(rb"/(JavaScript|Launch|Rendition|RichMedia)(?![A-Za-z0-9])")
_EMBEDDED = re.compile(rb"/(EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_BLANKS = b" \t\r\n\f\0"
_OBJECTS = re.compile(rb"[\s\0]*[\d%]")
_CHUNK = 64 * 1024
# A thousand pages with a picture each have some ten thousand.
MOST_STREAMS = 50_000


def _check_pdf(content, _extension):
    """Opens, is whole, asks no password, runs nothing, hides no other file."""
    if not content.rstrip(_BLANKS).endswith(b"%%EOF"):
        raise UploadRefused(f"không trọn vẹn: phần cuối bị mất, hoặc có thứ khác nối vào sau. {_AGAIN}")
    structure = _structure(content)
    if _ENCRYPTED.search(structure):
        raise UploadRefused("có đặt mật khẩu hoặc giới hạn quyền. Hãy bỏ mật khẩu, hoặc in sang PDF mới, rồi gửi.")
    if _ACTIVE.search(structure):
        raise UploadRefused("có mã chạy hoặc lệnh mở chương trình bên trong. Hãy in sang PDF mới rồi gửi.")
    if _EMBEDDED.search(structure):
        raise UploadRefused("có tệp khác nhúng bên trong. Hãy lấy tệp đó ra gửi riêng, và in sang PDF mới.")
    try:
        page_count(content)
    except PdfiumError:
        raise UploadRefused(f"không mở được như một tệp PDF. {_AGAIN}") from None


def _structure(content) -> bytes:
    """Where the names of a PDF stand, spelled plainly: its bytes, and the objects that are packed in Flate streams.

    A stream of objects begins with a number or a comment; pictures do not, and are not unpacked.
    """
    parts, left = [content], MOST_UNPACKED
    for count, stream in enumerate(_STREAM.finditer(content)):
        parts.append(_unpacked(content, stream.end(), left))
        left -= len(parts[-1])
        if left <= 0 or count == MOST_STREAMS:
            raise UploadRefused(_SWELLS)
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), b"\n".join(parts))


def _unpacked(content, start, most) -> bytes:
    """The Flate stream at ``start`` as far as it goes, at most ``most`` bytes; nothing where it holds no objects."""
    engine, unpacked = zlib.decompressobj(), bytearray()
    try:
        if not _OBJECTS.match(zlib.decompressobj().decompress(content[start : start + 1024], 64)):
            return b""
        while not engine.eof and start < len(content) and len(unpacked) < most:
            unpacked += engine.decompress(content[start : start + _CHUNK], most - len(unpacked))
            start += _CHUNK
    except zlib.error:
        pass  # a reader of PDF takes what comes before the fault, and so do we
    return bytes(unpacked)


# --- Pictures

_IN_TAIL = re.compile(rb"<(script|html|svg|!doctype|\?php)|PK\x03\x04|%PDF-", re.IGNORECASE)


def _check_picture(content, extension):
    """Is whole, has a size that a server can take, and nothing of another kind behind its end."""
    format_ = {"png": "PNG", "jpg": "JPEG"}[extension]
    # WeasyPrint switches this on for the whole process, to print broken pictures; papers hold none, so nobody misses it.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=[format_]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Image.DecompressionBombError
            if extension == "png":
                picture.verify()
            else:
                picture.draft("L", (1, 1))
                picture.load()
        tail = _tail_of(content, extension)
    except Image.DecompressionBombError:
        raise UploadRefused("có quá nhiều điểm ảnh. Hãy quét lại ở 200–300 dpi rồi gửi.") from None
    except (OSError, EOFError, SyntaxError, ValueError, IndexError, struct.error, zlib.error):
        raise UploadRefused(f"là ảnh bị hỏng hoặc thiếu phần cuối. {_AGAIN}") from None
    # Telephones put a second picture or a short film behind a JPEG; a PNG has nothing there.
    if tail.strip(_BLANKS) if extension == "png" else _IN_TAIL.search(tail):
        raise UploadRefused(f"có thứ khác nối vào sau ảnh. {_AGAIN}")


def _tail_of(content, extension) -> bytes:
    """What stands behind the end of a picture."""
    return content[(_end_of_png if extension == "png" else _end_of_jpeg)(content) :]


def _end_of_png(content) -> int:
    """Behind the chunk that says so. Raises ``struct.error`` where there is none."""
    position, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, position)
        position += length + 12
    return position


def _end_of_jpeg(content) -> int:
    """Behind the mark that ends the picture, not that of a smaller one in its head. Raises where there is none."""
    position = 2
    while content[position + 1] != 0xDA:
        # A mark may be preceded by any number of FF.
        filled = content[position + 1] == 0xFF
        position += 1 if filled else 2 + struct.unpack_from(">H", content, position + 2)[0]
    # Inside the picture every FF is followed by 00 or a number from D0 to D7.
    return content.index(b"\xff\xd9", position) + 2


# --- Word and Excel

_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_MACRO = re.compile(r"vbaproject|vbadata|macroenabled|macrosheet", re.IGNORECASE)
_OBJECT_PART = re.compile(r"(^|/)(embeddings|activex)/", re.IGNORECASE)
_OBJECT_LINK = re.compile(r"/(oleObject|package|control|activeXControlBinary|aFChunk|subDocument|frame)$")
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
# RuntimeError: a part with a password. LookupError: a part that is not there, an encoding that nobody knows.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
    ElementTree.ParseError,
)


_MACROS_INSIDE = "có macro (mã chạy). Hãy lưu lại thành tệp không có macro, rồi gửi."
_OBJECTS_INSIDE = (
    "có tệp hoặc đối tượng khác nhúng bên trong (OLE, biểu đồ kèm bảng tính, tệp nén). "
    "Hãy dán lại thành hình, hoặc lưu thành PDF, rồi gửi."
)


def _check_office(content, extension):
    """A whole package of the kind that its name claims: bounded, without macros, objects and other packed files."""
    # Counted before the list of parts is read: reading a hundred thousand takes seconds and memory.
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        raise UploadRefused(f"có quá nhiều phần bên trong. {_AGAIN}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_bounds(package, len(content))
            _check_parts(package)
            kind = _main_of(package)
            _check_links(package)
    except _BROKEN:
        raise UploadRefused(f"bị hỏng, không mở được. {_AGAIN}") from None
    if kind != extension:
        inside = {"docx": "văn bản Word", "xlsx": "bảng tính Excel"}.get(kind)
        advice = f"Hãy đổi đuôi tên tệp thành .{kind} rồi gửi lại." if inside else _OTHER
        raise UploadRefused(f"có đuôi .{extension} nhưng bên trong là {inside or 'tệp nén loại khác'}. {advice}")


def _check_bounds(package, size):
    """What the package would unpack to, by its own list; reading a part never goes beyond what the list says."""
    names = [part.filename.lower() for part in package.infolist()]
    packings = {part.compress_type for part in package.infolist()}
    if len(set(names)) < len(names) or packings - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > min(MOST_UNPACKED, MOST_RATIO * size):
        raise UploadRefused(_SWELLS)


def _check_parts(package):
    """Each part by its name and its first bytes; read to its end, which compares its check sum."""
    for part in package.infolist():
        if _MACRO.search(part.filename):
            raise UploadRefused(_MACROS_INSIDE)
        if _OBJECT_PART.search(part.filename):
            raise UploadRefused(_OBJECTS_INSIDE)
        with package.open(part) as stream:
            if stream.read(8).startswith(_PACKED):
                raise UploadRefused(_OBJECTS_INSIDE)
            while stream.read(1 << 20):
                pass


def _main_of(package) -> str:
    """The kind of the package by its main part: ``docx``, ``xlsx`` or nothing. Raises ``UploadRefused`` for macros."""
    names = set(package.namelist())
    if "[Content_Types].xml" not in names:
        return ""
    kinds = [node.attrib for node in _xml(package, "[Content_Types].xml")]
    if any(_MACRO.search(kind.get("ContentType", "")) for kind in kinds):
        raise UploadRefused(_MACROS_INSIDE)
    found = (_MAIN.get(kind.get("ContentType")) for kind in kinds if kind.get("PartName", "").lstrip("/") in names)
    return next(filter(None, found), "")


def _check_links(package):
    """No link to an object, and no template that is fetched from elsewhere when the file is opened."""
    for name in package.namelist():
        for link in _xml(package, name) if name.lower().endswith(".rels") else ():
            kind, target = link.get("Type", ""), link.get("Target", "")
            if _MACRO.search(kind):
                raise UploadRefused(_MACROS_INSIDE)
            if _OBJECT_LINK.search(kind):
                raise UploadRefused(_OBJECTS_INSIDE)
            if kind.endswith("/attachedTemplate") and not re.match(r"file:///[A-Za-z]:", target):
                raise UploadRefused("lấy mẫu (template) từ nơi khác khi mở. Hãy lưu thành PDF rồi gửi.")


def _xml(package, name):
    """The elements of a small part. What declares entities is refused: no office program writes them."""
    if package.getinfo(name).file_size > MOST_XML:
        raise UploadRefused(_SWELLS)
    content = package.read(name)
    # In UTF-16 the declaration would be spelled otherwise.
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise UploadRefused(f"bị hỏng, không mở được. {_AGAIN}")
    return ElementTree.fromstring(content).iter()  # noqa: S314 - no declarations, and at most MOST_XML


_CHECKS = {
    "pdf": _check_pdf,
    "png": _check_picture,
    "jpg": _check_picture,
    "docx": _check_office,
    "xlsx": _check_office,
}
