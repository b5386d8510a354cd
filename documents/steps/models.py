"""Who changed what, from what to what, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q

# Under which words the log tells of papers and of what stands in the books of arrivals, and the slug of a saved change of their
# words.
PAPER, ARRIVAL, EDIT = "paper", "arrival", "edit"


class Change(models.Model):
    """One step or edit of something that an area of the program keeps. Rows are added by the actions of the area;
    words of one are taken out by ``documents.steps.log.forget`` alone, where a person asked for it.

    ``about`` (a word of the area) and ``key`` name the row that changed, ``version`` what it became; ``changes`` is
    {what a person calls it: [before, after]}, in words. What the program decides hangs on ``what``, the slug of the step, which
    never changes, on ``of``, the key of the part that it was taken with, and on ``day``; never on words, which are for people.
    """

    about = models.CharField("về", max_length=20)
    key = models.PositiveBigIntegerField("của")
    what = models.SlugField("bước", max_length=40, blank=True, db_index=False)
    of = models.PositiveBigIntegerField("phần", null=True, blank=True)
    act = models.TextField("việc")
    changes = models.JSONField("thay đổi", default=dict)
    reason = models.TextField("lý do", blank=True)
    day = models.DateField("ngày", null=True, blank=True)
    version = models.PositiveIntegerField("bản", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người làm", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["about", "key", "-at"], name="changes_of_one_thing")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(about=PAPER, what__in=["allow_earlier", "present"]) | Q(day__isnull=False),
                name="step_of_a_paper_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(about__in=[PAPER, ARRIVAL], what=EDIT) | Q(version__isnull=False),
                name="edit_has_its_version",
            ),
            models.UniqueConstraint(
                fields=["about", "key", "version"],
                condition=Q(about__in=[PAPER, ARRIVAL], what=EDIT),
                name="one_edit_a_version",
            ),
        ]

    def __str__(self):
        return f"{self.act}: {self.by}"


def history_of(about: str, key: int):
    """What became of one thing, the latest first, each with who did it."""
    return Change.objects.filter(about=about, key=key).select_related("by__unit")


def differences(before: dict, after: dict) -> dict:
    """{name: [before, after]} of what is not the same; both are {name: words}."""
    names = dict.fromkeys([*before, *after])
    return {
        name: [before.get(name, ""), after.get(name, "")]
        for name in names
        if before.get(name, "") != after.get(name, "")
    }


class Sending(models.Model):
    """One form that ``by`` sent. ``led_to`` is the address that the first answer led to, empty until it is known.

    Kept for as long as a page stays open anywhere; see ``once``.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    led_to = models.TextField(blank=True)

    class Meta:
        verbose_name = "lần gửi biểu mẫu"
        verbose_name_plural = "lần gửi biểu mẫu"
        constraints = [models.UniqueConstraint(fields=["by", "token"], name="a_form_is_sent_once")]

    def __str__(self):
        return f"{self.by} {self.at:%d/%m/%Y %H:%M:%S}"
