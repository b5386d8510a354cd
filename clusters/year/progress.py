"""How far each cluster has come with the duties of its year. Nobody ticks them off: what was logged shows it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from documents.duties.actions import Standing
from documents.models import Change

from ..activities.models import Activity
from ..ballots.models import Ballot
from ..divisions.models import Cluster, Membership
from ..log import About
from ..pacts.models import Pact
from ..scores.models import ScoreSheet
from ..scores.rules import OWN, VERIFY
from .models import Milestone

_Proof = Milestone.Proof
# Kinds of activities that show that the duty of the same name was done.
_KINDS = [kind for kind in Activity.Kind.values if kind in _Proof.values]
# What shows how far the scores are, in which states a sheet is that far, and the day it came to be.
_STAGES = [
    (_Proof.SELF_SCORES, ScoreSheet.SENT_STATES, "sent_at"),
    (_Proof.SCORES, [ScoreSheet.State.VERIFIED, ScoreSheet.State.SETTLED], "verified_at"),
]


@dataclass(frozen=True)
class Done:
    """That something was done, on which day where that is known, and the page that shows it."""

    on: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Cell:
    """One duty of one cluster."""

    milestone: Milestone
    standing: Standing
    done: Done | None


@dataclass(frozen=True)
class Row:
    """One cluster with all its duties, in their order; ``leader`` is its leader's membership, if it has one."""

    cluster: Cluster
    leader: Membership | None
    cells: list[Cell]

    @property
    def late(self) -> list[Milestone]:
        """What should have been done by now."""
        return [cell.milestone for cell in self.cells if cell.standing == Standing.LATE]

    @property
    def done(self) -> int:
        """How many duties are done."""
        return sum(cell.done is not None for cell in self.cells)


def progress(division, *, clusters=None, day: date | None = None) -> list[Row]:
    """The clusters of ``division`` that have members (or those of ``clusters``), each with its duties as of ``day``.

    Seven queries, however many there are.
    """
    day = day or timezone.localdate()
    rows = Cluster.objects.filter(division=division, parts=None).select_related("parent")
    if clusters is not None:
        rows = rows.filter(pk__in=clusters)
    milestones = list(division.milestones.select_related("guidance__type"))
    shown = _shown(division) if milestones else {}
    leaders = Membership.objects.filter(division=division, role=Membership.Role.LEADER).select_related("unit")
    led = {row.cluster_id: row for row in leaders}
    places = _places(milestones)
    return [
        Row(cluster, led.get(cluster.pk), [_cell(row, shown, places[row.pk], cluster.pk, day) for row in milestones])
        for cluster in rows
    ]


def _places(milestones) -> dict[int, int]:
    """{key: which of the duties with the same proof it is}: the second check is shown by the second one that was logged."""
    seen, places = {}, {}
    for row in milestones:
        places[row.pk] = seen.get(row.proof, 0)
        seen[row.proof] = places[row.pk] + 1
    return places


def _cell(milestone, shown, place, cluster, day) -> Cell:
    """How far ``cluster`` has come with one duty."""
    proofs = shown.get((milestone.proof, cluster), [])
    done = proofs[place] if place < len(proofs) else None
    if done is None:
        return Cell(milestone, Standing.LATE if milestone.due_on < day else Standing.OPEN, None)
    late = done.on is not None and done.on > milestone.due_on
    return Cell(milestone, Standing.DONE_LATE if late else Standing.DONE, done)


def _shown(division) -> dict:
    """{(proof, cluster): what shows it, the earliest first}."""
    found = {}
    for proof, cluster, done in (*_activities(division), *_pacts(division), *_scores(division), *_ballots(division)):
        found.setdefault((proof, cluster), []).append(done)
    return found


def _activities(division):
    rows = Activity.objects.filter(cluster__division=division, kind__in=_KINDS).told().order_by("held_on", "pk")
    for pk, kind, cluster, held_on in rows.values_list("pk", "kind", "cluster", "held_on"):
        yield kind, cluster, Done(held_on, reverse("activity", args=[pk]))


def _pacts(division):
    """Signed by all; on the day of the last signature."""
    rows = Pact.objects.filter(division=division, signed_on__isnull=False).exclude(cluster=None).order_by()
    for pk, cluster, signed_on in rows.values_list("pk", "cluster", "signed_on"):
        yield _Proof.PACT, cluster, Done(signed_on, reverse("pact", args=[pk]))


def _scores(division):
    """Of every member that stays and is not left out: sent to the cluster; verified by it. On the day of the last one."""
    rows = Membership.objects.filter(division=division).staying().order_by("cluster")
    rows = rows.annotate(sent_at=_ended(OWN), verified_at=_ended(VERIFY))
    rows = rows.exclude(sheet__disqualified__gt="").values("cluster", "sheet__state", "sent_at", "verified_at")
    for cluster, group in groupby(rows, key=itemgetter("cluster")):
        members = list(group)
        for proof, states, ended in _STAGES:
            if all(row["sheet__state"] in states for row in members):
                days = [timezone.localdate(row[ended]) for row in members if row[ended]]
                yield proof, cluster, Done(max(days, default=None))


def _ended(stage):
    """When a sheet was passed on at the end of ``stage``, the last time."""
    rows = Change.objects.filter(about=About.SCORES, key=OuterRef("sheet__pk"), what=stage.ends)
    return Subquery(rows.order_by("-at").values("at")[:1])


def _ballots(division):
    rows = Ballot.objects.filter(cluster__division=division, state=Ballot.State.COUNTED).order_by("held_on", "pk")
    for pk, cluster, held_on in rows.values_list("pk", "cluster", "held_on"):
        yield _Proof.BALLOT, cluster, Done(held_on, reverse("ballot", args=[pk]))
