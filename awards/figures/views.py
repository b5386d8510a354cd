"""The statistical forms and yearly tables on awards: pages, Excel, PDF."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from documents.figures.papers import scope_words
from documents.figures.views import exported

from ..catalogue.book import catalogue
from .figures import figures
from .layouts import About

FIRST_YEAR = 2000


def this_year_figures(request):
    """The form on awards of the State of this year."""
    return redirect("award_figures", timezone.localdate().year, About.STATE)


def award_figures(request, year, about):
    """A form or table of a year; ``?xuat=xlsx`` and ``?xuat=pdf`` give it as it is sent."""
    this_year = year_or_404(year)
    if about not in About.values:
        raise Http404
    found = figures(request.user, year, about)
    if file := exported(request, found, f"khen-thuong-{found.layout.number.partition('.')[0]}-{year}"):
        return file
    known, day = catalogue(), timezone.localdate().replace(year=year, month=12, day=31)
    context = {
        "figures": found,
        "left_out": [(known.name_on(row.code, day), number) for row, number in found.left_out],
        "year": year,
        "about": about,
        "scope": scope_words(request.user),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year <= this_year else None,
        "area": "award_figures",
        "tab": about,
    }
    return render(request, "awards/figures/figures.html", context)


def year_or_404(year) -> int:
    """This year; raises ``Http404`` where ``year`` is out of reach."""
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= year <= this_year + 1:
        raise Http404
    return this_year
