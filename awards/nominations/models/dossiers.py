"""The file (hồ sơ đề nghị khen thưởng) of one unit, and who in the department follows whose files.

Source: Luật Thi đua, khen thưởng 2022, Điều 83–85 (who proposes, what is in a file, the simple procedure).
"""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaigns.models import Campaign
from clusters.models import Cluster
from documents.areas.papers import Papers
from units.models import Unit
from units.models.search import Searched
from units.periods import InForce
from units.permissions import may_oversee, may_write
from units.text import clean, searchable
from units.tones import Toned

from ...area import AWARDS
from ...catalogue.models import AwardType, Route


class Paper(StrEnum):
    """What is written for a file: the submission of the unit, its minutes, and what the department answers."""

    SUBMISSION = "submission"
    MINUTES = "minutes"
    RESULT = "result"


OF_DOSSIER = Papers(AWARDS, "ho-so-khen-thuong", Paper)
# The report on the merits of one nomination, by its key.
OF_NOMINATION = Papers(AWARDS, "bao-cao-thanh-tich")


class DossierQuerySet(Searched):
    """Which files a person may see."""

    def visible_to(self, user):
        """The department: those that were submitted. A unit: its own, drafts too."""
        own = self.filter(unit__in=user.inherited_units) if user.unit_id else self.none()
        if not may_oversee(user):
            return own
        return self.filter(~Q(state__in=Dossier.OWN) | Q(pk__in=own.order_by().values("pk")))


class Dossier(models.Model):
    """What one unit proposes at one time, for one ground (``route``): its nominations may part ways later.

    ``campaign``: for whose review it is; ``deed_on``: the day of a sudden deed; ``is_simple``: by the procedure of Điều 85.
    ``officer``: who of the department has it; ``due_on``: by when the step that it stands at is to be done. ``returned_until``:
    the last day for what was returned.
    """

    class State(Toned):
        """How far the file as a whole has come; from the appraisal on each nomination has its own way."""

        DRAFT = "draft", "open", "Đang soạn"
        SUBMITTED = "submitted", "wait", "Đã nộp, chờ tiếp nhận"
        RECEIVED = "received", "wait", "Đang thẩm định"
        RETURNED = "returned", "late", "Trả lại, chờ bổ sung"
        APPRAISED = "appraised", "done", "Đã thẩm định"
        CLOSED = "closed", "done", "Đã báo kết quả"
        WITHDRAWN = "withdrawn", "not_asked", "Đã rút"

    # What the department does not see: it was never sent, or taken back before anybody received it.
    OWN = (State.DRAFT,)
    OPEN = (State.DRAFT, State.RETURNED)
    OVER = (State.CLOSED, State.WITHDRAWN)

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị đề nghị", editable=False, related_name="+")
    route = models.CharField("loại hình khen thưởng", max_length=12, choices=Route, default=Route.MERIT)
    year = models.PositiveSmallIntegerField("năm thành tích")
    first_year = models.PositiveSmallIntegerField(
        "từ năm", null=True, blank=True, help_text="Khi thành tích của nhiều năm."
    )
    subject = models.CharField("nội dung đề nghị", max_length=300, blank=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, verbose_name="phong trào thi đua", null=True, blank=True, related_name="+"
    )
    deed_on = models.DateField("ngày lập thành tích", null=True, blank=True)
    is_simple = models.BooleanField("theo thủ tục đơn giản", default=False)
    note = models.TextField("ghi chú", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    since = models.DateField("ở bước này từ ngày", auto_now_add=True)
    submitted_on = models.DateField("ngày nộp", null=True, blank=True, editable=False)
    received_on = models.DateField("ngày tiếp nhận", null=True, blank=True, editable=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người thẩm định", null=True, blank=True, editable=False,
        related_name="+",
    )  # fmt: skip
    due_on = models.DateField("hạn xong bước này", null=True, blank=True, editable=False)
    returned_until = models.DateField("hạn bổ sung", null=True, blank=True, editable=False)
    checked_at = models.DateTimeField("kiểm tra lần cuối", null=True, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người soạn", editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ đề nghị khen thưởng"
        verbose_name_plural = "hồ sơ đề nghị khen thưởng"
        ordering = ["-year", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="dossiers_by_due"),
            models.Index(fields=["unit", "-year"], name="dossiers_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(first_year__lte=F("year")), name="dossier_years_in_order",
                violation_error_message="Năm đầu lớn hơn năm cuối của thành tích. Hãy sửa lại.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "appraised", "closed"])
                | Q(received_on__isnull=False, officer__isnull=False),
                name="received_dossier_has_an_officer",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_until__isnull=False), name="returned_dossier_has_a_last_day"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Hồ sơ {self.get_route_display().lower()} năm {self.year} của {self.unit}"

    def save(self, *args, **kwargs):
        """Store it with the words that it is found by."""
        self.subject = clean(self.subject).strip()
        self.search_text = searchable(self.subject, self.unit.name, self.note)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("dossier", args=[self.pk])

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` writes for the unit that proposes, or for the one that took it over."""
        return may_write(user) and self.unit_id in user.inherited_units

    @property
    def name(self) -> str:
        """What a page calls it: its subject, else what it is."""
        return self.subject or str(self)


class Followed(InForce):
    """Who of the department follows whose files: of a unit, a cluster, a kind of award, a route; all of it where one is open.

    The row that says most counts (``nominations.rules.officer_for``).
    """

    apart = ("unit", "cluster", "award", "route")

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người theo dõi", related_name="+"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="+")
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, verbose_name="cụm, khối", null=True, blank=True, related_name="+"
    )
    award = models.ForeignKey(
        AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", null=True, blank=True, related_name="+"
    )
    route = models.CharField("loại hình", max_length=12, choices=Route, blank=True)

    class Meta(InForce.Meta):
        verbose_name = "phân công theo dõi"
        verbose_name_plural = "phân công theo dõi"
        ordering = ["officer", "-since"]

    def __str__(self):
        what = [self.unit, self.cluster, self.award, self.get_route_display()]
        return f"{self.officer}: {', '.join(str(word) for word in what if word) or 'mọi hồ sơ'}"
