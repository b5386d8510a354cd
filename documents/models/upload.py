"""Files that people add: scans, signed copies, answers, proof of duties."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from .delivery import Answer
from .document import Document
from .duty import Report


def _place(upload, name) -> str:
    """A name of our own: what people call their files says nothing on the disk."""
    return f"uploads/{upload.sha256[:2]}/{upload.sha256}.{upload.extension}"


class UploadQuerySet(models.QuerySet):
    """Which files a person may fetch."""

    def visible_to(self, user):
        """Files of papers that ``user`` may open; those of answers and duties for the unit that sent them and the paper's."""
        if user.is_administrator:
            return self
        units = user.inherited_units
        return self.filter(
            Q(document__in=Document.objects.visible_to(user).order_by().values("pk"))
            | Q(answer__delivery__unit__in=units)
            | Q(answer__delivery__document__unit__in=units)
            | Q(report__assignment__unit__in=units)
            | Q(report__assignment__duty__document__unit__in=units)
        )


class Upload(models.Model):
    """One file, looked into before it was kept (``documents.uploads``). Who may see its owner may fetch it."""

    class Kind(models.TextChoices):
        """What it is to the paper it belongs to."""

        SIGNED = "signed", "Bản đã ký, đóng dấu"
        SCAN = "scan", "Bản chụp"
        PROOF = "proof", "Tệp kèm theo"

    kind = models.CharField("loại tệp", max_length=10, choices=Kind)
    document = models.ForeignKey(
        Document, models.CASCADE, verbose_name="văn bản", null=True, blank=True, related_name="uploads"
    )
    answer = models.ForeignKey(
        Answer, models.CASCADE, verbose_name="trả lời", null=True, blank=True, related_name="uploads"
    )
    report = models.ForeignKey(
        Report, models.CASCADE, verbose_name="báo cáo nhiệm vụ", null=True, blank=True, related_name="uploads"
    )
    name = models.CharField("tên tệp", max_length=150)
    extension = models.CharField("đuôi tệp", max_length=5)
    content_type = models.CharField("kiểu tệp", max_length=100)
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64, db_index=True)
    file = models.FileField("tệp", upload_to=_place, max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người gửi tệp", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, answer__isnull=True, report__isnull=True)
                | Q(document__isnull=True, answer__isnull=False, report__isnull=True)
                | Q(document__isnull=True, answer__isnull=True, report__isnull=False),
                name="upload_has_one_owner",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("upload", args=[self.pk])
