"""The papers of a conference: which there are, which can be written now."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from documents.steps.accepting import attempted

from . import papers
from .actions import KEEPING
from .models import Paper
from .page import find, frame


def conference_papers(request, pk):
    """Each paper of a conference: the one there is, or its button."""
    found = find(request, pk)
    there, keeps = papers.papers_of(found, request.user), KEEPING.may(found, request.user)
    now = dict(papers.to_draft(found)) if keeps else {}
    rows = [
        {"name": paper.value, "label": writer.label, "paper": there.pop(paper.value, None), "may": paper.value in now}
        for paper, writer in papers.in_order()
    ]
    shown = {"rows": [row for row in rows if row["paper"] or keeps], "others": there.values(), "keeps": keeps}
    shown["elsewhere"] = [tell(found) for tell in papers.ELSEWHERE] if keeps else ()
    return render(request, "conferences/events/papers.html", frame(request, found, "papers") | shown)


@require_POST
def write_paper(request, pk, name):
    """Have a paper drafted."""
    found = find(request, pk)
    if name not in papers.WRITERS:
        raise Http404
    if not KEEPING.may(found, request.user):
        raise PermissionDenied(f"Văn bản của hội nghị này do {KEEPING.words(found)} soạn.")
    made = attempted(request, lambda: papers.draft(found, Paper(name), by=request.user))
    return redirect(made) if made else redirect("conference_papers", pk)


urlpatterns = [
    path("hoi-nghi/<int:pk>/van-ban/", conference_papers, name="conference_papers"),
    path("hoi-nghi/<int:pk>/van-ban/<slug:name>/", write_paper, name="write_conference_paper"),
]
