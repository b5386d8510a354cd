"""The statistical form on campaigns: page, Excel, PDF."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from documents.typesetting.pdf import PackagesMissing
from units.excel_out import EXCEL

from .excel import workbook
from .figures import figures, scope_words
from .papers import pdf

FIRST_YEAR = 2000


def campaign_figures(request, year=None):
    """The form of a year; ``?xuat=xlsx`` and ``?xuat=pdf`` give it as it is sent."""
    this_year = timezone.localdate().year
    year = this_year if year is None else year
    if not FIRST_YEAR <= year <= this_year + 1:
        raise Http404
    found = figures(request.user, year)
    if request.GET.get("xuat") == "xlsx":
        return _file(workbook(found, request.user), EXCEL, f"so-phong-trao-{year}.xlsx")
    if request.GET.get("xuat") == "pdf":
        return _print(request, found)
    context = {
        "figures": found,
        "year": year,
        "scope": scope_words(request.user),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year <= this_year else None,
        "area": "campaigns",
        "tab": "figures",
    }
    return render(request, "campaigns/figures/figures.html", context)


def _print(request, found):
    """The form on paper."""
    try:
        return _file(pdf(found, request.user), "application/pdf", f"so-phong-trao-{found.year}.pdf")
    except PackagesMissing as missing:
        messages.error(request, str(missing))
        return redirect("campaign_figures", found.year)


def _file(content, kind, name):
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
