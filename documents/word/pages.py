"""From a row of the register to a Word document, as ``printing.pages`` makes its PDF."""

from django.utils import timezone

from ..citations.rules import resolver
from ..papers.models import DocumentType
from ..printing.pages import reader_of
from ..source.paper import PaperRefused
from .writing import to_docx

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(document, *, user, appendices=None):
    """``(bytes of a .docx, ())``, or ``(None, faults)`` where the words cannot be set. Citations show what ``user`` may see.

    Of a paper that was issued too: what holds is its PDF, this is for going on with its words.
    """
    paper = document.as_paper(appendices)
    # As its pages are judged: an undated draft as of the day it was begun.
    today = timezone.localdate(document.created_at) if document.created_at else timezone.localdate()
    try:
        cite = resolver(reader_of(document, user), paper)
        return to_docx(paper, DocumentType.objects.catalogue(), cite=cite, today=today), ()
    except PaperRefused as refused:
        return None, refused.faults
