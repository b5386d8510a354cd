"""What the law and the office ask to be in a file, and what of it is there.

Source: Luật Thi đua, khen thưởng 2022, Điều 84; the rows «Thành phần hồ sơ» of the catalogue, to which the office adds its own.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from ..catalogue.book import book_of
from ..catalogue.law import Row
from ..catalogue.models import Route, Whom
from .models import Dossier, Piece


@dataclass
class Line:
    """One thing that is asked for. ``of``: how many nominations ask for it; ``answers``: the pieces that there are.

    ``nominations``: keys of those that ask for it.
    """

    words: str
    row: Row
    citation: str
    nominations: set = field(default_factory=set)
    answers: list = field(default_factory=list)

    @property
    def is_answered(self) -> bool:
        """Whether one piece for the whole file is there, or one for each nomination that asks."""
        own = {piece.nomination_id for piece in self.answers}
        return None in own or self.nominations <= own

    @property
    def count(self) -> str:
        """How many of the nominations have theirs: ``12/15``; nothing where one piece is for all."""
        own = {piece.nomination_id for piece in self.answers}
        return "" if None in own else f"{len(own & self.nominations)}/{len(self.nominations)}"


def _asks(row: Row, dossier: Dossier, whom: str) -> bool:
    """Whether a row asks something of ``whom`` in a file: ``rule`` tells only, ``full`` is not asked by the simple procedure
    (Điều 85); a row may be for some grounds, for some recipients alone.
    """
    left_out, only = ("rule", "full") if dossier.is_simple else ("rule",), set(row.more.get("of", ()))
    grounds, kinds = only & set(Route.values), only & set(Whom.values)
    is_for = (not grounds or dossier.route in grounds) and (not kinds or whom in kinds)
    return is_for and row.more.get("code") not in left_out


def checklist_of(dossier: Dossier, day=None) -> list[Line]:
    """The lines of the checklist of ``dossier``, those of the whole law first; three queries.

    By the law of the day on which it was received, before that of today.
    """
    book = book_of(day or dossier.received_on or timezone.localdate())
    lines: dict[str, Line] = {}
    rows = dossier.nominations.exclude(state="withdrawn").values_list("pk", "type__code", "recipient__kind")
    for pk, award, whom in rows:
        for row in book.all("dossier", award, whom):
            if not _asks(row, dossier, whom):
                continue
            for words in row.value:
                line = lines.setdefault(words, Line(words, row, book.citation(row)))
                line.nominations.add(pk)
    answers = defaultdict(list)
    for piece in Piece.objects.filter(dossier=dossier).select_related("paper__type", "upload", "nomination"):
        answers[piece.line].append(piece)
    for line in lines.values():
        line.answers = answers.get(line.words, [])
    return list(lines.values())
