"""Files with signatures beside an issued paper: looked at when they come, and what was seen is kept."""

from ..papers.models import IssuedCopy
from ..typesetting.pictures import page_count
from ..uploads.models import Upload
from .actions import trusted
from .comparing import begins_with, only_signed_since, words_of
from .looking import Seen, signatures
from .models import FileLooked, FileSignature

Words = FileLooked.Words
# What every signature in a PDF has.
_SIGNED = b"/ByteRange"


def seen_in(content: bytes) -> list[Seen]:
    """The signatures of a file by the certificates that the office trusts; nothing is asked for one that has none."""
    return signatures(content, trusted()) if _SIGNED in content else []


def look_at_issued(document, content: bytes) -> None:
    """Keep what is seen of the pages that were issued, where they bear signatures."""
    if found := seen_in(content):
        _keep(FileLooked.objects.create(document=document, words=Words.SAME_FILE), found)


def look_at(upload) -> FileLooked | None:
    """Keep what is seen of a file that was added to an issued paper: who signed it, and whether its words are the paper's.

    None for what is no PDF.
    """
    if upload.extension != "pdf":
        return None
    content = _content_of(upload)
    if upload.kind == Upload.Kind.ATTACHED:
        words = Words.APART
    elif upload.kind == Upload.Kind.COPY:
        words = _copied(content, upload)
    else:
        words = _compared(content, _issued(upload.document))
    looked = FileLooked.objects.create(document=upload.document, upload=upload, words=words)
    _keep(looked, seen_in(content))
    return looked


def _content_of(upload) -> bytes:
    with upload.file.open() as file:
        return file.read()


def _issued(document) -> bytes:
    return bytes(IssuedCopy.objects.values_list("content", flat=True).get(document=document))


def sources(document) -> list[Upload]:
    """The files of a paper that a copy may be made of: scans and signed copies, as PDF."""
    files = document.uploads.with_content().filter(extension="pdf", withdrawn_at=None)
    return list(files.exclude(kind__in=(Upload.Kind.ATTACHED, Upload.Kind.COPY)))


def _copied(content, upload) -> str:
    """How a copy stands to what the paper has."""
    document = upload.document
    found = [_content_of(one) for one in sources(document)]
    if document.is_ours and document.is_frozen:
        found.append(_issued(document))
    if copied := [one for one in found if begins_with(content, one)]:
        return Words.COPY if any(only_signed_since(content, one) for one in copied) else Words.MORE
    # An extract has other words than the whole; what has none is told to have none.
    words = words_of(content)
    return Words.APART if words and any(words) else Words.NONE


def _keep(looked, found: list[Seen]):
    FileSignature.objects.bulk_create(
        FileSignature(
            looked=looked,
            name=one.name[:300],
            issuer=one.issuer[:300],
            serial=one.serial[:100],
            at=one.at,
            has_time=one.has_time,
            is_whole=one.is_whole,
            is_allowed=one.is_allowed,
            is_trusted=one.is_trusted,
            faults=one.faults[:300],
        )
        for one in found
    )


def _compared(content, issued) -> str:
    """How the words of a file stand to those that were issued."""
    if begins_with(content, issued):
        return Words.SAME_FILE if only_signed_since(content, issued) else Words.MORE
    words = words_of(content)
    if not words or not any(words):
        return Words.NONE
    return Words.SAME if page_count(content) == page_count(issued) and words == words_of(issued) else Words.OTHER
