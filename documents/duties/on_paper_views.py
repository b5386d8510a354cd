"""The desk's pages on which the sender of a paper records what a unit that nobody acts for answered or reported on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from units.permissions import writers_only

from ..deliveries.models import Delivery
from ..papers.models import Document
from ..steps.accepting import accepted
from . import on_paper
from .forms import PaperForm
from .models import Assignment

NOT_FOR_IT = (
    "Chỉ ghi thay đơn vị không còn ai trong chương trình: không có tài khoản, đơn vị kế thừa cũng không. Đơn vị này tự trả lời, "
    "tự báo cáo; văn bản đã thu hồi, thay thế thì không ghi nữa."
)


@writers_only
def answer(request, pk):
    """An answer to a paper of the own unit. ``pk`` is the delivery's."""
    papers = Document.objects.filter(origin=Document.Origin.OURS, unit__in=request.user.inherited_units)
    rows = Delivery.objects.filter(document__in=papers.order_by().values("pk"))
    row = get_object_or_404(rows.select_related("document__type", "unit"), pk=pk)
    return _page(request, row.document, row, on_paper.record_answer, ("follow", row.document_id))


@writers_only
def report(request, pk):
    """A report of a duty that a paper of the own unit gave. ``pk`` is the assignment's."""
    papers = Document.objects.filter(origin=Document.Origin.OURS, unit__in=request.user.inherited_units)
    rows = Assignment.objects.filter(duty__document__in=papers.order_by().values("pk"))
    row = get_object_or_404(rows.select_related("duty__document__type", "unit"), pk=pk)
    return _page(request, row.duty.document, row, on_paper.record_report, ("duty", pk))


def _page(request, document, row, record, back):
    if not on_paper.may_record(request.user, document, row.unit_id):
        raise PermissionDenied(NOT_FOR_IT)
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid() and accepted(form, lambda: record(row, by=request.user, **form.cleaned_data)):
        messages.success(request, f"Đã ghi theo giấy của {row.unit}.")
        return redirect(*back)
    context = {"document": document, "row": row, "form": form, "area": "documents"}
    return render(request, "documents/duties/on_paper.html", context, status=422 if form.errors else 200)
