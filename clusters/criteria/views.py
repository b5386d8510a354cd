"""Sets of criteria: read by everybody once approved; drafted, imported, copied and approved by the department."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.pages import form_page
from units.permissions import managers_only, may_manage, may_oversee
from units.templatetags.parts import to

from ..log import About
from . import actions as acts
from .excel import FIELDS, read_tree, write_tree
from .forms import SetForm, TreeForm, WorkbookForm
from .models import CriteriaSet
from .tree import with_sums


def _set_or_404(request, pk) -> CriteriaSet:
    sets = CriteriaSet.objects.visible_to(request.user).select_related("category", "paper__type")
    return get_object_or_404(sets, pk=pk)


def criteria_sets(request):
    """All sets by category, the newest version first."""
    sets = CriteriaSet.objects.visible_to(request.user).select_related("category", "paper__type")
    sets = sets.annotate(used=Count("sheets", distinct=True)).order_by("category__sort_text", "-number")
    context = {"sets": sets, "may_manage": may_manage(request.user), "area": "clusters"}
    return render(request, "clusters/criteria/sets.html", context)


def criteria(request, pk):
    """One set as a tree; with ``?xuat=xlsx`` as an Excel file."""
    found = _set_or_404(request, pk)
    if request.GET.get("xuat") == "xlsx":
        return write_tree(found, by=request.user)
    return _show(request, found)


def _show(request, found, refused=None):
    """The page of a set; ``refused`` is the form of a step that could not be taken, with its errors."""
    user, rows = request.user, acts.outline_of(found)
    context = {
        "set": found,
        "rows": rows,
        "faults": acts.faults_of(found, rows) if found.is_draft else [],
        "steps": offers(acts.STEPS, found, user, refused),
        "may_manage": may_manage(user),
        "changes": history_of(About.CRITERIA, found.pk)[:100] if may_oversee(user) else [],
        "area": "clusters",
    }
    return render(request, "clusters/criteria/criteria.html", context, status=422 if refused else 200)


step = step_view(acts.STEPS, _set_or_404, _show)


@managers_only
def new(request):
    """A new set; its tree is typed on the page that follows."""
    form = SetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = acts.begin(form.instance, by=request.user)
        messages.success(request, "Đã lập bộ tiêu chí. Hãy thêm các mục, hoặc nhập từ tệp Excel.")
        return redirect("edit_criteria", made.pk)
    told = {
        "up": to("Bộ tiêu chí chấm điểm", "criteria_sets"),
        "back": "criteria_sets",
        "area": "clusters",
        "icon": "arrow-right",
    }
    sub = "Muốn sửa một bộ đã duyệt, hãy mở bộ đó và bấm «Lập phiên bản mới»."
    return form_page(request, form, "Lập bộ tiêu chí", sub=sub, save="Tiếp: các mục", **told)


@managers_only
def edit(request, pk):
    """Facts and tree of a draft on one page. A button of a row changes the page only; what is saved is saved as one."""
    found = _set_or_404(request, pk)
    if told := acts.save.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    if request.method != "POST":
        return _edit(request, found, SetForm(instance=found), TreeForm.of(acts.tree_of(found)))
    form, tree = SetForm(request.POST, instance=found), TreeForm.posted(request.POST)
    if "row_act" in request.POST:
        return _edit(request, found, form, tree)
    is_valid = form.is_valid()
    if tree.is_valid() and is_valid and _saved(request, form, tree):
        messages.success(request, "Đã lưu bộ tiêu chí.")
        return redirect(found)
    return _edit(request, found, form, tree, status=422)


# What the buttons of a row do, their icons, and what they are called.
ROW_ACTS = [
    ("up", "arrow-up", "Đưa lên"),
    ("down", "arrow-down", "Đưa xuống"),
    ("out", "arrow-left", "Đưa ra một cấp"),
    ("in", "arrow-right", "Thụt vào một cấp"),
    ("add", "plus", "Thêm mục bên dưới"),
    ("remove", "trash", "Bỏ mục này và các mục trong đó"),
]


def _edit(request, found, form, tree, *, status=200, **imported):
    context = {"set": found, "form": form, "tree": tree, "acts": ROW_ACTS, "area": "clusters"} | imported
    template = "clusters/criteria/_form.html" if request.headers.get("HX-Request") else "clusters/criteria/edit.html"
    return render(request, template, context, status=status)


def _saved(request, form, tree) -> bool:
    """Whether the set was stored; what kept it from being so stands in the form."""
    typed = {"seen_version": form.seen, "typed": form.instance, "rows": tree.tree()}
    return accepted(form, lambda: acts.save(form.instance, by=request.user, **typed))


@managers_only
def import_tree(request, pk):
    """The rows of an Excel file in the page that edits a draft: looked at, put right, and stored by saving it."""
    found = _set_or_404(request, pk)
    if told := acts.save.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    form, faults = WorkbookForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        try:
            read, faults = read_tree(form.cleaned_data["file"])
            if read:
                tree = TreeForm(read.rows, bound=True)
                form = SetForm(instance=found)
                return _edit(request, found, form, tree, **_differences(acts.tree_of(found), tree, read))
        except Refused as refused:
            form.add_error(refused.field, str(refused))
    context = {"set": found, "form": form, "faults": faults, "area": "clusters"}
    status = 422 if form.errors or faults else 200
    return render(request, "clusters/criteria/import.html", context, status=status)


def _differences(stored, tree, read):
    """What saving the rows of a file would add, change and take away; cell by cell, with what is wrong and what was not read."""
    faults = [] if tree.is_valid() else list(_faults_of(tree, read))
    before = {row.code: row for row in stored}
    after = {row["code"]: row for row in tree.rows}
    rows = {} if faults else {row.code: row for row in with_sums(tree.tree())}
    changed = {code: row for code, row in rows.items() if code in before and row != before[code]}
    preview = {
        "wrong": len({number for number, _, _ in faults}),
        "added": [code for code in after if code not in before],
        "changed": list(changed),
        "removed": [code for code in before if code not in after],
    }
    return {
        "preview": preview,
        "faults": [(where, words) for _, where, words in faults],
        "cells": [cell for code, row in changed.items() for cell in _cells(before[code], row)],
        "is_moved": [code for code in after if code in before] != [code for code in before if code in after],
        "unread": read.unread,
    }


def _faults_of(tree, read):
    """(number of the row, address of the cell, words) of what the forms of the rows refuse."""
    for number, (form, places) in enumerate(zip(tree.forms, read.places, strict=False)):
        for field, words in form.errors.items():
            yield number, places.get(field, places["code"]), " ".join(words)


def _cells(before, after):
    """(number of the row, column, old, new) for each cell of a criterion that a file changes."""
    old, new = _cell_words(before), _cell_words(after)
    return [(after.code, FIELDS[name], old[name], new[name]) for name in FIELDS if old[name] != new[name]]


def _cell_words(row) -> dict[str, str]:
    words = {name: getattr(row, name) for name in FIELDS}
    return words | {
        "maximum": figure_text(row.maximum),
        "kind": row.kind.label,
        "needs_evidence": "có" if row.needs_evidence else "không",
        "verifier": str(row.verifier or "Trưởng cụm"),
    }


@require_POST
@managers_only
def copy(request, pk):
    """A new version that begins as this one."""
    made = acts.copy(_set_or_404(request, pk), by=request.user)
    messages.success(request, f"Đã lập phiên bản {made.number}. Các bảng điểm đang chấm vẫn theo bộ đã mở.")
    return redirect("edit_criteria", made.pk)
