"""What goes out with a paper on paper: envelopes, labels, receipts; and the paper itself on both sides."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from units.permissions import writers_only

from ..jobs.jobs import file_name
from ..papers.models import DocumentType
from ..printing.pages import pdf_of
from ..printing.showing import inline, made_pdf
from ..printing.views import find
from . import envelopes
from .duplex import both_sides
from .envelopes import Size, What
from .forms import PrintForm
from .rules import may_send, others_of, sender_of, units_of


@writers_only
def page(request, pk):
    """Who gets envelopes, labels, receipts; printed by the button."""
    document = find(request, pk)
    if not may_send(document, request.user):
        raise Http404
    units = units_of(document)
    first = {"units": [str(unit.pk) for unit in units], "others": "\n".join(others_of(document, units))}
    form = PrintForm(request.POST or None, initial=first, units=units)
    if request.method == "POST" and form.is_valid():
        name = f"{form.cleaned_data['what']}-{file_name(document)}"
        return made_pdf(request, lambda: _made(document, form.cleaned_data), name, "envelopes", pk)
    lacking = [unit for unit in units if not unit.address]
    context = {"document": document, "form": form, "lacking": lacking, "area": "documents"}
    return render(request, "documents/envelopes/page.html", context, status=422 if form.errors else 200)


def _made(document, typed) -> bytes:
    sender, receivers = sender_of(document), typed["receivers"]
    if typed["what"] == What.ENVELOPES:
        return envelopes.envelopes(sender, receivers, Size(typed["size"] or Size.DL))
    make = {What.LABELS: envelopes.address_labels, What.SLIPS: envelopes.slips}[typed["what"]]
    return make(sender, receivers)


def duplex(request, pk):
    """The paper with its appendices for a printer that prints on both sides."""
    document = find(request, pk)
    content, faults = pdf_of(document, user=request.user)
    if faults:
        for fault in faults:
            messages.error(request, fault.message)
        return redirect(document)
    named = DocumentType.objects.filter(form=DocumentType.Form.NAMED)
    names = {name.upper() for name in named.values_list("name", flat=True)}
    return inline(both_sides(content, names), f"{file_name(document)}-hai-mat")
