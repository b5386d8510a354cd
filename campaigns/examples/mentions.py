"""People whose names stand in a report that was drafted while they could be told of, and who may be told of no more."""

import re

from documents.models import Document
from units.text import clean

from ..area import REPORT
from .models import Example

_PERSON = Example.Kind.PERSON
_MARKS = re.compile(r"[\W_]+")


def _plain(text) -> str:
    """The words of ``text`` alone, each after a space: neither marks of a paper nor ends of lines part a name."""
    return f" {_MARKS.sub(' ', clean(text)).strip().casefold()} "


def _phrase(example, told) -> str:
    """What of ``example`` is looked for: its name.

    A name that one of ``told`` bears as well, who may be told of, and a name of one word, which may be any word, are looked
    for with the unit behind them, as the report prints them.
    """
    name = _plain(example.name)
    alone = name not in told and len(name.split()) > 1
    return name if alone else name + _plain(example.unit.name).lstrip()


def _text(document) -> str:
    """Everything that ``document`` says, as ``_plain``."""
    behind = (f"{row.title}\n{row.body}" for row in document.appendices.all())
    return _plain("\n".join([document.subject, document.body, *behind]))


def _people(campaign_id):
    return Example.objects.filter(campaign=campaign_id, kind=_PERSON).select_related("unit").order_by("name", "pk")


def untold_in(document, campaign_id) -> list[Example]:
    """The people of a campaign whom ``document`` names although they are not published, or agree no longer."""
    # Held: nobody withdraws a consent between this look and the end of the transaction.
    people = list(_people(campaign_id).select_for_update(of=("self",)))
    told = {(_plain(row.name), row.unit_id) for row in people if row.is_published}
    text = _text(document)
    return [row for row in people if not row.is_published and _is_named(row, text, told)]


def _is_named(example, text, told) -> bool:
    """Whether ``text`` names somebody; ``told``: (name, unit) of each who may be told of, whatever deed it is for."""
    name, names = _plain(example.name), {other for other, _ in told}
    return (name, example.unit_id) not in told and _phrase(example, names) in _without_longer(text, name, names)


def _without_longer(text, name, told) -> str:
    """``text`` without the longer names of ``told`` that begin or end with ``name``: «Lan Anh» is not «Lan»."""
    for longer in sorted((other for other in told if name in other and other != name), key=len, reverse=True):
        text = text.replace(longer, " ")
    return text


def drafts_naming(example) -> list[Document]:
    """Reports of the campaign of ``example``, a person, that wait to be issued and name it, whoever may open them."""
    if example.kind != _PERSON or not example.campaign_id:
        return []
    if hasattr(example, "named_in"):  # the page asked already, and shows a rule that asks again
        return example.named_in
    others = Example.objects.published().filter(campaign=example.campaign_id, kind=_PERSON).exclude(pk=example.pk)
    told = {(_plain(name), unit) for name, unit in others.values_list("name", "unit")}
    keys = example.campaign.reviews.values_list("pk", flat=True)
    rows = REPORT.under(keys).filter(state__in=Document.PENDING)
    rows = rows.select_related("type", "unit", "author").prefetch_related("appendices").order_by("pk")
    return [row for row in rows if _is_named(example, _text(row), told)]
