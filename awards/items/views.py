"""Items that awards are owed: all of them, one with its steps, those of a decision that was entered."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, state
from units.lists import CappedPaginator, OfficeList
from units.permissions import managers_only, may_keep_store, may_see_store
from units.text import key_or_none

from ..decisions.views import find as find_decision
from ..log import About
from .actions import DUES, list_for
from .filters import DueFilter
from .models import Due

FRAME = {"area": "items", "tab": "dues"}
State = Due.State


def _dues(user):
    return Due.objects.visible_to(user).select_related(
        "award__type", "award__decision", "award__unit", "award__recipient", "kind"
    )


def _decided(due) -> str:
    return f"{due.award.decided_on:%d/%m/%Y}"


class DueList(OfficeList):
    """What awards are owed: short, kept in the store, handed over, not given."""

    what = "hiện vật"
    filterset_class = DueFilter
    paginator_class = CappedPaginator
    template_name = "awards/items/dues.html"
    paginate_by = 50
    export_name = "hien-vat-can-cap"
    export_title = "Hiện vật khen thưởng phải cấp"
    sorts = {
        "ten": ["award__recipient__sort_text"],
        "ngay": ["award__decided_on", "award__decision", "award__position"],
        "loai": ["kind__position", "kind__name"],
    }
    columns = [
        Column("Người, tập thể", "award.name", main=True, note="award.post", sort="ten"),
        InFile("Chức vụ, đơn vị", "award.post"),
        Column("Hiện vật", "kind.name", label="Hiện vật", sort="loai"),
        InFile("Danh hiệu, hình thức", "award.title"),
        Column("Quyết định", "award.decision.number", note=_decided, sort="ngay", label="Quyết định", look="nowrap"),
        InFile("Ngày quyết định", "award.decided_on"),
        Column("Đơn vị", "award.unit", label="Đơn vị"),
        Column("Trạng thái", state, note="dropped_for"),
        InFile("Từ ngày", "since"),
        InFile("Không cấp vì", "dropped_for"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered; the latest decision first."""
        rows = _dues(self.request.user).filter(award__stands=True)
        self.queryset = rows.order_by(
            "-award__decided_on", "award__decision", "award__position", "kind__position", "pk"
        )
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = _dues(self.request.user)
        return paginator

    def get_context_data(self, **kwargs):
        """Adds how many of what is shown are in each state."""
        counts = dict(self.object_list.order_by().values_list("state").annotate(Count("pk")))
        user = self.request.user
        told = {"counts": [(State(key), number) for key, number in sorted(counts.items(), key=_place)]}
        may = {"sees_store": may_see_store(user), "may_keep": may_keep_store(user)}
        may["decision"] = key_or_none(self.request.GET.get("quyet_dinh", "")) if may["may_keep"] else None
        return super().get_context_data(**FRAME, **told, **may, **kwargs)


def _place(counted) -> int:
    return State.values.index(counted[0])


def find_due(request, pk) -> Due:
    """What an award that this person may see is owed; else 404."""
    return get_object_or_404(_dues(request.user), pk=pk)


def due(request, pk):
    """One item that one award is owed: whose, how far it is, what may be done."""
    return _due_page(request, find_due(request, pk))


def _due_page(request, found, refused=None):
    user = request.user
    context = FRAME | {
        "due": found,
        "award": found.award,
        "steps": offers(DUES, found, user, refused),
        "sees_store": may_see_store(user),
        "changes": history_of(About.DUE, found.pk)[:40] if may_see_store(user) else (),
    }
    return render(request, "awards/items/due.html", context, status=422 if refused else 200)


due_step = step_view(DUES, find_due, _due_page)


@managers_only
@require_POST
def list_items(request, pk):
    """List what the awards of a decision that was entered are owed."""
    found = find_decision(request, pk)
    number = attempted(request, lambda: list_for(found, by=request.user))
    if number:
        messages.success(request, f"Đã lập danh sách {number} hiện vật; có sẵn trong kho thì đã giữ.")
    return redirect(found)


urlpatterns = [
    path("khen-thuong/hien-vat/can-cap/", DueList.as_view(), name="dues"),
    path("khen-thuong/hien-vat/can-cap/<int:pk>/", due, name="due"),
    path("khen-thuong/hien-vat/can-cap/<int:pk>/buoc/", due_step, name="due_step"),
    path("khen-thuong/quyet-dinh/<int:pk>/hien-vat/", list_items, name="list_items"),
]
