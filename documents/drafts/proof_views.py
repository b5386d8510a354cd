"""What is against the rules in a draft as it is typed right now: the list beside its pages."""

from dataclasses import replace

from django.shortcuts import render
from django.views.decorators.http import require_POST

from units.permissions import writers_only

from ..printing.pages import reader_of
from ..printing.views import find
from ..proofing.known import findings_of
from ..proofing.showing import box
from .sheet import Sheet
from .views import begun


@require_POST
@writers_only
def proof(request):
    """The findings in what is typed; nothing is stored."""
    key = request.POST.get("pk", "")
    found = find(request, int(key)) if key.isdecimal() else begun(request)
    sheet = Sheet(request.user, found, request.POST)
    sheet.form.is_valid()
    sheet.appendices.is_valid()
    draft, parts = sheet.form.draft(), sheet.appendices.parts()
    # Moved and crossed out, the second appendix need not be the second of the form.
    prefixes = [form.prefix for form in sheet.appendices.kept()]
    findings = findings_of(draft, user=reader_of(found, request.user), appendices=parts)
    findings = [replace(finding, prefixes=tuple(prefixes)) for finding in findings]
    return render(request, "documents/proofing/_box.html", box(findings))
