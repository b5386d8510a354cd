"""Posts that somebody held and services that somebody was in, from a day to a day: what long service is judged by."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from units.periods import InForce, InForceQuerySet

from ...eligibility.facts import TENURE_WORDS
from ...recipients.models import PositionClass, Recipient
from .yearly import OfRecipientQuerySet


class HeldPostQuerySet(OfRecipientQuerySet, InForceQuerySet):
    """Terms of whom a person may see, by the day."""


class HeldPost(InForce):
    """One post or service of a person (Luật Thi đua, khen thưởng 2022, Điều 8 khoản 4, 5).

    ``position_class``: of which class the post is, for long service in office; ``service``: which of the services it is whose
    years some awards ask for; one of the two is there. ``is_hard``: in a place of hardship, whose years count more.
    """

    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="cá nhân", related_name="held_posts")
    post = models.CharField("chức vụ, công việc", max_length=200)
    place = models.CharField("cơ quan, đơn vị", max_length=200)
    position_class = models.CharField("lớp chức vụ", max_length=12, choices=PositionClass, blank=True)
    service = models.CharField(
        "thời gian tính", max_length=14, blank=True, choices=[(code, words.capitalize()) for code, words in TENURE_WORDS.items()]
    )  # fmt: skip
    is_hard = models.BooleanField("ở địa bàn khó khăn", default=False)
    paper = models.CharField("theo văn bản", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = HeldPostQuerySet.as_manager()

    class Meta(InForce.Meta):
        verbose_name = "chức vụ đã giữ"
        verbose_name_plural = "chức vụ đã giữ"
        ordering = ["-since", "-pk"]
        constraints = [
            *InForce.Meta.constraints,
            models.UniqueConstraint(
                fields=["recipient", "since", "post"], name="post_held_once",
                violation_error_message="Chức vụ này từ ngày đó đã ghi. Hãy sửa dòng đã có.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recipient}: {self.post}, {self.place}"

    def get_absolute_url(self):
        return reverse("held_post", args=[self.pk])

    def clean(self):
        """Raise ``ValidationError`` where it ends before it begins, or says nothing that is judged by."""
        super().clean()
        if not self.position_class and not self.service:
            raise ValidationError({"position_class": "Hãy chọn lớp chức vụ, hoặc thời gian tính."})
