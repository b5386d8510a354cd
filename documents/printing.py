"""From a row of the register to pages: the one way for preview, download and bulk printing."""

from django.utils import timezone

from . import typesetting
from .citations import resolver
from .models import DocumentType
from .paper import Fault, PaperRefused
from .typesetting.pdf import PackagesMissing


def pdf_of(document, *, user, appendices=None):
    """``(PDF bytes, [])``, or ``(None, faults)`` where the words cannot be set. Citations show what ``user`` may see."""
    paper = document.as_paper(appendices)
    # An undated draft is judged as of the day it was begun, so that it prints the same tomorrow.
    today = timezone.localdate(document.created_at) if document.created_at else timezone.localdate()
    try:
        html = typesetting.typeset(paper, DocumentType.objects.catalogue(), cite=resolver(user, paper), today=today)
        return typesetting.to_pdf(html), ()
    except PaperRefused as refused:
        return None, refused.faults
    except PackagesMissing as missing:
        return None, (Fault(str(missing)),)
