"""What is looked for in a Word or Excel file."""

import io
import re
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from xml.etree import ElementTree

from .fetching import fetches
from .refusing import AGAIN, MOST_UNPACKED, OTHER, SWELLS, UploadRefused

# A long report has some hundred parts and packs to a tenth.
MOST_PARTS = 3000
MOST_RATIO = 100
# Lists of parts and of links; those of a long workbook have some hundred kilobytes.
MOST_XML = 4 * 1024 * 1024

_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
# What is only read may hold them, and may be a template.
_WITH_MACROS = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": "docx",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "docx",
}
_MACRO = re.compile(r"vbaproject|vbadata|macroenabled|macrosheet", re.IGNORECASE)
_OBJECT_PART = re.compile(r"(^|/)(embeddings|activex)/", re.IGNORECASE)
_ELSEWHERE_PART = re.compile(r"(^|/)(externallinks/|querytables/|connections\.xml$|webextensions/)", re.IGNORECASE)
_OBJECT_LINK = re.compile(r"/(oleObject|package|control|activeXControlBinary|aFChunk|subDocument|frame)$")
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
# RuntimeError: a part with a password. LookupError: a part that is not there, an encoding that nobody knows.
BROKEN = (
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


_FROM_ELSEWHERE = (
    "lấy nội dung từ máy hoặc tệp khác khi mở. Trong Excel hãy vào Dữ liệu, Sửa liên kết, Ngắt liên kết (hoặc dán lại thành "
    "giá trị); trong Word hãy dán hình vào tệp; lưu lại rồi gửi."
)


def check_office(content, extension):
    """A whole package of the kind that its name claims: bounded, without macros, objects and other packed files."""
    with _opened(content) as package:
        _check_parts(package)
        kind = _main_of(package)
        _check_links(package)
    _check_kind(kind, extension)


def check_package(content, extension):
    """The same of a file that is only read and not kept, in which nothing can act: macros, objects and links are no matter."""
    with _opened(content) as package:
        kind = _main_of(package, with_macros=True)
    _check_kind(kind, extension)


@contextmanager
def _opened(content):
    """The package within its bounds. What is found broken while it is open is refused."""
    # Counted before the list of parts is read: reading a hundred thousand takes seconds and memory.
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        raise UploadRefused(f"có quá nhiều phần bên trong. {AGAIN}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_bounds(package, len(content))
            yield package
    except BROKEN:
        raise UploadRefused(f"bị hỏng, không mở được. {AGAIN}") from None


def _check_kind(kind, extension):
    """The kind of a package is that which its name claims."""
    if kind != extension:
        inside = {"docx": "văn bản Word", "xlsx": "bảng tính Excel"}.get(kind)
        advice = f"Hãy đổi đuôi tên tệp thành .{kind} rồi gửi lại." if inside else OTHER
        raise UploadRefused(f"có đuôi .{extension} nhưng bên trong là {inside or 'tệp nén loại khác'}. {advice}")


def _check_bounds(package, size):
    """What the package would unpack to, by its own list; reading a part never goes beyond what the list says."""
    names = [part.filename.lower() for part in package.infolist()]
    packings = {part.compress_type for part in package.infolist()}
    if len(set(names)) < len(names) or packings - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > min(MOST_UNPACKED, MOST_RATIO * size):
        raise UploadRefused(SWELLS)


def _climbs_out(part) -> bool:
    """Whether a part would be unpacked elsewhere than in its folder, or stands for a file elsewhere."""
    name = part.orig_filename.replace("\\", "/")
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    return is_link or name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) or "\0" in name


def _check_parts(package):
    """Each part by its name, its first bytes and what it fetches; read to its end, which compares its check sum."""
    for part in package.infolist():
        if _climbs_out(part):
            raise UploadRefused(f"có phần mang tên trỏ ra ngoài tệp nén («{part.filename[:40]}»). {AGAIN}")
        if _MACRO.search(part.filename):
            raise UploadRefused(_MACROS_INSIDE)
        if _OBJECT_PART.search(part.filename):
            raise UploadRefused(_OBJECTS_INSIDE)
        if _ELSEWHERE_PART.search(part.filename):
            raise UploadRefused(_FROM_ELSEWHERE)
        with package.open(part) as stream:
            if stream.read(8).startswith(_PACKED):
                raise UploadRefused(_OBJECTS_INSIDE)
        with package.open(part) as stream:
            if fetches(stream):
                raise UploadRefused(_FROM_ELSEWHERE)


def _main_of(package, with_macros=False) -> str:
    """The kind of the package by its main part: ``docx``, ``xlsx`` or nothing. Raises ``UploadRefused`` for macros."""
    names = set(package.namelist())
    if "[Content_Types].xml" not in names:
        return ""
    kinds = [node.attrib for node in _xml(package, "[Content_Types].xml")]
    if not with_macros and any(_MACRO.search(kind.get("ContentType", "")) for kind in kinds):
        raise UploadRefused(_MACROS_INSIDE)
    found = (
        _MAIN.get(kind.get("ContentType")) or (with_macros and _WITH_MACROS.get(kind.get("ContentType")))
        for kind in kinds
        if kind.get("PartName", "").lstrip("/") in names
    )
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
            is_template = kind.endswith("/attachedTemplate")
            if is_template and not re.match(r"file:///[A-Za-z]:", target):
                raise UploadRefused("lấy mẫu (template) từ nơi khác khi mở. Hãy lưu thành PDF rồi gửi.")
            # What somebody presses on opens a browser, which shows where it goes.
            if link.get("TargetMode") == "External" and not is_template and not kind.endswith("/hyperlink"):
                raise UploadRefused(_FROM_ELSEWHERE)


def _xml(package, name):
    """The elements of a small part. What declares entities is refused: no office program writes them."""
    if package.getinfo(name).file_size > MOST_XML:
        raise UploadRefused(SWELLS)
    content = package.read(name)
    # In UTF-16 the declaration would be spelled otherwise.
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise UploadRefused(f"bị hỏng, không mở được. {AGAIN}")
    return ElementTree.fromstring(content).iter()  # noqa: S314 - no declarations, and at most MOST_XML
