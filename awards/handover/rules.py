"""Which items are to be announced, collected, presented; who takes them where a unit ended; who comes when."""

from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from units.models import Succession, Unit
from units.models.unit import reachable
from units.tones import Toned
from units.workdays import Calendar

from ..items.models import Due
from .models import HandoverLine, Notice

State = Due.State
# A round of notices longer than this, or that begins so far ahead, is a slip of the pen.
LONGEST, FARTHEST = timedelta(days=92), timedelta(days=366)


class Stage(Toned):
    """What an item waits for on its way from the store to who is honoured."""

    ANNOUNCE = "chua-bao", "late", "Chưa thông báo"
    COLLECT = "chua-nhan", "wait", "Đã thông báo, chưa nhận"
    PRESENT = "chua-trao", "open", "Đã nhận, chưa trao"


def takes_for(unit, pairs=None) -> set[int]:
    """Keys of the units whose items ``unit`` may take: its own, those that went wholly into it, those directly under it."""
    own = unit.with_predecessors(pairs)
    return own | set(Unit.objects.filter(superior__in=own).order_by().values_list("pk", flat=True))


def live(dues):
    """Those of ``dues`` whose award counts."""
    return dues.filter(award__stands=True, award__cancelled_on=None)


def waiting_for(unit, keeper):
    """What lies in the store for ``unit`` to take, in the order of the decisions; the unit of ``keeper`` takes what belongs to
    none, of a foreigner say, and hands it on.
    """
    whose = Q(award__unit__in=takes_for(unit, keeper.whole_pairs))
    if unit.pk == keeper.unit_id:
        whose |= Q(award__unit=None)
    rows = live(Due.objects.filter(whose, state=State.RESERVED))
    return rows.order_by("award__decided_on", "award__decision", "award__position", "kind__position", "pk")


def _in_a_notice(notices):
    return Exists(Notice.dues.through.objects.filter(due=OuterRef("pk"), notice__in=notices.order_by().values("pk")))


def to_announce():
    """What lies in the store and stands in no notice."""
    rows = live(Due.objects.filter(state=State.RESERVED, award__unit__isnull=False))
    return rows.exclude(_in_a_notice(Notice.objects.standing()))


def outstanding(dues):
    """Those of ``dues`` that wait for something: ``stage``, and ``waits_since``, the day from which on they do."""
    sent = Notice.objects.sent().filter(dues=OuterRef("pk")).order_by("-sent_on").values("sent_on")[:1]
    planned = Q(award__presented__occasion__state="planned")
    absent = Q(award__presented__taken="later", award__presented__later_on=None)
    is_here, not_yet = Q(state=State.RESERVED), Q(award__presented__isnull=True) | planned | absent
    # What was given before the store was kept here has no handover, and was presented in its day.
    went = Exists(HandoverLine.objects.filter(due=OuterRef("pk"), returned=False))
    rows = live(dues).filter(is_here | (Q(went, state=State.HANDED) & not_yet))
    rows = rows.annotate(told_on=Subquery(sent, output_field=DateField()))
    return rows.annotate(
        stage=Case(
            When(state=State.HANDED, then=Value(Stage.PRESENT.value)),
            When(told_on=None, then=Value(Stage.ANNOUNCE.value)),
            default=Value(Stage.COLLECT.value),
        ),
        waits_since=Case(When(state=State.HANDED, then=F("since")), default=Coalesce("told_on", "since")),
    )


def heirs(keys, day: date) -> dict[int, Unit | None]:
    """Who takes for each of the units ``keys`` on ``day``: itself, or the one unit into which it went wholly; else None.

    Two queries.
    """
    pairs = [
        pair for pair in Succession.objects.filter(in_part=False).values_list("predecessor", "successor") if all(pair)
    ]
    after = {key: reachable(key, pairs) for key in keys}
    alive = Unit.objects.alive_on(day).in_bulk(set(keys).union(*after.values()))
    found = {}
    for key in keys:
        others = [alive[other] for other in after[key] if other in alive]
        found[key] = alive.get(key) or (others[0] if len(others) == 1 else None)
    return found


def turns(begins_on: date, ends_on: date, first_at: time, last_at: time, each: int):
    """The moments at which units come one after another: on working days from ``first_at``, each has ``each`` minutes, the
    last one done by ``last_at``.
    """
    calendar, step = Calendar(begins_on, ends_on), timedelta(minutes=each)
    for number in range((ends_on - begins_on).days + 1):
        day = begins_on + timedelta(days=number)
        moment, until = datetime.combine(day, first_at), datetime.combine(day, last_at)
        while calendar.works(day) and moment + step <= until:
            yield timezone.make_aware(moment)
            moment += step


def first_turns(facts, number: int) -> list[datetime]:
    """The first ``number`` turns of a round; fewer where it has not so many."""
    found = turns(facts.begins_on, facts.ends_on, facts.first_at, facts.last_at, facts.each)
    return list(islice(found, number))
