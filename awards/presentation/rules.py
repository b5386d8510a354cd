"""What is to be presented, on which occasions, in which order; what an occasion announces.

Sources: Nghị định 145/2013/NĐ-CP, Điều 25, 26, 28 (announced and presented once; from the highest rank down, within a rank
collectives before persons; of the dead the family takes it); Nghị định 98/2023/NĐ-CP, Điều 25. Dates stand in ``data/``.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from units.models import Unit

from ..catalogue.book import book_of
from ..catalogue.models import AwardType, Whom
from ..handover.actions import takes_for
from ..handover.models import HandoverLine
from ..items.models import Due
from ..records.models import Award
from .models import Announced, Occasion, Presented

SOURCE = Path(__file__).parent / "data" / "occasions.toml"
_WHOM = {Whom.COLLECTIVE: 0, Whom.HOUSEHOLD: 1, Whom.PERSON: 2}
# So long after its decision an award without items is still chosen for an occasion.
_LONGEST = timedelta(days=366)
_LEVELS = {"state": 0, "ministry": 1, "province": 2, "unit": 3}


@cache
def _data() -> dict:
    return tomllib.loads(SOURCE.read_text("utf-8"))


@cache
def _places() -> dict[str, int]:
    return {code: place for place, code in enumerate(_data()["order"]["codes"].split())}


def period_on(day: date) -> dict:
    """The rule about occasions that holds on ``day``: ``kinds`` and ``citation``."""
    return next(row for row in _data()["period"] if row.get("since", date.min) <= day <= row.get("until", date.max))


@dataclass(frozen=True)
class Near:
    """A day on which awards may be presented."""

    kind: str
    name: str
    day: date


def near_days(today: date, within=timedelta(days=120)) -> list[Near]:
    """Days of the year that come within so many days, the next first."""
    found = []
    for row in _data()["day"]:
        number, month = map(int, row["on"].split("-"))
        day = date(today.year, month, number)
        found.append(Near(row["kind"], row["name"], day if day >= today else day.replace(year=today.year + 1)))
    return sorted((row for row in found if row.day - today <= within), key=lambda row: row.day)


def height(award_type) -> tuple[int, int]:
    """How high a danh hiệu or hình thức stands in the order of calling; the highest is the least."""
    return _places().get(award_type.code, len(_places()) + _LEVELS[award_type.level]), award_type.position


def rank(row) -> tuple:
    """Where the award of a line stands in the order of calling: high before low, collective, household, person; the living
    before the dead, for whom their families come up together; then as decided.
    """
    award = row.award
    called = *height(award.type), _WHOM[award.whom], row.is_posthumous
    return *called, award.decided_on, award.decision_id, award.position


def _handed():
    """Items that a unit has collected and that nobody brought back."""
    return HandoverLine.objects.filter(due__award=OuterRef("pk"), due__state=Due.State.HANDED, returned=False)


def dated(awards):
    """``awards`` with ``since``, the first day on which something of each was collected, else that of its decision."""
    first = _handed().order_by().values("due__award").annotate(first=Min("handover__day")).values("first")
    return awards.annotate(since=Coalesce(Subquery(first), "decided_on"))


def collected(awards):
    """Those of ``awards`` of which something was collected, with ``since``."""
    return dated(awards.filter(Exists(_handed()), stands=True, cancelled_on=None))


def without_items(awards, day: date):
    """Those of ``awards`` that carry money alone, or that are given no item, of decisions of the year up to ``day``.

    What was decided before was presented in its time, unless an occasion has it.
    """
    owed, dropped = Due.objects.filter(award=OuterRef("pk")), Q(state=Due.State.DROPPED)
    bare = Q(Exists(owed.filter(dropped)))
    for whom, codes in _bare_types(day).items():
        bare |= Q(whom=whom, type__code__in=codes)
    rows = awards.filter(bare, ~Exists(owed.exclude(dropped)), stands=True, cancelled_on=None)
    return dated(rows.filter(decided_on__gt=day - _LONGEST, decided_on__lte=day))


def _bare_types(day) -> dict[str, list[str]]:
    """{whom: codes of the awards that carry no item by the catalogue of ``day``}."""
    book, codes = book_of(day), list(AwardType.objects.values_list("code", flat=True))

    def carries(code, whom):
        row = book.the("items", code, whom)
        return row and row.value

    return {whom: [code for code in codes if not carries(code, whom)] for whom in Whom.values}


def still_to_present(awards):
    """Those of ``awards`` that nobody who is honoured has yet: collected and in no occasion, in one that is planned, or nobody
    came for them.
    """
    planned = Q(presented__occasion__state=Occasion.State.PLANNED)
    absent = Q(presented__taken=Presented.Taken.LATER, presented__later_on=None)
    waits = Q(Exists(_handed()), presented=None) | planned | absent
    return dated(awards.filter(waits, stands=True, cancelled_on=None))


def candidates(occasion, own=None, *, bare=False):
    """Awards that may be chosen for ``occasion``, of its unit and those under it, in no other occasion: collected, or, where
    ``bare``, without items.

    ``own``: keys of these units, where they are known.
    """
    rows = Award.objects.filter(presented=None)
    if not occasion.is_of_province:
        rows = rows.filter(unit__in=takes_for(occasion.unit) if own is None else own)
    return without_items(rows, occasion.day) if bare else collected(rows)


def announced_elsewhere(occasion, decisions) -> set[int]:
    """Keys of those of ``decisions`` that another occasion announces to the same people."""
    told = Announced.objects.filter(decision__in=decisions).exclude(occasion=occasion)
    return set(told.filter(Q(unit=occasion.unit) | Q(occasion__is_of_province=True)).values_list("decision", flat=True))


def of_others(occasion) -> bool:
    """Whether it presents what another body decided on, which it does by some authority; one of the province has that of it."""
    rows = Award.objects.filter(presented__occasion=occasion)
    if occasion.is_of_province:
        rows = rows.exclude(decision__unit__kind=Unit.Kind.PROVINCE)
    return rows.exclude(decision__unit=occasion.unit_id).exists()
