"""Whom a draft names: groups of units made by hand, and the lines of one paper."""

from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from units.models import Unit
from units.text import clean, sort_key

from .document import Document

# What letters call all units of a kind.
KINDS = {
    Unit.Kind.DEPARTMENT: "Các sở, ban, ngành tỉnh",
    Unit.Kind.FRONT: "Ủy ban Mặt trận Tổ quốc và các đoàn thể tỉnh",
    Unit.Kind.PARTY: "Các cơ quan Đảng tỉnh",
    Unit.Kind.CENTRAL: "Các cơ quan trung ương trên địa bàn tỉnh",
    Unit.Kind.DISTRICT: "Ủy ban nhân dân các huyện, thành phố",
    Unit.Kind.COMMUNE: "Ủy ban nhân dân các xã, phường",
    Unit.Kind.ENTERPRISE: "Các doanh nghiệp trên địa bàn tỉnh",
}


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


def labels(keys: Iterable[str]) -> dict[str, str]:
    """What each of ``keys`` is called where it is not offered any more: a unit that has ended, a list of another unit. Two
    queries.
    """
    names = {key: key.partition(":")[2] for key in keys}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=_named("don-vi", names))}
    groups = AddresseeGroup.objects.filter(pk__in=[name for name in _named("danh-sach", names) if name.isdecimal()])
    lists = {str(row.pk): row.name for row in groups}
    return {key: _label(key, name, units, lists) for key, name in names.items()}


def _named(kind, names):
    return [name for key, name in names.items() if key.startswith(f"{kind}:")]


def _label(key, name, units, lists):
    if key.startswith("don-vi:") and (unit := units.get(name)):
        return unit.name if unit.is_alive_on(timezone.localdate()) else f"{unit.name} (đã kết thúc)"
    return lists.get(name, key) if key.startswith("danh-sach:") else KINDS.get(name, key)
