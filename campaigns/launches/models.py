"""Duties of papers that are done by launching a campaign."""

from django.db import models

from ..campaign.models import Campaign


class LaunchDuty(models.Model):
    """A duty of a paper that a unit does by launching its own campaign on the basis of one of ``campaigns``."""

    duty = models.OneToOneField("documents.Duty", models.CASCADE, verbose_name="nhiệm vụ", related_name="launch_duty")
    campaigns = models.ManyToManyField(Campaign, verbose_name="trên cơ sở", related_name="launch_duties")

    class Meta:
        verbose_name = "nhiệm vụ phát động"
        verbose_name_plural = "nhiệm vụ phát động"

    def __str__(self):
        return str(self.duty)
