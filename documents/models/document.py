"""One row for every paper: cited, received or ours."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.paper import Appendix as PaperAppendix
from documents.paper import Paper, PartialDate, Signature
from units.models import Term, Unit
from units.permissions import may_write
from units.text import clean, fold

from .type import DocumentType


def lines(text: str) -> tuple[str, ...]:
    """The filled lines of a text field that holds one item a line."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


class DocumentQuerySet(models.QuerySet):
    """What a person may see, and what a search finds."""

    def visible_to(self, user):
        """Papers that ``user`` may open: cited ones are public, ours belong to the unit that drafts them and its heirs."""
        if user.is_administrator:
            return self
        return self.filter(Q(origin=Document.Origin.CITED) | Q(unit__in=user.inherited_units))

    def matching(self, words: str):
        """Papers that hold every one of ``words`` in number, type, issuer, subject or signer; accents aside."""
        found = self
        for word in fold(words[:200]).split():
            found = found.filter(search_text__contains=word)
        return found

    def with_names(self):
        """Each paper with what a list shows of it, in one query."""
        return self.select_related("type", "unit", "author", "issuer_unit")


class Document(models.Model):
    """One paper in the words and facts of ``docs/document-source``; its looks come from the rules of its date.

    Our drafts are changed through ``documents.actions`` alone, which keeps who changed what.
    """

    class Origin(models.TextChoices):
        """Where a paper comes from."""

        OURS = "ours", "Dự thảo"
        CITED = "cited", "Văn bản trích dẫn"

    class Urgency(models.TextChoices):
        """Degrees of urgency (NĐ 30/2020, Phụ lục I, mục III)."""

        FLASH = "HỎA TỐC", "Hỏa tốc"
        VERY = "THƯỢNG KHẨN", "Thượng khẩn"
        URGENT = "KHẨN", "Khẩn"

    class Circulation(models.TextChoices):
        """Limits of circulation (NĐ 30/2020, Phụ lục I, mục III)."""

        INTERNAL = "LƯU HÀNH NỘI BỘ", "Lưu hành nội bộ"
        RETURN = "XEM XONG TRẢ LẠI", "Xem xong trả lại"

    origin = models.CharField("nguồn", max_length=10, choices=Origin, default=Origin.OURS)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị soạn thảo", null=True, blank=True, related_name="drafts"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người soạn",
        null=True,
        blank=True,
        related_name="drafts",
    )
    type = models.ForeignKey(DocumentType, models.PROTECT, verbose_name="loại văn bản")
    issuer_unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="cơ quan ban hành", null=True, blank=True, related_name="papers"
    )
    issuer_name = models.CharField("tên cơ quan ban hành", max_length=200, blank=True)
    issuer = models.TextField("tên cơ quan ở đầu văn bản", blank=True)
    superior = models.TextField("cơ quan chủ quản ở đầu văn bản", blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True, editable=False)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True)
    reference = models.CharField("số, ký hiệu", max_length=60, blank=True)
    place = models.CharField("địa danh", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    month = models.PositiveSmallIntegerField("tháng", null=True, blank=True)
    day = models.PositiveSmallIntegerField("ngày", null=True, blank=True)
    subject = models.TextField("trích yếu", max_length=500)
    urgency = models.CharField("mức độ khẩn", max_length=20, choices=Urgency, blank=True)
    circulation = models.CharField("phạm vi lưu hành", max_length=20, choices=Circulation, blank=True)
    authority_line = models.CharField("thẩm quyền ban hành", max_length=200, blank=True)
    bases = models.TextField("căn cứ", blank=True)
    to = models.TextField("kính gửi", blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    archive = models.CharField("lưu", max_length=120, blank=True)
    signer = models.ForeignKey(
        Term, models.PROTECT, verbose_name="người ký", null=True, blank=True, related_name="papers"
    )
    signer_reason = models.CharField("lý do chọn người ký ngoài nhiệm kỳ", max_length=300, blank=True)
    capacity = models.TextField("quyền hạn, chức vụ người ký", blank=True)
    signer_name = models.CharField("họ tên người ký", max_length=100, blank=True)
    second_capacity = models.TextField("chức danh người ký thứ hai", blank=True)
    second_signer_name = models.CharField("họ tên người ký thứ hai", max_length=100, blank=True)
    contact = models.CharField("địa chỉ, điện thoại ở chân trang", max_length=300, blank=True)
    body = models.TextField("nội dung", blank=True)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("ngày tạo", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)
    dated = models.DateField("ngày xếp", editable=False, db_index=True)
    search_text = models.TextField(editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-dated", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="ours") | (Q(unit__isnull=False) & Q(author__isnull=False)),
                name="our_document_has_unit_and_author",
                violation_error_message="Văn bản do cơ quan soạn phải có đơn vị và người soạn.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="cited") | ~Q(reference=""),
                name="cited_document_has_a_reference",
                violation_error_message="Văn bản trích dẫn phải có số, ký hiệu.",
            ),
        ]

    def __str__(self):
        return f"{self.type} {self.reference or '(chưa có số)'}: {self.subject}"

    def save(self, *args, **kwargs):
        """Store the day to sort by and the words for searching; text is kept in NFC."""
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and field.attname != "search_text":
                setattr(self, field.attname, clean(getattr(self, field.attname)))
        self.dated = self.date.for_rules(date.today())
        words = [self.type.name, self.reference, self.symbol, self.issuer_name, self.subject, self.signer_name]
        self.search_text = fold(" ".join(words))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("document", args=[self.pk])

    @property
    def date(self) -> PartialDate:
        """The date as far as it is known."""
        return PartialDate(self.year, self.month, self.day)

    @property
    def date_text(self) -> str:
        """The date as lists show it and forms take it: ``25/02/2020``, ``02/2020`` or nothing."""
        parts = [f"{self.day:02d}" if self.day else "", f"{self.month:02d}" if self.month else "", str(self.year or "")]
        return "/".join(part for part in parts if part)

    @property
    def is_draft(self) -> bool:
        """Whether it is one of ours that can still be changed."""
        return self.origin == self.Origin.OURS

    def may_be_edited_by(self, user) -> bool:
        """Whether ``user`` may change the words: a draft, of the own unit, by someone who writes papers."""
        return self.is_draft and may_write(user) and (user.is_administrator or self.unit_id in user.inherited_units)

    def as_paper(self, appendices=None) -> Paper:
        """The facts and words for typesetting. ``appendices``: rows to use instead of the stored ones."""
        rows = self.appendices.all() if appendices is None else appendices
        second = Signature(lines(self.second_capacity), self.second_signer_name) if self.second_signer_name else None
        return Paper(
            type=self.type.code,
            issuer=lines(self.issuer),
            superior=lines(self.superior),
            number=self.number,
            symbol=self.symbol,
            place=self.place,
            date=self.date,
            subject=self.subject.strip(),
            urgency=self.urgency,
            circulation=self.circulation,
            authority_line=self.authority_line,
            bases=lines(self.bases),
            to=lines(self.to),
            recipients=lines(self.recipients),
            archive=self.archive,
            signature=Signature(lines(self.capacity), self.signer_name),
            second_signature=second,
            contact=self.contact,
            body=self.body,
            appendices=tuple(PaperAppendix(row.title, row.body, row.orientation) for row in rows),
        )


class Appendix(models.Model):
    """Text behind a document that starts on a page of its own and numbers its own pages."""

    class Orientation(models.TextChoices):
        """How the sheet lies."""

        PORTRAIT = "portrait", "Khổ dọc"
        LANDSCAPE = "landscape", "Khổ ngang"

    document = models.ForeignKey(Document, models.CASCADE, related_name="appendices")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    title = models.CharField("tên phụ lục", max_length=300)
    orientation = models.CharField("khổ giấy", max_length=10, choices=Orientation, default=Orientation.PORTRAIT)
    body = models.TextField("nội dung")

    class Meta:
        verbose_name = "phụ lục"
        verbose_name_plural = "phụ lục"
        ordering = ["position", "id"]

    def __str__(self):
        return self.title


class Edit(models.Model):
    """One saved change of a draft: who, when, and each changed field before and after."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="edits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người sửa")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField()
    # {field: [before, after]}; the first edit of a document has no "before".
    changes = models.JSONField()

    class Meta:
        verbose_name = "lần sửa"
        verbose_name_plural = "lần sửa"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="one_edit_a_version")]

    def __str__(self):
        return f"Lần {self.version}: {self.by}"
