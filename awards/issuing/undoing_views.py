"""Awards cancelled and names corrected by a decision that is written here: the pages on which that begins."""

from django.shortcuts import get_object_or_404, redirect, render

from documents.steps.accepting import accepted
from units.pages import form_page
from units.permissions import managers_only
from units.text import key_or_none

from ..decisions.views import find, find_award
from . import undoing
from .forms import CancelForm, CorrectForm

FRAME = {"area": "decisions"}
# A longer list is narrowed by name before rows are chosen.
MOST = 500


@managers_only
def cancel_awards(request, pk):
    """Choose which awards of a decision are cancelled, on which ground; what rests on each stands beside it."""
    decision = find(request, pk)
    rows = undoing.cancellable(decision)
    words = request.GET.get("ten", "").strip()
    if words:
        rows = rows.filter(name__icontains=words)
    rows = list(rows[:MOST])
    form = CancelForm(request.POST or None)
    asked = request.POST.getlist("chosen") if form.is_bound else request.GET.getlist("dong")
    chosen = {key for key in map(key_or_none, asked) if key}
    made = []
    if (
        form.is_bound
        and form.is_valid()
        and accepted(form, lambda: made.append(_write(decision, chosen, request, form)))
    ):
        return redirect(made[0])
    rests, unpaid = undoing.rests_on(rows), undoing.unpaid_of(rows)
    lines = [(row, row.pk in chosen, rests.get(row.pk, ()), *undoing.to_recover(row, unpaid)) for row in rows]
    lines.sort(key=lambda line: not line[1])
    context = FRAME | {"decision": decision, "form": form, "lines": lines, "words": words, "is_cut": len(rows) == MOST}
    return render(request, "awards/issuing/cancel.html", context, status=422 if form.errors else 200)


def _write(decision, chosen, request, form):
    return undoing.write_cancelling(decision, chosen, by=request.user, **form.cleaned_data)


@managers_only
def correct_name(request, pk):
    """How a name in a decision is written rightly; leads to the draft of the paper that says so."""
    award = get_object_or_404(undoing.cancellable(find_award(request, pk).decision), pk=pk)
    form = CorrectForm(request.POST or None, initial={"name": award.name, "post": award.post})
    made = []
    typed = form.cleaned_data if form.is_bound and form.is_valid() else None
    if typed and accepted(form, lambda: made.append(undoing.write_correction(award, by=request.user, **typed))):
        return redirect(made[0])
    return form_page(
        request,
        form,
        "Đính chính tên",
        back=award,
        up=award.decision,
        sub=award.name,
        save="Soạn quyết định đính chính",
        **FRAME,
    )
