"""How a new paper begins: what the program can fill in before the officer types the first word."""

from django.db.models import Q
from django.utils import timezone

from units.models import Unit
from units.permissions import PROVINCE_WRITERS

from .models import Document, OfficeText

_HEADS = {Unit.Kind.PROVINCE: "CHỦ TỊCH", Unit.Kind.DISTRICT: "CHỦ TỊCH", Unit.Kind.COMMUNE: "CHỦ TỊCH"}


def issuers_for(user):
    """The bodies whose papers ``user`` may draft: the own unit; for Sở Nội vụ also the one above and those of the province."""
    own = Q(pk=user.unit_id)
    # The bodies of the province have no officers of their own.
    if user.role in PROVINCE_WRITERS:
        own |= Q(subordinates=user.unit_id) | Q(kind=Unit.Kind.PROVINCE)
    return Unit.objects.filter(own).alive_on(timezone.localdate()).distinct()


def begin(*, by, type, issuer) -> Document:
    """An unsaved draft of ``type`` for ``issuer`` with everything in it that follows from the two and from today."""
    today = timezone.localdate()
    signer = issuer.terms.held_on(today).select_related("official").order_by("capacity", "-begins", "pk").last()
    draft = Document(
        type=type,
        unit=by.unit,
        author=by,
        issuer_unit=issuer,
        issuer_name=issuer.name,
        issuer="\n".join(issuer.issuer_lines),
        superior="\n".join(issuer.superior_lines),
        symbol=symbol_for(type, issuer, by.unit),
        place=issuer.place,
        year=today.year,
        month=today.month,
        archive=f"VT, {by.unit.symbol or by.unit.short_name or by.unit.name}.".rstrip("."),
        signer=signer,
        capacity="\n".join(signer.lines) if signer else "",
        signer_name=signer.official.name if signer else "",
    )
    _begin_form(draft, type.form, issuer)
    return draft


def symbol_for(type, issuer, unit) -> str:
    """``UBND-SNV`` for an official letter, ``QĐ-UBND`` for a type with a name (NĐ 30/2020, Phụ lục I, mục II.3)."""
    body = issuer.symbol or "…"
    if type.form == "letter":
        return f"{body}-{unit.symbol or 'VP'}" if unit.pk != issuer.pk else f"{body}-VP"
    return f"{type.code}-{body}"


def _begin_form(draft, form, issuer):
    """What a model form has that the others have not."""
    if form == "letter":
        draft.recipients = "Như trên"
    elif form == "decision":
        draft.authority_line = f"{_HEADS.get(issuer.kind, 'GIÁM ĐỐC')} {' '.join(issuer.issuer_lines)}"
        draft.recipients = "Như Điều 3"
        draft.body = "**Điều 1.** …\n\n**Điều 2.** …\n\n**Điều 3.** Quyết định này có hiệu lực thi hành kể từ ngày ký."
    elif form == "minutes":
        draft.place = ""
        draft.second_capacity, draft.capacity = "THƯ KÝ", "CHỦ TỌA"


def texts_for(user):
    """The texts that ``user`` may begin a paper from: those of the own unit and those for everybody."""
    own = Q(unit=None) | Q(unit__in=user.inherited_units)
    return OfficeText.objects.filter(own).select_related("type", "unit")


def begin_from(text, *, by, issuer) -> Document:
    """An unsaved draft with the words of ``text``; where the text is silent, as ``begin`` leaves it."""
    draft = begin(by=by, type=text.type, issuer=issuer)
    for name in ("subject", "bases", "to", "recipients", "body"):
        setattr(draft, name, getattr(text, name) or getattr(draft, name))
    return draft
