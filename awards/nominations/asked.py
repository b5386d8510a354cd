"""What others said when they were asked about nominations, and who was not asked though the law or the office wants it.

Source: Luật Thi đua, khen thưởng 2022, Điều 84 khoản 5 (listed for everybody before it is proposed). Of which awards the standing
committee of the party is asked is the office's own rule: a row «Quy định khác» of the catalogue, code ``office-committee``.
"""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from ..catalogue.book import book_of
from ..catalogue.law import Book
from .models import Nomination, Opinion

_COMMITTEE = "office-committee"
_SHOWN = 200
# Until a file is appraised nobody is asked.
_EARLY = (Nomination.State.IN_FILE,)
_WANTED = {
    Opinion.Kind.PUBLIC: "Chưa công khai lấy ý kiến",
    Opinion.Kind.COMMITTEE: "Chưa có ý kiến của Ban Thường vụ Tỉnh ủy",
}


def wants(book: Book, code: str) -> dict:
    """{kind of opinion: the row of the catalogue that asks for it} of an award."""
    found = {
        Opinion.Kind.PUBLIC: book.the("public", code),
        Opinion.Kind.COMMITTEE: book.one("other", _COMMITTEE, code),
    }
    return {kind: row for kind, row in found.items() if row}


def doubts(rows, day: date | None = None) -> dict[int, list[str]]:
    """{key: what a person must look at} of nominations: what was objected, who was not asked. One query."""
    book, found, asked = book_of(day or timezone.localdate()), defaultdict(list), defaultdict(set)
    pairs = Opinion.nominations.through.objects.filter(nomination__in=[row.pk for row in rows])
    for pair in pairs.select_related("opinion__unit").order_by("opinion"):
        asked[pair.nomination_id].add(pair.opinion.kind)
        if pair.opinion.state == Opinion.State.OBJECTED:
            found[pair.nomination_id].append(_objected(pair.opinion))
    rules = {code: wants(book, code) for code in {row.type.code for row in rows}}
    for row in rows:
        if row.state not in _EARLY:
            lacks = {kind: rule for kind, rule in rules[row.type.code].items() if kind not in asked[row.pk]}
            found[row.pk] += [f"{_WANTED[kind]} ({book.citation(rule)})." for kind, rule in lacks.items()]
    return found


def _objected(opinion) -> str:
    words = opinion.answer.strip()
    words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return f"{opinion.whom} có ý kiến khác ngày {opinion.answered_on:%d/%m/%Y}: {words.rstrip('.')}."
