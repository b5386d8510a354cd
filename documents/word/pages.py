"""From a row of the register to a Word document, as ``printing.pages`` makes its PDF."""

from itertools import product

from django.utils import timezone

from ..citations.rules import resolver
from ..papers.models import DocumentType
from ..printing.pages import reader_of
from ..source.markdown import CITE
from ..source.paper import Fault, PaperRefused, all_text
from ..typesetting import apart
from .writing import to_docx

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(document, *, user, appendices=None):
    """``(bytes of a .docx, ())``, or ``(None, faults)`` where the words cannot be set. Citations show what ``user`` may see.

    Of a paper that was issued too: what holds is its PDF, this is for going on with its words. Made in the process beside the
    server (``typesetting.apart``): a list of 5,000 rows takes it seconds.
    """
    paper = document.as_paper(appendices)
    # As its pages are judged: an undated draft as of the day it was begun.
    today = timezone.localdate(document.created_at) if document.created_at else timezone.localdate()
    cite = resolver(reader_of(document, user), paper)
    keys = set(CITE.findall(all_text(paper)))
    cited = {(key, first): cite(key, first) for key, first in product(keys, (True, False))}
    try:
        return apart.call(_made, paper, DocumentType.objects.catalogue(), cited, today), ()
    except PaperRefused as refused:
        return None, refused.faults
    except apart.NotSet as why:
        return None, (Fault(str(why)),)


def _made(paper, types, cited, today) -> bytes:
    """As ``docx_of``, in this process. ``cited``: {(key, in full?): citation}."""
    return to_docx(paper, types, lambda key, first: cited.get((key, first)), today)
