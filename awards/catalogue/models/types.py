"""What there is to give, to whom, in which way, who decides; and the stamp by which a change of the catalogue is known."""

import uuid
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.urls import reverse

from units.periods import InForce

from ..values import REGULAR


class Whom(models.TextChoices):
    """Who may receive something."""

    PERSON = "person", "Cá nhân"
    COLLECTIVE = "collective", "Tập thể"
    HOUSEHOLD = "household", "Hộ gia đình"


class Route(models.TextChoices):
    """For what one is commended (loại hình, phương thức khen thưởng); the catalogue has their names and days.

    Luật Thi đua, khen thưởng 2022, Điều 8; ``RESISTANCE`` stands in the statistical forms, ``CONTRIBUTION`` for what is given.
    """

    MERIT = REGULAR, "Công trạng (thường xuyên)"
    DEED = "deed", "Đột xuất"
    MOVEMENT = "movement", "Phong trào thi đua, chuyên đề"
    THEME = "theme", "Khen thưởng chuyên đề"
    SERVICE = "service", "Quá trình cống hiến"
    TENURE = "tenure", "Niên hạn"
    FOREIGN = "foreign", "Đối ngoại"
    RESISTANCE = "resistance", "Kháng chiến"
    CONTRIBUTION = "contribution", "Đóng góp công sức, tài sản"


class Stamp(models.Model):
    """One row whose ``token`` is a new one after each change of the catalogue, so that what was read of it is read anew."""

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = "dấu của danh mục"
        verbose_name_plural = "dấu của danh mục"

    def __str__(self):
        return str(self.token)

    @classmethod
    def renew(cls):
        """Say that the catalogue changed."""
        cls.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})
        if (held := _of_request.get()) is not None:
            held.clear()

    @classmethod
    def lock(cls):
        """Let one person at a time change the catalogue, until the transaction ends: who comes second sees what the first did."""
        cls.objects.get_or_create(pk=1)
        cls.objects.select_for_update().get(pk=1)
        if (held := _of_request.get()) is not None:
            held.clear()

    @classmethod
    def current(cls):
        """The token, None where nothing is stored; one query, in a request one in all (``asked_once``)."""
        held = _of_request.get()
        if held is None:
            return cls.objects.values_list("token", flat=True).first()
        if "token" not in held:
            held["token"] = cls.objects.values_list("token", flat=True).first()
        return held["token"]


_of_request: ContextVar[dict | None] = ContextVar("catalogue_of_request", default=None)


@contextmanager
def asked_once():
    """Within, whether the catalogue changed is asked once: a list names an award in every row."""
    token = _of_request.set({})
    try:
        yield
    finally:
        _of_request.reset(token)


class Office(InForce):
    """Who decides: the Premier, the chairman of the province, the head of a department. ``code`` never changes."""

    class Fund(models.TextChoices):
        """Whose fund pays the prize of what it decides (Luật 2022, Điều 11 khoản 4)."""

        OWN = "own", "Quỹ của cấp quyết định"
        PROPOSER = "proposer", "Quỹ của cơ quan đề nghị"

    code = models.SlugField("mã", unique=True)
    name = models.CharField("người quyết định", max_length=200)
    fund = models.CharField("ai chi tiền thưởng", max_length=10, choices=Fund, default=Fund.OWN)
    since = models.DateField("từ ngày", null=True, blank=True)

    class Meta(InForce.Meta):
        verbose_name = "thẩm quyền"
        verbose_name_plural = "thẩm quyền"
        ordering = ["pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store it, and have the catalogue read anew."""
        super().save(*args, **kwargs)
        Stamp.renew()


class AwardType(models.Model):
    """One danh hiệu thi đua or hình thức khen thưởng. ``code`` never changes; its names, days and articles are provisions."""

    class Form(models.TextChoices):
        """What kind it is: a title of emulation, or a form of commendation."""

        TITLE = "title", "Danh hiệu thi đua"
        ORDER = "order", "Huân chương"
        MEDAL = "medal", "Huy chương"
        HONOUR = "honour", "Danh hiệu vinh dự nhà nước"
        PRIZE = "prize", "Giải thưởng"
        BADGE = "badge", "Kỷ niệm chương"
        CERTIFICATE = "certificate", "Bằng khen"
        LETTER = "letter", "Giấy khen"

    class Level(models.TextChoices):
        """Of which level it is."""

        STATE = "state", "Cấp nhà nước"
        MINISTRY = "ministry", "Cấp bộ, ban, ngành"
        PROVINCE = "province", "Cấp tỉnh"
        UNIT = "unit", "Cấp cơ sở"

    code = models.CharField("mã", max_length=20, unique=True)
    form = models.CharField("loại", max_length=12, choices=Form)
    level = models.CharField("cấp", max_length=10, choices=Level, default=Level.STATE)
    for_person = models.BooleanField("cho cá nhân", default=False)
    for_collective = models.BooleanField("cho tập thể", default=False)
    for_household = models.BooleanField("cho hộ gia đình", default=False)
    is_flag = models.BooleanField("là cờ thi đua", default=False)
    is_posthumous = models.BooleanField("truy tặng được", default=False)
    group = models.SlugField("chỉ cho nhóm", blank=True)
    counts_as = models.ForeignKey(
        "self", models.PROTECT, verbose_name="trong tiêu chuẩn tính như", null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "danh hiệu, hình thức"
        verbose_name_plural = "danh hiệu, hình thức"
        ordering = ["position", "code"]

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        """Store it, and have the catalogue read anew."""
        super().save(*args, **kwargs)
        Stamp.renew()

    def get_absolute_url(self):
        return reverse("award_type", args=[self.code])

    @property
    def is_title(self) -> bool:
        """Whether it is a danh hiệu thi đua; everything else is a hình thức khen thưởng."""
        return self.form == self.Form.TITLE

    @property
    def rank(self) -> int:
        """Its place in a list by rank: titles, the highest first, then forms; the catalogue has titles from the lowest up."""
        return -self.position if self.is_title else self.position

    def is_for(self, whom: str) -> bool:
        """Whether a person, a collective, a household may have it at all (``Whom``)."""
        return getattr(self, f"for_{whom}")
