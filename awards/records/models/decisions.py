"""What somebody was given, and what eligibility rests on: decisions with their awards, initiatives, ratings, discipline.

Nothing is deleted: an award is cancelled by a decision, a list that was entered by mistake is undone as a whole and stays.
"""

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from documents.models import Document, Upload
from units.models import Unit
from units.models.search import Searched
from units.permissions import may_oversee, may_see_store
from units.text import clean, fold, one_line, searchable
from units.tones import Badged

from ...catalogue.book import catalogue
from ...catalogue.models import AwardType, Office, Route, Whom
from ...recipients.models import BodyClass, PositionClass, Recipient


class DecisionQuerySet(Searched):
    """Which decisions a person may see."""

    def visible_to(self, user):
        """The department: all. Others: those that gave something to somebody they may see."""
        if may_oversee(user):
            return self
        own = Award.objects.visible_to(user).values("decision")
        return self.filter(pk__in=own)

    def read_by(self, user):
        """Those whose page a person may open: those that it sees; the store keeper all that gave something, for their items."""
        is_keeper = may_see_store(user) and not may_oversee(user)
        return self.exclude(state=Decision.State.DRAFT) if is_keeper else self.visible_to(user)


class Decision(models.Model):
    """One decision that gives awards, made here or before the program. ``number`` as it is written: ``700/QĐ-TTg``.

    One that is being made here has no number yet, and ``day`` is the one on which it is likely to be signed.
    ``paper``: the document of the register, where it holds it; ``scan``: its picture. ``submitter``: of awards of the State, who
    laid them before the Premier, which the statistical form 0602 asks for. ``identity``: what makes it this decision and no
    other, of which one may stand; one that was undone may be entered again.
    """

    class State(Badged):
        """Whether what it gave stands."""

        DRAFT = "draft", "azure", "Đang nhập"
        STANDING = "standing", "green", "Có hiệu lực"
        UNDONE = "undone", "secondary", "Đã gỡ"

    class Made(Badged):
        """The same of one that is made here."""

        DRAFT = "draft", "azure", "Đang soạn"

    class Origin(models.TextChoices):
        """How it came into the program."""

        ENTERED = "entered", "Nhập quyết định đã có"
        MADE = "made", "Ban hành trên phần mềm"

    class Submitter(models.TextChoices):
        """Who laid it before the Premier."""

        MINISTRY = "ministry", "Bộ, ban, ngành, đoàn thể Trung ương"
        PROVINCE = "province", "Tỉnh, thành phố trực thuộc Trung ương"

    number = models.CharField("số, ký hiệu", max_length=60)
    day = models.DateField("ngày ký")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="người quyết định", related_name="+")
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="cơ quan ban hành", null=True, blank=True, related_name="+"
    )
    issuer = models.CharField("cơ quan ban hành (ghi bằng lời)", max_length=200, blank=True)
    submitter = models.CharField("cơ quan trình Thủ tướng", max_length=10, choices=Submitter, blank=True)
    subject = models.TextField("trích yếu")
    paper = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản trong sổ", null=True, blank=True, related_name="+"
    )
    scan = models.ForeignKey(Upload, models.PROTECT, verbose_name="bản quét", null=True, blank=True, related_name="+")
    origin = models.CharField("nguồn", max_length=10, choices=Origin, default=Origin.ENTERED)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.STANDING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nhập", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    search_text = models.TextField(editable=False)
    identity = models.CharField(max_length=300, editable=False, default="")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["day"], name="decisions_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["identity"], condition=~Q(state="undone") & ~Q(identity=""), name="decision_is_entered_once",
                violation_error_message="Quyết định này đã có trong phần mềm. Hãy tìm trong danh sách quyết định.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"Quyết định số {self.number}" if self.number else "Quyết định (chưa có số)"

    def save(self, *args, **kwargs):
        """Store it with its words for searching."""
        self.tidy()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("draft_decision" if self.is_being_made else "decision", args=[self.pk])

    @property
    def is_being_made(self) -> bool:
        """Whether it is made here and was not issued yet."""
        return self.origin == self.Origin.MADE and self.state == self.State.DRAFT

    @property
    def standing(self) -> Badged:
        """What its badge says."""
        return self.Made.DRAFT if self.is_being_made else self.State(self.state)

    def tidy(self):
        """Set the words for searching; before ``bulk_create`` too."""
        self.number, self.subject = one_line(clean(self.number)), clean(self.subject).strip()
        self.search_text = searchable(self.number, self.subject)
        whose = self.unit_id or fold(self.issuer)[:150]
        self.identity = f"{fold(self.number)} {self.day:%Y-%m-%d} {self.office_id} {whose}" if self.number else ""


class AwardQuerySet(models.QuerySet):
    """Which awards a person may see, and which stand."""

    def visible_to(self, user):
        """The department: all. Others: of those of the own unit, today or when it was given, and of units under it."""
        if may_oversee(user):
            return self
        return self.filter(Q(unit__in=user.seen_units) | Q(home__in=user.seen_units))

    def read_by(self, user):
        """Those whose page a person may open: those that it sees; the store keeper all, for their items."""
        return self if may_see_store(user) else self.visible_to(user)

    def standing(self):
        """Without those whose list was undone; a cancelled one is there, with its day."""
        return self.filter(stands=True)

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        """Each says to whom it was given and who sees it, as those that are saved one by one; one query more."""
        rows = list(objs)
        of_recipients(rows)
        return super().bulk_create(rows, *args, **kwargs)


def of_recipients(awards):
    """Set what awards keep of their recipients, who are held as they are until the transaction ends. One query."""
    keys = sorted({row.recipient_id for row in awards})
    found = Recipient.objects.order_by().filter(pk__in=keys).values_list("pk", "kind", "unit")
    if connection.vendor == "postgresql":
        # Those who give awards to one at once do not wait for each other, as with select_for_update they would.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, kind, unit_id FROM awards_recipient WHERE id = ANY(%s) ORDER BY id FOR SHARE", [keys]
            )
            found = cursor.fetchall()
    known = {key: kept for key, *kept in found}
    for row in awards:
        row.whom, unit = known[row.recipient_id]
        row.home_id = unit if unit != row.unit_id else None


class Award(models.Model):
    """One line of a decision: who was given what. Name, post, unit and classes as they were on its day.

    ``year``: the last year of the merits that it was given for, ``first_year`` the first. ``amount`` in đồng; None where
    nothing is known of money. ``position``: its number in the decision, which is also its number in the golden book.
    ``cancelled_on``: since when it does not count, cancelled or, where ``is_stripped``, stripped. ``off_from``, ``back_on``: from
    when to when it did not count the last time, where it was restored: it counts again from ``back_on``.
    ``whom``: the kind of the recipient, which never changes. ``home``: where the recipient is today, if elsewhere than on that
    day; ``Recipient.save`` keeps it, so that the awards that a unit sees are found by two columns of their own.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="quyết định", related_name="awards")
    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="người nhận", related_name="awards")
    type = models.ForeignKey(AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", related_name="awards")
    whom = models.CharField("là", max_length=12, choices=Whom, editable=False)
    position = models.PositiveIntegerField("số thứ tự")
    name = models.CharField("tên ghi trong quyết định", max_length=200)
    post = models.CharField("chức vụ, đơn vị ghi trong quyết định", max_length=400, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="+")
    home = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    position_class = models.CharField("lớp chức vụ", max_length=12, choices=PositionClass, blank=True)
    body_class = models.CharField("loại tập thể", max_length=12, choices=BodyClass, blank=True)
    year = models.PositiveSmallIntegerField("năm thành tích")
    first_year = models.PositiveSmallIntegerField("từ năm", null=True, blank=True)
    route = models.CharField("loại hình", max_length=12, choices=Route, default=Route.MERIT)
    deed = models.TextField("thành tích", blank=True)
    amount = models.PositiveBigIntegerField("tiền thưởng (đồng)", null=True, blank=True)
    decided_on = models.DateField("ngày quyết định")
    stands = models.BooleanField("còn trong sổ", default=True)
    cancelled_on = models.DateField("hủy từ ngày", null=True, blank=True)
    cancelled_by = models.CharField("hủy theo", max_length=200, blank=True)
    is_stripped = models.BooleanField("bị tước", default=False)
    off_from = models.DateField("từng không tính từ ngày", null=True, blank=True)
    back_on = models.DateField("phục hồi từ ngày", null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ["-decided_on", "-decision", "position"]
        indexes = [
            models.Index(fields=["-decided_on", "-decision", "position"], name="awards_by_day"),
            models.Index(fields=["type", "-decided_on", "-decision", "position"], name="awards_by_type"),
            # What the statistical forms count of a type in a year stands in it, so that no row is read for them.
            models.Index(
                fields=[
                    "type",
                    "decided_on",
                    "stands",
                    "cancelled_on",
                    "whom",
                    "position_class",
                    "body_class",
                    "route",
                ],
                name="awards_counted",
            ),
            models.Index(fields=["unit", "-decided_on", "-decision", "position"], name="awards_by_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_line_a_number"),
            models.UniqueConstraint(
                fields=["recipient", "type", "year"],
                condition=Q(route=Route.MERIT, stands=True, cancelled_on=None),
                name="award_once_a_year",
                violation_error_message="Danh hiệu, hình thức này của năm đó đã có ở người nhận. Hãy kiểm tra lại.",
            ),
            models.CheckConstraint(condition=Q(whom__in=Whom.values), name="award_says_to_whom"),
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(first_year__lte=F("year")), name="award_years_in_order",
                violation_error_message="Năm đầu lớn hơn năm cuối của thành tích. Hãy sửa lại.",
            ),
            models.CheckConstraint(
                condition=Q(off_from=None, back_on=None) | Q(off_from__lte=F("back_on")), name="award_is_off_and_back"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.title} năm {self.year}: {self.name}"

    def save(self, *args, **kwargs):
        """Store it with what it keeps of its recipient."""
        with transaction.atomic():
            of_recipients([self])
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Its line on the page of its decision."""
        return f"{reverse('decision', args=[self.decision_id])}#dong-{self.position}"

    @property
    def lost_words(self) -> str:
        """``Hủy``, ``Tước``: how it was lost; nothing of one that counts."""
        return ("Tước" if self.is_stripped else "Hủy") if self.cancelled_on else ""

    @property
    def title(self) -> str:
        """What it is called, as the law had it on its day; reads ``type``."""
        return catalogue().name_on(self.type.code, self.decided_on)
