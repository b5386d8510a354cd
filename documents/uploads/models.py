"""Files that people add: scans, signed copies, answers, proof of duties."""

from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from units.areas import areas
from units.permissions import PROVINCE_WRITERS

# What a page can show.
PICTURES = ("jpg", "png")


def _place(upload, name) -> str:
    """A name of our own: what people call their files says nothing on the disk."""
    return f"uploads/{upload.sha256[:2]}/{upload.sha256}.{upload.extension}"


# Functions (user) → Q of the files of papers, answers, reports that this person may fetch; areas tell of theirs (``Area.files``).
_WAYS: list[Callable] = []


def let_fetch(files_of: Callable) -> None:
    """Let ``user`` fetch the files that ``files_of(user)``, a Q, is true of. Called when the program starts."""
    _WAYS.append(files_of)


class UploadQuerySet(models.QuerySet):
    """Which files a person sees, and may fetch."""

    def standing_for(self, user):
        """Without those that were withdrawn, unless ``user`` administers or is of the unit that keeps the paper.

        Papers that all cite are kept by those who record them.
        """
        if user.is_administrator:
            return self
        kept = Q(document__unit__in=user.inherited_units)
        if user.role in PROVINCE_WRITERS:
            kept |= Q(document__origin=Upload.document.field.related_model.Origin.CITED)
        return self.filter(Q(withdrawn_at=None) | kept)

    def with_content(self):
        """Without those whose content was erased."""
        return self.exclude(file="")

    def held(self, sha256: str) -> list:
        """Every row with this content, held until the transaction ends: their bytes are one file on the disk."""
        return list(self.select_for_update().filter(sha256=sha256).order_by("pk"))

    def visible_to(self, user):
        """Files whose owner lets ``user`` fetch them: papers, answers, reports of duties, records of areas."""
        if user.is_administrator:
            return self
        seen = Q()
        for files_of in _WAYS:
            seen |= files_of(user)
        for area in areas():
            for keys_of in area.files:
                seen |= Q(area=area.name, pk__in=keys_of(user))
        return self.standing_for(user).filter(seen)


class Upload(models.Model):
    """One file, looked into before it was kept (``documents.uploads``). Who may see its owner may fetch it.

    What was attached to a paper by mistake is withdrawn; after that its content may be erased. The row stays and tells
    both (``documents.scans.actions``).
    """

    class Kind(models.TextChoices):
        """What it is to the paper it belongs to."""

        SIGNED = "signed", "Bản đã ký, đóng dấu"
        SCAN = "scan", "Bản chụp"
        PROOF = "proof", "Tệp kèm theo"
        ATTACHED = "attached", "Phụ lục, văn bản kèm theo ở tệp riêng"
        COPY = "copy", "Bản sao điện tử"

    kind = models.CharField("loại tệp", max_length=10, choices=Kind)
    document = models.ForeignKey(
        "documents.Document", models.CASCADE, verbose_name="văn bản", null=True, blank=True, related_name="uploads"
    )
    answer = models.ForeignKey(
        "documents.Answer", models.CASCADE, verbose_name="trả lời", null=True, blank=True, related_name="uploads"
    )
    report = models.ForeignKey(
        "documents.Report",
        models.CASCADE,
        verbose_name="báo cáo nhiệm vụ",
        null=True,
        blank=True,
        related_name="uploads",
    )
    # Records of other parts of the program point to their files; see ``units.areas``.
    area = models.CharField(max_length=40, blank=True, editable=False)
    name = models.CharField("tên tệp", max_length=150)
    extension = models.CharField("đuôi tệp", max_length=5)
    content_type = models.CharField("kiểu tệp", max_length=100)
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64, db_index=True)
    file = models.FileField("tệp", upload_to=_place, max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người gửi tệp", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi nhầm", null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("ghi nhầm lúc", null=True, blank=True)
    withdrawn_reason = models.CharField("gắn nhầm vì", max_length=300, blank=True)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người xóa nội dung",
        null=True,
        blank=True,
        related_name="+",
    )
    erased_at = models.DateTimeField("xóa nội dung lúc", null=True, blank=True)
    erased_reason = models.CharField("xóa nội dung vì", max_length=300, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, answer__isnull=True, report__isnull=True, area="")
                | Q(document__isnull=True, answer__isnull=False, report__isnull=True, area="")
                | Q(document__isnull=True, answer__isnull=True, report__isnull=False, area="")
                | Q(~Q(area=""), document__isnull=True, answer__isnull=True, report__isnull=True),
                name="upload_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(
                    ~Q(withdrawn_reason=""),
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    document__isnull=False,
                ),
                name="upload_withdrawn_at_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(~Q(file=""), erased_at__isnull=True, erased_by__isnull=True, erased_reason="")
                | Q(
                    ~Q(erased_reason=""),
                    file="",
                    erased_at__isnull=False,
                    erased_by__isnull=False,
                    withdrawn_at__isnull=False,
                ),
                name="upload_erased_at_by_and_why",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("upload", args=[self.pk])


class KeptFile(models.Model):
    """A photograph or paper of a record, which its ``upload`` is; the record has them as ``files``."""

    caption = models.CharField("chú thích", max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return self.caption or self.upload.name

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it."""
        return self.upload.extension in PICTURES
