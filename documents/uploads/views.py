"""Photographs and papers of a record of an area: its page shows them, a page adds some, a button takes one out.

The record has ``files``, rows of a ``KeptFile``; what is done with them are two steps of its room, so that its log tells of it.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from units.pages import form_page
from units.templatetags.parts import to
from units.text import key_or_none

from ..steps.accepting import accepted, attempted
from .fields import KeptFilesForm
from .thumbnails import PICTURES


def gallery(record) -> dict:
    """What ``_parts/gallery.html`` shows of ``record``. One query."""
    files = list(record.files.select_related("upload"))
    pictures = [row for row in files if row.upload.extension in PICTURES]
    return {"files": files, "pictures": pictures, "papers_kept": [row for row in files if row not in pictures]}


def adding_page(step, find, *, frame):
    """A view that takes ``step`` with ``files`` and ``caption``; ``find`` and ``frame`` as in ``documents.steps.pages``."""

    def view(request, pk):
        record = _find(request, pk, step, find)
        form = KeptFilesForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            typed = {"files": form.cleaned_data["files"], "caption": form.cleaned_data["caption"]}
            if accepted(form, lambda: step(record, by=request.user, **typed)):
                messages.success(request, "Đã thêm tệp.")
                return redirect(record)
        back = record.get_absolute_url()
        return form_page(request, form, step.label, up=to(str(record), back), back=back, **frame(request, record))

    return view


def dropping_view(step, find):
    """A view that takes ``step`` with the key of the file whose button was pressed."""

    @require_POST
    def view(request, pk):
        record = _find(request, pk, step, find)
        key = key_or_none(request.POST.get("tep", ""))
        if attempted(request, lambda: step(record, by=request.user, key=key)):
            messages.success(request, "Đã xóa tệp.")
        return redirect(record)

    return view


def _find(request, pk, step, find):
    record = find(request, pk)
    if told := step.stranger(record, request.user):
        raise PermissionDenied(told)
    return record
