"""Who is commended: persons, collectives, households. Only what the law asks of them is kept.

Two records of one person are joined by ``merged_into``, which moves nothing: what the second was given stays with it and is read
with the first, so that joining can be taken back as it was. ``merged_into`` always names the last of a chain; which record was
merged into which stands in ``Merge``.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import NullIf
from django.urls import reverse

from units.models import Unit
from units.models.search import Searched
from units.periods import InForce
from units.permissions import may_oversee
from units.text import clean, name_sort_key, one_line, searchable, searched, sort_key
from units.tones import Toned

from ..catalogue.models import Whom
from . import ethnic_groups
from .names import given_of, name_key
from .unit_words import UnitWords


class PositionClass(models.TextChoices):
    """The classes of posts of the statistical forms (0602, 0603): each award of a person is in one, that of its day."""

    PROVINCE = "province", "Lãnh đạo cấp bộ, cấp tỉnh và tương đương trở lên"
    DEPARTMENT = "department", "Lãnh đạo cấp vụ, sở, ngành và tương đương"
    BUSINESS = "business", "Doanh nhân"
    OTHER = "other", "Các cấp lãnh đạo khác từ phó phòng trở lên"
    DIRECT = "direct", "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu"

    @property
    def short(self) -> str:
        """What it is called where there is little room."""
        return {
            "province": "Lãnh đạo tỉnh",
            "department": "Lãnh đạo sở",
            "business": "Doanh nhân",
            "other": "Lãnh đạo khác",
        }.get(self.value, "Trực tiếp")

    @property
    def is_leader(self) -> bool:
        """Whether such a person leads or manages: what the shares of the yearly tables tell apart."""
        return self in (PositionClass.PROVINCE, PositionClass.DEPARTMENT, PositionClass.OTHER)


class BodyClass(models.TextChoices):
    """The classes of collectives of the statistical forms."""

    OFFICE = "office", "Cơ quan hành chính, sự nghiệp"
    ENTERPRISE = "enterprise", "Doanh nghiệp"


class Gender(models.TextChoices):
    """As papers address a person: Ông, Bà."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class RecipientQuerySet(Searched):
    """Whom a person may see, and whom a list shows."""

    def visible_to(self, user):
        """The department: all. Others: those of the own unit, of what went into it, and of the units under it."""
        if may_oversee(user):
            return self
        if not user.unit_id:
            return self.none()
        return self.filter(unit__in=user.seen_units)

    def update(self, **kwargs):
        """Not of units: awards say where their recipients are, see ``Recipient.save``."""
        if not {"unit", "unit_id"}.isdisjoint(kwargs):
            raise TypeError("The unit of a recipient is changed by save(), which takes its awards along.")
        return super().update(**kwargs)

    update.alters_data = True

    def main(self):
        """Without those that were found to be another one's second record."""
        return self.filter(merged_into=None)

    def by_given_name(self, words: str):
        """Those first whose given name (of others: whose name) begins with the last or first of ``words``, then by given name."""
        found = searched(words)
        if not found:
            return self
        begins = Q(search_text__startswith=found[-1]) | Q(search_text__startswith=found[0])
        rank = Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.order_by(rank, "sort_text", "pk")


def nearest(rows, words: str, most: int) -> list[int]:
    """Keys of the first ``most`` of ``rows`` that ``matching(words)`` found, as ``by_given_name`` orders them.

    Where so many have one of ``words`` as given name, an index has them in order and nobody else is put in order.
    """
    given = {word.strip() for word in (searched(words)[-1:] + searched(words)[:1])}
    keys = list(rows.filter(given_key__in=given).order_by("sort_text", "pk").values_list("pk", flat=True)[:most])
    if len(keys) == most:
        return keys
    return list(rows.by_given_name(words).values_list("pk", flat=True)[:most])


class Recipient(models.Model):
    """One person, collective or household. ``began_on``: born, founded; ``began_year`` where no more than the year is known.

    ``unit``: where a person works, of which unit a collective is, in whose place a household lives. ``is_unit``: the collective
    is the unit itself. ``known_from``: the first year whose awards were entered in full; None where all were.
    ``groups``: what some awards are for alone (``eligibility.facts.GROUP_WORDS``), parted by commas. ``ethnicity``: the slug of
    one of ``ethnic_groups``. ``added_by``: which unit added it for a file of its own, the department has not looked at it yet.
    ``erased_on``: when what is personal was taken out because the person asked for it.
    """

    class State(Toned):
        """Whether it stands for itself."""

        MAIN = "main", "open", "Đang dùng"
        MERGED = "merged", "not_asked", "Đã gộp"

    kind = models.CharField("là", max_length=12, choices=Whom)
    name = models.CharField("tên", max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="recipients"
    )
    began_on = models.DateField("ngày sinh, ngày thành lập", null=True, blank=True)
    began_year = models.PositiveSmallIntegerField("năm sinh, năm thành lập", null=True, blank=True)
    ended_on = models.DateField("ngày mất, ngày giải thể", null=True, blank=True)
    groups = models.CharField("thuộc nhóm", max_length=255, blank=True)
    known_from = models.PositiveSmallIntegerField(
        "đã nhập đủ khen thưởng từ năm", null=True, blank=True, help_text="Để trống nếu đã nhập đủ từ đầu."
    )
    note = models.TextField("ghi chú", blank=True)
    # A person.
    gender = models.CharField("giới tính", max_length=6, choices=Gender, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=20, choices=ethnic_groups.choices, blank=True)
    staff_code = models.CharField("mã cán bộ", max_length=30, blank=True)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    position_class = models.CharField("lớp chức vụ", max_length=12, choices=PositionClass, blank=True)
    # A collective.
    is_unit = models.BooleanField("là chính đơn vị", default=False)
    may_receive_flags = models.BooleanField("thuộc đối tượng được tặng cờ", null=True, blank=True)
    body_class = models.CharField("loại tập thể", max_length=12, choices=BodyClass, blank=True)
    # A household.
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    head = models.CharField("chủ hộ", max_length=100, blank=True)
    members = models.PositiveSmallIntegerField("số người", null=True, blank=True)

    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="là bản ghi thứ hai của", null=True, blank=True, related_name="merged"
    )
    added_by = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị thêm", null=True, blank=True, editable=False, related_name="+"
    )
    erased_on = models.DateField("ngày xóa dữ liệu cá nhân", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)
    # Computed in tidy(): the given name, the name, codes, the unit's names of all times, the names of what was merged into it.
    # How decisions had the name that were corrected since: it is found by these too.
    other_names = models.TextField(editable=False, default="", blank=True)
    search_text = models.TextField(editable=False)
    sort_text = models.TextField(editable=False, db_index=True)
    # The first word of ``search_text``: the given name of a person, folded.
    given_key = models.CharField(max_length=60, editable=False, default="")
    # The name alone, folded: lists that come in are matched by it, thousands of names at once.
    name_key = models.CharField(max_length=220, editable=False, db_index=True, default="")

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = "cá nhân, tập thể, hộ gia đình"
        verbose_name_plural = "cá nhân, tập thể, hộ gia đình"
        ordering = ["sort_text", "pk"]
        indexes = [
            models.Index(fields=["given_key", "sort_text", "id"], name="recipients_by_given_name"),
            models.Index(fields=["staff_code"], condition=~Q(staff_code=""), name="recipients_by_staff_code"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(began_on=None) | Q(ended_on__gte=F("began_on")),
                name="recipient_ends_after_it_began",
                violation_error_message="Ngày mất, ngày giải thể sớm hơn ngày sinh, ngày thành lập. Hãy sửa lại.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="recipient_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(is_unit=False) | Q(kind=Whom.COLLECTIVE, unit__isnull=False), name="unit_as_recipient_is_one"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(is_unit=True, merged_into=None), name="unit_is_one_recipient",
                violation_error_message="Đơn vị này đã có trong danh sách tập thể. Hãy mở trang của tập thể đó.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store it with its words for searching; its awards are seen where it is."""
        self.tidy()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._take_along()

    def get_absolute_url(self):
        return reverse("recipient", args=[self.pk])

    def _take_along(self):
        """Its awards say where it is, those of them that were given elsewhere."""
        here = Q(unit=self.unit_id)
        wrong = self.awards.filter((here & Q(home__isnull=False)) | (~here & ~Q(home=self.unit_id)))
        wrong.update(home=NullIf(Value(self.unit_id, models.BigIntegerField()), "unit"))

    def tidy(self, words: UnitWords | None = None):
        """Set what it is found and sorted by, a person's name by the given name; before ``bulk_create`` too.

        ``words``: the names of units, read once for many rows; without it two questions are asked for one row, and one more
        for what was merged into it.
        """
        self.name, is_person = one_line(clean(self.name)), self.kind == Whom.PERSON
        own = [self.name, self.head, self.staff_code, self.other_names, *self._merged_names()]
        first = given_of(self.name) if is_person else ""
        self.search_text = searchable(first, *own, (words or UnitWords([self.unit_id])).of(self.unit_id))
        self.given_key = next(iter(self.search_text.split()), "")[:60]
        self.sort_text = (name_sort_key if is_person else sort_key)(self.name)
        self.name_key = name_key(self.name, self.kind)

    def _merged_names(self):
        """The names and codes of what was merged into it."""
        rows = self.merged.all() if self.pk else ()
        return [word for row in rows for word in (row.name, row.head, row.staff_code, row.other_names)]

    @property
    def state(self) -> State:
        """Whether it stands for itself, or is another one's second record."""
        return self.State.MERGED if self.merged_into_id else self.State.MAIN

    @property
    def class_text(self) -> str:
        """The class of the statistical forms that it is in, in few words."""
        if self.position_class:
            return PositionClass(self.position_class).short
        return "Doanh nghiệp" if self.body_class == BodyClass.ENTERPRISE else ""

    @property
    def birth_text(self) -> str:
        """The day, or the year, of birth or founding, as far as it is known."""
        return f"{self.began_on:%d/%m/%Y}" if self.began_on else str(self.began_year or "")


class Posting(InForce):
    """Where a person worked, as what, from a day to a day."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, verbose_name="cá nhân", related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")
    post = models.CharField("chức vụ", max_length=200, blank=True)
    position_class = models.CharField("lớp chức vụ", max_length=12, choices=PositionClass, blank=True)
    since = models.DateField("từ ngày", null=True, blank=True)

    class Meta(InForce.Meta):
        verbose_name = "quá trình công tác"
        verbose_name_plural = "quá trình công tác"
        ordering = ["since", "pk"]

    def __str__(self):
        return f"{self.post or 'công tác'} – {self.unit}"

    def get_absolute_url(self):
        """Where it is told: the facts of its person."""
        return reverse("recipient_facts", args=[self.recipient_id])


class Identity(models.Model):
    """The number of a person's identity card, apart from the rest: no list and no export loads it, and who looks is logged."""

    recipient = models.OneToOneField(Recipient, models.CASCADE, verbose_name="cá nhân", related_name="identity")
    number = models.CharField(
        "số căn cước", max_length=12, unique=True,
        error_messages={"unique": "Số căn cước này đã có ở một người khác. Hãy kiểm tra xem có phải cùng một người."},
    )  # fmt: skip

    class Meta:
        verbose_name = "số căn cước"
        verbose_name_plural = "số căn cước"

    def __str__(self):
        return f"Số căn cước của {self.recipient}"

    @property
    def masked(self) -> str:
        """The last three of its digits, for those who may ask for all."""
        return f"•••••••••{self.number[-3:]}"


class Merge(models.Model):
    """That two records were found to be one, by whom and why; taken back, it stays here with that."""

    kept = models.ForeignKey(Recipient, models.PROTECT, verbose_name="bản ghi giữ lại", related_name="merges")
    gone = models.ForeignKey(Recipient, models.PROTECT, verbose_name="bản ghi nhập vào", related_name="+")
    # The keys of those that had been merged into ``gone`` before and went with it.
    along = models.JSONField("kèm theo", default=list)
    reason = models.TextField("lý do")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người làm", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    undone_at = models.DateTimeField("tách lại lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người tách", null=True, blank=True, related_name="+"
    )
    undone_reason = models.TextField("lý do tách", blank=True)

    class Meta:
        verbose_name = "gộp bản ghi"
        verbose_name_plural = "gộp bản ghi"
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="record_is_merged_once",
                violation_error_message="Bản ghi này đã được gộp. Hãy tải lại trang.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.gone} → {self.kept}"


class Double(models.Model):
    """Two records that are probably one, why, and what was decided on them. ``first`` is the older record."""

    class State(Toned):
        """Whether somebody looked at it; what was merged is no pair any more."""

        OPEN = "open", "wait", "Chờ xem"
        APART = "apart", "done", "Là hai người, hai tập thể khác nhau"

    first = models.ForeignKey(Recipient, models.CASCADE, verbose_name="bản ghi thứ nhất", related_name="+")
    second = models.ForeignKey(Recipient, models.CASCADE, verbose_name="bản ghi thứ hai", related_name="+")
    score = models.PositiveSmallIntegerField("mức giống")
    # Slugs of ``matching.Reason``.
    reasons = models.JSONField("vì", default=list)
    state = models.CharField("trạng thái", max_length=6, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "cặp có thể trùng"
        verbose_name_plural = "cặp có thể trùng"
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["state", "-score", "id"], name="doubles_by_score")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_are_one_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="older_record_first"),
        ]

    def __str__(self):
        return f"{self.first} – {self.second}"

    def get_absolute_url(self):
        return reverse("double", args=[self.pk])


class Inheritance(models.Model):
    """The officer's decision whether what a unit that went into another was given counts for the new one, and why."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name="tập thể", related_name="inheritances")
    predecessor = models.ForeignKey(Recipient, models.PROTECT, verbose_name="tập thể trước đây", related_name="+")
    counts = models.BooleanField("được tính")
    reason = models.TextField("lý do")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người quyết định", related_name="+")
    on = models.DateField("ngày")

    class Meta:
        verbose_name = "tính thành tích của tập thể trước khi sáp nhập"
        verbose_name_plural = "tính thành tích của tập thể trước khi sáp nhập"
        constraints = [
            models.UniqueConstraint(fields=["recipient", "predecessor"], name="one_decision_on_a_predecessor"),
            models.CheckConstraint(condition=~Q(recipient=F("predecessor")), name="not_its_own_predecessor"),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.recipient}"
