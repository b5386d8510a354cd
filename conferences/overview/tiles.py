"""A tile map of the communes: a hexagon each, roughly where it lies, in the colour and under the letter of where it stands.

No borders: places stand in ``data/tiles.toml``. A plan of days when there were other communes is shown on today's, each of which
stands for those that went into it.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from pathlib import Path

from django.urls import reverse

from units.models import Succession, Unit
from units.models.unit import reachable

from .rules import Standing, asked_units, standing_of

SOURCE = Path(__file__).parent / "data" / "tiles.toml"
# Of a hexagon that stands on a corner, in the units of the picture.
RADIUS = 30
_WIDE = sqrt(3) * RADIUS
_ORDER = list(Standing)


@cache
def places() -> dict[str, tuple[float, float]]:
    """{code of a commune: where the middle of its tile is}."""
    rows = tomllib.loads(SOURCE.read_text("utf-8"))["row"]
    return {
        code: (_WIDE * (column + 0.5 + row["row"] % 2 / 2), RADIUS * (1.5 * row["row"] + 1))
        for row in rows
        for code, column in row["tiles"].items()
    }


@dataclass
class Tile:
    """One commune of today: ``rows`` of ``asked_units`` in short, (unit, standing, late?, reduced?, postponed?, event)."""

    unit: Unit
    x: float
    y: float
    rows: list = field(default_factory=list)
    address: str = ""

    @property
    def standing(self) -> Standing | None:
        """How far it is: of several the least; None where the plan does not ask it."""
        found = {row.standing for row in self.rows}
        going = found - {Standing.STOPPED} or found
        return min(going, key=_ORDER.index, default=None)

    @property
    def is_late(self) -> bool:
        """Whether any of them is."""
        return any(row.is_late for row in self.rows)

    @property
    def look(self) -> str:
        """Its class."""
        if self.is_late:
            return "late"
        return self.standing.value if self.standing else "not_asked"

    @property
    def letter(self) -> str:
        """What stands large in it."""
        return f"{self.standing.letter}{'!' if self.is_late else ''}" if self.standing else ""

    @property
    def marks(self) -> str:
        """What stands small above that."""
        return "".join(
            mark
            for mark, name in (("R", "is_reduced"), ("H", "is_postponed"))
            if any(getattr(row, name) for row in self.rows)
        )

    @property
    def done(self) -> str:
        """How many of several have held theirs."""
        held = sum(row.standing in (Standing.HELD, Standing.REPORTED) for row in self.rows)
        return f"{held}/{len(self.rows)}" if len(self.rows) > 1 else ""

    @property
    def points(self) -> str:
        """The corners of the hexagon."""
        near, far, side = RADIUS * 0.48, RADIUS * 0.96, _WIDE * 0.48
        corners = [(0, -far), (side, -near), (side, near), (0, far), (-side, near), (-side, -near)]
        return " ".join(f"{self.x + right:.1f},{self.y + down:.1f}" for right, down in corners)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Its name without its kind, in one line or two: (height, words)."""
        name = self.unit.name.removeprefix("UBND ").split(" ", 1)[1]
        words = name.split()
        short = len(name) <= 9 or len(words) == 1
        cut = len(words) if short else (len(words) + 1) // 2
        parts = [" ".join(words[:cut]), " ".join(words[cut:])]
        return [(f"{self.y + 8 + 9 * place:.1f}", part) for place, part in enumerate(parts) if part]

    @property
    def title(self) -> str:
        """What it says to who points at it, or has it read out."""
        name = self.unit.name.removeprefix("UBND ")
        if not self.rows:
            return f"{name}: kế hoạch không đề nghị"
        told = [f"{len(self.rows)} xã cũ, {self.done} đã tổ chức"] if len(self.rows) > 1 else [self.standing.label]
        told += [words for words, name_ in _MARKS.items() if any(getattr(row, name_) for row in self.rows)]
        return f"{name}: {', '.join(told)}"

    @property
    def across(self) -> str:
        """Where the words stand, from the left."""
        return f"{self.x:.1f}"

    @property
    def top(self) -> str:
        """Where the letter stands, and above it the marks."""
        return f"{self.y - 5:.1f}"

    @property
    def tip(self) -> str:
        """Where the marks stand."""
        return f"{self.y - 18:.1f}"


_MARKS = {"quá hạn": "is_late", "rút gọn": "is_reduced", "hoãn": "is_postponed"}


@dataclass(frozen=True)
class _Row:
    unit: int
    standing: Standing
    is_late: bool
    is_reduced: bool
    is_postponed: bool
    event: int | None


@dataclass
class Map:
    """The tiles, the size of the picture, what each colour and letter means with how many tiles have it."""

    tiles: list[Tile]
    box: str
    legend: list[tuple]


def _earlier() -> dict[int, set[int]]:
    """{unit: those of before that went into it, wholly or in part, at any remove}. One query."""
    pairs = Succession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    pairs = list(pairs.order_by().values_list("successor", "predecessor"))
    return {key: reachable(key, pairs) for key in {new for new, _ in pairs}}


def members_of(code: str) -> set[int]:
    """Keys of the commune ``code`` and of all that went into it."""
    unit = Unit.objects.filter(code=code).first()
    return {unit.pk, *_earlier().get(unit.pk, ())} if unit else set()


def communes() -> list[tuple[str, str]]:
    """(code, name) of the communes of the map, by name. One query."""
    rows = Unit.objects.filter(code__in=places()).order_by("sort_text").values_list("code", "name")
    return [(code, name.removeprefix("UBND ")) for code, name in rows]


def map_of(plan, levels) -> Map:
    """The map of a plan. Three queries, however many units it asks."""
    facts = ("pk", "event__state", "is_late", "reduced_for", "postponed_for", "event__pk")
    asked = asked_units(plan, levels).filter(kind=Unit.Kind.COMMUNE).order_by("sort_text", "pk").values_list(*facts)
    rows = {
        key: _Row(key, standing_of(state), late, reduced is not None, postponed is not None, event)
        for key, state, late, reduced, postponed, event in asked
    }
    earlier, tiles = _earlier(), []
    for unit in Unit.objects.filter(code__in=places()).order_by("sort_text"):
        tile = Tile(unit, *places()[unit.code])
        tile.rows = [rows[key] for key in sorted({unit.pk, *earlier.get(unit.pk, ())}) if key in rows]
        tile.address = _address(plan, tile)
        tiles.append(tile)
    return Map(tiles, _box(), _legend(tiles))


def _address(plan, tile) -> str:
    """The conference of a tile; the list of those of several; the unit where there is none."""
    if len(tile.rows) == 1 and tile.rows[0].event:
        return reverse("conference", args=[tile.rows[0].event])
    if tile.rows:
        return f"{reverse('plan_progress', args=[plan.pk])}?xa={tile.unit.code}"
    return tile.unit.get_absolute_url()


def _box() -> str:
    found = places().values()
    left, right = min(x for x, _ in found) - RADIUS, max(x for x, _ in found) + RADIUS
    top, bottom = min(y for _, y in found) - RADIUS, max(y for _, y in found) + RADIUS
    return f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"


def _legend(tiles) -> list[tuple]:
    """(class, letter, words, how many tiles)."""
    known = [(one.value, one.letter, one.label, sum(tile.standing == one for tile in tiles)) for one in Standing]
    return [
        *known,
        ("late", "!", "Quá hạn", sum(tile.is_late for tile in tiles)),
        ("plain", "R", "Đã rút gọn", sum("R" in tile.marks for tile in tiles)),
        ("plain", "H", "Đã hoãn", sum("H" in tile.marks for tile in tiles)),
    ]
