"""Small pictures of the photographs that people add: a page shows ten at once, and a telephone makes each of 4 MB."""

import os
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from .models import PICTURES, Upload

# Pixels of the longer side: twice what a page shows, for fine screens.
LONGEST = 640


def small(upload: Upload) -> Path:
    """Where the small picture of ``upload`` is, a JPEG; made the first time, kept beside the picture itself.

    Raises ``FileNotFoundError`` where the picture is not on the disk.
    """
    place = _place(upload)
    if not place.exists():
        with upload.file.open() as file:
            _write(flat(file, LONGEST), place)
    return place


def flat(file, longest: int) -> Image.Image:
    """The picture in ``file`` upright on white paper, in RGB, its longer side at most ``longest``."""
    with Image.open(file) as picture:
        picture.draft("RGB", (longest, longest))
        # Telephones store pictures as they were held, and say so beside.
        turned = ImageOps.exif_transpose(picture)
        turned = _eight_bits(turned).convert("RGBA")
    turned.thumbnail((longest, longest))
    sheet = Image.new("RGB", turned.size, "white")
    sheet.paste(turned, mask=turned.getchannel("A"))
    return sheet


def _eight_bits(picture):
    """Greys of 16 bits, as scanners write them, in 8: ``convert`` alone makes all but the darkest white."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda grey: grey / 257).convert("L")
    return picture


def forget(upload: Upload) -> None:
    """Take the small picture away, with the content that it was made of."""
    if upload.extension in PICTURES:
        _place(upload).unlink(missing_ok=True)


def _place(upload) -> Path:
    """Named by the content, as the picture is: one for all rows that hold it."""
    storage = upload.file.storage
    return Path(storage.path(f"uploads/{upload.sha256[:2]}/{upload.sha256}.nho.jpg"))


def _write(picture, place):
    """Whole or not at all: two people may look at once."""
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            picture.save(file, "JPEG", quality=82, optimize=True)
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
