"""What is read of a file by those whom it was sent to: its papers and the answers to its checklist.

A paper of the file is open to its unit alone until it is delivered; whoever sees the file reads what was issued or put into it.
"""

from django.db.models import Q

from documents.models import Document

from .models import OF_DOSSIER, OF_NOMINATION, Dossier, Nomination, Paper, Piece

# What the unit wrote; what it was told is delivered to it.
_OWN = (Paper.SUBMISSION, Paper.MINUTES)


def pieces_of(row: Nomination):
    """What goes with a nomination: its own, and what is there for the whole file."""
    rows = Piece.objects.filter(Q(nomination=row) | Q(nomination=None), dossier=row.dossier_id)
    return rows.select_related("upload", "paper__type")


def papers_of(row: Nomination):
    """The papers written here that go with a nomination: its report, submission and minutes of the unit once they are issued,
    and those with which the checklist of the file was answered.
    """
    return _readable(OF_NOMINATION.of(row.pk), row.dossier_id, pieces_of(row))


def papers_in(dossier: Dossier):
    """The same of a whole file, with the reports of all its nominations."""
    keys = dossier.nominations.order_by().values_list("pk", flat=True)
    return _readable(OF_NOMINATION.of(*keys), dossier.pk, Piece.objects.filter(dossier=dossier))


def _readable(reports, dossier, pieces):
    told = [f"{name}-{dossier}" for name in _OWN]
    of_file = OF_DOSSIER.of(dossier).filter(area_key__in=told)
    is_issued = Q(state=Document.State.ISSUED)
    written = Q(pk__in=reports.order_by().values("pk")) | Q(pk__in=of_file.order_by().values("pk"))
    answers = pieces.exclude(paper=None).order_by().values("paper")
    rows = Document.objects.filter(is_issued & written | Q(pk__in=answers))
    return rows.exclude(state=Document.State.DISCARDED).select_related("type", "unit").order_by("pk")
