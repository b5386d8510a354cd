"""Duties of the year, and what shows that they were done."""

from datetime import date

from clusters.models import Activity, Milestone
from clusters.year.progress import progress

TODAY = date(2026, 11, 20)
Proof = Milestone.Proof


def duty(division, proof, due_on, **fields):
    return Milestone.objects.create(division=division, title=Proof(proof).label, proof=proof, due_on=due_on, **fields)


def logged(cluster, user, kind, held_on, state=Activity.State.REPORTED):
    return Activity.objects.create(
        cluster=cluster, kind=kind, held_on=held_on, state=state, unit=user.unit, author=user, title=f"Họp {held_on}"
    )


def standing(cluster):
    """The standing of the only duty."""
    (row,) = progress(cluster.division, clusters=[cluster.pk])
    (cell,) = row.cells
    return cell.standing


MANAGING = {"officer", "leader", "administrator"}
