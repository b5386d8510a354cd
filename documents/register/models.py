"""Where numbers come from: series of a body, a counter for each year, and the bytes that were issued with a number."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from units.models import Unit
from units.periods import InForce
from units.text import clean

from ..papers.models import Document, DocumentType, let_open
from ..steps.models import ARRIVAL, history_of


class NumberSeries(InForce):
    """One run of numbers of one body, from 01 on 1 January to 31 December (NĐ 30/2020, Điều 15 and 22).

    How many series a body keeps, and for which types, its head decides; a series without types takes every type that no
    other series of the body names. Papers that come in are numbered by the body that gets them, in a series of its own.
    """

    class Direction(models.TextChoices):
        """Which way papers go."""

        OUT = "out", "Văn bản đi"
        IN = "in", "Văn bản đến"

    issuer = models.ForeignKey(Unit, models.PROTECT, verbose_name="cơ quan", related_name="series")
    direction = models.CharField("sổ", max_length=3, choices=Direction, default=Direction.OUT)
    name = models.CharField("tên sổ", max_length=80, help_text="Ví dụ: Sổ chung, Sổ quyết định.")
    types = models.ManyToManyField(
        DocumentType,
        verbose_name="loại văn bản",
        blank=True,
        related_name="series",
        help_text="Để trống: sổ chung cho mọi loại không có sổ riêng.",
    )
    since = models.DateField("mở sổ từ ngày", default=date(2020, 1, 1))
    until = models.DateField("khóa sổ sau ngày", null=True, blank=True)
    # A standing office may number for a body that has no clerk of its own, where the province lets it.
    kept_by = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="đơn vị được giao duyệt, cấp số",
        null=True,
        blank=True,
        related_name="kept_series",
        help_text="Để trống: chỉ người của chính cơ quan ấy duyệt và cấp số. Ví dụ: cơ quan thường trực của Hội đồng.",
    )
    kept_paper = models.CharField(
        "văn bản giao", max_length=300, blank=True, help_text="Số, ký hiệu, ngày, cơ quan ban hành."
    )
    kept_since = models.DateField("giao từ ngày", null=True, blank=True)

    class Meta:
        verbose_name = "sổ văn bản"
        verbose_name_plural = "sổ văn bản"
        ordering = ["issuer__sort_text", "direction", "name"]
        constraints = [
            *InForce.Meta.constraints,
            models.UniqueConstraint(
                fields=["issuer", "direction", "name"],
                name="one_series_of_a_name",
                violation_error_message="Cơ quan này đã có sổ cùng tên.",
            ),
            models.CheckConstraint(
                condition=Q(kept_by=None, kept_paper="", kept_since=None)
                | Q(~Q(kept_paper=""), kept_by__isnull=False, kept_since__isnull=False),
                name="series_kept_by_whom_since_when_and_why",
                violation_error_message="Giao sổ cho đơn vị khác thì ghi đủ: đơn vị được giao, văn bản giao, giao từ ngày. "
                "Không giao thì để trống cả ba.",
            ),
            models.CheckConstraint(
                condition=Q(kept_by=None) | ~Q(kept_by=models.F("issuer")),
                name="series_is_not_kept_by_its_own_body",
                violation_error_message="Cơ quan tự giữ sổ của mình thì để trống đơn vị được giao.",
            ),
        ]

    def __str__(self):
        return f"{self.name} – {self.issuer}"

    def save(self, *args, **kwargs):
        """Keep the words clean."""
        self.name, self.kept_paper = clean(self.name).strip(), clean(self.kept_paper).strip()
        super().save(*args, **kwargs)


class SeriesYear(models.Model):
    """How far a series has come in a year. Whoever gives a number holds this row locked until the paper is stored."""

    series = models.ForeignKey(NumberSeries, models.CASCADE, verbose_name="sổ", related_name="years")
    year = models.PositiveSmallIntegerField("năm")
    last_number = models.PositiveIntegerField("số cuối đã cấp", default=0)
    last_day = models.DateField("ngày của số cuối", null=True, blank=True)
    # What was given before the program gave the first: on paper, or in another program.
    began_after = models.PositiveIntegerField("đã cấp ngoài chương trình đến số", default=0)
    began_paper = models.CharField("theo văn bản, lý do", max_length=300, blank=True)

    class Meta:
        verbose_name = "năm của sổ"
        verbose_name_plural = "các năm của sổ"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_a_year"),
            models.CheckConstraint(
                condition=Q(began_after=0) | ~Q(began_paper=""),
                name="year_began_after_and_why",
                violation_error_message="Số bắt đầu phải có văn bản hoặc lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.series}, năm {self.year}: đến số {self.last_number:02d}"


class Arrival(models.Model):
    """A paper in the book of those that came in to a unit (NĐ 30/2020, Điều 22 and Phụ lục IV)."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị nhận", related_name="arrivals")
    document = models.ForeignKey(Document, models.PROTECT, verbose_name="văn bản", related_name="arrivals")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số đến")
    arrived_on = models.DateField("ngày đến")
    handed_to = models.CharField("đơn vị hoặc người nhận", max_length=200, blank=True)
    handed_on = models.DateField("ngày chuyển", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey("units.User", models.PROTECT, verbose_name="người vào sổ", related_name="+")
    at = models.DateTimeField("vào sổ lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "văn bản đến"
        verbose_name_plural = "sổ văn bản đến"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="arrival_number_once_a_year"),
            models.UniqueConstraint(fields=["unit", "document"], name="a_paper_arrives_once"),
        ]

    def __str__(self):
        return f"Số đến {self.numbered}: {self.document.name}"

    @property
    def numbered(self) -> str:
        """The number as the book writes it, ``05/2026``; nothing before there is one."""
        return f"{self.number:02d}/{self.year}" if self.number else ""

    @cached_property
    def edits(self) -> list:
        """Each correction, the latest first. They are shown to the unit of the book alone, while others may see the paper."""
        return list(history_of(ARRIVAL, self.pk))


let_open(lambda units: Arrival.objects.filter(unit__in=units).order_by().values("document"))
