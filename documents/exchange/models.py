"""Bodies and their codes on the axis, packages that went out and came in, and what became of them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from units.models import Unit
from units.tones import Toned

from ..papers.models import Document, DocumentType
from .edxml import CODE, NEW, RECALL, REPLACE, UPDATE


class AxisOrgan(models.Model):
    """A body that systems on the axis know by its code (QĐ 20/2020/QĐ-TTg): a unit of the province, or one outside."""

    code = models.CharField(
        "mã định danh",
        max_length=40,
        unique=True,
        validators=[RegexValidator(f"^{CODE}$", "Mã chỉ có chữ không dấu, chữ số, dấu chấm giữa các nhóm: H37.12.")],
        help_text="Đúng như trục cấp, ví dụ: H37.12, hoặc mã cũ 000.00.12.H37.",
    )
    name = models.CharField("tên", max_length=200)
    unit = models.OneToOneField(
        Unit, models.CASCADE, verbose_name="đơn vị trong danh mục", null=True, blank=True, related_name="organ"
    )

    class Meta:
        verbose_name = "cơ quan trên trục liên thông"
        verbose_name_plural = "cơ quan trên trục liên thông"
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.code})"


class AxisType(models.Model):
    """The code of a type of paper on the axis. The whole table was not read: the office completes it."""

    type = models.OneToOneField(DocumentType, models.CASCADE, verbose_name="loại văn bản", related_name="axis")
    code = models.CharField("mã trên trục", max_length=10)
    is_confirmed = models.BooleanField("đã xác nhận", default=False)

    class Meta:
        verbose_name = "mã loại văn bản trên trục"
        verbose_name_plural = "mã loại văn bản trên trục"
        ordering = ["code"]

    def __str__(self):
        return f"{self.code}: {self.type}"


class AxisState(models.Model):
    """What a code of state that comes back means. Known by hearsay alone: the office confirms or changes the rows."""

    code = models.CharField("mã", max_length=10, unique=True)
    words = models.CharField("nghĩa", max_length=100)
    is_confirmed = models.BooleanField("đã xác nhận", default=False)

    class Meta:
        verbose_name = "trạng thái trên trục"
        verbose_name_plural = "trạng thái trên trục"
        ordering = ["code"]

    def __str__(self):
        return f"{self.code}: {self.words}"


class AxisPackage(models.Model):
    """A package as it went out or came in; its bytes are kept."""

    class Way(models.TextChoices):
        """Which way it went."""

        OUT = "out", "Gửi đi"
        IN = "in", "Nhận về"

    class Business(models.TextChoices):
        """What it is about."""

        NEW = NEW, "Văn bản mới"
        RECALL = RECALL, "Thu hồi"
        UPDATE = UPDATE, "Cập nhật"
        REPLACE = REPLACE, "Thay thế"

    class Outcome(Toned):
        """What a person did with one that came."""

        WAITING = "waiting", "wait", "Chờ xử lý"
        ENTERED = "entered", "done", "Đã vào sổ"
        REPLACED = "replaced", "done", "Đã vào sổ, ghi thay thế"
        UPDATED = "updated", "done", "Đã ghi cập nhật"
        RECALLED = "recalled", "done", "Đã ghi thu hồi"
        SEEN = "seen", "not_asked", "Đã xem, không ghi"
        RETURNED = "returned", "late", "Đã trả lại nơi gửi"

    way = models.CharField("chiều", max_length=3, choices=Way)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="packages")
    # Of a recall and an update that of the paper it is about.
    key = models.CharField("DocumentId", max_length=150, db_index=True)
    business = models.CharField("nghiệp vụ", max_length=1, choices=Business, default=Business.NEW)
    # Of what goes out from its making on; of what comes in from the day it is in the book.
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="packages"
    )
    subject = models.CharField("trích yếu", max_length=500)
    sender = models.CharField("nơi gửi", max_length=250)
    content = models.BinaryField("gói")
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64)
    reason = models.CharField("lý do", max_length=500, blank=True)
    # What was seen of each file when the package came, in their order: what is known of it, or why it is not kept.
    files = models.JSONField("tệp", null=True, blank=True)
    by = models.ForeignKey("units.User", models.PROTECT, verbose_name="người làm", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    # Of one that came; what goes out waits for nothing.
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome, default=Outcome.WAITING)
    note = models.CharField("lý do trả lại", max_length=300, blank=True)
    done_at = models.DateTimeField("xong lúc", null=True, blank=True)
    done_by = models.ForeignKey(
        "units.User", models.PROTECT, verbose_name="người xử lý", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "gói liên thông"
        verbose_name_plural = "gói liên thông"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sha256"], condition=Q(way="in"), name="a_package_comes_to_a_unit_once"
            )
        ]

    def __str__(self):
        return f"{self.get_way_display()}: {self.subject}"

    def get_absolute_url(self):
        return reverse("enter_package", args=[self.pk])

    @property
    def reference(self) -> str:
        """Number and notation of the paper that it is about."""
        return self.key.split(",", 2)[-1]

    @property
    def standing(self) -> Outcome:
        """What was done with it, as pages show it."""
        return self.Outcome(self.outcome)


class AxisReceiver(models.Model):
    """A receiver of a package that went out; what its system told of it is ``told``."""

    package = models.ForeignKey(AxisPackage, models.CASCADE, verbose_name="gói", related_name="receivers")
    organ = models.ForeignKey(AxisOrgan, models.PROTECT, verbose_name="nơi nhận", related_name="+")

    class Meta:
        verbose_name = "nơi nhận gói"
        verbose_name_plural = "nơi nhận gói"
        ordering = ["organ__code"]
        constraints = [models.UniqueConstraint(fields=["package", "organ"], name="a_receiver_once_a_package")]

    def __str__(self):
        return str(self.organ)


class AxisTold(models.Model):
    """One state that a receiver's system told of a package, in the order of when it was so there, however late it came."""

    receiver = models.ForeignKey(AxisReceiver, models.CASCADE, verbose_name="nơi nhận", related_name="told")
    state = models.CharField("mã trạng thái", max_length=10)
    words = models.CharField("lời kèm", max_length=300, blank=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "trạng thái báo về"
        verbose_name_plural = "trạng thái báo về"
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["receiver", "state", "at"], name="a_state_is_told_once")]

    def __str__(self):
        return f"{self.receiver}: {self.state}"
