"""The pages of steps: a form on the page of the row, or a page of its own; both take the step in the same way."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from units.text import key_or_none

from .accepting import accepted
from .forms import StepForm
from .refusing import Refused
from .stepping import GONE, Step, Steps


def form_of(step: Step, row, user, data=None, files=None) -> StepForm:
    """The form of a step, fresh or with what was typed, and what the page says beside it."""
    form = step.form(data, files, step=step, row=row, user=user)
    form.hint = step.hint(row) if callable(step.hint) else step.hint
    form.look = step.look_for(row)
    form.address = reverse(step.address or step.table.address, args=[row.pk])
    return form


def offers(steps: Steps, row, user, refused: StepForm | None = None) -> list:
    """(step, form) of what ``user`` may do with ``row`` now, for ``_parts/steps.html``; ``refused`` keeps what was typed."""
    found = steps.offered(row, user)
    return [(step, refused if refused and refused.step is step else form_of(step, row, user)) for step in found]


def all_accepted(request, form, step: Step, rows) -> bool:
    """Whether ``step`` was taken with all of ``rows`` as typed in ``form``; where one cannot be, none is and the form says why.

    The page carries the version of each row as ``seen-<key>``. Rows are locked in the order of their keys.
    """
    typed = form.typed()
    try:
        with transaction.atomic():
            for row in sorted(rows, key=lambda row: row.pk):
                seen = key_or_none(request.POST.get(f"seen-{row.pk}", "")) or 0
                step(row, by=request.user, **typed | {"seen_version": seen})
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, f"{row}: {refused}")
    return not form.errors


def step_view(steps: Steps, find, page, *, what="", onward=None):
    """A view that takes those steps whose forms stand on the page of their row; the form names the step, or ``what``.

    ``find(request, pk)`` gives the row where the person may see it; ``page(request, row, refused)`` shows it again with what
    kept the step from being taken. ``onward(row)``: where a step leads that does not lead to its row, as it was before.
    """

    @require_POST
    def view(request, pk):
        step = steps.get(what or request.POST.get("act"))
        if step is None or step.form is None or (step.address and not what):
            raise Http404
        row = _row_for(step, request, find, pk)
        form = _typed(step, row, request)
        if _taken(step, row, form, request):
            return redirect(onward(row) if onward else _after(step, row))
        row = find(request, pk)
        if not step.may(row, request.user):
            messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return page(request, row, form)

    return view


def step_page(step: Step, find, *, frame=lambda request, row: {}, template="_parts/step_page.html"):
    """A view that is the page of one step; ``frame(request, row)`` gives {name: value} of what stands around its form."""

    def view(request, pk):
        row = _row_for(step, request, find, pk)
        if told := step.untimely(row, request.user):
            messages.error(request, told)
            return redirect(row)
        form = _typed(step, row, request)
        if _taken(step, row, form, request):
            return redirect(_after(step, row))
        context = {"step": step, "form": form, "row": row} | frame(request, row)
        return render(request, template, context, status=422 if form.errors else 200)

    return view


def _row_for(step, request, find, pk):
    row = find(request, pk)
    if told := step.stranger(row, request.user):
        raise PermissionDenied(f"{told} Cần thay đổi, hãy liên hệ nơi đó.")
    return row


def _typed(step, row, request):
    return form_of(step, row, request.user, request.POST or None, request.FILES or None)


def _after(step, row):
    """Where the step leads: to its row, as long as there is one."""
    return step.table.away(row) if step.to == GONE else row


def _taken(step, row, form, request) -> bool:
    """Whether the step was taken; else the form says why."""
    if not form.is_valid() or not accepted(form, lambda: step(row, by=request.user, **form.typed())):
        return False
    messages.success(request, step.told.format(row=row) or f"Đã ghi: {step.label[:1].lower()}{step.label[1:]}.")
    return True
