"""Work that takes longer than a page may: its progress and its result."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

# One step is one document, which takes a second at the most.
SILENCE = timedelta(minutes=2)


class Job(models.Model):
    """One long piece of work that a person asked for, done by a worker outside the request.

    ``done`` of ``total`` steps; ``result`` is a file that only the person who asked may fetch.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không thành công"

    title = models.CharField("việc", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người yêu cầu", related_name="jobs")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING)
    # What to work on, as the worker needs it; never personal data, only keys.
    arguments = models.JSONField(default=dict)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tổng số", default=0)
    message = models.TextField("kết quả", blank=True)
    result = models.FileField("tệp kết quả", upload_to="jobs/", blank=True)
    created_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    heartbeat_at = models.DateTimeField("báo lần cuối", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) ^ Q(state__in=["done", "failed"]),
                name="job_finished_when_done_or_failed",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("job", args=[self.pk])

    @property
    def percent(self) -> int:
        """Progress from 0 to 100."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_lost(self) -> bool:
        """Whether its worker fell silent: a worker that lives reports after every step."""
        return self.state == self.State.RUNNING and timezone.now() - self.heartbeat_at > SILENCE

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (self.State.DONE, self.State.FAILED)
