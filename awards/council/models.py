"""The council that considers nominations: its makeup by decision, its meetings or votes in writing, who voted what.

Source: Luật Thi đua, khen thưởng 2022, Điều 81, 84; the decree of the day for its votes (rows of the catalogue).
"""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from documents.areas.papers import Papers
from documents.models import Document
from units.models import Unit
from units.periods import InForce, InForceQuerySet, within
from units.permissions import may_oversee
from units.tones import Badged, Toned

from ..area import AWARDS
from ..catalogue.models import AwardType
from ..nominations.models import Nomination, Piece


class Paper(StrEnum):
    """What is written of a meeting: who is invited, the minutes with the count, what the council lays before the decider."""

    INVITATION = "invitation"
    MINUTES = "minutes"
    SUBMISSION = "submission"


OF_MEETING = Papers(AWARDS, "hop-hoi-dong-tdkt", Paper)


class CouncilQuerySet(InForceQuerySet):
    """Which makeups a person may see."""

    def visible_to(self, user):
        """The department: all. Members: those that they were members of."""
        if may_oversee(user):
            return self
        if not user.is_active:
            return self.none()
        return self.filter(pk__in=Member.objects.filter(user=user.pk).order_by().values("council"))


class Council(InForce):
    """One makeup of the council of one unit, from the decision that set it up to the one that changes it."""

    apart = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="Hội đồng của", related_name="+")
    name = models.CharField("tên", max_length=200, default="Hội đồng Thi đua - Khen thưởng tỉnh")
    paper = models.ForeignKey(
        Document, models.PROTECT, verbose_name="quyết định thành lập", null=True, blank=True, related_name="+"
    )
    citation = models.CharField("quyết định (ghi bằng lời)", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = CouncilQuerySet.as_manager()

    class Meta(InForce.Meta):
        verbose_name = "Hội đồng Thi đua - Khen thưởng"
        verbose_name_plural = "Hội đồng Thi đua - Khen thưởng"
        ordering = ["-since"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("award_council", args=[self.pk])


class Member(InForce):
    """One member of a makeup, while that lasts. ``user``: the account that votes; None for who votes on paper."""

    class Role(models.TextChoices):
        """What the member is."""

        CHAIR = "chair", "Chủ tịch Hội đồng"
        FIRST = "first", "Phó Chủ tịch thứ nhất"
        VICE = "vice", "Phó Chủ tịch"
        MEMBER = "member", "Ủy viên"

    council = models.ForeignKey(Council, models.CASCADE, related_name="members")
    name = models.CharField("họ và tên", max_length=100)
    post = models.CharField("chức vụ, đơn vị", max_length=200)
    role = models.CharField("trong Hội đồng", max_length=10, choices=Role, default=Role.MEMBER)
    is_standing = models.BooleanField("trong Thường trực Hội đồng", default=False)
    is_secretary = models.BooleanField("là thư ký", default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="tài khoản", null=True, blank=True, related_name="seats"
    )
    # Whom the member is, where a nomination may be about the member: nobody votes on themselves.
    recipient = models.ForeignKey(
        "awards.Recipient", models.PROTECT, verbose_name="là", null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta(InForce.Meta):
        verbose_name = "thành viên Hội đồng"
        verbose_name_plural = "thành viên Hội đồng"
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.name}, {self.post}" if self.post else self.name


class MeetingQuerySet(models.QuerySet):
    """Which meetings a person may see."""

    def visible_to(self, user):
        """The department: all. Members: those that they are asked to."""
        if may_oversee(user):
            return self
        return self.of_member(user)

    def of_member(self, user):
        """Those at which ``user`` has a seat, from the day on which they are called, as long as ``user`` is a member of that
        council, by this makeup or a later one: who left reads its files no more.
        """
        if not user.is_active:
            return self.none()
        today = timezone.localdate()
        still = Member.objects.in_force(today).filter(within(today, "council__"), user=user.pk)
        units = still.order_by().values("council__unit")
        seats = Seat.objects.filter(member__user=user.pk, meeting__council__unit__in=units).order_by().values("meeting")
        return self.filter(pk__in=seats).exclude(state=Meeting.State.DRAFT)


class Meeting(models.Model):
    """One meeting of the council or of its standing members, or one vote in writing: its agenda, who voted, what was counted.

    ``entitled``: how many members there are, frozen when it is called: shares are of all, not of those who came.
    ``body``: nothing as long as it is what the awards of the agenda ask for, by the office's rule.
    """

    class Body(models.TextChoices):
        """Who considers (the office's regulation says which awards)."""

        FULL = "full", "Toàn thể Hội đồng"
        STANDING = "standing", "Thường trực Hội đồng"

    class Way(models.TextChoices):
        """How it votes."""

        MEETING = "meeting", "Họp"
        WRITING = "writing", "Lấy phiếu bằng văn bản, không họp"

    class State(Badged):
        """How far it has come."""

        DRAFT = "draft", "azure", "Đang chuẩn bị"
        OPEN = "open", "orange", "Đang bỏ phiếu"
        COUNTED = "counted", "green", "Đã kiểm phiếu"
        CANCELLED = "cancelled", "secondary", "Đã hủy"
        ANNULLED = "annulled", "secondary", "Đã hủy kết quả"

    # Nothing follows from these: their nominations wait to be considered again.
    VOID = (State.CANCELLED, State.ANNULLED)

    council = models.ForeignKey(Council, models.PROTECT, verbose_name="Hội đồng", related_name="meetings")
    body = models.CharField("ai xét", max_length=10, choices=Body, blank=True)
    way = models.CharField("cách làm", max_length=10, choices=Way, default=Way.MEETING)
    title = models.CharField("nội dung", max_length=300)
    held_on = models.DateField("ngày họp, hạn gửi phiếu")
    held_at = models.TimeField("bắt đầu lúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    is_secret = models.BooleanField("bỏ phiếu kín", default=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    entitled = models.PositiveSmallIntegerField("tổng số thành viên", null=True, blank=True, editable=False)
    conclusion = models.TextField("kết luận", blank=True)
    counted_at = models.DateTimeField("kiểm phiếu lúc", null=True, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc họp, lấy phiếu của Hội đồng"
        verbose_name_plural = "cuộc họp, lấy phiếu của Hội đồng"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | (Q(entitled__gt=0) & ~Q(body="")),
                name="called_meeting_has_members",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["counted", "annulled"]) | Q(counted_at__isnull=False),
                name="counted_meeting_has_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.held_on:%d/%m/%Y})"

    def get_absolute_url(self):
        return reverse("council_meeting", args=[self.pk])

    # Asked once, for the page and for each rule that it shows.

    @cached_property
    def most_by_type(self) -> dict[int, int]:
        """{award type: how many may be chosen} of those that are bounded."""
        return dict(self.bounds.values_list("type", "most"))

    @cached_property
    def passed_by_type(self) -> dict[int, int]:
        """{award type: how many passed}."""
        rows = self.items.filter(chosen=True).values("nomination__type").order_by()
        return dict(rows.annotate(number=Count("pk")).values_list("nomination__type", "number"))

    @cached_property
    def types(self) -> list[AwardType]:
        """The awards on its agenda, each with its ``number``."""
        rows = AwardType.objects.filter(nominations__items__meeting=self)
        return sorted(rows.annotate(number=Count("nominations__items")), key=lambda award: award.rank)

    @cached_property
    def has_items(self) -> bool:
        """Whether anything is on its agenda."""
        return self.items.exists()

    @cached_property
    def decided(self) -> Nomination | None:
        """A nomination of which more became than that it passed or failed: it stands in a decision."""
        stage = Nomination.State
        gone_on = Q(nomination__state__in=[stage.PRESENTED, stage.AWARDED]) | Q(nomination__decision__isnull=False)
        item = self.items.filter(gone_on, stands=True).select_related("nomination").first()
        return item and item.nomination

    @cached_property
    def ties(self) -> list["Item"]:
        """The items that were counted and stand equal at the last place of their award."""
        if self.state != self.State.COUNTED:
            return []
        rows = self.items.filter(stands=True, chosen=None, nomination__state=Nomination.State.COUNCIL)
        return list(rows.select_related("nomination__type", "nomination__recipient", "nomination__dossier"))


class Bound(models.Model):
    """How many of one award a meeting may choose, of those with votes enough."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="bounds")
    type = models.ForeignKey(AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", related_name="+")
    most = models.PositiveSmallIntegerField("chọn nhiều nhất")

    class Meta:
        verbose_name = "số lượng được chọn"
        verbose_name_plural = "số lượng được chọn"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "type"], name="one_bound_of_an_award_at_a_meeting"),
            models.CheckConstraint(condition=Q(most__gt=0), name="bound_is_one_or_more"),
        ]

    def __str__(self):
        return f"{self.type}: {self.most}"


class Item(models.Model):
    """One nomination on an agenda. ``needed``: the votes that it needs, frozen when the meeting is called, with the rule;
    ``is_sure``: whether the office is certain of that rule.

    ``agreed``: votes for it, None before the count. ``chosen``: whether it passed; None after the count where it stands equal
    at the last place. ``by_chair``: a tie that the chair broke.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, models.PROTECT, verbose_name="đề nghị", related_name="items")
    position = models.PositiveIntegerField("số thứ tự")
    percent = models.CharField("tỷ lệ phải đạt", max_length=100, blank=True, editable=False)
    rule = models.CharField("căn cứ", max_length=400, blank=True, editable=False)
    is_sure = models.BooleanField("căn cứ đã xác nhận", default=True, editable=False)
    needed = models.PositiveSmallIntegerField("số phiếu phải đạt", null=True, blank=True, editable=False)
    agreed = models.PositiveSmallIntegerField("đồng ý", null=True, blank=True, editable=False)
    against = models.PositiveSmallIntegerField("không đồng ý", null=True, blank=True, editable=False)
    chosen = models.BooleanField("được thông qua", null=True, editable=False)
    by_chair = models.BooleanField("theo ý kiến của Chủ tịch Hội đồng", default=False, editable=False)
    # Whether it holds its nomination: false once the meeting was cancelled or its result declared void, or where the
    # nomination was withdrawn before the count, so that another may take it.
    stands = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = "nội dung xét"
        verbose_name_plural = "nội dung xét"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "nomination"], name="nomination_once_on_an_agenda"),
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(stands=True, chosen=None), name="nomination_before_one_meeting",
                violation_error_message="Đề nghị này đang ở một cuộc họp khác. Hãy bỏ khỏi cuộc họp đó trước.",
            ),
            models.CheckConstraint(condition=Q(chosen=None) | Q(agreed__isnull=False), name="item_chosen_by_votes"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.position}. {self.nomination}"

    def get_absolute_url(self):
        return reverse("council_item", args=[self.pk])

    @property
    def arithmetic(self) -> str:
        """``15/17 phiếu đồng ý, cần ít nhất 14 (từ 80 % trở lên tổng số thành viên Hội đồng)``; nothing before the count."""
        if self.agreed is None:
            return ""
        return f"{self.agreed}/{self.meeting.entitled} phiếu đồng ý, cần ít nhất {self.needed} ({self.percent})"


class Seat(models.Model):
    """One member at one meeting: how the member took part, and when the votes were given."""

    class Came(Toned):
        """How the member took part; who is absent and sent nothing counts among all the same."""

        UNKNOWN = "unknown", "open", "Chưa ghi"
        PRESENT = "present", "done", "Có mặt"
        DELEGATED = "delegated", "done", "Ủy quyền bằng văn bản"
        WRITTEN = "written", "done", "Gửi phiếu bằng văn bản"
        ABSENT = "absent", "late", "Vắng"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, models.PROTECT, verbose_name="thành viên", related_name="+")
    came = models.CharField("tham dự", max_length=10, choices=Came, default=Came.UNKNOWN)
    note = models.CharField("người được ủy quyền, lý do vắng", max_length=200, blank=True)
    voted_at = models.DateTimeField("bỏ phiếu lúc", null=True, blank=True, editable=False)
    # Of whom the votes on paper were entered: who entered them.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người nhập phiếu",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "thành viên dự họp"
        verbose_name_plural = "thành viên dự họp"
        ordering = ["member__position", "member"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="member_sits_once")]

    def __str__(self):
        return str(self.member)

    @property
    def standing(self):
        """How the member took part."""
        return self.Came(self.came)


class Vote(models.Model):
    """What one member said to one item of an open vote. Secret votes leave none: see ``Box``."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="votes")
    item = models.ForeignKey(Item, models.CASCADE, related_name="votes")
    agrees = models.BooleanField("đồng ý")

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        constraints = [models.UniqueConstraint(fields=["seat", "item"], name="one_vote_of_a_member_on_an_item")]

    def __str__(self):
        return f"{self.seat}: {'đồng ý' if self.agrees else 'không đồng ý'}"


class Box(models.Model):
    """The sums of an open secret vote, as ``clusters.ballots.models.BallotBox`` keeps them: no row tells who gave what."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="box")
    cast = models.PositiveSmallIntegerField(default=0)
    agreed = models.JSONField(default=dict)  # {key of an item: votes for it}
    against = models.JSONField(default=dict)

    class Meta:
        verbose_name = "thùng phiếu của Hội đồng"
        verbose_name_plural = "thùng phiếu của Hội đồng"

    def __str__(self):
        return "Thùng phiếu"


def _seen_by(user):
    """What goes with a nomination on an agenda, for whom it is laid before."""
    meetings = Meeting.objects.visible_to(user).exclude(state__in=Meeting.VOID).order_by().values("pk")
    rows = Nomination.objects.filter(items__meeting__in=meetings).order_by().values("pk")
    pieces = Piece.objects.filter(Q(nomination__in=rows) | Q(nomination=None, dossier__nominations__in=rows))
    return pieces.exclude(upload=None).order_by().values("upload")


AWARDS.files.append(_seen_by)
