"""Word files that somebody sent in to begin a paper from: kept until the draft is there.

What nobody made a draft of is forgotten after a day.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse

from ..jobs.models import Job
from .reading.changes import ACCEPT, ASK, REJECT, Answer

# Who has not made a draft of a file by then sends it again.
KEPT = timedelta(days=1)


class WordFileQuerySet(models.QuerySet):
    """Whose files."""

    def visible_to(self, user):
        """Only who sent a file sees it: it is no paper yet."""
        return self.filter(by=user)


class WordFile(models.Model):
    """One Word file, what was read out of it, and what is to become of its tracked changes.

    ``found`` is what ``reading.keeping`` keeps, empty until it was read; ``fault`` says why it cannot be.
    """

    class Way(models.TextChoices):
        """What becomes of tracked changes."""

        ACCEPT = ACCEPT, "Chấp nhận hết"
        REJECT = REJECT, "Bỏ hết, giữ như trước khi sửa"
        ASK = ASK, "Hỏi từng chỗ"

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người gửi", related_name="word_files"
    )
    name = models.CharField("tên tệp", max_length=150)
    file = models.FileField("tệp", upload_to="word/")
    way = models.CharField("chỗ sửa được đánh dấu", max_length=10, choices=Way, default=Way.ACCEPT)
    accepted = models.JSONField("chỗ sửa được chấp nhận", default=list)
    found = models.JSONField("đọc được", null=True, blank=True)
    fault = models.TextField("không đọc được vì", blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, verbose_name="việc chạy nền", null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("gửi lúc", auto_now_add=True, db_index=True)

    objects = WordFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp Word gửi vào"
        verbose_name_plural = "tệp Word gửi vào"
        ordering = ["-id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("word_file", args=[self.pk])

    @property
    def answer(self) -> Answer:
        """What becomes of tracked changes, as the reader takes it."""
        return Answer(self.way, frozenset(self.accepted))
