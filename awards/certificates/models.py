"""Certificates: how each is laid out, the printers they are printed on, the runs, and each sheet that was printed.

Source: Nghị định 98/2023/NĐ-CP, Điều 104: form of giấy khen and of the certificate of Chiến sĩ thi đua cơ sở, line by line; what
is on pre-printed stock is the stock's. Sizes of bằng khen changed and differ between provinces, so that every size is data.
"""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from documents.jobs.models import Job
from documents.models import Upload
from units.models import Unit
from units.periods import InForce
from units.permissions import may_see_store
from units.text import clean, one_line
from units.tones import Badged, Toned

from ..area import AWARDS
from ..catalogue.models import AwardType, Whom
from ..items.models import Due
from ..records.models import Award, Decision

# Sheets of one batch: as many as a printer takes while the rest is made.
BATCH = 100
# How far a printer may be off: more is a sheet that was put in wrongly.
FARTHEST = 20
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_code() -> str:
    """128 bits by chance, in 26 signs that are not taken for each other."""
    value, signs = secrets.randbits(128), []
    for _ in range(26):
        value, place = divmod(value, 32)
        signs.append(_ALPHABET[place])
    return "".join(signs)


def _mm(label, least, most, **facts):
    return models.DecimalField(
        label, max_digits=5, decimal_places=1, validators=[MinValueValidator(least), MaxValueValidator(most)], **facts
    )


class Layout(InForce):
    """How the certificates of some awards look: the sheet, what is drawn on it, the fields. ``types`` by the decision's day.

    ``whom``: of which recipients; of none said, of all that have no layout of their own. ``scan``: a picture of the blank, below
    the fields while they are placed; it is never printed. ``emblem``: printed on plain paper.
    """

    class Frame(models.TextChoices):
        """What is drawn: on plain paper the frame of the decree, on blanks nothing."""

        NONE = "none", "Không vẽ (phôi in sẵn)"
        PLAIN = "plain", "Khung đường kẻ"
        ORNATE = "ornate", "Khung hoa văn"
        FLAGS = "flags", "Khung hoa văn, cờ hai bên Quốc huy"

    code = models.SlugField("mã", max_length=40, unique=True, null=True, blank=True, editable=False)
    name = models.CharField("tên mẫu", max_length=150)
    types = models.ManyToManyField(AwardType, verbose_name="in cho", related_name="+")
    whom = models.CharField("của", max_length=12, choices=Whom, blank=True)
    since = models.DateField("dùng cho quyết định từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)
    width = models.PositiveSmallIntegerField(
        "rộng (mm)", default=420, validators=[MinValueValidator(70), MaxValueValidator(1200)]
    )
    height = models.PositiveSmallIntegerField(
        "cao (mm)", default=297, validators=[MinValueValidator(50), MaxValueValidator(1200)]
    )
    frame = models.CharField("nền", max_length=8, choices=Frame, default=Frame.NONE)
    scan = models.ForeignKey(
        Upload, models.PROTECT, verbose_name="ảnh quét phôi", null=True, blank=True, editable=False, related_name="+"
    )
    emblem = models.ForeignKey(
        Upload, models.PROTECT, verbose_name="hình Quốc huy", null=True, blank=True, editable=False, related_name="+"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=100, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(InForce.Meta):
        verbose_name = "mẫu in bằng"
        verbose_name_plural = "mẫu in bằng"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("layout", args=[self.pk])

    def clean(self):
        """Tidy what was typed."""
        super().clean()
        self.name = one_line(clean(self.name))


class LayoutField(models.Model):
    """One field of a layout: what it prints, where, in which letters. Lengths in mm, sizes of letters in points."""

    class Prints(models.TextChoices):
        """What stands there."""

        FIXED = "fixed", "Chữ cố định"
        ISSUER = "issuer", "Cơ quan tặng (in hoa)"
        DECIDER = "decider", "Chức danh người quyết định (in hoa)"
        AWARD = "award", "Tên danh hiệu, hình thức (in hoa)"
        ADDRESS = "address", "Cách xưng: Ông, Bà, Tập thể"
        NAME = "name", "Tên người nhận"
        POST = "post", "Chức vụ, đơn vị, địa chỉ"
        DEED = "deed", "Thành tích"
        YEAR = "year", "Năm thành tích"
        DECISION = "decision", "Số, ngày quyết định"
        GOLDEN = "golden", "Số sổ vàng"
        PLACE_DATE = "place_date", "Địa danh, ngày tháng"
        SIGNER_TITLE = "signer_title", "Chức vụ người ký"
        SIGNER = "signer", "Họ tên người ký"
        EMBLEM = "emblem", "Hình Quốc huy"
        CODE = "code", "Mã vuông để tra"
        CODE_WORDS = "code_words", "Mã tra bằng chữ"

    class Font(models.TextChoices):
        """In which letters."""

        TINOS = "tinos", "Times"
        SANS = "sans", "Không chân"
        SCRIPT = "script", "Viết tay"

    class Align(models.TextChoices):
        """How lines stand."""

        LEFT = "left", "Trái"
        CENTER = "center", "Giữa"
        RIGHT = "right", "Phải"

    class Stand(models.TextChoices):
        """Where lines stand that do not fill the height."""

        TOP = "top", "Trên"
        MIDDLE = "middle", "Giữa"
        BOTTOM = "bottom", "Dưới"

    layout = models.ForeignKey(Layout, models.CASCADE, verbose_name="mẫu", related_name="fields")
    prints = models.CharField("in", max_length=12, choices=Prints)
    words = models.CharField("chữ cố định", max_length=300, blank=True)
    left = _mm("cách trái (mm)", 0, 1200)
    top = _mm("cách trên (mm)", 0, 1200)
    width = _mm("rộng (mm)", 2, 1200)
    height = _mm("cao (mm)", 2, 1200)
    font = models.CharField("phông", max_length=6, choices=Font, default=Font.TINOS)
    size = models.DecimalField(
        "cỡ chữ (pt)", max_digits=4, decimal_places=1, default=14,
        validators=[MinValueValidator(6), MaxValueValidator(120)],
    )  # fmt: skip
    least = models.DecimalField(
        "nhỏ nhất (pt)", max_digits=4, decimal_places=1, default=12,
        validators=[MinValueValidator(6), MaxValueValidator(120)],
    )  # fmt: skip
    lines = models.PositiveSmallIntegerField(
        "số dòng", default=1, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    bold = models.BooleanField("đậm", default=False)
    italic = models.BooleanField("nghiêng", default=False)
    colour = models.CharField(
        "màu", max_length=7, default="#000000", validators=[RegexValidator(r"^#[0-9a-f]{6}\Z", "Màu ghi như #c00000.")]
    )
    align = models.CharField("căn", max_length=6, choices=Align, default=Align.CENTER)
    stand = models.CharField("đứng", max_length=6, choices=Stand, default=Stand.MIDDLE)
    position = models.PositiveSmallIntegerField("thứ tự", default=0, editable=False)

    class Meta:
        verbose_name = "ô của mẫu in bằng"
        verbose_name_plural = "ô của mẫu in bằng"
        ordering = ["layout", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least__lte=F("size")), name="layout_field_gets_no_larger",
                violation_error_message="Cỡ nhỏ nhất lớn hơn cỡ chữ. Hãy sửa lại một trong hai cỡ.",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.words or self.get_prints_display()

    def clean(self):
        """Raise ``ValidationError`` beside the field that is wrong; ``refuse_off`` says whether it stands on the sheet."""
        super().clean()
        self.words = one_line(clean(self.words))
        if self.prints == self.Prints.FIXED and not self.words:
            raise ValidationError({"words": "Hãy ghi chữ in ở ô này."})

    def off(self, width, height) -> dict[str, str]:
        """{field: why} where it stands off a sheet of that size."""
        told = {}
        if None not in (self.left, self.width) and self.left + self.width > width:
            told["width"] = f"Ô ra ngoài tờ giấy: {self.left} + {self.width} mm, giấy rộng {width} mm."
        if None not in (self.top, self.height) and self.top + self.height > height:
            told["height"] = f"Ô ra ngoài tờ giấy: {self.top} + {self.height} mm, giấy cao {height} mm."
        return told


class Look(models.Model):
    """A version of a layout on which sheets were printed: they are printed the same later, whatever became of the layout.

    ``facts``: its sheet, and its fields in their order (``layouts.look_of``). Never changed.
    """

    layout = models.ForeignKey(Layout, models.PROTECT, verbose_name="mẫu", related_name="looks")
    version = models.PositiveIntegerField("lần sửa")
    facts = models.JSONField("như khi in", encoder=DjangoJSONEncoder)
    emblem = models.ForeignKey(Upload, models.PROTECT, verbose_name="hình Quốc huy", null=True, related_name="+")

    class Meta:
        verbose_name = "mẫu như khi in"
        verbose_name_plural = "mẫu như khi in"
        constraints = [models.UniqueConstraint(fields=["layout", "version"], name="layout_is_kept_once_a_version")]

    def __str__(self):
        return f"{self.layout} ({self.version})"


class Printer(models.Model):
    """A printer, and how far words have to be moved so that they stand where they should; the calibration sheet tells."""

    name = models.CharField("máy in", max_length=100, unique=True)
    right = _mm("dịch sang phải (mm)", -FARTHEST, FARTHEST, default=0)
    down = _mm("dịch xuống (mm)", -FARTHEST, FARTHEST, default=0)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    is_used = models.BooleanField("đang dùng", default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "máy in bằng"
        verbose_name_plural = "máy in bằng"
        ordering = ["-is_used", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("printer", args=[self.pk])

    def clean(self):
        """Tidy what was typed."""
        super().clean()
        self.name = one_line(clean(self.name))


class Run(models.Model):
    """Certificates of a decision that are printed together, in batches; ``most``: how many. Long ones are a worker's."""

    class State(Badged):
        """How far it is."""

        MAKING = "making", "azure", "Đang tạo"
        DONE = "done", "green", "Đã tạo xong"
        STOPPED = "stopped", "orange", "Dừng giữa chừng"
        UNDONE = "undone", "secondary", "Đã hủy lượt in"

    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="quyết định", related_name="runs")
    layout = models.ForeignKey(Layout, models.PROTECT, verbose_name="mẫu", related_name="+")
    look = models.ForeignKey(Look, models.PROTECT, verbose_name="mẫu như khi in", editable=False, related_name="+")
    printer = models.ForeignKey(Printer, models.PROTECT, verbose_name="máy in", null=True, blank=True, related_name="+")
    most = models.PositiveIntegerField("số tờ")
    day = models.DateField("ngày in")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.MAKING, editable=False)
    stopped_for = models.CharField("dừng vì", max_length=500, blank=True, editable=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người in", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    class Meta:
        verbose_name = "lượt in bằng"
        verbose_name_plural = "lượt in bằng"
        ordering = ["-pk"]

    def __str__(self):
        return f"In {self.layout}, {self.decision}"

    def get_absolute_url(self):
        return reverse("run", args=[self.pk])


class NameAnswer(models.Model):
    """What a unit says of the names of its own on the sheets of a decision, before these are printed: right, or what is wrong."""

    decision = models.ForeignKey(Decision, models.CASCADE, verbose_name="quyết định", related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")
    is_right = models.BooleanField("tên đúng cả")
    remark = models.CharField("tên sai, đề nghị sửa", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người trả lời", related_name="+")
    at = models.DateTimeField("lúc", auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "ý kiến về tên trên bằng"
        verbose_name_plural = "ý kiến về tên trên bằng"
        ordering = ["decision", "is_right", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "unit"], name="names_are_answered_once"),
            models.CheckConstraint(condition=Q(is_right=True) | ~Q(remark=""), name="wrong_names_are_told"),
        ]

    def __str__(self):
        return f"{self.unit}: {'tên đúng cả' if self.is_right else self.remark}"


class CertificateQuerySet(models.QuerySet):
    """Which certificates a person may see."""

    def visible_to(self, user):
        """The department and its store keeper: all. A unit: those of awards that it may see."""
        if may_see_store(user):
            return self
        return self.filter(due__award__in=Award.objects.visible_to(user).order_by().values("pk"))


class Certificate(models.Model):
    """One sheet that was printed for one item that an award is owed, with its words as they were printed.

    ``number``: in the golden book, which is that of its line in the decision. ``code``: what anybody finds it by. One that was
    spoiled or exchanged stays and is ``replaced`` by another of the same number and a new code.
    """

    class State(Toned):
        """Whether it is the one that counts."""

        PRINTED = "printed", "done", "Đã in"
        SPOILED = "spoiled", "late", "Hỏng, đã in lại"
        REPLACED = "replaced", "not_asked", "Đã cấp đổi, cấp lại"
        RECOVERED = "recovered", "not_asked", "Đã thu hồi"
        UNDONE = "undone", "not_asked", "Chưa in, đã hủy lượt"

    due = models.ForeignKey(Due, models.PROTECT, verbose_name="của khen thưởng", related_name="certificates")
    layout = models.ForeignKey(Layout, models.PROTECT, verbose_name="mẫu", related_name="+")
    look = models.ForeignKey(Look, models.PROTECT, verbose_name="mẫu như khi in", editable=False, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, verbose_name="lượt in", related_name="certificates")
    batch = models.PositiveIntegerField("tập", default=1)
    number = models.PositiveIntegerField("số sổ vàng")
    code = models.CharField("mã tra", max_length=26, unique=True, default=new_code, editable=False)
    texts = models.JSONField("chữ đã in", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.PRINTED, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="in thay", null=True, blank=True, editable=False, related_name="replaced"
    )
    lost_for = models.CharField("lý do", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người in", related_name="+")
    at = models.DateTimeField("in lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "tờ bằng"
        verbose_name_plural = "tờ bằng"
        ordering = ["-run", "number", "-pk"]
        indexes = [models.Index(fields=["run", "batch", "number"], name="sheets_of_a_run")]
        constraints = [
            models.UniqueConstraint(
                fields=["due"], condition=Q(state="printed"), name="certificate_counts_once",
                violation_error_message="Khen thưởng này đã in bằng.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["printed", "undone"]) | ~Q(lost_for=""), name="sheet_is_lost_for_a_reason"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.due.kind} của {self.due.award.name}"

    def get_absolute_url(self):
        return reverse("certificate", args=[self.pk])


def _pictures(name):
    """The pictures ``name`` of layouts are the store's."""

    def keys_of(user):
        rows = Layout.objects.all() if may_see_store(user) else Layout.objects.none()
        return rows.exclude(**{name: None}).values(name)

    return keys_of


AWARDS.files += [_pictures("scan"), _pictures("emblem")]
