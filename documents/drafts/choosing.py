"""What the desk offers to begin from: each type with its texts, under what it is for; before them what a person writes most."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from ..papers.models import Document, DocumentType
from ..papers.rules import OFFICE, begin, issuers_for, section_of, usual_of
from ..source.types import OFFICIAL_LETTER, PURPOSE_OF
from ..texts.models import OfficeText
from ..texts.rules import texts_for

# So many types stand first: what the person wrote most within so long, else what most offices write most.
OFTEN, WITHIN = 6, timedelta(days=400)
_MOST = (OFFICIAL_LETTER, "BC", "KH", "TTr", "QĐ", "TB", "GM", "BB")


@dataclass(frozen=True)
class Offer:
    """A type, and the texts that a paper of it may begin from: the unit's own first."""

    type: DocumentType
    texts: list[OfficeText]


def offered(user) -> list[Offer]:
    """Every type that is written here. Two queries."""
    texts = {}
    for text in sorted(texts_for(user), key=lambda text: (text.unit_id is None, text.sort_text)):
        texts.setdefault(text.type_id, []).append(text)
    return [Offer(type, texts.get(type.pk, [])) for type in DocumentType.objects.written_here()]


def by_purpose(offers) -> list[tuple[str, list[Offer]]]:
    """(what they are for, its ``offers``), those first that are written most."""
    groups = {purpose: [] for purpose in DocumentType.Purpose}
    places = {code: place for place, code in enumerate(PURPOSE_OF)}
    for offer in sorted(offers, key=lambda offer: places.get(offer.type.code, len(places))):
        groups[DocumentType.Purpose(offer.type.purpose)].append(offer)
    return [(purpose.label, rows) for purpose, rows in groups.items() if rows]


def often(user, types) -> list[DocumentType]:
    """Those of ``types`` that ``user`` wrote most, the most first; filled up with those that most offices write. One query."""
    written = Document.objects.filter(author=user, origin=Document.Origin.OURS, created_at__gte=timezone.now() - WITHIN)
    counts = dict(written.order_by().values_list("type").annotate(Count("pk")))
    order = {code: place for place, code in enumerate(_MOST)}
    known = [type for type in types if type.pk in counts or type.code in order]
    return sorted(known, key=lambda type: (-counts.get(type.pk, 0), order.get(type.code, len(order))))[:OFTEN]


def begun_with(user, issuer) -> dict:
    """What a letter of ``issuer`` that ``user`` begins has in it, for telling before it is begun.

    ``letter`` is it, not stored; ``is_known`` whether its section is; ``is_own`` whether ``user`` set anything.
    """
    usual = usual_of(user, issuer)
    letter = begin(by=user, type=DocumentType.objects.get(code=OFFICIAL_LETTER), issuer=issuer, usual=usual)
    return {
        "letter": letter,
        "is_known": bool(section_of(issuer, user.unit, usual.section)),
        "is_own": bool(usual.pk),
        "office": OFFICE,
    }


def issuer_of(user, code):
    """(the bodies whose papers ``user`` may draft, the one called ``code``, else the own unit; None where there is none)."""
    issuers = list(issuers_for(user))
    named = {issuer.code: issuer for issuer in issuers}
    own = next((issuer for issuer in issuers if issuer.pk == user.unit_id), None)
    return issuers, named.get(code, own)
