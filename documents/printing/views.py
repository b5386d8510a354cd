"""What several pages share: finding a paper within what a person may see, showing its pages or what is wrong with it."""

import base64

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from ..papers.models import Document
from ..proofing.known import findings_of
from ..proofing.rule import Finding
from ..typesetting.pictures import page_count, pictures
from .pages import PREVIEW_DPI, PREVIEW_PAGES, reader_of

# Seconds; what takes longer is seen in the PDF.
PREVIEW_LIMIT = 10


def find(request, pk) -> Document:
    """A paper that this person may see, else 404: a stranger's paper does not exist."""
    papers = Document.objects.open_to(request.user).with_names().prefetch_related("appendices")
    return get_object_or_404(papers.select_related("signer__official", "author__unit"), pk=pk)


def to_look_at(document, user) -> list[Finding]:
    """What in a paper is against the rules of its day, before it goes on: errors keep it from being approved."""
    return findings_of(document, user=reader_of(document, user))


def show_faults(request, form, faults):
    """What keeps the pages from being drawn; calmly, where the writer has only not come to it yet."""
    told = [form.tell(fault) for fault in faults]
    context = {"faults": told, "only_missing": all(fault["missing"] for fault in told)}
    return render(request, "documents/papers/_faults.html", context)


def back_with(request, document, faults):
    """To the page of a paper that was asked for as a file and cannot be made, with what keeps it from that."""
    for fault in faults:
        messages.error(request, fault.message)
    return redirect(document)


def show_sheets(request, pdf):
    """The first pages as pictures inside the answer: nothing to store, nothing for another person to fetch."""
    pngs, total = pictures(pdf, dpi=PREVIEW_DPI, most=PREVIEW_PAGES), page_count(pdf)
    pages = ["data:image/png;base64," + base64.b64encode(png).decode() for png in pngs]
    return render(request, "documents/papers/_sheets.html", {"pages": pages, "total": total})
