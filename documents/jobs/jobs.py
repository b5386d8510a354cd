"""Long work, done by ``manage.py work`` outside the request: what is made, and how far it is.

Which worker does which job, and what happens when one dies, stands in ``documents.jobs.working``.
"""

import io
import logging
import zipfile
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import OperationalError, transaction
from django.utils import timezone

from units.text import fold

from ..papers.models import Document
from ..printing.pages import pdf_of
from ..steps.refusing import Refused
from .models import Job, JobPart

logger = logging.getLogger(__name__)

State = Job.State


# {argument that tells what a job makes: (its file, with the job's key and try; function (job) → bytes)}
MAKERS: dict[str, tuple[str, Callable]] = {}
# Functions that throw away what is kept for a while only; a worker calls each now and then.
SWEEPERS: list[Callable[[], None]] = []


class TakenOver(Exception):
    """The job is another worker's by now: what this one made is thrown away."""


def run(job):
    """Make the file of a job that this worker claimed. What fails is told to who asked; a busy database is tried again.

    Killed at any moment it leaves the job to the next worker, with the parts that were made. Raises ``TakenOver``.
    """
    try:
        name, make = next(MAKERS[kind] for kind in job.arguments if kind in MAKERS)
        _keep(job, name, make(job))
    except TakenOver:
        raise
    except OperationalError:
        logger.exception("Job %s is tried again", job.pk)
        report(job, state=State.WAITING, worker=None)
    except Exception:
        logger.exception("Job %s failed", job.pk)
        report(job, state=State.FAILED, finished_at=timezone.now())


def sweep():
    """Throw away what was kept long enough. What fails is logged, and tried again the next time."""
    for act in SWEEPERS:
        try:
            act()
        except Exception:
            logger.exception("%s did not sweep", act.__qualname__)


def _keep(job, name, content):
    """Store the file and that the job is done; what an earlier try left goes."""
    files = job.result.storage
    for tried in range(1, job.tries):
        files.delete(f"jobs/{name.format(job.pk, tried)}")
    job.result.save(name.format(job.pk, job.tries), ContentFile(content), save=False)
    try:
        with transaction.atomic():
            report(job, state=State.DONE, result=job.result.name, finished_at=timezone.now())
            job.parts.all().delete()
    except TakenOver:
        files.delete(job.result.name)
        raise


def report(job, **changes):
    """Store how far a job is, as long as it is this worker's. Raises ``TakenOver``."""
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker_id)
    if job.worker_id is None or not mine.update(**changes, message=job.message):
        raise TakenOver(job.pk)
    for field, value in changes.items():
        setattr(job, field, value)


def teller(job) -> Callable[[str], None]:
    """Tells who waits for ``job`` what is being done, in words."""

    def tell(words):
        job.message = words
        report(job)

    return tell


def _zip(job) -> bytes:
    """Every document that the person may still see; those that cannot be set are named in a text file."""
    _make_parts(job)
    memory, faults = io.BytesIO(), []
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in job.parts.iterator(chunk_size=20):
            if part.fault:
                faults.append(f"{part.name}: {part.fault}")
            else:
                archive.writestr(part.name, bytes(part.content))
        if faults:
            archive.writestr("KHONG-IN-DUOC.txt", "\n".join(faults))
            job.message = f"{len(faults)} văn bản chưa in được; lý do ghi trong tệp KHONG-IN-DUOC.txt."
    return memory.getvalue()


def _make_parts(job):
    """Set what is not set yet; each part is kept as soon as it is made, together with how far the job is."""
    made = set(job.parts.values_list("key", flat=True))
    documents = Document.objects.open_to(job.by).filter(pk__in=job.arguments["documents"]).exclude(pk__in=made)
    for done, document in enumerate(documents.with_names().prefetch_related("appendices"), start=len(made) + 1):
        pdf, refused = pdf_of(document, user=job.by)
        name = f"{file_name(document)}.pdf" if pdf else str(document)[:150]
        fault = "" if pdf else "; ".join(one.message for one in refused)
        with transaction.atomic():
            JobPart.objects.create(job=job, key=document.pk, name=name, content=pdf or b"", fault=fault)
            report(job, done=done)


def one_by_one(job, rows, act: Callable, what: str, called: Callable = str) -> bytes:
    """Have ``act(row)`` done with each of ``rows`` (a queryset) that this job has not done yet, each in one transaction with
    the part that says so; where it raises ``Refused``, nothing of that row was done and the part says why.

    Gives the lines that tell of each, as it is ``called``; who waits is told how many of ``what`` were not done.
    """
    made = set(job.parts.values_list("key", flat=True))
    for done, row in enumerate(rows.exclude(pk__in=made), start=len(made) + 1):
        with transaction.atomic():
            fault = _tried(act, row)
            JobPart.objects.create(job=job, key=row.pk, name=called(row)[:150], content=b"", fault=fault)
            report(job, done=done)
    parts = list(job.parts.values_list("name", "fault"))
    faults = [f"{name}: {fault}" for name, fault in parts if fault]
    job.message = f"{len(faults)} {what} chưa làm được: {' '.join(faults[:3])}" if faults else ""
    return "\n".join(f"{name}: {fault or 'xong'}" for name, fault in parts).encode()


def _tried(act, row) -> str:
    """Why ``act(row)`` was refused; nothing where it was done."""
    try:
        with transaction.atomic():
            act(row)
    except Refused as refused:
        return str(refused)
    return ""


def file_name(document) -> str:
    """A file name without accents that tells the document: ``12-CV-to-chuc-hoi-nghi``."""
    words = "".join(char if char.isalnum() else "-" for char in fold(document.subject))[:60]
    return "-".join(part for part in f"{document.pk}-{fold(document.type.code)}-{words}".split("-") if part)


MAKERS["documents"] = ("van-ban-{}-{}.zip", _zip)
