"""Long work, done by ``manage.py db_worker`` outside the request."""

import io
import logging
import zipfile
from contextlib import contextmanager
from threading import Event, Thread

from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from django_tasks import task

from units.text import fold

from .books import book_pdf
from .models import Document, Job, Mail
from .printing import pdf_of

logger = logging.getLogger(__name__)


# A book is written in one step, which may outlast the silence after which a worker counts as lost.
HEARTBEAT = 30  # seconds


def start(job):
    """Hand ``job`` to a worker, once its row is committed."""
    task = make_book if "book" in job.arguments else make_zip
    transaction.on_commit(lambda: task.enqueue(job.pk))


@task()
def make_zip(job_id):
    """The PDFs of a job's documents in one ZIP. Running it twice gives the same file, so a lost worker costs only time."""
    _make(job_id, "van-ban-{}.zip", _zip)


@task()
def make_book(job_id):
    """A long book on paper, for the person who asked."""
    _make(job_id, "so-van-ban-{}.pdf", _book)


def _make(job_id, name, make):
    """Make the file of a job, and report how it went."""
    job = Job.objects.select_related("by__unit").get(pk=job_id)
    if job.is_finished:
        return
    _report(job, state=Job.State.RUNNING)
    try:
        job.result.save(name.format(job.pk), ContentFile(make(job)), save=False)
    except Exception:
        logger.exception("Job %s failed", job.pk)
        _report(job, state=Job.State.FAILED, finished_at=timezone.now())
        raise
    _report(job, state=Job.State.DONE, result=job.result.name, finished_at=timezone.now())


def _book(job) -> bytes:
    """What the page of the book shows for the period that was asked for."""

    def tell(words):
        _report(job, message=words)

    with _beating(job):
        content = book_pdf(job.arguments["book"], job.by, QueryDict(job.arguments["query"]), tell)
    _report(job, done=job.total)
    job.message = ""
    return content


@contextmanager
def _beating(job):
    """Tell that the worker lives while one long step runs."""
    ended = Event()

    def beat():
        while not ended.wait(HEARTBEAT):
            Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())
        connection.close()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


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


# What a mail says while it is being sent, and for ever if its worker ends in that moment.
UNCLEAR = "Máy gửi dừng giữa chừng, chưa rõ thư đã đi hay chưa. Hãy hỏi nơi nhận trước khi gửi lại."


@task()
def post_mail(mail_id):
    """Send one queued mail, once, whatever else runs or ends.

    A mail server cannot take part in a transaction: a worker that ends between sending and storing leaves it open which
    came first. So the mail is marked before it goes. At worst one did not go, is shown as unclear and left to a person;
    sending again by itself, it would at worst reach an office twice.
    """
    if not Mail.objects.filter(pk=mail_id, state=Mail.State.QUEUED).update(state=Mail.State.FAILED, error=UNCLEAR):
        return
    with transaction.atomic():
        # Held while it is sent, so that whoever presses "Gửi" or "Bỏ" meanwhile waits and finds it gone.
        marked = Mail.objects.select_for_update(of=("self",)).filter(state=Mail.State.FAILED, error=UNCLEAR)
        mail = marked.filter(pk=mail_id).first()
        if mail:
            _send(mail)


def _send(mail):
    """Send, and store what came of it."""
    try:
        EmailMessage(mail.subject, mail.words, to=[mail.to]).send()
    except Exception as error:
        logger.exception("Mail %s failed", mail.pk)
        mail.error = f"Máy chủ thư không nhận: {error}"[:300]
    else:
        mail.state, mail.error, mail.sent_at = Mail.State.SENT, "", timezone.now()
    mail.save()
