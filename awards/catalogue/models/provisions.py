"""What is laid down about awards, from a day to a day, each with where it stands: figures and words."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from documents.models import Document
from units.periods import InForce

from ..values import amount_of, as_written, size_of
from .types import AwardType, Office, Stamp, Whom

_MONTHS = 12


class Amendment(models.Model):
    """A law that changes another: from the day of the second the first is cited with it."""

    law = models.ForeignKey(Document, models.PROTECT, verbose_name="văn bản", related_name="+")
    by = models.ForeignKey(Document, models.PROTECT, verbose_name="được sửa đổi, bổ sung bởi", related_name="+")

    class Meta:
        verbose_name = "văn bản sửa đổi, bổ sung"
        verbose_name_plural = "văn bản sửa đổi, bổ sung"
        constraints = [models.UniqueConstraint(fields=["law", "by"], name="a_law_is_amended_once_by_another")]

    def __str__(self):
        return f"{self.law.name} – {self.by.name}"


class Provision(InForce):
    """One thing that is laid down, with its article: ``place`` within ``law`` (``44.1.e``), else in words.

    ``doubt``: why it is not certain; the office confirms the row or replaces it once. Papers and daily pages never print it.
    """

    law = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="+",
        limit_choices_to={"origin": Document.Origin.CITED},
    )  # fmt: skip
    place = models.CharField(
        "điều, khoản, điểm", max_length=200, blank=True, help_text="44.1.e là điểm e khoản 1 Điều 44."
    )
    doubt = models.TextField("chưa chắc vì", blank=True)
    confirmed_on = models.DateField("xác nhận ngày", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người xác nhận", null=True, blank=True, related_name="+"
    )
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(InForce.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        """Store it, and have the catalogue read anew."""
        super().save(*args, **kwargs)
        Stamp.renew()

    @property
    def waits(self) -> bool:
        """Whether the office has yet to confirm or change it."""
        return bool(self.doubt) and not self.confirmed_on

    @property
    def state(self) -> str:
        """Where it stands for the steps: it waits, or it is certain."""
        return "waits" if self.waits else "certain"

    @property
    def name_in_forms(self) -> str:
        """``measure:12:1``: the row and the version that is on screen, as a page sends it back."""
        return f"{self._meta.model_name}:{self.pk}:{self.version}"


class AboutAwards(Provision):
    """A provision about one award, all awards of a form, or all."""

    award = models.ForeignKey(
        AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", null=True, blank=True, related_name="%(class)ss"
    )
    form = models.CharField("hoặc mọi", max_length=12, choices=AwardType.Form, blank=True)
    whom = models.CharField("cho", max_length=12, choices=Whom, blank=True)

    class Meta(Provision.Meta):
        abstract = True

    def clean(self):
        """Raise ``ValidationError`` where it names an award and a form at once, or has no place."""
        if self.award and self.form:
            raise ValidationError({"form": "Chọn một danh hiệu, hình thức, hoặc một loại; không chọn cả hai."})
        if not self.law and not self.place:
            raise ValidationError({"law": "Hãy chọn văn bản, hoặc ghi căn cứ ở ô điều, khoản, điểm."})
        super().clean()

    @property
    def about(self) -> str:
        """``CSTDCS``, ``@order``, ``*``: what it is about, as the book has it."""
        return self.award.code if self.award_id else f"@{self.form}" if self.form else "*"

    @property
    def about_words(self) -> str:
        """The same for people: the award's code, all of a form, nothing for all."""
        return self.award.code if self.award_id else f"mọi {self.get_form_display().lower()}" if self.form else ""


class Definition(Provision):
    """That an award exists, and what it is called."""

    apart = ("award",)

    award = models.ForeignKey(
        AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", related_name="definitions"
    )
    name = models.CharField("tên", max_length=200)
    short = models.CharField("gọi tắt", max_length=80, blank=True)

    class Meta(Provision.Meta):
        verbose_name = "tên danh hiệu, hình thức"
        verbose_name_plural = "tên danh hiệu, hình thức"
        ordering = ["award__position", "since"]

    def __str__(self):
        return self.name


class Decider(AboutAwards):
    """Who decides on awards."""

    apart = ("award", "form", "office")

    office = models.ForeignKey(Office, models.PROTECT, verbose_name="người quyết định", related_name="+")

    class Meta(AboutAwards.Meta):
        verbose_name = "thẩm quyền quyết định"
        verbose_name_plural = "thẩm quyền quyết định"

    def __str__(self):
        return f"{self.about_words or 'mọi danh hiệu, hình thức'}: {self.office}"


class Measure(AboutAwards):
    """A figure: ``value`` as the law writes it, a number, a percentage or a fraction; ``of``: which whole it is a part of."""

    class Kind(models.TextChoices):
        """What is measured."""

        COEFFICIENT = "coefficient", "Hệ số tiền thưởng"
        SALARY = "salary", "Lương cơ sở (đồng)"
        ROUNDING = "rounding", "Làm tròn tiền thưởng lên (đồng)"
        VOTES = "votes", "Tỷ lệ phiếu"
        QUORUM = "quorum", "Tỷ lệ thành viên dự họp"
        MAJORITY = "majority", "Tỷ lệ phiếu phải quá, khi không quy định khác"
        CAP = "cap", "Giới hạn số lượng"
        PUBLIC_DAYS = "public_days", "Số ngày làm việc công khai"
        CLOCK = "clock", "Thời hạn (ngày làm việc)"
        QUOTA = "quota", "Số lượng nhiều nhất một năm"
        HOUSEHOLD = "household", "Tiền thưởng của hộ gia đình so với cá nhân (lần)"
        FACTOR = "factor", "Hệ số thời gian ở địa bàn khó khăn"
        TIE = "tie", "Tỷ lệ nữ để ưu tiên tập thể khi bằng nhau"
        TERMS = "terms", "Phần thời gian giữ chức vụ giảm cho nữ"
        RATED_FROM = "rated_from", "Xếp loại của năm ghi được từ tháng"

    # Of these the program counts in whole numbers.
    WHOLE = (Kind.SALARY, Kind.ROUNDING, Kind.PUBLIC_DAYS, Kind.CLOCK, Kind.QUOTA, Kind.RATED_FROM)
    apart = ("kind", "code", "award", "form", "whom", "office")

    kind = models.CharField("là", max_length=12, choices=Kind)
    code = models.SlugField("mã", blank=True)
    value = models.CharField("mức", max_length=20, help_text="Số (4.5), tỷ lệ phần trăm (80%) hoặc phân số (2/3).")
    of = models.CharField("của", max_length=200, blank=True, help_text="Tỷ lệ tính trên tổng số nào.")
    of_award = models.ForeignKey(
        AwardType, models.PROTECT, verbose_name="tính trên số", null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name="khi do ai quyết định", null=True, blank=True, related_name="+"
    )
    is_most = models.BooleanField("là mức cao nhất", default=False)
    is_secret = models.BooleanField("bỏ phiếu kín", default=False)

    class Meta(AboutAwards.Meta):
        verbose_name = "mức, tỷ lệ"
        verbose_name_plural = "mức, tỷ lệ"

    def __str__(self):
        return " ".join(filter(None, (self.get_kind_display(), self.about_words, self.value)))

    # What is a part of a whole, which must be told.
    SHARES = (Kind.VOTES, Kind.QUORUM, Kind.MAJORITY, Kind.CAP)
    PARTS = (*SHARES, Kind.TIE, Kind.TERMS)

    def clean(self):
        """Raise ``ValidationError`` for a value that is no figure, or not one of its kind, or a part of nothing."""
        self.value = as_written(self.value, self.kind in self.WHOLE)
        if fault := self._fault_of_value():
            raise ValidationError({"value": fault})
        if self.kind in self.SHARES and not (self.of or self.of_award):
            raise ValidationError({"of": "Hãy ghi tỷ lệ này tính trên tổng số nào."})
        if self.kind == self.Kind.CAP and not self.of_award:
            raise ValidationError({"of_award": "Hãy chọn giới hạn tính trên số danh hiệu, hình thức nào."})
        super().clean()

    def _fault_of_value(self) -> str:
        amount = amount_of(self.value)
        if amount is None:
            return f"«{self.value}» không phải số, phần trăm hay phân số. Ví dụ: 4.5, 80%, 2/3."
        if self.kind in self.WHOLE and not self.value.strip().isdecimal():
            return f"«{self.value}» phải là số nguyên, ví dụ 2530000."
        if not amount:
            return "Mức phải lớn hơn 0. Không còn mức nào thì ghi «Đến ngày» của dòng cũ."
        if self.kind in self.PARTS and amount > 1:
            return f"«{self.value}» lớn hơn toàn bộ. Tỷ lệ viết 80% hoặc 2/3."
        if self.kind == self.Kind.RATED_FROM and amount > _MONTHS:
            return f"«{self.value}» không phải tháng. Hãy ghi từ 1 đến 12."
        if self.kind == self.Kind.COEFFICIENT and "%" in self.value:
            return f"«{self.value}» không phải hệ số. Ví dụ: 4.5."
        return ""


class Statement(AboutAwards):
    """What is laid down in words: ``words``, a line for each part; ``code``: by which the program knows it."""

    class Kind(models.TextChoices):
        """What it tells."""

        NAME = "name", "Tên gọi khác từ ngày"
        PROPOSES = "proposes", "Ai đề nghị"
        ITEMS = "items", "Hiện vật kèm theo"
        DOSSIER = "dossier", "Thành phần hồ sơ"
        PUBLIC = "public", "Công khai trước khi đề nghị"
        DEADLINE = "deadline", "Hạn gửi"
        PAYS = "pays", "Ai chi tiền thưởng"
        CANCELS = "cancels", "Ai hủy quyết định"
        BODY = "body", "Ai của Hội đồng xét"
        INSTEAD = "instead", "Không được thì xét"
        ROUTE = "route", "Loại hình khen thưởng"
        PRINCIPLE = "principle", "Nguyên tắc"
        DETAILS = "details", "Ai quy định chi tiết"
        SIMPLE = "simple", "Thủ tục đơn giản"
        CYCLE = "cycle", "Kỳ xét tặng"
        PAPER = "paper", "Khổ giấy (mm)"
        SERVICE = "service", "Khen thưởng quá trình cống hiến"
        PRESENTS = "presents", "Ai trao tặng"
        RIGHTS = "rights", "Quyền, nghĩa vụ của người được khen"
        GROUND = "ground", "Trường hợp hủy quyết định, thu hồi hiện vật và tiền thưởng"
        STRIPS = "strips", "Ai tước, phục hồi danh hiệu vinh dự nhà nước"
        STRIP = "strip", "Trường hợp tước danh hiệu vinh dự nhà nước"
        RESTORE = "restore", "Phục hồi, trao lại danh hiệu vinh dự nhà nước"
        ERASING = "erasing", "Xóa dữ liệu cá nhân theo yêu cầu"
        OTHER = "other", "Quy định khác"

    # Of these an award has one at a time; dossiers, routes and proposers may be several.
    SINGLE = (
        Kind.NAME,
        Kind.PAYS,
        Kind.CANCELS,
        Kind.STRIPS,
        Kind.PRINCIPLE,
        Kind.PAPER,
        Kind.ERASING,
        Kind.BODY,
        Kind.INSTEAD,
    )
    apart = ("kind", "award", "form", "whom", "code")

    kind = models.CharField("là", max_length=12, choices=Kind)
    code = models.SlugField("mã", blank=True)
    words = models.TextField("nội dung", blank=True, help_text="Mỗi dòng một phần.")
    routes = models.CharField("áp dụng cho loại hình", max_length=100, blank=True)

    class Meta(AboutAwards.Meta):
        verbose_name = "quy định bằng lời"
        verbose_name_plural = "quy định bằng lời"

    def __str__(self):
        return f"{self.get_kind_display()} {self.about_words}".strip()

    def clean(self):
        """Raise ``ValidationError`` for a size of paper that is none."""
        if self.kind == self.Kind.PAPER and not size_of(self.words):
            raise ValidationError({"words": f"«{self.words}» không phải khổ giấy. Ví dụ: 297 × 210."})
        super().clean()

    def overlapping(self):
        """Others of the same thing, where there may be only one."""
        return super().overlapping() if self.kind in self.SINGLE else Statement.objects.none()
