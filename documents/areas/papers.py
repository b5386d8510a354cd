"""How an area of the program has its papers made here, and hears what became of them.

A kind of paper is tied to its subject in one way: the paper carries the kind and a key of the subject. What hears of it runs
inside the transaction that changes the paper: where it fails, nothing happened; ``Refused`` tells the person why.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from units.areas import Area, areas

from ..papers.actions import save_draft
from ..papers.models import Document, DocumentType
from ..papers.rules import begin
from ..steps.refusing import Refused

ISSUED, REPLACED, RECALLED = Document.State.ISSUED, Document.State.REPLACED, Document.State.RECALLED


def tell(document: Document) -> None:
    """Tell the area of ``document``, if it has one, the state that it has come to."""
    for area in areas():
        if hear := area.papers.get(document.area):
            hear(document, document.state)


@dataclass(frozen=True, eq=False)
class Papers:
    """One kind of paper that ``area`` has made here. ``kind`` stands at the papers and never changes."""

    area: Area
    kind: str

    def __post_init__(self):
        self.area.papers[self.kind] = lambda document, state: None

    def heard(self, hear: Callable) -> Callable:
        """Have the decorated ``hear(document, state)`` called when one of them is issued, replaced or recalled."""
        self.area.papers[self.kind] = hear
        return hear

    def under(self, keys):
        """All papers and drafts of this kind whose subject has one of ``keys``."""
        return Document.objects.filter(area=self.kind, area_key__in=map(str, keys))

    def of(self, key):
        """Those under ``key`` that were not thrown away, with their types, the latest first."""
        return self.under([key]).exclude(state=Document.State.DISCARDED).select_related("type").order_by("-pk")

    def is_of(self, document, key) -> bool:
        """Whether ``document`` is one of them, of the subject ``key``."""
        return document.area == self.kind and document.area_key == str(key)

    def refuse_second(self, key) -> None:
        """Raise ``Refused`` where one under ``key`` waits to be issued."""
        pending = self.of(key).filter(state__in=Document.PENDING).select_related("type", "author__unit").first()
        if pending:
            raise Refused(
                f"Đã có {pending.name} ({pending.get_state_display().lower()}), do {pending.author}, {pending.author.unit} "
                "soạn. Hãy dùng văn bản đó; muốn soạn lại thì bỏ văn bản đó trước."
            )

    @transaction.atomic
    def draft(self, key, *, by, type: str, issuer, facts: dict, addressees=(), appendices=()) -> Document:
        """A stored draft for the subject ``key``: ``type`` by its abbreviation, ``facts`` by the names of the fields of
        ``Document``; ``addressees`` are rows of ``Addressee`` without a document, ``appendices`` rows of ``Appendix``.
        """
        document = begin(by=by, type=DocumentType.objects.written_here().get(code=type), issuer=issuer)
        document.area, document.area_key = self.kind, str(key)
        for name, value in facts.items():
            setattr(document, name, value)
        return save_draft(document, by=by, appendices=appendices, addressees=addressees)
