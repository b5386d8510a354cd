"""Those honoured at a conference, in the order in which they are called, with their biographies and portraits."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.models import Award, Occasion, Recipient
from campaigns.models import Example
from documents.models import Upload
from units.models import Unit

from ..area import CONFERENCES
from ..events.models import Event


class Honour(models.Model):
    """One person, collective or household honoured at one conference: for an award, as a good example, or named with a reason.

    ``is_presented``: its award is presented there; then it stands in the occasion of the event as well, which keeps it once.
    A portrait and a biography of a person are printed with consent alone (Nghị định 13/2023/NĐ-CP), asked as for good examples.
    """

    class Kind(models.TextChoices):
        """Who is honoured; in this order within one rank."""

        COLLECTIVE = "collective", "Tập thể"
        HOUSEHOLD = "household", "Hộ gia đình"
        PERSON = "person", "Cá nhân"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="honours")
    kind = models.CharField("là", max_length=10, choices=Kind, default=Kind.PERSON)
    name = models.CharField("họ tên, tên tập thể", max_length=200)
    post = models.CharField("chức vụ, công việc", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="+")
    recipient = models.ForeignKey(
        Recipient, models.PROTECT, verbose_name="trong danh sách", null=True, blank=True, related_name="honours"
    )
    award = models.ForeignKey(
        Award, models.PROTECT, verbose_name="khen thưởng", null=True, blank=True, related_name="honours"
    )
    example = models.ForeignKey(
        Example, models.PROTECT, verbose_name="gương điển hình", null=True, blank=True, related_name="honours"
    )
    reason = models.CharField("vì thành tích", max_length=500, blank=True)
    is_presented = models.BooleanField("trao tại hội nghị", default=False)
    is_posthumous = models.BooleanField("truy tặng", default=False)
    position = models.PositiveIntegerField("thứ tự", default=0)
    biography = models.TextField("tiểu sử, thành tích", max_length=10_000, blank=True)
    portrait = models.OneToOneField(
        Upload, models.SET_NULL, verbose_name="ảnh chân dung", null=True, blank=True, related_name="+"
    )
    consented_on = models.DateField("ngày đồng ý in tiểu sử, ảnh", null=True, blank=True)
    consent_words = models.CharField("hình thức đồng ý", max_length=200, blank=True)
    consent_ended_on = models.DateField("ngày rút lại đồng ý", null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    class Meta:
        verbose_name = "người, tập thể được tôn vinh"
        verbose_name_plural = "người, tập thể được tôn vinh"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "award"], condition=Q(award__isnull=False), name="award_is_honoured_once_an_event",
                violation_error_message="Khen thưởng này đã có trong danh sách tôn vinh.",
            ),
            models.CheckConstraint(
                condition=Q(is_presented=False) | Q(award__isnull=False), name="only_awards_are_presented",
                violation_error_message="Chỉ trao khen thưởng đã có quyết định.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name


class Presentation(models.Model):
    """The occasion of the items' record by which awards are presented at an event."""

    event = models.OneToOneField(Event, models.CASCADE, verbose_name="hội nghị", related_name="presentation")
    occasion = models.OneToOneField(Occasion, models.PROTECT, verbose_name="lần trao thưởng", related_name="conference")

    class Meta:
        verbose_name = "lần trao tại hội nghị"
        verbose_name_plural = "lần trao tại hội nghị"

    def __str__(self):
        return str(self.occasion)


def _seen_by(user):
    """Keys of the portraits at conferences that a person may see."""
    events = Event.objects.visible_to(user).order_by().values("pk")
    return Honour.objects.filter(event__in=events, portrait__isnull=False).order_by().values("portrait")


CONFERENCES.files.append(_seen_by)
