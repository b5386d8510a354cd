"""What is known of a file that somebody adds: its kind by what is inside, its name, its size."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings

from units.text import clean

from .office_files import check_office, check_package
from .pdf_files import check_pdf
from .picture_files import check_picture
from .refusing import OTHER, UploadRefused, renamed

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


@dataclass(frozen=True)
class Facts:
    """What is known of a file that was looked into, by the names of the fields of ``Upload``."""

    name: str
    extension: str
    content_type: str
    size: int
    sha256: str


def inspect(file, only_read=False) -> Facts:
    """Look into ``file`` (a Django ``File``). Raises ``UploadRefused`` with the file's name in the message.

    ``only_read``: a Word file from which words are taken, and which nobody opens from here; what could act in it is no matter.
    """
    name = own_name(file.name or "")
    try:
        extension = _extension(name)
        check_size(file)
        file.seek(0)
        content = file.read()
        _check_beginning(content, extension)
        check = check_package if only_read and extension == "docx" else _CHECKS[extension]
        check(content, extension)
    except UploadRefused as refused:
        raise UploadRefused(f"Tệp «{name}» {refused}") from None
    return Facts(name, extension, TYPES[extension], len(content), hashlib.sha256(content).hexdigest())


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
        raise UploadRefused(f"không thuộc loại được nhận. Chỉ nhận {ALLOWED}. {OTHER}")
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
# Readers of PDF look for its beginning as far as here; a scanner or a mail program may have put something before it.
_BEFORE_PDF = 1024
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|\?php|\?xml)", re.IGNORECASE)


def _check_beginning(content, extension):
    """The name must agree with what is inside; which office file it is, its parts tell."""
    kind, words = _beginning_of(content)
    if kind == ("zip" if extension in ("docx", "xlsx") else extension):
        return
    advice = renamed(kind) if kind in TYPES else OTHER
    raise UploadRefused(f"có đuôi .{extension} nhưng bên trong là {words}. {advice}")


def _beginning_of(content) -> tuple[str, str]:
    """The kind as ``TYPES`` calls it, where it is one of them or a ``zip``; and the words for a person."""
    for beginning, found in _BEGINNINGS.items():
        if content.startswith(beginning):
            return found
    before, is_pdf, _ = content[: _BEFORE_PDF + 5].partition(b"%PDF-")
    if is_pdf and not _MARKUP.search(before) and b"<svg" not in before.lower() and b"PK\x03\x04" not in before:
        return _BEGINNINGS[b"%PDF-"]
    if content[4:8] == b"ftyp":
        return "", "ảnh HEIC hoặc phim của điện thoại"
    if b"<svg" in content[:1024].lower():
        return "", "ảnh SVG"
    return "", "trang web hoặc mã chạy" if _MARKUP.search(content, 0, 1024) else "nội dung không nhận ra được"


_CHECKS = {
    "pdf": check_pdf,
    "png": check_picture,
    "jpg": check_picture,
    "docx": check_office,
    "xlsx": check_office,
}
