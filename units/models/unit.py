"""Agencies with their years of life, and what became of them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from units.text import clean, searchable, sort_key

from .search import Searched

SUPERIOR_OF_ITSELF = "Đơn vị không thể là cơ quan chủ quản của chính mình."
ENDED_TOO_EARLY = "Ngày kết thúc sớm hơn ngày thành lập. Hãy sửa lại một trong hai ngày."


def reachable(start: int, pairs: list[tuple[int, int]]) -> set[int]:
    """Every key that ``pairs`` lead to from ``start``; holds ``start`` itself where they lead in a circle."""
    following = {}
    for before, after in pairs:
        following.setdefault(before, []).append(after)
    found, waiting = set(), list(following.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += following.get(key, ())
    return found


class Sector(models.Model):
    """A field of work (lĩnh vực) that units are grouped by, such as health or education."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên lĩnh vực", max_length=120, unique=True)
    is_health = models.BooleanField(
        "là lĩnh vực y tế", default=False, help_text="Đơn vị của lĩnh vực này được tự rút gọn hội nghị khi có dịch."
    )
    sort_text = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = "lĩnh vực"
        verbose_name_plural = "lĩnh vực"
        ordering = ["sort_text"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the sort key beside the name."""
        self.name = clean(self.name).strip()
        self.sort_text = sort_key(self.name)
        super().save(*args, **kwargs)


class UnitQuerySet(Searched):
    """Questions that lists of units ask."""

    def alive_on(self, day: date):
        """Units whose years of life include ``day``. A unit's last day is ``ended``."""
        return self.filter(Q(founded=None) | Q(founded__lte=day), Q(ended=None) | Q(ended__gte=day))


class Unit(models.Model):
    """One agency, from the day it was founded to the day it ended.

    Never renamed and never deleted: a unit that changes ends, and has successors (``UnitChange``). Names come back at
    other levels (huyện Hữu Lũng, xã Hữu Lũng), so a unit is known by its code.
    """

    class Kind(models.TextChoices):
        """What a unit is, in the words that letters address it by."""

        PROVINCE = "province", "UBND tỉnh, hội đồng cấp tỉnh"
        DEPARTMENT = "department", "Sở, ban, ngành"
        FRONT = "front", "MTTQ và đoàn thể"
        PARTY = "party", "Cơ quan Đảng"
        CENTRAL = "central", "Cơ quan trung ương trên địa bàn"
        DISTRICT = "district", "UBND huyện, thành phố"
        COMMUNE = "commune", "UBND xã, phường, thị trấn"
        OFFICE = "office", "Phòng, đơn vị trực thuộc"
        ENTERPRISE = "enterprise", "Doanh nghiệp"

    code = models.SlugField(
        "mã",
        max_length=60,
        unique=True,
        error_messages={"unique": "Mã này đã được dùng cho một đơn vị khác. Hãy chọn mã khác."},
        help_text="Chữ không dấu, số và gạch nối; không đổi về sau.",
    )
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=120, blank=True)
    kind = models.CharField("loại đơn vị", max_length=20, choices=Kind)
    sector = models.ForeignKey(Sector, models.PROTECT, verbose_name="lĩnh vực", null=True, blank=True)
    superior = models.ForeignKey(
        "self", models.PROTECT, verbose_name="cơ quan chủ quản", null=True, blank=True, related_name="subordinates"
    )
    founded = models.DateField("ngày thành lập", null=True, blank=True, help_text="Để trống nếu không rõ.")
    ended = models.DateField(
        "ngày cuối cùng hoạt động", null=True, blank=True, help_text="Để trống nếu đang hoạt động."
    )
    symbol = models.CharField("chữ viết tắt trong ký hiệu", max_length=30, blank=True, help_text="Ví dụ: UBND, SNV.")
    place = models.CharField("địa danh ghi trên văn bản", max_length=60, blank=True, default="Lạng Sơn")
    letterhead = models.TextField(
        "tên cơ quan trên văn bản", blank=True, help_text="Mỗi dòng in một dòng, chữ in hoa đậm."
    )
    letterhead_superior = models.TextField(
        "tên cơ quan chủ quản trên văn bản", blank=True, help_text="Mỗi dòng in một dòng, không đậm."
    )
    letter_section = models.CharField(
        "bộ phận soạn thảo trong ký hiệu công văn",
        max_length=20,
        blank=True,
        help_text="Chữ viết tắt của phòng hoặc lĩnh vực, ví dụ TĐKT: công văn mang ký hiệu SNV-TĐKT.",
    )
    archive = models.CharField(
        "nơi lưu văn bản", max_length=60, blank=True, help_text="Ghi sau «Lưu:» của mọi văn bản, ví dụ: VT, TĐKT."
    )
    proposer = models.CharField(
        "người đề nghị ban hành quyết định",
        max_length=150,
        blank=True,
        help_text="Ghi sau «Theo đề nghị của», ví dụ: Trưởng phòng Thi đua - Khen thưởng.",
    )
    address = models.CharField(
        "địa chỉ nhận thư",
        max_length=200,
        blank=True,
        help_text="In trên bì thư, phiếu gửi, ví dụ: số 2 đường Hùng Vương, phường Lương Văn Tri, tỉnh Lạng Sơn.",
    )
    email = models.EmailField("thư điện tử công vụ", blank=True, help_text="Nơi nhận thư nhắc việc.")
    note = models.TextField("ghi chú", blank=True)
    successors = models.ManyToManyField(
        "self", through="Succession", through_fields=("predecessor", "successor"), symmetrical=False
    )

    # Computed in save(), equal on every database.
    search_text = models.TextField(editable=False)
    sort_text = models.TextField(editable=False, db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_text", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(founded=None) | Q(ended=None) | Q(ended__gte=F("founded")),
                name="unit_ends_after_it_began",
                violation_error_message=ENDED_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(superior=None) | ~Q(superior=F("id")),
                name="unit_not_its_own_superior",
                violation_error_message=SUPERIOR_OF_ITSELF,
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the words for searching and the key for sorting beside the name."""
        self.name, self.short_name = clean(self.name).strip(), clean(self.short_name).strip()
        self.search_text = searchable(self.name, self.short_name, self.code)
        self.sort_text = sort_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("unit", args=[self.code])

    def clean(self):
        """Raise ``ValidationError`` beside the field: an end before the beginning, a circle of superiors."""
        if self.founded and self.ended and self.ended < self.founded:
            raise ValidationError({"ended": ENDED_TOO_EARLY})
        if self.pk and self.superior_id and self.pk in {self.superior_id, *self.superior.superior_ids()}:
            raise ValidationError({"superior": SUPERIOR_OF_ITSELF})

    def superior_ids(self) -> list[int]:
        """Keys of the bodies above this unit, nearest first; at most one query a level."""
        found, above = [], self.superior
        while above and above.pk not in found:
            found.append(above.pk)
            above = above.superior
        return found

    def with_predecessors(self, pairs=None) -> set[int]:
        """Keys of this unit and of all units that went wholly into it, at any remove.

        ``pairs``: ``whole_pairs()``, where they are known already; else one query.
        """
        pairs = whole_pairs() if pairs is None else pairs
        return {self.pk, *reachable(self.pk, [(new, old) for old, new in pairs if old and new])}

    def is_alive_on(self, day: date) -> bool:
        """Whether the unit existed on ``day``; its last day counts."""
        return (self.founded is None or self.founded <= day) and (self.ended is None or day <= self.ended)

    @property
    def years(self) -> str:
        """Its years of life in words, for lists: ``từ 01/07/2025``, ``đến 30/06/2025``."""
        parts = []
        if self.founded:
            parts.append(f"từ {self.founded:%d/%m/%Y}")
        if self.ended:
            parts.append(f"đến {self.ended:%d/%m/%Y}")
        return " ".join(parts)

    @property
    def label(self) -> str:
        """Its name with what tells it from others of that name: district and years.

        ``UBND xã Hòa Bình (UBND huyện Hữu Lũng, đến 30/06/2025)``. Reads ``superior``.
        """
        district = self.superior if self.superior and self.superior.kind == Unit.Kind.DISTRICT else ""
        marks = ", ".join(filter(None, [str(district), self.years]))
        return f"{self.name} ({marks})" if marks else self.name

    @property
    def issuer_lines(self) -> list[str]:
        """The lines of its name at the head of its papers; the name in capitals where none are set."""
        return self.letterhead.split("\n") if self.letterhead else [self.name.upper()]

    @property
    def superior_lines(self) -> list[str]:
        """The lines of the body above it at the head of its papers; often none."""
        return self.letterhead_superior.split("\n") if self.letterhead_superior else []


class UnitChange(models.Model):
    """One act of law that ended units and made others: a merger, a split, a new name.

    It joins any number of units to any number of successors (``Succession``), because a commune's parts may go to
    different new communes.
    """

    class Kind(models.TextChoices):
        """What the act did."""

        MERGE = "merge", "Sáp nhập, hợp nhất"
        SPLIT = "split", "Chia, tách"
        RENAME = "rename", "Đổi tên"
        REORGANISE = "reorganise", "Tổ chức lại"
        DISSOLVE = "dissolve", "Giải thể, kết thúc hoạt động"
        LEVEL = "level", "Chuyển cấp"

    kind = models.CharField("hình thức", max_length=20, choices=Kind)
    date = models.DateField("ngày có hiệu lực")
    citation = models.CharField("văn bản quy định", max_length=300, help_text="Số, ký hiệu, ngày, cơ quan ban hành.")
    note = models.TextField("ghi chú", blank=True)
    search_text = models.TextField(editable=False)

    objects = Searched.as_manager()

    class Meta:
        verbose_name = "thay đổi tổ chức"
        verbose_name_plural = "thay đổi tổ chức"
        ordering = ["-date", "id"]

    def __str__(self):
        return f"{self.get_kind_display()} từ {self.date:%d/%m/%Y} ({self.citation})"

    def save(self, *args, **kwargs):
        """Store the words for searching."""
        self.citation, self.note = clean(self.citation).strip(), clean(self.note)
        self.search_text = searchable(self.citation, self.note)
        super().save(*args, **kwargs)


class Succession(models.Model):
    """One unit that went, wholly or in part, into another by a change; no successor where it was dissolved."""

    change = models.ForeignKey(UnitChange, models.CASCADE, verbose_name="thay đổi", related_name="successions")
    predecessor = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cũ", related_name="successions", null=True, blank=True
    )
    successor = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị mới", related_name="origins", null=True, blank=True
    )
    in_part = models.BooleanField("chỉ một phần", default=False)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        verbose_name = "đơn vị kế thừa"
        verbose_name_plural = "đơn vị kế thừa"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(predecessor=None) | Q(successor=None) | ~Q(predecessor=F("successor")),
                name="unit_not_its_own_successor",
                violation_error_message="Đơn vị không thể kế thừa chính mình. Hãy chọn một đơn vị khác.",
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=False) | Q(successor__isnull=False),
                name="succession_has_a_unit",
                violation_error_message="Hãy chọn đơn vị cũ hoặc đơn vị mới.",
            ),
            models.UniqueConstraint(
                fields=["change", "predecessor", "successor"],
                name="succession_once_a_change",
                violation_error_message="Hai đơn vị này đã được nối trong cùng một thay đổi.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor or '…'} → {self.successor or 'không có đơn vị kế thừa'}"

    def clean(self):
        """Raise ``ValidationError`` beside the field: years that do not fit, a unit that in the end succeeds itself."""
        old, new = self.predecessor, self.successor
        self.check_dates(old, new)
        if not (old and new):
            return
        if old.founded and new.ended and new.ended < old.founded:
            raise ValidationError(
                {"successor": "Đơn vị mới kết thúc trước khi đơn vị cũ được thành lập. Hãy kiểm tra lại ngày."}
            )
        stored = Succession.objects.exclude(pk=self.pk).exclude(predecessor=None).exclude(successor=None)
        circle = circle_message([*stored.values_list("predecessor", "successor"), (old.pk, new.pk)], self)
        if circle:
            raise ValidationError({"successor": circle})

    def check_dates(self, old, new):
        """Raise ``ValidationError`` where a unit did not live when the change took effect."""
        day = self.change.date if hasattr(self, "change") else None
        if day and old and old.founded and old.founded > day:
            raise ValidationError({"predecessor": "Đơn vị cũ được thành lập sau ngày thay đổi. Hãy kiểm tra lại ngày."})
        if day and new and new.ended and new.ended < day:
            raise ValidationError({"successor": "Đơn vị mới đã kết thúc trước ngày thay đổi. Hãy kiểm tra lại ngày."})


def circle_message(pairs: list[tuple[int, int]], succession: Succession) -> str:
    """What to tell the officer if ``pairs`` lead from the predecessor of ``succession`` back to it; else nothing."""
    old, new = succession.predecessor, succession.successor
    if old == new:
        return "Đơn vị không thể kế thừa chính mình. Hãy chọn một đơn vị khác."
    if old.pk in reachable(old.pk, pairs):
        return (
            f"«{old}» sẽ trở thành đơn vị kế thừa của chính mình, qua «{new}». "
            "Nếu đơn vị được lập lại, hãy thêm một đơn vị mới với mã mới."
        )
    return ""


def whole_pairs() -> list[tuple[int | None, int | None]]:
    """Which unit went wholly into which: ``(predecessor, successor)``, keys. One query."""
    return list(Succession.objects.filter(in_part=False).values_list("predecessor", "successor"))
