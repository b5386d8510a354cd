"""Whom a paper is for: groups of units and single units, behind one kind of key each.

A key is ``kind:name``. The kinds here are by kind of unit, by field, by a list made by hand, and one unit; other areas
add their own (``Area.addressees``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from units.areas import areas
from units.models import Sector, Unit
from units.questions import Question

from ..area import PAPERS
from ..papers.models import KINDS, AddresseeGroup
from ..source.names import field_name


@dataclass(frozen=True)
class Provider:
    """Groups of one kind.

    ``choices(user, day)`` gives (name of the group, what is printed) for each group that ``user`` may write to;
    ``members(name, day)`` the units that it means on ``day``. A kind of which one paper names hundreds has instead
    ``together(names, day)``, which gives {name: units} in one query.
    """

    heading: str
    choices: Callable[..., Iterable[tuple[str, str]]]
    members: Callable[[str, date], Iterable[Unit]] | None = None
    together: Callable[[list[str], date], dict[str, list[Unit]]] | None = None

    def of_each(self, names: list[str], day: date) -> dict[str, list[Unit]]:
        """The units that each of ``names`` means on ``day``."""
        return self.together(names, day) if self.together else {name: list(self.members(name, day)) for name in names}


def _providers() -> dict[str, Provider]:
    return {kind: provider for area in areas() for kind, provider in area.addressees.items()}


def choices(user, day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that ``user`` may address a paper to on ``day``: [(heading, [(key, what is printed)])]."""
    found = []
    for kind, provider in _providers().items():
        rows = [(f"{kind}:{name}", label) for name, label in provider.choices(user, day)]
        if rows:
            found.append((provider.heading, rows))
    return found


def members(keys: Iterable[str], day: date) -> dict[str, list[Unit]]:
    """The units that each of ``keys`` means on ``day``, by name, in the order of the keys; none for a key that nobody knows
    any more. Single units are found in one query.
    """
    names, found = {}, {key: [] for key in keys}
    for kind, _, name in (key.partition(":") for key in found):
        names.setdefault(kind, []).append(name)
    providers = _providers()
    for kind in names.keys() & providers.keys():
        units = providers[kind].of_each(names[kind], day)
        found |= {f"{kind}:{name}": units.get(name, []) for name in names[kind]}
    return found


def resolve(keys: Iterable[str], day: date) -> dict[int, Unit]:
    """The units that any of ``keys`` means on ``day``, each once, in the order of the keys."""
    return {unit.pk: unit for units in members(keys, day).values() for unit in units}


_ALIVE_KINDS = Question(lambda user, day: Unit.objects.alive_on(day).order_by().values_list("kind").distinct())
_ALIVE_SECTORS = Question(
    lambda user, day: Sector.objects.filter(
        pk__in=Unit.objects.alive_on(day).order_by().values("sector").distinct()
    ).values_list("code", "name")
)
_ALIVE = Question(lambda user, day: Unit.objects.alive_on(day).values_list("code", "name"))
_OWN_LISTS = Question(lambda user, day: AddresseeGroup.objects.filter(owner=user.unit_id).values_list("pk", "name"))


def _kinds(user, day):
    alive = {kind for (kind,) in _ALIVE_KINDS(user, day)}
    return [(kind.value, label) for kind, label in KINDS.items() if kind in alive]


def _of_kind(name, day):
    return Unit.objects.alive_on(day).filter(kind=name, kind__in=KINDS)


def _sectors(user, day):
    rows = _ALIVE_SECTORS(user, day)
    return [(code, f"Các đơn vị thuộc lĩnh vực {field_name(name)}") for code, name in rows]


def _of_sector(name, day):
    return Unit.objects.alive_on(day).filter(sector__code=name)


def _lists(user, day):
    return [(str(pk), name) for pk, name in _OWN_LISTS(user, day)]


def _of_list(name, day):
    return Unit.objects.alive_on(day).filter(
        pk__in=AddresseeGroup.units.through.objects.filter(addresseegroup=name).values("unit")
    )


def _units(user, day):
    return _ALIVE(user, day)


def _singly(names, day):
    return {unit.code: [unit] for unit in Unit.objects.alive_on(day).filter(code__in=names)}


PAPERS.addressees["loai"] = Provider("Tất cả đơn vị cùng loại", _kinds, _of_kind)
PAPERS.addressees["linh-vuc"] = Provider("Theo lĩnh vực", _sectors, _of_sector)
PAPERS.addressees["danh-sach"] = Provider("Danh sách của cơ quan", _lists, _of_list)
PAPERS.addressees["don-vi"] = Provider("Từng đơn vị", _units, together=_singly)
