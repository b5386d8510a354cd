"""Counts of the store: the list, one that is opened, what is found of each kind, the differences, the minutes."""

import django_filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, muted, state
from units.figures import figure_text
from units.filters import DressedFilterSet
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import may_keep_store, store_keepers_only, store_only

from ..log import About
from . import counting
from .counting import COUNTS
from .forms import CountForm, FoundForm
from .models import OF_COUNT, StockCount
from .papers import draft_minutes
from .views import FRAME, frame

State = StockCount.State


class CountFilter(DressedFilterSet):
    """Counts by how far they are."""

    state = django_filters.ChoiceFilter(label="Trạng thái", choices=State, empty_label="Tất cả")

    class Meta:
        model = StockCount
        fields = ["state"]


class CountList(OfficeList):
    """Counts, the latest first."""

    what = "lần kiểm kê"
    filterset_class = CountFilter
    template_name = "awards/stock/counts.html"
    export_name = "kiem-ke-hien-vat"
    export_title = "Các lần kiểm kê kho hiện vật khen thưởng"
    columns = [
        Column("Kiểm kê", str, main=True, note="team"),
        InFile("Ngày", "day"),
        InFile("Tổ kiểm kê", "team"),
        Column("Người lập", "by.full_name", label="Người lập"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """All of them: the list is for the department alone."""
        self.queryset = StockCount.objects.select_related("by__unit")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the count that is open."""
        count = StockCount.objects.filter(state=State.OPEN).first()
        return super().get_context_data(**frame(self.request, "counts", count=count), **kwargs)


counts = store_only(CountList.as_view())


@store_keepers_only
def new_count(request):
    """Open a count; where one is open already, that one is shown."""
    if there := StockCount.objects.filter(state=State.OPEN).first():
        messages.info(request, "Đang có lần kiểm kê này chưa chốt: hãy ghi tiếp, chốt hoặc bỏ.")
        return redirect(there)
    form = CountForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and accepted(form, lambda: counting.begin(form.instance, by=request.user)):
        messages.success(request, "Đã mở kiểm kê. Hãy ghi số thực có của từng loại.")
        return redirect("enter_count", form.instance.pk)
    return form_page(request, form, "Mở kiểm kê kho", back="stock_counts", save="Mở kiểm kê", **FRAME)


def find_count(request, pk) -> StockCount:
    """A count; else 404."""
    return get_object_or_404(StockCount.objects.select_related("by__unit"), pk=pk)


def _found(row):
    return muted("chưa đếm") if row.found is None else figure_text(row.found)


def _why(row) -> str:
    return " · ".join(filter(None, (row.reason, row.serials)))


_ROWS = [
    Column(
        "Hiện vật", "kind.name", main=True, note=lambda row: row.by.full_name if row.by else "",
        to=lambda row: row.kind.get_absolute_url(),
    ),
    Column("Theo sổ", "expected", label="Theo sổ", look="points"),
    Column("Thực có", _found, label="Thực có", look="points"),
    Column("Chênh lệch", "difference_text", label="Chênh lệch", look="points text-danger"),
    Column("Lý do", _why, label="Lý do"),
]  # fmt: skip


@store_only
def count(request, pk):
    """One count: how far it is, what differs, its vouchers and minutes."""
    return _page(request, find_count(request, pk))


def _page(request, found, refused=None):
    user = request.user
    rows = list(found.rows.select_related("kind", "by"))
    counted = [row for row in rows if row.found is not None]
    shown = {
        "count": found,
        "rows": rows,
        "columns": _ROWS,
        "counted": len(counted),
        "differing": counting.differing(rows),
        "vouchers": found.vouchers.all(),
        "steps": offers(COUNTS, found, user, refused),
        "papers": OF_COUNT.of(found.pk).open_to(user),
        "may_draft": found.state == State.CLOSED and may_keep_store(user) and not OF_COUNT.standing(found.pk).exists(),
        "changes": history_of(About.STOCK_COUNT, found.pk)[:50],
    }
    status = 422 if refused else 200
    return render(request, "awards/stock/count.html", frame(request, "counts", **shown), status=status)


count_step = store_only(step_view(COUNTS, find_count, _page))


@store_keepers_only
def enter_count(request, pk):
    """What was found: stored part by part, as often as one likes; only what was typed anew."""
    found = find_count(request, pk)
    if told := counting.note.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    form = FoundForm(request.POST or None, rows=counting.to_count(found))
    if request.method == "POST" and form.is_valid():
        typed = form.typed()
        if not typed:
            messages.info(request, "Chưa ghi số nào mới.")
            return redirect("enter_count", pk)
        if accepted(form, lambda: counting.note(found, by=request.user, typed=typed)):
            messages.success(request, f"Đã lưu số đếm của {len(typed)} loại.")
            return redirect("enter_count", pk)
    near, others = form.lines()
    left = sum(1 for _, row, _ in near if row and row.found is None)
    shown = {"count": found, "form": form, "near": near, "others": others, "left": left}
    status = 422 if form.errors else 200
    return render(request, "awards/stock/count_form.html", frame(request, "counts", **shown), status=status)


@store_keepers_only
@require_POST
def write_minutes(request, pk):
    """A draft of the minutes."""
    found = find_count(request, pk)
    paper = attempted(request, lambda: draft_minutes(found, by=request.user))
    return redirect(paper or found)


urlpatterns = [
    path("khen-thuong/hien-vat/kiem-ke/", counts, name="stock_counts"),
    path("khen-thuong/hien-vat/kiem-ke/mo/", new_count, name="new_stock_count"),
    path("khen-thuong/hien-vat/kiem-ke/<int:pk>/", count, name="stock_count"),
    path("khen-thuong/hien-vat/kiem-ke/<int:pk>/ghi/", enter_count, name="enter_count"),
    path("khen-thuong/hien-vat/kiem-ke/<int:pk>/buoc/", count_step, name="stock_count_step"),
    path("khen-thuong/hien-vat/kiem-ke/<int:pk>/bien-ban/", write_minutes, name="write_count_minutes"),
]
