"""Finished pages as pictures, so that a preview is the true page on any device."""

import io
import threading
from contextlib import contextmanager
from itertools import islice

import pypdfium2
from PIL import Image, ImageChops

from . import apart

# A page of text in 16 greys is a third of its size in true colour, and looks the same.
_GREY_OF = [value // 17 for value in range(256)]
_PALETTE = [shade for level in range(16) for shade in (level * 17,) * 3]
# PDFium must not be entered by two threads at once.
_engine = threading.Lock()


def pictures(pdf: bytes, *, dpi: int, most: int | None = None) -> list[bytes]:
    """The pages of ``pdf`` (the first ``most``) as PNG at ``dpi``: 16 greys, or colour where a page has some.

    Raises ``apart.NotSet``.
    """
    return apart.call(_drawn, pdf, dpi, most)


def _drawn(pdf, dpi, most) -> list[bytes]:
    """As ``pictures``, in this process."""
    with opened(pdf) as document:
        return [_png(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in islice(document, most)]


def some_pictures(pdf: bytes, wanted: list[int], *, dpi: int) -> list[bytes]:
    """As ``pictures``, of the pages ``wanted`` alone, counted from 0; in this process."""
    with opened(pdf) as document:
        return [_png(document[number].render(scale=dpi / 72).to_pil().convert("RGB")) for number in wanted]


def page_count(pdf: bytes) -> int:
    """How many pages ``pdf`` has."""
    with opened(pdf) as document:
        return len(document)


@contextmanager
def opened(pdf):
    """The document, for one thread at a time."""
    with _engine:
        document = pypdfium2.PdfDocument(pdf)
        # Signatures, and numbers that were put in behind them, are drawn as fields of a form; this goes before all else.
        document.init_forms()
        try:
            yield document
        finally:
            document.close()


def _png(picture) -> bytes:
    grey = picture.getchannel("G")
    options = {}
    # The only colours on a sheet are those of an urgency frame, of a signature and of a stamp.
    if not any(ImageChops.difference(grey, picture.getchannel(other)).getbbox() for other in "RB"):
        picture = Image.frombytes("P", grey.size, grey.point(_GREY_OF).tobytes())
        picture.putpalette(_PALETTE)
        options = {"bits": 4}
    memory = io.BytesIO()
    # Level 3 costs a third of the default's time for a tenth more bytes.
    picture.save(memory, "PNG", compress_level=3, **options)
    return memory.getvalue()
