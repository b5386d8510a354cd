"""The papers of a file, written and read; its checklist, answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from documents.models import Document
from documents.printing.showing import shown
from documents.steps.accepting import accepted, attempted
from units.pages import form_page

from . import pieces
from .checklist import checklist_of
from .forms import PieceForm
from .line_views import find_line
from .models import OF_DOSSIER, OF_NOMINATION, Dossier, Paper, Piece
from .papers import draft_for, draft_report
from .reading import papers_in
from .views import FRAME, find

PAPERS = {"to-trinh": Paper.SUBMISSION, "bien-ban": Paper.MINUTES, "ket-qua": Paper.RESULT}


@require_POST
def write_paper(request, pk, name):
    """Have one of its papers drafted."""
    found = find(request, pk)
    if name not in PAPERS:
        raise Http404
    return redirect(attempted(request, lambda: draft_for(found, PAPERS[name], by=request.user)) or found)


@require_POST
def write_report(request, pk):
    """Have the report of a nomination drafted."""
    row = find_line(request, pk)
    return redirect(attempted(request, lambda: draft_report(row, by=request.user)) or row)


def read_paper(request, pk, paper):
    """A paper of a file as PDF, for whoever sees the file."""
    found = find(request, pk)
    return shown(request, get_object_or_404(papers_in(found), pk=paper), found)


# --- Its checklist


def answer_line(request, pk):
    """Answer one line of the checklist; ``?dong=`` says which, ``?de-nghi=`` of which nomination."""
    found = find(request, pk)
    if not pieces.may_add(found, request.user):
        raise PermissionDenied("Thành phần hồ sơ do đơn vị đề nghị thêm khi hồ sơ đang soạn, đang bổ sung.")
    words = request.GET.get("dong", "")
    if words not in {line.words for line in checklist_of(found)}:
        raise Http404
    form = PieceForm(request.POST or None, request.FILES or None, papers=_papers_for(found, request.user))
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("files", "paper", "not_needed")}
        if accepted(form, lambda: pieces.answer(found, words, by=request.user, **typed)):
            messages.success(request, f"Đã thêm vào hồ sơ: {words}.")
            return redirect(found)
    return form_page(request, form, words, up=found, back=found, sub=found.name, **FRAME)


def _papers_for(dossier, user):
    """The papers written here that a line of the checklist may be answered with."""
    reports = OF_NOMINATION.of(*dossier.nominations.values_list("pk", flat=True)).values("pk")
    own = OF_DOSSIER.of(dossier.pk).values("pk")
    return Document.objects.open_to(user).filter(Q(pk__in=own) | Q(pk__in=reports)).select_related("type")


@require_POST
def take_out_answer(request, pk):
    """Take an answer to the checklist out."""
    rows = Piece.objects.filter(dossier__in=Dossier.objects.visible_to(request.user).order_by().values("pk"))
    row = get_object_or_404(rows.select_related("dossier__unit", "upload"), pk=pk)
    attempted(request, lambda: pieces.take_out(row, by=request.user))
    return redirect(row.dossier)


urlpatterns = [
    path("khen-thuong/ho-so/<int:pk>/thanh-phan/", answer_line, name="answer_line"),
    path("khen-thuong/ho-so/thanh-phan/<int:pk>/bo/", take_out_answer, name="take_out_answer"),
    path("khen-thuong/ho-so/<int:pk>/soan/<slug:name>/", write_paper, name="write_dossier_paper"),
    path("khen-thuong/ho-so/<int:pk>/van-ban/<int:paper>/", read_paper, name="read_dossier_paper"),
    path("khen-thuong/de-nghi/<int:pk>/bao-cao/", write_report, name="write_report_of_merits"),
]
