"""What a person or an office keeps to write with: whole texts, from which papers begin, and phrases, which are put into them.

Both have versions: every change of their words leaves them as they were (``Wording``), and a draft remembers of which text and
which version it began (``Beginning``).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from units.models import Searched, Unit
from units.permissions import may_manage, may_write
from units.text import clean, clean_words, searchable, sort_key
from units.tones import Badged

from ..papers.models import Document, DocumentType

MOST_LETTERS = 100_000
NO_UNIT, NO_OWNER = Q(unit=None), Q(owner=None)


class KeptQuerySet(Searched):
    """Whose words a person may use."""

    def visible_to(self, user):
        """The own ones, those of the own unit, and those that the province's office shares with all; thrown away or not."""
        return self.filter(Q(owner=user) | NO_OWNER & (NO_UNIT | Q(unit__in=user.inherited_units)))

    def usable_by(self, user):
        """Those of them that are not thrown away."""
        return self.visible_to(user).filter(state=State.KEPT)

    def with_names(self):
        """Each with what a list shows of it."""
        return self.select_related("unit", "owner")


class State(Badged):
    """Whether it is offered to those who write."""

    KEPT = "kept", "green", "Đang dùng"
    DROPPED = "dropped", "secondary", "Đã bỏ"


class Kept(models.Model):
    """Words under a name: one person's (``owner``), one unit's, or everybody's (no ``unit``)."""

    State = State
    # The fields that hold words; a version keeps them with the name.
    WORDS = ("body",)

    name = models.CharField("tên", max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="của riêng", null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="của đơn vị", null=True, blank=True, related_name="+",
        help_text="Để trống: dùng chung cho mọi đơn vị.",
    )  # fmt: skip
    body = models.TextField("nội dung", max_length=MOST_LETTERS)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.KEPT, editable=False)
    version = models.PositiveIntegerField("bản", default=1, editable=False)
    sort_text = models.TextField(editable=False)
    search_text = models.TextField(editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_text", "id"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep text clean and the sort key beside the name."""
        self.name = clean(self.name).strip()
        for field in self.WORDS:
            setattr(self, field, clean_words(getattr(self, field)))
        self.sort_text, self.search_text = sort_key(self.name), searchable(self.name, *self.found_by)
        super().save(*args, **kwargs)

    @property
    def words(self) -> dict[str, str]:
        """What a version keeps: {name of the field: words}."""
        return {field: getattr(self, field) for field in ("name", *self.WORDS)}

    @property
    def whose(self) -> str:
        """Who uses it, in words."""
        return "Riêng tôi" if self.owner_id else str(self.unit) if self.unit_id else "Mọi đơn vị"

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` may change it: the owner, who writes for the unit, for all units those who run the year."""
        if self.owner_id:
            return may_write(user) and self.owner_id == user.pk
        return may_write(user) and self.unit_id in user.inherited_units if self.unit_id else may_manage(user)


def _once(name, words, *more):
    """That a name is there once for a person, a unit, everybody, among what is not thrown away."""
    whose = {"person": (["owner"], ~NO_OWNER), "unit": (["unit"], NO_OWNER & ~NO_UNIT), "all": ([], NO_OWNER & NO_UNIT)}
    return [
        models.UniqueConstraint(
            fields=[*fields, *more, "name"], condition=condition & Q(state=State.KEPT), name=f"{name}_of_{who}",
            violation_error_message=words,
        )
        for who, (fields, condition) in whose.items()
    ]  # fmt: skip


class OfficeText(Kept):
    """The words from which a paper of one type begins: a model (mẫu)."""

    WORDS = ("subject", "bases", "to", "recipients", "body")

    name = models.CharField("tên mẫu", max_length=120)
    type = models.ForeignKey(DocumentType, models.PROTECT, verbose_name="loại văn bản", related_name="texts")
    subject = models.TextField("trích yếu", max_length=500, blank=True)
    bases = models.TextField("căn cứ", blank=True)
    to = models.TextField("kính gửi", blank=True)
    recipients = models.TextField("nơi nhận", blank=True)

    class Meta(Kept.Meta):
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        constraints = _once("one_text", "Đã có mẫu cùng tên cho loại này. Hãy đặt tên khác.", "type")

    def get_absolute_url(self):
        return reverse("text", args=[self.pk])

    @property
    def found_by(self):
        """What it is found by beside its name."""
        return (self.subject,)


class Phrase(Kept):
    """A short piece of text under a short name, put into a paper where the caret stands (cụm từ)."""

    name = models.CharField("tên gọi ngắn", max_length=120)

    class Meta(Kept.Meta):
        verbose_name = "cụm từ"
        verbose_name_plural = "cụm từ"
        constraints = _once("one_phrase", "Đã có cụm từ cùng tên. Hãy đặt tên khác.")

    def get_absolute_url(self):
        return reverse("phrase", args=[self.pk])

    @property
    def found_by(self):
        """What it is found by beside its name."""
        return (self.body[:1000],)


class Wording(models.Model):
    """The words of one version of a text or phrase, which ``about`` and ``key`` name as the log does. Rows are only added.

    Who made it, when, and from what, the log tells under the same version.
    """

    about = models.CharField("về", max_length=20)
    key = models.PositiveBigIntegerField("của")
    number = models.PositiveIntegerField("bản")
    words = models.JSONField("lời văn")

    class Meta:
        verbose_name = "bản của mẫu, cụm từ"
        verbose_name_plural = "bản của mẫu, cụm từ"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["about", "key", "number"], name="one_wording_a_version")]

    def __str__(self):
        return f"{self.about} {self.key}, bản {self.number}"


class Beginning(models.Model):
    """From which text, in which version, a draft began, and about which record: kind and key (``documents.areas.records``)."""

    document = models.OneToOneField(
        Document, models.CASCADE, verbose_name="văn bản", primary_key=True, related_name="beginning"
    )
    text = models.ForeignKey(OfficeText, models.PROTECT, verbose_name="mẫu", related_name="beginnings")
    number = models.PositiveIntegerField("bản")
    record_kind = models.CharField("loại hồ sơ", max_length=40, blank=True)
    record_key = models.PositiveBigIntegerField("hồ sơ", null=True, blank=True)

    class Meta:
        verbose_name = "bắt đầu từ mẫu"
        verbose_name_plural = "bắt đầu từ mẫu"

    def __str__(self):
        return f"{self.text}, bản {self.number}"
