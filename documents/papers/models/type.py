"""Types of documents: those of the decree and those that the office adds."""

from django.db import models

from units.text import clean, sort_key

from ...source.paper import TypeFacts
from ...source.types import ADDRESSED


class DocumentTypeQuerySet(models.QuerySet):
    """The table of types as typesetting takes it."""

    def catalogue(self) -> dict[str, TypeFacts]:
        """Every type that the program can set, by its abbreviation."""
        return {row.code: row.facts for row in self.written_here()}

    def written_here(self):
        """Types of papers that are written here; laws and spoken directions are only recorded."""
        return self.exclude(form=DocumentType.Form.RECORDED)

    def issued_with(self) -> list[tuple[str, str]]:
        """(code, name) of what a decision may issue with it: papers with a name of their own (Mẫu 1.3)."""
        rows = self.filter(form=DocumentType.Form.NAMED).order_by("sort_text")
        return [(row.code, f"Ban hành kèm theo: {row.name}") for row in rows]


class DocumentType(models.Model):
    """A type of document with the abbreviation that its symbol carries (NĐ 30/2020, Điều 7 and Phụ lục III)."""

    class Form(models.TextChoices):
        """The model form that a type is set in (NĐ 30/2020, Phụ lục III, mục II)."""

        LETTER = "letter", "Công văn (Mẫu 1.5)"
        DECISION = "decision", "Nghị quyết, quyết định (Mẫu 1.1–1.3)"
        NAMED = "named", "Văn bản có tên loại (Mẫu 1.4)"
        INVITATION = "invitation", "Giấy mời (Mẫu 1.7)"
        INTRODUCTION = "introduction", "Giấy giới thiệu (Mẫu 1.8)"
        MINUTES = "minutes", "Biên bản (Mẫu 1.9)"
        RECORDED = "recorded", "Chỉ ghi vào sổ, không soạn ở đây"

    class Purpose(models.TextChoices):
        """What a paper of the type is for: under which heading the desk offers it."""

        EXCHANGE = "exchange", "Trao đổi, đề nghị"
        REPORT = "report", "Trình, báo cáo"
        MEET = "meet", "Họp, hội nghị"
        DIRECT = "direct", "Triển khai, hướng dẫn, thông báo"
        DECIDE = "decide", "Quyết định, ban hành"
        PLAN = "plan", "Đề án, dự án, phương án"
        AGREE = "agree", "Giao ước, thỏa thuận"
        PERSON = "person", "Giấy cho một người"
        OTHER = "other", "Loại khác"

    code = models.CharField(
        "chữ viết tắt",
        max_length=10,
        unique=True,
        error_messages={"unique": "Chữ viết tắt này đã dùng cho một loại khác."},
    )
    name = models.CharField("tên loại", max_length=60)
    form = models.CharField("mẫu trình bày", max_length=20, choices=Form, default=Form.NAMED)
    purpose = models.CharField(
        "dùng để",
        max_length=10,
        choices=Purpose,
        default=Purpose.OTHER,
        help_text="Loại này hiện dưới tiêu đề nào ở trang Soạn văn bản.",
    )
    source = models.CharField("căn cứ", max_length=200, help_text="Văn bản quy định loại này.")
    sort_text = models.TextField(editable=False)

    objects = DocumentTypeQuerySet.as_manager()

    class Meta:
        verbose_name = "loại văn bản"
        verbose_name_plural = "loại văn bản"
        ordering = ["sort_text"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the sort key beside the name."""
        self.code, self.name = clean(self.code).strip(), clean(self.name).strip()
        self.sort_text = sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def is_addressed(self) -> bool:
        """Whether its head says whom it goes to, behind ``Kính gửi``; else they stand in ``Nơi nhận`` alone."""
        return self.form == self.Form.LETTER or self.code in ADDRESSED

    @property
    def names_receivers_above(self) -> bool:
        """Whether every paper of it says above its Nơi nhận whom it goes to; of reports only those to who stands above do."""
        return (self.is_addressed and self.code != "BC") or self.form == self.Form.INTRODUCTION or self.code == "CĐ"

    @property
    def facts(self) -> TypeFacts:
        """What typesetting needs to know of this type."""
        return TypeFacts(self.code, self.name, self.form)
