"""The desk's pages on which the body signs copies of a paper, and texts that go with it in other files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from units.permissions import writers_only

from ..printing.views import find
from ..signing.files import sources
from ..signing.marking import CopyForm
from ..steps.accepting import accepted
from ..uploads import own_name
from . import marking
from .marking_forms import AttachForm, CopyToSignForm


@writers_only
def attach_page(request, pk):
    """Sign and keep what goes with an issued paper in other files."""
    document = find(request, pk)
    if not marking.may_attach_apart(document, request.user):
        raise Http404
    form = AttachForm(request.POST or None, request.FILES or None, user=request.user)

    def act():
        files = [(own_name(file.name), _read(file)) for file in form.cleaned_data["files"]]
        with form.signer() as key:
            kept = marking.attach(document, files, key, by=request.user)
        messages.success(request, f"Đã ký số và gắn {len(kept)} tệp kèm theo.")

    if request.method == "POST" and form.is_valid() and accepted(form, act):
        return redirect(document)
    return _page(request, document, form, "Ký số tệp kèm theo", "attach_apart")


@writers_only
def copy_page(request, pk):
    """Sign and keep a copy of a paper."""
    document = find(request, pk)
    if not marking.may_mark(document, request.user):
        raise Http404
    form = CopyToSignForm(request.POST or None, request.FILES or None, user=request.user, sources=sources(document))

    def act():
        name, content = form.content()
        how = CopyForm(form.cleaned_data["form"])
        with form.signer() as key:
            marking.copy(document, name, content, how, key, by=request.user)
        messages.success(request, f"Đã ký số bản sao ({how.label.lower()}).")

    if request.method == "POST" and form.is_valid() and accepted(form, act):
        return redirect(document)
    return _page(request, document, form, "Ký số bản sao điện tử", "sign_copy")


def _read(file) -> bytes:
    file.seek(0)
    return file.read()


def _page(request, document, form, title, what):
    context = {
        "document": document,
        "form": form,
        "title": title,
        "what": what,
        "body": marking.body_of(document, request.user),
        "area": "documents",
    }
    return render(request, "documents/life/mark.html", context, status=422 if form.errors else 200)
