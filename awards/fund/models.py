"""The fund for emulation and commendation: what came in, what was spent on what, what each award is owed and was paid.

Source: Luật Thi đua, khen thưởng 2022, Điều 11; the decree of the day on the fund; table Biểu 05 of a province for its heads.
Amounts in đồng, whole.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from documents.steps.refusing import Refused
from units.models import Unit
from units.permissions import may_oversee
from units.tones import Toned

from ..records.models import Award

# The first year that there are tables of; the most that a line is about (đồng), so that sums of lines stay within the database.
FIRST_YEAR, MOST = 2000, 10**13


class Head(models.Model):
    """A source of income or a head of spending. ``column``: which column of Biểu 05 it is summed in."""

    class Side(models.TextChoices):
        """Which way money goes."""

        INCOME = "income", "Nguồn thu"
        SPENDING = "spending", "Nội dung chi"

    class Column(models.TextChoices):
        """The columns of Biểu 05."""

        SET_ASIDE = "set_aside", "Đã trích"
        STATE = "state", "Khen cấp Nhà nước"
        PROVINCE = "province", "Khen cấp tỉnh"
        OTHER_AWARDS = "other_awards", "Khen khác"
        EMULATION = "emulation", "Thi đua, tuyên truyền"
        ITEMS = "items", "Mua sắm hiện vật"
        OTHER = "other", "Chi khác"
        REGULAR = "regular", "Chi thường xuyên của ngân sách, để tính tỷ lệ"

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên", max_length=200)
    side = models.CharField("là", max_length=10, choices=Side)
    column = models.CharField("cột của Biểu 05", max_length=15, choices=Column)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "nguồn thu, nội dung chi"
        verbose_name_plural = "nguồn thu, nội dung chi"
        ordering = ["side", "position", "pk"]

    def __str__(self):
        return self.name


class Budget(models.Model):
    """What is planned for one head in one year."""

    year = models.PositiveSmallIntegerField("năm")
    head = models.ForeignKey(Head, models.PROTECT, verbose_name="nguồn thu, nội dung chi", related_name="budgets")
    amount = models.PositiveBigIntegerField("dự toán (đồng)")
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        verbose_name = "dự toán quỹ"
        verbose_name_plural = "dự toán quỹ"
        ordering = ["-year", "head"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "head"], name="head_is_budgeted_once_a_year",
                violation_error_message="Nội dung này của năm đã có dự toán. Hãy sửa dòng đã có.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.head} {self.year}"


class PaymentQuerySet(models.QuerySet):
    """Which payments a person may see."""

    def visible_to(self, user):
        """The department: all. A unit: those of awards that it may see."""
        return (
            self if may_oversee(user) else self.filter(award__in=Award.objects.visible_to(user).order_by().values("pk"))
        )

    def due(self):
        """Those that are owed: of awards that count, not paid, not waived."""
        return self.filter(state=Payment.State.DUE, award__cancelled_on=None)


class Payment(models.Model):
    """The prize of one award: who owes it, and whether, when, to whom and by which paper it was paid."""

    class State(Toned):
        """How far it has come."""

        DUE = "due", "wait", "Chưa chi"
        PAID = "paid", "done", "Đã chi"
        WAIVED = "waived", "not_asked", "Không chi"

    class Off(Toned):
        """How one stands whose award was lost before it was paid."""

        LOST = "lost", "not_asked", "Không chi: khen thưởng đã hủy"

    class Payer(models.TextChoices):
        """Whose fund it is (Điều 11 khoản 4)."""

        OWN = "own", "Quỹ của cấp quyết định"
        PROPOSER = "proposer", "Quỹ của cơ quan đề nghị"

    award = models.OneToOneField(Award, models.PROTECT, verbose_name="khen thưởng", related_name="payment")
    payer = models.CharField("ai chi", max_length=10, choices=Payer, default=Payer.OWN)
    payer_unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="cơ quan chi", null=True, blank=True, related_name="+"
    )
    amount = models.PositiveBigIntegerField("số tiền (đồng)")
    steps = models.CharField("cách tính", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DUE, editable=False)
    paid_on = models.DateField("chi ngày", null=True, blank=True)
    paid_to = models.CharField("người nhận tiền", max_length=200, blank=True)
    voucher = models.CharField("chứng từ", max_length=100, blank=True)
    waived_for = models.CharField("không chi vì", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "tiền thưởng"
        verbose_name_plural = "tiền thưởng"
        ordering = ["award__decision", "award__position"]
        indexes = [models.Index(fields=["state", "payer"], name="payments_that_are_due")]
        constraints = [
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid_on__isnull=False), name="paid_on_a_day"),
            models.CheckConstraint(condition=~Q(state="waived") | ~Q(waived_for=""), name="waived_for_a_reason"),
        ]

    def __str__(self):
        return str(self.award)

    def get_absolute_url(self):
        return reverse("payment", args=[self.pk])

    @property
    def is_due(self) -> bool:
        """Whether it is owed; reads its award."""
        return self.state == self.State.DUE and not self.award.cancelled_on

    @property
    def standing(self) -> Toned:
        """What its badge says; reads its award."""
        is_lost = self.state == self.State.DUE and self.award.cancelled_on
        return self.Off.LOST if is_lost else self.State(self.state)

    @property
    def waits(self) -> int | None:
        """For how many days its award has had no prize; None of one that is not due."""
        return (timezone.localdate() - self.award.decided_on).days if self.is_due else None


class LedgerEntry(models.Model):
    """One line of the ledger. Lines are never changed: what was wrong is set right by a line that ``mends`` it.

    ``payments`` of awards that were paid together are one line of the ledger, by their head.
    """

    day = models.DateField("ngày")
    head = models.ForeignKey(Head, models.PROTECT, verbose_name="nguồn thu, nội dung chi", related_name="entries")
    amount = models.BigIntegerField("số tiền (đồng)")
    words = models.CharField("diễn giải", max_length=300)
    voucher = models.CharField("chứng từ", max_length=100, blank=True)
    paper = models.ForeignKey(Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="+")
    payments = models.ManyToManyField(Payment, verbose_name="tiền thưởng", blank=True, related_name="entries")
    mends = models.OneToOneField(
        "self", models.PROTECT, verbose_name="điều chỉnh dòng", null=True, blank=True, related_name="mended_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    class Meta:
        verbose_name = "thu, chi của quỹ"
        verbose_name_plural = "thu, chi của quỹ"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["day", "head"], name="ledger_by_day")]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="ledger_line_is_not_nought")]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.words}"

    def save(self, *args, **kwargs):
        """Store a new line; raises ``Refused`` for one that is there."""
        if self.pk:
            raise Refused("Dòng đã ghi sổ không sửa được: hãy ghi dòng điều chỉnh.")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("ledger_entry", args=[self.pk])
