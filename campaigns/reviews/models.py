"""Reviews of a campaign, and what each unit tells at one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, Upload
from units.tones import Toned

from ..area import CAMPAIGNS
from ..campaign.models import Campaign
from ..joinings.models import Goal, Joining


class Review(models.Model):
    """A review of a campaign (sơ kết, tổng kết): planned, held or stopped, with the report that sums it up."""

    class Kind(models.TextChoices):
        """Half-way or at the end."""

        INTERIM = "interim", "Sơ kết"
        FINAL = "final", "Tổng kết"

    class Form(models.TextChoices):
        """How it is held."""

        CONFERENCE = "conference", "Tổ chức hội nghị"
        REPORT = "report", "Bằng báo cáo, không tổ chức hội nghị"

    class State(Toned):
        """What became of it."""

        OPEN = "open", "open", "Đang nhận báo cáo"
        HELD = "held", "done", "Đã thực hiện"
        STOPPED = "stopped", "late", "Dừng tổ chức"

    campaign = models.ForeignKey(Campaign, models.CASCADE, verbose_name="phong trào", related_name="reviews")
    kind = models.CharField("là", max_length=10, choices=Kind)
    form = models.CharField("hình thức", max_length=10, choices=Form, default=Form.REPORT)
    planned_on = models.DateField("ngày dự kiến")
    reports_until = models.DateField("hạn các đơn vị báo cáo", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.OPEN, editable=False)
    held_on = models.DateField("ngày thực hiện", null=True, blank=True, editable=False)
    # The report of the review; where it was stopped, what units study instead.
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="báo cáo", null=True, blank=True, related_name="campaign_reviews"
    )
    stopped_by = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản dừng", null=True, blank=True, related_name="stopped_reviews"
    )
    stopped_on = models.DateField("dừng từ ngày", null=True, blank=True, editable=False)
    stopped_for = models.TextField("lý do dừng", max_length=1000, blank=True)
    # The final review that ended this one; both are opened again together.
    stopped_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="dừng theo",
        null=True,
        blank=True,
        related_name="stopped_along",
        editable=False,
    )

    class Meta:
        verbose_name = "sơ kết, tổng kết"
        verbose_name_plural = "sơ kết, tổng kết"
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", held_on__isnull=False) | (~Q(state="held") & Q(held_on=None)),
                name="held_review_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_by__isnull=False, stopped_on__isnull=False) & ~Q(stopped_for="")
                | (~Q(state="stopped") & Q(stopped_by=None, stopped_on=None, stopped_for="")),
                name="stopped_review_says_why",
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(kind="final") & ~Q(state="stopped"),
                name="one_final_review_a_campaign",
                violation_error_message="Phong trào đã có đợt tổng kết.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.campaign}"

    def get_absolute_url(self):
        return reverse("review", args=[self.pk])

    @property
    def brief(self) -> str:
        """As the log of its campaign names it: ``sơ kết (15/07/2026)``."""
        return f"{self.get_kind_display().lower()} ({self.planned_on:%d/%m/%Y})"


class Result(models.Model):
    """What one unit tells at one review."""

    class State(Toned):
        """Whether it was sent; that it came back is told by pages alone."""

        WRITTEN = "written", "wait", "Đang ghi"
        RETURNED = "returned", "late", "Bị trả lại"
        SENT = "sent", "done", "Đã gửi"

    joining = models.ForeignKey(Joining, models.CASCADE, verbose_name="đơn vị", related_name="results")
    review = models.ForeignKey(Review, models.CASCADE, verbose_name="đợt", related_name="results")
    people = models.PositiveIntegerField("số cá nhân tham gia")
    collectives = models.PositiveIntegerField("số tập thể tham gia", default=0)
    works = models.PositiveIntegerField("số công trình, phần việc, mô hình", default=0)
    words = models.TextField("kết quả nổi bật", max_length=10_000)
    shortcomings = models.TextField("tồn tại, nguyên nhân", max_length=5000, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người báo cáo", related_name="+")
    returned_for = models.CharField("trả lại vì", max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    class Meta:
        verbose_name = "kết quả phong trào của đơn vị"
        verbose_name_plural = "kết quả phong trào của đơn vị"
        ordering = ["joining__unit__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["joining", "review"], name="unit_reports_once_a_review"),
        ]

    def __str__(self):
        return f"{self.joining.unit}: {self.review}"

    def get_absolute_url(self):
        return reverse("result", args=[self.pk])

    @property
    def state(self) -> State:
        """Whether it was sent; setting it notes when."""
        return self.State.SENT if self.sent_at else self.State.WRITTEN

    @state.setter
    def state(self, state):
        self.sent_at = timezone.now() if state == self.State.SENT else None

    @property
    def standing(self) -> State:
        """Its state for a page, which tells as well that it came back."""
        return self.State.RETURNED if self.returned_for and not self.sent_at else self.state


class Figure(models.Model):
    """What was reached of one target at one review."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="figures")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="figures")
    reached = models.DecimalField("đạt", max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = "số đạt được"
        verbose_name_plural = "số đạt được"
        ordering = ["goal__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["result", "goal"], name="goal_is_reached_once_a_review"),
            models.CheckConstraint(
                condition=Q(reached__gte=0), name="figure_is_not_negative", violation_error_message="Không ghi số âm."
            ),
        ]

    def __str__(self):
        return f"{self.goal}: {self.reached}"


class ResultFile(models.Model):
    """A photograph or paper with what a unit tells."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="files")
    upload = models.OneToOneField(Upload, models.CASCADE, verbose_name="tệp", related_name="result_file")

    class Meta:
        verbose_name = "tệp kèm kết quả"
        verbose_name_plural = "tệp kèm kết quả"
        ordering = ["pk"]

    def __str__(self):
        return str(self.upload)


def _seen_by(user):
    """Keys of the files of the own results, and of those that were told to the person."""
    own = Joining.objects.filter(unit__in=user.inherited_units).order_by().values("pk")
    others = Joining.objects.visible_to(user).order_by().values("pk")
    seen = Q(result__joining__in=own) | Q(result__joining__in=others, result__sent_at__isnull=False)
    return ResultFile.objects.filter(seen).order_by().values("upload")


CAMPAIGNS.files.append(_seen_by)
