"""Where a file that was looked into is kept, and how it leaves."""

import hashlib
from contextlib import suppress
from dataclasses import asdict, replace

from django.core.files.base import ContentFile
from django.db import transaction

from ..checks.baring import bare
from ..checks.inspecting import Facts, inspect
from ..checks.refusing import UploadRefused
from ..steps.refusing import Refused
from .models import PICTURES, Upload
from .thumbnails import forget

# What to do where a picture was asked for.
CHOOSE = "Hãy chọn ảnh JPG hoặc PNG."


def no_picture(name: str) -> str:
    """What is said of a file of this name that is no picture."""
    return f"Tệp «{name}» không phải ảnh. {CHOOSE}"


def inspect_picture(file) -> Facts:
    """What is known of ``file``, from its beginning on; raises ``UploadRefused`` where it is no picture."""
    facts = inspect(file)
    if facts.extension not in PICTURES:
        raise UploadRefused(no_picture(facts.name))
    file.seek(0)
    return facts


def keep(file, *, by, kind, document=None, answer=None, report=None, area="", facts: Facts | None = None) -> Upload:
    """Store ``file`` for its one owner: a paper, an answer, a report, or a record of ``area`` that will point to it.

    Raises ``UploadRefused`` before anything is written. ``facts``: what ``inspect`` told of these very bytes when they came,
    so that they are not looked into again; of other bytes they are refused.

    Pictures are kept without what the camera wrote into them (``bare``), signed copies too; size and sum are those of
    what is kept, which is what everybody fetches. Whether ``by`` may add a file there is for the caller to know. The same
    content is kept once on the disk, however many rows tell of it; a transaction that fails afterwards leaves no row.
    """
    facts = inspect(file) if facts is None else _still(file, facts)
    file.seek(0)
    content = bare(file.read())
    facts = replace(facts, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    upload = Upload(kind=kind, document=document, answer=answer, report=report, area=area, by=by, **asdict(facts))
    place = upload.file.field.generate_filename(upload, facts.name)
    storage = upload.file.storage
    with transaction.atomic():
        # Nobody erases the bytes between the look and the row.
        Upload.objects.held(facts.sha256)
        if storage.exists(place) and storage.size(place) == facts.size:
            upload.file.name = place
        else:
            _write(upload, facts.name, content)
        upload.save()
    return upload


def _still(file, facts) -> Facts:
    """``facts``, where they are those of ``file``; raises ``UploadRefused``."""
    file.seek(0)
    if hashlib.sha256(file.read()).hexdigest() != facts.sha256:
        raise UploadRefused(f"Tệp «{facts.name}» đã khác với lúc được kiểm tra. Hãy gửi lại tệp.")
    return facts


def bare_kept(upload) -> bool:
    """Take out of a file that was kept before what ``keep`` takes out today; whether there was anything.

    All rows that hold the same content get the new one, its size and its sum. What is not on the disk stays as it is.
    """
    with transaction.atomic():
        rows = [row for row in Upload.objects.held(upload.sha256) if row.file == upload.file]
        if not rows:
            return False  # another row with the same content came first
        try:
            with upload.file.open() as file:
                content = file.read()
        except FileNotFoundError:
            return False
        made = bare(content)
        if made == content:
            return False
        before, sum_before = upload.file.name, upload.sha256
        upload.size, upload.sha256 = len(made), hashlib.sha256(made).hexdigest()
        _write(upload, upload.name, made)
        for row in rows:
            row.size, row.sha256, row.file = upload.size, upload.sha256, upload.file.name
            row.save(update_fields=["size", "sha256", "file"])
        # Once the rows point to the new content; a database that fails leaves the old one where it is.
        transaction.on_commit(lambda: _erase(upload, before, sum_before))
    return True


def _erase(upload, name, sha256):
    """Take bytes that no row holds any more from the disk, and the small picture of them."""
    upload.file.storage.delete(name)
    upload.sha256 = sha256
    forget(upload)


def _write(upload, name, content):
    """Whole or not at all: a disk that is full leaves half a file."""
    storage = upload.file.storage
    place = storage.get_available_name(upload.file.field.generate_filename(upload, name))
    try:
        upload.file.name = storage.save(place, ContentFile(content))
    except OSError:
        with suppress(OSError):
            storage.delete(place)
        raise


def drop(upload) -> None:
    """Take a file out for good; its bytes leave the disk unless another row holds the same content."""
    others = [row for row in Upload.objects.held(upload.sha256) if row.pk != upload.pk and row.file == upload.file]
    upload.delete()
    if not others:
        upload.file.storage.delete(upload.file.name)
        forget(upload)


def drop_left(row, *_) -> None:
    """What follows a step that left files behind, ``row.left``: last, for bytes that are gone do not come back."""
    for upload in filter(None, row.left):
        drop(upload)


def add_to(record, files, caption, *, by, keep) -> dict[str, str]:
    """Keep ``files`` with ``record``, all with ``caption``; ``keep`` of its area. What the log tells of it.

    Raises ``UploadRefused`` for what is none that is taken.
    """
    for file in files:
        record.files.create(upload=keep(file, by=by), caption=caption)
    return {"Tệp": "; ".join(file.name for file in files)}


def drop_from(record, key) -> dict[str, str]:
    """Take the file of a row out; its bytes are ``left`` for what follows the step (``drop_left``). Raises ``Refused``."""
    row = record.files.select_related("upload").filter(pk=key).first()
    if row is None:
        raise Refused("Tệp này không còn. Hãy tải lại trang.")
    record.left = [row.upload]
    row.delete()
    return {"Xóa tệp": row.upload.name}
