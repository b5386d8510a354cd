"""What a unit registered at the beginning of a year: which titles its people and collectives strive for.

Source: Luật Thi đua, khen thưởng 2022, Điều 16–18 (registering is how one takes part); the office's rule says until when.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from units.models import Unit
from units.permissions import may_oversee, may_write
from units.tones import Toned

from ..catalogue.models import AwardType
from ..recipients.models import Recipient
from ..records.models import Award


class RegistrationQuerySet(models.QuerySet):
    """Which registrations a person may see."""

    def visible_to(self, user):
        """The department: those that were sent. A unit: its own, with what it is still writing."""
        own = self.filter(unit__in=user.inherited_units) if user.unit_id else self.none()
        if not may_oversee(user):
            return own
        return self.filter(models.Q(state=Registration.State.SENT) | models.Q(pk__in=own.order_by().values("pk")))


class Registration(models.Model):
    """The registration of one unit for one year."""

    class State(Toned):
        """Whether the department has it."""

        DRAFT = "draft", "open", "Đang ghi"
        SENT = "sent", "done", "Đã gửi"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    sent_on = models.DateField("ngày gửi", null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký danh hiệu thi đua"
        verbose_name_plural = "đăng ký danh hiệu thi đua"
        ordering = ["-year", "unit__sort_text"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], name="unit_registers_once_a_year",
                violation_error_message="Đơn vị đã có bản đăng ký của năm này. Hãy mở bản đã có.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_on__isnull=False), name="sent_registration_has_a_day"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Đăng ký năm {self.year} của {self.unit}"

    def get_absolute_url(self):
        return reverse("registration", args=[self.pk])

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` writes it: an officer of the unit, or of the one that took it over."""
        return may_write(user) and self.unit_id in user.inherited_units


class AimQuerySet(models.QuerySet):
    """What was registered, beside what became of it."""

    def with_reached(self):
        """Each with ``reached``: whether it was given for that year and stands."""
        given = Award.objects.standing().filter(
            recipient=OuterRef("recipient"),
            type=OuterRef("type"),
            year=OuterRef("registration__year"),
            cancelled_on=None,
        )
        return self.annotate(reached=Exists(given.order_by()))


class Aim(models.Model):
    """One recipient and one award that is striven for."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="aims")
    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="cá nhân, tập thể", related_name="aims")
    type = models.ForeignKey(AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", related_name="+")

    objects = AimQuerySet.as_manager()

    class Meta:
        verbose_name = "danh hiệu đăng ký"
        verbose_name_plural = "danh hiệu đăng ký"
        ordering = ["type__position", "recipient__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "recipient", "type"], name="aim_is_registered_once",
                violation_error_message="Đã đăng ký danh hiệu này cho người này. Hãy bỏ một dòng.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recipient}: {self.type}"
