"""What is known of recipients, as the plain values that eligibility is judged by; the same few queries for one and for 500."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, OuterRef, Subquery

from clusters.models import ScoreSheet
from units.figures import figure_text
from units.models import Succession
from units.models.unit import reachable

from ..catalogue.models import Whom
from ..eligibility import facts as plain
from ..recipients.models import BodyClass, Gender, Inheritance, PositionClass, Posting, Recipient
from .models import Authorship, Award, HeldPost, Pause, Rating, Team


def facts_of(recipients: Iterable[Recipient], predecessors=None) -> dict[int, plain.Facts]:
    """{key: what is known} of each of ``recipients``, which are main records. Thirteen queries at most.

    What was given to a second record of the same counts as to the first. What a unit was given that went wholly into another
    waits for the officer (``counts`` None) until there is a decision on it (``Inheritance``). ``predecessors``: what
    ``predecessors_of`` gives, where it is known already.
    """
    people = {row.pk: row for row in recipients}
    sources = _sources(people, predecessors_of(people) if predecessors is None else predecessors)
    keys = set().union(*(found for found in sources.values())) if sources else set()
    kinds = [_held, _ratings, _initiatives, _pauses, _teams, _terms]
    parts = [gather(keys) for gather in kinds]
    places = places_of(people.values())
    return {pk: _facts(row, sources[pk], parts, places.get(row.unit_id, ())) for pk, row in people.items()}


def _facts(row, sources, parts, places) -> plain.Facts:
    held, ratings, initiatives, pauses, teams, terms = (
        tuple(make(counts) for key, counts in sources.items() for make in part.get(key, ())) for part in parts
    )
    return plain.Facts(
        kind=row.kind,
        name=row.name,
        began_on=row.began_on,
        ended_on=row.ended_on,
        known_from=row.known_from,
        held=held,
        ratings=_one_a_year(ratings),
        initiatives=initiatives,
        pauses=pauses,
        teams=teams,
        terms=terms,
        is_woman=row.gender == Gender.FEMALE if row.gender else None,
        led={place.year: "province" if place.rank == 1 else "" for place in places} if row.is_unit else {},
        places=places if row.is_unit else (),
        may_receive_flags=row.may_receive_flags,
        groups=frozenset(_groups(row)),
    )


def _groups(row):
    """What some awards are for alone: as it was ticked, and what the class for the statistics says already."""
    yield from filter(None, (word.strip() for word in row.groups.split(",")))
    if row.position_class == PositionClass.BUSINESS:
        yield "scholar"
    if row.body_class == BodyClass.ENTERPRISE:
        yield "enterprise"


def _one_a_year(ratings):
    """Of several ratings of a year the one that counts: the unit's own stands before those of its predecessors."""
    own = {row.year for row in ratings if row.counts is True}
    return tuple(row for row in ratings if row.counts is True or row.year not in own)


# --- Whose records count for whom


def _sources(people, predecessors) -> dict[int, dict[int, bool | None]]:
    """{recipient: {record that its facts are read from: whether what it was given counts, None until somebody decides}}."""
    found = {pk: {pk: True} for pk in people}
    for pk, main in Recipient.objects.filter(merged_into__in=people).values_list("pk", "merged_into"):
        found[main][pk] = True
    for main, former, counts in predecessors:
        found[main].setdefault(former, counts)
    return found


def predecessors_of(people):
    """(recipient, record of a unit that went into its unit, whether that counts) of ``people``, {key: recipient}."""
    units = {row.unit_id: pk for pk, row in people.items() if row.is_unit}
    if not units:
        return
    pairs = Succession.objects.filter(in_part=False).exclude(predecessor=None).exclude(successor=None)
    back = [(new, old) for old, new in pairs.values_list("predecessor", "successor")]
    heirs = defaultdict(list)
    for unit, pk in units.items():
        for old in reachable(unit, back) - {unit}:
            heirs[old].append(pk)
    decided = {
        (row.recipient_id, row.predecessor_id): row.counts for row in Inheritance.objects.filter(recipient__in=people)
    }
    former = Recipient.objects.filter(is_unit=True, unit__in=heirs, kind=Whom.COLLECTIVE)
    for key, unit in former.values_list("pk", "unit"):
        for pk in heirs[unit]:
            yield pk, key, decided.get((pk, key))


# --- One kind each: {record: functions (counts) → plain value}


def _held(keys):
    rows = Award.objects.standing().filter(recipient__in=keys).select_related("type", "decision", "recipient")
    found = defaultdict(list)
    for row in rows.defer("decision__search_text", "decision__subject").order_by("year", "pk"):
        found[row.recipient_id].append(lambda counts, row=row: held(row, counts))
    return found


def held(row: Award, counts: bool | None = True) -> plain.Held:
    """One award as a plain value; reads its type and decision."""
    return plain.Held(
        award=row.type.code,
        year=row.year,
        decided_on=row.decided_on,
        number=row.decision.number,
        route=row.route,
        cancelled_on=row.cancelled_on,
        is_stripped=row.is_stripped,
        off_from=row.off_from,
        back_on=row.back_on,
        counts=counts,
        key=row,
    )


def _ratings(keys):
    found = defaultdict(list)
    for row in Rating.objects.filter(recipient__in=keys).select_related("recipient").order_by("year"):
        found[row.recipient_id].append(
            lambda counts, row=row: plain.Rating(row.year, row.level, row.paper, counts, row)
        )
    return found


def _initiatives(keys):
    found = defaultdict(list)
    rows = Authorship.objects.filter(recipient__in=keys).select_related("initiative", "used_in__type")
    for row in rows.order_by("initiative__year", "pk"):
        found[row.recipient_id].append(lambda counts, row=row: _initiative(row))
    return found


def _initiative(row):
    what = row.initiative
    used = (row.used_in.type.code, row.used_in.year) if row.used_in_id else None
    return plain.Initiative(what.name, what.scope, what.year, what.kind, what.recognised_on, what.number, used, what)


def _pauses(keys):
    found = defaultdict(list)
    for row in Pause.objects.filter(recipient__in=keys).order_by("since"):
        found[row.recipient_id].append(
            lambda counts, row=row: plain.Pause(row.kind, row.since, row.until, row.paper, row)
        )
    return found


def _teams(keys):
    found = defaultdict(list)
    for row in Team.objects.filter(recipient__in=keys).order_by("year"):
        found[row.recipient_id].append(
            lambda counts, row=row: plain.Team(
                row.year, row.members, row.completed, row.ldtt, row.cstdcs, row.warned, row
            )
        )
    return found


def _terms(keys):
    """Posts and services as they were recorded, and the posts of leaders among the places where a person worked."""
    found = defaultdict(list)
    for row in HeldPost.objects.filter(recipient__in=keys).order_by("since"):
        found[row.recipient_id].append(
            lambda counts, row=row: plain.Term(
                row.post, row.since, row.until, row.place, row.position_class, row.service, row.is_hard, row
            )
        )
    rows = Posting.objects.filter(recipient__in=keys, position_class__in=plain.CLASSES).select_related("unit")
    for row in rows.order_by("since", "pk"):
        found[row.recipient_id].append(
            lambda counts, row=row: plain.Term(
                row.post, row.since, row.until, row.unit.name, row.position_class, key=row
            )
        )
    return found


def places_of(recipients: Iterable[Recipient]) -> dict[int, tuple[plain.Place, ...]]:
    """{unit: how it stood in its cluster, year by year}, from scores that were settled; one query."""
    units = [row.unit_id for row in recipients if row.is_unit]
    if not units:
        return {}
    settled = ScoreSheet.objects.filter(state=ScoreSheet.State.SETTLED)
    others = (
        settled.filter(membership__cluster=OuterRef("membership__cluster")).order_by().values("membership__cluster")
    )
    sheets = settled.filter(membership__unit__in=units).select_related("membership__cluster__division")
    sheets = sheets.annotate(of=Subquery(others.annotate(number=Count("pk")).values("number")))
    found = defaultdict(tuple)
    for sheet in sheets.order_by("membership__division__year", "pk"):
        cluster = sheet.membership.cluster
        found[sheet.membership.unit_id] += (
            plain.Place(
                cluster.division.year, cluster.name, sheet.rank, sheet.of, figure_text(sheet.settled_total), sheet.disqualified,
                sheet,
            ),
        )  # fmt: skip
    return found
