"""The areas of the program. Each is one object, by which the rest of the program knows it; the rest names none of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_AREAS: list["Area"] = []


@dataclass(eq=False)
class Area:
    """One area: ``name`` stands at its files and never changes. Its rooms fill the rest while the program starts.

    ``papers``: {kind of paper: function (document, state) that hears of each}, see ``documents.areas.papers``.
    ``paper_facts``: {kind of paper: function (document, user) → [(label, words or link)]}, what a page tells of its subject.
    ``records``: {kind of record: ``documents.areas.records.Records``}, whose facts fill the gaps of texts; ``paper_records``:
    {kind of paper: (records, key of the paper's subject → key of the record)}.
    ``files``: functions (user) → keys of the uploads of its records that ``user`` may fetch.
    ``waits``: kinds of things that wait for a person, ``waiting_groups``: functions (user, today) → groups of what waits,
    ``days``: days that are near; see ``documents.areas``.
    ``addressees``: {kind of key: provider of groups that papers are addressed to}, see ``documents.deliveries.addressees``.
    ``duty_parts``: functions (assignment, user) → (template, what it shows) on the page of a unit's duty, or None.
    ``searches``: how its things are found, see ``units.finding``.
    ``council_parts``: functions (user) → (template, what it shows) on the desk of the council, or None.
    ``unit_parts``: functions (unit, user) → what the page of a unit shows of it, see ``units.unit_parts``, or None.
    """

    name: str
    title: str
    papers: dict[str, Callable] = field(default_factory=dict)
    paper_facts: dict[str, Callable] = field(default_factory=dict)
    records: dict = field(default_factory=dict)
    paper_records: dict[str, tuple] = field(default_factory=dict)
    files: list[Callable] = field(default_factory=list)
    waits: list = field(default_factory=list)
    waiting_groups: list[Callable] = field(default_factory=list)
    days: list = field(default_factory=list)
    addressees: dict = field(default_factory=dict)
    duty_parts: list[Callable] = field(default_factory=list)
    searches: list = field(default_factory=list)
    council_parts: list[Callable] = field(default_factory=list)
    unit_parts: list[Callable] = field(default_factory=list)

    def __post_init__(self):
        _AREAS.append(self)


def areas() -> tuple[Area, ...]:
    """Every area, in the order of the apps."""
    return tuple(_AREAS)


def each(what: str) -> Iterator:
    """Everything that the areas have under ``what``, the name of a list of ``Area``, in the order of the apps."""
    return (one for area in _AREAS for one in getattr(area, what))
