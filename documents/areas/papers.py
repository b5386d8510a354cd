"""How an area of the program has its papers made here, and hears what became of them.

The register knows no area. An area registers one function under its name; each of its papers carries that name and a key
of the area's own choice. The function runs inside the transaction that changes the paper: where it fails, nothing happened;
``moves.Refused`` tells the person why.
"""

from collections.abc import Callable

from django.db import transaction

from ..papers.actions import save_draft
from ..papers.beginnings import begin
from ..papers.models.document import Document
from ..papers.models.type import DocumentType
from ..steps.refusing import Refused

ISSUED, REPLACED, RECALLED = Document.State.ISSUED, Document.State.REPLACED, Document.State.RECALLED

_LISTENERS: dict[str, Callable] = {}


def register(name: str, listener: Callable[[Document, str], None]) -> None:
    """Have ``listener(document, state)`` called when a paper of area ``name`` is issued, replaced or recalled."""
    _LISTENERS[name] = listener


def tell(document: Document) -> None:
    """Tell the area of ``document``, if it has one, the state that it has come to."""
    if document.area:
        _LISTENERS[document.area](document, document.state)


def of(area: str, key):
    """The drafts and papers of ``area`` under ``key`` that were not thrown away, with their types, the latest first."""
    papers = Document.objects.filter(area=area, area_key=str(key)).exclude(state=Document.State.DISCARDED)
    return papers.select_related("type").order_by("-pk")


def refuse_second(area: str, key) -> None:
    """Raise ``Refused`` where a paper of ``area`` under ``key`` waits to be issued."""
    pending = of(area, key).filter(state__in=Document.PENDING).select_related("type", "author__unit").first()
    if pending:
        raise Refused(
            f"Đã có {pending.name} ({pending.get_state_display().lower()}), do {pending.author}, {pending.author.unit} soạn. "
            "Hãy dùng văn bản đó; muốn soạn lại thì bỏ văn bản đó trước."
        )


@transaction.atomic
def draft(*, area: str, key, by, type: str, issuer, facts: dict, addressees=(), appendices=()) -> Document:
    """A stored draft for ``area``: ``type`` by its abbreviation, ``facts`` by the names of the fields of ``Document``.

    ``addressees`` are rows of ``Addressee`` without a document, ``appendices`` rows of ``Appendix``.
    Raises ``KeyError`` for an area that nobody registered.
    """
    _LISTENERS[area]
    document = begin(by=by, type=DocumentType.objects.written_here().get(code=type), issuer=issuer)
    document.area, document.area_key = area, str(key)
    for name, value in facts.items():
        setattr(document, name, value)
    return save_draft(document, by=by, appendices=appendices, addressees=addressees)
