"""Which things of the store an award carries: names from the catalogue of its day, each as the kind that it means."""

from dataclasses import dataclass, field

from units.text import fold

from ..catalogue.book import book_of
from .models import ItemKind


@dataclass
class Carried:
    """What one award carries: kinds of the store, and names of the catalogue for which there is none."""

    kinds: list[ItemKind] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class Kinds:
    """The kinds as they are now, asked many times; two queries in all."""

    def __init__(self):
        self.rows = list(ItemKind.objects.prefetch_related("types"))
        self._types = {row.pk: {one.pk for one in row.types.all()} for row in self.rows}
        self._books, self._known = {}, {}

    def carried(self, award_type, whom: str, day) -> Carried:
        """What an award of ``award_type`` to ``whom`` by a decision of ``day`` carries (catalogue, «Hiện vật»)."""
        key = award_type.pk, whom, day
        if key not in self._known:
            book = self._books.setdefault(day, book_of(day))
            row = book.the("items", award_type.code, whom)
            found = Carried()
            for word in row.value if row else ():
                kind = self._kind(fold(word), award_type.pk, whom, day)
                found.kinds.append(kind) if kind else found.unknown.append(word)
            self._known[key] = found
        return self._known[key]

    def _kind(self, word, award_type, whom, day) -> ItemKind | None:
        """The kind called ``word``: one of this award's own before one of all, one for ``whom`` before one for everybody."""
        fits = [
            row
            for row in self.rows
            if word in row.named and row.there_on(day) and row.whom in ("", whom)
            and (not self._types[row.pk] or award_type in self._types[row.pk])
        ]  # fmt: skip
        return min(fits, key=lambda row: (not self._types[row.pk], not row.whom, row.position), default=None)
