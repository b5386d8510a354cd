"""Files without what a camera writes into pictures: where they were taken, when, with which camera, and its number.

The picture itself stays as it is, dot by dot: only the parts beside it go. So does a second picture or a film behind it.
"""

import io
import re
import struct
import zipfile
import zlib

from PIL import Image

from .picture_files import end_of_jpeg

_ORIENTATION = 0x0112
# What tells how the dots of a PNG are shown; words, times and what cameras write have other names.
_SHOWN = {
    *(
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"cICP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    ),
    *(b"acTL", b"fcTL", b"fdAT"),
}
# Words of cameras and of the programs that their pictures went through, as a picture in a PDF begins with them.
_CAMERA_WORDS = (b"Exif\0\0", b"http://ns.adobe.com/", b"Photoshop 3.0\0")
# What they say of the place and the camera in a PDF's own description of a picture.
_XMP = re.compile(rb"<\?xpacket begin(?:[^<]|<(?!\?xpacket))*+<\?xpacket end")
_XMP_WORDS = re.compile(
    rb"<((?:exif|exifEX|aux|tiff):\w+)>([^<]*)</\1>|\b(?:exif|exifEX|aux|tiff):\w+\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_COMMENT = 0xFE
_BESIDE = {*range(0xE0, 0xF0), _COMMENT}
_SIGNED = re.compile(rb"/ByteRange(?![A-Za-z0-9])")
_BROKEN = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    IndexError,
    RuntimeError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def bare(content: bytes) -> bytes:
    """``content`` without what cameras write into pictures; what holds no picture, or is broken, comes back as it is.

    Pictures inside Word and Excel files and PDFs lose it too; those of a PDF that is signed digitally do not, because its
    signature would break. Doing it again changes nothing.
    """
    for beginning, make in _KINDS.items():
        if content.startswith(beginning):
            try:
                return make(content)
            except _BROKEN:
                return content
    return _bare_pdf(content) if b"%PDF-" in content[:1024] else content


def _bare_jpeg(content):
    """The marks that the picture is drawn by, then the picture to its end."""
    parts, position = [b"\xff\xd8"], 2
    turned = _turned(content)
    while content[position + 1] != 0xDA:
        if content[position + 1] == 0xFF:  # any number may precede a mark
            position += 1
            continue
        end = position + 2 + struct.unpack_from(">H", content, position + 2)[0]
        segment = content[position:end]
        if not _is_beside(segment[1], segment[4:]):
            if turned and segment[1] != 0xE0:
                parts.append(_exif_segment(turned))
                turned = 0
            parts.append(segment)
        position = end
    if turned:
        parts.append(_exif_segment(turned))
    parts.append(content[position : end_of_jpeg(content)])
    return b"".join(parts)


def _is_beside(mark, words) -> bool:
    """Whether a segment of a JPEG is not needed to draw it: all that programs add but the frame, the colours and Adobe's."""
    drawn = (mark == 0xE0 and words.startswith(b"JFIF")) or (mark == 0xE2 and words.startswith(b"ICC_PROFILE"))
    return (0xE0 <= mark <= 0xEF and mark != 0xEE and not drawn) or mark == 0xFE


def _exif_segment(turned) -> bytes:
    words = b"Exif\0\0" + _exif(turned)
    return b"\xff\xe1" + struct.pack(">H", len(words) + 2) + words


def _exif(turned) -> bytes:
    """The one fact that stays: how the telephone was held."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)


def _turned(content) -> int:
    """How the picture has to be turned, 0 where it stands upright."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        turned = picture.getexif().get(_ORIENTATION, 1)
    return turned if turned in range(2, 9) else 0


def _bare_png(content):
    """The chunks that the picture is drawn by."""
    parts, position, kind = [content[:8]], 8, b""
    turned = _turned(content)
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, position)
        if kind == b"IDAT" and turned:
            parts.append(_chunk(b"eXIf", _exif(turned)))
            turned = 0
        if kind in _SHOWN:
            parts.append(content[position : position + length + 12])
        position += length + 12
    return b"".join(parts)


def _chunk(kind, data) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _bare_office(content):
    """The package with its pictures bare; the very bytes where they are already."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        # Pictures alone are read: the sheets of a long list would fill the memory.
        pictures = {part.filename: package.read(part) for part in package.infolist() if _is_picture(package, part)}
        made = {name: bare(inside) for name, inside in pictures.items()}
        if made == pictures:
            return content
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w") as other:
            for part in package.infolist():
                inside = made[part.filename] if part.filename in made else package.read(part)
                other.writestr(part, inside, part.compress_type)
    return memory.getvalue()


def _is_picture(package, part) -> bool:
    with package.open(part) as stream:
        return stream.read(4).startswith((b"\xff\xd8\xff", b"\x89PNG"))


def _bare_pdf(content):
    """Blanks in place of a camera's words: nothing in the file moves."""
    if _SIGNED.search(content):
        return content
    made = bytearray(content)
    for found in re.finditer(rb"\xff\xd8(?=\xff[\xe1-\xef\xfe])|\xff\xd8(?=\xff\xe0..JFIF)", content, re.DOTALL):
        position = found.end()
        while content[position : position + 1] == b"\xff" and content[position + 1] in _BESIDE:
            length = struct.unpack_from(">H", content, position + 2)[0]
            begin, end = position + 4, position + 2 + length
            if (content[position + 1] == _COMMENT or content.startswith(_CAMERA_WORDS, begin)) and end <= len(content):
                made[begin:end] = bytes(end - begin)
            position = end
    return _XMP.sub(lambda packet: _XMP_WORDS.sub(_blank, packet[0]), bytes(made))


def _blank(found) -> bytes:
    """A property of a description with blanks for its value."""
    begin, end = found.span(found.lastindex)
    begin, end = begin - found.start(), end - found.start()
    return found[0][:begin] + b" " * (end - begin) + found[0][end:]


_KINDS = {
    b"\xff\xd8\xff": _bare_jpeg,
    b"\x89PNG\r\n\x1a\n": _bare_png,
    b"PK\x03\x04": _bare_office,
}
