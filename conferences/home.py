"""What the first page tells of conferences: what a unit has to plan, hold and report, what the department decides, near days."""

from datetime import timedelta

from django.db.models import Count, DateField, Exists, Func, Min, OuterRef, Q, TextField
from django.db.models.functions import Cast, Coalesce, StrIndex
from django.urls import reverse

from documents.areas import agenda
from documents.areas.waiting import Kind, Row
from units.models import Unit
from units.permissions import may_manage, may_oversee, may_write

from .area import CONFERENCES
from .delegates.qualifying import flagged
from .events.models import announced_to, kept_by
from .models import Change, Delegate, Delegation, Event, Level, Plan

State = Event.State
# Days before a conference from which on it is told that it is not ready.
SOON = 30


def _page(key) -> str:
    return reverse("conference", args=[key])


# --- A unit's own


def _to_begin(user, today):
    """Windows of plans that go on which ask the unit, which has begun nothing; the department for the congress as well."""
    if not user.unit_id:
        return Level.objects.none()
    place = StrIndex(Cast("unit_kinds", TextField()), user.unit.quoted_kind)
    rows = Level.objects.alias(place=place).filter(plan__state=Plan.State.ISSUED)
    begun = Event.objects.filter(plan=OuterRef("plan"), unit__in=user.inherited_units)
    not_there = Unit.objects.filter(pk=user.unit_id, founded__gt=OuterRef("ends_on"))
    own = Q(~Exists(begun), ~Exists(not_there), is_congress=False, place__gt=0, ends_on__lte=user.unit.last_day)
    if may_manage(user):
        own |= Q(~Exists(Event.objects.filter(plan=OuterRef("plan"), level=OuterRef("pk"))), is_congress=True)
    return rows.filter(own).order_by("ends_on", "pk")


def _begin(today, plan, name, level, begins_on, ends_on):
    note = f"{level} · từ {begins_on:%d/%m/%Y} đến {ends_on:%d/%m/%Y}"
    page = reverse("plan", args=[plan])
    return Row(name, page, note, "Lập hội nghị", reverse("begin_conference", args=[plan]), is_late=ends_on < today)


def _returned(user, today):
    """Those that came back from the department."""
    rows = Event.objects.kept_by(user).filter(state__in=[State.PLANNED, State.HELD]).exclude(returned_for="")
    return rows.order_by("day", "pk")


def _mend(today, key, name, why):
    return Row(name, _page(key), f"trả lại: {why[:120]}", "Sửa")


def _not_ready(user, today):
    """Those whose day is near, or gone, and that are not ready."""
    rows = Event.objects.kept_by(user).filter(state=State.PLANNED, returned_for="", day__lte=today + SOON)
    return rows.order_by("day", "pk")


def _prepare(today, key, name, day):
    return Row(name, _page(key), f"ngày {day:%d/%m/%Y}, chưa sẵn sàng", "Chuẩn bị", is_late=day < today)


def _over(user, today):
    """Those whose day has come and of which nothing is noted."""
    ended = Q(until__lte=today) | Q(until=None, day__lte=today)
    return Event.objects.kept_by(user).filter(ended, state=State.READY).order_by("day", "pk")


def _hold(today, key, name, day):
    note, page = f"ngày {day:%d/%m/%Y}, chưa ghi kết quả", reverse("hold_conference", args=[key])
    return Row(name, _page(key), note, "Ghi đã tổ chức", page, is_late=day < today)


def _to_report(user, today):
    """Those that were held and not reported."""
    return Event.objects.kept_by(user).filter(state=State.HELD, returned_for="").order_by("held_on", "pk")


def _report(today, key, name, held_on, days):
    due = held_on + timedelta(days=days or 30)
    note, page = f"tổ chức {held_on:%d/%m/%Y}, hạn báo cáo {due:%d/%m/%Y}", reverse("report_conference", args=[key])
    return Row(name, _page(key), note, "Báo cáo", page, is_late=due < today)


# --- The department's


def _asked(user, today):
    rows = Event.objects.filter(state=State.ASKED)
    return rows.order_by("day", "pk") if may_manage(user) else rows.none()


def _approve(today, key, name, unit, day):
    return Row(name, _page(key), f"{unit} · ngày {day:%d/%m/%Y}", "Duyệt", is_late=day < today)


class _DaysLater(Func):
    """The day so many days after another, both columns."""

    template, arg_joiner = "(%(expressions)s)", " + "

    def as_sqlite(self, compiler, connection, **context):
        """SQLite keeps days as words."""
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", '+' || ", **context
        )


def _unreported(user, today):
    """Those of others that were held and whose report is overdue by their plan, or after 30 days."""
    if not may_manage(user):
        return Event.objects.none()
    due = _DaysLater("held_on", Coalesce("plan__report_days", 30), output_field=DateField())
    rows = Event.objects.alias(due=due).filter(state=State.HELD, due__lt=today)
    return rows.exclude(pk__in=Event.objects.kept_by(user).order_by().values("pk")).order_by("held_on", "pk")


def _remind(today, key, name, unit, held_on, plan):
    page = reverse("plan_figures", args=[plan]) if plan else _page(key)
    return Row(
        name, _page(key), f"{unit} · tổ chức {held_on:%d/%m/%Y}", "Đôn đốc" if plan else "Xem", page, is_late=True
    )


def _flagged(user, today):
    rows = Change.objects.filter(state=Change.State.FLAGGED)
    return rows.order_by("at", "pk") if may_manage(user) else rows.none()


def _decide(today, kind, event, name, unit):
    page = reverse("conference_changes", args=[event])
    return Row(f"{Change.Kind(kind).label}: {name}", page, f"{unit} đề nghị", "Quyết định")


def _sent_up(user, today):
    """Delegations that were sent to a conference that this person keeps and whose list is not closed."""
    kept = Event.objects.kept_by(user).filter(state__in=Event.COMING).order_by().values("pk")
    return Delegation.objects.filter(event__in=kept, state=Delegation.State.SENT).order_by("sent_on", "pk")


def _accept(today, key, unit, event, sent_on):
    page = reverse("delegation", args=[key])
    return Row(f"Đoàn {unit}", page, f"{event} · gửi ngày {sent_on:%d/%m/%Y}", "Chốt danh sách")


def _doubtful(user, today):
    """Delegates of conferences to come whom this person lists and who died, lost what qualified them, whose unit ended."""
    rows = Delegate.objects.filter(kept_by(user, "event__"), event__state__in=Event.COMING)
    rows = flagged(rows, user.inherited_units)
    return rows.order_by("event__day", "sort_text", "pk")


def _look_at(today, key, name, event):
    return Row(name, reverse("delegate", args=[key]), f"đại biểu {event}", "Xem lại")


def _not_sent(user, today):
    """Delegations that a conference of this person chose, was held and has not sent."""
    rows = Delegation.objects.filter(state=Delegation.State.CHOOSING, source__state__in=Event.DONE)
    rows = rows.filter(event__state__in=Event.COMING, source__unit__in=user.inherited_units)
    return rows.order_by("event__day", "pk")


def _send(today, key, event, day):
    page = reverse("delegation", args=[key])
    return Row(f"Đại biểu dự {event}", page, f"tổ chức {day:%d/%m/%Y}", "Gửi danh sách", is_late=day <= today)


def _has_a_living_unit(user, today):
    return may_write(user) and user.unit.is_alive_on(today)


CONFERENCES.waits += [
    Kind(
        "Hội nghị kế hoạch đề nghị tổ chức", "conferences", _to_begin,
        ("plan_id", "plan__name", "name", "begins_on", "ends_on"), _begin, since="ends_on", asked=_has_a_living_unit,
    ),
    Kind(
        "Hội nghị bị trả lại", "conferences", _returned, ("pk", "name", "returned_for"), _mend, since="day",
    ),
    Kind(
        "Hội nghị sắp đến ngày, chưa sẵn sàng", "conferences", _not_ready, ("pk", "name", "day"), _prepare, since="day",
        more=lambda *columns: f"{reverse('conferences')}?state={State.PLANNED}",
    ),
    Kind(
        "Hội nghị đã đến ngày, chưa ghi kết quả", "conferences", _over, ("pk", "name", "day"), _hold, since="day",
        more=lambda *columns: f"{reverse('conferences')}?state={State.READY}",
    ),
    Kind(
        "Hội nghị đã tổ chức, chưa báo cáo", "conferences", _to_report, ("pk", "name", "held_on", "plan__report_days"),
        _report, since="held_on", more=lambda *columns: f"{reverse('conferences')}?state={State.HELD}",
    ),
    Kind(
        "Hội nghị chờ duyệt", "conferences", _asked, ("pk", "name", "unit__name", "day"), _approve, since="day",
        more=lambda *columns: f"{reverse('conferences')}?state={State.ASKED}",
    ),
    Kind(
        "Hội nghị của đơn vị quá hạn báo cáo", "conferences", _unreported,
        ("pk", "name", "unit__name", "held_on", "plan_id"), _remind, since="held_on",
        more=lambda *columns: f"{reverse('conferences')}?state={State.HELD}",
    ),
    Kind(
        "Đề nghị rút gọn, hoãn, dừng chờ quyết định", "conferences", _flagged,
        ("kind", "event_id", "event__name", "event__unit__name"), _decide, since="day",
        more=lambda *columns: f"{reverse('changes_of_conferences')}?state={Change.State.FLAGGED}",
    ),
    Kind(
        "Danh sách đại biểu gửi lên, chờ chốt", "conferences", _sent_up, ("pk", "unit__name", "event__name", "sent_on"),
        _accept, since="sent_on",
    ),
    Kind(
        "Đại biểu đã chọn, chưa gửi danh sách", "conferences", _not_sent, ("pk", "event__name", "event__day"), _send,
        since="event__day",
    ),
    Kind(
        "Đại biểu cần xem lại", "conferences", _doubtful, ("pk", "name", "event__name"), _look_at, since="event__day",
    ),
]  # fmt: skip


# --- Days that are near


def _days(user, today):
    """Conferences to come: of the own unit, of those under it, announced ones; for the department all. One line a day."""
    rows = Event.objects.filter(state__in=Event.COMING, day__range=(today, today + agenda.DAYS))
    if not may_oversee(user):
        own = (
            Q(unit__in=user.inherited_units) | Q(unit__superior__in=user.inherited_units)
            if user.unit_id
            else Q(pk=None)
        )
        rows = rows.filter(own | announced_to(user))
    found = rows.order_by().values("day").annotate(count=Count("pk"), key=Min("pk"), first=Min("name"))
    return found.order_by("day").values_list("day", "count", "key", "first")


def _day(day, count, key, name):
    if count == 1:
        return name, _page(key)
    return f"{count} hội nghị tổ chức", f"{reverse('conferences')}?tu={day:%d/%m/%Y}&den={day:%d/%m/%Y}"


def _closing(user, today):
    """Last days of windows of plans that go on: for the department all, for a unit its own."""
    rows = Level.objects.filter(plan__state=Plan.State.ISSUED, ends_on__range=(today, today + agenda.DAYS))
    if not may_manage(user):
        if not user.unit_id:
            return rows.none().values_list("ends_on", "plan_id", "name")
        place = StrIndex(Cast("unit_kinds", TextField()), user.unit.quoted_kind)
        rows = rows.alias(place=place).filter(place__gt=0)
    return rows.order_by("ends_on", "pk").values_list("ends_on", "plan_id", "name")


def _close(day, plan, name):
    return f"Hết thời gian tổ chức hội nghị: {name}", reverse("plan", args=[plan])


CONFERENCES.days.append(agenda.Days(_days, _day))
CONFERENCES.days.append(agenda.Days(_closing, _close))
