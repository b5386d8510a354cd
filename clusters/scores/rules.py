"""What law and office lay down for clusters, as rows with dates: thresholds of votes, how equal scores are ranked."""

from datetime import date

from django.db import models
from django.db.models import Q

from units.periods import InForce
from units.shares import percentage
from units.text import fold


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
