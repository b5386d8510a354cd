"""Whom a draft names: groups of units made by hand, and the lines of one paper."""

from django.db import models

from units.models import Unit
from units.text import clean, sort_key

from .document import Document


class AddresseeGroup(models.Model):
    """A list of units made by hand, under the name that letters print: ``Các đơn vị tuyến đầu chống dịch``."""

    name = models.CharField("tên in trên văn bản", max_length=200)
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="của đơn vị",
        related_name="addressee_groups",
        help_text="Đơn vị dùng danh sách.",
    )
    units = models.ManyToManyField(Unit, verbose_name="các đơn vị", related_name="+")
    sort_text = models.TextField(editable=False)

    class Meta:
        verbose_name = "danh sách nơi nhận"
        verbose_name_plural = "danh sách nơi nhận"
        ordering = ["sort_text"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="one_group_of_a_name",
                violation_error_message="Đơn vị đã có danh sách cùng tên.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the sort key beside the name."""
        self.name = clean(self.name).strip()
        self.sort_text = sort_key(self.name)
        super().save(*args, **kwargs)


class Addressee(models.Model):
    """One group or unit that a paper is for. ``key`` is for ``documents.deliveries.addressees``, ``label`` is what is printed."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="addressees")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    key = models.CharField("mã", max_length=80)
    label = models.CharField("tên in", max_length=200)

    class Meta:
        verbose_name = "nơi nhận trong chương trình"
        verbose_name_plural = "nơi nhận trong chương trình"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="an_addressee_once")]

    def __str__(self):
        return self.label
