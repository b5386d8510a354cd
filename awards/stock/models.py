"""The store as a ledger: every line with its voucher, its paper and its person. What is on hand is the sum of the lines.

Lines are never changed or deleted: what was wrong is set right by another voucher. Who writes lines holds their kinds
(``actions.hold``), so that nothing goes below zero, however many store keepers work at once.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.areas.papers import Papers
from documents.steps.refusing import Refused
from units.models import Searched
from units.text import searchable
from units.tones import Badged, Toned

from ..area import AWARDS
from ..items.models import Due, ItemKind

OF_ORDER = Papers(AWARDS, "de-nghi-hien-vat")
OF_COUNT = Papers(AWARDS, "kiem-ke-hien-vat")


class VoucherYear(models.Model):
    """The last number of receipts, or of issues, of one year."""

    is_receipt = models.BooleanField("là phiếu nhập")
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "số phiếu kho"
        verbose_name_plural = "số phiếu kho"
        constraints = [models.UniqueConstraint(fields=["is_receipt", "year"], name="vouchers_are_counted_once")]

    def __str__(self):
        return f"{'NK' if self.is_receipt else 'XK'} {self.year}: {self.last}"


class MovementQuerySet(Searched):
    """Vouchers by how they were written."""

    def by_hand(self):
        """Those that a store keeper wrote. What came back from a unit, or was destroyed with its award, is of other rooms."""
        of_awards = models.Exists(StockLine.objects.filter(movement=models.OuterRef("pk"), due__isnull=False))
        return self.filter(sort__in=_BY_HAND).exclude(
            of_awards, sort__in=[Movement.Sort.BACK, Movement.Sort.WRITTEN_OFF]
        )


class Movement(models.Model):
    """One voucher of the store: what came in or went out at once, from whom or to whom, by which paper.

    ``number`` counts vouchers of its direction in its year: the receipts (``Sort.comes_in``) and the issues apart.
    """

    class Sort(models.TextChoices):
        """Why something came or went."""

        RECEIVED = "received", "Nhận từ Bộ Nội vụ"
        BOUGHT = "bought", "Mua, đặt làm"
        SENT_HERE = "sent_here", "Nơi khác in, gửi về"
        PRINTED = "printed", "In tại Sở Nội vụ"
        BACK = "back", "Đơn vị trả lại, thu hồi"
        HANDED = "handed", "Giao đơn vị"
        GIVEN_OUT = "given_out", "Xuất dùng, tặng"
        SPOILED = "spoiled", "Hỏng khi in"
        WRITTEN_OFF = "written_off", "Thanh lý, hủy bỏ"
        SURPLUS = "surplus", "Thừa khi kiểm kê"
        MISSING = "missing", "Thiếu khi kiểm kê"
        MENDED_IN = "mended_in", "Điều chỉnh tăng"
        MENDED_OUT = "mended_out", "Điều chỉnh giảm"

        @property
        def comes_in(self) -> bool:
            """Whether the store has more after it; printing takes blanks out as well."""
            return self in _COMES_IN

    sort = models.CharField("lý do", max_length=12, choices=Sort)
    is_receipt = models.BooleanField("là phiếu nhập", editable=False)
    year = models.PositiveSmallIntegerField("năm", editable=False)
    number = models.PositiveIntegerField("số", editable=False)
    day = models.DateField("ngày")
    partner = models.CharField("nhận từ, giao cho", max_length=200, blank=True)
    paper = models.CharField("theo giấy tờ", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    mends = models.OneToOneField(
        "self", models.PROTECT, verbose_name="điều chỉnh phiếu", null=True, blank=True, related_name="mended_by"
    )
    order = models.ForeignKey(
        "Order", models.PROTECT, verbose_name="theo đề nghị", null=True, blank=True, related_name="receipts"
    )
    count = models.ForeignKey(
        "StockCount", models.PROTECT, verbose_name="theo kiểm kê", null=True, blank=True, related_name="vouchers"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)
    search_text = models.TextField(editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu nhập, xuất kho"
        verbose_name_plural = "phiếu nhập, xuất kho"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_receipt", "year", "number"], name="voucher_has_its_number"),
        ]

    def __str__(self):
        return f"{'NK' if self.is_receipt else 'XK'} {self.number}/{self.year}"

    def save(self, *args, **kwargs):
        """Store a new voucher; raises ``Refused`` for one that is there."""
        if self.pk:
            raise Refused("Phiếu đã ghi không sửa được: hãy lập phiếu điều chỉnh.")
        self.search_text = searchable(str(self), self.partner, self.paper, self.note)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("movement", args=[self.pk])


_COMES_IN = {
    Movement.Sort.RECEIVED, Movement.Sort.BOUGHT, Movement.Sort.SENT_HERE, Movement.Sort.PRINTED, Movement.Sort.BACK,
    Movement.Sort.SURPLUS, Movement.Sort.MENDED_IN,
}  # fmt: skip
# What a store keeper writes by hand; the others follow from printing, handing over, counting, mending.
RECEIPTS = (Movement.Sort.RECEIVED, Movement.Sort.BOUGHT, Movement.Sort.SENT_HERE, Movement.Sort.BACK)
ISSUES = (Movement.Sort.GIVEN_OUT, Movement.Sort.WRITTEN_OFF)
_BY_HAND = (*RECEIPTS, *ISSUES)


class StockLineQuerySet(models.QuerySet):
    """Sums of the ledger."""

    def on_hand(self) -> dict[int, int]:
        """{key of a kind: how many there are}, of kinds of which anything was ever written. One query."""
        return dict(self.order_by().values_list("kind").annotate(models.Sum("quantity")))


class StockLine(models.Model):
    """One line of a voucher: so many of a kind came (positive) or went; ``due``: for which award it went, or came back from."""

    movement = models.ForeignKey(Movement, models.PROTECT, verbose_name="phiếu", related_name="lines")
    kind = models.ForeignKey(ItemKind, models.PROTECT, verbose_name="loại hiện vật", related_name="lines")
    quantity = models.IntegerField("số lượng")
    due = models.ForeignKey(
        Due, models.PROTECT, verbose_name="của khen thưởng", null=True, blank=True, related_name="lines"
    )

    objects = StockLineQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng sổ kho"
        verbose_name_plural = "dòng sổ kho"
        ordering = ["-movement__day", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="stock_line_is_not_nought")]

    def __str__(self):
        return f"{self.quantity:+d} {self.kind}"

    def save(self, *args, **kwargs):
        """Store a new line; raises ``Refused`` for one that is there."""
        if self.pk:
            raise Refused("Dòng đã ghi sổ kho không sửa được.")
        super().save(*args, **kwargs)


class Serial(models.Model):
    """One piece of a kind that has numbers: by which line it came, by which it went; it is here while nothing took it out."""

    kind = models.ForeignKey(ItemKind, models.PROTECT, verbose_name="loại hiện vật", related_name="serials")
    number = models.CharField("số hiệu", max_length=40)
    came = models.ForeignKey(StockLine, models.PROTECT, verbose_name="nhập ở dòng", related_name="serials_in")
    went = models.ForeignKey(
        StockLine, models.PROTECT, verbose_name="xuất ở dòng", null=True, blank=True, related_name="serials_out"
    )

    class Meta:
        verbose_name = "số hiệu"
        verbose_name_plural = "số hiệu"
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], condition=Q(went=None), name="serial_is_here_once",
                violation_error_message="Số hiệu này đang có trong kho.",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.number


class StockCount(models.Model):
    """One count of the store: what the ledger says and what was found. One at a time; closing it writes the differences."""

    class State(Badged):
        """How far it is."""

        OPEN = "open", "azure", "Đang kiểm"
        CLOSED = "closed", "green", "Đã chốt"
        DROPPED = "dropped", "secondary", "Đã bỏ"

    day = models.DateField("ngày kiểm kê")
    team = models.CharField("tổ kiểm kê", max_length=300, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.OPEN, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    class Meta:
        verbose_name = "kiểm kê kho"
        verbose_name_plural = "kiểm kê kho"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="open"), name="one_count_at_a_time",
                violation_error_message="Đang có một lần kiểm kê chưa chốt. Hãy chốt hoặc bỏ lần đó trước.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"Kiểm kê ngày {self.day:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("stock_count", args=[self.pk])


class CountRow(models.Model):
    """What one count found of one kind. ``expected``: what the ledger had when that was noted, so that what came or went since
    is no difference. ``serials``: which pieces there are too many or too few, of a kind that has numbers.
    """

    count = models.ForeignKey(StockCount, models.CASCADE, verbose_name="kiểm kê", related_name="rows")
    kind = models.ForeignKey(ItemKind, models.PROTECT, verbose_name="loại hiện vật", related_name="+")
    expected = models.IntegerField("theo sổ", null=True, blank=True, editable=False)
    found = models.PositiveIntegerField("thực có", null=True, blank=True)
    reason = models.CharField("lý do chênh lệch", max_length=200, blank=True)
    serials = models.CharField("số hiệu thừa, thiếu", max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người đếm", null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "dòng kiểm kê"
        verbose_name_plural = "dòng kiểm kê"
        ordering = ["kind__position", "kind__name"]
        constraints = [models.UniqueConstraint(fields=["count", "kind"], name="kind_is_counted_once")]

    def __str__(self):
        return f"{self.kind}: {self.found}"

    @property
    def difference(self) -> int:
        """How many more there are than the ledger had; nothing while it was not counted."""
        return 0 if self.found is None else self.found - self.expected

    @property
    def difference_text(self) -> str:
        """``+2``, ``−3``; nothing for none."""
        return f"{self.difference:+d}".replace("-", "−") if self.difference else ""


class Order(models.Model):
    """What is to be bought, printed, or asked of the ministry because the store is short of it; its paper by ``OF_ORDER``."""

    class State(Toned):
        """How far it is."""

        OPEN = "open", "open", "Đang lập"
        SENT = "sent", "wait", "Đã gửi"
        DONE = "done", "done", "Đã nhận đủ"
        DROPPED = "dropped", "not_asked", "Đã bỏ"

    class Source(models.TextChoices):
        """From whom it is wanted."""

        STATE = "state", "Đề nghị Bộ Nội vụ cấp"
        BOUGHT = "bought", "Mua, đặt làm"

    source = models.CharField("loại", max_length=10, choices=Source)
    subject = models.CharField("về việc", max_length=200)
    to = models.CharField("gửi", max_length=200, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.OPEN, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    class Meta:
        verbose_name = "đề nghị mua, cấp hiện vật"
        verbose_name_plural = "đề nghị mua, cấp hiện vật"
        ordering = ["-pk"]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("stock_order", args=[self.pk])


class OrderLine(models.Model):
    """So many of one kind that are ordered."""

    order = models.ForeignKey(Order, models.CASCADE, verbose_name="đề nghị", related_name="lines")
    kind = models.ForeignKey(ItemKind, models.PROTECT, verbose_name="loại hiện vật", related_name="+")
    quantity = models.PositiveIntegerField("số lượng")

    class Meta:
        verbose_name = "dòng đề nghị"
        verbose_name_plural = "dòng đề nghị"
        ordering = ["kind__position", "kind__name"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], name="kind_is_ordered_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="ordered_at_least_one"),
        ]

    def __str__(self):
        return f"{self.quantity} {self.kind}"
