"""What a conference must have before it is held: a day inside its window, the parts of its plan; when each part begins.

Sources: kế hoạch của UBND tỉnh (``plans``); công văn /UBND-KGVX tháng 02/2020, điểm 2 (the unit chooses the form); Hướng dẫn
1149/HD-BTĐKT ngày 18/6/2019 (full or delegate meeting by size).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from campaigns.models import Campaign, Review
from clusters.models import Activity, Membership
from documents.source.vietnamese import roman
from units.models import Unit
from units.permissions import may_manage, may_write
from units.workdays import Calendar

from ..plans.models import Level, Plan, Required
from ..plans.rules import day_faults, day_warnings, level_of, meeting_warning
from .models import Event, Part

_OF_PLACES = (Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE)
_BODIES = ("UBND ", "Ủy ban nhân dân ", "Uỷ ban nhân dân ")


def units_of(user, today: date) -> list[Unit]:
    """For which units this person begins conferences: the own one; who runs the year, for the province above it as well."""
    if not may_write(user):
        return []
    above = user.unit.superior if may_manage(user) else None
    units = [user.unit, *([above] if above and above.kind == Unit.Kind.PROVINCE else [])]
    return [unit for unit in units if unit.is_alive_on(today)]


@dataclass(frozen=True)
class Asked:
    """A conference that a plan asks a unit for, and the unit has not begun."""

    plan: Plan
    unit: Unit
    level: Level


def asked_of(user, today: date) -> list[Asked]:
    """What this person may begin under plans that are carried out: for the own unit; the department for the province too."""
    units = units_of(user, today)
    if not units:
        return []
    plans = list(Plan.objects.filter(state=Plan.State.ISSUED).prefetch_related("levels"))
    rows = Event.objects.filter(plan__in=plans, unit__in=[*units, *user.inherited_units])
    begun = set(rows.order_by().values_list("plan", "unit"))
    found = [
        (plan, unit, level_of(plan.levels.all(), unit))
        for plan in plans
        for unit in units
        if (plan.pk, unit.pk) not in begun
    ]
    return [Asked(plan, unit, level) for plan, unit, level in found if level]


# --- What no plan asks for

OTHER = (Event.Kind.REVIEW, Event.Kind.CLUSTER, Event.Kind.PRESENTATION)


def activities_for(user):
    """What clusters logged that this person may hold a conference of: of those that the own unit leads, each once."""
    leading = Membership.objects.leading(user).order_by().values("cluster")
    rows = Activity.objects.filter(cluster__in=leading, conference=None)
    return rows.exclude(kind__in=[Activity.Kind.PLAN, Activity.Kind.FILE]).order_by("-held_on", "-pk")


def reviews_for(user):
    """Reviews of campaigns of this person, open and held as conferences, each once."""
    rows = Review.objects.filter(campaign__in=Campaign.objects.kept_by(user).order_by().values("pk"), conference=None)
    rows = rows.filter(state=Review.State.OPEN, form=Review.Form.CONFERENCE)
    return rows.select_related("campaign").order_by("-planned_on", "-pk")


# --- Name, day, size


def place_of(unit: Unit) -> str:
    """The unit as names of conferences call it: the commune itself, not its committee."""
    name = unit.name
    if unit.kind in _OF_PLACES:
        name = next((name.removeprefix(body) for body in _BODIES if name.startswith(body)), name)
    return name


def name_for(form: str, unit: Unit, plan: Plan | None = None) -> str:
    """What a conference in ``form`` is called unless it is called otherwise."""
    years = f" giai đoạn {plan.serves_from} – {plan.serves_until}" if plan else ""
    number = f" lần thứ {roman(plan.number)}" if plan and unit.kind == Unit.Kind.PROVINCE else ""
    return f"{Event.Form(form).label} {place_of(unit)}{number}{years}"


# --- Programme


@dataclass(frozen=True)
class Timed:
    """A part of a programme with when it begins and ends; None where the conference has no hour yet."""

    part: Part
    begins: datetime | None
    ends: datetime | None
    opens_day: bool = False
    fault: str = ""


def timetable(event: Event, parts) -> list[Timed]:
    """``parts`` in their order, each beginning where the one before ends, unless it says when."""
    now = datetime.combine(event.day, event.begins_at) if event.begins_at else None
    found, today = [], None
    for part in parts:
        begins = _beginning(event, part, now)
        fault = "Bắt đầu trước khi phần trên kết thúc." if begins and now and begins < now else ""
        now = begins and begins + timedelta(minutes=part.minutes)
        if now and not fault and now.date() > event.last_day:
            fault = "Quá ngày cuối của hội nghị."
        opens = bool(event.until and begins and begins.date() != today)
        today = begins and begins.date()
        found.append(Timed(part, begins, now, opens, fault))
    return found


def _beginning(event, part, now):
    if part.begins_at is None:
        return now
    day = event.day + timedelta(days=part.on_day - 1) if part.on_day else (now.date() if now else event.day)
    return datetime.combine(day, part.begins_at)


def missing_parts(event: Event, there) -> list[Required]:
    """The parts that the plan asks and that none of the programme, whose ``required`` keys are ``there``, is."""
    if not event.plan_id:
        return []
    rows = event.plan.required.filter(kind=Required.Kind.PROGRAMME)
    return [row for row in rows if row.pk not in there]


# What rooms above know of who came: event → {role: how many}, empty where nobody was counted.
counted: list[Callable] = []


def came_to(event: Event) -> dict[str, int]:
    """{role: how many came}, as far as somebody counted them."""
    return next((found for found in (count(event) for count in counted) if found), {})


def cost_of(headcounts, number="number") -> int:
    """What so many people cost by head, in đồng; those who came by ``number="came"``."""
    return sum((getattr(row, number) or 0) * row.cost for row in headcounts)


def faults_of(event: Event) -> list[str]:
    """What keeps a conference from being ready, in words."""
    parts, faults = list(event.parts.all()), []
    if event.plan_id and not event.form:
        faults.append("Chưa chọn hình thức.")
    faults += day_faults(event.day, event.until, unit=event.unit, level=event.level).values()
    needed = {"begins_at": "giờ", "place": "địa điểm", "chair": "người chủ trì"}
    if missing := [words for name, words in needed.items() if not getattr(event, name)]:
        faults.append(f"Chưa ghi {', '.join(missing)}.")
    if not sum(event.headcounts.values_list("number", flat=True)):
        faults.append("Chưa ghi số người dự.")
    return faults + _faults_of_programme(event, parts)


def _faults_of_programme(event, parts):
    if not parts:
        return ["Chưa lập chương trình."]
    faults = [f"Chương trình, «{row.part.words}»: {row.fault}" for row in timetable(event, parts) if row.fault]
    if missing := missing_parts(event, {part.required_id for part in parts}):
        faults.append(f"Chương trình thiếu phần kế hoạch bắt buộc: {'; '.join(row.words for row in missing)}.")
    return faults


def doubts_about(event: Event) -> list[str]:
    """What keeps nobody from holding it, and is worth a look, in words; nothing once it was held."""
    if event.state not in Event.COMING:
        return []
    gone = f"Ngày {event.last_day:%d/%m/%Y} đã qua." if event.last_day < timezone.localdate() else ""
    meeting = meeting_warning(event.level, event.size, event.is_full)
    calendar = Calendar(event.day, event.last_day)
    return [told for told in (gone, *day_warnings(event.day, event.until, calendar), meeting) if told]
