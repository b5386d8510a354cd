"""The list of a decision while it is being entered; awards cancelled, stripped, restored by later decisions; what came back."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from documents.models import Document, Job, Upload
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

    def told(self):
        """Those of which people are told: what stands, and what was restored by a decision."""
        return self.filter(Q(stands=True) | Q(restored_on__isnull=False))

    def with_returns(self):
        """Each with the money that came back (``back``) and was handed over again (``gone``), and whether the items did."""
        own = Return.objects.filter(cancellation=OuterRef("pk")).order_by()
        sums = own.values("cancellation").annotate(
            back=Sum("amount", filter=Q(to_holder=False)), gone=Sum("amount", filter=Q(to_holder=True))
        )
        return self.annotate(
            back=Coalesce(Subquery(sums.values("back")), 0),
            gone=Coalesce(Subquery(sums.values("gone")), 0),
            items_back=Exists(own.filter(all_items=True, to_holder=False)),
            items_gone=Exists(own.filter(all_items=True, to_holder=True)),
        )

    def still_out(self):
        """Those of which something is still to come back, or to be handed over again; after ``with_returns``."""
        out = Q(stands=True) & (Q(amount__gt=F("back")) | (Q(items_back=False) & ~Q(items="")))
        items_owed = (Q(items_back=True) | ~Q(items_in="")) & Q(items_gone=False)
        owed = Q(restored_on__isnull=False) & (Q(back__gt=F("gone")) | items_owed)
        return self.filter(out | owed)


class Cancellation(models.Model):
    """That an award was cancelled or stripped by a later decision, and what is to be taken back (Luật 2022, Điều 93).

    ``ground``: the code of the row of the catalogue by which that was done; ``words`` and ``article``: what the row said on that
    day and where it stands. ``paper``: the document of the register, where it was issued here. Taken back where it was noted by
    mistake: then ``stands`` is false, and the award counts as before. ``items_in`` and ``items_out``: while some items came back
    and others did not, which. Restored by a decision: ``stands`` is false too, and
    ``restored_on`` the day of that decision, from which the award counts again; what had come back is then handed over again.
    """

    class Kind(models.TextChoices):
        """How an award is lost."""

        CANCEL = "cancel", "Hủy bỏ"
        STRIP = "strip", "Tước"

    award = models.ForeignKey(Award, models.PROTECT, verbose_name="khen thưởng", related_name="cancellations")
    kind = models.CharField("là", max_length=10, choices=Kind, default=Kind.CANCEL)
    number = models.CharField("số quyết định hủy, tước", max_length=60)
    day = models.DateField("ngày quyết định hủy, tước")
    ground = models.SlugField("trường hợp", max_length=40)
    words = models.CharField("trường hợp bằng lời", max_length=500, default="")
    article = models.CharField("căn cứ", max_length=300, blank=True)
    paper = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản trong sổ", null=True, blank=True, related_name="+"
    )
    reason = models.TextField("lý do")
    amount = models.PositiveBigIntegerField("tiền phải thu hồi (đồng)", null=True, blank=True)
    items = models.TextField("hiện vật phải thu hồi", blank=True)
    items_in = models.TextField("hiện vật đã nộp", blank=True, editable=False)
    items_out = models.TextField("hiện vật còn phải nộp", blank=True, editable=False)
    stands = models.BooleanField("còn hiệu lực", default=True)
    restored_on = models.DateField("phục hồi từ ngày", null=True, blank=True)
    restored_by = models.CharField("phục hồi theo quyết định số", max_length=60, blank=True)
    restored_for = models.TextField("phục hồi vì", blank=True)
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
        return f"{self.get_kind_display()} theo Quyết định số {self.number}"

    def get_absolute_url(self):
        return reverse("award", args=[self.award_id])

    class Standing(Toned):
        """What of money and items came back."""

        OUT = "out", "late", "Chưa thu hồi"
        PART = "part", "wait", "Thu hồi một phần"
        BACK = "back", "done", "Đã thu hồi đủ"
        NOTHING = "nothing", "not_asked", "Không phải thu hồi"
        OWED = "owed", "late", "Phải trao lại"
        GIVEN = "given", "done", "Đã phục hồi"

    @property
    def told_title(self) -> str:
        """What its card is called."""
        lost = "Đã hủy" if self.kind == self.Kind.CANCEL else "Đã tước"
        return f"{lost}, nay đã phục hồi" if self.restored_on else lost

    @property
    def ground_told(self) -> str:
        """Why, with its article."""
        return f"{self.words} ({self.article})" if self.article else self.words

    @property
    def amount_left(self) -> int:
        """Money that is still to come back, or of one that was restored to be handed over again; of a row ``with_returns``."""
        return max(self.back - self.gone if self.restored_on else (self.amount or 0) - self.back, 0)

    @property
    def items_left(self) -> str:
        """Items that are still to come back, or to be handed over again; of a row ``with_returns``."""
        if self.restored_on:
            return "" if self.items_gone else self.items if self.items_back else self.items_in
        return "" if self.items_back else self.items_out or self.items

    @property
    def standing(self) -> "Cancellation.Standing":
        """How far it is; of a row ``with_returns``."""
        if self.restored_on:
            return self.Standing.OWED if self.amount_left or self.items_left else self.Standing.GIVEN
        if not self.amount and not self.items:
            return self.Standing.NOTHING
        if not self.amount_left and not self.items_left:
            return self.Standing.BACK
        is_part = self.back or self.items_in or (self.items and self.items_back)
        return self.Standing.PART if is_part else self.Standing.OUT


class Return(models.Model):
    """What came back of an award that was lost: money, items, or both (Luật 2022, Điều 93 khoản 2); where ``to_holder``, what
    was handed over again to whom it was restored (khoản 6).

    ``items``: the names of those items, ``parts`` their keys where rooms above have any; ``all_items``: nothing is out any more.
    """

    cancellation = models.ForeignKey(
        Cancellation, models.PROTECT, verbose_name="hủy khen thưởng", related_name="returns"
    )
    day = models.DateField("ngày thu hồi")
    giver = models.CharField("người nộp", max_length=200)
    paper = models.CharField("theo giấy tờ", max_length=200)
    amount = models.PositiveBigIntegerField("số tiền đã nộp (đồng)", null=True, blank=True)
    items = models.TextField("hiện vật đã nộp", blank=True)
    parts = models.JSONField(default=list, blank=True, editable=False)
    all_items = models.BooleanField("đã nộp đủ hiện vật", default=False)
    to_holder = models.BooleanField("trao lại", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "thu hồi"
        verbose_name_plural = "thu hồi"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(all_items=True) | ~Q(items=""), name="something_came_back",
                violation_error_message="Hãy ghi số tiền đã nộp, hoặc chọn hiện vật đã nộp.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.giver}, {self.day:%d/%m/%Y}"

    @property
    def items_told(self) -> str:
        """Which items, and whether these were all or the last of them."""
        if not self.items:
            return "đủ hiện vật" if self.all_items else ""
        return f"{self.items} (đủ)" if self.all_items else self.items


def _scans(user):
    """Scans of the decisions that a person may see; the file of a list is for who enters it alone."""
    return Decision.objects.read_by(user).exclude(scan=None).order_by().values("scan")


AWARDS.files.append(_scans)
