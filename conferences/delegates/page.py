"""What the pages of delegates share: the rows with all that is told of them, the frame, what a column shows."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html

from units.columns import Column, InFile, OnPage, muted, state, toned
from units.permissions import may_write

from ..events import page as of_event
from ..events.models import Role
from ..plans.models import Trait
from .actions import keeps
from .models import Delegate, Delegation
from .qualifying import flags_of
from .rules import TRAIT_HEADINGS

_RELATED = (
    "event__unit", "event__plan", "event__level", "delegation__unit", "delegation__source__unit", "delegation__event__unit",
    "recipient__unit", "award__type", "award__decision",
)  # fmt: skip


def find_delegate(request, pk) -> Delegate:
    """A delegate whom this person may see; else 404."""
    rows = Delegate.objects.visible_to(request.user).select_related(
        *_RELATED, "instead_of", "by__unit", "first_scan__door"
    )
    return get_object_or_404(rows, pk=pk)


def find_delegation(request, pk) -> Delegation:
    """A delegation that this person may see; else 404."""
    rows = Delegation.objects.visible_to(request.user).select_related(
        "event__unit", "event__plan", "event__level", "unit", "source__unit", "source__level", "head"
    )
    return get_object_or_404(rows, pk=pk)


def frame(request, event, part="delegates") -> dict:
    """What every page of delegates says of where it is; ``part``: which pill is on."""
    level = event.level
    return of_event.frame(request, event, "delegates") | {
        "part": part,
        "keeps": keeps(event, request.user),
        "sends_up": event.plan_id is not None and not (level and level.is_congress) and may_write(request.user)
        and event.is_kept_by(request.user),
    }  # fmt: skip


def sends(request, delegation) -> bool:
    """Whether this person has to do with ``delegation`` for the conference below that sends it, not for the one it comes to."""
    if delegation is None or delegation.source_id is None or keeps(delegation.event, request.user):
        return False
    return delegation.source.is_kept_by(request.user)


def frame_of(request, row) -> dict:
    """Where the page of a delegate is: at the conference, or within the one that sends, which alone the sender may be to see."""
    if sends(request, row.delegation):
        return frame(request, row.delegation.source, "upward")
    return frame(request, row.event)


def kept(request, pk):
    """A conference on whose delegates this person decides; 403 for who may only read."""
    event = of_event.find(request, pk)
    if not keeps(event, request.user):
        raise PermissionDenied(
            f"Danh sách đại biểu do cán bộ của {event.unit} lập. Cần thay đổi, hãy liên hệ đơn vị đó."
        )
    return event


def rows_of(event, user):
    """The delegates of ``event`` whom ``user`` may see, with all that a list tells of them."""
    rows = Delegate.objects.filter(event=event).visible_to(user)
    return rows.select_related("delegation__unit", "recipient__unit", "award__type").order_by("sort_text", "pk")


# --- Columns


def trait_words(row) -> str:
    """What is counted of one, in words."""
    return ", ".join(Trait(trait).label.partition(" (")[0] for trait in row.traits)


def ground(row) -> str:
    """What qualifies one, else why the person is sent."""
    return f"{row.award.title} năm {row.award.year}" if row.award_id else row.reason


def _shown_ground(event, own):
    def shown(row):
        told = flags_of(row, event, own) if row.state in Delegate.COUNTED else []
        if told:
            return format_html("{}<div>{}</div>", ground(row), toned("late", told[0]))
        if row.award_id or not row.reason:
            return ground(row)
        return format_html('{} <span class="muted">(chưa có khen thưởng)</span>', row.reason)

    return shown


def _mark_of(trait):
    return lambda row: "x" if trait in row.traits else ""


def _role_and_duty(row) -> str:
    return row.get_duty_display() or row.get_role_display().removeprefix("Đại biểu ").capitalize()


def arrival(row):
    """When one came in at the door; where not, that one is not there. Reads ``first_scan``."""
    return f"{timezone.localtime(row.first_scan.at):%H:%M %d/%m}" if row.first_scan else muted("Vắng")


def arrivals_of(rows) -> list[Column]:
    """The column of who of ``rows`` came when, and why not, once one has come or is excused; reads ``first_scan__door``."""
    if not any(row.first_scan_id or row.absence for row in rows):
        return []

    def shown(row):
        return arrival(row) if row.state in Delegate.COUNTED else ""

    def note(row):
        return row.absence or (row.first_scan.door.name if row.first_scan else "")

    return [OnPage("Đến lúc", shown, note=note, look="nowrap", label="Đến lúc")]


def _place(row) -> str:
    return " · ".join(filter(None, (row.post, row.workplace, str(row.birth_year or ""))))


def columns_of(event, own=(), *, with_delegation=True) -> list[Column]:
    """The columns of a list of delegates of ``event``; those of the file have the headings that an Excel list comes in with."""
    of_delegation = [
        Column("Đoàn", "delegation.unit.name", label="Đoàn", sort="doan"),
    ] if with_delegation else []  # fmt: skip
    return [
        Column("Họ và tên", "name", main=True, note=_place, sort="ten"),
        InFile("Xưng hô", "address"),
        InFile("Chức vụ", "post"),
        InFile("Đơn vị công tác", "workplace"),
        *of_delegation,
        OnPage("Là", _role_and_duty, label="Là"),
        InFile("Là", "get_role_display"),
        InFile("Nhiệm vụ", "get_duty_display"),
        InFile("Năm sinh", "birth_year"),
        *(InFile(heads[0], _mark_of(trait)) for trait, heads in TRAIT_HEADINGS.items()),
        OnPage("Căn cứ", ground, shown=_shown_ground(event, own), label="Căn cứ"),
        InFile("Khen thưởng", lambda row: f"{row.award.title} năm {row.award.year}" if row.award_id else ""),
        InFile("Lý do cử", "reason"),
        InFile("Số thẻ", "number"),
        InFile("Chỗ ngồi", "seat"),
        Column("Trạng thái", state),
    ]


def headline(event) -> list[tuple[str, int, int | None]]:
    """(role, how many counted, how many planned) of a conference. Two queries."""
    planned = {row.role: row.number for row in event.headcounts.all()}
    asked = Delegate.objects.filter(event=event).counted().order_by().values_list("role").annotate(number=Count("pk"))
    found = dict(asked)
    return [
        (role.label, found.get(role.value, 0), planned.get(role.value))
        for role in Role
        if role in (Role.OFFICIAL, Role.GUEST) or role.value in found
    ]
