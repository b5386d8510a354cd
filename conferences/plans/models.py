"""The plan of a cycle: which congress it leads to, when each level holds its conferences, what they must contain, who is sent up.

Source: kế hoạch của UBND tỉnh (125/KH-UBND ngày 17/7/2019 and those that follow), on the basis of the guidance of the nation's
board of emulation and commendation (Hướng dẫn 1149/HD-BTĐKT ngày 18/6/2019).
"""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from documents.areas.papers import Papers
from documents.models import Document
from documents.source.vietnamese import roman
from units.figures import figure_text
from units.models import Unit
from units.periods import InForce, InForceQuerySet
from units.permissions import may_oversee
from units.tones import Badged, Toned

from ..area import CONFERENCES

OF_PLAN = Papers(CONFERENCES, "ke-hoach-hoi-nghi")

# What is written of a plan or a conference lies in these days: a year that was typed wrong is told at once.
FIRST_DAY, LAST_DAY = date(1945, 1, 1), date(2100, 12, 31)
_YEARS = [MinValueValidator(FIRST_DAY.year), MaxValueValidator(LAST_DAY.year)]
DAYS = [
    MinValueValidator(FIRST_DAY, f"Hãy ghi ngày từ {FIRST_DAY:%d/%m/%Y} trở đi."),
    MaxValueValidator(LAST_DAY, f"Hãy ghi ngày đến {LAST_DAY:%d/%m/%Y}."),
]


class Form(models.TextChoices):
    """The four that the letter of February 2020 names; the unit chooses, the province cannot force one."""

    MODELS = "models", "Hội nghị biểu dương điển hình tiên tiến"
    GOOD = "good", "Hội nghị biểu dương người tốt, việc tốt"
    WORKERS = "workers", "Hội nghị biểu dương những người lao động giỏi, lao động sáng tạo"
    CONGRESS = "congress", "Đại hội Thi đua yêu nước"


class PlanQuerySet(models.QuerySet):
    """Which plans a person may see."""

    def visible_to(self, user):
        """The department: all. Everybody else: those that were issued."""
        return self if may_oversee(user) else self.exclude(state=Plan.State.DRAFT)


class Plan(models.Model):
    """One cycle of conferences, from the first unit to the congress of the province.

    ``number``: which congress of the province it leads to (5 is «lần thứ V»); ``national``: which one of the nation.
    ``recognised_from``: from which day on a recognition qualifies a delegate, the day after the last congress.
    ``serves_from``, ``serves_until``: the years that conferences look back on.
    ``report_days``: within how many days after a conference its report is to be there.
    """

    class State(Badged):
        """How far it is."""

        DRAFT = "draft", "azure", "Đang lập"
        ISSUED = "issued", "green", "Đang thực hiện"
        CLOSED = "closed", "secondary", "Đã kết thúc"

    name = models.CharField("tên", max_length=300)
    number = models.PositiveSmallIntegerField(
        "đại hội của tỉnh lần thứ", validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    national = models.PositiveSmallIntegerField(
        "đại hội toàn quốc lần thứ", validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    serves_from = models.PositiveSmallIntegerField("tổng kết từ năm", validators=_YEARS)
    serves_until = models.PositiveSmallIntegerField("đến năm", validators=_YEARS)
    recognised_from = models.DateField(
        "tính khen thưởng từ ngày", validators=DAYS,
        help_text="Đại biểu phải được khen thưởng từ ngày này, sau đại hội lần trước.",
    )  # fmt: skip
    aims = models.TextField("mục đích, yêu cầu", max_length=10_000, blank=True)
    report_days = models.PositiveSmallIntegerField(
        "báo cáo kết quả trong (ngày)", default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản kế hoạch", null=True, blank=True, related_name="+"
    )
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="lập từ kỳ trước",
        null=True,
        blank=True,
        editable=False,
        related_name="next",
    )
    # Codes of ``awards.AwardType`` that qualify a delegate; none: any award of the book.
    qualifying = models.JSONField("khen thưởng được tính", default=list, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    issued_on = models.DateField("ban hành ngày", null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch hội nghị, đại hội"
        verbose_name_plural = "kế hoạch hội nghị, đại hội"
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="one_plan_a_congress",
                violation_error_message="Đã có kế hoạch của đại hội lần này. Hãy mở kế hoạch đó.",
            ),
            models.CheckConstraint(
                condition=Q(serves_until__gte=F("serves_from")), name="plan_serves_a_span_of_years",
                violation_error_message="Năm cuối phải từ năm đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_on=None) | (~Q(state="draft") & Q(issued_on__isnull=False)),
                name="issued_plan_has_its_day",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("plan", args=[self.pk])

    @property
    def province_words(self) -> str:
        """Which congress of the province it leads to: ``lần thứ V``."""
        return f"lần thứ {roman(self.number)}"

    @property
    def national_words(self) -> str:
        """Which one of the nation."""
        return f"lần thứ {roman(self.national)}"

    @property
    def years(self) -> str:
        """The years that conferences look back on."""
        return f"{self.serves_from} – {self.serves_until}"

    @property
    def report_words(self) -> str:
        """How long after a conference its report may come."""
        return f"{self.report_days} ngày sau hội nghị"


class Level(models.Model):
    """Which units hold their conference in one window, and by which rule.

    ``unit_kinds``: values of ``Unit.Kind``. ``full_below``: with fewer people than this the whole unit meets (hội nghị toàn thể),
    from it on delegates do; None where the plan says nothing. ``sent_up``: how many delegates a unit sends, where ``Quota`` says
    nothing else. ``is_congress``: the congress of the province itself.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="levels")
    name = models.CharField("cấp", max_length=120)
    unit_kinds = models.JSONField("loại đơn vị", default=list)
    begins_on = models.DateField("từ ngày", validators=DAYS)
    ends_on = models.DateField("đến ngày", validators=DAYS)
    full_below = models.PositiveIntegerField(
        "họp toàn thể khi ít hơn (người)", null=True, blank=True, validators=[MaxValueValidator(999_999)]
    )
    needs_approval = models.BooleanField("phải được duyệt trước khi tổ chức", default=False)
    sent_up = models.PositiveIntegerField(
        "số đại biểu cử lên cấp trên", default=0, validators=[MaxValueValidator(9999)]
    )
    is_congress = models.BooleanField("là đại hội của tỉnh", default=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "cấp tổ chức"
        verbose_name_plural = "cấp tổ chức"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="level_window_ends_after_it_began",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(is_congress=True), name="one_congress_a_plan",
                violation_error_message="Mỗi kế hoạch chỉ có một đại hội của tỉnh.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def span(self) -> str:
        """Its window, for lists."""
        return f"{self.begins_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"


class Required(models.Model):
    """What each conference of the plan must contain: a content, or a part of the programme. It stays when scale is reduced.

    ``told_in``: the part of the programme in which a content is told, so that the program sees that it is still there.
    """

    class Kind(models.TextChoices):
        """Whether a report tells it or the programme has it."""

        CONTENT = "content", "Nội dung"
        PROGRAMME = "programme", "Phần chương trình"

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="required")
    kind = models.CharField("là", max_length=10, choices=Kind, default=Kind.PROGRAMME)
    words = models.CharField("nội dung", max_length=300)
    minutes = models.PositiveSmallIntegerField("số phút thường dành", null=True, blank=True)
    told_in = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="trình bày ở phần", null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "nội dung, chương trình bắt buộc"
        verbose_name_plural = "nội dung, chương trình bắt buộc"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.words


class Trait(models.TextChoices):
    """What is counted of delegates in the report on their composition."""

    WOMAN = "woman", "Nữ"
    ETHNIC = "ethnic", "Dân tộc thiểu số"
    WORKER = "worker", "Trực tiếp lao động, sản xuất, công tác"
    YOUNG = "young", "Trẻ (dưới 35 tuổi)"
    PARTY = "party", "Đảng viên"
    RELIGIOUS = "religious", "Có đạo"
    FOREIGN = "foreign", "Ở nước ngoài, người nước ngoài"


class Share(models.Model):
    """The least part of the delegates of one trait that the plan asks for, in percent."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="shares")
    trait = models.CharField("cơ cấu", max_length=10, choices=Trait)
    percent = models.DecimalField(
        "ít nhất (%)", max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = "cơ cấu đại biểu"
        verbose_name_plural = "cơ cấu đại biểu"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "trait"], name="one_share_a_trait",
                violation_error_message="Cơ cấu này đã ghi. Mỗi loại ghi một dòng.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_trait_display()} từ {figure_text(self.percent)} %"


class Quota(models.Model):
    """How many delegates one unit sends to the congress, where it is not what its level says."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="quotas")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")
    number = models.PositiveIntegerField("số đại biểu", validators=[MaxValueValidator(9999)])

    class Meta:
        verbose_name = "số đại biểu của đơn vị"
        verbose_name_plural = "số đại biểu của đơn vị"
        ordering = ["unit__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit"], name="one_quota_a_unit",
                violation_error_message="Đơn vị này đã có số đại biểu. Hãy sửa dòng đó.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.unit}: {self.number}"


class ServingQuerySet(InForceQuerySet):
    """Which of them a person may see."""

    def visible_to(self, user):
        """The department: all. A unit: its own, and those of units under it."""
        return self if may_oversee(user) else self.filter(unit__in=user.seen_units)


class Serving(InForce):
    """A unit that a paper says puts its people to work against an epidemic: it may reduce delegates and scale, as one of health.

    Source: công văn /UBND-KGVX tháng 02/2020, điểm 2.
    """

    class State(Toned):
        """Whether it holds today."""

        COMING = "coming", "wait", "Chưa đến"
        SERVING = "serving", "open", "Đang áp dụng"
        OVER = "over", "not_asked", "Đã hết"

    apart = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="servings")
    reason = models.CharField("nhiệm vụ", max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, verbose_name="theo văn bản", related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = ServingQuerySet.as_manager()

    class Meta(InForce.Meta):
        verbose_name = "đơn vị tập trung chống dịch"
        verbose_name_plural = "đơn vị tập trung chống dịch"
        ordering = ["-since", "pk"]

    def __str__(self):
        return f"{self.unit}: {self.reason}"

    def get_absolute_url(self):
        return reverse("serving", args=[self.pk])

    @property
    def state(self) -> State:
        """How it stands today."""
        today = timezone.localdate()
        if self.since > today:
            return self.State.COMING
        return self.State.SERVING if self.in_force(today) else self.State.OVER

    def get_state_display(self) -> str:
        """That in words."""
        return self.state.label

    @property
    def span(self) -> str:
        """From when until when, for lists."""
        return f"{self.since:%d/%m/%Y} – {f'{self.until:%d/%m/%Y}' if self.until else 'chưa hết'}"
