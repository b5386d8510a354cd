"""What is done with a Word file that is sent in: looked into, read (by a worker if long), made a draft, forgotten."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ..checks.inspecting import inspect, own_name
from ..checks.refusing import UploadRefused
from ..jobs import jobs
from ..jobs.models import Job
from ..papers.actions import save_draft
from ..papers.models import Document, DocumentType
from ..source.source import text_faults
from ..steps.refusing import Refused
from .drafting import draft_of
from .models import KEPT, WordFile
from .reading.keeping import kept, reading_of
from .reading.package import Package
from .reading.reading import Reading, read
from .sent import of_word, refuse_others

# Pieces of words and paragraphs that are read while the person waits: a second or two, several hundred pages.
LONG = 20_000
# Bytes that tell what a file is: old ones have the list of their parts anywhere.
MOST_LOOKED_AT = 60 * 1024 * 1024
MOST_SWEPT = 200  # files at once
_KIND = "word"


def take(file, *, by) -> WordFile:
    """Keep ``file`` and read it, or have a worker read it where it is long. Raises ``UploadRefused`` before anything is kept.

    What bears a mark of secrecy is refused and not kept (Luật Bảo vệ bí mật nhà nước 2018).
    """
    forget_old()
    refuse_others(own_name(file.name or ""), file.read(MOST_LOOKED_AT))
    try:
        facts = inspect(file, only_read=True)
    except UploadRefused as refused:
        raise UploadRefused(of_word(str(refused)), "file") from None
    file.seek(0)
    data = file.read()
    is_long = _named(facts.name, lambda: Package(data).size) > LONG
    row = WordFile(by=by, name=facts.name)
    if not is_long:
        row.found = kept(_read(row, data))
    row.file.save("tep.docx", ContentFile(data), save=False)
    row.save()
    if is_long:
        _ask_worker(row)
    return row


def answer(row: WordFile, *, way: str, accepted: list[int]) -> WordFile:
    """Read a file again with tracked changes taken over or undone as ``way`` says, ``accepted`` naming those to take."""
    row.way, row.accepted = way, sorted(accepted)
    if row.job_id:
        row.found = None
        row.save()
        _ask_worker(row)
        return row
    with row.file.open() as file:
        row.found = kept(_read(row, file.read()))
    row.save()
    return row


@transaction.atomic
def make_draft(row: WordFile, *, by, type, issuer) -> tuple[Document, list[str]]:
    """The stored draft of what was read, and what had to be left out of it; the file is not kept any longer.

    Raises ``Refused`` for a file that was not read or is a draft already, and for words that are more than a paper holds.
    """
    row = WordFile.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if row is None:
        raise Refused("Tệp này vừa được lập thành dự thảo. Hãy xem ở danh sách văn bản.")
    if row.found is None:
        raise Refused("Tệp chưa đọc xong. Hãy chờ một lát rồi thử lại.")
    reading = reading_of(row.found)
    faults = [fault for fault in text_faults(reading.paper.body, "body") if "tối đa" in fault.message]
    if faults:
        raise Refused(f"Chưa lập được dự thảo: {faults[0].message}.")
    draft, appendices, told = draft_of(reading, by=by, type=type, issuer=issuer)
    draft = save_draft(draft, by=by, appendices=appendices)
    drop(row)
    return draft, told


def drop(row: WordFile):
    """Forget a file: the row now, its bytes once that is certain."""
    storage, name = row.file.storage, row.file.name
    row.delete()
    transaction.on_commit(lambda: storage.delete(name))


def forget_old():
    """Forget files of which nobody made a draft in time: a worker does it now and then, and whoever sends the next file."""
    for row in WordFile.objects.filter(created_at__lt=timezone.now() - KEPT)[:MOST_SWEPT]:
        drop(row)


def _named(name, read_):
    """What ``read_`` gives; a refusal names the file, in words of Word files."""
    try:
        return read_()
    except UploadRefused as refused:
        raise UploadRefused(f"Tệp «{name}» {of_word(str(refused))}", "file") from None


def _read(row: WordFile, data: bytes) -> Reading:
    """What is in a file, its changes as the row has them answered. Raises ``UploadRefused`` with its name."""
    return _named(row.name, lambda: read(data, DocumentType.objects.catalogue(), row.answer))


def _ask_worker(row):
    row.job = Job.objects.create(
        title=f"Đọc tệp Word «{row.name}»",
        by=row.by,
        total=1,
        arguments={_KIND: row.pk, "back": row.get_absolute_url()},
    )
    row.save(update_fields=["job"])


def _read_in_job(job) -> bytes:
    """What a worker does: the reading goes to the row, its words into the file of the job."""
    row = WordFile.objects.get(pk=job.arguments[_KIND], by=job.by)
    try:
        with row.file.open() as file:
            reading = _read(row, file.read())
    except UploadRefused as refused:
        row.fault = str(refused)
        row.save(update_fields=["fault"])
        row.file.storage.delete(row.file.name)
        job.message = row.fault
        return row.fault.encode()
    row.found = kept(reading)
    row.save(update_fields=["found"])
    jobs.report(job, done=1)
    return reading.paper.body.encode()


jobs.MAKERS[_KIND] = ("doc-tep-word-{}-{}.txt", _read_in_job)
jobs.SWEEPERS.append(forget_old)
