"""What may happen to our papers: drafted, edited, printed in numbers. A change leaves who, when, before, after."""

from django.db import models, transaction
from django.utils import timezone

from .models.addressee import Addressee
from .models.document import TYPED, Document
from .models.duty import Duty
from .models.parts import Appendix, Edit
from .models.type import DocumentType

# Rows whose names an edit keeps.
NAMED = ("type", "issuer_unit", "signer__official")


class StaleDraft(Exception):
    """Somebody else saved the draft in the meantime; ``latest`` is the edit that won."""

    def __init__(self, latest):
        self.latest = latest
        super().__init__(f"{latest.by} đã lưu một bản mới hơn lúc {timezone.localtime(latest.at):%H:%M %d/%m/%Y}.")


class NotADraft(Exception):
    """The words of a paper that is no draft any more do not change."""


def _words(document, appendices, addressees, duties) -> dict:
    """Everything that was typed, for comparing before and after."""
    words = {name: _plain(getattr(document, name)) for name in TYPED}
    words["date"] = document.date_text
    words["appendices"] = [
        [row.title, row.orientation, row.body, *([row.type_id] if row.type_id else [])] for row in appendices
    ]
    words["addressees"] = [[row.key, row.label] for row in addressees]
    words["duties"] = [[row.clause, row.words, row.keys, row.until and f"{row.until:%d/%m/%Y}"] for row in duties]
    return words


def _plain(value):
    """A value as it is kept for comparing: rows by what they are called, so that history outlives them."""
    return str(value) if isinstance(value, models.Model) else value


def _log(document, *, by, before, after):
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    return Edit.objects.create(document=document, by=by, version=document.version, changes=changes)


def _store_parts(document, model, rows):
    """Put ``rows``, in their order, in the place of those that were there."""
    model.objects.filter(document=document).delete()
    for position, row in enumerate(rows, start=1):
        row.pk, row.document, row.position = None, document, position
        row.save(force_insert=True)


@transaction.atomic
def save_draft(document, *, by, appendices=(), addressees=None, duties=None, seen_version=None):
    """Store ``document`` (new or changed) with its parts, and log the edit.

    ``addressees`` and ``duties`` that are not given stay as they are. ``seen_version`` is the version that the writer had
    on screen; where another one was saved since, raises ``StaleDraft`` and stores nothing; where the paper is no draft any
    more, ``NotADraft``. An edit that changes nothing leaves no trace.
    """
    before = {}
    if document.pk:
        # "of" leaves the joined rows unlocked: only this paper is about to change.
        stored = Document.objects.select_for_update(of=("self",)).select_related(*NAMED).get(pk=document.pk)
        _refuse_stale(stored, seen_version)
        before = _words(stored, stored.appendices.all(), stored.addressees.all(), stored.duties.all())
        document.version = stored.version
    parts = {
        Appendix: list(appendices),
        Addressee: list(document.addressees.all() if document.pk else ()) if addressees is None else list(addressees),
        Duty: list(document.duties.all() if document.pk else ()) if duties is None else list(duties),
    }
    after = _words(document, *parts.values())
    if before == after:
        return document
    if document.pk:
        document.version += 1
    else:
        document.origin, document.author, document.unit = Document.Origin.OURS, by, document.unit or by.unit
    document.save()
    for model, rows in parts.items():
        _store_parts(document, model, rows)
    _log(document, by=by, before=before, after=after)
    return document


def _refuse_stale(stored, seen_version):
    if stored.state != Document.State.DRAFT:
        raise NotADraft(f"Văn bản đang ở bước «{stored.get_state_display()}» nên không sửa được nữa.")
    if seen_version is not None and stored.version != seen_version:
        raise StaleDraft(stored.edits.select_related("by").first())


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
    return [
        Appendix(title=row.title, type_id=row.type or None, orientation=row.orientation, body=row.body)
        for row in paper.appendices
    ]


def locked(pk) -> Document:
    """The paper as it stands now, held until the transaction ends."""
    return Document.objects.select_for_update(of=("self",)).with_names().get(pk=pk)
