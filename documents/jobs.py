"""Long work, done by ``manage.py db_worker`` outside the request."""

import io
import logging
import zipfile

from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks import task

from units.text import fold

from .models import Document, Job
from .printing import pdf_of

logger = logging.getLogger(__name__)


@task()
def make_zip(job_id):
    """The PDFs of a job's documents in one ZIP. Running it twice gives the same file, so a lost worker costs only time."""
    job = Job.objects.select_related("by").get(pk=job_id)
    if job.is_finished:
        return
    _report(job, state=Job.State.RUNNING)
    try:
        job.result.save(f"van-ban-{job.pk}.zip", ContentFile(_zip(job)), save=False)
    except Exception:
        logger.exception("Job %s failed", job.pk)
        _report(job, state=Job.State.FAILED, finished_at=timezone.now())
        raise
    _report(job, state=Job.State.DONE, result=job.result.name, finished_at=timezone.now())


def _zip(job) -> bytes:
    """Every document that the person may still see; those that cannot be set are named in a text file."""
    memory, faults = io.BytesIO(), []
    documents = Document.objects.visible_to(job.by).filter(pk__in=job.arguments["documents"])
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, document in enumerate(documents.with_names().prefetch_related("appendices"), start=1):
            pdf, refused = pdf_of(document, user=job.by)
            if pdf:
                archive.writestr(f"{file_name(document)}.pdf", pdf)
            else:
                faults.append(f"{document}: {'; '.join(fault.message for fault in refused)}")
            _report(job, done=done)
        if faults:
            archive.writestr("KHONG-IN-DUOC.txt", "\n".join(faults))
            job.message = f"{len(faults)} văn bản chưa in được; lý do ghi trong tệp KHONG-IN-DUOC.txt."
    return memory.getvalue()


def file_name(document) -> str:
    """A file name without accents that tells the document: ``12-CV-to-chuc-hoi-nghi``."""
    words = "".join(char if char.isalnum() else "-" for char in fold(document.subject))[:60]
    return "-".join(part for part in f"{document.pk}-{fold(document.type.code)}-{words}".split("-") if part)


def _report(job, **changes):
    """Store progress; ``heartbeat_at`` tells a reaper that the worker lives."""
    for name, value in changes.items():
        setattr(job, name, value)
    job.heartbeat_at = timezone.now()
    job.save(update_fields=[*changes, "message", "heartbeat_at"])
