"""Persons who sign, the posts they held, and in what capacity."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from units.periods import InForce
from units.text import clean, name_sort_key, searchable

from .search import Searched
from .unit import Unit

NO_AUTHORITY = "Ký thừa ủy quyền phải có văn bản ủy quyền (NĐ 30/2020, Điều 13). Hãy ghi văn bản đó."
NOBODY_NAMED = "Hãy ghi ký thay mặt, ký thay, thừa lệnh hay thừa ủy quyền của ai."


class Official(models.Model):
    """A person who signs papers. The name is printed without academic rank (NĐ 30/2020, Phụ lục I, mục II.7)."""

    name = models.CharField("họ và tên", max_length=100)
    invented = models.BooleanField("nhân vật minh họa", default=False, help_text="Không phải người thật.")
    search_text = models.TextField(editable=False)
    sort_text = models.TextField(editable=False, db_index=True)

    objects = Searched.as_manager()

    class Meta:
        verbose_name = "người ký"
        verbose_name_plural = "người ký"
        ordering = ["sort_text", "id"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the words for searching and the key that sorts by given name."""
        self.name = clean(self.name).strip()
        self.search_text, self.sort_text = searchable(self.name), name_sort_key(self.name)
        super().save(*args, **kwargs)


class Capacity(models.TextChoices):
    """In what right a person signs (NĐ 30/2020, Điều 13 and Phụ lục I, mục II.7.b)."""

    OWN = "", "Người đứng đầu ký trực tiếp"
    TM = "TM.", "TM. – thay mặt tập thể"
    KT = "KT.", "KT. – ký thay người đứng đầu"
    TL = "TL.", "TL. – thừa lệnh"
    TUQ = "TUQ.", "TUQ. – thừa ủy quyền"
    Q = "Q.", "Q. – quyền người đứng đầu"


class Term(InForce):
    """A post that an official held in a unit, from one day to another, and the lines it prints above the signature."""

    official = models.ForeignKey(Official, models.PROTECT, verbose_name="người ký", related_name="terms")
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="ký văn bản của", related_name="terms", help_text="Cơ quan ban hành văn bản."
    )
    post = models.CharField("chức vụ", max_length=100, help_text="Ví dụ: Phó Chủ tịch.")
    capacity = models.CharField("quyền hạn ký", max_length=4, choices=Capacity, blank=True)
    on_behalf_of = models.CharField(
        "thay mặt, ký thay, thừa lệnh của",
        max_length=120,
        blank=True,
        help_text="Ví dụ: Ủy ban nhân dân (TM.), Chủ tịch (KT., TL., TUQ.).",
    )
    since = models.DateField("từ ngày", null=True, blank=True, help_text="Để trống nếu không rõ.")
    authority = models.CharField(
        "văn bản ủy quyền", max_length=200, blank=True, help_text="Bắt buộc với TUQ.: số, ngày của văn bản ủy quyền."
    )

    class Meta:
        verbose_name = "chức vụ của người ký"
        verbose_name_plural = "chức vụ của người ký"
        ordering = ["official__sort_text", "-since", "id"]
        constraints = [
            *InForce.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(capacity="TUQ.") | ~Q(authority=""),
                name="term_by_delegation_names_its_paper",
                violation_error_message=NO_AUTHORITY,
            ),
            models.CheckConstraint(
                condition=~Q(capacity__in=["TM.", "KT.", "TL.", "TUQ."]) | ~Q(on_behalf_of=""),
                name="term_names_whom_it_signs_for",
                violation_error_message=NOBODY_NAMED,
            ),
        ]

    def __str__(self):
        return f"{self.official} – {' / '.join(self.lines)}"

    def clean(self):
        """Raise ``ValidationError`` beside each field that the capacity or the dates make wrong."""
        errors = self.faults_of_days()
        if self.capacity == Capacity.TUQ and not self.authority.strip():
            errors["authority"] = NO_AUTHORITY
        if self.capacity not in (Capacity.OWN, Capacity.Q) and not self.on_behalf_of.strip():
            errors["on_behalf_of"] = NOBODY_NAMED
        if errors:
            raise ValidationError(errors)

    @property
    def lines(self) -> list[str]:
        """What is printed above the signature, one line each: ``["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]``."""
        post = self.post.upper()
        if self.capacity in (Capacity.OWN, Capacity.Q):
            return [f"{self.capacity} {post}".strip()]
        return [f"{self.capacity} {self.on_behalf_of.upper()}", post]
