"""What belongs to one paper: its appendices, and what it does to others."""

from django.db import models

from .document import Document
from .type import DocumentType


class Appendix(models.Model):
    """Text behind a document that starts on a page of its own and numbers its own pages: an appendix, or what it issues."""

    class Orientation(models.TextChoices):
        """How the sheet lies."""

        PORTRAIT = "portrait", "Khổ dọc"
        LANDSCAPE = "landscape", "Khổ ngang"

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="appendices")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    # What a decision issues with it (Mẫu 1.3) is a paper of a type of its own, under its own heading.
    type = models.ForeignKey(
        DocumentType,
        models.PROTECT,
        to_field="code",
        verbose_name="là",
        null=True,
        blank=True,
        related_name="+",
        help_text="Văn bản ban hành kèm theo quyết định (quy chế, quy định, kế hoạch…) in với tiêu đề riêng.",
    )
    title = models.CharField("tên phụ lục, trích yếu", max_length=300)
    orientation = models.CharField("khổ giấy", max_length=10, choices=Orientation, default=Orientation.PORTRAIT)
    body = models.TextField("nội dung")

    class Meta:
        verbose_name = "phụ lục"
        verbose_name_plural = "phụ lục"
        ordering = ["position", "id"]

    def __str__(self):
        return self.title


class EffectQuerySet(models.QuerySet):
    """What holds, and what is only being prepared."""

    def holding(self):
        """By papers that were issued, each with its name."""
        return self.filter(paper__state__in=Document.FROZEN).select_related("paper__type")

    def pending(self):
        """By drafts on their way, each with its name."""
        return self.filter(paper__state__in=Document.PENDING).select_related("paper__type")


class Effect(models.Model):
    """What one paper does to another: takes its place, or recalls it. It holds from the day the first one is issued."""

    class Kind(models.TextChoices):
        """What is done to the other paper."""

        REPLACES = "replaces", "thay thế"
        RECALLS = "recalls", "thu hồi"

    # What becomes of the other paper.
    OUTCOME = {Kind.REPLACES: Document.State.REPLACED, Kind.RECALLS: Document.State.RECALLED}

    paper = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="effects")
    target = models.ForeignKey(Document, models.PROTECT, verbose_name="văn bản bị tác động", related_name="affected_by")
    kind = models.CharField("tác động", max_length=10, choices=Kind)
    reason = models.CharField("lý do", max_length=1000, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = "thay thế, thu hồi"
        verbose_name_plural = "thay thế, thu hồi"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "target"], name="one_effect_on_a_paper"),
            models.CheckConstraint(condition=~models.Q(paper=models.F("target")), name="no_effect_on_itself"),
        ]

    def __str__(self):
        return f"{self.paper.name} {self.get_kind_display()} {self.target.name}"
