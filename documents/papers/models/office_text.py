"""Texts that the office keeps for papers it writes again and again."""

from django.db import models

from units.models import Searched, Unit
from units.text import clean, clean_words, searchable, sort_key

from .type import DocumentType


class OfficeText(models.Model):
    """The words from which a paper of one type begins: a model (mẫu) of one unit, or of everybody."""

    name = models.CharField("tên mẫu", max_length=120)
    type = models.ForeignKey(DocumentType, models.PROTECT, verbose_name="loại văn bản", related_name="texts")
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="của đơn vị",
        null=True,
        blank=True,
        related_name="texts",
        help_text="Để trống: mẫu chung cho mọi đơn vị.",
    )
    subject = models.TextField("trích yếu", max_length=500, blank=True)
    bases = models.TextField("căn cứ", blank=True)
    to = models.TextField("kính gửi", blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    body = models.TextField("nội dung")
    sort_text = models.TextField(editable=False)
    search_text = models.TextField(editable=False)

    objects = Searched.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["sort_text", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "type", "name"],
                name="one_text_of_a_name",
                violation_error_message="Đơn vị đã có mẫu cùng tên cho loại này.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep text clean and the sort key beside the name."""
        self.name = clean(self.name)
        for field in ("subject", "bases", "to", "recipients", "body"):
            setattr(self, field, clean_words(getattr(self, field)))
        self.sort_text, self.search_text = sort_key(self.name), searchable(self.name, self.subject)
        super().save(*args, **kwargs)
