"""What one person's papers for a body begin with, where that differs from what holds for everybody there."""

from django.conf import settings
from django.db import models

from units.models import Term, Unit
from units.text import clean


class Usual(models.Model):
    """Set once by the person, or taken over from a paper that they wrote. What is empty is as the body has it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người soạn", related_name="+")
    issuer = models.ForeignKey(Unit, models.PROTECT, verbose_name="văn bản của", related_name="+")
    section = models.CharField(
        "phòng, bộ phận (chữ viết tắt)",
        max_length=20,
        blank=True,
        help_text="Đứng sau dấu gạch nối trong ký hiệu công văn và sau «Lưu: VT», ví dụ TĐKT, NVY.",
    )
    archive = models.CharField(
        "lưu", max_length=120, blank=True, help_text="Để trống: VT và phòng, bộ phận ở trên. Ví dụ: VT, TĐKT (NTB)."
    )
    signer = models.ForeignKey(
        Term,
        models.SET_NULL,
        verbose_name="người ký thường ngày",
        null=True,
        blank=True,
        related_name="+",
        help_text="Trừ quyết định, nghị quyết và biên bản.",
    )
    proposer = models.CharField(
        "người đề nghị ban hành quyết định",
        max_length=150,
        blank=True,
        help_text="Ghi sau «Theo đề nghị của» ở căn cứ của quyết định, ví dụ: Trưởng phòng Tổ chức cán bộ.",
    )
    contact = models.CharField(
        "địa chỉ, điện thoại ở chân trang", max_length=300, blank=True, help_text="Để trống nếu không in."
    )

    class Meta:
        verbose_name = "điều ghi sẵn của người soạn"
        verbose_name_plural = "điều ghi sẵn của người soạn"
        ordering = ["by__sort_text", "issuer__sort_text"]
        constraints = [models.UniqueConstraint(fields=["by", "issuer"], name="one_usual_of_a_person_for_a_body")]

    def __str__(self):
        return f"{self.by}: văn bản của {self.issuer}"

    def save(self, *args, **kwargs):
        """Keep text clean."""
        for name in ("section", "archive", "proposer", "contact"):
            setattr(self, name, clean(getattr(self, name)).strip())
        super().save(*args, **kwargs)
