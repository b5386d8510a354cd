"""Good examples (gương điển hình): who did what in which campaign, and whether it may be told.

Source: Nghị định 13/2023/NĐ-CP and Luật Bảo vệ dữ liệu cá nhân 2025: of a person no more than the deed needs, and nothing
published without consent.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.models import Upload
from units.models import Searched, Unit
from units.permissions import may_manage, may_oversee, may_write
from units.text import clean, searchable
from units.tones import Toned

from ..area import CAMPAIGNS
from ..campaign.models import Campaign


class ExampleQuerySet(Searched):
    """Which profiles a person may read, and which may be told."""

    def visible_to(self, user):
        """The department: all. A unit: its own, and whatever was published."""
        if may_oversee(user):
            return self
        return self.filter(
            Q(unit__in=user.inherited_units) | Q(pk__in=Example.objects.published().order_by().values("pk"))
        )

    def published(self):
        """Those that may be told: published, and of a person only while its consent holds."""
        consenting = Q(kind=Example.Kind.COLLECTIVE) | Q(consented_on__isnull=False, consent_ended_on=None)
        return self.filter(consenting, published_on__isnull=False)

    def with_names(self):
        """Each with its unit and campaign."""
        return self.select_related("unit", "campaign__unit")


class Example(models.Model):
    """A person or a collective whose deed others may learn from. Awards and conferences build on it."""

    class Kind(models.TextChoices):
        """Whom it is about."""

        PERSON = "person", "Cá nhân"
        COLLECTIVE = "collective", "Tập thể"

    class State(Toned):
        """Whether it may be told, and whether it is; follows from the days."""

        SILENT = "silent", "wait", "Chưa có đồng ý"
        ENDED = "ended", "late", "Đã rút lại đồng ý"
        AGREED = "agreed", "open", "Chưa công bố"
        PUBLISHED = "published", "done", "Đã công bố"

    kind = models.CharField("là", max_length=10, choices=Kind)
    name = models.CharField("họ tên hoặc tên tập thể", max_length=200)
    post = models.CharField("chức vụ, công việc", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="examples")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="trong phong trào", null=True, blank=True, related_name="examples"
    )
    title = models.CharField("tóm tắt việc làm", max_length=200)
    deed = models.TextField("việc làm, thành tích", max_length=10_000)
    met_on = models.DateField("ngày phát hiện, ghi")
    sources = models.TextField("nguồn, căn cứ", max_length=1000)
    picture = models.OneToOneField(
        Upload, models.PROTECT, verbose_name="ảnh", null=True, blank=True, related_name="example_picture"
    )
    consented_on = models.DateField("ngày đồng ý công bố", null=True, blank=True)
    consent_words = models.CharField(
        "hình thức đồng ý", max_length=200, blank=True, help_text="Ví dụ: bản đồng ý có chữ ký."
    )
    consent_file = models.OneToOneField(
        Upload, models.PROTECT, verbose_name="bản đồng ý", null=True, blank=True, related_name="example_consent"
    )
    consent_ended_on = models.DateField("ngày rút lại đồng ý", null=True, blank=True, editable=False)
    published_on = models.DateField("ngày công bố", null=True, blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    search_text = models.TextField(editable=False)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = "gương điển hình"
        verbose_name_plural = "gương điển hình"
        ordering = ["-met_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on=None)
                | Q(kind="collective")
                | Q(consented_on__isnull=False, consent_ended_on=None),
                name="person_is_published_with_consent",
                violation_error_message="Chưa có sự đồng ý của người được nêu gương nên chưa công bố được.",
            ),
            models.CheckConstraint(
                condition=Q(consent_ended_on=None) | Q(consented_on__isnull=False),
                name="consent_ends_after_it_was_given",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the words for searching."""
        self.name = clean(self.name).strip()
        self.search_text = searchable(self.name, self.title, self.unit.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("example", args=[self.pk])

    @property
    def has_consent(self) -> bool:
        """Whether it may be told of: a collective always, a person while it consents."""
        return self.kind == self.Kind.COLLECTIVE or (self.consented_on is not None and self.consent_ended_on is None)

    @property
    def state(self) -> State:
        """Whether everybody may read it, and if not, why not."""
        if not self.has_consent:
            return self.State.ENDED if self.consented_on else self.State.SILENT
        return self.State.PUBLISHED if self.published_on else self.State.AGREED

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it."""
        return self.state == self.State.PUBLISHED

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` may change it: its unit, and who runs the year."""
        return may_write(user) and (self.unit_id in user.inherited_units or may_manage(user))


def _kept_examples(user):
    """Examples that ``user`` may change, as ``Example.is_kept_by`` says of one."""
    if not may_write(user):
        return Example.objects.none()
    return Example.objects.all() if may_manage(user) else Example.objects.filter(unit__in=user.inherited_units)


CAMPAIGNS.files.append(lambda user: Example.objects.visible_to(user).exclude(picture=None).order_by().values("picture"))
# A consent is for those who keep the profile.
CAMPAIGNS.files.append(lambda user: _kept_examples(user).exclude(consent_file=None).order_by().values("consent_file"))
