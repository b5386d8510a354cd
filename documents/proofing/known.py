"""What the register says of what a paper names: units that were no more, papers that ended. Few queries for any paper."""

import re
from datetime import timedelta

from django.utils import timezone

from units.models import Succession, Unit

from ..citations.rules import doubt_on, warnings_of, with_doubts
from ..papers.models import Document, DocumentType
from ..source.paper import all_text
from .judging import judge
from .models import RuleChoice
from .reading import EndedBody, Known
from .references import REFERENCE
from .rule import Finding, Level

_REFERENCE = re.compile(REFERENCE)
_LETTERS = re.compile("[A-ZĐ]{2,}")
# More numbers than these are a list, which is no text.
_MOST_REFERENCES = 200


def findings_of(document, *, user, appendices=None) -> list[Finding]:
    """What in ``document``, stored or only typed, is against the rules of its day, as ``user`` sees what it cites."""
    paper = document.as_paper(appendices)
    today = _today(document)
    known = _known(document, paper, user, paper.date.for_rules(today))
    return judge(paper, DocumentType.objects.catalogue(), today, known=known, off=RuleChoice.objects.off())


def errors_of(document, appendices=None) -> list[Finding]:
    """What keeps ``document`` from being approved; asks the register nothing but the types."""
    return judge(document.as_paper(appendices), DocumentType.objects.catalogue(), _today(document), level=Level.ERROR)


def _today(document):
    """The day by which an undated draft is judged: the one on which it was begun, as its pages are."""
    return timezone.localdate(document.created_at) if document.created_at else timezone.localdate()


def _known(document, paper, user, day) -> Known:
    text = all_text(paper)
    units = list(Unit.objects.only("name", "short_name", "symbol", "founded", "ended").order_by("pk"))
    return Known(
        bodies=_bodies(text, units, day),
        names=tuple(sorted({unit.name for unit in units if unit.name.startswith("Sở ")})),
        letters=frozenset(part for unit in units for part in _LETTERS.findall(f"{unit.symbol} {unit.short_name}")),
        doubts=_doubts(text, document, user, day),
        told=tuple(warnings_of(document, user)),
    )


def _bodies(text, units, day) -> tuple[EndedBody, ...]:
    """The units that ``text`` names of which none of that name lived on ``day``; of several of one name the last."""
    alive = {unit.name for unit in units if unit.is_alive_on(day)}
    gone = {unit.name: unit for unit in units if unit.name not in alive and unit.name in text}
    return tuple(_told(gone.values(), day)) if gone else ()


def _told(units, day):
    """Each with what it went into, and by which paper."""
    heirs, laws = {}, {}
    rows = Succession.objects.filter(predecessor__in=units).select_related("successor", "change")
    for row in rows.order_by("change__date", "pk"):
        laws[row.predecessor_id] = row.change.citation
        if row.successor:
            heirs.setdefault(row.predecessor_id, []).append(row.successor.name)
    for unit in units:
        is_over = unit.ended is not None and unit.ended < day
        since = unit.ended + timedelta(days=1) if is_over else unit.founded
        yield EndedBody(unit.name, since, tuple(heirs.get(unit.pk, ())), laws.get(unit.pk, ""), is_to_come=not is_over)


def _doubts(text, document, user, day) -> dict[str, str]:
    """{number in small letters: why it cannot be relied on} of the papers that ``text`` names in words.

    Of several papers of one number none is meant for sure, so that nothing is said of them.
    """
    numbers = list(dict.fromkeys(found[0] for found in _REFERENCE.finditer(text)))[:_MOST_REFERENCES]
    found = {}
    for paper in with_doubts(Document.objects.open_to(user).filter(reference__in=numbers)) if numbers else ():
        found.setdefault(paper.reference.lower(), []).append(paper)
    alone = {number: doubt_on(papers[0], day) for number, papers in found.items() if len(papers) == 1}
    return {number: words for number, words in alone.items() if words}
