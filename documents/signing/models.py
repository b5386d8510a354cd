"""What digital signatures rest on: pictures, tokens, certificates that are trusted; pages given out to be signed, and what was
seen of the files that came back.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from units.models import Official, Unit

from ..jobs.models import Job
from ..papers.models import Document
from ..uploads.models import Upload


class SignatureLook(models.Model):
    """The picture of a person's signature (blue), or of a body's stamp (red): PNG with a clear ground (Phụ lục I, mục II.7-8)."""

    official = models.ForeignKey(
        Official, models.CASCADE, verbose_name="chữ ký của", null=True, blank=True, related_name="looks"
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, verbose_name="con dấu của", null=True, blank=True, related_name="looks"
    )
    content = models.BinaryField("hình")
    wide = models.DecimalField(
        "rộng (mm)", max_digits=4, decimal_places=1, help_text="Con dấu: đúng kích thước thật. Chữ ký: khoảng 30–45 mm."
    )

    class Meta:
        verbose_name = "hình chữ ký, con dấu"
        verbose_name_plural = "hình chữ ký, con dấu"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=True) ^ Q(unit__isnull=True),
                name="look_of_a_person_or_a_body",
                violation_error_message="Chọn một trong hai: chữ ký của ai, hoặc con dấu của cơ quan nào.",
            ),
            models.UniqueConstraint(
                fields=["official"], name="one_look_a_person", violation_error_message="Người này đã có hình chữ ký."
            ),
            models.UniqueConstraint(
                fields=["unit"], name="one_look_a_body", violation_error_message="Cơ quan này đã có hình con dấu."
            ),
        ]

    def __str__(self):
        return f"Chữ ký của {self.official}" if self.official_id else f"Con dấu của {self.unit}"


class SigningToken(models.Model):
    """A token with keys that is at the server (PKCS#11, ``settings.PKCS11_MODULE``). Its PIN is typed each time, never kept."""

    label = models.CharField("tên thiết bị", max_length=32, unique=True, help_text="Đúng nhãn ghi trong thiết bị.")
    certificate = models.CharField(
        "tên chứng thư", max_length=100, blank=True, help_text="Để trống nếu thiết bị chỉ có một chứng thư."
    )
    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        verbose_name="đơn vị dùng",
        related_name="tokens",
        help_text="Chỉ đơn vị này thấy thiết bị.",
    )

    class Meta:
        verbose_name = "thiết bị ký"
        verbose_name_plural = "thiết bị ký"
        ordering = ["label"]

    def __str__(self):
        return self.label


class TrustedCertificate(models.Model):
    """A certificate of an authority that the office trusts: signatures whose certificates go back to it are told as such."""

    name = models.CharField("tên", max_length=200)
    pem = models.TextField("chứng thư (PEM)", help_text="Bắt đầu bằng -----BEGIN CERTIFICATE-----.")
    source = models.CharField(
        "lấy từ đâu", max_length=300, help_text="Trang, tệp hoặc văn bản của tổ chức cấp chứng thư."
    )
    since = models.DateField("tin cậy từ ngày", null=True, blank=True, help_text="Để trống: từ ngày của chứng thư.")
    until = models.DateField(
        "đến hết ngày", null=True, blank=True, help_text="Chữ ký ký sau ngày này không còn được coi là tin cậy."
    )

    class Meta:
        verbose_name = "chứng thư tin cậy"
        verbose_name_plural = "chứng thư tin cậy"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(since__lte=F("until")),
                name="trusted_from_before_until",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Raises ``ValidationError`` for what is no certificate of an authority."""
        certificate = certificate_in(self.pem)
        if certificate is None:
            raise ValidationError({"pem": "Không đọc được chứng thư. Hãy dán nguyên văn tệp .pem hoặc .crt dạng chữ."})
        if not certificate.ca:
            raise ValidationError({"pem": "Đây là chứng thư của người dùng, không phải của tổ chức cấp chứng thư."})

    @property
    def der(self) -> bytes:
        """Its bytes."""
        return certificate_in(self.pem).dump()


def certificate_in(pem: str):
    """The certificate that ``pem`` holds; None where it holds none."""
    from asn1crypto import pem as armour
    from asn1crypto.x509 import Certificate

    try:
        kind, _, content = armour.unarmor(pem.strip().encode())
        found = Certificate.load(content, strict=True)
        _ = found.subject.native, found.ca
    except (ValueError, TypeError, KeyError):
        return None
    return found if kind == "CERTIFICATE" else None


class PagesToSign(models.Model):
    """The pages of an approved paper as they were set for its signer, number and day left blank, and the same signed.

    They hold for the words and the approval they were set for: ``documents.signing.actions.standing``.
    """

    document = models.OneToOneField(Document, models.CASCADE, verbose_name="văn bản", related_name="to_sign")
    # The step of the log by which the words were approved.
    approval = models.BigIntegerField()
    version = models.PositiveIntegerField("lần sửa")
    given = models.BinaryField("trang để ký")
    signed = models.BinaryField("trang đã ký", null=True, blank=True)
    name = models.CharField("chứng thư của", max_length=200, blank=True)
    by = models.ForeignKey(
        "units.User", models.PROTECT, verbose_name="người làm", null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("ký lúc", null=True, blank=True)
    # The same of the second signer: the secretary of minutes, the other side of a joint paper.
    second_name = models.CharField("chứng thư của người ký thứ hai", max_length=200, blank=True)
    second_by = models.ForeignKey(
        "units.User", models.PROTECT, verbose_name="người làm", null=True, blank=True, related_name="+"
    )
    second_at = models.DateTimeField("người thứ hai ký lúc", null=True, blank=True)

    class Meta:
        verbose_name = "trang để ký số"
        verbose_name_plural = "trang để ký số"

    def __str__(self):
        return f"{self.document.name}, {' và '.join(filter(None, [self.name, self.second_name])) or 'chưa ký'}"

    @property
    def missing(self) -> list[str]:
        """The names on the paper whose signature is not on the pages yet."""
        document = self.document
        first = [] if self.name else [document.signer_name]
        return first if self.second_name or not document.second_signer_name else [*first, document.second_signer_name]

    @property
    def signatures(self) -> list[tuple]:
        """(for whom the certificate is, when) of each signature on the pages."""
        return [told for told in ((self.name, self.at), (self.second_name, self.second_at)) if told[0]]


class SealedKey(models.Model):
    """What opens a key, for the worker that signs a long list with it: locked by the program's own secret, which is not in the
    database, and thrown away with the last paper (``documents.signing.sealing``).
    """

    job = models.OneToOneField(Job, models.CASCADE, verbose_name="việc", related_name="sealed_key")
    content = models.BinaryField("đã khóa")
    until = models.DateTimeField("dùng được đến")

    class Meta:
        verbose_name = "khóa ký của một việc"
        verbose_name_plural = "khóa ký của các việc"

    def __str__(self):
        return str(self.job)


class FileLooked(models.Model):
    """What was seen of a file when it came: whether its words are those that were issued, and who signed it."""

    class Words(models.TextChoices):
        """The words of a file beside those of the issued paper."""

        SAME_FILE = "whole", "đúng bản phát hành, thêm chữ ký"
        SAME = "same", "chữ từng trang đúng như bản phát hành"
        COPY = "copy", "đúng tệp được sao, thêm chữ ký"
        MORE = "more", "tệp gốc có thêm thứ khác ngoài chữ ký"
        APART = "apart", "tệp riêng, chữ không đối chiếu với bản phát hành"
        OTHER = "other", "chữ khác bản phát hành"
        NONE = "none", "không có chữ để đối chiếu (bản quét)"

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="looked")
    upload = models.OneToOneField(
        Upload, models.CASCADE, verbose_name="tệp", null=True, blank=True, related_name="looked"
    )
    words = models.CharField("đối chiếu", max_length=5, choices=Words)
    at = models.DateTimeField("xem lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần kiểm tra chữ ký số"
        verbose_name_plural = "các lần kiểm tra chữ ký số"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(upload=None), name="issued_pages_are_looked_at_once"
            )
        ]

    def __str__(self):
        return f"{self.document.name}: {self.get_words_display()}"

    @property
    def differs(self) -> bool:
        """Whether its words are not those of the paper, or something lies on them."""
        return self.words in (self.Words.OTHER, self.Words.MORE)


class FileSignature(models.Model):
    """One signature in a file that was looked at: facts as of that moment (``documents.signing.looking.Seen``)."""

    looked = models.ForeignKey(FileLooked, models.CASCADE, related_name="signatures")
    name = models.CharField("chứng thư của", max_length=300)
    issuer = models.CharField("nơi cấp chứng thư", max_length=300)
    serial = models.CharField("số chứng thư", max_length=100)
    at = models.DateTimeField("ký lúc", null=True)
    has_time = models.BooleanField("có dấu thời gian")
    is_whole = models.BooleanField("nguyên vẹn")
    is_allowed = models.BooleanField("chỉ thêm chữ ký, số, ngày")
    is_trusted = models.BooleanField("chứng thư tin cậy", null=True)
    faults = models.CharField("lưu ý", max_length=300, blank=True)

    class Meta:
        verbose_name = "chữ ký số"
        verbose_name_plural = "chữ ký số"
        ordering = ["id"]

    def __str__(self):
        return self.name

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.is_whole and self.is_allowed and self.is_trusted is not False and not self.faults
