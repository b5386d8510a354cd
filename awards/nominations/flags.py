"""One flag of emulation a year: what else a collective is proposed for or was given, and what it is looked at for instead.

The rows of the catalogue say so of a day: the criterion «one_flag», and «Không được thì xét» (the flag of the province where
that of the Government is not given).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from ..catalogue.book import book_of
from ..catalogue.law import Book, Row
from ..catalogue.models import AwardType
from ..catalogue.values import REGULAR
from ..records.models import Award
from .models import Dossier, Nomination

_TAKEN = (Nomination.State.PRESENTED, Nomination.State.AWARDED)


@dataclass(frozen=True)
class Other:
    """Another flag of the same year. ``bars``: it was given, stands in a draft of a decision, or before this one among those
    that are asked about, so that this one cannot be given.
    """

    words: str
    bars: bool


def rule_of(book: Book) -> Row | None:
    """The criterion by which one flag a year is given; None where the law of the day has none."""
    rows = (row for row in book.all("criterion") if row.award == "*")
    return next((row for row in rows if any(need["is"] == "one_flag" for need in row.more["needs"])), None)


def instead_of(rows: Iterable[Nomination], day: date | None = None) -> dict[str, AwardType]:
    """{code: the award that is looked at where that one is not given} for the awards of ``rows``; a query where there is one."""
    book = book_of(day or timezone.localdate())
    rules = {code: book.the("instead", code) for code in {row.type.code for row in rows}}
    codes = {code: rule.value for code, rule in rules.items() if rule}
    types = {row.code: row for row in AwardType.objects.filter(code__in=codes.values())} if codes else {}
    return {code: types[value] for code, value in codes.items() if value in types}


def others_of(rows: Iterable[Nomination], day: date | None = None) -> dict[int, list[Other]]:
    """{key: the other flags of its year} of those of ``rows`` that are for a flag; two queries, none where none is."""
    mine = [row for row in rows if row.type.is_flag]
    book = book_of(day or timezone.localdate()) if mine else None
    rule = book and rule_of(book)
    if rule is None:
        return {}
    route, end = rule.more.get("route", REGULAR), f" ({book.citation(rule)})."
    people, years = {_main(row) for row in mine}, {row.dossier.year for row in mine}
    given, proposed = _given(people, years), _proposed(people, years)
    order = {row.pk: place for place, row in enumerate(mine)}
    found = defaultdict(list)
    for row in mine:
        key, is_own = (_main(row), row.dossier.year), row.dossier.route == route
        for award in given[key]:
            if award.type_id != row.type_id or award.route != row.dossier.route:
                words = f"đã được tặng {book.name(award.type.code)} theo {award.decision}{end}"
                found[row.pk].append(Other(_BEGIN + words, is_own and award.route == route))
        for other in proposed[key]:
            if other.pk != row.pk and _is_told(row, other):
                words = (
                    f"cũng được đề nghị {book.name(other.type.code)}, đang ở bước «{other.get_state_display()}»{end}"
                )
                is_first = other.state in _TAKEN or order.get(other.pk, len(order)) < order[row.pk]
                bars = is_own and other.dossier.route == route and is_first
                found[row.pk].append(Other(_BEGIN + words, bars))
    return found


_BEGIN = "Mỗi năm một cờ thi đua: "


def _main(row) -> int:
    return row.recipient.merged_into_id or row.recipient_id


def _is_told(row, other) -> bool:
    """What another unit is still writing is its own; the same award in another file is told of as a double."""
    is_hidden = other.dossier.state in Dossier.OWN and other.dossier.unit_id != row.dossier.unit_id
    return not is_hidden and (other.type_id != row.type_id or other.dossier.route != row.dossier.route)


def _given(people, years):
    rows = Award.objects.standing().filter(recipient__in=people, year__in=years, type__is_flag=True, cancelled_on=None)
    found = defaultdict(list)
    for award in rows.select_related("type", "decision").order_by("pk"):
        found[award.recipient_id, award.year].append(award)
    return found


def _proposed(people, years):
    rows = Nomination.objects.filter(Q(recipient__in=people) | Q(recipient__merged_into__in=people))
    rows = rows.going_on().filter(dossier__year__in=years, type__is_flag=True)
    found = defaultdict(list)
    for row in rows.select_related("type", "dossier", "recipient").order_by("pk"):
        found[_main(row), row.dossier.year].append(row)
    return found
