"""What a cluster did: logged by its leader unit, or a deputy in its stead, and acknowledged by the department."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.areas.papers import Papers
from documents.models import KeptFile, Upload
from units.models import Searched, Unit
from units.permissions import may_oversee
from units.text import searchable
from units.tones import Toned

from ..area import CLUSTERS
from ..divisions.models import Cluster, Membership


class Paper(StrEnum):
    """What is written of an activity."""

    INVITATION = "invitation"
    MINUTES = "minutes"


OF_ACTIVITY = Papers(CLUSTERS, "hoat-dong-cum", Paper)


class ActivityQuerySet(Searched):
    """Which activities a person may read, and what a search finds."""

    def visible_to(self, user):
        """The department: what was reported. Members: all of their cluster that was reported; who leads it, drafts as well."""
        if may_oversee(user):
            return self.exclude(state=Activity.State.DRAFT)
        mine = Cluster.objects.visible_to(user).values("pk")
        leading = Membership.objects.leading(user).values("cluster")
        return self.filter(~Q(state=Activity.State.DRAFT) | Q(cluster__in=leading), cluster__in=mine)

    def told(self):
        """Those that the department was told of and did not give back: what counts as done."""
        return self.filter(state__in=[Activity.State.REPORTED, Activity.State.ACKNOWLEDGED])


class Activity(models.Model):
    """One meeting, check, exchange or other act of a cluster."""

    class Kind(models.TextChoices):
        """What it was. The first ones prove a duty of the year (``Milestone``)."""

        PLAN = "plan", "Kế hoạch, quy chế của cụm"
        FIRST_MEETING = "first_meeting", "Họp triển khai đầu năm"
        SIGNING = "signing", "Ký kết giao ước"
        MIDYEAR = "midyear", "Sơ kết 6 tháng"
        CROSS_CHECK = "cross_check", "Kiểm tra chéo"
        YEAR_END = "year_end", "Hội nghị tổng kết"
        FILE = "file", "Gửi hồ sơ về Sở Nội vụ"
        MEETING = "meeting", "Họp khác"
        EXCHANGE = "exchange", "Giao lưu, học tập kinh nghiệm"
        CHARITY = "charity", "Hoạt động xã hội, từ thiện"
        OTHER = "other", "Hoạt động khác"

    class State(Toned):
        """How far it has come."""

        DRAFT = "draft", "open", "Đang ghi"
        REPORTED = "reported", "wait", "Đã báo cáo"
        RETURNED = "returned", "late", "Bị trả lại"
        ACKNOWLEDGED = "acknowledged", "done", "Đã ghi nhận"

    cluster = models.ForeignKey(Cluster, models.PROTECT, verbose_name="cụm, khối", related_name="activities")
    kind = models.CharField("hoạt động", max_length=20, choices=Kind)
    title = models.CharField(
        "tên gọi", max_length=200, blank=True, help_text="Để trống thì lấy tên của loại hoạt động."
    )
    held_on = models.DateField("ngày")
    held_at = models.TimeField("bắt đầu lúc", null=True, blank=True)
    ended_at = models.TimeField("kết thúc lúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.CharField("chủ trì", max_length=200, blank=True, help_text="Họ tên, chức vụ.")
    secretary = models.CharField("thư ký", max_length=200, blank=True, help_text="Người ghi biên bản: họ tên, chức vụ.")
    decided = models.TextField("nội dung, kết luận", max_length=20_000, blank=True)
    state = models.CharField("trạng thái", max_length=15, choices=State, default=State.DRAFT, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị ghi", editable=False, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    search_text = models.TextField(editable=False, default="")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động của cụm"
        verbose_name_plural = "hoạt động của cụm"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["cluster", "kind", "state"], name="activities_that_prove")]

    def __str__(self):
        return f"{self.title} ({self.held_on:%d/%m/%Y})"

    def save(self, *args, **kwargs):
        """Keep the words that it is found by; without a name of its own it has that of its kind."""
        self.title = self.title or self.get_kind_display()
        self.search_text = searchable(self.title, self.place, self.chair)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("activity", args=[self.pk])

    @property
    def is_gathering(self) -> bool:
        """Whether people come together for it: not a plan or a file that is sent."""
        return self.kind not in (self.Kind.PLAN, self.Kind.FILE)


class Attendance(models.Model):
    """Whether one member came."""

    class Came(Toned):
        """Present, excused, or absent without a word."""

        PRESENT = "present", "done", "Có mặt"
        EXCUSED = "excused", "wait", "Vắng có lý do"
        ABSENT = "absent", "late", "Vắng"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.PROTECT, verbose_name="đơn vị", related_name="attendances")
    came = models.CharField("có mặt", max_length=10, choices=Came)
    note = models.CharField("người dự, lý do vắng", max_length=200, blank=True)

    class Meta:
        verbose_name = "có mặt"
        verbose_name_plural = "có mặt"
        ordering = ["membership__unit__sort_text", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "membership"], name="member_comes_once")]

    def __str__(self):
        return f"{self.membership}: {self.get_came_display()}"

    @property
    def standing(self) -> Came:
        """Whether it came."""
        return self.Came(self.came)


class Election(models.Model):
    """Whom a year-end meeting elected to lead the cluster in the next year; its division takes them over."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="elections")
    membership = models.ForeignKey(Membership, models.PROTECT, verbose_name="đơn vị", related_name="elections")
    role = models.CharField("là", max_length=10, choices=Membership.Role)

    class Meta:
        verbose_name = "bầu trưởng, phó trưởng năm sau"
        verbose_name_plural = "bầu trưởng, phó trưởng năm sau"
        constraints = [
            models.UniqueConstraint(fields=["activity", "membership"], name="member_is_elected_once"),
            models.UniqueConstraint(fields=["activity"], condition=Q(role="leader"), name="one_leader_is_elected"),
            models.CheckConstraint(condition=Q(role__in=["leader", "deputy"]), name="elected_to_lead_or_be_deputy"),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.membership}"


class ActivityFile(KeptFile):
    """A photograph or paper of an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="files")
    upload = models.OneToOneField(Upload, models.CASCADE, verbose_name="tệp", related_name="activity_file")

    class Meta(KeptFile.Meta):
        verbose_name = "tệp của hoạt động"
        verbose_name_plural = "tệp của hoạt động"


def _seen_by(user):
    seen = Activity.objects.visible_to(user).order_by().values("pk")
    return ActivityFile.objects.filter(activity__in=seen).order_by().values("upload")


CLUSTERS.files.append(_seen_by)
