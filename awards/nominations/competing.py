"""What the program knows already of how those who are proposed competed: places and ballots of clusters, movements.

Taken over from there by the checks of a file and shown with the page it stands on; nobody types it again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from campaigns.models import Campaign, Joining, Result, Review
from clusters.models import Ballot, Candidate, Membership
from units.models import Unit

from ..catalogue.book import catalogue
from ..decisions.naming import Namer
from ..eligibility.facts import Movement
from ..records.facts import places_of
from .models import Dossier, Nomination

_BY_UNIT = {Unit.Kind.PROVINCE: "province", Unit.Kind.DISTRICT: "district", Unit.Kind.COMMUNE: "commune"}


# --- Movements


def movement_of(dossier: Dossier, day: date | None = None) -> Movement | None:
    """The movement in which a file proposes, as a fact of eligibility; None where it names none. Three queries.

    The unit chose those whom it proposes, where it joined; who is first in a movement nobody records, so a person says so.
    """
    campaign = dossier.campaign
    if campaign is None:
        return None
    joined = Joining.objects.filter(campaign=campaign, unit=dossier.unit_id).exists()
    return Movement(
        "nation" if campaign.level == Campaign.Level.NATION else _BY_UNIT.get(campaign.unit.kind, "unit"),
        campaign.begins_on, campaign.ends_on, _review_at(campaign, day or timezone.localdate()),
        is_chosen=joined or None, name=f"phong trào «{campaign.name}»", key=campaign,
    )  # fmt: skip


def _review_at(campaign, day) -> str:
    """Whether one proposes at its half-way or its final review; nothing where none is planned."""
    if campaign.state in (Campaign.State.FINAL, Campaign.State.COMMENDED, Campaign.State.CLOSED):
        return "final"
    kinds = {row.kind for row in campaign.reviews.all() if row.state != Review.State.STOPPED}
    if Review.Kind.FINAL in kinds and campaign.ends_on <= day:
        return "final"
    return "interim" if Review.Kind.INTERIM in kinds else ""


def results_of(dossier: Dossier):
    """What the unit told at the reviews of the movement of a file and sent, the latest first."""
    rows = Result.objects.filter(joining__campaign=dossier.campaign_id, joining__unit=dossier.unit_id)
    return rows.filter(sent_at__isnull=False).select_related("review__campaign").order_by("-sent_at")


# --- Ballots of clusters


@dataclass(frozen=True)
class Told:
    """What a sheet of scores or a ballot says of a unit; ``source``: the row whose page tells more."""

    words: str
    source: object


@dataclass
class Competed:
    """How a unit stood in its cluster in the year of a file; ``doubts``: what stands against the nomination, for a person."""

    told: list[Told]
    doubts: list[str]


def competed(rows: Iterable[Nomination]) -> dict[int, Competed]:
    """{key: how it stood} of those of ``rows`` that are for a unit; six queries at most, none where none is.

    Ballots on the very award that is proposed are held against it: not chosen in any round, not voted on, more than the seats.
    """
    mine = [row for row in rows if row.recipient.is_unit and row.recipient.unit_id]
    if not mine:
        return {}
    clusters = _clusters(mine)
    ballots = _ballots(set(clusters.values()))
    number = _numbers(mine, clusters) if ballots else {}
    places = places_of(row.recipient for row in mine)
    found = {}
    for row in mine:
        cluster = clusters.get((row.recipient.unit_id, row.dossier.year))
        own = found[row.pk] = _competed(row, ballots.get(cluster, ()), number.get((cluster, row.type_id), 0))
        stood = [one for one in places.get(row.recipient.unit_id, ()) if one.year == row.dossier.year]
        own.told[:0] = [Told(f"{one.words}.", one.key) for one in stood]
    return found


def _clusters(rows) -> dict[tuple[int, int], int]:
    """{(unit, year): the cluster that it competed in}."""
    units, years = {row.recipient.unit_id for row in rows}, {row.dossier.year for row in rows}
    found = Membership.objects.staying().filter(unit__in=units, division__year__in=years)
    return {(unit, year): cluster for unit, year, cluster in found.values_list("unit", "division__year", "cluster")}


def _ballots(clusters) -> dict[int, list[tuple[Ballot, str]]]:
    """{cluster: its counted ballots, each with the code of the award it was about}."""
    candidates = Prefetch("candidates", Candidate.objects.select_related("membership"))
    rows = Ballot.objects.filter(cluster__in=clusters, state=Ballot.State.COUNTED).select_related("cluster")
    namer, found = Namer(catalogue(), "province"), defaultdict(list)
    for ballot in rows.prefetch_related(candidates).order_by("held_on", "round", "pk"):
        try:
            code = namer.code_of(ballot.award)
        except ValueError:
            code = ""
        found[ballot.cluster_id].append((ballot, code))
    return found


def _numbers(rows, clusters) -> dict[tuple[int, int], int]:
    """{(cluster, award): how many of its members are proposed for it in the year}, in files that were sent or are asked about."""
    wanted = Membership.objects.staying().filter(cluster__in=set(clusters.values()))
    members = {(unit, year): cluster for unit, year, cluster in wanted.values_list("unit", "division__year", "cluster")}
    going = Nomination.objects.exclude(state__in=Nomination.LOST).exclude(dossier__state__in=Dossier.OWN)
    going = going.filter(
        recipient__is_unit=True,
        recipient__unit__in={unit for unit, _ in members},
        type__in={row.type_id for row in rows},
    )
    proposed = set(going.order_by().values_list("recipient__unit", "dossier__year", "type"))
    proposed |= {(row.recipient.unit_id, row.dossier.year, row.type_id) for row in rows}
    found = defaultdict(int)
    for unit, year, award in proposed:
        if cluster := members.get((unit, year)):
            found[cluster, award] += 1
    return found


def _competed(row, ballots, number) -> Competed:
    about = [ballot for ballot, code in ballots if code == row.type.code]
    told = [(ballot, _candidate(row, ballot)) for ballot, _ in ballots]
    told = [(ballot, one) for ballot, one in told if one or ballot in about]
    choices = [Told(f"{_head(ballot)}: {_votes(ballot, one)}.", ballot) for ballot, one in told]
    doubts = []
    if about and not any(one and one.chosen for ballot, one in told if ballot in about):
        ballot, one = next(pair for pair in reversed(told) if pair[0] in about)
        doubts.append(f"Cụm, khối không đề nghị: {_head(ballot)}, {_votes(ballot, one)}.")
    if about and number > about[0].seats:
        most = f"{number:02} đơn vị được đề nghị danh hiệu này, chỉ tiêu {about[0].seats:02}"
        doubts.append(f"{about[0].cluster.name}: {most} (bỏ phiếu ngày {about[0].held_on:%d/%m/%Y}).")
    return Competed(choices, doubts)


def _candidate(row, ballot):
    """How the unit of a nomination stood in a ballot; None where nobody proposed it there."""
    return next((one for one in ballot.candidates.all() if one.membership.unit_id == row.recipient.unit_id), None)


def _head(ballot) -> str:
    return f"{ballot.cluster.name} bỏ phiếu {str(ballot)[:1].lower()}{str(ballot)[1:]} ngày {ballot.held_on:%d/%m/%Y}"


def _votes(ballot, one) -> str:
    if one is None:
        return "không giới thiệu đơn vị này"
    end = "được đề nghị" if one.chosen else f"cần {ballot.needed} phiếu, nhiều nhất {ballot.seats} đơn vị"
    return f"{one.agreed}/{ballot.entitled} phiếu, {end}"
