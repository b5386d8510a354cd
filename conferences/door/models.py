"""The door: links by which a phone checks people in without an account, what it scanned, what was taken back."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from units.tones import Toned

from ..delegates.models import Delegate
from ..events.models import Event

# A phone asks every five seconds, and what is told of it is half a minute old.
SILENT = timedelta(minutes=2)


def digest_of(secret: str) -> str:
    """What is stored of the secret of a link, by which its door is found."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Door(models.Model):
    """One door of one event, opened by a link from–to.

    The ``secret`` of the link is stored nowhere: it is made of ``nonce`` and the key of this installation, so that the office
    can show it again and a copy of the database opens no door. ``digest`` is its SHA-256, by which a phone's door is found.
    """

    class State(Toned):
        """Whether a phone works by it now."""

        CLOSED = "closed", "not_asked", "Đã đóng"
        AHEAD = "ahead", "wait", "Chưa đến giờ"
        OPEN = "open", "done", "Đang mở"
        OVER = "over", "not_asked", "Hết giờ"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="doors")
    name = models.CharField("tên cửa", max_length=60)
    nonce = models.CharField(max_length=32, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    since = models.DateTimeField("mở từ")
    until = models.DateTimeField("đến")
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True, editable=False)
    heard_at = models.DateTimeField("máy gửi lần cuối", null=True, blank=True, editable=False)
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

    def get_absolute_url(self):
        return reverse("door", args=[self.pk])

    @property
    def is_silent(self) -> bool:
        """Whether a phone worked by it and has not been heard of for minutes, though it is open."""
        is_open = self.standing == self.State.OPEN
        return is_open and self.heard_at is not None and timezone.now() - self.heard_at > SILENT

    def give_link(self):
        """Another secret, not stored yet: the link of before opens nothing any more."""
        self.nonce = secrets.token_urlsafe(16)
        self.digest = digest_of(self.secret)

    @property
    def secret(self) -> str:
        """The 256 bits of the link, which whoever holds them checks people in by."""
        made = salted_hmac("conferences.door", self.nonce, algorithm="sha256").digest()
        return urlsafe_b64encode(made).decode().rstrip("=")

    @property
    def has_link(self) -> bool:
        """Whether the secret is still the one that opens it: not where the key of this installation was changed."""
        return secrets.compare_digest(self.digest, digest_of(self.secret))

    @property
    def address(self) -> str:
        """What the code on the office's screen leads a phone to. What follows ``#`` is sent to no server by opening it."""
        return f"{settings.PUBLIC_ADDRESS}{reverse('at_door')}#{self.secret}"

    @property
    def standing(self) -> State:
        """How it stands at this moment."""
        now = timezone.now()
        if self.closed_at:
            return self.State.CLOSED
        return self.State.AHEAD if now < self.since else self.State.OVER if now > self.until else self.State.OPEN


class Scan(models.Model):
    """One card held before one phone, by the phone's clock set right; rows only grow.

    Who came first is the smallest ``(at, uid)`` of the scans that nobody took back, whatever the order of arrival. The phone
    makes ``uid``, so that sending twice is sending once. ``fault``: why nobody was found by it.
    """

    class Way(models.TextChoices):
        """How it was read."""

        CODE = "qr", "Quét mã"
        TYPED = "go", "Gõ mã"
        NAME = "ten", "Tìm tên"

    class Fault(models.TextChoices):
        """What the code was, where it is nobody's here."""

        UNKNOWN = "unknown", "Mã không có trong danh sách"
        ELSEWHERE = "elsewhere", "Thẻ của hội nghị khác"
        UNREADABLE = "unreadable", "Không phải mã thẻ"

    class Outcome(Toned):
        """What became of one, as a list shows it."""

        FIRST = "first", "done", "Vào"
        AGAIN = "again", "wait", "Thẻ đã vào rồi"
        LEFT = "left", "late", "Đại biểu đã thôi dự"
        FAULT = "fault", "late", "Mã sai"
        UNDONE = "undone", "not_asked", "Đã thu lại"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="scans")
    door = models.ForeignKey(Door, models.PROTECT, verbose_name="cửa", related_name="scans")
    uid = models.UUIDField(unique=True, editable=False)
    code = models.CharField("mã", max_length=40)
    delegate = models.ForeignKey(
        Delegate, models.SET_NULL, verbose_name="đại biểu", null=True, blank=True, related_name="scans"
    )
    at = models.DateTimeField("lúc")
    is_sure = models.BooleanField("giờ máy đã đối chiếu", default=True)
    way = models.CharField("cách", max_length=4, choices=Way, default=Way.CODE)
    fault = models.CharField("không nhận vì", max_length=12, choices=Fault, blank=True)
    received_at = models.DateTimeField("nhận lúc", auto_now_add=True)
    undone_at = models.DateTimeField("thu lại lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "lần quét"
        verbose_name_plural = "lần quét"
        ordering = ["at", "uid"]
        indexes = [
            models.Index(fields=["delegate", "at", "uid"], name="scans_of_delegate"),
            models.Index(fields=["event", "at"], name="scans_of_event"),
        ]

    def __str__(self):
        return f"{self.delegate or self.code} {timezone.localtime(self.at):%H:%M:%S}"

    @property
    def outcome(self) -> Outcome:
        """What became of it as all are known now; asks for its delegate."""
        if self.undone_at:
            return self.Outcome.UNDONE
        if self.delegate is None:
            return self.Outcome.FAULT
        if self.delegate.state not in Delegate.COUNTED:
            return self.Outcome.LEFT
        return self.Outcome.FIRST if self.delegate.first_scan_id == self.pk else self.Outcome.AGAIN


class TakenBack(models.Model):
    """A scan that its ``door`` took back, named by its ``uid``: the scan itself may arrive after this."""

    door = models.ForeignKey(Door, models.CASCADE, verbose_name="cửa", related_name="+")
    uid = models.UUIDField()
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lượt thu lại"
        verbose_name_plural = "lượt thu lại"
        # Of another door's scan it is a row that changes nothing.
        constraints = [models.UniqueConstraint(fields=["door", "uid"], name="scan_taken_back_once")]

    def __str__(self):
        return str(self.uid)
