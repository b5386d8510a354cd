"""What each cluster has to do within the year, and until when: from the guidance of the department."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from documents.models import Document

from ..divisions.models import Division


class Milestone(models.Model):
    """One duty of every cluster of a division. It is done when what proves it was logged; nobody ticks it off."""

    class Proof(models.TextChoices):
        """What shows that it was done: an activity of a kind, or a part of the cluster's year."""

        PLAN = "plan", "Hoạt động: kế hoạch, quy chế của cụm"
        FIRST_MEETING = "first_meeting", "Hoạt động: họp triển khai đầu năm"
        PACT = "pact", "Giao ước đã được các bên ký đủ"
        MIDYEAR = "midyear", "Hoạt động: sơ kết 6 tháng"
        CROSS_CHECK = "cross_check", "Hoạt động: kiểm tra chéo"
        SELF_SCORES = "self_scores", "Mọi thành viên đã nộp bảng tự chấm"
        SCORES = "scores", "Cụm đã thẩm định xong điểm"
        YEAR_END = "year_end", "Hoạt động: hội nghị tổng kết"
        BALLOT = "ballot", "Bỏ phiếu suy tôn đã kiểm phiếu"
        FILE = "file", "Hoạt động: gửi hồ sơ về Sở Nội vụ"

    division = models.ForeignKey(Division, models.CASCADE, verbose_name="phân cụm", related_name="milestones")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    title = models.CharField("việc phải làm", max_length=200)
    proof = models.CharField("coi là xong khi có", max_length=20, choices=Proof)
    begins_on = models.DateField("từ ngày", null=True, blank=True)
    due_on = models.DateField("hạn")
    guidance = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản hướng dẫn", null=True, blank=True, related_name="milestones"
    )
    clause = models.CharField("mục trong hướng dẫn", max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "việc của cụm trong năm"
        verbose_name_plural = "việc của cụm trong năm"
        ordering = ["division", "due_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(due_on__gte=F("begins_on")),
                name="milestone_is_due_after_it_began",
                violation_error_message="Hạn phải từ ngày bắt đầu trở đi.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("edit_milestone", args=[self.division.year, self.pk])
