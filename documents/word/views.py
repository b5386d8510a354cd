"""The desk's pages for a draft out of a Word file: sent in, looked at field by field, made a draft."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from units.pages import form_page
from units.permissions import writers_only
from units.templatetags.parts import to

from ..jobs.models import Worker
from ..papers.models import DocumentType
from ..papers.rules import issuers_for
from ..printing.pages import set_pages
from ..printing.views import PREVIEW_LIMIT, show_sheets
from ..steps.accepting import accepted, attempted
from . import actions
from .drafting import draft_of, issuer_in, type_in
from .forms import MOST_ASKED, ChangesForm, DraftForm, WordUploadForm
from .models import WordFile
from .reading.keeping import reading_of
from .showing import shown, summary


@writers_only
def upload(request):
    """A Word file is sent in and read; its page follows."""
    form = WordUploadForm(request.POST or None, request.FILES or None)
    taken = []
    if request.method == "POST" and form.is_valid():
        act = lambda: taken.append(actions.take(form.cleaned_data["file"], by=request.user))  # noqa: E731
        if accepted(form, act):
            return redirect(taken[0])
    told = {"up": to("Soạn văn bản", "choose_type"), "save": "Đọc tệp", "icon": "upload", "area": "documents"}
    return form_page(request, form, "Soạn từ tệp Word", **told)


def _find(request, pk) -> WordFile:
    """A file that this person sent, else 404."""
    return get_object_or_404(WordFile.objects.visible_to(request.user).select_related("job"), pk=pk)


@writers_only
def word_file(request, pk):
    """What was recognised, what was not, and the way to a draft."""
    row = _find(request, pk)
    if row.found is None:
        return _waiting(request, row)
    reading = reading_of(row.found)
    form = DraftForm(request.POST or None, user=request.user, initial=_guessed(reading, request.user))
    made = []
    if request.method == "POST" and form.is_valid():
        act = lambda: made.append(actions.make_draft(row, by=request.user, **form.cleaned_data))  # noqa: E731
        if accepted(form, act):
            return _after_drafting(request, *made[0])
    return _show(request, row, reading, form)


def _waiting(request, row):
    """The page while a worker reads, or where it could not."""
    no_worker = bool(row.job) and not row.job.is_finished and not Worker.alive().exists()
    context = {"row": row, "job": row.job, "no_worker": no_worker, "area": "documents"}
    return render(request, "documents/word/waiting.html", context)


def _show(request, row, reading, form):
    changes = ChangesForm(initial={"way": row.way, "accepted": row.accepted}, changes=reading.changes)
    fields = shown(reading, DocumentType.objects.catalogue())
    context = {
        "row": row,
        "reading": reading,
        "fields": fields,
        "summary": summary(fields, reading),
        "is_of_others": bool(reading.paper.issuer) and not issuer_in(reading.paper, issuers_for(request.user)),
        "form": form,
        "changes": list(enumerate(reading.changes[:MOST_ASKED])),
        "changes_form": changes,
        "area": "documents",
    }
    return render(request, "documents/word/word_file.html", context, status=422 if form.errors else 200)


def _guessed(reading, user) -> dict:
    """Type and body as the file names them; the own unit where it names none that this person drafts for."""
    issuers = list(issuers_for(user))
    own = next((unit for unit in issuers if unit.pk == user.unit_id), issuers[0] if issuers else None)
    return {"type": type_in(reading.paper), "issuer": issuer_in(reading.paper, issuers) or own}


def _after_drafting(request, document, told):
    for words in told:
        messages.warning(request, words)
    messages.success(request, "Đã lập dự thảo từ tệp Word. Hãy đọc lại trước khi trình.")
    return redirect(document)


@require_POST
@writers_only
def word_changes(request, pk):
    """What becomes of tracked changes; the file is read again."""
    row = _find(request, pk)
    changes = reading_of(row.found).changes if row.found else []
    form = ChangesForm(request.POST, changes=changes)
    if form.is_valid():
        attempted(request, lambda: actions.answer(row, **form.cleaned_data))
    return redirect(row)


@require_POST
@writers_only
def word_drop(request, pk):
    """Forget a file without making a draft of it."""
    row = _find(request, pk)
    actions.drop(row)
    messages.success(request, f"Đã bỏ tệp «{row.name}».")
    return redirect("choose_type")


@writers_only
def word_pages(request, pk):
    """The true pages of the draft that would be made, as pictures; or what they still lack."""
    row = _find(request, pk)
    reading = reading_of(row.found) if row.found else None
    guessed = _guessed(reading, request.user) if reading else {}
    if not guessed.get("type") or not guessed["issuer"]:
        told = [{"message": "Chưa rõ loại văn bản: chọn loại ở ô «Loại văn bản», lập dự thảo rồi xem trang."}]
        return render(request, "documents/papers/_faults.html", {"faults": told, "only_missing": True})
    draft, appendices, _ = draft_of(reading, by=request.user, **guessed)
    pdf, faults = set_pages(draft, user=request.user, appendices=appendices, limit=PREVIEW_LIMIT)
    if pdf:
        return show_sheets(request, pdf)
    told = [{"message": fault.message, "name": "", "label": "", "line": None} for fault in faults]
    return render(request, "documents/papers/_faults.html", {"faults": told, "only_missing": False})
