"""Awards presented to those who are honoured: on which occasion, by whom, who was there. Each award is presented once, each
decision announced once to those of one unit.

Source: the decree of the day on ceremonies (Nghị định 145/2013/NĐ-CP, Điều 26; Nghị định 98/2023/NĐ-CP, Điều 25): no ceremony of
its own, but on a national holiday, a founding or traditional day, a review conference.
"""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.urls import reverse

from documents.areas.papers import Papers
from documents.models import KeptFile, Upload
from units.models import Unit
from units.permissions import may_see_store
from units.tones import Badged

from ..area import AWARDS
from ..records.models import Award, Decision


class Paper(StrEnum):
    """What is written of an occasion."""

    PROGRAMME = "programme"
    SCRIPT = "script"
    MINUTES = "minutes"


OF_OCCASION = Papers(AWARDS, "trao-thuong", Paper)


class OccasionQuerySet(models.QuerySet):
    """Which occasions a person may see."""

    def visible_to(self, user):
        """The department and its store keeper: all. A unit: its own, and those of units under it."""
        return self if may_see_store(user) else self.filter(unit__in=user.seen_units)


class Occasion(models.Model):
    """One occasion on which ``unit`` presents awards: planned, then held. ``authority``: by what it presents for who decided.

    ``is_of_province``: the department holds it for everybody, so no unit announces the same decision again.
    """

    class State(Badged):
        """How far it is."""

        PLANNED = "planned", "azure", "Dự kiến"
        HELD = "held", "green", "Đã trao"
        DROPPED = "dropped", "secondary", "Không tổ chức"

    class Kind(models.TextChoices):
        """Which of the occasions that the decree knows; an award for a sudden deed is presented at once."""

        HOLIDAY = "holiday", "Kỷ niệm ngày lễ lớn"
        FOUNDING = "founding", "Ngày thành lập"
        TRADITION = "tradition", "Ngày truyền thống"
        REVIEW = "review", "Hội nghị sơ kết, tổng kết"
        CONFERENCE = "conference", "Hội nghị điển hình tiên tiến, đại hội thi đua"
        SUDDEN = "sudden", "Khen thưởng đột xuất"
        AT_UNIT = "at_unit", "Trao tại đơn vị, tại nhà"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị tổ chức", related_name="+")
    kind = models.CharField("dịp", max_length=12, choices=Kind)
    name = models.CharField("tên", max_length=200)
    day = models.DateField("ngày")
    begins_at = models.TimeField("giờ", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200)
    presenter = models.CharField("người trao", max_length=200, blank=True)
    presenter_post = models.CharField("chức vụ người trao", max_length=200, blank=True)
    authority = models.CharField("trao theo ủy quyền (văn bản)", max_length=200, blank=True)
    reader = models.CharField("người công bố quyết định", max_length=200, blank=True, help_text="Họ tên, chức vụ.")
    guests = models.PositiveIntegerField("số người dự", null=True, blank=True)
    invited = models.CharField("đại biểu", max_length=500, blank=True)
    is_of_province = models.BooleanField("lễ chung của tỉnh", default=False, editable=False)
    note = models.TextField("ghi chú", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.PLANNED, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = "lần trao thưởng"
        verbose_name_plural = "lần trao thưởng"
        ordering = ["-day", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("occasion", args=[self.pk])


class Presented(models.Model):
    """One award of an occasion, in the order in which it is called: whether it was taken there, by whom, or how it came later."""

    class Taken(models.TextChoices):
        """Who took it."""

        SELF = "self", "Người được khen nhận"
        FAMILY = "family", "Gia đình nhận"
        OTHER = "other", "Người khác nhận thay"
        LATER = "later", "Vắng, nhận sau"

    occasion = models.ForeignKey(Occasion, models.CASCADE, verbose_name="lần trao", related_name="awards")
    award = models.OneToOneField(Award, models.PROTECT, verbose_name="khen thưởng", related_name="presented")
    position = models.PositiveIntegerField("thứ tự")
    is_posthumous = models.BooleanField("truy tặng", default=False)
    taken = models.CharField("nhận", max_length=10, choices=Taken, blank=True)
    by_whom = models.CharField("người nhận thay, cách nhận sau", max_length=200, blank=True)
    later_on = models.DateField("nhận sau ngày", null=True, blank=True)

    class Meta:
        verbose_name = "khen thưởng được trao"
        verbose_name_plural = "khen thưởng được trao"
        ordering = ["position"]

    def __str__(self):
        return str(self.award)

    def get_absolute_url(self):
        """Its line on the page of its occasion."""
        return f"{reverse('occasion', args=[self.occasion_id])}#dong-{self.pk}"

    @property
    def is_absent(self) -> bool:
        """Whether nobody took it and it has not come to its recipient since."""
        return self.taken == self.Taken.LATER and self.later_on is None


class Announced(models.Model):
    """That one decision is read out on an occasion: once to those of one unit."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, verbose_name="lần trao", related_name="announced")
    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="quyết định", related_name="announced")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")

    class Meta:
        verbose_name = "quyết định được công bố"
        verbose_name_plural = "quyết định được công bố"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "unit"], name="decision_is_announced_once",
                violation_error_message="Quyết định này đã công bố.",
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.decision)


class OccasionFile(KeptFile):
    """One photograph or paper of an occasion."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, verbose_name="lần trao", related_name="files")
    upload = models.OneToOneField(Upload, models.PROTECT, verbose_name="tệp", related_name="+")

    class Meta(KeptFile.Meta):
        verbose_name = "tệp của lần trao"
        verbose_name_plural = "tệp của lần trao"


AWARDS.files.append(
    lambda user: (
        OccasionFile.objects.filter(occasion__in=Occasion.objects.visible_to(user).order_by().values("pk"))
        .order_by()
        .values("upload")
    )
)
