"""The bytes of a paper as issued."""

from django.db import models

from .document import Document


class IssuedCopy(models.Model):
    """The bytes of a paper as issued: the pages that the program set, or the signed scan of one that another body numbered.

    In the database and not in a folder: number and bytes are stored in one transaction, kept in one backup.
    """

    document = models.OneToOneField(Document, models.CASCADE, verbose_name="văn bản", related_name="copy")
    content = models.BinaryField("tệp PDF")
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("số byte")
    pages = models.PositiveSmallIntegerField("số trang")
    is_scan = models.BooleanField("bản chụp đã ký, đóng dấu", default=False)

    class Meta:
        verbose_name = "bản phát hành"
        verbose_name_plural = "bản phát hành"

    def __str__(self):
        return f"{self.document.name}, {self.pages} trang"
