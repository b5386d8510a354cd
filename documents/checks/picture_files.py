"""What is looked for in a picture, and where it ends."""

import io
import re
import struct
import zlib

from PIL import Image, ImageFile

from .refusing import AGAIN, BLANKS, UploadRefused

# An A3 sheet scanned at 600 dots an inch has 70 million.
MOST_PIXELS = 80_000_000
_IN_TAIL = re.compile(rb"<(script|html|svg|!doctype|\?php)|PK\x03\x04|%PDF-", re.IGNORECASE)


def check_picture(content, extension):
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
        raise UploadRefused(f"là ảnh bị hỏng hoặc thiếu phần cuối. {AGAIN}") from None
    # Telephones put a second picture or a short film behind a JPEG; a PNG has nothing there.
    if tail.strip(BLANKS) if extension == "png" else _IN_TAIL.search(tail):
        raise UploadRefused(f"có thứ khác nối vào sau ảnh. {AGAIN}")


def _tail_of(content, extension) -> bytes:
    """What stands behind the end of a picture."""
    return content[(_end_of_png if extension == "png" else end_of_jpeg)(content) :]


def _end_of_png(content) -> int:
    """Behind the chunk that says so. Raises ``struct.error`` where there is none."""
    position, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, position)
        position += length + 12
    return position


def end_of_jpeg(content) -> int:
    """Behind the mark that ends the picture, not that of a smaller one in its head. Raises where there is none."""
    position = 2
    while content[position + 1] != 0xDA:
        # A mark may be preceded by any number of FF.
        filled = content[position + 1] == 0xFF
        position += 1 if filled else 2 + struct.unpack_from(">H", content, position + 2)[0]
    # Inside the picture every FF is followed by 00 or a number from D0 to D7.
    return content.index(b"\xff\xd9", position) + 2
