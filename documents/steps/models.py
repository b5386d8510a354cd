"""Who changed what in an area of the program, from what to what, and why. Papers keep their own history (``Edit``)."""

from django.conf import settings
from django.db import models


class Change(models.Model):
    """One step or edit of something that an area of the program keeps. Rows are added by the actions of the area;
    words of one are taken out by ``documents.steps.refusing.forget`` alone, where a person asked for it.

    ``about`` (a word of the area) and ``key`` name the row that changed; ``changes`` is
    {what a person calls it: [before, after]}, in words.
    """

    about = models.CharField("về", max_length=20)
    key = models.PositiveBigIntegerField("của")
    act = models.TextField("việc")
    changes = models.JSONField("thay đổi", default=dict)
    reason = models.TextField("lý do", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người làm", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["about", "key", "-at"], name="changes_of_one_thing")]

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
