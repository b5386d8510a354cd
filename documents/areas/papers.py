"""How an area of the program has its papers made here, and hears what became of them.

A kind of paper is tied to its subject in one way: the paper carries the kind and the key of the subject, behind the name of
the paper where a subject has several (``minutes-7``). What hears of it runs inside the transaction that changes the paper:
where it fails, nothing happened; ``Refused`` tells the person why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from units.areas import Area, areas

from ..papers.actions import save_draft
from ..papers.models import Document, DocumentType, Effect
from ..papers.rules import begin
from ..steps.refusing import Refused

ISSUED, REPLACED, RECALLED = Document.State.ISSUED, Document.State.REPLACED, Document.State.RECALLED


def tell(document: Document) -> None:
    """Tell the area of ``document``, if it has one, the state that it has come to."""
    for area in areas():
        if hear := area.papers.get(document.area):
            hear(document, document.state)


def facts_about(document: Document, user) -> list[tuple]:
    """What the page of ``document`` tells ``user`` of the record that it is a paper of: (label, words or link) each."""
    found = (area.paper_facts.get(document.area) for area in areas())
    return next((list(tell(document, user)) for tell in found if tell), [])


@dataclass(frozen=True, eq=False)
class Papers:
    """One kind of paper that ``area`` has made here. ``kind`` stands at the papers and never changes; where a subject has
    several papers of the kind, ``names`` tells them apart.
    """

    area: Area
    kind: str
    names: Iterable[str] = ("",)

    def __post_init__(self):
        self.area.papers[self.kind] = lambda document, state: None

    def heard(self, hear: Callable) -> Callable:
        """Have the decorated ``hear(document, state)`` called when one of them is issued, replaced or recalled."""
        self.area.papers[self.kind] = hear
        return hear

    def shown(self, tell: Callable) -> Callable:
        """Have the decorated ``tell(document, user)`` give what the page of one of them tells of its subject, as
        ``facts_about`` gives it; only what ``user`` may know of it.
        """
        self.area.paper_facts[self.kind] = tell
        return tell

    def under(self, keys):
        """All papers and drafts of this kind whose subject has one of ``keys``, thrown away or not."""
        found = [_key(key, name) for key in keys for name in self.names]
        return Document.objects.filter(area=self.kind, area_key__in=found)

    def of(self, *keys):
        """The papers of a subject, or of several, that were not thrown away, with their types, the latest first.

        A draft that takes the place of one of them is found at that one; it is the subject's from the day it is issued.
        """
        rows = self.under(keys).exclude(state=Document.State.DISCARDED)
        rows = rows.exclude(state__in=Document.PENDING, effects__kind=Effect.Kind.REPLACES)
        return rows.select_related("type").order_by("-pk")

    def standing(self, *keys):
        """Those of them that hold or may come to."""
        return self.of(*keys).exclude(state__in=Document.OVER)

    def is_of(self, document, key) -> bool:
        """Whether ``document`` is one of them, of the subject ``key``."""
        return document.area == self.kind and key_of(document) == str(key)

    def refuse_second(self, key, name="") -> None:
        """Raise ``Refused`` where the one ``name`` of the subject ``key`` waits to be issued."""
        _refuse(self.of(key).filter(area_key=_key(key, name), state__in=Document.PENDING), "bỏ")

    def refuse_standing(self, key, name="") -> None:
        """Raise ``Refused`` where the one ``name`` of the subject ``key`` holds or may come to."""
        _refuse(self.standing(key).filter(area_key=_key(key, name)), "bỏ, thay thế hoặc thu hồi")

    @transaction.atomic
    def draft(self, key, name="", *, by, type: str, issuer, facts: dict, addressees=(), appendices=()) -> Document:
        """A stored draft for the subject ``key``: ``type`` by its abbreviation, ``facts`` by the names of the fields of
        ``Document``; ``addressees`` are rows of ``Addressee`` without a document, ``appendices`` rows of ``Appendix``.
        """
        document = begin(by=by, type=DocumentType.objects.written_here().get(code=type), issuer=issuer)
        document.area, document.area_key = self.kind, _key(key, name)
        for field, value in facts.items():
            setattr(document, field, value)
        return save_draft(document, by=by, appendices=appendices, addressees=addressees)


def _key(key, name) -> str:
    return f"{name}-{key}" if name else str(key)


def key_of(document) -> str:
    """The key of the subject of ``document``."""
    return document.area_key.rpartition("-")[2]


def name_of(document) -> str:
    """Which of the papers of its subject ``document`` is; nothing where there is but one of its kind."""
    return document.area_key.rpartition("-")[0]


def _refuse(papers, way_out):
    """Raise ``Refused`` for the first of ``papers``; ``way_out``: what makes room for another one."""
    if paper := papers.select_related("type", "author__unit").first():
        raise Refused(
            f"Đã có {paper.name} ({paper.get_state_display().lower()}), do {paper.author}, {paper.author.unit} soạn. "
            f"Hãy dùng văn bản đó; muốn soạn lại thì {way_out} văn bản đó trước."
        )
