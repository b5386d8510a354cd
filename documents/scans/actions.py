"""A file that was attached to a paper by mistake: withdrawn by those who may attach it, erased by an administrator."""

from django.db import transaction
from django.utils import timezone

from units.permissions import CLERKS, may_write

from ..papers.models import Document
from ..register import actions as registering
from ..steps.log import record
from ..steps.refusing import Refused
from ..uploads.models import Upload
from ..uploads.thumbnails import forget

# What the log tells of here.
FILE = "file"


def may_attach(document: Document, user) -> bool:
    """Whether ``user`` may attach files, and withdraw them: signed copies of our issued papers, scans of registered ones."""
    if not document.is_ours:
        return registering.may_correct(document, user)
    is_clerk = document.is_frozen and user.role in CLERKS
    whose = {document.unit_id, document.issuer_unit_id}
    return is_clerk and bool(whose & user.inherited_units) and may_write(user)


@transaction.atomic
def withdraw(upload: Upload, *, by, reason: str) -> Upload:
    """Note that a file was attached by mistake; only the unit of the paper sees it from then on.

    Raises ``Refused`` where somebody noted it before.
    """
    found = _held(upload)[0]
    if found.withdrawn_at:
        raise Refused(f"{found.withdrawn_by} đã ghi là gắn nhầm {_moment(found.withdrawn_at)}.")
    found.withdrawn_by, found.withdrawn_at, found.withdrawn_reason = by, timezone.now(), reason
    found.save()
    record(FILE, found, "Ghi gắn nhầm", by=by, reason=reason, what="withdraw")
    return found


@transaction.atomic
def erase(upload: Upload, *, by, reason: str) -> list[Upload]:
    """Erase the content of a withdrawn file. Returns the other files that still hold the same content.

    The bytes leave the disk with the last file that is kept there. Raises ``Refused``.
    """
    found, others = _held(upload)
    if not found.withdrawn_at:
        raise Refused("Tệp này chưa được ghi là gắn nhầm. Hãy ghi gắn nhầm trước, rồi xóa nội dung.")
    if found.erased_at:
        raise Refused(f"{found.erased_by} đã xóa nội dung tệp này {_moment(found.erased_at)}.")
    storage, place = found.file.storage, found.file.name
    found.file, found.erased_by, found.erased_at, found.erased_reason = "", by, timezone.now(), reason
    found.save()
    record(FILE, found, "Xóa nội dung tệp", by=by, reason=reason, what="erase")
    # Before the commit: an erasure that breaks off here can be asked for again, bytes that nothing points to could not.
    if all(other.file.name != place for other in others):
        storage.delete(place)
        forget(found)
    return others


def _held(upload) -> tuple[Upload, list[Upload]]:
    """The row as it stands, and the other rows with the same content, until the transaction ends.

    They are read after the rows are held: one that was added while this waited counts too.
    """
    Upload.objects.held(upload.sha256)
    rows = Upload.objects.filter(sha256=upload.sha256).select_related("document__type", "withdrawn_by", "erased_by")
    others = rows.with_content().exclude(pk=upload.pk)
    return rows.get(pk=upload.pk), list(others)


def _moment(at) -> str:
    return f"lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}"
