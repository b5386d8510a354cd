"""Whether a file is the paper that was given out or issued: the same bytes with something added, or at least the same words."""

import io
import re
import unicodedata

import pikepdf
import pypdfium2

from ..typesetting.pictures import opened

# How many words that are covered are told.
MOST_TOLD = 12
# How a file ends.
_END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")


def begins_with(content: bytes, given: bytes) -> bool:
    """Whether ``content`` is ``given`` with something added behind: what every signature in a PDF is."""
    return len(content) >= len(given) and content[: len(given)] == given


def only_signed_since(content: bytes, given: bytes) -> bool:
    """Whether ``content`` is ``given`` with nothing but signatures: no page, no word, no picture more, no file and no script in
    it, be it added before somebody signed, so that the signature itself is whole; and nothing behind the end, which programs that
    repair a file would read.
    """
    if not _END.search(content):
        return False
    try:
        with pikepdf.open(io.BytesIO(content)) as now, pikepdf.open(io.BytesIO(given)) as before:
            return _only_signed(now, before)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError):
        return False


# Of the file: what signatures stand in, what shows that they held, and what is told of the file is not on its pages.
_OF_SIGNATURES = {"/AcroForm", "/DSS", "/Perms", "/Extensions", "/Version", "/Metadata", "/Pages", "/StructTreeRoot"}
# Of a page: what lies on it is looked at by itself, the rest is not seen.
_NOT_SEEN = {"/Annots", "/Parent", "/StructParents", "/Tabs"}
# What other programs write into the form beside a signature. Not among it: another form in the place of the pages (XFA).
_OF_FORM = {"/Fields", "/SigFlags", "/DA", "/DR", "/Q", "/NeedAppearances"}
# What happens when something is clicked or opened.
_ACTIONS = {"/A", "/AA"}


def _only_signed(now, before) -> bool:
    if len(now.pages) != len(before.pages):
        return False
    pages = [(page.obj, old.obj) for page, old in zip(now.pages, before.pages, strict=True)]
    forms = [one.Root.get("/AcroForm", pikepdf.Dictionary()) for one in (now, before)]
    added, pairs = [], [(now.Root, before.Root, _OF_SIGNATURES), *((*page, _NOT_SEEN) for page in pages)]
    for (one, two), name in [*((page, "/Annots") for page in pages), (forms, "/Fields")]:
        old, new = list(two.get(name, [])), list(one.get(name, []))
        names = {item.objgen for item in old}
        kept = [item for item in new if item.objgen in names]
        if len(kept) != len(old):
            return False
        pairs += zip(kept, old, [frozenset()] * len(old), strict=True)
        added += [item for item in new if item.objgen not in names]
    return set(forms[0].keys()) <= _OF_FORM | set(forms[1].keys()) and all(map(_is_signature, added)) and _same(pairs)


def _field_of(note):
    """The field that is seen as ``note``."""
    return note if "/FT" in note else note.get("/Parent", {})


def _is_signature(note) -> bool:
    """Whether what lies on a page, or a field of the form, is a signature and does nothing."""
    field = _field_of(note)
    return field.get("/FT") == "/Sig" and not _ACTIONS & {*note.keys(), *field.keys()}


def _same(pairs) -> bool:
    """Whether the objects of two files, [(one, other, keys that are not looked at)], are alike with all that they lead to."""
    seen, todo = {(one.objgen, two.objgen) for one, two, _ in pairs if one.is_indirect}, list(pairs)
    while todo:
        one, two, without = todo.pop()
        parts = _parts(one, two, without)
        if parts is None:
            return False
        for now, before in parts:
            if isinstance(now, pikepdf.Object) and now.is_indirect:
                names = now.objgen, before.objgen if isinstance(before, pikepdf.Object) else None
                if names in seen:
                    continue
                seen.add(names)
            todo.append((now, before, frozenset()))
    return True


def _parts(now, before, without):
    """[(a part of ``now``, the same of ``before``)], none where both are the same value; None where they differ."""
    kinds = [one._type_code if isinstance(one, pikepdf.Object) else type(one) for one in (now, before)]
    if kinds[0] != kinds[1]:
        return None
    if isinstance(now, pikepdf.Array):
        return list(zip(now, before, strict=True)) if len(now) == len(before) else None
    if isinstance(now, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(now.keys()) - without
        same_stream = not isinstance(now, pikepdf.Stream) or now.read_raw_bytes() == before.read_raw_bytes()
        return (
            [(now[key], before[key]) for key in keys] if keys == set(before.keys()) - without and same_stream else None
        )
    return [] if now == before else None


def words_covered(content: bytes, given: bytes, beside: str) -> str:
    """Words of ``given`` that the picture of a signature in ``content`` lies on; it may reach onto those of ``beside``: post and
    name.
    """
    with opened(given) as document:
        for number, box in _signature_boxes(content):
            text = document[number].get_textpage()
            try:
                words = unicodedata.normalize("NFC", text.get_text_bounded(*box)).split()
            finally:
                text.close()
            if any(word not in beside for word in words):
                return " ".join(words[:MOST_TOLD])
    return ""


def _signature_boxes(pdf):
    """(page, (left, bottom, right, top)) of each signature, or room for one, that is seen."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            for seen in page.get("/Annots", []):
                if _field_of(seen).get("/FT") == "/Sig" and "/Rect" in seen:
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
