"""Ballots: who is proposed, who may vote, how many voted for whom. Nothing stored links a secret vote with its voter."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from documents.areas.papers import Papers
from units.permissions import may_oversee, sits_on_council
from units.shares import percentage, votes_needed
from units.tones import Badged

from ..activities.models import Activity
from ..area import CLUSTERS
from ..divisions.models import Cluster, Membership

OVER_WORDS = "Cuộc bỏ phiếu này đã kết thúc nên không sửa được nữa."


class Paper(StrEnum):
    """What is written of a count."""

    MINUTES = "minutes"
    SUBMISSION = "submission"


OF_BALLOT = Papers(CLUSTERS, "bo-phieu", Paper)


class BallotOver(Exception):
    """Something would change a ballot that was counted or cancelled."""


class BallotQuerySet(models.QuerySet):
    """Which ballots a person may see."""

    def visible_to(self, user):
        """The department: all. Members: those of their clusters, once they were opened; who leads, before as well. A member of
        the council: what was counted anywhere.
        """
        if may_oversee(user):
            return self
        leading = Membership.objects.leading(user).values("cluster")
        mine = self.filter(cluster__in=Cluster.objects.visible_to(user).values("pk"))
        mine = mine.filter(~Q(state=Ballot.State.DRAFT) | Q(cluster__in=leading))
        return mine | self.filter(state__in=Ballot.TOLD) if sits_on_council(user) else mine

    def with_results(self):
        """Each with its cluster and candidates, for lists: two queries more than the list itself at most."""
        candidates = Candidate.objects.select_related("membership__unit").order_by(
            F("agreed").desc(nulls_last=True), "membership__unit__sort_text", "pk"
        )
        return self.select_related("cluster__division").prefetch_related(models.Prefetch("candidates", candidates))

    def update(self, **changes):
        """Refused where a ballot among them is over."""
        self._refuse_over()
        return super().update(**changes)

    def delete(self):
        """Refused where a ballot among them is over."""
        self._refuse_over()
        return super().delete()

    def _refuse_over(self):
        if self.order_by().filter(state__in=Ballot.OVER).exists():
            raise BallotOver(OVER_WORDS)


class Ballot(models.Model):
    """One vote of a cluster on who is proposed for one title. Once counted or cancelled nothing about it changes.

    A count that went wrong is annulled as a whole, and the award voted on anew.
    """

    class Method(models.TextChoices):
        """How votes are given."""

        COUNTED = "counted", "Phiếu giấy: ban kiểm phiếu ghi kết quả"
        SECRET = "secret", "Phiếu kín trong chương trình"

    class State(Badged):
        """How far it has come."""

        DRAFT = "draft", "azure", "Đang chuẩn bị"
        OPEN = "open", "yellow", "Đang bỏ phiếu"
        COUNTED = "counted", "green", "Đã kiểm phiếu"
        CANCELLED = "cancelled", "secondary", "Đã hủy"
        ANNULLED = "annulled", "secondary", "Đã hủy kết quả"

    OVER = (State.COUNTED, State.CANCELLED, State.ANNULLED)
    # What a count came to, whatever became of it since.
    TOLD = (State.COUNTED, State.ANNULLED)
    # Nothing follows from these: the award may be voted on anew.
    VOID = (State.CANCELLED, State.ANNULLED)

    cluster = models.ForeignKey(Cluster, models.PROTECT, verbose_name="cụm, khối", related_name="ballots")
    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="tại hội nghị", null=True, blank=True, related_name="ballots"
    )
    # A second round decides about places that the first one left open.
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="vòng trước",
        null=True,
        blank=True,
        editable=False,
        related_name="later_rounds",
    )
    round = models.PositiveSmallIntegerField("vòng", default=1, editable=False)
    award = models.CharField("danh hiệu, hình thức khen thưởng", max_length=150)
    held_on = models.DateField("ngày bỏ phiếu")
    method = models.CharField("cách bỏ phiếu", max_length=10, choices=Method, default=Method.SECRET)
    seats = models.PositiveSmallIntegerField("số lượng được đề nghị tối đa", default=1)
    # Fixed when the ballot is opened, with the words of the rule, whatever becomes of the rule.
    percent = models.DecimalField("tỷ lệ tối thiểu (%)", max_digits=5, decimal_places=2, null=True, editable=False)
    citation = models.CharField("căn cứ", max_length=400, blank=True, editable=False)
    uncertain = models.BooleanField("căn cứ cần kiểm tra lại", default=False, editable=False)
    entitled = models.PositiveSmallIntegerField("số người có quyền bỏ phiếu", null=True, blank=True, editable=False)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    # Filled at the count.
    board = models.TextField("ban kiểm phiếu", max_length=500, blank=True, editable=False)
    place = models.CharField("địa điểm", max_length=200, blank=True, editable=False)
    began_at = models.TimeField("bắt đầu lúc", null=True, blank=True, editable=False)
    ended_at = models.TimeField("kết thúc lúc", null=True, blank=True, editable=False)
    issued = models.PositiveSmallIntegerField("số phiếu phát ra", null=True, blank=True, editable=False)
    cast = models.PositiveSmallIntegerField("số phiếu thu về", null=True, blank=True, editable=False)
    valid = models.PositiveSmallIntegerField("số phiếu hợp lệ", null=True, blank=True, editable=False)
    counted_at = models.DateTimeField("kiểm phiếu lúc", null=True, blank=True, editable=False)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người ghi kết quả",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    cancelled_for = models.CharField("lý do hủy", max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = "bỏ phiếu suy tôn"
        verbose_name_plural = "bỏ phiếu suy tôn"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__gt=0), name="ballot_has_seats", violation_error_message="Số lượng phải từ 1 trở lên."
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(percent__isnull=False, entitled__gt=0),
                name="open_ballot_has_its_threshold",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["counted", "annulled"],
                    issued__isnull=False,
                    cast__isnull=False,
                    valid__isnull=False,
                    counted_at__isnull=False,
                    counted_by__isnull=False,
                )
                | (
                    ~Q(state__in=["counted", "annulled"])
                    & Q(issued=None, cast=None, valid=None, counted_at=None, counted_by=None)
                ),
                name="count_has_its_figures",
            ),
            models.CheckConstraint(
                condition=Q(valid=None) | Q(valid__lte=F("cast"), cast__lte=F("issued"), issued__lte=F("entitled")),
                name="valid_votes_were_cast_by_the_entitled",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["cancelled", "annulled"]) & ~Q(cancelled_for=""))
                | (~Q(state__in=["cancelled", "annulled"]) & Q(cancelled_for="")),
                name="cancelled_ballot_says_why",
            ),
            models.UniqueConstraint(
                fields=["previous"], condition=~Q(state__in=["cancelled", "annulled"]), name="one_later_round_a_ballot"
            ),
        ]

    def __str__(self):
        return f"Suy tôn {self.award}{f', vòng {self.round}' if self.round > 1 else ''}"

    def save(self, *args, **kwargs):
        """Raises ``BallotOver`` once it was counted or cancelled."""
        refuse_over(self.pk)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("ballot", args=[self.pk])

    def delete(self, *args, **kwargs):
        """Raises ``BallotOver`` once it was counted or cancelled."""
        refuse_over(self.pk)
        return super().delete(*args, **kwargs)

    def annul(self):
        """Store the one change after a count: its result holds no more, and stays to be read. The actions know who may."""
        super().save(update_fields=["state", "cancelled_for", "version"])

    def next_rounds(self):
        """The round after this one, as far as it was not given up: one or none."""
        return self.later_rounds.exclude(state__in=self.VOID)

    @cached_property
    def next_round(self):
        """The one of ``next_rounds``, or None: asked once, for the page and for each rule that it shows."""
        return self.next_rounds().first()

    @cached_property
    def all_voters(self) -> list["Voter"]:
        """Those who are entitled, each with its unit."""
        return list(self.voters.select_related("membership__unit"))

    @property
    def is_draft(self) -> bool:
        """Whether candidates, voters and facts can still be changed."""
        return self.state == self.State.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether votes are being given."""
        return self.state == self.State.OPEN

    @property
    def is_counted(self) -> bool:
        """Whether there is a result that holds."""
        return self.state == self.State.COUNTED

    @property
    def has_figures(self) -> bool:
        """Whether there is a result, even one that holds no more."""
        return self.counted_at is not None

    @property
    def is_secret(self) -> bool:
        """Whether votes are cast in the program."""
        return self.method == self.Method.SECRET

    @property
    def percent_words(self) -> str:
        """The threshold as a person writes it."""
        return percentage(self.percent)

    @property
    def needed(self) -> int | None:
        """How many votes reach the threshold: the least whole number not below ``percent`` of all who are entitled."""
        return votes_needed(self.percent, self.entitled) if self.percent is not None else None


def refuse_over(ballot_pk):
    """Raises ``BallotOver`` for a stored ballot that was counted or cancelled."""
    if Ballot.objects.filter(pk=ballot_pk, state__in=Ballot.OVER).exists():
        raise BallotOver(OVER_WORDS)


class PartQuerySet(models.QuerySet):
    """Rows of ballots; those of one that is over stay as they are."""

    def update(self, **changes):
        """Refused where one of them belongs to a ballot that is over."""
        self._refuse_over()
        return super().update(**changes)

    def delete(self):
        """Refused where one of them belongs to a ballot that is over."""
        self._refuse_over()
        return super().delete()

    def _refuse_over(self):
        if self.order_by().filter(ballot__state__in=Ballot.OVER).exists():
            raise BallotOver(OVER_WORDS)


class Part(models.Model):
    """A row of a ballot: not changed, added or removed once that is over."""

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Raises ``BallotOver``."""
        refuse_over(self.ballot_id)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Raises ``BallotOver``."""
        refuse_over(self.ballot_id)
        return super().delete(*args, **kwargs)


class Candidate(Part):
    """A member that is proposed, and how many were for it."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="candidates")
    membership = models.ForeignKey(Membership, models.PROTECT, verbose_name="đơn vị", related_name="candidacies")
    reason = models.CharField("thành tích nêu khi giới thiệu", max_length=300, blank=True)
    agreed = models.PositiveSmallIntegerField("số phiếu đồng ý", null=True, blank=True, editable=False)
    # Why it could not be chosen when the votes were counted: its scores had ruled it out.
    ruled_out = models.TextField("không được xếp hạng vì", blank=True, editable=False)
    # Among those who reached the threshold, no more than the seats.
    chosen = models.BooleanField("được đề nghị", default=False, editable=False)

    class Meta:
        verbose_name = "đơn vị được giới thiệu"
        verbose_name_plural = "đơn vị được giới thiệu"
        ordering = ["membership__unit__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "membership"], name="candidate_once_a_ballot"),
            models.CheckConstraint(condition=Q(chosen=False) | Q(agreed__isnull=False), name="chosen_by_votes"),
        ]

    def __str__(self):
        return str(self.membership)


class Voter(Part):
    """A member that is entitled to one vote, and whether it voted; never for whom."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="voters")
    membership = models.ForeignKey(Membership, models.PROTECT, verbose_name="đơn vị", related_name="votes")
    name = models.CharField("người bỏ phiếu", max_length=100, blank=True)
    voted_at = models.DateTimeField("bỏ phiếu lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "người có quyền bỏ phiếu"
        verbose_name_plural = "người có quyền bỏ phiếu"
        ordering = ["membership__unit__sort_text", "pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "membership"], name="voter_once_a_ballot")]

    def __str__(self):
        return str(self.membership)


class BallotBox(models.Model):
    """What an open secret ballot holds until the count: how many voted, and how many are for each candidate; then it goes.

    Sums instead of one row a vote: rows would stand in the order in which people voted, whatever their keys (on disk, in a
    dump, by the transaction that wrote them), and that order stands beside the voters too. Sums have none, and of two that
    voted nobody can tell who gave what. What remains is somebody who reads the raw database before and after one vote.
    """

    ballot = models.OneToOneField(Ballot, models.CASCADE, primary_key=True, related_name="box")
    cast = models.PositiveSmallIntegerField(default=0)
    agreed = models.JSONField(default=dict)  # {key of a candidate: votes}

    class Meta:
        verbose_name = "thùng phiếu"
        verbose_name_plural = "thùng phiếu"

    def __str__(self):
        return "Thùng phiếu"
