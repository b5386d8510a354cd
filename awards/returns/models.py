"""Items exchanged (damaged, misprinted) and given out again (lost): who asked, what was found, what came back, what went out.

Sources: Nghị định 85/2014/NĐ-CP, Điều 42 (to 30/6/2025: official letter or application, archive, list by Mẫu 4.4, old item
attached); Luật Thi đua, khen thưởng 2022, Điều 12. Where the decision itself was wrong, it is corrected first.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.areas.papers import Papers
from units.permissions import may_see_store
from units.tones import Toned

from ..area import AWARDS
from ..catalogue.models import AwardType, Whom
from ..items.models import Due
from ..records.models import Award

OF_BATCH = Papers(AWARDS, "cap-doi-hien-vat")


class Batch(models.Model):
    """Cases of items of the State that one letter lays before the ministry, with its list (``OF_BATCH``)."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "danh sách gửi Bộ Nội vụ"
        verbose_name_plural = "danh sách gửi Bộ Nội vụ"

    def __str__(self):
        return f"Danh sách {self.pk}"


class ItemCaseQuerySet(models.QuerySet):
    """Which cases a person may see."""

    def visible_to(self, user):
        """The department and its store keeper: all. A unit: those of awards that it may see."""
        if may_see_store(user):
            return self
        return self.filter(award__in=Award.objects.visible_to(user).order_by().values("pk"))


class ItemCase(models.Model):
    """That items of one award are asked for again. ``letter``: the application, of a collective its official letter.

    ``archive``: what the archive says of the award. ``due_on``: by when it is answered.
    """

    class Why(models.TextChoices):
        """Why: the first four exchange the old item, the last one has none."""

        DAMAGED = "damaged", "Đổi do hư hỏng"
        DISASTER = "disaster", "Đổi do thiên tai, lũ lụt, hỏa hoạn"
        OUR_PRINT = "our_print", "Đổi do in sai so với quyết định"
        DECISION = "decision", "Đổi do quyết định ghi sai"
        LOST = "lost", "Cấp lại do mất"

        @property
        def is_exchange(self) -> bool:
            """Whether the old item comes back first."""
            return self != self.LOST

    class State(Toned):
        """How far it is."""

        ASKED = "asked", "open", "Mới nhận"
        CONFIRMED = "confirmed", "wait", "Đã đối chiếu hồ sơ lưu"
        SENT = "sent", "wait", "Đã gửi Bộ Nội vụ"
        GRANTED = "granted", "wait", "Đang cấp, chờ giao"
        DONE = "done", "done", "Đã giao"
        REFUSED = "refused", "not_asked", "Không cấp"

    OPEN = (State.ASKED, State.CONFIRMED, State.SENT, State.GRANTED)

    award = models.ForeignKey(Award, models.PROTECT, verbose_name="khen thưởng", related_name="item_cases")
    why = models.CharField("trường hợp", max_length=10, choices=Why)
    applicant = models.CharField("người, đơn vị đề nghị", max_length=200)
    letter = models.CharField("đơn, công văn", max_length=200, help_text="Số, ngày của đơn hoặc công văn.")
    applied_on = models.DateField("ngày nhận")
    told = models.TextField("lý do trình bày", blank=True)
    due_on = models.DateField("hạn trả lời", editable=False)
    archive = models.CharField("hồ sơ lưu", max_length=300, blank=True, editable=False)
    batch = models.ForeignKey(
        Batch, models.PROTECT, verbose_name="danh sách gửi", null=True, blank=True, editable=False, related_name="cases"
    )
    sent_by = models.CharField("văn bản gửi Bộ Nội vụ", max_length=100, blank=True, editable=False)
    sent_on = models.DateField("gửi ngày", null=True, editable=False)
    answer = models.CharField("văn bản trả lời", max_length=200, blank=True, editable=False)
    granted_on = models.DateField("đồng ý ngày", null=True, editable=False)
    done_on = models.DateField("xong ngày", null=True, editable=False)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.ASKED, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = ItemCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "cấp đổi, cấp lại hiện vật"
        verbose_name_plural = "cấp đổi, cấp lại hiện vật"
        ordering = ["-applied_on", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="item_cases_by_state")]

    def __str__(self):
        return f"{self.get_why_display()}: {self.award.name}"

    def get_absolute_url(self):
        return reverse("item_case", args=[self.pk])

    @property
    def is_of_state(self) -> bool:
        """Whether the ministry gives the new one; reads the type of the award."""
        return self.award.type.level == AwardType.Level.STATE

    @property
    def is_exchange(self) -> bool:
        """Whether the old item comes back first."""
        return self.Why(self.why).is_exchange

    @property
    def letter_kind(self) -> str:
        """What it is asked by: a collective writes an official letter, persons and households an application."""
        return "Công văn" if self.award.whom == Whom.COLLECTIVE else "Đơn"

    @property
    def route(self) -> str:
        """Whose the answer is: ``state`` or ``province``."""
        return "state" if self.is_of_state else "province"


class CaseItem(models.Model):
    """One item that a case asks for again, and when the old one came back, from whom, how it was."""

    case = models.ForeignKey(ItemCase, models.CASCADE, verbose_name="hồ sơ", related_name="items")
    due = models.ForeignKey(Due, models.PROTECT, verbose_name="hiện vật", related_name="cases")
    is_open = models.BooleanField("đang giải quyết", default=True, editable=False)
    back_on = models.DateField("nhận lại ngày", null=True, blank=True)
    giver = models.CharField("người nộp lại", max_length=200, blank=True)
    remark = models.CharField("tình trạng", max_length=200, blank=True)

    class Meta:
        verbose_name = "hiện vật cấp đổi, cấp lại"
        verbose_name_plural = "hiện vật cấp đổi, cấp lại"
        ordering = ["due__kind__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["due"], condition=Q(is_open=True), name="item_is_in_one_open_case",
                violation_error_message="Hiện vật này đang có hồ sơ cấp đổi, cấp lại.",
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.due)
