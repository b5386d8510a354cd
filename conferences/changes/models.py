"""What was changed of a conference against its plan: fewer people, another day, stopped; by which paper, decided by whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.models import Document
from units.tones import Toned

from ..events.models import Event


class Change(models.Model):
    """One reduction, postponement or stop. ``before`` and ``after`` keep what it changed: day, place, headcounts by role.

    A unit of health, or one that serves against an epidemic, reduces by itself; another unit's waits for the department to decide
    (công văn /UBND-KGVX tháng 02/2020, điểm 2).
    """

    class Kind(models.TextChoices):
        """What becomes of it."""

        REDUCE = "reduce", "Rút gọn"
        POSTPONE = "postpone", "Hoãn"
        STOP = "stop", "Dừng"

    class State(Toned):
        """Whether it holds."""

        DONE = "done", "done", "Đã thực hiện"
        FLAGGED = "flagged", "wait", "Chờ quyết định"
        ALLOWED = "allowed", "done", "Đã đồng ý"
        REFUSED = "refused", "late", "Không đồng ý"
        TAKEN_BACK = "taken_back", "not_asked", "Đã rút lại"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="adjustments")
    kind = models.CharField("là", max_length=10, choices=Kind)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DONE, editable=False)
    day = models.DateField("từ ngày")
    reason = models.TextField("lý do", max_length=1000)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="+"
    )
    instead = models.ForeignKey(
        Document, models.PROTECT, verbose_name="nghiên cứu thay", null=True, blank=True, related_name="+"
    )
    before = models.JSONField(default=dict, editable=False)
    after = models.JSONField(default=dict, editable=False)
    # By which right the unit does it itself: its field is health, or the row that says it serves; empty where it may not.
    right = models.CharField("được tự rút gọn vì", max_length=300, blank=True, editable=False)
    decided_on = models.DateField("quyết định ngày", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người quyết định", null=True, blank=True, editable=False,
        related_name="+",
    )  # fmt: skip
    decided_for = models.CharField("ý kiến", max_length=500, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+", editable=False
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "rút gọn, hoãn, dừng"
        verbose_name_plural = "rút gọn, hoãn, dừng"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(state="flagged"), name="one_flagged_change_an_event",
                violation_error_message="Hội nghị này đang có đề nghị chờ quyết định.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()} {self.event}"

    def get_absolute_url(self):
        return reverse("conference_changes", args=[self.event_id])
