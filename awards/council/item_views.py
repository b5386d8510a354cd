"""One nomination as the council reads it, from the agenda and from the ballot; the papers of its file."""

from django.shortcuts import get_object_or_404, render

from documents.printing.showing import shown

from ..nominations.reading import papers_of, pieces_of
from . import reading
from .agenda_views import shown_result
from .views import frame


def find_item(request, pk):
    """An item of a meeting that this person may see; else 404."""
    rows = reading.items_for(request.user).select_related(
        "meeting__council", "nomination__type", "nomination__dossier__unit", "nomination__unit",
        "nomination__recipient__unit", "nomination__recipient__merged_into",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def item(request, pk):
    """One nomination: who, for what, why; what is in its file; each condition with its facts; what others said; the result."""
    found = find_item(request, pk)
    row = found.nomination
    context = frame(request, found.meeting, "agenda") | {
        "item": found,
        "row": row,
        "result": shown_result(found),
        "answer": reading.judgement_of(found),
        "papers": papers_of(row),
        "pieces": pieces_of(row).filter(paper=None),
        "opinions": reading.opinions_of(row),
    }
    return render(request, "awards/council/item.html", context)


def item_paper(request, pk, paper):
    """A paper of the file as PDF, to be read in the browser."""
    found = find_item(request, pk)
    return shown(request, get_object_or_404(papers_of(found.nomination), pk=paper), found)
