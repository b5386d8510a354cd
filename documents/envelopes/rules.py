"""Whom a paper that was issued goes to on paper, and who prints that."""

import re

from units.models import Unit
from units.permissions import may_write

from ..deliveries.models import Delivery
from ..papers.models import IssuedCopy
from ..source import typed
from ..source.vietnamese import without_mark
from .envelopes import Receiver, Sender

# Lines of Nơi nhận that name nobody by themselves, or people of the own house; and what names many at once.
_NOBODY = ("như ", "lưu:", "lưu ", "lãnh đạo ")
_MANY = re.compile(r"\bcác\b", re.IGNORECASE)


def may_send(document, user) -> bool:
    """Whether ``user`` prints what goes out with ``document``: somebody of the unit whose paper it is, once it was issued."""
    return document.is_ours and document.is_frozen and document.is_of(user) and may_write(user)


def units_of(document):
    """The units that got the paper here: ``Unit`` rows by name."""
    rows = Delivery.objects.filter(document=document).select_related("unit").order_by("unit__sort_text", "unit_id")
    return [row.unit for row in rows]


def others_of(document, units) -> list[str]:
    """Names on the paper that are no unit of the program: those that the post reaches alone."""
    labels = {row.label for row in document.addressees.all()}
    known = {name.casefold() for unit in units for name in (unit.name, unit.short_name)} | {
        label.casefold() for label in labels
    }
    lines = [*typed.addressees(document.to.split("\n")), *typed.items(document.recipients.split("\n"))]
    names = dict.fromkeys(without_mark(line).strip() for line in lines)
    return [
        name
        for name in names
        if name and not name.casefold().startswith(_NOBODY) and not _MANY.search(name) and name.casefold() not in known
    ]


def sender_of(document) -> Sender:
    """Who sends it, and what is told of the paper."""
    paper = document.as_paper([])
    pages = IssuedCopy.objects.filter(document=document).values_list("pages", flat=True).first()
    own = document.issuer_unit
    return Sender(
        superior=paper.superior,
        issuer=paper.issuer,
        address=paper.contact or (own.address if own else ""),
        reference=document.reference or f"…/{document.symbol}",
        day=document.date_text,
        kind=document.type.name,
        subject=document.subject,
        urgency=paper.urgency,
        pages=pages or 0,
    )


def receivers_of(posting) -> list[Receiver]:
    """Whom a printing was asked for: units as they are today, then what was typed."""
    units = Unit.objects.in_bulk(posting.units)
    return [*(receiver_of(units[key]) for key in posting.units if key in units), *typed_receivers(posting.others)]


def typed_receivers(words: str) -> list[Receiver]:
    """A receiver for each line: the name, and behind a semicolon where letters reach it."""
    return [_typed(line) for line in words.splitlines() if line.strip(" ;")]


def _typed(line) -> Receiver:
    name, _, address = line.partition(";")
    return Receiver(name.strip() or address.strip(), address.strip() if name.strip() else "")


def receiver_of(unit) -> Receiver:
    """A unit of the program; one without an address is reached at its place."""
    return Receiver(unit.name, unit.address or unit.place)
