"""PDF answered to be read in the browser; where it cannot be set now, the page that it was asked for from says why."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from ..source.paper import PaperRefused
from ..typesetting.apart import NotSet
from ..typesetting.pdf import PackagesMissing
from .pages import pdf_of


def inline(content: bytes, name: str, *, how: str = "inline") -> HttpResponse:
    """``content``, a PDF, shown in the browser; stored by the name ``name``, without its ending.

    ``how``: ``attachment`` where it is stored at once (``asked_way``).
    """
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{how}; filename="{name}.pdf"'
    return response


def asked_way(request) -> str:
    """How a PDF is answered that is stored unless ``?xem=1`` asks to read it."""
    return "inline" if request.GET.get("xem") else "attachment"


def shown(request, document, back) -> HttpResponse:
    """The pages of ``document``, which the caller found to be this person's to read; back with a message where it has none."""
    content, faults = pdf_of(document, user=request.user)
    if faults:
        messages.error(request, f"{document.name} chưa soạn xong nên chưa xem được. Hãy hỏi {document.unit}.")
        return redirect(back)
    return inline(content, str(document.pk))


def made_pdf(request, make: Callable[[], bytes], name: str, back, *keys, how: str = "inline") -> HttpResponse:
    """The PDF that ``make()`` gives, as ``inline`` answers it; to ``back``, as ``redirect`` takes it, where it cannot."""
    try:
        return inline(make(), name, how=how)
    except (NotSet, PackagesMissing, PaperRefused) as why:
        messages.error(request, str(why))
        return redirect(back, *keys)
