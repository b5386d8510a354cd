"""Units found by any name that they or those before them had: who looks for an old name is led to today's unit."""

from django.utils import timezone

from .area import UNITS
from .finding import Found, Search
from .models import Succession, Unit
from .models.unit import reachable
from .text import searchable

# Units of one name that are looked at; a name that more of them have says too little.
MOST = 50


def find_units(user, words: str, most: int) -> list[Found]:
    """Living units of that name, those that old units of that name became, the old ones; names that hold the words as they
    stand before all others. At most four questions.
    """
    today = timezone.localdate()
    named = Unit.objects.matching(words).select_related("superior")
    living = list(named.alive_on(today)[:MOST])
    old = list(named.filter(ended__lt=today).order_by("-ended", "sort_text")[:MOST])
    rows = [(unit.search_text, unit, unit.get_kind_display()) for unit in living]
    rows += _heirs(old, {unit.pk for unit in living}, today)
    rows += [(unit.search_text, unit, "đã kết thúc hoạt động") for unit in old]
    phrase = searchable(words).rstrip()
    rows.sort(key=lambda row: phrase not in row[0])
    return [Found(unit.label, unit.get_absolute_url(), note) for _, unit, note in rows[:most]]


def _heirs(old, known, today):
    """(name that was, living unit, what to say) of those of ``old`` that went on, at any remove, in others than ``known``."""
    if not old:
        return []
    pairs = Succession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    pairs = list(pairs.values_list("predecessor", "successor"))
    former = {}
    for unit in old:
        for key in reachable(unit.pk, pairs) - known:
            former.setdefault(key, []).append(unit)
    heirs = Unit.objects.alive_on(today).select_related("superior").filter(pk__in=former)
    return [(" ".join(unit.search_text for unit in former[heir.pk]), heir, _was(former[heir.pk])) for heir in heirs]


def _was(units) -> str:
    names = list(dict.fromkeys(unit.name for unit in units))
    return f"trước đây: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}"


UNITS.searches.append(Search("Đơn vị", find_units, "units"))
