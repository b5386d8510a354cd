"""A year's division of the units into clusters and blocs, with who leads each.

Source: Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016 (cụm, khối of a province); Nghị định 91/2017/NĐ-CP, Điều 12.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from units.models import Unit
from units.periods import InForce
from units.permissions import may_oversee, may_write
from units.text import clean, sort_key
from units.tones import Badged


class Category(models.Model):
    """A sort of clusters that is scored by one set of criteria: districts, departments, enterprises."""

    name = models.CharField("tên loại cụm, khối", max_length=120, unique=True)
    sort_text = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = "loại cụm, khối"
        verbose_name_plural = "loại cụm, khối"
        ordering = ["sort_text"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the sort key beside the name."""
        self.name = clean(self.name).strip()
        self.sort_text = sort_key(self.name)
        super().save(*args, **kwargs)


class DivisionQuerySet(models.QuerySet):
    """Which divisions a person may see."""

    def visible_to(self, user):
        """Those in force, for everybody: their notice goes to all units. Drafts, for the department."""
        return self if may_oversee(user) else self.exclude(state=Division.State.DRAFT)


class Division(models.Model):
    """How the units are divided for one year. A draft until its notice is issued."""

    class State(Badged):
        """Whether its notice was issued."""

        DRAFT = "draft", "yellow", "Dự thảo"
        IN_FORCE = "in_force", "green", "Đã thông báo"

    year = models.PositiveSmallIntegerField(
        "năm", unique=True, error_messages={"unique": "Năm này đã có bảng phân cụm. Hãy mở bảng đó để sửa."}
    )
    begins_on = models.DateField("năm thi đua bắt đầu ngày")
    ends_on = models.DateField(
        "ngày kết thúc",
        help_text="Hội nghị tổng kết có thể họp sang tháng 01 năm sau; khi đó ghi ngày cuối của đợt ấy.",
    )
    kinds = models.JSONField("loại đơn vị được phân cụm", default=list)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    notice = models.ForeignKey(
        Document, models.PROTECT, verbose_name="thông báo", null=True, blank=True, related_name="divisions"
    )
    in_force_on = models.DateField("có hiệu lực từ ngày", null=True, blank=True, editable=False)
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = "phân cụm của năm"
        verbose_name_plural = "phân cụm hằng năm"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("begins_on")),
                name="division_ends_after_it_began",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", in_force_on=None)
                | Q(state="in_force", in_force_on__isnull=False, notice__isnull=False),
                name="division_in_force_has_its_notice",
                violation_error_message="Bảng phân cụm có hiệu lực khi và chỉ khi đã có thông báo.",
            ),
        ]

    def __str__(self):
        return f"Phân khối, cụm thi đua năm {self.year}"

    def get_absolute_url(self):
        return reverse("division", args=[self.year])

    @property
    def is_draft(self) -> bool:
        """Whether clusters and members can be changed freely."""
        return self.state == self.State.DRAFT

    @property
    def day(self) -> date:
        """The day on which a unit must exist to be placed: that of the notice, before it today or the year's nearest day."""
        return self.in_force_on or self.nearest(timezone.localdate())

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in the year that is competed in."""
        return self.begins_on <= day <= self.ends_on

    def nearest(self, day: date) -> date:
        """``day`` where it lies in the year, else the day of the year nearest to it."""
        return min(max(day, self.begins_on), self.ends_on)

    @property
    def span(self) -> str:
        """The year's days as a refusal tells them."""
        return f"từ {self.begins_on:%d/%m/%Y} đến {self.ends_on:%d/%m/%Y}"

    def units_to_place(self):
        """The units that this division is about."""
        return Unit.objects.alive_on(self.day).filter(kind__in=self.kinds)

    def unplaced(self):
        """Those of them that stand in no cluster yet."""
        placed = Membership.objects.filter(division=self).values("unit")
        return self.units_to_place().exclude(pk__in=placed)


class ClusterQuerySet(models.QuerySet):
    """Which clusters a person may look into."""

    def visible_to(self, user):
        """All, for the department; others look into those that their unit is a member of, once they were announced."""
        if may_oversee(user):
            return self
        mine = Membership.objects.filter(unit__in=user.inherited_units).values("cluster")
        return self.filter(pk__in=mine, division__state=Division.State.IN_FORCE)


class Cluster(models.Model):
    """A cluster (cụm) or bloc (khối) of one year. A bloc may be divided again; members stand on the lower level."""

    class Kind(models.TextChoices):
        """By function, or by area."""

        BLOC = "bloc", "Khối"
        CLUSTER = "cluster", "Cụm"

    division = models.ForeignKey(Division, models.CASCADE, verbose_name="phân cụm", related_name="clusters")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="thuộc khối", null=True, blank=True, related_name="parts"
    )
    kind = models.CharField("là", max_length=10, choices=Kind, default=Kind.CLUSTER)
    name = models.CharField("tên", max_length=150)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name="loại cụm, khối",
        null=True,
        blank=True,
        help_text="Quyết định bộ tiêu chí chấm điểm được dùng.",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = "cụm, khối"
        verbose_name_plural = "cụm, khối"
        ordering = ["division", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"],
                name="cluster_name_once_a_division",
                violation_error_message="Năm này đã có cụm, khối tên như vậy. Hãy đặt tên khác.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="cluster_not_its_own_parent",
                violation_error_message="Một khối không thuộc chính nó.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("cluster", args=[self.pk])

    @property
    def in_year(self) -> str:
        """Its name, and of which year it is."""
        return f"{self}, năm {self.division.year}"

    def role_of(self, user) -> str:
        """Which ``Membership.Role`` the own unit of ``user`` has here, if any. One query, kept on ``user``.

        Units that went into it do not count: a leader was named by its name, and a successor is named anew.
        """
        if not hasattr(user, "_cluster_roles"):
            user._cluster_roles = dict(
                Membership.objects.filter(unit=user.unit_id, left_on=None).values_list("cluster", "role")
            )
        return user._cluster_roles.get(self.pk, "")

    def is_led_by(self, user) -> bool:
        """Whether ``user`` acts for its leader unit, or for a deputy in its stead, in the year of an announced division."""
        return (
            may_write(user)
            and not self.division.is_draft
            and self.role_of(user) in (Membership.Role.LEADER, Membership.Role.DEPUTY)
            and user.unit.is_alive_on(timezone.localdate())
        )


class MembershipQuerySet(models.QuerySet):
    """Members as pages show them."""

    def staying(self):
        """Those who did not leave within the year."""
        return self.filter(left_on=None)

    def on(self, day):
        """Those who took part on ``day``."""
        away = Absence.objects.in_force(day).values("membership")
        return self.exclude(left_on__lte=day).exclude(joined_on__gt=day).exclude(pk__in=away)

    def leading(self, user):
        """Those by which the own unit of ``user`` leads a cluster or is deputy in one."""
        return self.filter(unit=user.unit_id, role__in=[Membership.Role.LEADER, Membership.Role.DEPUTY])

    def with_units(self):
        """Leader first, then deputies, then by name; each with its unit."""
        rank = models.Case(
            models.When(role=Membership.Role.LEADER, then=0),
            models.When(role=Membership.Role.DEPUTY, then=1),
            default=2,
            output_field=models.PositiveSmallIntegerField(),
        )
        return self.select_related("unit").order_by(rank, "unit__sort_text", "pk")


class Membership(models.Model):
    """A unit in a cluster, and what it is there now; since when, and by which paper, ``Leadership`` tells.

    The database holds: a unit in one cluster a division, one leader a cluster, and no leader who is not a member.
    """

    class Role(models.TextChoices):
        """What a member is."""

        LEADER = "leader", "Trưởng"
        DEPUTY = "deputy", "Phó trưởng"
        MEMBER = "member", "Thành viên"

    # Named again beside the cluster so that the database can hold a unit to one cluster.
    division = models.ForeignKey(Division, models.CASCADE, editable=False, related_name="memberships")
    cluster = models.ForeignKey(Cluster, models.PROTECT, verbose_name="cụm, khối", related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="memberships")
    role = models.CharField("là", max_length=10, choices=Role, default=Role.MEMBER)
    # Nothing: from the beginning. A unit that left and came back keeps the first day; ``Absence`` tells of the gap.
    joined_on = models.DateField("tham gia từ ngày", null=True, blank=True)
    left_on = models.DateField("thôi tham gia từ ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên"
        verbose_name_plural = "thành viên"
        constraints = [
            models.UniqueConstraint(
                fields=["division", "unit"],
                name="unit_in_one_cluster_a_division",
                violation_error_message="Đơn vị này đã ở một cụm, khối khác của năm.",
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(role="leader"),
                name="one_leader_at_a_time",
                violation_error_message="Cụm, khối đã có trưởng. Hãy cho thôi trước khi cử đơn vị khác.",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(role="member"),
                name="who_left_leads_no_more",
                violation_error_message="Trưởng, phó trưởng phải thôi nhiệm vụ trước khi thôi tham gia.",
            ),
        ]

    def __str__(self):
        return str(self.unit)

    def save(self, *args, **kwargs):
        """The division is always that of the cluster."""
        self.division_id = self.cluster.division_id
        super().save(*args, **kwargs)


class Absence(InForce):
    """A time within the year in which a member took no part: it had left, and came back."""

    apart = ("membership",)

    membership = models.ForeignKey(Membership, models.CASCADE, verbose_name="đơn vị", related_name="absences")
    since = models.DateField("thôi tham gia từ ngày")
    until = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "thời gian không tham gia"
        verbose_name_plural = "thời gian không tham gia"
        ordering = ["since"]
        constraints = InForce.Meta.constraints

    def __str__(self):
        return f"{self.membership}: {self.since:%d/%m/%Y} – {self.until:%d/%m/%Y}"


class Leadership(InForce):
    """A term of a leader or deputy within the year: since when, until when, by which paper, named or elected."""

    apart = ("membership",)

    class How(models.TextChoices):
        """How it came to lead."""

        NAMED = "named", "Được chỉ định trong thông báo"
        ELECTED = "elected", "Được bầu tại hội nghị tổng kết"

    membership = models.ForeignKey(Membership, models.CASCADE, verbose_name="đơn vị", related_name="leaderships")
    role = models.CharField("là", max_length=10, choices=Membership.Role)
    how = models.CharField("do", max_length=10, choices=How, default=How.NAMED)
    paper = models.ForeignKey(
        Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="leaderships"
    )
    reason = models.CharField("lý do thay đổi", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "nhiệm kỳ trưởng, phó trưởng"
        verbose_name_plural = "nhiệm kỳ trưởng, phó trưởng"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(until=None), name="one_term_at_a_time_for_a_member"
            ),
            *InForce.Meta.constraints,
            models.CheckConstraint(condition=Q(role__in=["leader", "deputy"]), name="term_is_of_a_leader_or_deputy"),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.membership}"
