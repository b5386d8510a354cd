"""Items on their way to the units: told that they may collect, handed over at the counter or by post, confirmed by the unit.

A round of notices says where and when; each unit of it has one notice. A handover has two sides, two names, two times.
"""

import secrets
from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.areas.papers import Papers
from units.models import Unit
from units.permissions import may_see_store
from units.tones import Badged, Toned

from ..area import AWARDS
from ..items.models import Due
from ..records.models import Decision
from ..stock.models import Movement

# Of a round one paper for all its units; of a notice one for its unit.
OF_ROUND = Papers(AWARDS, "thong-bao-nhan-hien-vat")
OF_NOTICE = Papers(AWARDS, "thong-bao-nhan-hien-vat-don-vi")


def new_code() -> str:
    """128 bits by chance, as an address has them: what nobody guesses."""
    return secrets.token_urlsafe(16)


class Round(models.Model):
    """One round of notices: what of which decisions is ready, where and from when until when units collect it, and how they
    present it.

    Units come one after another so that all do not come at once: ``first_at`` to ``last_at`` a day, ``each`` minutes a unit.
    """

    class State(Badged):
        """How far it is."""

        DRAFT = "draft", "azure", "Đang lập"
        SENT = "sent", "green", "Đã thông báo"
        DROPPED = "dropped", "secondary", "Đã bỏ"

    subject = models.CharField("về việc", max_length=200)
    decisions = models.ManyToManyField(Decision, verbose_name="của các quyết định", blank=True, related_name="+")
    place = models.CharField("nơi nhận", max_length=200)
    begins_on = models.DateField("nhận từ ngày")
    ends_on = models.DateField("đến hết ngày")
    first_at = models.TimeField("giờ đầu", default=time(8))
    last_at = models.TimeField("giờ cuối", default=time(11))
    each = models.PositiveSmallIntegerField("số phút mỗi đơn vị", default=15)
    bring = models.CharField("mang theo", max_length=300, default="Giấy giới thiệu của đơn vị, căn cước của người nhận")
    how = models.TextField("hướng dẫn trao thưởng", max_length=1500, blank=True)
    for_all = models.BooleanField("một thông báo chung, phụ lục theo đơn vị", default=False)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người lập", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    class Meta:
        verbose_name = "đợt thông báo nhận hiện vật"
        verbose_name_plural = "đợt thông báo nhận hiện vật"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("begins_on")), name="round_ends_after_it_began",
                violation_error_message="Ngày cuối sớm hơn ngày đầu. Hãy sửa lại một trong hai ngày.",
            ),
            models.CheckConstraint(condition=Q(each__gt=0), name="each_unit_has_its_minutes"),
        ]  # fmt: skip

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("collection_round", args=[self.pk])


class NoticeQuerySet(models.QuerySet):
    """Which notices a person may see."""

    def visible_to(self, user):
        """The department and its store keeper: all. A unit: its own that were sent."""
        return self if may_see_store(user) else self.sent().filter(unit__in=user.seen_units)

    def matching(self, words: str):
        """Those of units of that name."""
        return self.filter(unit__in=Unit.objects.matching(words))

    def sent(self):
        """Those that their units have."""
        return self.filter(sent_on__isnull=False).exclude(round__state=Round.State.DROPPED)

    def standing(self):
        """Those of rounds that were not given up, sent or not: what stands in them is announced, or about to be."""
        return self.exclude(round__state=Round.State.DROPPED)


class Notice(models.Model):
    """What one unit may collect in a round, and when it comes. ``code``: opens it at the counter.

    ``sent_on``: the day of its paper, from which on the unit has it.
    """

    round = models.ForeignKey(Round, models.CASCADE, verbose_name="đợt", related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")
    slot = models.DateTimeField("giờ nhận", null=True, blank=True)
    code = models.CharField("mã", max_length=30, unique=True, default=new_code, editable=False)
    sent_on = models.DateField("thông báo ngày", null=True, blank=True, editable=False)
    dues = models.ManyToManyField(Due, verbose_name="hiện vật", related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo nhận hiện vật"
        verbose_name_plural = "thông báo nhận hiện vật"
        ordering = ["slot", "unit__sort_text"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="unit_is_told_once_a_round")]

    def __str__(self):
        return f"{self.unit}: {self.round}"

    def get_absolute_url(self):
        return reverse("collection_notice", args=[self.pk])

    @property
    def public_address(self) -> str:
        """What its code holds: opens it for its unit, and the counter for the store."""
        return f"{settings.PUBLIC_ADDRESS}{reverse('notice_code', args=[self.code])}"


class HandoverQuerySet(models.QuerySet):
    """Which handovers a person may see."""

    def visible_to(self, user):
        """The department and its store keeper: all. A unit: those to it."""
        return self if may_see_store(user) else self.filter(unit__in=user.seen_units)

    def matching(self, words: str):
        """Those to units of that name, to a person, by a letter or a voucher of these ``words``, by the parcel of that number."""
        by_voucher = Q(movement__in=Movement.objects.matching(words))
        by_parcel = Q(parcel__iexact=words.strip()) & ~Q(parcel="")
        return self.filter(Q(unit__in=Unit.objects.matching(words)) | by_voucher | by_parcel)


class Handover(models.Model):
    """Items given to one unit at once: by whom, to whom with which letter, or by post; confirmed by the unit in the program.

    ``unit``: who took them, which is the successor where that of the awards ended. ``receiver``: the person, or the address by
    post.
    """

    class State(Toned):
        """Whether the unit has confirmed."""

        GIVEN = "given", "wait", "Chờ đơn vị xác nhận"
        CONFIRMED = "confirmed", "done", "Đơn vị đã xác nhận"
        RETURNED = "returned", "not_asked", "Đã trả lại hết"

    class Way(models.TextChoices):
        """How."""

        COUNTER = "counter", "Tại nơi nhận"
        POST = "post", "Qua bưu chính"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="giao cho", related_name="+")
    notice = models.ForeignKey(
        Notice, models.PROTECT, verbose_name="theo thông báo", null=True, blank=True, related_name="handovers"
    )
    way = models.CharField("cách giao", max_length=10, choices=Way, default=Way.COUNTER)
    day = models.DateField("ngày giao")
    receiver = models.CharField("người nhận", max_length=200)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    letter = models.CharField("giấy giới thiệu, ủy quyền", max_length=200, blank=True)
    parcel = models.CharField("số hiệu bưu gửi", max_length=60, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    movement = models.OneToOneField(
        Movement, models.PROTECT, verbose_name="phiếu xuất", editable=False, related_name="handover"
    )
    code = models.CharField("mã", max_length=30, unique=True, default=new_code, editable=False)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.GIVEN, editable=False)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người giao", related_name="+")
    given_at = models.DateTimeField("giao lúc", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người xác nhận",
        null=True,
        editable=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, editable=False)
    remark = models.CharField("đơn vị ghi", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "lần giao hiện vật"
        verbose_name_plural = "lần giao hiện vật"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["unit", "-day"], name="handovers_of_a_unit")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False), name="confirmed_by_somebody"
            )
        ]

    def __str__(self):
        return f"Giao hiện vật cho {self.unit} ngày {self.day:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("handover", args=[self.pk])

    @property
    def public_address(self) -> str:
        """What the code on its sheet holds: where anybody checks it."""
        return f"{settings.PUBLIC_ADDRESS}{reverse('check_handover', args=[self.code])}"


class HandoverLine(models.Model):
    """One item of a handover, with what was remarked of it. ``returned``: it came back, so it may be handed over again."""

    handover = models.ForeignKey(Handover, models.CASCADE, verbose_name="lần giao", related_name="lines")
    due = models.ForeignKey(Due, models.PROTECT, verbose_name="hiện vật", related_name="handed")
    serial = models.CharField("số hiệu", max_length=40, blank=True)
    remark = models.CharField("tình trạng", max_length=200, blank=True)
    returned = models.BooleanField("đã trả lại", default=False, editable=False)

    class Meta:
        verbose_name = "hiện vật đã giao"
        verbose_name_plural = "hiện vật đã giao"
        ordering = ["due__award__decision", "due__award__position", "due__kind__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["due"], condition=Q(returned=False), name="item_is_handed_over_once",
                violation_error_message="Hiện vật này đã giao.",
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.due)
