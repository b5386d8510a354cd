"""The structure of awards of a year: page and Excel."""

from django.shortcuts import render

from documents.figures.papers import scope_words
from units.excel_out import excel, heading_for
from units.filters import words_of
from units.permissions import may_oversee

from ..catalogue.models import AwardType
from .figures import awards_for
from .filters import StructureFilter
from .structure import structure

# What is shown before anything was chosen: titles of units are so many that nothing else would be seen beside them.
FIRST_LOOK = {"cap": AwardType.Level.PROVINCE}
COLUMNS = [
    ("Phân theo", lambda row: row[0]),
    ("Nhóm", lambda row: row[1].words),
    ("Số lượng", lambda row: row[1].number),
    ("Trong tổng số", lambda row: row[1].whole),
    ("Tỷ lệ (%)", lambda row: row[1].percent),
]


def award_structure(request):
    """Shares of leaders, women, ethnic groups, by field of work, cluster and unit, and the years up to the one chosen."""
    asked = request.GET
    filtered = bool(set(asked) - {"xuat"})
    filterset = StructureFilter(asked if filtered else FIRST_LOOK, queryset=awards_for(request.user), request=request)
    year = filterset.year
    found = structure(request.user, filterset.qs, year)
    if request.GET.get("xuat") == "xlsx":
        heading = heading_for(request.user, f"Cơ cấu khen thưởng năm {year}", *words_of(filterset.form))
        return excel(f"co-cau-khen-thuong-{year}", COLUMNS, _rows(found), heading)
    context = {
        "filter": filterset,
        "filtered": filtered,
        "found": found,
        "year": year,
        "scope": scope_words(request.user),
        "area": "award_figures",
        "tab": "structure",
        "oversees": may_oversee(request.user),
    }
    return render(request, "awards/figures/structure.html", context)


def _rows(found):
    """Every answer to every question, then the years."""
    for part in found.parts:
        yield from ((part.title, share) for share in part.shares)
    for year in found.years:
        yield from ((f"Năm {year.year}", share) for share in (year.leaders, year.women))
