"""What the first page tells of clusters: everything that waits for one person in the year's clusters, kind by kind."""

from django.urls import reverse
from django.utils import timezone

from documents import desk_parts
from documents.desk_parts import SHOWN, Group, Row
from units.permissions import may_manage, may_write

from . import ballots, pacts, scoring
from .models import Activity, Division, Membership
from .progress import progress


def part_for(user):
    """The part of the first page, or None."""
    if not may_write(user):
        return None
    groups = [
        group
        for group in [*_of_activities(user), *_of_pacts(user), *_of_scores(user), *_of_ballots(user)]
        if group.rows
    ]
    return ("documents/desk/_waiting_part.html", {"heading": "Khối, cụm thi đua", "groups": groups}) if groups else None


def _of_activities(user):
    """For the department what was reported; for who leads a cluster what is late there and what was returned."""
    for division in _current():
        yield from _of_department(division) if may_manage(user) else _of_leader(division, user)


def _current():
    """The latest division in force, and those before it whose year is not over."""
    announced = list(Division.objects.filter(state=Division.State.IN_FORCE))
    return announced[:1] + [row for row in announced[1:] if row.ends_on >= timezone.localdate()]


def _of_department(division):
    reported = Activity.objects.filter(cluster__division=division, state=Activity.State.REPORTED)
    more = f"{reverse('division_activities', args=[division.year])}?state=reported"
    yield Group("Hoạt động chờ ghi nhận", _activities(reported.order_by("updated_at", "pk")), more=more)


def _of_leader(division, user):
    mine = Membership.objects.leading(user).filter(division=division)
    clusters = list(mine.values_list("cluster", flat=True))
    if not clusters:
        return
    returned = Activity.objects.filter(cluster__in=clusters, state=Activity.State.RETURNED)
    yield Group("Hoạt động bị trả lại", _activities(returned), is_late=True)
    for row in progress(division, clusters=clusters):
        url = reverse("cluster_progress", args=[row.cluster.pk])
        late = [Row(str(duty), url, f"hạn {duty.due_on:%d/%m/%Y}") for duty in row.late]
        yield Group(f"{row.cluster}: việc quá hạn", late, is_late=True, more=url)


def _activities(found):
    return [
        Row(row.title, row.get_absolute_url(), f"{row.cluster} · {row.held_on:%d/%m/%Y}")
        for row in found.select_related("cluster")[: SHOWN + 1]
    ]


def _of_pacts(user):
    rows = [Row(str(pact), pact.get_absolute_url(), f"{pact.of} · {what}") for pact, what in pacts.waiting_for(user)]
    yield Group("Giao ước thi đua", rows)


_SHEETS = {"fill": "Tự chấm điểm", "verify": "Bảng điểm chờ thẩm định", "settle": "Bảng điểm chờ chốt"}


def _of_scores(user):
    for name, found in scoring.waiting_for(user).items():
        rows = [
            Row(
                str(row.membership),
                row.get_absolute_url(),
                f"{row.membership.cluster}, năm {row.membership.division.year}",
            )
            for row in found[: SHOWN + 1]
        ]
        yield Group(_SHEETS[name], rows)


def _of_ballots(user):
    found = ballots.waiting_for(user)
    yield Group("Bỏ phiếu", [Row(str(row), reverse("vote", args=[row.pk]), f"{row.held_on:%d/%m/%Y}") for row in found])


desk_parts.register(part_for)
