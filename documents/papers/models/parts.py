"""What belongs to one paper: its appendices, each saved change of its words, each step of its life."""

from django.conf import settings
from django.db import models
from django.db.models import Q

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


class Edit(models.Model):
    """One saved change of a draft: who, when, and each changed field before and after."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="edits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người sửa")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField("lần sửa")
    # {field: [before, after]}; the first edit of a document has no "before".
    changes = models.JSONField()

    class Meta:
        verbose_name = "lần sửa"
        verbose_name_plural = "lần sửa"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="one_edit_a_version")]

    def __str__(self):
        return f"Lần {self.version}: {self.by}"


class Move(models.Model):
    """One step in the life of a paper: who took it, when, from where to where, and why."""

    class Act(models.TextChoices):
        """What was done, in the words of the office."""

        SUBMIT = "submit", "Trình duyệt"
        WITHDRAW = "withdraw", "Rút lại để sửa"
        RETURN = "return", "Trả lại"
        AGREE = "agree", "Đồng ý trình ký"
        PRESENT = "present", "Trình ký"
        APPROVE = "approve", "Duyệt"
        ISSUE = "issue", "Phát hành"
        RECORD = "record", "Ghi số đã cấp, phát hành"
        REPLACE = "replace", "Thay thế"
        RECALL = "recall", "Thu hồi"
        DISCARD = "discard", "Bỏ dự thảo"
        RESTORE = "restore", "Lấy lại dự thảo"
        ALLOW_EARLIER = "allow_earlier", "Cho phép ghi ngày lùi"

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="moves")
    act = models.CharField("việc", max_length=20, choices=Act)
    from_state = models.CharField("từ trạng thái", max_length=10, choices=Document.State)
    to_state = models.CharField("sang trạng thái", max_length=10, choices=Document.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người làm", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    reason = models.CharField("lý do", max_length=1000, blank=True)
    # The day that an earlier date is allowed for; the day on which a paper was presented, and to whom.
    day = models.DateField("ngày", null=True, blank=True)
    to_whom = models.CharField("trình", max_length=200, blank=True)

    class Meta:
        verbose_name = "bước xử lý"
        verbose_name_plural = "bước xử lý"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act__in=["allow_earlier", "present"]) | Q(day__isnull=False), name="move_has_its_day"
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()}: {self.by}"


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
