"""Accounts: who they belong to and what they may do."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from units.text import clean, name_sort_key

from .day_off import known_years
from .unit import Unit, whole_pairs


class Role(models.TextChoices):
    """What an account is for. Whether a unit leads its cluster is a fact of the year's division, not of an account.

    Where a unit has one account, its officer takes every step; one with a leader and a clerk of its own has them apart.
    """

    ADMINISTRATOR = "administrator", "Quản trị"
    OFFICER = "officer", "Chuyên viên Sở Nội vụ"
    LEADER = "leader", "Lãnh đạo Sở Nội vụ"
    CLERK = "clerk", "Văn thư Sở Nội vụ"
    STORE_KEEPER = "store_keeper", "Thủ kho hiện vật"
    UNIT_OFFICER = "unit_officer", "Cán bộ đơn vị"
    BODY_LEADER = "body_leader", "Lãnh đạo cơ quan, đơn vị"
    BODY_CLERK = "body_clerk", "Văn thư cơ quan, đơn vị"
    COUNCIL_MEMBER = "council_member", "Ủy viên Hội đồng"


class User(AbstractUser):
    """An account of one person in one unit, with one role."""

    full_name = models.CharField("họ và tên", max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="users")
    role = models.CharField("vai trò", max_length=20, choices=Role, default=Role.UNIT_OFFICER)
    invented = models.BooleanField("nhân vật minh họa", default=False, help_text="Tài khoản của bản trình diễn.")
    sort_text = models.TextField(editable=False, default="")

    first_name = None
    last_name = None

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["sort_text", "username"]

    def __str__(self):
        return self.full_name or self.username

    def save(self, *args, **kwargs):
        """Keep the rights of the back office and the sort key in step with role and name."""
        self.full_name = clean(self.full_name).strip()
        self.sort_text = name_sort_key(self.full_name)
        if self.is_superuser:
            self.role = Role.ADMINISTRATOR
        self.is_staff = self.is_superuser = self.role == Role.ADMINISTRATOR
        super().save(*args, **kwargs)

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        """The given name, which is what Vietnamese address each other by."""
        return self.full_name.split()[-1] if self.full_name else self.username

    @cached_property
    def whole_pairs(self) -> list[tuple[int | None, int | None]]:
        """``units.models.unit.whole_pairs``, asked once a request, which this person is loaded for."""
        return whole_pairs()

    @cached_property
    def known_years(self) -> set[int]:
        """``units.models.day_off.known_years``, asked once a request."""
        return known_years()

    @cached_property
    def inherited_units(self) -> set[int]:
        """Keys of the own unit and of all that went wholly into it: their papers are this person's to keep."""
        return self.unit.with_predecessors(self.whole_pairs) if self.unit_id else set()

    @cached_property
    def seen_units(self) -> set[int]:
        """Keys of those and of the units directly under them: whose people this person sees. One query more."""
        own = self.inherited_units
        under = Unit.objects.filter(superior__in=own).order_by().values_list("pk", flat=True) if own else ()
        return own.union(under)

    @property
    def is_administrator(self) -> bool:
        """Whether the account may use the back office and see everything."""
        return self.role == Role.ADMINISTRATOR
