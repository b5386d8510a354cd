"""From what was read out of a Word file to a draft, which begins as every draft does."""

from dataclasses import replace

from django.db import models

from units.models import Unit
from units.text import fold

from ..papers.actions import fill_from_paper
from ..papers.models import Appendix, Document, DocumentType
from ..papers.rules import begin
from ..source.paper import Paper, Signature
from .reading.reading import Reading

# Words come from the file alone, also where it has none; facts that it does not have are as the program begins them.
_WORDS = ("subject", "body", "bases", "to", "recipients", "appendices", "urgency", "circulation", "contact")
_FACTS = ("symbol", "place", "date", "archive", "authority_line")


def issuer_in(paper: Paper, issuers) -> Unit | None:
    """Which of ``issuers`` a letterhead names."""
    head = _spelled(*paper.superior, *paper.issuer)
    own = _spelled(*paper.issuer)
    for unit in issuers:
        if head and head == _spelled(*unit.superior_lines, *unit.issuer_lines):
            return unit
    return next((unit for unit in issuers if own and own == _spelled(*unit.issuer_lines)), None)


def type_in(paper: Paper) -> DocumentType | None:
    """The type that a title names, if it is one that is written here."""
    return DocumentType.objects.written_here().filter(code=paper.type).first()


def draft_of(reading: Reading, *, by, type: DocumentType, issuer: Unit) -> tuple[Document, list[Appendix], list[str]]:
    """(an unsaved draft, its appendices, what had to be left out of it) of what was read."""
    draft, found = begin(by=by, type=type, issuer=issuer), reading.paper
    begun = draft.as_paper(appendices=[])
    facts = {name: getattr(found, name) for name in _WORDS} | {"type": type.code}
    facts |= {name: getattr(found, name) for name in _FACTS if name in reading.fields}
    told = []
    if issuer_in(found, [issuer]):
        facts |= {"issuer": found.issuer, "superior": found.superior}
    elif found.issuer:
        told.append(
            f"Tên cơ quan trong tệp là «{' '.join([*found.superior, *found.issuer])}», dự thảo lập cho {issuer}."
        )
    appendices = fill_from_paper(draft, replace(begun, **facts, **_signatures(found, begun, reading.fields)))
    _follow_signer(draft, found)
    for row in [draft, *appendices]:
        told += _cut(row)
    return draft, appendices, told


def _signatures(found, begun, fields) -> dict:
    """Who signs: as in the file where it says so."""
    first = found.signature if {"capacity", "signer_name"} & fields else begun.signature
    if first is found.signature and not found.signature.capacity:
        first = Signature(begun.signature.capacity, found.signature.name)
    return {"signature": first, "second_signature": found.second_signature or begun.second_signature}


def _follow_signer(draft, found):
    """The official who bears the name in the file; of that name nobody signs for the body: the words alone."""
    if not found.signature.name:
        return
    terms = draft.issuer_unit.terms.select_related("official").order_by("-since", "pk")
    mine = [term for term in terms if fold(term.official.name) == fold(found.signature.name)]
    same = [term for term in mine if _spelled(*term.lines) == _spelled(*found.signature.capacity)]
    draft.signer = next(iter([*same, *mine]), None)


def _cut(row) -> list[str]:
    """Cut what is longer than a field holds, and say what went."""
    told = []
    for field in row._meta.concrete_fields:
        text = getattr(row, field.attname)
        if (
            isinstance(field, models.CharField)
            and isinstance(text, str)
            and len(text) > (field.max_length or len(text))
        ):
            setattr(row, field.attname, text[: field.max_length])
            rest, called = text[field.max_length :], field.verbose_name.capitalize()
            told.append(f"{called} dài hơn {field.max_length} chữ, đã cắt phần sau: «{rest}».")
    return told


def _spelled(*lines) -> str:
    """Lines of a head as one string by which two are compared: no accents, no spaces, one way to write a body of the people."""
    words = fold(" ".join(lines)).replace("ubnd", "uy ban nhan dan")
    return "".join(filter(str.isalnum, words))
