"""The list of a decision while it is being entered, and the cancelling of single awards by a later decision."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from documents.models import Job, Upload
from units.permissions import may_oversee
from units.tones import Toned

from ..area import AWARDS
from ..catalogue.models import AwardType, Route
from ..records.models import Award, Decision


class Entry(models.Model):
    """What was given of the list of a decision, typed or as a file, until it is stored as awards.

    Nothing of it counts anywhere. ``year``, ``first_year``, ``route``, ``award``, ``deed`` are what all rows share that say
    nothing else. ``rows``: typed by hand; ``file``: from Excel, whose columns a person matched in ``columns`` ({field: column}).
    ``fixes``: rows that were corrected and sent again ({row: {field: value}}). ``choices``: who a row is, where that is a
    person's to say ({row: key of a recipient, 0 for somebody new}). ``report``: what checking a long file found.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, verbose_name="quyết định", related_name="entry")
    year = models.PositiveSmallIntegerField("năm thành tích")
    first_year = models.PositiveSmallIntegerField(
        "từ năm", null=True, blank=True, help_text="Khi thành tích của nhiều năm, ví dụ 2021 đến 2025."
    )
    route = models.CharField("loại hình", max_length=12, choices=Route, default=Route.MERIT)
    award = models.ForeignKey(
        AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", null=True, blank=True, related_name="+"
    )
    deed = models.TextField("thành tích ghi trong quyết định", blank=True)
    rows = models.JSONField(default=list)
    file = models.ForeignKey(
        Upload, models.PROTECT, verbose_name="tệp danh sách", null=True, blank=True, related_name="+"
    )
    columns = models.JSONField(default=dict)
    fixes = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    all_new = models.BooleanField("người chưa chắc là ai đều là người mới", default=False)
    converts = models.BooleanField("chuyển chữ gõ bằng bảng mã cũ sang Unicode", default=False)
    report = models.JSONField(null=True, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, verbose_name="việc chạy nền", null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "danh sách đang nhập"
        verbose_name_plural = "danh sách đang nhập"

    def __str__(self):
        return f"Danh sách đang nhập của {self.decision}"


class CancellationQuerySet(models.QuerySet):
    """Which cancellations a person may see, and what of each came back."""

    def visible_to(self, user):
        """Those of awards that the person may see."""
        return self if may_oversee(user) else self.filter(award__in=Award.objects.visible_to(user).values("pk"))

    def with_returns(self):
        """Each with the money that came back (``back``) and whether the items did (``items_back``)."""
        rows = Return.objects.filter(cancellation=OuterRef("pk")).order_by().values("cancellation")
        back = Subquery(rows.annotate(total=Sum("amount")).values("total"))
        items = Exists(Return.objects.filter(cancellation=OuterRef("pk"), all_items=True))
        return self.annotate(back=Coalesce(back, 0), items_back=items)

    def still_out(self):
        """Those of which something is still to come back; after ``with_returns``."""
        return self.filter(Q(amount__gt=F("back")) | (Q(items_back=False) & ~Q(items="")))


class Cancellation(models.Model):
    """That an award was cancelled by a later decision, and what is to be taken back (Luật 2022, Điều 93 khoản 2, 8).

    Taken back where it was noted by mistake: then ``stands`` is false, and the award counts as before.
    """

    class Ground(models.TextChoices):
        """Why (Điều 93 khoản 2)."""

        FRAUD = "a", "a) Gian dối trong kê khai công trạng, thành tích"
        FORGED = "b", "b) Thông tin sai sự thật, hồ sơ, giấy tờ giả"
        UNLAWFUL = "c", "c) Thẩm định, xét, duyệt, đề nghị trái quy định"
        FOUND = "d", "d) Có kết luận, quyết định, bản án về vi phạm trong thời gian tính thành tích"

    award = models.ForeignKey(Award, models.PROTECT, verbose_name="khen thưởng", related_name="cancellations")
    number = models.CharField("số quyết định hủy", max_length=60)
    day = models.DateField("ngày quyết định hủy")
    ground = models.CharField("trường hợp", max_length=1, choices=Ground)
    reason = models.TextField("lý do")
    amount = models.PositiveBigIntegerField("tiền phải thu hồi (đồng)", null=True, blank=True)
    items = models.TextField("hiện vật phải thu hồi", blank=True)
    stands = models.BooleanField("còn hiệu lực", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = CancellationQuerySet.as_manager()

    class Meta:
        verbose_name = "hủy khen thưởng"
        verbose_name_plural = "hủy khen thưởng"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(stands=True), name="award_is_cancelled_once",
                violation_error_message="Khen thưởng này đã ghi hủy. Hãy tải lại trang.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"Hủy theo Quyết định số {self.number}"

    def get_absolute_url(self):
        return reverse("award", args=[self.award_id])

    class Standing(Toned):
        """What of money and items came back."""

        OUT = "out", "late", "Chưa thu hồi"
        PART = "part", "wait", "Thu hồi một phần"
        BACK = "back", "done", "Đã thu hồi đủ"
        NOTHING = "nothing", "not_asked", "Không phải thu hồi"

    @property
    def amount_left(self) -> int:
        """Money that is still to come back; of a row ``with_returns``."""
        return max((self.amount or 0) - self.back, 0)

    @property
    def items_left(self) -> str:
        """Items that are still to come back; of a row ``with_returns``."""
        return "" if self.items_back else self.items

    @property
    def standing(self) -> "Cancellation.Standing":
        """How far it is; of a row ``with_returns``."""
        if not self.amount and not self.items:
            return self.Standing.NOTHING
        if not self.amount_left and not self.items_left:
            return self.Standing.BACK
        return self.Standing.PART if self.back or (self.items and self.items_back) else self.Standing.OUT


class Return(models.Model):
    """What came back of a cancelled award: money, or all items, or both (Luật 2022, Điều 93 khoản 2)."""

    cancellation = models.ForeignKey(
        Cancellation, models.PROTECT, verbose_name="hủy khen thưởng", related_name="returns"
    )
    day = models.DateField("ngày thu hồi")
    giver = models.CharField("người nộp", max_length=200)
    paper = models.CharField("theo giấy tờ", max_length=200)
    amount = models.PositiveBigIntegerField("số tiền đã nộp (đồng)", null=True, blank=True)
    all_items = models.BooleanField("đã nộp đủ hiện vật", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "thu hồi"
        verbose_name_plural = "thu hồi"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(all_items=True), name="something_came_back",
                violation_error_message="Hãy ghi số tiền đã nộp, hoặc đánh dấu đã nộp đủ hiện vật.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.giver}, {self.day:%d/%m/%Y}"


def _scans(user):
    """Scans of the decisions that a person may see; the file of a list is for who enters it alone."""
    return Decision.objects.visible_to(user).exclude(scan=None).order_by().values("scan")


AWARDS.files.append(_scans)
