"""Where each unit stands that a plan asks for a conference: which of them, in which window, what became of it.

Source: công văn /UBND-KGVX tháng 02/2020, điểm 2 (each chooses its form; who serves against the epidemic may reduce; time as the
plan says).
"""

from datetime import timedelta

from django.db.models import BooleanField, Case, DateField, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from units.models import Unit
from units.tones import Toned

from ..changes.models import Change
from ..events.models import Event

State, Kind = Event.State, Change.Kind
_HOLDS = (Change.State.DONE, Change.State.ALLOWED)


class Standing(Toned):
    """How far the conference of a unit is; each with the letter that the map has for it."""

    NOT_BEGUN = "not_begun", "not_asked", "Chưa lập"
    PLANNED = "planned", "open", "Đang chuẩn bị"
    ASKED = "asked", "wait", "Chờ duyệt"
    READY = "ready", "open", "Sẵn sàng tổ chức"
    HELD = "held", "done_late", "Đã tổ chức, chưa báo cáo"
    REPORTED = "reported", "done", "Đã báo cáo"
    STOPPED = "stopped", "late", "Dừng tổ chức"

    @property
    def letter(self) -> str:
        """What stands for it where there is room for one letter."""
        return _LETTERS[self]


_LETTERS = {
    Standing.NOT_BEGUN: "–", Standing.PLANNED: "C", Standing.ASKED: "D", Standing.READY: "S", Standing.HELD: "T",
    Standing.REPORTED: "B", Standing.STOPPED: "X",
}  # fmt: skip


def windows_of(plan) -> list:
    """The levels of a plan whose units hold conferences of their own: all but the congress. One query."""
    return [level for level in plan.levels.all() if not level.is_congress]


def asked_units(plan, levels):
    """The units that ``plan`` asks in the windows ``levels``, each with ``event``, its conference, and where that stands.

    Asked is who is of the kind of a window and alive on its last day; whoever has a conference of the plan is among them.
    ``level_key``: of its window; ``opens_on``, ``closes_on`` its days. ``is_late``: the window is over and nothing was held, the
    day of the conference has passed, or the report is due. ``reduced_for``, ``postponed_for``, ``flagged``: reason of the last
    change of the kind that holds, kind of the one that waits for a decision. One query.
    """
    rows = Unit.objects.annotate(event=FilteredRelation("conferences", condition=Q(conferences__plan=plan)))
    rows = rows.filter(_meant(levels)).select_related("event", "superior")
    window = _by_level(levels, lambda level: level.pk)
    rows = rows.annotate(level_key=Coalesce("event__level", window) if window else F("event__level"))
    rows = rows.annotate(
        opens_on=_by_key(levels, lambda level: level.begins_on),
        closes_on=_by_key(levels, lambda level: level.ends_on),
        reduced_for=_reason(Kind.REDUCE),
        postponed_for=_reason(Kind.POSTPONE),
        flagged=_flagged(),
    )
    return rows.annotate(is_late=_is_late(plan))


def _meant(levels) -> Q:
    own = Q(event__kind__in=[kind for kind in Event.Kind if kind != Event.Kind.CONGRESS])
    for level in levels:
        alive = (Q(founded=None) | Q(founded__lte=level.ends_on)) & (Q(ended=None) | Q(ended__gte=level.ends_on))
        own |= Q(kind__in=level.unit_kinds) & alive
    return own


def _by_level(levels, value):
    """The key of the window of a unit by its kind, the first that names it."""
    cases = [When(kind__in=level.unit_kinds, then=Value(value(level))) for level in levels]
    return Case(*cases) if cases else None


def _by_key(levels, value):
    cases = [When(level_key=level.pk, then=Value(value(level))) for level in levels]
    return Case(*cases, output_field=DateField())


def _changes(**wanted):
    return Change.objects.filter(event=OuterRef("event__pk"), **wanted).order_by("-at", "-pk")


def _reason(kind):
    return Subquery(_changes(kind=kind, state__in=_HOLDS).values("reason")[:1])


def _flagged():
    return Subquery(_changes(state=Change.State.FLAGGED).values("kind")[:1])


def _is_late(plan):
    today = timezone.localdate()
    passed = Q(event__until__lt=today) | Q(event__until=None, event__day__lt=today) | Q(closes_on__lt=today)
    return Case(
        When(Q(event__pk=None, closes_on__lt=today), then=True),
        When(passed, event__state__in=Event.COMING, then=True),
        When(event__state=State.HELD, event__held_on__lt=today - timedelta(days=plan.report_days), then=True),
        default=False,
        output_field=BooleanField(),
    )


def event_of(row) -> Event | None:
    """The conference of a unit of ``asked_units``, which the relation leaves out where there is none."""
    return getattr(row, "event", None)


def standing_of(state) -> Standing:
    """How far a conference in ``state`` is; none at all has not begun."""
    return Standing(state) if state else Standing.NOT_BEGUN


def called(row) -> str:
    """The name of a unit of ``asked_units``; with its district where communes of other districts bear the same."""
    above = row.superior
    return f"{row.name}, {above.name.removeprefix('UBND ')}" if above and above.kind == Unit.Kind.DISTRICT else row.name


def late_words(row) -> str:
    """What a unit of ``asked_units`` is late with; nothing where it is not."""
    if not row.is_late:
        return ""
    event = event_of(row)
    if event is None:
        return f"Chưa tổ chức, hạn {row.closes_on:%d/%m/%Y}"
    if event.state == State.HELD:
        return f"Chưa báo cáo, tổ chức ngày {event.held_on:%d/%m/%Y}"
    return f"Quá ngày {event.last_day:%d/%m/%Y}, chưa ghi đã tổ chức"


def congress_of(plan, user) -> Event | None:
    """The congress of the province that a plan leads to, where there is one."""
    return Event.objects.visible_to(user).filter(plan=plan, kind=Event.Kind.CONGRESS).select_related("unit").first()
