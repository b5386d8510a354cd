"""What eligibility rests on beside awards: initiatives, yearly ratings, figures of collectives, discipline."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from units.periods import InForce, InForceQuerySet
from units.permissions import may_oversee

from ...recipients.models import Recipient
from .decisions import Award


class OfRecipientQuerySet(models.QuerySet):
    """Records that hang on a recipient."""

    def visible_to(self, user):
        """Those of whom ``user`` may see."""
        return self if may_oversee(user) else self.filter(recipient__in=Recipient.objects.visible_to(user).values("pk"))


class InitiativeQuerySet(models.QuerySet):
    """Initiatives, by their authors."""

    def visible_to(self, user):
        """Those of which ``user`` may see an author."""
        if may_oversee(user):
            return self
        return self.filter(pk__in=Authorship.objects.visible_to(user).values("initiative"))


class Initiative(models.Model):
    """A sáng kiến or đề tài that was recognised, by which decision and for which scope."""

    class Kind(models.TextChoices):
        """What it is."""

        INITIATIVE = "initiative", "Sáng kiến, giải pháp"
        TOPIC = "topic", "Đề tài, đề án, công trình khoa học"

    class Scope(models.TextChoices):
        """Where it has effect."""

        UNIT = "unit", "Cấp cơ sở"
        PROVINCE = "province", "Cấp tỉnh"
        NATION = "nation", "Cấp toàn quốc"

    name = models.TextField("tên")
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.INITIATIVE)
    scope = models.CharField("phạm vi ảnh hưởng", max_length=10, choices=Scope)
    year = models.PositiveSmallIntegerField("năm")
    recognised_on = models.DateField("ngày công nhận", null=True, blank=True)
    number = models.CharField("số quyết định công nhận", max_length=60, blank=True)
    issuer = models.CharField("cơ quan công nhận", max_length=200, blank=True)
    summary = models.TextField("tóm tắt", blank=True)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = "sáng kiến, đề tài"
        verbose_name_plural = "sáng kiến, đề tài"
        ordering = ["-year", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("initiative", args=[self.pk])


class Authorship(models.Model):
    """An author of an initiative; ``used_in``: the award for which it was used, once."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name="sáng kiến", related_name="authorships")
    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="tác giả", related_name="authorships")
    used_in = models.ForeignKey(
        Award, models.PROTECT, verbose_name="đã dùng để xét", null=True, blank=True, related_name="initiatives"
    )

    objects = OfRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = "tác giả"
        verbose_name_plural = "tác giả"
        constraints = [models.UniqueConstraint(fields=["initiative", "recipient"], name="an_author_once")]

    def __str__(self):
        return f"{self.recipient}: {self.initiative}"


class Rating(models.Model):
    """How well a person or a collective did a year's work."""

    class Level(models.TextChoices):
        """The levels of completion, the best last; on maternity leave nobody is rated."""

        FAILED = "failed", "Không hoàn thành nhiệm vụ"
        DONE = "done", "Hoàn thành nhiệm vụ"
        GOOD = "good", "Hoàn thành tốt nhiệm vụ"
        EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
        MATERNITY = "maternity", "Nghỉ thai sản, không xếp loại"

    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="cá nhân, tập thể", related_name="ratings")
    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("mức xếp loại", max_length=10, choices=Level)
    paper = models.CharField("theo văn bản", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = OfRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại hằng năm"
        verbose_name_plural = "xếp loại hằng năm"
        ordering = ["-year", "recipient__sort_text"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "year"], name="rated_once_a_year",
                violation_error_message="Năm này đã có xếp loại. Hãy sửa dòng đã có.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recipient} {self.year}: {self.get_level_display()}"

    def get_absolute_url(self):
        return reverse("rating", args=[self.pk])


class Team(models.Model):
    """The people of a collective in a year: what its titles ask of them. None for what was not counted."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="tập thể", related_name="teams")
    year = models.PositiveSmallIntegerField("năm")
    members = models.PositiveIntegerField("số người")
    women = models.PositiveIntegerField("nữ", null=True, blank=True)
    completed = models.PositiveIntegerField("hoàn thành nhiệm vụ", null=True, blank=True)
    ldtt = models.PositiveIntegerField("đạt Lao động tiên tiến", null=True, blank=True)
    cstdcs = models.PositiveIntegerField("đạt Chiến sĩ thi đua cơ sở", null=True, blank=True)
    warned = models.PositiveIntegerField("bị kỷ luật từ cảnh cáo", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = OfRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = "số người của tập thể"
        verbose_name_plural = "số người của tập thể"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "year"], name="team_once_a_year",
                violation_error_message="Năm này đã có số người. Hãy sửa dòng đã có.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__lte": F("members")}), name=f"team_{name}_of_members",
                    violation_error_message="Lớn hơn số người của tập thể. Hãy kiểm tra lại.",
                )
                for name in ("women", "completed", "ldtt", "cstdcs", "warned")
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recipient} {self.year}: {self.members} người"

    def get_absolute_url(self):
        return reverse("team", args=[self.pk])


class PauseQuerySet(OfRecipientQuerySet, InForceQuerySet):
    """Pauses of whom a person may see, by the day."""


class Pause(InForce):
    """Discipline, and what else stops awards while it lasts (Nghị định 152/2025/NĐ-CP, Điều 4 khoản 4)."""

    class Kind(models.TextChoices):
        """Why awards stop."""

        DISCIPLINE = "discipline", "Thi hành kỷ luật"
        HEARING = "hearing", "Đang xem xét kỷ luật"
        INSPECTION = "inspection", "Thanh tra, điều tra, kiểm tra có dấu hiệu vi phạm"
        COMPLAINT = "complaint", "Khiếu nại, tố cáo, báo nêu đang xác minh"

    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="cá nhân, tập thể", related_name="pauses")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    paper = models.CharField("theo văn bản", max_length=200)
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = PauseQuerySet.as_manager()

    class Meta(InForce.Meta):
        verbose_name = "kỷ luật, tạm dừng"
        verbose_name_plural = "kỷ luật, tạm dừng"
        ordering = ["-since"]

    def __str__(self):
        return f"{self.recipient}: {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("pause", args=[self.pk])
