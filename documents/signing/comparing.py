"""Whether a file is the paper that was given out or issued: the same bytes with something added, or at least the same words."""

import unicodedata

import pypdfium2

from ..typesetting.pictures import opened


def begins_with(content: bytes, given: bytes) -> bool:
    """Whether ``content`` is ``given`` with something added behind: what every signature in a PDF is."""
    return len(content) >= len(given) and content[: len(given)] == given


def words_of(pdf: bytes) -> list[str] | None:
    """The words of each page, one space between; None for what cannot be opened."""
    try:
        with opened(pdf) as document:
            return [_of_page(page) for page in document]
    except pypdfium2.PdfiumError:
        return None


def _of_page(page) -> str:
    text = page.get_textpage()
    try:
        return " ".join(unicodedata.normalize("NFC", text.get_text_bounded()).split())
    finally:
        text.close()
