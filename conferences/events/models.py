"""One conference: whose, which form it takes, when and where, what it costs, programme, what became of it."""

from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Review
from clusters.models import Activity, Cluster
from documents.areas.papers import Papers
from documents.models import Document, KeptFile, Upload
from units.models import Searched, Unit
from units.permissions import may_oversee
from units.text import clean, searchable
from units.tones import Badged

from ..area import CONFERENCES
from ..plans.models import Form, Level, Plan, Required


class Paper(StrEnum):
    """What is written of a conference."""

    PLAN = "plan"
    BOARD = "board"
    INVITATION = "invitation"
    PROGRAMME = "programme"
    RULES = "rules"
    DELEGATES = "delegates"
    COMPOSITION = "composition"
    SCRIPT = "script"
    MINUTES = "minutes"
    REPORT = "report"


OF_EVENT = Papers(CONFERENCES, "hoi-nghi", Paper)


class EventQuerySet(Searched):
    """Which conferences a person may see."""

    def visible_to(self, user):
        """The department: all. A unit: its own, those of units under it, and what is announced to it."""
        if may_oversee(user):
            return self
        return self.filter(Q(unit__in=user.seen_units) | announced_to(user))

    def kept_by(self, user):
        """Those that this person may work on, as ``Event.is_kept_by``."""
        return self.filter(kept_by(user))


def kept_by(user, way="") -> Q:
    """As ``Event.is_kept_by``, of rows from which ``way``, as ``"event__"``, leads to the event.

    What has many rows for each event is narrowed so rather than by the keys of events: PostgreSQL then begins at the events.
    """
    own = Q(**{f"{way}unit__in": user.inherited_units})
    return own | Q(**{f"{way}unit__kind": Unit.Kind.PROVINCE}) if may_oversee(user) else own


def announced_to(user) -> Q:
    """What is announced: to everybody the conferences of the province, to the members of a cluster those of its activities.

    The activity itself may be a draft until the meeting was held; a conference that is ready is told of before.
    """
    clusters = Cluster.objects.visible_to(user).order_by().values("pk")
    whose = Q(unit__kind=Unit.Kind.PROVINCE) | Q(activity__cluster__in=clusters)
    return Q(whose, state__in=Event.ANNOUNCED)


class Event(models.Model):
    """One conference of ``unit``; what becomes of it is done by the actions of these rooms, which hold its row.

    ``level``: the window of a plan that it is held in; None for what no plan asks (review of a year, cluster, presentation).
    ``size``: how many people the unit has, on which a full or a delegate meeting hangs. ``first_*`` keep what was planned first
    beside what came of it, from the moment it is ready: the day, and ``Headcount.first``.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        MODELS = "models", "Biểu dương điển hình tiên tiến"
        CONGRESS = "congress", "Đại hội Thi đua yêu nước của tỉnh"
        REVIEW = "review", "Tổng kết phong trào thi đua, công tác khen thưởng"
        CLUSTER = "cluster", "Hội nghị cụm, khối thi đua"
        PRESENTATION = "presentation", "Công bố, trao khen thưởng"

    class State(Badged):
        """How far it is."""

        PLANNED = "planned", "azure", "Đang chuẩn bị"
        ASKED = "asked", "yellow", "Chờ duyệt"
        READY = "ready", "green", "Sẵn sàng tổ chức"
        HELD = "held", "teal", "Đã tổ chức, chưa báo cáo"
        REPORTED = "reported", "green", "Đã báo cáo"
        STOPPED = "stopped", "red", "Dừng tổ chức"

    Form = Form

    # What others read of a conference of the province or of their cluster; what counts as held; what is still to come.
    ANNOUNCED = (State.READY, State.HELD, State.REPORTED, State.STOPPED)
    DONE = (State.HELD, State.REPORTED)
    COMING = (State.PLANNED, State.ASKED, State.READY)

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị tổ chức", related_name="conferences")
    plan = models.ForeignKey(
        Plan, models.PROTECT, verbose_name="theo kế hoạch", null=True, blank=True, editable=False, related_name="events"
    )
    level = models.ForeignKey(
        Level, models.PROTECT, verbose_name="cấp tổ chức", null=True, blank=True, editable=False, related_name="events"
    )
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.MODELS)
    form = models.CharField("hình thức", max_length=10, choices=Form, blank=True)
    name = models.CharField("tên", max_length=300)
    day = models.DateField("ngày")
    until = models.DateField("đến ngày", null=True, blank=True, help_text="Nếu họp nhiều ngày.")
    begins_at = models.TimeField("giờ", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.CharField("người chủ trì", max_length=120, blank=True)
    chair_post = models.CharField("chức vụ người chủ trì", max_length=200, blank=True)
    size = models.PositiveIntegerField(
        "số người của đơn vị", null=True, blank=True, validators=[MaxValueValidator(999_999)]
    )
    is_full = models.BooleanField("họp", null=True, blank=True, choices=[(True, "Toàn thể"), (False, "Đại biểu")])
    theme = models.CharField("chủ đề", max_length=300, blank=True)
    note = models.TextField("ghi chú", max_length=2000, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.PLANNED, editable=False)
    first_day = models.DateField("ngày dự kiến ban đầu", null=True, blank=True, editable=False)
    asked_on = models.DateField("trình duyệt ngày", null=True, blank=True, editable=False)
    approved_on = models.DateField("duyệt ngày", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản duyệt", null=True, blank=True, editable=False, related_name="+"
    )
    returned_for = models.CharField("trả lại vì", max_length=1000, blank=True, editable=False)
    # After it was held.
    held_on = models.DateField("tổ chức ngày", null=True, blank=True, editable=False)
    results = models.TextField("kết quả", max_length=10_000, blank=True)
    shortcomings = models.TextField("tồn tại, nguyên nhân", max_length=5000, blank=True)
    resolution = models.TextField("nghị quyết, kết luận", max_length=10_000, blank=True)
    reported_on = models.DateField("báo cáo ngày", null=True, blank=True, editable=False)
    # Stopped: by which paper, and what units do instead; it never counts as held.
    stopped_on = models.DateField("dừng từ ngày", null=True, blank=True, editable=False)
    stopped_by = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản dừng", null=True, blank=True, editable=False, related_name="+"
    )
    stopped_for = models.TextField("lý do dừng", max_length=1000, blank=True, editable=False)
    instead = models.ForeignKey(
        Document,
        models.PROTECT,
        verbose_name="nghiên cứu thay",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # What it sums up or belongs to, elsewhere in the program.
    review = models.OneToOneField(
        Review, models.SET_NULL, verbose_name="tổng kết phong trào", null=True, blank=True, editable=False,
        related_name="conference",
    )  # fmt: skip
    activity = models.OneToOneField(
        Activity, models.SET_NULL, verbose_name="hoạt động cụm", null=True, blank=True, editable=False,
        related_name="conference",
    )  # fmt: skip
    # Counts up with every change at the door, so that phones and pages ask for what is new.
    sequence = models.PositiveBigIntegerField(default=0, editable=False)
    # The first letters of the codes of its cards.
    letters = models.CharField(max_length=3, unique=True, null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+", editable=False
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    search_text = models.TextField(editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị, đại hội"
        verbose_name_plural = "hội nghị, đại hội"
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["plan", "state"], name="conferences_by_plan"),
            models.Index(fields=["day"], name="conferences_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit"], condition=Q(plan__isnull=False), name="one_conference_a_unit_and_plan",
                violation_error_message="Đơn vị đã có hội nghị theo kế hoạch này. Hãy mở hội nghị đó để sửa.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("day")), name="conference_ends_after_it_began",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "reported"], held_on__isnull=False)
                | (~Q(state__in=["held", "reported"]) & Q(held_on=None)),
                name="held_conference_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_on__isnull=False, stopped_by__isnull=False) & ~Q(stopped_for="")
                | (~Q(state="stopped") & Q(stopped_on=None, stopped_by=None, stopped_for="", instead=None)),
                name="stopped_conference_says_why",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the words for searching."""
        self.name = clean(self.name).strip()
        self.search_text = searchable(self.name, self.place, self.unit.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("conference", args=[self.pk])

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` may work on it: those who write for its unit; for the province, the department."""
        own = self.unit_id in user.inherited_units
        return own or (may_oversee(user) and self.unit.kind == Unit.Kind.PROVINCE)

    @property
    def span(self) -> str:
        """Its day or days, for lists."""
        last = f" – {self.until:%d/%m/%Y}" if self.until and self.until != self.day else ""
        return f"{self.day:%d/%m/%Y}{last}"

    @property
    def last_day(self):
        """The day on which it ends."""
        return self.until or self.day

    @property
    def report_due(self):
        """Until when its report is to be there, as its plan says; None before it was held."""
        days = self.plan.report_days if self.plan_id else 30
        return self.held_on + timedelta(days=days) if self.held_on else None

    @property
    def is_report_late(self) -> bool:
        """Whether it was held and its report is late."""
        return self.state == self.State.HELD and timezone.localdate() > self.report_due


class Role(models.TextChoices):
    """As what somebody takes part."""

    OFFICIAL = "official", "Đại biểu chính thức"
    GUEST = "guest", "Khách mời"
    RESERVE = "reserve", "Đại biểu dự khuyết"
    SERVICE = "service", "Phục vụ, phóng viên"


class Headcount(models.Model):
    """How many take part as one role: planned first, planned now, came; and what one of them costs, in đồng."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="headcounts")
    role = models.CharField("là", max_length=10, choices=Role)
    first = models.PositiveIntegerField("dự kiến ban đầu", editable=False, default=0)
    number = models.PositiveIntegerField("số người", validators=[MaxValueValidator(99_999)])
    came = models.PositiveIntegerField("có mặt", null=True, blank=True, validators=[MaxValueValidator(99_999)])
    cost = models.PositiveIntegerField("chi mỗi người (đồng)", default=0, validators=[MaxValueValidator(100_000_000)])

    class Meta:
        verbose_name = "số người dự"
        verbose_name_plural = "số người dự"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "role"], name="one_headcount_a_role",
                violation_error_message="Loại này đã ghi. Mỗi loại ghi một dòng.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_role_display()}: {self.number}"

    @property
    def total(self) -> int:
        """What all of them cost, in đồng."""
        return self.number * self.cost


class Part(models.Model):
    """One part of the programme: how long, who speaks, on which paper. ``required``: which part that the plan asks it is.

    It begins where the one before ends, but for one that says when: at ``begins_at`` of day ``on_day``, the first being 1.
    """

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="parts")
    session = models.CharField("phiên", max_length=100, blank=True, help_text="Ví dụ: phiên trù bị, phiên chính thức.")
    words = models.CharField("nội dung", max_length=300)
    minutes = models.PositiveSmallIntegerField("số phút", default=10, validators=[MaxValueValidator(1440)])
    on_day = models.PositiveSmallIntegerField(
        "ngày thứ", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    begins_at = models.TimeField("bắt đầu lúc", null=True, blank=True)
    speaker = models.CharField("người trình bày", max_length=200, blank=True)
    paper = models.CharField("văn bản, tài liệu", max_length=300, blank=True)
    required = models.ForeignKey(
        Required, models.PROTECT, verbose_name="theo kế hoạch", null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "phần chương trình"
        verbose_name_plural = "phần chương trình"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.words


class Organiser(models.Model):
    """One member of the organising board (ban tổ chức), or of a subcommittee."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="organisers")
    name = models.CharField("họ tên", max_length=120)
    post = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    role = models.CharField("trong ban tổ chức", max_length=120, default="Ủy viên")
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "thành viên ban tổ chức"
        verbose_name_plural = "thành viên ban tổ chức"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class EventFile(KeptFile):
    """A photograph or paper of a conference."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="files")
    upload = models.OneToOneField(Upload, models.PROTECT, verbose_name="tệp", related_name="+")

    class Meta(KeptFile.Meta):
        verbose_name = "tệp của hội nghị"
        verbose_name_plural = "tệp của hội nghị"


def _seen_by(user):
    """Keys of the files of conferences that a person may see."""
    events = Event.objects.visible_to(user).order_by().values("pk")
    return EventFile.objects.filter(event__in=events).order_by().values("upload")


CONFERENCES.files.append(_seen_by)
