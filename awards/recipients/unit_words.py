"""What units are and were called, for finding recipients by them: a recipient of a merged commune is found by the old ones."""

from collections.abc import Iterable

from units.models import Succession, Unit
from units.models.unit import reachable
from units.text import searchable


class UnitWords:
    """The words of units with those of every unit that went into them, wholly or in part, each once.

    ``units``: the keys that will be asked for; None reads all. Two questions, when it is first asked.
    """

    def __init__(self, units: Iterable[int | None] | None = None):
        self._wanted = None if units is None else {key for key in units if key}
        self._read: dict[int, str] | None = None

    def of(self, unit: int | None) -> str:
        """The words of one unit; nothing for none."""
        if not unit or self._wanted == set():
            return ""
        if self._read is None:
            self._read = self._words()
        return self._read.get(unit, "")

    def _words(self):
        pairs = Succession.objects.filter(predecessor__isnull=False, successor__isnull=False)
        back = [(new, old) for old, new in pairs.values_list("predecessor", "successor")]
        units = Unit.objects.order_by()
        wanted = set(units.values_list("pk", flat=True)) if self._wanted is None else self._wanted
        before = {unit: sorted(reachable(unit, back) - {unit}) for unit in wanted}
        keys = wanted.union(*before.values())
        if self._wanted is not None:
            units = units.filter(pk__in=keys)
        named = {key: searchable(*names) for key, *names in units.values_list("pk", "name", "short_name", "code")}
        return {unit: _once([named.get(key, "") for key in (unit, *before[unit])]) for unit in wanted}


def _once(texts) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in text.split()))
