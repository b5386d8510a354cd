"""What may happen to our papers: drafted, edited, printed in numbers. A change leaves who, when, before, after."""

from django.db import transaction

from ..steps.log import record, words_of
from ..steps.models import EDIT, PAPER
from ..steps.refusing import Refused, refuse_stale
from .models import TYPED, Addressee, Appendix, Document, DocumentType, Duty, Usual, labels
from .rules import OFFICE, PROPOSED, archive_for, proposal_for, section_of, signs_as_usual, usual_of

# Rows whose names an edit keeps.
NAMED = ("type", "issuer_unit", "signer__official")


def _appendices(rows) -> str:
    told = [
        (f"{type_code}: {title}" if type_code else title, Appendix.Orientation(lies).label.lower(), body)
        for title, lies, body, type_code in rows
    ]
    return "\n\n".join(f"{named} ({lies})\n{body}" for named, lies, body in told)


def _duties(rows) -> str:
    """Clause, words, whose, until when: a line for each."""
    called = labels({key for _, _, keys, _ in rows for key in keys})
    told = [
        (clause, words, ", ".join(called[key] for key in keys), f", hạn {until:%d/%m/%Y}" if until else "")
        for clause, words, keys, until in rows
    ]
    return "\n".join(
        f"{clause} {words}{whose and f' – {whose}'}{until}".strip() for clause, words, whose, until in told
    )


# The parts of a draft: {what a person calls them: (what of a row is compared, how the log tells them)}.
_PARTS = {
    "Phụ lục": (("title", "orientation", "body", "type_id"), _appendices),
    "Nơi nhận trong chương trình": (("key", "label"), lambda rows: "\n".join(printed for _, printed in rows)),
    "Nhiệm vụ giao": (("clause", "words", "keys", "until"), _duties),
}


def _typed(document, *parts) -> dict:
    """Everything that was typed, for comparing before and after: {what a person calls it: words, or rows of a part}."""
    typed = words_of(document, TYPED) | {"Ngày văn bản": document.date_text}
    for (called, (names, _)), rows in zip(_PARTS.items(), parts, strict=True):
        typed[called] = [tuple(getattr(row, name) for name in names) for row in rows]
    return typed


def _words(typed, names) -> dict:
    """What of ``typed`` is called one of ``names``, in words."""
    words = {name: typed[name] for name in names if name in typed}
    return words | {name: _PARTS[name][1](words[name]) for name in words.keys() & _PARTS.keys()}


def _log(document, *, by, before, after):
    changed = [name for name, value in after.items() if before.get(name) != value]
    words = {"before": _words(before, changed), "after": _words(after, changed)}
    record(PAPER, document, "Sửa dự thảo" if before else "Soạn dự thảo", by=by, what=EDIT, **words)


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
    on screen; where another one was saved since, raises ``Stale`` and stores nothing; where the paper is no draft any more,
    ``Refused``. An edit that changes nothing leaves no trace.
    """
    before = {}
    if document.pk:
        # "of" leaves the joined rows unlocked: only this paper is about to change.
        stored = Document.objects.select_for_update(of=("self",)).select_related(*NAMED).get(pk=document.pk)
        _refuse_stale(stored, seen_version)
        before = _typed(stored, stored.appendices.all(), stored.addressees.all(), stored.duties.all())
        document.version = stored.version
    parts = {
        Appendix: list(appendices),
        Addressee: list(document.addressees.all() if document.pk else ()) if addressees is None else list(addressees),
        Duty: list(document.duties.all() if document.pk else ()) if duties is None else list(duties),
    }
    after = _typed(document, *parts.values())
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
        raise Refused(
            f"Văn bản đang ở bước «{stored.get_state_display()}» nên không sửa được nữa. Chữ của bạn vẫn còn ở đây; hãy chép "
            "lại nếu cần."
        )
    refuse_stale(PAPER, stored, seen_version, log=stored.edits)


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


def take_over(document, user) -> Usual:
    """Have the next papers of ``user`` for the body of ``document`` begin with its section, archive, signer, proposer, foot."""
    issuer, type_ = document.issuer_unit, document.type
    row = usual_of(user, issuer)
    start = f"{issuer.symbol}-"
    if type_.form == type_.Form.LETTER and document.symbol.startswith(start):
        section = document.symbol.removeprefix(start)
        row.section = "" if section in (section_of(issuer, user.unit), OFFICE) else section[:20]
    follows = archive_for(issuer, user.unit, row.section)
    row.archive, row.contact = "" if document.archive == follows else document.archive, document.contact
    if signs_as_usual(type_):
        row.signer = document.signer
    last = document.bases.strip().rpartition("\n")[2].strip()
    if type_.form == type_.Form.DECISION and last.startswith(PROPOSED):
        is_same = last == proposal_for(issuer, user.unit)
        row.proposer = "" if is_same else last.removeprefix(PROPOSED).rstrip(" .;")[:150]
    row.save()
    return row


def locked(pk) -> Document:
    """The paper as it stands now, held until the transaction ends."""
    return Document.objects.select_for_update(of=("self",)).with_names().get(pk=pk)
