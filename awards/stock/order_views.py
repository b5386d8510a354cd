"""Orders: the list, one with its lines and paper, a new one from what is short and what is at its least."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, state
from units.lists import OfficeList
from units.permissions import may_keep_store, store_keepers_only, store_only

from ..log import About
from . import ordering
from .filters import OrderFilter
from .forms import OFFERED, OrderForm
from .ledger import field_of
from .models import OF_ORDER, Order
from .ordering import ORDERS
from .papers import draft_order
from .views import frame

State, Source = Order.State, Order.Source


def _lines(order) -> str:
    return "; ".join(f"{line.quantity} {line.kind.name}" for line in order.lines.all())


class OrderList(OfficeList):
    """Orders, the latest first."""

    what = "đề nghị"
    filterset_class = OrderFilter
    template_name = "awards/stock/orders.html"
    export_name = "de-nghi-hien-vat"
    export_title = "Đề nghị mua, cấp hiện vật khen thưởng"
    columns = [
        Column("Đề nghị", "subject", main=True, note="get_source_display"),
        InFile("Loại", "get_source_display"),
        Column("Gửi", "to", label="Gửi"),
        Column("Hiện vật", _lines, label="Hiện vật"),
        Column("Người lập", "by.full_name", label="Người lập"),
        Column("Lập lúc", "at", look="nowrap", label="Lập lúc"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """All of them: the list is for the department alone."""
        self.queryset = Order.objects.select_related("by__unit").prefetch_related("lines__kind")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds which part of the store this is."""
        return super().get_context_data(**frame(self.request, "orders"), **kwargs)


orders = store_only(OrderList.as_view())


def find_order(request, pk) -> Order:
    """An order; else 404."""
    return get_object_or_404(Order.objects.select_related("by__unit"), pk=pk)


def _columns(left):
    """Of each line: how many are wanted, have come, are to come."""
    return [
        Column("Hiện vật", "kind.name", main=True, note="kind.measure", to=lambda line: line.kind.get_absolute_url()),
        Column("Đề nghị", "quantity", label="Đề nghị", look="points"),
        Column("Đã nhập", lambda line: line.quantity - left[line.kind_id], label="Đã nhập", look="points"),
        Column("Chưa về", lambda line: left[line.kind_id], label="Chưa về", look="points"),
    ]


@store_only
def order(request, pk):
    """One order: what is wanted, what has come, its paper."""
    return _page(request, find_order(request, pk))


def _page(request, found, refused=None):
    user, left = request.user, ordering.outstanding([found.pk])[found.pk]
    may_keep = may_keep_store(user)
    wants_paper = found.state in (State.OPEN, State.SENT) and not OF_ORDER.standing(found.pk).exists()
    lines = found.lines.select_related("kind")
    shown = {
        "order": found,
        "lines": lines,
        "columns": _columns(left),
        "receipts": found.receipts.all(),
        "steps": offers(ORDERS, found, user, refused),
        "papers": OF_ORDER.of(found.pk).open_to(user),
        "may_draft": may_keep and wants_paper,
        "may_receive": may_keep and found.state == State.SENT,
        "may_edit": ordering.edit.may(found, user),
        "changes": history_of(About.ORDER, found.pk)[:50],
    }  # fmt: skip
    status = 422 if refused else 200
    return render(request, "awards/stock/order.html", frame(request, "orders", **shown), status=status)


order_step = store_only(step_view(ORDERS, find_order, _page))


@store_keepers_only
def new_order(request):
    """From what is short and what is at its least: of the ministry, or to be bought."""
    source = Source(request.GET["nguon"]) if request.GET.get("nguon") in Source.values else Source.BOUGHT
    rows = ordering.wanted(source, timezone.localdate())
    subject, to = OFFERED[source]
    offered = {field_of(row.kind): row.suggested or None for row in rows} | {"subject": subject, "to": to}
    return _edit(request, Order(source=source), rows, offered, "Lập đề nghị")


@store_keepers_only
def edit_order(request, pk):
    """Other quantities."""
    found = find_order(request, pk)
    if told := ordering.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    there = {field_of(line.kind): line.quantity for line in found.lines.select_related("kind")}
    typed = {"subject": found.subject, "to": found.to, "version": found.version}
    return _edit(request, found, ordering.wanted(found.source, timezone.localdate()), there | typed, "Sửa đề nghị")


def _edit(request, found, rows, initial, title):
    is_new = found.pk is None
    form = OrderForm(request.POST or None, kinds=[row.kind for row in rows], initial=initial)
    made = []

    def save():
        found.subject, found.to = form.cleaned_data["subject"], form.cleaned_data["to"]
        seen = None if is_new else form.cleaned_data["version"] or 0
        made.append(ordering.save(found, form.quantities(), by=request.user, seen_version=seen))

    if request.method == "POST" and form.is_valid() and accepted(form, save):
        messages.success(request, "Đã lập đề nghị." if is_new else "Đã lưu.")
        return redirect(made[0])
    near, others = form.lines()
    shown = {
        "title": title, "form": form, "near": near, "others": others, "others_open": not near, "source": found.source,
        "sources": Source.choices if is_new else (), "coming": {row.kind.pk: row.coming for row in rows},
        "back": "stock_orders" if is_new else found.get_absolute_url(),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "awards/stock/order_form.html", frame(request, "orders", **shown), status=status)


@store_keepers_only
@require_POST
def write_order(request, pk):
    """A draft of its paper."""
    found = find_order(request, pk)
    paper = attempted(request, lambda: draft_order(found, by=request.user))
    return redirect(paper or found)


urlpatterns = [
    path("khen-thuong/hien-vat/de-nghi/", orders, name="stock_orders"),
    path("khen-thuong/hien-vat/de-nghi/lap/", new_order, name="new_order"),
    path("khen-thuong/hien-vat/de-nghi/<int:pk>/", order, name="stock_order"),
    path("khen-thuong/hien-vat/de-nghi/<int:pk>/sua/", edit_order, name="edit_order"),
    path("khen-thuong/hien-vat/de-nghi/<int:pk>/buoc/", order_step, name="stock_order_step"),
    path("khen-thuong/hien-vat/de-nghi/<int:pk>/soan/", write_order, name="write_order"),
]
