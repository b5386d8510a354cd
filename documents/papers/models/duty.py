"""What a paper asks of units. How far each of them is with it stands in ``documents.duties``."""

from django.db import models

from .document import Document


class Duty(models.Model):
    """One thing that a paper asks for: the clause that says so, the words, of whom, until when.

    ``keys``: groups or units as ``documents.deliveries.addressees`` knows them; none means every addressee of the paper.
    """

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="duties")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    clause = models.CharField("điểm, khoản", max_length=30, blank=True, help_text="Ví dụ: 1.a, Điều 2.")
    words = models.CharField("việc phải làm", max_length=500)
    keys = models.JSONField("đơn vị thực hiện", default=list, blank=True)
    until = models.DateField("hạn", null=True, blank=True)

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["position", "id"]

    def __str__(self):
        return f"{self.clause}: {self.words}" if self.clause else self.words
