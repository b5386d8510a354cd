"""A decision while it is made here: its draft, how units confirm the names in it, the doubts that a person settled."""

from enum import StrEnum

from django.conf import settings
from django.db import models

from documents.areas.papers import Papers
from units.tones import Toned

from ..area import AWARDS
from ..nominations.models import Nomination
from ..records.models import Award, Decision


class Paper(StrEnum):
    """What is written of a decision: the decision itself, and what the department lays before who decides."""

    DECISION = "decision"
    SUBMISSION = "submission"


OF_DECISION = Papers(AWARDS, "quyet-dinh-khen-thuong", Paper)
OF_UNDOING = Papers(AWARDS, "huy-khen-thuong")
OF_CORRECTION = Papers(AWARDS, "dinh-chinh-khen-thuong")


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


class Undoing(models.Model):
    """That awards of one decision are to be cancelled, stripped or restored, by a decision that is written here or, where others
    decide, by theirs that is asked for here (Luật 2022, Điều 93). ``ground``: the code of the row of the catalogue.
    """

    class Kind(models.TextChoices):
        """What is done."""

        CANCEL = "cancel", "Hủy bỏ"
        STRIP = "strip", "Tước"
        RESTORE = "restore", "Phục hồi"

    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="quyết định đã tặng", related_name="undoings")
    awards = models.ManyToManyField(Award, verbose_name="khen thưởng bị hủy", related_name="undoings")
    kind = models.CharField("là", max_length=10, choices=Kind, default=Kind.CANCEL)
    ground = models.SlugField("trường hợp", max_length=40)
    reason = models.TextField("lý do")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người soạn", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "hủy, tước, phục hồi bằng văn bản"
        verbose_name_plural = "hủy, tước, phục hồi bằng văn bản"

    def __str__(self):
        return f"{self.get_kind_display()} khen thưởng theo {self.decision}"


class Correction(models.Model):
    """That a name in a decision is set right by a paper: of ours, which is written here, or of another authority (``number``,
    ``day``). ``name_before``, ``post_before``: how it was written.
    """

    award = models.ForeignKey(Award, models.PROTECT, verbose_name="khen thưởng", related_name="corrections")
    name = models.CharField("tên đúng", max_length=200)
    post = models.CharField("chức vụ, đơn vị đúng", max_length=400, blank=True)
    name_before = models.CharField("tên trước khi đính chính", max_length=200, blank=True)
    post_before = models.CharField("chức vụ, đơn vị trước khi đính chính", max_length=400, blank=True)
    reason = models.CharField("vì", max_length=300)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    day = models.DateField("ngày ký", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người soạn", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"

    def __str__(self):
        return f"{self.award.name} → {self.name}"
