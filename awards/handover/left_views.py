"""Lists of what is left to do of items, one by one and by unit, with the button that reminds units."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.steps.accepting import attempted
from documents.steps.refusing import first_of
from units.columns import Column, InFile, chosen_keys, ticks
from units.lists import CappedPaginator, OfficeList
from units.permissions import managers_only, may_manage, may_see_store

from .filters import LeftFilter, LeftOfUnitFilter
from .left import dues_left, remind_units, units_left
from .rules import Stage

FRAME = {"area": "items", "tab": "handover", "part": "left"}
_TICKS = ticks(
    "chosen", "remind", "Chọn mọi đơn vị trên trang này", offered=lambda row: row.to_collect or row.to_present
)


def _age(row) -> int:
    """How many days it has waited."""
    return (timezone.localdate() - row.waits_since).days


def _line(row) -> str:
    return row.award.get_absolute_url()


def _stage(row) -> Stage:
    return Stage(row.stage)


class LeftList(OfficeList):
    """Each item that waits: at which stage, since when."""

    what = "hiện vật"
    filterset_class = LeftFilter
    paginator_class = CappedPaginator
    template_name = "awards/handover/left.html"
    paginate_by = 50
    export_name = "hien-vat-con-lai"
    export_title = "Hiện vật chưa thông báo, chưa nhận, chưa trao"
    sorts = {"ten": ["award__recipient__sort_text"], "cho": ["waits_since"], "don-vi": ["award__unit__sort_text"]}
    columns = [
        Column("Người, tập thể", "award.name", main=True, note="award.post", sort="ten", to=_line),
        InFile("Chức vụ, đơn vị", "award.post"),
        Column("Hiện vật", "kind.name", label="Hiện vật"),
        InFile("Danh hiệu, hình thức", "award.title"),
        Column("Quyết định", "award.decision.number", label="Quyết định"),
        InFile("Ngày quyết định", "award.decided_on"),
        Column("Đơn vị", "award.unit", sort="don-vi", label="Đơn vị"),
        Column("Đang ở bước", _stage),
        InFile("Từ ngày", "waits_since"),
        Column("Chờ (ngày)", _age, sort="cho", look="points", label="Chờ (ngày)"),
    ]  # fmt: skip

    def get_queryset(self):
        """Scoped before anything is filtered; what has waited longest first."""
        self.queryset = dues_left(self.request.user).order_by("waits_since", "award__decision", "award__position", "pk")
        return super().get_queryset()

    def get_paginator(self, *args, **kwargs):
        """Pages of keys; their rows are then fetched by key."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = dues_left(self.request.user)
        return paginator

    def get_context_data(self, **kwargs):
        """Adds who sees what."""
        return super().get_context_data(sees_store=may_see_store(self.request.user), **FRAME, **kwargs)


class LeftOfUnits(OfficeList):
    """Units with what waits at each; those that are ticked are reminded."""

    what = "đơn vị"
    filterset_class = LeftOfUnitFilter
    template_name = "awards/handover/left_units.html"
    paginate_by = 100
    export_name = "hien-vat-con-lai-theo-don-vi"
    export_title = "Hiện vật chưa thông báo, chưa nhận, chưa trao theo đơn vị"
    sorts = {"don-vi": ["sort_text"], "cho": ["oldest"]}
    columns = [
        Column("Đơn vị", "name", main=True, sort="don-vi", to=lambda row: f"{reverse('items_left')}?don_vi={row.pk}"),
        Column("Chưa thông báo", "to_announce", look="points", label="Chưa thông báo"),
        Column("Chưa nhận", "to_collect", look="points", label="Chưa nhận"),
        Column("Đã nhận, chưa trao", "to_present", look="points", label="Chưa trao"),
        Column("Chờ lâu nhất từ", "oldest", sort="cho", look="nowrap", label="Từ ngày"),
        Column("Số ngày", lambda row: (timezone.localdate() - row.oldest).days if row.oldest else None, look="points",
               label="Số ngày"),
    ]  # fmt: skip

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = units_left(self.request.user).order_by("sort_text")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds the boxes by which units are chosen for a reminder."""
        context, user = super().get_context_data(**FRAME, **kwargs), self.request.user
        if may_manage(user):
            context["columns"] = [_TICKS, *context["columns"]]
        return context | {"sees_store": may_see_store(user), "may_manage": may_manage(user)}


@managers_only
@require_POST
def remind_left(request):
    """Remind the units that are ticked; of none ticked all that the filter leaves and that have something to collect."""
    back = f"{reverse('items_left_by_unit')}?{request.GET.urlencode()}"
    keys, user = chosen_keys(request.POST, "chosen"), request.user
    rows = LeftOfUnitFilter(request.GET, queryset=units_left(user), request=request).qs
    if not keys:
        keys = {row.pk for row in rows if row.to_collect or row.to_present}

    def link(paper):
        return request.build_absolute_uri(paper.get_absolute_url())

    told = attempted(request, lambda: remind_units(keys, by=user, day=timezone.localdate(), link=link))
    if told:
        number, without = told
        messages.success(request, f"Đã nhắc {number} đơn vị; thư chờ ở «Hộp thư đi».")
        if without:
            messages.warning(request, f"Chưa có thông báo nào để nhắc: {first_of(without, 'đơn vị', most=10)}.")
    return redirect(back)


urlpatterns = [
    path("khen-thuong/hien-vat/con-lai/", LeftList.as_view(), name="items_left"),
    path("khen-thuong/hien-vat/con-lai/don-vi/", LeftOfUnits.as_view(), name="items_left_by_unit"),
    path("khen-thuong/hien-vat/con-lai/nhac/", remind_left, name="remind_left"),
]
