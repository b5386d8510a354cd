"""A new draft from a paper: a copy, one that takes its place, one that recalls it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from units.permissions import writers_only

from ..life.forms import ReasonForm
from ..life.views import _may_correct
from ..printing.views import find
from ..steps.accepting import accepted
from . import copies


@require_POST
@writers_only
def copy(request, pk):
    """A new draft with the words of this paper."""
    document = find(request, pk)
    if not document.is_ours:
        raise Http404
    draft = copies.copy(document, by=request.user)
    messages.success(request, f"Đã chép lời văn của {document.name} thành dự thảo mới.")
    return redirect(draft)


# What is begun to put an issued paper right: the page's words, and the action.
CORRECTIONS = {
    "thay-the": ("Thay thế", "Soạn văn bản thay thế", copies.replace),
    "thu-hoi": ("Thu hồi", "Soạn công văn thu hồi", copies.recall),
}


@writers_only
def correct(request, pk, how):
    """Begin the paper that replaces or recalls this one."""
    document = find(request, pk)
    title, button, action = CORRECTIONS[how]
    if not _may_correct(document, request.user):
        raise Http404
    form = ReasonForm(request.POST or None)

    def act():
        form.draft = action(document, by=request.user, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and accepted(form, act):
        messages.success(request, f"Đã tạo dự thảo. Khi dự thảo này được phát hành, {document.name} sẽ đổi trạng thái.")
        return redirect(form.draft)
    context = {"document": document, "form": form, "title": title, "button": button, "how": how, "area": "documents"}
    return render(request, "documents/register/correct.html", context, status=422 if form.errors else 200)
