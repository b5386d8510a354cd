"""What became of a campaign after its launch, by which paper and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from documents.models import Document

from ..campaign.models import Campaign


class AdjustmentQuerySet(models.QuerySet):
    """Which adjustments hold."""

    def holding(self):
        """Those that were not taken back as entered by mistake."""
        return self.filter(undone_at=None)


class Adjustment(models.Model):
    """What was changed of a campaign after its launch, by which paper and why.

    One that was entered by mistake is taken back: it stays to be read and holds no more.
    """

    class Kind(models.TextChoices):
        """What becomes of it."""

        POSTPONE = "postpone", "Hoãn"
        RESUME = "resume", "Tiếp tục sau khi hoãn"
        CHANGE = "change", "Đổi thời gian (gia hạn, rút ngắn, dời ngày)"
        STOP = "stop", "Dừng"
        REPLACE = "replace", "Thay bằng phong trào khác"

    campaign = models.ForeignKey(Campaign, models.CASCADE, verbose_name="phong trào", related_name="adjustments")
    kind = models.CharField("điều chỉnh", max_length=10, choices=Kind)
    effective_on = models.DateField("có hiệu lực từ ngày")
    paper = models.ForeignKey(
        Document, models.PROTECT, verbose_name="theo văn bản", related_name="campaign_adjustments"
    )
    reason = models.TextField("lý do", max_length=1000)
    successor = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="thay bằng", null=True, blank=True, related_name="replaced"
    )
    # Where the campaign stood: a postponed one comes back to it, and one whose adjustment is taken back.
    state_before = models.CharField(max_length=10, choices=Campaign.State, editable=False)
    # Keys of the reviews that were stopped with the campaign.
    reviews = models.JSONField(default=list, editable=False)
    # Each of the campaign's ``DATES`` that it changed: ISO days or None.
    before = models.JSONField(default=dict, editable=False)
    after = models.JSONField(default=dict, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người rút lại",
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    undone_at = models.DateTimeField("rút lại lúc", null=True, blank=True, editable=False)
    undone_for = models.TextField("lý do rút lại", max_length=1000, blank=True, editable=False)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = "điều chỉnh phong trào"
        verbose_name_plural = "điều chỉnh phong trào"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="replace", successor__isnull=False) | (~Q(kind="replace") & Q(successor=None)),
                name="replacement_names_its_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("campaign")), name="campaign_does_not_replace_itself"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_for="")
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_for=""),
                name="what_was_taken_back_says_who_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.campaign}"

    def get_absolute_url(self):
        return self.campaign.get_absolute_url()
