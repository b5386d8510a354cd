"""One nomination of a file: who is proposed for what, how far it has come, what the last check found."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from units.models import Unit
from units.tones import Toned

from ...catalogue.models import AwardType
from ...recipients.models import BodyClass, PositionClass, Recipient
from ...records.models import Award, Decision
from .dossiers import Dossier


class NominationQuerySet(models.QuerySet):
    """Which nominations a person may see, and which still go on."""

    def visible_to(self, user):
        """Those of the files that ``user`` may see."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user).order_by().values("pk"))

    def falling_back(self):
        """Those that came to nothing though their file goes on, with another award that nobody proposed yet."""
        twins = Nomination.objects.filter(
            dossier=OuterRef("dossier"), recipient=OuterRef("recipient"), type=OuterRef("fallback")
        )
        lost = self.filter(state__in=Nomination.FALLEN, fallback__isnull=False)
        return lost.filter(~Exists(twins), dossier__state__in=[Dossier.State.RECEIVED, Dossier.State.APPRAISED])

    def going_on(self):
        """Those of which nobody has decided yet."""
        return self.exclude(state__in=Nomination.OVER)


class Nomination(models.Model):
    """One recipient and one award. Name, post, unit and classes are as they are proposed, and go into the decision so.

    ``met``: what the last check found, None where it cannot be said; ``missing``: what is missing, in words; ``changed``: what
    the check before it had said, where that was something else. ``accepted``: why an officer takes it on although the check
    does not find it met. ``fallback``: what it is looked at for if it does not get ``type`` (Cờ tỉnh for Cờ Chính phủ), in a
    nomination of its own that stands ``in_place_of`` this one.
    ``votes_for`` of ``votes_of``: how the unit's own council voted. ``refusal``: article and missing fact of a refusal.
    ``decision``: the draft or issued decision whose list it is in; ``given``: what came of it.
    """

    class State(Toned):
        """How far it has come."""

        IN_FILE = "in_file", "open", "Trong hồ sơ"
        FIT = "fit", "wait", "Đủ điều kiện, chờ xét"
        UNFIT = "unfit", "late", "Không đủ điều kiện"
        ASKED = "asked", "wait", "Đang lấy ý kiến"
        COUNCIL = "council", "wait", "Đang trình Hội đồng"
        PASSED = "passed", "done", "Hội đồng thông qua"
        FAILED = "failed", "late", "Không đủ phiếu"
        PRESENTED = "presented", "wait", "Đã trình người quyết định"
        AWARDED = "awarded", "done", "Đã khen thưởng"
        REFUSED = "refused", "late", "Không khen"
        WITHDRAWN = "withdrawn", "not_asked", "Đã rút"

    # About these one may be asked.
    ASKABLE = (State.FIT, State.ASKED)
    OVER = (State.UNFIT, State.FAILED, State.AWARDED, State.REFUSED, State.WITHDRAWN)

    # Over without an award: not given, or withdrawn.
    FALLEN = (State.UNFIT, State.FAILED, State.REFUSED)
    LOST = (*FALLEN, State.WITHDRAWN)

    dossier = models.ForeignKey(Dossier, models.CASCADE, verbose_name="hồ sơ", related_name="nominations")
    recipient = models.ForeignKey(
        Recipient, models.PROTECT, verbose_name="người được đề nghị", related_name="nominations"
    )
    type = models.ForeignKey(AwardType, models.PROTECT, verbose_name="danh hiệu, hình thức", related_name="nominations")
    fallback = models.ForeignKey(
        AwardType, models.PROTECT, verbose_name="nếu không được thì", null=True, blank=True, related_name="+"
    )
    in_place_of = models.OneToOneField(
        "self", models.PROTECT, verbose_name="thay cho", null=True, blank=True, editable=False, related_name="instead"
    )
    position = models.PositiveIntegerField("số thứ tự")
    name = models.CharField("tên ghi trong quyết định", max_length=200)
    post = models.CharField("chức vụ, đơn vị ghi trong quyết định", max_length=400, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="+")
    position_class = models.CharField("lớp chức vụ", max_length=12, choices=PositionClass, blank=True)
    body_class = models.CharField("loại tập thể", max_length=12, choices=BodyClass, blank=True)
    deed = models.TextField("thành tích", blank=True)
    votes_for = models.PositiveSmallIntegerField("số phiếu đồng ý ở đơn vị", null=True, blank=True)
    votes_of = models.PositiveSmallIntegerField("trên tổng số", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.IN_FILE, editable=False)
    since = models.DateField("ở bước này từ ngày", auto_now_add=True)
    met = models.BooleanField("kiểm tra", null=True, blank=True, editable=False)
    missing = models.TextField("còn thiếu", blank=True, editable=False)
    changed = models.TextField("khác lần kiểm tra trước", blank=True, editable=False)
    checked_at = models.DateTimeField("kiểm tra lúc", null=True, blank=True, editable=False)
    accepted = models.TextField("vẫn đề nghị vì", blank=True, editable=False)
    refusal = models.TextField("lý do không khen", blank=True, editable=False)
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="quyết định", null=True, blank=True, editable=False,
        related_name="nominations",
    )  # fmt: skip
    given = models.OneToOneField(
        Award,
        models.PROTECT,
        verbose_name="khen thưởng",
        null=True,
        blank=True,
        editable=False,
        related_name="nomination",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị khen thưởng"
        verbose_name_plural = "đề nghị khen thưởng"
        ordering = ["dossier", "position"]
        indexes = [models.Index(fields=["state", "since"], name="nominations_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "recipient", "type"], name="nominated_once_in_a_file",
                violation_error_message="Người này đã được đề nghị danh hiệu, hình thức này trong hồ sơ. Hãy bỏ một dòng.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for=None, votes_of=None) | Q(votes_for__lte=models.F("votes_of")),
                name="nomination_votes_within_all",
                violation_error_message="Số phiếu đồng ý lớn hơn tổng số. Hãy sửa lại.",
            ),
            models.CheckConstraint(condition=~Q(state="awarded") | Q(given__isnull=False), name="awarded_has_its_award"),
            models.CheckConstraint(
                condition=~Q(state__in=["unfit", "refused"]) | ~Q(refusal=""), name="refused_for_a_reason"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name} – {self.type}"

    def get_absolute_url(self):
        return reverse("nomination", args=[self.pk])

    @property
    def own_votes(self) -> str:
        """How the council of its unit voted, ``8/9``; nothing where nobody wrote it down."""
        return f"{self.votes_for}/{self.votes_of}" if self.votes_of else ""
