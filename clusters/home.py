"""What the first page tells of clusters: all that waits for one person in the year's clusters, and the days that are near."""

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.http import urlencode

from documents.areas import agenda
from documents.areas.waiting import SHOWN, Group, Kind, Row
from units.acting import acts
from units.permissions import may_manage, may_oversee, may_write, sits_on_council
from units.questions import Question

from .area import CLUSTERS
from .ballots import actions as ballots
from .models import Activity, Ballot, Division, Membership, Milestone, Pact, ScoreSheet
from .pacts import actions as pacts
from .scores import actions as scoring
from .year.progress import progress

IN_FORCE = Division.State.IN_FORCE


def _current(today):
    """The latest division in force, and those before it whose year is not over."""
    announced = Division.objects.filter(state=IN_FORCE)
    latest = announced.order_by("-year").values("pk")[:1]
    return announced.filter(Q(pk=latest) | Q(ends_on__gte=today)).order_by().values("pk")


# --- What waits


def _reported(user, today):
    """For the department, what was reported to it."""
    found = Activity.objects.filter(state=Activity.State.REPORTED, cluster__division__in=_current(today))
    return found.order_by("updated_at", "pk") if may_manage(user) else found.none()


def _given_back(user, today):
    """For who leads a cluster, what came back from the department, which sees that elsewhere."""
    led = Membership.objects.leading(user).values("cluster")
    found = Activity.objects.filter(
        state=Activity.State.RETURNED, cluster__in=led, cluster__division__in=_current(today)
    )
    return found.none() if may_manage(user) else found


def _activity(verb):
    return lambda today, key, title, cluster, day, *year: Row(
        title, reverse("activity", args=[key]), f"{cluster} · {day:%d/%m/%Y}", verb
    )


_PACT_VERBS = {
    Pact.State.OPEN: "Ký",
    Pact.State.RETURNED: "Sửa",
    Pact.State.SIGNED: "Trình Hội đồng",
    Pact.State.SUBMITTED: "Ghi xác nhận",
}


def _pact(today, key, title, cluster, state):
    note = f"{cluster or 'Trưởng các khối, cụm'} · {pacts.WAITS[state]}"
    return Row(title, reverse("pact", args=[key]), note, _PACT_VERBS[state])


def _before_council(user, today):
    """For a member of the council, what was laid before it and waits for its word."""
    found = Pact.objects.filter(state=Pact.State.SUBMITTED).order_by("submitted_on", "pk")
    return found if sits_on_council(user) else found.none()


def _submitted(today, key, title, cluster, day):
    return Row(title, reverse("pact", args=[key]), f"{cluster or 'Trưởng các khối, cụm'} · trình {day:%d/%m/%Y}", "Đọc")


def _sheets(turn):
    return lambda user, today: scoring.waiting_for(user)[turn]


def _sheet(verb):
    return lambda today, key, unit, cluster, year: Row(
        unit, reverse("sheet", args=[key]), f"{cluster}, năm {year}", verb
    )


_BALLOT = ("award", "round")


def _vote(today, key, award, number, cluster, day):
    words = str(Ballot(award=award, round=number))
    return Row(words, reverse("vote", args=[key]), f"{cluster} · {day:%d/%m/%Y}", "Bỏ phiếu")


_STATES = {"fill": ScoreSheet.State.OPEN, "verify": ScoreSheet.State.SENT, "settle": ScoreSheet.State.VERIFIED}


def _scored(title, turn, verb):
    return Kind(
        title,
        "clusters",
        _sheets(turn),
        ("pk", "membership__unit__name", "membership__cluster__name", "membership__division__year"),
        _sheet(verb),
        since="membership__division__ends_on",
        more=lambda *columns: f"{reverse('scores', args=columns[3:])}?state={_STATES[turn]}",
        asked=lambda user, today: acts(user),
    )


CLUSTERS.waits += [
    Kind(
        "Hoạt động chờ ghi nhận",
        "clusters",
        _reported,
        ("pk", "title", "cluster__name", "held_on", "cluster__division__year"),
        _activity("Ghi nhận"),
        since="held_on",
        more=lambda *columns: f"{reverse('division_activities', args=columns[4:])}?state=reported",
    ),
    Kind(
        "Hoạt động bị trả lại",
        "clusters",
        _given_back,
        ("pk", "title", "cluster__name", "held_on"),
        _activity("Sửa lại"),
        since="held_on",
        is_late=True,
    ),
    Kind(
        "Giao ước thi đua",
        "clusters",
        lambda user, today: pacts.waiting_for(user),
        ("pk", "title", "cluster__name", "state"),
        _pact,
        since="division__ends_on",
    ),
    Kind(
        "Giao ước chờ Hội đồng xác nhận",
        "council",
        _before_council,
        ("pk", "title", "cluster__name", "submitted_on"),
        _submitted,
        since="division__ends_on",
        more=lambda *columns: reverse("council"),
        asked=lambda user, today: sits_on_council(user),
    ),
    _scored("Tự chấm điểm", "fill", "Chấm điểm"),
    _scored("Bảng điểm chờ thẩm định", "verify", "Thẩm định"),
    _scored("Bảng điểm chờ chốt", "settle", "Chốt điểm"),
    Kind(
        "Bỏ phiếu",
        "clusters",
        lambda user, today: ballots.waiting_for(user),
        ("pk", *_BALLOT, "cluster__name", "held_on"),
        _vote,
        since="held_on",
    ),
]


# --- What is late in the clusters that one leads: what was logged shows it, which no single question tells


_LED = Question(
    lambda user, today: (
        Membership.objects.leading(user)
        .filter(division__in=_current(today), division__milestones__due_on__lt=today)
        .values_list("division", "cluster")
        .distinct()
    )
)


def late_duties(user, today) -> list[Group]:
    """For who leads a cluster, the duties of the year that are late there."""
    if not may_write(user) or may_manage(user):
        return []
    led = dict(_LED(user, today))
    divisions = Division.objects.in_bulk(led) if led else {}
    return [
        group
        for division, cluster in led.items()
        for row in progress(divisions[division], clusters=[cluster])
        for group in _late_of(row)
    ]


def _late_of(row):
    url = reverse("cluster_progress", args=[row.cluster.pk])
    late = [Row(str(duty), url, f"hạn {duty.due_on:%d/%m/%Y}", "Làm", is_late=True) for duty in row.late]
    if late:
        yield Group(f"{row.cluster}: việc quá hạn", len(late), late[:SHOWN], url if len(late) > SHOWN else "", True)


CLUSTERS.waiting_groups.append(late_duties)


# --- Days that are near


def _held(user, today):
    """What clusters do; the same on one day is one line."""
    near = Activity.objects.visible_to(user).filter(held_on__range=(today, today + agenda.DAYS))
    # Who oversees all clusters sees those of a kind in one line, and has the page that lists them.
    line = ("held_on", "kind") if may_oversee(user) else ("held_on", "kind", "pk")
    return (
        near.order_by("held_on")
        .values(*line)
        .annotate(
            count=Count("pk"), key=Min("pk"), name=Min("title"), of=Min("cluster__name"), year=Max("cluster__division__year")
        )
        .values_list("held_on", "kind", "count", "key", "name", "of", "year")
    )  # fmt: skip


def _meeting(day, kind, count, key, name, of, year):
    if count == 1:
        return f"{of}: {name}", reverse("activity", args=[key])
    query = urlencode({"kind": kind, "tu": f"{day:%d/%m/%Y}", "den": f"{day:%d/%m/%Y}"})
    words = f"{count} khối, cụm: {Activity.Kind(kind).label}"
    return words, f"{reverse('division_activities', args=[year])}?{query}"


def _due(user, today):
    """Duties of the year: of the clusters that one is in, or of all."""
    near = Milestone.objects.filter(division__state=IN_FORCE, due_on__range=(today, today + agenda.DAYS))
    if not may_oversee(user):
        mine = Membership.objects.filter(unit__in=user.inherited_units, left_on=None)
        near = near.filter(division__in=mine.values("division"))
    return near.order_by("due_on", "pk").values_list("due_on", "title", "division__year")


def _votes(user, today):
    near = Ballot.objects.visible_to(user).filter(held_on__range=(today, today + agenda.DAYS))
    return near.exclude(state__in=Ballot.OVER).order_by("held_on", "pk").values_list("held_on", "pk", *_BALLOT)


CLUSTERS.days.append(agenda.Days(_held, _meeting))
CLUSTERS.days.append(
    agenda.Days(_due, lambda day, title, year: (f"Hạn của các cụm: {title}", reverse("milestones", args=[year])))
)
CLUSTERS.days.append(
    agenda.Days(
        _votes,
        lambda day, key, award, number: (
            f"{Ballot(award=award, round=number)}: bỏ phiếu",
            reverse("ballot", args=[key]),
        ),
    )
)
