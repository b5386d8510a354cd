"""Those honoured at a conference, in the order in which they are called, with their biographies and portraits."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from awards.models import Award, Occasion, Presented, Recipient
from campaigns.models import Example
from documents.models import Upload
from units.models import Searched, Unit
from units.permissions import may_oversee
from units.text import clean, searchable
from units.tones import Toned

from ..area import CONFERENCES
from ..events.models import Event


class HonourQuerySet(Searched):
    """Which biographies and portraits may be printed and shown."""

    def printable(self):
        """Those of collectives; of others where the consent that was given for here holds, or else that of the example."""
        own = Q(consented_on__isnull=False, consent_ended_on=None)
        of_example = Q(consented_on=None, example__consented_on__isnull=False, example__consent_ended_on=None)
        return self.filter(Q(kind=Honour.Kind.COLLECTIVE) | own | of_example)


class HonourManager(models.Manager.from_queryset(HonourQuerySet)):
    """Rows with ``is_presented``, as the occasion of their event says."""

    def get_queryset(self):
        """A line of the occasion may also come and go on the page of the occasion: nothing of it is stored twice."""
        lines = Presented.objects.filter(award=OuterRef("award"), occasion__conference__event=OuterRef("event"))
        return super().get_queryset().annotate(is_presented=Exists(lines))


class Honour(models.Model):
    """One person, collective or household honoured at one conference: for an award, as a good example, or named with a reason.

    ``is_presented``: whether its award is presented there, which is to say that the occasion of the event has it now.
    A portrait and a biography of a person are printed with consent alone (Nghị định 13/2023/NĐ-CP), asked as for good examples.
    """

    class Kind(models.TextChoices):
        """Who is honoured; in this order within one rank."""

        COLLECTIVE = "collective", "Tập thể"
        HOUSEHOLD = "household", "Hộ gia đình"
        PERSON = "person", "Cá nhân"

    class Consent(Toned):
        """Whether biography and portrait may be printed."""

        NEEDLESS = "needless", "not_asked", "Tập thể, không cần đồng ý"
        SILENT = "silent", "wait", "Chưa có đồng ý, không in"
        ENDED = "ended", "late", "Đã rút lại đồng ý, không in"
        AGREED = "agreed", "done", "Đồng ý in"

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
    # An example that is erased, as who it tells of asked, leaves the name and the reason alone.
    example = models.ForeignKey(
        Example, models.SET_NULL, verbose_name="gương điển hình", null=True, blank=True, related_name="honours"
    )
    reason = models.CharField("vì thành tích", max_length=500, blank=True)
    is_posthumous = models.BooleanField("truy tặng", default=False)
    position = models.PositiveIntegerField("thứ tự", default=0)
    biography = models.TextField("tiểu sử, thành tích", max_length=10_000, blank=True)
    portrait = models.OneToOneField(
        Upload, models.SET_NULL, verbose_name="ảnh chân dung", null=True, blank=True, related_name="+"
    )
    consented_on = models.DateField("ngày đồng ý in tiểu sử, ảnh", null=True, blank=True)
    consent_words = models.CharField("hình thức đồng ý", max_length=200, blank=True)
    consent_file = models.OneToOneField(
        Upload, models.SET_NULL, verbose_name="bản đồng ý", null=True, blank=True, related_name="+"
    )
    consent_ended_on = models.DateField("ngày rút lại đồng ý", null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = HonourManager()
    is_presented = False  # of a row that is not stored

    class Meta:
        verbose_name = "người, tập thể được tôn vinh"
        verbose_name_plural = "người, tập thể được tôn vinh"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "award"], condition=Q(award__isnull=False), name="award_is_honoured_once_an_event",
                violation_error_message="Khen thưởng này đã có trong danh sách tôn vinh.",
            ),
            models.UniqueConstraint(
                fields=["event", "example"],
                condition=Q(example__isnull=False),
                name="example_is_honoured_once_an_event",
                violation_error_message="Gương này đã có trong danh sách tôn vinh.",
            ),
            models.CheckConstraint(
                condition=Q(consent_ended_on=None) | Q(consented_on__isnull=False),
                name="honour_consent_ends_after_it_was_given",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the words for searching."""
        self.tidy()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("honour", args=[self.pk])

    def tidy(self):
        """Set the words for searching; before ``bulk_create`` too."""
        self.name, self.post = clean(self.name).strip(), clean(self.post).strip()
        self.search_text = searchable(self.name, self.post, self.unit.name if self.unit_id else "")

    @property
    def consent(self) -> Consent:
        """Whether biography and portrait may be printed, as ``HonourQuerySet.printable`` asks it. Reads ``example``."""
        if self.kind == self.Kind.COLLECTIVE:
            return self.Consent.NEEDLESS
        asked = self if self.consented_on or not self.example_id else self.example
        if asked.consent_ended_on:
            return self.Consent.ENDED
        return self.Consent.AGREED if asked.consented_on else self.Consent.SILENT

    @property
    def is_printable(self) -> bool:
        """Whether biography and portrait are printed, and shown to who does not keep the conference."""
        return self.consent in (self.Consent.NEEDLESS, self.Consent.AGREED)

    @property
    def life(self) -> str:
        """The biography: the own one, else what the good example tells. Reads ``example``."""
        return self.biography or (self.example.deed if self.example_id else "")

    @property
    def picture(self) -> Upload | None:
        """The portrait: the own one, else that of the good example. Reads both."""
        return self.portrait or (self.example.picture if self.example_id else None)

    @property
    def title(self) -> str:
        """For what: the award as it was called on its day, else the reason. Reads ``award__type``."""
        return self.award.title if self.award_id else self.reason


class Presentation(models.Model):
    """The occasion of the items' record by which awards are presented at an event."""

    event = models.OneToOneField(Event, models.CASCADE, verbose_name="hội nghị", related_name="presentation")
    occasion = models.OneToOneField(Occasion, models.PROTECT, verbose_name="lần trao thưởng", related_name="conference")

    class Meta:
        verbose_name = "lần trao tại hội nghị"
        verbose_name_plural = "lần trao tại hội nghị"

    def __str__(self):
        return str(self.occasion)


def _kept_by(user):
    """Conferences whose honours this person reads whole, as ``is_read_by`` says of one."""
    return Event.objects.all() if may_oversee(user) else Event.objects.kept_by(user)


def is_read_by(event, user) -> bool:
    """Whether biographies and portraits without a consent are shown to ``user``: who keeps the conference, the department."""
    return may_oversee(user) or event.is_kept_by(user)


def _portraits_of(user):
    """Keys of the portraits that a person may see: those to be printed, and all of a conference that it keeps."""
    seen, kept = Event.objects.visible_to(user).order_by().values("pk"), _kept_by(user).order_by().values("pk")
    printed = Honour.objects.printable().order_by().values("pk")
    rows = Honour.objects.filter(Q(event__in=kept) | Q(event__in=seen, pk__in=printed), portrait__isnull=False)
    return rows.order_by().values("portrait")


def _consents_of(user):
    """Keys of the papers of consent, which are for those who keep the conference."""
    kept = _kept_by(user).order_by().values("pk")
    return Honour.objects.filter(event__in=kept, consent_file__isnull=False).order_by().values("consent_file")


CONFERENCES.files.append(_portraits_of)
CONFERENCES.files.append(_consents_of)
