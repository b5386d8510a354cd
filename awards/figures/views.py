"""The statistical forms and yearly tables on awards: pages, Excel, PDF."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from documents.figures.papers import scope_words
from documents.figures.views import exported
from documents.steps.accepting import accepted
from units.permissions import managers_only, may_manage, may_oversee

from ..catalogue.book import catalogue
from .actions import fill_in, lacking
from .figures import figures
from .forms import LackForm
from .layouts import About

FIRST_YEAR = 2000


def this_year_figures(request):
    """The form on awards of the State of this year."""
    return redirect("award_figures", timezone.localdate().year, About.STATE)


def award_figures(request, year, about):
    """A form or table of a year; ``?xuat=xlsx`` and ``?xuat=pdf`` give it as it is sent."""
    this_year = year_or_404(year, about)
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
        "may_manage": may_manage(request.user),
        "oversees": may_oversee(request.user),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year <= this_year else None,
        "area": "award_figures",
        "tab": about,
    }
    return render(request, "awards/figures/figures.html", context)


@managers_only
def award_lacks(request, year, about):
    """What awards of a year do not say though the form asks for it, each with a field to fill in."""
    year_or_404(year, about)
    known = catalogue()
    asked = [*lacking(request.user, year, about), lambda award: known.name_on(award.type.code, award.decided_on)]
    form = LackForm(*asked, request.POST or None)
    if request.method == "POST" and form.is_valid():
        stored = []
        if accepted(form, lambda: stored.append(fill_in(**form.found(), by=request.user))):
            messages.success(request, f"Đã ghi bổ sung {stored[0]} dòng." if stored[0] else "Chưa chọn dòng nào.")
            return redirect("award_figures", year, about)
    context = {"form": form, "year": year, "about": about, "area": "award_figures"}
    return render(request, "awards/figures/lacks.html", context)


def year_or_404(year, about) -> int:
    """This year; raises ``Http404`` where ``year`` is out of reach or there is nothing ``about`` it."""
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= year <= this_year + 1 or about not in About.values:
        raise Http404
    return this_year
