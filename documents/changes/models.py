"""Notices of changes among units: the paper that tells everybody of a merger, a split, a new name."""

from django.db import models

from units.models import UnitChange

from ..papers.models import Document


class ChangeNotice(models.Model):
    """The notice of one change among units. ``announced_on`` is the day of the issued paper; none before, none once recalled."""

    change = models.OneToOneField(UnitChange, models.PROTECT, verbose_name="thay đổi tổ chức", related_name="notice")
    document = models.ForeignKey(Document, models.PROTECT, verbose_name="thông báo", related_name="+")
    announced_on = models.DateField("ngày thông báo", null=True, blank=True)

    class Meta:
        verbose_name = "thông báo thay đổi tổ chức"
        verbose_name_plural = "thông báo thay đổi tổ chức"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.change}: {self.document.name}"
