"""What is looked for in a PDF."""

import io
import re
import zlib

import pikepdf
from pypdfium2 import PdfiumError

from ..typesetting.pictures import page_count
from .refusing import AGAIN, BLANKS, MOST_UNPACKED, SWELLS, UploadRefused

# Names are looked for, not chains of objects followed: a file that only mentions one is refused with the rest.
_ACTIVE = re.compile(rb"/(JavaScript|Launch|Rendition|RichMedia|XFA)(?![A-Za-z0-9])")
# What sends a form, reads one from elsewhere, or opens another file; and content that is fetched from an address.
_ELSEWHERE = re.compile(
    rb"/(SubmitForm|ImportData|GoToR|GoToE)(?![A-Za-z0-9])|/FS\s*/URL(?![A-Za-z0-9])"
    rb"|/S\s*/Thread(?![A-Za-z0-9])|/Subtype\s*/Movie(?![A-Za-z0-9])"
)
_BY_ITSELF = re.compile(rb"/(OpenAction|AA)(?![A-Za-z0-9])")
_ADDRESS = re.compile(rb"/URI(?![A-Za-z0-9])")
_EMBEDDED = re.compile(rb"/(EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECTS = re.compile(rb"[\s\0]*[\d%]")
_CHUNK = 64 * 1024
MOST_ACTIONS = 20
# A thousand pages with a picture each have some ten thousand.
MOST_STREAMS = 50_000


def check_pdf(content, _extension):
    """Opens, is whole, asks no password, runs nothing, hides no other file."""
    if not content.rstrip(BLANKS).endswith(b"%%EOF"):
        raise UploadRefused(f"không trọn vẹn: phần cuối bị mất, hoặc có thứ khác nối vào sau. {AGAIN}")
    structure = _structure(content)
    if _ENCRYPTED.search(structure):
        raise UploadRefused("có đặt mật khẩu hoặc giới hạn quyền. Hãy bỏ mật khẩu, hoặc in sang PDF mới, rồi gửi.")
    structure += _spread(content)
    if _ACTIVE.search(structure):
        raise UploadRefused("có mã chạy hoặc lệnh mở chương trình bên trong. Hãy in sang PDF mới rồi gửi.")
    if _ELSEWHERE.search(structure) or _opens_an_address(content, structure):
        raise UploadRefused("tự mở hoặc gửi tới một địa chỉ khác khi được mở hay bấm. Hãy in sang PDF mới rồi gửi.")
    if _EMBEDDED.search(structure):
        raise UploadRefused("có tệp khác nhúng bên trong. Hãy lấy tệp đó ra gửi riêng, và in sang PDF mới.")
    try:
        page_count(content)
    except PdfiumError:
        raise UploadRefused(f"không mở được như một tệp PDF. {AGAIN}") from None


def _spread(content) -> bytes:
    """The file written anew with every object by itself, however those that are read were packed."""
    memory = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            document.save(
                memory,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
                fix_metadata_version=False,
            )
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise UploadRefused(f"không mở được như một tệp PDF. {AGAIN}") from None
    return memory.getvalue()


def _opens_an_address(content, structure) -> bool:
    """Whether an address is opened without anybody pressing on it. Where one presses, the reader shows it first."""
    if not (_BY_ITSELF.search(structure) and _ADDRESS.search(structure)):
        return False
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return any(_is_address(action) for action in _actions_by_themselves(document))
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise UploadRefused(f"không mở được như một tệp PDF. {AGAIN}") from None


def _actions_by_themselves(document):
    """What is done when the file, a page or a field is opened, shown or left."""
    for holder in document.objects:
        if isinstance(holder, pikepdf.Dictionary):
            yield holder.get("/OpenAction")
            events = holder.get("/AA")
            if isinstance(events, pikepdf.Dictionary):
                yield from events.values()


def _is_address(action, deep=0) -> bool:
    """Whether an action, or one that follows it, opens an address."""
    if isinstance(action, pikepdf.Array):
        return any(_is_address(one, deep) for one in action)
    if not isinstance(action, pikepdf.Dictionary):
        return False
    # Who chains more has something to hide.
    return deep > MOST_ACTIONS or action.get("/S") == "/URI" or _is_address(action.get("/Next"), deep + 1)


def _structure(content) -> bytes:
    """Where the names of a PDF stand, spelled plainly: its bytes, and the objects that are packed in Flate streams.

    A stream of objects begins with a number or a comment; pictures do not, and are not unpacked.
    """
    parts, left = [content], MOST_UNPACKED
    for count, stream in enumerate(_STREAM.finditer(content)):
        parts.append(_unpacked(content, stream.end(), left))
        left -= len(parts[-1])
        if left <= 0 or count == MOST_STREAMS:
            raise UploadRefused(SWELLS)
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
