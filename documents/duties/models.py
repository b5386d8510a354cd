"""What a paper asks of units, and how far each of them has come with it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from units.models import Unit

from ..papers.models import Duty
from ..uploads.models import let_fetch


class AssignmentQuerySet(models.QuerySet):
    """Which duties are open, and which are late."""

    def open(self):
        """Not reported done."""
        return self.filter(done_at=None)

    def late_on(self, day: date):
        """Open after the last day."""
        return self.open().filter(duty__until__lt=day)


class Assignment(models.Model):
    """A duty of one unit. ``Report`` rows tell how it was done, or why it was opened again."""

    class State(models.TextChoices):
        """Whether it was reported done."""

        OPEN = "open", "Chưa xong"
        DONE = "done", "Đã xong"

    duty = models.ForeignKey(Duty, models.CASCADE, verbose_name="nhiệm vụ", related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="assignments")
    done_at = models.DateTimeField("báo xong lúc", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người báo", null=True, blank=True, related_name="+"
    )

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ của đơn vị"
        verbose_name_plural = "nhiệm vụ của đơn vị"
        ordering = ["duty__until", "duty__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit"], name="a_duty_once_a_unit"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="assignment_done_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.duty}"

    def get_absolute_url(self):
        return reverse("duty", args=[self.pk])

    @property
    def state(self) -> State:
        """Whether it was reported done."""
        return self.State.DONE if self.done_at else self.State.OPEN

    def is_late_on(self, day: date) -> bool:
        """Whether its last day has passed and it is still open."""
        return self.done_at is None and self.duty.until is not None and self.duty.until < day


class Report(models.Model):
    """What was said of a unit's duty: by the unit that it is done, by the sender that it is not done after all."""

    class Kind(models.TextChoices):
        """Who says what."""

        DONE = "done", "Báo đã làm xong"
        REOPENED = "reopened", "Yêu cầu làm lại"

    assignment = models.ForeignKey(Assignment, models.CASCADE, verbose_name="nhiệm vụ", related_name="reports")
    kind = models.CharField("việc", max_length=10, choices=Kind, default=Kind.DONE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người báo", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    words = models.TextField("kết quả", max_length=5000, blank=True)
    # Of a unit that nobody acts for: ``by`` recorded it from its paper, which bears this day.
    on_paper = models.DateField("ngày trên giấy", null=True, blank=True)

    class Meta:
        verbose_name = "báo cáo nhiệm vụ"
        verbose_name_plural = "báo cáo nhiệm vụ"
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.assignment}"


let_fetch(
    lambda user: (
        Q(report__assignment__unit__in=user.inherited_units)
        | Q(report__assignment__duty__document__unit__in=user.inherited_units)
    )
)
