"""The ways to an award and what each needs."""

from django.db import models
from django.db.models import Q

from .provisions import AboutAwards
from .types import AwardType, Route, Stamp


class Criterion(AboutAwards):
    """One way to an award: what is needed for it. ``after``: what was given before, from which the years count.

    ``groups``: for whom alone; ``each_way``: of all awards, asked for each route by itself; ``latest``: years count from the
    latest of several awards ``after``, not from the first.
    """

    route = models.CharField("loại hình", max_length=12, choices=Route, blank=True)
    groups = models.CharField("chỉ cho nhóm", max_length=120, blank=True)
    after = models.ForeignKey(
        AwardType, models.PROTECT, verbose_name="sau khi được tặng", null=True, blank=True, related_name="+"
    )
    latest = models.BooleanField("tính từ lần gần nhất", default=False)
    each_way = models.BooleanField("xét riêng từng loại hình", default=False)

    class Meta(AboutAwards.Meta):
        verbose_name = "tiêu chuẩn"
        verbose_name_plural = "tiêu chuẩn"

    def __str__(self):
        return f"{self.about_words or 'mọi danh hiệu, hình thức'} {self.place}".strip()


class Need(models.Model):
    """One condition of a criterion. Which columns say something depends on ``condition``; ``eligibility.conditions`` counts.

    Needs with the same letter (``alt``) stand for each other; ``only``: asked of this group alone.
    """

    criterion = models.ForeignKey(Criterion, models.CASCADE, verbose_name="tiêu chuẩn", related_name="needs")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    condition = models.SlugField("điều kiện", max_length=20)
    of = models.CharField("về", max_length=60, blank=True)
    kind = models.CharField("loại", max_length=20, blank=True)
    least = models.PositiveSmallIntegerField("ít nhất", null=True, blank=True)
    most = models.PositiveSmallIntegerField("nhiều nhất", null=True, blank=True)
    share = models.CharField("tỷ lệ ít nhất", max_length=10, blank=True)
    over = models.CharField("tỷ lệ trên", max_length=10, blank=True)
    span = models.PositiveSmallIntegerField("mỗi lần cách nhau nhiều nhất (năm)", null=True, blank=True)
    within = models.CharField("trong thời gian", max_length=10, blank=True)
    by = models.CharField("ai phát động", max_length=60, blank=True)
    at = models.CharField("khi", max_length=30, blank=True)
    alt = models.CharField("thay cho nhau", max_length=2, blank=True)
    only = models.CharField("chỉ với nhóm", max_length=20, blank=True)
    hard = models.BooleanField("phải xác nhận", default=False)
    words = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "điều kiện"
        verbose_name_plural = "điều kiện"
        ordering = ["criterion", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=models.F("least")), name="need_has_room",
                violation_error_message="Số nhiều nhất nhỏ hơn số ít nhất. Hãy sửa lại.",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.words or f"thứ {self.position}"

    def save(self, *args, **kwargs):
        """Store it, and have the catalogue read anew."""
        super().save(*args, **kwargs)
        Stamp.renew()
