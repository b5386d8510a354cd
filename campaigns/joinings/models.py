"""Units that join a campaign, what they aim at, and what they tell of it at each review."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from units.models import Unit
from units.permissions import may_oversee, may_write

from ..campaign.models import Campaign


class JoiningQuerySet(models.QuerySet):
    """Which joinings a person may read."""

    def visible_to(self, user):
        """The department: all. A unit: its own, and those to campaigns that it keeps."""
        if may_oversee(user):
            return self
        own = user.inherited_units
        return self.filter(Q(unit__in=own) | Q(campaign__unit__in=own))

    def with_names(self):
        """Each with its unit and campaign."""
        return self.select_related("unit", "campaign__unit")


class Joining(models.Model):
    """A unit that takes part in a campaign, with how many people and collectives."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, verbose_name="phong trào", related_name="joinings")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="joinings")
    people = models.PositiveIntegerField("số cá nhân tham gia")
    collectives = models.PositiveIntegerField("số tập thể tham gia", default=0)
    words = models.TextField("cách làm, việc đăng ký", max_length=5000, blank=True)
    joined_on = models.DateField("ngày đăng ký")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người đăng ký", related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        verbose_name = "hưởng ứng phong trào"
        verbose_name_plural = "hưởng ứng phong trào"
        ordering = ["unit__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"],
                name="unit_joins_a_campaign_once",
                violation_error_message="Đơn vị đã đăng ký phong trào này. Hãy mở bản đăng ký đó để sửa.",
            ),
            models.CheckConstraint(
                condition=Q(people__gt=0) | Q(collectives__gt=0),
                name="joining_is_of_somebody",
                violation_error_message="Hãy ghi số cá nhân hoặc số tập thể tham gia.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.campaign}"

    def get_absolute_url(self):
        return reverse("joining", args=[self.pk])

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` acts for the unit."""
        return may_write(user) and self.unit_id in user.inherited_units


class Goal(models.Model):
    """One target that a unit set itself in a campaign."""

    joining = models.ForeignKey(Joining, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    content = models.CharField("chỉ tiêu", max_length=300)
    measure = models.CharField("đơn vị tính", max_length=60)
    planned = models.DecimalField("đăng ký", max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = "chỉ tiêu đăng ký"
        verbose_name_plural = "chỉ tiêu đăng ký"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0),
                name="goal_is_not_negative",
                violation_error_message="Không ghi số âm.",
            )
        ]

    def __str__(self):
        return self.content
