"""Who takes part in a conference: delegations, delegates with what qualifies them, guests; what is counted of them."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.models import Award, Recipient
from documents.models import Document
from units.models import Unit
from units.models.search import Searched
from units.permissions import may_oversee
from units.text import clean, name_sort_key, one_line, searchable
from units.tones import Toned

from ..events.models import Event, Role


class DelegationQuerySet(models.QuerySet):
    """Which delegations a person may see."""

    def visible_to(self, user):
        """The department: all. A unit: those to its own conferences and to those of units under it, and those it sends."""
        if may_oversee(user):
            return self
        seen = user.seen_units
        return self.filter(Q(event__unit__in=seen) | Q(unit__in=seen) | Q(source__unit__in=seen))


class Delegation(models.Model):
    """Those whom one unit sends to an event, led by one of them.

    ``quota``: how many official ones it may have, where the event says it itself; else what the plan says (``rules.quota_of``).
    ``source``: the conference below that chose them; it changes nothing any more from there on once they are sent.
    """

    class State(Toned):
        """How far it is: chosen below, sent up, settled above."""

        CHOOSING = "choosing", "wait", "Đang chọn"
        SENT = "sent", "open", "Đã gửi, chờ xét"
        SETTLED = "settled", "done", "Đã chốt"

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="delegations")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")
    quota = models.PositiveIntegerField(
        "số đại biểu được cử", null=True, blank=True, validators=[MaxValueValidator(9999)],
        help_text="Để trống: theo kế hoạch.",
    )  # fmt: skip
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.CHOOSING, editable=False)
    head = models.ForeignKey(
        "Delegate", models.SET_NULL, verbose_name="trưởng đoàn", null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(
        Event, models.PROTECT, verbose_name="được cử từ", null=True, blank=True, related_name="sent_up"
    )
    sent_on = models.DateField("gửi danh sách ngày", null=True, blank=True, editable=False)
    accepted_on = models.DateField("chốt danh sách ngày", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "đoàn đại biểu"
        verbose_name_plural = "đoàn đại biểu"
        ordering = ["unit__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "unit"], name="one_delegation_a_unit",
                violation_error_message="Đơn vị này đã có đoàn.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"Đoàn {self.unit}"

    def get_absolute_url(self):
        return reverse("delegation", args=[self.pk])


class DelegateQuerySet(Searched):
    """Which delegates a person may see, and who counts."""

    def visible_to(self, user):
        """The department: all. A unit: those of its own conferences and of units under it, and those that it sends."""
        if may_oversee(user):
            return self
        seen = user.seen_units
        return self.filter(Q(event__unit__in=seen) | Q(delegation__unit__in=seen))

    def counted(self):
        """Without those who were withdrawn or replaced."""
        return self.filter(state__in=Delegate.COUNTED)


class Delegate(models.Model):
    """One person at one event: once, whatever the role. ``recipient``: who it is among those whose awards are known.

    ``award``: the recognition that qualifies, where there is one; else ``reason`` says why the person is sent. ``traits``: values
    of ``plans.models.Trait``; who is young follows from the year of birth where that is known.
    ``code``: of the card, 12 letters of Crockford's 32: three of the event, eight random, one to check. ``number``: of the card.
    """

    class State(Toned):
        """Whether the person comes to the event."""

        CHOSEN = "chosen", "wait", "Được cử, chờ xét"
        ACCEPTED = "accepted", "open", "Đã chốt"
        REPLACED = "replaced", "not_asked", "Đã thay"
        WITHDRAWN = "withdrawn", "not_asked", "Đã rút"

    class Post(models.TextChoices):
        """What the person does at the event besides taking part."""

        PRESIDIUM = "presidium", "Đoàn Chủ tịch"
        SECRETARY = "secretary", "Đoàn Thư ký"
        CREDENTIALS = "credentials", "Ban Thẩm tra tư cách đại biểu"

    # Who counts: for the quota, invitations, cards, the door.
    COUNTED = (State.CHOSEN, State.ACCEPTED)

    event = models.ForeignKey(Event, models.CASCADE, verbose_name="hội nghị", related_name="delegates")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, verbose_name="đoàn", null=True, blank=True, related_name="delegates"
    )
    recipient = models.ForeignKey(
        Recipient,
        models.PROTECT,
        verbose_name="cá nhân trong danh sách",
        null=True,
        blank=True,
        related_name="delegations",
    )
    role = models.CharField("là", max_length=10, choices=Role, default=Role.OFFICIAL)
    name = models.CharField("họ tên", max_length=120)
    post = models.CharField("chức vụ, công việc", max_length=200, blank=True)
    workplace = models.CharField("đơn vị công tác, nơi ở", max_length=200, blank=True)
    address = models.CharField("xưng hô", max_length=30, blank=True, help_text="Ví dụ: Ông, Bà, Đồng chí.")
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    traits = models.JSONField("cơ cấu", default=list, blank=True)
    award = models.ForeignKey(
        Award, models.PROTECT, verbose_name="khen thưởng làm căn cứ", null=True, blank=True, related_name="delegates"
    )
    reason = models.CharField("lý do cử khi chưa có khen thưởng, lý do bổ sung", max_length=500, blank=True)
    left_for = models.CharField("lý do rút, thay", max_length=500, blank=True, editable=False)
    duty = models.CharField("nhiệm vụ tại hội nghị", max_length=12, choices=Post, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.CHOSEN, editable=False)
    instead_of = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="thay cho",
        null=True,
        blank=True,
        editable=False,
        related_name="replacement",
    )
    number = models.PositiveIntegerField("số thẻ", null=True, blank=True, editable=False)
    seat = models.CharField("chỗ ngồi", max_length=30, blank=True)
    code = models.CharField("mã thẻ", max_length=12, unique=True, null=True, blank=True, editable=False)
    # None again where something that stands on it was changed since.
    printed_on = models.DateField("in thẻ ngày", null=True, blank=True, editable=False)
    invited_on = models.DateField("mời ngày", null=True, blank=True, editable=False)
    # The invitation with a list behind it in which this delegate stands, if one was written; it holds from ``invited_on``.
    invited_by = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    # At the door: who is there by the first scan that stands (``door.models.Scan``); why late, why absent.
    first_scan = models.ForeignKey(
        "conferences.Scan", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    changed_at = models.PositiveBigIntegerField(default=0, editable=False)  # ``Event.sequence`` of the last change
    absence = models.CharField("lý do vắng, đến muộn", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    sort_text = models.TextField(editable=False)
    search_text = models.TextField(editable=False)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = "đại biểu"
        verbose_name_plural = "đại biểu"
        ordering = ["sort_text", "pk"]
        indexes = [
            models.Index(fields=["event", "state"], name="delegates_of_event"),
            models.Index(fields=["event", "changed_at"], name="delegates_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient"],
                condition=Q(recipient__isnull=False, state__in=["chosen", "accepted"]),
                name="one_person_is_a_delegate_once",
                violation_error_message="Người này đã có trong danh sách đại biểu.",
            ),
            models.UniqueConstraint(
                fields=["event", "number"], condition=Q(number__isnull=False), name="card_number_once_an_event",
                violation_error_message="Số thẻ này đã cấp.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the words for searching and the order of names."""
        self.tidy()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("delegate", args=[self.pk])

    def tidy(self):
        """Set its name as it is kept, and what it is found and sorted by; before ``bulk_create`` too."""
        self.name = one_line(clean(self.name))
        self.sort_text = name_sort_key(self.name)
        self.search_text = searchable(self.name, self.workplace, self.code or "")

    @property
    def code_words(self) -> str:
        """The code of the card as people read it: the three letters of the event, then those nine that are typed, by threes."""
        return " ".join((self.code or "")[at : at + 3] for at in (0, 3, 6, 9)).strip()

    @property
    def is_present(self) -> bool:
        """Whether a scan that stands has let the person in."""
        return self.first_scan_id is not None
