"""What becomes of a logged activity: drafted and edited by who leads the cluster, reported, acknowledged or returned.

Source: Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016 (the activities of a cluster within the year).
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale
from documents.uploads import drop

from ..area import keep
from ..divisions.models import Membership
from ..log import About
from .models import Activity, ActivityFile, Attendance, Election

State = Activity.State
_FACTS = ["kind", "title", "held_on", "place", "chair", "secretary", "decided"]
# What the minutes of a gathering cannot do without.
_NEEDED = {"place": "địa điểm", "chair": "người chủ trì", "decided": "nội dung, kết luận"}


@dataclass
class Parts:
    """What is typed beside the activity itself: who came, who was elected, its files.

    ``came``: {membership: (whether it came or nothing, note)}; ``elected``: {membership: role}; ``captions``: {key of a
    kept file: its caption}; ``dropped``: keys of files taken out; ``files``: new ones, all with ``caption``.
    """

    came: dict = field(default_factory=dict)
    elected: dict = field(default_factory=dict)
    captions: dict = field(default_factory=dict)
    dropped: set = field(default_factory=set)
    files: list = field(default_factory=list)
    caption: str = ""


def expected(cluster, day):
    """The members whose coming is asked on ``day``."""
    return cluster.memberships.on(day).with_units()


def _held(activity, seen_version) -> Activity:
    """The activity as it stands, held until the transaction ends. Raises ``Stale``."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("cluster__division")
    found = rows.get(pk=activity.pk)
    refuse_stale(About.ACTIVITY, found, seen_version)
    return found


def _refuse_stranger(cluster, by):
    if not cluster.is_led_by(by):
        raise Refused(f"Chỉ trưởng, phó trưởng của {cluster} ghi được hoạt động của cụm, khối này.")


def _words(activity) -> dict:
    """Everything that was logged, in words, for before and after."""
    words = words_of(activity, _FACTS)
    for name, hour in (("Bắt đầu lúc", activity.held_at), ("Kết thúc lúc", activity.ended_at)):
        words[name] = f"{hour:%H:%M}" if hour else ""
    for row in activity.attendances.select_related("membership__unit"):
        words[str(row.membership)] = ", ".join(filter(None, [row.get_came_display(), row.note]))
    for row in activity.elections.select_related("membership__unit"):
        words[f"Bầu năm sau: {row.membership}"] = row.get_role_display()
    files = activity.files.select_related("upload")
    words["Tệp"] = "; ".join(f"{row.upload.name} ({row.caption})" if row.caption else row.upload.name for row in files)
    return words


@transaction.atomic
def save(activity, parts: Parts, *, by, seen_version: int | None = None) -> Activity:
    """Store a new activity, or a changed one that was not reported or was returned, with its parts.

    ``seen_version`` is the version that the writer had on screen. Raises ``Refused``, ``Stale``, and
    ``documents.uploads.UploadRefused`` for a file.
    """
    before = {}
    if activity.pk:
        stored = _held(activity, seen_version)
        _refuse_stranger(stored.cluster, by)
        if not stored.can_change:
            raise Refused(f"Hoạt động này {stored.get_state_display().lower()} nên không sửa được nữa.")
        before = _words(stored)
        activity.version, activity.state = stored.version + 1, stored.state
    else:
        _refuse_stranger(activity.cluster, by)
        activity.unit, activity.author = by.unit, by
    _refuse_facts(activity, parts)
    activity.save()
    _store(activity, parts, by)
    after = _words(activity)
    if before == after:
        # Nothing was changed, so what others have on screen is not stale.
        Activity.objects.filter(pk=activity.pk).update(version=stored.version)
        return activity
    record(About.ACTIVITY, activity, "Sửa" if before else "Ghi hoạt động", by=by, before=before, after=after)
    return activity


def fault_of_day(division, day) -> str:
    """Why nothing of the year of ``division`` can have happened on ``day``; nothing where it can."""
    if division.contains(day):
        return ""
    return (
        f"Ngày phải trong năm thi đua {division.year}: {division.span}. "
        "Hoạt động của năm khác thì ghi ở cụm, khối của năm đó."
    )


def _refuse_facts(activity, parts):
    """What cannot be stored, even as a draft."""
    fault = fault_of_day(activity.cluster.division, activity.held_on)
    if fault:
        raise Refused(fault, "held_on")
    if parts.elected and activity.kind != Activity.Kind.YEAR_END:
        raise Refused("Chỉ hội nghị tổng kết mới bầu trưởng, phó trưởng năm sau. Hãy bỏ trống ô này.", "leader")
    if parts.elected and Membership.Role.LEADER not in parts.elected.values():
        raise Refused("Đã ghi phó trưởng thì phải ghi cả đơn vị được bầu làm trưởng năm sau.", "leader")


def _store(activity, parts, by):
    """Put what was typed in the place of what was there; new files are added."""
    activity.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(activity=activity, membership=row, came=came, note=note)
        for row, (came, note) in parts.came.items()
        if came
    )
    activity.elections.all().delete()
    Election.objects.bulk_create(
        Election(activity=activity, membership=row, role=role) for row, role in parts.elected.items()
    )
    kept = list(activity.files.select_related("upload"))
    for file in parts.files:
        ActivityFile.objects.create(activity=activity, upload=keep(file, by=by), caption=parts.caption)
    for row in kept:
        row.caption = parts.captions.get(row.pk, row.caption)
        row.save()
    # Last: bytes that are gone do not come back with a transaction that fails.
    for row in kept:
        if row.pk in parts.dropped:
            drop(row.upload)


def faults_of(activity) -> list[str]:
    """What keeps an activity from being reported, in words."""
    faults = []
    if activity.held_on > timezone.localdate():
        faults.append(f"Ngày {activity.held_on:%d/%m/%Y} chưa đến.")
    if not activity.is_gathering:
        return faults
    missing = [words for name, words in _NEEDED.items() if not getattr(activity, name).strip()]
    if missing:
        faults.append(f"Chưa ghi {', '.join(missing)}.")
    told = set(activity.attendances.values_list("membership", flat=True))
    silent = [str(row) for row in expected(activity.cluster, activity.held_on) if row.pk not in told]
    if silent:
        faults.append(f"Chưa ghi có mặt hay vắng của {len(silent)} đơn vị: {', '.join(silent)}.")
    return faults


@transaction.atomic
def report(activity, *, by, seen_version: int | None = None) -> Activity:
    """Tell the department of it. Raises ``Refused`` for what is not complete or has not happened yet."""
    found = _held(activity, seen_version)
    _refuse_stranger(found.cluster, by)
    if not found.can_change:
        raise Refused(f"Hoạt động này {found.get_state_display().lower()}.")
    faults = faults_of(found)
    if faults:
        raise Refused("Chưa báo cáo được. " + " ".join(faults))
    return _move(found, State.REPORTED, "Báo cáo Sở Nội vụ", by)


def _decided(activity, by, seen_version) -> Activity:
    """A reported activity that ``by`` may decide on, held."""
    found = _held(activity, seen_version)
    if not found.may_be_decided_by(by):
        raise Refused(
            "Chỉ Sở Nội vụ ghi nhận hoặc trả lại hoạt động đã báo cáo."
            if found.state == State.REPORTED
            else f"Hoạt động này đang ở trạng thái «{found.get_state_display()}», không chờ ghi nhận."
        )
    return found


@transaction.atomic
def acknowledge(activity, *, by, seen_version: int | None = None) -> Activity:
    """The department takes note of it; nothing in it changes any more. Raises ``Refused``."""
    return _move(_decided(activity, by, seen_version), State.ACKNOWLEDGED, "Ghi nhận", by)


@transaction.atomic
def give_back(activity, *, by, reason: str, seen_version: int | None = None) -> Activity:
    """The department returns it, with what is to be mended. Raises ``Refused``."""
    found = _decided(activity, by, seen_version)
    if not reason.strip():
        raise Refused("Hãy ghi lý do trả lại, để cụm biết phải sửa gì.", "reason")
    return _move(found, State.RETURNED, "Trả lại", by, reason)


def _move(activity, state, act, by, reason="") -> Activity:
    before = {"Trạng thái": activity.get_state_display()}
    activity.state = state
    activity.version += 1
    activity.save()
    after = {"Trạng thái": activity.get_state_display()}
    record(About.ACTIVITY, activity, act, by=by, before=before, after=after, reason=reason)
    return activity


@transaction.atomic
def discard(activity, *, by) -> None:
    """Take out a draft that was begun by mistake. Raises ``Refused`` for one that was reported or has papers."""
    found = _held(activity, None)
    _refuse_stranger(found.cluster, by)
    if found.state != State.DRAFT:
        raise Refused("Hoạt động đã báo cáo thì không xóa. Cần sửa, đề nghị Sở Nội vụ trả lại.")
    if found.papers.exists() or found.ballots.exists():
        raise Refused("Hoạt động này đã có văn bản hoặc cuộc bỏ phiếu kèm theo nên không xóa được.")
    record(About.ACTIVITY, found, "Xóa bản đang ghi", by=by, before=_words(found))
    files = [row.upload for row in found.files.select_related("upload")]
    found.delete()
    for upload in files:
        drop(upload)
