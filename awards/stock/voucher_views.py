"""Vouchers: the list, one with its lines; what came in or is written off; one that is taken back by an opposite one."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from documents.models import history_of
from documents.printing.showing import made_pdf
from documents.steps.accepting import accepted
from units.columns import Column, InFile
from units.lists import OfficeList
from units.permissions import may_keep_store, store_keepers_only, store_only
from units.text import key_or_none

from ..items.models import ItemKind
from ..log import About
from . import actions, ordering, sheets
from .filters import MovementFilter
from .forms import SORTS, MendForm, ReceiptForm, WriteOffForm
from .ledger import field_of, with_levels
from .models import Movement, Order
from .views import frame

Sort = Movement.Sort


def _sums(movement) -> dict:
    """{name of a kind: how many came or went as the voucher says, below nought the other way}; reads ``lines``."""
    sign, sums = 1 if movement.is_receipt else -1, Counter()
    for line in movement.lines.all():
        sums[line.kind.name] += sign * line.quantity
    return sums


def _kinds(movement) -> str:
    """What came or went, in words; paper that was printed on goes by a receipt."""
    other = "xuất" if movement.is_receipt else "nhập lại"
    return "; ".join(
        f"{number} {name}" if number > 0 else f"{other} {-number} {name}" for name, number in _sums(movement).items()
    )


def _total(movement) -> int:
    return sum(number for number in _sums(movement).values() if number > 0)


class MovementList(OfficeList):
    """Receipts and issues, the latest first."""

    what = "phiếu"
    filterset_class = MovementFilter
    template_name = "awards/stock/movements.html"
    export_name = "phieu-kho-hien-vat"
    export_title = "Phiếu nhập, xuất kho hiện vật khen thưởng"
    sorts = {"ngay": ["day"], "so": ["is_receipt", "year", "number"]}
    columns = [
        Column("Phiếu", str, main=True, note="get_sort_display", file="Số phiếu", sort="so"),
        Column("Ngày", "day", sort="ngay", look="nowrap", label="Ngày"),
        InFile("Lý do", "get_sort_display"),
        Column("Hiện vật", _kinds, label="Hiện vật"),
        Column("Số lượng", _total, label="Số lượng", look="points"),
        Column("Nhận từ, giao cho", "partner", label="Nhận từ, giao cho"),
        Column("Theo giấy tờ", "paper", label="Theo"),
        InFile("Ghi chú", "note"),
        Column("Người ghi", "by.full_name", label="Người ghi"),
        InFile("Ghi lúc", "at"),
    ]

    def get_queryset(self):
        """All of them: the list is for the department alone."""
        rows = Movement.objects.select_related("by__unit").prefetch_related("lines__kind")
        self.queryset = rows.order_by("-day", "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds which part of the store this is."""
        return super().get_context_data(**frame(self.request, "movements"), **kwargs)


movements = store_only(MovementList.as_view())


_LINES = [
    Column("Hiện vật", "kind.name", main=True, note="turned", to=lambda line: line.kind.get_absolute_url()),
    Column("Đơn vị tính", "kind.measure", label="Đơn vị tính"),
    Column("Số lượng", "quantity", label="Số lượng", look="points"),
    Column("Số hiệu", lambda line: ", ".join(line.serials), label="Số hiệu"),
]


@store_only
def movement(request, pk):
    """One voucher; ``?xuat=pdf`` gives it to be signed. A mistake is set right by an opposite one, which its form writes."""
    rows = Movement.objects.select_related("by__unit", "mends", "mended_by", "order", "count")
    found = get_object_or_404(rows, pk=pk)
    if request.GET.get("xuat") == "pdf":
        return made_pdf(request, lambda: sheets.voucher_pdf(found), f"phieu-{pk}", request.path)
    why = actions.why_not_mended(found)
    form = MendForm(request.POST or None) if may_keep_store(request.user) and not why else None
    made = []
    is_sent = request.method == "POST" and form and form.is_valid()
    if is_sent and accepted(form, lambda: made.append(actions.mend(found, by=request.user, **form.cleaned_data))):
        messages.success(request, f"Đã lập phiếu điều chỉnh {made[0]}.")
        return redirect(made[0])
    lines = sheets.lines_of(found)
    has_numbers = any(line.serials for line in lines)
    shown = {
        "movement": found,
        "lines": lines,
        "columns": _LINES if has_numbers else _LINES[:-1],
        "form": form,
        "dues": found.lines.exclude(due=None).select_related("due__award", "kind")[:100],
        "changes": history_of(About.STOCK, found.pk)[:20],
    }
    status = 422 if form and form.errors else 200
    return render(request, "awards/stock/movement.html", frame(request, "movements", **shown), status=status)


# --- Written


def _order(request) -> Order | None:
    """The order that is received."""
    key = key_or_none(request.GET.get("de_nghi", ""))
    return get_object_or_404(Order, pk=key, state=Order.State.SENT) if key else None


def _expected(order) -> dict:
    """What the form has when it is opened: all that has not come of the order."""
    if order is None:
        return {}
    left = ordering.outstanding([order.pk])[order.pk]
    lines = {field_of(line.kind): left[line.kind_id] or None for line in order.lines.select_related("kind")}
    return lines | {"sort": SORTS[order.source], "partner": order.to if order.source == Order.Source.STATE else ""}


@store_keepers_only
def receive(request):
    """A receipt: of an order, with what has not come of it, or of anything."""
    order = _order(request)
    # What bears a name comes for a decision (``arrival_views``).
    kinds = with_levels(ItemKind.objects.there_on(timezone.localdate()).exclude(source=ItemKind.Source.PRINTED))
    form = ReceiptForm(request.POST or None, kinds=kinds, initial=_expected(order) | _asked(request, kinds))

    def enter(**typed):
        if order:
            return ordering.receive(order, typed.pop("sort"), typed.pop("quantities"), **typed)
        return actions.enter(typed.pop("sort"), typed.pop("quantities"), **typed)

    title = f"Nhập kho theo đề nghị «{order}»" if order else "Nhập kho"
    return _written(request, form, enter, title, "Đã nhập kho", ("sort", "day", "partner", "paper", "note"))


def _asked(request, kinds) -> dict:
    """Of a kind whose card one comes from, as many as are wanted."""
    key = key_or_none(request.GET.get("loai", ""))
    return {field_of(kind): max(kind.short, 1) for kind in kinds if kind.pk == key}


@store_keepers_only
def write_off(request):
    """What is given out without an award, or thrown away."""
    there = with_levels(ItemKind.objects.all()).filter(on_hand__gt=0)
    form = WriteOffForm(request.POST or None, kinds=there)

    def enter(**typed):
        return actions.enter(typed.pop("sort"), typed.pop("quantities"), **typed)

    return _written(request, form, enter, "Xuất kho", "Đã xuất", ("sort", "day", "partner", "paper", "note"))


def _written(request, form, enter, title, told, names):
    made = []
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in names}
        typed |= {"quantities": form.quantities(), "serials": form.serials(), "by": request.user}
        if accepted(form, lambda: made.append(enter(**typed))):
            messages.success(request, f"{told}: phiếu {made[0]}.")
            return redirect(made[0])
    near, others = form.lines()
    shown = {
        "title": title, "form": form, "near": near, "others": others, "back": reverse("store"),
        "others_open": not near,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "awards/stock/voucher_form.html", frame(request, "store", **shown), status=status)


urlpatterns = [
    path("khen-thuong/hien-vat/phieu/", movements, name="movements"),
    path("khen-thuong/hien-vat/phieu/<int:pk>/", movement, name="movement"),
    path("khen-thuong/hien-vat/nhap-kho/", receive, name="receive_items"),
    path("khen-thuong/hien-vat/xuat-bo/", write_off, name="write_off_items"),
]
