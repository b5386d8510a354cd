"""PDF answered to be read in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from .pages import pdf_of


def inline(content: bytes, name: str) -> HttpResponse:
    """``content``, a PDF, shown in the browser; stored by the name ``name``, without its ending."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def shown(request, document, back) -> HttpResponse:
    """The pages of ``document``, which the caller found to be this person's to read; back with a message where it has none."""
    content, faults = pdf_of(document, user=request.user)
    if faults:
        messages.error(request, f"{document.name} chưa soạn xong nên chưa xem được. Hãy hỏi {document.unit}.")
        return redirect(back)
    return inline(content, str(document.pk))
