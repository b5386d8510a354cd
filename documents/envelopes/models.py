"""What was printed for whom a paper goes to: the next printing begins with it, and a worker prints from it."""

from django.db import models

from ..papers.models import Document


class What(models.TextChoices):
    """What is printed."""

    ENVELOPES = "bi", "Bì thư"
    LABELS = "nhan", "Nhãn dán bì (8 nhãn một tờ A4)"
    SLIPS = "phieu", "Phiếu gửi (2 phiếu một tờ A4)"


class Size(models.TextChoices):
    """Envelopes by the longer side first, mm (ISO 269)."""

    DL = "dl", "DL, 220 × 110 mm (thư gấp ba)"
    C5 = "c5", "C5, 229 × 162 mm (thư gấp đôi)"
    C4 = "c4", "C4, 324 × 229 mm (không gấp)"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height."""
        return {"dl": (220, 110), "c5": (229, 162), "c4": (324, 229)}[self.value]


class Posting(models.Model):
    """One printing of envelopes, labels or receipts of a paper, as it was asked for; it is never changed."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="postings")
    what = models.CharField("in", max_length=5, choices=What)
    size = models.CharField("cỡ bì", max_length=2, choices=Size, blank=True)
    # Places on the first sheet of labels that are left free: a sheet of which some were used goes into the printer again.
    skipped = models.PositiveSmallIntegerField("nhãn bỏ trống ở đầu tờ", default=0)
    # Keys of units, in the order in which they are printed.
    units = models.JSONField("đơn vị nhận", default=list)
    others = models.TextField("nơi nhận khác", blank=True)
    by = models.ForeignKey("units.User", models.PROTECT, verbose_name="người in", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần in bì, nhãn, phiếu gửi"
        verbose_name_plural = "các lần in bì, nhãn, phiếu gửi"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.get_what_display()}: {self.document.name}"
