"""A decision while it is made here: its draft, how units confirm the names in it, the doubts that a person settled."""

from enum import StrEnum

from django.conf import settings
from django.db import models

from documents.areas.papers import Papers
from units.tones import Toned

from ..area import AWARDS
from ..nominations.models import Nomination
from ..records.models import Decision


class Paper(StrEnum):
    """What is written of a decision: the decision itself, and what the department lays before who decides."""

    DECISION = "decision"
    SUBMISSION = "submission"


OF_DECISION = Papers(AWARDS, "quyet-dinh-khen-thuong", Paper)


class Draft(models.Model):
    """What a decision that is made here has beside its facts; it stays once it was issued.

    ``deed``: for what all of its list are commended who have no deed of their own. ``names_until``: by when units confirm the
    names; they are asked where it is there.
    """

    decision = models.OneToOneField(
        Decision, models.CASCADE, verbose_name="quyết định", primary_key=True, related_name="draft"
    )
    deed = models.CharField("thành tích chung", max_length=300, blank=True)
    names_until = models.DateField("đơn vị xác nhận tên chậm nhất", null=True, blank=True)

    class Meta:
        verbose_name = "quyết định đang soạn"
        verbose_name_plural = "quyết định đang soạn"

    def __str__(self):
        return self.decision.subject


class NameCheck(models.Model):
    """What the unit says of one name before it is signed: right, or how it is to be written; and what became of that."""

    class State(Toned):
        """How it stands."""

        RIGHT = "right", "done", "Đơn vị xác nhận đúng"
        OTHER = "other", "late", "Đơn vị đề nghị sửa"
        CHANGED = "changed", "done", "Đã sửa theo đơn vị"
        KEPT = "kept", "done", "Giữ nguyên, có lý do"

    nomination = models.OneToOneField(
        Nomination, models.CASCADE, verbose_name="đề nghị", primary_key=True, related_name="name_check"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State)
    name = models.CharField("sửa tên thành", max_length=200, blank=True)
    post = models.CharField("sửa chức vụ, đơn vị thành", max_length=400, blank=True)
    reason = models.CharField("lý do", max_length=300, blank=True)
    answer = models.CharField("giữ nguyên vì", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người xác nhận", related_name="+")
    at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "xác nhận tên"
        verbose_name_plural = "xác nhận tên"

    def __str__(self):
        return f"{self.nomination.name}: {self.get_state_display()}"


class Settled(models.Model):
    """A doubt about one nomination of a draft that a person looked at; the same words are asked about no more."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, verbose_name="đề nghị", related_name="settled")
    words = models.CharField("điều cần xem", max_length=400)
    reason = models.CharField("vẫn trình vì", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người quyết định", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "điều đã xem xét"
        verbose_name_plural = "điều đã xem xét"
        constraints = [models.UniqueConstraint(fields=["nomination", "words"], name="doubt_is_settled_once")]

    def __str__(self):
        return self.words
