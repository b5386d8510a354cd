"""Sets of criteria: a tree with maximum points, in versions that the office approves, for each category of clusters."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from documents.models import Document
from units.models import Unit
from units.permissions import may_oversee
from units.tones import Badged

from ..divisions.models import Category


class SetIsApproved(Exception):
    """A set that the office approved is about to be changed; only a new version can."""

    def __init__(self, criteria_set):
        super().__init__(f"{criteria_set} đã duyệt nên không sửa được nữa. Hãy lập phiên bản mới từ bộ này.")


class CriteriaSetQuerySet(models.QuerySet):
    """Which sets a person may read."""

    def visible_to(self, user):
        """Approved ones, for everybody: all are scored by them. Drafts, for the department."""
        return self if may_oversee(user) else self.filter(state=CriteriaSet.State.APPROVED)


class CriteriaSet(models.Model):
    """One version of the criteria for a category. Once approved nothing changes in it; a change is a new version."""

    class State(Badged):
        """Whether it can be scored by."""

        DRAFT = "draft", "yellow", "Đang soạn"
        APPROVED = "approved", "green", "Đã duyệt"

    category = models.ForeignKey(Category, models.PROTECT, verbose_name="loại cụm, khối", related_name="criteria_sets")
    name = models.CharField("tên bộ tiêu chí", max_length=200)
    number = models.PositiveSmallIntegerField("phiên bản", editable=False)
    total = models.DecimalField(
        "tổng điểm", max_digits=7, decimal_places=2, help_text="Ví dụ 100 hoặc 1.000, chưa kể điểm thưởng, điểm trừ."
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    applies_from = models.PositiveSmallIntegerField("áp dụng từ năm")
    approved_on = models.DateField("ngày duyệt", null=True, blank=True, editable=False)
    paper = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản ban hành", null=True, blank=True, related_name="criteria_sets"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["category", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["category", "number"], name="criteria_version_once_a_category"),
            models.CheckConstraint(
                condition=Q(total__gt=0),
                name="criteria_total_above_zero",
                violation_error_message="Tổng điểm phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", approved_on=None) | Q(state="approved", approved_on__isnull=False),
                name="criteria_are_approved_on_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.name} (phiên bản {self.number})"

    def save(self, *args, **kwargs):
        """Raises ``SetIsApproved`` where the stored set is approved."""
        self.refuse_if_approved()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("criteria", args=[self.pk])

    def delete(self, *args, **kwargs):
        """Raises ``SetIsApproved`` where the stored set is approved."""
        self.refuse_if_approved()
        return super().delete(*args, **kwargs)

    def refuse_if_approved(self):
        """Raise ``SetIsApproved`` where the stored set is approved."""
        if self.pk and CriteriaSet.objects.filter(pk=self.pk, state=self.State.APPROVED).exists():
            raise SetIsApproved(self)

    @property
    def is_draft(self) -> bool:
        """Whether its criteria can still be changed."""
        return self.state == self.State.DRAFT


class Criterion(models.Model):
    """One criterion or group of criteria. Points are given at the leaves; a group's maximum is the sum of its parts."""

    class Kind(models.TextChoices):
        """What its points do to the total."""

        MAIN = "main", "Điểm chính"
        BONUS = "bonus", "Điểm thưởng"
        DEDUCTION = "deduction", "Điểm trừ"

    set = models.ForeignKey(CriteriaSet, models.CASCADE, verbose_name="bộ tiêu chí", related_name="criteria")
    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name="thuộc nhóm", null=True, blank=True, related_name="parts"
    )
    kind = models.CharField("loại điểm", max_length=10, choices=Kind, default=Kind.MAIN)
    code = models.CharField("số mục", max_length=20)
    text = models.TextField("nội dung")
    maximum = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=2)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    needs_evidence = models.BooleanField("phải có minh chứng", default=False)
    verifier = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="sở, ngành thẩm định",
        null=True,
        blank=True,
        related_name="+",
        help_text="Để trống nếu trưởng cụm thẩm định.",
    )

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["set", "code"],
                name="criterion_code_once_a_set",
                violation_error_message="Bộ tiêu chí đã có số mục này.",
            ),
            models.CheckConstraint(
                condition=Q(maximum__gt=0),
                name="criterion_maximum_above_zero",
                violation_error_message="Điểm tối đa phải lớn hơn 0.",
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="criterion_not_its_own_parent"),
        ]

    def __str__(self):
        return f"{self.code}. {self.text}"

    def save(self, *args, **kwargs):
        """Raises ``SetIsApproved`` where its set is approved."""
        self.set.refuse_if_approved()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Raises ``SetIsApproved`` where its set is approved."""
        self.set.refuse_if_approved()
        return super().delete(*args, **kwargs)
