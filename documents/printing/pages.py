"""From a row of the register to pages: the one way for preview, download and bulk printing."""

from django.utils import timezone

from .. import typesetting
from ..citations.rules import resolver
from ..papers.models import DocumentType, IssuedCopy
from ..source import source
from ..source.paper import Fault, PaperRefused
from ..typesetting.apart import LIMIT, Busy, NotSet
from ..typesetting.following import follow
from ..typesetting.pdf import PackagesMissing

PREVIEW_DPI = 110
# Thirty pages are some 2 MB; who writes more sees the rest in the PDF.
PREVIEW_PAGES = 30


def faults_of(document, appendices) -> list[Fault]:
    """What is wrong with a draft's words, told by the rules of the source file."""
    return source.check(document.as_paper(appendices), DocumentType.objects.catalogue())


def pdf_of(document, *, user, appendices=None):
    """``(PDF bytes, ())``, or ``(None, faults)`` where the words cannot be set. Citations show what ``user`` may see.

    A paper that was issued is never set again: its bytes are those that were kept.
    """
    if document.is_ours and document.is_frozen:
        return bytes(IssuedCopy.objects.values_list("content", flat=True).get(document=document)), ()
    return set_pages(document, user=user, appendices=appendices)


def reader_of(document, user):
    """As whom the citations of ``document`` are read: its author, where ``user`` is of the body that it was presented to.

    What a paper cites is printed on it for everybody; those who decide must see the pages that were agreed to.
    """
    return user if document.author is None or document.is_of(user) else document.author


def set_pages(document, *, user, appendices=None, limit=LIMIT, fillable=False):
    """As ``pdf_of``, set anew from the words; where that takes more than ``limit`` seconds, that is a fault.

    ``fillable``: for pages that are signed before they have a number (``typeset``).
    """
    facts = {"user": user, "appendices": appendices, "fillable": fillable}
    return _made(document, lambda html: typesetting.to_pdf(html, limit=limit), **facts)


def follow_pages(document, *, user, appendices, known, first, limit):
    """What ``documents.typesetting.following.follow`` gives of the words as typed, and no faults; else None and the faults.

    ``known``: keys of pages that the reader has already; ``first``: from which page a long paper is drawn; ``limit``: seconds.
    """
    shown = {"known": known, "first": first, "dpi": PREVIEW_DPI, "most": PREVIEW_PAGES, "limit": limit}
    return _made(document, lambda html: follow(html, **shown), user=user, appendices=appendices)


def _made(document, make, *, user, appendices, fillable=False):
    """``(make(HTML), ())`` of the pages of ``document``, or ``(None, faults)``."""
    paper = document.as_paper(appendices)
    # An undated draft is judged as of the day it was begun, so that it prints the same tomorrow.
    today = timezone.localdate(document.created_at) if document.created_at else timezone.localdate()
    try:
        cite = resolver(reader_of(document, user), paper)
        types = DocumentType.objects.catalogue()
        return make(typesetting.typeset(paper, types, cite=cite, today=today, fillable=fillable)), ()
    except PaperRefused as refused:
        return None, refused.faults
    except (PackagesMissing, NotSet) as why:
        return None, (Fault(str(why), passes=isinstance(why, Busy)),)
