"""Work that takes longer than a page may: its progress, its result, and the workers that do it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

# A worker tells this often that it lives; one that was silent for longer than ``SILENCE`` counts as gone.
HEARTBEAT = timedelta(seconds=10)
SILENCE = timedelta(seconds=40)
# A job that three workers died of is not given to a fourth.
MOST_TRIES = 3


class Worker(models.Model):
    """A process that does long jobs, as long as it lives."""

    name = models.CharField("máy và tiến trình", max_length=150)
    started_at = models.DateTimeField("chạy từ", auto_now_add=True)
    seen_at = models.DateTimeField("báo lần cuối", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "máy chạy nền"
        verbose_name_plural = "máy chạy nền"

    def __str__(self):
        return self.name

    @classmethod
    def alive(cls):
        """Those that were heard of lately."""
        return cls.objects.filter(seen_at__gte=timezone.now() - SILENCE)


class JobQuerySet(models.QuerySet):
    """Which jobs a worker may take."""

    def lost(self):
        """Those whose worker is gone."""
        return self.filter(state=Job.State.RUNNING).exclude(worker__in=Worker.alive())

    def free(self):
        """Those that wait, and those that a worker left in the middle."""
        return self.filter(Q(state=Job.State.WAITING) | Q(pk__in=self.lost().order_by().values("pk")))


class Job(models.Model):
    """One long piece of work that a person asked for, done by a worker outside the request.

    ``done`` of ``total`` steps; ``result`` is a file that only the person who asked may fetch. A job that runs is its
    worker's alone: only that worker changes it, until it ends or the worker is gone.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không thành công"

    title = models.CharField("việc", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người yêu cầu", related_name="jobs")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING, db_index=True)
    # What to work on, as the worker needs it; never personal data, only keys.
    arguments = models.JSONField(default=dict)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tổng số", default=0)
    message = models.TextField("kết quả", blank=True)
    result = models.FileField("tệp kết quả", upload_to="jobs/", blank=True)
    worker = models.ForeignKey(
        Worker, models.SET_NULL, verbose_name="máy chạy nền", null=True, blank=True, related_name="jobs"
    )
    tries = models.PositiveSmallIntegerField("lần chạy", default=0)
    created_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = JobQuerySet.as_manager()

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
        """Whether its worker is gone: the next one goes on with it."""
        return self.state == self.State.RUNNING and not Worker.alive().filter(pk=self.worker_id).exists()

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (self.State.DONE, self.State.FAILED)


class JobPart(models.Model):
    """What a job has made so far, kept until it is whole: whoever goes on with it makes only what is missing."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="parts")
    key = models.PositiveBigIntegerField()
    name = models.CharField(max_length=150)
    content = models.BinaryField()
    # Why there is no content.
    fault = models.TextField(blank=True)

    class Meta:
        verbose_name = "phần đã làm"
        verbose_name_plural = "phần đã làm"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="part_once_a_job")]

    def __str__(self):
        return self.name
