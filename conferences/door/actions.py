"""What the office does at the door: opens and closes links, takes scans back, notes why somebody is late or not there."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from documents.steps.refusing import Refused, first_of, refuse_stale, unless_taken
from documents.steps.stepping import Steps, Who
from units.permissions import may_write

from ..delegates.models import Delegate
from ..events.models import Event, Headcount
from ..log import About
from .models import Door, Scan
from .rules import OPENABLE, counted, times_fault
from .taking import settle

_NAMED, _BATCH = 20, 500
KEEPING = Who(
    lambda row, user: may_write(user) and row.event.is_kept_by(user), lambda row: f"cán bộ của {row.event.unit}"
)


def _moment(value) -> str:
    return f"{timezone.localtime(value):%H:%M %d/%m/%Y}" if value else ""


def _words(door):
    return {
        "Cửa": door.name,
        "Mở từ": _moment(door.since),
        "Đến": _moment(door.until),
        "Đóng lúc": _moment(door.closed_at),
    }


DOORS = Steps(
    Door, "cửa điểm danh", about=About.DOOR, words=_words, under="event", related=["unit"], address="door_step"
)


# --- Links


@transaction.atomic
def open_door(door, *, by) -> Door:
    """Store a new door with its link. Raises ``Refused``."""
    event = Event.objects.select_for_update(of=("self",)).select_related("unit").get(pk=door.event_id)
    door.event, door.by = event, by
    if not KEEPING.may(door, by):
        raise Refused(f"Cửa điểm danh do {KEEPING.words(door)} mở.")
    if event.state not in OPENABLE:
        raise Refused(f"Hội nghị «{event.get_state_display()}», không mở cửa điểm danh.")
    _store(door, door.give_link)
    DOORS.tell(door, "open", "Mở cửa điểm danh", by=by, of=door.pk, after=_words(door))
    return door


def _store(door, change=lambda: None):
    """Store a door whose times are right and whose name no other has."""
    door.name = door.name.strip()
    if fault := times_fault(door.event, door.since, door.until):
        raise Refused(*fault)
    change()
    with unless_taken("Hội nghị này đã có cửa tên ấy. Hãy đặt tên khác.", "name"):
        door.save()


@DOORS.step("edit", "Sửa cửa", OPENABLE, who=KEEPING, form=None)
def edit(door, *, by, typed):
    """Other name and times, of ``typed``, a door; the link stays."""
    door.name, door.since, door.until = typed.name, typed.since, typed.until
    _store(door)


def _is_over(door, user) -> str:
    return "Cửa này đã hết giờ. Hãy sửa giờ đóng trước." if timezone.now() > door.until else ""


@DOORS.step("renew", "Lập đường dẫn mới", OPENABLE, who=KEEPING, fault=_is_over,
            told="Đã lập đường dẫn mới. Máy dùng đường dẫn cũ không gửi được nữa, cho đến khi mở đường dẫn này.",
            hint="Khi mất điện thoại, lộ đường dẫn hoặc mở lại cửa đã đóng: đường dẫn cũ hết hiệu lực.")  # fmt: skip
def renew(door, *, by):
    """Another link; a door that was closed is open again."""
    door.closed_at = None
    door.give_link()
    return {"Đường dẫn": "lập mới"}


def _is_closed(door, user) -> str:
    return "Cửa này đã đóng." if door.closed_at else ""


@DOORS.step("close", "Đóng cửa", tuple(Event.State), who=KEEPING, fault=_is_closed,
            told="Đã đóng. Máy của cửa này tự xóa danh sách.",
            hint="Chờ máy gửi hết lượt quét rồi mới đóng: máy đã đóng không gửi thêm được.")  # fmt: skip
def close(door, *, by):
    """No phone works by it any more: each forgets the list."""
    door.closed_at = timezone.now()


def _has_no_scans(door, user) -> str:
    return "" if door.scans.filter(undone_at=None).exists() else "Cửa này không có lượt quét nào."


@DOORS.step("clear", "Thu lại mọi lượt quét", OPENABLE, who=KEEPING, needs_reason=True, fault=_has_no_scans,
            told="Đã thu lại mọi lượt quét của cửa này.",
            hint="Khi chạy thử trước ngày họp, hoặc quét nhầm hội nghị.")  # fmt: skip
def clear(door, *, by):
    """Take back all that it scanned until now: a rehearsal."""
    rows = door.scans.filter(undone_at=None)
    number, touched = rows.count(), set(rows.values_list("delegate", flat=True)) - {None}
    rows.update(undone_at=timezone.now())
    settle(door.event, touched)
    return {"Thu lại": f"{number} lượt quét"}


# --- Scans


@transaction.atomic
def take_back(scan, *, by) -> Scan:
    """Take one scan back: who was let in by it alone is not there any more. Raises ``Refused``."""
    event = Event.objects.select_for_update(of=("self",)).select_related("unit").get(pk=scan.event_id)
    found = Scan.objects.select_related("delegate", "door").get(pk=scan.pk)
    found.event = found.door.event = event
    if not KEEPING.may(found.door, by):
        raise Refused(f"Lượt quét do {KEEPING.words(found.door)} thu lại.")
    if found.undone_at:
        raise Refused("Lượt quét này đã thu lại rồi.")
    found.undone_at = timezone.now()
    found.save(update_fields=["undone_at"])
    settle(event, {found.delegate_id} - {None})
    DOORS.tell(
        found.door, "take_back", f"Thu lại lượt quét {found}", by=by, of=found.door_id, after={"Cửa": found.door.name}
    )
    return found


# --- Late, not there


@transaction.atomic
def excuse(event, keys, *, by, reason) -> int:
    """Note why delegates, by ``keys``, are late or do not come; an empty ``reason`` takes the note out. How many there were.

    Raises ``Refused``.
    """
    found = Event.objects.select_for_update(of=("self",)).select_related("unit").get(pk=event.pk)
    if not (may_write(by) and found.is_kept_by(by)):
        raise Refused(f"Lý do do cán bộ của {found.unit} ghi.")
    rows = list(counted(found).filter(pk__in=keys).order_by("pk"))
    if not rows:
        raise Refused("Hãy chọn ít nhất một đại biểu.")
    reason = reason.strip()
    Delegate.objects.filter(pk__in=[row.pk for row in rows]).update(absence=reason, version=F("version") + 1)
    names = first_of((row.name for row in rows), "người", most=_NAMED)
    DOORS.tell(_of(found), "excuse", "Ghi lý do vắng, đến muộn", by=by, after={"Đại biểu": names, "Vì": reason or "bỏ"})
    return len(rows)


def _of(event) -> Door:
    """A door of ``event`` that is none, for what is told of all its doors."""
    return Door(event=event)


@transaction.atomic
def count_present(event, *, by, seen_version) -> int:
    """Write how many came, by what they are, beside how many were planned; how many there are. Raises ``Refused``, ``Stale``."""
    found = Event.objects.select_for_update(of=("self",)).select_related("unit").get(pk=event.pk)
    if not (may_write(by) and found.is_kept_by(by)):
        raise Refused(f"Số có mặt do cán bộ của {found.unit} ghi.")
    if found.state not in OPENABLE:
        raise Refused(f"Hội nghị «{found.get_state_display()}», không ghi số có mặt được nữa.")
    refuse_stale(About.EVENT, found, seen_version)
    came: dict[str, int] = {}
    for role in counted(found).filter(first_scan__isnull=False).values_list("role", flat=True):
        came[role] = came.get(role, 0) + 1
    if not came:
        raise Refused("Chưa có đại biểu nào điểm danh.")
    rows = {row.role: row for row in found.headcounts.all()}
    for role in came.keys() - rows.keys():
        rows[role] = Headcount(event=found, role=role, number=0)
    for role, row in rows.items():
        row.came = came.get(role, 0)
        row.save()
    words = {row.get_role_display(): str(row.came) for row in rows.values()}
    DOORS.tell(_of(found), "count", "Ghi số có mặt vào số người dự", by=by, after=words)
    return sum(came.values())
