"""What becomes of a logged activity: drafted and edited by who leads the cluster, reported, acknowledged or returned.

Source: Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016 (the activities of a cluster within the year).
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE, Steps, Who
from documents.uploads import drop_left
from units.permissions import may_manage

from ..area import keep
from ..divisions.models import Membership
from ..log import About
from .models import OF_ACTIVITY, Activity, ActivityFile, Attendance, Election

State = Activity.State
_FACTS = ["kind", "title", "held_on", "place", "chair", "secretary", "decided"]
_HOURS = ["held_at", "ended_at"]
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


LEADING = Who(lambda row, user: row.cluster.is_led_by(user), lambda row: f"trưởng, phó trưởng của {row.cluster}")
DEPARTMENT = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
STEPS = Steps(
    Activity, "hoạt động", about=About.ACTIVITY, address="activity_step", related=["cluster__division"],
    words=lambda row: {"Trạng thái": row.get_state_display()},
    away=lambda row: reverse("cluster_activities", args=[row.cluster_id]),
)  # fmt: skip


# --- Logged


@transaction.atomic
def save(activity, parts: Parts, *, by, seen_version: int | None = None) -> Activity:
    """Store a new activity, or a changed one that was not reported or was returned, with its parts.

    ``seen_version`` is the version that the writer had on screen. Raises ``Refused``, ``Stale``, and
    ``documents.uploads.UploadRefused`` for a file.
    """
    if not activity.pk:
        return _begin(activity, parts, by)
    return edit(activity, by=by, seen_version=seen_version, typed=activity, parts=parts)


def _begin(activity, parts, by):
    if not LEADING.may(activity, by):
        raise Refused(f"Chỉ trưởng, phó trưởng của {activity.cluster} ghi được hoạt động của cụm, khối này.")
    _refuse_facts(activity, parts)
    activity.unit, activity.author = by.unit, by
    activity.save()
    _store(activity, parts, by)
    STEPS.tell(activity, "begin", "Ghi hoạt động", by=by, after=_words(activity))
    return activity


@STEPS.step("edit", "Sửa", [State.DRAFT, State.RETURNED], who=LEADING, form=None, words=_words, then=drop_left)
def edit(activity, *, by, typed, parts):
    """Everything as in ``typed``, an activity, and ``parts``."""
    for name in [*_FACTS, *_HOURS]:
        setattr(activity, name, getattr(typed, name))
    activity.title = activity.title or activity.get_kind_display()
    _refuse_facts(activity, parts)
    activity.left = [row.upload for row in activity.files.filter(pk__in=parts.dropped).select_related("upload")]
    _store(activity, parts, by)


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
    activity.files.filter(pk__in=parts.dropped).delete()
    for row in activity.files.all():
        row.caption = parts.captions.get(row.pk, row.caption)
        row.save()
    for file in parts.files:
        ActivityFile.objects.create(activity=activity, upload=keep(file, by=by), caption=parts.caption)


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


# --- Reported, and decided


@STEPS.step(
    "report", "Báo cáo Sở Nội vụ", [State.DRAFT, State.RETURNED], to=State.REPORTED, who=LEADING, look="primary",
    icon="send", told="Đã báo cáo Sở Nội vụ.",
)  # fmt: skip
def report(activity, *, by):
    """Tell the department of it, where it is complete and has happened."""
    if faults := faults_of(activity):
        raise Refused("Chưa báo cáo được. " + " ".join(faults))


@STEPS.step(
    "acknowledge", "Ghi nhận", [State.REPORTED], to=State.ACKNOWLEDGED, who=DEPARTMENT, look="primary",
    icon="circle-check", told="Đã ghi nhận.",
)  # fmt: skip
def acknowledge(activity, *, by):
    """The department takes note of it; nothing in it changes any more."""


@STEPS.step(
    "return", "Trả lại", [State.REPORTED], to=State.RETURNED, who=DEPARTMENT, needs_reason=True,
    button="Trả lại kèm lý do", told="Đã trả lại kèm lý do.", hint="Cụm thấy lý do này và sửa rồi báo cáo lại.",
)  # fmt: skip
def give_back(activity, *, by):
    """The department returns it, with what is to be mended."""


def _fault_of_discarding(activity, _user):
    if OF_ACTIVITY.under([activity.pk]).exists() or activity.ballots.exists():
        return "Hoạt động này đã có văn bản hoặc cuộc bỏ phiếu kèm theo nên không xóa được."
    return ""


@STEPS.step(
    "discard", "Xóa bản đang ghi", [State.DRAFT], to=GONE, who=LEADING, fault=_fault_of_discarding, words=_words,
    then=drop_left, look="ghost-danger", icon="trash", told="Đã xóa bản đang ghi.",
)  # fmt: skip
def discard(activity, *, by):
    """Take out a draft that was begun by mistake."""
    activity.left = [row.upload for row in activity.files.select_related("upload")]
