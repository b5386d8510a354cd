"""A file with records while somebody enters it; nothing of it counts anywhere until it is stored."""

from django.conf import settings
from django.db import models

from documents.models import Upload


class Import(models.Model):
    """The file with records of one ``kind`` that a person is entering: one at a time.

    ``of``: the key of what its rows go into, where they go into something (nominations into a dossier); else 0.
    ``shared``: what all rows share that say nothing else ({field: as typed}). ``sheet``, ``head``, ``columns`` ({field: column}):
    where the list stands, as it was recognised or as the person told; no columns until then. ``unread``: what of the file is not
    read, in words. ``fixes``: rows that were corrected and sent again ({row: {field: value}}). ``choices``: who a name is where
    that is a person's to say ({row: {place of the name in its cell: key}}).
    """

    kind = models.SlugField(max_length=20)
    of = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người nhập", related_name="+")
    file = models.ForeignKey(Upload, models.PROTECT, verbose_name="tệp", related_name="+")
    shared = models.JSONField(default=dict)
    sheet = models.CharField(max_length=100, blank=True)
    head = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    fixes = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    converts = models.BooleanField(default=False)
    unread = models.JSONField(default=list)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "tệp đang nhập"
        verbose_name_plural = "tệp đang nhập"
        constraints = [models.UniqueConstraint(fields=["kind", "of", "by"], name="one_file_of_a_kind_at_a_time")]

    def __str__(self):
        return f"Tệp «{self.file.name}»"
