"""The files of a package that came: as their system wrote them, unpacked where it packed them, within the bounds of a package."""

import base64
import binascii
import io
import zipfile
import zlib

from .edxml import LINK, File, PackageRefused, tag
from .elements import MOST_BYTES, MOST_FILES, child_or_none, needed_words, words_of


def attached_files(root, left) -> tuple[File, ...]:
    """The files that stand beside the envelope, in the order of the package. Raises ``PackageRefused``."""
    if root.find(f"{tag('edXMLEnvelope')}//{tag('Attachment')}") is not None:
        raise PackageRefused("Attachment", "tệp phải đặt ngoài edXMLEnvelope, trong AttachmentEncoded")
    found = root.findall(f"{tag('AttachmentEncoded')}/{tag('Attachment')}")
    if len(found) > MOST_FILES:
        raise PackageRefused("AttachmentEncoded", f"có {len(found)} tệp, nhiều nhất {MOST_FILES}")
    made, room = {}, MOST_BYTES
    for element in found:
        key = _bare(needed_words(element, "ContentId"))
        if key in made:
            raise PackageRefused("ContentId", f"«{key[:60]}» dùng cho hai tệp")
        made[key] = _file(element, room)
        room -= len(made[key].content)
    _compare(root, made, left)
    return tuple(made.values())


def _compare(root, made, left):
    """Raise ``PackageRefused`` for a file that is told of and not there; tell of those that are there and not told of."""
    told, by_name = set(), {file.name: key for key, file in made.items()}
    for reference in root.iterfind(f".//{tag('edXMLManifest')}/{tag('Reference')}"):
        key = _bare(reference.get(f"{{{LINK}}}href") or words_of(reference, "ContentId"))
        key = key if key in made else by_name.get(key, key)
        if key not in made:
            raise PackageRefused("Reference", f"gói kể tệp «{key[:60]}» nhưng không có tệp ấy")
        told.add(key)
    left += [f"<Reference>: gói có tệp «{made[key].name[:100]}» mà không kể" for key in made if key not in told]


def _bare(key) -> str:
    """A key without what marks it, however often that was written."""
    while key.startswith("cid:"):
        key = key.removeprefix("cid:")
    return key


def _file(element, room) -> File:
    """One file. ``room``: bytes that the files of this package may still have."""
    held = child_or_none(element, "ContentTransferEncoded")
    try:
        content = base64.b64decode("".join((held.text or "").split()) if held is not None else "", validate=True)
    except (binascii.Error, ValueError):
        raise PackageRefused("ContentTransferEncoded", "nội dung tệp bị hỏng (base64)") from None
    name = needed_words(element, "AttachmentName")
    content = _unpacked(content, name, room)
    if not content:
        raise PackageRefused("ContentTransferEncoded", "tệp rỗng")
    kind = words_of(element, "ContentType") or "application/octet-stream"
    return File(name, content, kind, words_of(element, "Description"))


def _unpacked(content, name, room) -> bytes:
    """What a system packed into a zip before it put it into the package, as that of the national axis does: one file alone, under
    the name of what is in it. Anything else is as it is.
    """
    if not content.startswith(b"PK\x03\x04") or name.lower().endswith(".zip"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            (only,) = packed.infolist()
            if only.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                return content  # the others give all they hold at once, however little is asked for
            with packed.open(only) as file:
                inside = file.read(room + 1)
    except (ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return content  # an office file has several parts; what is broken is refused when it is looked into
    if len(inside) > room:
        raise PackageRefused("ContentTransferEncoded", f"các tệp giải nén ra lớn quá {MOST_BYTES // 1024 // 1024} MB")
    return inside
