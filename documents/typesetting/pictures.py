"""Finished pages as pictures, so that a preview is the true page on any device."""

import io

import pypdfium2

GREYS = 16


def pictures(pdf: bytes, *, dpi: int) -> list[bytes]:
    """Each page of ``pdf`` as PNG at ``dpi``: 16 greys, or full colour where the page has a coloured frame."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]
    finally:
        document.close()


def _png(picture) -> bytes:
    grey = picture.convert("L")
    if _is_grey(picture, grey):
        # A page of text in 16 greys is a third of its size in true colour, and looks the same.
        picture = grey.quantize(GREYS)
    memory = io.BytesIO()
    picture.save(memory, "PNG", optimize=False)
    return memory.getvalue()


def _is_grey(picture, grey) -> bool:
    from PIL import ImageChops

    return ImageChops.difference(picture, grey.convert("RGB")).getbbox() is None
