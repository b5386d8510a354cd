"""Opinions that are asked before a nomination goes on: of a body by letter, of the standing committee, of everybody by a listing.

Source: Luật Thi đua, khen thưởng 2022, Điều 84 khoản 3, 5; how long a listing stands is a row of the catalogue.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from documents.models import Document, Upload
from units.models import Unit
from units.permissions import may_oversee
from units.tones import Toned

from ...area import AWARDS
from .nominations import Nomination


class OpinionQuerySet(models.QuerySet):
    """Which questions a person may see."""

    def visible_to(self, user):
        """The department: all. A unit: those that it was asked."""
        if may_oversee(user):
            return self
        return self.filter(unit__in=user.inherited_units) if user.unit_id else self.none()


class Opinion(models.Model):
    """One question to one body, about one or many nominations, and what came of it."""

    class Kind(models.TextChoices):
        """Who is asked."""

        BODY = "body", "Cơ quan, đơn vị liên quan"
        COMMITTEE = "committee", "Ban Thường vụ Tỉnh ủy"
        PUBLIC = "public", "Công khai lấy ý kiến"

    class State(Toned):
        """Whether it was answered."""

        OPEN = "open", "wait", "Chờ trả lời"
        AGREED = "agreed", "done", "Đồng ý, không có ý kiến khác"
        OBJECTED = "objected", "late", "Có ý kiến khác"
        SILENT = "silent", "not_asked", "Hết hạn, không trả lời"

    kind = models.CharField("hỏi ai", max_length=10, choices=Kind)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="cơ quan được hỏi", null=True, blank=True, related_name="+"
    )
    body = models.CharField("cơ quan được hỏi (ghi bằng lời)", max_length=200, blank=True)
    nominations = models.ManyToManyField(Nomination, verbose_name="về các đề nghị", related_name="opinions")
    letter = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản hỏi", null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField("hỏi ngày")
    due_on = models.DateField("hạn trả lời")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.OPEN, editable=False)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)
    answer = models.TextField("nội dung trả lời", blank=True)
    scan = models.OneToOneField(
        Upload, models.PROTECT, verbose_name="bản quét trả lời", null=True, blank=True, related_name="opinion"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người hỏi", related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "lấy ý kiến"
        verbose_name_plural = "lấy ý kiến"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="opinion_due_after_asked"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(answered_on__isnull=False), name="answered_opinion_has_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.whom}"

    def get_absolute_url(self):
        return reverse("opinion", args=[self.pk])

    @property
    def whom(self) -> str:
        """Who was asked, in words."""
        return self.unit.name if self.unit_id else self.body or self.get_kind_display()


def _seen_by(user):
    return Opinion.objects.visible_to(user).exclude(scan=None).order_by().values("scan")


AWARDS.files.append(_seen_by)
