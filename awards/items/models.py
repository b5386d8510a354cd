"""Physical items: the kinds of them, and which ones each award is owed.

Source: Luật Thi đua, khen thưởng 2022, Điều 12 khoản 1 (what a legal item is); what an award carries by law and day is a row of
the catalogue («Hiện vật»), which tells names; ``ItemKind`` says which thing of the store a name means.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from units.permissions import may_see_store
from units.text import clean, fold, one_line
from units.tones import Toned

from ..catalogue.models import AwardType, Whom
from ..records.models import Award


class ItemKindQuerySet(models.QuerySet):
    """Which kinds there are on a day."""

    def there_on(self, day):
        """Those that were in use on ``day``."""
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))


class ItemKind(models.Model):
    """One kind of thing that the store holds: a certificate, a frame, a badge, a flag, blank paper, a souvenir.

    ``words``: what the catalogue calls it, parted by commas; ``types`` and ``whom``: of which awards; of none said, of all that
    have no kind of their own by that name. ``blank``: on what it is printed here. ``least``: from how few on it is to be ordered.
    """

    class Group(models.TextChoices):
        """What it is by law: souvenirs are paid by the same fund and are no legal item (Điều 11 khoản 2)."""

        LEGAL = "legal", "Hiện vật khen thưởng"
        FITTING = "fitting", "Khung, hộp"
        BLANK = "blank", "Phôi in"
        SOUVENIR = "souvenir", "Tặng phẩm lưu niệm"

    class Source(models.TextChoices):
        """How it comes into the store."""

        STATE = "state", "Bộ Nội vụ cấp"
        PRINTED = "printed", "In tại Sở Nội vụ"
        BOUGHT = "bought", "Mua, đặt làm"

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    group = models.CharField("nhóm", max_length=10, choices=Group)
    source = models.CharField("nguồn", max_length=10, choices=Source)
    measure = models.CharField("đơn vị tính", max_length=20, default="chiếc")
    words = models.CharField(
        "tên trong danh mục", max_length=200, blank=True, help_text="Tên ở dòng «Hiện vật» của danh mục, cách nhau bằng dấu phẩy."
    )  # fmt: skip
    types = models.ManyToManyField(
        AwardType, verbose_name="của danh hiệu, hình thức", blank=True, related_name="+",
        help_text="Để trống: của mọi danh hiệu, hình thức chưa có loại riêng.",
    )  # fmt: skip
    whom = models.CharField("trao cho", max_length=12, choices=Whom, blank=True)
    blank = models.ForeignKey(
        "self", models.PROTECT, verbose_name="in trên phôi", null=True, blank=True, related_name="printed",
        limit_choices_to={"group": Group.BLANK},
    )  # fmt: skip
    has_serials = models.BooleanField("có số hiệu từng chiếc", default=False)
    least = models.PositiveIntegerField("tồn tối thiểu", default=0)
    place = models.CharField("chỗ để", max_length=100, blank=True)
    since = models.DateField("dùng từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ItemKindQuerySet.as_manager()

    class Meta:
        verbose_name = "loại hiện vật"
        verbose_name_plural = "loại hiện vật"
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="kind_ends_after_it_began",
                violation_error_message="Ngày thôi dùng sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày.",
            ),
            models.CheckConstraint(
                condition=Q(blank=None) | Q(source="printed"), name="printed_kind_has_a_blank",
                violation_error_message="Chỉ loại in tại Sở Nội vụ mới in trên phôi.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("item_kind", args=[self.pk])

    def clean(self):
        """Tidy what was typed."""
        super().clean()
        self.name, self.words = one_line(clean(self.name)), one_line(clean(self.words))

    @property
    def named(self) -> set[str]:
        """What the catalogue calls it, without accents and capitals."""
        return {fold(word) for word in self.words.split(",") if word.strip()}

    def there_on(self, day) -> bool:
        """Whether it was in use on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class DueQuerySet(models.QuerySet):
    """Which items of awards a person may see."""

    def visible_to(self, user):
        """The department and its store keeper: all. A unit: those of awards that it may see."""
        if may_see_store(user):
            return self
        return self.filter(award__in=Award.objects.visible_to(user).order_by().values("pk"))


class Due(models.Model):
    """One item that one award is owed, from the decision to the hands of who is honoured.

    ``since``: from when it is in its state; ``is_lost``: dropped because the award was cancelled, and back with it.
    What was handed over, by whom to whom, stands in ``handover``.
    """

    class State(Toned):
        """How far it has come."""

        SHORT = "short", "late", "Chưa có hàng"
        RESERVED = "reserved", "open", "Đã giữ trong kho"
        HANDED = "handed", "done", "Đã giao đơn vị"
        DROPPED = "dropped", "not_asked", "Không cấp"
        BACK = "back", "not_asked", "Đã thu hồi"

    # Those that are still to be given.
    OPEN = (State.SHORT, State.RESERVED)

    award = models.ForeignKey(Award, models.PROTECT, verbose_name="khen thưởng", related_name="dues")
    kind = models.ForeignKey(ItemKind, models.PROTECT, verbose_name="loại hiện vật", related_name="dues")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.SHORT, editable=False)
    since = models.DateField("từ ngày")
    dropped_for = models.CharField("không cấp vì", max_length=300, blank=True)
    is_lost = models.BooleanField("thôi cấp do khen thưởng mất hiệu lực", default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DueQuerySet.as_manager()

    class Meta:
        verbose_name = "hiện vật phải cấp"
        verbose_name_plural = "hiện vật phải cấp"
        ordering = ["award__decision", "award__position", "kind__position", "pk"]
        indexes = [
            models.Index(fields=["kind", "state"], name="dues_of_a_kind"),
            models.Index(fields=["state", "since"], name="dues_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "kind"], name="item_is_owed_once",
                violation_error_message="Khen thưởng này đã có hiện vật đó.",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(dropped_for=""), name="dropped_for_a_reason"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kind} · {self.award.name}"

    def get_absolute_url(self):
        return reverse("due", args=[self.pk])
