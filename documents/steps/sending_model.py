"""A form that was sent: what keeps it from being done twice."""

from django.conf import settings
from django.db import models


class Sending(models.Model):
    """One form that ``by`` sent. ``led_to`` is the address that the first answer led to, empty until it is known.

    Kept for as long as a page stays open anywhere; see ``documents.steps.once``.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    led_to = models.TextField(blank=True)

    class Meta:
        verbose_name = "lần gửi biểu mẫu"
        verbose_name_plural = "lần gửi biểu mẫu"
        constraints = [models.UniqueConstraint(fields=["by", "token"], name="a_form_is_sent_once")]

    def __str__(self):
        return f"{self.by} {self.at:%d/%m/%Y %H:%M:%S}"
