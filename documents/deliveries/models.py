"""Who a paper goes to: groups of units, what a draft names, and what each unit did with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from units.models import Searched, Unit
from units.text import searchable
from units.tones import Toned

from ..papers.models import Document, let_open
from ..uploads.models import let_fetch


class Delivery(models.Model):
    """A paper in the hands of one unit: when it came, who read it first, whether an answer is wanted and was given."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="deliveries")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="deliveries")
    delivered_at = models.DateTimeField("chuyển lúc", auto_now_add=True)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người đọc", null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    class Meta:
        verbose_name = "văn bản chuyển đến đơn vị"
        verbose_name_plural = "văn bản chuyển đến đơn vị"
        ordering = ["unit__sort_text", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], name="one_delivery_a_unit"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="delivery_read_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-delivered_at"], name="delivery_of_a_unit"),
            models.Index(fields=["unit"], condition=Q(read_at=None), name="unread_of_a_unit"),
        ]

    def __str__(self):
        return f"{self.document.name} → {self.unit}"

    def get_absolute_url(self):
        return reverse("document", args=[self.document_id])


class Answer(models.Model):
    """What a unit answered to a paper: words, files, or both (``Upload.answer``)."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, verbose_name="lần chuyển", related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người trả lời", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    words = models.TextField("nội dung", max_length=5000, blank=True)
    # Of a unit that nobody acts for: ``by`` recorded it from its paper, which bears this day.
    on_paper = models.DateField("ngày trên giấy", null=True, blank=True)

    class Meta:
        verbose_name = "trả lời"
        verbose_name_plural = "trả lời"
        ordering = ["id"]

    def __str__(self):
        return f"{self.delivery.unit} trả lời {self.delivery.document.name}"


class Reminder(models.Model):
    """A word from the sender to one unit: not yet read, not yet answered, a duty not yet done."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="văn bản", related_name="reminders")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="reminders")
    words = models.CharField("nội dung nhắc", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nhắc", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    seen_at = models.DateTimeField("đã xem lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lời nhắc"
        verbose_name_plural = "lời nhắc"
        ordering = ["-id"]

    def __str__(self):
        return f"Nhắc {self.unit}: {self.document.name}"


class Mail(models.Model):
    """One e-mail in the outbox. It waits there to be looked at, and goes only when a person sends it."""

    class State(Toned):
        """What became of it."""

        WAITING = "waiting", "wait", "Chờ gửi"
        QUEUED = "queued", "open", "Đang gửi"
        SENT = "sent", "done", "Đã gửi"
        FAILED = "failed", "late", "Gửi lỗi"
        DROPPED = "dropped", "not_asked", "Đã bỏ"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="của đơn vị", related_name="mails")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người viết", related_name="+")
    to = models.EmailField("gửi đến")
    subject = models.CharField("tiêu đề", max_length=200)
    words = models.TextField("nội dung")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING)
    error = models.CharField("lỗi", max_length=300, blank=True)
    created_at = models.DateTimeField("viết lúc", auto_now_add=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    search_text = models.TextField(editable=False)

    objects = Searched.as_manager()

    class Meta:
        verbose_name = "thư chờ gửi"
        verbose_name_plural = "hộp thư đi"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_at",
            )
        ]

    def __str__(self):
        return f"{self.to}: {self.subject}"

    def save(self, *args, **kwargs):
        """Store the words for searching."""
        self.search_text = searchable(self.to, self.subject)
        super().save(*args, **kwargs)


let_open(lambda units: Delivery.objects.filter(unit__in=units).order_by().values("document"))
let_fetch(
    lambda user: (
        Q(answer__delivery__unit__in=user.inherited_units)
        | Q(answer__delivery__document__unit__in=user.inherited_units)
    )
)
