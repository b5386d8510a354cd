"""What goes with a file: each thing that the law or the office asks for, and the paper or scan that answers it."""

from django.db import models
from django.db.models import Q

from documents.models import Document, Upload

from ...area import AWARDS
from ...catalogue.models import Statement
from .dossiers import Dossier
from .nominations import Nomination


class Piece(models.Model):
    """One answer to the checklist. ``line``: the words of the checklist that it answers (``nominations.checklist``).

    For the whole file, or for one nomination; a paper written here, a file, or, without both, the reason why it is not needed.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="pieces")
    nomination = models.ForeignKey(
        Nomination, models.CASCADE, verbose_name="của đề nghị", null=True, blank=True, related_name="pieces"
    )
    line = models.CharField("thành phần hồ sơ", max_length=300)
    asked_by = models.ForeignKey(
        Statement, models.PROTECT, verbose_name="theo quy định", null=True, blank=True, related_name="+"
    )
    paper = models.ForeignKey(Document, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="+")
    upload = models.OneToOneField(
        Upload, models.PROTECT, verbose_name="tệp", null=True, blank=True, related_name="dossier_piece"
    )
    not_needed = models.CharField("không cần vì", max_length=300, blank=True)

    class Meta:
        verbose_name = "thành phần hồ sơ"
        verbose_name_plural = "thành phần hồ sơ"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | Q(upload__isnull=False) | ~Q(not_needed=""),
                name="piece_is_something",
            )
        ]

    def __str__(self):
        return self.line


def _seen_by(user):
    seen = Dossier.objects.visible_to(user).order_by().values("pk")
    return Piece.objects.filter(dossier__in=seen).exclude(upload=None).order_by().values("upload")


AWARDS.files.append(_seen_by)
