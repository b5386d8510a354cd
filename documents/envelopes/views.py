"""What goes out with a paper on paper: envelopes, labels, receipts; and the paper itself on both sides."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from units.permissions import writers_only

from ..jobs.jobs import file_name
from ..papers.models import DocumentType
from ..printing.pages import pdf_of
from ..printing.showing import inline, made_pdf
from ..printing.views import back_with, find
from .actions import made, post, print_long
from .duplex import both_sides
from .envelopes import MOST_AT_ONCE
from .forms import PrintForm
from .models import Size
from .rules import may_send, others_of, receivers_of, units_of


@writers_only
def page(request, pk):
    """Who gets envelopes, labels, receipts; printed by the button, and kept for the next time."""
    document = find(request, pk)
    if not may_send(document, request.user):
        raise Http404
    units, last = units_of(document), document.postings.select_related("by").first()
    form = PrintForm(request.POST or None, initial=_first(document, units, last), units=units)
    if request.method == "POST" and form.is_valid():
        return _print(document, form.cleaned_data, request.user)
    lacking = [unit for unit in units if not unit.address]
    context = {"document": document, "form": form, "lacking": lacking, "last": last, "area": "documents"}
    return render(request, "documents/envelopes/page.html", context, status=422 if form.errors else 200)


def _first(document, units, last) -> dict:
    """What the form begins with: what was printed last, else everybody who gets the paper."""
    if last is not None:
        return {
            "what": last.what,
            "size": last.size or Size.DL,
            "units": [*map(str, last.units)],
            "others": last.others,
        }
    return {"units": [str(unit.pk) for unit in units], "others": "\n".join(others_of(document, units))}


def _print(document, typed, user):
    """To the pages, or to the worker that makes them where they are many."""
    facts = {name: typed[name] for name in ("what", "size", "skipped", "units", "others")}
    row = post(document, by=user, **facts)
    if typed["many"] > MOST_AT_ONCE:
        return redirect(print_long(row, by=user))
    return redirect("envelope_pages", document.pk, row.pk)


@writers_only
def pages(request, pk, key):
    """The pages of one printing: opened again, they are the same and nothing is kept twice."""
    document = find(request, pk)
    if not may_send(document, request.user):
        raise Http404
    row = get_object_or_404(document.postings, pk=key)
    receivers = receivers_of(row)
    if len(receivers) > MOST_AT_ONCE:
        raise Http404
    return made_pdf(
        request,
        lambda: made(row, receivers, row.skipped),
        f"{row.what}-{file_name(document)}",
        "envelopes",
        document.pk,
    )


def duplex(request, pk):
    """The paper with its appendices for a printer that prints on both sides."""
    document = find(request, pk)
    content, faults = pdf_of(document, user=request.user)
    if faults:
        return back_with(request, document, faults)
    named = DocumentType.objects.filter(form=DocumentType.Form.NAMED)
    names = {name.upper() for name in named.values_list("name", flat=True)}
    return inline(both_sides(content, names), f"{file_name(document)}-hai-mat")
