"""What is typed on a page and not stored yet: apart from the draft, its versions and its log, and its writer's alone."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from ..papers.models import Document

# Who was heard of within so long is there; a page speaks every ten seconds.
THERE = timedelta(seconds=30)
# Who typed within so long is writing.
AT_WORK = timedelta(minutes=2)


class WritingQuerySet(models.QuerySet):
    """Whose words, and who is there."""

    def of(self, user):
        """What ``user`` typed and did not store; nobody else ever sees it."""
        return self.filter(by=user, typed_at__isnull=False).order_by("-typed_at")

    def there(self, document):
        """Pages of ``document`` that are open now, each with its person."""
        return self.filter(document=document, seen_at__gte=timezone.now() - THERE).select_related("by")


class Writing(models.Model):
    """One page on which ``by`` writes a paper, and what was typed there since the paper was last stored.

    ``fields`` are the whole form, as it would be sent: {name: [values]}; nothing before anything was typed. ``serial`` counts
    what was sent; ``tab`` is the page that sent last. Gone when the paper is stored or thrown away from that page, and after
    ``TYPED_KEPT_DAYS`` days.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người gõ", related_name="+")
    key = models.CharField(max_length=40)
    tab = models.CharField(max_length=40)
    document = models.ForeignKey(
        Document, models.CASCADE, verbose_name="dự thảo", null=True, blank=True, related_name="writings"
    )
    # Of a paper that was never stored: from what it was begun, as in the address of its page.
    address = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField("dự thảo lần", default=0)
    fields = models.JSONField("chữ đã gõ", default=dict)
    serial = models.PositiveIntegerField(default=0)
    typed_at = models.DateTimeField("gõ lúc", null=True)
    seen_at = models.DateTimeField("thấy lúc", default=timezone.now, db_index=True)

    objects = WritingQuerySet.as_manager()

    class Meta:
        verbose_name = "bản đang gõ"
        verbose_name_plural = "bản đang gõ"
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="a_page_writes_once")]

    def __str__(self):
        return f"{self.by} {self.seen_at:%d/%m/%Y %H:%M}"

    def get_absolute_url(self):
        """The page on which it goes on."""
        return self.document.get_absolute_url() if self.document else f"{reverse('new_document')}?{self.address}"

    @property
    def is_at_work(self) -> bool:
        """Whether something was typed there just now."""
        return bool(self.typed_at) and self.typed_at >= timezone.now() - AT_WORK

    @property
    def body(self) -> str:
        """The words of the paper, as they were typed."""
        return "".join(self.fields.get("body", []))

    @property
    def texts(self) -> list[str]:
        """The words of the paper, then title and words of each text behind it, as they were typed."""
        found = [self.body]
        for name in sorted(self.fields, key=lambda one: (len(one), one)):
            behind, _, what = name.rpartition("-")
            if behind and what == "body" and not self.fields.get(f"{behind}-DELETE"):
                found += ["".join(self.fields.get(f"{behind}-{part}", [])) for part in ("title", "body")]
        return [text for text in found if text.strip()]

    @property
    def subject(self) -> str:
        """What the paper is about, as it was typed."""
        return "".join(self.fields.get("subject", [])).strip()
