"""Who has launched on the basis of a campaign, and who has not: for one campaign, and for all of a year beside each other."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from units.models import Unit

from ..campaign.models import Campaign

State = Campaign.State
# Pages of text that neither a table nor a count needs.
_LONG = ("aims", "contents", "criteria", "search_text")


@dataclass(frozen=True)
class Cell:
    """What one unit did on the basis of one campaign: its own, or nothing; ``asked``: whether it was asked to."""

    campaign: Campaign
    asked: bool
    child: Campaign | None = None

    @property
    def is_missing(self) -> bool:
        """Asked, and not launched yet; a draft does not count."""
        return self.asked and (self.child is None or self.child.is_draft)


@dataclass(frozen=True)
class Row:
    """A unit and its cells, in the order of the campaigns."""

    unit: Unit
    cells: list[Cell]


def children_of(campaigns, units, user) -> dict[tuple[int, int], Campaign]:
    """{(campaign, unit): what the unit made on its basis}, those that hold before drafts and stopped ones. One query.

    Drafts that ``user`` may not see count as nothing.
    """
    links = Campaign.parents.through.objects.filter(to_campaign__in=campaigns, from_campaign__unit__in=units)
    seen = Campaign.objects.visible_to(user).filter(state=State.DRAFT).order_by().values("pk")
    links = links.filter(~Q(from_campaign__state=State.DRAFT) | Q(from_campaign__in=seen))
    found = {}
    links = links.select_related("from_campaign__document__type").defer(*(f"from_campaign__{name}" for name in _LONG))
    for link in links.order_by("from_campaign__launched_on", "pk"):
        key, child = (link.to_campaign_id, link.from_campaign.unit_id), link.from_campaign
        if child.state not in (State.STOPPED, State.REPLACED) and (key not in found or found[key].is_draft):
            found[key] = child
    return found


def rows_of(campaign, units, user) -> list[Row]:
    """What each of ``units`` did on the basis of ``campaign``, as far as ``user`` may know."""
    found = children_of([campaign.pk], [unit.pk for unit in units], user)
    return [Row(unit, [Cell(campaign, True, found.get((campaign.pk, unit.pk)))]) for unit in units]


def of_year(year: int):
    """The campaigns of the province and the nation that units take up in ``year``; what asks nobody is not among them."""
    rows = Campaign.objects.held().in_year(year).exclude(level=Campaign.Level.UNIT).exclude(asked_kinds=[])
    return rows.order_by("launched_on", "pk").defer(*_LONG)


def matrix(campaigns, units, user) -> list[Row]:
    """A row for each of ``units`` with a cell for each of ``campaigns``. One query."""
    found = children_of([row.pk for row in campaigns], [unit.pk for unit in units], user)
    return [
        Row(unit, [Cell(row, asks(row, unit), found.get((row.pk, unit.pk))) for row in campaigns]) for unit in units
    ]


def asks(campaign, unit) -> bool:
    """Whether ``unit`` is one of ``campaign.asked_units()``."""
    return next(_asked_by(campaign, [unit]), None) is not None


def _asked_by(campaign, units):
    """Those of ``units`` that are among ``campaign.asked_units()``; no query."""
    day, kinds, is_of_unit = campaign.asked_day, set(campaign.asked_kinds), campaign.level == Campaign.Level.UNIT
    for unit in units:
        is_meant = unit.superior_id == campaign.unit_id if is_of_unit else unit.kind in kinds
        if is_meant and unit.pk != campaign.unit_id and unit.is_alive_on(day):
            yield unit


def launched_and_missing(campaigns, units) -> tuple[set[int], set[int]]:
    """Keys of those of ``units`` that launched on the basis of any of ``campaigns``, and that miss one which asks them.

    One query, however many campaigns and units.
    """
    children = Campaign.objects.held().filter(parents__in=[row.pk for row in campaigns])
    done = defaultdict(set)
    for parent, unit in children.order_by().values_list("parents", "unit"):
        done[parent].add(unit)
    # Most campaigns of a year ask the same units.
    asked, missing = {}, set()
    for row in campaigns:
        question = (row.asked_day, row.level, row.unit_id, *row.asked_kinds)
        if question not in asked:
            asked[question] = {unit.pk for unit in _asked_by(row, units)}
        missing |= asked[question] - done[row.pk]
    return set().union(*done.values()), missing


def missing_units(campaign):
    """The units that were asked and have launched nothing on its basis."""
    launched = Campaign.objects.filter(parents=campaign).held().values("unit")
    return campaign.asked_units().exclude(pk__in=launched)


def units_of_year(year: int, campaigns):
    """The units that existed at the end of ``year`` and that any of ``campaigns`` asks. One query to tell them."""
    kinds = {kind for row in campaigns for kind in row.asked_kinds}
    units = Unit.objects.alive_on(date(year, 12, 31)).filter(kind__in=kinds)
    known = list(units.only("pk", "kind", "superior", "founded", "ended"))
    asked = {unit.pk for row in campaigns for unit in _asked_by(row, known)}
    return units.filter(pk__in=asked)
