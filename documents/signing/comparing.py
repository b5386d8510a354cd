"""Whether a file is the paper that was given out or issued: the same bytes with something added, or at least the same words."""

import io
import unicodedata

import pikepdf
import pypdfium2

from ..typesetting.pictures import opened

# The words of post and name, onto which a picture of a signature may reach.
AROUND = 12


def begins_with(content: bytes, given: bytes) -> bool:
    """Whether ``content`` is ``given`` with something added behind: what every signature in a PDF is."""
    return len(content) >= len(given) and content[: len(given)] == given


def only_signed_since(content: bytes, given: bytes) -> bool:
    """Whether the pages of ``content`` are those of ``given`` with nothing but signatures on them: no page, no word, no picture
    more, be it added before somebody signed, so that the signature itself is whole.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as now, pikepdf.open(io.BytesIO(given)) as before:
            return len(now.pages) == len(before.pages) and all(map(_only_signed, now.pages, before.pages))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _only_signed(now, before) -> bool:
    """Whether a page shows what it did, and signatures."""
    names = {str(note.get("/T", "")) for note in before.get("/Annots", [])}
    added = [note for note in now.get("/Annots", []) if str(note.get("/T", "")) not in names]
    return _same(now.obj, before.obj, set(), _NOT_SEEN) and all(map(_is_signature, added))


# Of a page: what lies on it is looked at by itself, the rest is not seen.
_NOT_SEEN = {"/Annots", "/Parent", "/StructParents", "/Tabs"}


def _field_of(note):
    """The field that is seen as ``note``."""
    return note if "/FT" in note else note.get("/Parent", {})


def _is_signature(note) -> bool:
    return note.get("/Subtype") == "/Widget" and _field_of(note).get("/FT") == "/Sig"


def _same(now, before, seen, without=frozenset()) -> bool:
    """Whether two objects of two files are alike, with all that they lead to."""
    if now.is_indirect:
        if (now.objgen, before.objgen if before.is_indirect else None) in seen:
            return True
        seen.add((now.objgen, before.objgen if before.is_indirect else None))
    if now._type_code != before._type_code:
        return False
    if isinstance(now, pikepdf.Array):
        return len(now) == len(before) and all(
            _same_value(one, two, seen) for one, two in zip(now, before, strict=True)
        )
    if isinstance(now, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(now.keys()) - without
        if keys != set(before.keys()) - without:
            return False
        if isinstance(now, pikepdf.Stream) and now.read_raw_bytes() != before.read_raw_bytes():
            return False
        return all(_same_value(now[key], before[key], seen) for key in keys)
    return now == before


def _same_value(now, before, seen) -> bool:
    """As ``_same``; the library gives numbers and truths as such."""
    if isinstance(now, pikepdf.Object) and isinstance(before, pikepdf.Object):
        return _same(now, before, seen)
    return type(now) is type(before) and now == before


def words_covered(content: bytes, given: bytes) -> str:
    """Words of ``given`` that the picture of a signature in ``content`` lies on, where they are more than post and name."""
    with opened(given) as document:
        for number, box in _signature_boxes(content):
            text = document[number].get_textpage()
            try:
                words = text.get_text_bounded(*box).split()
            finally:
                text.close()
            if len(words) > AROUND:
                return " ".join(words[:AROUND])
    return ""


def _signature_boxes(pdf):
    """(page, (left, bottom, right, top)) of each signature, or room for one, that is seen."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            for seen in page.get("/Annots", []):
                if _is_signature(seen) and "/Rect" in seen:
                    box = [float(value) for value in seen.Rect]
                    left, right, bottom, top = *sorted(box[::2]), *sorted(box[1::2])
                    yield number, (left, bottom, right, top)


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
