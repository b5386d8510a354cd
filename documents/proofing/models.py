"""Which advice the office does not want: a row for each rule that was ever turned off."""

from django.db import models


class RuleChoiceQuerySet(models.QuerySet):
    """What proofing asks."""

    def off(self) -> frozenset[str]:
        """The codes of rules that are turned off."""
        return frozenset(self.filter(is_off=True).values_list("code", flat=True))


class RuleChoice(models.Model):
    """What the office chose for one rule of ``documents.proofing``; who chose it when, and why, stands in the log."""

    code = models.SlugField("quy tắc", max_length=40, unique=True)
    is_off = models.BooleanField("đang tắt", default=False)

    objects = RuleChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "quy tắc soát thể thức đã tắt"
        verbose_name_plural = "quy tắc soát thể thức đã tắt"
        ordering = ["code"]

    def __str__(self):
        return self.code
