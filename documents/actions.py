"""What may happen to our papers: drafted, edited, printed in numbers. A change leaves who, when, before, after."""

from django.db import models, transaction
from django.utils import timezone

from .jobs import make_zip
from .models import Appendix, Document, DocumentType, Edit, Job

# What an edit compares: everything that a person types.
EDITED = [
    "type",
    "issuer_unit",
    "issuer",
    "superior",
    "symbol",
    "place",
    "subject",
    "urgency",
    "circulation",
    "authority_line",
    "bases",
    "to",
    "recipients",
    "archive",
    "signer",
    "signer_reason",
    "capacity",
    "signer_name",
    "second_capacity",
    "second_signer_name",
    "contact",
    "body",
]


# Rows whose names an edit keeps.
NAMED = ("type", "issuer_unit", "signer__official")


class StaleDraft(Exception):
    """Somebody else saved the draft in the meantime; ``latest`` is the edit that won."""

    def __init__(self, latest):
        self.latest = latest
        super().__init__(f"{latest.by} đã lưu một bản mới hơn lúc {timezone.localtime(latest.at):%H:%M %d/%m/%Y}.")


class JobMoves(Exception):
    """A job that is still running, or done, is not run again."""


def _words(document, appendices) -> dict:
    """Everything that was typed, for comparing before and after."""
    words = {name: _plain(getattr(document, name)) for name in EDITED}
    words["date"] = document.date_text
    words["appendices"] = [[row.title, row.orientation, row.body] for row in appendices]
    return words


def _plain(value):
    """A value as it is kept for comparing: rows by what they are called, so that history outlives them."""
    return str(value) if isinstance(value, models.Model) else value


def _log(document, *, by, before, after):
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    return Edit.objects.create(document=document, by=by, version=document.version, changes=changes)


def _store_appendices(document, appendices):
    document.appendices.all().delete()
    for position, row in enumerate(appendices, start=1):
        Appendix.objects.create(
            document=document, position=position, title=row.title, orientation=row.orientation, body=row.body
        )


@transaction.atomic
def save_draft(document, *, by, appendices=(), seen_version=None):
    """Store ``document`` (new or changed) and its ``appendices``, and log the edit.

    ``seen_version`` is the version that the writer had on screen; where another one was saved since, raises ``StaleDraft``
    and stores nothing. An edit that changes nothing leaves no trace.
    """
    appendices = list(appendices)
    before = {}
    if document.pk:
        # "of" leaves the joined rows unlocked: only this paper is about to change.
        stored = Document.objects.select_for_update(of=("self",)).select_related(*NAMED).get(pk=document.pk)
        if seen_version is not None and stored.version != seen_version:
            raise StaleDraft(stored.edits.select_related("by").first())
        before = _words(stored, stored.appendices.all())
        document.version = stored.version
        if before == _words(document, appendices):
            return document
        document.version += 1
    else:
        document.origin = Document.Origin.OURS
        document.author = by
        document.unit = document.unit or by.unit
    document.save()
    _store_appendices(document, appendices)
    _log(document, by=by, before=before, after=_words(document, appendices))
    return document


def fill_from_paper(document, paper):
    """Put the facts and words of ``paper`` into the fields of ``document``; returns its appendices, not yet stored."""
    document.type = DocumentType.objects.get(code=paper.type)
    for name in (
        "symbol",
        "place",
        "subject",
        "urgency",
        "circulation",
        "authority_line",
        "archive",
        "contact",
        "body",
    ):
        setattr(document, name, getattr(paper, name))
    for name in ("issuer", "superior", "bases", "to", "recipients"):
        setattr(document, name, "\n".join(getattr(paper, name)))
    document.year, document.month, document.day = paper.date.year, paper.date.month, paper.date.day
    document.capacity, document.signer_name = "\n".join(paper.signature.capacity), paper.signature.name
    if paper.second_signature:
        document.second_capacity = "\n".join(paper.second_signature.capacity)
        document.second_signer_name = paper.second_signature.name
    return [Appendix(title=row.title, orientation=row.orientation, body=row.body) for row in paper.appendices]


def print_many(*, documents, by) -> Job:
    """Ask a worker for one ZIP with the PDF of each of ``documents``, which ``by`` may see."""
    keys = list(documents.values_list("pk", flat=True))
    job = Job.objects.create(
        title=f"In {len(keys)} văn bản ra PDF", by=by, arguments={"documents": keys}, total=len(keys)
    )
    # The worker must find the row: hand over only what is committed.
    transaction.on_commit(lambda: make_zip.enqueue(job.pk))
    return job


@transaction.atomic
def run_again(job) -> Job:
    """Hand a job that its worker lost, or that failed, to another worker. Raises ``JobMoves`` for one that is not."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not (job.is_lost or job.state == Job.State.FAILED):
        raise JobMoves("Việc này đang chạy hoặc đã xong, không cần chạy lại.")
    job.state, job.done, job.message, job.finished_at, job.heartbeat_at = Job.State.WAITING, 0, "", None, timezone.now()
    job.save()
    transaction.on_commit(lambda: make_zip.enqueue(job.pk))
    return job
