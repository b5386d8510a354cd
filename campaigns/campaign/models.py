"""Campaigns (phong trào thi đua): who launched which, on the basis of which, from when to when, and how far it has come.

Source: Luật Thi đua, khen thưởng 2022, Điều 16–18; Thông tư 02/2023/TT-BNV, biểu 0601 (level, scope, length, manner).
"""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from units.models import Searched, Unit
from units.permissions import may_manage, may_oversee, may_write
from units.text import clean, searchable
from units.tones import Badged

# Where a campaign stands that was commended for.
_COMMENDED = ("commended", "closed")
# Beyond these steps nothing of a campaign can be joined or reported any more.
OVER = ("closed", "stopped", "replaced")


# More are proposed by nobody; without it SQLite takes what PostgreSQL refuses.
_MOST = MaxValueValidator(9999, "Số quá lớn. Hãy kiểm tra lại.")


class CampaignQuerySet(Searched):
    """Which campaigns a person may see, and which count."""

    def visible_to(self, user):
        """Launched ones of the province and of the nation, for everybody; a unit's own and those of bodies below and above it.

        Drafts are for those who keep them, and for the department.
        """
        if may_oversee(user):
            return self
        own = user.inherited_units
        below = Unit.objects.filter(superior__in=own).values("pk")
        above = Unit.objects.filter(subordinates__in=own).values("pk")
        near = Q(unit__in=own) | Q(unit__in=below) | Q(unit__in=above)
        told = ~Q(state=Campaign.State.DRAFT)
        return self.filter(Q(unit__in=own) | told & (~Q(level=Campaign.Level.UNIT) | near))

    def kept_by(self, user):
        """Those that ``user`` may change."""
        if not may_write(user):
            return self.none()
        own = Q(level=Campaign.Level.UNIT, unit__in=user.inherited_units)
        return self.filter(own | ~Q(level=Campaign.Level.UNIT)) if may_manage(user) else self.filter(own)

    def held(self):
        """Those that count as held: launched, and neither stopped nor replaced."""
        return self.exclude(state__in=[Campaign.State.DRAFT, Campaign.State.STOPPED, Campaign.State.REPLACED])

    def standing(self):
        """Drafts and those that were launched, but for the stopped and the replaced."""
        return self.exclude(state__in=[Campaign.State.STOPPED, Campaign.State.REPLACED])

    def may_be_adjusted(self):
        """Those that are launched and not over, postponed ones too."""
        return self.exclude(state__in=[Campaign.State.DRAFT, *OVER])

    def going_on(self):
        """Those that may be joined, taken up and reported on."""
        return self.may_be_adjusted().exclude(state=Campaign.State.POSTPONED)

    def in_year(self, year: int):
        """Those that went on at any time of ``year``."""
        return self.filter(begins_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1))

    def with_names(self):
        """Each with what a list shows of it."""
        return self.select_related("unit", "document__type")


class Campaign(models.Model):
    """One campaign of one unit. Whatever becomes of it is done by the actions of this area (``launching``, ``adjusting``,
    ``undoing``, ``reviewing``, ``closing``), which hold its row and leave a row in its log.
    """

    class Kind(models.TextChoices):
        """By what it is for."""

        REGULAR = "regular", "Thường xuyên (hằng năm)"
        THEMED = "themed", "Theo đợt, chuyên đề"
        SPECIAL = "special", "Đặc biệt"

    class Level(models.TextChoices):
        """Who launched it (biểu 0601: cấp chủ trì phát động)."""

        NATION = "nation", "Trung ương"
        PROVINCE = "province", "Bộ, ngành, tỉnh"
        UNIT = "unit", "Cơ quan, đơn vị"

    class Scope(models.TextChoices):
        """Where it is held (biểu 0601: phạm vi)."""

        NATION = "nation", "Toàn quốc"
        PROVINCE = "province", "Bộ, ngành, địa phương"
        CLUSTER = "cluster", "Cụm, khối thi đua"
        UNIT = "unit", "Cơ quan, đơn vị"

    class State(Badged):
        """How far it has come, in order; the last three are off the path."""

        DRAFT = "draft", "azure", "Dự thảo"
        LAUNCHED = "launched", "green", "Đã phát động"
        INTERIM = "interim", "green", "Đã sơ kết"
        FINAL = "final", "green", "Đã tổng kết"
        COMMENDED = "commended", "green", "Đã khen thưởng"
        CLOSED = "closed", "secondary", "Kết thúc"
        POSTPONED = "postponed", "yellow", "Hoãn"
        STOPPED = "stopped", "red", "Dừng"
        REPLACED = "replaced", "red", "Được thay thế"

    class Phase(Badged):
        """What the days tell of a state."""

        RUNNING = "running", "green", "Đang triển khai"
        WAITING = "waiting", "yellow", "Hết thời gian, chờ tổng kết"

    # From where to where a step may lead; adjustments stand in ``Adjustment``.
    MOVES = {
        State.LAUNCHED: (State.DRAFT,),
        State.INTERIM: (State.LAUNCHED, State.INTERIM),
        State.FINAL: (State.LAUNCHED, State.INTERIM),
        State.COMMENDED: (State.FINAL,),
        State.CLOSED: (State.FINAL, State.COMMENDED),
    }

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị phát động", related_name="campaigns")
    name = models.CharField("tên phong trào", max_length=300)
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.THEMED)
    level = models.CharField("cấp phát động", max_length=10, choices=Level, default=Level.UNIT, editable=False)
    scope = models.CharField("phạm vi", max_length=10, choices=Scope, default=Scope.UNIT)
    parents = models.ManyToManyField(
        "self", verbose_name="trên cơ sở", symmetrical=False, blank=True, related_name="children"
    )
    overruled = models.CharField("lý do khác với phong trào cấp trên", max_length=300, blank=True)
    aims = models.TextField("mục đích, yêu cầu", max_length=20_000, blank=True)
    contents = models.TextField("nội dung thi đua", max_length=20_000, blank=True)
    criteria = models.TextField("tiêu chí, tiêu chuẩn", max_length=20_000, blank=True)
    participants = models.CharField("đối tượng tham gia", max_length=500, blank=True)
    # Which kinds of units are asked to join and to launch their own; for a unit's campaign its subordinates are asked.
    asked_kinds = models.JSONField("loại đơn vị được đề nghị hưởng ứng", default=list, blank=True)
    begins_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    interim_on = models.DateField("ngày sơ kết", null=True, blank=True)
    final_on = models.DateField("ngày tổng kết", null=True, blank=True)
    nominations_until = models.DateField("hạn gửi hồ sơ khen thưởng", null=True, blank=True)
    quota_collectives = models.PositiveSmallIntegerField(
        "số tập thể được đề nghị khen mỗi đơn vị", null=True, blank=True, validators=[_MOST]
    )
    quota_people = models.PositiveSmallIntegerField(
        "số cá nhân được đề nghị khen mỗi đơn vị", null=True, blank=True, validators=[_MOST]
    )
    follower = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người theo dõi",
        null=True,
        blank=True,
        related_name="followed_campaigns",
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản phát động", null=True, blank=True, related_name="campaigns"
    )
    launched_on = models.DateField("ngày phát động", null=True, blank=True, editable=False)
    commended_on = models.DateField("ngày khen thưởng", null=True, blank=True, editable=False)
    commended_by = models.ForeignKey(
        Document,
        models.PROTECT,
        verbose_name="quyết định khen thưởng",
        null=True,
        blank=True,
        related_name="commended_campaigns",
        editable=False,
    )
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True, editable=False)
    # The shares of its unit in duties to launch, which were reported done by its launch.
    done_shares = models.ManyToManyField(
        "documents.Assignment", verbose_name="nhiệm vụ được báo xong", related_name="done_by_launches", editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    search_text = models.TextField(editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "phong trào thi đua"
        verbose_name_plural = "phong trào thi đua"
        ordering = ["-begins_on", "-pk"]
        indexes = [models.Index(fields=["level", "state"], name="campaigns_by_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="campaign_ends_after_it_began",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(interim_on=None) | Q(interim_on__gte=F("begins_on")),
                name="campaign_is_reviewed_after_it_began",
                violation_error_message="Ngày sơ kết phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(final_on=None) | Q(final_on__gte=F("begins_on")),
                name="campaign_is_summed_up_after_it_began",
                violation_error_message="Ngày tổng kết phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", launched_on=None) | Q(~Q(state="draft"), launched_on__isnull=False),
                name="launched_campaign_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(commended_on=None, commended_by=None) | Q(commended_on__isnull=False, state__in=_COMMENDED),
                name="commended_campaign_says_so",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(state="closed"), name="campaign_that_is_over_says_so"
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the words for searching; who launches decides the level."""
        self.name = clean(self.name).strip()
        self.set_level()
        self.search_text = searchable(self.name, self.unit.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("campaign", args=[self.pk])

    def set_level(self):
        """Who launches decides the level; what the nation launched was said when it was recorded."""
        if self.level != self.Level.NATION:
            self.level = self.Level.PROVINCE if self.unit.kind == Unit.Kind.PROVINCE else self.Level.UNIT

    @property
    def is_draft(self) -> bool:
        """Whether it was not launched yet."""
        return self.state == self.State.DRAFT

    @property
    def may_be_adjusted(self) -> bool:
        """Whether it is launched and not over; it may be postponed."""
        return not self.is_draft and self.state not in OVER

    @property
    def is_going_on(self) -> bool:
        """Whether it may be joined, taken up and reported on: launched, not over, not postponed."""
        return self.may_be_adjusted and self.state != self.State.POSTPONED

    @property
    def may_be_taken_up(self) -> bool:
        """Whether units launch on its basis today: it goes on, and its last day has not passed."""
        return self.is_going_on and self.ends_on >= timezone.localdate()

    @property
    def counts(self) -> bool:
        """Whether it counts as held."""
        return self.state not in (self.State.DRAFT, self.State.STOPPED, self.State.REPLACED)

    @property
    def waits_for_review(self) -> bool:
        """Whether its last day has passed and no final review was held."""
        return self.state in (self.State.LAUNCHED, self.State.INTERIM) and self.ends_on < timezone.localdate()

    @property
    def standing(self) -> Badged:
        """Its state as of today: a launched one goes on once its days have come, and waits after them."""
        if self.waits_for_review:
            return self.Phase.WAITING
        if self.state == self.State.LAUNCHED and self.begins_on <= timezone.localdate():
            return self.Phase.RUNNING
        return self.State(self.state)

    @property
    def phase(self) -> str:
        """``standing`` in the office's words."""
        return self.standing.label

    @property
    def span(self) -> str:
        """From when to when, for lists."""
        return f"{self.begins_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` may change it: of a unit, its officers; of the province and the nation, who runs the year."""
        if not may_write(user):
            return False
        return self.unit_id in user.inherited_units if self.level == self.Level.UNIT else may_manage(user)

    @property
    def asked_day(self) -> date:
        """As of which day units are asked: today, but not after its last day nor before its launch."""
        day = min(timezone.localdate(), self.ends_on)
        return max(day, self.launched_on) if self.launched_on else day

    def asked_units(self, day: date | None = None):
        """The units that are asked to join it and to launch their own, as they are on ``day``, else on ``asked_day``."""
        alive = Unit.objects.alive_on(day or self.asked_day).exclude(pk=self.unit_id)
        if self.level == self.Level.UNIT:
            return alive.filter(superior=self.unit_id)
        return alive.filter(kind__in=self.asked_kinds)


# Before and after these steps nobody registers or reports.
OPEN = (Campaign.State.LAUNCHED, Campaign.State.INTERIM)
