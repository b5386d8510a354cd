"""In which unit somebody was on a day: a unit of today had others before it."""

from dataclasses import dataclass, field
from datetime import date

from units.models import Succession, Unit

Kind = Unit.Kind
# Who decides on titles in a unit of each kind; a commune's own chairman from the day on which districts were no more.
OFFICES = {
    Kind.DISTRICT: "district",
    Kind.CENTRAL: "central-unit",
    Kind.COMMUNE: "commune",
}
NO_DISTRICTS = date(2025, 7, 1)
# Decides on titles there before that day where a commune's district is not known.
PROVINCE = "ubnd-tinh"


@dataclass
class Places:
    """The units of the province, each with the one that went into it."""

    units: dict[int, Unit]
    before: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Places":
        """In two queries."""
        units = {unit.pk: unit for unit in Unit.objects.select_related("superior")}
        pairs = Succession.objects.exclude(predecessor=None).exclude(successor=None).order_by("-pk")
        return cls(units, dict(pairs.values_list("successor", "predecessor")))

    def living(self, kinds) -> list[Unit]:
        """Those of some kinds that are there today, by code."""
        found = [unit for unit in self.units.values() if unit.kind in kinds and not unit.ended]
        return sorted(found, key=lambda unit: unit.code)

    def on(self, unit: Unit, day: date) -> Unit:
        """``unit``, or what went into it where it was not there yet."""
        seen = set()
        while unit.founded and unit.founded > day and unit.pk in self.before and unit.pk not in seen:
            seen.add(unit.pk)
            unit = self.units[self.before[unit.pk]]
        return unit

    def decider(self, unit: Unit, day: date) -> tuple[str, Unit]:
        """(office, unit) that decides on titles of the people of ``unit`` on ``day``."""
        there = self.on(unit, day)
        if there.kind == Kind.COMMUNE and day < NO_DISTRICTS:
            above = there.superior if there.superior and there.superior.kind == Kind.DISTRICT else there
            return "district", above
        return OFFICES.get(there.kind, "department"), there
