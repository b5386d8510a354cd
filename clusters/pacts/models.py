"""Pacts (giao ước thi đua): what units promise each other for the year, signed by each and confirmed by the council.

Source: the letter that this program began with, point 1.d; Hướng dẫn 1479/HD-BTĐKT ngày 25/7/2016.
"""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from documents.models import Document, Upload
from units.permissions import may_manage, may_oversee, sits_on_council
from units.tones import Badged

from ..area import CLUSTERS
from ..divisions.models import Cluster, Division, Membership


class PactQuerySet(models.QuerySet):
    """Which pacts a person may read."""

    def visible_to(self, user):
        """The department sees all; a unit those of its clusters and those that it is a party to; drafts, who writes them; a
        member of the council what was laid before it.
        """
        if may_oversee(user):
            return self
        mine = Q(cluster__in=Cluster.objects.visible_to(user).values("pk"))
        party = Q(pk__in=Party.objects.filter(membership__unit__in=user.inherited_units).values("pact"))
        leads = Membership.objects.leading(user)
        # Who leads a cluster now reads what its leader promised, even if another unit signed it.
        leaders = Q(cluster=None, division__in=leads.filter(role=Membership.Role.LEADER).values("division"))
        written = Q(cluster__in=leads.values("cluster"))
        seen = Q(mine | party | leaders) & (~Q(state=Pact.State.DRAFT) | written)
        if sits_on_council(user):
            seen |= Q(state__in=Pact.BEFORE_COUNCIL)
        return self.filter(seen)

    def with_counts(self):
        """Each with how many are asked to sign (``asked``) and how many did (``signed``)."""
        return self.annotate(
            asked=Count("parties", Q(parties__excuse="")), signed=Count("parties", Q(parties__signed_on__isnull=False))
        )


class Pact(models.Model):
    """One pact: of the members of a cluster, or, without a cluster, of the leaders of all clusters."""

    class State(Badged):
        """How far it has come."""

        DRAFT = "draft", "secondary", "Đang soạn"
        OPEN = "open", "yellow", "Chờ các bên ký"
        SIGNED = "signed", "blue", "Các bên đã ký đủ"
        SUBMITTED = "submitted", "blue", "Đã trình Hội đồng"
        CONFIRMED = "confirmed", "green", "Hội đồng đã xác nhận"
        RETURNED = "returned", "red", "Bị trả lại"

    # What the council has, or had, in its hands.
    BEFORE_COUNCIL = (State.SUBMITTED, State.CONFIRMED)

    division = models.ForeignKey(Division, models.PROTECT, verbose_name="năm", related_name="pacts")
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, verbose_name="cụm, khối", null=True, blank=True, related_name="pacts"
    )
    title = models.CharField("tên giao ước", max_length=200)
    preamble = models.TextField("lời mở đầu", blank=True)
    commitment = models.TextField("lời cam kết", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    # The day of the last signature.
    signed_on = models.DateField("ngày ký đủ", null=True, blank=True, editable=False)
    # While it is only signed: the submission that is being drafted.
    submission = models.ForeignKey(
        Document, models.PROTECT, verbose_name="tờ trình", null=True, blank=True, related_name="submitted_pacts"
    )
    submitted_on = models.DateField("ngày trình", null=True, blank=True, editable=False)
    confirmation = models.ForeignKey(
        Document,
        models.PROTECT,
        verbose_name="văn bản xác nhận",
        null=True,
        blank=True,
        related_name="confirmed_pacts",
    )
    confirmed_on = models.DateField("ngày xác nhận", null=True, blank=True, editable=False)
    confirmed_by = models.CharField("người xác nhận", max_length=150, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = PactQuerySet.as_manager()

    class Meta:
        verbose_name = "giao ước thi đua"
        verbose_name_plural = "giao ước thi đua"
        ordering = ["-division__year", "cluster__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(cluster__isnull=False),
                name="one_pact_a_cluster",
                violation_error_message="Cụm, khối này đã có giao ước của năm.",
            ),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(cluster=None),
                name="one_pact_of_leaders_a_year",
                violation_error_message="Năm này đã có giao ước giữa trưởng các cụm.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["signed", "submitted", "confirmed"], signed_on__isnull=False)
                | Q(~Q(state__in=["signed", "submitted", "confirmed"]), signed_on=None),
                name="pact_goes_on_when_all_have_signed",
                violation_error_message="Giao ước chỉ trình, xác nhận khi các bên đã ký đủ.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["submitted", "confirmed"],
                    submitted_on__gte=F("signed_on"),
                    submission__isnull=False,
                )
                | Q(~Q(state__in=["submitted", "confirmed"]), submitted_on=None),
                name="pact_is_submitted_by_a_paper_after_it_was_signed",
                violation_error_message="Ngày trình phải từ ngày các bên ký đủ trở đi, kèm tờ trình.",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(confirmed_by=""),
                    state="confirmed",
                    confirmed_on__gte=F("submitted_on"),
                    confirmation__isnull=False,
                )
                | Q(~Q(state="confirmed"), confirmed_on=None, confirmed_by="", confirmation=None),
                name="pact_is_confirmed_by_a_paper_after_it_was_submitted",
                violation_error_message="Ngày xác nhận phải từ ngày trình trở đi, kèm văn bản và người xác nhận.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("pact", args=[self.pk])

    @property
    def of(self) -> str:
        """Between whom it is."""
        return str(self.cluster) if self.cluster_id else "Trưởng các khối, cụm"

    def is_kept_by(self, user) -> bool:
        """Whether ``user`` writes it: who leads the cluster; for the pact of the leaders, the department."""
        return self.cluster.is_led_by(user) if self.cluster_id else may_manage(user)

    @cached_property
    def all_parties(self) -> list["Party"]:
        """The parties, each with its unit and this very pact. Whoever adds some or takes some out forgets the list."""
        found = list(self.parties.select_related("membership__unit"))
        for row in found:
            row.pact = self
        return found


class PactFileQuerySet(models.QuerySet):
    """Which scans a person may fetch, and what they are of."""

    def of_pact(self):
        """Those of the pact as a whole."""
        return self.filter(about=PactFile.About.PACT)

    def that_hold(self):
        """Those that are not void, with their names."""
        return self.filter(void=False).select_related("upload")

    def visible_to(self, user):
        """Those of pacts that ``user`` reads; what a party reached, for it, who leads its cluster and the department."""
        found = self.filter(pact__in=Pact.objects.visible_to(user).order_by().values("pk"))
        if may_oversee(user):
            return found
        own = Q(party__membership__unit__in=user.inherited_units)
        led = Q(pact__cluster__in=Membership.objects.leading(user).values("cluster"))
        return found.filter(~Q(about=PactFile.About.RESULTS) | own | led)


class PactFile(models.Model):
    """A scan of the signed pact, or of the paper by which a party that nobody acts for signed or told its results.

    Void once the pact was taken back, another came in its place, or it turned out to be the wrong one.
    """

    class About(models.TextChoices):
        """What it shows."""

        PACT = "pact", "Bản đã ký"
        SIGNATURE = "signature", "Chữ ký trên giấy"
        RESULTS = "results", "Kết quả trên giấy"

    pact = models.ForeignKey(Pact, models.CASCADE, related_name="files")
    party = models.ForeignKey(
        "Party", models.CASCADE, verbose_name="bên ký", null=True, blank=True, related_name="papers"
    )
    about = models.CharField("là", max_length=10, choices=About, default=About.PACT)
    day = models.DateField("ngày trên giấy", null=True, blank=True)
    upload = models.OneToOneField(Upload, models.PROTECT, verbose_name="tệp", related_name="pact_file")
    void = models.BooleanField("không còn dùng", default=False)

    objects = PactFileQuerySet.as_manager()

    class Meta:
        verbose_name = "bản đã ký"
        verbose_name_plural = "bản đã ký"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about="pact", party=None, day=None)
                | Q(~Q(about="pact"), party__isnull=False, day__isnull=False),
                name="paper_of_a_party_has_its_day",
                violation_error_message="Giấy của một bên phải có bên và ngày.",
            )
        ]

    def __str__(self):
        return self.upload.name

    @property
    def shows_signature(self) -> bool:
        """Whether it is the paper by which its party signed, and holds."""
        return self.about == self.About.SIGNATURE and not self.void


class PartyQuerySet(models.QuerySet):
    """How parties signed."""

    def signed_on_paper(self):
        """Those whose signature was recorded from paper by others."""
        papers = PactFile.objects.filter(about=PactFile.About.SIGNATURE, void=False).order_by()
        return self.filter(pk__in=papers.values("party"))


class Party(models.Model):
    """A unit that signs, and whether it did; one that left before it signed is excused with the reason."""

    pact = models.ForeignKey(Pact, models.CASCADE, related_name="parties")
    membership = models.ForeignKey(Membership, models.PROTECT, verbose_name="đơn vị", related_name="pacts")
    signer_name = models.CharField("họ tên người ký", max_length=100, blank=True)
    signer_title = models.CharField("chức vụ", max_length=150, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người ghi",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    excuse = models.CharField("không phải ký vì", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "bên ký"
        verbose_name_plural = "bên ký"
        ordering = ["membership__unit__sort_text", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pact", "membership"], name="party_once_a_pact"),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by=None, signer_name="", signer_title="")
                | Q(
                    ~Q(signer_name=""),
                    ~Q(signer_title=""),
                    signed_on__isnull=False,
                    signed_by__isnull=False,
                    excuse="",
                ),
                name="signature_has_name_title_and_day",
                violation_error_message="Hãy ghi người ký, chức vụ và ngày ký.",
            ),
        ]

    def __str__(self):
        return str(self.membership)

    @property
    def has_gone(self) -> bool:
        """Whether it is no more what made it a party: it left, or leads its cluster no more."""
        row = self.membership
        return row.left_on is not None or (self.pact.cluster_id is None and row.role != Membership.Role.LEADER)

    @property
    def is_waited_for(self) -> bool:
        """Whether the pact waits for its signature."""
        return self.signed_on is None and not self.excuse and not self.has_gone

    def paper(self, about) -> PactFile | None:
        """The paper of this party that holds."""
        return self.papers.filter(about=about).that_hold().select_related("upload__by").last()


class Target(models.Model):
    """What the parties promise to reach, in one line of the pact."""

    pact = models.ForeignKey(Pact, models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    content = models.CharField("nội dung", max_length=300)
    measure = models.CharField("đơn vị tính", max_length=40)
    planned = models.DecimalField("chỉ tiêu", max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0), name="target_not_below_zero", violation_error_message="Chỉ tiêu không âm."
            )
        ]

    def __str__(self):
        return self.content

    @property
    def is_share(self) -> bool:
        """Whether it is measured in hundredths, so that figures of several parties are averaged, not added up."""
        return "%" in self.measure


class Reached(models.Model):
    """What one party reached of one target at the year's end; ``planned`` where it promised a figure of its own."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="results")
    party = models.ForeignKey(Party, models.CASCADE, related_name="results")
    planned = models.DecimalField("chỉ tiêu riêng", max_digits=15, decimal_places=2, null=True, blank=True)
    reached = models.DecimalField("kết quả", max_digits=15, decimal_places=2, null=True, blank=True)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        verbose_name = "kết quả chỉ tiêu"
        verbose_name_plural = "kết quả chỉ tiêu"
        constraints = [
            models.UniqueConstraint(fields=["target", "party"], name="result_once_a_target_and_party"),
            models.CheckConstraint(
                condition=(Q(planned=None) | Q(planned__gte=0)) & (Q(reached=None) | Q(reached__gte=0)),
                name="result_not_below_zero",
                violation_error_message="Chỉ tiêu, kết quả không âm.",
            ),
        ]

    def __str__(self):
        return f"{self.target}: {self.reached}"


class Aim(models.Model):
    """A title or form of commendation that a party aims at."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="aims")
    title = models.CharField("danh hiệu, hình thức khen thưởng", max_length=150)
    quantity = models.PositiveSmallIntegerField("số lượng", default=1)

    class Meta:
        verbose_name = "danh hiệu đăng ký"
        verbose_name_plural = "danh hiệu đăng ký"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["party", "title"], name="aim_once_a_party"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="aim_at_least_once",
                violation_error_message="Số lượng ít nhất là 1.",
            ),
        ]

    def __str__(self):
        return self.title


CLUSTERS.files.append(lambda user: PactFile.objects.visible_to(user).order_by().values("upload"))
