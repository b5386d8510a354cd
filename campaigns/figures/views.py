"""The statistical form on campaigns: page, Excel, PDF."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from documents.figures.papers import scope_words
from documents.figures.views import exported

from .figures import figures

FIRST_YEAR = 2000


def campaign_figures(request, year=None):
    """The form of a year; ``?xuat=xlsx`` and ``?xuat=pdf`` give it as it is sent."""
    this_year = timezone.localdate().year
    year = this_year if year is None else year
    if not FIRST_YEAR <= year <= this_year + 1:
        raise Http404
    found = figures(request.user, year)
    if file := exported(request, found, f"so-phong-trao-{year}"):
        return file
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
