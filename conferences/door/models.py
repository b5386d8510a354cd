"""The door: links by which a phone checks people in without an account, and what it scanned."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ..delegates.models import Delegate
from ..events.models import Event


class Door(models.Model):
    """One door of one event, opened by a link from–to. ``digest``: SHA-256 of the link's secret, which is stored nowhere."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="doors")
    name = models.CharField("tên", max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    since = models.DateTimeField("mở từ")
    until = models.DateTimeField("đến")
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người mở", related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "cửa điểm danh"
        verbose_name_plural = "cửa điểm danh"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="door_closes_after_it_opened",
                violation_error_message="Giờ đóng phải sau giờ mở.",
            ),
            models.UniqueConstraint(
                fields=["event", "name"], name="one_door_a_name", violation_error_message="Đã có cửa tên này."
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name


class Scan(models.Model):
    """One card held before one phone, by the phone's clock set right; rows only grow.

    Who came first is the smallest ``(at, uid)`` of the scans that nobody took back, whatever the order of arrival.
    """

    class Way(models.TextChoices):
        """How it was read."""

        CODE = "qr", "Quét mã"
        TYPED = "go", "Gõ mã"
        NAME = "ten", "Tìm tên"

    class Verdict(models.TextChoices):
        """What the server found."""

        IN = "in", "Đã vào"
        AGAIN = "again", "Thẻ đã vào rồi"
        WITHDRAWN = "withdrawn", "Đại biểu đã rút, đã thay"
        UNKNOWN = "unknown", "Mã không có"
        ELSEWHERE = "elsewhere", "Thẻ của hội nghị khác"
        UNREADABLE = "unreadable", "Mã sai"

    event = models.ForeignKey(Event, models.CASCADE, related_name="scans")
    door = models.ForeignKey(Door, models.PROTECT, verbose_name="cửa", related_name="scans")
    uid = models.UUIDField(unique=True, editable=False)
    code = models.CharField("mã", max_length=40)
    delegate = models.ForeignKey(
        Delegate, models.SET_NULL, verbose_name="đại biểu", null=True, blank=True, related_name="scans"
    )
    at = models.DateTimeField("lúc")
    is_sure = models.BooleanField("giờ máy đã đối chiếu", default=True)
    way = models.CharField("cách", max_length=4, choices=Way, default=Way.CODE)
    verdict = models.CharField("kết quả", max_length=12, choices=Verdict)
    received_at = models.DateTimeField("nhận lúc", auto_now_add=True)
    undone_at = models.DateTimeField("thu lại lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "lần quét"
        verbose_name_plural = "lần quét"
        ordering = ["at", "uid"]
        indexes = [models.Index(fields=["delegate", "at", "uid"], name="scans_of_delegate")]

    def __str__(self):
        return f"{self.code} {self.at:%H:%M:%S}"
