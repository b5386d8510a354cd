"""Scores: what a member gives itself, what the leader or a department verifies, what the department of the year settles."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.models import Upload
from units.periods import InForce
from units.permissions import may_oversee
from units.shares import percentage
from units.text import fold
from units.tones import Badged

from ..area import CLUSTERS
from ..criteria.models import CriteriaSet, Criterion
from ..divisions.models import Cluster, Membership


class ScoreSheetQuerySet(models.QuerySet):
    """Which sheets a person may read."""

    def visible_to(self, user):
        """The department: all. Members: those of their clusters. A verifying department: sheets with its criteria."""
        if may_oversee(user):
            return self
        mine = Q(membership__cluster__in=Cluster.objects.visible_to(user).values("pk"))
        verified = Criterion.objects.filter(verifier__in=user.inherited_units).values("set")
        return self.filter(mine | Q(set__in=verified, state__in=ScoreSheet.SENT_STATES))

    def to_verify(self, user):
        """Of others: those of clusters that the unit of ``user`` leads, and those that its department has yet to look at."""
        leading = Membership.objects.filter(unit=user.unit_id, left_on=None).exclude(role=Membership.Role.MEMBER)
        units = user.inherited_units
        asked = Score.objects.filter(criterion__verifier__in=units, verified=None).values("sheet")
        led = Q(membership__cluster__in=leading.values("cluster"))
        return self.exclude(membership__unit__in=units).filter(led | Q(pk__in=asked))

    def with_names(self):
        """With what pages say of a sheet: its unit, cluster, year and criteria."""
        return self.select_related("membership__unit", "membership__cluster__division", "set").order_by(
            "-membership__division__year", "membership__cluster__position", "membership__unit__sort_text", "pk"
        )


class ScoreSheet(models.Model):
    """The scores of one member for one year."""

    class State(Badged):
        """Whose turn it is."""

        OPEN = "open", "secondary", "Đơn vị tự chấm"
        SENT = "sent", "yellow", "Chờ cụm thẩm định"
        VERIFIED = "verified", "yellow", "Chờ Sở Nội vụ chốt"
        SETTLED = "settled", "green", "Đã chốt"

    SENT_STATES = (State.SENT, State.VERIFIED, State.SETTLED)

    membership = models.OneToOneField(Membership, models.PROTECT, verbose_name="đơn vị", related_name="sheet")
    set = models.ForeignKey(CriteriaSet, models.PROTECT, verbose_name="bộ tiêu chí", related_name="sheets")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.OPEN)
    # Sums of the scores below, kept by the actions so that lists and ranks need not add up.
    own_total = models.DecimalField("tự chấm", max_digits=8, decimal_places=2, default=0)
    verified_total = models.DecimalField("thẩm định", max_digits=8, decimal_places=2, null=True, blank=True)
    settled_total = models.DecimalField("chốt", max_digits=8, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField("xếp hạng", null=True, blank=True)
    disqualified = models.TextField("không xếp hạng vì", blank=True)
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng điểm"
        verbose_name_plural = "bảng điểm"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="settled", settled_total__isnull=False)
                | (~Q(state="settled") & Q(settled_total=None)),
                name="settled_sheet_has_a_total",
            ),
            models.CheckConstraint(
                condition=Q(rank=None) | Q(disqualified="", settled_total__isnull=False),
                name="rank_only_for_settled_and_qualified",
            ),
        ]

    def __str__(self):
        return f"Bảng điểm của {self.membership}"

    def get_absolute_url(self):
        return reverse("sheet", args=[self.pk])


class SheetPaper(models.Model):
    """The paper on which a unit that nobody acts for scored itself: its scan, and the day that it bears."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="papers")
    upload = models.OneToOneField(Upload, models.PROTECT, verbose_name="tệp", related_name="sheet_paper")
    day = models.DateField("ngày trên giấy")

    class Meta:
        verbose_name = "bảng tự chấm trên giấy"
        verbose_name_plural = "bảng tự chấm trên giấy"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.upload}, ngày {self.day:%d/%m/%Y}"


class Score(models.Model):
    """The points of one criterion, three times: own, verified, settled; each with its reason where it differs."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, verbose_name="tiêu chí", related_name="scores")
    own = models.DecimalField("tự chấm", max_digits=7, decimal_places=2, null=True, blank=True)
    own_note = models.TextField("thuyết minh", blank=True)
    verified = models.DecimalField("thẩm định", max_digits=7, decimal_places=2, null=True, blank=True)
    verified_note = models.TextField("lý do thẩm định khác", blank=True)
    settled = models.DecimalField("chốt", max_digits=7, decimal_places=2, null=True, blank=True)
    settled_note = models.TextField("lý do chốt khác", blank=True)

    class Meta:
        verbose_name = "điểm"
        verbose_name_plural = "điểm"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once_a_criterion"),
            models.CheckConstraint(
                condition=(Q(own=None) | Q(own__gte=0))
                & (Q(verified=None) | Q(verified__gte=0))
                & (Q(settled=None) | Q(settled__gte=0)),
                name="points_not_below_zero",
                violation_error_message="Điểm không âm; điểm trừ cũng ghi số dương.",
            ),
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.own}"


class Evidence(models.Model):
    """A file that proves a score."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="evidence")
    upload = models.OneToOneField(Upload, models.CASCADE, verbose_name="tệp", related_name="evidence")

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"

    def __str__(self):
        return str(self.upload)


def _seen_by(user):
    sheets = ScoreSheet.objects.visible_to(user).order_by().values("pk")
    return Evidence.objects.filter(score__sheet__in=sheets).order_by().values("upload")


def _papers_seen_by(user):
    sheets = ScoreSheet.objects.visible_to(user).order_by().values("pk")
    return SheetPaper.objects.filter(sheet__in=sheets).order_by().values("upload")


CLUSTERS.files.append(_seen_by)
CLUSTERS.files.append(_papers_seen_by)


class RankRule(InForce):
    """How members with equal scores are ranked, as the office decides, from a day on."""

    class Ties(models.TextChoices):
        """What comes after two that share a place."""

        SKIP = "skip", "Đồng hạng thì bỏ hạng kế tiếp: 1, 1, 3"
        DENSE = "dense", "Đồng hạng không bỏ hạng: 1, 1, 2"

    ties = models.CharField("điểm bằng nhau", max_length=10, choices=Ties, default=Ties.SKIP)
    since = models.DateField("từ ngày", unique=True)
    citation = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        verbose_name = "cách xếp hạng"
        verbose_name_plural = "cách xếp hạng"
        ordering = ["since"]
        constraints = InForce.Meta.constraints

    def __str__(self):
        return self.get_ties_display()

    @classmethod
    def on(cls, day: date) -> str:
        """The way that holds on ``day``; places are skipped where the office set nothing."""
        row = cls.objects.in_force(day).order_by("-since").first()
        return row.ties if row else cls.Ties.SKIP


class VoteRule(InForce):
    """Which share of all who are entitled a proposal needs, from a day to a day.

    The row without a name is what the office sets for everything that no other row names.
    """

    name = models.CharField(
        "danh hiệu, hình thức khen thưởng",
        max_length=150,
        blank=True,
        help_text="Để trống: mức chung của cơ quan cho danh hiệu, hình thức chưa có quy định riêng.",
    )
    percent = models.DecimalField("tỷ lệ tối thiểu (%)", max_digits=5, decimal_places=2)
    citation = models.CharField("căn cứ", max_length=300)
    uncertain = models.BooleanField("cần kiểm tra lại", default=False, help_text="Chưa đối chiếu với bản gốc.")

    class Meta:
        verbose_name = "tỷ lệ phiếu"
        verbose_name_plural = "tỷ lệ phiếu"
        ordering = ["name", "since"]
        constraints = [
            *InForce.Meta.constraints,
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100),
                name="share_of_votes_is_a_percentage",
                violation_error_message="Tỷ lệ phải lớn hơn 0 và không quá 100.",
            ),
            models.UniqueConstraint(
                fields=["name", "since"],
                name="vote_rule_once_a_day",
                violation_error_message="Đã có quy định cho danh hiệu này từ ngày đó.",
            ),
        ]

    def __str__(self):
        return f"{self.name or 'Danh hiệu, hình thức khác'}: từ {self.percent_words} ({self.citation})"

    @property
    def percent_words(self) -> str:
        """The share as a person writes it."""
        return percentage(self.percent)

    @classmethod
    def for_award(cls, award: str, day: date):
        """The rule about ``award`` on ``day``; without one the office's general one; None where there is neither.

        Of two rows that hold on the day the later one counts. Accents and capitals aside.
        """
        rows = {fold(row.name): row for row in cls.objects.in_force(day).order_by("since")}
        return rows.get(fold(award)) or rows.get("")
