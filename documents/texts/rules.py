"""How a paper begins from a text, about a record or about none."""

from functools import reduce
from operator import or_

from django.db.models import Case, Q, Value, When

from ..areas import records
from ..papers.models import Document, DocumentType
from ..papers.rules import begin
from ..source.types import OFFICIAL_LETTER
from ..writing.reading import shown as shown_as
from . import gaps
from .models import Beginning, OfficeText


def texts_for(user):
    """The texts that ``user`` may begin a paper from: the own ones, those of the own unit and those for everybody."""
    return OfficeText.objects.usable_by(user).select_related("type", "unit")


def begin_from(text, *, by, issuer, kind=None, row=None) -> Document:
    """An unsaved draft with the words of ``text``, its gaps filled from ``row`` of ``kind`` and from the draft itself;
    where the text is silent, as ``begin`` leaves it. It knows from what it began.
    """
    draft = begin(by=by, type=text.type, issuer=issuer)
    draft.began = Beginning(
        text=text, number=text.version, record_kind=kind.kind if row else "", record_key=row and row.pk
    )
    draft.began.record = row
    facts = gaps.facts_of(draft, kind, row, user=by)
    for name, words in filled(text.words, facts).items():
        if name != "name" and words:
            setattr(draft, name, words)
    return draft


def filled(words: dict, facts: dict) -> dict:
    """``words``, {name of a field: words}, with their gaps filled."""
    return {name: gaps.filled(value, facts, in_body=name == "body") for name, value in words.items()}


def beginning_of(document, user) -> dict | None:
    """From what a draft began, for its page; None where it began from no text. Three queries at most.

    ``text`` and ``number``; whether it ``changed`` since, and is ``readable``; ``kind`` and ``row`` of its record where ``user``
    may see it.
    """
    began = getattr(document, "began", None)
    if document.pk and began is None:
        began = Beginning.objects.select_related("text").filter(pk=document.pk).first()
    if began is None:
        return None
    kind = records.known(began.record_kind) if began.record_kind else None
    # One that was just begun has its record at hand.
    row = getattr(began, "record", None) or (kind and kind.find(began.record_key, user))
    text = began.text
    readable = OfficeText.objects.visible_to(user).filter(pk=text.pk).exists() if document.pk else True
    return {
        "text": text,
        "number": began.number,
        "changed": text.version > began.number,
        "readable": readable,
        "kind": kind,
        "row": row,
    }


def filled_most(kind):
    """What orders texts by how many of their gaps records of ``kind`` answer, most first."""

    def asks(name):
        """One where a text has the gap ``name``, else nought."""
        written = [f"{{{name}}}", f"{{{name[:1].upper()}{name[1:]}}}"]
        has = [Q(**{f"{field}__contains": gap}) for field in ("body", "subject", "to") for gap in written]
        return Case(When(reduce(or_, has), then=1), default=0)

    return sum(map(asks, sorted(kind.gaps.keys() & records.OF_RECORDS.keys())), Value(0)).desc()


# --- Records, as addresses and pages name them


def record_named(kind, row) -> str:
    """``phong-trao:12``: how an address names a record."""
    return f"{kind.kind}:{row.pk}"


def asked_record(named: str, user):
    """(kind, row) of the record that an address names; both None where there is none that ``user`` may see."""
    kind, _, key = named.partition(":")
    records_of = records.known(kind)
    row = records_of and records_of.find(key, user)
    return (records_of, row) if row else (None, None)


def examples(user, text) -> list[tuple]:
    """[(kind, row)]: of each kind of record the newest that ``user`` sees, to try ``text`` with; first the kind that fills most
    of its gaps. A query for each kind.
    """
    asked = {name.strip("{}") for name in gaps.names_in(text)}
    found = [(kind, kind.latest(user)) for kind in records.kinds()]
    return sorted(((kind, row) for kind, row in found if row), key=lambda one: -len(asked & one[0].gaps.keys()))


def any_paper(user) -> Document:
    """A letter of the own unit that is not stored, from which a text is tried."""
    return begin(by=user, type=DocumentType.objects.get(code=OFFICIAL_LETTER), issuer=user.unit)


# --- Words, as pages tell them


def labels(model=OfficeText) -> list[tuple[str, str]]:
    """[(field, what a page calls it)] of everything that a version keeps."""
    return [(name, str(model._meta.get_field(name).verbose_name).capitalize()) for name in ("name", *model.WORDS)]


def labelled(row, words=None) -> list[tuple[str, str]]:
    """[(what a page calls it, words)] of ``row``, or of the ``words`` of one of its versions; what is empty is left out."""
    words = row.words if words is None else words
    shown = words | {"body": plain(words["body"])}
    return [(label, shown[name]) for name, label in labels(type(row)) if shown.get(name)]


def plain(source) -> str:
    """A body as it reads, without signs of the source: a line for a block, an empty one between two, cells behind each other."""
    document = shown_as(source) if source.strip() else None
    return "\n\n".join(map(_read, document["content"])) if document else source


def _read(piece) -> str:
    if piece["type"] == "cite":
        return piece["attrs"]["key"]
    between = {"table": "\n", "table_row": " | "}.get(piece["type"], "")
    words = between.join(map(_read, piece.get("content", ()))) or piece.get("text", "")
    return f" ({words})" if piece["type"] == "note" else words
